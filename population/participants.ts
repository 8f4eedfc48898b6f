import { participant as clch } from '../subgraphs/clch/participant.ts'
import { participant as enht } from '../subgraphs/enht/participant.ts'
import { participant as hct } from '../subgraphs/hct/participant.ts'
import { participant as hpft } from '../subgraphs/hpft/participant.ts'
import type { OrganisationKind } from '../subgraphs/kit/generated/contract.ts'
import type { Organisation, Participant } from '../subgraphs/kit/participant.ts'
import { participant as mkuh } from '../subgraphs/mkuh/participant.ts'
import { participant as ncl } from '../subgraphs/ncl/participant.ts'
import { participant as nel } from '../subgraphs/nel/participant.ts'
import { participant as nwl } from '../subgraphs/nwl/participant.ts'
import { participant as paht } from '../subgraphs/paht/participant.ts'
import { participant as sel } from '../subgraphs/sel/participant.ts'
import { participant as swl } from '../subgraphs/swl/participant.ts'
import { participant as whth } from '../subgraphs/whth/participant.ts'
import { practicesOutside } from './people/districts.ts'
import { hashOf, type Random } from './random.ts'

const all = [nel, sel, swl, ncl, nwl, mkuh, hct, clch, paht, hpft, whth, enht]
const byCode = new Map(all.map((participant) => [participant.code, participant]))
const byKind = new Map<string, readonly Organisation[]>()
const byOdsCode = new Map(
  [...all.flatMap((each) => each.organisations), ...Object.values(practicesOutside).flat()].map(
    (organisation) => [organisation.odsCode, organisation],
  ),
)

/** Those that publish patient records: all but the view-only ones. */
export const contributors: readonly Participant[] = all.filter(
  (participant) => participant.participation !== 'VIEW_ONLY',
)

/** The participant of that code; unknown codes throw. */
export function participantOf(code: string): Participant {
  const participant = byCode.get(code)
  if (participant === undefined) throw new Error(`no participant has the code ${code}`)
  return participant
}

/** The organisation of that ODS code, a participant's or a practice outside London. */
export function organisationOf(odsCode: string): Organisation {
  const organisation = byOdsCode.get(odsCode)
  if (organisation === undefined) throw new Error(`no organisation has the ODS code ${odsCode}`)
  return organisation
}

/** The participant's organisations of one kind. */
export function organisationsOf(code: string, kind: OrganisationKind): readonly Organisation[] {
  const key = `${code} ${kind}`
  const known = byKind.get(key)
  if (known !== undefined) return known
  const found = participantOf(code).organisations.filter((each) => each.kind === kind)
  byKind.set(key, found)
  return found
}

/** One of the participant's organisations of that kind, or its first where it has none. */
export function anOrganisation(code: string, kind: OrganisationKind, random: Random): Organisation {
  const found = organisationsOf(code, kind)
  return random.pick(found.length > 0 ? found : participantOf(code).organisations)
}

/** The practices where people of that home are registered. */
export function practicesNear(home: string): readonly Organisation[] {
  const region = home === 'clch' ? 'nwl' : home
  return practicesOutside[region] ?? organisationsOf(region, 'GP_PRACTICE')
}

/** One of those practices, steady for the seed text. */
export function practiceNear(home: string, seedText: string): Organisation {
  const found = practicesNear(home)
  const practice = found[hashOf(seedText) % found.length]
  if (practice === undefined) throw new Error(`no practice is known near ${home}`)
  return practice
}
