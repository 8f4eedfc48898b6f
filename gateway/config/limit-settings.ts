import { integer } from './kinds.ts'

/** The settings of how much may be asked at once, how fast, and how slowly. */
export const limitSettings = {
  LCR_OPERATIONS_PER_MINUTE: integer(
    [1, 1_000_000],
    600,
    'How many operations a minute one caller may send to one gateway process: a person at an organisation; where nobody is known to ask, an address.',
  ),
  LCR_PATIENTS_PER_MINUTE: integer(
    [10, 1_000_000],
    120,
    'About how many different patients a minute one caller may ask one gateway process. Each search counts as one.',
  ),
  LCR_MAX_REQUESTS: integer(
    [1, 100_000],
    500,
    'How many requests one gateway process works on at once at the most; fewer while `LCR_MAX_WAIT_MS` is not kept. It refuses more, with 503 and `Retry-After`.',
  ),
  LCR_MAX_WAIT_MS: integer(
    [20, 60_000],
    100,
    'How long requests may wait for the gateway process and its stores before their sources are asked, in milliseconds. While even the quickest wait longer, it works on fewer at once.',
  ),
  LCR_MAX_EVENT_LOOP_DELAY_MS: integer(
    [20, 1000],
    300,
    'How late the gateway process may be with its work, in milliseconds. It refuses requests, with 503 and `Retry-After`, while it is later; with 1000 never.',
  ),
  LCR_CLIENT_SEND_MS: integer(
    [100, 600_000],
    10_000,
    'How long a client may take to send a whole request, in milliseconds.',
  ),
  LCR_CLIENT_READ_MS: integer(
    [100, 600_000],
    15_000,
    'How long a client may take to read its answer, in milliseconds.',
  ),
  LCR_DRAIN_MS: integer(
    [0, 600_000],
    3000,
    'How long a gateway that is told to stop goes on taking requests while `/health/ready` says 503, in milliseconds: as long as the load balancer takes to notice. `npm start` does not wait.',
  ),
}
