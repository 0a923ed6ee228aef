import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  mayWrite,
  sightsOf,
  someoneDisagrees,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { aNote, insertNotes } from '../notes/testing.ts'
import * as model from './employer-files.model.ts'
import * as policy from './employer-files.policy.ts'

const random = seededRandom(31)
const here = (file: string) => new URL(file, import.meta.url)
interface File {
  readonly id: string
  readonly byId: string
  readonly organisationId: string
}
let house: House
let hashes: Buffer[]
let files: File[]
type Filed = TerritoryLine & { id: string; fileId: string; authorId: string; organisationId: string }
let exchanges: Filed[]
let notes: Filed[]
before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation()).id]
  hashes = await peopleOfAllKinds(house, organisations, 90, random)
  const { rows: accounts } = await house.owner.query('select id, organisation_id from accounts order by id')
  files = accounts.map(({ id, organisation_id }) => ({ id: uuidv7(), byId: id, organisationId: organisation_id }))
  for (const { id, byId, organisationId } of files) {
    await house.owner.query(
      `insert into employer_files (id, by_id, organisation_id, file_name, sha256, rows, visibility, opened_at, state, asked_at)
        values ($1, $2, $3, 'a.csv', $4, 1, 'reseau', now(), 'undoing', now())`,
      [id, byId, organisationId, 'ab'.repeat(32)],
    )
    await house.owner.query(
      `insert into employer_file_lines (file_id, line, said, recognised) values ($1, 1, '{}', 'unknown')`,
      [id],
    )
  }
  for (const organisationId of organisations)
    await house.owner.query(
      `insert into employer_file_columns (organisation_id, headings, fields, by_id, kept_at)
        values ($1, $2, '{siret}', $3, now())`,
      [organisationId, 'cd'.repeat(32), files.find(file => file.organisationId === organisationId)!.byId],
    )
  exchanges = []
  for (let i = 0; i < 300; i++) {
    const { id: fileId, byId: authorId, organisationId } = pick(random, files)
    const seed = anExchange({ siret: 41000000000000 + i, organisationId, authorId, ...somePlace(random) })
    await insertExchange(house.owner, seed)
    await house.owner.query('update exchanges set file_id = $2 where id = $1', [seed.id, fileId])
    exchanges.push({ ...seed, fileId })
  }
  notes = []
  for (let i = 0; i < 300; i++) {
    const { id: fileId, byId: authorId, organisationId } = pick(random, files)
    notes.push({ ...aNote({ siret: 41000000000000 + i, organisationId, authorId, ...somePlace(random) }), fileId })
  }
  await insertNotes(house.owner, notes as never)
  for (const { id, fileId } of notes)
    await house.owner.query('update notes set file_id = $2 where id = $1', [id, fileId])
})
after(() => house.close())

const active = (viewer: Viewer) => viewer.state === 'active'
const reads = (viewer: Viewer, file: File) => active(viewer) && policy.mayReadFile(viewer, file) === true

test('SEC-6, CAM-10: who reads a file and its rows: the policy and the database agree on every pair, and not without « its owner »', async () => {
  for (const [table, id] of [
    ['employer_files', 'id'],
    ['employer_file_lines', 'file_id'],
  ] as const) {
    const seen = (some: readonly Buffer[] = hashes) =>
      sightsOf(house.database, some, sql<{ id: string }>`select ${sql.ref(id)} as id from ${sql.ref(table)}`)
    const sights = await seen()
    assert.ok(sights.some(({ ids }) => ids.size === 1))
    assert.deepEqual(disagreements(sights, files, reads), [])
    await withPolicyChanged(house.owner, table, 'read', '(select ctx.ok())', async () =>
      assert.ok(await someoneDisagrees(hashes, seen, files, reads), table),
    )
  }
  const mutant = await importChanged<typeof policy>(
    here('./employer-files.policy.ts'),
    'byId === viewer.accountId ||',
    '',
  )
  const sights = await sightsOf(house.database, hashes, sql<{ id: string }>`select id from employer_files`)
  assert.notEqual(disagreements(sights, files, (v, f) => active(v) && mutant.mayReadFile(v, f) === true).length, 0)
})

