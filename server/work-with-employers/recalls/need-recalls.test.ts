import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { insertTaskForce } from '../../territory-and-register/territories/testing.ts'
import type { Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { aMark, insertMarks } from '../do-not-contact/testing.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { aNeed, insertNeeds, type NeedSeed } from '../needs/testing.ts'
import { rights } from '../taking-over/testing.ts'
import { recallStale } from './recall-stale.job.ts'
import { day, delays, here, openWorld, start } from './testing.ts'

type World = Awaited<ReturnType<typeof openWorld>>
let { house, worker, morning, running, close } = {} as World
let end: World['end']
let [advisor, lead, pilot, taker, takerLead] = [] as unknown as [Person, Person, Person, Person, Person]
before(async () => {
  const world = await openWorld()
  ;({ house, worker, morning, running, close, end } = world)
  const [own, other, piloting] = [
    (await house.organisation()).id,
    (await house.organisation()).id,
    (await house.organisation()).id,
  ]
  advisor = await house.person(own, [...rights()])
  lead = await house.person(own, [...rights('responsable')])
  taker = await house.person(other, [...rights()])
  takerLead = await house.person(other, [...rights('responsable')])
  pilot = await house.person(piloting, [...rights('pilote')])
  await insertTaskForce(house.owner, { ...here, pilotId: piloting, memberIds: [own, other], sensitiveSectors: [] })
})
after(() => end())

let siret = 36_000_000_000_000
/** Noted on the first day. */
const need = async (over: Partial<NeedSeed> = {}) => {
  const seed = aNeed({ ...here, siret: ++siret, organisationId: advisor.organisationId, ownerId: advisor.id, ...over })
  await insertNeeds(house.owner, [seed])
  await house.owner.query('update need_versions set at = $2 where need_id = $1', [seed.id, `${start}T09:00:00Z`])
  return seed
}
const taken = () => need({ takenBy: taker.id, takenByOrganisationId: taker.organisationId, state: 'pris-en-charge' })
/** Who was told of how many, in whose words, since the last reading. */
const told = async () => {
  const { rows } = await house.owner.query(
    `delete from notifications where kind = 'stale-needs' returning account_id, text as body`,
  )
  return rows.flatMap(({ account_id, body }) =>
    [...body.matchAll(/- (\d+) besoins? (que vous|que suit|de votre)/g)].map(([, count, whose]) => [
      account_id,
      `${count} ${whose}`,
    ]),
  )
}
const through = async (shifts: readonly number[]) => {
  const seen = []
  for (const shift of shifts) {
    await morning(shift)
    for (const [who, what] of await told()) seen.push([shift, who, what])
  }
  return seen
}
const forget = () => house.owner.query('delete from need_recalls')
const over = async (...seeds: readonly NeedSeed[]) => {
  await house.owner.query(`update needs set state = 'abandonne', closed_at = now() where id = any ($1)`, [
    seeds.map(({ id }) => id),
  ])
  await forget()
}
const away = async (who: Person, from: number, until: number) =>
  house.owner.query(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
      values (gen_random_uuid(), $1, $2, $3, $4, $1, now())`,
    [who.id, who.organisationId, day(from), day(until)],
  )

test('CAM-13, CAM-7: a need without answer is recalled at 9, 21 and 45 days: to its owner, to the leads of their structure, to who pilots the task force, once each', async () => {
  const [one, two] = [await need(), await need()]
  assert.deepEqual(await through([8, 9, 10, 20, 21, 22, 44, 45, 46, 90]), [
    [9, advisor.id, '2 que vous'],
    [21, lead.id, '2 que suit'],
    [45, pilot.id, '2 de votre'],
  ])
  await over(one, two)
})

test('CAM-13, EST-11: a need kept to its structure is told to nobody out of it; who pilots there is', async () => {
  const own = await house.person(advisor.organisationId, [...rights('pilote')])
  const one = await need({ visibility: 'organisation' })
  const seen = await through([9, 21, 45])
  assert.deepEqual(seen.slice(0, 1), [[9, advisor.id, '1 que vous']])
  assert.deepEqual(
    seen.slice(1, -1).toSorted(),
    [lead, own].map(({ id }) => [21, id, '1 que suit']).toSorted(),
    'a pilot leads too',
  )
  assert.deepEqual(seen.at(-1), [45, own.id, '1 de votre'])
  await house.owner.query('update grants set revoked_at = now() where account_id = $1', [own.id])
  await over(one)
})

test('CAM-13: taken by another structure, it is recalled to who took it, then to their leads and to who follows it', async () => {
  const one = await taken()
  const seen = await through([9, 21])
  assert.deepEqual(seen[0], [9, taker.id, '1 que vous'])
  assert.deepEqual(seen.slice(1).toSorted(), [takerLead, advisor].map(({ id }) => [21, id, '1 que suit']).toSorted())
  await over(one)
})

test('CAM-13: never to who is absent or gone: the next is told in their place; back, they are not told after the others', async () => {
  const one = await need()
  await away(advisor, 5, 25)
  assert.deepEqual(await through([9, 21, 30]), [[21, lead.id, '1 que suit']])
  await over(one)
  const two = await need()
  await away(lead, 15, 50)
  await house.owner.query(`update accounts set status = 'suspended', status_reason = 'Essai' where id = $1`, [
    advisor.id,
  ])
  assert.deepEqual(await through([26, 45]), [[45, pilot.id, '1 de votre']])
  await house.owner.query(`update accounts set status = 'active', status_reason = null where id = $1`, [advisor.id])
  await house.owner.query('delete from absences')
  await over(two)
})

test('CAM-13: what is done of it begins a new spell: proposed, answered, met or to meet by who has it in hand; by another, it does not', async () => {
  const [idle, proposed, met, planned, metByOther] = [
    await need(),
    await need(),
    await need(),
    await need(),
    await need(),
  ]
  await house.owner.query(
    `insert into need_proposals (id, need_id, siret, from_organisation, by_id, to_organisation, said_version, proposed_at)
      values (gen_random_uuid(), $1, $2, $3, $4, $5, 1, $6)`,
    [proposed.id, proposed.siret, advisor.organisationId, advisor.id, taker.organisationId, `${day(3)}T09:00:00Z`],
  )
  const exchange = (of: NeedSeed, who: Person, dueOn?: string) =>
    insertExchange(
      house.owner,
      anExchange({
        ...here,
        siret: of.siret,
        organisationId: who.organisationId,
        authorId: who.id,
        occurredOn: dueOn ? start : day(3),
        nextAction: dueOn ? { kind: 'rappel', dueOn, dueAt: null, ownerId: who.id } : null,
      }),
    )
  await exchange(met, advisor)
  await exchange(planned, advisor, day(3))
  await exchange(metByOther, taker)
  assert.deepEqual(await through([9, 12]), [
    [9, advisor.id, '2 que vous'],
    [12, advisor.id, '3 que vous'],
  ])
  await over(idle, proposed, met, planned, metByOther)
})

test('CAM-13, EST-10: closed, or with an employer who is not to be contacted, it is not recalled', async () => {
  const [closed, marked] = [await need({ state: 'abandonne' }), await need()]
  const asked = { id: uuidv7(), siret: marked.siret, organisationId: advisor.organisationId, authorId: advisor.id }
  await insertMarks(house.owner, [aMark(asked)])
  assert.deepEqual(await through([9, 21, 45]), [])
  await over(closed, marked)
})

test('CAM-13: who leads there without the employer’s card is told nothing', async () => {
  const one = await need()
  const cardless = await house.person(advisor.organisationId, [
    { profile: 'responsable', territoryId: here.departementId },
  ])
  const seen = await through([9, 21, 45])
  assert.deepEqual(seen.length, 3)
  assert.ok(seen.every(([, who]) => who !== cardless.id))
  await over(one)
})

test('CAM-13: targets and needs recalled to one person are told once, without the name of an employer', async () => {
  const both = await running(1)
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3 where campaign_id = $1`,
    [both.campaign.id, advisor.id, advisor.organisationId],
  )
  const one = await need()
  await morning(16)
  const { rows } = await house.owner.query(
    `delete from notifications where kind like 'stale-%' and account_id = $1 returning kind, subject, text as body`,
    [advisor.id],
  )
  assert.deepEqual([rows.length, rows[0].kind], [1, 'stale-targets'])
  assert.match(rows[0].body, /1 cible, sans nouvelles/)
  assert.match(rows[0].body, /- 1 besoin que vous avez en main, depuis le 4 janvier 2027\n/)
  assert.ok(!rows[0].body.includes(String(one.siret)))
  await close(both)
  await over(one)
})

