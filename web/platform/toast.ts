import { announce } from './announce.ts'
import { turnedOff } from './shortcuts.ts'
import { signal } from './signal.ts'

export interface Undo {
  readonly run: () => Promise<unknown>
  /** Said once it is undone; a function says what came of it. */
  readonly done: string | (() => string)
}
export interface Toast {
  readonly turn: number
  readonly text: string
  readonly undo: Undo | undefined
}

/** What the toaster of the kit shows; `turn` tells the same sentence shown twice. */
export const toasted = signal<Toast | null>(null)
let turn = 0
/** Shows what was just done, says it once to a screen reader, and lets it be undone for ten seconds. */
export const toast = (text: string, undo?: Undo) => {
  turn += 1
  toasted.set({ turn, text, undo })
  announce(undo && !turnedOff.get().includes('undo') ? `${text} Touche Z : annuler.` : text)
}
