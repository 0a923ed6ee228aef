import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * The cookie of a browser that came in: a random number, then one mark for each of the last accounts it came in with, which only this service can
 * make. It names nobody and opens nothing: it only says that this browser is no stranger to that account.
 */
export interface KnownDevice {
  /** What one draws on, for this address of an account; keyed, so that the table holds neither addresses nor who they are. */
  key(...what: readonly string[]): Buffer
  /** The number of this browser when it already came in with that account. */
  knows(cookie: string | undefined, account: string): string | null
  /** The cookie after coming in. */
  remember(cookie: string | undefined, account: string): string
}

const accountsKept = 5
const form = /^([\w-]{22})((?:\.[\w-]{22}){0,5})$/

export const knownDevice = (encryptionKey: Buffer): KnownDevice => {
  const secret = createHash('sha256').update('known device').update(encryptionKey).digest()
  const key = (...what: readonly string[]) => createHmac('sha256', secret).update(JSON.stringify(what)).digest()
  const mark = (id: string, account: string) => key('mark', id, account).subarray(0, 16).toString('base64url')
  const read = (cookie: string | undefined) => {
    const [, id, marks = ''] = form.exec(cookie ?? '') ?? []
    return id ? { id, marks: marks.split('.').slice(1) } : null
  }
  const same = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b))
  return {
    key,
    knows: (cookie, account) => {
      const device = read(cookie)
      if (!device) return null
      const own = mark(device.id, account)
      return device.marks.some(m => same(m, own)) ? device.id : null
    },
    remember: (cookie, account) => {
      const { id, marks } = read(cookie) ?? { id: randomBytes(16).toString('base64url'), marks: [] }
      const own = mark(id, account)
      return [id, ...[own, ...marks.filter(m => !same(m, own))].slice(0, accountsKept)].join('.')
    },
  }
}
