import type { ResultStatus } from '../generated/contract.ts'
import { statusWords } from './status-words.ts'

/** Observation's and DiagnosticReport's words, and ImagingStudy's `available`. */
export const RESULT_STATUS = statusWords<ResultStatus>({
  registered: 'REGISTERED',
  partial: 'PARTIAL',
  preliminary: 'PRELIMINARY',
  final: 'FINAL',
  available: 'FINAL',
  amended: 'AMENDED',
  corrected: 'CORRECTED',
  appended: 'APPENDED',
  cancelled: 'CANCELLED',
  'entered-in-error': 'ENTERED_IN_ERROR',
  unknown: 'UNKNOWN',
})
