import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  isHeldAtCommit,
  isSeen,
  mayWrite,
  rowsWritten,
  type Sight,
  sightsOf,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import type { Visibility } from '../exchanges/exchange-rules.ts'
import * as model from './note-versions.model.ts'
import * as policy from './notes.policy.ts'
import { aNote, insertNotes, type NoteSeed } from './testing.ts'

const random = seededRandom(12)
const own = new URL('./notes.policy.ts', import.meta.url)
const ofVersions = new URL('./note-versions.model.ts', import.meta.url)
const at = 'region_id, departement_id, epci_id, clpe_id)'
const covers = (grant: string) => `ctx.covers((select ctx.${grant}()), ${at}`
const ours = 'organisation_id = (select ctx.organisation())'
const visibilities = ['reseau', 'organisation'] as const
let house: House
let hashes: Buffer[]
let rows: NoteSeed[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [
    await house.organisation(),
    await house.organisation(),
    await house.organisation({ kind: 'operateur' }),
  ].map(({ id }) => id)
  hashes = await peopleOfAllKinds(house, organisations, 130, random)
  const { rows: accounts } = await house.owner.query('select id, organisation_id from accounts order by id')
  rows = Array.from({ length: 900 }, (_, i) => {
    const { id: authorId, organisation_id: organisationId } = pick(random, accounts)
    const [visibility, firstVisibility] = [pick(random, visibilities), pick(random, visibilities)]
    const seed = { siret: 41000000000000 + i, organisationId, authorId, visibility, firstVisibility }
    return aNote({ ...seed, ...somePlace(random) })
  })
  await insertNotes(house.owner, rows)
})
after(() => house.close())

type May = (viewer: Viewer, row: NoteSeed) => boolean
const active =
  (may: May): May =>
  (viewer, row) =>
    viewer.state === 'active' && may(viewer, row)
const reading = ({ mayReadNote }: typeof policy = policy) => active(mayReadNote)
const versionOf = (row: NoteSeed) => ({ ...row, visibility: row.firstVisibility, note: row })
const readingVersion = ({ mayReadVersion }: typeof model = model) =>
  active((viewer, row) => mayReadVersion(viewer, versionOf(row)))
const correcting = ({ mayCorrectNote }: typeof policy = policy) =>
  active((viewer, row) => mayCorrectNote(viewer, row) === true)
