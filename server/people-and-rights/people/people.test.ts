import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite } from '../../testing/parity.ts'
import { acceptTexts } from '../../testing/texts.ts'
import { giveRole } from '../accounts/testing.ts'
import { grants } from '../grants/index.ts'
import { people } from './index.ts'

let house: House
let mailbox: Mailbox
let own: string
let maite: Person // account manager
let claire: Person
const today = parisDay(new Date())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const trailOf = (id: string) =>
  rows(
    'select action, actor_id, detail from audit_entries e join audit_details d on d.entry_id = e.id where subject_id = $1 order by at, e.id',
    [id],
  )
const manager = async (organisationId: string) => {
  const person = await house.person(organisationId)
  await giveRole(house.owner, person, 'rgc')
  return person
}
const grant = {
  tool: 'campagnes',
  profile: 'conseiller',
  perimeter: { territoryId: 2033 },
  purpose: 'prospection',
  reason: 'Prospection de la task force',
}
const give = (who: Person, to: { id: string }, over: object = {}) =>
  house.call(who, 'POST', `/habilitations/people/${to.id}/grants`, { ...grant, ...over })
const person = { givenName: 'Lucas', familyName: 'Etcheverry', function: 'Conseiller entreprises', attachment: 'agent' }
let serial = 0
const address = () => `lucas.etcheverry${++serial}@partenaire.example`

before(async () => {
  house = await openHouse([...people, ...grants])
  mailbox = await openMailbox()
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  own = (await house.organisation({ name: 'Communauté de communes des Graves' })).id
  maite = await manager(own)
  claire = await house.person(own)
})
after(async () => {
  await mailbox.close()
  await house.close()
})

