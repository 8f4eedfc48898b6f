import type {
  Concept,
  ReferenceRange,
  ResultComponent,
  ResultValue,
} from '../generated/contract.ts'
import { concept, concepts } from './concept.ts'
import { type Element, element, elements, flag, number, present, text } from './elements.ts'
import {
  quantity,
  quantityRange,
  quantityText,
  rangeText,
  ratioText,
  withoutTrailingZeros,
} from './quantity.ts'
import { dateTime, period } from './time.ts'

const UCUM = 'http://unitsofmeasure.org'

/** What an Observation, or one component of it, found; null where it gives neither value nor reason. */
export function resultValue(source: Element): ResultValue | null {
  const measured = quantity(source['valueQuantity'])
  const coded = concept(source['valueCodeableConcept'])
  const absentReason = concept(source['dataAbsentReason']) ?? reasonAtValue(source)
  const words = quantityText(measured) ?? coded?.display ?? otherValueText(source)
  if (measured === null && coded === null && words === null && absentReason === null) return null
  return {
    value: measured?.value ?? number(source['valueInteger']),
    writtenValue: measured?.writtenValue ?? wholeText(source),
    comparator: measured?.comparator ?? null,
    unit: measured?.unit ?? null,
    unitCode: measured?.system === UCUM ? measured.code : null,
    text: words,
    concept: coded,
    absentReason,
  }
}

const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'
const REASONS = 'http://terminology.hl7.org/CodeSystem/data-absent-reason'

/** The reason that stands as an extension at the value itself, at its number, or in a primitive's shadow. */
function reasonAtValue(source: Element): Concept | null {
  const values = Object.entries(source)
    .filter(([name]) => /^_?value[A-Z]/.test(name))
    .map(([, value]) => element(value))
  const places = [...values, ...values.map((value) => element(value['_value']))]
  const codes = places
    .flatMap((place) => elements(place['extension']))
    .filter((one) => one['url'] === ABSENT)
    .flatMap((one) => text(one['valueCode']) ?? [])
  const [code] = codes
  return code === undefined ? null : concept({ coding: [{ system: REASONS, code, display: code }] })
}

/** The ranges of an Observation or component, those that say nothing left out. */
export function referenceRanges(source: Element): ReferenceRange[] {
  return elements(source['referenceRange'])
    .map(
      (range): ReferenceRange => ({
        low: quantity(range['low']),
        high: quantity(range['high']),
        text: text(range['text']),
        type: concept(range['type']),
        appliesTo: concepts(range['appliesTo']),
        age: rangeText(quantityRange(range['age'])),
      }),
    )
    .filter((range) => range.low !== null || range.high !== null || range.text !== null)
}

/** The parts of an Observation that have values of their own. */
export function components(source: Element): ResultComponent[] {
  return elements(source['component'])
    .map(
      (part): ResultComponent => ({
        code: concept(part['code']),
        value: resultValue(part),
        interpretation: concepts(part['interpretation']),
        referenceRanges: referenceRanges(part),
      }),
    )
    .filter((part) => part.code !== null || part.value !== null)
}

/** A whole result on one line, parts included: what two equal results have in common. */
export function resultKey(source: Element): string | null {
  const parts = components(source).map((part) => `${part.code?.code} ${part.value?.text}`)
  const value = resultValue(source)
  const found = value?.concept?.code ?? value?.text
  if (!found && parts.length === 0) return null
  return withoutTrailingZeros([found ?? '', ...parts].join('; '))
}

function wholeText(source: Element): string | null {
  const whole = number(source['valueInteger'])
  return whole === null ? null : String(whole)
}

function otherValueText(source: Element): string | null {
  const yesOrNo = flag(source['valueBoolean'])
  if (yesOrNo !== null) return yesOrNo ? 'Yes' : 'No'
  const whole = wholeText(source)
  if (whole !== null) return whole
  const stretch = period(source['valuePeriod'])
  if (stretch) return `${stretch.start ?? ''} – ${stretch.end ?? ''}`.trim()
  return (
    text(source['valueString']) ??
    rangeText(quantityRange(source['valueRange'])) ??
    ratioText(source['valueRatio']) ??
    dateTime(source['valueDateTime']) ??
    text(source['valueTime']) ??
    sampledText(element(source['valueSampledData']))
  )
}

/** A waveform's samples, and what they are measured by. */
function sampledText(sampled: Element): string | null {
  const data = text(sampled['data'])
  if (data === null) return null
  const said = (name: string, label: string, unit = '') => {
    const value = number(sampled[name])
    return value === null ? null : `${label} ${value}${unit}`
  }
  const origin = quantityText(quantity(sampled['origin']))
  const how = present([
    origin && `from ${origin}`,
    said('factor', 'times'),
    said('period', 'every', ' ms'),
    said('lowerLimit', 'at least'),
    said('upperLimit', 'at most'),
    said('dimensions', 'dimensions'),
  ])
  return how.length === 0 ? data : `${data} (${how.join(', ')})`
}
