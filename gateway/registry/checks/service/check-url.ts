import type { Finding } from '../check.ts'

/** A url is one that the gateway can use and a log may hold: http or https, and nothing beside a path. */
export function checkUrl(text: string): Finding[] {
  if (!URL.canParse(text)) {
    return [
      {
        where: 'url',
        message: 'The url is no url.',
        mend: 'Give the whole address of the GraphQL endpoint, such as https://subgraph.nel.example.nhs.uk/graphql.',
      },
    ]
  }
  const url = new URL(text)
  const wrong: readonly [boolean, string, string][] = [
    [
      !/^https?:$/.test(url.protocol),
      'The url is neither http nor https.',
      'Give the address at which the subgraph takes GraphQL over HTTP.',
    ],
    [
      url.username !== '' || url.password !== '',
      'The url holds a user name or a password.',
      'Remove it: the gateway proves itself with its signed assertion, and urls end up in logs.',
    ],
    [
      text.includes('?') || text.includes('#'),
      'The url holds a query or a fragment.',
      'Remove everything behind the path.',
    ],
  ]
  return wrong.flatMap(([isWrong, message, mend]) =>
    isWrong ? [{ where: 'url', message, mend }] : [],
  )
}
