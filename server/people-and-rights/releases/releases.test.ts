import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from '../people/index.ts'
import { releases } from './index.ts'
import { purgeAddressReleasesNightly, tellReleases } from './tell-address-releases.job.ts'

let house: House
let workers: [pg.Client, pg.Client]
let cssi: Person, cssiHere: Person, operatorRgc: Person
let formerRgc: Person, formerSigns: Person, claire: Person
let askerRgc: Person, askerAgent: Person
let address: string
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const join = async (organisationId: string, role?: Parameters<typeof giveRole>[2], regionId?: number) => {
  const person = await house.person(organisationId)
  if (role) await giveRole(house.owner, person, role, regionId ? { regionId } : {})
  return person
}
before(async () => {
  house = await openHouse([...releases, ...people])
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all(workers.map(worker => worker.connect()))
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1076, 'region', '76', 'Occitanie')`)
  const operator = (await house.organisation({ kind: 'operateur' })).id
  cssi = await join(operator, 'cssi')
  cssiHere = await join(operator, 'cssi', 1075)
  operatorRgc = await join(operator, 'rgc')
})
after(async () => {
  await Promise.all(workers.map(worker => worker.end()))
  await house.close()
})
/** A former structure with the person, who holds a grant, and the structure that opens an account for them. */
beforeEach(async () => {
  await rows('delete from address_releases')
  const [former, asker] = [await house.organisation(), await house.organisation()]
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [former.id])
  await rows('update conventions set region_id = 1076 where organisation_id = $1', [asker.id])
  formerRgc = await join(former.id, 'rgc')
  formerSigns = await join(former.id, 'signataire')
  claire = await house.person(former.id, [{ territoryId: 1075 }])
  askerRgc = await join(asker.id, 'rgc')
  askerAgent = await join(asker.id)
  address = (await rows('select email from account_contacts where account_id = $1', [claire.id]))[0].email
})

const asking = { givenName: 'Claire', familyName: 'Aumont', reason: 'Elle prend son poste lundi' }
const ask = (by: Person, over: object = {}) =>
  house.call(by, 'POST', '/habilitations/releases', { email: address, ...asking, ...over }, once())
const asked = async (by = askerRgc): Promise<string> => {
  const { status, body } = await ask(by)
  assert.equal(status, 200, JSON.stringify(body))
  return body.id
}
const contest = (by: Person, id: string) =>
  house.call(by, 'POST', `/habilitations/releases/${id}/contest`, { reason: 'Elle travaille toujours ici' }, once())
const settle = (by: Person, id: string, outcome: 'released' | 'refused' | 'withdrawn') =>
  house.call(by, 'POST', `/habilitations/releases/${id}/decision`, { outcome, reason: 'Vu avec les deux' }, once())
const listed = async (who: Person, settled = false) =>
  (await house.call(who, 'GET', `/habilitations/releases${settled ? '?settled=true' : ''}`)).body.items
const tell = (worker = workers[0]) => within(worker)(tellReleases)
const silentFor = (id: string, days: number) =>
  rows(
    `update address_releases set asked_at = now() - interval '30 days', told_at = now() - $2 * interval '1 day'
      where id = $1`,
    [id, days],
  )
const codeOf = ({ status, body }: { status: number; body: any }) => [status, body.code]
const statusOf = async (who: Person) => (await rows('select status from accounts where id = $1', [who.id]))[0].status
const create = (by: Person, email = address) =>
  house.call(
    by,
    'POST',
    '/habilitations/people',
    { givenName: 'Claire', familyName: 'Aumont', function: 'Conseil', attachment: 'agent', email },
    once(),
  )

test('ACC-16: an address kept by a former structure is asked for, the former one is heard, and once released the account ends as at a departure and the new one opens', async () => {
  assert.deepEqual(codeOf(await create(askerRgc)), [409, 'person/address-taken'])
  const id = await asked()
  assert.equal(await tell(), 1)
  assert.equal(await tell(), 0)
  assert.deepEqual(codeOf(await settle(cssi, id, 'released')), [409, 'release/hear-first'])
  await silentFor(id, 4)
  const done = await settle(cssi, id, 'released')
  assert.equal(done.status, 200, JSON.stringify(done.body))
  assert.match(done.body.pseudonym, /^Ancien compte/)
  assert.equal(await statusOf(claire), 'deleted')
  assert.deepEqual(await rows('select from sessions where account_id = $1 and ended_at is null', [claire.id]), [])
  assert.deepEqual(await rows('select from grants where account_id = $1 and revoked_at is null', [claire.id]), [])
  const [act] = await rows('select act, ground, done_by from exceptional_acts where account_id = $1', [claire.id])
  assert.deepEqual(act, { act: 'depart', ground: 'necessity', done_by: cssi.id })
  const [deleted] = await rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'account.deleted' and e.subject_id = $1`,
    [claire.id],
  )
  assert.deepEqual([deleted.actor_id, deleted.detail.exceptional, deleted.detail.release], [cssi.id, true, id])
  const toFormer = await rows(`select to_account_id from mails where kind = 'release-granted' and about_id = $1`, [
    claire.id,
  ])
  assert.deepEqual(
    [formerRgc, formerSigns].map(one => toFormer.some(mail => mail.to_account_id === one.id)),
    [true, true],
  )
  const [answer] = await rows(
    `select to_account_id, body from mails where kind = 'release-answered' and about_id = $1`,
    [id],
  )
  assert.equal(answer.to_account_id, askerRgc.id)
  assert.match(answer.body, /a pris fin : vous pouvez créer le vôtre\..+\n\nMotif : Vu avec les deux/)
  assert.equal((await create(askerRgc)).status, 200)
})

