import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { rgc } from '../../people-and-rights/rgc/index.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { insertSession } from '../../signing-in/identity/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import { conventions } from '../conventions/index.ts'
import { aDraft, withRoles } from '../conventions/testing.ts'
import { partners } from './index.ts'

let house: House
let mailbox: Mailbox
let operator: string
let sylvie: Person // regional direction
before(async () => {
  house = await openHouse([...conventions, ...partners, ...rgc])
  mailbox = await openMailbox()
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie') on conflict do nothing`,
  )
  operator = (await house.organisation({ kind: 'operateur', name: 'Opérateur des Essais' })).id
  sylvie = await withRoles(house, operator, { region: 1075 })
})
after(async () => {
  await mailbox.close()
  await house.close()
})

let serial = 500
const aSigner = (over: object = {}) => {
  serial += 1
  return {
    givenName: 'Camille',
    familyName: `Essai${serial}`,
    function: 'Présidente',
    email: `camille.essai${serial}@structure.example`,
    ...over,
  }
}
const aPartner = (over: object = {}) => ({
  siret: siretText(siretOf(++serial)),
  name: `Structure ${serial}`,
  kind: 'epci',
  signatory: aSigner(),
  ...over,
})
const post = (who: Person | null, path: string, body: unknown) => house.call(who, 'POST', path, body, once())
const accounts = async () => (await house.owner.query('select count(*)::int as n from accounts')).rows[0].n
const signedIn = async (email: string): Promise<Person> => {
  const {
    rows: [row],
  } = await house.owner.query(
    'select account_id as id, organisation_id as "organisationId" from account_contacts where email = $1',
    [email],
  )
  const { id: sessionId, cookie } = await insertSession(house.owner, row.id)
  return { ...row, sessionId, cookie, name: '' }
}
const aContractor = async (organisationId: string, by: Person) => {
  const id = uuidv7()
  await house.owner.query(
    `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on,
      recorded_by, recorded_at) values ($1, $2, 'contractor', 'Cabinet des Essais', 'processor', '2026-01-01', 'Marché',
      '2026-01-01', $3, now())`,
    [id, organisationId, by.id],
  )
  return id
}
const signs = async (who: Person, id: string) => (await house.call(who, 'GET', `/conventions/${id}`)).body.actsFor

test('AGR-1: a regional direction registers a partner with who signs for it; told by a mail that leads to the convention, the signatory acts for it, and no tool is open', async () => {
  const body = aPartner()
  const { status, body: partner } = await post(sylvie, '/partners', body)
  assert.equal(status, 200)
  assert.deepEqual([partner.name, partner.kind], [body.name, 'epci'])
  const [mail] = await deliverMails(house, mailbox)
  assert.deepEqual([mail!.to, mail!.subject], [[body.signatory.email], 'Vous signez pour votre structure'])
  assert.match(mail!.text, /http:\/\/localhost\/connexion\/invitation\?retour=%2Fconventions#[\w-]{43}\n/)
  const signer = await signedIn(body.signatory.email)
  const { body: convention } = await post(sylvie, '/conventions', aDraft(partner.id, 1075))
  assert.equal(await signs(signer, convention.id), 'partenaire')
  assert.deepEqual(
    (await house.owner.query('select count(*)::int as n from grants where account_id = $1', [signer.id])).rows,
    [{ n: 0 }],
  )
  assert.deepEqual(
    (
      await house.owner.query(`select action from audit_entries where subject_id in ($1, $2) order by action`, [
        partner.id,
        signer.id,
      ])
    ).rows.map(r => r.action),
    ['partner.registered', 'partner.signatory-named'],
  )
})

test('AGR-1: a SIRET already there, or wrong, or the address of a service, of another structure: refused in words, and nothing is left of it', async () => {
  const known = aPartner()
  assert.equal((await post(sylvie, '/partners', known)).status, 200)
  const before = [await accounts(), (await house.owner.query('select count(*)::int as n from organisations')).rows[0].n]
  for (const [body, status, code] of [
    [aPartner({ siret: known.siret }), 409, 'partner/siret-taken'],
    [
      aPartner({ siret: `${known.siret.slice(0, 13)}${(Number(known.siret[13]) + 1) % 10}` }),
      422,
      'partner/siret-wrong',
    ],
    [aPartner({ signatory: aSigner({ email: 'accueil@structure.example' }) }), 422, 'person/shared-mailbox'],
    [aPartner({ signatory: known.signatory }), 409, 'partner/signatory-elsewhere'],
    [aPartner({ kind: 'operateur' }), 400, 'request/malformed'],
  ] as const) {
    const answer = await post(sylvie, '/partners', body)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
  }
  assert.deepEqual(
    [await accounts(), (await house.owner.query('select count(*)::int as n from organisations')).rows[0].n],
    before,
  )
})

test('AGR-1: two who register it at once make one; sent twice under one key, it answers the same', async () => {
  const body = aPartner()
  const answers = await Promise.all([1, 2].map(() => post(sylvie, '/partners', { ...body, signatory: aSigner() })))
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 409])
  const [key, other] = [once(), aPartner()]
  const [first, again] = [
    await house.call(sylvie, 'POST', '/partners', other, key),
    await house.call(sylvie, 'POST', '/partners', other, key),
  ]
  assert.deepEqual([again.status, again.body], [200, first.body])
})

