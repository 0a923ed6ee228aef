import assert from 'node:assert/strict'
import { test } from 'node:test'
import { once } from '../../testing/house.ts'
import { aNeed, insertNeeds } from '../needs/testing.ts'
import {
  advance,
  bakery,
  called,
  confirmed,
  elsewhere,
  fileWorld,
  garage,
  insertMany,
  open,
  post,
  rowsOf,
  tried,
  undone,
} from './testing.ts'

const world = fileWorld()
const historyOf = async (siret: string, who = world.karim) =>
  (await world.house.call(who, 'GET', `/exchanges?siret=${siret}`)).body.items
const peopleOf = async (siret: string) =>
  (await world.house.call(world.karim, 'GET', `/establishments/${siret}/correspondents`)).body.items
const valuesOf = (person: any) =>
  Object.fromEntries(person.values.map(({ field, value }: { field: string; value: string }) => [field, value]))

test('CAM-10: a file is tried, then confirmed, and its people and past contacts are in the cards, as imported', async () => {
  const { house, claire } = world
  const id = await open(house, claire, [
    { siret: bakery, familyName: 'Faure', givenName: 'Léa', role: 'Gérante', phone: '05 56 12 34 56', ...called },
    { name: 'Garage Essai', postalCode: '33500', email: 'contact@garage-essai.example', familyName: 'Roux' },
  ])
  const trial = await tried(house, claire, id)
  assert.equal(trial.state, 'tried')
  assert.deepEqual([trial.people.added, trial.contacts.added, trial.left], [2, 1, []])
  assert.deepEqual([await historyOf(bakery), await peopleOf(bakery)], [[], []], 'nothing is written before')

  const done = await confirmed(house, claire, id)
  assert.deepEqual([done.state, done.people.added, done.contacts.added], ['done', 2, 1])
  const [exchange] = await historyOf(bakery)
  assert.deepEqual(
    [exchange.occurredOn, exchange.content.channel, exchange.content.result, exchange.content.notes, exchange.imported],
    ['2026-03-02', 'telephone', 'pas-de-besoin', 'Rappeler en juin.', { fileName: null }],
    'another partner reads that a file brought it, not the name that its owner gave the file',
  )
  const [own] = await historyOf(bakery, claire)
  assert.deepEqual(own.imported, { fileName: 'contacts.csv' })
  assert.equal(exchange.author.name, claire.name)
  assert.equal(exchange.correspondent.name, 'Léa Faure, Gérante')
  const [person] = await peopleOf(bakery)
  assert.equal(valuesOf(person).phone, '+33556123456')
  assert.deepEqual(
    new Set(person.values.map(({ source }: { source: string }) => source)),
    new Set(['fichier-partenaire']),
  )
  const { rows } = await house.owner.query(
    `select action, count(*)::int as n from audit_entries where subject_id = any ($1) group by 1 order by 1`,
    [[id, exchange.id, person.id]],
  )
  assert.deepEqual(
    rows.filter(({ action }) => /import|confirmed|part-done/.test(action)).map(({ action, n }) => [action, n]),
    [
      ['correspondent.imported', 1],
      ['employer-file.confirmed', 1],
      ['employer-file.part-done', 2],
      ['exchange.imported', 1],
    ],
  )
  await undone(house, claire, id)
})

test('CAM-10: the same file twice changes nothing; the second one says that all is there already', async () => {
  const { house, claire } = world
  const rows = [
    { siret: bakery, familyName: 'Faure', role: 'Gérante', ...called },
    { siret: garage, role: 'Direction' },
  ]
  const first = await open(house, claire, rows)
  await confirmed(house, claire, first)
  const second = await open(house, claire, rows)
  const done = await confirmed(house, claire, second)
  assert.deepEqual(
    [done.people.known, done.people.added, done.contacts.known, done.contacts.added],
    [2, 0, 1, 0],
    JSON.stringify(done),
  )
  assert.equal((await historyOf(bakery)).length, 1)
  // Undoing the second one leaves what the first one made.
  await undone(house, claire, second)
  assert.deepEqual([(await historyOf(bakery)).length, (await peopleOf(garage)).length], [1, 1])
  const gone = await undone(house, claire, first)
  assert.deepEqual([gone.state, gone.people.removed, gone.contacts.removed], ['undone', 2, 1])
  assert.deepEqual([await historyOf(bakery), await peopleOf(bakery), await peopleOf(garage)], [[], [], []])
})

