import { signal } from './signal.ts'

/** What the announcer of the kit says; `turn` tells the same sentence said twice. */
export const spoken = signal({ text: '', turn: 0 })
/** Says the result of an act to a screen reader, without moving the focus. */
export const announce = (text: string) => spoken.set({ text, turn: spoken.get().turn + 1 })
