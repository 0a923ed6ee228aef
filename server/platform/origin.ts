import { createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Refused } from './errors.ts'

/**
 * Where a request came from, as the trail keeps it: the same address gives the same digest, and the digest gives no
 * address back.
 */
export const originDigest = (key: Buffer, address: string): string =>
  createHmac('sha256', key).update(address).digest('hex').slice(0, 16)

/**
 * SameSite keeps the cookie from other sites; this also refuses a page of another port or subdomain. Programs send
 * neither header.
 */
export const refuseOtherOrigin = (
  { headers: { origin, 'sec-fetch-site': site } }: FastifyRequest,
  publicUrl: string,
) => {
  if (origin && origin !== new URL(publicUrl).origin) throw new Refused('request/other-origin')
  if (site === 'cross-site' || site === 'same-site') throw new Refused('request/other-origin')
}
