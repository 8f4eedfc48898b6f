import type { Socket } from 'node:net'

/** What a client sent that is no request, by Node's code; anything else is not HTTP. */
const KNOWN: Readonly<Record<string, readonly [status: string, text: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers are too long.'],
}
const NOT_HTTP = ['400 Bad Request', 'This is not a request of HTTP/1.1.'] as const

/**
 * Answers what never became a request, and ends its connection. Nothing of it is logged: it could be
 * anything.
 */
export function answerClientError(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (socket.writable && !isAnswering(socket)) {
    const [status, message] = KNOWN[error.code ?? ''] ?? NOT_HTTP
    const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })
    socket.write(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    )
  }
  socket.destroySoon()
}

/** True while an answer is on its way: in the midst of it nothing else may be written. */
function isAnswering(socket: Socket): boolean {
  // Node's own handler looks at the same property; nothing else tells.
  const { _httpMessage: answer } = socket as { _httpMessage?: { headersSent?: boolean } | null }
  return answer?.headersSent === true
}
