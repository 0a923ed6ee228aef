import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Route } from '../../../contract/route.ts'
import { actions } from '../../actions.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { anOrganisation, insertConvention, insertOrganisation } from '../../people-and-rights/organisations/testing.ts'
import { endOfDay, parisDay } from '../../platform/time.ts'
import { moveClockTo, putClockBack } from '../../testing/clock.ts'
import { nameOf, routes, type Schema, sampleOf } from '../../testing/contract.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'

let house: House
before(async () => {
  house = await openHouse(actions)
})
after(() => house.close())

/** A partner at work until an instant: an advisor with every tool, an account manager with nothing left to do. */
const atWorkUntil = async (end: Date) => {
  const { id } = await insertOrganisation(house.owner, anOrganisation({ kind: 'epci' }), { convention: false })
  await insertConvention(house.owner, id, '2024-01-01T00:00:00Z', end)
  const advisor = await house.person(id, [
    { tool: 'campagnes', profile: 'pilote' },
    { tool: 'fiche-etablissement', profile: 'responsable' },
    { tool: 'fiche-recrutement', profile: 'consultation' },
  ])
  const manager = await house.person(id)
  await giveRole(house.owner, manager, 'rgc')
  return { id, advisor, manager }
}
const one = async (statement: string, values: unknown[]) => (await house.owner.query(statement, values)).rows[0].x

/** What the database answers of all that rests on the convention, at an instant. */
const rests = async ({ id, advisor, manager }: Awaited<ReturnType<typeof atWorkUntil>>, at: string) => ({
  inForce: await one('select ctx.in_force($1, $2::timestamptz) as x', [id, at]),
  tools: await one(
    `select coalesce(array_agg(distinct tool order by tool) filter (where missing = '{}'), '{}') as x
      from ctx.held_grants($1, $2::timestamptz)`,
    [advisor.id, at],
  ),
  withheldFor: await one(
    `select array(select distinct unnest(missing) from ctx.held_grants($1, $2::timestamptz)) as x`,
    [advisor.id, at],
  ),
  kept: await one(`select jsonb_array_length((ctx.worked_out($1, 'proconnect', $2::timestamptz)).granted) as x`, [
    advisor.id,
    at,
  ]),
  managerLacks: await one('select ctx.rgc_missing($1, $2::timestamptz) as x', [manager.id, at]),
})

test('AGR-7: at the instant it ends, and not a microsecond before, every tool, what is kept of rights and the account manager’s tool stop: in the database', async () => {
  const now = new Date()
  for (const [what, at] of [
    ['midnight in Paris', endOfDay(parisDay(now))],
    ['any instant, of a contested signature', new Date(now.getTime() + 3 * 86_400_000 + 17 * 60_000 + 589)],
  ] as const) {
    const end = at.toISOString()
    const partner = await atWorkUntil(at)
    const last = await one(`select ($1::timestamptz - interval '1 microsecond')::text as x`, [end])
    assert.deepEqual(
      await rests(partner, last),
      {
        inForce: true,
        tools: ['campagnes', 'fiche-etablissement', 'fiche-recrutement'],
        withheldFor: [],
        kept: 3,
        managerLacks: [],
      },
      what,
    )
    const after = await rests(partner, end)
    assert.deepEqual([after.inForce, after.tools, after.withheldFor, after.kept], [false, [], ['convention'], 0], what)
    assert.ok(after.managerLacks.includes('convention'), what)
    // What a session keeps of its rights is worked out anew no later than that.
    assert.equal(
      await one(`select ctx.rights_until($1, $2, $3::timestamptz) <= $4::timestamptz as x`, [
        partner.advisor.id,
        partner.id,
        last,
        end,
      ]),
      true,
      what,
    )
  }
})

