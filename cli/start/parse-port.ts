import { InvalidArgumentError } from 'commander'

/** A port of the command line. */
export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new InvalidArgumentError('It must be a whole number from 1 to 65535.')
}
