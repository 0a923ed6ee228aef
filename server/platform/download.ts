import type { FastifyRequest } from 'fastify'
import { exportRoutes } from '../../contract/exports.ts'
import type { Route } from '../../contract/route.ts'
import type { Entry } from './action.ts'
import { recordActs } from './audit.ts'
import type { Database, Transaction } from './database.ts'
import { Refused } from './errors.ts'
import { isUuid } from './ids.ts'
import { originDigest } from './origin.ts'
import type { MakePdf } from './pdf.ts'
import type { OfRequest } from './server/options.ts'
import { sessionToken, tokenHash } from './session-cookie.ts'
import type { Viewer } from './viewer.ts'
import { withinRights } from './within-rights.ts'

export interface DownloadParts {
  readonly database: Database
  readonly makePdf: MakePdf
  readonly originKey: Buffer
  readonly secure: boolean
  readonly clock: () => Date
  readonly newId: () => string
}
export interface Download {
  readonly now: Date
  /** What is read of it is told in the name of this session. */
  readonly caller: OfRequest
  /**
   * One transaction under the person's rights of that moment, read anew each time: a document takes seconds to make,
   * and a right may go meanwhile.
   */
  within<T>(work: (tx: Transaction, viewer: Viewer) => Promise<T>): Promise<T>
  /** In that transaction: without its entry in the trail, nothing leaves. */
  trail(tx: Transaction, ...entries: readonly [Entry, ...Entry[]]): Promise<unknown>
}

/**
 * Answers a document by its address, as the envelope does for an action (platform/exceptions.ts: no `load → may →
 * run`).
 * `route` is the one whose needs hold here too. An export asks for a fresh proof (IDN-5).
 * Throws session/required, request/malformed for a malformed id, and the refusals of the gate.
 */
export const downloads =
  ({ database, originKey, secure, clock, newId }: Omit<DownloadParts, 'makePdf'>) =>
  (request: FastifyRequest, route: Route, ...ids: readonly (string | undefined)[]): Download => {
    const token = sessionToken(request, secure)
    if (!token) throw new Refused('session/required')
    if (!ids.every(isUuid)) throw new Refused('request/malformed')
    const hash = tokenHash(token)
    const now = clock()
    const caller = { id: request.id, origin: originDigest(originKey, request.ip), tokenHash: hash }
    const asked: Route = isExport(request) ? { ...route, stepUp: true } : route
    return {
      now,
      caller,
      within: work => withinRights(database, hash, asked, clock(), work),
      trail: (tx, ...entries) =>
        recordActs(tx, { at: now, origin: caller.origin, requestId: request.id }, entries, newId),
    }
  }

const isExport = ({ method, routeOptions: { url } }: FastifyRequest) =>
  Object.hasOwn(exportRoutes, `${method} ${url?.replace(/^\/api/, '')}`)

/** Letters, figures and hyphens only, sixty at most: a name that any system keeps. */
export const fileName = (words: string, otherwise: string): string =>
  words
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-|-$/g, '') || otherwise
