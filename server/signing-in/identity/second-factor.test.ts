import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { people, type StandInPerson } from '../../demonstration/stand-in/people.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { openDatabase } from '../../platform/database.ts'
import { actions } from './index.ts'
import { insertSession } from './testing.ts'
import { Browser, openSignInHouse, type SignInHouse } from './testing-sign-in.ts'

let house: SignInHouse
let ahead = 0
before(async () => {
  house = await openSignInHouse(actions)
})
after(() => house.close())
const advance = (seconds: number) => {
  ahead += seconds
  house.advance(seconds)
}

/** As a person whose provider knows only a password. */
const withPassword = async (person: StandInPerson) => {
  const { browser, landing } = await house.signIn({ person, acr: 'eidas1', amr: 'pwd' })
  assert.equal(landing.url.pathname, '/connexion/second-facteur')
  return browser
}
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 1000 })
const enrolTotp = async (browser: Browser) => {
  const {
    body: { secret },
  } = await house.call(browser, 'POST', '/second-factor/totp')
  const code = codeOf(secret)
  const confirmed = await house.call(browser, 'POST', '/second-factor/totp/confirm', { code, label: 'Téléphone' })
  assert.equal(confirmed.status, 200)
  return { code, secret: secret as string, recoveryCodes: confirmed.body.recoveryCodes as string[] }
}
const prove = (browser: Browser, code: string) => house.call(browser, 'POST', '/second-factor/prove/totp', { code })
const wrong = (secret: string) => String((Number(codeOf(secret)) + 500_000) % 1_000_000).padStart(6, '0')

test('IDN-2: no several factors at the provider: one comes in by the retry without essential levels, and enrols a code application here', async () => {
  const browser = await withPassword(people.claire)
  const me = await house.call(browser, 'GET', '/me')
  assert.deepEqual(
    [me.body.session.state, me.body.factors.first.acr, me.body.factors.second, me.body.rights, me.body.missing[0].code],
    ['second-factor-required', 'eidas1', null, [], 'second-factor/enrol'],
  )
  const before = browser.cookies.get('session')
  const { recoveryCodes } = await enrolTotp(browser)
  assert.equal(recoveryCodes.length, 10)
  assert.notEqual(browser.cookies.get('session'), before, 'the token changes with the second factor')
  const now = (await house.call(browser, 'GET', '/me')).body
  assert.deepEqual(
    [now.session.state, now.factors.second.by, now.factors.enrolled.length, now.rights.length],
    ['active', 'totp', 1, 1],
  )
  const old = new Browser()
  old.cookies.set('session', before!)
  assert.equal((await house.call(old, 'GET', '/me')).body.code, 'session/required')
  const stored = (
    await house.owner.query('select secret from second_factors where account_id = $1', [people.claire.accountId])
  ).rows[0].secret as Buffer
  assert.ok(stored.length > 28 + 10)
  const kept = (
    await house.owner.query('select code_hash from recovery_codes where account_id = $1', [people.claire.accountId])
  ).rows as { code_hash: Buffer }[]
  assert.equal(kept.length, 10)
  for (const code of recoveryCodes) assert.ok(!kept.some(k => k.code_hash.toString('latin1').includes(code)))
})

test('IDN-2: a code is accepted once, in this session or another', async () => {
  const first = await withPassword(people.karim)
  const { secret, code: served } = await enrolTotp(first)
  const second = await withPassword(people.karim)
  assert.equal(
    (await prove(second, served)).body.code,
    'second-factor/wrong-code',
    'the code of the enrolment has served',
  )
  advance(30)
  const third = await withPassword(people.karim)
  const code = codeOf(secret)
  const answers = await Promise.all([prove(second, code), prove(third, code)])
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 422])
})

test('IDN-2: a first factor alone neither adds a factor nor reads anything once one is enrolled', async () => {
  const browser = await withPassword(people.karim)
  for (const path of ['/second-factor/totp', '/second-factor/passkeys'])
    assert.equal((await house.call(browser, 'POST', path)).body.code, 'second-factor/already')
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/totp/confirm', { code: '123456', label: 'x' })).body.code,
    'second-factor/already',
  )
  assert.equal(
    (await house.call(browser, 'DELETE', '/second-factor/01938000-0000-7000-9000-000000000001')).body.code,
    'session/second-factor-required',
  )
})

