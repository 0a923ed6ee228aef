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
let operator: string
let id: string
const today = parisDay(new Date())
before(async () => {
  house = await openHouse(rightsRequests)
  operator = (await house.organisation({ kind: 'operateur' })).id
  await giveRole(house.owner, await house.person(operator), 'dpd')
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

/** What is noted, handed, mailed and said in the trail of the request. */
const state = async () =>
  (
    await house.owner.query(
      `select (select count(*)::int from rights_request_steps where request_id = $1) as steps,
        (select count(*)::int from rights_request_handovers where request_id = $1) as handovers,
        (select count(*)::int from mails where about_id = $1::text) as mails,
        (select count(*)::int from audit_entries where subject_id = $1::text and action <> 'rights-request.entered')
          as trail`,
      [id],
    )
  ).rows[0]

test('PRI-2, REL-6: a process killed while a step is noted, or a request handed over, leaves nothing; sent again, each is done once', {
  timeout: 240_000,
}, async () => {
  let before = { steps: 0, handovers: 0, mails: 0, trail: 0 }
  for (const [path, body, written, done] of [
    [
      'identity',
      { checkedOn: today, manner: 'known' },
      'rights_request_steps',
      { steps: 1, handovers: 0, mails: 0, trail: 1 },
    ],
    [
      'handover',
      { toOrganisationId: operator },
      'rights_request_handovers',
      { steps: 1, handovers: 1, mails: 1, trail: 2 },
    ],
  ] as const) {
    const [to, key] = [`/rights-requests/${id}/${path}`, once()]
    await killedMidway(house, starter, { who: dpd, path: to, body, written }, key)
    assert.deepEqual(await state(), before, `${path}: nothing is half done`)
    for (const time of ['first', 'again'])
      assert.equal((await house.call(dpd, 'POST', to, body, key)).status, 200, `${path}, ${time}`)
    assert.deepEqual(await state(), done, path)
    before = done
  }
})
