import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { addDays } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { type LeavingCause, leaverMail } from './leaver.mails.ts'
import { remindNextLeavers } from './remind-leavers.job.ts'

let house: House
let workers: [pg.Client, pg.Client]
let today: string
before(async () => {
  house = await openHouse([])
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all(workers.map(worker => worker.connect()))
  today = (await house.owner.query('select ctx.paris_day(ctx.clock())::text as day')).rows[0].day
})
after(async () => {
  await Promise.all(workers.map(worker => worker.end()))
  await house.close()
})
const remind = (most?: number, worker = workers[0]) => within(worker)(work => remindNextLeavers(work, most))
const mailsTo = async (who: Person): Promise<{ subject: string; body: string }[]> =>
  (
    await house.owner.query(
      `select subject, body from mails where kind = 'confidentiality-reminder' and to_account_id = $1 order by created_at`,
      [who.id],
    )
  ).rows
const structure = async () => (await house.organisation({ kind: 'epci' })).id
const agent = (organisation: string) => house.person(organisation, [{ tool: 'campagnes', profile: 'conseiller' }])
/** A contractor whose contract ends on that day. */
const contractor = async (organisation: string, endsOn: string) => {
  const person = await agent(organisation)
  const third = (
    await house.owner.query(
      `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on, recorded_by, recorded_at)
        values (gen_random_uuid(), $1, 'contractor', 'Prestataire ' || $2::text, 'processor', '2020-01-01', 'Marché', '2020-01-01', $2::uuid, now())
        returning id`,
      [organisation, person.id],
    )
  ).rows[0].id
  await house.owner.query(
    `update accounts set attachment = 'contractor', third_party_id = $2, contract_ends_on = $3 where id = $1`,
    [person.id, third, endsOn],
  )
  return person
}
const convention = (organisation: string, endsAt: string | null) =>
  house.owner.query(
    `update conventions set effective_from = '2020-01-01', ends_at = $2::timestamptz where organisation_id = $1`,
    [organisation, endsAt],
  )
const ago = async (span: string): Promise<string> =>
  (await house.owner.query('select (ctx.clock() - $1::interval)::text as at', [span])).rows[0].at

test('PRI-7: each person of a structure whose convention has ended is reminded that confidentiality has no end, once, two workers at once included', async () => {
  const organisation = await structure()
  const [claire, hugo] = [await agent(organisation), await agent(organisation)]
  const signatory = await house.person(organisation)
  await giveRole(house.owner, signatory, 'signataire')
  const newcomer = await house.person(organisation)
  assert.equal(await remind(), 0, 'the convention is in force')
  await convention(organisation, await ago('1 hour'))
  const counts = await Promise.all([remind(), remind(undefined, workers[1])])
  assert.deepEqual(counts.sort(), [0, 3], 'in one run or the other')
  for (const who of [claire, hugo, signatory]) {
    const [mail, ...others] = await mailsTo(who)
    assert.deepEqual(others, [])
    assert.equal(mail!.subject, 'Votre structure n’est plus sous convention : la confidentialité continue')
    assert.match(mail!.body, /La convention de votre structure a pris fin le .* sans limite de durée/s)
  }
  assert.deepEqual(await mailsTo(newcomer), [], 'they never held an access')
  assert.equal(await remind(), 0)
})

test('PRI-7: a contractor is reminded the day after their contract; when it was prolonged and ends again, again', async () => {
  const organisation = await structure()
  const onTheDay = await contractor(organisation, today)
  const over = await contractor(organisation, addDays(today, -1))
  assert.equal(await remind(), 1)
  assert.deepEqual(await mailsTo(onTheDay), [])
  assert.match((await mailsTo(over))[0]!.body, /^Votre contrat a pris fin le .*prolongé/)
  await convention(organisation, await ago('1 minute'))
  assert.equal(await remind(), 1, 'who left before the convention ended was reminded then')
  assert.equal((await mailsTo(onTheDay)).length, 1)
  await convention(organisation, null)
  await house.owner.query(`update mails set created_at = created_at - interval '20 days' where to_account_id = $1`, [
    over.id,
  ])
  assert.equal(await remind(), 1)
  assert.equal((await mailsTo(over)).length, 2)
})

test('PRI-7: by parts, each settled before the next; nobody is reminded of what ended long ago, was replaced, never began, or of an account that is gone', async () => {
  const organisation = await structure()
  const people = [await agent(organisation), await agent(organisation), await agent(organisation)]
  await house.owner.query(`update accounts set status = 'deleted' where id = $1`, [people[2]!.id])
  await convention(organisation, await ago('40 days'))
  assert.equal(await remind(), 0, 'long ago')
  await convention(organisation, await ago('2 days'))
  await house.owner.query('update conventions set effective_from = null where organisation_id = $1', [organisation])
  assert.equal(await remind(), 0, 'never begun')
  await convention(organisation, await ago('2 days'))
  await house.owner.query(
    `insert into conventions select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', md5(c.number),
      'effective_from', now() - interval '2 days', 'ends_at', null))).* from conventions c where organisation_id = $1`,
    [organisation],
  )
  assert.equal(await remind(), 0, 'replaced')
  await house.owner.query(
    `update conventions set ends_at = now() - interval '1 day' where organisation_id = $1 and ends_at is null`,
    [organisation],
  )
  assert.deepEqual([await remind(1), await remind(1), await remind(1)], [1, 1, 0])
  assert.deepEqual(
    (await Promise.all(people.map(mailsTo))).map(mails => mails.length),
    [1, 1, 0],
  )
})

for (const [cause, begins] of [
  ['account', /^Votre accès à Campagnes coordonnées prend fin le 1er? décembre 2026\./],
  ['contract', /^Votre contrat a pris fin le 1er? décembre 2026/],
  ['convention', /^La convention de votre structure a pris fin le 1er? décembre 2026/],
  ['account-manager', /^Depuis le 1er? décembre 2026, vous n’êtes plus responsable de gestion de comptes/],
] as [LeavingCause, RegExp][])
  test(`PRI-7: the reminder says the day, what ends, and that confidentiality has no end: ${cause}`, () => {
    const { text } = leaverMail({ to: { accountId: 'a' }, accountId: 'a', cause, leavesOn: '2026-12-01' })
    assert.match(text, begins)
    assert.match(text, /sans limite de durée/)
  })
