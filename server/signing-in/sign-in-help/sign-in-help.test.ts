import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { importChanged, withFunctionChanged } from '../../testing/parity.ts'
import { aViewer } from '../../testing/viewer.ts'
import { actions as identityActions } from '../identity/index.ts'
import { digest } from '../identity/session-token.ts'
import { insertSession, unreachableIdentity } from '../identity/testing.ts'
import { signInHelp } from './index.ts'
import * as policy from './sign-in-help.policy.ts'

const identity = unreachableIdentity()
let house: House
let partnerName: string
let partner: string, other: string, operator: string
let rgc: Person, second: Person, claire: Person, cssi: Person, stranger: Person
before(async () => {
  house = await openHouse([...identityActions, ...signInHelp], { settings: { identity } })
  partnerName = 'Mission locale d’essai'
  ;[partner, other, operator] = [
    (await house.organisation({ name: partnerName })).id,
    (await house.organisation()).id,
    (await house.organisation({ kind: 'operateur' })).id,
  ]
  ;[rgc, second, claire, stranger, cssi] = await Promise.all([
    house.person(partner),
    house.person(partner),
    house.person(partner),
    house.person(other),
    house.person(operator),
  ])
  for (const who of [rgc, second, stranger]) await giveRole(house.owner, who, 'rgc')
  await giveRole(house.owner, cssi, 'cssi')
})
after(() => house.close())

const factors = async (who: Person) => {
  await house.owner.query(
    `insert into second_factors (id, account_id, kind, label, created_at, secret, last_step)
      values ($1, $2, 'totp', 'Téléphone', now(), '\\x00', 0)`,
    [uuidv7(), who.id],
  )
  await house.owner.query('insert into recovery_codes (account_id, code_hash) values ($1, $2)', [
    who.id,
    randomBytes(32),
  ])
  await house.owner.query(
    'insert into second_factor_failures (account_id, failures, wait_until) values ($1, 9, now()) on conflict do nothing',
    [who.id],
  )
}
const left = async (who: Person) =>
  (
    await house.owner.query(
      `select (select count(*) from second_factors where account_id = $1)::int + (select count(*) from recovery_codes
        where account_id = $1)::int
  + (select count(*) from second_factor_failures where account_id = $1)::int as n`,
      [who.id],
    )
  ).rows[0].n
const openSessions = async (who: Person) =>
  (
    await house.owner.query('select count(*)::int as n from sessions where account_id = $1 and ended_at is null', [
      who.id,
    ])
  ).rows[0].n
const reset = (by: Person, of: Person, body: unknown = { reason: 'Téléphone perdu, vérifié de vive voix' }) =>
  house.call(by, 'POST', `/accounts/${of.id}/second-factors/reset`, body)
const shown = (who: Person) => ({
  name: who.name,
  organisationName: partnerName,
  own: false,
  reasonNeeded: false,
  waiting: [],
})
const mails = async (who: Person, kind: string) =>
  (
    await house.owner.query(
      'select subject, body from mails where to_account_id = $1 and kind = $2 order by created_at, id',
      [who.id, kind],
    )
  ).rows
const allow = (organisation: string, allowed = true) =>
  house.owner.query(
    `insert into organisation_sign_in (id, organisation_id, password_allowed, set_at, reason)
      values ($1, $2, $3, clock_timestamp(), 'x')`,
    [uuidv7(), organisation, allowed],
  )

