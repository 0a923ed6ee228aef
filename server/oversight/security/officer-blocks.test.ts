/** What a detection blocked of a security officer (CSSI): an administrator lifts it, and nothing else. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { security } from './index.ts'
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
let admin: Person
let other: Person
let cssi: Person
let sole: Person
before(async () => {
  house = await openHouse([...security], { settings: { watch: { thresholds, byPerson: 40, openings: 30 } } })
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine')`)
  operator = (await house.organisation({ kind: 'operateur' })).id
})
/** Two administrators, a CSSI of a region, and the one of every region beside whom nobody is. */
beforeEach(async () => {
  await rows('update role_assignments set ends_at = now() where ends_at is null')
  ;[admin, other, cssi, sole] = (await Promise.all([0, 1, 2, 3].map(() => house.person(operator)))) as [
    Person,
    Person,
    Person,
    Person,
  ]
  await giveRole(house.owner, admin, 'administrateur')
  await giveRole(house.owner, other, 'administrateur')
  await giveRole(house.owner, cssi, 'cssi', { regionId: 1075 })
  await giveRole(house.owner, sole, 'cssi')
})
after(async () => {
  await worker.end()
  await house.close()
})
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const readsDeeds = async (who: Person, times: number) => {
  await rows(`update accounts set created_at = now() - interval '60 days' where id = $1`, [who.id])
  await rows(
    `insert into audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id,
      detail_digest) select gen_random_uuid(), now() - interval '1 minute', $1, $2, 'rgc-deed.file-read', 'rgc-deed',
      gen_random_uuid()::text, '', '', sha256('x') from generate_series(1, $3)`,
    [who.id, who.organisationId, times],
  )
}
const watch = () =>
  watchUses(thresholds, 40).run({}, {
    withPgClient: (work: (client: pg.Client) => unknown) => work(worker),
    logger: { info: () => {}, warn: () => {} },
  } as never)
const blockIdOf = async (who: Person): Promise<string> =>
  (await rows('select id from account_blocks where account_id = $1 and lifted_at is null', [who.id]))[0].id
const cut = async (who: Person, cause: 'suspect-use' | 'exceptional' = 'suspect-use') => {
  const id = uuidv7()
  const exceptional = cause === 'exceptional'
  await rows(
    `insert into account_blocks (id, account_id, organisation_id, cause, cuts, reason, incident, blocked_by, blocked_at)
      values ($1, $2, $3, $4, $5, 'essai', $6, $7, now())`,
    [
      id,
      who.id,
      who.organisationId,
      cause,
      exceptional ? 'account' : 'none',
      exceptional ? 'INC-1' : null,
      exceptional ? sole.id : null,
    ],
  )
  return id
}
const lift = (who: Person, id: string, verdict = 'Vérifié au téléphone avec elle') =>
  house.call(who, 'POST', `/security/officer-blocks/${id}/lift`, { verdict }, once())
const list = (who: Person) => house.call(who, 'GET', '/security/officer-blocks')
const told = async (kind: string, blockId: string) =>
  rows('select to_account_id as who, path from mails where kind = $1 and about_id = $2', [kind, blockId])
const liftedBy = async (id: string) =>
  (await rows('select lifted_by as by from account_blocks where id = $1 and lifted_at is not null', [id])).map(
    r => r.by,
  )

test('SEC-2, ACC-11: a CSSI blocked by the watch is told to the administrators, one of whom lifts it on a verdict; they come back, those concerned are told, it is in the trail', async () => {
  await readsDeeds(cssi, 7)
  await watch()
  assert.equal((await house.call(cssi, 'GET', '/security/blocks')).status, 401)
  const id = await blockIdOf(cssi)
  const warned = await told('suspect-use-officer', id)
  assert.deepEqual(Object.fromEntries(warned.map(m => [m.who, m.path])), {
    [sole.id]: '/securite',
    [admin.id]: '/administration/cssi-bloques',
    [other.id]: '/administration/cssi-bloques',
  })
  const [shown] = (await list(admin)).body.items
  assert.deepEqual(
    [shown.id, shown.person.id, shown.cuts, shown.by, shown.allowed],
    [id, cssi.id, 'account', null, ['lift']],
  )
  assert.match(shown.reason, /7 documents exportés en une journée \(seuil : 6\)/)

  const done = await lift(admin, id)
  assert.deepEqual([done.status, done.body.liftedBy.id, done.body.allowed], [200, admin.id, []])
  assert.equal('ofOfficer' in done.body, false)
  assert.deepEqual(
    await rows(
      `select e.actor_id as by, d.detail ->> 'verdict' as verdict, d.detail -> 'exceptional' as exceptional
        from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'account.unblocked' and e.subject_id = $1`,
      [cssi.id],
    ),
    [{ by: admin.id, verdict: 'Vérifié au téléphone avec elle', exceptional: false }],
  )
  assert.deepEqual(
    new Set((await told('block-lifted-officer', id)).map(m => m.who)),
    new Set([sole.id, admin.id, other.id]),
  )
  assert.deepEqual(
    (await rows('select role from ctx.effective_roles($1, now())', [cssi.id])).map(r => r.role),
    ['cssi'],
  )
  await watch()
  assert.equal((await list(admin)).body.items[0].liftedAt !== null, true, 'what led to it no longer counts')
})

