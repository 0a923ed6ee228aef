import type { FastifyReply, FastifyRequest } from 'fastify'
import { anonymousBodyLimit } from '../../../contract/route.ts'
import type { Database } from '../../platform/database.ts'
import { originDigest } from '../../platform/origin.ts'
import type { Identity } from '../identity/settings.ts'
import type { Hasher } from './hashing.ts'
import { knownDevice } from './known-device.ts'

export interface PasswordParts {
  /** As the role of signing in. */
  readonly signIn: Database
  readonly identity: Identity
  readonly passwords: Hasher
  readonly originKey: Buffer
  readonly clock: () => Date
  readonly newId: () => string
}

/** Shared by the routes of passwords: the caller's origin, immediate writes, known devices. */
export const passwordDoor = (parts: PasswordParts) => {
  const { originKey, identity } = parts
  const { publicUrl, keys } = identity
  const secure = publicUrl.startsWith('https:')
  const devices = knownDevice(keys)
  const deviceCookie = secure ? '__Host-device' : 'device'
  const body = (schema: object) => ({ schema: { hide: true, body: schema }, bodyLimit: anonymousBodyLimit })
  const from = (request: FastifyRequest, organisationId: string | null) => ({
    organisationId,
    origin: originDigest(originKey, request.ip),
    requestId: request.id,
  })

  const remember = (request: FastifyRequest, reply: FastifyReply, email: string) => {
    reply.setCookie(deviceCookie, devices.remember(request.cookies[deviceCookie], email), {
      path: '/',
      httpOnly: true,
      secure,
      sameSite: 'strict',
      maxAge: 180 * 24 * 3600,
    })
  }
  return { ...parts, publicUrl, secure, devices, deviceCookie, body, from, remember }
}
export type PasswordDoor = ReturnType<typeof passwordDoor>