test('IDN-6: five wrong codes and one waits, longer each time; the right code is not even looked at; the delay always ends', async () => {
  const opening = await withPassword(people.ines)
  const { secret, recoveryCodes } = await enrolTotp(opening)
  const browser = await withPassword(people.ines)
  advance(60)
  for (let i = 0; i < 4; i++) assert.equal((await prove(browser, wrong(secret))).body.code, 'second-factor/wrong-code')
  const fifth = await prove(browser, wrong(secret))
  assert.deepEqual(
    [fifth.status, fifth.body.code, fifth.body.facts.retryAfterSeconds, fifth.headers.get('retry-after')],
    [429, 'second-factor/wait', 30, '30'],
  )
  assert.equal((await prove(browser, codeOf(secret))).body.code, 'second-factor/wait')
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/prove/recovery-code', { code: recoveryCodes[0] })).body.code,
    'second-factor/wait',
  )
  advance(31)
  assert.equal((await prove(browser, wrong(secret))).body.facts.retryAfterSeconds, 60)
  advance(61)
  assert.equal((await prove(browser, codeOf(secret))).status, 200)
  assert.equal(
    (
      await house.owner.query('select failures from second_factor_failures where account_id = $1', [
        people.ines.accountId,
      ])
    ).rows[0].failures,
    0,
  )
  assert.equal((await house.trail('second-factor.failed')).filter(e => e.actorId === people.ines.accountId).length, 6)
})

test('IDN-6: guesses sent at once are counted one by one', async () => {
  const opening = await withPassword(people.paul)
  const { secret } = await enrolTotp(opening)
  const browser = await withPassword(people.paul)
  advance(60)
  const answers = await Promise.all(Array.from({ length: 12 }, () => prove(browser, wrong(secret))))
  assert.equal(answers.filter(a => a.body.code === 'second-factor/wrong-code').length, 4)
  assert.equal(answers.filter(a => a.body.code === 'second-factor/wait').length, 8)
  advance(1000)
  assert.equal((await prove(browser, codeOf(secret))).status, 200)
})

test('IDN-6: ten wrong codes in a row are told to the person; from fifty no code opens, a passkey does', async () => {
  const told = async () =>
    (
      await house.owner.query(
        "select count(*)::int as n from mails where kind = 'second-factor-guessed' and to_account_id = $1",
        [people.maite.accountId],
      )
    ).rows[0].n
  const failed = (n: number) =>
    house.owner.query('update second_factor_failures set failures = $2, wait_until = null where account_id = $1', [
      people.maite.accountId,
      n,
    ])
  const opening = await withPassword(people.maite)
  const { secret, recoveryCodes } = await enrolTotp(opening)
  const key = securityKey(house.url)
  await house.owner.query('update sessions set proven_at = $2 where account_id = $1', [
    people.maite.accountId,
    new Date(Date.now() + ahead * 1000),
  ])
  const {
    body: { options },
  } = await house.call(opening, 'POST', '/second-factor/passkeys')
  assert.equal(
    (
      await house.call(opening, 'POST', '/second-factor/passkeys/confirm', {
        answer: key.create(options.challenge),
        label: 'Clé',
      })
    ).status,
    200,
  )
  const browser = await withPassword(people.maite)
  advance(60)
  for (const [before, mails] of [
    [8, 0],
    [9, 1],
    [10, 1],
    [48, 1],
  ] as const) {
    await failed(before)
    assert.equal((await prove(browser, wrong(secret))).body.code, 'second-factor/wait')
    assert.equal(await told(), mails, `after ${before + 1}`)
  }
  await failed(49)
  advance(30)
  assert.equal((await prove(browser, wrong(secret))).body.code, 'second-factor/wait')
  assert.equal(await told(), 2)
  await house.owner.query('update second_factor_failures set wait_until = null where account_id = $1', [
    people.maite.accountId,
  ])
  assert.equal((await prove(browser, codeOf(secret))).body.code, 'second-factor/passkey-only')
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/prove/recovery-code', { code: recoveryCodes[0] })).body.code,
    'second-factor/passkey-only',
  )
  const challenge = (await house.call(browser, 'POST', '/second-factor/prove/passkey/options')).body.options
    .challenge as string
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/prove/passkey', { answer: key.get(challenge) })).status,
    200,
  )
  advance(30)
  assert.equal((await prove(browser, codeOf(secret))).status, 200, 'and codes are good again')
})

