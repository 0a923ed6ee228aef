/**
 * `npm run test:stress [-- --times 3 server/campaigns]`: every test beside two loops that never rest, so that a race is
 * found here and not in a run that judges. A file that fails is given no second run.
 */
import { spawn, spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '1' } },
})
const times = Number(values.times)
if (!Number.isInteger(times) || times < 1) {
  console.error('--times : un nombre entier, à partir de 1')
  process.exit(1)
}
/** Half as fast again as a machine of its own: a run of fifteen minutes takes twenty-five. */
const mostMinutes = '60'
// Each ends with this process, however it ends.
const loop = `process.stdin.resume(); process.stdin.on('end', () => process.exit()); (function turn() { for (let n = 0; n < 1e8; n++); setImmediate(turn) })()`
const loops = [1, 2].map(() => spawn(process.execPath, ['-e', loop], { stdio: ['pipe', 'ignore', 'inherit'] }))
const failed = Array.from({ length: times }, (_, n) => n + 1).filter(time => {
  console.log(`\n— under load: ${time} of ${times}`)
  const run = ['bin/test.ts', '--strict', '--minutes', mostMinutes, ...positionals]
  return spawnSync(process.execPath, run, { stdio: 'inherit' }).status !== 0
})
for (const one of loops) one.kill()
console.log(failed.length > 0 ? `\nFailed under load: ${failed.length} of ${times}.` : '\nPassed under load each time.')
process.exit(failed.length > 0 ? 1 : 0)
