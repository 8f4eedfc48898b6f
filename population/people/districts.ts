import type { Organisation } from '../../subgraphs/kit/participant.ts'

/** A part of town: its outward postcodes are real, what follows them is made up. */
export interface District {
  readonly town: string
  readonly outward: readonly string[]
}

const district = (town: string, outward: string): District => ({
  town,
  outward: outward.split(' '),
})

/** Where the people of each participant live. */
export const districtsOf: Readonly<Record<string, readonly District[]>> = {
  nel: [district('Hackney', 'E8 E9'), district('Newham', 'E6 E13'), district('Ilford', 'IG1 IG2')],
  sel: [
    district('Camberwell', 'SE5'),
    district('Lewisham', 'SE13 SE6'),
    district('Bromley', 'BR1 BR2'),
    district('Greenwich', 'SE10 SE3'),
  ],
  swl: [
    district('Tooting', 'SW17'),
    district('Croydon', 'CR0 CR2'),
    district('Kingston upon Thames', 'KT1 KT2'),
    district('Sutton', 'SM1'),
  ],
  ncl: [
    district('Camden', 'NW1 NW5'),
    district('Islington', 'N1 N7'),
    district('Barnet', 'EN5 N12'),
    district('Tottenham', 'N17 N15'),
  ],
  nwl: [
    district('Paddington', 'W2 W9'),
    district('Ealing', 'W5 W13'),
    district('Harrow', 'HA1 HA2'),
    district('Hillingdon', 'UB8 UB10'),
  ],
  clch: [district('Westminster', 'SW1V W1H'), district('Merton', 'SW19')],
  mkuh: [district('Milton Keynes', 'MK5 MK6 MK9')],
  hct: [district('Hertford', 'SG13 SG14'), district('St Albans', 'AL1 AL3')],
  paht: [district('Harlow', 'CM18 CM20'), district('Epping', 'CM16')],
  whth: [district('Watford', 'WD17 WD18'), district('Hemel Hempstead', 'HP1 HP2')],
  enht: [district('Stevenage', 'SG1 SG2'), district('Welwyn Garden City', 'AL7 AL8')],
}

const practice = (odsCode: string, name: string): Organisation => ({
  odsCode,
  name,
  kind: 'GP_PRACTICE',
})

/** Practices around the trusts outside London: no participant's, yet people are registered there. */
export const practicesOutside: Readonly<Record<string, readonly Organisation[]>> = {
  mkuh: [
    practice('K82064', 'Fishermead Medical Centre'),
    practice('K82059', 'Westfield Road Surgery'),
  ],
  hct: [practice('E82061', 'Amwell Surgery'), practice('E82018', 'Lister House Surgery')],
  paht: [
    practice('F81078', 'Church Langley Medical Practice'),
    practice('F81136', 'The Loughton Surgery'),
  ],
  whth: [practice('E82017', 'Garston Medical Centre'), practice('E82009', 'Lincoln House Surgery')],
  enht: [practice('E82661', 'The Garden City Surgery')],
}
