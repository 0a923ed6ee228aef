import { Refused } from './errors.ts'

/**
 * How many of a thing go on at once in this process, and for one caller. Beyond, service/overloaded: the caller comes
 * back (REL-4).
 */
export const slots = ({ most, each }: { readonly most: number; readonly each: number }) => {
  const open = new Map<string, number>()
  let all = 0
  return {
    /** Gives it back, once. */
    take: (key: string): (() => void) => {
      const own = open.get(key) ?? 0
      if (all >= most || own >= each) throw new Refused('service/overloaded', { retryAfterSeconds: 2 })
      all += 1
      open.set(key, own + 1)
      let given = false
      return () => {
        if (given) return
        given = true
        all -= 1
        const left = open.get(key)! - 1
        if (left > 0) open.set(key, left)
        else open.delete(key)
      }
    },
    open: () => all,
  }
}
