import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { once, type Person } from '../../testing/house.ts'
import { doPart, tellOwnWork } from '../bulk-works/bulk-works.queries.ts'
import {
  type BulkHouse,
  confirm,
  count,
  openBulkHouse,
  openCampaign,
  read,
  textOf,
  undo,
} from '../bulk-works/testing.ts'
import { places, siretOf } from '../campaigns/testing-world.ts'
import { sharing } from './index.ts'

/** More than are done at once. */
const many = 240
const part = 100
let bulk: BulkHouse
let lead: Person // leads in the member's organisation
let karim: Person // advises there
before(async () => {
  bulk = await openBulkHouse(many, sharing)
  const of = (profile: 'responsable' | 'conseiller') =>
    bulk.house.person(bulk.member.organisationId, [{ profile, territoryId: places.gironde }])
  ;[lead, karim] = [await of('responsable'), await of('conseiller')]
})
after(() => bulk.close())

const call = (who: Person, path: string, body?: object) => bulk.house.call(who, 'POST', path, body, once())
const ofAll = Array.from({ length: many }, (_, i) => i + 1)
/** Asked, and left to the worker. */
const asked = async (who: Person, how: object, over: object = {}) => {
  await bulk.house.owner.query('delete from campaign_holds')
  const campaign = await openCampaign(bulk, ofAll)
  const path = `/campaigns/${campaign}/sharings`
  const { body: plan } = await call(who, path, { which: { filter: {} }, how, ...over })
  assert.equal(plan.planned, many, JSON.stringify(plan))
  const { status, body } = await call(who, `${path}/${plan.id}/confirm`, { reason: 'Rentrée' })
  assert.deepEqual([status, body.state, body.act, body.reason], [200, 'doing', 'share', 'Rentrée'])
  return { campaign, path, id: plan.id as string }
}
const mission = () => ({ kind: 'main', to: { organisationId: bulk.member.organisationId } })
/** One part, as the worker does it. */
const onePart = (id: string) =>
  within(bulk.worker)(async ({ db, now }) => {
    const { rows } = await bulk.worker.query('select ctx.enter_bulk_work($1) as entered', [id])
    return rows[0].entered ? doPart(db, id, part, now) : 'closed'
  })
const history = async (path: string) => (await bulk.house.call(bulk.ines, 'GET', path)).body.items[0]
const held = async (campaign: string) =>
  (
    await bulk.house.owner.query(
      'select count(*)::int as n from campaign_targets where campaign_id = $1 and assigned_organisation is not null',
      [campaign],
    )
  ).rows[0].n as number

test('CAM-4, CAM-9: thousands are shared out in parts, found again among one’s long works, and told to the campaign', async () => {
  const { house, ines } = bulk
  const { campaign, path, id } = await asked(ines, mission())
  assert.equal(await held(campaign), 0, 'nothing is done while one waits')
  assert.equal(await history(path), undefined)
  assert.equal(await onePart(id), '')
  assert.equal(await held(campaign), part)
  const running = await house.call(ines, 'GET', '/bulk-works?running=true')
  assert.deepEqual(
    running.body.items.map((one: any) => [one.id, one.counts.done, one.allowed]),
    [[id, part, ['stop']]],
  )
  const of = async (n: number) =>
    (await house.call(ines, 'GET', `/campaigns/${campaign}/targets/${textOf(n)}/assignments`)).body.items
  assert.deepEqual([(await of(1)).length, (await of(many)).length], [1, 0], 'history has what is done')
  await bulk.work(id)
  assert.deepEqual([await held(campaign), (await read(house, ines, id)).state], [many, 'done'])
  assert.deepEqual([(await history(path)).moved, (await history(path)).allowed], [many, ['undo']])
  assert.equal((await call(ines, `${path}/${id}/confirm`, {})).body.code, 'sharing/already-done')
})

test('CAM-9: stopped in the middle, what is done stays and is undone; what was not done has no history', async () => {
  const { house, ines } = bulk
  const { campaign, path, id } = await asked(ines, mission())
  await onePart(id)
  assert.equal((await call(ines, `/bulk-works/${id}/stop`)).status, 200)
  assert.equal(await onePart(id), 'closed')
  assert.deepEqual([await held(campaign), (await history(path)).moved], [part, part])
  const undone = await call(ines, `${path}/${id}/undo`)
  assert.deepEqual([undone.body.state, undone.body.counts.undone, await held(campaign)], ['undone', part, 0])
  const { restored, undoneBy, allowed } = await history(path)
  assert.deepEqual([restored, undoneBy.id, allowed], [part, ines.id, []])
  assert.equal((await read(house, ines, id)).counts.toDo, many - part)
})

