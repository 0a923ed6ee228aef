import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Person } from '../../testing/house.ts'
import { mayWrite, rowsWritten, sightsOf } from '../../testing/parity.ts'
import { defaults, openWorld } from './testing.ts'

type World = Awaited<ReturnType<typeof openWorld>>
let { house, running, close, morning, told } = {} as World
let { pilot, lead, advisor, otherLead, memberPilot, stranger } = {} as World['people']
let end: World['end']
before(async () => {
  const world = await openWorld()
  ;({ house, running, close, morning, told, end } = world)
  ;({ pilot, lead, advisor, otherLead, memberPilot, stranger } = world.people)
})
after(() => end())

test('CAM-13: the pilot sets the delays of a campaign; whoever sees it reads them, and nobody else changes them', async () => {
  const one = await running(1)
  const path = `/campaigns/${one.campaign.id}/recalls`
  const set = (who: Person, body: object, version = 0) =>
    house.call(who, 'PUT', path, body, { 'if-match': `"${version}"` })
  const read = async (who: Person) => (await house.call(who, 'GET', path)).body
  assert.deepEqual(await read(advisor), { ...defaults, ofCampaign: false, version: 0, allowed: [] })
  assert.deepEqual((await read(pilot)).allowed, ['set'])
  const chosen = { ownerDays: 5, leadDays: 8, pilotDays: 12 }
  for (const [who, body, code] of [
    [otherLead, chosen, 'access/no-grant'],
    [pilot, { ...chosen, leadDays: 5 }, 'recalls/out-of-order'],
    [pilot, { ...chosen, pilotDays: 8 }, 'recalls/out-of-order'],
    [pilot, { ...chosen, ownerDays: 2 }, 'request/malformed'],
    [memberPilot, chosen, 'campaign/pilot-only'],
  ] as const)
    assert.equal((await set(who, body)).body.code, code)
  assert.equal((await set(pilot, chosen, 3)).status, 412, 'a version that never was')
  const answers = await Promise.all([set(pilot, chosen), set(pilot, { ...chosen, pilotDays: 20 })])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  const { version } = await read(advisor)
  assert.equal((await set(pilot, chosen, version)).body.ofCampaign, true)
  await morning(5)
  assert.deepEqual(await told(one), [[advisor.id, '1']])
  const { rows } = await house.owner.query(`select action from audit_entries where subject_id = $1`, [one.campaign.id])
  assert.deepEqual(
    rows.map(row => row.action),
    ['campaign.recalls-set', 'campaign.recalls-set'],
  )
  await close(one)
  assert.equal((await set(pilot, chosen, version + 1)).body.code, 'campaign/not-open')
  assert.deepEqual((await read(pilot)).allowed, [])
})

test('SEC-6, CAM-13: the delays of a campaign: the database lets its pilot alone write them, and who sees it read them', async () => {
  const [known, free] = [await running(1), await running(1)]
  await house.owner.query('insert into campaign_recalls values ($1, 5, 8, 12)', [known.campaign.id])
  for (const [who, sees] of [
    [pilot, true],
    [memberPilot, true],
    [lead, true],
    [stranger, false],
  ] as const) {
    const hash = tokenHash(who.cookie.slice('session='.length))
    const [sight] = await sightsOf(
      house.database,
      [hash],
      sql<{
        id: string
      }>`select campaign_id as id from campaign_recalls where campaign_id = ${known.campaign.id}::uuid`,
    )
    assert.equal(sight!.ids.size, sees ? 1 : 0, who.name)
    for (const write of [
      sql`insert into campaign_recalls values (${free.campaign.id}::uuid, 5, 8, 12)`,
      sql`update campaign_recalls set owner_days = 6 where campaign_id = ${known.campaign.id}::uuid`,
    ])
      assert.equal(await mayWrite(house.database, hash, write), who === pilot, who.name)
  }
  // Without reading first: a pilot changes the delays of their own campaigns alone, and moves none to another.
  await house.owner.query('delete from campaign_recalls where campaign_id <> $1', [known.campaign.id])
  for (const who of [pilot, memberPilot, lead, stranger])
    assert.equal(
      await rowsWritten(
        house.database,
        tokenHash(who.cookie.slice('session='.length)),
        sql`update campaign_recalls set owner_days = 6`,
      ),
      who === pilot ? 1 : 0,
      who.name,
    )
  const moved = sql`update campaign_recalls set campaign_id = ${free.campaign.id}::uuid`
  assert.equal(await mayWrite(house.database, tokenHash(pilot.cookie.slice('session='.length)), moved), false)
  for (const one of [known, free]) await close(one)
})
