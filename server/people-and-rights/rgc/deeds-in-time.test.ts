import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { moveClock, putClockBack } from '../../testing/clock.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { rgc } from './index.ts'
import { deedActs, withConditions } from './testing.ts'

let house: House
let acts: ReturnType<typeof deedActs>
let cssi: Person
let signatory: Person
let organisationId: string
const today = parisDay(new Date())

before(async () => {
  house = await withConditions(await openHouse(rgc))
  acts = deedActs(house)
  cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
})
beforeEach(async () => {
  await putClockBack(house.owner)
  organisationId = (await house.organisation()).id
  signatory = await house.person(organisationId)
  await giveRole(house.owner, signatory, 'signataire')
})
after(() => house.close())

const person = () => house.person(organisationId)
const inPlace = async (): Promise<string[]> => {
  const { body } = await acts.call(signatory, 'GET', '/rgc')
  return body.inPlace.map((p: { id: string }) => p.id).sort()
}
const ids = (...people: Person[]) => people.map(p => p.id).sort()
const roles = async (who: Person) =>
  (
    await house.owner.query(
      `select count(*) filter (where ends_at is null or ends_at > ctx.clock())::int as open from role_assignments
        where account_id = $1 and role = 'rgc'`,
      [who.id],
    )
  ).rows[0].open as number
/** A later day, to which open sessions are carried. */
const shift = async (interval: string) => {
  await moveClock(house.owner, interval)
  await house.owner.query(
    'update sessions set created_at = now() + $1::interval, last_seen_at = now() + $1::interval',
    [interval],
  )
}
const endConvention = () =>
  house.owner.query('update conventions set ends_at = ctx.clock() where organisation_id = $1 and ends_at is null', [
    organisationId,
  ])
const aConvention = async (effectiveFrom: string | null) => {
  const id = uuidv7()
  await house.owner.query(
    `insert into conventions (id, organisation_id, region_id, number, created_at, effective_from)
      values ($1::uuid, $2, 0, 'C-' || $1::text, now(), case when $3 = 'now' then ctx.clock() end)`,
    [id, organisationId, effectiveFrom],
  )
  return id
}