test('CAM-10: undoing leaves what somebody changed since, and says it', async () => {
  const { house, claire, karim } = world
  const id = await open(house, claire, [
    { siret: bakery, familyName: 'Faure', role: 'Gérante', ...called },
    { siret: garage, familyName: 'Roux', role: 'Chef', ...called },
  ])
  await confirmed(house, claire, id)
  const [exchange] = await historyOf(bakery)
  const corrected = await house.call(
    claire,
    'PUT',
    `/exchanges/${exchange.id}`,
    { occurredOn: '2026-03-03', channel: 'visite', result: 'refus' },
    { 'if-match': '"1"' },
  )
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body))
  const [roux] = await peopleOf(garage)
  const confirmedPerson = await house.call(karim, 'PUT', `/correspondents/${roux.id}/confirmation`, undefined, {
    'if-match': '"1"',
  })
  assert.equal(confirmedPerson.status, 200, JSON.stringify(confirmedPerson.body))

  const after_ = await undone(house, claire, id)
  assert.deepEqual(
    [after_.state, after_.contacts, after_.people.kept, after_.people.removed],
    ['undone', { added: 0, known: 0, removed: 1, kept: 1 }, 2, 0],
    'the person of a kept exchange is kept with it',
  )
  assert.deepEqual(after_.left, [{ because: 'changed', count: 2 }])
  assert.deepEqual(
    [(await historyOf(bakery)).length, (await historyOf(garage)).length, (await peopleOf(garage)).length],
    [1, 0, 1],
  )
})

test('CAM-10: doubtful rows are settled one by one: chosen, ignored, or said by their SIRET', async () => {
  const { house, claire, employer } = world
  await employer('55203253400646', 'PHARMACIE CENTRALE', { street: '2 PLACE NEUVE' })
  await employer('55208131766522', 'PHARMACIE CENTRALE', { street: '9 COURS LONG' })
  const id = await open(house, claire, [
    { name: 'Pharmacie Centrale', town: 'Libourne', familyName: 'Un' },
    { name: 'Pharmacie Centrale', town: 'Libourne', address: '9 cours Long', familyName: 'Deux' },
    { name: 'Pharmacie Centrale', town: 'Libourne', familyName: 'Trois' },
    { name: 'Maison que nul ne connaît', town: 'Libourne', familyName: 'Quatre' },
    { name: 'Garage Essai', siret: '00000000000000', town: 'Libourne', familyName: 'Cinq' },
  ])
  const read = await house.call(claire, 'GET', `/employer-files/${id}`)
  assert.deepEqual(read.body.recognised, { siret: 0, name: 1, chosen: 0, doubtful: 3, unknown: 1, ignored: 0 })
  const doubtful = await rowsOf(house, claire, id, 'doubtful')
  assert.deepEqual(
    doubtful.map((row: any) => [row.line, row.candidates.length]),
    [
      [2, 2],
      [4, 2],
      [6, 1],
    ],
  )
  assert.equal(doubtful[0].candidates[0].address, '2 PLACE NEUVE, 33500 LIBOURNE')
  assert.ok(!JSON.stringify(doubtful).includes('Trois'), 'whom a row tells of is not told back')
  const choose = (line: number, siret: string | null) =>
    house.call(claire, 'PUT', `/employer-files/${id}/rows/${line}`, { siret })
  assert.equal((await choose(2, '55203253400646')).status, 200)
  assert.equal((await choose(4, null)).status, 200)
  assert.equal((await choose(5, bakery)).status, 200)
  assert.equal((await choose(5, '31999999999999')).body.code, 'establishment/unknown')
  assert.equal((await choose(3, bakery)).status, 404, 'what was recognised is not to settle')
  assert.equal((await choose(60, bakery)).status, 404)
  const trial = await tried(house, claire, id)
  assert.equal(trial.people.added, 3)
  assert.deepEqual(trial.left, [
    { because: 'doubtful', count: 1 },
    { because: 'ignored', count: 1 },
  ])
  // A choice after the trial asks for another one.
  assert.equal((await choose(6, garage)).body.state, 'receiving')
  assert.equal((await post(house, claire, `/${id}/confirm`)).body.code, 'employer-file/not-now')
  assert.equal((await tried(house, claire, id)).people.added, 4)
  assert.equal((await house.call(claire, 'DELETE', `/employer-files/${id}`)).status, 200)
  assert.equal((await house.call(claire, 'GET', `/employer-files/${id}`)).status, 404)
})