test('ACC-16: neither side learns of the other: who asks reads no account nor structure, in replies, list, mails and trail; the former one reads not who asks', async () => {
  const id = await asked()
  await tell()
  const [former] = await rows('select id, name from organisations where id = $1', [claire.organisationId])
  const [asker] = await rows('select id, name from organisations where id = $1', [askerRgc.organisationId])
  const mine = await listed(askerRgc)
  assert.deepEqual(
    mine.map((one: any) => [one.id, one.side, one.allowed]),
    [[id, 'asker', ['withdraw']]],
  )
  const theirs = await listed(formerRgc)
  assert.deepEqual(
    theirs.map((one: any) => [one.id, one.side, one.person.id, one.allowed]),
    [[id, 'former', claire.id, ['contest']]],
  )
  const trail = await rows(
    `select e.subject_kind, e.subject_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.actor_id = $1`,
    [askerRgc.id],
  )
  for (const secret of [claire.id, former.id, former.name, claire.name])
    for (const shown of [mine, trail]) assert.ok(!JSON.stringify(shown).includes(secret), secret)
  const mails = await rows(
    `select body, subject from mails where about_id = $1 and kind in ('release-asked', 'release-told')`,
    [id],
  )
  for (const secret of [asker.id, asker.name, askerRgc.id, askerRgc.name, asking.reason, asking.familyName])
    for (const shown of [theirs, mails]) assert.ok(!JSON.stringify(shown).includes(secret), secret)
  for (const secret of [claire.name, address]) assert.ok(!JSON.stringify(mails).includes(secret), secret)
  const [judged] = (await listed(cssi)).filter((one: any) => one.id === id)
  assert.deepEqual(
    [judged.side, judged.former.id, judged.asker.id, judged.person.id],
    ['officer', former.id, asker.id, claire.id],
  )
  const kept = await rows(`select from audit_details where detail::text like '%' || $1 || '%'`, [address])
  assert.equal(kept.length, 0, 'no address in the trail of a release')
})

test('ACC-16: the person, the account managers and the signatory of the former structure and the security officers of it are told once, two workers at once included', async () => {
  const id = await asked()
  assert.deepEqual((await Promise.all([tell(), tell(workers[1])])).sort(), [0, 1])
  const told = await rows(
    `select kind, array_agg(to_account_id) as ids from mails where about_id = $1 group by kind order by kind`,
    [id],
  )
  const of = (kind: string) => told.find(one => one.kind === kind)?.ids.toSorted()
  assert.deepEqual(of('release-asked'), [formerRgc.id, formerSigns.id, cssi.id, cssiHere.id].toSorted())
  assert.deepEqual(of('release-told'), [claire.id])
})

test('ACC-16: a worker killed once it has told tells again, and no mail is written twice', async () => {
  const id = await asked()
  const killed = within(workers[0])(async work => {
    assert.equal(await tellReleases(work), 1)
    throw new Error('killed')
  })
  await assert.rejects(killed, /killed/)
  const mails = () => rows('select kind from mails where about_id = $1', [id])
  assert.deepEqual([(await mails()).length, await tell(), await tell()], [0, 1, 0])
  assert.equal((await mails()).filter(mail => mail.kind === 'release-told').length, 1)
})

