import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { siretText } from '../../platform/siret.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, isSeen, mayWrite, sightsOf, withCheckChanged, withPolicyChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, seededRandom } from '../../testing/people.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { here, rights } from '../taking-over/testing.ts'
import { needs } from './index.ts'
import { mayReadIntake, maySayIntake } from './intakes.policy.ts'

const today = parisDay(new Date())
let house: House
let [claire, lead, chief, karim] = [] as unknown as [Person, Person, Person, Person]
let [cc, mission, cap, plie] = ['', '', '', '']
before(async () => {
  house = await openHouse(needs)
  await layTerritories(house.owner)
  ;[cc, mission, cap, plie] = [
    (await house.organisation({ name: 'CC des Essais' })).id,
    (await house.organisation({ name: 'Mission d’essai' })).id,
    (await house.organisation({ name: 'Cap d’essai' })).id,
    (await house.organisation({ name: 'PLIE d’essai' })).id,
  ]
  await insertEstablishments(
    house.owner,
    Array.from({ length: 5 }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
  claire = await house.person(cc, [...rights()])
  lead = await house.person(cc, [...rights('responsable')])
  chief = await house.person(mission, [...rights('responsable')])
  karim = await house.person(mission, [...rights()])
  await house.person(cap, [...rights()])
  await house.person(plie, [...rights()])
})
after(() => house.close())

const bakers = { kinds: ['recrutement'], advice: [], jobs: ['D', 'H'], publics: 'Jeunes de 16 à 25 ans' }
const say = (who: Person, body: object, version: number) =>
  house.call(who, 'PUT', '/need-intake', body, { 'if-match': `"${version}"` })
const read = (who: Person) => house.call(who, 'GET', '/need-intake')

test('CAM-7: a structure says which needs it takes; its advisors read it, its leads change it over the version read, the trail says what', async () => {
  assert.deepEqual((await read(chief)).body, { said: null, version: 0, allowed: ['say'] })
  const answer = await say(chief, bakers, 0)
  assert.deepEqual([answer.status, answer.body], [200, { said: bakers, version: 1, allowed: ['say'] }])
  assert.deepEqual((await read(karim)).body, { said: bakers, version: 1, allowed: [] })
  assert.deepEqual((await read(lead)).body.said, null, 'of one’s own structure')
  const late = await say(chief, { ...bakers, kinds: ['formation'] }, 0)
  assert.deepEqual([late.status, late.body.current.said.kinds], [412, ['recrutement']])
  const both = await Promise.all([say(chief, { ...bakers, publics: null }, 1), say(chief, bakers, 1)])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412], 'at once, once')
  const { rows } = await house.owner.query(
    `select e.actor_id, e.subject_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'need.intake-said' order by e.at, e.id limit 1`,
  )
  assert.deepEqual(
    [rows[0].actor_id, rows[0].subject_id, rows[0].detail],
    [
      chief.id,
      mission,
      {
        before: null,
        after: { kinds: ['recrutement'], advice: [], jobs: ['D', 'H'] },
        characters: { publics: bakers.publics.length },
      },
    ],
  )
})

