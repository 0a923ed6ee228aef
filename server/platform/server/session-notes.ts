import type { FastifyRequest } from 'fastify'
import { isDeliberate, type Route } from '../../../contract/route.ts'
import { placeOf } from '../place.ts'
import { sessionToken, tokenHash } from '../session-cookie.ts'
import type { Viewer } from '../viewer.ts'
import type { Serving } from './options.ts'

/** What is noted of a session beside its requests: that a person is there, what they do, and from where. */
export const sessionNotes = ({ database, secure, settings: { clock }, placeHeaders, onPlaced }: Serving) => {
  const keepAwake = (request: FastifyRequest) => {
    const token = sessionToken(request, secure)
    if (token)
      database
        .touch(tokenHash(token))
        .catch(error => request.log.warn({ requestId: request.id, err: error }, 'session not kept awake'))
  }

  // Acts count to the hour: one note each ten minutes a session is enough, and a reading writes no more than that.
  const noted = new Map<string, number>()
  const noteAct = (request: FastifyRequest) => {
    const token = sessionToken(request, secure)
    const now = clock().getTime()
    if (!token || now - (noted.get(token) ?? 0) < 600_000) return
    if (noted.size > 20_000) noted.clear()
    noted.set(token, now)
    database.act(tokenHash(token)).catch(error => {
      noted.delete(token)
      request.log.warn({ requestId: request.id, err: error }, 'act not noted')
    })
  }

  /** Notes a person's deliberate act, or the first call after a sign-in. A page left open notes nothing. */
  const notePlace = (request: FastifyRequest, route: Route, viewer: Viewer) => {
    if (
      !placeHeaders ||
      viewer.state !== 'active' ||
      !(isDeliberate(route) || clock().getTime() - Date.parse(viewer.signedInAt) < 120_000)
    )
      return
    const place = placeOf(request, placeHeaders)
    const token = sessionToken(request, secure)
    if (place && token) onPlaced?.({ tokenHash: tokenHash(token), place })
  }
  return { keepAwake, noteAct, notePlace }
}
