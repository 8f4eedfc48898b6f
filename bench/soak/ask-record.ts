import { request } from 'undici'
import { RECORD, type RecordAnswer } from './check-record.ts'

/** Asks a gateway for a patient's record, and takes the time until its last byte is there. */
export async function askRecord(
  url: string,
  token: string,
  nhsNumber: string,
): Promise<RecordAnswer> {
  const body = JSON.stringify({ query: RECORD, variables: { nhsNumber } })
  const began = performance.now()
  const response = await request(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  })
  const text = await response.body.text()
  const tookMs = performance.now() - began
  return { status: response.statusCode, text, body: JSON.parse(text), tookMs }
}
