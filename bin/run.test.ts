import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const made: string[] = []
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A fresh clone of nothing, with an npm of ours that takes half a second and writes down that it ran. */
const clone = (npm = 'sleep 0.5; mkdir -p node_modules') => {
  const folder = mkdtempSync(join(tmpdir(), 'campagnes-run-'))
  made.push(folder)
  for (const name of ['bin', 'tools']) mkdirSync(join(folder, name))
  copyFileSync(fileURLToPath(new URL('run.mjs', import.meta.url)), join(folder, 'bin/run.mjs'))
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  writeFileSync(join(folder, 'tools/npm'), `#!/bin/sh\necho "$@" >> npm-ran\n${npm}\n`)
  chmodSync(join(folder, 'tools/npm'), 0o755)
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, ['bin/run.mjs', ...args], {
      cwd: folder,
      env: { PATH: `${join(folder, 'tools')}:/usr/bin:/bin` },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', data => {
        output += data
      })
    return {
      child,
      output: () => output,
      ended: once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    }
  }
  return {
    folder,
    run,
    installs: () =>
      existsSync(join(folder, 'npm-ran')) ? readFileSync(join(folder, 'npm-ran'), 'utf8').trim().split('\n') : [],
  }
}
const told = async ({ output }: { output: () => string }, what: string) => {
  while (!output().includes(what)) await new Promise(r => setTimeout(r, 20))
}

test('two commands at once on a fresh clone install once, without running any script of a package; the next one does not install', {
  timeout: 90_000,
}, async () => {
  const at = clone()
  const both = [at.run('-p', '"one"'), at.run('-p', '"two"')]
  for (const one of both) assert.equal((await one.ended)[0], 0, one.output())
  assert.match(both[0]!.output(), /^one$/m)
  assert.match(both[1]!.output(), /^two$/m)
  assert.deepEqual(at.installs(), ['ci --ignore-scripts --no-audit --no-fund --loglevel=error'])
  await at.run('-p', '3').ended
  assert.equal(at.installs().length, 1)
  writeFileSync(join(at.folder, 'package-lock.json'), '{ "changed": true }')
  await at.run('-p', '4').ended
  assert.equal(at.installs().length, 2, 'a changed lockfile is installed')
})

const lock = {
  packages: {
    '': { name: 'x' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b': { version: '1.0.0', integrity: 'sha512-b', dev: true },
    'node_modules/c': { version: '1.0.0', integrity: 'sha512-c', optional: true },
  },
}
for (const [title, present, installs] of [
  ['whole, nothing is installed again', ['a', 'b', 'c'], 0],
  ['without what development needs, nothing is added', ['a'], 0],
  ['without what the service needs, it is installed', ['b'], 1],
] as const)
  test(`REL-7: after npm ci by hand, ${title}`, { timeout: 90_000 }, async () => {
    const at = clone()
    const packages = (names: readonly string[]) =>
      Object.fromEntries(Object.entries(lock.packages).filter(([path]) => names.includes(path.slice(-1))))
    writeFileSync(join(at.folder, 'package-lock.json'), JSON.stringify(lock))
    mkdirSync(join(at.folder, 'node_modules'))
    writeFileSync(join(at.folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: packages(present) }))
    const run = at.run('-p', '"ran"')
    assert.equal((await run.ended)[0], 0, run.output())
    assert.match(run.output(), /^ran$/m)
    assert.equal(at.installs().length, installs)
  })

test('REL-7: after npm ci by hand, a package of another version or another text is installed again', {
  timeout: 90_000,
}, async () => {
  for (const other of [{ version: '2.0.0' }, { integrity: 'sha512-z' }]) {
    const at = clone()
    writeFileSync(join(at.folder, 'package-lock.json'), JSON.stringify(lock))
    mkdirSync(join(at.folder, 'node_modules'))
    const packages = { ...lock.packages, 'node_modules/a': { ...lock.packages['node_modules/a'], ...other } }
    writeFileSync(join(at.folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
    await at.run('-p', '1').ended
    assert.equal(at.installs().length, 1)
  }
})

test('an installation killed half-way is taken over, and one that failed is said and tried again', {
  timeout: 90_000,
}, async () => {
  const killed = clone('sleep 1; mkdir -p node_modules')
  const first = killed.run('-p', '1')
  await told(first, 'Installation')
  first.child.kill('SIGKILL')
  await first.ended
  const second = killed.run('-p', '"after"')
  assert.equal((await second.ended)[0], 0, second.output())
  assert.match(second.output(), /^after$/m)

  const failing = clone('exit 7')
  assert.equal((await failing.run('-p', '1').ended)[0], 7)
  assert.equal((await failing.run('-p', '1').ended)[0], 7)
  assert.equal(failing.installs().length, 2)
})

test('the exit code comes back, signals are passed on, and the pinned Node comes first in the path', {
  timeout: 90_000,
}, async () => {
  const at = clone('mkdir -p node_modules')
  assert.equal((await at.run('-e', 'process.exit(5)').ended)[0], 5)
  const path = at.run('-p', 'process.env.PATH')
  await path.ended
  assert.equal(path.output().trim().split('\n').at(-1)!.split(':')[0], dirname(process.execPath))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const waiting = at.run(
      '-e',
      `process.on('${signal}', () => { console.log('tidied'); process.exit(0) }); console.log('waiting'); setInterval(() => {}, 1000)`,
    )
    await told(waiting, 'waiting')
    waiting.child.kill(signal)
    assert.equal((await waiting.ended)[0], 0)
    assert.match(waiting.output(), /tidied/)
  }
})

test('REL-5: when npm itself is ended, by any signal, what it started is told to stop', {
  timeout: 240_000,
}, async () => {
  const at = clone('mkdir -p node_modules')
  await at.run('-p', '1').ended // installed: the real npm only starts it
  writeFileSync(
    join(at.folder, 'package.json'),
    JSON.stringify({ name: 'x', version: '1.0.0', scripts: { start: 'node bin/run.mjs waits.mjs' } }),
  )
  writeFileSync(
    join(at.folder, 'waits.mjs'),
    `import { writeFileSync } from 'node:fs'
    process.on('SIGTERM', () => { writeFileSync('tidied', ''); process.exit(0) })
    writeFileSync('started', String(process.pid)); setInterval(() => {}, 1000)`,
  )
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const name of ['started', 'tidied']) rmSync(join(at.folder, name), { force: true })
    const npm = spawn('npm', ['start'], { cwd: at.folder, stdio: 'ignore' })
    const there = async (name: string) => {
      while (!existsSync(join(at.folder, name))) await new Promise(r => setTimeout(r, 50))
    }
    await there('started')
    npm.kill(signal)
    await there('tidied')
  }
})
