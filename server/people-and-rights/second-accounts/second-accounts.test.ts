import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { giveRole } from '../accounts/testing.ts'
import { addresses } from '../addresses/index.ts'
import { people } from '../people/index.ts'
import { releases } from '../releases/index.ts'
import { roles } from '../roles/index.ts'
import { secondAccounts } from './index.ts'
import { purgeSecondAccountsNightly, tellShares } from './tell-second-accounts.job.ts'

let house: House
let workers: [pg.Client, pg.Client]
let cssi: Person
let firstRgc: Person, claire: Person, nextRgc: Person, nextAgent: Person, thirdRgc: Person
let address: string
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const join = async (organisationId: string, role?: Parameters<typeof giveRole>[2]) => {
  const person = await house.person(organisationId)
  if (role) await giveRole(house.owner, person, role)
  return person
}
before(async () => {
  house = await openHouse([...secondAccounts, ...releases, ...people, ...addresses, ...roles])
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all(workers.map(worker => worker.connect()))
  cssi = await join((await house.organisation({ kind: 'operateur' })).id, 'cssi')
})
after(async () => {
  await Promise.all(workers.map(worker => worker.end()))
  await house.close()
})
beforeEach(async () => {
  await rows('delete from shared_addresses')
  const [first, next, third] = [await house.organisation(), await house.organisation(), await house.organisation()]
  firstRgc = await join(first.id, 'rgc')
  claire = await house.person(first.id)
  nextRgc = await join(next.id, 'rgc')
  nextAgent = await join(next.id)
  thirdRgc = await join(third.id, 'rgc')
  address = (await rows('select email from account_contacts where account_id = $1', [claire.id]))[0].email
})

const asking = { givenName: 'Claire', familyName: 'Aumont', reason: 'Elle travaille à mi-temps chez nous' }
const ask = (by: Person, over: object = {}) =>
  house.call(by, 'POST', '/habilitations/second-accounts', { email: address, ...asking, ...over }, once())
const asked = async (by = nextRgc): Promise<string> => {
  const { status, body } = await ask(by)
  assert.equal(status, 200, JSON.stringify(body))
  return body.id
}
const settle = (by: Person, id: string, outcome: 'accepted' | 'refused' | 'withdrawn') =>
  house.call(by, 'POST', `/habilitations/second-accounts/${id}/decision`, { outcome }, once())
const accepted = async (by = nextRgc): Promise<string> => {
  const id = await asked(by)
  const { status, body } = await settle(claire, id, 'accepted')
  assert.equal(status, 200, JSON.stringify(body))
  return id
}
const create = (by: Person, email = address) =>
  house.call(
    by,
    'POST',
    '/habilitations/people',
    { givenName: 'Claire', familyName: 'Aumont', function: 'Conseil', attachment: 'agent', email },
    once(),
  )
const opened = async (by = nextRgc): Promise<string> => {
  const { status, body } = await create(by)
  assert.equal(status, 200, JSON.stringify(body))
  return body.id
}
const leaves = (by: Person, id: string) =>
  house.call(by, 'POST', `/habilitations/people/${id}/depart`, { cause: 'departure', reason: 'Fin de contrat' }, once())
const listed = async (who: Person): Promise<any[]> =>
  (await house.call(who, 'GET', '/habilitations/second-accounts')).body.items
const codeOf = ({ status, body }: { status: number; body: any }) => [status, body.code]
const tell = (worker = workers[0]) => within(worker)(tellShares)
const holders = async () =>
  (
    await rows('select account_id from account_contacts where email = $1 order by beside_id nulls first', [address])
  ).map(row => row.account_id)

