/**
 * `npm run test:clock [-- server/campaigns]`: every test again with the clock moved, so that no test and no query waits
 * for its day to fail. Needs libfaketime.
 */
import { spawnSync } from 'node:child_process'
import { addDays } from '../contract/days.ts'
import { parisDay } from '../server/platform/time.ts'

const nextDay = (day: string) => addDays(day, 1)
const today = parisDay(new Date())
const weekday = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay()
const first = (from: string, holds: (day: string) => boolean): string =>
  holds(from) ? from : first(nextDay(from), holds)
const tomorrow = nextDay(today)
const saturday = first(tomorrow, day => weekday(day) === 6)
const lastOfMonth = first(tomorrow, day => nextDay(day).endsWith('-01'))
const year = today.slice(0, 4)

const clocks = [
  '+40d',
  '+400d',
  `${saturday} 10:30:00`,
  `${nextDay(saturday)} 23:55:00`,
  `${lastOfMonth} 23:55:00`,
  `${nextDay(lastOfMonth)} 00:30:00`,
  `${first(tomorrow, day => weekday(day) === 1)} 09:00:00`,
  `${year}-12-31 23:50:00`,
  `${Number(year) + 1}-01-04 10:30:00`,
]
const failed = clocks.filter(clock => {
  console.log(`\n— clock: ${clock}`)
  return (
    spawnSync(process.execPath, ['bin/test.ts', '--clock', clock, ...process.argv.slice(2)], { stdio: 'inherit' })
      .status !== 0
  )
})
console.log(failed.length ? `\nFailed with the clock at: ${failed.join(', ')}` : '\nPassed with each clock.')
process.exit(failed.length ? 1 : 0)
