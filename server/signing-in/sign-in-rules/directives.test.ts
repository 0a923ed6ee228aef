import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { profiles } from '../../../contract/route.ts'
import { audiences, type SignInWay, signInWays } from '../../../contract/signing-in/sign-in-rules.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { moveClock, putClockBack } from '../../testing/clock.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { actions as identity } from '../identity/index.ts'
import { insertSession } from '../identity/testing.ts'
import { refusedAudiences } from './directives.model.ts'
import type { Directive } from './directives-rules.ts'
import { signInRules } from './index.ts'

let house: House
let operator: string
let samir: Person
let claire: Person
const today = parisDay(new Date())
before(async () => {
  house = await openHouse([...identity, ...signInRules])
  operator = (await house.organisation({ kind: 'operateur' })).id
  samir = await house.person(operator)
  await giveRole(house.owner, samir, 'administrateur')
  claire = await house.person(operator, [
    { tool: 'campagnes', profile: 'conseiller' },
    { tool: 'fiche-etablissement', profile: 'consultation' },
  ])
})
after(() => house.close())
beforeEach(() => house.owner.query('delete from authentication_directives'))

const wanted = (over: object = {}) => ({
  audience: 'conseiller',
  effectiveOn: today,
  weakUntil: null,
  local: true,
  password: false,
  reason: 'Directive du RSSI',
  ...over,
})
const set = (body: object, who = samir) => house.call(who, 'POST', '/authentication-directives', body)
const lay = (d: Partial<Directive>) =>
  house.owner.query(
    'insert into authentication_directives (id, audience, effective_on, weak_until, local, password, reason, set_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [
      uuidv7(),
      d.audience ?? 'conseiller',
      d.effectiveOn ?? today,
      d.weakUntil ?? null,
      d.local ?? true,
      d.password ?? true,
      'x',
      d.setAt ?? new Date(),
    ],
  )
/** A session that came in that way. */
const came = async (account: Person, way: SignInWay): Promise<Person> => {
  const { id, cookie } = await insertSession(house.owner, account.id, {
    secondFactor: way.startsWith('proconnect') && way !== 'proconnect-local' ? 'proconnect' : 'totp',
  })
  await house.owner.query('update sessions set signed_in_by = $2, proof = $3 where id = $1', [
    id,
    way === 'password' ? 'password' : 'proconnect',
    way === 'proconnect' ? 'strong' : way === 'proconnect-weak' ? 'weak' : null,
  ])
  return { ...account, cookie, sessionId: id }
}
const enter = async (who: Person): Promise<Viewer> => {
  const tx = await house.database.begin()
  try {
    return (await tx.enter(tokenHash(who.cookie.slice('session='.length))))!
  } finally {
    await tx.rollback()
  }
}

test('IDN-7: the operator’s administrator sets what is accepted of a profile from a day on; it holds at the next request, and the trail says before and after', async () => {
  const byPassword = await came(claire, 'password')
  assert.deepEqual((await enter(byPassword)).grants.map(g => g.profile).sort(), ['conseiller', 'consultation'])
  const answer = await set(wanted())
  assert.deepEqual([answer.status, answer.body.standing, answer.body.audience], [200, 'in-effect', 'conseiller'])
  const viewer = await enter(byPassword)
  assert.deepEqual(
    [viewer.grants.map(g => g.profile), viewer.withheld.map(w => [w.profile, w.missing]), viewer.refusedAudiences],
    [['consultation'], [['conseiller', ['sign-in']]], ['conseiller']],
  )
  assert.deepEqual(
    (await house.call(byPassword, 'GET', '/me')).body.missing.map((m: { code: string }) => m.code),
    ['grant/sign-in'],
  )
  assert.equal((await enter(await came(claire, 'proconnect'))).grants.length, 2)
  assert.equal((await enter(await came(claire, 'proconnect-local'))).grants.length, 2)
  await set(wanted({ password: true }))
  assert.equal((await enter(byPassword)).grants.length, 2, 'and back, at the next request')
  const { items } = (await house.call(samir, 'GET', '/authentication-directives')).body
  assert.deepEqual(
    items.map((d: { password: boolean; standing: string }) => [d.password, d.standing]),
    [
      [true, 'in-effect'],
      [false, 'replaced'],
    ],
  )
  const trail = (
    await house.owner.query(
      "select d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.action = 'authentication-directive.set' order by e.at, e.id",
    )
  ).rows
  assert.deepEqual(
    [trail[0].detail.before, trail[1].detail.before.password, trail[1].detail.after.password],
    [null, false, true],
  )
})