test('IDN-6: the account manager resets the second factor of one of their own: all ways gone, sessions ended, the person told, the reason in the trail', async () => {
  await factors(claire)
  await insertSession(house.owner, claire.id)
  assert.deepEqual((await house.call(rgc, 'GET', `/accounts/${claire.id}/sign-in`)).body, {
    ...shown(claire),
    secondFactors: 1,
    hasPassword: false,
    allowed: ['reset-second-factors'],
  })
  const { status, body } = await reset(rgc, claire)
  assert.deepEqual([status, body], [200, { factors: 1, sessionsEnded: 2, code: body.code, endsAt: body.endsAt }])
  assert.match(body.code, /^\d{4} \d{4}$/)
  assert.deepEqual([await left(claire), await openSessions(claire)], [0, 0])
  assert.equal((await mails(claire, 'second-factor-reset')).length, 1)
  const {
    rows: [entry],
  } = await house.owner.query(
    "select e.actor_id, e.subject_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.action = 'second-factors.reset'",
  )
  assert.deepEqual(
    [entry.actor_id, entry.subject_id, entry.detail.reason],
    [rgc.id, claire.id, 'Téléphone perdu, vérifié de vive voix'],
  )
  assert.equal((await reset(rgc, claire)).body.code, 'recovery/no-factor', 'a second time there is nothing left')
  assert.ok(
    !JSON.stringify([await mails(claire, 'second-factor-reset'), entry.detail]).includes(body.code.replace(' ', '')),
    'the code is in no mail and not in the trail',
  )
  const [first, elsewhere] = [
    await insertSession(house.owner, claire.id, { secondFactor: null }),
    await insertSession(house.owner, claire.id, { secondFactor: null }),
  ]
  const start = ({ cookie }: { cookie: string }) => house.call({ ...claire, cookie }, 'POST', '/second-factor/passkeys')
  const open = ({ cookie }: { cookie: string }, code: string) =>
    house.call({ ...claire, cookie }, 'POST', '/second-factor/open', { code })
  assert.equal(
    (await start(first)).body.code,
    'second-factor/code-needed',
    'who reads the mails and has the first factor registers nothing',
  )
  assert.equal((await open(first, body.code)).status, 200)
  assert.equal((await start(first)).status, 200, 'with the code, the person registers another')
  assert.equal((await start(elsewhere)).body.code, 'second-factor/code-needed', 'in that session alone')
  assert.equal((await open(elsewhere, body.code)).body.code, 'second-factor/code-over', 'and the code serves once')
})

test('IDN-6: never one’s own; an account manager’s, the security officer alone; another structure’s, nobody of ours; nobody else at all', async () => {
  for (const who of [rgc, second, claire, stranger, cssi]) await factors(who)
  claire = { ...claire, cookie: (await insertSession(house.owner, claire.id)).cookie }
  for (const [by, of, code] of [
    [rgc, rgc, 'recovery/not-oneself'],
    [cssi, cssi, 'recovery/not-oneself'],
    [rgc, second, 'recovery/officer-only'],
    [claire, rgc, 'recovery/officer-only'],
    [stranger, claire, 'recovery/manager-only'],
    [claire, stranger, 'recovery/officer-only'],
    [cssi, claire, 'recovery/manager-only'],
  ] as const) {
    const answer = await reset(by, of)
    assert.deepEqual([answer.status, answer.body.code], [403, code])
  }
  assert.equal(await left(claire), 3)
  // SEC-6: nobody but who may be of help, and oneself, learns from here that an account is there.
  const signIn = async (by: Person, of: Person) => {
    const { status, body } = await house.call(by, 'GET', `/accounts/${of.id}/sign-in`)
    return status === 200 ? [body.name, body.secondFactors, body.allowed] : [status, body.code]
  }
  for (const [by, of] of [
    [stranger, claire],
    [claire, rgc],
    [claire, stranger],
    [await house.person(partner), claire],
  ] as const)
    assert.deepEqual(await signIn(by, of), [404, 'not-found'])
  assert.deepEqual(
    [await signIn(claire, claire), await signIn(cssi, claire), await signIn(rgc, second)],
    [
      [claire.name, null, []],
      [claire.name, null, []],
      [second.name, null, []],
    ],
  )
  assert.equal((await reset(cssi, second)).status, 200)
  assert.equal(await left(second), 0)
  assert.equal(
    (await house.call(rgc, 'POST', `/accounts/${uuidv7()}/second-factors/reset`, { reason: 'x' })).status,
    404,
  )
})

