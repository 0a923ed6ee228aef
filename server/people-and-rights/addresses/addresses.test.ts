import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { insertSession } from '../../signing-in/identity/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from '../people/index.ts'
import { addresses } from './index.ts'

let house: House
let own: string
let rgc: Person, second: Person, signs: Person, claire: Person
let serial = 0
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const withRole = async (role: 'rgc' | 'signataire', organisationId = own) => {
  const person = await house.person(organisationId)
  await giveRole(house.owner, person, role)
  return person
}
const fresh = (domain = 'partenaire.example') => `camille.neuve${++serial}@${domain}`
const addressOf = async (who: Person): Promise<string> =>
  (await rows('select email from account_contacts where account_id = $1', [who.id]))[0].email
const ask = (by: Person, of: Person, email: string) =>
  house.call(by, 'POST', `/habilitations/people/${of.id}/address`, { email, reason: 'Mariage' }, once())
const settle = (by: Person, id: string, outcome: 'confirmed' | 'refused') =>
  house.call(by, 'POST', `/habilitations/address-changes/${id}/decision`, { outcome, reason: 'Vu avec elle' }, once())
const asked = async (by: Person, of: Person, email: string): Promise<string> => {
  const { status, body } = await ask(by, of, email)
  assert.equal(status, 200, JSON.stringify(body))
  return body.change.id
}
const listed = async (who: Person) =>
  (await house.call(who, 'GET', '/habilitations/address-changes')).body.items.map((change: any) => [
    change.person.id,
    change.allowed,
  ])
const mails = (of: Person) =>
  rows(
    `select kind, to_account_id as account, to_address as address, body from mails
      where about_id = $1 and kind like 'address-%' order by created_at, id`,
    [of.id],
  )
