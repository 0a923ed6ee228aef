import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { targetOrders } from '../contract/work-with-employers/campaigns.ts'
import { actions } from './actions.ts'
import { wholeDepth } from './testing/depth.ts'
import { openExports } from './testing/exports.ts'
import { type House, openHouse, type Person } from './testing/house.ts'
import { aCampaign, insertCampaign } from './work-with-employers/campaigns/testing.ts'
import { layTerritories, places } from './work-with-employers/campaigns/testing-world.ts'
import { nextActionsExport } from './work-with-employers/portfolio/export-next-actions.ts'
import { targetsExport } from './work-with-employers/targets/export-targets.ts'

/** As many as one campaign has, in the deep run; enough pages to tell at each run. */
const most = wholeDepth ? 50_000 : 10_000
/** More next actions than anyone has. */
const ofOnePerson = 5000
const { aquitaine, coeur, gironde, graves } = places
let house: House
let exports: Awaited<ReturnType<typeof openExports>>
let address: string
let claire: Person
let campaignId: string
before(async () => {
  house = await openHouse(actions)
  await layTerritories(house.owner)
  const cc = await house.organisation()
  claire = await house.person(cc.id, [
    { tool: 'campagnes', profile: 'conseiller', territoryId: coeur },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: coeur },
  ])
  const place = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
  campaignId = (
    await insertCampaign(
      house.owner,
      aCampaign({ status: 'open', pilotId: cc.id, territoryId: coeur, place }),
      claire.id,
    )
  ).id
  await house.owner.query(
    `with shop as (
        insert into establishments (siret, siren, nic, usual_name, naf, naf_nomenclature, employer, active, head_office,
          diffusion, commune_code, commune_name, region_id, departement_id, epci_id, clpe_id, row_hash)
        select 90000000000000 + i, 900000000, i % 100000, 'Atelier ' || md5(i::text), '43.32A', 'NAFRev2', true, true,
          false, 'O', '33001', 'Commune ' || i % 40, $2, $3, $4, $5, 0 from generate_series(1, $6::int) i returning siret)
      insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
        select $1, siret, $2, $3, $4, $5 from shop`,
    [campaignId, aquitaine, gironde, graves, coeur, most],
  )
  await house.owner.query(
    `insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, needs, last_on)
      select $1, siret, $2, 1, 0, date '2026-01-01' + (siret % 300)::int from campaign_targets
        where campaign_id = $1 and siret % 3 = 0`,
    [campaignId, cc.id],
  )
  await house.owner.query('analyze')
  exports = await openExports(house.database, [targetsExport, nextActionsExport])
  const { server } = exports
  await server.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
})
after(async () => {
  await exports.close()
  await house.close()
})

/** The file as it comes, kept nowhere: its bytes, and how many lines a text has. */
const read = async (query: string, format: 'csv' | 'xlsx', path = `/campaigns/${campaignId}/targets/export`) => {
  const start = performance.now()
  const answer = await fetch(`${address}/api${path}${query}`, {
    method: 'POST',
    headers: { cookie: claire.cookie, 'content-type': 'application/json', origin: 'http://localhost' },
    body: JSON.stringify({ purpose: 'Mesure', format }),
  })
  assert.equal(answer.status, 200)
  let [bytes, lines, first, heap] = [0, 0, 0, 0]
  for await (const part of answer.body!) {
    first ||= performance.now() - start
    bytes += part.length
    lines += Buffer.from(part).filter(byte => byte === 10).length
    heap = Math.max(heap, process.memoryUsage().heapUsed)
  }
  console.log(
    `${path.split('/').at(-2)} ${format}${query}: ${lines || bytes} in ${Math.round(performance.now() - start)} ms, the first bytes after ${Math.round(first)} ms; ${Math.round(bytes / 1e3)} kB, heap of ${Math.round(heap / 1e6)} MB at most`,
  )
  return { bytes, lines }
}

test('CAM-10: a list of tens of thousands leaves as a file, as it is read', { timeout: 600_000 }, async () => {
  const { lines } = await read('', 'csv')
  // The head, then the lines, then what says whose data these are.
  assert.ok(lines > most && lines < most + 6, `${lines}`)
  assert.equal((await read('?sort=contact', 'csv')).lines, lines)
  assert.ok((await read('', 'xlsx')).bytes > most * 10)
})

test('CAM-10: thousands of next actions of one person leave as a file, whatever their order', {
  timeout: 600_000,
}, async () => {
  await house.owner.query(
    `with x as (insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, author_id,
          occurred_on, reached, visibility, recorded_at)
        select gen_random_uuid(), 90000000000000 + i, $1, $2, $3, $4, $5, $6, current_date - 30, true, 'reseau', now()
          from generate_series(1, $7::int) i returning *)
      insert into next_actions (id, exchange_id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id,
        visibility, kind, due_on, owner_id)
        select gen_random_uuid(), id, siret, $1, $2, $3, $4, $5, visibility, 'rappel', current_date + 3, $6 from x`,
    [aquitaine, gironde, graves, coeur, claire.organisationId, claire.id, ofOnePerson],
  )
  await house.owner.query('analyze exchanges; analyze next_actions')
  const { lines } = await read('', 'csv', '/next-actions/export')
  assert.ok(lines > ofOnePerson && lines < ofOnePerson + 6, `${lines}`)
  assert.equal((await read('?sort=name', 'csv', '/next-actions/export')).lines, lines)
})

test('CAM-10: a view opens its first page whatever its order and its filter', async () => {
  for (const sort of [undefined, ...targetOrders])
    for (const filter of ['', 'q=atelier 0', 'free=true']) {
      const query = [filter, sort && `sort=${sort}`, 'total=true'].filter(Boolean).join('&')
      const start = performance.now()
      const { status, body } = await house.call(claire, 'GET', `/campaigns/${campaignId}/targets?${encodeURI(query)}`)
      console.log(`${query}: ${body.total} targets, ${Math.round(performance.now() - start)} ms`)
      assert.equal(status, 200)
      assert.ok(body.items.length > 0)
    }
})
