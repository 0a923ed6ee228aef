import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { actSentences, personalMembers } from '../../contract/audit.ts'
import * as contract from '../../contract/index.ts'
import { refusals } from '../../contract/refusals.ts'
import { isDeliberate, type Route } from '../../contract/route.ts'
import { actions } from '../actions.ts'
import { statementsOf } from './repeatables.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory()
      ? filesUnder(join(folder, entry.name))
      : /\.tsx?$/.test(entry.name)
        ? [join(folder, entry.name)]
        : [],
  )
const sources = ['contract', 'server', 'web'].flatMap(filesUnder)
const text = (file: string) => readFileSync(join(root, file), 'utf8')
const isTest = (file: string) => /(\.test|testing[\w-]*)\.tsx?$/.test(file)
const imports = (file: string) =>
  [...text(file).matchAll(/^\s*(?:import|export)\s(?:[^'"]*?from\s)?['"]([^'"]+)['"]/gm)].map(m => m[1]!)
const resolved = (file: string) =>
  imports(file)
    .filter(i => i.startsWith('.'))
    .map(i => relative(root, resolve(dirname(join(root, file)), i)))
const featureOf = (file: string) => {
  const [area, feature, rest] = file.split(sep)
  return area === 'server' && rest ? feature : undefined
}
const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value
const promised = Object.values(contract)
  .flatMap(file => Object.values(file as Record<string, unknown>))
  .filter(isRoute)

test('API-1: every route of the contract has exactly one action, and no action is outside the contract', () => {
  const name = (r: Route) => `${r.method} ${r.path}`
  assert.deepEqual(actions.map(a => name(a.route)).sort(), promised.map(name).sort())
  for (const action of actions)
    assert.ok(promised.includes(action.route), `${name(action.route)} is the contract's own object`)
})

test('API-4: every refusal a route announces is in the table, with a French sentence', () => {
  for (const route of promised) for (const code of route.refusals ?? []) assert.ok(refusals[code], code)
  for (const [code, { status, title, detail }] of Object.entries(refusals)) {
    assert.match(code, /^[a-z-]+(\/[a-z-]+)?$/)
    assert.ok(status >= 400 && status < 600 && title.length > 3 && /[.]$/.test(detail), code)
  }
})

test('API-4: every code of the table is thrown somewhere: none promises what nothing refuses', () => {
  const thrown = sources
    .filter(f => /^server/.test(f) && !isTest(f))
    .map(text)
    .join('\n')
  for (const code of Object.keys(refusals)) assert.ok(thrown.includes(`'${code}'`), code)
})

test('the contract imports typebox and itself, nothing else', () => {
  for (const file of sources.filter(f => f.startsWith(`contract${sep}`)))
    for (const i of imports(file)) assert.ok(i === 'typebox' || /^\.\/[\w-]+\.ts$/.test(i), `${file} imports ${i}`)
})

test('policies, rules and models are pure: no database, no HTTP, no clock, no chance', () => {
  const pure = sources.filter(
    f => /^server/.test(f) && !isTest(f) && (/\.(policy|model)\.ts$/.test(f) || pureRules.some(r => f.endsWith(r))),
  )
  assert.ok(pure.length > 4)
  for (const file of pure) {
    for (const i of imports(file))
      assert.doesNotMatch(i, /kysely|^pg|fastify|database|queries|node:(?!assert)/, `${file} imports ${i}`)
    assert.doesNotMatch(text(file), /new Date\(\)|Date\.now|Math\.random|randomUUID/, file)
  }
})
const pureRules = [
  '-lifecycle.ts',
  '-rules.ts',
  'factors.ts',
  'definitions.ts',
  'clpe-succession.ts',
  `${sep}next-actions.ts`,
  'deadlines.ts',
]

test('queries import no policy; nothing imports an action but its index', () => {
  for (const file of sources.filter(f => /^server/.test(f) && !isTest(f))) {
    const targets = resolved(file)
    if (/\.queries\.ts$/.test(file))
      for (const t of targets) assert.doesNotMatch(t, /\.policy\.ts$/, `${file} imports ${t}`)
    if (!/index\.ts$/.test(file))
      for (const t of targets) if (actionFiles.has(t)) assert.fail(`${file} imports the action ${t}`)
  }
})
const actionFiles = new Set(
  sources.filter(f => /^server/.test(f) && !isTest(f) && /\baction\(contract\./.test(text(f))),
)

test('a feature uses another through its queries or rules, and the graph of features has no cycle', () => {
  const graph = new Map<string, Set<string>>()
  for (const file of sources.filter(f => /^server/.test(f) && !isTest(f))) {
    const from = featureOf(file)
    if (!from) continue
    for (const target of resolved(file)) {
      const to = featureOf(target)
      if (!to || to === from || to === 'platform') continue
      assert.notEqual(from, 'platform', `${file}: the platform knows no feature, but imports ${target}`)
      assert.ok(!actionFiles.has(target) && !/index\.ts$/.test(target), `${file} imports ${target}`)
      graph.set(from, (graph.get(from) ?? new Set()).add(to))
    }
  }
  const visit = (feature: string, path: readonly string[]) => {
    assert.ok(!path.includes(feature), `cycle: ${[...path, feature].join(' → ')}`)
    for (const next of graph.get(feature) ?? []) visit(next, [...path, feature])
  }
  for (const feature of graph.keys()) visit(feature, [])
})

test('one writer a table: only the owning folder writes it', () => {
  const writers = new Map<string, Set<string>>()
  for (const file of sources.filter(f => /^server/.test(f) && !isTest(f))) {
    for (const [, table] of text(file).matchAll(
      /(?:insertInto|updateTable|deleteFrom)\('(\w+)'\)|\b(?:insert into|update|delete from)\s+([a-z_]+)\b(?=\s*(?:\(|set|where|as|using|\w+ set|\w+ using|$|select|values))/g,
    )) {
      if (table) writers.set(table, (writers.get(table) ?? new Set()).add(featureOf(file) ?? file))
    }
  }
  for (const [table, owners] of writers)
    assert.equal(owners.size, 1, `${table} is written by ${[...owners].join(', ')}`)
})

/** Functions that an index, a generated column or a default rests on: they stand with their table. */
const functionsOfTables = ['search_words', 'search_scope', 'establishment_search', 'ctx.account']
test('SEC-6, REL-6: functions, views, policies, triggers and rights stand once, in database/functions and database/policies', () => {
  for (const file of readdirSync(join(root, 'database/migrations'))) {
    for (const sql of statementsOf(text(join('database/migrations', file)))) {
      const made =
        /^(?:create (?:or replace )?(policy|trigger|constraint trigger|view|function) (\S+?)[\s(]|(grant|revoke|alter policy|alter function) )/m.exec(
          sql,
        )
      if (!made || (made[1] === 'function' && functionsOfTables.includes(made[2]!))) continue
      // The schemas themselves, and the queue that belongs to the worker.
      assert.match(sql, / (on|in) schema (ctx|secret|graphile_worker)\b/, `${file}: ${made[0]}`)
    }
  }
})

test('UX-3, SEC-1: what leaves no trail is listed, and writes only what is no act', () => {
  assert.deepEqual(
    promised
      .filter(r => r.noAct)
      .map(r => `${r.method} ${r.path}`)
      .sort(),
    ['DELETE /drafts/:kind/:subject', 'PUT /drafts/:kind/:subject'],
  )
  const written = sources
    .filter(f => f.startsWith(join('server', 'drafts')) && !isTest(f))
    .flatMap(f =>
      [
        ...text(f).matchAll(
          /(?:insertInto|updateTable|deleteFrom)\('(\w+)'\)|\b(?:insert into|delete from|update)\s+([a-z_]+)\b(?= (?:\(|set|where))/g,
        ),
      ].map(m => m[1] ?? m[2]!),
    )
  assert.deepEqual([...new Set(written)], ['drafts'])
  for (const file of sources.filter(f => f.startsWith(join('server', 'drafts')) && !isTest(f)))
    for (const i of resolved(file)) assert.ok(/^(contract|server\/(drafts|platform))\//.test(i), `${file} imports ${i}`)
})

/** Acts that functions of the database write, with what each is on. */
const actsInSql = readdirSync(join(root, 'database/functions'))
  .flatMap(file => text(join('database/functions', file)).split(';'))
  .filter(statement => /insert into (public\.)?audit_entries/.test(statement))
  .flatMap(statement =>
    [...statement.matchAll(/'([a-z-]+\.[a-z-]+)', '([a-z0-9-]+)'/g)].map(m => ({ act: m[1]!, kind: m[2]! })),
  )

test('SEC-1: every act that the code writes has its sentence', () => {
  const acts = sources
    .filter(f => /^server/.test(f) && !isTest(f))
    .flatMap(f =>
      [...text(f).matchAll(/\baction: ([^,{}[\]]+)/g)].flatMap(m =>
        [...m[1]!.matchAll(/['`]([a-z0-9-]+\.[a-z-]+)/g)].map(q => q[1]!),
      ),
    )
  assert.ok(acts.length > 30 && actsInSql.length >= 3)
  for (const act of [...acts, ...actsInSql.map(a => a.act)])
    assert.ok(
      Object.keys(actSentences).some(known => (act.endsWith('-') ? known.startsWith(act) : known === act)),
      `${act}: a sentence in actSentences (contract/audit.ts)`,
    )
})

test('SEC-1: everything that an act is on has its word on screen', () => {
  const kinds = new Set([
    ...sources
      .filter(f => /^server/.test(f) && !isTest(f))
      .flatMap(f => [...text(f).matchAll(/\bsubject: \['([^']+)'/g)].map(m => m[1]!)),
    ...actsInSql.map(a => a.kind),
  ])
  assert.ok(kinds.size > 20)
  const words = text(join('web', 'audit', 'words.ts'))
  assert.deepEqual(
    [...kinds].filter(kind => !new RegExp(`^ +'?${kind}'?: '`, 'm').test(words)),
    [],
    'kinds in web/audit/words.ts',
  )
})

test('SEC-1: a route that tells of persons met at employers says so, and only such a route: each reading is in the trail', () => {
  const tells = (schema: unknown): boolean =>
    typeof schema === 'object' &&
    schema !== null &&
    (Array.isArray(schema)
      ? schema.some(tells)
      : Object.entries(schema).some(
          ([key, value]) =>
            (key === 'properties' && personalMembers.some(name => name in (value as object))) || tells(value),
        ))
  // A convention names its parties' own contacts (annex 2): nobody met at an employer.
  // What an act of the trail said in detail has no shape of its own: it says so without telling.
  const reads = promised.filter(
    r => r.method === 'GET' && r.path !== '/conventions/:conventionId' && r.path !== '/trail/entries/:entryId',
  )
  assert.deepEqual(
    reads.filter(r => tells(r.reply) !== (r.revealsPersons !== undefined)).map(r => `${r.method} ${r.path}`),
    [],
    'revealsPersons in the contract (contract/route.ts)',
  )
  for (const { path, params, query, revealsPersons } of reads)
    if (revealsPersons?.by !== undefined)
      assert.ok(
        [params, query].some(s => revealsPersons.by! in ((s as { properties?: object } | undefined)?.properties ?? {})),
        path,
      )
})

test('ACC-5: what counts as a deliberate act is a list: these readings, and every write but these', () => {
  const names = (routes: readonly Route[]) => routes.map(r => `${r.method} ${r.path}`).sort()
  assert.deepEqual(names(promised.filter(r => r.method === 'GET' && isDeliberate(r))), [
    'GET /establishments',
    'GET /establishments/:siret',
  ])
  assert.deepEqual(names(promised.filter(r => r.method !== 'GET' && !isDeliberate(r))), [
    'DELETE /drafts/:kind/:subject',
    'POST /sign-out',
    'PUT /drafts/:kind/:subject',
  ])
})

test('only the configuration reads the environment; only the platform makes instants and identifiers', () => {
  for (const file of sources.filter(f => !isTest(f))) {
    if (!/platform\/config\.ts$/.test(file)) assert.doesNotMatch(text(file), /process\.env/, file)
    if (/^server/.test(file) && featureOf(file) !== 'platform' && featureOf(file))
      assert.doesNotMatch(text(file), /new Date\(\)|Date\.now\(\)|randomUUID|uuidv7\(/, file)
  }
})

test('UX-1: only web/ui imports the design system, and the pages see nothing of the server', () => {
  for (const file of sources.filter(f => /^web/.test(f))) {
    for (const i of imports(file)) {
      if (!file.startsWith(`web${sep}ui${sep}`)) assert.doesNotMatch(i, /react-dsfr/, `${file} imports ${i}`)
      assert.doesNotMatch(i, /\/server\//, `${file} imports ${i}`)
    }
  }
})

test('folders are three levels deep at most, of fifty files at most', () => {
  for (const file of sources) assert.ok(file.split(sep).length <= 4, file)
  for (const area of ['server', 'web'])
    for (const folder of foldersOf(area).filter(f => join(area, f) !== join('server', 'platform')))
      assert.ok(readdirSync(join(root, area, folder)).length <= 50, `${area}/${folder} should be split by concept`)
})
const foldersOf = (area: string) =>
  readdirSync(join(root, area)).filter(f => statSync(join(root, area, f)).isDirectory())

test('no line passes 140 columns, but for a sentence, a statement or a pattern that goes in one piece', () => {
  const all = [...sources, ...['bin', 'bench', 'e2e', 'database/seeds'].flatMap(filesUnder)]
  const long = all.flatMap(file =>
    text(file)
      .split('\n')
      .flatMap((line, n) => (line.length > 140 && !inOnePiece(line) ? [`${file}:${n + 1}`] : [])),
  )
  assert.deepEqual(long, [])
})
/** Whether what makes a line long is text: a literal, the middle of a template, a pattern, a directive to the linter. */
const inOnePiece = (line: string) =>
  /^\s*\/\/ biome/.test(line) ||
  (!/^\s*(\/\/|\*|\/\*)/.test(line) &&
    /(['"`]).{40,}\1|`.{40,}$|^[^'"`]*$|^[^`]{40,}`|\/.{60,}\/|>[^<]{40,}<|\$\{|npm run admin/.test(line))

const webFiles = sources.filter(f => f.startsWith(`web${sep}`))
const webFolderOf = (file: string) => {
  const [area, folder, rest] = file.split(sep)
  return area === 'web' && rest ? folder : undefined
}
/** The first way back to where one started, if any. */
const circleIn = (graph: ReadonlyMap<string, Iterable<string>>): string | undefined => {
  const done = new Set<string>()
  const visit = (at: string, path: readonly string[]): string | undefined => {
    if (path.includes(at)) return [...path.slice(path.indexOf(at)), at].join(' → ')
    if (done.has(at)) return undefined
    for (const next of graph.get(at) ?? []) {
      const circle = visit(next, [...path, at])
      if (circle) return circle
    }
    done.add(at)
    return undefined
  }
  for (const start of graph.keys()) {
    const circle = visit(start, [])
    if (circle) return circle
  }
  return undefined
}

test('the folders of web, and its files, have no circle', () => {
  assert.equal(circleIn(new Map(Object.entries({ a: ['b'], b: ['c'], c: ['b'] }))), 'b → c → b')
  const folders = new Map<string, Set<string>>()
  for (const file of webFiles.filter(f => !isTest(f))) {
    const from = webFolderOf(file)
    for (const to of resolved(file).map(webFolderOf))
      if (from && to && to !== from) folders.set(from, (folders.get(from) ?? new Set()).add(to))
  }
  assert.ok(folders.size > 15)
  assert.equal(circleIn(folders), undefined)
  assert.equal(circleIn(new Map(webFiles.map(file => [file, resolved(file)]))), undefined)
})

test('web is a pyramid: platform below, the kit above it, features, and the shell on top', () => {
  for (const file of webFiles)
    for (const to of resolved(file).map(webFolderOf)) {
      const from = webFolderOf(file)
      if (!to || to === from) continue
      if (from === 'platform') assert.fail(`${file}: the platform knows no other folder, but imports ${to}`)
      if (from === 'ui') assert.equal(to, 'platform', `${file}: the kit knows the platform alone`)
      if (to === 'shell') assert.equal(file, join('web', 'main.tsx'), 'the shell is imported by main.tsx alone')
    }
})

test('web bears the names of the server: its other folders are listed', () => {
  const own = ['shell', 'ui', 'platform', 'public', 'home', 'campaign-page', 'kit-page']
  const server = foldersOf('server')
  assert.deepEqual(
    foldersOf('web').filter(f => !server.includes(f) && !own.includes(f)),
    [],
  )
})

test('UX-1: the kit fetches nothing: no call, no session, no route of the contract', () => {
  for (const file of webFiles.filter(f => webFolderOf(f) === 'ui')) {
    assert.doesNotMatch(text(file), /\bfetch\(|new EventSource|XMLHttpRequest/, file)
    for (const [, typeOnly, from] of text(file).matchAll(/^import (type )?[^'"]*['"]([^'"]+)['"]/gm)) {
      assert.doesNotMatch(from!, /platform\/(api|session|stream|query|list)\.ts$/, `${file} imports ${from}`)
      if (/\/contract\//.test(from!))
        assert.ok(typeOnly || /\/words\.ts$/.test(from!), `${file} imports more than types from ${from}`)
    }
  }
})

test('a page has at most 150 lines and is made of sections; no file of web has more than 300', () => {
  const long = webFiles
    .filter(file => !isTest(file))
    .map(file => ({ file, lines: text(file).split('\n').length - 1 }))
    .filter(({ file, lines }) => lines > (/\.page\.tsx$/.test(file) ? 150 : 300))
  assert.deepEqual(long, [], 'to be split by what they do')
})
