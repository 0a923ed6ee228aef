import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const gzipped = promisify(gzip)
/** What fits one packet travels as fast in clear. */
const leastBytes = 1400

const takesGzip = (request: FastifyRequest): boolean =>
  /(^|[,\s])gzip\s*(;\s*q=(1|0\.\d*[1-9]\d*))?\s*(,|$)/i.test(String(request.headers['accept-encoding'] ?? ''))

/**
 * The text as it leaves: compressed where it is long and the caller takes it. Secrets go in clear (`secret`): the length
 * of a compressed text tells of what it holds.
 */
export const compressed = async (
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
  { secret = false } = {},
): Promise<string | Buffer> => {
  if (secret || text.length < leastBytes) return text
  reply.header('vary', 'accept-encoding')
  if (!takesGzip(request)) return text
  reply.header('content-encoding', 'gzip')
  return gzipped(text, { level: constants.Z_BEST_SPEED })
}