test('ACC-1, SEC-1: an account manager opens an account; it is in the trail, and the person is told by mail', async () => {
  await deliverMails(house, mailbox)
  const email = address()
  const { status, body } = await house.call(maite, 'POST', '/habilitations/people', {
    ...person,
    email: email.toUpperCase().replace('PARTENAIRE.EXAMPLE', 'partenaire.example'),
  })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [body.familyName, body.email, body.status, body.grants, body.anomalies],
    ['Etcheverry', email, 'active', [], ['not-granted']],
  )
  assert.deepEqual(body.proposed, [
    { tool: 'campagnes', profile: 'conseiller' },
    { tool: 'fiche-etablissement', profile: 'conseiller' },
    { tool: 'fiche-recrutement', profile: 'consultation' },
  ])
  const [entry] = await trailOf(body.id)
  assert.deepEqual([entry.action, entry.actor_id, entry.detail.email], ['account.opened', maite.id, email])
  const [mail] = await deliverMails(house, mailbox)
  assert.deepEqual([mail!.to, mail!.subject], [[email], 'Votre compte est ouvert'])
  assert.match(mail!.text, /au titre de la communauté de communes des Graves/)
})
test('ACC-1: a shared mailbox, an address taken here or elsewhere, a contractor without contract or unknown are refused, and nothing is written', async () => {
  const before = (await rows('select count(*)::int as n from accounts'))[0].n
  const elsewhere = await house.person((await house.organisation()).id)
  const taken = (
    await rows('select account_id, email from account_contacts where account_id = any ($1)', [
      [claire.id, elsewhere.id],
    ])
  ).map(r => r.email)
  for (const [body, code] of [
    [{ email: 'contact@partenaire.example' }, 'person/shared-mailbox'],
    [{ email: taken[0] }, 'person/address-taken'],
    [{ email: taken[1].toUpperCase() }, 'person/address-taken'],
    [{ attachment: 'contractor', contractEndsOn: addDays(today, 30) }, 'person/third-party-needed'],
    [{ attachment: 'contractor', thirdPartyId: uuidv7() }, 'person/third-party-needed'],
  ] as const)
    assert.equal(
      (await house.call(maite, 'POST', '/habilitations/people', { ...person, email: address(), ...body })).body.code,
      code,
      code,
    )
  for (const body of [{ email: 'lucas' }, { givenName: ' ' }, { attachment: 'stagiaire' }])
    assert.equal(
      (await house.call(maite, 'POST', '/habilitations/people', { ...person, email: address(), ...body })).status,
      400,
    )
  assert.equal((await rows('select count(*)::int as n from accounts'))[0].n, before + 1)
})
test('ACC-1: a contractor’s account carries the end of the contract and ends with it', async () => {
  const third = uuidv7()
  await house.owner.query(
    `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, ends_on, evidence, evidence_on,
      recorded_by, recorded_at) values ($1, $2, 'contractor', 'Cabinet Lestonat', 'processor', '2026-01-01', $3,
      'Marché', '2026-01-01', $4, now())`,
    [third, own, addDays(today, 60), maite.id],
  )
  const { body } = await house.call(maite, 'POST', '/habilitations/people', {
    ...person,
    email: address(),
    attachment: 'contractor',
    thirdPartyId: third,
  })
  assert.deepEqual(
    [body.attachment, body.thirdParty?.name, body.contractEndsOn],
    ['contractor', 'Cabinet Lestonat', addDays(today, 60)],
  )
  await give(maite, body)
  await acceptTexts(house.owner, [body.id])
  await house.owner.query('update accounts set contract_ends_on = $2 where id = $1', [body.id, addDays(today, -1)])
  const over = (await house.call(maite, 'GET', `/habilitations/people/${body.id}`)).body
  assert.deepEqual([over.grants[0].missing, over.anomalies], [['contract'], ['contract-over']])
})
test('ACC-1, SEC-6: no account opens before the contract of its third party begins, one by one or by file; the database refuses it as well', async () => {
  const third = uuidv7()
  await house.owner.query(
    `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, ends_on, evidence, evidence_on,
      recorded_by, recorded_at) values ($1, $2, 'contractor', 'Cabinet Guyenne', 'processor', $3, $4,
      'Marché', '2026-01-01', $5, now())`,
    [third, own, addDays(today, 1), addDays(today, 60), maite.id],
  )
  const asked = { ...person, email: address(), attachment: 'contractor', thirdPartyId: third }
  const early = await house.call(maite, 'POST', '/habilitations/people', asked)
  assert.deepEqual([early.status, early.body.code], [422, 'person/third-party-to-come'])
  assert.match(early.body.detail, /à partir du premier jour/)
  const file = await house.call(maite, 'POST', '/habilitations/imports', {
    text: `Prénom;Nom;Courriel;Fonction;Qualité;Tiers\nLou;Bordes;${address()};Conseil;prestataire;Cabinet Guyenne`,
  })
  assert.deepEqual(file.body.lines[0].errors, ['third-party-to-come'])
  const straight = () =>
    mayWrite(
      house.database,
      tokenHash(maite.cookie.slice('session='.length)),
      sql`insert into accounts (id, organisation_id, given_name, family_name, function, attachment, third_party_id,
        contract_ends_on, created_at) values (${uuidv7()}, ${own}, 'Lou', 'Bordes', 'Conseil', 'contractor', ${third},
        ${addDays(today, 60)}, now())`,
    )
  assert.equal(await straight(), false)
  await house.owner.query('update third_parties set starts_on = $2 where id = $1', [third, today])
  assert.equal(await straight(), true)
  assert.equal((await house.call(maite, 'POST', '/habilitations/people', asked)).status, 200)
})
test('ACC-1: two at once with the same address: one account', async () => {
  const email = address()
  const answers = await Promise.all(
    [1, 2].map(() => house.call(maite, 'POST', '/habilitations/people', { ...person, email })),
  )
  assert.equal(answers.filter(a => a.status === 200).length, 1)
  assert.deepEqual(
    answers.filter(a => a.status !== 200).map(a => a.body.code),
    ['person/address-taken'],
  )
})

