import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { tellNextPartners, tellPartnersEveryMinute } from '../../notifications/tell-partners.job.ts'
import { anAccount, giveRole, insertAccount } from '../../people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation } from '../../people-and-rights/organisations/testing.ts'
import { dbOver } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { conventions } from '../conventions/index.ts'
import { withRoles } from '../conventions/testing.ts'

const region = 1075
const partners = 230 // three parts
let house: House
let sylvie: Person // its regional direction
let administrator: Person
let elsewhere: Person // another region's partner
const rows = async <T = any>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await house.owner.query(text, values)).rows
const worker = async () => {
  const client = new pg.Client(house.urls.workerUrl)
  await client.connect()
  return client
}
const quiet = { info: () => {}, warn: () => {} }
const run = async () => {
  const client = await worker()
  await tellPartnersEveryMinute
    .run({}, { logger: quiet, withPgClient: (work: any) => work(client) } as never)
    .finally(() => client.end())
}
const mails = async () =>
  (await rows<{ n: number }>(`select count(*)::int as n from mails where kind = 'contact-changed'`))[0]!.n
const waiting = async () => (await rows('select from announcements where told_at is null')).length
const name = (who: Person, regionId: number) =>
  house.call(
    who,
    'PUT',
    '/contacts/cssi',
    { name: 'Sécurité nationale', email: 'cssi@operateur.example', telephone: null, regionId },
    once(),
  )

before(async () => {
  house = await openHouse([...conventions])
  await rows(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie') on conflict do nothing`,
  )
  const operator = (await house.organisation({ kind: 'operateur' })).id
  sylvie = await withRoles(house, operator, { region })
  administrator = await withRoles(house, operator, 'administrateur')
  for (let n = 0; n < partners; n++) {
    const { id } = await insertOrganisation(house.owner, anOrganisation({ kind: 'epci' }))
    await giveRole(house.owner, await insertAccount(house.owner, anAccount(id)), 'signataire')
  }
  await rows('update conventions set region_id = $1', [region])
  for (const dates of [
    { effective_from: '2020-01-01', ends_at: '2026-01-01' },
    { effective_from: null, ends_at: null },
  ]) {
    const { id } = await insertOrganisation(house.owner, anOrganisation({ kind: 'epci' }))
    await giveRole(house.owner, await insertAccount(house.owner, anAccount(id)), 'signataire')
    await rows('update conventions set effective_from = $2, ends_at = $3, region_id = $4 where organisation_id = $1', [
      id,
      dates.effective_from,
      dates.ends_at,
      region,
    ])
  }
  const other = await house.organisation({ kind: 'epci' })
  elsewhere = await withRoles(house, other.id, 'signataire')
  await rows('update conventions set region_id = 1076 where organisation_id = $1', [other.id])
})
after(() => house.close())

test('AGR-6, AGR-9: the operator’s contact is named at once and the answer says how many partners it concerns; the worker writes to each of the region, once', async () => {
  const { status, body } = await name(sylvie, region)
  assert.deepEqual([status, body.told, body.partners], [200, null, partners])
  assert.equal(await mails(), 0, 'nothing is written in the request')
  await run()
  const told = await rows<{ organisation: string; n: number }>(
    `select a.organisation_id as organisation, count(*)::int as n from mails m join accounts a on a.id = m.to_account_id
      where m.kind = 'contact-changed' group by 1`,
  )
  assert.equal(told.length, partners)
  assert.deepEqual(
    told.filter(one => one.n !== 1 || one.organisation === elsewhere.organisationId),
    [],
  )
  assert.equal(await waiting(), 0)
  await run()
  assert.equal(await mails(), partners, 'run again, it tells nobody twice')
})

test('AGR-9: stopped after a part, or in the middle of one, the worker goes on where it was; two at once tell each partner once', async () => {
  await rows('delete from mails')
  assert.equal((await name(administrator, 0)).body.partners, partners + 1)
  const client = await worker()
  await within(client)(tellNextPartners)
  assert.equal(await mails(), 100)
  // Killed before its commit: the mails of that part go with it.
  await client.query('begin')
  const [{ now }] = (await rows<{ now: Date }>('select ctx.clock() as now')) as [{ now: Date }]
  await tellNextPartners({ db: dbOver(client), now, newId: uuidv7, service: true })
  await client.end()
  assert.equal(await mails(), 100)
  await Promise.all([run(), run()])
  await run()
  assert.equal(await mails(), partners + 1)
  assert.equal(
    (await rows('select from (select to_account_id from mails group by 1 having count(*) > 1) twice')).length,
    0,
  )
  assert.deepEqual(await rows('select mails from announcements order by announced_at desc limit 1'), [
    { mails: partners + 1 },
  ])
})

test('AGR-6, SEC-6: straight to the database, a change is announced of one’s own region, in one’s own name, another notice by an administrator alone, and read by nobody', async () => {
  const client = new pg.Client(house.urls.webUrl)
  await client.connect()
  const announce = async (who: Person, regionId: number, by: string, kind = 'contact-changed') => {
    await client.query('begin')
    try {
      await client.query('select ctx.enter($1)', [tokenHash(who.cookie.slice('session='.length))])
      await client.query(
        `insert into announcements (id, kind, subject, text, region_id, announced_by, announced_at)
          values ($1, $4, 'x', 'x', $2, $3, now())`,
        [uuidv7(), regionId, by, kind],
      )
      return 'written'
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await client.query('rollback')
    }
  }
  try {
    assert.deepEqual(
      [
        await announce(sylvie, region, sylvie.id),
        await announce(administrator, 0, administrator.id),
        await announce(sylvie, 1076, sylvie.id),
        await announce(sylvie, 0, sylvie.id),
        await announce(sylvie, region, administrator.id),
        await announce(elsewhere, 1076, elsewhere.id),
        await announce(sylvie, region, sylvie.id, 'annex-4-changed'),
        await announce(administrator, 0, administrator.id, 'annex-4-changed'),
      ],
      ['written', 'written', '42501', '42501', '42501', '42501', '42501', 'written'],
    )
    await assert.rejects(client.query('select * from announcements'), { code: '42501' })
  } finally {
    await client.end()
  }
})
