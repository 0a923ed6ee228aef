import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { rightsStates } from '../../../contract/oversight/rights-requests.ts'
import type { Db } from '../../platform/database.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { importChanged } from '../../testing/parity.ts'
import * as rules from './rights-request-rules.ts'
import { countHeld, countRequests, requestsInState } from './rights-requests.queries.ts'
import type { State } from './states.queries.ts'
import * as states from './states.queries.ts'
import { openRegister, type Register } from './testing.ts'
import { everyRequest, layRequests } from './testing-steps.ts'

let register: Register
const requests = everyRequest()
before(async () => {
  register = await openRegister()
  await layRequests(register, requests)
})
after(() => register.close())

const asOfficer = async <T>(look: (db: Db) => Promise<T>): Promise<T> => {
  const tx = await register.house.database.begin()
  try {
    await tx.enter(tokenHash(register.dpd.cookie.slice('session='.length)))
    return await look(tx)
  } finally {
    await tx.rollback()
  }
}
const idsIn = (state: State, of: typeof rules = rules) =>
  new Set(requests.filter(one => of.stateOf(one) === state).map(one => one.id))
/** The requests that the two do not place in one state. */
const apart = (of: typeof rules, clause: typeof states) =>
  asOfficer(async db => {
    const parted: string[] = []
    for (const state of rightsStates) {
      const found = await db.all(sql<{ id: string }>`select r.id from rights_requests r where ${clause.inState(state)}`)
      parted.push(...idsIn(state, of).symmetricDifference(new Set(found.map(one => one.id))))
    }
    return parted
  })

test('PRI-2: open or closed, the rules and the database say one state of each kind with each set of steps', async () => {
  assert.equal(requests.length, 192)
  assert.deepEqual([idsIn('open').size, idsIn('closed').size], [80, 112])
  assert.deepEqual(await apart(rules, states), [])
  await asOfficer(async db => {
    for (const state of rightsStates) {
      const listed = await requestsInState(db, state, undefined, requests.length)
      assert.deepEqual(new Set(listed.map(one => one.id)), idsIn(state))
      assert.equal(await countRequests(db, state), idsIn(state).size)
    }
    assert.equal((await countHeld(db)).held, idsIn('open').size)
  })
})

test('PRI-2: the comparison of states fails when a clause goes, on either side', async () => {
  for (const [from, to] of [
    ["stepOf(request, 'answer') && !leftToTell(request)", "stepOf(request, 'answer')"],
    ["stepOf(request, 'answer') && !leftToTell(request)", '!leftToTell(request)'],
    ["answer.outcome !== 'refused' &&", ''],
    ["&& !stepOf(request, 'recipients')", ''],
    ['&& (kindsToTell as readonly string[]).includes(kind)', ''],
    ["'erasure', 'restriction',", "'restriction',"],
  ] as const) {
    const changed = await importChanged<typeof rules>(new URL('./rights-request-rules.ts', import.meta.url), from, to)
    assert.notEqual((await apart(changed, states)).length, 0, from)
  }
  for (const [from, to] of [
    ["s.outcome = 'refused' or", ''],
    ['r.kind <> all', 'r.kind = all'],
    ["and s.kind = 'answer'", ''],
    ["and p.kind = 'recipients'", ''],
    ['p.request_id = r.id and', ''],
    ["state === 'open'", "state !== 'open'"],
  ] as const) {
    const changed = await importChanged<typeof states>(new URL('./states.queries.ts', import.meta.url), from, to)
    assert.notEqual((await apart(rules, changed)).length, 0, from)
  }
})