test('IDN-6: a recovery code serves once; when none is left a new factor brings new ones', async () => {
  const opening = await withPassword(people.nadia)
  const { recoveryCodes } = await enrolTotp(opening)
  const use = async (code: string) =>
    house.call(await withPassword(people.nadia), 'POST', '/second-factor/prove/recovery-code', { code })
  const used = await use(recoveryCodes[0]!.toLowerCase())
  assert.deepEqual([used.status, used.body], [200, { state: 'active', recoveryCodesLeft: 9 }])
  assert.equal((await use(recoveryCodes[0]!)).body.code, 'second-factor/wrong-code')
  assert.equal((await use('ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ')).body.code, 'second-factor/wrong-code')
  assert.equal((await house.trail('recovery-code.used')).length, 1)
  await house.owner.query('update recovery_codes set used_at = now() where account_id = $1', [people.nadia.accountId])
  assert.equal((await enrolTotp(opening)).recoveryCodes.length, 10)
})

test('IDN-2: without a factor of that kind the way is closed, and a lost enrolment is told', async () => {
  const browser = await withPassword(people.samir)
  assert.equal((await prove(browser, '123456')).body.code, 'second-factor/none')
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/prove/passkey/options')).body.code,
    'second-factor/none',
  )
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/prove/recovery-code', { code: 'AAAAAAAA' })).body.code,
    'second-factor/none',
  )
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/totp/confirm', { code: '123456', label: 'x' })).body.code,
    'second-factor/enrolment-lost',
  )
  const {
    body: { secret },
  } = await house.call(browser, 'POST', '/second-factor/totp')
  advance(601)
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/totp/confirm', { code: codeOf(secret), label: 'x' })).body.code,
    'second-factor/enrolment-lost',
  )
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/passkeys/confirm', { answer: { id: 'x' }, label: 'x' })).body
      .code,
    'second-factor/enrolment-lost',
  )
})

/** A security key in software: what an authenticator answers, by the WebAuthn standard. */
const securityKey = (origin: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  let counter = 0
  const sha = (data: Buffer | string) => createHash('sha256').update(data).digest()
  const head = (n: number, major: number) =>
    n < 24
      ? Buffer.from([(major << 5) | n])
      : n < 256
        ? Buffer.from([(major << 5) | 24, n])
        : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
  const bytes = (b: Buffer) => Buffer.concat([head(b.length, 2), b])
  const text = (s: string) => Buffer.concat([head(s.length, 3), Buffer.from(s)])
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const authData = (flags: number, more = Buffer.alloc(0)) => {
    counter += 1
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha(new URL(origin).hostname), Buffer.from([flags]), count, more])
  }
  const url = (b: Buffer) => b.toString('base64url')
  return {
    rewind: () => {
      counter = 0
    },
    create: (challenge: string) => {
      const cose = Buffer.concat([
        head(5, 5),
        head(1, 0),
        head(2, 0),
        head(3, 0),
        head(6, 1),
        head(0, 1),
        head(1, 0),
        head(1, 1),
        bytes(Buffer.from(x!, 'base64url')),
        head(2, 1),
        bytes(Buffer.from(y!, 'base64url')),
      ])
      const data = authData(0x45, Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]))
      const attestation = Buffer.concat([
        head(3, 5),
        text('fmt'),
        text('none'),
        text('attStmt'),
        head(0, 5),
        text('authData'),
        bytes(data),
      ])
      return {
        id: url(id),
        rawId: url(id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: url(clientData('webauthn.create', challenge)),
          attestationObject: url(attestation),
          transports: ['usb'],
        },
      }
    },
    get: (challenge: string, flags = 0x05) => {
      const data = authData(flags),
        client = clientData('webauthn.get', challenge)
      return {
        id: url(id),
        rawId: url(id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: url(client),
          authenticatorData: url(data),
          signature: url(sign('sha256', Buffer.concat([data, sha(client)]), privateKey)),
        },
      }
    },
  }
}

