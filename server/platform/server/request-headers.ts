import type { FastifyRequest } from 'fastify'
import type { Route } from '../../../contract/route.ts'
import { Refused } from '../errors.ts'

/** A header given once, and not empty. */
export const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A UUID, or another word of a program's own; a header sent twice is none. */
export const idempotencyKey = (request: FastifyRequest): string | undefined => {
  const key = request.headers['idempotency-key']
  if (key !== undefined && !(typeof key === 'string' && /^[\w.:-]{8,128}$/.test(key)))
    throw new Refused('request/idempotency-key-malformed')
  return key
}

export const ifMatch = (route: Route, request: FastifyRequest): number | undefined => {
  const value = header(request, 'if-match')
  const version = value === undefined ? undefined : Number(/^(?:W\/)?"(\d{1,9})"$/.exec(value)?.[1])
  if (version !== undefined && Number.isNaN(version)) throw new Refused('request/malformed')
  if (version === undefined && route.versioned && route.method === 'PUT') throw new Refused('request/if-match-required')
  return version
}