test('RGC-10, RGC-8: the former account manager stays while the next deed waits, and leaves with its acceptance', async () => {
  const [former, refused, next] = [await person(), await person(), await person()]
  await acts.sent(signatory, [former])
  const deed = await acts.sent(signatory, [refused])
  assert.deepEqual(await inPlace(), ids(refused), 'a first designation is in force at once')
  const answer = (await acts.decide(cssi, deed, { kind: 'refus', reason: 'Motif' })).body
  assert.equal(answer.nobodyLeft, null, 'nobody is left without an account manager')
  assert.deepEqual(await inPlace(), ids(former), 'refused, it gives back what it took')
  assert.deepEqual([await roles(former), await roles(refused)], [1, 0])
  const waiting = await acts.sent(signatory, [next])
  assert.equal(waiting.state, 'en-attente')
  assert.deepEqual([await inPlace(), await roles(former)], [ids(former), 1])
  await acts.decide(cssi, waiting, { kind: 'acceptation' })
  assert.deepEqual([await inPlace(), await roles(former), await roles(next)], [ids(next), 0, 1])
})
test('RGC-10, RGC-3: the month over in silence, the next one takes over at that instant, with no job', async () => {
  const [former, refused, next] = [await person(), await person(), await person()]
  await acts.sent(signatory, [former])
  await acts.decide(cssi, await acts.sent(signatory, [refused]), { kind: 'refus', reason: 'Motif' })
  await acts.sent(signatory, [next])
  await shift('27 days')
  assert.deepEqual(await inPlace(), ids(former))
  await shift('33 days')
  assert.deepEqual([await inPlace(), await roles(former)], [ids(next), 0])
})
test('RGC-10: a waiting deed that is refused leaves the former in place, to the day of a departure declared meanwhile', async () => {
  const [former, refused, next] = [await person(), await person(), await person()]
  await acts.sent(signatory, [former])
  await acts.decide(cssi, await acts.sent(signatory, [refused]), { kind: 'refus', reason: 'Motif' })
  const waiting = await acts.sent(signatory, [next])
  const declared = await acts.call(signatory, 'POST', '/rgc/events', {
    accountId: former.id,
    kind: 'depart',
    lastDay: addDays(today, 5),
    knownOn: today,
  })
  assert.equal(declared.status, 200, JSON.stringify(declared.body))
  await acts.decide(cssi, waiting, { kind: 'refus', reason: 'Motif' })
  assert.deepEqual(await inPlace(), ids(former))
  await shift('7 days')
  assert.deepEqual(await inPlace(), [], 'the departure stands')
})
test('RGC-3: the month runs whoever signs last, and the one after it too, until the operator accepts', async () => {
  const [refused, second, third, fourth] = [await person(), await person(), await person(), await person()]
  await acts.decide(cssi, await acts.sent(signatory, [refused]), { kind: 'refus', reason: 'Motif' })
  // The last to sign reads none of the deeds before.
  const waiting = await acts.sent(signatory, [second])
  assert.equal(waiting.state, 'en-attente')
  const after = await acts.sent(signatory, [third])
  assert.equal(after.state, 'en-attente', 'a deed that waits is not passed by the next one')
  await acts.decide(cssi, after, { kind: 'acceptation' })
  assert.equal((await acts.sent(signatory, [fourth])).state, 'en-vigueur')
})
test('RGC-3: the person refused is not proposed again under the convention: by account, by name and birth date, straight to the database', async () => {
  const [refused, kept] = [await person(), await person()]
  const deed = await acts.sent(signatory, [refused, kept])
  assert.equal(
    (await acts.decide(cssi, deed, { kind: 'refus', reason: 'Motif', refused: [cssi.id] })).body.code,
    'rgc/refused-unknown',
  )
  const answer = (await acts.decide(cssi, deed, { kind: 'refus', reason: 'Motif', refused: [refused.id] })).body
  assert.deepEqual(
    answer.members.map((m: { person: { id: string }; refused: boolean }) => [m.person.id === refused.id, m.refused]),
    [
      [true, true],
      [false, false],
    ],
  )
  const { rows } = await house.owner.query(
    `select body from mails where kind = 'rgc-deed-answered' and to_account_id = $1`,
    [refused.id],
  )
  assert.match(rows[0].body, /dit qui est refusé\. Proposez-en un nouveau, qui désigne une autre/)
  assert.ok(!rows[0].body.includes(refused.name), 'a mail names nobody')
  const tries = async (members: object[], over: object = {}) =>
    (await acts.proposal(signatory, members, over)).body.code
  assert.equal(await tries([await acts.named(refused)]), 'rgc/refused-person')
  assert.equal(await tries([await acts.named(kept), await acts.named(refused)]), 'rgc/refused-person')
  const elsewhere = { email: 'une.autre.adresse@partenaire.example' }
  assert.equal(await tries([await acts.named(refused, elsewhere)]), 'rgc/refused-person', 'by another address')
  assert.equal(
    await tries([await acts.named(refused, { ...elsewhere, bornOn: '1981-03-01' })]),
    undefined,
    'of the same name, born on another day: somebody else',
  )
  const fresh = (await acts.proposal(signatory, [await acts.named(kept)])).body
  assert.equal(fresh.state, 'a-signer', 'whom the refusal does not name is')
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(signatory.cookie.slice('session='.length)))
    await assert.rejects(
      tx.run(
        sql`insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name,
          phone, email) values (${fresh.id}::uuid, ${refused.id}::uuid, ${organisationId}::uuid, 'suppleant', 2,
          'Camille', 'Essai', '0500000000', 'a@b.example')`,
      ),
      /row-level security/,
    )
  } finally {
    await tx.rollback()
  }
})
test('RGC-3, SEC-6: only the CSSI who refused says whom, straight to the database', async () => {
  const [one, other] = [await person(), await house.person(cssi.organisationId)]
  await giveRole(house.owner, other, 'cssi')
  const deed = await acts.sent(signatory, [one])
  const says = async (who: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.run(sql`insert into rgc_refused_people values (${deed.id}::uuid, ${one.id}::uuid)`)
    } catch (error) {
      assert.match(String(error), /row-level security/)
      return 'refused'
    } finally {
      await tx.rollback()
    }
  }
  assert.equal(await says(cssi), 'refused', 'not before the refusal')
  await house.owner.query(
    `insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at)
      values ($1, 'refus', 'Motif', $2, date_trunc('milliseconds', now()))`,
    [deed.id, cssi.id],
  )
  assert.deepEqual([await says(signatory), await says(other), await says(cssi)], ['refused', 'refused', 1])
})
test('AGR-7, RGC-10: the deed, the certificate and the role of a convention end with it, and do not come back under the next', async () => {
  const manager = await person()
  await acts.sent(signatory, [manager])
  assert.equal((await acts.certify(cssi, manager, today)).status, 200)
  const lacks = async () => {
    const { body } = await acts.call(manager, 'GET', '/rgc')
    return body.gate.filter((s: { done: boolean }) => !s.done).map((s: { term: string }) => s.term)
  }
  assert.deepEqual([await lacks(), await inPlace()], [[], ids(manager)])
  await endConvention()
  assert.deepEqual([await lacks(), await inPlace()], [['convention', 'deed', 'certificate'], []])
  assert.equal((await acts.call(signatory, 'GET', '/rgc')).body.deeds[0].state, 'termine')
  await aConvention('now')
  assert.deepEqual([await lacks(), await inPlace()], [['deed', 'certificate'], []], 'nothing revives')
  const again = await acts.sent(signatory, [manager])
  assert.equal(again.state, 'en-vigueur')
  assert.deepEqual(await lacks(), ['certificate'], 'the CSSI looks again')
  await acts.certify(cssi, manager, today)
  assert.deepEqual([await lacks(), await inPlace()], [[], ids(manager)])
})
test('RGC-10: a deed is proposed under a convention to be signed; it takes nobody away before that one is in force', async () => {
  const [now, then] = [await person(), await person()]
  await acts.sent(signatory, [now])
  const next = await aConvention(null)
  const { conventions } = (await acts.call(signatory, 'GET', '/rgc')).body
  assert.deepEqual(
    conventions.map((c: { id: string; state: string }) => [c.id === next, c.state]),
    [
      [false, 'in-force'],
      [true, 'to-come'],
    ],
  )
  const deed = await acts.sent(signatory, [then], { conventionId: next })
  assert.equal(deed.convention.id, next)
  assert.deepEqual([await inPlace(), await roles(now)], [ids(now), 1])
  await endConvention()
  await house.owner.query('update conventions set ends_at = null, effective_from = ctx.clock() where id = $1', [next])
  assert.deepEqual(await inPlace(), ids(then))
  const elsewhere = (await house.organisation()).id
  const {
    rows: [foreign],
  } = await house.owner.query('select id from conventions where organisation_id = $1', [elsewhere])
  const members = [await acts.named(now)]
  for (const conventionId of [foreign.id, uuidv7()])
    assert.equal((await acts.proposal(signatory, members, { conventionId })).body.code, 'rgc/no-convention')
})
test('RGC-4: a certificate counts for the convention in force, though a deed of the next one was sent since; for none that is over', async () => {
  const manager = await person()
  await acts.sent(signatory, [manager])
  const next = await aConvention(null)
  await acts.sent(signatory, [manager], { conventionId: next })
  assert.equal((await acts.certify(cssi, manager, today)).status, 200)
  const waits = (await acts.call(cssi, 'GET', '/rgc/oversight')).body.uncertified as { person: { id: string } }[]
  const { gate } = (await acts.call(manager, 'GET', '/rgc')).body
  assert.deepEqual(
    [waits.some(w => w.person.id === manager.id), gate.filter((s: { done: boolean }) => !s.done)],
    [false, []],
    'nothing is asked of the CSSI twice',
  )
  const certified = async () =>
    (
      await house.owner.query(
        'select convention_id = $2 as next from rgc_certificates where account_id = $1 order by recorded_at',
        [manager.id, next],
      )
    ).rows.map(r => r.next)
  await acts.certify(cssi, manager, today)
  await acts.certify(cssi, manager, today)
  assert.deepEqual(await certified(), [false, true, false], 'then for the next, ahead of its day; then in force again')
  await endConvention()
  assert.equal((await acts.certify(cssi, manager, today)).body.code, 'rgc/not-named')
})
test('RGC-10: without a convention there is no deed; one whose convention ends before its last signature is not sent', async () => {
  const one = await person()
  const proposed = (await acts.proposal(signatory, [await acts.named(one)])).body
  await acts.sign(one, proposed)
  await endConvention()
  assert.equal((await acts.sign(signatory, proposed)).body.code, 'rgc/convention-over')
  assert.equal((await acts.proposal(signatory, [await acts.named(one)])).body.code, 'rgc/no-convention')
})