const addressOf = (route: Route) => {
  const params = (route.params ? sampleOf(route.params as Schema) : {}) as Record<string, unknown>
  const query = Object.entries((route.query ? sampleOf(route.query as Schema) : {}) as Record<string, unknown>)
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])))
  return query.length ? `${path}?${new URLSearchParams(query.map(([k, v]): [string, string] => [k, String(v)]))}` : path
}
const ask = (who: Person, route: Route) =>
  house.call(who, route.method, addressOf(route), route.body ? sampleOf(route.body as Schema) : undefined, {
    ...(route.method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
    ...(route.versioned ? { 'if-match': '"1"' } : {}),
  })

test('AGR-7: over every route that needs a tool or the account manager’s, an open session is let in before the end and refused from it on; nothing is deleted', async () => {
  const end = new Date(Date.now() + 15 * 60_000)
  const { id, advisor, manager } = await atWorkUntil(end)
  const ofTools = routes.filter(route => /^(campagnes|fiche-)/.test(route.needs))
  const ofManagers = routes.filter(route => route.needs === 'role:rgc')
  assert.ok(ofTools.length > 60 && ofManagers.length > 10, `${ofTools.length}, ${ofManagers.length}`)
  const asked = [
    ...ofTools.map(route => [advisor, route] as const),
    ...ofManagers.map(route => [manager, route] as const),
  ]
  const gate = ['access/no-convention', 'access/role-required', 'access/no-grant', 'access/profile-required']
  // Readings alone: what a write of samples does is not asked here.
  for (const [who, route] of asked.filter(([, { method }]) => method === 'GET')) {
    const { status, body } = await ask(who, route)
    assert.ok(status < 500 && status !== 401 && !gate.includes(body.code), `${nameOf(route)}: ${status} ${body.code}`)
  }
  const everything = async () =>
    one(
      `select jsonb_agg(to_jsonb(x) order by x.id) as x from (select id, organisation_id, 'account' as what, status,
          null::timestamptz as ended from accounts where organisation_id = $1
        union all select id, organisation_id, 'grant', tool, revoked_at from grants where organisation_id = $1
        union all select id, organisation_id, 'role', role, ends_at from role_assignments where organisation_id = $1
        union all select id, organisation_id, 'deed', '', null from rgc_deeds where organisation_id = $1
        union all select id, organisation_id, 'certificate', '', null from rgc_certificates where organisation_id = $1
        union all select id, organisation_id, 'convention', number, ends_at from conventions where organisation_id = $1) x`,
      [id],
    )
  const before = await everything()
  assert.ok(before.length >= 9, `${before.length}`)
  await moveClockTo(house.owner, new Date(end.getTime() + 1_000))
  try {
    for (const [who, route] of asked) {
      const { status, body } = await ask(who, route)
      assert.deepEqual(
        [nameOf(route), status, who === advisor ? body.code : body.code.startsWith('access/')],
        [nameOf(route), 403, who === advisor ? 'access/no-convention' : true],
      )
    }
    assert.deepEqual(await everything(), before)
  } finally {
    await putClockBack(house.owner)
  }
})

test('AGR-7: a new convention revives no grant of the one that ended: each ends at its effect, once, with a trace, and is given anew', async () => {
  const day = 86_400_000
  const [ended, began] = [new Date(Date.now() - 10 * day), new Date(Date.now() - day)]
  const { id } = await insertOrganisation(house.owner, anOrganisation({ kind: 'epci' }), { convention: false })
  await insertConvention(house.owner, id, '2024-01-01T00:00:00Z', ended)
  const advisor = await house.person(id, [
    { tool: 'campagnes', profile: 'pilote' },
    { tool: 'fiche-etablissement', profile: 'responsable' },
    { tool: 'fiche-recrutement', profile: 'consultation' },
  ])
  await house.owner.query(`update grants set granted_at = '2026-01-01' where account_id = $1`, [advisor.id])
  // Ended by someone between the effect of the next one and its entry: their end stays theirs.
  const moved = await house.person(id, [{ tool: 'campagnes', profile: 'conseiller' }])
  const byHand = new Date(Date.now() - day / 2)
  await house.owner.query(
    `update grants set granted_at = '2026-01-01', revoked_at = $2, revoked_by = $3, revoke_reason = 'Mutation'
      where account_id = $1`,
    [moved.id, byHand, advisor.id],
  )
  // Given meanwhile, as the operator may: it waits for the next convention, and opens under it.
  const early = await house.person(id, [{ tool: 'campagnes', profile: 'conseiller' }])
  await house.owner.query('update grants set granted_at = $2 where account_id = $1', [early.id, ended])
  const grants = async (who: Person) =>
    (
      await house.owner.query(
        `select distinct revoked_at, revoked_by, revoke_reason, count(*) over ()::int as n from grants
          where account_id = $1`,
        [who.id],
      )
    ).rows
  const open = { revoked_at: null, revoked_by: null, revoke_reason: null }
  assert.deepEqual(await grants(advisor), [{ ...open, n: 3 }], 'an end alone deletes and ends nothing')
  assert.equal((await house.call(advisor, 'GET', '/campaigns')).body.code, 'access/no-convention')

  await insertConvention(house.owner, id, began.toISOString())
  const reason = 'La convention sous laquelle elle avait été donnée a pris fin.'
  assert.deepEqual(await grants(advisor), [{ revoked_at: began, revoked_by: null, revoke_reason: reason, n: 3 }])
  assert.deepEqual(await grants(early), [{ ...open, n: 1 }])
  assert.deepEqual(await grants(moved), [
    { revoked_at: byHand, revoked_by: advisor.id, revoke_reason: 'Mutation', n: 1 },
  ])
  assert.equal((await house.call(advisor, 'GET', '/campaigns')).body.code, 'access/no-grant')
  assert.equal((await house.call(early, 'GET', '/campaigns')).status, 200)
  // Nothing is done twice by what follows of the convention.
  await house.owner.query('update conventions set ends_at = null where organisation_id = $1 and ends_at is null', [id])
  const { rows } = await house.owner.query(
    `select e.actor_id, e.organisation_id, cardinality(array(select jsonb_array_elements(d.detail -> 'grants'))) as n
      from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'grant.lapsed' and e.subject_kind = 'account' and e.subject_id = any ($1)`,
    [[advisor.id, early.id]],
  )
  assert.deepEqual(rows, [{ actor_id: null, organisation_id: id, n: 3 }])
  // Whatever an owner writes of them, the rule itself opens nothing.
  await house.owner.query('update grants set revoked_at = null, revoke_reason = null where account_id = $1', [
    advisor.id,
  ])
  assert.equal((await house.call(advisor, 'GET', '/campaigns')).body.code, 'access/no-grant')
  await house.owner.query('update grants set revoked_at = $2 where account_id = $1', [advisor.id, began])

  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde') on conflict do nothing`,
  )
  const manager = await house.person(id)
  await giveRole(house.owner, manager, 'rgc')
  const given = await house.call(
    manager,
    'POST',
    `/habilitations/people/${advisor.id}/grants`,
    {
      tool: 'campagnes',
      profile: 'conseiller',
      perimeter: { territoryId: 2033 },
      purpose: 'prospection',
      reason: 'Donnée sous la nouvelle convention',
    },
    { 'idempotency-key': crypto.randomUUID() },
  )
  assert.equal(given.status, 200, JSON.stringify(given.body))
  assert.equal((await house.call(advisor, 'GET', '/campaigns')).status, 200)
})
