import { describe, expect, it } from 'vitest'
import {
  holdsNhsNumber,
  nextPage,
} from '../../../../../subgraphs/kit/fhir-server/http/next-page.ts'
import { readServerBase } from '../../../../../subgraphs/kit/fhir-server/http/server-base.ts'

const base = readServerBase('https://fhir.trust.nhs.uk/R4')
const ada = '9990000018'
const byIdentifier = new URLSearchParams({ identifier: `https://fhir.nhs.uk/Id/nhs-number|${ada}` })
const byPatient = new URLSearchParams({ patient: 'Patient/7' })

describe('A next link', () => {
  // HAPI FHIR names a kept search by a UUID; one in eighty was refused.
  it.each([
    ['in the last part of a UUID', '?_getpages=5f0e3c1a-9b0d-4c3e-8f11-a9990000018b&_count=200'],
    ['across parts of a UUID', '?_getpages=ab999000-0018-4c3e-8f11-0a1b2c3d4e5f&_count=200'],
    ['in a token of letters and digits', '/Observation?ct=9f3ka9990000018zq1'],
    ['whose check digit is wrong', '/Observation?_page_token=9990000019'],
    ['longer than ten digits', '/Observation?_offset=1&_t=19990000018'],
  ])('is followed by a get where it holds digits %s', (_, below) => {
    const request = nextPage(base, `${base.href}${below}`, byPatient)
    expect(request).toEqual({ method: 'GET', path: `/R4${below}` })
  })

  it.each([
    ['alone', `/Patient?identifier=x%7C${ada}&_offset=9`],
    ['escaped twice', `/Patient?identifier=x%257C${ada}&_offset=9`],
    ['with spaces', '/Patient?identifier=999+000+0018&_offset=9'],
    ['in an id made of it', `/Patient?_id=nhs${ada}&_offset=9`],
  ])('is posted where it holds an NHS number %s', (_, below) => {
    const request = nextPage(base, `${base.href}${below}`, byPatient)
    expect([request.method, request.path]).toEqual(['POST', '/R4/Patient/_search'])
  })

  it('is posted where the number that was searched for stands even in a token', () => {
    const link = `${base.href}/Patient?ct=9f3ka${ada}zq1`
    expect(nextPage(base, link, byIdentifier).method).toBe('POST')
    expect(nextPage(base, link, byPatient).method).toBe('GET')
  })

  it.each([
    ['no type to post to', `?_getpages=${ada}`],
    ['the number in its path', `/Patient/${ada}/_history?_offset=9`],
    ['escapes without an end', `/Patient?x=%25252525252525252525257C${ada}`],
  ])('is refused where it holds a number and %s', (_, below) => {
    expect(() => nextPage(base, `${base.href}${below}`, byPatient)).toThrow(
      expect.objectContaining({ code: 'BAD_NEXT_LINK' }),
    )
  })
})

describe('An id', () => {
  it.each([
    ['a UUID', '5f0e3c1a-9b0d-4c3e-8f11-a9990000018b', false],
    ['an NHS number', ada, true],
    ['an NHS number and a prefix', `nhs-${ada}`, true],
  ])('that is %s', (_, id, holds) => {
    expect(holdsNhsNumber(id)).toBe(holds)
  })
})