test('ACC-2, ACC-9: a grant carries tool, profile, perimeter, reason and end; the person is told', async () => {
  await deliverMails(house, mailbox)
  const to = await house.person(own)
  const { status, body } = await give(maite, to, { endsOn: addDays(today, 90) })
  assert.equal(status, 200, JSON.stringify(body))
  const [given] = body.grants
  assert.deepEqual(
    [
      given.tool,
      given.profile,
      given.territory.name,
      given.reason,
      given.startsOn,
      given.endsOn,
      given.grantedBy.name,
      given.missing,
      given.beyondFunction,
    ],
    [
      'campagnes',
      'conseiller',
      'Gironde',
      'Prospection de la task force',
      today,
      addDays(today, 90),
      maite.name,
      [],
      false,
    ],
  )
  const [mail] = await deliverMails(house, mailbox)
  assert.equal(mail!.subject, 'Une habilitation vous est donnée')
  assert.match(mail!.text, /Profil : conseiller/)
})
test('ACC-2: what exceeds the function is kept as such, and told to the other account managers and to the security officer', async () => {
  const operator = await house.organisation({ kind: 'operateur' })
  const officer = await house.person(operator.id)
  await giveRole(house.owner, officer, 'cssi')
  const second = await manager(own)
  const to = await house.person(own)
  await deliverMails(house, mailbox)
  assert.equal((await give(maite, to, { profile: 'pilote' })).body.grants[0].beyondFunction, true)
  const mails = await deliverMails(house, mailbox)
  const addressOf = async (p: Person) =>
    (await rows('select email from account_contacts where account_id = $1', [p.id]))[0].email
  assert.deepEqual(
    mails
      .filter(m => /dépasse/.test(m.subject))
      .map(m => m.to[0])
      .sort(),
    [await addressOf(officer), await addressOf(second)].sort(),
  )
  assert.ok(
    mails.every(m => !m.text.includes(to.name)),
    'mails name nobody',
  )
  assert.equal(
    (await house.call(maite, 'GET', '/habilitations/people?anomaly=beyond-function')).body.items[0].id,
    to.id,
  )
  await house.owner.query('update role_assignments set ends_at = now() where account_id = $1', [second.id])
})
test('ACC-2: what is malformed, unknown, twice or in the past is refused', async () => {
  const to = await house.person(own)
  await give(maite, to)
  for (const [over, code] of [
    [{}, 'grant/already'],
    [{ perimeter: { territoryId: 9 } }, 'territory/unknown'],
    [{ perimeter: { agencyId: uuidv7() } }, 'agency/unknown'],
    [{ perimeter: { territoryId: 2040 }, startsOn: addDays(today, -1) }, 'grant/in-past'],
    [{ perimeter: { territoryId: 2040 }, endsOn: addDays(today, -1) }, 'grant/period-reversed'],
    [{ tool: 'fiche-recrutement' }, 'grant/no-such-profile'],
  ] as const)
    assert.equal((await give(maite, to, over)).body.code, code, code)
  assert.equal((await give(maite, to, { reason: ' ' })).status, 400)
  const answers = await Promise.all([1, 2].map(() => give(maite, to, { perimeter: { territoryId: 2040 } })))
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 409], 'at once: one')
  const key = once()
  const twice = [
    await house.call(
      maite,
      'POST',
      `/habilitations/people/${to.id}/grants`,
      { ...grant, tool: 'fiche-etablissement' },
      key,
    ),
    await house.call(
      maite,
      'POST',
      `/habilitations/people/${to.id}/grants`,
      { ...grant, tool: 'fiche-etablissement' },
      key,
    ),
  ]
  assert.deepEqual(
    twice.map(a => a.body.grants.length),
    [3, 3],
  )
})
test('ACC-2: a grant changed ends and another follows it; ended, it opens nothing at the next request', async () => {
  const to = await house.person(own)
  const first = (await give(maite, to)).body.grants[0].id
  const changed = (
    await house.call(maite, 'POST', `/habilitations/grants/${first}/change`, {
      profile: 'responsable',
      perimeter: { territoryId: 2040 },
      purpose: 'suivi',
      reason: 'Encadre l’équipe',
    })
  ).body
  assert.deepEqual(
    changed.grants.map((g: any) => [g.profile, g.territory.id]),
    [['responsable', 2040]],
  )
  assert.deepEqual(
    changed.past.map((g: any) => [g.id, g.endedBy.id]),
    [[first, maite.id]],
  )
  assert.equal(
    (
      await house.call(maite, 'POST', `/habilitations/grants/${first}/change`, {
        profile: 'pilote',
        perimeter: { territoryId: 2040 },
        purpose: 'suivi',
        reason: 'Encore',
      })
    ).body.code,
    'grant/over',
  )
  const second = changed.grants[0].id
  const ends = await Promise.all(
    [1, 2].map(() => house.call(maite, 'POST', `/habilitations/grants/${second}/end`, { reason: 'Change de poste' })),
  )
  assert.deepEqual(ends.map(a => a.status).sort(), [200, 409])
  assert.deepEqual((await rows(`select ctx.held_grants($1, now()) as h`, [to.id])).length, 0)
  assert.deepEqual(
    (await trailOf(to.id)).map(e => e.action),
    ['grant.given', 'grant.changed', 'grant.ended'],
  )
})
test('ACC-2, ACC-9: a grant changed before it begins still begins on its day', async () => {
  const to = await house.person(own)
  const later = addDays(today, 30)
  const [first] = (await give(maite, to, { startsOn: later })).body.past
  assert.deepEqual([first.startsOn, first.endedAt], [later, null])
  const changed = (
    await house.call(maite, 'POST', `/habilitations/grants/${first.id}/change`, {
      profile: 'responsable',
      perimeter: { territoryId: 2040 },
      purpose: 'suivi',
      reason: 'Encadre l’équipe',
    })
  ).body
  assert.deepEqual(
    changed.past.filter((g: any) => g.endedAt === null).map((g: any) => [g.profile, g.startsOn]),
    [['responsable', later]],
  )
  assert.deepEqual(changed.grants, [])
  assert.deepEqual(await rows(`select ctx.held_grants($1, now()) as h`, [to.id]), [], 'nothing is open meanwhile')
  const now = (await give(maite, await house.person(own))).body.grants[0]
  const moved = (
    await house.call(maite, 'POST', `/habilitations/grants/${now.id}/change`, {
      profile: 'responsable',
      perimeter: { territoryId: 2040 },
      purpose: 'suivi',
      reason: 'Encadre l’équipe',
    })
  ).body
  assert.deepEqual(
    moved.grants.map((g: any) => g.startsOn),
    [today],
  )
})

