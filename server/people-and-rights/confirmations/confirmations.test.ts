import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { acceptTexts } from '../../testing/texts.ts'
import { giveRole } from '../accounts/testing.ts'
import { grants } from '../grants/index.ts'
import { organisations } from '../organisations/index.ts'
import { people } from '../people/index.ts'
import { reviews } from '../reviews/index.ts'
import { confirmations } from './index.ts'

let house: House
let mailbox: Mailbox
let own: string
let maite: Person // account manager, who gives and opens
let other: Person // another one
let gilles: Person // signatory
let claire: Person
const today = parisDay(new Date())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const withRole = async (organisationId: string, ...roles: ('rgc' | 'signataire' | 'cssi')[]) => {
  const person = await house.person(organisationId)
  for (const role of roles) await giveRole(house.owner, person, role)
  return person
}
const give = (who: Person, to: { id: string }, territoryId: number, over: object = {}) =>
  house.call(who, 'POST', `/habilitations/people/${to.id}/grants`, {
    tool: 'campagnes',
    profile: 'conseiller',
    perimeter: { territoryId },
    purpose: 'prospection',
    reason: 'Équipe régionale',
    ...over,
  })
const opens = async (person: { id: string }) =>
  (await rows('select territory_id from ctx.effective_grants($1, ctx.clock()) order by 1', [person.id])).map(
    r => r.territory_id,
  )
const lacks = async (person: { id: string }) =>
  (await rows('select missing from ctx.held_grants($1, ctx.clock())', [person.id])).map(r => r.missing)
const waiting = async (person: { id: string }): Promise<string> =>
  (await rows('select id from confirmations where account_id = $1 and settled_at is null', [person.id]))[0]?.id
const settle = (
  who: Person,
  ids: string[],
  outcome: 'confirmed' | 'refused' = 'confirmed',
  reason: unknown = 'Vérifié',
) => house.call(who, 'POST', '/habilitations/confirmations/decision', { ids, outcome, reason })
let serial = 0
const open = (who: Person, domain: string) =>
  house.call(who, 'POST', '/habilitations/people', {
    givenName: 'Jean',
    familyName: 'Essai',
    function: 'Conseiller entreprises',
    attachment: 'agent',
    email: `jean.essai${++serial}@${domain}`,
  })

