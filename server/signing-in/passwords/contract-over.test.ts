import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { people, type StandInPerson } from '../../demonstration/stand-in/people.ts'
import { openDatabase } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { openSession } from '../identity/identity.queries.ts'
import { actions } from '../identity/index.ts'
import { openSignInHouse, type SignInHouse } from '../identity/testing-sign-in.ts'
import { hasher } from './hashing.ts'
import { openPasswordSession } from './passwords.queries.ts'
import { passwordRoutes } from './sign-in-by-password.ts'

/* A contractor's account ends with its contract, and a delegate's with the delegation: no right, and no sign-in (ACC-1). */

let house: SignInHouse
const today = parisDay(new Date())
before(async () => {
  house = await openSignInHouse(actions, {
    more: parts => passwordRoutes({ ...parts, passwords: hasher(parts.identity.keys) }),
  })
})
after(() => house.close())

/** Of a third party declared in their structure, to a last day. */
const attach = async ({ accountId }: StandInPerson, kind: 'delegate' | 'contractor', endsOn: string) => {
  const { rows } = await house.owner.query('select organisation_id from accounts where id = $1', [accountId])
  const [third] = (
    await house.owner.query(
      `insert into third_parties (id, organisation_id, kind, capacity, name, starts_on, evidence, evidence_on,
        recorded_by, recorded_at)
      values ($1::uuid, $2, $3, 'processor', 'Cabinet Essai ' || $1::text, '2026-01-01', 'Contrat', '2026-01-01', $4, now()) returning id`,
      [uuidv7(), rows[0].organisation_id, kind, accountId],
    )
  ).rows
  await house.owner.query(
    'update accounts set attachment = $2, third_party_id = $3, contract_ends_on = $4 where id = $1',
    [accountId, kind, third.id, endsOn],
  )
}
const ends = (accountId: string, day: string | null) =>
  house.owner.query('update accounts set contract_ends_on = $2 where id = $1', [accountId, day])
const codeOf = (url: URL) => url.searchParams.get('code')

test('ACC-1: a contractor and a delegate come in to the last day; the next day their session opens nothing, nor does ProConnect, which says whom to ask; prolonged, they come in again', async () => {
  for (const [person, kind] of [
    [people.karim, 'contractor'],
    [people.ines, 'delegate'],
  ] as const) {
    await attach(person, kind, today)
    const { browser } = await house.signIn({ person })
    assert.equal((await house.call(browser, 'GET', '/me')).status, 200, 'its last day')
    await ends(person.accountId!, addDays(today, -1))
    assert.equal((await house.call(browser, 'GET', '/me')).body.code, 'session/required')
    assert.equal(codeOf((await house.signIn({ person })).landing.url), 'account-contract-over')
    assert.equal((await house.trail('sign-in.failed')).at(-1)!.detail.code, 'account-contract-over')
    await ends(person.accountId!, addDays(today, 30))
    const again = await house.signIn({ person })
    assert.equal((await house.call(again.browser, 'GET', '/me')).status, 200)
  }
})
test('ACC-1: an agent whose own end is past still comes in, and reads what is missing', async () => {
  await ends(people.samir.accountId!, addDays(today, -1))
  const { browser } = await house.signIn({ person: people.samir })
  assert.equal((await house.call(browser, 'GET', '/me')).status, 200)
  await ends(people.samir.accountId!, null)
})
test('ACC-1, IDN-3: by password too, told to whoever knows the password and to nobody else; whatever the application believes, no session opens', async () => {
  const id = people.karim.accountId!
  const password = 'girafe tabouret pluie moteur canard tapis genou'
  await house.owner.query(
    `insert into organisation_sign_in (id, organisation_id, password_allowed, set_at, reason)
      select $1, organisation_id, true, clock_timestamp(), 'essai' from accounts where id = $2`,
    [uuidv7(), id],
  )
  await house.owner.query('insert into passwords (account_id, hash, changed_at) values ($1, $2, now())', [
    id,
    await hasher(house.identity.keys).hash(password),
  ])
  const comes = async (typed: string) => {
    const response = await fetch(`${house.url}/auth/password`, {
      method: 'POST',
      body: JSON.stringify({ email: people.karim.email, password: typed }),
      headers: { 'content-type': 'application/json' },
    })
    return ((await response.json()) as { code?: string }).code ?? 'in'
  }
  assert.equal(await comes(password), 'in')
  await ends(id, addDays(today, -1))
  assert.deepEqual(
    [await comes(password), await comes(`${password} autre`)],
    ['password/contract-over', 'password/refused'],
  )
  const signIn = openDatabase(house.signInUrl)
  const asked = {
    id: uuidv7(),
    tokenHash: randomBytes(32),
    accountId: id,
    acr: 'eidas2',
    amr: ['pwd'],
    secondFactor: 'proconnect' as const,
    proof: 'strong' as const,
    provenAt: null,
    idToken: 'x',
    device: '',
    replaces: null,
  }
  try {
    await assert.rejects(openSession(signIn, asked), { code: 'account-contract-over' })
    assert.equal(await openPasswordSession(signIn, asked), null)
  } finally {
    await signIn.close()
  }
})