test('ACC-4: nobody decides for themselves, not even an account manager; for them another one does, or the signatory when there is none in effect', async () => {
  const organisation = (await house.organisation()).id
  const [alone, signatory, colleague] = [
    await manager(organisation),
    await house.person(organisation),
    await house.person(organisation),
  ]
  await giveRole(house.owner, signatory, 'signataire')
  assert.equal((await give(alone, alone, { duties: 'Prospecte aussi' })).body.code, 'grant/own')
  assert.equal((await give(signatory, colleague)).body.code, 'not-found', 'not for someone who is no account manager')
  // RGC-5: nobody but its account managers in the tool; their signatory, for them alone.
  assert.deepEqual(
    (await house.call(signatory, 'GET', '/habilitations/people?total=true')).body.items.map((p: any) => p.id),
    [alone.id],
  )
  assert.deepEqual(
    [
      (await house.call(signatory, 'GET', `/habilitations/people/${alone.id}`)).status,
      (await house.call(signatory, 'GET', `/habilitations/people/${colleague.id}`)).status,
    ],
    [200, 404],
  )
  for (const [method, path, body] of [
    ['GET', '/habilitations/access', undefined],
    ['POST', '/habilitations/access/export', { purpose: 'Contrôle' }],
  ] as const)
    assert.equal((await house.call(signatory, method, path, body)).body.code, 'access/role-required')
  const home = (await house.call(signatory, 'GET', '/habilitations')).body
  assert.deepEqual([home.people, home.suspended, home.open, home.supplied], [1, 0, 0, 0])
  assert.equal((await house.call(alone, 'GET', '/habilitations/people?total=true')).body.total, 3)
  assert.equal((await give(signatory, alone)).body.code, 'grant/duties-needed')
  const given = await give(signatory, alone, { duties: 'Prospecte aussi' })
  assert.deepEqual([given.status, given.body.grants[0].duties], [200, 'Prospecte aussi'])
  const other = await manager(organisation)
  assert.equal(
    (await give(signatory, alone, { duties: 'Encore', perimeter: { territoryId: 2040 } })).body.code,
    'grant/not-yours-to-decide',
    'another account manager is in effect',
  )
  assert.equal((await give(other, alone, { duties: 'Encore', perimeter: { territoryId: 2040 } })).status, 200)
  assert.equal((await give(alone, signatory, {})).status, 200, 'the signatory is one person among others')
  assert.equal((await give(signatory, signatory, { perimeter: { territoryId: 2040 } })).body.code, 'grant/own')
  await assert.rejects(
    house.owner.query(
      `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_by,
        granted_at) values ($1, $2, $3, 'campagnes', 'pilote', 2033, 'x', $4, $2, now())`,
      [uuidv7(), alone.id, organisation, today],
    ),
    /no_self_grant/,
  )
})
test('ACC-10, POR-5: once no account manager is left, the signatory’s page counts everyone, as the lists behind it do; while one is left, account managers alone', async () => {
  const organisation = (await house.organisation()).id
  const signatory = await house.person(organisation)
  await giveRole(house.owner, signatory, 'signataire')
  const leaver = await manager(organisation)
  const [suspended, gone] = [await house.person(organisation), await house.person(organisation)]
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [suspended.id])
  await house.owner.query(`update accounts set status = 'deleted' where id = $1`, [gone.id])
  const counted = async () => {
    const { people, everyone, suspended, open, supplied, anomalies } = (
      await house.call(signatory, 'GET', '/habilitations')
    ).body
    assert.deepEqual([open, supplied], [0, 0], 'the page of anomalies is not theirs')
    const behind = async (query: string) =>
      (await house.call(signatory, 'GET', `/habilitations/people?total=true${query}`)).body.total
    const notGranted = anomalies.find((one: any) => one.anomaly === 'not-granted').people
    assert.deepEqual(
      [people, suspended, notGranted],
      [await behind(''), everyone ? await behind('&status=suspended') : 0, await behind('&anomaly=not-granted')],
      'each is that of its list',
    )
    return { people, everyone, suspended }
  }
  assert.deepEqual(await counted(), { people: 1, everyone: false, suspended: 0 })
  await house.owner.query(`update role_assignments set ends_at = now() where account_id = $1`, [leaver.id])
  assert.deepEqual(await counted(), { people: 3, everyone: true, suspended: 1 })
  const named = await manager(organisation)
  assert.deepEqual(await counted(), { people: 1, everyone: false, suspended: 0 }, 'another is named')
  const own = (await house.call(named, 'GET', '/habilitations')).body
  assert.deepEqual([own.people, own.everyone, own.suspended], [4, true, 1])

  const [officer, elsewhere] = [await house.person(organisation), await house.person((await house.organisation()).id)]
  await giveRole(house.owner, elsewhere, 'signataire')
  for (const who of [leaver, officer])
    assert.deepEqual(await house.call(who, 'GET', '/habilitations').then(({ status, body }) => [status, body.code]), [
      403,
      'access/role-required',
    ])
  const theirs = (await house.call(elsewhere, 'GET', '/habilitations')).body
  assert.deepEqual([theirs.people, theirs.everyone], [1, true], 'of another structure, its own people alone')
})
test('ACC-4: the role opens no tool', async () =>
  assert.deepEqual(await rows('select * from ctx.held_grants($1, now())', [maite.id]), []))
