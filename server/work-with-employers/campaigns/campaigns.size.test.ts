import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { wholeDepth } from '../../testing/depth.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from './index.ts'
import { aCampaign, insertCampaign } from './testing.ts'
import { layTerritories, places } from './testing-world.ts'

/** What a campaign may hold. */
const most = 50_000
const many = wholeDepth ? most : 10_000
const { aquitaine, coeur, gironde, graves, landes } = places

let house: House
let ines: Person
let paul: Person
before(async () => {
  house = await openHouse(campaigns, { clock: () => new Date('2027-01-15T11:00:00Z') })
  await layTerritories(house.owner)
  const pilot = async () =>
    house.person((await house.organisation()).id, [{ profile: 'pilote', territoryId: aquitaine }], {
      provenAt: new Date('2027-01-15T11:00:00Z'),
    })
  ;[ines, paul] = [await pilot(), await pilot()]
  // One more in Landes than a campaign may hold.
  await house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, naf, naf_nomenclature, employer, active, head_office,
      diffusion, commune_code, region_id, departement_id, epci_id, clpe_id, row_hash)
    select n, n / 100000, n % 100000, 'ATELIER ' || n, '43.32A', 'NAFRev2', true, true, true, 'O', case when g
      then '33001' else '40002' end, $1::int, case when g then $2::int else $3::int end, case when g then $4::int
      else $5::int end, case when g then $6::int else $7::int end, 0
    from (select 90000000000000 + i as n, i <= $8::int as g from generate_series(1, $8::int + $9::int + 1) i) s`,
    [aquitaine, gironde, landes, graves, places.dunes, coeur, places.sud, many, most],
  )
  await house.owner.query('analyze establishments')
})
after(() => house.close())

const draft = (who: Person, departement: number) =>
  insertCampaign(
    house.owner,
    aCampaign({
      pilotId: who.organisationId,
      territoryId: departement,
      place: { regionId: aquitaine, departementId: departement, epciId: null, clpeId: null },
    }),
    who.id,
  )
const timed = async (what: string, who: Person, id: string, verb: string, body?: object) => {
  const start = performance.now()
  const answer = await house.call(who, 'POST', `/campaigns/${id}/${verb}`, body)
  console.log(`${what}: ${Math.round(performance.now() - start)} ms`)
  return answer
}

test('CAM-2: tens of thousands of targets are previewed, added and opened; a second campaign decides on as many conflicts by one rule', async () => {
  const first = await draft(ines, gironde)
  const seen = await timed(`preview of ${many}`, ines, first.id, 'targets/preview', { criteria: {} })
  assert.deepEqual(
    [seen.status, seen.body.count, seen.body.conflicts],
    [200, many, { held: 0, contacted: 0, beside: 0 }],
  )
  assert.equal(
    (await timed(`adding ${many}`, ines, first.id, 'targets', { criteria: {} })).body.campaign.counts.targets,
    many,
  )
  assert.equal((await timed(`opening ${many}`, ines, first.id, 'open')).status, 200)

  // The worst moment for the planner: its statistics know the first campaign alone.
  await house.owner.query('analyze')
  const second = await draft(paul, gironde)
  assert.deepEqual(
    (await timed(`preview of ${many}, all held`, paul, second.id, 'targets/preview', { criteria: {} })).body.conflicts,
    { held: many, contacted: 0, beside: 0 },
  )
  assert.equal(
    (await timed(`adding ${many}, all held`, paul, second.id, 'targets', { criteria: {} })).body.campaign.counts
      .undecided,
    many,
  )
  assert.deepEqual(
    (
      await timed(`deciding ${many} by a rule`, paul, second.id, 'conflicts/decide', {
        rule: { kind: 'held' },
        decision: 'take',
        reason: 'Accord',
      })
    ).body,
    { decided: many, awaiting: 0, undecided: 0 },
  )
  assert.equal((await timed(`opening ${many}, all taken`, paul, second.id, 'open')).status, 200)
  const { rows } = await house.owner.query('select campaign_id, count(*) from campaign_holds group by 1')
  assert.deepEqual(rows, [{ campaign_id: second.id, count: many }])
  assert.equal((await timed(`closing ${many}`, paul, second.id, 'close')).status, 200)
})
test('CAM-2: 50,000 pasted SIRETs are read; one more establishment than the most is refused', async () => {
  const pasted = await draft(ines, gironde)
  const sirets = Array.from({ length: most }, (_, i) => `${900000000} 0${String(i).padStart(4, '0')}`)
  const answer = await timed('adding 50,000 pasted lines', ines, pasted.id, 'targets', { sirets })
  assert.equal(answer.status, 200, JSON.stringify(answer.body).slice(0, 300))
  const { counts, lines } = answer.body.outcomes
  assert.equal(
    Object.values<number>(counts).reduce((a, b) => a + b),
    most,
  )
  assert.equal(lines.length, 1000)
  const tooMany = await draft(ines, landes)
  for (const verb of ['targets/preview', 'targets'])
    assert.equal(
      (await timed(`refusing 50,001 (${verb})`, ines, tooMany.id, verb, { criteria: {} })).body.code,
      'campaign/too-many-targets',
    )
  assert.equal((await house.call(ines, 'GET', `/campaigns/${tooMany.id}`)).body.counts.targets, 0)
})