test('ACC-16: asked by the second structure and accepted by the person, one address opens a second account, whose rights and sessions are apart', async () => {
  assert.deepEqual(codeOf(await create(nextRgc)), [409, 'person/address-taken'])
  const id = await asked()
  assert.deepEqual(codeOf(await create(nextRgc)), [409, 'person/address-taken'], 'asked is not accepted')
  assert.equal(await tell(), 1)
  assert.equal(await tell(), 0)
  assert.deepEqual(
    (await rows(`select to_account_id, kind from mails where about_id = $1`, [id])).map(m => [m.to_account_id, m.kind]),
    [[claire.id, 'pair-asked']],
  )
  assert.equal((await settle(claire, id, 'accepted')).status, 200)
  const second = await opened()
  assert.deepEqual(await holders(), [claire.id, second])
  const states = await rows(
    'select id, organisation_id, status from accounts where id = any ($1) order by created_at',
    [[claire.id, second]],
  )
  assert.deepEqual(
    states.map(a => [a.organisation_id, a.status]),
    [
      [claire.organisationId, 'active'],
      [nextRgc.organisationId, 'active'],
    ],
  )
  assert.deepEqual(await rows('select from sessions where account_id = $1', [second]), [])
  assert.deepEqual(codeOf(await create(nextRgc)), [409, 'person/address-taken'], 'twice in one structure')
  assert.deepEqual(codeOf(await create(thirdRgc)), [409, 'person/address-taken'])
  assert.deepEqual(codeOf(await ask(thirdRgc)), [409, 'second-account/shared'])
  const trail = await rows(
    `select e.action, e.actor_id, d.detail from audit_entries e left join audit_details d on d.entry_id = e.id
      where e.subject_kind = 'second-account' and e.subject_id = $1 order by e.at`,
    [id],
  )
  assert.deepEqual(
    trail.map(e => [e.action, e.actor_id]),
    [
      ['second-account.asked', nextRgc.id],
      ['second-account.accepted', claire.id],
    ],
  )
  assert.doesNotMatch(JSON.stringify(trail), new RegExp(`${address}|${claire.organisationId}`))
})

test('ACC-16, SEC-6: neither structure learns of the other; the first one is told that there is another account, the CSSI reads both', async () => {
  const id = await asked()
  assert.deepEqual(await listed(firstRgc), [], 'until it is accepted')
  assert.deepEqual(await listed(nextAgent), [])
  assert.deepEqual(await listed(thirdRgc), [])
  const [seen] = await listed(nextRgc)
  assert.deepEqual(
    [seen.side, seen.person, seen.former, seen.asker.id, seen.allowed],
    ['asker', null, null, nextRgc.organisationId, ['withdraw']],
  )
  const [mine] = await listed(claire)
  assert.deepEqual(
    [mine.side, mine.asker.id, mine.reason, mine.allowed],
    ['person', nextRgc.organisationId, asking.reason, ['accept', 'refuse']],
  )
  await settle(claire, id, 'accepted')
  await tell()
  const [first] = await listed(firstRgc)
  assert.deepEqual(
    [first.side, first.person.id, first.asker, first.askedFor, first.reason, first.openUntil, first.allowed],
    ['first', claire.id, null, null, null, null, []],
  )
  const [both] = await listed(cssi)
  assert.deepEqual(
    [both.side, both.asker.id, both.former.id],
    ['officer', nextRgc.organisationId, claire.organisationId],
  )
  const mails = await rows('select to_account_id, kind, body, subject from mails where about_id = $1', [id])
  const to = (kind: string) => mails.filter(m => m.kind === kind).map(m => m.to_account_id)
  assert.deepEqual(to('pair-answered'), [nextRgc.id])
  assert.deepEqual(to('pair-accepted').sort(), [firstRgc.id, cssi.id].sort())
  const { name } = (await rows('select name from organisations where id = $1', [nextRgc.organisationId]))[0]
  assert.ok(
    mails.every(m => !`${m.subject}${m.body}`.includes(name)),
    'no mail names the structure',
  )
})

test('ACC-16: refused as clearly as accepted: a free address, an account of one’s own, twice, by another, late, once answered', async () => {
  assert.deepEqual(codeOf(await ask(nextRgc, { email: 'personne@libre.example' })), [409, 'release/free'])
  assert.deepEqual(codeOf(await ask(firstRgc)), [409, 'release/own-structure'])
  assert.deepEqual(codeOf(await ask(nextAgent)), [403, 'access/role-required'])
  assert.equal((await ask(nextRgc, { email: 'pas une adresse' })).status, 400)
  const id = await asked()
  assert.deepEqual(codeOf(await ask(nextRgc)), [409, 'second-account/asked'])
  for (const other of [firstRgc, nextAgent, thirdRgc])
    assert.equal((await settle(other, id, 'accepted')).status, 404, 'unseen')
  assert.deepEqual(codeOf(await settle(nextRgc, id, 'accepted')), [403, 'second-account/not-yours'])
  assert.deepEqual(codeOf(await settle(cssi, id, 'accepted')), [403, 'second-account/not-yours'])
  assert.deepEqual(codeOf(await settle(claire, id, 'withdrawn')), [403, 'second-account/not-yours'])
  assert.equal((await settle(claire, id, 'refused')).status, 200)
  assert.deepEqual(codeOf(await settle(claire, id, 'accepted')), [409, 'second-account/settled'])
  assert.deepEqual(codeOf(await create(nextRgc)), [409, 'person/address-taken'])
  const late = await asked()
  await rows(`update shared_addresses set asked_at = now() - interval '31 days' where id = $1`, [late])
  assert.deepEqual(codeOf(await settle(claire, late, 'accepted')), [409, 'second-account/settled'])
  const again = await asked()
  assert.equal((await settle(nextRgc, again, 'withdrawn')).status, 200)
  assert.deepEqual(codeOf(await settle(claire, again, 'accepted')), [409, 'second-account/settled'])
})