test('SEC-6, CAM-10: who reads what columns are: the model and the database agree, and not without « one’s structure »', async () => {
  const rows = [...new Set(files.map(({ organisationId }) => organisationId))].map(id => ({ id, organisationId: id }))
  const seen = (some: readonly Buffer[] = hashes) =>
    sightsOf(house.database, some, sql<{ id: string }>`select organisation_id as id from employer_file_columns`)
  const may = (viewer: Viewer, row: (typeof rows)[number]) => active(viewer) && model.mayReadColumns(viewer, row)
  assert.deepEqual(disagreements(await seen(), rows, may), [])
  await withPolicyChanged(house.owner, 'employer_file_columns', 'read', '(select ctx.ok())', async () =>
    assert.ok(await someoneDisagrees(hashes, seen, rows, may)),
  )
})

test('SEC-6, CAM-10: who opens a file or keeps columns, in whose name: the policy and the database agree on every pair', async () => {
  const other = files[0]!
  const tried = [true, false].map(mine => ({ id: uuidv7(), mine }))
  const name = `case when (r ->> 'mine')::boolean then ctx.account() else '${other.byId}' end,
    case when (r ->> 'mine')::boolean then ctx.organisation() else '${other.organisationId}' end`
  for (const insert of [
    `insert into employer_files (by_id, organisation_id, id, file_name, sha256, rows, visibility, opened_at)
      select ${name}, (r ->> 'id')::uuid, 'a.csv', '${'ab'.repeat(32)}', 1, 'reseau', now()`,
    `insert into employer_file_columns (by_id, organisation_id, headings, fields, kept_at)
      select ${name}, encode(sha256((r ->> 'id')::bytea), 'hex'), '{siret}', now()`,
  ]) {
    const sights = await insertSights(house.owner, house.database, hashes, tried, insert)
    const may =
      ({ mayOpenFile }: typeof policy = policy, asked = true) =>
      (viewer: Viewer, row: (typeof tried)[number]) =>
        active(viewer) && mayOpenFile(viewer) === true && (!asked || row.mine || viewer.accountId === other.byId)
    assert.ok(sights.some(({ ids }) => ids.size > 0) && sights.some(({ ids }) => ids.size === 0))
    assert.deepEqual(disagreements(sights, tried, may()), [])
    assert.notEqual(disagreements(sights, tried, may(policy, false)).length, 0)
    const mutant = await importChanged<typeof policy>(
      here('./employer-files.policy.ts'),
      `holds(viewer, 'campagnes', 'conseiller')`,
      `holds(viewer, 'campagnes', 'consultation')`,
    )
    assert.notEqual(disagreements(sights, tried, may(mutant)).length, 0)
  }
})

test('SEC-6: rows are sent to one’s own file while it is received, and columns kept again in one’s own name', async () => {
  const writing = async (file: File, state: string, query: Parameters<typeof mayWrite>[2], hash: Buffer) => {
    await house.owner.query('update employer_files set state = $2, asked_at = null where id = $1', [file.id, state])
    return mayWrite(house.database, hash, query)
  }
  const person = await house.person(files[0]!.organisationId, [{ profile: 'conseiller', territoryId: 2033 }])
  const hash = tokenHash(person.cookie.slice('session='.length))
  const mine = { id: uuidv7(), byId: person.id, organisationId: person.organisationId }
  await house.owner.query(
    `insert into employer_files (id, by_id, organisation_id, file_name, sha256, rows, visibility, opened_at)
      values ($1, $2, $3, 'a.csv', $4, 1, 'reseau', now())`,
    [mine.id, mine.byId, mine.organisationId, 'ab'.repeat(32)],
  )
  const send = (file: File, state = 'waiting') =>
    sql`insert into employer_file_lines (file_id, line, said, recognised, state, because)
      values (${file.id}::uuid, 7, '{}', 'unknown', ${state}, ${state === 'left' ? 'unknown' : null})`
  assert.equal(await writing(mine, 'receiving', send(mine), hash), true)
  assert.equal(await writing(mine, 'receiving', send(mine, 'left'), hash), false)
  assert.equal(await writing(mine, 'tried', send(mine), hash), false)
  assert.equal(await writing(files[0]!, 'receiving', send(files[0]!), hash), false)
  const settle = sql`update employer_file_lines set state = 'tried' where file_id = ${files[0]!.id}::uuid`
  assert.equal(await mayWrite(house.database, hash, settle), false)
  const move = sql`update employer_files set state = 'tried' where id = ${files[0]!.id}::uuid`
  assert.equal(await mayWrite(house.database, hash, move), false)
  const keep = (by: string) => sql`update employer_file_columns set by_id = ${by}::uuid`
  assert.equal(await mayWrite(house.database, hash, keep(person.id)), true)
  assert.equal(await mayWrite(house.database, hash, keep(files[0]!.byId)), false)
  // Left as the others are, for the tests that follow.
  await house.owner.query(`update employer_files set state = 'undoing', asked_at = now() where id = $1`, [files[0]!.id])
})

