import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { siretText } from '../platform/siret.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { meanwhile } from '../work-with-employers/bulk-works/testing.ts'
import { campaigns } from '../work-with-employers/campaigns/index.ts'
import { aCampaign, insertCampaign } from '../work-with-employers/campaigns/testing.ts'
import { layTerritories, places, siretOf } from '../work-with-employers/campaigns/testing-world.ts'
import { runningCampaigns } from '../work-with-employers/running-campaigns/index.ts'
import { endConvention } from '../work-with-employers/taking-over/testing.ts'

const { aquitaine, gironde, graves, coeur } = places
let house: House
let pilot: Person
let paul: Person
let former: string
const sirets: Record<'plie' | 'mission' | 'stranger', string> = { plie: '', mission: '', stranger: '' }
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns])
  await layTerritories(house.owner)
  const [cc, plie, mission, stranger] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'PLIE des Essais', siret: siretOf(911) }),
    await house.organisation({ siret: siretOf(912) }),
    await house.organisation({ siret: siretOf(913) }),
  ]
  former = cc.id
  for (const [key, { siret }] of [
    ['plie', plie],
    ['mission', mission],
    ['stranger', stranger],
  ] as const)
    sirets[key] = siretText(Number(siret))
  pilot = await house.person(cc.id, [{ profile: 'pilote', territoryId: gironde }])
  paul = await house.person(plie.id, [{ profile: 'pilote', territoryId: gironde }])
  await house.person(mission.id, [{ profile: 'responsable', territoryId: gironde }])
  await house.person(stranger.id, [{ profile: 'pilote', territoryId: gironde }])
  members.push(plie.id, mission.id)
})
after(() => house.close())

const members: string[] = []
const run = (id: string, siret: string, reason = 'Convention de la structure pilote terminée') => {
  const words = ['hand-over-campaign', id, '--siret', siret, '--reason', reason, '--operator', 'Camille Essai']
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/admin.ts', ...words], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_OWNER_URL: house.urls.ownerUrl },
  })
  return { status, stdout, stderr }
}
const open = async (status: 'open' | 'draft' = 'open') =>
  (
    await insertCampaign(
      house.owner,
      aCampaign({
        pilotId: former,
        memberIds: members,
        territoryId: coeur,
        place: { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur },
        status,
      }),
      pilot.id,
    )
  ).id

test('CAM-15, CAM-16: a campaign whose pilot’s convention is over is handed over by the operator to a member that can pilot it', async () => {
  const [id, draft] = [await open(), await open('draft')]
  assert.match(run(id, sirets.plie).stderr, /quelqu’un peut encore la piloter/)
  await house.owner.query(`update conventions set ends_at = now() - interval '1 day' where organisation_id = $1`, [
    former,
  ])
  for (const [campaign, siret, said] of [
    [id, sirets.stranger, /n’en est pas membre/],
    [id, sirets.mission, /n’a le profil « pilote »/],
    [draft, sirets.plie, /n’a pas été ouverte/],
    [id, '12345678901234', /sa clé est fausse/],
    ['x', sirets.plie, /la campagne manque/],
  ] as const) {
    const { status, stderr } = run(campaign, siret)
    assert.equal(status, 1)
    assert.match(stderr, said)
  }
  assert.match(run(id, sirets.plie, 'court').stderr, /--reason manque/)
  const { status, stdout, stderr } = run(id, sirets.plie)
  assert.equal(status, 0, stderr)
  assert.match(stdout, /confié à PLIE des Essais ; une personne en est prévenue/)
  const campaign = (await house.call(paul, 'GET', `/campaigns/${id}`)).body
  assert.deepEqual([campaign.pilot.name, campaign.version], ['PLIE des Essais', 2])
  assert.ok(campaign.allowed.includes('change-period'))
  const [event] = (await house.call(paul, 'GET', `/campaigns/${id}/events`)).body.items
  assert.deepEqual([event.kind, event.by, event.organisation.name], ['handed-over', null, 'PLIE des Essais'])
  const { rows: mails } = await house.owner.query(
    `select to_account_id, body from mails where kind = 'campaign-handed-over'`,
  )
  assert.deepEqual(
    mails.map(mail => mail.to_account_id),
    [paul.id],
  )
  assert.match(mails[0].body, /Plus personne dans la structure CC des Essais/)
  const { rows: acts } = await house.owner.query(
    `select e.origin, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'campaign.handed-over'`,
  )
  assert.deepEqual(acts, [
    {
      origin: 'ligne de commande, Camille Essai',
      actor_id: null,
      detail: {
        before: { pilotId: former },
        after: { pilotId: paul.organisationId },
        reason: 'Convention de la structure pilote terminée',
      },
    },
  ])
})

test('CAM-15, CAM-16: handed over while another takes it, the operator is told that it is piloted', async () => {
  const id = await open()
  await endConvention(house.owner, former)
  const { rows } = await meanwhile(
    house,
    'update campaigns set pilot_id = $2 where id = $1',
    [id, paul.organisationId],
    () => house.owner.query('select outcome from hand_abandoned_campaign_over($1, $2, now())', [id, members[1]]),
  )
  assert.deepEqual(rows, [{ outcome: 'piloted' }])
})
