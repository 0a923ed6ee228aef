import { globSync } from 'node:fs'

const inParis = (at: number) =>
  Date.parse(`${new Date(at).toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).replace(' ', 'T')}Z`)
/** Seconds from now to an instant told in Paris: one shift for all, since each process begins at its own time. */
const shiftTo = (told: string): string => {
  const wanted = Date.parse(`${told.replace(' ', 'T')}Z`)
  const near = Date.now() + wanted - inParis(Date.now())
  const seconds = Math.round((near + wanted - inParis(near) - Date.now()) / 1000)
  return `${seconds < 0 ? '' : '+'}${seconds}s`
}

/**
 * What makes every program started with it read a moved clock: node, PostgreSQL and the browser alike.
 * `moved`: `+40d`, `+8d`… from now, or an instant in Paris, `2026-12-31 23:50:00`, from which the clock goes on.
 */
export const movedClock = (moved: string): Record<string, string> => {
  const shift = /^\+\d+[smhdy]$/.test(moved)
  if (!shift && !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(moved)) {
    console.error('--clock : « +40d », ou un instant à Paris, « 2026-12-31 23:50:00 »')
    process.exit(1)
  }
  const library = globSync([
    '/usr/lib/*/faketime/libfaketime.so.1',
    '/usr/lib/faketime/libfaketime.so.1',
    '/usr/local/lib/faketime/libfaketime.so.1',
  ])[0]
  if (library === undefined) {
    console.error('--clock demande libfaketime, qui n’est pas installée (paquet « faketime » de Debian).')
    process.exit(1)
  }
  // Waits are measured by the monotonic clock, which stays true.
  return {
    LD_PRELOAD: library,
    FAKETIME: shift ? moved : shiftTo(moved),
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    TZ: 'Europe/Paris',
  }
}