test('IDN-7: one to come changes nothing before its day', async () => {
  const byPassword = await came(claire, 'password')
  assert.equal((await set(wanted({ effectiveOn: addDays(today, 1) }))).body.standing, 'to-come')
  assert.equal((await enter(byPassword)).grants.length, 2)
  await moveClock(house.owner, '1 day')
  try {
    const tomorrow = await insertSession(house.owner, claire.id, {
      secondFactor: 'totp',
      createdAt: new Date(Date.now() + 86_400_000),
      lastSeenAt: new Date(Date.now() + 86_400_000),
    })
    await house.owner.query(`update sessions set signed_in_by = 'password' where id = $1`, [tomorrow.id])
    assert.deepEqual((await enter({ ...claire, cookie: tomorrow.cookie })).refusedAudiences, ['conseiller'])
  } finally {
    await putClockBack(house.owner)
  }
})

test('IDN-7: a weak level no longer accepted is asked for a second factor, in the very session, and proving it gives everything back', async () => {
  const weak = await came(claire, 'proconnect-weak')
  assert.equal((await enter(weak)).state, 'active')
  await lay({ weakUntil: today })
  assert.equal((await enter(weak)).state, 'active', 'the last day included')
  await lay({ weakUntil: null, setAt: new Date(Date.now() + 1000).toISOString() })
  assert.deepEqual([(await enter(weak)).state, (await enter(weak)).grants], ['second-factor-required', []])
  const { proveSession } = await import('../identity/identity.queries.ts')
  const tx = await house.database.begin()
  const hash = tokenHash(weak.cookie.slice('session='.length))
  await tx.enter(hash)
  assert.equal(await proveSession(tx, hash, 'totp', new Date(), hash), true)
  await tx.commit()
  const viewer = await enter(weak)
  assert.deepEqual(
    [viewer.state, viewer.secondFactor, viewer.way, viewer.grants.length],
    ['active', 'totp', 'proconnect-local', 2],
  )
})

test('IDN-7: a directive for functions withholds roles, and its setter cannot shut themselves out', async () => {
  const local = await came(samir, 'proconnect-local')
  assert.equal((await set(wanted({ audience: 'fonction', local: false }), local)).body.code, 'directive/shuts-you-out')
  assert.equal((await set(wanted({ audience: 'fonction', local: false }))).status, 200)
  assert.deepEqual((await enter(local)).roles, [])
  assert.equal((await house.call(local, 'GET', '/authentication-directives')).body.code, 'access/sign-in-not-accepted')
  assert.ok(
    (await house.call(local, 'GET', '/me')).body.missing.some((m: { code: string }) => m.code === 'role/sign-in'),
  )
  assert.equal((await house.call(samir, 'GET', '/authentication-directives')).status, 200)
})

test('IDN-7: only the administrator, lately proven, sets and sees them; what has passed is not rewritten; malformed is refused', async () => {
  const officer = await house.person(operator)
  await giveRole(house.owner, officer, 'cssi')
  for (const who of [claire, officer]) {
    assert.equal((await set(wanted(), who)).body.code, 'access/role-required')
    assert.equal((await house.call(who, 'GET', '/authentication-directives')).body.code, 'access/role-required')
  }
  const stale = await insertSession(house.owner, samir.id, { provenAt: new Date(Date.now() - 11 * 60_000) })
  assert.equal((await set(wanted(), { ...samir, cookie: stale.cookie })).body.code, 'session/step-up-required')
  assert.equal((await set(wanted({ effectiveOn: addDays(today, -1) }))).body.code, 'directive/in-past')
  assert.equal(
    (await set(wanted({ effectiveOn: addDays(today, 2), weakUntil: addDays(today, 1) }))).body.code,
    'directive/weak-before',
  )
  for (const over of [
    { audience: 'tous' },
    { effectiveOn: 'demain' },
    { reason: ' ' },
    { local: 'oui' },
    { weakUntil: undefined },
  ])
    assert.equal((await set(wanted(over))).body.code, 'request/malformed', JSON.stringify(over))
  assert.equal((await house.owner.query('select count(*)::int as n from authentication_directives')).rows[0].n, 0)
  const tx = await house.database.begin()
  await tx.enter(tokenHash(claire.cookie.slice('session='.length)))
  await assert.rejects(
    tx.run(
      sql`insert into authentication_directives
        values (gen_random_uuid(), 'pilote', now(), null, true, true, 'x', ctx.account(), now())`,
    ),
    { code: '42501' },
  )
  await tx.rollback()
})

