import type { FastifyInstance } from 'fastify'
import type { Static } from 'typebox'
import { anonymousBodyLimit } from '../../../contract/route.ts'
import * as contract from '../../../contract/work-with-employers/needs/satisfaction.ts'
import type { Database } from '../../platform/database.ts'
import { Refused } from '../../platform/errors.ts'
import { refuseOtherOrigin } from '../../platform/origin.ts'
import { digest } from '../../signing-in/identity/session-token.ts'
import { answerBy, findLink, refuseBy } from './satisfaction.queries.ts'

interface Parts {
  readonly database: Database
  readonly publicUrl: string
}
const route = (schema: object) => ({ schema: { hide: true, body: schema }, bodyLimit: anonymousBodyLimit })

/**
 * An employer's answer, without a session (platform/exceptions.ts): who has the link of the mail may read who asks,
 * answer once, and ask not to be asked again. The token comes in the body, never in an address.
 */
export const satisfactionRoutes =
  ({ database, publicUrl }: Parts) =>
  (server: FastifyInstance): void => {
    server.addHook('onRequest', async request => refuseOtherOrigin(request, publicUrl))
    server.post(contract.satisfactionLink.path, route(contract.satisfactionLink.body), async (request, reply) => {
      const { token } = request.body as Static<typeof contract.satisfactionLink.body>
      const link = await database.transaction(tx => findLink(tx, digest(token)))
      if (!link) throw new Refused('satisfaction/link-unknown')
      return reply.header('cache-control', 'no-store').send(link)
    })
    server.post(contract.answerSatisfaction.path, route(contract.answerSatisfaction.body), async request => {
      const { token, rating, comment } = request.body as Static<typeof contract.answerSatisfaction.body>
      const words = comment?.trim() || null
      const was = await database.transaction(tx => answerBy(tx, digest(token), rating, words))
      if (was === null) throw new Refused('satisfaction/link-unknown')
      if (was !== 'open') throw new Refused('satisfaction/link-over')
      return { answered: true }
    })
    server.post(contract.refuseSatisfaction.path, route(contract.refuseSatisfaction.body), async request => {
      const { token } = request.body as Static<typeof contract.refuseSatisfaction.body>
      const refused = await database.transaction(tx => refuseBy(tx, digest(token)))
      if (!refused) throw new Refused('satisfaction/link-unknown')
      return { refused }
    })
  }
