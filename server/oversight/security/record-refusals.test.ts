import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actions } from '../../actions.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { readConfig } from '../../platform/config.ts'
import { exceptions } from '../../platform/exceptions.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { buildServer } from '../../platform/server.ts'
import { plugins } from '../../plugins.ts'
import { settingsOf } from '../../settings.ts'
import { insertTaskForce } from '../../territory-and-register/territories/testing.ts'
import { temporaryFolder } from '../../testing/folder.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { recordRefusals } from './record-refusals.ts'

let house: House
let claire: Person
let at = new Date('2026-11-25T10:00:00Z')
const clock = () => at
before(async () => {
  house = await openHouse(actions)
  claire = await house.person((await house.organisation()).id, [
    { tool: 'campagnes', profile: 'conseiller', territoryId: 0 },
  ])
})
after(() => house.close())

/** A server that records refusals, beside the house's. */
const withRefusals = async (database = house.database, tell?: () => void) => {
  const errors: unknown[] = []
  const refused = recordRefusals(database, {
    clock,
    newId: uuidv7,
    key: Buffer.alloc(32, 7),
    everyMs: 3_600_000,
    onError: e => errors.push(e),
  })
  const config = readConfig({
    DATA_DIR: temporaryFolder(),
    LAUNCHED_STAND_IN: 'http://localhost:1/api/v2',
    LAUNCHED_STAND_IN_SECRET: 'secret',
  })
  const server = await buildServer({
    database: house.database,
    actions,
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1e6,
    shedLoad: false,
    onRefused: tell ?? refused.onRefused,
    exceptions: plugins(
      { ...config, publicUrl: 'http://localhost' },
      house.database,
      house.database,
      settingsOf(config),
      { onRevealed: () => {} },
    ),
  })
  const ask = async (
    path: string,
    {
      who = claire,
      method = 'GET',
      body,
      headers,
    }: { who?: Person | null; method?: 'GET' | 'POST' | 'PUT'; body?: object; headers?: Record<string, string> } = {},
  ) =>
    (
      await server.inject({
        method,
        url: `/api${path}`,
        headers: { ...(who ? { cookie: who.cookie } : {}), 'idempotency-key': uuidv7(), ...headers },
        ...(body ? { payload: body } : {}),
      })
    ).json().code
  return {
    refused,
    ask,
    errors,
    close: async () => {
      await server.close()
      await refused.stop()
    },
  }
}
const written = async () =>
  (
    await house.owner.query(
      `select e.actor_id as actor, e.organisation_id as organisation, e.subject_kind || ' ' || e.subject_id as subject,
        e.at, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where action = 'access.refused'
        order by e.xid, e.id`,
    )
  ).rows

test('SEC-2: what is refused by right to someone signed in is in the trail, in one entry, each thing once a quarter of an hour, without saying what was sought', async () => {
  const { refused, ask, close } = await withRefusals()
  const [one, two, deed] = [uuidv7(), uuidv7(), uuidv7()]
  for (const path of [
    `/campaigns/${one}`,
    `/campaigns/${one}/progress`,
    `/campaigns/${one}`,
    `/campaigns/${two}`,
    `/rgc/deeds/${deed}/deed.pdf`,
  ])
    assert.equal(await ask(path), 'not-found', path)
  assert.equal(await ask('/security/blocks'), 'access/role-required')
  assert.equal(await ask('/security/people?q=un'), 'access/role-required')
  assert.equal(await ask('/security/people?q=autre'), 'access/role-required')
  assert.equal(
    await ask('/security/blocks', {
      method: 'POST',
      body: { accountId: one, reason: 'Motif assez long', incident: 'INC' },
    }),
    'access/role-required',
  )
  // None of these tells anything: not signed in, malformed, no such page, a public number.
  for (const [path, who] of [
    [`/campaigns/${one}`, null],
    ['/campaigns/rien', claire],
    ['/nulle-part', claire],
  ] as const)
    await ask(path, { who })
  assert.deepEqual(await written(), [], 'a refusal waits for no write')
  await refused.flush()
  const [entry, ...others] = await written()
  assert.deepEqual(
    [others.length, entry.actor, entry.organisation, entry.subject, entry.at.toISOString()],
    [0, claire.id, claire.organisationId, `account ${claire.id}`, at.toISOString()],
  )
  assert.deepEqual(
    entry.detail.refused.map((r: { code: string; route: string }) => `${r.code} ${r.route}`),
    [
      'not-found GET /api/campaigns/:campaignId',
      'not-found GET /api/campaigns/:campaignId',
      'not-found GET /api/rgc/deeds/:deedId/deed.pdf',
      'access/role-required GET /api/security/blocks',
      'access/role-required GET /api/security/people',
      'access/role-required POST /api/security/blocks',
    ],
  )
  for (const sought of [one, two, deed, 'autre']) assert.doesNotMatch(JSON.stringify(entry), new RegExp(sought))
  at = new Date(at.getTime() + 5 * 60_000)
  await ask(`/campaigns/${one}`)
  await refused.flush()
  assert.equal((await written()).length, 1)
  at = new Date(at.getTime() + 20 * 60_000)
  await ask(`/campaigns/${one}`)
  await close()
  const again = (await written())[1].detail.refused
  assert.deepEqual(
    [again.length, again[0].thing],
    [1, entry.detail.refused[0].thing],
    'the same thing is known as the same',
  )
})