test('IDN-7, SEC-6: the rules and the database refuse the same audiences, on generated directives and people', async () => {
  const random = seededRandom(7)
  const laid: Directive[] = []
  for (let i = 0; i < 60; i++) {
    const effectiveOn = addDays(today, Math.floor(random() * 9) - 5)
    const d = {
      audience: pick(random, audiences),
      effectiveOn,
      weakUntil: random() < 0.4 ? null : addDays(effectiveOn, Math.floor(random() * 6)),
      local: random() < 0.5,
      password: random() < 0.5,
      setAt: new Date(Date.now() - Math.floor(random() * 1e9)).toISOString(),
    }
    laid.push(d)
  }
  laid.push({
    audience: 'conseiller',
    effectiveOn: today,
    weakUntil: today,
    local: false,
    password: true,
    setAt: new Date().toISOString(),
  })
  laid.push({
    audience: 'pilote',
    effectiveOn: today,
    weakUntil: null,
    local: true,
    password: true,
    setAt: new Date().toISOString(),
  })
  for (const d of laid) await lay(d)
  const people: { id: string; of: (typeof audiences)[number][] }[] = []
  for (let i = 0; i < 30; i++) {
    const held = profiles.filter(() => random() < 0.4)
    const over = profiles.filter(p => !held.includes(p) && random() < 0.3)
    const person = await house.person(operator, [
      ...held.map(profile => ({ profile })),
      ...over.map(profile =>
        pick(random, [
          { profile, revokedAt: new Date(0) },
          { profile, endsOn: addDays(today, -1) },
          { profile, startsOn: addDays(today, 1) },
        ]),
      ),
    ])
    const role = random() < 0.3
    if (role) await giveRole(house.owner, person, 'rgc')
    else if (random() < 0.3) await giveRole(house.owner, person, 'rgc', { endsAt: new Date(Date.now() - 1000) })
    people.push({ id: person.id, of: [...held, ...(role ? ['fonction' as const] : [])] })
  }
  const differences = async () => {
    let count = 0
    for (const { id, of } of people)
      for (const way of signInWays) {
        const inSql = (
          await house.owner.query('select ctx.refused_audiences($1, $2, ctx.clock()) as refused', [id, way])
        ).rows[0].refused
        if (JSON.stringify(inSql) !== JSON.stringify(refusedAudiences(laid, of, way, today))) count += 1
      }
    return count
  }
  assert.equal(await differences(), 0)
  const refused = 'ctx.refused_audiences(uuid,text,timestamp with time zone)',
    ruled = 'ctx.ruled_audiences(uuid,timestamp with time zone)'
  for (const [of, from, to] of [
    [refused, "when 'proconnect-local' then d.local", "when 'proconnect-local' then d.password"],
    [refused, 'd.weak_until >= ', 'd.weak_until > '],
    [refused, ', false) when', ', true) when'],
    [ruled, 'd.effective_on <= today', 'd.effective_on < today'],
    [ruled, 'd.set_at desc', 'd.set_at'],
    [ruled, 'order by d.effective_on desc', 'order by d.effective_on'],
    [ruled, 'g.revoked_at is null or', 'true or'],
    [ruled, 'g.ends_on >= today', 'true'],
    [ruled, 'g.starts_on <= today', 'true'],
    [ruled, 'ctx.effective_roles(of_account, at))', "ctx.effective_roles(of_account, at) r where r.role <> 'rgc')"],
  ] as const)
    assert.ok((await withFunctionChanged(house.owner, of, from, to, differences)) > 0, `${from} → ${to}`)
})
