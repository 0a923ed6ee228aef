import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { people, type StandInPerson } from '../../demonstration/stand-in/people.ts'
import { openDatabase } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { openSession } from '../../signing-in/identity/identity.queries.ts'
import { actions } from '../../signing-in/identity/index.ts'
import { openSignInHouse, type SignInHouse } from '../../signing-in/identity/testing-sign-in.ts'
import { hasher } from '../../signing-in/passwords/hashing.ts'
import { openPasswordSession } from '../../signing-in/passwords/passwords.queries.ts'
import { passwordRoutes } from '../../signing-in/passwords/sign-in-by-password.ts'

/* What a block does to sessions and to signing in, by each of the two ways in (IDN-4). */

let house: SignInHouse
before(async () => {
  house = await openSignInHouse(actions, {
    more: parts => passwordRoutes({ ...parts, passwords: hasher(parts.identity.keys) }),
  })
})
after(() => house.close())

const organisationOf = async (accountId: string): Promise<string> =>
  (await house.owner.query('select organisation_id from accounts where id = $1', [accountId])).rows[0].organisation_id
const block = async (
  accountId: string,
  cuts: 'account' | 'rgc' = 'account',
  client: pg.Pool | pg.Client = house.owner,
) =>
  client.query(
    `insert into account_blocks (id, account_id, organisation_id, cause, cuts, reason, incident, blocked_by, blocked_at)
      values ($1, $2, $3, 'exceptional', $4, 'Poste volé', 'INC-1', $5, now())`,
    [uuidv7(), accountId, await organisationOf(accountId), cuts, people.claire.accountId],
  )
const lift = (accountId: string) =>
  house.owner.query(
    `update account_blocks set lifted_at = now(), verdict = 'Vérifié' where account_id = $1 and lifted_at is null`,
    [accountId],
  )
const standing = async (accountId: string): Promise<{ ended: boolean; forgotten: boolean }[]> =>
  (
    await house.owner.query(
      `select ended_at is not null as ended, id_token is null as forgotten from sessions where account_id = $1
        order by created_at`,
      [accountId],
    )
  ).rows
const codeOf = (url: URL) => url.searchParams.get('code')
const byPassword = async (person: StandInPerson, password: string) => {
  const response = await fetch(`${house.url}/auth/password`, {
    method: 'POST',
    body: JSON.stringify({ email: person.email, password }),
    headers: { 'content-type': 'application/json' },
  })
  return ((await response.json()) as { code?: string }).code ?? 'in'
}

test('IDN-4: a block of the account ends its sessions, and ProConnect lets it in no more until the verdict, saying whom to ask', async () => {
  const [samir, id] = [people.samir, people.samir.accountId!]
  const [one, other] = [await house.signIn({ person: samir }), await house.signIn({ person: samir })]
  await block(id, 'rgc')
  assert.equal(
    (await house.call(one.browser, 'GET', '/me')).status,
    200,
    'what cuts less than the account ends nothing',
  )
  await block(id)
  for (const { browser } of [one, other]) {
    assert.equal((await house.call(browser, 'GET', '/me')).body.code, 'session/required')
    assert.equal((await house.call(browser, 'GET', '/sessions')).body.code, 'session/required')
  }
  assert.deepEqual(await standing(id), [
    { ended: true, forgotten: true },
    { ended: true, forgotten: true },
  ])
  const { browser, landing } = await house.signIn({ person: samir })
  assert.equal(codeOf(landing.url), 'account-blocked')
  assert.equal((await house.call(browser, 'GET', '/me')).body.code, 'session/required')
  assert.equal((await house.trail('sign-in.failed')).at(-1)!.detail.code, 'account-blocked')
  await lift(id)
  assert.equal((await house.call(one.browser, 'GET', '/me')).body.code, 'session/required', 'what ended stays so')
  const again = await house.signIn({ person: samir })
  assert.equal((await house.call(again.browser, 'GET', '/me')).status, 200)
})

test('IDN-4: an account never linked, once blocked, is not linked by coming in', async () => {
  const [nadia, id] = [people.nadia, people.nadia.accountId!]
  const identities = () => house.owner.query('select from account_identities where account_id = $1', [id])
  assert.equal((await identities()).rowCount, 0)
  await block(id)
  assert.equal(codeOf((await house.signIn({ person: nadia })).landing.url), 'account-blocked')
  assert.equal((await identities()).rowCount, 0)
  await lift(id)
})