test('ACC-16: the former structure answers once that the person still works there: the officer reads it, may then decide either way, and refuses with a reason that only the asking structure is told', async () => {
  const id = await asked()
  assert.deepEqual(codeOf(await contest(askerRgc, id)), [403, 'release/not-yours'])
  for (const who of [claire, askerAgent]) assert.equal((await contest(who, id)).status, 404)
  const [first, second] = await Promise.all([contest(formerRgc, id), contest(formerSigns, id)])
  assert.deepEqual([first.status, second.status].sort(), [200, 409])
  assert.deepEqual(codeOf(await contest(formerRgc, id)), [409, 'release/contested'])
  const [judged] = (await listed(cssiHere)).filter((one: any) => one.id === id)
  assert.deepEqual([judged.contest.reason, judged.allowed], ['Elle travaille toujours ici', ['release', 'refuse']])
  assert.equal((await settle(cssiHere, id, 'refused')).status, 200)
  assert.equal(await statusOf(claire), 'active')
  const [own] = await listed(askerRgc, true)
  assert.deepEqual([own.settled.outcome, own.settled.reason, own.contest], ['refused', 'Vu avec les deux', null])
  const [theirs] = await listed(formerRgc, true)
  assert.deepEqual([theirs.settled.outcome, theirs.settled.reason], ['refused', null])
  assert.equal((await rows(`select from mails where kind = 'release-answered' and about_id = $1`, [id])).length, 1)
  assert.equal((await ask(askerRgc)).status, 200, 'asked again once refused')
})

test('ACC-16: nothing is asked for an address that is free, of one’s own structure, asked already or malformed, nor by anybody but an account manager', async () => {
  assert.deepEqual(codeOf(await ask(askerRgc, { email: 'libre@partenaire.example' })), [409, 'release/free'])
  assert.deepEqual(codeOf(await ask(formerRgc)), [409, 'release/own-structure'])
  assert.equal((await ask(askerRgc, { email: 'sans arobase' })).status, 400)
  assert.equal((await ask(askerRgc, { reason: ' ' })).status, 400)
  assert.deepEqual(codeOf(await ask(askerAgent)), [403, 'access/role-required'])
  assert.deepEqual(codeOf(await ask(cssi)), [403, 'access/role-required'])
  const both = await Promise.all([ask(askerRgc, { email: address.toUpperCase() }), ask(askerRgc)])
  assert.deepEqual(both.map(one => one.status).sort(), [200, 409])
  assert.equal(both.find(one => one.status === 409)!.body.code, 'release/asked')
  assert.equal((await rows('select from address_releases where account_id = $1', [claire.id])).length, 1)
})

test('ACC-16: only a security officer of the former structure decides, never of their own structure, of themself or of what they asked; whoever is on no side finds nothing', async () => {
  const id = await asked()
  await silentFor(id, 4)
  const elsewhere = await join(cssi.organisationId, 'cssi', 1076)
  const direction = await join(cssi.organisationId, 'direction-regionale', 1075)
  const administrator = await join(cssi.organisationId, 'administrateur')
  for (const who of [elsewhere, direction, administrator, claire, askerAgent, operatorRgc]) {
    assert.equal((await settle(who, id, 'released')).status, 404)
    assert.deepEqual(await listed(who), [])
  }
  for (const who of [formerRgc, formerSigns, askerRgc])
    for (const outcome of ['released', 'refused'] as const)
      assert.deepEqual(codeOf(await settle(who, id, outcome)), [403, 'release/not-yours'])
  assert.deepEqual(codeOf(await settle(cssi, id, 'withdrawn')), [403, 'release/not-yours'])
  assert.deepEqual(codeOf(await settle(formerRgc, id, 'withdrawn')), [403, 'release/not-yours'])
  assert.equal(await statusOf(claire), 'active')
  // The operator's own people: its account manager decides, as for any act in the place of account managers.
  const agent = await join(cssi.organisationId)
  const ours = await ask(askerRgc, {
    email: (await rows('select email from account_contacts where account_id = $1', [agent.id]))[0].email,
  })
  assert.equal((await settle(cssi, ours.body.id, 'refused')).status, 404)
  const two = await join(cssi.organisationId, 'cssi')
  await giveRole(house.owner, two, 'rgc')
  const byOfficer = await asked(two)
  await silentFor(byOfficer, 4)
  assert.deepEqual(codeOf(await settle(two, byOfficer, 'released')), [403, 'release/not-yours'])
  assert.equal((await settle(cssi, byOfficer, 'released')).status, 200)
})