const trail = (action: string, of: Person) =>
  rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = $1 and e.subject_id = $2`,
    [action, of.id],
  )

before(async () => {
  house = await openHouse([...addresses, ...people])
})
after(() => house.close())
beforeEach(async () => {
  own = (await house.organisation()).id
  ;[rgc, second, signs] = [await withRole('rgc'), await withRole('rgc'), await withRole('signataire')]
  claire = await house.person(own)
})

/** What an address receives: a link to choose a password, an invitation, and who came by ProConnect with it. */
const layLinks = async (of: Person) => {
  await house.owner.query(
    `insert into password_links (id, account_id, token_hash, made_at, made_by, ends_at, code_hash)
      values ($1, $2, $3, now(), $4, now() + interval '1 day', $3)`,
    [uuidv7(), of.id, randomBytes(32), rgc.id],
  )
  await house.owner.query(
    `insert into invitations (id, account_id, token_hash, made_at, ends_at)
      values ($1, $2, $3, now(), now() + interval '14 days')`,
    [uuidv7(), of.id, randomBytes(32)],
  )
  await house.owner.query(
    `insert into pending_links (id, issuer, subject, account_id, organisation_id, given_name, usual_name, email, siret,
      idp_id, reason, asked_at)
      values ($1, 'https://fi.example', $4, $2, $3, 'Camille', 'Essai', 'x@partenaire.example', null, '',
        'unknown-provider', now())`,
    [uuidv7(), of.id, of.organisationId, uuidv7()],
  )
}
const linksOf = async (of: Person): Promise<number> =>
  (
    await rows(
      `select (select count(*) from password_links where account_id = $1)
        + (select count(*) from invitations where account_id = $1)
        + (select count(*) from pending_links where account_id = $1) as n`,
      [of.id],
    )
  ).map(row => Number(row.n))[0]!
const openSessions = async (of: Person): Promise<string[]> =>
  (await rows('select id from sessions where account_id = $1 and ended_at is null', [of.id])).map(row => row.id)

test('ACC-16: an account manager asks for another address; nothing changes until the person confirms it, then what the former one received opens nothing, and both addresses are told', async () => {
  const [former, wanted] = [await addressOf(claire), fresh()]
  await layLinks(claire)
  await insertSession(house.owner, claire.id)
  const id = await asked(rgc, claire, wanted.toUpperCase())
  assert.equal(await addressOf(claire), former)
  assert.deepEqual([await linksOf(claire), (await openSessions(claire)).length], [3, 2])
  const told = await mails(claire)
  assert.deepEqual(
    told.map(mail => [mail.kind, mail.account]).toSorted(),
    [
      ['address-asked', claire.id],
      ['address-waiting', second.id],
      ['address-waiting', signs.id],
    ].toSorted(),
  )
  for (const mail of told) assert.ok(!mail.body.includes(wanted), 'a mail does not say the new address')
  assert.deepEqual(await listed(claire), [[claire.id, ['confirm', 'refuse']]])

  const { status, body } = await settle(claire, id, 'confirmed')
  assert.deepEqual([status, body], [200, { outcome: 'confirmed', sessionsEnded: 1 }])
  assert.deepEqual(await rows('select email, mailbox from account_contacts where account_id = $1', [claire.id]), [
    { email: wanted, mailbox: wanted.replace('camille.', 'camille') },
  ])
  assert.deepEqual(await openSessions(claire), [claire.sessionId], 'the session in which she confirms goes on')
  assert.equal(await linksOf(claire), 0)
  const changed = (await mails(claire)).filter(mail => mail.kind === 'address-changed')
  assert.deepEqual(
    changed.map(mail => [mail.account, mail.address]).toSorted(),
    [
      [claire.id, null],
      [null, former],
    ].toSorted(),
  )
  const [[entry], [request]] = [await trail('address.changed', claire), await trail('address.asked', claire)]
  assert.deepEqual(
    [entry.actor_id, entry.detail.email, entry.detail.former, entry.detail.askedBy, entry.detail.sessions],
    [claire.id, wanted, former, rgc.id, 1],
  )
  assert.deepEqual([request.actor_id, request.detail.email, request.detail.reason], [rgc.id, wanted, 'Mariage'])
  assert.deepEqual(await listed(claire), [])
})

test('ACC-16, SEC-1: who asks never confirms: an account manager takes no account over by its address; another one, or the signatory, confirms, and every session ends', async () => {
  const former = await addressOf(claire)
  const id = await asked(rgc, claire, fresh())
  assert.deepEqual([(await settle(rgc, id, 'confirmed')).body.code, await addressOf(claire)], ['address/own', former])
  assert.deepEqual(await listed(rgc), [[claire.id, ['refuse']]])
  const colleague = await house.person(own)
  const stranger = await withRole('rgc', (await house.organisation()).id)
  for (const who of [colleague, stranger]) {
    assert.equal((await settle(who, id, 'confirmed')).status, 404)
    assert.equal((await settle(who, id, 'refused')).status, 404)
    assert.deepEqual(await listed(who), [])
  }
  assert.equal(await addressOf(claire), former)
  assert.equal((await settle(second, id, 'confirmed')).body.sessionsEnded, 1)
  assert.deepEqual(await openSessions(claire), [])
  const manager = await asked(second, rgc, fresh())
  assert.equal((await settle(signs, manager, 'confirmed')).status, 200)
})

test('ACC-16, ACC-4: a domain that no confirmed account of the structure has takes a second person: the person alone is not enough', async () => {
  const id = await asked(rgc, claire, fresh(`nouveau${serial}.example`))
  assert.deepEqual(await listed(claire), [[claire.id, ['refuse']]])
  assert.equal((await settle(claire, id, 'confirmed')).body.code, 'address/second-person')
  assert.equal((await settle(signs, id, 'confirmed')).status, 200)
})

test('ACC-16, ACC-4: refused, and nothing asked: the same address, one of another account or of its mailbox, one’s own, a service’s, a look-alike; by who does not decide for the person', async () => {
  const elsewhere = await house.person((await house.organisation()).id)
  const local = (await addressOf(second)).split('@')[0]!
  for (const [email, code] of [
    [await addressOf(claire), 'address/same'],
    [await addressOf(elsewhere), 'person/address-taken'],
    [await addressOf(second), 'person/address-taken'],
    [`${local}+1@partenaire.example`, 'person/mailbox-taken'],
    [(await addressOf(rgc)).replace('@', '+autre@'), 'person/own-mailbox'],
    ['accueil@partenaire.example', 'person/shared-mailbox'],
    ['саmille@partenaire.example', 'request/malformed'],
    ['cami\u200blle@partenaire.example', 'request/malformed'],
  ] as const)
    assert.equal((await ask(rgc, claire, email)).body.code, code, JSON.stringify(email))
  assert.equal((await ask(rgc, rgc, fresh())).body.code, 'grant/own')
  assert.equal((await ask(signs, claire, fresh())).status, 404, 'managers can')
  assert.equal((await ask(claire, second, fresh())).body.code, 'access/role-required')
  assert.equal((await ask(rgc, elsewhere, fresh())).status, 404)
  assert.deepEqual(await rows('select from address_changes where organisation_id = $1', [own]), [])
  const dotted = (await addressOf(claire)).replace('camille.', 'camille')
  const id = await asked(rgc, claire, dotted)
  assert.equal((await settle(claire, id, 'confirmed')).status, 200, 'her own mailbox, written otherwise')
})

test('ACC-16: those of a structure are read the longest waiting first, by pages, with their count; one’s own alone by others', async () => {
  const first = await asked(rgc, claire, fresh())
  const last = await asked(rgc, second, fresh())
  const read = async (who: Person, query: string) =>
    (await house.call(who, 'GET', `/habilitations/address-changes?${query}`)).body
  const page = await read(signs, 'limit=1&total=true')
  assert.deepEqual([page.items.map((one: any) => one.id), page.total], [[first], 2])
  const rest = await read(signs, `limit=1&after=${encodeURIComponent(page.next)}`)
  assert.deepEqual([rest.items.map((one: any) => one.id), rest.next], [[last], null])
  const own = await read(claire, 'total=true')
  assert.deepEqual([own.items.map((one: any) => one.id), own.total], [[first], 1])
})

test('ACC-16: an address that another account took meanwhile is not given twice', async () => {
  const wanted = fresh()
  const [first, other] = [await asked(rgc, claire, wanted), await asked(rgc, second, wanted)]
  assert.equal((await settle(second, other, 'confirmed')).status, 200)
  assert.equal((await settle(claire, first, 'confirmed')).body.code, 'person/address-taken')
  const [late, variant] = [await house.person(own), wanted.replace('@', '+x@')]
  const third = await ask(rgc, late, variant)
  assert.equal(third.body.code, 'person/mailbox-taken')
  assert.deepEqual(await listed(claire), [[claire.id, ['confirm', 'refuse']]], 'it still waits, and may be refused')
})

test('ACC-16: a change is refused by the person, or cancelled by who asked; one waits at a time, for a fortnight; settled once', async () => {
  const former = await addressOf(claire)
  const id = await asked(rgc, claire, fresh())
  assert.equal((await ask(second, claire, fresh())).body.code, 'address/asked')
  assert.equal((await settle(claire, id, 'refused')).status, 200)
  assert.equal((await settle(second, id, 'confirmed')).body.code, 'address/settled')
  assert.deepEqual(
    (await mails(claire)).filter(mail => mail.kind === 'address-refused').map(mail => mail.account),
    [claire.id, rgc.id],
  )
  assert.equal((await trail('address.refused', claire)).length, 1)
  const again = await asked(rgc, claire, fresh())
  assert.equal((await settle(rgc, again, 'refused')).status, 200)
  const late = await asked(rgc, claire, fresh())
  await rows(`update address_changes set asked_at = now() - interval '15 days' where id = $1`, [late])
  assert.deepEqual([await listed(second), (await settle(second, late, 'confirmed')).body.code], [[], 'address/settled'])
  const last = await asked(second, claire, fresh())
  const both = await Promise.all([settle(rgc, last, 'confirmed'), settle(signs, last, 'refused')])
  assert.deepEqual(both.map(answer => answer.status).toSorted(), [200, 409])
  assert.equal((await addressOf(claire)) === former, both[0]!.status === 409)
})

/** The first has done its part and waits for the trail, which somebody keeps; the second is asked then. */
const oneWithin = async (...asks: (() => ReturnType<House['call']>)[]) =>
  (await whileHeld(house.owner, 'lock table audit_entries in share mode', [], asks)).map(({ status, body }) =>
    status === 200 ? body.outcome : body.code,
  )
/** What is written of her address: its versions, the entries in the trail, and the mails that say how it ended. */
const written = async (of: Person) => {
  const [account] = await rows('select version from accounts where id = $1', [of.id])
  const ends = (await mails(of)).filter(({ kind }) => ['address-changed', 'address-refused'].includes(kind))
  const kept = await rows(
    `select action, actor_id from audit_entries where subject_id = $1 and action in ('address.changed', 'address.refused')`,
    [of.id],
  )
  return { email: await addressOf(of), version: account.version, mails: ends.length, kept }
}
test('ACC-16: confirmed by two at once, or refused while it is confirmed, the second waits for the first, and is told that it is settled', async () => {
  const { email: former, version } = await written(claire)
  const wanted = fresh()
  const id = await asked(rgc, claire, wanted)
  const confirm = (who: Person, change: string) => () => settle(who, change, 'confirmed')
  assert.deepEqual(await oneWithin(confirm(second, id), confirm(signs, id)), ['confirmed', 'address/settled'])
  const changed = {
    email: wanted,
    version: version + 1,
    mails: 2,
    kept: [{ action: 'address.changed', actor_id: second.id }],
  }
  assert.deepEqual(await written(claire), changed)
  const refused = await asked(rgc, claire, former)
  const refuse = () => settle(rgc, refused, 'refused')
  assert.deepEqual(await oneWithin(refuse, confirm(signs, refused)), ['refused', 'address/settled'])
  assert.equal(await addressOf(claire), wanted)
  const taken = await asked(rgc, claire, former)
  assert.deepEqual(await oneWithin(confirm(signs, taken), () => settle(rgc, taken, 'refused')), [
    'confirmed',
    'address/settled',
  ])
  assert.equal(await addressOf(claire), former)

  const settling = 'ctx.settle_address_change(uuid, text, text, uuid)'
  const person =
    '  perform from public.accounts a where a.id = (select x.account_id from public.address_changes x where x.id = of_change) for update;'
  const change = '  perform from public.address_changes x where x.id = of_change for update;'
  await withFunctionChanged(house.owner, settling, person, '', () =>
    withFunctionChanged(house.owner, settling, change, '', async () => {
      const last = await asked(rgc, claire, fresh())
      const twice = await oneWithin(confirm(second, last), confirm(signs, last))
      assert.deepEqual(twice, ['confirmed', 'confirmed'], 'without their locks')
    }),
  )
})

test('ACC-16: of two who ask for one person at once, one waits for confirmation, and the other is told', async () => {
  const wanted = [fresh(), fresh()] as const
  const answers = await whileHeld(
    house.owner,
    'lock table audit_entries in share mode',
    [],
    [() => ask(rgc, claire, wanted[0]), () => ask(second, claire, wanted[1])],
  )
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.code]),
    [
      [200, undefined],
      [409, 'address/asked'],
    ],
  )
  assert.deepEqual(await rows('select email from address_changes where account_id = $1', [claire.id]), [
    { email: wanted[0] },
  ])
})

test('ACC-16, ACC-6: both addresses are forgotten a month after, and with the account that ends, in the trail too', async () => {
  const id = await asked(rgc, claire, fresh())
  await settle(claire, id, 'confirmed')
  const kept = await asked(rgc, second, fresh())
  await rows(
    `update address_changes set asked_at = now() - interval '45 days', settled_at = now() - interval '31 days' where id = $1`,
    [id],
  )
  assert.equal((await rows('select ctx.purge_address_changes() as n'))[0].n, 1)
  assert.deepEqual(await rows('select id from address_changes where organisation_id = $1', [own]), [{ id: kept }])
  const leaver = await house.person(own)
  const change = await asked(rgc, leaver, fresh())
  await settle(second, change, 'confirmed')
  await asked(rgc, leaver, fresh())
  const gone = await house.call(rgc, 'POST', `/habilitations/people/${leaver.id}/depart`, {
    cause: 'departure',
    reason: 'Fin de contrat',
  })
  assert.equal(gone.status, 200, JSON.stringify(gone.body))
  assert.deepEqual(await rows('select from address_changes where account_id = $1', [leaver.id]), [])
  for (const action of ['address.asked', 'address.changed']) assert.deepEqual(await trail(action, leaver), [], action)
})
