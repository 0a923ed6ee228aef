import type { FastifyInstance } from 'fastify'
import { addressGroup } from '../address.ts'
import { budget, limitsOf } from '../budgets.ts'
import { Refused } from '../errors.ts'
import { isSession } from '../known-sessions.ts'
import { refuseOtherOrigin } from '../origin.ts'
import { sessionToken, tokenHash } from '../session-cookie.ts'
import type { Serving } from './options.ts'

/** Admits requests: their sender, their rate. */
export const admitRequests = (server: FastifyInstance, serving: Serving): void => {
  const { database, publicUrl, secure, known } = serving
  const limits = serving.limits ?? limitsOf(serving.requestsPerMinute ?? 1200)
  const budgets = {
    session: budget(limits.session),
    address: budget(limits.address),
    stranger: budget(limits.stranger),
    signIn: budget(limits.signIn),
  }
  // Before any body is parsed or value looked at: who asks, within which budgets, from which site. A cookie counts for
  // something once its session is known.
  server.addHook('onRequest', async request => {
    if (request.routeOptions.config.rateLimit === false) return
    const path = request.routeOptions.url ?? ''
    const address = addressGroup(request.ip)
    const token = sessionToken(request, secure)
    const hash = token === undefined ? undefined : tokenHash(token)
    const toTheApi = path.startsWith('/api/') && path !== '/api/openapi.json'
    if (path.startsWith('/auth/')) budgets.signIn.take(address)
    const lately = hash !== undefined && known.knows(hash)
    if (!lately) budgets.stranger.take(address)
    if (toTheApi) {
      refuseOtherOrigin(request, publicUrl)
      if (!hash) throw new Refused('session/required')
      if (!lately) {
        if (!(await isSession(database, hash))) throw new Refused('session/required')
        known.keep(hash)
        budgets.stranger.giveBack(address)
      }
    }
    if (hash && (lately || toTheApi)) {
      budgets.address.take(address)
      budgets.session.take(hash.toString('latin1'))
    }
  })
}
