import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { type KeyRing, keyRing } from '../../platform/key-ring.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { identityOf } from './settings.ts'

export interface SessionOptions {
  readonly secondFactor?: 'proconnect' | 'totp' | 'passkey' | 'recovery-code' | null
  readonly createdAt?: Date
  readonly lastSeenAt?: Date
  readonly provenAt?: Date | null
}
/**
 * A session as sign-in would have opened it; answers the cookie header that carries it. `owner` is connected as
 * cc_owner.
 */
export const insertSession = async (
  owner: pg.ClientBase | pg.Pool,
  accountId: string,
  options: SessionOptions = {},
): Promise<{ id: string; token: string; cookie: string }> => {
  const now = new Date()
  const { secondFactor = 'proconnect', createdAt = now, lastSeenAt = now } = options
  const provenAt = options.provenAt === undefined ? (secondFactor ? now : null) : options.provenAt
  const token = randomBytes(32).toString('base64url')
  const id = uuidv7()
  await owner.query(
    'insert into sessions (id, token_hash, account_id, created_at, last_seen_at, acr, amr, second_factor, second_factor_at, proven_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [
      id,
      tokenHash(token),
      accountId,
      createdAt,
      lastSeenAt,
      'eidas2',
      ['pwd', 'mfa'],
      secondFactor,
      secondFactor ? now : null,
      provenAt,
    ],
  )
  return { id, token, cookie: `session=${token}` }
}

/** What signing in is set up with where nobody comes by ProConnect, at whose address nothing answers. */
export const unreachableIdentity = (keys: KeyRing = keyRing(new Map([[1, randomBytes(32)]]))) =>
  identityOf({
    publicUrl: 'http://localhost',
    keys,
    proconnect: {
      issuer: 'http://localhost:1/api/v2',
      clientId: 'x',
      clientSecret: 'x',
      weakMfaAcceptedUntil: null,
      acceptedAcrByProvider: {},
    },
  })