test('ACC-16: accepted, the account is opened within thirty days and no later; the person may then accept another', async () => {
  const id = await accepted()
  await rows(`update shared_addresses set open_until = now() - interval '1 minute' where id = $1`, [id])
  assert.deepEqual(codeOf(await create(nextRgc)), [409, 'person/address-taken'])
  const other = await asked(thirdRgc)
  assert.equal((await settle(claire, other, 'accepted')).status, 200)
  await opened(thirdRgc)
})

test('ACC-16: two structures accepted at once, one has the address; opened twice at once, one account is', async () => {
  const [here, there] = [await asked(), await asked(thirdRgc)]
  const both = await Promise.all([settle(claire, here, 'accepted'), settle(claire, there, 'accepted')])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
  const by = both[0].status === 200 ? nextRgc : thirdRgc
  const two = await Promise.all([create(by), create(by)])
  assert.deepEqual(two.map(({ status }) => status).sort(), [200, 409])
  assert.equal((await holders()).length, 2)
})

test('ACC-16: an address leaves its first account while the second opens: one waits for the other, and no two accounts have it without a pair', async () => {
  await accepted()
  const [done, second] = await Promise.all([leaves(firstRgc, claire.id), create(nextRgc)])
  assert.equal(done.status, 200, JSON.stringify(done.body))
  assert.equal(second.status, 200, JSON.stringify(second.body))
  assert.deepEqual(await rows('select account_id, beside_id from account_contacts where email = $1', [address]), [
    { account_id: second.body.id, beside_id: null },
  ])
})

test('ACC-16: whatever is written straight, an address opens two accounts of an accepted pair and no other', async () => {
  const insert = (who: Person) =>
    rows('update account_contacts set email = $2 where account_id = $1', [who.id, address]).catch(
      error => error.constraint,
    )
  assert.equal(await insert(nextAgent), 'account_contacts_email')
  await accepted()
  await opened()
  assert.equal(await insert(nextAgent), 'account_contacts_email')
  assert.equal(await insert(thirdRgc), 'account_contacts_email')
  assert.equal(
    await rows('update account_contacts set beside_id = $2 where account_id = $1', [thirdRgc.id, claire.id]).catch(
      error => error.constraint,
    ),
    'account_contacts_beside',
  )
})

test('ACC-16: accepted, then the person leaves one of the structures: the other account has the address alone; undone, both have it again', async () => {
  await accepted()
  const second = await opened()
  assert.equal((await leaves(firstRgc, claire.id)).status, 200)
  assert.deepEqual(await holders(), [second])
  assert.equal((await rows('select ended_at from shared_addresses'))[0].ended_at === null, false)
  const back = await house.call(
    firstRgc,
    'POST',
    `/habilitations/people/${claire.id}/undo-departure`,
    { reason: 'Erreur de personne' },
    once(),
  )
  assert.equal(back.status, 200, JSON.stringify(back.body))
  assert.deepEqual((await holders()).sort(), [claire.id, second].sort())
  assert.equal((await rows('select ended_at from shared_addresses'))[0].ended_at, null)
  assert.equal((await leaves(nextRgc, second)).status, 200)
  assert.deepEqual(await holders(), [claire.id])
})

test('ACC-16: the address of one account changes: the other one keeps the former alone', async () => {
  await accepted()
  const second = await opened()
  await rows('update account_contacts set email = $2 where account_id = $1', [claire.id, `autre.${address}`])
  assert.deepEqual(await holders(), [second])
  assert.deepEqual(await rows('select from account_contacts where beside_id is not null and email = $1', [address]), [])
  assert.deepEqual(
    codeOf(
      await house.call(
        nextRgc,
        'POST',
        `/habilitations/people/${second}/address`,
        { email: `autre.${address}`, reason: 'Nouvelle messagerie' },
        once(),
      ),
    ),
    [409, 'person/address-taken'],
  )
})

