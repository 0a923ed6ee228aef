import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { sightsOf } from '../../testing/parity.ts'
import { openRegister, type Register } from './testing.ts'

let register: Register
before(async () => {
  register = await openRegister()
})
after(() => register.close())

const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await register.house.owner.query(text, values)).rows
const mailsOf = (id: string) =>
  rows(
    `select kind, to_account_id, subject, body from mails where about_kind = 'rights-request' and about_id = $1
      order by id`,
    [id],
  )
const identity = { checkedOn: '2026-06-08', manner: 'known' }
const answer = { answeredOn: '2026-06-08', outcome: 'given', channel: 'mail' }

test('PRI-2: a partner hands a request to the operator, whose officer is told and answers within the same delay; the partner reads it and is told of the answer', async () => {
  const { at, dpd, operatorDpd, structures, ok, one, post } = register
  at('2026-06-08T09:00:00Z')
  const { id } = await register.entered(dpd, { kind: 'access' })
  const { request, told } = await ok(dpd, `/${id}/handover`, { toOrganisationId: structures.operator })
  assert.deepEqual([told.mails, told.emptyRoles], [1, []])
  assert.deepEqual(
    [request.holder.id, request.handover.to.id, request.receivedBy.id, request.dueOn, request.allowed],
    [structures.operator, structures.operator, structures.partner, '2026-07-06', ['withdraw']],
  )
  const [mail] = await mailsOf(id)
  assert.deepEqual([mail.kind, mail.to_account_id], ['rights-request-handed', operatorDpd.id])
  assert.match(mail.body, /droits \(accès\) reçue le 5 juin 2026.*au plus tard le .*6 juillet 2026/)
  assert.doesNotMatch(mail.subject + mail.body, /Alix|Essai/)
  // Whoever gave it reads it still, and writes nothing more.
  for (const [path, body] of [
    ['identity', identity],
    ['answer', answer],
    ['handover', { toOrganisationId: structures.operator }],
  ] as const)
    assert.equal((await post(dpd, `/${id}/${path}`, body)).body.code, 'rights-request/handed', path)
  const seen = await one(operatorDpd, id)
  assert.deepEqual([seen.person, seen.allowed], ['Alix Essai', ['check-identity', 'extend', 'answer', 'give-back']])
  assert.equal(
    (await post(operatorDpd, `/${id}/handover`, { toOrganisationId: structures.partner })).body.code,
    'rights-request/handed-once',
  )
  await ok(operatorDpd, `/${id}/identity`, identity)
  await ok(operatorDpd, `/${id}/answer`, answer)
  const mails = await mailsOf(id)
  assert.deepEqual([mails[1].kind, mails[1].to_account_id, mails.length], ['rights-request-answered', dpd.id, 2])
  assert.deepEqual((await one(dpd, id)).answer.on, '2026-06-08')
  const handed = (
    await rows(
      `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'rights-request.handed-over' and e.subject_id = $1`,
      [id],
    )
  )[0]
  assert.deepEqual([handed.actor_id, handed.detail.toOrganisationId], [dpd.id, structures.operator])
})

test('PRI-2: what was noted before the hand-over is read after it, and the extension stands', async () => {
  const { at, operatorDpd, otherDpd, structures, ok, one } = register
  at('2026-06-08T09:00:00Z')
  const { id } = await register.entered(operatorDpd)
  await ok(operatorDpd, `/${id}/identity`, identity)
  await ok(operatorDpd, `/${id}/extension`, { toldOn: '2026-06-08', reason: 'Trois structures à interroger.' })
  await ok(operatorDpd, `/${id}/handover`, { toOrganisationId: structures.other })
  const seen = await one(otherDpd, id)
  assert.deepEqual([seen.identity.manner, seen.dueOn, seen.allowed], ['known', '2026-09-07', ['answer', 'give-back']])
  await ok(otherDpd, `/${id}/answer`, answer)
  const closed = await ok(otherDpd, `/${id}/recipients`, {
    toldOn: '2026-06-08',
    extent: 'none',
    words: 'Aucun envoi.',
  })
  assert.equal(closed.state, 'closed')
})

test('PRI-2: a request goes to the other party alone, where somebody answers for it, and before it is answered', async () => {
  const { at, dpd, operatorDpd, agent, structures, ok, post, house } = register
  at('2026-06-08T09:00:00Z')
  const { id } = await register.entered(dpd, { kind: 'access' })
  const to = async (who: typeof dpd, request: string, toOrganisationId: string) => {
    const { status, body } = await post(who, `/${request}/handover`, { toOrganisationId })
    return body.code ?? status
  }
  assert.equal(await to(dpd, id, structures.other), 'rights-request/not-the-other-party')
  assert.equal(await to(dpd, id, structures.partner), 'rights-request/not-the-other-party')
  assert.equal((await post(dpd, `/${id}/handover`, { toOrganisationId: uuidv7() })).status, 404)
  assert.equal((await post(dpd, `/${id}/handover`, { toOrganisationId: 'operateur' })).status, 400)
  assert.equal((await post(agent, `/${id}/handover`, { toOrganisationId: structures.operator })).status, 404)
  const own = await register.entered(operatorDpd)
  assert.equal(await to(operatorDpd, own.id, structures.empty), 'rights-request/nobody-there')
  assert.equal((await register.one(operatorDpd, own.id)).handover, null)
  assert.equal((await mailsOf(own.id)).length, 0)
  await ok(dpd, `/${id}/identity`, identity)
  await ok(dpd, `/${id}/answer`, answer)
  assert.equal(await to(dpd, id, structures.operator), 'rights-request/answered')
  assert.equal((await house.call(operatorDpd, 'GET', `/rights-requests/${id}`)).status, 404)
})

test('PRI-2: handed over and answered at once, one of the two is done', async () => {
  const { at, dpd, operatorDpd, structures, ok, one, post } = register
  at('2026-06-08T09:00:00Z')
  for (let turn = 0; turn < 4; turn++) {
    const { id } = await register.entered(dpd, { kind: 'access' })
    await ok(dpd, `/${id}/identity`, identity)
    const [handed, answered] = await Promise.all([
      post(dpd, `/${id}/handover`, { toOrganisationId: structures.operator }),
      post(dpd, `/${id}/answer`, answer),
    ])
    assert.deepEqual([handed.status, answered.status].sort(), answered.status === 200 ? [200, 409] : [200, 403])
    const left = await one(dpd, id)
    assert.deepEqual([left.handover !== null, left.answer !== null], [handed.status === 200, answered.status === 200])
    if (handed.status === 200) assert.deepEqual((await one(operatorDpd, id)).answer, null)
  }
})

test('PRI-2, SEC-6: whom one would tell in a partner is answered to the operator’s data protection officer, and to nobody else for this', async () => {
  const { dpd, operatorDpd, structures, house } = register
  const [idle, officer] = [await house.person(structures.operator), await house.person(structures.operator)]
  await giveRole(house.owner, officer, 'rssi')
  const told = await sightsOf(
    house.database,
    [operatorDpd, officer, idle, dpd].map(who => tokenHash(who.cookie.slice('session='.length))),
    sql<{ id: string }>`select account_id::text as id
      from notice_recipients(${structures.other}::uuid, null, '2026-06-08T09:00:00Z'::timestamptz) where role = 'dpd'
      and party = 'partenaire'`,
  )
  assert.deepEqual(
    told.map(one => one.ids.size),
    [1, 0, 0, 0],
  )
})
