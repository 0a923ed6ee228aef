import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { actions } from './index.ts'

let house: House
before(async () => {
  house = await openHouse(actions)
})
after(() => house.close())
const missing = async (who: Person) =>
  (await house.call(who, 'GET', '/me')).body.missing.map((m: { code: string }) => m.code)

test('ACC-7: who holds neither grant nor role is told so; who holds a role needs no grant, even when the way they came in opens nothing', async () => {
  const { id } = await house.organisation()
  const [nobody, advisor, rgc] = [
    await house.person(id),
    await house.person(id, [{ tool: 'campagnes', profile: 'conseiller' }]),
    await house.person(id),
  ]
  await giveRole(house.owner, rgc, 'rgc')
  assert.deepEqual([await missing(nobody), await missing(advisor), await missing(rgc)], [['grant/none'], [], []])
  await house.owner.query(
    `insert into authentication_directives
      values ($1, 'fonction', '2026-01-01', null, false, false, 'essai', null, now())`,
    [uuidv7()],
  )
  await house.owner.query(`update sessions set second_factor = 'totp' where id = $1`, [rgc.sessionId])
  assert.deepEqual(await missing(rgc), ['role/sign-in'])
})
