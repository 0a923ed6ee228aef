import assert from 'node:assert/strict'
import { existsSync, globSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { test } from 'node:test'
import { actSentences, subjectWords } from '../../contract/acts.ts'
import * as contract from '../../contract/index.ts'
import { personalMembers } from '../../contract/oversight/audit.ts'
import { refusals, showingRefusals } from '../../contract/refusals.ts'
import * as rooms from '../../contract/rooms.ts'
import { isDeliberate, type Route } from '../../contract/route.ts'
import { actions } from '../actions.ts'
import { jobsOf } from '../jobs.ts'
import { cardOf, filesOf, lengthOf, notCovered, roomFolders } from '../testing/cards.ts'
import { longSql, longTests } from '../testing/long-files.ts'
import { upwardUses } from '../testing/room-exceptions.ts'
import {
  circleIn,
  filesUnder,
  imports,
  isTest,
  locationOf,
  onOneLine,
  resolved,
  roomOf,
  root,
  serverCode,
  text,
  wings,
} from '../testing/sources.ts'
import { tablesWritten } from '../testing/tables.ts'
import type { Config } from './config.ts'
import { statementsOf } from './repeatables.ts'

const sources = filesUnder('contract', 'server', 'web')
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

test('REL-7: each room declares its jobs in its own files; the worker runs all of them, each under one name', () => {
  const files = serverCode().filter(file => file.endsWith('.job.ts'))
  const assembled = resolved('server/jobs.ts').filter(file => roomOf(file) && roomOf(file) !== 'platform')
  assert.deepEqual(assembled.sort(), files.sort(), 'server/jobs.ts assembles these and nothing else')
  for (const file of files) assert.match(text(file), /^export const jobs: JobsOf = /m, file)
  const made = serverCode()
    .filter(file => file !== 'server/platform/job.ts')
    .flatMap(file => [...text(file).matchAll(/\bjob(?:InSteps|Alone)?\('([^']+)'/g)].map(match => match[1]!))
  const whole = { sirene: {}, mail: { smtpUrl: 'smtp://localhost:2' } } as unknown as Config
  assert.deepEqual(
    jobsOf(whole)
      .map(job => job.name)
      .sort(),
    made.sort(),
  )
  assert.equal(new Set(made).size, made.length)
  assert.ok(made.length > 20)
})

test('API-4: every refusal a route announces is in the table, with a French sentence', () => {
  for (const route of promised) for (const code of route.refusals ?? []) assert.ok(refusals[code], code)
  for (const [code, { status, title, detail }] of Object.entries(refusals)) {
    assert.match(code, /^[a-z-]+(\/[a-z-]+)?$/)
    assert.ok(status >= 400 && status < 600 && title.length > 3 && /[.]$/.test(detail), code)
  }
})

test('API-4: what a room says stands once: no refusal, act, subject or mail of two rooms', () => {
  for (const list of ['refusals', 'acts', 'subjects', 'mails', 'mailMatters'] as const) {
    const said = Object.values(rooms).flatMap(room => Object.keys((room as Record<string, object>)[list] ?? {}))
    assert.ok(said.length > 10)
    assert.deepEqual(
      said.filter((key, at) => said.indexOf(key) !== at),
      [],
      list,
    )
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
    for (const i of imports(file))
      assert.ok(i === 'typebox' || /^(\.\.?\/)+[\w/.-]+\.ts$/.test(i), `${file} imports ${i}`)
  for (const file of sources.filter(f => f.startsWith(`contract${sep}`)))
    for (const target of resolved(file)) assert.ok(target.startsWith(`contract${sep}`), `${file} imports ${target}`)
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

/** The rooms under the wings, that any room may use; what serves tests or a developer's machine is used by no room. */
const ground = ['platform', 'notifications']
test('a room uses another through its queries or rules, and the graph of rooms has no circle', () => {
  const graph = new Map<string, Set<string>>()
  for (const file of serverCode()) {
    const from = roomOf(file)
    if (!from) continue
    for (const target of resolved(file)) {
      const to = roomOf(target)
      if (!to || to === from || to === 'platform') continue
      assert.notEqual(from, 'platform', `${file}: the platform knows no room, but imports ${target}`)
      assert.ok(!actionFiles.has(target) && !/index\.ts$/.test(target), `${file} imports ${target}`)
      assert.ok(from === 'demonstration' || !['testing', 'demonstration'].includes(to), `${file} imports ${target}`)
      graph.set(from, (graph.get(from) ?? new Set()).add(to))
    }
  }
  assert.ok(graph.size > 20)
  assert.equal(circleIn(graph), undefined)
})

test('each room stands in a wing or on the ground floor, and a wing uses those under it alone', () => {
  const found: string[] = []
  for (const file of serverCode()) {
    const from = locationOf(file)
    if (!from?.wing) continue
    for (const target of resolved(file)) {
      const to = locationOf(target)
      if (to?.area !== 'server' || to.wing === from.wing) continue
      if (!to.wing) assert.ok(ground.includes(to.room), `${file} imports ${target}`)
      else if (wings.indexOf(to.wing as 'oversight') > wings.indexOf(from.wing as 'oversight'))
        found.push(`${from.wing}/${from.room} → ${to.wing}/${to.room}`)
    }
  }
  assert.deepEqual([...new Set(found)].sort(), Object.keys(upwardUses).sort())
  assert.deepEqual(
    foldersOf('server')
      .filter(f => !(wings as readonly string[]).includes(f))
      .sort(),
    // The commands of the operator stand above all rooms.
    [...ground, 'admin', 'demonstration', 'testing'].sort(),
  )
})

/** The tables that a file writes. */
const writtenBy = (file: string): readonly string[] => tablesWritten(text(file))
test('one writer a table: only the owning folder writes it', () => {
  const writers = new Map<string, Set<string>>()
  for (const file of sources.filter(f => /^server/.test(f) && !isTest(f)))
    for (const table of writtenBy(file)) writers.set(table, (writers.get(table) ?? new Set()).add(roomOf(file) ?? file))
  for (const [table, owners] of writers)
    assert.equal(owners.size, 1, `${table} is written by ${[...owners].join(', ')}`)
})

/** The acts that a file writes in the trail. */
const actsOf = (file: string): string[] =>
  [...text(file).matchAll(/\baction: ([^,{}[\]]+)/g)].flatMap(m =>
    [...m[1]!.matchAll(/['`]([a-z0-9-]+\.[a-z-]+)/g)].map(q => q[1]!),
  )
const tables = [...text('database/schema.sql').matchAll(/^table public\.(\w+) /gm)].map(m => m[1]!)
test('each room opens with its card of five lines at most, its reads apart: what it owns, which rooms it uses, where to start', () => {
  const owned = new Map<string, string>()
  assert.ok(roomFolders().length > 35 && tables.length > 100)
  for (const folder of roomFolders()) {
    const card = cardOf(folder)
    const { lines, owns, uses, start } = card
    const own = lengthOf(card)
    assert.ok(lines.length > 0 && own <= 5, `${folder}: a card of one to five lines, not ${own}`)
    assert.ok(owns.length > 0 && uses.length > 0 && start.length > 0, `${folder}: Owns, Uses and Start`)
    for (const file of start)
      assert.ok(existsSync(join(root, file.startsWith('docs/') ? '' : folder, file)), `${folder}: ${file}`)

    const files = filesOf(folder)
    const known = files.flatMap(writtenBy).filter(table => tables.includes(table))
    assert.deepEqual(notCovered(owns, known), [], `${folder}: tables that it writes and its card does not name`)
    assert.deepEqual(notCovered(owns, files.flatMap(actsOf)), [], `${folder}: acts that its card does not name`)
    for (const table of tables.filter(name => notCovered(owns, [name]).length === 0)) {
      assert.equal(owned.get(table), undefined, `${table} is on two cards`)
      owned.set(table, folder)
    }

    if (uses.join(' ') === 'any room') continue
    const used = files.flatMap(resolved).flatMap(target => roomOf(target) ?? [])
    const others = new Set(used.filter(room => room !== roomOf(join(folder, 'index.ts')) && !ground.includes(room)))
    const said = ['no other room', 'no code of another room'].includes(uses.join(' ')) ? [] : uses
    assert.deepEqual([...said].sort(), [...others].sort(), `${folder}: the rooms that its code imports`)
  }
  // Beside the rooms, the worker says that it lives.
  assert.deepEqual(
    tables.filter(table => !owned.has(table)),
    ['worker_heartbeats'],
    'a table has its room',
  )
})

/** Functions that an index, a generated column or a default rests on: they stand with their table. */
const functionsOfTables = ['search_words', 'search_scope', 'establishment_search', 'legal_nature', 'ctx.account']
test('SEC-6, REL-6: functions, views, policies, triggers and rights stand once, in database/functions and database/policies', () => {
  for (const file of readdirSync(join(root, 'database/migrations'))) {
    for (const sql of statementsOf(text(join('database/migrations', file)))) {
      const made =
        /^(?:create (?:or replace )?(policy|trigger|constraint trigger|view|function) (\S+?)[\s(]|(grant|revoke|alter policy|alter function) )/m.exec(
          sql,
        )
      if (!made || (made[1] === 'function' && functionsOfTables.includes(made[2]!))) continue
      // Gone with the session that fills a column once.
      if (made[1] === 'function' && made[2]!.startsWith('pg_temp.')) continue
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
    [
      'DELETE /drafts/:kind/:subject',
      'POST /awareness-records/people',
      'POST /establishments/:siret/correspondents-beside',
      'POST /found',
      'POST /notifications/marks',
      'POST /notifications/read-all',
      'PUT /drafts/:kind/:subject',
    ],
  )
  // What one has read of what one was told.
  for (const file of ['mark-notifications.ts', 'read-all-notifications.ts'])
    assert.doesNotMatch(
      text(join('server/notifications', file)),
      /import(?!.* from '(\.\.\/\.\.\/contract\/notifications|\.\.\/platform\/action|\.\/notifications\.queries)\.ts')/,
      file,
    )
  // A POST to keep names and addresses of people out of addresses of pages. It writes nothing but its reading.
  assert.ok(promised.find(r => r.path === '/found')?.revealsPersons)
  assert.deepEqual(sources.filter(f => roomOf(f) === 'finding' && !isTest(f)).flatMap(writtenBy), [])
  const written = sources
    .filter(f => roomOf(f) === 'drafts' && !isTest(f))
    .flatMap(f =>
      [
        ...text(f).matchAll(
          /(?:insertInto|updateTable|deleteFrom)\('(\w+)'\)|\b(?:insert into|delete from|update)\s+([a-z_]+)\b(?= (?:\(|set|where))/g,
        ),
      ].map(m => m[1] ?? m[2]!),
    )
  assert.deepEqual([...new Set(written)], ['drafts'])
  for (const file of sources.filter(f => roomOf(f) === 'drafts' && !isTest(f)))
    for (const i of resolved(file))
      assert.ok(i.startsWith('contract/') || ['drafts', 'platform'].includes(roomOf(i) ?? ''), `${file} imports ${i}`)
})

/** Acts that functions of the database write, with what each is on. */
const actsInSql = readdirSync(join(root, 'database/functions'))
  .flatMap(file => text(join('database/functions', file)).split(';'))
  .map(onOneLine)
  .filter(statement => /insert into (public\.)?audit_entries/.test(statement))
  .flatMap(statement =>
    [...statement.matchAll(/'([a-z-]+\.[a-z-]+)', '([a-z0-9-]+)'/g)].map(m => ({ act: m[1]!, kind: m[2]! })),
  )

test('SEC-1: every act that the code writes has its sentence', () => {
  const acts = sources.filter(f => /^server/.test(f) && !isTest(f)).flatMap(actsOf)
  assert.ok(acts.length > 30 && actsInSql.length >= 3)
  for (const act of [...acts, ...actsInSql.map(a => a.act)])
    assert.ok(
      Object.keys(actSentences).some(known => (act.endsWith('-') ? known.startsWith(act) : known === act)),
      `${act}: a sentence among the acts of its room (<room>.words.ts)`,
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
  assert.deepEqual(
    [...kinds].filter(kind => !subjectWords[kind]),
    [],
    'a word among the subjects of its room (<room>.words.ts)',
  )
})

const tellsOfPersons = (schema: unknown): boolean =>
  typeof schema === 'object' &&
  schema !== null &&
  (Array.isArray(schema)
    ? schema.some(tellsOfPersons)
    : Object.entries(schema).some(
        ([key, value]) =>
          (key === 'properties' && personalMembers.some(name => name in (value as object))) || tellsOfPersons(value),
      ))
const propertiesOf = (schema: unknown) => (schema as { properties?: object } | undefined)?.properties ?? {}
const isParameter = ({ params, query }: Route, name: string) =>
  [params, query].some(schema => name in propertiesOf(schema))

test('SEC-1: a route that tells of persons met at employers says so, and only such a route: each reading is in the trail', () => {
  // A convention names its parties' own contacts (annex 2): nobody met at an employer.
  // What an act of the trail said in detail has no shape of its own: it says so without telling.
  const reads = promised.filter(
    r => r.method === 'GET' && r.path !== '/conventions/:conventionId' && r.path !== '/trail/entries/:entryId',
  )
  assert.deepEqual(
    reads.filter(r => tellsOfPersons(r.reply) !== (r.revealsPersons !== undefined)).map(r => `${r.method} ${r.path}`),
    [],
    'revealsPersons in the contract (contract/route.ts)',
  )
  for (const route of reads)
    if (route.revealsPersons?.by !== undefined) assert.ok(isParameter(route, route.revealsPersons.by), route.path)
})

test('SEC-1, REC-2: each route of the recruitment card, and no other, says that its reading is in the trail, of a SIRET or of the lines of a SIREN', () => {
  const says = promised.filter(r => r.readsEmployer)
  assert.deepEqual(
    says.map(r => r.path).sort(),
    promised.flatMap(r => (r.needs.startsWith('fiche-recrutement:') ? [r.path] : [])).sort(),
  )
  const tells = (route: Route) =>
    isParameter(route, 'siret') || (isParameter(route, 'siren') && 'establishments' in propertiesOf(route.reply))
  for (const route of says) assert.ok(route.method === 'GET' && tells(route), route.path)
})

test('SEC-1, EST-2: whatever takes hires says that looking by them is in the trail', () => {
  const asks = promised.filter(r => isParameter(r, 'hires'))
  assert.deepEqual(asks.map(r => r.path).sort(), ['/establishments', '/establishments/facets'])
  for (const route of asks) assert.ok(route.looksByHires, route.path)
})

test('SEC-1, SEC-2: a write whose refusal shows persons met at employers says so, and only such a write: that is a reading', () => {
  // A reply has the form of what its refusal shows (contract/refusals.ts). What is new has no version to differ from.
  const shows = ({ path, versioned, refusals = [] }: Route) =>
    (versioned && path.includes(':')) || showingRefusals.some(code => refusals.includes(code))
  const writes = promised.filter(r => r.method !== 'GET')
  const says = (r: Route) => r.refusalReveals !== undefined || r.revealsPersons !== undefined
  const shown = writes.filter(r => shows(r) && tellsOfPersons(r.reply))
  assert.ok(shown.length > 20)
  assert.deepEqual(
    shown.filter(r => !says(r)).map(r => `${r.method} ${r.path}`),
    [],
    'refusalReveals in the contract (contract/route.ts)',
  )
  assert.deepEqual(
    promised.filter(r => r.refusalReveals && !shown.includes(r)).map(r => `${r.method} ${r.path}`),
    [],
  )
  for (const route of shown) {
    const { by, byMember } = (route.refusalReveals ?? route.revealsPersons)!
    if (by === undefined) assert.match(JSON.stringify(route.reply), new RegExp(`"${byMember}":`), route.path)
    else assert.ok(isParameter(route, by), route.path)
  }
})

test('ACC-5: what counts as a deliberate act is a list: these readings, and every write but these', () => {
  const names = (routes: readonly Route[]) => routes.map(r => `${r.method} ${r.path}`).sort()
  assert.deepEqual(names(promised.filter(r => r.method === 'GET' && isDeliberate(r))), [
    'GET /companies/:siren/recruitment',
    'GET /establishments',
    'GET /establishments/:siret',
    'GET /establishments/:siret/recruitment',
  ])
  assert.deepEqual(names(promised.filter(r => r.method !== 'GET' && !isDeliberate(r))), [
    'DELETE /drafts/:kind/:subject',
    'POST /awareness-records/people',
    'POST /establishments/:siret/correspondents-beside',
    'POST /found',
    'POST /notifications/marks',
    'POST /notifications/read-all',
    'POST /sign-out',
    'PUT /drafts/:kind/:subject',
  ])
})

test('only the configuration reads the environment; only the platform makes instants and identifiers', () => {
  for (const file of sources.filter(f => !isTest(f))) {
    if (!/platform\/config\.ts$/.test(file)) assert.doesNotMatch(text(file), /process\.env/, file)
    if (/^server/.test(file) && !['platform', 'demonstration', 'admin'].includes(roomOf(file) ?? 'platform'))
      assert.doesNotMatch(text(file), /new Date\(\)|Date\.now\(\)|randomUUID|uuidv7\(/, file)
  }
})

test('the day of now is the one of Paris, never that of UTC: between midnight and two o’clock they differ', () => {
  const ofUtc = /(?:new Date\(\)|Date\.now\(\)[^,;\n]*|\b\w+At(?:\(\))?)\.toISOString\(\)\.slice\(0, ?10\)/
  assert.match('day = new Date().toISOString().slice(0, 10)', ofUtc)
  const files = [...sources, ...filesUnder('e2e', 'bench', 'bin')].filter(
    file => file !== join('server', 'platform', 'fences.test.ts'),
  )
  assert.deepEqual(
    files.filter(file => ofUtc.test(text(file))),
    [],
  )
})

/**
 * What one asks of the locks and connections of the whole server, others' databases included; the first says which
 * database by its name.
 */
const ofTheServer = /\bpg_(?:locks|stat_activity)\b/g
const namesOtherwise = [join('server', 'testing', 'database.ts')]
/** The statement around a place of the text: its template, or else its line. */
const statementAt = (code: string, at: number): string => {
  const start = code.lastIndexOf('`', at)
  const inTemplate = (code.slice(0, at).match(/`/g) ?? []).length % 2 === 1
  const lineEnd = code.indexOf('\n', at)
  return inTemplate
    ? code.slice(start, code.indexOf('`', at))
    : code.slice(code.lastIndexOf('\n', at), lineEnd < 0 ? code.length : lineEnd)
}
const askedOfAll = (code: string): string[] =>
  [...code.matchAll(ofTheServer)]
    .map(({ index }) => statementAt(code, index))
    .filter(statement => !statement.includes('current_database()'))
test('what is asked of locks and connections says of which database: those of others, beside, are not one’s own', () => {
  const all = `select from pg_${'locks'} where not granted`
  assert.deepEqual(
    [`rows(\`${all}\`)`, `rows('${all}')`, `rows(\`${all}\n and datname = current_database()\`)`].map(
      code => askedOfAll(code).length,
    ),
    [1, 1, 0],
  )
  const files = [
    ...filesUnder('server', 'e2e', 'bin', 'bench'),
    ...globSync('database/{functions,policies}/*.sql', { cwd: root }),
  ]
  assert.deepEqual(
    files.filter(file => askedOfAll(text(file)).length > 0),
    namesOtherwise,
  )
})

/** What a module keeps from one call to the next, each with its reason. Settings come in the context. */
const kept: Record<string, string> = {
  'platform/ids.ts': 'the last instant given, so that identifiers follow each other',
  'platform/ports.ts': 'how many ports the process was given, so that none is given twice',
  'platform/watchdog-thread.ts': 'the last beat seen by this thread',
  'signing-in/passwords/hashing.ts': 'how many digests the process computes at once',
}
test('no module of the server keeps a setting: programs apart, what one keeps is listed', () => {
  const rooms = serverCode().filter(file => roomOf(file) && roomOf(file) !== 'demonstration')
  const found = rooms.filter(file => /^let /m.test(text(file))).map(file => file.slice('server/'.length))
  assert.deepEqual(found, Object.keys(kept))
})

test('UX-1: only web/ui imports the design system, and the pages see nothing of the server', () => {
  for (const file of sources.filter(f => /^web/.test(f))) {
    for (const i of imports(file)) {
      if (!file.startsWith(`web${sep}ui${sep}`)) assert.doesNotMatch(i, /react-dsfr/, `${file} imports ${i}`)
      assert.doesNotMatch(i, /\/server\//, `${file} imports ${i}`)
    }
  }
})

test('folders are area, wing, room, of fifty files at most, tests apart', () => {
  const many = new Map<string, number>()
  for (const file of sources) {
    assert.ok(file.split(sep).length <= 4, file)
    // A test more never makes a room.
    if (isTest(file)) continue
    const folder = file.slice(0, file.lastIndexOf(sep))
    many.set(folder, (many.get(folder) ?? 0) + 1)
  }
  // The ground floor waits to be parted: it knows no room, and each room names its files.
  const large = [...many].filter(([folder, n]) => n > 50 && folder !== join('server', 'platform'))
  assert.deepEqual(large, [], 'to be split by concept')
})
const foldersOf = (area: string) =>
  readdirSync(join(root, area)).filter(f => statSync(join(root, area, f)).isDirectory())

const webFiles = sources.filter(f => f.startsWith(`web${sep}`))
const webFolderOf = (file: string) => {
  const location = locationOf(file)
  return location?.area === 'web' ? location.room : undefined
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

/** Of the kit's own pieces, but set apart only in the pages that read these sheets. */
const elsewhere: readonly string[] = [
  '.cc-section + .cc-search',
  '.cc-section + .cc-columns',
  '.cc-tabs__panel > .cc-section:first-child',
]
/** The selectors of a style sheet, whatever the query of media around them. */
const selectorsOf = (sheet: string): string[] =>
  [
    ...text(sheet)
      .replace(/\/\*.*?\*\//gs, '')
      .matchAll(/([^{};]+)\{/g),
  ]
    .map(([, before]) => before!.trim())
    .filter(before => !before.startsWith('@'))
    .flatMap(before => before.split(/\s*,\s*(?![^(]*\))/))
const ownClasses = (selector: string): string[] => [...selector.matchAll(/\.(cc-[\w-]+)/g)].map(([, name]) => name!)
/** Written in full, or as words and a value: `cc-card--${tone}`, `cc-width-${width}`. */
const names = (code: string, name: string): boolean =>
  new RegExp(`${name}(?![\\w-])`).test(code) ||
  [...name.slice(3).matchAll(/-+/g)].some(dash => code.includes(`${name.slice(0, 3 + dash.index)}${dash[0]}\${`))

test('UX-1: a style stands in the folder of the component that uses it, or in the kit; none is for nothing', () => {
  const sheets = globSync('web/**/*.css', { cwd: root }).sort()
  const codeOf = (files: readonly string[]) => files.map(text).join('\n')
  const lost: string[] = []
  const all = codeOf([...webFiles, 'web/index.html'])
  for (const sheet of sheets) {
    const here = codeOf(webFiles.filter(file => dirname(file) === dirname(sheet)))
    for (const selector of selectorsOf(sheet)) {
      const classes = ownClasses(selector)
      lost.push(...classes.filter(name => !names(all, name)).map(name => `${sheet}: .${name}, of nothing`))
      if (dirname(sheet) === join('web', 'ui') || elsewhere.includes(selector)) continue
      if (!classes.some(name => names(here, name))) lost.push(`${sheet}: ${selector}`)
    }
  }
  assert.deepEqual(lost, [])
  assert.ok(sheets.length > 30)
})

test('contract and web bear the wings and the rooms of the server: their other folders and files are listed', () => {
  const own = [
    'shell',
    'ui',
    'platform',
    'notifications',
    'home',
    'service-pages',
    'kit-page',
    'exports',
    'work-with-employers/campaign-page',
  ]
  const wingAndRoom = (file: string) => {
    const at = locationOf(file)
    return at && [at.wing, at.room.replace(/\.ts$/, '')].filter(Boolean).join('/')
  }
  const inServer = new Set(serverCode().map(wingAndRoom))
  assert.deepEqual(
    [...new Set(webFiles.map(wingAndRoom))].filter(at => at && !inServer.has(at) && !own.includes(at)),
    [],
  )
  const inContract = sources.filter(f => f.startsWith(`contract${sep}`) && f.split(sep).length === 3)
  assert.deepEqual(
    inContract
      .map(f => f.slice(`contract${sep}`.length).replace(/(\.words)?\.ts$/, ''))
      .filter(
        f =>
          !inServer.has(f) &&
          ![
            'signing-in/sign-in-failures',
            // Apart from the tools, which every first page carries.
            'agreement/access-requests',
            'agreement/template',
            'territory-and-register/activities',
            'territory-and-register/criteria',
            'territory-and-register/employer-kinds',
            'territory-and-register/sought',
            // What addresses say, read by pages and by who reads a saved view.
            'territory-and-register/search-address',
          ].includes(f),
      ),
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

test('EST-10, CAM-14: an employer that a page leads to bears its marks: closed, not to be contacted', () => {
  const marks = /<(Employer|EmployerName|EmployerMarks|LineMarks|NotToContact)\b/
  const elsewhere = new Map([
    ['kit-page/shown.tsx', 'an example'],
    ['territory-and-register/establishments/company.tsx', 'what is known of each line says both'],
    ['territory-and-register/establishments/provisional.page.tsx', 'a way to a card being made'],
    ['territory-and-register/recruitments/company-recruitment.page.tsx', 'a way back to the card'],
    ['territory-and-register/recruitments/recruitment-line.tsx', 'on the card of the employer'],
    ['territory-and-register/recruitments/switch.tsx', 'between two pages of the card'],
    ['work-with-employers/correspondents/person-places.tsx', 'where a person answers, on the card'],
    ['work-with-employers/exchanges/before-contact.tsx', 'a way to the history of the card'],
    ['work-with-employers/exchanges/entry-by.tsx', 'the past'],
    ['work-with-employers/exchanges/exchange.page.tsx', 'the past'],
    ['work-with-employers/exchanges/met.tsx', 'a person met'],
    ['work-with-employers/notes/campaign-entry.tsx', 'the past'],
    ['work-with-employers/portfolio/history-followed.tsx', 'where a history went'],
    ['work-with-employers/portfolio/register-moves.tsx', 'says that it closed or moved'],
    ['work-with-employers/targets/take-despite.tsx', 'says that it is marked'],
    ['work-with-employers/targets/target-card.tsx', 'below the name and the marks of its panel'],
    ['work-with-employers/targets/targets-aside.tsx', 'says that it is marked'],
  ])
  const bare = webFiles
    .filter(file => /\.tsx$/.test(file) && /\/etablissements\/\$\{/.test(text(file)) && !marks.test(text(file)))
    .map(file => file.split(sep).slice(1).join('/'))
  assert.deepEqual(bare, [...elsewhere.keys()], 'EmployerName or EmployerMarks, web/work-with-employers/campaigns')
  const cells = webFiles.filter(file => /cell: [^\n]*=> lineName\(/.test(text(file)))
  assert.deepEqual(cells, [], 'a table of employers')
  // Such a dialog says itself that the employer is marked, or asks about something else.
  const dialogs = ['solicitations/take-beyond.tsx', 'targets/take-despite.tsx', 'targets/targets-aside.tsx']
  const written = webFiles.filter(
    file => /^\s*(<\w+>)?\{lineName\(/m.test(text(file)) && !/<LineMarks\b|const LineMarks\b/.test(text(file)),
  )
  assert.deepEqual(
    written.map(file => file.split(sep).slice(2).join('/')),
    dialogs,
    'a name in a sentence or a list',
  )
})

test('EST-13: the name of a colleague leads to their card, wherever it is written in a page of employers', () => {
  const plain = /\b(author|owner|takenBy|answeredBy|createdBy|notedBy|by)(\?)?\.name\b/
  const elsewhere = new Map([
    ['web/home/day.tsx', 'a row that leads to the employer'],
    ['web/territory-and-register/establishments/provisional.tsx', 'a title; a link beside'],
    ['web/work-with-employers/exchanges/contact-words.tsx', 'a row that leads to the employer; a link where it may'],
    ['web/work-with-employers/exchanges/plan-again.tsx', 'a message, a field'],
    ['web/work-with-employers/needs/need-acts.tsx', 'a sentence why a button is missing'],
    ['web/work-with-employers/needs/need-dialog.tsx', 'a form being filled in'],
    ['web/work-with-employers/needs/need.page.tsx', 'the structure that took it'],
    ['web/work-with-employers/needs/take-button.tsx', 'the structure that took it'],
    ['web/work-with-employers/notes/history.tsx', 'a filter'],
    ['web/work-with-employers/portfolio/portfolio-columns.tsx', 'a row that leads to the employer'],
    ['web/work-with-employers/saved-views/kept-views.tsx', 'a menu that one leaves by its views'],
    ['web/work-with-employers/sharing/sharing-selection.tsx', 'rows that one ticks'],
    ['web/work-with-employers/targets/targets-parts.tsx', 'a row that leads to the employer; a link on the card'],
  ])
  const files = webFiles.filter(file => /^web.(home|work-with-employers|territory-and-register)/.test(file))
  assert.deepEqual(
    files.filter(file => /\.tsx$/.test(file) && plain.test(text(file))).map(file => file.split(sep).join('/')),
    [...elsewhere.keys()],
    'PersonLink or PersonOf, web/people-and-rights/directory',
  )
})

test('UX-1: each page of web has an address, in the routes of its folder', () => {
  const pages = webFiles.filter(file => /\.page\.tsx$/.test(file))
  assert.ok(pages.length > 50)
  const lost = pages.filter(file => !text(join(dirname(file), 'routes.tsx')).includes(`import('./${basename(file)}')`))
  assert.deepEqual(lost, [], 'routes.tsx')
})

test('a file has at most 300 lines, of SQL and styles too, and a page 150, made of sections; the longer ones are a list that shrinks', () => {
  const all = [
    ...filesUnder('contract', 'server', 'web', 'database', 'bin', 'bench', 'e2e'),
    ...globSync(['database/{functions,policies}/*.sql', 'web/**/*.css'], { cwd: root }),
  ]
  // What a program writes is as long as it must be.
  const long = all
    .filter(file => file !== join('database', 'schema.ts'))
    .filter(file => text(file).split('\n').length - 1 > (/\.page\.tsx$/.test(file) ? 150 : 300))
  const known = new Set([...longSql, ...longTests])
  assert.deepEqual(
    long.filter(file => !known.has(file)),
    [],
    'to be split by what they do',
  )
  assert.deepEqual(
    [...known].filter(file => !long.includes(file)),
    [],
    'to be taken out of server/testing/long-files.ts',
  )
  for (const file of longTests) assert.ok(isTest(file) || file.startsWith(`e2e${sep}`), file)
})

test('a function has at most 80 lines, as the linter counts: tests apart', () => {
  const { linter, overrides } = JSON.parse(text('biome.json'))
  assert.deepEqual(linter.rules.complexity.noExcessiveLinesPerFunction, { level: 'error', options: { maxLines: 80 } })
  assert.deepEqual(
    overrides.map((o: { includes: string[] }) => o.includes),
    [testFiles],
  )
})
const testFiles = ['**/*.test.ts', '**/testing*.ts', 'server/testing/**', 'e2e/**']