test('CAM-4: another pilot undoes it: the work becomes theirs, with their rights and their name', async () => {
  const { house, ines, colleague, member, advisor } = bulk
  const { campaign, path, id } = await asked(ines, mission())
  await bulk.work(id)
  for (const who of [member, advisor])
    assert.equal((await call(who, `${path}/${id}/undo`)).status, 403, 'neither pilots this campaign')
  const answer = await call(colleague, `${path}/${id}/undo`)
  assert.deepEqual([answer.status, answer.body.state], [200, 'undoing'])
  assert.equal((await house.call(ines, 'GET', `/bulk-works/${id}`)).status, 404)
  assert.equal((await call(ines, `${path}/${id}/undo`)).body.code, 'sharing/already-undone', 'it is under way')
  await bulk.work(id)
  assert.deepEqual([await held(campaign), (await history(path)).undoneBy.id], [0, colleague.id])
  const { rows } = await house.owner.query(
    `select distinct action, actor_id from audit_entries where subject_id = $1 and action like 'targets.%'`,
    [campaign],
  )
  assert.deepEqual(rows.map(({ action, actor_id }) => `${action} ${actor_id}`).sort(), [
    `targets.shared-out ${ines.id}`,
    `targets.sharing-asked ${ines.id}`,
    `targets.sharing-simulated ${ines.id}`,
    `targets.sharing-undo-asked ${colleague.id}`,
    `targets.sharing-undone ${colleague.id}`,
  ])
})

test('CAM-4: after ninety days its work is gone: the history stays, and it is no more to undo', async () => {
  const { house, ines } = bulk
  const { path, id } = await asked(ines, mission())
  await bulk.work(id)
  await house.owner.query(`update target_sharings set done_at = done_at - interval '91 days' where id = $1`, [id])
  await house.owner.query(`update bulk_works set ended_at = ended_at - interval '91 days' where id = $1`, [id])
  await bulk.worker.query('select ctx.purge_bulk_works()')
  assert.deepEqual([(await history(path)).moved, (await history(path)).allowed], [many, []])
  assert.equal((await call(ines, `${path}/${id}/undo`)).body.code, 'sharing/already-undone')
})

test('SEC-6, CAM-9: a lead’s goes on within their own organisation, and stops once they lead there no more', async () => {
  const { house, member } = bulk
  const how = { kind: 'main', to: { organisationId: member.organisationId, accountId: karim.id } }
  const { campaign, id } = await asked(lead, how)
  assert.equal(await onePart(id), '')
  // What another organisation was entrusted with meanwhile is not theirs to give, whatever a line pretends.
  const other = await house.organisation()
  await house.owner.query(
    'update campaign_targets set assigned_organisation = $3 where campaign_id = $1 and siret = $2',
    [campaign, siretOf(part + 1), other.id],
  )
  await house.owner.query(
    `update bulk_work_lines l set before = target_facts(t) from campaign_targets t
      where l.work_id = $1 and l.siret = $2 and t.campaign_id = $3 and t.siret = l.siret`,
    [id, siretOf(part + 1), campaign],
  )
  assert.equal(await onePart(id), '')
  const { left, counts } = await read(house, lead, id)
  assert.deepEqual([left, counts.done], [[{ because: 'refused', count: 1 }], 2 * part - 1])
  await house.owner.query(`update grants set profile = 'conseiller' where account_id = $1`, [lead.id])
  assert.equal(await onePart(id), 'sharing/leads-only')
  await house.owner.query(`update grants set profile = 'responsable' where account_id = $1`, [lead.id])
  await bulk.work(id)
  assert.equal((await read(house, lead, id)).state, 'done')
  const undone = await call(lead, `/bulk-works/${id}/undo`)
  assert.deepEqual([undone.status, undone.body.state], [200, 'undoing'])
  await bulk.work(id)
  assert.equal((await read(house, lead, id)).counts.undone, many - 1)
})

test('CAM-9: what is marked « ne pas contacter » since the count is left, and told', async () => {
  const { house, ines } = bulk
  const { id } = await asked(ines, mission())
  await house.owner.query(
    `insert into do_not_contact_marks (id, siret, origin, reason, starts_on, until, organisation_id, author_id,
      marked_at) select gen_random_uuid(), $1, 'employer', 'Refus', current_date - 1, current_date + 300, $2, $3, now()`,
    [siretOf(5), ines.organisationId, ines.id],
  )
  await bulk.work(id)
  const { left, leftItems } = await read(house, ines, id)
  assert.deepEqual([left, leftItems[0].establishment.siret], [[{ because: 'not-to-contact', count: 1 }], textOf(5)])
})

/** What these people were told, the last first: the kind, how it is told, how many targets. */
const toldTo = async (...people: Person[]) =>
  (
    await bulk.house.owner.query(
      `select account_id, kind, delivery, substring(text from '(\\d+) (?:cible|ligne)')::int as n from notifications
        where account_id = any ($1) order by at, id`,
      [people.map(({ id }) => id)],
    )
  ).rows.map(({ account_id, kind, delivery, n }) => [account_id, kind, delivery, n])
