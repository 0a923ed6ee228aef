import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { queueOpening } from '../campaigns/events.queries.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { runningCampaigns } from './index.ts'
import { type Opening, tellOpening } from './tell-opened.job.ts'

const now = new Date('2027-01-20T11:00:00Z')
const { aquitaine, gironde, garonne, graves, coeur } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
const pool = Array.from({ length: 20 }, (_, n) => siretOf(n + 1))

let house: House
let worker: pg.Client
let ines: Person // pilots
let colleague: Person // advises in her structure
let lead: Person // leads in a member
let karim: Person // advises there
let plie: Person // leads in a structure that joins later
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns], { clock: () => now })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    pool.map(siret => ({ siret })),
  )
  const [cc, mission, late] = [await house.organisation(), await house.organisation(), await house.organisation()]
  const person = (
    { id }: { id: string },
    profile: 'consultation' | 'conseiller' | 'responsable' | 'pilote',
    territoryId: number = gironde,
  ) => house.person(id, [{ profile, territoryId }])
  ines = await person(cc, 'pilote')
  colleague = await person(cc, 'conseiller')
  lead = await person(mission, 'responsable')
  karim = await person(mission, 'conseiller', coeur)
  plie = await person(late, 'responsable')
  // Told of no campaign: who only reads, who works elsewhere, who is suspended, whose right is withdrawn, who is of no member.
  await person(mission, 'consultation')
  await person(mission, 'conseiller', garonne)
  const [suspended, withdrawn] = [await person(mission, 'conseiller'), await person(mission, 'conseiller')]
  await house.owner.query(`update accounts set status = 'suspended', status_reason = 'Essai' where id = $1`, [
    suspended.id,
  ])
  await house.owner.query(`update grants set revoked_at = now() where account_id = $1`, [withdrawn.id])
  await person(await house.organisation(), 'pilote')
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await runMigrations({ connectionString: house.urls.workerUrl, logger: new Logger(() => () => {}) })
})
after(async () => {
  await worker.end()
  await house.close()
})

const draft = async (leads: readonly Person[] = []) => {
  const { id } = await insertCampaign(
    house.owner,
    aCampaign({ pilotId: ines.organisationId, memberIds: [lead.organisationId], territoryId: coeur, place: here }),
    ines.id,
    [pool.pop()!],
  )
  for (const { id: leadId } of leads)
    await house.owner.query('insert into campaign_leads values ($1, $2)', [id, leadId])
  return id
}
const call = (method: 'POST' | 'PUT', path: string, body?: object, headers?: Record<string, string>) =>
  house.call(ines, method, `/campaigns/${path}`, body, headers)
/** What was asked of the worker, taken from its queue. */
const queued = async () =>
  (
    await worker.query<{ payload: Opening }>(
      `delete from graphile_worker._private_jobs where key like 'campaign-opened:%' returning payload`,
    )
  ).rows.map(({ payload }) => payload)
const told = (asked: Opening) => tellOpening(asked, { within: within(worker), signal: undefined })
/** Who was told of what, since the last reading. */
const read = async () =>
  (await house.owner.query('delete from notifications returning account_id, kind')).rows
    .map(({ account_id, kind }) => `${kind} ${account_id}`)
    .sort()

test('CAM-11: an open campaign is told to whoever works there in its members, its leads as such, but to who opened it; once', async () => {
  const id = await draft([lead, ines])
  await read()
  assert.deepEqual(await queued(), [], 'a draft is told to nobody')
  assert.equal((await call('POST', `${id}/open`)).status, 200)
  const [asked, ...more] = await queued()
  assert.deepEqual([asked, more], [{ campaignId: id, memberId: null, byId: ines.id }, []])
  assert.equal(await told(asked!), 3)
  // The worker killed before its end: the job comes again.
  assert.equal(await told(asked!), 0)
  const { rows } = await house.owner.query('select subject, path, delivery from notifications where account_id = $1', [
    karim.id,
  ])
  assert.deepEqual(rows, [
    { subject: 'Une campagne de votre structure est ouverte', path: `/campagnes/${id}`, delivery: 'morning' },
  ])
  assert.deepEqual(
    await read(),
    [`campaign-opened ${colleague.id}`, `campaign-opened ${karim.id}`, `campaign-lead-named ${lead.id}`].sort(),
  )
})

test('CAM-11: closed before it was told, it is told to nobody; refused, nothing is asked', async () => {
  const id = await draft()
  await call('POST', `${id}/open`)
  await call('POST', `${id}/close`)
  const [asked] = await queued()
  assert.equal(await told(asked!), 0)
  assert.equal((await call('POST', `${id}/open`)).status, 409)
  assert.deepEqual(await queued(), [])
})

test('CAM-11: a structure that joins is told, its people alone; one that leaves: who had its targets in hand, with how many', async () => {
  const id = await draft()
  await call('POST', `${id}/open`)
  await queued()
  await read()
  assert.equal((await call('POST', `${id}/members`, { organisationId: plie.organisationId })).status, 200)
  const [asked] = await queued()
  assert.equal(await told(asked!), 1)
  assert.deepEqual(await read(), [`campaign-opened ${plie.id}`])
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(), status = 'en-cours'
      where campaign_id = $1`,
    [id, plie.id, plie.organisationId],
  )
  assert.equal((await call('POST', `${id}/members/${plie.organisationId}/leave`)).status, 200)
  assert.deepEqual(await read(), [`targets-taken-back ${plie.id}`])
})

test('CAM-11: who is named lead of an open campaign is told, once; who was already, and who names, are not', async () => {
  const id = await draft([lead])
  await call('POST', `${id}/open`)
  await read()
  const name = (leads: readonly Person[], version: number) =>
    call(
      'PUT',
      `${id}/presentation`,
      { description: null, goals: [], leadIds: leads.map(one => one.id) },
      { 'if-match': `"${version}"` },
    )
  assert.equal((await name([lead, ines], 2)).status, 200)
  assert.deepEqual(await read(), [])
  assert.equal((await name([ines], 3)).status, 200)
  assert.equal((await name([lead, ines], 2)).status, 412)
  assert.deepEqual(await read(), [])
  assert.equal((await name([lead, ines], 4)).status, 200)
  assert.deepEqual(await read(), [`campaign-lead-named ${lead.id}`])
})

test('SEC-6, CAM-11: straight to the database, who does not pilot it has nobody told of a campaign', async () => {
  const id = await draft()
  await call('POST', `${id}/open`)
  await queued()
  const ask = (who: Person) =>
    house.database.transaction(async tx => {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      await queueOpening(tx, id, null)
    })
  for (const who of [lead, colleague, plie]) await ask(who)
  assert.deepEqual(await queued(), [])
  await ask(ines)
  assert.equal((await queued()).length, 1)
})
