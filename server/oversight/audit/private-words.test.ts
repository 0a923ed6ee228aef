import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { exchanges } from '../../work-with-employers/exchanges/index.ts'
import { notes } from '../../work-with-employers/notes/index.ts'
import { audit } from './index.ts'
import { verifyVersions } from './verify-details.ts'

let house: House
let [claire, security]: Person[] = []
const siret = '31000000000001'
before(async () => {
  house = await openHouse([...exchanges, ...notes, ...audit], { clock: () => new Date('2026-11-25T11:00:00Z') })
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (2033, 'departement', '33', 'Gironde')`,
  )
  await house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
      departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'BOULANGERIE ESSAI', true,
      true, 'O', 1075, 2033, 0)`,
    [siret],
  )
  claire = await house.person((await house.organisation({ kind: 'epci' })).id, [
    { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
  security = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, security, 'cssi')
})
after(() => house.close())

test('SEC-1, SEC-6: what a partner keeps for itself is nowhere in the trail: the security officer reads who did what and when, and none of its words', async () => {
  const words = [
    'Mme Privée',
    'Secret du partenaire',
    'Deux soudeurs',
    'M. Corrigé',
    'Autre secret',
    'Motif confidentiel',
    '2027-01-15',
  ]
  const said = {
    occurredOn: '2026-11-25',
    channel: 'telephone',
    result: 'besoin-detecte',
    visibility: 'organisation',
    personMet: words[0],
    notes: words[1],
    need: words[2],
  }
  const once = () => ({ 'idempotency-key': uuidv7() })
  const recorded = await house.call(claire!, 'POST', '/exchanges', { siret, ...said }, once())
  assert.equal(recorded.status, 200, JSON.stringify(recorded.body))
  const path = `/exchanges/${recorded.body.id}`
  assert.equal(
    (
      await house.call(
        claire!,
        'PUT',
        path,
        { ...said, personMet: words[3], notes: words[4], need: null },
        { 'if-match': '"1"' },
      )
    ).status,
    200,
  )
  assert.equal((await house.call(claire!, 'POST', `${path}/cancel`, { reason: words[5] }, once())).status, 200)

  assert.ok([403, 404].includes((await house.call(security!, 'GET', path)).status), 'the exchange itself is not theirs')
  const {
    body: { items },
  } = await house.call(security!, 'GET', '/trail/entries?scope=all&kind=exchange')
  assert.deepEqual(
    items.map((e: { action: string; actor: { id: string } }) => [e.action, e.actor.id]),
    ['exchange.cancelled', 'exchange.corrected', 'exchange.recorded'].map(act => [act, claire!.id]),
  )
  const whole = await Promise.all(
    items.map(async ({ id }: { id: string }) => (await house.call(security!, 'GET', `/trail/entries/${id}`)).body),
  )
  assert.ok(whole.every(entry => entry.detailState === 'shown'))
  for (const word of words) assert.ok(!JSON.stringify(whole).includes(word!), word)
  // What each act did is still there, before and after, and which version holds the words.
  assert.deepEqual(
    whole.map(({ detail }) => [
      detail.version,
      /^[0-9a-f]{64}$/.test(detail.sha256),
      detail.before?.characters.note ?? null,
      detail.after?.characters.note ?? null,
    ]),
    [
      [3, true, 'Autre secret'.length, null],
      [2, true, 'Secret du partenaire'.length, 'Autre secret'.length],
      [1, true, null, 'Secret du partenaire'.length],
    ],
  )
  // Nor in the tables, in their own context.
  const tx = await house.database.begin()
  await tx.enter(tokenHash(security!.cookie.slice('session='.length)))
  const rows = await tx.all(sql<{ detail: unknown }>`select detail from audit_details`)
  await tx.rollback()
  assert.ok(rows.length >= 3)
  for (const word of words) assert.ok(!JSON.stringify(rows).includes(word!), word)
})

test('SEC-1: the version of an exchange is tied to the trail: who changes it in the database is named by the verification', async () => {
  const { rows } =
    await house.owner.query(`select v.version, d.detail ->> 'sha256' = exchange_version_digest(v.salt, v.occurred_on,
      v.content) as holds
    from exchange_versions v join audit_entries e on e.subject_id = v.exchange_id::text
      join audit_details d on d.entry_id = e.id and d.detail ->> 'version' = v.version::text order by 1`)
  assert.deepEqual(
    rows,
    [1, 2, 3].map(version => ({ version, holds: true })),
  )
  const found: string[] = []
  const look = async () => {
    found.length = 0
    await verifyVersions(house.owner, (what, where) => found.push(`${what} ${where}`))
    return found
  }
  assert.deepEqual(await look(), [])
  await house.owner.query(
    `update exchange_versions set content = jsonb_set(content, '{notes}', '"Jamais dit"') where version = 2`,
  )
  assert.equal((await look()).length, 1)
  assert.match(found[0]!, /^version échange [0-9a-f-]{36}, version 2$/)
})

test('SEC-1, EST-11: a note leaves no word in the trail, and each of its versions is tied to it', async () => {
  const words = ['Cherche un repreneur', 'Ne cherche plus de repreneur', 'Écrit par erreur']
  const once = { 'idempotency-key': uuidv7() }
  const body = { notes: words[0], visibility: 'organisation' }
  const { id } = (await house.call(claire!, 'POST', `/establishments/${siret}/notes`, body, once)).body
  const corrected = await house.call(claire!, 'PUT', `/notes/${id}`, { notes: words[1] }, { 'if-match': '"1"' })
  assert.equal(corrected.status, 200)
  const reason = { reason: words[2] }
  assert.equal((await house.call(claire!, 'PUT', `/notes/${id}/withdrawal`, reason, { 'if-match': '"2"' })).status, 200)
  const { body: told } = await house.call(security!, 'GET', '/trail/entries?scope=all&kind=note')
  assert.equal(told.items.length, 3)
  const { rows: details } = await house.owner.query('select detail from audit_details')
  for (const word of words) assert.ok(!JSON.stringify(details).includes(word), word)
  const { rows } =
    await house.owner.query(`select v.version, d.detail ->> 'sha256' = note_version_digest(v.salt, v.notes, v.reason)
      as holds from note_versions v join audit_entries e on e.subject_id = v.note_id::text
      join audit_details d on d.entry_id = e.id and d.detail ->> 'version' = v.version::text order by 1`)
  assert.deepEqual(
    rows,
    [1, 2, 3].map(version => ({ version, holds: true })),
  )
  const found: string[] = []
  const look = () => verifyVersions(house.owner, (_, where) => found.push(where))
  const ofNotes = () => found.filter(where => where.startsWith('note'))
  await look()
  assert.deepEqual(ofNotes(), [])
  await house.owner.query(`update note_versions set notes = 'Jamais dit' where version = 2`)
  await house.owner.query(`update note_versions set reason = 'Jamais dit' where version = 3`)
  await look()
  assert.deepEqual(
    ofNotes(),
    [2, 3].map(version => `note ${id}, version ${version}`),
  )
})