const forgetTold = async () => {
  for (const table of ['notifications', 'do_not_contact_marks']) await bulk.house.owner.query(`delete from ${table}`)
}

test('CAM-11: targets given in number are told once, with how many, when the work ends; who asked is told it is over, and nothing of their own targets', async () => {
  await forgetTold()
  const { house } = bulk
  const how = { kind: 'main', to: { organisationId: bulk.member.organisationId, accountId: karim.id } }
  const { id } = await asked(lead, how)
  await onePart(id)
  assert.deepEqual(await toldTo(karim, lead), [], 'not part by part')
  await bulk.work(id)
  await bulk.work(id)
  assert.deepEqual(await toldTo(karim, lead), [
    [karim.id, 'targets-given', 'now', many],
    [lead.id, 'work-finished', 'bell', many],
  ])
  // Undone, stopped, and gone on with: each target is told back once.
  await forgetTold()
  await call(lead, `/bulk-works/${id}/undo`)
  await onePart(id)
  await call(lead, `/bulk-works/${id}/stop`)
  assert.deepEqual(await toldTo(karim, lead), [[karim.id, 'targets-taken-back', 'morning', part]])
  await call(lead, `/bulk-works/${id}/undo`)
  await bulk.work(id)
  assert.deepEqual(await toldTo(karim, lead), [
    [karim.id, 'targets-taken-back', 'morning', part],
    [karim.id, 'targets-taken-back', 'morning', many - part],
  ])
  const strangers = await house.owner.query(
    `select distinct account_id from notifications where account_id <> all ($1)`,
    [[karim.id, lead.id]],
  )
  assert.deepEqual(strangers.rows, [], 'nobody else')
})

test('CAM-11: an undoing gives nothing back to who is suspended meanwhile, and tells them nothing; stopped, it says how many it undid', async () => {
  const { house, ines } = bulk
  await house.owner.query('delete from campaign_holds')
  const campaign = await openCampaign(bulk, ofAll)
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(), status = 'prise-en-charge'
      where campaign_id = $1`,
    [campaign, karim.id, bulk.member.organisationId],
  )
  const { id } = (await count(house, ines, campaign)).body
  assert.equal((await confirm(house, ines, id)).status, 200)
  await bulk.work(id)
  await forgetTold()
  const suspended = (status: string, why: string | null) =>
    house.owner.query('update accounts set status = $2, status_reason = $3 where id = $1', [karim.id, status, why])
  const pilots = (profile: string) =>
    house.owner.query(`update grants set profile = $2 where account_id = $1 and tool = 'campagnes'`, [ines.id, profile])
  await suspended('suspended', 'Essai')
  assert.equal((await undo(house, ines, id)).status, 200)
  await onePart(id)
  await pilots('conseiller')
  await bulk.work(id)
  await pilots('pilote')
  await suspended('active', null)
  assert.deepEqual(await toldTo(karim, ines), [[ines.id, 'work-finished', 'bell', part]])
  await forgetTold()
})

test('CAM-11: a work that must stop is told to who asked; one that they stop is not', async () => {
  await forgetTold()
  const how = { kind: 'main', to: { organisationId: bulk.member.organisationId, accountId: karim.id } }
  const { id } = await asked(lead, how)
  await onePart(id)
  await bulk.house.owner.query(`update grants set profile = 'conseiller' where account_id = $1`, [lead.id])
  await bulk.work(id)
  await bulk.house.owner.query(`update grants set profile = 'responsable' where account_id = $1`, [lead.id])
  const { rows } = await bulk.house.owner.query('select subject, path from notifications where account_id = $1', [
    lead.id,
  ])
  assert.deepEqual(rows, [{ subject: 'Votre travail long s’est arrêté', path: `/mes-travaux/${id}` }])
  assert.deepEqual(
    (await toldTo(karim)).map(([, kind, , n]) => [kind, n]),
    [['targets-given', part]],
  )
  await forgetTold()
  const { id: other } = await asked(lead, how)
  await call(lead, `/bulk-works/${other}/stop`)
  assert.deepEqual(await toldTo(lead, karim), [])
})

test('SEC-6, CAM-11: straight to the database, nobody has another’s work told', async () => {
  const { house, ines, colleague } = bulk
  await forgetTold()
  const { id } = await asked(ines, mission())
  await bulk.work(id)
  await house.owner.query(`update bulk_works set told = '{}' where id = $1`, [id])
  const rowsTold = (who: Person) =>
    house.database.transaction(async tx => {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tellOwnWork(tx, id)).length
    })
  await rowsTold(colleague)
  const told = async () => (await house.owner.query('select told from bulk_works where id = $1', [id])).rows[0].told
  assert.deepEqual(await told(), {}, 'not even marked')
  await rowsTold(ines)
  assert.match((await told()).ending, /^done /)
})
