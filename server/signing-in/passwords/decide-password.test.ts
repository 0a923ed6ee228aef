import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { openDatabase } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertSession } from '../identity/testing.ts'
import { passwords } from './index.ts'
import { openPasswordSession } from './passwords.queries.ts'

let house: House
let samir: Person, cssi: Person, karim: Person
before(async () => {
  house = await openHouse(passwords)
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[samir, cssi, karim] = await Promise.all([
    house.person(operator),
    house.person(operator),
    house.organisation({ name: 'Mission locale' }).then(({ id }) => house.person(id)),
  ])
  await giveRole(house.owner, samir, 'administrateur')
  await giveRole(house.owner, cssi, 'cssi')
})
after(() => house.close())
const decide = (body: unknown, who = samir, organisation = karim.organisationId) =>
  house.call(who, 'POST', `/organisations/${organisation}/password`, body)

test('IDN-3: the operator’s administrator opens passwords to one structure, with a reason, and closes them: what they opened ends', async () => {
  assert.deepEqual((await decide({ allowed: true, reason: ' Pas de fournisseur ProConnect ' })).body, {
    passwordAllowed: true,
    sessionsEnded: 0,
  })
  assert.equal((await decide({ allowed: true, reason: 'Encore' })).body.code, 'password/already-decided')
  const { id } = await insertSession(house.owner, karim.id)
  await house.owner.query(`update sessions set signed_in_by = 'password' where id = $1`, [id])
  assert.deepEqual((await decide({ allowed: false, reason: 'ProConnect est là' })).body, {
    passwordAllowed: false,
    sessionsEnded: 1,
  })
  assert.deepEqual(
    (
      await house.owner.query('select ended_at is null as open from sessions where account_id = $1 order by open', [
        karim.id,
      ])
    ).rows,
    [{ open: false }, { open: true }],
  )
  const { items } = (await house.call(samir, 'GET', '/password-organisations')).body
  assert.deepEqual(
    items.map((i: { passwordAllowed: boolean; reason: string; organisation: { name: string } }) => [
      i.organisation.name,
      i.passwordAllowed,
      i.reason,
    ]),
    [
      ['Mission locale', false, 'ProConnect est là'],
      ['Mission locale', true, 'Pas de fournisseur ProConnect'],
    ],
  )
  const trail = (
    await house.owner.query(
      "select action, subject_id from audit_entries where action like 'organisation.password-%' order by at, id",
    )
  ).rows
  assert.deepEqual(
    trail,
    ['allowed', 'forbidden'].map(what => ({
      action: `organisation.password-${what}`,
      subject_id: karim.organisationId,
    })),
  )
})

test('IDN-3: closed while someone signs in with theirs: the one waits for the other, and no session outlives the decision', async () => {
  await decide({ allowed: true, reason: 'Encore sans fournisseur' })
  await house.owner.query(`insert into passwords values ($1, '$argon2id$v=19$m=8,t=1,p=1$c2Vs$bm9u', now())`, [
    karim.id,
  ])
  const session = () => ({
    id: uuidv7(),
    tokenHash: randomBytes(32),
    accountId: karim.id,
    device: 'Firefox',
    replaces: null,
  })
  const role = openDatabase(house.urls.signInUrl, { connections: 2 })
  const signingIn = await role.begin()
  assert.ok(await openPasswordSession(signingIn, session()))
  const closing = decide({ allowed: false, reason: 'ProConnect est là' })
  assert.equal(
    await Promise.race([
      closing.then(() => 'answered'),
      new Promise(go => {
        setTimeout(() => go('waits'), 300)
      }),
    ]),
    'waits',
  )
  await signingIn.commit()
  assert.deepEqual((await closing).body, { passwordAllowed: false, sessionsEnded: 1 })
  assert.equal(await openPasswordSession(role, session()), null)
  await role.close()
})

test('IDN-3: nobody else decides it or sees it, neither by the service nor in the database; malformed, unknown, without a recent proof: refused', async () => {
  for (const who of [cssi, karim]) {
    assert.equal((await decide({ allowed: true, reason: 'x' }, who)).body.code, 'access/role-required')
    assert.equal((await house.call(who, 'GET', '/password-organisations')).body.code, 'access/role-required')
    const tx = await house.database.begin()
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    assert.equal(
      (await tx.first(sql<{ ended: number }>`select ctx.end_password_sessions(${karim.organisationId}) as ended`))!
        .ended,
      0,
    )
    await assert.rejects(
      tx.run(
        sql`insert into organisation_sign_in
          values (gen_random_uuid(), ${karim.organisationId}, true, ctx.account(), now(), 'x')`,
      ),
      { code: '42501' },
    )
    await tx.rollback()
  }
  const stale = await insertSession(house.owner, samir.id, { provenAt: new Date(Date.now() - 11 * 60_000) })
  assert.equal(
    (await decide({ allowed: true, reason: 'x' }, { ...samir, cookie: stale.cookie })).body.code,
    'session/step-up-required',
  )
  for (const body of [{}, { allowed: true }, { allowed: true, reason: ' ' }, { allowed: 'oui', reason: 'x' }])
    assert.equal((await decide(body)).body.code, 'request/malformed')
  assert.equal(
    (await decide({ allowed: true, reason: 'x' }, samir, '01938000-0000-7000-8000-000000000099')).status,
    404,
  )
})
