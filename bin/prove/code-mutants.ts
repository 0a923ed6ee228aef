import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Outcome } from '../prove.ts'

/** Rules, deadlines, lifecycles, policies and models of each room; of the platform, what every request goes through. */
export const guardedFiles = (rooms: readonly string[]): { room: string; file: string }[] =>
  [
    ...globSync(['*-rules', 'deadlines', '*-lifecycle', '*.policy', '*.model'].map(name => `server/**/${name}.ts`)),
    'server/platform/envelope.ts',
    'server/platform/viewer.ts',
  ]
    .map(file => ({ room: basename(dirname(file)), file }))
    .filter(({ room }) => rooms.length === 0 || rooms.includes(room))
    .sort((a, b) => a.file.localeCompare(b.file))

/**
 * What guards a file: its own test; of a policy, the room's parity tests too; of a model, the tests that import it, which
 * compare it with its SQL twin; where there is none, whatever in the room speaks of it.
 */
const testsOf = (file: string): string[] => {
  if (file.startsWith('server/platform/'))
    return file.endsWith('viewer.ts')
      ? [
          'server/work-with-employers/campaigns/campaigns.parity.test.ts',
          'server/work-with-employers/exchanges/exchanges.policy.test.ts',
        ]
      : ['server/platform/envelope.test.ts']
  const [folder, name] = [dirname(file), basename(file)]
  const own = globSync(`${folder}/*.test.ts`).filter(test =>
    /\.policy\.ts$/.test(name)
      ? /\.(parity|policy)\.test\.ts$/.test(test)
      : name.endsWith('.model.ts')
        ? readFileSync(test, 'utf8').includes(`'./${name}'`)
        : test.endsWith(`/${name.replace('.ts', '.test.ts')}`),
  )
  return own.length > 0 ? own : globSync(`${folder}/*.test.ts`).filter(test => !/\.size\.test\.ts$|killed/.test(test))
}

/** A file and some of its lines, drawn among those whose tests need no database: what a minute is enough for. */
export const drawn = (random: () => number): { of: { room: string; file: string }; lines: string } => {
  const short = guardedFiles([]).filter(({ file }) =>
    testsOf(file).every(test => !/openHouse|freshDatabase|openRegister/.test(readFileSync(test, 'utf8'))),
  )
  const of = short[Math.floor(random() * short.length)]!
  const first = 1 + Math.floor(random() * Math.max(1, readFileSync(of.file, 'utf8').split('\n').length - 12))
  return { of, lines: `${first}-${first + 12}` }
}

interface Report {
  readonly files: Record<
    string,
    {
      readonly source: string
      readonly mutants: {
        readonly mutatorName: string
        readonly replacement?: string
        readonly status: string
        readonly location: Record<'start' | 'end', { line: number; column: number }>
        readonly killedBy?: string[]
      }[]
    }
  >
}
const states: Record<string, Outcome['state']> = {
  Killed: 'killed',
  Timeout: 'killed',
  Survived: 'survived',
  NoCoverage: 'survived',
  CompileError: 'invalid',
  RuntimeError: 'invalid',
  Ignored: 'invalid',
}

/**
 * The mutants of StrykerJS in one file, or in some lines of it (`first-last`), run by node's own runner on the same
 * types stripped. Null when time is up.
 */
export const codeOutcomes = async (
  root: string,
  { room, file }: { room: string; file: string },
  lines?: string,
  withinMs?: number,
): Promise<Outcome[] | null> => {
  const folder = mkdtempSync(join(tmpdir(), 'prove-'))
  const report = join(folder, 'report.json')
  const settings = join(folder, 'stryker.json')
  writeFileSync(
    settings,
    JSON.stringify({
      testRunner: 'tap',
      plugins: ['@stryker-mutator/tap-runner'],
      coverageAnalysis: 'perTest',
      concurrency: 1,
      mutate: [lines ? `${file}:${lines}` : file],
      // The parity tests mutate the source themselves, which here is instrumented: those of their tests are passed
      // over.
      tap: {
        testFiles: testsOf(file),
        nodeArgs: [
          '--test-reporter=tap',
          '--test-skip-pattern=/(fails?|… and) when a clause|clause lost|each clause/',
          '-r',
          '{{hookFile}}',
          '{{testFile}}',
        ],
        forceBail: true,
      },
      // TypeScript 7 has no API by which to rewrite its settings, and nothing here needs them.
      tsconfigFile: 'none.json',
      reporters: ['json'],
      jsonReporter: { fileName: report },
      tempDirName: join(folder, 'sandbox'),
      timeoutMS: 30_000,
      allowConsoleColors: false,
      logLevel: 'error',
      allowEmpty: true,
      ignorePatterns: ['**', '!server/**', '!contract/**', '!database/**', '!package.json'],
    }),
  )
  const child = spawn(process.execPath, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', settings], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', text => {
      said = (said + text).slice(-2000)
    })
  const end = () => {
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      /* it ended meanwhile */
    }
  }
  process.once('exit', end)
  let late = false
  const timer =
    withinMs === undefined
      ? undefined
      : setTimeout(() => {
          late = true
          end()
        }, withinMs)
  await once(child, 'close')
  clearTimeout(timer)
  process.off('exit', end)
  const { files } = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : { files: null }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  if (late) return null
  if (!files) throw new Error(`${file}: ${said}`)
  const names = new Map<string, number>()
  return Object.values(files).flatMap(({ source, mutants }) => {
    const rows = source.split('\n')
    const offset = ({ line, column }: { line: number; column: number }) =>
      rows.slice(0, line - 1).reduce((n, row) => n + row.length + 1, 0) + column - 1
    return mutants.map(({ mutatorName, replacement, status, location }): Outcome => {
      const plain = `${file}: ${source.slice(offset(location.start), offset(location.end)).replace(/\s+/g, ' ').slice(0, 200)} → ${(replacement ?? '').replace(/\s+/g, ' ').slice(0, 200)} (${mutatorName})`
      const n = (names.get(plain) ?? 0) + 1
      names.set(plain, n)
      return {
        room,
        name: n === 1 ? plain : `${plain} ${n}`,
        state: states[status] ?? 'survived',
        ...(status === 'Timeout' ? { by: 'never ends' } : {}),
      }
    })
  })
}