before(async () => {
  house = await openHouse([...confirmations, ...people, ...grants, ...organisations, ...reviews])
  mailbox = await openMailbox()
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (2033, 'departement', '33', 'Gironde')`,
  )
  own = (await house.organisation()).id
  maite = await withRole(own, 'rgc')
  other = await withRole(own, 'rgc')
  gilles = await withRole(own, 'signataire')
  claire = await house.person(own)
})
after(async () => {
  await mailbox.close()
  await house.close()
})

test('SEC-2, ACC-4: a grant over a region or the whole country opens nothing before a second person confirms it; the person, the others and the trail are told', async () => {
  for (const [territory, confirms] of [
    [0, other],
    [1075, gilles],
  ] as const) {
    await deliverMails(house, mailbox)
    const to = await house.person(own)
    const given = await give(maite, to, territory)
    assert.deepEqual(
      [given.status, given.body.grants[0].missing, given.body.told.mails, await opens(to)],
      [200, ['confirmation'], 2, []],
    )
    const mails = await deliverMails(house, mailbox)
    assert.deepEqual(
      [
        mails.filter(m => /attend votre confirmation/.test(m.subject)).length,
        mails.filter(
          m =>
            /Une habilitation vous est donnée/.test(m.subject) &&
            /seconde personne de votre structure ne l’a pas confirmée/.test(m.text),
        ).length,
      ],
      [2, 1],
    )
    const {
      items: [item],
      total,
    } = (await house.call(confirms, 'GET', '/habilitations/confirmations?total=true')).body
    assert.equal(total, 1)
    assert.deepEqual(
      [item.why, item.person.id, item.askedBy.id, item.grant.territory.id, item.allowed],
      ['wide-perimeter', to.id, maite.id, territory, ['settle']],
    )
    assert.equal((await house.call(confirms, 'GET', '/habilitations')).body.confirmations, 1)
    assert.deepEqual((await settle(confirms, [item.id])).body, { settled: 1 })
    assert.deepEqual(
      [await opens(to), (await house.call(confirms, 'GET', '/habilitations/confirmations')).body.items],
      [[territory], []],
    )
    assert.equal(
      (await deliverMails(house, mailbox)).filter(m => m.subject === 'Une confirmation est donnée').length,
      2,
    )
    assert.deepEqual(
      await rows(
        `select actor_id, subject_id from audit_entries where action = 'confirmation.confirmed' and subject_id = $1`,
        [to.id],
      ),
      [{ actor_id: confirms.id, subject_id: to.id }],
    )
  }
  const local = await house.person(own)
  assert.deepEqual(
    [(await give(maite, local, 2033)).body.grants[0].missing, await opens(local)],
    [[], [2033]],
    'a department opens at once',
  )
})
test('ACC-4: neither who gave it, nor whom it is for, nor anyone without the role, nor another structure confirms', async () => {
  assert.equal((await give(maite, other, 1075, { duties: 'Pilote la région' })).status, 200)
  const id = await waiting(other)
  assert.deepEqual(
    [(await settle(maite, [id])).body.code, (await settle(other, [id])).body.code],
    ['confirmation/own', 'confirmation/own'],
  )
  const stranger = await withRole((await house.organisation()).id, 'rgc')
  assert.deepEqual(
    [
      (await settle(claire, [id])).status,
      (await settle(stranger, [id])).status,
      (await settle(gilles, [uuidv7()])).status,
    ],
    [404, 404, 404],
  )
  assert.equal((await house.call(claire, 'GET', '/habilitations/confirmations')).body.code, 'access/role-required')
  for (const [ids, reason] of [
    [[], 'x'],
    [[id, id], 'x'],
    [[id], ' '],
    [['1'], 'x'],
  ] as const)
    assert.equal((await settle(gilles, ids as unknown as string[], 'confirmed', reason)).status, 400)
  assert.deepEqual(await opens(other), [])
  assert.equal((await settle(gilles, [id])).status, 200)
  assert.deepEqual(await opens(other), [1075])
  await house.owner.query('update grants set revoked_at = now() where account_id = $1', [other.id])
})
test('SEC-2: refused, the grant ends with its reason; settled by two at once, it is settled once; ended meanwhile, it waits no more', async () => {
  const [to, third] = [await house.person(own), await house.person(own)]
  await give(maite, to, 0)
  const id = await waiting(to)
  const answers = await Promise.all([
    settle(other, [id], 'refused', 'Pas de mission nationale'),
    settle(gilles, [id], 'refused', 'Pas de mission nationale'),
  ])
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 409])
  assert.deepEqual(await rows('select revoke_reason from grants where account_id = $1', [to.id]), [
    { revoke_reason: 'Pas de mission nationale' },
  ])
  assert.deepEqual([(await settle(other, [id])).body.code, await opens(to)], ['confirmation/settled', []])
  const given = await give(maite, third, 0)
  await house.call(maite, 'POST', `/habilitations/grants/${given.body.grants[0].id}/end`, { reason: 'Erreur' })
  assert.deepEqual((await house.call(other, 'GET', '/habilitations/confirmations')).body.items, [])
  assert.equal((await settle(other, [await waiting(third)])).body.code, 'confirmation/settled')
})
test('IDN-5: confirming asks the second factor again', async () => {
  const to = await house.person(own)
  await give(maite, to, 0)
  await house.owner.query(`update sessions set proven_at = now() - interval '11 minutes' where id = $1`, [
    other.sessionId,
  ])
  assert.equal((await settle(other, [await waiting(to)])).body.code, 'session/step-up-required')
  await house.owner.query('update sessions set proven_at = now() where id = $1', [other.sessionId])
  assert.equal((await settle(other, [await waiting(to)])).status, 200)
})
test('SEC-2: changed without more, a confirmed grant goes on; with a larger profile, a later end or while it waited, it waits', async () => {
  const change = (grantId: string, over: object) =>
    house.call(maite, 'POST', `/habilitations/grants/${grantId}/change`, {
      profile: 'conseiller',
      perimeter: { territoryId: 1075 },
      purpose: 'suivi',
      reason: 'Équipe régionale',
      endsOn: addDays(today, 30),
      ...over,
    })
  const to = await house.person(own)
  const first = (await give(maite, to, 1075, { endsOn: addDays(today, 30) })).body.grants[0].id
  const second = (await change(first, {})).body.grants[0]
  assert.deepEqual(second.missing, ['confirmation'], 'not confirmed yet')
  await settle(other, [(await rows('select id from confirmations where grant_id = $1', [second.id]))[0].id])
  const smaller = (await change(second.id, { profile: 'consultation', endsOn: addDays(today, 20) })).body.grants[0]
  assert.deepEqual(smaller.missing, [])
  for (const over of [
    { profile: 'conseiller', endsOn: addDays(today, 20) },
    { profile: 'consultation', endsOn: addDays(today, 21) },
    { profile: 'consultation', endsOn: null },
  ]) {
    const mine = await house.person(own)
    const base = (await give(maite, mine, 1075, { profile: 'consultation', endsOn: addDays(today, 20) })).body.grants[0]
      .id
    await settle(other, [await waiting(mine)])
    assert.deepEqual((await change(base, over)).body.grants[0].missing, ['confirmation'], JSON.stringify(over))
  }
})
test('ACC-8, SEC-2: a review that reduces a confirmed grant leaves it open', async () => {
  const to = await house.person(own)
  await give(maite, to, 1075)
  await settle(other, [await waiting(to)])
  const { id } = (await house.call(maite, 'POST', '/reviews')).body
  const line = (await house.call(maite, 'GET', `/reviews/${id}/lines?limit=200`)).body.items.find(
    (l: any) => l.person.id === to.id && l.grant,
  )
  assert.equal(
    (
      await house.call(maite, 'POST', `/reviews/${id}/decisions`, {
        lineIds: [line.id],
        decision: 'reduce',
        toProfile: 'consultation',
        reason: 'Moins suffit',
      })
    ).status,
    200,
  )
  assert.deepEqual([await opens(to), await lacks(to)], [[1075], [[]]])
})
test('SEC-2: an account whose address is of a domain that the structure does not know opens nothing before a second person confirms it; the next of that domain then opens at once', async () => {
  await deliverMails(house, mailbox)
  const known = await open(maite, 'partenaire.example')
  assert.deepEqual([known.body.waits, known.body.told], [false, null])
  const { status, body } = await open(maite, 'gmail.example')
  assert.deepEqual([status, body.waits, body.told.mails], [200, true, 2])
  await acceptTexts(house.owner, [body.id])
  const mails = await deliverMails(house, mailbox)
  assert.equal(mails.filter(m => m.subject === 'Un compte attend votre confirmation').length, 2)
  assert.ok(
    mails.every(m => !/gmail|Essai/.test(m.text)),
    'mails name nobody',
  )
  await give(maite, body, 2033)
  assert.deepEqual([await opens(body), await lacks(body)], [[], [['confirmation']]])
  assert.equal((await open(maite, 'gmail.example')).body.waits, true, 'one that waits makes nothing known')
  assert.equal((await settle(maite, [await waiting(body)])).body.code, 'confirmation/own')
  assert.equal((await settle(other, [await waiting(body)])).status, 200)
  assert.deepEqual(
    [
      await opens(body),
      (await open(maite, 'gmail.example')).body.waits,
      (await open(maite, 'GMAIL.example')).body.waits,
    ],
    [[2033], false, false],
  )
  assert.equal((await open(maite, 'mail.gmail.example')).body.waits, true, 'another domain')
})
test('SEC-2: refused, the account is suspended and its sessions closed', async () => {
  const { body } = await open(maite, 'inconnu.example')
  await house.owner.query(
    `insert into sessions (id, token_hash, account_id, created_at, last_seen_at, acr, second_factor, second_factor_at,
      proven_at) values ($1, sha256('x'), $2, now(), now(), 'eidas2', 'proconnect', now(), now())`,
    [uuidv7(), body.id],
  )
  assert.equal((await settle(gilles, [await waiting(body)], 'refused', 'Personne ne la connaît')).status, 200)
  assert.deepEqual(await rows('select status, status_reason from accounts where id = $1', [body.id]), [
    { status: 'suspended', status_reason: 'Personne ne la connaît' },
  ])
  assert.deepEqual(await rows('select from sessions where account_id = $1 and ended_at is null', [body.id]), [])
  assert.equal((await open(maite, 'inconnu.example')).body.waits, true, 'a refused one makes nothing known')
  await give(maite, body, 2033)
  await house.call(maite, 'POST', `/habilitations/people/${body.id}/resume`, { reason: 'essai' })
  assert.deepEqual(
    [await opens(body), (await lacks(body))[0].includes('confirmation')],
    [[], true],
    'resumed, it still opens nothing',
  )
})
test('SEC-2: a file of people of a domain unknown: none opens anything, and two hundred are confirmed at once', async () => {
  const text = [
    'Prénom;Nom;Courriel;Fonction',
    ...[1, 2, 3].map(n => `Jean;Essai;jean.fichier${n}@fichier.example;Conseiller entreprises`),
    'Lou;Essai;lou.fichier@partenaire.example;Conseiller entreprises',
  ].join('\n')
  const checked = (await house.call(maite, 'POST', '/habilitations/imports', { text })).body
  const done = (await house.call(maite, 'POST', `/habilitations/imports/${checked.id}/confirm`)).body
  assert.deepEqual([done.created, done.waiting, done.told.mails], [4, 3, 2])
  const ids = (
    await rows(
      `select c.id from confirmations c join account_contacts k using (account_id)
        where k.email like '%@fichier.example'`,
    )
  ).map(r => r.id)
  assert.deepEqual((await settle(gilles, ids)).body, { settled: 3 })
})
test('SEC-6, SEC-2: whatever the application forgets, the database asks for the second person and lets nobody else answer', async () => {
  const as = async <T>(
    who: Person,
    work: (tx: Awaited<ReturnType<typeof house.database.begin>>) => Promise<T>,
  ): Promise<T> => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await work(tx)
    } finally {
      await tx.rollback()
    }
  }
  const to = await house.person(own)
  const grant = uuidv7()
  await as(maite, async tx => {
    await tx.run(
      sql`insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on,
        granted_by, granted_at) values (${grant}, ${to.id}, ${own}, 'campagnes', 'conseiller', 1075, 'essai',
        '2026-01-01', ${maite.id}, now())`,
    )
    assert.equal((await tx.all(sql`select from confirmations where grant_id = ${grant}`)).length, 1)
    const account = uuidv7()
    await tx.run(
      sql`insert into accounts (id, organisation_id, given_name, family_name, function, attachment, created_at)
        values (${account}, ${own}, 'Jean', 'Essai', 'x', 'agent', now())`,
    )
    await tx.run(
      sql`insert into account_contacts (account_id, organisation_id, email)
        values (${account}, ${own}, 'jean@ailleurs.example')`,
    )
    assert.equal((await tx.all(sql`select from confirmations where account_id = ${account}`)).length, 1)
  })
  await give(maite, to, 0)
  const id = await waiting(to)
  const answer = (who: Person) =>
    as(
      who,
      async tx =>
        (await tx.first(
          sql<{ done: boolean }>`select ctx.settle_confirmation(${id}::uuid, 'confirmed', 'essai') as done`,
        ))!.done,
    )
  const stranger = await withRole((await house.organisation()).id, 'rgc', 'signataire')
  assert.deepEqual(
    [
      await answer(maite),
      await answer(to),
      await answer(claire),
      await answer(stranger),
      await answer(other),
      await answer(gilles),
    ],
    [false, false, false, false, true, true],
  )
  for (const statement of [
    sql`update confirmations set outcome = 'confirmed'`,
    sql`delete from confirmations`,
    sql`insert into confirmations (id, account_id, organisation_id, grant_id, why, asked_by, asked_at)
      values (${uuidv7()}, ${to.id}, ${own}, null, 'unknown-domain', ${maite.id}, now())`,
  ])
    await assert.rejects(
      as(other, tx => tx.run(statement)),
      /permission denied/,
    )
  await assert.rejects(
    house.owner.query(
      'update confirmations set settled_at = now(), settled_by = asked_by, outcome = $2, reason = $2 where id = $1',
      [id, 'confirmed'],
    ),
    /settled_by_another/,
  )
})
