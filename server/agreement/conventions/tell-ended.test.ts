import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { within } from '../../platform/job.ts'
import { moveClockTo, putClockBack } from '../../testing/clock.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { tellEnded } from './tell-ended.job.ts'
import { withRoles } from './testing.ts'

const region = 1075
let house: House
let workers: [pg.Client, pg.Client]
let regional: string
before(async () => {
  house = await openHouse([])
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all(workers.map(worker => worker.connect()))
  await house.owner.query(
    `insert into territories (id, kind, code, name) values ($1, 'region', '75', 'Nouvelle-Aquitaine')
      on conflict do nothing`,
    [region],
  )
  const operator = (await house.organisation({ kind: 'operateur' })).id
  regional = (await withRoles(house, operator, { region })).id
  await withRoles(house, operator, 'cssi')
})
after(async () => {
  await Promise.all(workers.map(worker => worker.end()))
  await house.close()
})
const tell = (worker = workers[0]) => within(worker)(tellEnded)
const told = async (organisationId: string): Promise<{ who: string; body: string }[]> =>
  (
    await house.owner.query(
      `select m.to_account_id as who, m.body from mails m join conventions c on c.id::text = m.about_id
        where m.kind = 'convention-ended' and c.organisation_id = $1`,
      [organisationId],
    )
  ).rows
/** A partner with a signatory, whose convention ends at that instant from now; null: no end. */
const endsIn = async (name: string, span: string | null) => {
  const { id } = await house.organisation({ name, kind: 'epci' })
  const signatory = await house.person(id)
  await giveRole(house.owner, signatory, 'signataire')
  await house.owner.query(
    `update conventions set region_id = $2, effective_from = '2020-01-01', ends_at = now() + $3::interval
      where organisation_id = $1`,
    [id, region, span],
  )
  return { id, signatory }
}

test('AGR-4: on the day a convention ends both parties are told what ends and what stays, once, two workers at once included', async () => {
  const { id, signatory } = await endsIn('CC des Essais', '1 hour')
  assert.equal(await tell(), 0, 'it is to come')
  await house.owner.query(`update conventions set ends_at = '2026-11-30T23:00:00Z' where organisation_id = $1`, [id])
  await moveClockTo(house.owner, '2026-12-01T00:10:00Z')
  assert.deepEqual((await Promise.all([tell(), tell(workers[1])])).sort(), [0, 1])
  assert.equal(await tell(), 0)
  await putClockBack(house.owner)
  const mails = await told(id)
  assert.ok(
    [signatory.id, regional].every(who => mails.filter(mail => mail.who === who).length === 1),
    'each party, once',
  )
  assert.match(
    mails[0]!.body,
    /^La convention n° .* de la structure « CC des Essais » a pris fin le 30 novembre 2026\./,
  )
  // One text for both parties: it says « vos » of neither.
  assert.match(mails[0]!.body, /n’ouvrent plus rien.*Rien n’est effacé.*Ce que chacun a appris .* reste confidentiel/s)
})

test('AGR-4: nothing is told of a convention without an end, never begun, or that ended long ago; a new end after a correction is told', async () => {
  await endsIn('CC durable', null)
  await endsIn('CC ancienne', '-40 days')
  const draft = await endsIn('CC en projet', '-1 hour')
  await house.owner.query('update conventions set effective_from = null where organisation_id = $1', [draft.id])
  assert.equal(await tell(), 0)
  const corrected = await endsIn('CC corrigée', '-2 hours')
  assert.equal(await tell(), 1)
  await house.owner.query(`update mails set created_at = now() - interval '90 minutes' where kind = 'convention-ended'`)
  assert.equal(await tell(), 0)
  await house.owner.query(`update conventions set ends_at = now() - interval '1 hour' where organisation_id = $1`, [
    corrected.id,
  ])
  assert.equal(await tell(), 1)
})