test('ACC-16: a request taken back ends, and two officers at once settle it once', async () => {
  const first = await asked()
  assert.equal((await settle(askerRgc, first, 'withdrawn')).status, 200)
  await silentFor(first, 4)
  assert.deepEqual(codeOf(await settle(cssi, first, 'released')), [409, 'release/settled'])
  const id = await asked()
  await silentFor(id, 4)
  const both = await Promise.all([settle(cssi, id, 'released'), settle(cssiHere, id, 'refused')])
  assert.deepEqual(both.map(one => one.status).sort(), [200, 409], JSON.stringify(both.map(one => one.body)))
  assert.equal(await statusOf(claire), both[0]!.status === 200 ? 'deleted' : 'active')
  const acts = await rows('select from exceptional_acts where account_id = $1', [claire.id])
  assert.equal(acts.length, both[0]!.status === 200 ? 1 : 0)
})

/** The first has done its part and waits for the trail, which somebody keeps; the second is asked then. */
const oneWithin = async (...asks: (() => ReturnType<typeof settle>)[]) =>
  (await whileHeld(house.owner, 'lock table audit_entries in share mode', [], asks)).map(({ status, body }) =>
    status === 200 ? 200 : body.code,
  )
const settling = 'ctx.settle_address_release(uuid, text, text, uuid)'
const accountLock = `  perform from public.accounts a
    where a.id = (select x.account_id from public.address_releases x where x.id = of_release) for update;`
/** It only reads then. */
const releaseLock = ['where x.id = of_release for update;\n  if not', 'where x.id = of_release;\n  if not'] as const
const waitingFor = async (days: number) => {
  const id = await asked()
  await silentFor(id, days)
  return id
}
/** How it ended, by whom, and what ended of the account. */
const ending = async (id: string) => {
  const [ended] = await rows(
    `select r.outcome, r.settled_by, a.status, (select count(*)::int from mails m
        where m.kind = 'release-answered' and m.about_id = r.id::text) as answers,
      (select count(*)::int from exceptional_acts x where x.account_id = r.account_id) as acts,
      (select count(*)::int from audit_entries e where e.subject_id = r.id::text and e.action in
        ('release.granted', 'release.refused', 'release.withdrawn')) as trail
      from address_releases r join accounts a on a.id = r.account_id where r.id = $1`,
    [id],
  )
  return ended
}

test('ACC-16: of two officers who settle one release at once, the second waits for the first and is told that it is settled', async () => {
  const id = await waitingFor(4)
  const by = (who: Person, outcome: 'released' | 'refused') => () => settle(who, id, outcome)
  assert.deepEqual(await oneWithin(by(cssi, 'refused'), by(cssiHere, 'released')), [200, 'release/settled'])
  const kept = { outcome: 'refused', settled_by: cssi.id, status: 'active', answers: 1, acts: 0, trail: 1 }
  assert.deepEqual(await ending(id), kept)

  const next = await waitingFor(4)
  await withFunctionChanged(house.owner, settling, accountLock, '', () =>
    withFunctionChanged(house.owner, settling, ...releaseLock, async () =>
      assert.deepEqual(
        await oneWithin(
          () => settle(cssi, next, 'refused'),
          () => settle(cssiHere, next, 'released'),
        ),
        [200, 200],
        'without either lock',
      ),
    ),
  )
})

test('ACC-16: an officer who settles waits for the worker that ends it, and for a departure that frees the address', async () => {
  const end = `update address_releases set outcome = 'freed', settled_at = now() where id = $1`
  const refusedWithin = async () => {
    const id = await waitingFor(4)
    const [answer] = await whileHeld(house.owner, end, [id], [() => settle(cssi, id, 'refused')])
    return [answer!.status, answer!.body.code, (await ending(id)).outcome]
  }
  assert.deepEqual(await refusedWithin(), [409, 'release/settled', 'freed'])
  await withFunctionChanged(house.owner, settling, ...releaseLock, async () =>
    assert.deepEqual(await refusedWithin(), [200, undefined, 'refused'], 'without the lock of the release'),
  )
  const departWithin = async () => {
    const leaving = await house.person(claire.organisationId)
    address = (await rows('select email from account_contacts where account_id = $1', [leaving.id]))[0].email
    const id = await waitingFor(4)
    const body = { cause: 'departure', reason: 'Partie en septembre' }
    return oneWithin(
      () => house.call(formerRgc, 'POST', `/habilitations/people/${leaving.id}/depart`, body, once()),
      () => settle(cssi, id, 'released'),
    )
  }
  assert.deepEqual(await departWithin(), [200, 'release/settled'])
  await withFunctionChanged(house.owner, settling, accountLock, '', async () =>
    assert.deepEqual(await departWithin(), [200, 'person/gone'], 'without the lock of the account'),
  )
})

