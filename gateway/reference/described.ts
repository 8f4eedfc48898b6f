import { type Html, html } from './html.ts'

/** A description as paragraphs: `words` in backticks are code, as the schema's authors write them. */
export function described(description: string | null | undefined): Html | null {
  if (!description) return null
  return html`${description.split(/\n\s*\n/).map((paragraph) => html`<p>${inline(paragraph)}</p>`)}`
}

/** A description's first sentence, for a list. */
export function firstSentence(description: string | null | undefined): Html | null {
  const sentence = /^[\s\S]*?[.:](?=\s|$)/.exec(description ?? '')?.[0].replace(/:$/, '.')
  return sentence === undefined ? null : html`${inline(sentence)}`
}

function inline(text: string): Html[] {
  return text.split('`').map((piece, place) => {
    return place % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`
  })
}
