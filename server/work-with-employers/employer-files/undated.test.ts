import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import {
  advance,
  bakery,
  called,
  confirmed,
  elsewhere,
  fileWorld,
  garage,
  open,
  post,
  rowsOf,
  tried,
  undone,
} from './testing.ts'

const world = fileWorld()
afterEach(() => forgetVersions(world.house.owner))

const close = () => openCategories(world.house.owner, allBut('notes'))
const none = { added: 0, known: 0, closed: 0, removed: 0, kept: 0 }
/** Notes as the card's history tells them. */
const notesAt = async (siret: string, who = world.claire) =>
  (await world.house.call(who, 'GET', `/establishments/${siret}/history?kind=note`)).body.items
const kept = async () =>
  (
    await world.house.owner.query(`select (select count(*)::int from notes) as notes,
      (select count(*)::int from note_versions) as versions, (select count(*)::int from exchanges) as exchanges`)
  ).rows[0]
const words = 'Ferme en août ; passer par l’accueil.'
const rows = [
  { siret: bakery, notes: words },
  { siret: bakery, notes: ` ${words.toUpperCase()} ` },
  { siret: garage, familyName: 'Roux', role: 'Chef', notes: 'Préfère le matin', channel: 'visite', result: 'refus' },
  { siret: garage, ...called },
  { siret: elsewhere, notes: 'Loin' },
]

test('CAM-10, EST-11: words without a date are a note on the employer, counted apart by the trial, written by the doing, gone with the undoing', async () => {
  const { house, claire } = world
  const id = await open(house, claire, rows)
  const trial = await tried(house, claire, id)
  assert.deepEqual(
    [trial.undated, trial.contacts.added, trial.people.added, trial.left],
    [{ ...none, added: 2, known: 1 }, 1, 1, [{ because: 'outside', count: 1 }]],
    JSON.stringify(trial),
  )
  assert.deepEqual(await kept(), { notes: 0, versions: 0, exchanges: 0 }, 'nothing is written before')
  const done = await confirmed(house, claire, id)
  assert.deepEqual([done.undated, done.contacts.added], [{ ...none, added: 2, known: 1 }, 1])
  assert.deepEqual(await kept(), { notes: 2, versions: 2, exchanges: 1 })
  const [{ note }] = await notesAt(bakery, world.karim)
  assert.deepEqual([note.notes, note.author.id, note.notedOn, note.version], [words, claire.id, '2026-11-25', 1])
  assert.deepEqual(note.imported, { fileName: null }, 'another partner reads that a file brought it')
  const [{ note: own }] = await notesAt(bakery)
  assert.deepEqual(own.imported, { fileName: 'contacts.csv' }, 'who imported it reads which')
  const { rows: told } = await house.owner.query(
    `select e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1`,
    [note.id],
  )
  assert.deepEqual(
    told.map(({ action, detail }) => [action, detail.siret, detail.file, detail.after]),
    [['note.imported', Number(bakery), id, { visibility: 'reseau', characters: words.length }]],
  )
  assert.match(told[0].detail.sha256, /^[0-9a-f]{64}$/)
  assert.ok(!JSON.stringify(told).includes('août'), 'the trail holds no word of it')
  const { rows: lines } = await house.owner.query('select said from employer_file_lines where file_id = $1', [id])
  assert.ok(!JSON.stringify(lines).includes('août'), 'nor does the file any more')

  const again = await confirmed(house, claire, await open(house, claire, rows))
  assert.deepEqual([again.undated, again.contacts.known], [{ ...none, known: 3 }, 1], 'the same file doubles nothing')
  const gone = await undone(house, claire, id)
  assert.deepEqual([gone.undated, gone.contacts.removed], [{ ...none, removed: 2, known: 1 }, 1])
  assert.deepEqual(await kept(), { notes: 0, versions: 0, exchanges: 0 })
  const { rows: removed } = await house.owner.query(
    `select action from audit_entries where subject_id = $1 order by at, id`,
    [note.id],
  )
  assert.deepEqual(
    removed.map(({ action }) => action),
    ['note.imported', 'note.import-removed'],
  )
})

test('CAM-10, EST-11: a note that somebody corrected or withdrew since stays, is counted, and is not brought again', async () => {
  const { house, claire } = world
  const two = [
    { siret: bakery, notes: 'Un quai de plus' },
    { siret: garage, notes: 'Deux équipes' },
  ]
  const id = await open(house, claire, two)
  await confirmed(house, claire, id)
  const noteAt = async (siret: string) => (await notesAt(siret))[0].note
  const [first, second] = [await noteAt(bakery), await noteAt(garage)]
  const corrected = await house.call(
    claire,
    'PUT',
    `/notes/${first.id}`,
    { notes: 'Deux quais de plus', visibility: 'reseau' },
    { 'if-match': '"1"' },
  )
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body))
  const withdrawn = await house.call(
    claire,
    'PUT',
    `/notes/${second.id}/withdrawal`,
    { reason: 'Autre garage' },
    { 'if-match': '"1"' },
  )
  assert.equal(withdrawn.status, 200, JSON.stringify(withdrawn.body))
  const again = await tried(house, claire, await open(house, claire, two))
  assert.deepEqual(again.undated, { ...none, known: 2 })
  const after = await undone(house, claire, id)
  assert.deepEqual([after.undated, after.left], [{ ...none, kept: 2 }, [{ because: 'changed', count: 2 }]])
  assert.equal((await rowsOf(house, claire, id, 'left')).length, 2)
  assert.equal((await kept()).notes, 2)
})

test('EST-11, SEC-6: kept to one’s structure, the notes of a file are no other’s to read, and no other’s notes are those already there', async () => {
  const { house, claire, karim, colleague } = world
  const own = [{ siret: bakery, notes: 'Entre nous' }]
  const id = await open(house, claire, own, { visibility: 'organisation' })
  await confirmed(house, claire, id)
  const says = async (who: typeof claire) =>
    (await notesAt(bakery, who)).some(({ note }: any) => note.notes === 'Entre nous')
  assert.deepEqual([await says(claire), await says(colleague), await says(karim)], [true, true, false])
  const theirs = await tried(house, karim, await open(house, karim, own))
  assert.deepEqual(theirs.undated, { ...none, added: 1 })
  assert.equal((await post(house, karim, `/${id}/undo`)).status, 404)
  await undone(house, claire, id)
  assert.equal(await says(claire), false)
})

test('AGR-12, EST-11: « notes » closed after the trial, a file brings its contacts and no note, and what it brought before is undone all the same', async () => {
  const { house, claire } = world
  const both = [
    { siret: bakery, notes: 'À livrer le matin' },
    { siret: garage, ...called, day: '2026-04-02' },
  ]
  const earlier = await open(house, claire, [{ siret: garage, notes: 'Avant la fermeture' }])
  await confirmed(house, claire, earlier)
  const before = (await kept()).notes
  const id = await open(house, claire, both)
  assert.deepEqual((await tried(house, claire, id)).undated, { ...none, added: 1 })
  await close()
  assert.equal((await post(house, claire, `/${id}/confirm`)).status, 200)
  const done = await advance(house, claire, id)
  assert.deepEqual([done.undated, done.contacts.added], [{ ...none, closed: 1 }, 1], JSON.stringify(done))
  assert.equal((await kept()).notes, before)
  assert.deepEqual((await undone(house, claire, earlier)).undated, { ...none, removed: 1 })
  assert.equal((await kept()).notes, before - 1)
  await forgetVersions(house.owner)
  assert.deepEqual((await tried(house, claire, await open(house, claire, both))).undated, { ...none, added: 1 })
})
