import type { ServerResponse } from 'node:http'
import { Refused } from '../../platform/errors.ts'

export interface Watcher {
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
 * Watchers of the progress of each campaign. `allowed` reads their rights anew before each telling, and throws when
 * they are gone. Notices that come within `settleMs` are one event.
 */
export const progressWatchers = (
  allowed: (tokenHash: Buffer, campaignId: string) => Promise<unknown>,
  settleMs: number,
) => {
  const watchers = new Map<string, Set<Watcher>>()
  const all = () => [...watchers.values()].flatMap(set => [...set])
  const settling = new Map<string, NodeJS.Timeout>()
  const waiting = new Set<Watcher>()
  let running = 0

  const leave = (watcher: Watcher) => {
    const set = watchers.get(watcher.campaignId)
    set?.delete(watcher)
    if (set?.size === 0) watchers.delete(watcher.campaignId)
    waiting.delete(watcher)
    if (!watcher.response.writableEnded) watcher.response.end()
  }
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

  return {
    all,
    add: (watcher: Watcher) => {
      watchers.set(watcher.campaignId, (watchers.get(watcher.campaignId) ?? new Set()).add(watcher))
    },
    leave,
    onNotice,
    /** What was missed while nobody listened: all are told to read again. */
    allMoved: () => moves(all(), 'again'),
    beat: () => {
      for (const watcher of all()) {
        // A client that has not read since the last heartbeat is gone, or would fill the memory.
        if (watcher.response.writableNeedDrain) watcher.response.destroy()
        else if (!watcher.busy) waiting.add(watcher)
      }
      run()
    },
    close: () => {
      for (const timer of settling.values()) clearTimeout(timer)
      for (const watcher of all()) leave(watcher)
    },
  }
}