const removers = { exchange: 'ctx.remove_filed_exchange(uuid, uuid)', note: 'ctx.remove_filed_note(uuid, uuid)' }
type Kind = keyof typeof removers
const removed =
  (kind: Kind) =>
  (some: readonly Buffer[] = hashes) =>
    sightsOf(
      house.database,
      some,
      sql<{ id: string }>`select u.${sql.ref(`${kind}_id`)} as id from employer_files f,
        undo_employer_file_part(f.id, 2000, now()) u where u.${sql.ref(kind)} = 'removed'`,
    )
const removes =
  ({ mayRemoveFiled }: typeof model = model) =>
  (viewer: Viewer, row: Filed) =>
    active(viewer) && mayRemoveFiled(viewer, row)

test('SEC-6, CAM-10, EST-11: what undoing removes, exchanges and notes: the model and the database agree on every pair, and not when a clause goes', async () => {
  for (const [n, { id, fileId, siret }] of [...exchanges, ...notes].map(row => ({ ...row, siret: 41 })).entries())
    await house.owner.query(
      `insert into employer_file_lines (file_id, line, said, siret, recognised, state, made)
        values ($1, $2, '{}', $3, 'siret', 'done', jsonb_build_object($5::text, $4::text))`,
      [fileId, n + 100, siret, id, n < exchanges.length ? 'exchange' : 'note'],
    )
  for (const kind of ['exchange', 'note'] as const) {
    const rows = kind === 'note' ? notes : exchanges
    const row = kind === 'note' ? 'n' : 'x'
    const sights = await removed(kind)()
    const share = sights.reduce((n, { ids }) => n + ids.size, 0)
    assert.ok(share > 10 && share < rows.length, `${kind}: ${share}`)
    assert.deepEqual(disagreements(sights, rows, removes()).slice(0, 3), [])
    await withFunctionChanged(
      house.owner,
      removers[kind],
      `and ctx.records_at(${row}.region_id, ${row}.departement_id, ${row}.epci_id, ${row}.clpe_id)`,
      '',
      async () => assert.ok(await someoneDisagrees(hashes, removed(kind), rows, removes())),
    )
    const mutant = await importChanged<typeof model>(
      here('./employer-files.model.ts'),
      '&& mayRecord(viewer, row) === true',
      '',
    )
    assert.notEqual(disagreements(sights, rows, removes(mutant)).length, 0)
  }
})
test('SEC-6: the database removes no exchange nor note but those of a file of one’s own: not another’s, not one written by hand, nor a note changed since', async () => {
  const [one] = exchanges.filter(row => row.regionId !== null)
  const person = await house.person(one!.organisationId, [
    { profile: 'conseiller', territoryId: 0 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
  ])
  const hash = tokenHash(person.cookie.slice('session='.length))
  const id = uuidv7()
  await house.owner.query(
    `insert into employer_files (id, by_id, organisation_id, file_name, sha256, rows, visibility, opened_at, state, asked_at)
      values ($1, $2, $3, 'a.csv', $4, 1, 'reseau', now(), 'undoing', now())`,
    [id, person.id, person.organisationId, 'ab'.repeat(32)],
  )
  const own = anExchange({ siret: 42, organisationId: person.organisationId, authorId: person.id })
  await insertExchange(house.owner, own)
  const by = { siret: 42, organisationId: person.organisationId, authorId: person.id }
  const [byHand, changed] = [aNote(by), aNote(by)]
  await insertNotes(house.owner, [byHand, changed])
  await house.owner.query(
    `insert into note_versions select note_id, 2, 'corrected', visibility, notes, null, organisation_id, author_id, at
      from note_versions where note_id = $1`,
    [changed.id],
  )
  await house.owner.query('update notes set file_id = $2, version = 2 where id = $1', [changed.id, id])
  for (const [line, noteId] of [notes[0]!.id, byHand.id, changed.id].entries())
    await house.owner.query(
      `insert into employer_file_lines (file_id, line, said, siret, recognised, state, made)
        values ($1, $2, '{}', 42, 'siret', 'done', jsonb_build_object('note', $3::text))`,
      [id, line + 3, noteId],
    )
  for (const [line, exchangeId] of [one!.id, own.id].entries())
    await house.owner.query(
      `insert into employer_file_lines (file_id, line, said, siret, recognised, state, made)
        values ($1, $2, '{}', 42, 'siret', 'done', jsonb_build_object('exchange', $3::text))`,
      [id, line + 1, exchangeId],
    )
  const [sight] = await sightsOf(
    house.database,
    [hash],
    sql<{
      id: string
    }>`select coalesce(u.exchange, u.note) || u.line as id from undo_employer_file_part(${id}::uuid, 10, now()) u`,
  )
  assert.deepEqual(sight!.ids, new Set(['kept1', 'kept2', 'kept3', 'kept4', 'kept5']))
  assert.equal(await mayWrite(house.database, hash, sql`delete from exchanges`).catch(() => false), false)
  assert.equal(await mayWrite(house.database, hash, sql`delete from notes`).catch(() => false), false)
})

test('SEC-6: the database removes no person but those that a file of one’s own brought, as it brought them', async () => {
  const grants = [
    { profile: 'conseiller', territoryId: 2033 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ] as const
  const person = await house.person(files[0]!.organisationId, [...grants])
  const other = await house.person(files[0]!.organisationId, [...grants])
  const hash = tokenHash(person.cookie.slice('session='.length))
  const id = uuidv7()
  await house.owner.query(
    `insert into employer_files (id, by_id, organisation_id, file_name, sha256, rows, visibility, opened_at, state, asked_at)
      values ($1, $2, $3, 'a.csv', $4, 1, 'reseau', now(), 'undoing', now())`,
    [id, person.id, person.organisationId, 'ab'.repeat(32)],
  )
  const [brought, beside] = [{ source: 'fichier-partenaire' as const, authorId: person.id }, { authorId: person.id }]
  const cases = [
    ['as it came', { values: [aValue('role', 'Chef', brought)] }, true],
    ['of another file', { values: [aValue('role', 'Chef', { ...brought, authorId: other.id })] }, false],
    ['typed by hand', { values: [aValue('role', 'Chef', beside)] }, false],
    ['replaced since', { values: [aValue('role', 'Chef', { ...brought, replacedAt: '2026-11-01T00:00:00Z' })] }, false],
    ['retired since', { values: [aValue('role', 'Chef', brought)], retiredAt: '2026-11-01T00:00:00Z' }, false],
    ['elsewhere', { values: [aValue('role', 'Chef', brought)], departementId: 2040 }, false],
  ] as const
  for (const key of ['person', 'completed'] as const) {
    await house.owner.query('delete from employer_file_lines where file_id = $1', [id])
    for (const [line, [, over]] of cases.entries()) {
      const seed = await insertCorrespondent(house.owner, aCorrespondent({ siret: 43, ...over }))
      const { rows } = await house.owner.query('select id from correspondent_values where correspondent_id = $1', [
        seed.id,
      ])
      await house.owner.query(
        `insert into employer_file_lines (file_id, line, said, siret, recognised, state, made)
          values ($1, $2, '{}', 43, 'siret', 'done', jsonb_build_object($3::text, $4::text, 'values', $5::jsonb))`,
        [id, line + 1, key, seed.id, JSON.stringify(rows.map(row => row.id))],
      )
    }
    const [sight] = await sightsOf(
      house.database,
      [hash],
      sql<{ id: string }>`select u.line::text as id from undo_employer_file_part(${id}::uuid, 10, now()) u
        where u.person = 'removed'`,
    )
    // Values may leave someone who retired: only the person stays then.
    const expected = cases.flatMap(([what, , gone], n) =>
      gone || (key === 'completed' && what === 'retired since') ? [String(n + 1)] : [],
    )
    assert.deepEqual(sight!.ids, new Set(expected), key)
  }
})