test('CAM-7: what it takes is refused malformed, or by who does not lead there, and nothing is written', async () => {
  for (const body of [
    { ...bakers, kinds: [] },
    { ...bakers, kinds: ['stage'] },
    { ...bakers, jobs: ['Z'] },
    { ...bakers, advice: ['inclusion', 'inclusion'] },
    { ...bakers, publics: 'x'.repeat(201) },
    { ...bakers, organisationId: mission },
  ])
    assert.equal((await say(lead, body, 0)).status, 400, JSON.stringify(body))
  assert.equal((await say(claire, bakers, 0)).status, 403)
  const reader = await house.person(cc, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  for (const answer of [await read(reader), await say(reader, bakers, 0)]) assert.equal(answer.status, 403)
  assert.equal((await house.owner.query('select from need_intakes where organisation_id = $1', [cc])).rowCount, 0)
})

const siret = siretText(siretOf(1))
const noted = async (body: object, who = claire) => {
  const answer = await house.call(who, 'POST', `/establishments/${siret}/needs`, body, once())
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.id as string
}
const baker = { kind: 'recrutement', jobLabel: 'Boulanger', posts: 2 }
const placedFor = async (need: string, who = claire) =>
  (await house.call(who, 'GET', `/needs/${need}/recipients`)).body.items.map((item: any) => ({
    ...item,
    organisation: item.organisation.name,
  }))

test('CAM-7: whom to propose a need to: the best placed first, each with what puts it there, none left out', async () => {
  await house.owner.query('delete from need_intakes')
  const names = async (need: string) => (await placedFor(need)).map((item: any) => item.organisation)
  const need = await noted(baker)
  assert.deepEqual(await names(need), ['Cap d’essai', 'Mission d’essai', 'PLIE d’essai'], 'nothing known: by name')
  await say(chief, bakers, 0)
  assert.deepEqual(await names(need), ['Mission d’essai', 'Cap d’essai', 'PLIE d’essai'])
  const training = await noted({ kind: 'formation' })
  assert.deepEqual(await names(training), ['Cap d’essai', 'PLIE d’essai', 'Mission d’essai'], 'last, and there')

  // The PLIE met this employer: for the network; the Cap too, for itself alone, and long ago for the network.
  const met = async (organisationId: string, over: object) =>
    insertExchange(
      house.owner,
      anExchange({
        ...here,
        siret: siretOf(1),
        organisationId,
        authorId: (
          await house.owner.query('select id from accounts where organisation_id = $1 limit 1', [organisationId])
        ).rows[0].id,
        ...over,
      }),
    )
  await met(plie, { occurredOn: addDays(today, -30), visibility: 'reseau' })
  await met(cap, { occurredOn: addDays(today, -3), visibility: 'organisation' })
  await met(cap, { occurredOn: addDays(today, -400), visibility: 'reseau' })
  const placed = await placedFor(training)
  assert.deepEqual(
    placed.map((item: any) => [item.organisation, item.fit, item.metOn, item.publics]),
    [
      ['PLIE d’essai', 'unsaid', addDays(today, -30), null],
      ['Cap d’essai', 'unsaid', null, null],
      ['Mission d’essai', 'not-kind', null, 'Jeunes de 16 à 25 ans'],
    ],
  )
})

test('CAM-7: how a structure answered counts the proposals of one’s own structure alone, since a year', async () => {
  const need = await noted({ kind: 'autre' })
  // Of the need of another structure, and of more than a year ago.
  const foreign = await noted({ kind: 'autre' }, karim)
  const lay = (of: string, from: string, by: Person, state: string, days: number) =>
    house.owner.query(
      `insert into need_proposals (id, need_id, siret, region_id, departement_id, epci_id, clpe_id, from_organisation, by_id, to_organisation, said_version,
          proposed_at, state, answered_by, answered_at, reason)
        select gen_random_uuid(), $1, siret, region_id, departement_id, epci_id, clpe_id, $2, $3, $4, 1, now(), $5, $3, now() - make_interval(days => $6),
          case when $5 in ('declined', 'unreachable') then 'Non' end from needs where id = $1`,
      [of, from, by.id, cap, state, days],
    )
  for (const [state, days] of [
    ['done', 10],
    ['done', 10],
    ['unreachable', 10],
    ['declined', 10],
    ['withdrawn', 10],
    ['declined', 400],
  ] as const)
    await lay(need, cc, claire, state, days)
  await lay(foreign, mission, karim, 'declined', 10)
  const answers = async (of: string, who: Person) =>
    (await placedFor(of, who)).find((item: any) => item.organisation === 'Cap d’essai').answers
  assert.deepEqual(await answers(need, claire), { yes: 3, of: 4 })
  assert.deepEqual(await answers(foreign, karim), { yes: 0, of: 1 })
  assert.equal((await house.call(karim, 'GET', `/needs/${need}/recipients`)).status, 403, 'who does not follow it')
})

const active = ({ state }: Viewer) => state === 'active'
test('SEC-6, CAM-7: who reads and who says what a structure takes: the policies and the database agree on every pair', async () => {
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation({ kind: 'operateur' })).id]
  const hashes = await peopleOfAllKinds(house, organisations, 60, seededRandom(79))
  await house.owner.query('delete from need_intakes')
  for (const id of [...organisations, cc])
    await house.owner.query(
      `insert into need_intakes (organisation_id, kinds, advice, jobs, said_by, said_at)
        select $1, '{recrutement}', '{}', '{}', id, now() from accounts limit 1`,
      [id],
    )
  const rows = [...organisations, cc].map(id => ({ id, organisationId: id }))
  const seen = (of: readonly Buffer[]) =>
    sightsOf(house.database, of, sql<{ id: string }>`select organisation_id as id from need_intakes`)
  const reads = (viewer: Viewer) => active(viewer) && mayReadIntake(viewer) === true
  const sights = await seen(hashes)
  assert.ok(sights.some(({ ids }) => ids.size === 3) && sights.some(({ ids }) => ids.size === 0))
  assert.deepEqual(disagreements(sights, rows, reads).slice(0, 3), [])
  for (const using of ['ctx.ok()', 'ctx.ok() and cardinality((select ctx.campagnes())::int[]) > 0'])
    await withPolicyChanged(house.owner, 'need_intakes', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => disagreements(await seen(one), rows, reads).length > 0), using),
    )
  // Written again, and written first: where the row stands no more.
  const changes = (one: Buffer, id: string) =>
    mayWrite(
      house.database,
      one,
      sql`update need_intakes set publics = 'x', said_by = ctx.account() where organisation_id = ${id}::uuid`,
    )
  const inserts = (one: Buffer, id: string, by: string | null = null) =>
    mayWrite(
      house.database,
      one,
      sql`insert into need_intakes (organisation_id, kinds, advice, jobs, said_by, said_at)
        values (${id}::uuid, '{recrutement}', '{}', '{}', coalesce(${by}::uuid, ctx.account()), now())`,
    )
  const viewers = sights.map(({ viewer }) => viewer)
  const some = hashes.slice(0, 30)
  let said = 0
  for (const one of some) {
    const [sight] = await seen([one])
    if (!sight) continue
    for (const { id, organisationId } of rows) {
      const may: boolean = active(sight.viewer) && maySayIntake(sight.viewer, { organisationId }) === true
      assert.equal(await changes(one, id), may)
      if (may) said++
    }
  }
  assert.ok(said > 0 && viewers.length > said)
  const own = '(select ctx.ok()) and organisation_id = (select ctx.organisation())'
  const leads = (viewer: Viewer) => active(viewer) && maySayIntake(viewer, viewer) === true
  /** Whether someone writes their own structure's where the policy says no. */
  const parts = (writes: (one: Buffer, id: string) => Promise<boolean>) =>
    isSeen(hashes, async ([one]) => {
      const [sight] = await seen([one!])
      return !!sight && (await writes(one!, sight.viewer.organisationId)) !== leads(sight.viewer)
    })
  await withPolicyChanged(house.owner, 'need_intakes', 'say_again', own, async () => assert.ok(await parts(changes)))
  await house.owner.query('delete from need_intakes')
  const leading = 'cardinality(( SELECT ctx.responsable() AS responsable)) > 0'
  await withCheckChanged(house.owner, 'need_intakes', 'say', leading, 'true', async () =>
    assert.ok(await parts((one, id) => inserts(one, id))),
  )
  for (const one of some) {
    const [sight] = await seen([one])
    if (!sight) continue
    for (const { id, organisationId } of rows)
      assert.equal(
        await inserts(one, id),
        active(sight.viewer) && maySayIntake(sight.viewer, { organisationId }) === true,
      )
    assert.equal(await inserts(one, sight.viewer.organisationId, claire.id), false, 'in another’s name')
  }
})
