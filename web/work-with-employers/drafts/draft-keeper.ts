import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/drafts.ts'
import { type ApiProblem, asProblem } from '../../platform/problem.ts'

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

export interface DraftService {
  readonly read: () => Promise<Draft | null>
  readonly save: (content: DraftContent, seen: number) => Promise<Draft>
  readonly discard: () => Promise<unknown>
}
const quietMs = 1000
const awayMs = 4000

const textOf = (content: DraftContent | null) => content && JSON.stringify(Object.entries(content).sort())

/**
 * Writes what is typed a second after it is typed, one writing at a time. Held while the exchange itself is sent: the
 * last writing has then ended, so that none arrives after the recording and brings the draft back.
 */
export const draftKeeper = (
  service: DraftService,
  tell: (keeping: Keeping) => void,
  { quiet = quietMs, away = awayMs } = {},
) => {
  let seen = 0
  /** As the service holds it; null: it holds nothing. */
  let written: string | null = null
  let refused: string | null = null
  let wanted: DraftContent | null = null
  let held = true
  let closed = false
  /** A draft may stand there that the recording does not take away. */
  let stray = false
  let sending = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let flight: Promise<void> | undefined

  const differs = () => textOf(wanted) !== written && (wanted === null || textOf(wanted) !== refused)
  const cancel = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const plan = (wait = quiet) => {
    if (!held && !closed && !flight && differs()) timer ??= setTimeout(write, wait)
  }
  const attempt = async (content: DraftContent | null): Promise<number> => {
    try {
      if (content) {
        const draft = await service.save(content, seen)
        seen = draft.version
        written = textOf(content)
        if (sending) stray = true
        tell({ kind: 'saved', at: draft.savedAt })
      } else {
        await service.discard()
        written = null
        tell({ kind: 'none' })
      }
      refused = null
      return quiet
    } catch (error) {
      const problem = asProblem(error)
      const { code, current, status } = problem
      if (code === 'draft/newer-elsewhere' && current) {
        held = true
        tell({ kind: 'elsewhere', draft: current as Draft })
      } else if (status === 0 || status >= 500) {
        stray = true
        tell({ kind: 'away' })
      } else {
        refused = textOf(content)
        tell({ kind: 'refused', problem })
      }
      return away
    }
  }
  const write = () => {
    cancel()
    if (flight || !differs()) return
    flight = attempt(wanted).then(wait => {
      flight = undefined
      plan(wait)
    })
  }
  const release = () => {
    held = false
    plan()
  }
  const hold = async () => {
    held = true
    cancel()
    await flight
  }
  return {
    /** What stands there; null too when it cannot be read: should there be one, the first writing will be told. */
    open: async (): Promise<Draft | null> => {
      closed = false
      const draft = await service.read().catch(() => null)
      if (!draft) {
        release()
        return null
      }
      if (wanted) tell({ kind: 'elsewhere', draft })
      return wanted ? null : draft
    },
    want: (content: DraftContent | null) => {
      wanted = content
      plan()
    },
    /** The person has read that draft; `same` is how the page writes its words, when it took them. */
    settle: (draft: Draft, same: DraftContent | null) => {
      seen = draft.version
      written = textOf(same ?? draft.content)
      if (same) wanted = same
      tell({ kind: 'saved', at: draft.savedAt })
      release()
    },
    kept: () => !differs() && !refused && written !== null,
    hurry: () => {
      if (!held) write()
    },
    hold: async () => {
      await hold()
      sending = true
    },
    release,
    recorded: () => {
      held = true
      cancel()
      if (stray) void service.discard().catch(() => undefined)
    },
    discard: async () => {
      await hold()
      try {
        await service.discard()
        written = null
        wanted = null
        tell({ kind: 'none' })
      } finally {
        release()
      }
    },
    /** The form goes away: its last words are written at once. */
    close: () => {
      closed = true
      cancel()
      if (!held && wanted) write()
    },
  }
}
export type DraftKeeper = ReturnType<typeof draftKeeper>