test('CAM-10: each row that is left out says why, and a right that goes between the trial and the doing is asked again', async () => {
  const { house, claire } = world
  const base = { siret: bakery, familyName: 'Test' }
  const id = await open(house, claire, [
    { ...base, day: '32/13/2026', channel: 'telephone', result: 'refus' },
    { ...base, day: '2027-01-01', channel: 'telephone', result: 'refus' },
    { ...base, day: '2020-01-01', channel: 'telephone', result: 'refus' },
    { ...base, day: '2026-01-01', channel: 'pigeon', result: 'refus' },
    { ...base, day: '2026-01-01', channel: 'telephone', result: 'ravi' },
    { ...base, phone: '12' },
    { ...base, email: 'pas une adresse' },
    { siret: elsewhere, familyName: 'Loin' },
    { siret: bakery },
    { siret: bakery, phone: '05 56 12 34 99' },
    { siret: '12345678901234', familyName: 'Qui' },
  ])
  const trial = await tried(house, claire, id)
  assert.deepEqual(
    trial.left.map(({ because, count }: any) => `${because} ${count}`),
    [
      'unknown 1',
      'outside 1',
      'nothing 1',
      'nobody 1',
      'day-unreadable 1',
      'day-to-come 1',
      'too-old 1',
      'channel-unknown 1',
      'result-unknown 1',
      'phone-unreadable 1',
      'email-unreadable 1',
    ],
  )
  const left = await rowsOf(house, claire, id, 'left')
  assert.deepEqual([left.length, left[0].line, left[0].because], [11, 2, 'day-unreadable'])

  const second = await open(house, claire, [{ siret: garage, familyName: 'Passant' }])
  await tried(house, claire, second)
  await post(house, claire, `/${second}/confirm`)
  await house.owner.query(`update establishments set departement_id = 2040 where siret = $1`, [garage])
  const done = await post(house, claire, `/${second}/advance`)
  await house.owner.query(`update establishments set departement_id = 2033 where siret = $1`, [garage])
  assert.deepEqual(done.body.left, [{ because: 'outside', count: 1 }])
  assert.equal((await peopleOf(garage)).filter((p: any) => valuesOf(p).familyName === 'Passant').length, 0)
})

test('PRI-2: whoever objects does not come back through a file; the contact is kept without them', async () => {
  const { house, claire } = world
  const added = await house.call(
    claire,
    'POST',
    `/establishments/${bakery}/correspondents`,
    { values: { familyName: 'Discret', email: 'discret@essai.example' } },
    once(),
  )
  await house.call(
    claire,
    'PUT',
    `/correspondents/${added.body.id}/objection`,
    { on: '2026-11-01', how: 'oral' },
    { 'if-match': '"1"' },
  )
  const id = await open(house, claire, [
    { siret: garage, familyName: 'Discret', email: 'DISCRET@essai.example', ...called, day: '2026-04-01' },
  ])
  const done = await confirmed(house, claire, id)
  assert.deepEqual([done.people.objected, done.people.added, done.contacts.added], [1, 0, 1])
  const [exchange] = await historyOf(garage)
  assert.deepEqual([exchange.occurredOn, exchange.correspondent], ['2026-04-01', null])
})

