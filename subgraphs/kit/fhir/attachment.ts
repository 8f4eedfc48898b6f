import { createHash } from 'node:crypto'
import type { Attachment, FileAvailability } from '../generated/contract.ts'
import { element, elements, integer, text } from './elements.ts'
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
  const sent = text(parts['data']) ?? text(binary['data'])
  const hash = text(parts['hash'])
  const isOther = sent !== null && hash !== null && digestOf(sent) !== hash.trim()
  const data = isOther ? null : sent
  const found = {
    title: text(parts['title']),
    contentType,
    sizeBytes: sizeOf(parts['size'], data),
    createdAt: dateTime(parts['creation']),
    text: wordsIn(contentType, data),
    data,
  }
  if (url === null && sent === null && Object.values(found).every((part) => part === null)) {
    return null
  }
  const isSound = data !== null && isBase64(data)
  return { ...found, availability: availabilityOf({ isSound, isSent: sent !== null, url }) }
}

function availabilityOf(file: {
  readonly isSound: boolean
  readonly isSent: boolean
  readonly url: string | null
}): FileAvailability {
  if (file.isSent) return file.isSound ? 'HERE' : 'DAMAGED'
  return file.url === null ? 'NOT_GIVEN' : 'ELSEWHERE'
}

/** SHA-1 of the bytes in base64, as FHIR has it for `Attachment.hash`. */
function digestOf(data: string): string {
  return createHash('sha1')
    .update(Buffer.from(compact(data), 'base64'))
    .digest('base64')
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

// Words only from plain text and HTML in a known charset: anything else keeps its bytes and gets no words.
function wordsIn(contentType: string | null, data: string | null): string | null {
  if (data === null || !isBase64(data)) return null
  const media = /^\s*text\/(plain|html)\s*(?:;.*?charset\s*=\s*"?([\w-]+)"?.*|;.*)?$/i.exec(
    contentType ?? '',
  )
  if (!media) return null
  try {
    const decoder = new TextDecoder(media[2] ?? 'utf-8', { fatal: true })
    const words = decoder.decode(Buffer.from(compact(data), 'base64'))
    return media[1]?.toLowerCase() === 'html' ? wordsOf(words) : text(words)
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
