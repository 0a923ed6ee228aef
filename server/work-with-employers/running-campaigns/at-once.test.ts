import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { waiting, whileHeld } from '../../testing/while-held.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { runningCampaigns } from './index.ts'

const today = '2027-01-20'
const now = new Date(`${today}T11:00:00Z`)
const { aquitaine } = places
const inRegion = { regionId: aquitaine, departementId: null, epciId: null, clpeId: null }
const ofGironde = Array.from({ length: 40 }, (_, n) => siretOf(n + 1))
const ofLandes = Array.from({ length: 10 }, (_, n) => siretOf(n + 101))
/** An establishment that no other test touches. */
const inGironde = () => ofGironde.shift()!
const inLandes = () => ofLandes.shift()!

let house: House
let ines: Person, paul: Person // each pilots in the whole region
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns], { clock: () => now })
  await layTerritories(house.owner)
  await insertEstablishments(house.owner, [
    ...ofGironde.map(siret => ({ siret })),
    ...ofLandes.map(siret => ({ siret, commune: '40002' })),
  ])
  const pilot = async (name: string) =>
    house.person((await house.organisation({ name })).id, [{ profile: 'pilote', territoryId: aquitaine }], {
      provenAt: now,
    })
  ;[ines, paul] = [await pilot('CC des Essais'), await pilot('PLIE des Essais')]
})
after(() => house.close())

type Days = readonly [startsOn: string, endsOn: string]
const draft = async (who: Person, sirets: readonly number[], [startsOn, endsOn]: Days) =>
  (
    await insertCampaign(
      house.owner,
      aCampaign({ pilotId: who.organisationId, territoryId: aquitaine, place: inRegion, startsOn, endsOn }),
      who.id,
      sirets,
    )
  ).id
const done = async (who: Person, method: 'POST' | 'PUT', path: string, body?: object, headers = {}) => {
  const answer = await house.call(who, method, `/campaigns/${path}`, body, headers)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}
const opened = async (who: Person, sirets: readonly number[], days: Days) => {
  const id = await draft(who, sirets, days)
  await done(who, 'POST', `${id}/open`)
  return id
}
const holders = async (siret: number): Promise<string[]> =>
  (await house.owner.query('select campaign_id from campaign_holds where siret = $1', [siret])).rows.map(
    row => row.campaign_id,
  )

type Ask = () => Promise<{ status: number; body: any }>
const post =
  (who: Person, path: string, body?: object): Ask =>
  () =>
    house.call(who, 'POST', `/campaigns/${path}`, body)
/** The first has weighed, holds, and waits to be told of; the second is asked then. */
const oneWithin = (first: Ask, second: Ask) =>
  whileHeld(house.owner, 'lock table campaign_events in share mode', [], [first, second])

/** Ten days apart, so that the one still holds when the other starts. */
const winter: Days = ['2027-01-15', '2027-01-31']
const spring: Days = ['2027-02-10', '2027-03-15']
/** What makes a campaign of Inès hold this employer from winter on. */
const acts: Record<string, (siret: number) => Promise<readonly [id: string, ask: Ask]>> = {
  opens: async siret => {
    const id = await draft(ines, [siret], winter)
    return [id, post(ines, `${id}/open`)]
  },
  'takes a target more': async siret => {
    const id = await opened(ines, [inGironde()], winter)
    return [id, post(ines, `${id}/targets`, { sirets: [siretText(siret)] })]
  },
  'puts a target back': async siret => {
    const id = await opened(ines, [siret, inGironde()], winter)
    await done(ines, 'POST', `${id}/targets/${siretText(siret)}/set-aside`, { reason: 'Suivi ailleurs' })
    return [id, post(ines, `${id}/targets/${siretText(siret)}/put-back`, {})]
  },
  'lasts longer': async siret => {
    const id = await opened(ines, [siret], ['2027-01-15', '2027-01-22'])
    return [id, () => house.call(ines, 'PUT', `/campaigns/${id}/period`, { endsOn: winter[1] }, { 'if-match': '"2"' })]
  },
  reopens: async siret => {
    const id = await opened(ines, [siret], winter)
    await done(ines, 'POST', `${id}/close`)
    return [id, post(ines, `${id}/reopen`, {})]
  },
}
for (const [act, prepare] of Object.entries(acts))
  test(`CAM-3: a campaign ${act} and another opens at once, whose days do not meet but within its fifteen last: the second asked, whichever, meets the first`, async () => {
    for (const turned of [false, true]) {
      const siret = inGironde()
      const [mine, ask] = await prepare(siret)
      const before = await holders(siret)
      const theirs = await draft(paul, [siret], spring)
      const opening = post(paul, `${theirs}/open`)
      const [first, second] = turned ? await oneWithin(opening, ask) : await oneWithin(ask, opening)
      assert.deepEqual(
        [first!.status, second!.status, second!.body.code, second!.body.facts],
        [200, 409, 'campaign/undecided-conflicts', { count: 1 }],
        JSON.stringify(first!.body),
      )
      assert.deepEqual(new Set(await holders(siret)), new Set([...before, turned ? theirs : mine]))
    }
  })

test('CAM-3: campaigns that open in different departments do not wait for each other; in two, they wait in order', async () => {
  const ask = async (...sirets: number[]): Promise<Ask> => post(ines, `${await draft(ines, sirets, winter)}/open`)
  /** What it answers, and how many wait when it does. */
  const counted = (asked: Ask) => async () => [(await asked()).status, await waiting(house.owner)]
  const held = await draft(paul, [inGironde()], winter)
  const alsoHeld = await draft(paul, [inLandes()], winter)
  // The key of ctx.lock_departments, which answers only who pilots.
  const lock = `select pg_advisory_xact_lock(hashtextextended('conflicts in ' || departement_id, 0))
    from campaign_targets where campaign_id = $1`
  const bothOfThem = () => ask(inLandes(), inGironde())
  assert.deepEqual(
    await whileHeld(house.owner, lock, [held], [counted(await bothOfThem()), counted(await ask(inLandes()))]),
    [
      [200, 0],
      [200, 1],
    ],
    'who waits for the first department has not the second yet',
  )
  assert.deepEqual(
    (
      await whileHeld(house.owner, lock, [alsoHeld], [counted(await bothOfThem()), counted(await ask(inGironde()))])
    ).map(([status]) => status),
    [200, 200],
  )
})
