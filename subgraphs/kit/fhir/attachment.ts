import { hash } from 'node:crypto'
import type { Attachment, FileAvailability } from '../generated/contract.ts'
import { element, elements, integer, saysSomething, text } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { wordsOf } from './narrative.ts'
import { resolve } from './reference.ts'
import { dateTime } from './time.ts'

/**
 * A FHIR Attachment; its bytes may stand in a Binary that its URL means. A URL of anywhere else is never followed, nor
 * told: a browser that followed it would tell there whose record is read. Null where it says nothing.
 */
export function attachment(source: unknown, context: MappingContext): Attachment | null {
  const parts = element(source)
  const url = text(parts['url'])
  const binary = element(url === null ? null : resolve({ reference: url }, context))
  const contentType = text(parts['contentType']) ?? text(binary['contentType'])
  const sent = bytesIn(text(parts['data']) ?? text(binary['data']))
  const digest = text(parts['hash'])?.trim() ?? null
  const isOther = sent !== null && digest !== null && digestOf(sent.bytes) !== digest
  const kept = isOther ? null : sent
  const found = {
    title: text(parts['title']),
    contentType,
    sizeBytes: sizeOf(parts['size'], kept),
    createdAt: dateTime(parts['creation']),
    text: wordsIn(contentType, kept),
    data: kept?.data ?? null,
  }
  if (url === null && sent === null && !saysSomething(found)) return null
  return { ...found, availability: availabilityOf({ sent, kept, url }) }
}

/** What an attachment's data holds. */
interface Bytes {
  readonly data: string
  /** As far as it can be read. */
  readonly bytes: Buffer
  readonly isBase64: boolean
}

function bytesIn(data: string | null): Bytes | null {
  if (data === null) return null
  const compact = data.replace(/\s+/g, '')
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(compact)
  return { data, bytes: Buffer.from(compact, 'base64'), isBase64 }
}

function availabilityOf(file: {
  readonly sent: Bytes | null
  readonly kept: Bytes | null
  readonly url: string | null
}): FileAvailability {
  if (file.sent) return file.kept?.isBase64 ? 'HERE' : 'DAMAGED'
  return file.url === null ? 'NOT_GIVEN' : 'ELSEWHERE'
}

/** SHA-1 of the bytes in base64, as FHIR has it for `Attachment.hash`. */
function digestOf(bytes: Buffer): string {
  return hash('sha1', bytes, 'base64')
}

/** Words as a file of plain text. */
export function wordsAsFile(
  words: string,
  document: Pick<Attachment, 'title' | 'createdAt'>,
): Attachment {
  const here = { sizeBytes: null, text: words, data: null, availability: 'HERE' } as const
  return { ...document, contentType: 'text/plain', ...here }
}

/** The attachments of a list. */
export function attachments(source: unknown, context: MappingContext): Attachment[] {
  return elements(source).flatMap((one) => attachment(one, context) ?? [])
}

/** The attachments of a DocumentReference, in order. */
export function documentAttachments(source: unknown, context: MappingContext): Attachment[] {
  return elements(source).flatMap((one) => attachment(one['attachment'], context) ?? [])
}

function sizeOf(size: unknown, file: Bytes | null): number | null {
  const given = integer(size)
  if (given !== null && given >= 0) return given
  return file?.isBase64 ? file.bytes.length : null
}

// Words only from plain text and HTML in a known charset: anything else keeps its bytes and gets no words.
function wordsIn(contentType: string | null, file: Bytes | null): string | null {
  if (!file?.isBase64) return null
  const media = /^\s*text\/(plain|html)\s*(?:;.*?charset\s*=\s*"?([\w-]+)"?.*|;.*)?$/i.exec(
    contentType ?? '',
  )
  if (!media) return null
  try {
    const decoder = new TextDecoder(media[2] ?? 'utf-8', { fatal: true })
    const words = decoder.decode(file.bytes)
    return media[1]?.toLowerCase() === 'html' ? wordsOf(words) : text(words)
  } catch {
    return null
  }
}