const seen = (of: readonly Buffer[] = hashes) => sightsOf(house.database, of, sql<{ id: string }>`select id from notes`)
const versions = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select note_id as id from note_versions`)
const checkShare = (sights: readonly Sight[]) => {
  const share = sights.reduce((n, { ids }) => n + ids.size, 0) / (sights.length * rows.length)
  assert.ok(share > 0.005 && share < 0.6, `${share}: neither nearly all nor nearly none`)
}
const differ = (sights: readonly Sight[], may: May) => disagreements(sights, rows, may).length
const lost = async (
  table: string,
  name: string,
  using: string,
  look: (of: readonly Buffer[]) => Promise<readonly Sight[]>,
  may: May,
) =>
  withPolicyChanged(house.owner, table, name, using, async () =>
    assert.ok(await isSeen(hashes, async one => differ(await look(one), may) > 0), using),
  )

test('SEC-6, EST-11: who reads a note: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const sights = await seen()
  checkShare(sights)
  assert.deepEqual(disagreements(sights, rows, reading()).slice(0, 3), [])
  for (const [name, mutant] of Object.entries<May>({
    anyone: () => true,
    'the network’s alone': (viewer, row) => policy.mayReadNote(viewer, row) && row.visibility === 'reseau',
    'any visibility': (viewer, row) => policy.mayReadNote(viewer, { ...row, visibility: 'reseau' }),
  }))
    assert.notEqual(differ(sights, active(mutant)), 0, name)
  for (const using of [
    `(select ctx.ok()) and ${covers('fiche')}`,
    `(select ctx.ok()) and (visibility = 'reseau' or ${ours})`,
    `(select ctx.ok()) and ${covers('fiche')} and visibility = 'reseau'`,
    `(select ctx.ok()) and ${covers('conseiller')} and (visibility = 'reseau' or ${ours})`,
  ])
    await lost('notes', 'read', using, seen, reading())
})

test('SEC-6, EST-11: a version is read where its note is, and its own visibility keeps it after the note is widened', async () => {
  const sights = await versions()
  checkShare(sights)
  assert.deepEqual(disagreements(sights, rows, readingVersion()).slice(0, 3), [])
  for (const [from, to] of [
    ['mayReadNote(viewer, version.note) &&', ''],
    [`(version.visibility === 'reseau' || version.organisationId === viewer.organisationId)`, 'true'],
    [`|| version.organisationId === viewer.organisationId`, ''],
    [`version.visibility === 'reseau' ||`, ''],
  ] as const)
    assert.notEqual(differ(sights, readingVersion(await importChanged<typeof model>(ofVersions, from, to))), 0, from)
  const itself = `(visibility = 'reseau' or ${ours})`
  const parent = `(n.visibility = 'reseau' or n.${ours})`
  const there = 'ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)'
  const from = (...clauses: string[]) =>
    `exists (select from notes n where ${['n.id = note_id', ...clauses].join(' and ')})`
  // The history asks the rights itself: it does not lean on what one sees of the notes.
  await withPolicyChanged(house.owner, 'notes', 'read', '(select ctx.ok())', async () => {
    assert.deepEqual(disagreements(await versions(), rows, readingVersion()).slice(0, 3), [])
    for (const using of [from(parent, there), `${itself} and ${from(there)}`, `${itself} and ${from(parent)}`])
      await lost('note_versions', 'read', `(select ctx.ok()) and ${using}`, versions, readingVersion())
  })
})

const mutants = [
  [`if (note.organisationId !== viewer.organisationId) return 'note/author-or-lead-only'`, ''],
  ['if (note.authorId !== viewer.accountId && !leads)', 'if (false)'],
  ['&& !leads', ''],
  ['note.authorId !== viewer.accountId && !leads', '!leads'],
  [`covers(viewer, 'campagnes', 'responsable', note)`, `covers(viewer, 'campagnes', 'conseiller', note)`],
  ['return mayNote(viewer, note)', 'return true'],
] as const
const corrected = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`update notes set notes = 'Essai' returning id`)

test('SEC-6, EST-11: who corrects a note: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const sights = await corrected()
  assert.ok(sights.reduce((n, { ids }) => n + ids.size, 0) > 100)
  assert.deepEqual(disagreements(sights, rows, correcting()).slice(0, 3), [])
  for (const [from, to] of mutants) {
    const mutant = correcting(await importChanged<typeof policy>(own, from, to))
    assert.notEqual(differ(sights, mutant), 0, `${from} → ${to}`)
  }
  const [author, lead] = ['author_id = (select ctx.account())', covers('responsable')]
  const advises = `${covers('conseiller')} and ${covers('fiche')}`
  for (const using of [
    `(${author} or ${lead}) and ${advises}`,
    `${ours} and ${advises}`,
    `${ours} and ${author} and ${advises}`,
    `${ours} and ${lead} and ${advises}`,
    `${ours} and (${author} or ${lead}) and ${covers('fiche')}`,
  ])
    await lost('notes', 'correct', `(select ctx.ok()) and ${using}`, corrected, correcting())
})

test('SEC-6, EST-11: a correction that reads nothing reaches no note, nor its history, beyond the cards one reads', async () => {
  const { organisationId } = rows[0]!
  const written = async (territoryId: number) => {
    const { cookie } = await house.person(organisationId, [
      { profile: 'responsable', territoryId: 2033 },
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
    ])
    const hash = tokenHash(cookie.slice('session='.length))
    return Promise.all([
      rowsWritten(house.database, hash, sql`update notes set notes = 'Essai'`),
      rowsWritten(house.database, hash, sql`update note_versions set visibility = 'organisation'`),
    ])
  }
  const [reached, narrowed] = await written(2033)
  assert.ok(reached > 0 && narrowed > 0)
  assert.deepEqual(await written(2040), [0, 0])
  // Each asks the rights itself: none leans on what one sees of the notes.
  await withPolicyChanged(house.owner, 'notes', 'read', '(select ctx.ok())', async () =>
    assert.deepEqual(await written(2040), [0, 0]),
  )
})

interface Tried extends NoteSeed {
  readonly ours: boolean
  readonly mine: boolean
}
/** In one's own name, or in another's. */
const named = (of: NoteSeed) => `case when (r ->> 'ours')::boolean then ctx.organisation()
  else '${of.organisationId}'::uuid end, case when (r ->> 'mine')::boolean then ctx.account()
  else '${of.authorId}'::uuid end`
const inName =
  (may: May, other: NoteSeed, checked = { ours: true, mine: true }) =>
  (viewer: Viewer, row: Tried) =>
    may(viewer, row) &&
    (!checked.ours || row.ours || viewer.organisationId === other.organisationId) &&
    (!checked.mine || row.mine || viewer.accountId === other.authorId)

test('SEC-6, EST-11: who notes, in whose name: the policy and the database agree on every pair', async () => {
  const other = rows[0]!
  const tried: Tried[] = Array.from({ length: 120 }, (_, i) => ({
    ...rows[i]!,
    id: uuidv7(),
    ours: i % 6 !== 0,
    mine: i % 7 !== 0,
  }))
  const insert = `insert into notes (id, siret, region_id, departement_id, epci_id, clpe_id, visibility, notes,
      organisation_id, author_id, noted_on, noted_at)
    values ((r ->> 'id')::uuid, 43000000000000, (r ->> 'regionId')::int, (r ->> 'departementId')::int,
      (r ->> 'epciId')::int, (r ->> 'clpeId')::int, r ->> 'visibility', 'Essai', ${named(other)}, '2026-10-01', now())`
  const sights = await insertSights(house.owner, house.database, hashes, tried, insert)
  const noting: May = active((viewer, row) => policy.mayNote(viewer, row) === true)
  assert.ok(sights.reduce((n, { ids }) => n + ids.size, 0) > 100)
  assert.deepEqual(disagreements(sights, tried, inName(noting, other)).slice(0, 3), [])
  for (const checked of [
    { ours: false, mine: true },
    { ours: true, mine: false },
  ])
    assert.notEqual(disagreements(sights, tried, inName(noting, other, checked)).length, 0)
  const reader: May = active((viewer, row) => policy.mayReadNote(viewer, { ...row, visibility: 'reseau' }))
  assert.notEqual(disagreements(sights, tried, inName(reader, other)).length, 0)
})

test('SEC-6, EST-11: who writes the next version, and who narrows those before: whoever corrects the note', async () => {
  const other = rows[0]!
  const tried: Tried[] = rows.slice(0, 300).map((row, i) => ({ ...row, ours: i % 6 !== 0, mine: i % 7 !== 0 }))
  const insert = `insert into note_versions (note_id, version, change, visibility, notes, organisation_id, author_id, at)
    values ((r ->> 'id')::uuid, 2, 'corrected', 'reseau', 'Essai', ${named(other)}, now())`
  const sights = await withPolicyChanged(house.owner, 'notes', 'read', '(select ctx.ok())', () =>
    insertSights(house.owner, house.database, hashes, tried, insert),
  )
  assert.ok(sights.reduce((n, { ids }) => n + ids.size, 0) > 50)
  assert.deepEqual(disagreements(sights, tried, inName(correcting(), other)).slice(0, 3), [])
  for (const [from, to] of mutants) {
    const mutant = correcting(await importChanged<typeof policy>(own, from, to))
    assert.notEqual(disagreements(sights, tried, inName(mutant, other)).length, 0, `${from} → ${to}`)
  }
  const narrowed = await sightsOf(
    house.database,
    hashes,
    sql<{ id: string }>`update note_versions set visibility = 'organisation' returning note_id as id`,
  )
  assert.deepEqual(disagreements(narrowed, rows, correcting()).slice(0, 3), [])
})

test('SEC-6, EST-11: straight to the database, nobody changes who noted it, nor its history; no version stands without its line', async () => {
  const of = rows[0]!
  const lead = await house.person(of.organisationId, [
    { profile: 'responsable', territoryId: 0 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
  ])
  const hash = tokenHash(lead.cookie.slice('session='.length))
  const one = sql`where id = ${of.id}::uuid`
  const version = sql`where note_id = ${of.id}::uuid`
  const visibility = (to: Visibility) => sql`update note_versions set visibility = ${to} ${version}`
  for (const [what, may, write] of [
    ['its words', true, sql`update notes set notes = 'Essai' ${one}`],
    ['its author', false, sql`update notes set author_id = ${lead.id}::uuid ${one}`],
    ['its establishment', false, sql`update notes set siret = 1 ${one}`],
    ['its day', false, sql`update notes set noted_on = '2020-01-01' ${one}`],
    ['its end', false, sql`delete from notes ${one}`],
    ['the words of its history', false, sql`update note_versions set notes = 'Essai' ${version}`],
    ['a version narrowed', true, visibility('organisation')],
    ['a version widened', false, visibility('reseau')],
  ] as const)
    assert.equal(await mayWrite(house.database, hash, write), may, what)
  const alone = sql`update notes set version = version + 1 ${one}`
  assert.ok(await isHeldAtCommit(house.database, hash, alone, 'notes_history'))
})
