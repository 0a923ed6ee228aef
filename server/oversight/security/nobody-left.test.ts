import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, openHouse, type Person, tokenOf } from '../../testing/house.ts'
import { watchUses } from './watch-uses.job.ts'

let house: House
let worker: pg.Client
let cssi: Person
const thresholds = {
  personsPerHour: 20,
  personsPerDay: 50,
  personsAtNight: 1000,
  exportsPerDay: 3,
  exportsPerDayOfOverseers: 6,
  refusalsPerHour: 5,
}
before(async () => {
  house = await openHouse([])
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
})
after(async () => {
  await worker.end()
  await house.close()
})
const watch = () =>
  watchUses(thresholds, 1000).run({}, {
    withPgClient: (work: (client: pg.Client) => unknown) => work(worker),
    logger: { info: () => {}, warn: () => {} },
  } as never)
const readsMuch = (who: Person) =>
  house.database.run(
    sql`select record_by_session('persons.read',
      ${JSON.stringify(Array.from({ length: 21 }, (_, k) => ({ id: uuidv7(), at: new Date(Date.now() - 60_000), token_hash: tokenOf(who), kind: 'establishment', subject: `${who.id}-${k}`, origin: '', request_id: '', detail: {} })))}::jsonb)`,
  )
const told = async (organisationId: string): Promise<{ who: string; body: string }[]> =>
  (
    await house.owner.query(
      `select to_account_id as who, body from mails where kind = 'rgc-nobody-left' and about_id = $1`,
      [organisationId],
    )
  ).rows

test('RGC-8, SEC-2: the account managers blocked on suspect use, one after the other: both sides are told with the last, once', async () => {
  const organisation = await house.organisation({ name: 'CC des Essais' })
  const people = await Promise.all([1, 2, 3, 4].map(() => house.person(organisation.id)))
  const [first, second, signatory, agent] = people as [Person, Person, Person, Person]
  await house.owner.query(`update accounts set created_at = now() - interval '60 days' where organisation_id = $1`, [
    organisation.id,
  ])
  for (const who of [first, second]) await giveRole(house.owner, who, 'rgc')
  await giveRole(house.owner, signatory, 'signataire')
  const blocked = async (who: Person) => {
    await readsMuch(who)
    await watch()
    const { rows } = await house.owner.query('select cuts from account_blocks where account_id = $1', [who.id])
    assert.deepEqual(rows, [{ cuts: 'account' }])
  }
  await blocked(agent)
  assert.deepEqual(await told(organisation.id), [], 'an agent manages nothing')
  await blocked(first)
  assert.deepEqual(await told(organisation.id), [], 'one is left')
  await blocked(second)
  await watch()
  const mails = await told(organisation.id)
  assert.deepEqual(mails.map(m => m.who).sort(), [cssi.id, signatory.id].sort())
  assert.match(mails[0]!.body, /^Un usage inhabituel a bloqué l’accès du dernier.*« CC des Essais »/s)
  assert.match(
    mails[0]!.body,
    /Tant qu’il n’est pas rétabli.*personne ne peut y créer de compte.*le signataire de la structure le fait/s,
  )
})
