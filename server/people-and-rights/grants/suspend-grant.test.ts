import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from '../people/index.ts'
import { reviews } from '../reviews/index.ts'
import { grants } from './index.ts'

/* One grant suspended and given back, an account deleted without a departure, a perimeter reduced: outside the review and in it. */

let house: House
let own: string
let maite: Person
let luce: Person
const today = parisDay(new Date())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const post = (who: Person, path: string, body: object = {}) => house.call(who, 'POST', path, body, once())
const advisor = () =>
  house.person(own, [
    { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 2033 },
  ])
const grantOf = async (who: Person, tool = 'campagnes') =>
  (
    await rows('select id from grants where account_id = $1 and tool = $2 order by granted_at desc limit 1', [
      who.id,
      tool,
    ])
  )[0].id as string
const suspend = (who: Person, id: string, reason = 'Mission en pause') =>
  post(who, `/habilitations/grants/${id}/suspend`, { reason })
const resume = (who: Person, id: string, reason = 'Mission reprise') =>
  post(who, `/habilitations/grants/${id}/resume`, { reason })
const inEffect = async (who: Person) =>
  (await rows('select tool, profile, territory_id from ctx.effective_grants($1, now()) order by tool', [who.id])).map(
    r => [r.tool, r.profile, r.territory_id].join(' '),
  )
const acts = async (who: Person) =>
  (await rows(`select action from audit_entries where subject_id = $1 order by at, id`, [who.id])).map(r => r.action)

before(async () => {
  house = await openHouse([...people, ...grants, ...reviews])
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (2033, 'departement', '33', 'Gironde'), (200000001, 'epci', '200000001', 'Les Graves'), (2040, 'departement', '40', 'Landes')`)
  await rows(
    `insert into territory_contents (outer_id, inner_id) values (1075, 2033), (1075, 2040), (2033, 200000001), (1075, 200000001)`,
  )
  own = (await house.organisation()).id
  ;[maite, luce] = [await house.person(own), await house.person(own)]
  await giveRole(house.owner, maite, 'rgc')
  await giveRole(house.owner, luce, 'rgc')
})
after(() => house.close())

test('ACC-8: one grant is suspended at once, the others stay; it is given back as it was, with the reason told and in the trail', async () => {
  const claire = await advisor()
  const id = await grantOf(claire)
  const { body } = await suspend(maite, id)
  assert.deepEqual(await inEffect(claire), ['fiche-etablissement conseiller 2033'])
  const past = body.past.find((g: any) => g.id === id)
  assert.deepEqual([past.suspended, past.endReason, past.allowed], [true, 'Mission en pause', ['resume']])
  const [mail] = await rows(`select body from mails where kind = 'grant-suspended' and to_account_id = $1`, [claire.id])
  assert.match(mail.body, /peut la rétablir.*Mission en pause/s)
  assert.equal((await suspend(maite, id)).body.code, 'grant/over')
  const both = await Promise.all([resume(maite, id), resume(luce, id)])
  assert.deepEqual(both.map(b => b.status).sort(), [200, 409], 'at once, once')
  assert.deepEqual(await inEffect(claire), ['campagnes conseiller 2033', 'fiche-etablissement conseiller 2033'])
  const [given] = await rows('select replaces, reason, starts_on, granted_by from grants where id = $1', [
    await grantOf(claire),
  ])
  assert.deepEqual([given.replaces, given.reason, given.starts_on], [id, 'Mission reprise', today])
  assert.deepEqual(
    (await acts(claire)).filter(a => a.startsWith('grant.')),
    ['grant.suspended', 'grant.resumed'],
  )
  assert.equal((await resume(maite, id)).body.code, 'grant/not-suspended', 'given back already')
  const seen = (await house.call(maite, 'GET', `/habilitations/people/${claire.id}`)).body.past.find(
    (g: any) => g.id === id,
  )
  assert.deepEqual([seen.suspended, seen.allowed], [true, []])
})

test('ACC-8: who may not, what is over, what no longer holds: refused', async () => {
  const [claire, other] = [await advisor(), await house.person((await house.organisation()).id)]
  await giveRole(house.owner, other, 'rgc')
  const id = await grantOf(claire)
  assert.equal((await suspend(claire, id)).body.code, 'access/role-required')
  assert.equal((await suspend(other, id)).status, 404)
  const stale = await house.person(own, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, stale, 'rgc')
  assert.equal((await suspend(stale, id)).body.code, 'session/step-up-required')
  assert.equal((await suspend(maite, id, ' ')).body.code, 'request/malformed')
  assert.equal((await resume(maite, id)).body.code, 'grant/not-suspended', 'it stands')
  await rows(`update grants set duties = 'Prospecte', account_id = $2 where id = $1`, [id, maite.id])
  assert.equal((await suspend(maite, id)).body.code, 'grant/own')
  await rows('update grants set account_id = $2 where id = $1', [id, claire.id])
  assert.equal((await post(maite, `/habilitations/grants/${id}/end`, { reason: 'Fini' })).status, 200)
  assert.equal((await resume(maite, id)).body.code, 'grant/not-suspended', 'ended is not suspended')
  const card = await grantOf(claire, 'fiche-etablissement')
  assert.equal((await suspend(maite, card)).status, 200)
  assert.equal((await resume(claire, card)).body.code, 'access/role-required')
  assert.equal((await resume(other, card)).status, 404)
  await rows('update grants set ends_on = $2, starts_on = $2 where id = $1', [card, addDays(today, -1)])
  assert.equal((await resume(maite, card)).body.code, 'grant/not-suspended', 'its term has come')
  await rows('update grants set ends_on = null where id = $1', [card])
  await rows('update organisation_territories set until_at = now() where organisation_id = $1', [own])
  assert.equal((await resume(maite, card)).body.code, 'territory/beyond-structure')
  await rows('update organisation_territories set until_at = null where organisation_id = $1', [own])
  await rows(`update accounts set status = 'deleted' where id = $1`, [claire.id])
  assert.equal((await resume(maite, card)).body.code, 'person/gone')
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(maite.cookie.slice('session='.length)))
    await assert.rejects(
      tx.run(sql`update grants set suspended = true where account_id = ${luce.id}::uuid or revoked_at is null`),
    )
  } finally {
    await tx.rollback()
  }
})

test('ACC-8: an account that serves no more is deleted without a departure, on its page and in the review; a grant is suspended there, a perimeter reduced', async () => {
  const [one, two, three, four] = [await advisor(), await advisor(), await advisor(), await advisor()]
  assert.equal(
    (
      await post(maite, `/habilitations/people/${one.id}/depart`, {
        cause: 'not-needed',
        reason: 'N’utilise pas l’outil',
      })
    ).status,
    200,
  )
  const { body: review } = await post(maite, '/reviews')
  const lines = (await house.call(maite, 'GET', `/reviews/${review.id}/lines?limit=200`)).body.items as any[]
  const line = (who: Person, tool: string | null) =>
    lines.find(l => l.person.id === who.id && (l.grant?.tool ?? null) === tool).id as string
  const decide = (lineId: string, body: object) =>
    post(maite, `/reviews/${review.id}/decisions`, { lineIds: [lineId], reason: 'Revue', ...body })
  assert.equal(
    (await decide(line(two, null), { decision: 'suspend', cause: 'not-needed' })).body.code,
    'review/decision-impossible',
  )
  assert.equal((await decide(line(two, null), { decision: 'delete', cause: 'not-needed' })).status, 200)
  const causes = await rows('select account_id, cause from departed_people where account_id = any ($1)', [
    [one.id, two.id],
  ])
  assert.deepEqual(
    causes.map(c => c.cause),
    ['not-needed', 'not-needed'],
  )

  const campaigns = await grantOf(three)
  assert.equal((await decide(line(three, 'campagnes'), { decision: 'suspend' })).status, 200)
  assert.deepEqual(await inEffect(three), ['fiche-etablissement conseiller 2033'])
  assert.equal((await resume(luce, campaigns)).status, 200, 'given back as one suspended on the page')

  for (const toTerritoryId of [2033, 1075, 2040, 99])
    assert.equal(
      (await decide(line(four, 'campagnes'), { decision: 'reduce', toTerritoryId })).body.code,
      'review/decision-impossible',
      `${toTerritoryId} is no smaller`,
    )
  const { body } = await decide(line(four, 'campagnes'), { decision: 'reduce', toTerritoryId: 200000001 })
  assert.deepEqual([body.items[0].toTerritory.name, body.items[0].toProfile], ['Les Graves', null])
  assert.equal(
    (
      await decide(line(four, 'fiche-etablissement'), {
        decision: 'reduce',
        toTerritoryId: 200000001,
        toProfile: 'consultation',
      })
    ).status,
    200,
  )
  assert.deepEqual(await inEffect(four), [
    'campagnes conseiller 200000001',
    'fiche-etablissement consultation 200000001',
  ])
  const decided = await rows(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.action = 'review.decided' and e.subject_id = $1 order by e.at, e.id`,
    [four.id],
  )
  assert.deepEqual(
    decided.map(d => d.detail.toTerritoryId),
    [200000001, 200000001],
  )
})