test('RGC-5: of another partner, nothing is seen nor done; without the role, the tool is closed', async () => {
  const stranger = await manager((await house.organisation()).id)
  const theirs = (await give(maite, await house.person(own))).body
  for (const [method, path, body] of [
    ['GET', `/habilitations/people/${claire.id}`, undefined],
    ['POST', `/habilitations/people/${claire.id}/grants`, grant],
    ['POST', `/habilitations/people/${claire.id}/suspend`, { reason: 'x' }],
    ['POST', `/habilitations/grants/${theirs.grants[0].id}/end`, { reason: 'x' }],
    ['POST', `/habilitations/imports/${uuidv7()}/confirm`, undefined],
  ] as const)
    assert.equal((await house.call(stranger, method, path, body)).status, 404, path)
  assert.deepEqual(
    (await house.call(stranger, 'GET', '/habilitations/people')).body.items.map((p: any) => p.id),
    [stranger.id],
  )
  for (const path of ['/habilitations/people', `/habilitations/people/${claire.id}`])
    assert.deepEqual(
      [(await house.call(claire, 'GET', path)).body.code, (await house.call(null, 'GET', path)).status],
      ['access/role-required', 401],
    )
  assert.equal((await give(claire, claire)).body.code, 'access/role-required')
  assert.equal(
    (await house.call(claire, 'POST', '/habilitations/people', { ...person, email: address() })).body.code,
    'access/role-required',
  )
})
test('IDN-5: a decision asks the second factor again when its last proof is old', async () => {
  const late = await manager(own)
  await house.owner.query(`update sessions set proven_at = now() - interval '11 minutes' where id = $1`, [
    late.sessionId,
  ])
  assert.equal((await give(late, claire)).body.code, 'session/step-up-required')
  await house.owner.query('update role_assignments set ends_at = now() where account_id = $1', [late.id])
})

