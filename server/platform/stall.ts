import pg from 'pg'

export interface StallWatch {
  /** Something is asked of PostgreSQL; call what is answered once it has. */
  begins(): () => void
  readonly stalled: () => boolean
  /** `cut` is called when PostgreSQL stops answering, until what is given back is called. */
  readonly onStall: (cut: () => void) => () => void
  close(): void
}

/**
 * Whether PostgreSQL still answers. A new connection is tried when something has waited `afterMs`.
 * Opened, refused, or any other answer meanwhile: PostgreSQL lives, and the waiting query is slow.
 * No answer within `withinMs`: it is frozen or out of reach. All that waits is cut, and it is tried until it answers.
 */
export const watchStalls = (url: string, afterMs: number, withinMs: number): StallWatch => {
  const waiting = new Map<number, number>() // in the order of their beginning
  const cuts = new Set<() => void>()
  let next = 0
  let stalled = false
  let trying = false
  let triedAt = 0
  let answeredAt = 0

  const look = async () => {
    const now = performance.now()
    const since = waiting.values().next().value
    if (trying || now - triedAt < 500 || (!stalled && (since === undefined || now - since < afterMs))) return
    trying = true
    triedAt = now
    const yes = await answers(url, withinMs)
    // A loop that was itself held heard nothing: that proves nothing.
    if (yes || answeredAt > now) stalled = false
    else if (performance.now() - now < withinMs + 400) stalled = true
    trying = false
    triedAt = performance.now()
    if (stalled) for (const cut of [...cuts]) cut()
  }
  const timer = setInterval(() => void look(), 200)
  timer.unref()

  return {
    begins: () => {
      const mine = next++
      waiting.set(mine, performance.now())
      return () => {
        waiting.delete(mine)
        answeredAt = performance.now()
      }
    },
    stalled: () => stalled,
    onStall: cut => {
      cuts.add(cut)
      return () => {
        cuts.delete(cut)
      }
    },
    close: () => clearInterval(timer),
  }
}

/** A refusal is an answer, and so is a server that is not there: those who wait are told by their own connections. */
const answers = (url: string, withinMs: number): Promise<boolean> =>
  new Promise(told => {
    const client = new pg.Client({ connectionString: url, application_name: 'campagnes-probe' })
    client.on('error', () => {})
    const say = (yes: boolean) => {
      clearTimeout(late)
      told(yes)
      ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
    }
    // Our own loop may be what was held: what has come in meanwhile is read before it is judged.
    const late = setTimeout(() => setTimeout(() => say(false), 50), withinMs)
    client.connect().then(
      () => {
        clearTimeout(late)
        told(true)
        client.end().catch(() => {})
      },
      () => say(true),
    )
  })
