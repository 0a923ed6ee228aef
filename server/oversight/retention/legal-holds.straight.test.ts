import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'

let house: House
let dpd: Person
let agent: Person
const id = uuidv7()

before(async () => {
  house = await openHouse([])
  dpd = await house.person((await house.organisation()).id)
  await giveRole(house.owner, dpd, 'dpd')
  agent = await house.person(dpd.organisationId)
  await giveRole(house.owner, agent, 'rssi')
})
after(() => house.close())
beforeEach(async () => {
  await house.owner.query('truncate legal_holds')
  await house.owner.query(
    `insert into legal_holds (id, ending, organisation_id, reason, placed_organisation, placed_by, placed_at)
      values ($1, 'mails', $2, 'Contentieux', $2, $3, now())`,
    [id, dpd.organisationId, dpd.id],
  )
})

/** As the web, in a session of theirs. */
const send = (who: Person, statement: string) =>
  house.database.transaction(async tx => {
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    await tx.run(sql.raw(statement))
  })
/** Reads no column: what one may see has no part in it. */
const lift = (why: string) =>
  `update legal_holds set lift_reason = '${why}', lifted_by = ctx.account(), lifted_at = now()`
const lifted = async () =>
  (await house.owner.query('select lifted_by as by, lift_reason as why, lifted_at as at from legal_holds')).rows

test('SEC-6, PRI-4: straight to the database, a hold is lifted by an officer alone, even by a statement that reads nothing', async () => {
  await send(agent, lift('Non'))
  assert.deepEqual(await lifted(), [{ by: null, why: null, at: null }])
  await send(dpd, lift('Affaire close'))
  assert.deepEqual(
    (await lifted()).map(({ by, why }) => [by, why]),
    [[dpd.id, 'Affaire close']],
  )
})

test('SEC-6, PRI-4: straight to the database, a hold lifted is lifted for ever: neither again, with other words, nor taken back', async () => {
  await send(dpd, lift('Affaire close'))
  const stood = await lifted()
  await send(dpd, lift('Autre motif'))
  assert.deepEqual(await lifted(), stood)
  for (const back of [
    'update legal_holds set lift_reason = null, lifted_by = null, lifted_at = null',
    `update legal_holds set lift_reason = 'Autre motif' where id = '${id}'`,
  ]) {
    await send(dpd, back)
    assert.deepEqual(await lifted(), stood, back)
  }
})

test('SEC-6, PRI-4: straight to the database, no hold is lifted without its day, nor born lifted', async () => {
  await assert.rejects(
    send(dpd, `update legal_holds set lift_reason = 'x', lifted_by = ctx.account()`),
    /check constraint/,
  )
  await assert.rejects(send(dpd, `update legal_holds set lift_reason = 'x'`), /row-level/)
  await assert.rejects(
    send(
      dpd,
      `insert into legal_holds (id, ending, organisation_id, reason, placed_organisation, placed_by, placed_at,
          lift_reason, lifted_by, lifted_at)
        values ('${uuidv7()}', 'drafts', ctx.organisation(), 'x', ctx.organisation(), ctx.account(), now(),
          'x', ctx.account(), now())`,
    ),
    /row-level/,
  )
  assert.deepEqual(await lifted(), [{ by: null, why: null, at: null }])
})
