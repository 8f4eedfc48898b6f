import type { Dosage } from '../generated/contract.ts'
import { concept, concepts } from './concept.ts'
import {
  type Element,
  element,
  elements,
  flag,
  integer,
  isElement,
  present,
  saysSomething,
  text,
} from './elements.ts'
import { quantity, quantityRange, quantityText, rangeText, ratioText } from './quantity.ts'
import { timingText } from './timing.ts'

/** FHIR Dosages in the order of their `sequence`; one without any stands where it is written. */
export function dosages(source: unknown): Dosage[] {
  const ways = elements(source).map(toDosage).filter(saysHow)
  if (ways.some(({ sequence }) => sequence === null)) return ways
  return ways.sort((one, other) => (one.sequence ?? 0) - (other.sequence ?? 0))
}

/**
 * How to take a medicine: each dosage in the source's own words, with the limits that these leave out, or in
 * words made of all of its parts. A part is never shown as the whole.
 */
export function dosageText(source: readonly Dosage[]): string | null {
  const words = source.map((one) => wordsOf(one) ?? NOT_IN_WORDS)
  const [first, ...others] = words
  if (first === undefined) return null
  return others.reduce((text, word, place) => {
    const [before, here] = [source[place]?.sequence ?? null, source[place + 1]?.sequence ?? null]
    const isNext = before !== null && here !== null && before !== here
    return `${text}; ${isNext && !/^then\b/i.test(word) ? 'then ' : ''}${word}`
  }, first)
}

const NOT_IN_WORDS = 'see the source for how to take it'

function wordsOf(dosage: Dosage): string | null {
  const { text: written } = dosage
  if (written === null) return joined([...partsOf(dosage), ...limitsOf(dosage)])
  return joined([written, ...limitsOf(dosage).filter((limit) => !isSaid(limit, written))])
}

/** A limit whose numbers all stand in the source's own words is not said twice. */
function isSaid(limit: string, words: string): boolean {
  return (limit.match(/\d[\d.]*/g) ?? []).every((number) =>
    words.match(/\d[\d.]*/g)?.includes(number),
  )
}

function partsOf(dosage: Dosage): (string | null)[] {
  const { doseRange, asNeeded, asNeededFor, route, site, method, additionalInstructions } = dosage
  const amount = quantityText(dosage.dose) ?? rangeText(doseRange)
  const need = asNeededFor?.display ? `as needed for ${asNeededFor.display}` : 'as needed'
  return [
    present([method?.display, amount]).join(' ') || null,
    dosage.rate && `at ${dosage.rate}`,
    route?.display ?? null,
    site?.display ?? null,
    dosage.timing,
    asNeeded ? need : null,
    ...additionalInstructions,
    dosage.patientInstruction,
  ]
}

function limitsOf(dosage: Dosage): string[] {
  const { maxDosePerPeriod, maxDosePerAdministration, maxDosePerLifetime } = dosage
  const [atATime, ever] = [quantityText(maxDosePerAdministration), quantityText(maxDosePerLifetime)]
  return present([
    maxDosePerPeriod && `at most ${maxDosePerPeriod}`,
    atATime && `at most ${atATime} at a time`,
    ever && `at most ${ever} in a lifetime`,
  ])
}

function joined(parts: readonly (string | null)[]): string | null {
  return present(parts).join(', ') || null
}

function toDosage(source: Element): Dosage {
  const asNeededFor = concept(source['asNeededCodeableConcept'])
  const amounts = elements(source['doseAndRate'])
  const amountOf = (name: string) => element(amounts.find((one) => isElement(one[name])))[name]
  return {
    text: text(source['text']),
    sequence: integer(source['sequence']),
    timing: timingText(source['timing']),
    asNeeded: asNeededFor ? true : flag(source['asNeededBoolean']),
    asNeededFor,
    route: concept(source['route']),
    site: concept(source['site']),
    method: concept(source['method']),
    dose: quantity(amountOf('doseQuantity')),
    doseRange: quantityRange(amountOf('doseRange')),
    rate:
      quantityText(quantity(amountOf('rateQuantity'))) ??
      ratioText(amountOf('rateRatio')) ??
      rangeText(quantityRange(amountOf('rateRange'))),
    maxDosePerPeriod: ratioText(source['maxDosePerPeriod']),
    maxDosePerAdministration: quantity(source['maxDosePerAdministration']),
    maxDosePerLifetime: quantity(source['maxDosePerLifetime']),
    additionalInstructions: present(
      concepts(source['additionalInstruction']).map((one) => one.display),
    ),
    patientInstruction: text(source['patientInstruction']),
  }
}

/** A number among the steps says nothing by itself. */
function saysHow({ sequence: _sequence, ...parts }: Dosage): boolean {
  return saysSomething(parts)
}
