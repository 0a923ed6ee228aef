/**
 * `npm run test:clock [-- server/campaigns]`: every test again with the clock moved, so that no test and no query waits
 * for its day to fail. Needs libfaketime.
 */
import { spawnSync } from 'node:child_process'
import { parisDay } from '../server/platform/time.ts'

const year = parisDay(new Date()).slice(0, 4)
const failed = ['+8d', '+40d', '+400d', `${year}-12-31 23:50:00`].filter(clock => {
  console.log(`\n— clock: ${clock}`)
  return (
    spawnSync(process.execPath, ['bin/test.ts', '--clock', clock, ...process.argv.slice(2)], { stdio: 'inherit' })
      .status !== 0
  )
})
console.log(failed.length ? `\nFailed with the clock at: ${failed.join(', ')}` : '\nPassed with each clock.')
process.exit(failed.length ? 1 : 0)
