import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { tellBegunWithout, tellGatesShut } from '../rgc/tell-begun-without.job.ts'

let house: House
let workers: [pg.Client, pg.Client]
let cssi: Person
let direction: Person
let elsewhere: Person
before(async () => {
  house = await openHouse([])
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all(workers.map(worker => worker.connect()))
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[cssi, direction, elsewhere] = [
    await house.person(operator),
    await house.person(operator),
    await house.person(operator),
  ]
  await giveRole(house.owner, cssi, 'cssi')
  await house.owner.query(`insert into territories (id, kind, code, name) values (1098, 'region', '98', 'Ici'),
    (1099, 'region', '99', 'Ailleurs') on conflict do nothing`)
  await giveRole(house.owner, direction, 'direction-regionale', { regionId: 1098 })
  await giveRole(house.owner, elsewhere, 'direction-regionale', { regionId: 1099 })
})
after(async () => {
  await Promise.all(workers.map(worker => worker.end()))
  await house.close()
})
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const tell = (worker = workers[0]) => within(worker)(tellGatesShut(30))
const told = async (kind: string, organisationId: string): Promise<{ who: string; body: string; path: string }[]> =>
  rows('select to_account_id as who, body, path from mails where kind = $1 and about_id = $2', [kind, organisationId])
/** Under a convention of that region for fifty days, its manager designated so many days ago. */
const partner = async (days: number) => {
  const { id } = await house.organisation()
  await rows(
    `update conventions set region_id = 1098, effective_from = now() - interval '50 days' where organisation_id = $1`,
    [id],
  )
  const [signatory, manager] = [await house.person(id), await house.person(id)]
  await giveRole(house.owner, signatory, 'signataire')
  await giveRole(house.owner, manager, 'rgc')
  await rows(
    `update role_assignments set starts_at = now() - $2 * interval '1 day' where account_id = $1 and role = 'rgc'`,
    [manager.id, days],
  )
  return { id, signatory, manager }
}
const uncertified = ({ manager }: { manager: Person }) =>
  rows('delete from rgc_certificates where account_id = $1', [manager.id])

test('RGC-8: designated and unable to act for thirty days: both sides and their regional direction are told what lacks, once, two workers at once included', async () => {
  const one = await partner(31)
  assert.equal(await tell(), 0, 'the gate is open')
  await uncertified(one)
  assert.deepEqual((await Promise.all([tell(), tell(workers[1])])).sort(), [0, 1])
  assert.equal(await tell(), 0)
  const mails = await told('rgc-gate-shut', one.id)
  assert.deepEqual(mails.map(m => m.who).sort(), [cssi.id, direction.id, one.signatory.id, one.manager.id].sort())
  for (const { body } of mails)
    assert.match(body, /Depuis 30 jours, .*Voici pourquoi : l’attestation du module RGC n’est pas enregistrée\./)
  assert.match(mails.find(m => m.who === direction.id)!.path, /^\/conventions/)
  assert.match(mails.find(m => m.who === cssi.id)!.path, /^\/securite\/rgc/)
})
test('RGC-8: nothing is told before the thirty days, of a gate that was open meanwhile, nor of a structure with nobody designated', async () => {
  await uncertified(await partner(29))
  const open = await partner(40)
  const cut = (days: number, of: Person) =>
    rows(
      `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
        values (gen_random_uuid(), $1, $2, 'suspect-use', 'Essai', now() - $3 * interval '1 day')`,
      [of.id, of.organisationId, days],
    )
  await cut(7, open.manager)
  const nobody = await partner(40)
  await rows(`update role_assignments set ends_at = now() where account_id = $1`, [nobody.manager.id])
  assert.equal(await tell(), 0)
  const shut = await partner(40)
  await cut(31, shut.manager)
  assert.equal(await tell(), 1, 'on each of these days')
  assert.match((await told('rgc-gate-shut', shut.id))[0]!.body, /leur accès est coupé/)
})
test('RGC-8: a convention that begins without an account manager is told to the regional direction of that region too, and to no other', async () => {
  const { id, manager } = await partner(40)
  await rows(`delete from role_assignments where account_id = $1 and role = 'rgc'`, [manager.id])
  await rows(`update mails set created_at = now() - interval '1 year' where about_id = $1`, [id])
  await within(workers[0])(tellBegunWithout)
  const who = (await told('rgc-nobody-left', id)).map(m => m.who)
  assert.deepEqual([who.includes(direction.id), who.includes(elsewhere.id)], [true, false])
})
