import type { Attachment } from '../generated/contract.ts'
import { element, elements, integer, text } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { resolve } from './reference.ts'
import { dateTime } from './time.ts'

/** A FHIR Attachment; its bytes may stand in a Binary that its URL means. Null where it says nothing. */
export function attachment(source: unknown, context: MappingContext): Attachment | null {
  const parts = element(source)
  const url = text(parts['url'])
  const binary = element(url === null ? null : resolve({ reference: url }, context))
  const contentType = text(parts['contentType']) ?? text(binary['contentType'])
  const data = text(parts['data']) ?? text(binary['data'])
  const found: Attachment = {
    title: text(parts['title']),
    contentType,
    sizeBytes: sizeOf(parts['size'], data),
    createdAt: dateTime(parts['creation']),
    text: plainText(contentType, data),
    data,
  }
  return Object.values(found).every((part) => part === null) ? null : found
}

/** The attachments of a list. */
export function attachments(source: unknown, context: MappingContext): Attachment[] {
  return elements(source).flatMap((one) => attachment(one, context) ?? [])
}

/** The attachments of a DocumentReference, in order. */
export function documentAttachments(source: unknown, context: MappingContext): Attachment[] {
  return elements(source).flatMap((one) => attachment(one['attachment'], context) ?? [])
}

function sizeOf(size: unknown, data: string | null): number | null {
  const given = integer(size)
  if (given !== null && given >= 0) return given
  return data === null || !isBase64(data) ? null : Buffer.byteLength(compact(data), 'base64')
}

// Words only from plain text in a known charset: anything else keeps its bytes and gets no words.
function plainText(contentType: string | null, data: string | null): string | null {
  if (data === null || !isBase64(data)) return null
  const media = /^\s*text\/plain\s*(?:;.*?charset\s*=\s*"?([\w-]+)"?.*|;.*)?$/i.exec(
    contentType ?? '',
  )
  if (!media) return null
  try {
    const decoder = new TextDecoder(media[1] ?? 'utf-8', { fatal: true })
    return text(decoder.decode(Buffer.from(compact(data), 'base64')))
  } catch {
    return null
  }
}

function isBase64(data: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(compact(data))
}

function compact(data: string): string {
  return data.replace(/\s+/g, '')
}
