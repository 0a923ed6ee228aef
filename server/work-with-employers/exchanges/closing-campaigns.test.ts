import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { transactionRetries } from '../../platform/telemetry.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { exchanges } from './index.ts'

const { aquitaine, gironde, graves, coeur } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
const sirets = Array.from({ length: 12 }, (_, n) => siretOf(n + 1))
let house: House
let ines: Person
let colleague: Person
let advisors: Person[]
before(async () => {
  house = await openHouse([...campaigns, ...exchanges], { clock: () => new Date('2027-01-20T11:00:00Z') })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    sirets.map(siret => ({ siret })),
  )
  const [cc, mission] = [await house.organisation(), await house.organisation()]
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde } as const
  ines = await house.person(cc.id, [{ profile: 'pilote', territoryId: gironde }])
  colleague = await house.person(cc.id, [{ profile: 'pilote', territoryId: gironde }])
  advisors = await Promise.all(
    [cc.id, mission.id, mission.id].map(id =>
      house.person(id, [{ profile: 'conseiller', territoryId: gironde }, card]),
    ),
  )
})
after(() => house.close())

const life = (who: Person, id: string, verb: string) =>
  house.call(who, 'POST', `/campaigns/${id}/${verb}`, undefined, once())
const retries = async () => (await transactionRetries.get()).values.reduce((sum, { value }) => sum + value, 0)
const opened = async () => {
  const { id } = await insertCampaign(
    house.owner,
    aCampaign({
      pilotId: ines.organisationId,
      memberIds: [advisors[1]!.organisationId],
      territoryId: coeur,
      place: here,
      contactDelayDays: 0,
    }),
    ines.id,
    sirets,
  )
  assert.equal((await life(ines, id, 'open')).status, 200)
  return id
}

test('CAM-1, CAM-5: a campaign closed while its exchanges are recorded, fifteen times: each is written whole or refused with the reason, and the counts hold', async () => {
  const before = await retries()
  let [written, refused] = [0, 0]
  for (let round = 0; round < 15; round++) {
    const id = await opened()
    const recording = sirets.flatMap((siret, n) =>
      [0, 1].map(m =>
        house.call(
          advisors[(n + m) % 3]!,
          'POST',
          '/exchanges',
          {
            siret: siretText(siret),
            campaignId: id,
            occurredOn: '2027-01-20',
            channel: 'telephone',
            result: 'besoin-detecte',
          },
          once(),
        ),
      ),
    )
    // The closing sets off somewhere among them.
    recording.splice(round, 0, life(ines, id, 'close'))
    const answers = await Promise.all(recording)
    const [closed] = answers.splice(round, 1)
    assert.deepEqual([closed!.status, closed!.body.status], [200, 'closed'])
    for (const answer of answers)
      assert.ok(answer.status === 200 || answer.body.code === 'campaign/not-open', JSON.stringify(answer.body))
    const done = answers.filter(({ status }) => status === 200).length
    const {
      rows: [kept],
    } = await house.owner.query(
      `select (select count(*)::int from exchanges where campaign_id = $1) as exchanges,
        (select coalesce(sum(contacts), 0)::int from campaign_contacts where campaign_id = $1) as contacts,
      (select count(*)::int from campaign_holds where campaign_id = $1) as holds, (select count(*)::int
        from campaign_targets where campaign_id = $1 and status = 'besoin') as needs, (select count(distinct siret)::int
        from exchanges where campaign_id = $1) as met`,
      [id],
    )
    assert.deepEqual([kept.exchanges, kept.contacts, kept.holds, kept.needs], [done, done, 0, kept.met])
    written += done
    refused += answers.length - done
  }
  assert.ok(written > 0 && refused > 0, `${written} written, ${refused} refused: both were met`)
  assert.equal(await retries(), before, 'without a deadlock that a second try would have hidden')
})

test('CAM-1: two pilots close one campaign at once: one closes it, the other is told where it stands', async () => {
  const id = await opened()
  const answers = await Promise.all([life(ines, id, 'close'), life(colleague, id, 'close')])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  assert.deepEqual(
    [answers.find(({ status }) => status === 409)!.body.code, answers.find(({ status }) => status === 409)!.body.facts],
    ['campaign/wrong-status', { status: 'closed' }],
  )
})

test('CAM-1: one pilot opens a draft while the other edits it: the second in line meets what the first left, nothing in between', async () => {
  for (let round = 0; round < 10; round++) {
    const { id } = await insertCampaign(
      house.owner,
      aCampaign({ pilotId: ines.organisationId, territoryId: coeur, place: here, contactDelayDays: 0 }),
      ines.id,
      [sirets[0]!],
    )
    const body = {
      name: 'Autres dates',
      purpose: 'prospection',
      territoryId: coeur,
      startsOn: '2027-05-01',
      endsOn: '2027-06-01',
      memberIds: [],
      contactDelayDays: 0,
    }
    const [open, edit] = await Promise.all([
      life(ines, id, 'open'),
      house.call(colleague, 'PUT', `/campaigns/${id}`, body, { 'if-match': '"1"' }),
    ])
    assert.equal(open.status, 200)
    const {
      rows: [hold],
    } = await house.owner.query(
      'select lower(h.period)::text as starts, c.starts_on::text as said from campaign_holds h join campaigns c on c.id = h.campaign_id where c.id = $1',
      [id],
    )
    assert.equal(hold.starts, hold.said, 'held for the period it says')
    assert.ok(
      edit.status === 200
        ? hold.said === '2027-05-01'
        : edit.body.code === 'request/changed-meanwhile' && hold.said === '2027-01-15',
    )
    await life(ines, id, 'close')
  }
})
