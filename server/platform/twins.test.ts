import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { twinsPage } from '../../bin/twins.ts'
import { freshDatabase } from '../testing/database.ts'
import { isTest, root, serverCode, text } from '../testing/sources.ts'
import type { Twin } from './proven-by.ts'
import { twins } from './twins.ts'

const sources = serverCode()
const line = ({ rule, file, sql }: { rule: string; file: string; sql: readonly string[] }) =>
  `${rule} (${file}): ${sql.toSorted().join(', ')}`

/** What the comments of a file say: « The SQL twin is … » above a rule, with or without « the policy ». */
const saidIn = (file: string, code: string) =>
  [...code.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export )?(?:const|function) (\w+)/g)].flatMap(
    ([, comment, rule]) => {
      const said = /The SQL twins? (?:is|are) (.+?)\.(?:\s|$)/.exec(comment!.replace(/\s*\n \*\s?/g, ' '))
      const names = said?.[1]?.replace(/the (?:policy|policies) /g, '').split(/, | and /)
      return names ? [{ rule: rule!, file: relative('server', file), sql: names }] : []
    },
  )

test('SEC-6: every comment that names a SQL twin has its line in the list of twins, and every line its comment', () => {
  const said = sources.flatMap(file => saidIn(file, text(file)))
  assert.deepEqual(said.map(line).sort(), twins.map(line).sort())
  const mentions = sources.flatMap(file => [...text(file).matchAll(/SQL\s+(?:\* )?twins?\s+(?:\* )?(?:is|are)\b/g)])
  assert.equal(mentions.length, said.length, 'each stands above a rule, in a sentence that the test reads')
  const [one] = saidIn(
    'server/x.policy.ts',
    '/**\n * May fly. The SQL twins are\n * ctx.flies and the policy a.b.\n */\nconst mayFly = 1',
  )
  assert.equal(line(one!), 'mayFly (x.policy.ts): a.b, ctx.flies', 'a comment without a line would be seen')
})

/** Whether a test names this half: a function, the table of a policy, a condition. */
const names = (test: string, sql: string) =>
  new RegExp(`\\b${/^(?!ctx\.)\w+\./.test(sql) ? sql.split('.')[0] : sql.replace('ctx.', '')}\\b`).test(test)

const faults = async (list: readonly Twin[]): Promise<string[]> => {
  const fresh = await freshDatabase()
  const client = new pg.Client(fresh.ownerUrl)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select case pronamespace::regnamespace::text when 'public' then '' else 'ctx.' end || proname as name from pg_proc
      where pronamespace::regnamespace::text in ('public', 'ctx')
    union select tablename || '.' || policyname from pg_policies where schemaname = 'public'`,
  )
  await client.end()
  await fresh.drop()
  const conditions = sources
    .filter(file => file.endsWith('.queries.ts'))
    .flatMap(file => [...text(file).matchAll(/^export const (\w+)/gm)].map(m => m[1]!))
  const known = new Set([...rows.map(r => r.name), ...conditions])
  return list.flatMap(({ rule, file, sql, parity }) => {
    if (![file, parity].every(f => existsSync(join(root, 'server', f))))
      return [`${rule}: ${file} or ${parity} is gone`]
    const compared = text(join('server', parity))
    return [
      ...(new RegExp(`^export const ${rule}\\b`, 'm').test(text(join('server', file)))
        ? []
        : [`${file} has no ${rule}`]),
      ...(new RegExp(`\\b${rule}\\b`).test(compared) ? [] : [`${parity} does not name ${rule}`]),
      ...sql.filter(s => !known.has(s)).map(s => `the database has no ${s}`),
      ...sql.filter(s => !names(compared, s)).map(s => `${parity} does not name ${s}`),
    ]
  })
}

test('SEC-6: both halves of every twin exist, and a test that names both compares them', async () => {
  assert.deepEqual(await faults(twins), [])
  const [one] = twins as [Twin]
  const gone: Twin[] = [
    { ...one, rule: 'mayFly' },
    { ...one, sql: ['access_anomalies.written'] },
    { ...one, sql: ['ctx.flies'] },
    { ...one, parity: 'people-and-rights/anomalies/flying.test.ts' },
    { ...one, parity: 'people-and-rights/anomalies/anomaly-rules.test.ts' },
  ]
  for (const twin of gone) assert.notDeepEqual(await faults([twin]), [], JSON.stringify(twin))
})

test('SEC-6: docs/twins.md is what the list writes', () => {
  assert.equal(text('docs/twins.md'), twinsPage(), 'npm run twins')
})

/** Called by tests alone, and no specification: what fences read, and what tests are made with. */
const forTests = ['server/platform/exceptions.ts: exceptions', 'server/platform/migrations.ts: pendingMigrations']
const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
/** Values that a file exports, that no file of `callers` imports, and that it does not name a second time itself. */
const uncalled = (files: ReadonlyMap<string, string>, callers: readonly string[]): string[] => {
  const called = new Set(
    callers.flatMap(file =>
      [...files.get(file)!.matchAll(/^(?:import|export)\s+(?:type\s+)?([^'"]*?)\s*from\s+'(\.[^']+)'/gm)].flatMap(
        ([, what, from]) => {
          const to = relative(root, resolve(root, file, '..', from!))
          return /\*/.test(what!)
            ? [`${to}: *`]
            : (what!.match(/\w+(?: as \w+)?/g) ?? []).map(name => `${to}: ${name.split(' as ')[0]}`)
        },
      ),
    ),
  )
  return [...files]
    .filter(([file]) => file.startsWith('server/') && !file.endsWith('.model.ts') && !called.has(`${file}: *`))
    .flatMap(([file, code]) =>
      [...code.matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm)]
        .map(m => m[1]!)
        .filter(name => code.match(new RegExp(`\\b${name}\\b`, 'g'))!.length === 1)
        .map(name => `${file}: ${name}`),
    )
    .filter(name => !called.has(name))
}

test('what nothing in production calls stands in a .model.ts, and production imports no model', () => {
  const files = new Map(
    globSync(['server/**/*.ts', 'bin/**/*.ts', 'database/seeds/*.ts', 'bench/*.ts', 'e2e/*.ts'], { cwd: root })
      .filter(file => !isTest(file))
      .map(file => [file, withoutComments(text(file))] as const),
  )
  const callers = [...files.keys()].filter(file => !file.endsWith('.model.ts'))
  assert.deepEqual(uncalled(files, callers).toSorted(), forTests.toSorted())
  for (const file of callers) assert.doesNotMatch(files.get(file)!, /from '[^']+\.model\.ts'/, file)
  const lost = new Map([...files, ['server/people-and-rights/rgc/deadlines.ts', 'export const reminderOf = () => 1']])
  assert.ok(uncalled(lost, callers).includes('server/people-and-rights/rgc/deadlines.ts: reminderOf'))
})
