import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from '../../platform/key-ring.ts'

/**
 * The cookie of a browser that came in: a random number, then one mark for each of its last accounts.
 * Only this service can make a mark. The cookie names nobody and opens nothing.
 * It only says that this browser is no stranger to that account.
 */
export interface KnownDevice {
  /** The budget of this address for an account; keyed, so that the table reveals neither addresses nor people. */
  key(...what: readonly string[]): Buffer
  /** The number of this browser when it already came in with that account. */
  knows(cookie: string | undefined, account: string): string | null
  /** The cookie after coming in. */
  remember(cookie: string | undefined, account: string): string
}

const accountsKept = 5
const form = /^([\w-]{22})((?:\.[\w-]{22}){0,5})$/

export const knownDevice = (keys: KeyRing): KnownDevice => {
  const keyed = (number: number, ...what: readonly string[]) =>
    createHmac('sha256', keys.derived('known device', number)).update(JSON.stringify(what)).digest()
  const mark = (id: string, account: string, number = keys.current) =>
    keyed(number, 'mark', id, account).subarray(0, 16).toString('base64url')
  const read = (cookie: string | undefined) => {
    const [, id, marks = ''] = form.exec(cookie ?? '') ?? []
    return id ? { id, marks: marks.split('.').slice(1) } : null
  }
  const same = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b))
  return {
    key: (...what) => keyed(keys.current, ...what),
    knows: (cookie, account) => {
      const device = read(cookie)
      if (!device) return null
      // A mark of before a change of key still counts: nobody becomes a stranger by it.
      const own = keys.numbers.map(number => mark(device.id, account, number))
      return device.marks.some(m => own.some(o => same(m, o))) ? device.id : null
    },
    remember: (cookie, account) => {
      const { id, marks } = read(cookie) ?? { id: randomBytes(16).toString('base64url'), marks: [] }
      const own = mark(id, account)
      return [id, ...[own, ...marks.filter(m => !same(m, own))].slice(0, accountsKept)].join('.')
    },
  }
}