test('IDN-4: by password too, told to whoever knows the password and to nobody else', async () => {
  const [karim, id] = [people.karim, people.karim.accountId!]
  const password = 'girafe tabouret pluie moteur canard tapis genou'
  await house.owner.query(
    `insert into organisation_sign_in (id, organisation_id, password_allowed, set_at, reason)
      values ($1, $2, true, clock_timestamp(), 'essai')`,
    [uuidv7(), await organisationOf(id)],
  )
  await house.owner.query('insert into passwords (account_id, hash, changed_at) values ($1, $2, now())', [
    id,
    await hasher(house.identity.keys).hash(password),
  ])
  assert.equal(await byPassword(karim, password), 'in')
  await block(id)
  assert.deepEqual(
    [await byPassword(karim, password), await byPassword(karim, `${password} autre`)],
    ['password/account-blocked', 'password/refused'],
  )
  await house.owner.query('delete from sign_in_budgets')
  await lift(id)
  assert.equal(await byPassword(karim, password), 'in')
})

test('IDN-4: whatever the application believes, no session opens for a blocked or a closed account', async () => {
  const [karim, id] = [people.karim, people.karim.accountId!]
  const signIn = openDatabase(house.signInUrl)
  const asked = (accountId: string) => ({
    id: uuidv7(),
    tokenHash: randomBytes(32),
    accountId,
    acr: 'eidas2',
    amr: ['pwd'],
    secondFactor: 'proconnect' as const,
    proof: 'strong' as const,
    provenAt: null,
    idToken: 'x',
    device: '',
    replaces: null,
  })
  try {
    await block(id)
    await assert.rejects(openSession(signIn, asked(id)), { code: 'account-blocked' })
    assert.equal(await openPasswordSession(signIn, asked(id)), null)
    await lift(id)
    await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [id])
    await assert.rejects(openSession(signIn, asked(id)), { code: 'account-inactive' })
    await house.owner.query(`update accounts set status = 'active' where id = $1`, [id])
    assert.equal(await openSession(signIn, asked(karim.accountId!)), null)
  } finally {
    await signIn.close()
  }
})

test('IDN-4: of a block and a sign-in at once, neither leaves a session open', async () => {
  const id = people.karim.accountId!
  const client = new pg.Client(house.owner.options.connectionString!)
  const signIn = openDatabase(house.signInUrl)
  const [token, late] = [randomBytes(32), randomBytes(32)]
  const session = (tokenHash: Buffer) => ({ id: uuidv7(), tokenHash, accountId: id, device: '', replaces: null })
  await client.connect()
  try {
    // A sign-in not yet committed when the block is written: the block waits for it, then ends its session.
    const tx = await signIn.begin()
    assert.ok(await openPasswordSession(tx, session(token)))
    const blocking = block(id, 'account', client)
    await waits(client)
    await tx.commit()
    await blocking
    assert.ok(
      (await house.owner.query('select from sessions where token_hash = $1 and ended_at is not null', [token]))
        .rowCount,
    )
    await lift(id)
    // A block not yet committed when the session is asked for: the session waits for it, then is refused.
    await client.query('begin')
    await block(id, 'account', client)
    const opening = openPasswordSession(signIn, session(late))
    await waits()
    await client.query('commit')
    assert.equal(await opening, null)
  } finally {
    await lift(id)
    await client.end()
    await signIn.close()
  }
})
/** Until somebody waits for a lock of sessions: that connection, or whichever. */
const waits = async (client?: pg.Client) => {
  const pid = client && (client as unknown as { processID: number }).processID
  for (;;) {
    const { rowCount } = await house.owner.query(
      `select from pg_locks where locktype = 'advisory' and not granted and ($1::int is null or pid = $1)
        and database = (select oid from pg_database where datname = current_database())`,
      [pid ?? null],
    )
    if (rowCount) return
    await new Promise(done => setTimeout(done, 20))
  }
}

test('IDN-4: a session found open beside a block, whoever wrote it, enters nothing', async () => {
  const id = people.samir.accountId!
  const { browser } = await house.signIn({ person: people.samir })
  await house.owner.query('alter table account_blocks disable trigger account_blocks_end_sessions')
  await block(id)
  await house.owner.query('alter table account_blocks enable trigger account_blocks_end_sessions')
  assert.equal((await house.call(browser, 'GET', '/me')).body.code, 'session/required')
  await lift(id)
  assert.equal((await house.call(browser, 'GET', '/me')).status, 200)
})
