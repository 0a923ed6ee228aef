import type { Static } from 'typebox'
import type * as contract from '../../contract/work-with-employers/drafts.ts'
import { type ApiProblem, asProblem } from './problem.ts'

export type Draft = Static<typeof contract.Draft>
export type DraftContent = Draft['content']
/**
 * `elsewhere`: newer words of another session stand there; nothing is written over them until the person has chosen.
 */
export type Keeping =
  | { readonly kind: 'none' }
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'away' }
  | { readonly kind: 'refused'; readonly problem: ApiProblem }
  | { readonly kind: 'elsewhere'; readonly draft: Draft }

/** Reads, writes and takes away one draft of the person signed in. */
export interface DraftService {
  readonly read: () => Promise<Draft | null>
  readonly save: (content: DraftContent, seen: number) => Promise<Draft>
  readonly discard: () => Promise<unknown>
}
const quietMs = 1000
const awayMs = 4000

const textOf = (content: DraftContent | null) => content && JSON.stringify(Object.entries(content).sort())

/** Where the keeping of a draft stands. */
interface Standing {
  seen: number
  /** As the service holds it; null: it holds nothing. */
  written: string | null
  /** Sent, and their answers never came: the service may hold any of them. */
  unanswered: readonly (string | null)[]
  refused: string | null
  wanted: DraftContent | null
  held: boolean
  closed: boolean
  /** A draft may stand there that the recording does not take away. */
  stray: boolean
  sending: boolean
}

const unread: Standing = {
  seen: 0,
  written: null,
  unanswered: [],
  refused: null,
  wanted: null,
  held: true,
  closed: false,
  stray: false,
  sending: false,
}

/** Writes these words, or takes the draft away, and tells it; whether it was done. */
const attempt = async (
  service: DraftService,
  at: Standing,
  tell: (keeping: Keeping) => void,
  content: DraftContent | null,
): Promise<boolean> => {
  try {
    if (content) {
      const draft = await service.save(content, at.seen)
      at.seen = draft.version
      at.written = textOf(content)
      at.unanswered = []
      if (at.sending) at.stray = true
      tell({ kind: 'saved', at: draft.savedAt })
    } else {
      await service.discard()
      at.written = null
      tell({ kind: 'none' })
    }
    at.refused = null
    return true
  } catch (error) {
    const problem = asProblem(error)
    const { code, current, status } = problem
    const own = at.unanswered
    if (code === 'draft/newer-elsewhere' && current) {
      const draft = current as Draft
      at.unanswered = []
      if ([...own, textOf(content)].includes(textOf(draft.content))) return adopt(at, tell, draft)
      at.held = true
      tell({ kind: 'elsewhere', draft })
    } else if (status === 0 || status >= 500) {
      if (content) at.unanswered = [...new Set([...own, textOf(content)])]
      at.stray = true
      tell({ kind: 'away' })
    } else {
      at.refused = textOf(content)
      tell({ kind: 'refused', problem })
    }
    return false
  }
}

/** The words that stand there are one's own, or the same: there is nothing to choose. */
const adopt = (at: Standing, tell: (keeping: Keeping) => void, draft: Draft) => {
  at.seen = draft.version
  at.written = textOf(draft.content)
  tell({ kind: 'saved', at: draft.savedAt })
  return true
}

/**
 * Writes a text a second after it is typed, one writing at a time.
 * Held while the exchange itself is sent, after the last writing: none arrives later to bring the draft back.
 */
export const draftKeeper = (
  service: DraftService,
  tell: (keeping: Keeping) => void,
  { quiet = quietMs, away = awayMs } = {},
) => {
  const at: Standing = { ...unread }
  let timer: ReturnType<typeof setTimeout> | undefined
  let flight: Promise<void> | undefined

  const differs = () => textOf(at.wanted) !== at.written && (at.wanted === null || textOf(at.wanted) !== at.refused)
  const cancel = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const plan = (wait = quiet) => {
    if (!at.held && !at.closed && !flight && differs()) timer ??= setTimeout(write, wait)
  }
  const write = () => {
    cancel()
    if (flight || !differs()) return
    flight = attempt(service, at, tell, at.wanted).then(done => {
      flight = undefined
      plan(done ? quiet : away)
    })
  }
  const release = () => {
    at.held = false
    plan()
  }
  const hold = async () => {
    at.held = true
    cancel()
    await flight
  }
  return {
    /** What stands there; null too when it cannot be read: should there be one, the first writing will be told. */
    open: async (): Promise<Draft | null> => {
      at.closed = false
      const draft = await service.read().catch(() => null)
      if (!draft) {
        release()
        return null
      }
      if (!at.wanted) return draft
      if (textOf(at.wanted) === textOf(draft.content)) {
        adopt(at, tell, draft)
        release()
      } else tell({ kind: 'elsewhere', draft })
      return null
    },
    want: (content: DraftContent | null) => {
      at.wanted = content
      plan()
    },
    /** The person has read that draft; `same` is how the page writes its words, when it took them. */
    settle: (draft: Draft, same: DraftContent | null) => {
      at.seen = draft.version
      at.written = textOf(same ?? draft.content)
      if (same) at.wanted = same
      tell({ kind: 'saved', at: draft.savedAt })
      release()
    },
    kept: () => !differs() && !at.refused && at.written !== null,
    hurry: () => {
      if (!at.held) write()
    },
    hold: async () => {
      await hold()
      at.sending = true
    },
    release,
    recorded: () => {
      at.held = true
      cancel()
      if (at.stray) void service.discard().catch(() => undefined)
    },
    /** The form stays after what was recorded: what is typed next is another draft. */
    restart: () => {
      Object.assign(at, { ...unread, seen: at.seen, closed: at.closed })
      tell({ kind: 'none' })
      release()
    },
    discard: async () => {
      await hold()
      try {
        await service.discard()
        at.written = null
        at.wanted = null
        tell({ kind: 'none' })
      } finally {
        release()
      }
    },
    /** The form goes away: its last words are written at once. */
    close: () => {
      at.closed = true
      cancel()
      if (!at.held && at.wanted) write()
    },
  }
}
export type DraftKeeper = ReturnType<typeof draftKeeper>