test('CAM-13: stopped before its end a morning told nothing of needs, and two at once tell once', async () => {
  const one = await need()
  const at = { now: new Date(`${day(9)}T04:20:00Z`) }
  await assert.rejects(
    within(worker)(async work => {
      assert.equal(await recallStale({ ...work, ...at }, delays), 1)
      throw new Error('stopped')
    }),
    /stopped/,
  )
  assert.deepEqual(await told(), [])
  const second = new pg.Client(house.urls.workerUrl)
  await second.connect()
  try {
    await Promise.all([morning(9), within(second)(work => recallStale({ ...work, ...at }, delays))])
  } finally {
    await second.end()
  }
  assert.deepEqual(await told(), [[advisor.id, '1 que vous']])
  const { rows } = await worker.query(`select ctx.purge_recalls($1) as purged`, [`${day(9 + 367)}T04:20:00Z`])
  assert.ok(rows[0].purged >= 1)
  await over(one)
})

test('CAM-13: whether someone is there is asked once of each person, not of each need they follow', async () => {
  const many = await Promise.all(Array.from({ length: 20 }, () => need()))
  let asked = 0
  worker.on('notice', ({ message }) => {
    asked += Number(message === 'asked')
  })
  await withFunctionChanged(
    house.owner,
    'ctx.why_away(uuid, date)',
    'select x.status',
    `raise notice 'asked'; select x.status`,
    () => morning(9),
  )
  worker.removeAllListeners('notice')
  assert.deepEqual(await told(), [[advisor.id, '20 que vous']])
  assert.equal(asked, 1)
  await over(...many)
})
