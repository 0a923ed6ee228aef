import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../platform/database.ts'
import { Refused } from '../platform/errors.ts'
import { type UnsubscribeAddresses, unsubscribePath } from './unsubscribe-addresses.ts'

interface Parts {
  readonly database: Database
  readonly unsubscribes: UnsubscribeAddresses
}

/** What a mail program sends when one presses its button (RFC 8058), in either form that it may take. */
const oneClick = /^List-Unsubscribe=One-Click$|name="List-Unsubscribe"[^\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\nOne-Click\r?\n/
const forms = ['application/x-www-form-urlencoded', 'multipart/form-data']

/**
 * Stops the mails of one kind, without a session (platform/exceptions.ts). Asked by a mail program or by the page that
 * the same address shows: only this POST does something, so that who merely looks at the link stops nothing.
 */
export const unsubscribeRoute =
  ({ database, unsubscribes }: Parts) =>
  (server: FastifyInstance) => {
    server.addContentTypeParser(forms, { parseAs: 'string', bodyLimit: 1024 }, (_request, body, done) =>
      done(null, body),
    )
    server.post(`${unsubscribePath}/:kind/:mailId/:signature`, { schema: { hide: true } }, async (request, reply) => {
      const { kind, mailId, signature } = request.params as { kind: string; mailId: string; signature: string }
      if (!unsubscribes.signed({ kind, mailId, signature })) throw new Refused('not-found')
      if (typeof request.body !== 'string' || !oneClick.test(request.body)) throw new Refused('request/malformed')
      const { stopped } = (await database.transaction(tx =>
        tx.first(sql<{ stopped: boolean }>`select unsubscribe(${mailId}::uuid, ${kind}) as stopped`),
      ))!
      if (!stopped) throw new Refused('not-found')
      return reply.header('cache-control', 'no-store').send({ stopped })
    })
  }
