import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { cardFrom, cardOf, lengthOf } from '../server/testing/cards.ts'
import { readAbove, upwardReads, upwardUses, writtenElsewhere } from '../server/testing/room-exceptions.ts'
import {
  readAboveNow,
  readsLine,
  ties,
  upwardReadsNow,
  wingGraph,
  writtenElsewhereNow,
} from '../server/testing/room-graph.ts'
import { circleIn, locationOf, serverCode, text } from '../server/testing/sources.ts'
import { relationsOf, tablesNamed, tablesWritten } from '../server/testing/tables.ts'
import { pages, withDrawing } from './rooms.ts'

test('the tables that code names in SQL are found: by the builder, in lists, in joins, across pieces', () => {
  const found: [code: string, tables: string[]][] = [
    ["db.selectFrom('campaignTargets as t').innerJoin('accounts', 'a.id', 't.by')", ['accounts', 'campaign_targets']],
    [
      'sql`select 1 from campaigns c, unnest(array[1, 2]) u, organisations o where c.id = o.id`',
      ['campaigns', 'organisations'],
    ],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: code as text
      'sql`from ${lines(a, b)} l left join lateral (select from public.needs n) x on true, notes where 1`',
      ['needs', 'notes'],
    ],
    ['sql`insert into grants (id) select id from accounts on conflict do update set id = 1`', ['accounts', 'grants']],
    ['sql`update drafts d set x = 1 from exchanges e where d.id = e.id`', ['drafts', 'exchanges']],
    ['sql`delete from only uploads using upload_pieces p`', ['upload_pieces', 'uploads']],
    ['sql`a is distinct from accounts.id or extract(year from grants.day) = 1 or ctx.sessions(1)`', []],
    ['// read from accounts\n/* from grants */ sql`select 1 -- from sessions\nfrom notes`', ['notes']],
    ["import { accounts } from './accounts.ts'", []],
    // What would go round the scan: brackets, quotes, a schema or a table in a piece, a comment that is none.
    ['sql`select 1 from (accounts a cross join grants g), notes n`', ['accounts', 'grants', 'notes']],
    ['sql`select 1 from ((select 1 from needs)) x, "accounts" a`', ['accounts', 'needs']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code as text
    ["sql`select 1 from ${built ? 'register_build' : 'public'}.establishments e`", ['establishments']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code as text
    ['const more = sql`, accounts a`; sql`select 1 from notes n ${more}`', ['accounts', 'notes']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code as text
    ["sql`select 1 from ${sql.table('grants')}`", ['grants']],
    ["const from = 'campaignTargets'; db.selectFrom(from)", ['campaign_targets']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code as text
    ["const from = 'campaign_targets'; sql`select 1 from ${sql.table(from)}`", ['campaign_targets']],
    ["const path = '/a/*'; sql`select 1 from accounts`; /* the end */", ['accounts']],
  ]
  for (const [code, tables] of found) assert.deepEqual(tablesNamed(code), tables, code)
  const sql = '-- update notes set\nupdate public.grants g set x = 1; insert into sessions (id) select 1 from accounts'
  assert.deepEqual(tablesWritten(sql), ['grants', 'sessions'])
  const written: [code: string, tables: string[]][] = [
    ['delete from notes n where n.id = 1', ['notes']],
    ['delete from only public.notes as n using accounts a', ['notes']],
    ['delete from notes', ['notes']],
    ['update drafts as d set x = 1', ['drafts']],
    ['UPDATE "drafts" d SET x = 1', ['drafts']],
    ['insert into secret.passwords as p (id) select id from accounts', ['passwords']],
    ['merge into grants g using accounts a on true when matched then delete', ['grants']],
    ['truncate table notes, public.needs, only drafts', ['drafts', 'needs', 'notes']],
    ['copy notes (id) from stdin', ['notes']],
    ["db.deleteFrom('campaignTargets as t').using('accounts')", ['campaign_targets']],
    ['select id from notes n for update of n', []],
    ['insert into notes (id) values (1) on conflict do update set id = 1', ['notes']],
    ['delete from register_build.legal_units u', []],
    ['-- delete from notes n\nselect 1', []],
    [
      "foreach t in array array['notes', 'needs'] loop execute format('update public.%I x set a = 1', t);",
      ['needs', 'notes'],
    ],
  ]
  for (const [code, tables] of written) assert.deepEqual(tablesWritten(code), tables, code)
})

test('a view is named and owned as a table is', () => {
  assert.deepEqual([...relationsOf('table public.a owner x\nview public.b owner x\nfunction c()\n')], ['a', 'b'])
})

test('what stands above the rooms names no table, but for what operators count and the beat of the worker', () => {
  const above = serverCode().filter(file => locationOf(file) === undefined)
  assert.ok(above.length > 5)
  const naming = above.map(file => [file, tablesNamed(text(file))] as const).filter(([, named]) => named.length > 0)
  assert.deepEqual(naming, [
    ['server/worker-metrics.ts', ['mails', 'register_imports', 'register_updates']],
    ['server/worker.ts', ['worker_heartbeats']],
  ])
})

test('a card is read title by title: none swallows the next, none stands twice, and prose counts as a line', () => {
  const card = cardFrom([
    'What it is for.',
    'Owns: tables a,',
    'b; acts c.*.',
    'Uses: d.',
    'Reads: e.',
    'Start: `f.ts`.',
  ])
  assert.deepEqual(
    [card.owns, card.uses, card.reads, card.start],
    [['tables', 'a', 'b', 'acts', 'c.*'], ['d'], ['e'], ['f.ts']],
  )
  assert.equal(lengthOf(card), 5)
  assert.throws(() => cardFrom(['Owns: tables a', 'Uses: b.']), /« Owns » ends with a full stop/)
  assert.throws(() => cardFrom(['Owns: tables a.', 'Uses: b.', 'Owns: tables c.']), /one line « Owns »/)
  assert.equal(lengthOf({ lines: ['Reads: a, b,', 'c, d.', 'Start: e.ts.'] }), 1)
  assert.equal(lengthOf({ lines: ['Reads: a, b', '(what a room reads: prose)', 'more of it.', 'Start: e.ts.'] }), 3)
})

/** What a card says and what the code of its room reads, as the line to write. */
const wrongCards = (rooms: typeof ties) =>
  rooms.flatMap(room => {
    const { lines, reads, uses } = cardOf(room.folder)
    if (uses.join(' ') === 'any room') return []
    const said = readsLine({ reads })
    const nothing = uses.join(' ') === 'no other room' && room.reads.length > 0
    return [
      ...(said === readsLine(room)
        ? []
        : [`${room.folder}: write on its card, after « Uses », « ${readsLine(room) || '(no line Reads)'} »`]),
      ...(nothing
        ? [`${room.folder}: « Uses: no other room » is untrue; write « Uses: no code of another room. »`]
        : []),
      ...(lines.length > 0 ? [] : [`${room.folder}: no card`]),
    ]
  })

test('each card says, in « Reads », the tables of other rooms that its code names in SQL', () => {
  assert.ok(ties.flatMap(({ reads }) => reads).length > 150)
  assert.deepEqual(wrongCards(ties), [])
  // A read that no card says, and one that no code makes, are seen.
  const campaigns = ties.find(({ room }) => room === 'work-with-employers/campaigns')!
  assert.equal(wrongCards([{ ...campaigns, reads: [...campaigns.reads, 'uploads'].sort() }]).length, 1)
  assert.equal(wrongCards([{ ...campaigns, reads: campaigns.reads.slice(1) }]).length, 1)
})

test('a wing reads the tables of those under it alone, but for a list that shrinks; no circle of wings', () => {
  const listed = Object.keys(upwardReads)
  assert.deepEqual(
    upwardReadsNow().filter(tie => !listed.includes(tie)),
    [],
    'a room reads a table of a wing above: turn it round (a query of the higher room, called from there)',
  )
  assert.deepEqual(
    listed.filter(tie => !upwardReadsNow().includes(tie)),
    [],
    'gone: take it out of server/testing/room-exceptions.ts',
  )
  assert.ok(listed.length <= 20, 'the list only shrinks')
  assert.equal(circleIn(wingGraph([...listed, ...Object.keys(upwardUses)])), undefined)
  assert.match(circleIn(wingGraph([]))!, / → /, 'without the list, a circle would be seen')
})

test('one writer a table, functions of the database too: what writes for another room is listed with its reason', () => {
  const listed = Object.fromEntries(
    Object.entries(writtenElsewhere).map(([file, { tables }]) => [file, tables.split(' ')]),
  )
  assert.deepEqual(
    writtenElsewhereNow(),
    listed,
    'a function of database/functions writes a table of another room: move it to the file of the owner, or give the reason in server/testing/room-exceptions.ts',
  )
  for (const { why } of Object.values(writtenElsewhere)) assert.ok(why.length > 20)
})

test('a function reads the tables of wings under its own, but for a list with its reasons, that shrinks', () => {
  const listed = Object.fromEntries(Object.entries(readAbove).map(([file, { rooms }]) => [file, rooms.split(' ')]))
  assert.deepEqual(
    readAboveNow(),
    listed,
    'a function of database/functions reads a table of a wing above: see server/testing/room-exceptions.ts',
  )
  for (const { why } of Object.values(readAbove)) assert.ok(why.length > 20)
  assert.ok(Object.keys(readAbove).length <= 12, 'the list only shrinks')
  // A function that reads for a room shows on the page of rooms, as what the code of the room reads.
  const page = pages().find(({ path }) => path.endsWith('rooms.md'))!.said
  assert.match(page, /^- `register_moves\.sql`: .*\bneeds\b/m)
})

test('docs/architecture.md and docs/rooms.md draw the rooms as they are', () => {
  for (const { path, said } of pages())
    assert.equal(existsSync(path) ? readFileSync(path, 'utf8') : '', said, `${path}: run npm run rooms`)
  const before = 'a\n<!-- drawn by npm run rooms -->\nold\n<!-- end of the drawing -->\nb'
  assert.doesNotMatch(withDrawing(before), /old/)
  assert.match(withDrawing(before), /^a\n[\s\S]*flowchart[\s\S]*\nb$/)
})