test('AGR-1, SEC-1: nobody else registers a partner or names who signs, in the application and in the database alike', async () => {
  const { body: partner } = await post(sylvie, '/partners', aPartner())
  const { body: convention } = await post(sylvie, '/conventions', aDraft(partner.id, 1075))
  const others = [
    await withRoles(house, operator, 'signataire'),
    await withRoles(house, operator, 'cssi', 'administrateur'),
    await withRoles(house, partner.id, 'signataire'),
    await house.person(partner.id),
  ]
  for (const who of others) {
    assert.equal((await post(who, '/partners', aPartner())).status, 403)
    assert.equal(
      (await post(who, `/conventions/${convention.id}/signatory`, { ...aSigner(), replaces: false })).status,
      403,
    )
  }
  const elsewhere = await withRoles(house, operator, { region: 1076 })
  assert.match(
    String(
      (await post(elsewhere, `/conventions/${convention.id}/signatory`, { ...aSigner(), replaces: false })).status,
    ),
    /^40[34]$/,
  )
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  try {
    const { rows } = await web.query(
      `select register_partner(gen_random_uuid(), 99000000099999, 'Forcé', 'epci') as made,
        name_signatory($1, gen_random_uuid(), gen_random_uuid(), 'x@y.example', 'A', 'B', 'C', true) as named`,
      [partner.id],
    )
    assert.deepEqual(rows, [{ made: false, named: null }], 'without a context the database does nothing')
    const { body: bare } = await post(sylvie, '/partners', aPartner())
    const straight = async (who: Person, one = partner) => {
      await web.query('begin')
      await web.query('select ctx.enter($1)', [tokenHash(who.cookie.replace('session=', ''))])
      const {
        rows: [answer],
      } = await web.query(
        `select register_partner(gen_random_uuid(), 99000000099999, 'Forcé', 'epci') as made,
          register_partner(gen_random_uuid(), 99000000099998, 'Forcé', 'operateur') as operator,
          name_signatory($1, gen_random_uuid(), gen_random_uuid(), 'camille@forced.example', 'A', 'B', 'C',
          true) is not null as named`,
        [one.id],
      )
      await web.query('rollback')
      return answer
    }
    for (const who of others)
      for (const one of [partner, bare])
        assert.deepEqual(await straight(who, one), { made: false, operator: false, named: false })
    assert.equal((await straight(elsewhere, bare)).named, true, 'before any convention, any regional direction')
    assert.deepEqual(
      await straight(elsewhere),
      { made: true, operator: false, named: false },
      'another region registers its own partners, and names nobody for this one',
    )
    assert.deepEqual(await straight(sylvie), { made: true, operator: false, named: true })
    await assert.rejects(
      web.query(
        `insert into organisations (id, siret, name, kind, created_at)
          values (gen_random_uuid(), 1, 'x', 'epci', now())`,
      ),
      { code: '42501' },
    )
  } finally {
    await web.end()
  }
})

test('AGR-1, AGR-15: who signs is replaced: the former acts no more from the next request, the new one does, and one who stays beside them keeps the role', async () => {
  const { signatory, ...rest } = aPartner()
  const { body: partner } = await post(sylvie, '/partners', { ...rest, signatory })
  const { body: convention } = await post(sylvie, '/conventions', aDraft(partner.id, 1075))
  const former = await signedIn(signatory.email)
  const [second, third] = [aSigner(), aSigner()]
  assert.equal(
    (await post(sylvie, `/conventions/${convention.id}/signatory`, { ...second, replaces: false })).status,
    200,
  )
  assert.equal(await signs(former, convention.id), 'partenaire', 'beside, not instead')
  assert.deepEqual(convention.allowed.includes('name-signatory'), true)
  assert.equal(
    (
      await post(sylvie, `/conventions/${convention.id}/signatory`, {
        ...second,
        email: second.email.replace('@', '+bis@'),
        replaces: false,
      })
    ).body.code,
    'person/mailbox-taken',
  )
  assert.equal(
    (await post(sylvie, `/conventions/${convention.id}/signatory`, { ...third, replaces: true })).status,
    200,
  )
  assert.deepEqual(
    [
      await signs(former, convention.id),
      await signs(await signedIn(second.email), convention.id),
      await signs(await signedIn(third.email), convention.id),
    ],
    [null, null, 'partenaire'],
  )
  assert.equal(
    (await post(sylvie, `/conventions/${convention.id}/signatory`, { ...third, replaces: true })).status,
    200,
    'named again: one role, not two',
  )
  const { rows } = await house.owner.query(
    `select count(*)::int as n from role_assignments where organisation_id = $1 and role = 'signataire'
      and ends_at is null`,
    [partner.id],
  )
  assert.deepEqual(rows, [{ n: 1 }])
  assert.deepEqual(
    (
      await house.owner.query(`select count(*)::int as n from role_assignments where account_id = $1`, [
        (await signedIn(third.email)).id,
      ])
    ).rows,
    [{ n: 1 }],
    'and it went on, it was not given anew',
  )
  const stranger = (
    await house.owner.query(`select email from account_contacts where organisation_id <> $1 limit 1`, [partner.id])
  ).rows[0].email
  assert.equal(
    (await post(sylvie, `/conventions/${convention.id}/signatory`, { ...aSigner(), email: stranger, replaces: true }))
      .body.code,
    'partner/signatory-elsewhere',
  )
  for (const change of [
    `status = 'suspended'`,
    `attachment = 'contractor', contract_ends_on = '2099-01-01', third_party_id = $2`,
  ]) {
    const someone = await house.person(partner.id)
    const {
      rows: [{ email }],
    } = await house.owner.query('select email from account_contacts where account_id = $1', [someone.id])
    await house.owner.query(
      `update accounts set ${change} where id = $1`,
      change.includes('$2') ? [someone.id, await aContractor(partner.id, someone)] : [someone.id],
    )
    assert.equal(
      (await post(sylvie, `/conventions/${convention.id}/signatory`, { ...aSigner(), email, replaces: true })).body
        .code,
      'partner/signatory-elsewhere',
      change,
    )
  }
  assert.equal(await signs(await signedIn(third.email), convention.id), 'partenaire', 'a refusal ends nobody’s role')
})