test('EST-6: a file completes whom one knows and takes nothing away; another value is proposed beside', async () => {
  const { house, claire, karim } = world
  const added = await house.call(
    karim,
    'POST',
    `/establishments/${garage}/correspondents`,
    { values: { familyName: 'Lebrun', givenName: 'Ana', role: 'Cheffe' } },
    once(),
  )
  const id = await open(house, claire, [
    { siret: garage, familyName: 'LEBRUN', givenName: 'Ana', role: 'Directrice', phone: '0556001122' },
  ])
  const done = await confirmed(house, claire, id)
  assert.equal(done.people.completed, 1)
  const after_ = (await peopleOf(garage)).find(({ id: one }: any) => one === added.body.id)
  assert.deepEqual(after_.values.map(({ field, value, source }: any) => `${field} ${value} ${source}`).sort(), [
    'familyName Lebrun conseiller',
    'givenName Ana conseiller',
    'phone +33556001122 fichier-partenaire',
    'role Cheffe conseiller',
    'role Directrice fichier-partenaire',
  ])
  assert.deepEqual(
    after_.values.filter(({ proposed }: any) => proposed).map(({ value }: any) => value),
    ['Directrice'],
    'what loses is proposed',
  )
  assert.equal(after_.version, 2)
  const gone = await undone(house, claire, id)
  assert.equal(gone.people.removed, 1)
  const back = (await peopleOf(garage)).find(({ id: one }: any) => one === added.body.id)
  assert.equal(back.values.length, 3)
})

test('SEC-6, CAM-10: a file is its owner’s: others find none, whoever records nowhere opens none', async () => {
  const { house, claire, colleague, reader } = world
  const id = await open(house, claire, [{ siret: bakery, familyName: 'Secret' }])
  for (const path of ['', '/rows?part=left'])
    assert.equal((await house.call(colleague, 'GET', `/employer-files/${id}${path}`)).status, 404)
  for (const path of ['/rows', '/trial', '/confirm', '/undo', '/advance'])
    assert.equal(
      (await post(house, colleague, `/${id}${path}`, path === '/rows' ? { rows: [{ line: 1 }] } : undefined)).status,
      404,
      path,
    )
  assert.equal((await house.call(colleague, 'DELETE', `/employer-files/${id}`)).status, 404)
  const refused = await post(house, reader, '', {
    fileName: 'a.csv',
    sha256: 'cd'.repeat(32),
    rows: 1,
    visibility: 'reseau',
  })
  assert.equal(refused.status, 403)
  assert.deepEqual((await house.call(colleague, 'GET', '/employer-files')).body.items, [])
})

test('UX-2, SEC-6: the list of files under way has one’s own alone, with how far each is, until its end', async () => {
  const { house, claire, colleague } = world
  const running = async (who = claire) => (await house.call(who, 'GET', '/employer-files?running=true')).body.items
  const before = await running()
  const id = await open(house, claire, [{ siret: bakery, familyName: 'Lointain', role: 'Gérant' }])
  assert.deepEqual(await running(), before, 'nothing runs while rows are reviewed')
  assert.equal((await post(house, claire, `/${id}/trial`)).status, 200)
  const file = (await running()).find((one: { id: string }) => one.id === id)
  assert.deepEqual([file?.state, file?.progress], ['trying', { through: 0, of: 1 }])
  assert.deepEqual(await running(colleague), [], 'of nobody else')
  await advance(house, claire, id)
  assert.deepEqual(await running(), before)
  assert.equal((await house.call(claire, 'DELETE', `/employer-files/${id}`)).status, 200)
  assert.equal((await house.call(world.reader, 'GET', '/employer-files?running=true')).status, 403)
})

