import { createHmac, timingSafeEqual } from 'node:crypto'
import { sha256 } from '../../platform/digest.ts'
import { isUuid } from '../../platform/ids.ts'
import type { KeyRing } from '../../platform/key-ring.ts'

/** What an address names: the feed, and the digest of its signature, which the database keeps. */
export interface CalendarName {
  readonly id: string
  readonly digest: Buffer
}
export interface CalendarAddresses {
  /** A secret address: nothing else opens the feed. */
  made(id: string): CalendarName & { readonly address: string }
  /** Nothing, where we did not sign it: what is unknown costs no statement. */
  read(id: string, file: string): CalendarName | undefined
}

declare module '../../platform/action.ts' {
  interface Settings {
    readonly calendars: CalendarAddresses
  }
}

export const calendarPath = '/calendrier'
const fileEnd = '.ics'
const fileOf = (signature: Buffer) => `${signature.toString('base64url')}${fileEnd}`

export const calendarAddresses = (keys: KeyRing, publicUrl: string): CalendarAddresses => {
  const signed = (id: string, number: number): Buffer =>
    createHmac('sha256', keys.derived('calendar', number)).update(id).digest()
  const named = (id: string, signature: Buffer): CalendarName => ({
    id,
    digest: sha256(signature),
  })
  return {
    made: id => {
      const signature = signed(id, keys.current)
      return {
        ...named(id, signature),
        address: `${publicUrl}${calendarPath}/${id}/${fileOf(signature)}`,
      }
    },
    read: (id, file) => {
      const given = Buffer.from(file.slice(0, -fileEnd.length), 'base64url')
      if (!isUuid(id) || given.length !== 32 || fileOf(given) !== file) return undefined
      const ours = keys.numbers.some(number => number > 0 && timingSafeEqual(signed(id, number), given))
      return ours ? named(id, given) : undefined
    },
  }
}
