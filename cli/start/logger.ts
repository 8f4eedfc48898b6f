import type { LoggerOptions } from 'pino'
import type { Config } from '../../gateway/config.ts'

/** The log of one process: JSON lines on standard output, or lines to read when that is a terminal. */
export function loggerOptions(config: Config, name: string): LoggerOptions {
  return {
    name,
    level: config.logLevel,
    ...(process.stdout.isTTY
      ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }
      : {}),
  }
}