test('CAM-10: what the columns of a file are is kept for one’s structure, and read by no other', async () => {
  const { house, claire, colleague, karim } = world
  const remember = { headings: 'ef'.repeat(32), fields: ['siret', null, 'phone'] }
  await open(house, claire, [{ siret: bakery, familyName: 'Col' }], { remember })
  const read = async (who: typeof claire) => (await house.call(who, 'GET', '/employer-file-columns')).body.items
  assert.deepEqual(await read(colleague), [remember])
  assert.deepEqual(await read(karim), [])
  await open(house, colleague, [{ siret: bakery, familyName: 'Col' }], {
    remember: { ...remember, fields: ['name', 'town'] },
  })
  assert.deepEqual(await read(claire), [{ ...remember, fields: ['name', 'town'] }])
})

test('CAM-10: each act at its time: a file under way takes no row, one that is done is not forgotten, thirty days and it stays', async () => {
  const { house, claire } = world
  const id = await open(house, claire, [{ siret: bakery, familyName: 'Temps' }])
  assert.equal((await post(house, claire, `/${id}/confirm`)).body.code, 'employer-file/not-now')
  assert.equal((await post(house, claire, `/${id}/advance`)).body.code, 'employer-file/not-now')
  await confirmed(house, claire, id)
  const rows = { rows: [{ line: 9, siret: garage }] }
  assert.equal((await post(house, claire, `/${id}/rows`, rows)).body.code, 'employer-file/not-now')
  assert.equal((await house.call(claire, 'DELETE', `/employer-files/${id}`)).body.code, 'employer-file/not-now')
  await house.owner.query(`update employer_files set asked_at = asked_at - interval '31 days' where id = $1`, [id])
  assert.equal((await post(house, claire, `/${id}/undo`)).body.code, 'employer-file/too-late')
  assert.deepEqual((await house.call(claire, 'GET', `/employer-files/${id}`)).body.allowed, [])
})

test('CAM-10: rows sent again are the same rows, and two parts asked at once make each row once', async () => {
  const { house, claire } = world
  const id = await open(house, claire, [
    { siret: bakery, familyName: 'Double', ...called, day: '2026-05-04' },
    { siret: garage, familyName: 'Double', ...called, day: '2026-05-04' },
  ])
  const again = await post(house, claire, `/${id}/rows`, { rows: [{ line: 2, siret: garage, familyName: 'Autre' }] })
  assert.deepEqual([again.status, again.body.received], [200, 2])
  await tried(house, claire, id)
  await post(house, claire, `/${id}/confirm`)
  await Promise.all([1, 2, 3].map(() => post(house, claire, `/${id}/advance`)))
  for (const siret of [bakery, garage])
    assert.equal((await historyOf(siret)).filter((x: any) => x.occurredOn === '2026-05-04').length, 1)
})

test('PRI-2: once a file is done, what its rows said of people stays in the cards alone; the night purges the rest', async () => {
  const { house, claire } = world
  const id = await open(house, claire, [
    { siret: bakery, name: 'Boulangerie', familyName: 'Gardé', ...called, day: '2026-06-01' },
    { name: 'Inconnue', familyName: 'Perdu', phone: '0556001122' },
  ])
  const waiting = await open(house, claire, [{ siret: bakery, familyName: 'Oublié' }])
  const said = async (of: string) =>
    (await house.owner.query('select said from employer_file_lines where file_id = $1 order by line', [of])).rows.map(
      row => Object.keys(row.said).sort(),
    )
  assert.deepEqual((await said(id))[1], ['familyName', 'name', 'phone'])
  await confirmed(house, claire, id)
  assert.deepEqual(await said(id), [['name', 'siret'], ['name']])

  const purge = () => house.owner.query('select ctx.purge_employer_files()')
  // The purge reads the database's hour: both were opened on its day, whatever the day of the service.
  await house.owner.query(
    `update employer_files set opened_at = ctx.clock(),
      asked_at = case when asked_at is not null then ctx.clock() end where id = any ($1)`,
    [[id, waiting]],
  )
  await purge()
  assert.deepEqual((await said(waiting)).length, 1)
  await house.owner.query(
    `update employer_files set opened_at = ctx.clock() - interval '8 days',
      asked_at = case when asked_at is not null then ctx.clock() - interval '32 days' end where id = any ($1)`,
    [[id, waiting]],
  )
  await purge()
  const { rows: left } = await house.owner.query('select id from employer_files where id = any ($1)', [[id, waiting]])
  assert.deepEqual([left.map(row => row.id), await said(id), await said(waiting)], [[id], [], []])
  assert.ok(
    (await historyOf(bakery)).some((x: any) => x.occurredOn === '2026-06-01'),
    'what it made stays',
  )
})