test('IDN-5, IDN-6: a recent proof and a reason are needed; two at once reset once', async () => {
  const stale = await insertSession(house.owner, rgc.id, { provenAt: new Date(Date.now() - 11 * 60_000) })
  assert.equal((await reset({ ...rgc, cookie: stale.cookie }, claire)).body.code, 'session/step-up-required')
  for (const body of [{}, { reason: '' }, { reason: '   ' }, { reason: 'x'.repeat(301) }])
    assert.equal((await reset(rgc, claire, body)).body.code, 'request/malformed')
  const both = await Promise.all([reset(rgc, claire), reset(rgc, claire)])
  assert.equal(both.filter(a => a.status === 200 && a.body.factors === 1).length, 1)
})

test('IDN-3: the account manager sends a link to the person’s own address, where passwords are open, and never sees it', async () => {
  const send = (by: Person, of: Person) => house.call(by, 'POST', `/accounts/${of.id}/password-link`, {})
  assert.equal((await send(rgc, claire)).body.code, 'password/not-open')
  await allow(partner)
  assert.deepEqual((await house.call(rgc, 'GET', `/accounts/${claire.id}/sign-in`)).body.allowed, [
    'give-enrolment-code',
    'send-password-link',
  ])
  const answer = await send(rgc, claire)
  assert.deepEqual([answer.status, Object.keys(answer.body)], [200, ['code', 'endsAt']])
  assert.equal((await send(rgc, claire)).status, 200)
  const sent = await mails(claire, 'password-link')
  const tokens = sent.map(m => /http:\/\/localhost\/connexion\/choisir-mot-de-passe#([\w-]{43})\n/.exec(m.body)![1]!)
  assert.equal(tokens.length, 2)
  const kept = (
    await house.owner.query(
      'select token_hash, made_by, code_hash is not null as coded from password_links where account_id = $1',
      [claire.id],
    )
  ).rows
  assert.deepEqual(
    kept,
    [{ token_hash: digest(tokens.at(-1)!), made_by: rgc.id, coded: true }],
    'the newer kills the older',
  )
  assert.ok(
    !sent.some(m => m.body.includes(answer.body.code) || m.body.includes(answer.body.code.replace(' ', ''))),
    'the code is in no mail',
  )
  const trail = JSON.stringify(
    (
      await house.owner.query(
        "select d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.action = 'password.link-made'",
      )
    ).rows,
  )
  assert.ok(!tokens.some(t => trail.includes(t)), 'the trail holds no link')
  for (const [by, of, code] of [
    [rgc, rgc, 'recovery/not-oneself'],
    [rgc, second, 'recovery/officer-only'],
    [stranger, claire, 'recovery/manager-only'],
    [cssi, claire, 'recovery/manager-only'],
  ] as const)
    assert.equal((await send(by, of)).body.code, code)
  assert.equal((await send(cssi, second)).status, 200)
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [claire.id])
  assert.equal((await send(rgc, claire)).body.code, 'password/not-open')
  await house.owner.query(`update accounts set status = 'active' where id = $1`, [claire.id])
  await allow(partner, false)
})

