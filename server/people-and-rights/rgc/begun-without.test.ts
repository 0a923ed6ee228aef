import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { tellBegunWithout } from './tell-begun-without.job.ts'

let house: House
let workers: [pg.Client, pg.Client]
let cssi: Person
before(async () => {
  house = await openHouse([])
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all(workers.map(worker => worker.connect()))
  cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
})
after(async () => {
  await Promise.all(workers.map(worker => worker.end()))
  await house.close()
})
const tell = (worker = workers[0]) => within(worker)(tellBegunWithout)
const told = async (organisationId: string): Promise<{ who: string; subject: string; body: string }[]> =>
  (
    await house.owner.query(
      `select to_account_id as who, subject, body from mails where kind = 'rgc-nobody-left' and about_id = $1`,
      [organisationId],
    )
  ).rows
/** A partner under a convention, with a signatory. */
const partner = async (name: string) => {
  const { id } = await house.organisation({ name })
  const signatory = await house.person(id)
  await giveRole(house.owner, signatory, 'signataire')
  return { id, signatory }
}
const begins = (organisationId: string, at: string | null) =>
  house.owner.query(
    'update conventions set effective_from = now() + $2::interval where organisation_id = $1 and ends_at is null',
    [organisationId, at],
  )

test('RGC-8: a convention that begins with nobody to manage the accounts is told to both sides, once, two workers at once included', async () => {
  const { id, signatory } = await partner('CC des Essais')
  await begins(id, '1 hour')
  assert.equal(await tell(), 0, 'it is to come')
  await begins(id, '-1 hour')
  assert.deepEqual((await Promise.all([tell(), tell(workers[1])])).sort(), [0, 1])
  assert.equal(await tell(), 0)
  const mails = await told(id)
  assert.deepEqual(mails.map(m => m.who).sort(), [cssi.id, signatory.id].sort())
  assert.match(mails[0]!.subject, /sous convention n’a pas de responsable/)
  assert.match(mails[0]!.body, /^La convention de la structure « CC des Essais » est en vigueur, et aucun acte/)
  assert.match(mails[0]!.body, /Tant qu’un acte d’engagement n’est pas en vigueur, personne ne peut y créer/)
  assert.match(mails[0]!.body, /peut proposer cet acte d’engagement/)
})

test('RGC-8: nothing is told of a structure that has an account manager, was told that none is left, or whose convention is over', async () => {
  const managed = await partner('CC gérée')
  await giveRole(house.owner, await house.person(managed.id), 'rgc')
  const known = await partner('CC prévenue')
  await house.owner.query(
    `insert into mails (id, to_account_id, subject, body, why, kind, about_kind, about_id, created_at)
      values (gen_random_uuid(), $1, 'x', 'x', 'x', 'rgc-nobody-left', 'organisation', $2, now())`,
    [known.signatory.id, known.id],
  )
  const over = await partner('CC sortie')
  await house.owner.query(`update conventions set ends_at = now() - interval '1 hour' where organisation_id = $1`, [
    over.id,
  ])
  assert.equal(await tell(), 0)
  // Under its next convention, it is told again.
  await begins(known.id, '-1 minute')
  await house.owner.query(`update mails set created_at = now() - interval '1 day' where about_id = $1`, [known.id])
  assert.equal(await tell(), 1)
})
