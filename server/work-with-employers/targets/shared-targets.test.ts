import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { targets } from './index.ts'

const today = '2027-01-15'
const { aquitaine, coeur, gironde, graves } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
const proven = { provenAt: new Date(`${today}T11:00:00Z`) }
const both = siretOf(1)
const alone = siretOf(2)
let house: House
let ines: Person
let cardless: Person
let paul: Person
let nadia: Person

before(async () => {
  house = await openHouse([...campaigns, ...targets], { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde } as const
  const pilot = { profile: 'pilote', territoryId: gironde } as const
  const cc = await house.organisation({ name: 'CC des Essais' })
  ines = await house.person(cc.id, [pilot, card], proven)
  cardless = await house.person(cc.id, [pilot], proven)
  paul = await house.person((await house.organisation({ name: 'PLIE des Essais' })).id, [pilot, card], proven)
  nadia = await house.person((await house.organisation({ name: 'Direction des Essais' })).id, [pilot, card], proven)
  await insertEstablishments(house.owner, [{ siret: both }, { siret: alone }])
})
after(() => house.close())

const post = async (who: Person, path: string, body?: object) => {
  const answer = await house.call(who, 'POST', path, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}
/** Two campaigns: `holder` holds both employers; Inès’s shares one of them. `members` read the holder's as well. */
const shared = async (holder: Person, over: Parameters<typeof aCampaign>[0] = {}) => {
  await house.owner.query('delete from campaign_holds')
  await house.owner.query(`update campaigns set status = 'closed', closed_at = opened_at where status = 'open'`)
  const draft = (who: Person, sirets: readonly number[], name: string, more = {}) =>
    insertCampaign(
      house.owner,
      aCampaign({ pilotId: who.organisationId, territoryId: coeur, place: here, name, ...more }),
      who.id,
      sirets,
    )
  const theirs = await draft(holder, [both, alone], 'Hôtellerie', over)
  await post(holder, `/campaigns/${theirs.id}/open`)
  const mine = await draft(ines, [both], 'Métiers du bois')
  await post(ines, `/campaigns/${mine.id}/conflicts/decide`, { sirets: [siretText(both)], decision: 'share' })
  await post(ines, `/campaigns/${mine.id}/open`)
  return { mine: mine.id, theirs: theirs.id }
}
const marks = async (who: Person, id: string, query = '') =>
  (await house.call(who, 'GET', `/campaigns/${id}/targets?${query}`)).body.items.map((one: any) => [
    one.establishment.siret,
    one.shared,
    one.sharedWith,
  ])
const unread = { campaigns: [], unread: true }

test('CAM-3: each of two campaigns that share a target says so in its list, its board and its order, by name where one reads the other', async () => {
  const { mine, theirs } = await shared(paul, { memberIds: [ines.organisationId] })
  const named = { campaigns: [{ id: theirs, name: 'Hôtellerie' }], unread: false }
  for (const query of ['', 'status=a-contacter', 'sort=name', 'sort=-contact'])
    assert.deepEqual(await marks(ines, mine, query), [[siretText(both), true, named]], query)
  for (const query of ['', 'status=a-contacter', 'sort=name'])
    assert.deepEqual(
      await marks(ines, theirs, query),
      [
        [siretText(both), false, { campaigns: [{ id: mine, name: 'Métiers du bois' }], unread: false }],
        [siretText(alone), false, null],
      ],
      query,
    )
  const aside = await house.call(ines, 'POST', `/campaigns/${mine}/targets/${siretText(both)}/take`)
  assert.deepEqual([aside.status, aside.body.sharedWith], [200, named], 'an act answers it too')
})

test('CAM-3, EST-7, SEC-6: of a campaign that one does not read, either side is told that there is one, without its name', async () => {
  const { mine, theirs } = await shared(nadia)
  assert.deepEqual(await marks(ines, mine), [[siretText(both), true, unread]])
  assert.deepEqual(await marks(nadia, theirs), [
    [siretText(both), false, unread],
    [siretText(alone), false, null],
  ])
  const { body } = await house.call(nadia, 'GET', `/campaigns/${theirs}/targets`)
  assert.doesNotMatch(JSON.stringify(body), new RegExp(`${mine}|Métiers du bois|CC des Essais`))
})

test('CAM-3, EST-7: whoever does not read the card is told of no campaign that they do not read', async () => {
  const { mine } = await shared(nadia)
  assert.deepEqual(await marks(cardless, mine), [[siretText(both), true, null]], 'their own decision stays')
})

test('CAM-3: a target that the other campaign has dealt with, set aside or closed is shared no more', async () => {
  const { mine, theirs } = await shared(paul, { memberIds: [ines.organisationId] })
  const status = (id: string, value: string) =>
    house.owner.query(
      `update campaign_targets set status = $3, set_aside_reason = case when $3 = 'ecarte' then 'Essai' end,
        shared = shared and $3 <> 'ecarte' where campaign_id = $1 and siret = $2`,
      [id, both, value],
    )
  const there = async () => (await marks(ines, theirs))[0][2]
  for (const value of ['traite', 'ecarte']) {
    await status(mine, value)
    assert.equal(await there(), null, value)
  }
  await status(mine, 'en-cours')
  assert.notEqual(await there(), null)
  await house.owner.query(`update campaigns set status = 'closed', closed_at = opened_at where id = $1`, [mine])
  assert.equal(await there(), null, 'closed')
})

test('CAM-3: once the other campaign has dealt with it, set it aside or ended, whoever decided to share reads that it is shared no more', async () => {
  const { mine, theirs } = await shared(nadia)
  const told = async () => [(await marks(ines, mine))[0].slice(1), (await marks(cardless, mine))[0].slice(1)]
  const still = [
    [true, unread],
    [true, null],
  ]
  const over = [
    [false, null],
    [false, null],
  ]
  assert.deepEqual(await told(), still)
  for (const status of ['traite', 'ecarte', 'en-cours']) {
    await house.owner.query(
      `update campaign_targets set status = $3, set_aside_reason = case when $3 = 'ecarte' then 'Essai' end
        where campaign_id = $1 and siret = $2`,
      [theirs, both, status],
    )
    assert.deepEqual(await told(), status === 'en-cours' ? still : over, status)
  }
  const outsider = await house.person((await house.organisation()).id, [{ profile: 'pilote', territoryId: gironde }])
  const straight = async (who: Person | null) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.all(sql`select from still_shared(${mine}::uuid, ${[both, alone]}::bigint[])`)).length
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual([await straight(cardless), await straight(outsider), await straight(null)], [1, 0, 0])
  await house.owner.query(`update campaigns set status = 'closed', closed_at = opened_at where id = $1`, [theirs])
  assert.deepEqual(await told(), over, 'ended')
})
