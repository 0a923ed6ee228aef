import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { rightsRequests } from './index.ts'
import { aRequest } from './testing.ts'

let house: House
let starter: ReturnType<typeof processStarter>
let dpd: Person
let operatorDpd: Person
let operator: string
let id: string
const today = parisDay(new Date())
before(async () => {
  house = await openHouse(rightsRequests)
  operator = (await house.organisation({ kind: 'operateur' })).id
  operatorDpd = await house.person(operator)
  await giveRole(house.owner, operatorDpd, 'dpd')
  dpd = await house.person((await house.organisation()).id)
  await giveRole(house.owner, dpd, 'dpd')
  const { body } = await house.call(dpd, 'POST', '/rights-requests', aRequest({ receivedOn: today }), once())
  id = body.id
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

/** What is corrected, noted, handed, mailed and said in the trail of the request. */
const state = async () =>
  (
    await house.owner.query(
      `select (select version from rights_requests where id = $1) as version,
        (select count(*)::int from rights_request_corrections where request_id = $1) as corrections,
        (select count(*)::int from rights_request_steps where request_id = $1) as steps,
        (select count(*)::int from rights_request_handovers where request_id = $1) as handovers,
        (select count(*)::int from rights_request_withdrawals where request_id = $1) as withdrawals,
        (select count(*)::int from mails where about_id = $1::text) as mails,
        (select count(*)::int from audit_entries where subject_id = $1::text and action <> 'rights-request.entered')
          as trail`,
      [id],
    )
  ).rows[0]

test('PRI-2, REL-6: a process killed while a request is corrected, a step noted, the request handed over, taken back or given back leaves nothing; sent again, each is done once', {
  timeout: 240_000,
}, async () => {
  let before = { version: 1, corrections: 0, steps: 0, handovers: 0, withdrawals: 0, mails: 0, trail: 0 }
  for (const [who, path, body, written, done] of [
    [
      dpd,
      '',
      { ...aRequest({ receivedOn: today, person: 'Alix Essais' }), reason: 'Faute de frappe' },
      'rights_request_corrections',
      { version: 2, corrections: 1, steps: 0, handovers: 0, withdrawals: 0, mails: 0, trail: 1 },
    ],
    [
      dpd,
      '/identity',
      { checkedOn: today, manner: 'known' },
      'rights_request_steps',
      { version: 2, corrections: 1, steps: 1, handovers: 0, withdrawals: 0, mails: 0, trail: 2 },
    ],
    [
      dpd,
      '/handover',
      { toOrganisationId: operator },
      'rights_request_handovers',
      { version: 2, corrections: 1, steps: 1, handovers: 1, withdrawals: 0, mails: 1, trail: 3 },
    ],
    [
      dpd,
      '/handover/withdraw',
      { reason: 'Transmise par erreur' },
      'rights_request_withdrawals',
      { version: 2, corrections: 1, steps: 1, handovers: 0, withdrawals: 1, mails: 2, trail: 4 },
    ],
    [
      dpd,
      '/handover',
      { toOrganisationId: operator },
      'rights_request_handovers',
      { version: 2, corrections: 1, steps: 1, handovers: 1, withdrawals: 1, mails: 3, trail: 5 },
    ],
    [
      operatorDpd,
      '/handover/give-back',
      { reason: 'Un salarié de ce partenaire' },
      'rights_request_withdrawals',
      { version: 2, corrections: 1, steps: 1, handovers: 0, withdrawals: 2, mails: 4, trail: 6 },
    ],
  ] as const) {
    const method = path === '' ? 'PUT' : 'POST'
    const to = `/rights-requests/${id}${path}`
    const headers = { ...once(), ...(path === '' ? { 'if-match': '"1"' } : {}) }
    await killedMidway(house, starter, { who, method, path: to, body, written }, headers)
    assert.deepEqual(await state(), before, `${path}: nothing is half done`)
    for (const time of ['first', 'again'])
      assert.equal((await house.call(who, method, to, body, headers)).status, 200, `${path}, ${time}`)
    assert.deepEqual(await state(), done, path)
    before = done
  }
})
