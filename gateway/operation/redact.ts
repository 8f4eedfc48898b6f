/**
 * An error's text without what the client wrote into its request: a literal could be a patient's name
 * or number, and errors end up in screenshots and tickets. Names of fields and types stay.
 */
export function redact(message: string): string {
  return message
    .replace(
      /(\bvalue: |\bfound (?:String |Int |Float |BlockString )?)("""[\s\S]*"""|"[\s\S]*"|[\d.-]+|[[{][\s\S]*[\]}])/g,
      '$1…',
    )
    .replace(/\d(?:[\s-]?\d){5,}/g, '…')
}
