/** After the tests: each statement that they sent, beside the row type that its call claims (docs/decisions/0012). */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { callsIn } from './calls.ts'
import type { Call } from './claims.ts'
import { type Attributes, faultsOf } from './compare.ts'
import { type Known, knownFaults, unseenFaults } from './known.ts'
import type { Seen } from './seen.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What production runs. Tests may claim what they like; `Db` itself sends what others ask. */
const isProduct = (file: string) =>
  file.startsWith('server/') &&
  !/(?:\.test|\/testing[\w-]*|\/platform\/database(?:\/\w+)?)\.ts$|^server\/testing\//.test(file)

/** Whether each column of a table refuses NULL. Those of a view are left out: the catalogue does not know. */
export const readAttributes = async (url: string): Promise<Attributes> => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ key: string; name: string; notNull: boolean }>(`
      select a.attrelid || ' ' || a.attnum as key, a.attrelid::regclass || '.' || a.attname as name,
        a.attnotnull as "notNull"
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`)
    return new Map(rows.map(({ key, ...attribute }) => [key, attribute]))
  } finally {
    await client.end()
  }
}

export interface Fault {
  readonly site: string
  readonly place: string
  readonly what: string
}
export interface Compared {
  readonly faults: readonly Fault[]
  /** The calls that claim a row type, and those of them that nothing asked. */
  readonly claims: readonly Call[]
  readonly unseen: readonly Call[]
}
export const compareAll = (
  calls: readonly Call[],
  seen: readonly Seen[],
  attributes: Attributes,
  kept: (file: string) => boolean,
): Compared => {
  const bySite = new Map(calls.map(call => [call.site, call]))
  const faults = new Map<string, Fault>()
  const asked = new Set<Call>()
  for (const one of seen) {
    if (!kept(one.site.split(':')[0]!)) continue
    const call = bySite.get(one.site)
    if (call) asked.add(call)
    const found = call ? faultsOf(one, call, attributes) : ['a statement comes from where the compiler sees no call']
    for (const what of found)
      faults.set(`${one.site} ${what}`, { site: one.site, place: call?.place ?? one.site, what })
  }
  const claims = calls.filter(call => call.row)
  return {
    faults: [...faults].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fault]) => fault),
    claims,
    unseen: claims.filter(call => !asked.has(call)),
  }
}

const readSeen = (folder: string): Seen[] =>
  existsSync(folder)
    ? readdirSync(folder).flatMap(file => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Seen[])
    : []
const readKnown = (): Known => JSON.parse(readFileSync(new URL('./known.json', import.meta.url), 'utf8'))

/**
 * What `npm test` asks when the tests are over: a sentence, and what is wrong; undefined where nothing was sent.
 * `folder` is that of the run, `url` a database with the schema. When not `whole`, only the files that asked are read.
 */
export const checkRowTypes = async (folder: string, url: string, whole: boolean) => {
  const seen = readSeen(join(folder, 'statements'))
  const files = new Set(seen.map(one => one.site.split(':')[0]!).filter(isProduct))
  if (files.size === 0 && !whole) return undefined
  const calls = callsIn(root, join(root, 'server/tsconfig.json'), whole ? isProduct : file => files.has(file))
  const { faults, claims, unseen } = compareAll(calls, seen, await readAttributes(url), isProduct)
  const known = readKnown()
  const wrong = [
    ...knownFaults(faults, known.neverNull, whole),
    ...(whole ? unseenFaults(calls, unseen, known.unseen) : []),
  ]
  return { said: `row types: ${claims.length - unseen.length} of ${claims.length} statements compared`, wrong }
}