test('IDN-2: a passkey: enrolled, then proven; a question is answered once; another site, a copied key, no verification of the person are refused', async () => {
  const browser = await withPassword(people.odile)
  const key = securityKey(house.url)
  const {
    body: { options },
  } = await house.call(browser, 'POST', '/second-factor/passkeys')
  assert.deepEqual(
    options.pubKeyCredParams.map((p: { alg: number }) => p.alg),
    [-8, -7, -257],
  )
  assert.equal(options.rp.id, 'localhost')
  const made = await house.call(browser, 'POST', '/second-factor/passkeys/confirm', {
    answer: key.create(options.challenge),
    label: 'Clé USB',
  })
  assert.deepEqual([made.status, made.body.state, made.body.recoveryCodes.length], [200, 'active', 10])

  const other = await withPassword(people.odile)
  const ask = async () =>
    (await house.call(other, 'POST', '/second-factor/prove/passkey/options')).body.options.challenge as string
  const answer = (a: unknown) => house.call(other, 'POST', '/second-factor/prove/passkey', { answer: a })
  assert.equal(
    (await answer(key.get(randomBytes(32).toString('base64url')))).body.code,
    'second-factor/passkey-refused',
    'a question nobody asked',
  )
  const challenge = await ask()
  assert.equal(
    (await answer(key.get(challenge, 0x01))).body.code,
    'second-factor/passkey-refused',
    'present, not verified',
  )
  assert.equal(
    (await answer(key.get(challenge))).body.code,
    'second-factor/passkey-refused',
    'the question has been answered, wrongly',
  )
  const elsewhere = { ...key.get(await ask()) }
  elsewhere.response.clientDataJSON = Buffer.from(
    Buffer.from(elsewhere.response.clientDataJSON, 'base64url').toString().replace(house.url, 'https://evil.example'),
  ).toString('base64url')
  assert.equal((await answer(elsewhere)).body.code, 'second-factor/passkey-refused')
  for (const nonsense of [null, 'x', 4, {}, { id: 4 }, []]) {
    await ask()
    assert.equal((await answer(nonsense)).body.code, 'second-factor/passkey-refused')
  }
  const proven = await answer(key.get(await ask()))
  assert.deepEqual([proven.status, proven.body.state], [200, 'active'])
  key.rewind()
  assert.equal(
    (await answer(key.get(await ask()))).body.code,
    'second-factor/passkey-refused',
    'a counter that goes back is a copied key',
  )
  assert.equal((await house.call(other, 'GET', '/sessions')).status, 200)
})

test('IDN-5: taking a factor away or adding another asks for a proof of the last ten minutes, and the last one stays', async () => {
  const browser = new Browser()
  const { token } = await insertSession(house.owner, people.odile.accountId!, {
    provenAt: new Date(Date.now() - 3600_000),
  })
  browser.cookies.set('session', token)
  const [factor] = (await house.call(browser, 'GET', '/me')).body.factors.enrolled
  assert.equal(
    (await house.call(browser, 'DELETE', `/second-factor/${factor.id}`)).body.code,
    'session/step-up-required',
  )
  assert.equal((await house.call(browser, 'POST', '/second-factor/totp')).body.code, 'session/step-up-required')
  await house.owner.query('update sessions set proven_at = $2 where account_id = $1', [
    people.odile.accountId,
    new Date(Date.now() + ahead * 1000),
  ])
  assert.equal((await house.call(browser, 'DELETE', `/second-factor/${factor.id}`)).body.code, 'second-factor/last')
  await enrolTotp(browser)
  const { enrolled } = (await house.call(browser, 'GET', '/me')).body.factors
  const removals = await Promise.all(
    enrolled.map((f: { id: string }) => house.call(browser, 'DELETE', `/second-factor/${f.id}`)),
  )
  assert.deepEqual(
    removals.map(r => r.body.code ?? 'removed').sort(),
    ['removed', 'second-factor/last'],
    'two removals at once leave one',
  )
})

test('IDN-2, IDN-6: what protects an account changes: the person is told, each time', async () => {
  const kinds = async () =>
    (
      await house.owner.query(
        "select kind, count(*)::int as n from mails where to_account_id = $1 and kind ~ '^second-factor' group by kind order by kind",
        [people.bruno.accountId],
      )
    ).rows.map(r => `${r.kind} ${r.n}`)
  const browser = await withPassword(people.bruno)
  await enrolTotp(browser)
  assert.deepEqual(await kinds(), ['second-factor-enrolled 1'])
  const second = await enrolTotp(browser)
  assert.equal((await house.call(browser, 'POST', '/second-factor/recovery-codes')).status, 200)
  const [first] = (await house.call(browser, 'GET', '/me')).body.factors.enrolled
  assert.equal((await house.call(browser, 'DELETE', `/second-factor/${first.id}`)).status, 200)
  assert.deepEqual(await kinds(), [
    'second-factor-codes-replaced 1',
    'second-factor-enrolled 2',
    'second-factor-removed 1',
  ])
  const bodies = (
    await house.owner.query('select body from mails where to_account_id = $1', [people.bruno.accountId])
  ).rows.map(r => r.body as string)
  assert.ok(bodies.every(b => !b.includes(second.secret)))
})

