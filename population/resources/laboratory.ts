import type { Organisation } from '../../subgraphs/kit/participant.ts'
import type { Chart, Recording } from '../chart.ts'
import { type PanelKey, panels, type TestKey, tests } from '../codes/laboratory.ts'
import {
  concept,
  hl7,
  type Identifier,
  instantOf,
  quantity,
  type Resource,
  snomed,
} from '../fhir.ts'

const HOUR_MS = 3_600_000
const laboratory = concept(hl7('observation-category', 'laboratory', 'Laboratory'))
const pathology = concept(hl7('v2-0074', 'LAB', 'Laboratory'))
const bloodSciences = concept(snomed('721981007', 'Diagnostic studies report'))

/** One value that a laboratory reports; `identifier` where two sources hold the same result. */
export interface Result {
  readonly test: TestKey
  readonly value: number
  readonly identifier?: Identifier
}

/** A laboratory report and its results: taken at `takenAt`, issued the same day. */
export function addLaboratoryReport(
  chart: Chart,
  given: {
    by: Organisation
    takenAt: Date
    panel: PanelKey
    results: readonly Result[]
    extra?: Record<string, unknown>
  },
): Resource {
  const panel = panels[given.panel]
  const issued = new Date(Math.min(given.takenAt.getTime() + 6 * HOUR_MS, chart.asOf.getTime()))
  const recording = { by: given.by, at: issued }
  const results = given.results.map((result) =>
    addResult(chart, recording, { ...result, takenAt: given.takenAt, panel: given.panel }),
  )
  const specimen = {
    resourceType: 'Specimen',
    id: 'specimen',
    type: concept(panel.specimen),
    collection: { collectedDateTime: instantOf(given.takenAt) },
  }
  return chart.add('DiagnosticReport', recording, {
    contained: [specimen],
    identifier: [chart.identifier('laboratory-report')],
    status: 'final',
    category: [pathology, bloodSciences],
    code: concept(panel.coding),
    subject: chart.subject,
    effectiveDateTime: instantOf(given.takenAt),
    issued: instantOf(issued),
    performer: [chart.organisation(given.by)],
    resultsInterpreter: [chart.staff(given.by, 2)],
    specimen: [{ reference: '#specimen', display: panel.specimen.display }],
    result: results.map((result) => chart.refer(result)),
    ...given.extra,
  })
}

function addResult(
  chart: Chart,
  recording: Recording,
  given: Result & { takenAt: Date; panel: PanelKey },
): Resource {
  const test = tests[given.test]
  const low = 'low' in test ? test.low : undefined
  const high = 'high' in test ? test.high : undefined
  const value = Number(given.value.toFixed(test.decimals))
  const unit = (amount: number) => quantity(amount, test.unit, test.ucum)
  return chart.add('Observation', recording, {
    identifier: [given.identifier ?? chart.identifier('laboratory-result')],
    status: 'final',
    category: [laboratory],
    code: concept(test.coding),
    subject: chart.subject,
    effectiveDateTime: instantOf(given.takenAt),
    issued: instantOf(recording.at),
    performer: [chart.organisation(recording.by)],
    valueQuantity: unit(value),
    interpretation: [concept(interpretationOf(value, low, high))],
    specimen: { display: panels[given.panel].specimen.display },
    referenceRange: [
      {
        ...(low === undefined ? {} : { low: unit(low) }),
        ...(high === undefined ? {} : { high: unit(high) }),
      },
    ],
  })
}

function interpretationOf(value: number, low?: number, high?: number) {
  if (low !== undefined && value < low) return hl7('v3-ObservationInterpretation', 'L', 'Low')
  if (high !== undefined && value > high) return hl7('v3-ObservationInterpretation', 'H', 'High')
  return hl7('v3-ObservationInterpretation', 'N', 'Normal')
}
