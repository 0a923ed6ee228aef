import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { getProgress } from '../../../contract/work-with-employers/progress.ts'
import type { Database } from '../../platform/database.ts'
import { found, Refused } from '../../platform/errors.ts'
import { isUuid } from '../../platform/ids.ts'
import { type Listener, listen } from '../../platform/listener.ts'
import { sessionToken, tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { withinRights } from '../../platform/within-rights.ts'

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

interface Watcher {
  readonly tokenHash: Buffer
  readonly accountId: string
  readonly campaignId: string
  readonly response: ServerResponse
  /** A version still to be told; null when there is none. */
  version: string | null
  busy: boolean
}

/** Watchers whose rights are read at once: the pool is for those who work. */
const atOnce = 4

/**
 * Tells who watches a campaign that its progress moved, by server-sent events that carry a version and nothing else;
 * the page then reads what it shows.
 * One connection listens for the whole process. Rights are read anew before each event and each heartbeat: a session
 * closed or locked, a grant cut or a campaign no longer visible ends the stream. A stream, not a reply, so it stands
 * outside `load → may → run` (platform/exceptions.ts).
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
    const watchers = new Map<string, Set<Watcher>>()
    const all = () => [...watchers.values()].flatMap(set => [...set])
    const settling = new Map<string, NodeJS.Timeout>()
    const waiting = new Set<Watcher>()
    let running = 0
    let listener: Listener | undefined
    let stopping = false

    const leave = (watcher: Watcher) => {
      const set = watchers.get(watcher.campaignId)
      set?.delete(watcher)
      if (set?.size === 0) watchers.delete(watcher.campaignId)
      waiting.delete(watcher)
      if (!watcher.response.writableEnded) watcher.response.end()
    }
    const allowed = (hash: Buffer, campaignId: string): Promise<Viewer> =>
      withinRights(database, hash, getProgress, clock(), async (tx, viewer) => {
        found(await tx.first(sql`select id from campaigns where id = ${campaignId}::uuid`))
        return viewer
      })
    /** Rights first, then what there is to say: a version, or only that the stream lives. */
    const tell = async (watcher: Watcher) => {
      try {
        await allowed(watcher.tokenHash, watcher.campaignId)
      } catch (error) {
        // A database away or hard pressed proves nothing of the rights: the version waits for the next heartbeat.
        if (error instanceof Refused && error.status < 500) leave(watcher)
        return
      }
      const { response, version } = watcher
      if (response.writableEnded || response.writableNeedDrain) return
      watcher.version = null
      response.write(version === null ? ': \n\n' : `event: progress\ndata: ${JSON.stringify({ version })}\n\n`)
    }
    const run = () => {
      while (running < atOnce && waiting.size > 0) {
        const [watcher] = waiting as Iterable<Watcher> as [Watcher]
        waiting.delete(watcher)
        watcher.busy = true
        running += 1
        void tell(watcher).finally(() => {
          running -= 1
          watcher.busy = false
          run()
        })
      }
    }
    const moves = (set: Iterable<Watcher>, version: string) => {
      for (const watcher of set) {
        watcher.version = version // who is being told already is told this one
        if (!watcher.busy) waiting.add(watcher)
      }
      run()
    }

    const onNotice = (payload: string) => {
      const [campaignId = '', version = ''] = payload.split(' ')
      if (!watchers.has(campaignId) || settling.has(campaignId)) return
      settling.set(
        campaignId,
        setTimeout(() => {
          settling.delete(campaignId)
          moves(watchers.get(campaignId) ?? [], version)
        }, settleMs),
      )
    }
    const listening = () =>
      (listener ??= listen({
        url: listenUrl,
        channel: 'campaign_progress',
        onNotice,
        onBack: () => moves(all(), 'again'),
        ...(onTrouble ? { onTrouble } : {}),
      }))

    const heart = setInterval(() => {
      for (const watcher of all()) {
        // Who has not read since the last heartbeat is gone, or would fill the memory.
        if (watcher.response.writableNeedDrain) watcher.response.destroy()
        else if (!watcher.busy) waiting.add(watcher)
      }
      run()
    }, heartbeatMs)
    heart.unref()

    server.get('/api/campaigns/:campaignId/progress/stream', { schema: { hide: true } }, async (request, reply) => {
      const { campaignId } = request.params as { campaignId: string }
      const token = sessionToken(request, secure)
      if (!token) throw new Refused('session/required')
      if (!isUuid(campaignId)) throw new Refused('request/malformed')
      if (stopping) throw new Refused('service/unavailable', { retryAfterSeconds: 2 })
      const hash = tokenHash(token)
      const { accountId } = await allowed(hash, campaignId)
      const here = all()
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
      watchers.set(campaignId, (watchers.get(campaignId) ?? new Set()).add(watcher))
      response.on('close', () => leave(watcher))
      response.on('error', () => leave(watcher))
      response.writeHead(200, reply.getHeaders() as Record<string, string>)
      response.write(': \n\n')
    })

    server.addHook('preClose', async () => {
      stopping = true
      clearInterval(heart)
      for (const timer of settling.values()) clearTimeout(timer)
      for (const watcher of all()) leave(watcher)
      await listener?.close()
    })
  }