test('IDN-6, ACC-7: who is kept out reads who can act: the account manager of the structure or, while it has none, who stands in', async () => {
  await house.owner.query(`update first_enrolments set open_until = now() where account_id = $1`, [
    people.gilles.accountId,
  ])
  const browser = await withPassword(people.gilles)
  const said = async () => (await house.call(browser, 'GET', '/me')).body.missing[0]
  assert.deepEqual(await said(), {
    code: 'second-factor/code',
    sentence: 'Saisissez le code qui vous est remis de vive voix, puis enregistrez un second facteur.',
    whoActs:
      'Votre structure n’a pas encore de responsable de gestion de comptes (RGC) : adressez-vous à la direction régionale de l’opérateur si vous en êtes le signataire, à son correspondant sécurité (CSSI) si un acte d’engagement vous désigne.',
  })
  const {
    rows: [manager],
  } = await house.owner.query('select id, organisation_id as "organisationId" from accounts where id = $1', [
    people.claire.accountId,
  ])
  await giveRole(house.owner, manager, 'rgc')
  assert.match(
    (await said()).whoActs,
    /^Le responsable de gestion de comptes \(RGC\) de votre structure, qui vous remet/,
  )
  await house.owner.query(`delete from role_assignments where account_id = $1`, [manager.id])
})

test('IDN-2: fourteen days after the account was opened, as its invitation, a first factor alone enrols nothing, in the application or straight to the database', async () => {
  // Others were cut short by the tests above.
  const { rows } = await house.owner.query(
    `select max(round(extract(epoch from f.open_until - a.created_at) / 86400))::int as days
      from first_enrolments f join accounts a on a.id = f.account_id`,
  )
  assert.deepEqual(rows, [{ days: 14 }])
  await house.owner.query(`update first_enrolments set open_until = now() where account_id = $1`, [
    people.gilles.accountId,
  ])
  const browser = await withPassword(people.gilles)
  const me = (await house.call(browser, 'GET', '/me')).body
  assert.deepEqual([me.factors.enrolmentOpen, me.missing[0].code], [false, 'second-factor/code'])
  for (const path of ['/second-factor/totp', '/second-factor/passkeys'])
    assert.equal((await house.call(browser, 'POST', path)).body.code, 'second-factor/code-needed')
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/totp/confirm', { code: '123456', label: 'x' })).body.code,
    'second-factor/code-needed',
  )
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/passkeys/confirm', { answer: {}, label: 'x' })).body.code,
    'second-factor/code-needed',
  )
  const database = openDatabase(house.webUrl)
  const insert = async () => {
    const tx = await database.begin()
    try {
      await tx.enter(createHash('sha256').update(browser.cookies.get('session')!).digest())
      return await tx.run(
        sql`insert into second_factors (id, account_id, kind, label, created_at, secret, last_step)
          values (gen_random_uuid(), ctx.account(), 'totp', 'x', now(), '\\x00'::bytea, 0)`,
      )
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await tx.rollback()
    }
  }
  assert.equal(await insert(), '42501')
  await house.owner.query(`update first_enrolments set open_until = now() + interval '1 hour' where account_id = $1`, [
    people.gilles.accountId,
  ])
  assert.equal(await insert(), 1)
  await database.close()
  // Two factors at ProConnect need none of it.
  await house.owner.query(`update first_enrolments set open_until = now() where account_id = $1`, [
    people.gilles.accountId,
  ])
  const { token } = await insertSession(house.owner, people.gilles.accountId!, {
    provenAt: new Date(Date.now() + ahead * 1000),
  })
  browser.cookies.set('session', token)
  assert.equal((await house.call(browser, 'POST', '/second-factor/totp')).status, 200)
})

