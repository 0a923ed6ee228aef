import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openRegister, type Register } from './testing.ts'

let register: Register
before(async () => {
  register = await openRegister()
})
after(() => register.close())

const counted = async (who: Register['dpd'] | null) => {
  const { status, body } = await register.house.call(who, 'GET', '/rights-requests/held')
  return status === 200 ? [body.held, body.dueOn] : body.code
}
const identity = { checkedOn: '2026-06-08', manner: 'known' }
const answer = { answeredOn: '2026-06-08', outcome: 'given', channel: 'mail' }

test('PRI-2: a structure counts what it holds and has not closed, and the nearest day to answer; nothing of what it handed over', async () => {
  const { at, dpd, otherDpd, operatorDpd, structures, entered, ok } = register
  at('2026-06-08T09:00:00Z')
  assert.deepEqual(await counted(dpd), [0, null])
  // Received first, and extended: due after one that came later.
  const extended = await entered(dpd, { kind: 'access', receivedOn: '2026-05-11' })
  await ok(dpd, `/${extended.id}/extension`, { toldOn: '2026-06-08', reason: 'Trois structures à interroger.' })
  assert.deepEqual(await counted(dpd), [1, '2026-08-11'])
  const first = await entered(dpd, { receivedOn: '2026-06-01' })
  await entered(dpd, { receivedOn: '2026-06-05' })
  assert.deepEqual(await counted(dpd), [3, '2026-07-01'])
  // Answered, its recipients not told: it is held, and waits no more for an answer.
  await ok(dpd, `/${first.id}/identity`, identity)
  await ok(dpd, `/${first.id}/answer`, answer)
  assert.deepEqual(await counted(dpd), [3, '2026-07-06'])
  await ok(dpd, `/${first.id}/recipients`, { toldOn: '2026-06-08', extent: 'none', words: 'Aucun envoi.' })
  assert.deepEqual(await counted(dpd), [2, '2026-07-06'])
  const away = await entered(dpd, { receivedOn: '2026-05-20' })
  assert.deepEqual(await counted(dpd), [3, '2026-06-22'])
  assert.deepEqual(await counted(operatorDpd), [0, null])
  await ok(dpd, `/${away.id}/handover`, { toOrganisationId: structures.operator })
  assert.deepEqual(
    [await counted(dpd), await counted(operatorDpd)],
    [
      [2, '2026-07-06'],
      [1, '2026-06-22'],
    ],
  )
  assert.deepEqual(await counted(otherDpd), [0, null])
})

test('PRI-2: a structure that holds more than a page of two hundred counts them all, the handed over ones not', async () => {
  const { dpd, otherDpd, structures, house } = register
  const lay = (count: number, receivedOn: string) =>
    house.owner.query(
      `insert into rights_requests (id, organisation_id, kind, whose, person, channel, received_on, recorded_by,
        recorded_at) select gen_random_uuid(), $1, 'erasure', 'other', 'Alix Essai', 'mail', $2, $3, now()
        from generate_series(1, $4::int)`,
      [structures.other, receivedOn, otherDpd.id, count],
    )
  await lay(205, '2026-06-04')
  await house.owner.query(
    `insert into rights_request_handovers (request_id, from_organisation_id, to_organisation_id, recorded_by,
      recorded_at) select id, organisation_id, $2, $3, now() from rights_requests where organisation_id = $1`,
    [structures.other, structures.operator, otherDpd.id],
  )
  await lay(203, '2026-06-05')
  assert.deepEqual(await counted(otherDpd), [203, '2026-07-06'])
  assert.equal((await counted(dpd))[0], 2)
})

test('PRI-2, SEC-6: how many requests a structure holds is told to its data protection officers alone', async () => {
  assert.equal(await counted(register.agent), 'rights-request/dpd-only')
  assert.equal((await register.house.call(null, 'GET', '/rights-requests/held')).status, 401)
})
