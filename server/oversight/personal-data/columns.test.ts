import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, openHouse } from '../../testing/house.ts'
import { onOneLine, serverCode, text } from '../../testing/sources.ts'
import { columns, keptTables, labelOf, momentsOf, wordsOf } from './columns.ts'
import { type Ending, endings } from './endings.ts'
import { catalogue, shownAbout } from './testing.ts'

let house: House
before(async () => {
  house = await openHouse([])
})
after(() => house.close())

const named = (one: { readonly table: string; readonly column: string }) => `${one.table}.${one.column}`
const difference = (these: readonly string[], those: readonly string[]) => {
  const known = new Set(those)
  return these.filter(name => !known.has(name)).sort()
}

test('PRI-2, PRI-4: each column of the database stands in the list once, and each listed column exists', async () => {
  const [there, listed] = [(await catalogue(house.owner)).map(named), columns.map(named)]
  assert.ok(there.length > 1500, 'the catalogue was read')
  assert.deepEqual(
    difference(there, listed),
    [],
    'not weighed: say in columns-of-….ts whose data it is, and what ends it',
  )
  assert.deepEqual(difference(listed, there), [], 'listed, and no longer in the database')
  assert.deepEqual(
    listed.filter((name, at) => listed.indexOf(name) !== at),
    [],
    'listed twice',
  )
})

test('PRI-2, PRI-4: a column added to a table, a new table and a column dropped are each seen', async () => {
  await house.owner.query('alter table notes add column spouse text; create table guests (name text)')
  await house.owner.query('alter table grants rename column duties to chores')
  const [there, listed] = [(await catalogue(house.owner)).map(named), columns.map(named)]
  assert.deepEqual(difference(there, listed), ['grants.chores', 'guests.name', 'notes.spouse'])
  assert.deepEqual(difference(listed, there), ['grants.duties'])
  await house.owner.query('alter table notes drop column spouse; drop table guests')
  await house.owner.query('alter table grants rename column chores to duties')
})

interface Purger {
  readonly name: string
  readonly body: string
}
const bare = (table: string) => table.replace('secret.', '(?:secret\\.)')
/** Whether the function deletes the row, or a row that takes it along, or writes the column anew. */
const ends = (
  { body }: Purger,
  table: string,
  column: string,
  parents: ReadonlyMap<string, readonly string[]>,
): boolean =>
  new RegExp(`delete from (?:public\\.)?${bare(table)}\\b`).test(body) ||
  new RegExp(`update public\\.${bare(table)}\\b[^;]*\\b${column} =`).test(body) ||
  (parents.get(table) ?? []).some(parent => new RegExp(`delete from public\\.${bare(parent)}\\b`).test(body))

test('PRI-4: each column said purged is named by the function that purges it, and the service calls that function', async () => {
  const { rows } = await house.owner.query(
    `select n.nspname || '.' || p.proname as name, p.prosrc as body from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'ctx')`,
  )
  const functions = rows.map(({ name, body }) => ({ name: name.replace(/^public\./, ''), body: onOneLine(body) }))
  const { rows: cascades } = await house.owner.query(
    `select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as child,
        f.confrelid::regclass::text as parent
      from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
      where f.contype = 'f' and f.confdeltype = 'c'`,
  )
  const parents = new Map<string, string[]>()
  for (const { child, parent } of cascades) parents.set(child, [...(parents.get(child) ?? []), parent])
  const code = serverCode().map(file => text(file))
  const called = (name: string) =>
    [...code, ...functions.filter(one => one.name !== name).map(({ body }) => body)].some(source =>
      new RegExp(`\\b${name.replace('.', '\\.')}\\(`).test(source),
    )
  const wrong: string[] = []
  for (const [name, ending] of Object.entries(endings) as [string, Ending][])
    if ('by' in ending)
      for (const by of ending.by)
        if (!functions.some(one => one.name === by) || !called(by)) wrong.push(`${name}: ${by}`)
  const purgedIn = (list: typeof columns) =>
    list.flatMap(({ table, column, ends: name }) => {
      const ending: Ending | undefined = name && endings[name]
      if (ending?.kind !== 'purged') return []
      const purgers = functions.filter(one => ending.by.includes(one.name))
      return purgers.some(one => ends(one, table, column, parents)) ? [] : [`${table}.${column}: ${name}`]
    })
  assert.deepEqual([wrong, purgedIn(columns)], [[], []])
  // A column that no purge names is seen, and so is a word that the purge leaves.
  assert.deepEqual(
    purgedIn([
      { table: 'notes', column: 'notes', part: 'texts', ends: 'drafts' },
      { table: 'mails', column: 'kind', part: 'about', ends: 'mails' },
      { table: 'mails', column: 'subject', part: 'about', ends: 'mails' },
    ]),
    ['notes.notes: drafts', 'mails.kind: mails'],
  )
})

test('PRI-4: what is said to name nobody any more rests on the functions that take the name away', async () => {
  const { rows } = await house.owner.query(
    `select p.proname as name, p.prosrc as body from pg_proc p where p.oid in
      ('ctx.end_account(uuid,text,text,uuid)'::regprocedure, 'ctx.purge_departed()'::regprocedure) order by 1`,
  )
  assert.deepEqual(
    [...endings.unnamed.by].sort(),
    rows.map(({ name }) => `ctx.${name}`),
  )
  const [ending, purging] = rows.map(({ body }) => onOneLine(body))
  assert.match(ending!, /update public\.accounts a set [^;]*given_name = [^;]*family_name = /)
  assert.match(ending!, /delete from public\.account_contacts/)
  assert.match(purging!, /delete from public\.departed_people/)
})

test('PRI-2: each column that an export shows has its French label, no two of one table the same, and its finders exist', () => {
  for (const [table, kept] of Object.entries(keptTables)) {
    for (const shown of [shownAbout(kept), [...wordsOf(kept.acts), ...momentsOf(kept)]]) {
      const labels = shown.map(column => labelOf(column) ?? `${table}.${column} has no label`)
      assert.deepEqual(
        labels.filter(label => label.endsWith('no label')),
        [],
      )
      assert.deepEqual(
        labels.filter((label, at) => labels.indexOf(label) !== at),
        [],
        table,
      )
    }
    for (const find of kept.finds ?? []) {
      const [, column, from] = /^[a-z-]+:(\w+)(?:=(.+))?$/.exec(find) ?? []
      assert.ok(
        columns.some(one => one.table === table && one.column === column),
        find,
      )
      if (from)
        assert.ok(
          columns.some(one => named(one) === from),
          find,
        )
    }
  }
})