test('REL-7: a part that breaks off writes nothing of itself, and the file goes on from there', async () => {
  const { house, claire } = world
  const sirets = await insertMany(house, 121)
  const id = await open(
    house,
    claire,
    sirets.map(siret => ({ siret, familyName: 'Reprise', ...called })),
  )
  await tried(house, claire, id)
  await post(house, claire, `/${id}/confirm`)
  const counts = async () =>
    (await house.owner.query('select count(*)::int as n from exchanges where file_id = $1', [id])).rows[0].n
  const done = async () => (await house.call(claire, 'GET', `/employer-files/${id}`)).body.progress.through
  assert.equal((await post(house, claire, `/${id}/advance`)).status, 200)
  assert.deepEqual([await counts(), await done()], [100, 100])
  await house.owner.query(`create function break_off() returns trigger language plpgsql as $$ begin raise 'cut'; end $$;
    create trigger break_off before update on employer_file_lines for each statement execute function break_off()`)
  assert.equal((await post(house, claire, `/${id}/advance`)).status, 500)
  await house.owner.query('drop trigger break_off on employer_file_lines')
  assert.deepEqual([await counts(), await done()], [100, 100])
  const end = await advance(house, claire, id)
  assert.deepEqual([end.state, await counts()], ['done', 121])
  assert.equal((await undone(house, claire, id)).contacts.removed, 121)
  assert.equal(await counts(), 0)
})

test('CAM-7, CAM-10: undoing leaves the exchange that a need comes from and the person that it names', async () => {
  const { house, claire } = world
  const id = await open(house, claire, [
    { siret: bakery, familyName: 'Origine', ...called, day: '2026-03-09' },
    { siret: garage, familyName: 'Nommée' },
  ])
  await confirmed(house, claire, id)
  const exchange = (await historyOf(bakery)).find((one: any) => one.occurredOn === '2026-03-09')
  const person = (await peopleOf(garage)).find((one: any) => valuesOf(one).familyName === 'Nommée')
  const of = { organisationId: claire.organisationId, ownerId: claire.id }
  const [from, naming] = [aNeed({ ...of, siret: Number(bakery) }), aNeed({ ...of, siret: Number(garage) })]
  await insertNeeds(house.owner, [from, naming])
  await house.owner.query('update needs set exchange_id = $2 where id = $1', [from.id, exchange.id])
  await house.owner.query('update needs set correspondent_id = $2 where id = $1', [naming.id, person.id])
  const { contacts, people } = await undone(house, claire, id)
  assert.deepEqual([contacts.removed, contacts.kept, people.removed, people.kept], [0, 1, 0, 2])
  const { rows } = await house.owner.query(
    'select exchange_id as exchange, correspondent_id as person from needs where id = any ($1) order by siret = $2',
    [[from.id, naming.id], naming.siret],
  )
  assert.deepEqual(rows, [
    { exchange: exchange.id, person: null },
    { exchange: null, person: person.id },
  ])
})
