import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { jobs } from './watch-openings.job.ts'

let house: House
let worker: pg.Client
let cssi: Person
let rgc: Person
before(async () => {
  house = await openHouse([])
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
  rgc = await house.person((await house.organisation()).id)
  await giveRole(house.owner, rgc, 'rgc')
})
after(async () => {
  await worker.end()
  await house.close()
})
const opened = async (n: number, days: number) => {
  for (let p = 0; p < n; p++) {
    const { id } = await house.person(rgc.organisationId)
    await house.owner.query(
      `update accounts set opened_by = $1, created_at = now() - make_interval(days => $2) where id = $3`,
      [rgc.id, days, id],
    )
  }
}
const watch = () =>
  jobs({ watchOpenings: 4 } as never)[0]!.run({}, {
    withPgClient: (work: (client: pg.Client) => unknown) => work(worker),
    logger: { info: () => {}, warn: () => {} },
  } as never)
const told = async () =>
  (
    await house.owner.query(
      `select to_account_id as id, body from mails where kind = 'accounts-opened-many' and about_id = $1`,
      [rgc.id],
    )
  ).rows

test('ACC-4, SEC-2: who opens more accounts in a week than the operator set is told to the security officer alone, once, and it is in the trail', async () => {
  await opened(4, 1)
  await opened(3, 8)
  await watch()
  assert.deepEqual(await told(), [])
  await opened(1, 0)
  await watch()
  await watch()
  const mails = await told()
  assert.deepEqual(
    mails.map(m => m.id),
    [cssi.id],
  )
  assert.match(mails[0].body, /5 comptes ouverts par la même personne en une semaine \(seuil : 4\)/)
  const { rows } = await house.owner.query(
    `select count(*)::int as n from audit_entries where action = 'account.opens-beyond-ordinary' and subject_id = $1`,
    [rgc.id],
  )
  assert.deepEqual(rows, [{ n: 1 }])
})
test('SEC-6: neither the count nor its note is the web’s to call', async () => {
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  try {
    for (const call of ['select * from ctx.openings_to_watch(now())', 'select ctx.note_openings(null, null, now())'])
      await assert.rejects(web.query(call), /permission denied/)
  } finally {
    await web.end()
  }
})
