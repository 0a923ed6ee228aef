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
const withdraw = (who: Person | null, id: string, body: object = { reason: 'Mauvais partenaire' }, key = once()) =>
  register.house.call(who, 'POST', `/rights-requests/${id}/handover/withdraw`, body, key)
const noted = async (id: string) =>
  (await rows('select from rights_request_withdrawals where request_id = $1', [id])).length

test('PRI-2, SEC-1: a hand-over by mistake is taken back: the other party is told and reads it no more, the register keeps to whom and why; it is handed to the right one, within the same delay', async () => {
  const { dpd, operatorDpd, otherDpd, structures, ok, one, post, house } = register
  const id = await handed(register)
  const beside = await one(operatorDpd, await handed(register))
  assert.deepEqual((await one(operatorDpd, id)).allowed, ['withdraw'])
  const { status, body } = await withdraw(operatorDpd, id, { reason: ' Mauvais partenaire ' })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [body.told.mails, body.request.holder.id, body.request.handover, body.request.dueOn, body.request.allowed],
    [1, structures.operator, null, '2026-07-06', ['check-identity', 'extend', 'answer', 'hand-over', 'correct']],
  )
  const [kept] = body.request.withdrawals
  assert.deepEqual(
    [kept.to.id, kept.handedAt, kept.givenBack, kept.reason],
    [structures.other, '2026-06-08T09:00:00.000Z', false, 'Mauvais partenaire'],
  )
  assert.ok(kept.at > kept.handedAt)
  assert.deepEqual(await one(operatorDpd, beside.id), beside, 'what else was handed over stays so')
  assert.equal((await house.call(otherDpd, 'GET', `/rights-requests/${id}`)).status, 404)
  assert.equal((await post(otherDpd, `/${id}/identity`, identity)).status, 404)
  const [mail] = await rows(
    `select to_account_id, subject, body from mails where about_id = $1 and kind = 'rights-request-withdrawn'`,
    [id],
  )
  assert.equal(mail.to_account_id, otherDpd.id)
  assert.doesNotMatch(mail.subject + mail.body, /Alix|Essai|Mauvais/)
  const trail = await rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'rights-request.handover-withdrawn' and e.subject_id = $1`,
    [id],
  )
  assert.deepEqual(
    trail.map(({ actor_id, detail }) => [actor_id, detail.toOrganisationId]),
    [[operatorDpd.id, structures.other]],
  )
  assert.doesNotMatch(JSON.stringify(trail), /Mauvais|Alix/)
  await ok(operatorDpd, `/${id}/handover`, { toOrganisationId: structures.partner })
  const seen = await one(dpd, id)
  assert.deepEqual([seen.holder.id, seen.dueOn, seen.withdrawals.length], [structures.partner, '2026-07-06', 1])
  await ok(dpd, `/${id}/identity`, identity)
})

test('PRI-2: once the other party noted a step, or for whoever did not hand it over, or twice, nothing is taken back', async () => {
  const { agent, dpd, operatorDpd, otherDpd, ok, one } = register
  const id = await handed(register)
  for (const [who, code] of [
    [otherDpd, 'rights-request/giver-only'],
    [dpd, 'not-found'],
    [agent, 'not-found'],
    [null, 'session/required'],
  ] as const)
    assert.equal((await withdraw(who, id)).body.code, code)
  for (const wrong of [{}, { reason: ' ' }, { reason: 'x'.repeat(501) }, { reason: 'x', more: 1 }])
    assert.equal((await withdraw(operatorDpd, id, wrong)).status, 400)
  await ok(otherDpd, `/${id}/identity`, identity)
  assert.deepEqual((await one(operatorDpd, id)).allowed, [])
  assert.equal((await withdraw(operatorDpd, id)).body.code, 'rights-request/taken')
  assert.equal(await noted(id), 0)
  const other = await handed(register)
  const key = once()
  assert.equal((await withdraw(operatorDpd, other, undefined, key)).status, 200)
  assert.equal((await withdraw(operatorDpd, other, undefined, key)).status, 200, 'sent again with its key')
  assert.equal((await withdraw(operatorDpd, other)).body.code, 'rights-request/giver-only')
  assert.equal(await noted(other), 1)
})

test('PRI-2: taken back and begun at once, one of the two is done', async () => {
  const { operatorDpd, otherDpd, post, one } = register
  for (let turn = 0; turn < 4; turn++) {
    const id = await handed(register)
    const [back, begun] = await Promise.all([withdraw(operatorDpd, id), post(otherDpd, `/${id}/identity`, identity)])
    assert.deepEqual([back.status, begun.status].sort(), back.status === 200 ? [200, 404] : [200, 409])
    const left = await one(operatorDpd, id)
    assert.deepEqual([left.handover === null, left.identity === null], [back.status === 200, back.status === 200])
  }
})

test('SEC-6, PRI-2: straight to the database, what the other party began is not taken back', async () => {
  const { operatorDpd, otherDpd, ok, house } = register
  const id = await handed(register)
  await ok(otherDpd, `/${id}/identity`, identity)
  const straight = () => endStraight(register, operatorDpd, id, false)
  assert.equal(await straight(), 'rights-request/taken')
  await withFunctionChanged(
    house.owner,
    'end_rights_handover(uuid, boolean, text)',
    's.recorded_at > h.recorded_at',
    'false',
    async () => assert.equal(await straight(), ''),
  )
})