test('ACC-16, SEC-6: nobody is account manager, signatory or security officer in both structures, whatever gives the role', async () => {
  await accepted()
  const second = await opened()
  const give = (id: string, organisationId: string, role: string) =>
    rows(
      `insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason)
        values (gen_random_uuid(), $1, $2, $3, now(), 'Désignation')`,
      [id, organisationId, role],
    ).catch(error => error.constraint)
  assert.deepEqual(await give(claire.id, claire.organisationId, 'signataire'), [])
  for (const role of ['rgc', 'signataire', 'cssi'])
    assert.equal(await give(second, nextRgc.organisationId, role), 'one_side_of_a_pair', role)
  assert.deepEqual(await give(second, nextRgc.organisationId, 'dpd'), [], 'it decides of no account')
  await rows(
    `update role_assignments set ends_at = now() - interval '1 second', starts_at = now() - interval '1 day'
    where account_id = $1`,
    [claire.id],
  )
  const both = await Promise.all([
    give(second, nextRgc.organisationId, 'rgc'),
    give(claire.id, claire.organisationId, 'signataire'),
  ])
  assert.deepEqual(both.filter(one => one === 'one_side_of_a_pair').length, 1, 'of two at once, one')
})

test('ACC-16: the release of an address that two accounts have is asked of each structure, and neither ends by the other’s', async () => {
  await accepted()
  const second = await opened()
  const { status } = await house.call(
    thirdRgc,
    'POST',
    '/habilitations/releases',
    { email: address, ...asking },
    once(),
  )
  assert.equal(status, 200)
  const asked = await rows('select account_id, former_id from address_releases where asker_id = $1', [
    thirdRgc.organisationId,
  ])
  assert.deepEqual(asked.map(r => r.account_id).sort(), [claire.id, second].sort())
  assert.deepEqual(asked.map(r => r.former_id).sort(), [claire.organisationId, nextRgc.organisationId].sort())
  const again = await house.call(thirdRgc, 'POST', '/habilitations/releases', { email: address, ...asking }, once())
  assert.deepEqual(codeOf(again), [409, 'release/asked'])
  const own = await house.call(nextRgc, 'POST', '/habilitations/releases', { email: address, ...asking }, once())
  assert.deepEqual(codeOf(own), [409, 'release/own-structure'])
})

test('ACC-16, AGR-9: each mail to a person with two accounts says of which structure it speaks', async () => {
  const structureOf = async (id: string) =>
    (await workers[0].query('select ctx.mail_structure($1) as structure', [id])).rows[0].structure
  assert.equal(await structureOf(claire.id), null)
  await accepted()
  const second = await opened()
  const names = await rows('select id, name from organisations where id = any ($1)', [
    [claire.organisationId, nextRgc.organisationId],
  ])
  const nameOf = (id: string) => names.find(n => n.id === id).name
  assert.equal(await structureOf(claire.id), nameOf(claire.organisationId))
  assert.equal(await structureOf(second), nameOf(nextRgc.organisationId))
  await leaves(firstRgc, claire.id)
  assert.equal(await structureOf(second), null)
})

test('ACC-16: told once by two workers at once; forgotten a month after it was settled, or after the pair ended', async () => {
  const id = await accepted()
  const counts = await Promise.all(workers.map(tell))
  assert.equal(counts[0]! + counts[1]!, 1)
  const purge = async () => {
    await purgeSecondAccountsNightly.run(null, {
      withPgClient: (work: any) => work(workers[0]),
      logger: { info: () => {}, warn: () => {} } as never,
      abortSignal: undefined as never,
    } as never)
    return (await rows('select id from shared_addresses')).map(row => row.id)
  }
  const second = await opened()
  await rows(
    `update shared_addresses set settled_at = now() - interval '90 days', asked_at = now() - interval '95 days',
    told_at = null, answer_told_at = null, open_until = now() - interval '60 days' where id = $1`,
    [id],
  )
  assert.deepEqual(await purge(), [id], 'a pair that stands is kept')
  await leaves(nextRgc, second)
  assert.deepEqual(await purge(), [id])
  await rows(`update shared_addresses set ended_at = now() - interval '31 days' where id = $1`, [id])
  assert.deepEqual(await purge(), [])
})

test('ACC-16: of a person who accepts and an RGC who withdraws at once, the second waits and is told that it is settled', async () => {
  const id = await asked()
  const both = await whileHeld(
    house.owner,
    'select from shared_addresses where id = $1 for update',
    [id],
    [() => settle(claire, id, 'accepted'), () => settle(nextRgc, id, 'withdrawn')],
  )
  assert.deepEqual(
    both
      .map(codeOf)
      .map(([status]) => status)
      .sort(),
    [200, 409],
  )
})