test('ACC-8: a perimeter is not reduced to one that the person holds already for that tool, nor two at once to the same', async () => {
  const [graves, gironde] = [200000001, 2033]
  const elsewhere = (await house.organisation()).id
  const manager = await house.person(elsewhere)
  await giveRole(house.owner, manager, 'rgc')
  const held = await house.person(elsewhere, [
    { tool: 'campagnes', profile: 'consultation', territoryId: graves },
    { tool: 'campagnes', profile: 'conseiller', territoryId: gironde },
    { tool: 'campagnes', profile: 'conseiller', territoryId: 1075 },
  ])
  const { body: review } = await post(manager, '/reviews')
  const lines = (await house.call(manager, 'GET', `/reviews/${review.id}/lines?limit=200`)).body.items as any[]
  const over = (...territories: number[]) =>
    lines.filter(l => l.person.id === held.id && territories.includes(l.grant?.territory?.id)).map(l => l.id as string)
  const reduce = (lineIds: string[], toTerritoryId: number) =>
    post(manager, `/reviews/${review.id}/decisions`, { lineIds, decision: 'reduce', toTerritoryId, reason: 'Revue' })
  const before = await inEffect(held)
  assert.equal((await reduce(over(gironde), graves)).body.code, 'grant/already')
  await rows(`update grants set revoked_at = now() where account_id = $1 and territory_id = $2`, [held.id, graves])
  assert.equal((await reduce(over(gironde, 1075), graves)).body.code, 'grant/already', 'two at once')
  assert.deepEqual(
    await inEffect(held),
    before.filter(g => !g.endsWith(String(graves))),
    'nothing is done by halves',
  )
  assert.equal((await reduce(over(gironde), graves)).status, 200)
})