test('ACC-12, IDN-4: suspended, a person’s open session is cut at once; resumed, they sign in again', async () => {
  const to = await house.person(own)
  assert.equal((await house.call(to, 'GET', '/habilitations/people')).status, 403)
  const suspended = await house.call(maite, 'POST', `/habilitations/people/${to.id}/suspend`, {
    reason: 'Absence longue',
  })
  assert.deepEqual(
    [suspended.body.status, suspended.body.statusReason, suspended.body.allowed],
    ['suspended', 'Absence longue', ['edit', 'change-address', 'grant', 'resume', 'depart']],
  )
  assert.equal((await house.call(to, 'GET', '/habilitations/people')).status, 401)
  assert.equal(
    (await house.call(maite, 'POST', `/habilitations/people/${to.id}/suspend`, { reason: 'Encore' })).body.code,
    'person/already',
  )
  assert.equal(
    (await house.call(maite, 'POST', `/habilitations/people/${to.id}/resume`, { reason: 'De retour' })).body.status,
    'active',
  )
  assert.equal((await house.call(to, 'GET', '/habilitations/people')).status, 401, 'the old session stays closed')
  assert.deepEqual(
    (await trailOf(to.id)).map(e => [e.action, e.detail.reason]),
    [
      ['account.suspended', 'Absence longue'],
      ['account.resumed', 'De retour'],
    ],
  )
})
test('ACC-1: a person corrected by two at once: the second is shown what the first wrote', async () => {
  const to = await house.person(own)
  const edit = (version: number, name: string) =>
    house.call(
      maite,
      'PUT',
      `/habilitations/people/${to.id}`,
      { ...person, familyName: name },
      { 'if-match': `"${version}"` },
    )
  const [first, second] = [await edit(1, 'Lafitte'), await edit(1, 'Labat')]
  assert.deepEqual(
    [first.body.familyName, first.body.version, second.status, second.body.current.familyName],
    ['Lafitte', 2, 412, 'Lafitte'],
  )
})