test('IDN-2: an enrolment or a question begun in one session is answered in that one', async () => {
  const [mine, other] = [await withPassword(people.sylvie), await withPassword(people.sylvie)]
  const {
    body: { secret },
  } = await house.call(mine, 'POST', '/second-factor/totp')
  assert.equal(
    (await house.call(other, 'POST', '/second-factor/totp/confirm', { code: codeOf(secret), label: 'x' })).body.code,
    'second-factor/enrolment-lost',
  )
  const key = securityKey(house.url)
  const {
    body: { options },
  } = await house.call(mine, 'POST', '/second-factor/passkeys')
  assert.equal(
    (
      await house.call(other, 'POST', '/second-factor/passkeys/confirm', {
        answer: key.create(options.challenge),
        label: 'x',
      })
    ).body.code,
    'second-factor/enrolment-lost',
  )
  const asked = (await house.call(mine, 'POST', '/second-factor/passkeys')).body.options.challenge
  assert.equal(
    (await house.call(mine, 'POST', '/second-factor/passkeys/confirm', { answer: key.create(asked), label: 'x' }))
      .status,
    200,
  )
  const [second, third] = [await withPassword(people.sylvie), await withPassword(people.sylvie)]
  const question = async (browser: Browser) =>
    (await house.call(browser, 'POST', '/second-factor/prove/passkey/options')).body.options.challenge as string
  const answer = (browser: Browser, challenge: string) =>
    house.call(browser, 'POST', '/second-factor/prove/passkey', { answer: key.get(challenge) })
  assert.equal(
    (await answer(third, await question(second))).body.code,
    'second-factor/passkey-refused',
    'asked in the other session',
  )
  assert.equal((await answer(second, await question(second))).status, 200)
})

test('IDN-2: row-level security is the net: in a session short of its second factor the database itself adds no factor and removes none', async () => {
  const { token } = await insertSession(house.owner, people.claire.accountId!, { secondFactor: null })
  const database = openDatabase(house.webUrl)
  const attempt = async (query: RawBuilder<unknown>) => {
    const tx = await database.begin()
    try {
      await tx.enter(createHash('sha256').update(token).digest())
      return await tx.run(query)
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await tx.rollback()
    }
  }
  assert.equal(await attempt(sql`delete from second_factors`), 0)
  assert.equal(
    await attempt(
      sql`insert into second_factors (id, account_id, kind, label, created_at, secret, last_step)
        values (gen_random_uuid(), ctx.account(), 'totp', 'x', now(), '\\x00'::bytea, 0)`,
    ),
    '42501',
  )
  assert.equal(await attempt(sql`select from accounts where id <> ctx.account()`), 0)
  assert.equal(await attempt(sql`select from second_factors where account_id <> ctx.account()`), 0)
  assert.equal(await attempt(sql`select from sign_in_transactions`), '42501')
  assert.equal(await attempt(sql`select from pending_links`), '42501')
  await database.close()
})

test('IDN-6: recovery codes are replaced on a recent proof: the old ones no longer serve, and no reply with codes is kept', async () => {
  for (const table of ['second_factors', 'recovery_codes', 'second_factor_failures'])
    await house.owner.query(`delete from ${table} where account_id = $1`, [people.ines.accountId])
  const browser = await withPassword(people.ines)
  const { recoveryCodes: old, secret } = await enrolTotp(browser)
  advance(601)
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/recovery-codes')).body.code,
    'session/step-up-required',
  )
  assert.equal((await prove(browser, codeOf(secret))).status, 200)
  const replaced = await house.call(browser, 'POST', '/second-factor/recovery-codes', undefined, {
    'idempotency-key': '3b0f5a52-7d2f-4a53-9a3e-9d2a6f6c1c11',
  })
  assert.deepEqual([replaced.status, replaced.body.recoveryCodes.length], [200, 10])
  assert.equal(
    (
      await house.owner.query('select count(*)::int as n from idempotency_keys where account_id = $1', [
        people.ines.accountId,
      ])
    ).rows[0].n,
    0,
  )
  assert.equal((await house.call(browser, 'GET', '/me')).body.factors.recoveryCodesLeft, 10)
  const use = async (code: string) =>
    house.call(await withPassword(people.ines), 'POST', '/second-factor/prove/recovery-code', { code })
  assert.equal((await use(old[0]!)).body.code, 'second-factor/wrong-code')
  assert.equal((await use(replaced.body.recoveryCodes[0])).status, 200)
  assert.equal(
    (await house.trail('recovery-codes.replaced')).filter(e => e.actorId === people.ines.accountId).length,
    1,
  )
  await house.owner.query('delete from second_factors where account_id = $1', [people.ines.accountId])
  assert.equal((await house.call(browser, 'POST', '/second-factor/recovery-codes')).body.code, 'second-factor/none')
})
