import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actions } from '../../actions.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { buildServer } from '../../platform/server.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../../work-with-employers/correspondents/testing.ts'
import { anExchange, insertExchange } from '../../work-with-employers/exchanges/testing.ts'
import { aNeed, insertNeeds } from '../../work-with-employers/needs/testing.ts'
import { aNote, insertNotes } from '../../work-with-employers/notes/testing.ts'
import { recordReads } from './record-reads.ts'

let house: House
let lead: Person
let advisor: Person
const siret = 31000000000001
const clock = () => new Date('2026-11-25T10:00:00Z')
const corrected = { channel: 'telephone', occurredOn: '2026-10-01', result: 'besoin-detecte', notes: 'Autre' }
before(async () => {
  house = await openHouse(actions, { clock })
  const organisation = await house.organisation()
  const grants = (profile: 'conseiller' | 'responsable') =>
    (['fiche-etablissement', 'campagnes'] as const).map(tool => ({
      tool,
      profile: tool === 'campagnes' ? profile : ('conseiller' as const),
      territoryId: 0,
    }))
  lead = await house.person(organisation.id, grants('responsable'))
  advisor = await house.person(organisation.id, grants('conseiller'))
})
after(() => house.close())

const anotherExchange = async () =>
  (
    await insertExchange(
      house.owner,
      anExchange({
        siret,
        organisationId: advisor.organisationId,
        authorId: advisor.id,
        personMet: 'M. Invente',
        notes: 'Rappeler Mme Inventée',
      }),
    )
  ).id

/** A server that records what is read, and what it wrote in the trail of these readings. */
const withReads = async () => {
  const reads = recordReads(house.database, { clock, newId: uuidv7, everyMs: 3_600_000 })
  const server = await buildServer({
    database: house.database,
    actions,
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1e6,
    shedLoad: false,
    settings: { clock },
    onRevealed: reads.onRevealed,
  })
  const stale = async (who: Person, method: 'PUT' | 'POST', path: string, payload?: object) => {
    const headers = { cookie: who.cookie, 'if-match': '"99"' }
    const answer = await server.inject({ method, url: `/api${path}`, headers, ...(payload ? { payload } : {}) })
    return { status: answer.statusCode, body: answer.json(), text: answer.body }
  }
  const readBy = async ({ id }: Person) => {
    await reads.flush()
    const { rows } = await house.owner.query(
      `select e.subject_kind || ' ' || e.subject_id as subject, d.detail from audit_entries e
        join audit_details d on d.entry_id = e.id where e.action = 'persons.read' and e.actor_id = $1
        order by e.xid, e.id`,
      [id],
    )
    return rows.map(({ subject, detail }) => [subject, detail])
  }
  const counted = async ({ id }: Person) =>
    (
      await house.owner.query(
        `select persons_per_hour from ctx.uses_to_watch($1::timestamptz + interval '1 minute',
          $1::timestamptz - interval '1 hour', '{}') where account_id = $2`,
        [clock(), id],
      )
    ).rows[0]?.persons_per_hour
  return {
    stale,
    readBy,
    counted,
    close: async () => {
      await server.close()
      await reads.stop()
    },
  }
}

test('SEC-1, SEC-2: a refusal that shows an exchange is a reading of it: in the trail once, and counted by the watch', async () => {
  const { stale, readBy, counted, close } = await withReads()
  const ids = [await anotherExchange(), await anotherExchange()]
  for (const id of ids) {
    const refused = await stale(lead, 'PUT', `/exchanges/${id}`, corrected)
    assert.equal(refused.status, 412)
    assert.equal(refused.body.current.content.personMet, 'M. Invente')
  }
  assert.deepEqual(
    await readBy(lead),
    ids.map(id => [`exchange ${id}`, { route: 'PUT /exchanges/:exchangeId', persons: 1 }]),
  )
  assert.equal(await counted(lead), 2)
  const third = await anotherExchange()
  for (let i = 0; i < 2; i++)
    assert.equal((await stale(lead, 'POST', `/exchanges/${third}/cancel`, { reason: 'Doublon' })).status, 412)
  assert.deepEqual((await readBy(lead)).slice(2), [
    [`exchange ${third}`, { route: 'POST /exchanges/:exchangeId/cancel', persons: 1 }],
  ])
  assert.equal(await counted(lead), 3)
  await close()
})