const file = (...lines: string[]) => ({
  text: ['Prénom;Nom;Courriel;Fonction;Qualité;Tiers;Fin contrat', ...lines].join('\r\n'),
})
test('ACC-1: a file is checked whole before anything is created; corrected and confirmed, it creates all; sent again, nobody twice', async () => {
  const n = async () => (await rows('select count(*)::int as n from accounts where organisation_id = $1', [own]))[0].n
  const before = await n()
  const [one, two] = [address(), address()]
  const wrong = (
    await house.call(
      maite,
      'POST',
      '/habilitations/imports',
      file(`Lucas;Etcheverry;${one};Conseiller`, 'Anne;Castets;rh@partenaire.example;Assistante'),
    )
  ).body
  assert.deepEqual([wrong.new, wrong.wrong, wrong.lines[1].line, wrong.lines[1].errors], [1, 1, 3, ['address-shared']])
  assert.equal(
    (await house.call(maite, 'POST', `/habilitations/imports/${wrong.id}/confirm`)).body.code,
    'import/has-errors',
  )
  assert.equal(await n(), before)
  const right = (
    await house.call(
      maite,
      'POST',
      '/habilitations/imports',
      file(`Lucas;Etcheverry;${one};Conseiller`, `Lucas;Etcheverry;${two};Assistant;;;`),
    )
  ).body
  assert.deepEqual([right.new, right.wrong, await n()], [2, 0, before])
  const both = await Promise.all(
    [1, 2].map(() => house.call(maite, 'POST', `/habilitations/imports/${right.id}/confirm`)),
  )
  assert.deepEqual(
    both.map(a => a.body),
    [
      { created: 2, waiting: 0, told: null },
      { created: 2, waiting: 0, told: null },
    ],
  )
  assert.equal(await n(), before + 2)
  assert.deepEqual(
    (await rows('select people from account_imports where id = $1', [right.id]))[0].people,
    [],
    'no name is kept there',
  )
  const invited = await rows(
    `select split_part(m.path, '#', 2) as token, i.token_hash as hash from mails m
      join invitations i on i.account_id = m.to_account_id join account_contacts c on c.account_id = m.to_account_id
      where m.kind = 'account-opened' and c.email = any ($1)`,
    [[one, two]],
  )
  assert.deepEqual(
    [invited.length, new Set(invited.map(i => i.token)).size],
    [2, 2],
    'each has an invitation of their own',
  )
  for (const { token, hash } of invited) assert.ok(tokenHash(token).equals(hash))
  const again = (
    await house.call(
      maite,
      'POST',
      '/habilitations/imports',
      file(`Lucas;Etcheverry;${one};Conseiller`, `Lucas;Etcheverry;${two};Assistant`),
    )
  ).body
  assert.deepEqual([again.new, again.known, again.wrong], [0, 2, 0])
  assert.deepEqual((await house.call(maite, 'POST', `/habilitations/imports/${again.id}/confirm`)).body, {
    created: 0,
    waiting: 0,
    told: null,
  })
})
test('ACC-1: an address taken between the check and the confirmation: the file is stale, and nothing is created', async () => {
  const email = address()
  const checked = (
    await house.call(
      maite,
      'POST',
      '/habilitations/imports',
      file(`Lucas;Etcheverry;${email};Conseiller`, `Lucas;Etcheverry;${address()};Conseiller`),
    )
  ).body
  await house.call(maite, 'POST', '/habilitations/people', { ...person, email })
  const n = (await rows('select count(*)::int as n from accounts'))[0].n
  assert.equal(
    (await house.call(maite, 'POST', `/habilitations/imports/${checked.id}/confirm`)).body.code,
    'import/stale',
  )
  assert.equal((await rows('select count(*)::int as n from accounts'))[0].n, n)
})
test('ACC-1: a file that nobody confirms is kept a day, then its names go; what was confirmed stays counted', async () => {
  const check = async () =>
    (await house.call(maite, 'POST', '/habilitations/imports', file(`Lucas;Etcheverry;${address()};Conseiller`))).body
      .id
  const [forgotten, done, fresh] = [await check(), await check(), await check()]
  await house.call(maite, 'POST', `/habilitations/imports/${done}/confirm`)
  await rows(`update account_imports set checked_at = now() - interval '25 hours' where id = any ($1)`, [
    [forgotten, done],
  ])
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await worker.query('select ctx.purge_imports()')
  await worker.end()
  assert.deepEqual(
    (
      await rows('select id from account_imports where id = any ($1) order by checked_at, id', [
        [forgotten, done, fresh],
      ])
    ).map(r => r.id),
    [done, fresh],
  )
})
test('ACC-1: a file that is empty, without its columns or too long is refused', async () => {
  for (const [text, code] of [
    ['Prénom;Nom;Courriel;Fonction\n', 'import/empty'],
    ['Nom;Courriel\nDufau;a@b.example\n', 'import/columns-missing'],
    [`Prénom;Nom;Courriel;Fonction\n${'a;b;c;d\n'.repeat(5001)}`, 'import/too-many'],
  ] as const)
    assert.equal((await house.call(maite, 'POST', '/habilitations/imports', { text })).body.code, code)
})

