import { createHmac } from 'node:crypto'
import type { KeyRing } from '../../platform/key-ring.ts'
import type { Identifier } from './objection-rules.ts'

/** Recognises what must not come back, without keeping it: whoever steals the digests alone can try nothing. */
export interface ObjectionDigests {
  /** To keep, under the key that writes. */
  made(identifier: Identifier): { readonly digest: Buffer; readonly keyNumber: number }
  /** To look for: under each key that can be read, so that a change of key forgets nobody. */
  sought(identifier: Identifier): readonly Buffer[]
}

declare module '../../platform/action.ts' {
  interface Settings {
    readonly objections: ObjectionDigests
  }
}

export const objectionDigests = (keys: KeyRing): ObjectionDigests => {
  const digest = ({ kind, what }: Identifier, number: number) =>
    createHmac('sha256', keys.derived('objection', number))
      .update(JSON.stringify([kind, what]))
      .digest()
  return {
    made: identifier => ({ digest: digest(identifier, keys.current), keyNumber: keys.current }),
    sought: identifier => keys.numbers.filter(number => number > 0).map(number => digest(identifier, number)),
  }
}