test('AGR-1: two regional directions that name the same newcomer at once, each on its own convention, open one account and give one role', async () => {
  const { body: partner } = await post(sylvie, '/partners', aPartner())
  const elsewhere = await withRoles(house, operator, { region: 1076 })
  const drafts = await Promise.all(
    [
      [sylvie, 1075],
      [elsewhere, 1076],
    ].map(
      async ([who, region]) =>
        (await post(who as Person, '/conventions', aDraft(partner.id, region as number))).body.id as string,
    ),
  )
  const newcomer = aSigner()
  const answers = await Promise.all(
    [sylvie, elsewhere].map((who, n) =>
      post(who, `/conventions/${drafts[n]}/signatory`, { ...newcomer, replaces: true }),
    ),
  )
  assert.deepEqual(
    answers.map(a => a.status),
    [200, 200],
  )
  assert.equal(answers[0]!.body.id, answers[1]!.body.id)
  const signing = async () =>
    (
      await house.owner.query(
        `select account_id as id from role_assignments where organisation_id = $1 and role = 'signataire'
          and ends_at is null`,
        [partner.id],
      )
    ).rows
  assert.deepEqual(await signing(), [{ id: answers[0]!.body.id }])
  // And at the very same moment, in the database itself.
  const [first, second] = await Promise.all(
    [sylvie, elsewhere].map(async who => {
      const tx = await house.database.begin()
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return tx
    }),
  )
  const { email } = aSigner()
  const name = async (tx: NonNullable<typeof first>) =>
    (await tx.first(
      sql<{
        id: string
      }>`select name_signatory(${partner.id}::uuid, ${uuidv7()}::uuid, ${uuidv7()}::uuid, ${email}, 'Aurélie',
        'Darrigade', 'Présidente', true) as id`,
    ))!.id
  const named = await name(first!)
  const late = name(second!)
  await new Promise(done => {
    setTimeout(done, 100)
  })
  await first!.commit()
  assert.equal(await late, named)
  await second!.commit()
  assert.deepEqual(await signing(), [{ id: named }])
})

test('AGR-1: who is named to sign reads by whom, and what is left to sign: the convention, or only what follows one that was signed', async () => {
  const first = aSigner()
  const { body: partner } = await post(sylvie, '/partners', aPartner({ signatory: first }))
  const { body: convention } = await post(sylvie, '/conventions', aDraft(partner.id, 1075))
  const second = aSigner()
  const { rows: began } = await house.owner.query(
    'update conventions set effective_from = now() where id = $1 returning id',
    [convention.id],
  )
  assert.equal(began.length, 1)
  assert.equal(
    (await post(sylvie, `/conventions/${convention.id}/signatory`, { ...second, replaces: true })).status,
    200,
  )
  const told = async ({ email }: { email: string }) =>
    (
      await house.owner.query(
        `select m.body, m.why from mails m join account_contacts c on c.account_id = m.to_account_id
          where c.email = $1 and m.kind = 'signatory-named'`,
        [email],
      )
    ).rows[0]
  const [before, after] = [await told(first), await told(second)]
  for (const mail of [before, after])
    assert.equal(
      mail.why,
      'la direction régionale de l’opérateur vous a enregistré comme signataire de votre structure',
    )
  assert.match(before.body, /vous y signerez la convention, puis l’acte d’engagement/)
  assert.doesNotMatch(after.body, /vous y signerez la convention/)
  assert.match(after.body, /Votre structure a déjà signé la convention : vous y signerez ses avenants et les actes/)
})