const party = { name: 'Alix Modèle', capacity: 'Présidente', act: 'Délibération 2026-40', actOn: '2026-01-20' }
const amendment = {
  ...{ title: 'Report du terme', body: 'Le terme est reporté.', termOn: null, renews: true },
  signatories: { partenaire: party, operateur: party },
}
test('SEC-2: what answers outside the envelope counts its refusals too', async () => {
  const { refused, ask, close } = await withRefusals()
  const before = (await written()).length
  // A figure is nobody's: its code refuses no one.
  const routes = exceptions.filter(e => /^\/api\/.*:(?!code)/.test(e.path))
  assert.ok(routes.length >= 7)
  for (const { method, path } of routes)
    assert.match(
      await ask(
        path
          .slice('/api'.length)
          .replace(':position', '0')
          .replaceAll(/:\w+/g, () => uuidv7()),
        {
          method: method as 'GET' | 'POST',
          ...(path.endsWith('/export') ? { body: { purpose: 'Essai', format: 'csv' } } : {}),
          ...(path.endsWith('/amendment-document') ? { body: amendment } : {}),
          ...(path.endsWith('/:position')
            ? { body: Buffer.of(1), headers: { 'content-type': 'application/octet-stream' } }
            : {}),
        },
      ),
      /^(not-found|access\/role-required|upload\/for-parties-only)$/,
      path,
    )
  await refused.flush()
  await close()
  const [entry] = (await written()).slice(before)
  assert.deepEqual(
    entry.detail.refused.map((r: { route: string }) => r.route),
    routes.map(r => `${r.method} ${r.path}`),
  )
})

test('SEC-2: editing the task force of another structure is a refusal, told and counted, though a territory is a number', async () => {
  const [pilots, others] = [await house.organisation(), await house.organisation()]
  await house.owner.query(`insert into territories (id, kind, code, name) values (10001, 'clpe', 'CLPE1', 'Un')`)
  await insertTaskForce(house.owner, {
    clpeId: 10001,
    pilotId: pilots.id,
    memberIds: [others.id],
    sensitiveSectors: [],
  })
  const ines = await house.person(others.id, [{ tool: 'campagnes', profile: 'pilote', territoryId: 0 }])
  const edit = {
    who: ines,
    method: 'PUT',
    body: { pilotId: others.id, memberIds: [], sensitiveSectors: [] },
    headers: { 'if-match': '"1"' },
  } as const
  const before = (await written()).length
  const { refused, ask, close } = await withRefusals()
  assert.equal(await ask('/territories/10001/task-force', edit), 'task-force/pilot-only')
  await refused.flush()
  await close()
  const [entry, ...more] = (await written()).slice(before)
  assert.deepEqual(
    [more.length, entry.actor, entry.detail.refused.map((r: { code: string }) => r.code)],
    [0, ines.id, ['task-force/pilot-only']],
  )
  const broken = await withRefusals(house.database, () => {
    throw new TypeError('a fault of whoever counts')
  })
  assert.equal(
    await broken.ask('/territories/10001/task-force', edit),
    'task-force/pilot-only',
    'the answer does not hang on the count',
  )
  await broken.close()
})

test('SEC-2: whose convention ends, whose grant is blocked or whose grant ends while ten pages are open: what they ask again is nothing, or one page each', async () => {
  const { refused, ask, close } = await withRefusals()
  const before = (await written()).length
  const campaigns = Array.from({ length: 10 }, () => uuidv7())
  const open = async (who: Person, code: string) => {
    for (let turn = 0; turn < 3; turn++)
      for (const id of campaigns)
        for (const path of [`/campaigns/${id}`, `/campaigns/${id}/progress`, '/campaigns'])
          assert.equal(await ask(path, { who }), code)
  }
  const [ended, blocked, cut] = (await Promise.all(
    [0, 1, 2].map(async () =>
      house.person((await house.organisation()).id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }]),
    ),
  )) as [Person, Person, Person]
  await house.owner.query('update conventions set ends_at = now() where organisation_id = $1', [ended.organisationId])
  await house.owner.query(
    `insert into account_blocks (id, account_id, organisation_id, cause, cuts, grant_id, reason, incident, blocked_by,
      blocked_at)
      select $1, account_id, organisation_id, 'exceptional', 'grant', id, 'Essai', 'INC-1', account_id, now()
        from grants where account_id = $2`,
    [uuidv7(), blocked.id],
  )
  await house.owner.query(
    `update grants set revoked_at = now(), revoke_reason = 'Fin de mission' where account_id = $1`,
    [cut.id],
  )
  await open(ended, 'access/no-convention')
  await open(blocked, 'access/blocked')
  await refused.flush()
  assert.equal((await written()).length, before)
  await open(cut, 'access/no-grant')
  await close()
  const [entry] = (await written()).slice(before)
  assert.equal(entry.detail.refused.length, 3)
})

test('SEC-2: with the database away, refusals wait and no answer fails; several people are told apart', async () => {
  const before = (await written()).length
  let down = true
  const rgc = await house.person(claire.organisationId)
  await giveRole(house.owner, rgc, 'rgc')
  const { refused, ask, errors, close } = await withRefusals({
    ...house.database,
    run: query => (down ? Promise.reject(new Error('away')) : house.database.run(query)),
  })
  assert.equal(await ask('/security/blocks'), 'access/role-required')
  await refused.flush()
  assert.equal(await ask('/security/blocks', { who: rgc }), 'access/role-required')
  down = false
  await close()
  assert.deepEqual(
    [
      errors.length,
      (await written())
        .slice(before)
        .map(e => e.actor)
        .sort(),
    ],
    [1, [claire.id, rgc.id].sort()],
  )
})