test('IDN-2, IDN-6: a code is handed over to who has no second factor: five tries counted at once, a day, the newer kills the older, the person told', async () => {
  const give = (by: Person, of: Person) => house.call(by, 'POST', `/accounts/${of.id}/enrolment-code`, {})
  const late = await house.person(partner)
  await house.owner.query(`update first_enrolments set open_until = now() where account_id = $1`, [late.id])
  const session = { ...late, cookie: (await insertSession(house.owner, late.id, { secondFactor: null })).cookie }
  const start = () => house.call(session, 'POST', '/second-factor/totp')
  const open = (code: string) => house.call(session, 'POST', '/second-factor/open', { code })
  assert.equal((await house.call(session, 'GET', '/me')).body.factors.enrolmentOpen, false)
  assert.equal((await start()).body.code, 'second-factor/code-needed')
  assert.equal((await open('12345678')).body.code, 'second-factor/code-over', 'none was given')
  for (const [by, of, code] of [
    [late, late, 'recovery/not-oneself'],
    [rgc, second, 'recovery/officer-only'],
    [stranger, late, 'recovery/manager-only'],
    [cssi, late, 'recovery/manager-only'],
  ] as const)
    assert.equal((await give(by, of)).body.code, code)
  const stale = await insertSession(house.owner, rgc.id, { provenAt: new Date(Date.now() - 11 * 60_000) })
  assert.equal((await give({ ...rgc, cookie: stale.cookie }, late)).body.code, 'session/step-up-required')
  const older = (await give(rgc, late)).body.code as string
  const { status, body } = await give(rgc, late)
  assert.equal(status, 200)
  assert.equal((await mails(late, 'second-factor-code')).length, 2)
  if (older !== body.code)
    assert.equal((await open(older)).body.code, 'second-factor/code-refused', 'the newer kills the older')
  assert.equal((await open(body.code)).status, 200)
  assert.equal((await house.call(session, 'GET', '/me')).body.factors.enrolmentOpen, true)
  assert.equal((await start()).status, 200)
  const wrong = String((Number(body.code.replace(' ', '')) + 1) % 100_000_000).padStart(8, '0')
  const again = { ...late, cookie: (await insertSession(house.owner, late.id, { secondFactor: null })).cookie }
  const guessed = (await give(rgc, late)).body.code as string
  const other = guessed.replace(' ', '') === wrong ? '00000000' : wrong
  const guesses = await Promise.all(
    Array.from({ length: 7 }, () => house.call(again, 'POST', '/second-factor/open', { code: other })),
  )
  assert.deepEqual(guesses.map(g => g.body.code).sort(), [
    ...Array.from({ length: 2 }, () => 'second-factor/code-over'),
    ...Array.from({ length: 5 }, () => 'second-factor/code-refused'),
  ])
  assert.equal(
    (await house.call(again, 'POST', '/second-factor/open', { code: guessed })).body.code,
    'second-factor/code-over',
  )
  const lapsed = (await give(rgc, late)).body.code as string
  await house.owner.query(`update first_enrolments set code_until = now() where account_id = $1`, [late.id])
  assert.equal(
    (await house.call(again, 'POST', '/second-factor/open', { code: lapsed })).body.code,
    'second-factor/code-over',
  )
  await factors(late)
  assert.equal((await give(rgc, late)).body.code, 'recovery/has-factor')
  await house.owner.query('delete from second_factors where account_id = $1', [late.id])
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [late.id])
  assert.equal((await give(rgc, late)).body.code, 'recovery/not-active')
})

