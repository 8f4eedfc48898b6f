/**
 * What every answer about a patient says, in the same bytes for every patient: a notice about this
 * patient alone would itself disclose.
 */
export const NOTICE =
  'Some information is never shared through the London Care Record by law: sexual-health clinic attendances, fertility treatment and gender reassignment among it. Its absence here says nothing about this patient.'
