/**
 * `npm test`: lint, types, then every test by node's own runner, over one PostgreSQL of the run's own.
 * `npm test -- server/campaigns` runs only what lies there, without lint and types.
 * `npm test -- --clock +40d`, or `--clock "2026-12-31 23:50:00"` (in Paris): the same, with every clock moved; needs libfaketime.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startTestServer } from '../server/platform/testing-database.ts'
import { buildPages } from './build-pages.ts'
import { movedClock } from './moved-clock.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values: { clock }, positionals: only } = parseArgs({ allowPositionals: true, options: { clock: { type: 'string' } } })
if (clock !== undefined) Object.assign(process.env, movedClock(clock))
const run = (title: string, ...args: string[]) => {
  console.log(`— ${title}`)
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

if (only.length === 0) {
  run('lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')
  run('types', 'node_modules/typescript/bin/tsc', '--build')
  run('requirements page', 'bin/requirements.ts', '--check')
}
const files = globSync(['contract', 'server', 'web', 'database', 'bin', 'e2e'].map(folder => `${folder}/**/*.test.ts`), { cwd: root })
  .filter(file => only.length === 0 || only.some(o => file.startsWith(o.replace(/^\.\//, '')))).sort()
if (files.length === 0) {
  console.error('Aucun test ne correspond.')
  process.exit(1)
}
if (files.some(f => f.startsWith('e2e/'))) await buildPages()

const postgres = await startTestServer()
const { superUrl, ownerUrl, webUrl, signInUrl, workerUrl } = postgres
const child = spawn(process.execPath, ['--test', '--test-concurrency=2', '--test-timeout=600000', '--import', './bin/left-open.ts', '--test-reporter=spec', ...files], { cwd: root, stdio: 'inherit', env: { ...process.env, TEST_POSTGRES: JSON.stringify({ superUrl, ownerUrl, webUrl, signInUrl, workerUrl }) } })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
const [code] = await once(child, 'exit') as [number | null]
await postgres.stop()
process.exit(code ?? 1)