test('IDN-6, SEC-6: the policy and the database agree on who may help whom, and notice the loss of any clause', async () => {
  const people: Person[] = []
  for (const organisation of [partner, other, operator])
    for (const role of [null, 'rgc', 'cssi', 'administrateur', 'support', 'past'] as const) {
      const who = await house.person(organisation)
      if (role === 'past') await giveRole(house.owner, who, 'rgc', { endsAt: new Date(Date.now() - 1000) })
      else if (role) await giveRole(house.owner, who, role)
      people.push(who)
    }
  const both = await house.person(operator) // manages accounts, and watches over those who do: still not for themselves
  await giveRole(house.owner, both, 'rgc')
  await giveRole(house.owner, both, 'cssi')
  people.push(both)
  const locked = {
    ...people[1]!,
    cookie: (await insertSession(house.owner, people[1]!.id, { lastSeenAt: new Date(Date.now() - 31 * 60_000) }))
      .cookie,
  }
  const differences = async (mayHelp: typeof policy.mayHelp = policy.mayHelp) => {
    let count = 0
    // A context that nobody sealed, as an injected statement would write it, opens nothing.
    const forged = await house.database.begin()
    await forged.run(
      sql`select set_config('ctx.roles', '{rgc,cssi}', true), set_config('ctx.organisation', ${partner}, true),
        set_config('ctx.account', ${rgc.id}, true), set_config('ctx.level', '2', true)`,
    )
    for (const of of people)
      if ((await forged.first(sql<{ may: boolean }>`select ctx.may_help(${of.id}) as may`))!.may) count += 1
    await forged.rollback()
    for (const by of [...people, locked]) {
      const tx = await house.database.begin()
      const viewer = (await tx.enter(tokenHash(by.cookie.slice('session='.length))))!
      for (const of of people) {
        const inSql = (await tx.first(sql<{ may: boolean }>`select ctx.may_help(${of.id}) as may`))!.may
        const manages = people.indexOf(of) % 6 === 1 || of === both
        const may =
          viewer.state === 'active' &&
          mayHelp(viewer, {
            accountId: of.id,
            organisationId: of.organisationId,
            manages,
            first: [], // first-persons.parity.test.ts has them
            regionId: null,
          }) === true
        if (may !== inSql) count += 1
      }
      await tx.rollback()
    }
    return count
  }
  assert.equal(await differences(), 0)
  for (const [from, to] of [
    ['not ctx.ok() or', ''],
    ['of_account = ctx.account()', 'false'],
    ['ctx.officer_for(subject.organisation_id)', "ctx.holds_role('rgc')"],
    ["ctx.holds_role('rgc') and", ''],
    ['subject.organisation_id = ctx.organisation()', 'true'],
    ["r.role = 'rgc'", "r.role = 'cssi'"],
    ['r.ends_at is null or r.ends_at > ctx.clock()', 'true'],
  ] as const)
    assert.ok((await withFunctionChanged(house.owner, 'ctx.may_help(uuid)', from, to, () => differences())) > 0, from)
  for (const [from, to] of [
    ['subject.accountId === viewer.accountId', 'false'],
    ['isOfficerOf(viewer, subject.organisationId)', "holdsRole(viewer, 'rgc')"],
    ["holdsRole(viewer, 'rgc') && ", ''],
    ['subject.organisationId === viewer.organisationId', 'true'],
    ['if (subject.manages)', 'if (false)'],
  ] as const) {
    const { mayHelp } = await importChanged<typeof policy>(new URL('sign-in-help.policy.ts', import.meta.url), from, to)
    assert.ok((await differences(mayHelp)) > 0, from)
  }
})

test('IDN-6: who may help whom, in one table', () => {
  const [mine, theirs] = [uuidv7(), uuidv7()]
  const of = (over: object = {}): policy.Subject => ({
    accountId: uuidv7(),
    organisationId: mine,
    manages: false,
    first: [],
    regionId: 1075,
    ...over,
  })
  const viewer = (...roles: ('rgc' | 'cssi' | 'administrateur')[]) =>
    aViewer({ organisationId: mine, roles: roles.map(role => ({ role, regionId: null })) })
  for (const [who, subject, verdict] of [
    [viewer('rgc'), of(), true],
    [viewer('rgc'), of({ organisationId: theirs }), 'recovery/manager-only'],
    [viewer('rgc'), of({ manages: true }), 'recovery/officer-only'],
    [viewer('cssi'), of({ manages: true, organisationId: theirs }), true],
    [viewer('cssi'), of(), 'recovery/manager-only'],
    [viewer('administrateur'), of(), 'recovery/manager-only'],
    [viewer(), of(), 'recovery/manager-only'],
  ] as const)
    assert.equal(policy.mayHelp(who, subject), verdict)
  const self = viewer('rgc', 'cssi')
  assert.equal(policy.mayHelp(self, of({ accountId: self.accountId })), 'recovery/not-oneself')
})