test('SEC-1, SEC-2: a refusal that shows a person of an employer is a reading of that employer', async () => {
  const { stale, readBy, close } = await withReads()
  const person = await insertCorrespondent(
    house.owner,
    aCorrespondent({ siret, values: [aValue('familyName', 'Inventé')] }),
  )
  const refused = await stale(advisor, 'PUT', `/correspondents/${person.id}/confirmation`)
  assert.equal(refused.status, 412)
  assert.equal(refused.body.current.values[0].value, 'Inventé')
  assert.deepEqual(await readBy(advisor), [
    [`establishment ${siret}`, { route: 'PUT /correspondents/:correspondentId/confirmation', persons: 1 }],
  ])
  await close()
})

/** A note and a need of the advisor's, each with the words kept of it. */
const anotherNoteAndNeed = async () => {
  const [note, need] = [
    aNote({ siret, organisationId: advisor.organisationId, authorId: advisor.id, notes: 'Mme Inventée part' }),
    aNeed({ siret, organisationId: advisor.organisationId, ownerId: advisor.id }),
  ]
  await insertNotes(house.owner, [note])
  await insertNeeds(house.owner, [need])
  return { note: note.id, need: need.id }
}
const wanted = { kind: 'recrutement', jobLabel: 'Boulanger', posts: 1 }

test('SEC-1, SEC-2: a refusal that shows a note or a need is a reading of it; one that shows nobody is none', async () => {
  const { stale, readBy, close } = await withReads()
  const { note, need } = await anotherNoteAndNeed()
  const before = await readBy(lead)
  for (const [path, body] of [
    [`/notes/${note}`, { notes: 'Autre' }],
    [`/notes/${note}/withdrawal`, { reason: 'Doublon' }],
    [`/needs/${need}`, wanted],
  ] as const) {
    const { status, text } = await stale(lead, 'PUT', path, body)
    assert.equal(status, 412, path)
    assert.match(text, /Mme Inventée|Dit au téléphone/)
  }
  assert.equal((await stale(lead, 'PUT', `/needs/${uuidv7()}`, wanted)).status, 404)
  assert.deepEqual((await readBy(lead)).slice(before.length), [
    [`note ${note}`, { route: 'PUT /notes/:noteId', persons: 1 }],
    [`note ${note}`, { route: 'PUT /notes/:noteId/withdrawal', persons: 1 }],
    [`need ${need}`, { route: 'PUT /needs/:needId', persons: 2 }],
  ])
  await close()
})

test('EST-9, EST-11, SEC-2: who lost the right to read an exchange, a note or a need is refused without a word of it, and read nothing', async () => {
  const { stale, readBy, close } = await withReads()
  const id = await anotherExchange()
  const { note, need } = await anotherNoteAndNeed()
  const left = await house.person(advisor.organisationId, [
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 },
    { tool: 'campagnes', profile: 'responsable', territoryId: 0 },
  ])
  const { rowCount } = await house.owner.query(
    `update grants set revoked_at = $2 where account_id = $1 and tool = 'fiche-etablissement'`,
    [left.id, clock()],
  )
  assert.equal(rowCount, 1)
  for (const [method, path, body] of [
    ['PUT', `/exchanges/${id}`, corrected],
    ['POST', `/exchanges/${id}/cancel`, { reason: 'Doublon' }],
    ['PUT', `/notes/${note}`, { notes: 'Autre' }],
    ['PUT', `/notes/${note}/withdrawal`, { reason: 'Doublon' }],
    ['PUT', `/needs/${need}`, wanted],
  ] as const) {
    const { status, body: said, text } = await stale(left, method, path, body)
    assert.ok(status === 403 || status === 404, `${path}: ${status}`)
    assert.equal(said.current, undefined)
    assert.doesNotMatch(text, /Invent|téléphone/)
  }
  assert.deepEqual(await readBy(left), [])
  await close()
})
