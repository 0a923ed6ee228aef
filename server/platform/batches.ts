export interface Batches<T> {
  /** False past the bound: it is not kept. */
  readonly add: (one: T) => boolean
  readonly flush: () => Promise<void>
  /** Writes what is left. */
  readonly stop: () => Promise<void>
}
export interface BatchOptions {
  readonly everyMs?: number
  readonly onError?: (error: unknown) => void
}

const bound = 20_000

/**
 * Gathers things in memory for a few seconds and writes them together: no request waits. A crash loses those at most.
 * Past the bound, with the database away, the oldest are kept.
 */
export const batches = <T>(
  write: (batch: readonly T[]) => Promise<unknown>,
  { everyMs = 5_000, onError = () => {} }: BatchOptions,
): Batches<T> => {
  let waiting: T[] = []
  let writing: Promise<void> = Promise.resolve()
  const writeAll = async () => {
    if (waiting.length === 0) return
    const batch = waiting
    waiting = []
    try {
      await write(batch)
    } catch (error) {
      waiting = [...batch, ...waiting].slice(0, bound)
      onError(error)
    }
  }
  const flush = () => (writing = writing.then(writeAll))
  const timer = setInterval(() => void flush(), everyMs)
  timer.unref()
  return {
    add: one => waiting.length < bound && waiting.push(one) > 0,
    flush,
    stop: async () => {
      clearInterval(timer)
      await flush()
    },
  }
}

/**
 * Whether a key was told in about that time: half of it at least, once and a half at most.
 * Two generations turn over at each half, or when full: no key needs its own date.
 */
export const lately = (forMs: number) => {
  let [told, toldBefore] = [new Set<string>(), new Set<string>()]
  let turnedAt = Number.NEGATIVE_INFINITY
  const turn = (now: number) => {
    if (now - turnedAt <= forMs / 2 && told.size < bound) return
    toldBefore = now - turnedAt > forMs ? new Set() : told
    told = new Set()
    turnedAt = now
  }
  return {
    knows: (key: string, now: number): boolean => {
      turn(now)
      return told.has(key) || toldBefore.has(key)
    },
    keep: (key: string) => void told.add(key),
  }
}
