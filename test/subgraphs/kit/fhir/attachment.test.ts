import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { attachment } from '../../../../subgraphs/kit/fhir/attachment.ts'
import { contextOf } from './mapping-context.ts'

const context = contextOf()

function base64(bytes: string | readonly number[]): string {
  return Buffer.from(bytes as string).toString('base64')
}

describe('attachment', () => {
  it.each([
    ['plain text', { contentType: 'text/plain', data: base64('Ångström') }, 'Ångström'],
    [
      'a media type with a charset',
      { contentType: 'Text/Plain;charset=utf-8', data: base64('a') },
      'a',
    ],
    [
      'another charset',
      { contentType: 'text/plain; charset=iso-8859-1', data: base64([0xe9]) },
      'é',
    ],
    ['bytes that are no UTF-8', { contentType: 'text/plain', data: base64([0xff]) }, null],
    ['an unknown charset', { contentType: 'text/plain; charset=klingon', data: base64('a') }, null],
    ['what is no base64', { contentType: 'text/plain', data: 'Dear doctor!' }, null],
    ['HTML', { contentType: 'text/html', data: base64('<p>a</p><script>b</script>') }, 'a'],
    ['no media type', { data: base64('a') }, null],
  ])('reads the words of %s', (_, source, words) => {
    expect(attachment(source, context)?.text).toBe(words)
    expect(attachment(source, context)?.data).toBe(source.data)
  })

  it('gives the size that the source states, else that of the bytes', () => {
    expect(attachment({ size: 7, data: base64('abc') }, context)?.sizeBytes).toBe(7)
    expect(attachment({ data: base64('abc') }, context)?.sizeBytes).toBe(3)
    expect(attachment({ size: 2 ** 40, title: 'Film' }, context)?.sizeBytes).toBeNull()
  })

  it('finds the bytes in the Binary that its URL means, and says where there is none', () => {
    expect(attachment({ url: 'Binary/letter' }, context)?.text).toBe('Dear doctor')
    expect(attachment({ url: 'https://elsewhere.example/1' }, context)).toEqual({
      ...{ title: null, contentType: null, sizeBytes: null, createdAt: null, text: null },
      ...{ data: null, availability: 'ELSEWHERE' },
    })
    expect(attachment({}, context)).toBeNull()
  })

  it('shows no bytes whose digest is another than the source states', () => {
    const data = base64('abc')
    const hash = createHash('sha1').update('abc').digest('base64')
    expect(attachment({ data, hash }, context)).toMatchObject({ data, availability: 'HERE' })
    expect(attachment({ data: base64('abd'), hash }, context)).toMatchObject({
      data: null,
      availability: 'DAMAGED',
    })
    expect(attachment({ data: 'Dear!' }, context)).toMatchObject({ availability: 'DAMAGED' })
  })
})