test('SEC-2: the unusual use of the one CSSI of every region is told to an administrator, who notes what they found where nobody else could', async () => {
  await readsDeeds(sole, 7)
  await watch()
  const id = await blockIdOf(sole)
  assert.deepEqual(
    (await told('suspect-use-told', id)).filter(m => [admin.id, other.id].includes(m.who)).map(m => m.path),
    ['/administration/cssi-bloques', '/administration/cssi-bloques'],
  )
  const own = await house.call(sole, 'POST', `/security/blocks/${id}/lift`, { verdict: 'C’était bien moi' }, once())
  assert.equal(own.body.code, 'security/never-oneself')
  assert.deepEqual([(await lift(admin, id)).status, await liftedBy(id)], [200, [admin.id]])
})

test('SEC-2, SEC-6: an administrator lifts neither their own block, nor an exceptional act, nor what was blocked of anyone else', async () => {
  const both = await house.person(operator)
  await giveRole(house.owner, both, 'administrateur')
  await giveRole(house.owner, both, 'cssi', { regionId: 1075 })
  const own = await cut(both)
  assert.equal((await lift(both, own)).body.code, 'security/never-oneself')
  const [former, supporting] = [await house.person(operator), await house.person(operator)]
  await giveRole(house.owner, former, 'cssi', { endsAt: new Date() })
  await giveRole(house.owner, supporting, 'support')
  const elsewhere = await house.person((await house.organisation()).id)
  const refused = [
    await cut(cssi, 'exceptional'),
    await cut(former),
    await cut(supporting),
    await cut(other),
    await cut(elsewhere),
  ]
  for (const id of refused) assert.equal((await lift(admin, id)).body.code, 'access/role-required')
  const shown = (await list(admin)).body.items.filter((b: { liftedAt: string | null }) => b.liftedAt === null)
  assert.deepEqual(
    shown.map((b: { id: string }) => b.id).filter((id: string) => [own, ...refused].includes(id)),
    [own],
  )
  assert.deepEqual((await list(both)).body.items.find((b: { id: string }) => b.id === own).allowed, [])
  for (const id of [own, ...refused]) assert.deepEqual(await liftedBy(id), [])
  assert.equal((await lift(other, own)).status, 200, 'another administrator does')
})

test('SEC-2, AGR-16: the block of a CSSI is lifted neither by the CSSI of a region nor by who holds no such role, and without a verdict by nobody', async () => {
  const id = await cut(sole)
  const plain = await house.person(operator)
  for (const who of [cssi, plain]) {
    assert.equal((await list(who)).body.code, 'access/role-required')
    assert.equal((await lift(who, id)).body.code, 'access/role-required')
  }
  const byRegion = await house.call(
    cssi,
    'POST',
    `/security/blocks/${id}/lift`,
    { verdict: 'Vérifié au téléphone avec elle' },
    once(),
  )
  assert.equal(byRegion.status, 404)
  assert.equal((await house.call(null, 'GET', '/security/officer-blocks')).status, 401)
  assert.equal((await lift(admin, id, 'court')).body.code, 'request/malformed')
  assert.equal((await lift(admin, uuidv7())).status, 404)
  const asCssi = await house.call(
    admin,
    'POST',
    `/security/blocks/${id}/lift`,
    { verdict: 'Vérifié avec elle' },
    once(),
  )
  assert.equal(asCssi.body.code, 'access/role-required', 'by their own door alone')
  const late = await house.person(operator, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, late, 'administrateur')
  assert.equal((await lift(late, id)).body.code, 'session/step-up-required')
  assert.deepEqual(await liftedBy(id), [])
})

test('SEC-2: two administrators at once, or one twice: one lifts, the other reads that it is done', async () => {
  const id = await cut(sole)
  const answers = await Promise.all([lift(admin, id), lift(other, id)])
  assert.deepEqual(answers.map(a => a.body.code ?? 'done').sort(), ['done', 'security/already-lifted'])
  assert.equal((await lift(admin, id)).body.code, 'security/already-lifted')
  assert.equal((await liftedBy(id)).length, 1)
})