test('ACC-16, RGC-6: the account of who manages accounts or signs is not released: nothing is written, and the request still waits', async () => {
  for (const [who, by] of [
    [formerRgc, 'person/still-manager'],
    [formerSigns, 'person/still-manager'],
  ] as const) {
    address = (await rows('select email from account_contacts where account_id = $1', [who.id]))[0].email
    const id = await asked()
    await silentFor(id, 4)
    assert.deepEqual(codeOf(await settle(cssi, id, 'released')), [409, by])
    assert.equal(await statusOf(who), 'active')
    assert.deepEqual(await rows('select from exceptional_acts where account_id = $1', [who.id]), [])
    assert.deepEqual(
      (await rows('select settled_at from address_releases where id = $1', [id])).map(r => r.settled_at),
      [null],
    )
  }
})

test('ACC-16: without an account manager who can act, the former structure is not waited for', async () => {
  await rows(`update role_assignments set ends_at = now() where account_id = $1 and role = 'rgc'`, [formerRgc.id])
  const id = await asked()
  assert.equal((await settle(cssi, id, 'released')).status, 200)
})

test('ACC-16: a departure that the former structure records frees the address: who asked is told once, and the request ends', async () => {
  const id = await asked()
  await tell()
  const gone = await house.call(
    formerRgc,
    'POST',
    `/habilitations/people/${claire.id}/depart`,
    { cause: 'departure', reason: 'Partie en septembre' },
    once(),
  )
  assert.equal(gone.status, 200)
  await silentFor(id, 4)
  assert.deepEqual(codeOf(await settle(cssi, id, 'released')), [409, 'release/settled'])
  assert.deepEqual((await Promise.all([tell(), tell(workers[1])])).sort(), [0, 1])
  const [answer] = await rows(
    `select to_account_id, body from mails where kind = 'release-answered' and about_id = $1`,
    [id],
  )
  assert.deepEqual([answer.to_account_id, /vous pouvez créer le vôtre\./.test(answer.body)], [askerRgc.id, true])
  const [own] = await listed(askerRgc, true)
  assert.deepEqual([own.settled.outcome, own.settled.reason], ['freed', null])
})

test('ACC-16: the former structure undoes within thirty days a release made by mistake, as any departure, unless the address opened another account', async () => {
  const undo = (who: Person) =>
    house.call(who, 'POST', `/habilitations/people/${claire.id}/undo-departure`, { reason: 'Elle est là' }, once())
  const id = await asked()
  await silentFor(id, 4)
  assert.equal((await settle(cssi, id, 'released')).status, 200)
  const undone = await undo(formerRgc)
  assert.equal(undone.status, 200, JSON.stringify(undone.body))
  assert.equal(await statusOf(claire), 'active')
  const again = await asked()
  await silentFor(again, 4)
  assert.equal((await settle(cssi, again, 'released')).status, 200)
  assert.equal((await create(askerRgc)).status, 200)
  assert.deepEqual(codeOf(await undo(formerRgc)), [409, 'person/address-taken'])
})

test('ACC-16: what waits is counted for who answers and who decides, and a settled one is forgotten with its address after a month', async () => {
  const waiting = async (who: Person) => (await house.call(who, 'GET', '/habilitations/releases/waiting')).body.waiting
  const id = await asked()
  const before = await waiting(cssi)
  assert.deepEqual([await waiting(formerRgc), await waiting(askerRgc), await waiting(askerAgent)], [1, 0, 0])
  await contest(formerRgc, id)
  assert.deepEqual([await waiting(formerRgc), await waiting(cssi)], [0, before])
  const totals = async (who: Person) => [
    (await house.call(who, 'GET', '/habilitations/releases?total=true')).body.total,
    (await house.call(who, 'GET', '/habilitations/releases?total=true&settled=true')).body.total,
  ]
  assert.deepEqual(
    [await totals(askerRgc), await totals(askerAgent)],
    [
      [1, 0],
      [0, 0],
    ],
  )
  await settle(cssi, id, 'refused')
  assert.equal(await waiting(cssi), before - 1)
  assert.deepEqual(await totals(askerRgc), [0, 1])
  const purge = () =>
    purgeAddressReleasesNightly.run(null, {
      withPgClient: (work: any) => work(workers[0]),
      logger: { info: () => {}, warn: () => {} } as never,
      abortSignal: undefined as never,
    } as never)
  await purge()
  assert.equal((await rows('select from address_releases where id = $1', [id])).length, 1)
  await rows(
    `update address_releases set asked_at = now() - interval '40 days', settled_at = now() - interval '31 days',
      contested_at = now() - interval '35 days' where id = $1`,
    [id],
  )
  await purge()
  assert.equal((await rows('select from address_releases where id = $1', [id])).length, 0)
})
