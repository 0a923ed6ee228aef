import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { once, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { openRegister, type Register } from './testing.ts'
import { endStraight, handed, identity } from './testing-handover.ts'

let register: Register
before(async () => {
  register = await openRegister()
})
after(() => register.close())

const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await register.house.owner.query(text, values)).rows
const back = (who: Person | null, id: string, body: object = { reason: 'Un salarié de l’opérateur' }, key = once()) =>
  register.house.call(who, 'POST', `/rights-requests/${id}/handover/give-back`, body, key)
const noted = async (id: string) =>
  (await rows('select from rights_request_withdrawals where request_id = $1 and given_back', [id])).length
const answer = { answeredOn: '2026-06-08', outcome: 'given', channel: 'mail' }

test('PRI-2, SEC-1: a request that is not its own is given back: who handed it is told and holds it within the same delay, with the steps noted meanwhile; who gave it back reads it no more', async () => {
  const { dpd, operatorDpd, otherDpd, structures, ok, one, post, house } = register
  const id = await handed(register)
  const beside = await one(otherDpd, await handed(register))
  await ok(otherDpd, `/${id}/identity`, identity)
  assert.deepEqual((await one(otherDpd, id)).allowed, ['extend', 'answer', 'give-back'])
  assert.deepEqual((await one(operatorDpd, id)).allowed, [], 'begun, it is not taken back')
  const { status, body } = await back(otherDpd, id, { reason: ' Un salarié de l’opérateur ' })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body, { told: { mails: 1, emptyRoles: [] } }, 'nothing of the person')
  const held = await one(operatorDpd, id)
  assert.deepEqual(
    [held.holder.id, held.handover, held.dueOn, held.identity, held.allowed],
    [
      structures.operator,
      null,
      '2026-07-06',
      { on: '2026-06-08', manner: 'known' },
      ['extend', 'answer', 'hand-over', 'correct'],
    ],
  )
  assert.deepEqual(held.withdrawals, [
    {
      to: held.withdrawals[0].to,
      handedAt: '2026-06-08T09:00:00.000Z',
      at: held.withdrawals[0].at,
      givenBack: true,
      reason: 'Un salarié de l’opérateur',
    },
  ])
  assert.equal(held.withdrawals[0].to.id, structures.other)
  assert.deepEqual(await one(otherDpd, beside.id), beside, 'what else was handed over stays so')
  assert.equal((await house.call(otherDpd, 'GET', `/rights-requests/${id}`)).status, 404)
  assert.equal((await post(otherDpd, `/${id}/answer`, answer)).status, 404)
  const mails = await rows(
    `select to_account_id, subject, body from mails where about_id = $1 and kind = 'rights-request-given-back'`,
    [id],
  )
  assert.deepEqual(
    mails.map(mail => [mail.to_account_id, mail.subject]),
    [[operatorDpd.id, 'Une demande de droits vous est rendue']],
  )
  assert.match(mails[0].body, /au plus tard le 6 juillet 2026/)
  assert.doesNotMatch(mails[0].body, /Alix|Essai|salarié/)
  const trail = await rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'rights-request.handover-given-back' and e.subject_id = $1`,
    [id],
  )
  assert.deepEqual(
    trail.map(({ actor_id, detail }) => [actor_id, detail.fromOrganisationId]),
    [[otherDpd.id, structures.operator]],
  )
  assert.doesNotMatch(JSON.stringify(trail), /salarié|Alix/)
  await ok(operatorDpd, `/${id}/handover`, { toOrganisationId: structures.partner })
  assert.equal((await one(dpd, id)).withdrawals.length, 1, 'to the right one it says where it was')
})

test('PRI-2: nobody but who holds it gives a request back, nor twice, nor malformed, nor once it is answered', async () => {
  const { agent, dpd, operatorDpd, otherDpd, ok, one } = register
  const id = await handed(register)
  for (const [who, code] of [
    [operatorDpd, 'rights-request/receiver-only'],
    [dpd, 'not-found'],
    [agent, 'not-found'],
    [null, 'session/required'],
  ] as const)
    assert.equal((await back(who, id)).body.code, code)
  for (const wrong of [{}, { reason: ' ' }, { reason: 'x'.repeat(501) }, { reason: 'x', more: 1 }])
    assert.equal((await back(otherDpd, id, wrong)).status, 400)
  await ok(otherDpd, `/${id}/identity`, identity)
  await ok(otherDpd, `/${id}/answer`, answer)
  assert.deepEqual((await one(otherDpd, id)).allowed, [])
  assert.equal((await back(otherDpd, id)).body.code, 'rights-request/answered')
  assert.equal(await noted(id), 0)
  const other = await handed(register)
  const key = once()
  for (const time of ['first', 'again']) assert.equal((await back(otherDpd, other, undefined, key)).status, 200, time)
  assert.equal((await back(otherDpd, other)).body.code, 'not-found')
  assert.equal((await back(operatorDpd, other)).body.code, 'rights-request/receiver-only')
  assert.equal(await noted(other), 1)
})

test('PRI-2: given back and answered, or taken back, at once, one of the two is done', async () => {
  const { operatorDpd, otherDpd, post, ok, one, house } = register
  for (let turn = 0; turn < 4; turn++) {
    const id = await handed(register)
    await ok(otherDpd, `/${id}/identity`, identity)
    const [returned, answered] = await Promise.all([back(otherDpd, id), post(otherDpd, `/${id}/answer`, answer)])
    assert.deepEqual([returned.status, answered.status].sort(), returned.status === 200 ? [200, 404] : [200, 409])
    const left = await one(operatorDpd, id)
    assert.deepEqual([left.handover === null, left.answer === null], Array(2).fill(returned.status === 200))
    const untouched = await handed(register)
    const both = await Promise.all([
      back(otherDpd, untouched),
      house.call(
        operatorDpd,
        'POST',
        `/rights-requests/${untouched}/handover/withdraw`,
        { reason: 'Par erreur' },
        once(),
      ),
    ])
    assert.equal(both.filter(({ status }) => status === 200).length, 1)
    assert.equal((await one(operatorDpd, untouched)).withdrawals.length, 1)
  }
})

test('SEC-6, PRI-2: straight to the database, what is answered is not given back', async () => {
  const { otherDpd, ok, house } = register
  const id = await handed(register)
  await ok(otherDpd, `/${id}/identity`, identity)
  const straight = () => endStraight(register, otherDpd, id, true)
  assert.equal(await straight(), '', 'begun only')
  await ok(otherDpd, `/${id}/answer`, answer)
  assert.equal(await straight(), 'rights-request/answered')
  await withFunctionChanged(
    house.owner,
    'end_rights_handover(uuid, boolean, text)',
    "then s.kind = 'answer' else",
    'then false else',
    async () => assert.equal(await straight(), ''),
  )
})
