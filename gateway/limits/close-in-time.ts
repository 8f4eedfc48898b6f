import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'

/** Milliseconds in which every answer under way leaves, if it leaves at all. */
export function longestAnswerMs({
  deadlineMs,
  audit,
}: Pick<Config, 'deadlineMs' | 'audit'>): number {
  return deadlineMs + audit.deadlineMs
}

/** Takes no new connection, lets the answers under way leave, and cuts off those that do not in time. */
export async function closeInTime(app: FastifyInstance, withinMs: number): Promise<void> {
  const late = setTimeout(() => app.server.closeAllConnections(), withinMs)
  await app.close()
  clearTimeout(late)
}
