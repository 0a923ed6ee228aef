/** Whoever oversees for the operator exports more in a day than an advisor; the rest of the watch is the same for all. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Role } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { security } from './index.ts'
import { type Office, oversees } from './suspicion.model.ts'
import { watchUses } from './watch-uses.job.ts'

const thresholds = {
  personsPerHour: 20,
  personsPerDay: 50,
  personsAtNight: 1000,
  exportsPerDay: 3,
  exportsPerDayOfOverseers: 6,
  refusalsPerHour: 5,
}
let house: House
let worker: pg.Client
let operator: string
let partner: string
before(async () => {
  house = await openHouse([...security], { settings: { watch: { thresholds, byPerson: 40, openings: 30 } } })
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine')`)
  operator = (await house.organisation({ kind: 'operateur' })).id
  partner = (await house.organisation()).id
})
after(async () => {
  await worker.end()
  await house.close()
})
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
/** An account of two months, which nothing makes younger than the others. */
const person = async (organisationId: string) => {
  const made = await house.person(organisationId)
  await rows(`update accounts set created_at = now() - interval '60 days' where id = $1`, [made.id])
  return made
}
const takesDeeds = async (who: Person, times: number) => {
  for (let n = 0; n < times; n++)
    await rows(
      `insert into audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
        request_id, detail_digest) values ($1, now() - interval '1 minute', $2, $3, 'rgc-deed.file-read', 'rgc-deed', $4, '',
        '', sha256('x'))`,
      [uuidv7(), who.id, who.organisationId, uuidv7()],
    )
}
const watch = () =>
  watchUses(thresholds, 40).run({}, {
    withPgClient: (work: (client: pg.Client) => unknown) => work(worker),
    logger: { info: () => {}, warn: () => {} },
  } as never)
const blockOf = async (who: Person) =>
  (await rows('select cuts, reason from account_blocks where account_id = $1', [who.id]))[0]

test('SEC-2: a CSSI, a regional direction or an administrator reads deeds beyond what blocks an advisor, and is blocked beyond their own budget', async () => {
  const advisor = await person(partner)
  await takesDeeds(advisor, 4)
  const [supporting, leaving] = [await person(operator), await person(operator)]
  await giveRole(house.owner, supporting, 'support')
  await takesDeeds(supporting, 4)
  await giveRole(house.owner, leaving, 'cssi', { regionId: 1075 })
  await rows('update role_assignments set ends_at = now() where account_id = $1', [leaving.id])
  await takesDeeds(leaving, 6)
  const overseers: Person[] = []
  for (const [role, given] of [
    ['cssi', {}],
    ['cssi', { regionId: 1075 }],
    ['direction-regionale', { regionId: 1075 }],
    ['administrateur', {}],
  ] as const) {
    const overseer = await person(operator)
    await giveRole(house.owner, overseer, role, given)
    await takesDeeds(overseer, 6)
    overseers.push(overseer)
  }
  await watch()
  assert.match((await blockOf(advisor)).reason, /^4 documents exportés en une journée \(seuil : 3\)\.$/)
  assert.match((await blockOf(supporting)).reason, /seuil : 3/)
  assert.equal(await blockOf(leaving), undefined, 'what was exported in office, once it is over')
  for (const overseer of overseers) assert.equal(await blockOf(overseer), undefined)
  for (const overseer of overseers) await takesDeeds(overseer, 1)
  await watch()
  for (const overseer of overseers)
    assert.match((await blockOf(overseer)).reason, /^7 documents exportés en une journée \(seuil : 6\)\.$/)
})

test('SEC-2: who oversees, or did in the day that is counted: the model and the database agree, each clause seen', async () => {
  const until = new Date('2026-12-01T12:00:00.000Z')
  const ago = (hours: number) => new Date(until.getTime() - hours * 3_600_000)
  const laid: { id: string; offices: Office[] }[] = []
  const lay = async (role: Role, over: Partial<Office> = {}) => {
    const office = { role, ofOperator: true, startsAt: ago(1000), endsAt: null, asleep: false, ...over }
    const holder = await house.person(office.ofOperator ? operator : partner)
    await giveRole(house.owner, holder, role, {
      regionId: role === 'direction-regionale' ? 1075 : null,
      startsAt: office.startsAt.toISOString(),
      endsAt: office.endsAt,
      seenAt: office.asleep ? null : 'infinity',
    })
    laid.push({ id: holder.id, offices: [office] })
  }
  for (const role of ['cssi', 'direction-regionale', 'administrateur', 'support', 'rssi', 'signataire'] as const)
    await lay(role)
  for (const over of [
    { endsAt: ago(23) },
    { endsAt: ago(24) },
    { endsAt: ago(-1) },
    { startsAt: until },
    { startsAt: ago(-1) },
    { startsAt: ago(24 * 300), asleep: true },
    { ofOperator: false },
  ])
    await lay('cssi', over)
  laid.push({ id: (await house.person(operator)).id, offices: [] })
  const apart = async () => {
    const found = new Set(
      (await rows('select o.id from ctx.overseers($1, $2) o (id)', [laid.map(l => l.id), until])).map(r => r.id),
    )
    return laid.filter(l => found.has(l.id) !== oversees(l.offices, until)).map(l => l.offices)
  }
  assert.deepEqual(await apart(), [])
  const asked = laid.slice(1).map(l => l.id)
  const others = await rows('select o.id from ctx.overseers($1, $2) o (id)', [asked, until])
  assert.ok(!others.some(({ id }) => id === laid[0]!.id), 'of those asked about')
  for (const [from, to] of [
    ["o.kind = 'operateur'", 'true'],
    ["'cssi', ", ''],
    ["'direction-regionale', ", ''],
    [", 'administrateur'", ''],
    ["r.role in ('cssi', 'direction-regionale', 'administrateur')", 'true'],
    ['r.starts_at <= until and', ''],
    ['r.starts_at <= until', 'r.starts_at < until'],
    ["(r.ends_at is null or r.ends_at > until - interval '24 hours') and", ''],
    ["r.ends_at > until - interval '24 hours'", "r.ends_at >= until - interval '24 hours'"],
    ["r.ends_at > until - interval '24 hours'", 'r.ends_at > until'],
    ['and not ctx.role_sleeps(r, until)', ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.overseers(uuid[], timestamptz)', from, to, async () =>
      assert.notDeepEqual(await apart(), [], `${from} → ${to}`),
    )
})
