import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { getProgress } from '../../../contract/work-with-employers/progress.ts'
import type { Database } from '../../platform/database.ts'
import { found, Refused } from '../../platform/errors.ts'
import { isUuid } from '../../platform/ids.ts'
import { type Listener, listen } from '../../platform/listener.ts'
import { sessionToken, tokenHash } from '../../platform/session-cookie.ts'
import { measureStreams } from '../../platform/telemetry.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { withinRights } from '../../platform/within-rights.ts'
import { progressWatchers, type Watcher } from './progress-watchers.ts'

export interface StreamParts {
  readonly database: Database
  readonly listenUrl: string
  readonly secure: boolean
  readonly clock: () => Date
  readonly onTrouble?: (message: string) => void
  readonly heartbeatMs?: number
  /** Notices that come within it are one event. */
  readonly settleMs?: number
  readonly perPerson?: number
  readonly perProcess?: number
}

/** The viewer of this session, if they may read the progress of this campaign now; refused otherwise. */
const viewerOf = (
  { database, clock }: Pick<StreamParts, 'database' | 'clock'>,
  hash: Buffer,
  campaignId: string,
): Promise<Viewer> =>
  withinRights(database, hash, getProgress, clock(), async (tx, viewer) => {
    found(await tx.first(sql`select id from campaigns where id = ${campaignId}::uuid`))
    return viewer
  })

/**
 * Tells watchers of a campaign that its progress moved. Server-sent events carry a version alone; the page reads the
 * rest.
 * One connection listens for the whole process. Rights are read anew before each event and each heartbeat.
 * A closed or locked session, a cut grant or a hidden campaign ends the stream.
 * A stream is no reply, so it stands outside `load → may → run` (platform/exceptions.ts).
 */
export const progressStream =
  ({
    database,
    listenUrl,
    secure,
    clock,
    onTrouble,
    heartbeatMs = 20_000,
    settleMs = 250,
    perPerson = 6,
    perProcess = 5_000,
  }: StreamParts) =>
  (server: FastifyInstance) => {
    const allowed = (hash: Buffer, campaignId: string) => viewerOf({ database, clock }, hash, campaignId)
    const watchers = progressWatchers(allowed, settleMs)
    let listener: Listener | undefined
    let stopping = false
    const listening = () =>
      (listener ??= listen({
        url: listenUrl,
        channel: 'campaign_progress',
        onNotice: watchers.onNotice,
        onBack: watchers.allMoved,
        ...(onTrouble ? { onTrouble } : {}),
      }))

    measureStreams(
      () => watchers.all().length,
      () => listener?.listening() ?? false,
    )
    const heart = setInterval(watchers.beat, heartbeatMs)
    heart.unref()

    server.get('/api/campaigns/:campaignId/progress/stream', { schema: { hide: true } }, async (request, reply) => {
      const { campaignId } = request.params as { campaignId: string }
      const token = sessionToken(request, secure)
      if (!token) throw new Refused('session/required')
      if (!isUuid(campaignId)) throw new Refused('request/malformed')
      if (stopping) throw new Refused('service/unavailable', { retryAfterSeconds: 2 })
      const hash = tokenHash(token)
      const { accountId } = await allowed(hash, campaignId)
      const here = watchers.all()
      if (here.length >= perProcess) throw new Refused('service/overloaded', { retryAfterSeconds: 30 })
      if (here.filter(watcher => watcher.accountId === accountId).length >= perPerson)
        throw new Refused('request/too-many', { retryAfterSeconds: 30 })
      listening()
      reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store, no-transform')
        .header('x-accel-buffering', 'no')
      reply.hijack()
      const response = reply.raw
      const watcher: Watcher = { tokenHash: hash, accountId, campaignId, response, version: null, busy: false }
      watchers.add(watcher)
      response.on('close', () => watchers.leave(watcher))
      response.on('error', () => watchers.leave(watcher))
      response.writeHead(200, reply.getHeaders() as Record<string, string>)
      response.write(': \n\n')
    })

    server.addHook('preClose', async () => {
      stopping = true
      clearInterval(heart)
      watchers.close()
      await listener?.close()
    })
  }