test('ACC-9: people are found, filtered and sorted, page by page', async () => {
  const organisation = (await house.organisation()).id
  const rgc = await manager(organisation)
  const ids: string[] = []
  for (const [givenName, familyName, job] of [
    ['Zoé', 'Arnaud', 'Conseillère'],
    ['Éric', 'Été', 'Directeur'],
    ['Anna', 'Zubiri', 'Assistante'],
  ] as const)
    ids.push(
      (
        await house.call(rgc, 'POST', '/habilitations/people', {
          ...person,
          givenName,
          familyName,
          function: job,
          email: `${familyName.toLowerCase().replaceAll('é', 'e')}${++serial}@x.example`,
        })
      ).body.id,
    )
  const another = await manager(organisation)
  await house.owner.query(
    `update confirmations set settled_at = now(), settled_by = $2, outcome = 'confirmed', reason = 'essai'
      where account_id = any ($1)`,
    [ids, another.id],
  )
  await give(rgc, { id: ids[0]! })
  await acceptTexts(house.owner, ids)
  const list = async (query: string) => (await house.call(rgc, 'GET', `/habilitations/people?${query}`)).body
  const names = async (query: string) =>
    (await list(query)).items.map((p: any) => p.familyName).filter((n: string) => !/^Essai/.test(n))
  assert.deepEqual(await names(''), ['Arnaud', 'Été', 'Zubiri'])
  assert.deepEqual(await names('sort=function'), ['Zubiri', 'Arnaud', 'Été'])
  assert.deepEqual(await names('q=eric'), ['Été'])
  assert.deepEqual(await names('q=arnaud+zoe'), ['Arnaud'])
  assert.deepEqual(await names('tool=campagnes'), ['Arnaud'])
  assert.deepEqual(await names('state=in-effect'), ['Arnaud'])
  assert.deepEqual([await names('anomaly=not-granted'), await names('anomaly=no-grant')], [['Été', 'Zubiri'], []])
  const first = await list('limit=3&total=true&sort=last-act')
  const next = await list(`limit=3&sort=last-act&after=${first.next}`)
  assert.deepEqual([first.total, new Set([...first.items, ...next.items].map(p => p.id)).size, next.next], [5, 5, null])
  assert.equal((await house.call(rgc, 'GET', '/habilitations/people?after=zzz')).status, 400)
})

test('POR-5, IDN-6: who came by ProConnect and waits for an answer is on the first page of who may give it, and of nobody else', async () => {
  const organisation = (await house.organisation()).id
  const [rgc, other, stranger] = [await manager(organisation), await manager(organisation), await manager(own)]
  const came = await house.person(organisation, [{}])
  const asks = (who: Person) =>
    rows(
      `insert into pending_links (id, issuer, subject, account_id, organisation_id, given_name, usual_name, email, reason,
        asked_at) values ($1::uuid, 'https://pc.example', $1::uuid::text, $2, $3, 'Camille', 'Essai', 'c@x.example',
        'unknown-provider', now())`,
      [uuidv7(), who.id, organisation],
    )
  await asks(came)
  await asks(came)
  await asks(other) // the operator's security officer answers for an account manager
  const waiting = async (who: Person) =>
    (await house.call(who, 'GET', '/habilitations')).body.anomalies.find((a: any) => a.anomaly === 'link-waiting')
      ?.people
  assert.deepEqual([await waiting(rgc), await waiting(stranger)], [1, 0])
  const { items } = (await house.call(rgc, 'GET', '/habilitations/people?anomaly=link-waiting')).body
  assert.deepEqual(
    items.map((p: any) => p.id),
    [came.id],
  )
  await rows(`update pending_links set decided_at = now(), decision = 'refused' where account_id = $1`, [came.id])
  assert.equal(await waiting(rgc), 0)
})
