import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { campaignStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { resultLabels, results } from '../../../contract/work-with-employers/exchanges.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, mayWrite, sightsOf, someoneDisagrees, withPolicyChanged } from '../../testing/parity.ts'
import { peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayPilot, mayRead } from '../campaigns/campaigns.policy.ts'
import { leadsTo } from '../campaigns/target-rules.ts'
import { aCampaign, insertCampaign, insertCampaigns } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { reaches } from './exchange-rules.ts'
import { exchanges } from './index.ts'

const { aquitaine, gironde, graves, coeur } = places
const here: TerritoryLine = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
const [bakery, garage] = [siretOf(1), siretOf(2)]
const today = '2027-01-20'
let house: House
let ines: Person
let claire: Person
let karim: Person
let outsider: Person
before(async () => {
  house = await openHouse(exchanges, { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  await insertEstablishments(house.owner, [{ siret: bakery }, { siret: garage }])
  const [cc, mission, other] = [await house.organisation(), await house.organisation(), await house.organisation()]
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde } as const
  ines = await house.person(cc.id, [{ profile: 'pilote', territoryId: gironde }, card])
  claire = await house.person(cc.id, [{ profile: 'conseiller', territoryId: gironde }, card])
  karim = await house.person(mission.id, [{ profile: 'pilote', territoryId: gironde }, card])
  outsider = await house.person(other.id, [{ profile: 'pilote', territoryId: gironde }, card])
})
after(() => house.close())

const campaign = async (over: Parameters<typeof aCampaign>[0] = {}) =>
  (
    await insertCampaign(
      house.owner,
      aCampaign({
        pilotId: ines.organisationId,
        memberIds: [karim.organisationId],
        territoryId: coeur,
        place: here,
        status: 'open',
        ...over,
      }),
      ines.id,
      [bakery, garage],
    )
  ).id
const add = (who: Person, id: string, label = 'Viendra au job dating', base = 'rendez-vous-pris', headers = once()) =>
  house.call(who, 'POST', `/campaigns/${id}/results`, { label, base }, headers)
const retire = (who: Person, id: string, resultId: string) =>
  house.call(who, 'POST', `/campaigns/${id}/results/${resultId}/retire`, undefined, once())
const record = (who: Person, campaignId: string | null, over: object = {}) =>
  house.call(
    who,
    'POST',
    '/exchanges',
    {
      siret: siretText(bakery),
      campaignId,
      occurredOn: today,
      channel: 'telephone',
      result: 'rendez-vous-pris',
      ...over,
    },
    once(),
  )
const list = async (who: Person, id: string) => (await house.call(who, 'GET', `/campaigns/${id}/results`)).body

test('CAM-5: the table of results says what the contract and the rules say', async () => {
  const { rows } = await house.owner.query('select code, label, reached, leads_to from exchange_results order by rank')
  assert.deepEqual(
    rows.map(r => [r.code, r.label, r.reached, r.leads_to]),
    results.map(code => [code, resultLabels[code], reaches(code), leadsTo[code] ?? null]),
  )
})

test('CAM-5: the pilot adds words of the campaign’s own; an exchange recorded with them counts as the base result and keeps them, retired or not', async () => {
  const id = await campaign()
  const added = await add(ines, id, '  Viendra au  job dating ')
  assert.deepEqual(
    [added.status, added.body.label, added.body.base, added.body.allowed],
    [200, 'Viendra au job dating', 'rendez-vous-pris', ['retire']],
  )
  const campaignResultId = added.body.id
  const seen = await list(karim, id)
  assert.deepEqual(
    [seen.items.map((r: any) => [r.label, r.allowed]), seen.allowed],
    [[['Viendra au job dating', []]], []],
    'a member reads them',
  )

  const { body: exchange } = await record(karim, id, { campaignResultId })
  assert.deepEqual(
    [exchange.content.result, exchange.content.resultLabel, exchange.content.campaignResultId],
    ['rendez-vous-pris', 'Viendra au job dating', campaignResultId],
  )
  assert.equal(
    (await house.owner.query('select status from campaign_targets where campaign_id = $1 and siret = $2', [id, bakery]))
      .rows[0].status,
    'rendez-vous',
  )
  assert.equal(
    (await house.call(outsider, 'GET', `/exchanges/${exchange.id}`)).body.content.resultLabel,
    'Viendra au job dating',
    'what was said is for the network',
  )
  assert.equal(
    (await house.call(claire, 'GET', `/establishments/${siretText(bakery)}/before-contact`)).body.lastContacts[0]
      .resultLabel,
    'Viendra au job dating',
  )

  const retired = await retire(ines, id, campaignResultId)
  assert.deepEqual([retired.status, retired.body.allowed, retired.body.retiredAt !== null], [200, [], true])
  assert.equal((await retire(ines, id, campaignResultId)).body.code, 'campaign-result/already-retired')
  assert.equal((await record(karim, id, { campaignResultId })).body.code, 'exchange/campaign-result-unknown')
  const correct = (over: object, version: number) =>
    house.call(
      karim,
      'PUT',
      `/exchanges/${exchange.id}`,
      { occurredOn: today, channel: 'visite', result: 'rendez-vous-pris', campaignResultId, ...over },
      { 'if-match': `"${version}"` },
    )
  assert.equal(
    (await correct({}, 1)).body.content.resultLabel,
    'Viendra au job dating',
    'a correction leaves it where it stands',
  )
  assert.equal((await correct({ result: 'refus' }, 2)).body.code, 'exchange/campaign-result-unknown')
  assert.equal((await correct({ campaignResultId: null, result: 'refus' }, 2)).body.content.resultLabel, null)
  const { items } = (await house.call(karim, 'GET', `/exchanges/${exchange.id}/versions`)).body
  assert.deepEqual(
    items.map((v: any) => [v.content.result, v.content.resultLabel]),
    [
      ['refus', null],
      ['rendez-vous-pris', 'Viendra au job dating'],
      ['rendez-vous-pris', 'Viendra au job dating'],
    ],
  )

  const again = await add(ines, id)
  assert.equal(again.status, 200, 'the same words may come back, as another result')
  assert.deepEqual(
    (await list(ines, id)).items.map((r: any) => [r.id, r.allowed]),
    [
      [again.body.id, ['retire']],
      [campaignResultId, []],
    ],
  )
  const trail = await house.owner.query(
    `select e.action, d.detail->>'label' as label from audit_entries e join audit_details d on d.entry_id = e.id
      where e.subject_id = $1 and e.action like 'campaign.result%' order by e.id`,
    [id],
  )
  assert.deepEqual(
    trail.rows.map(r => [r.action, r.label]),
    ['campaign.result-added', 'campaign.result-retired', 'campaign.result-added'].map(a => [
      a,
      'Viendra au job dating',
    ]),
  )
})

test('CAM-5: words of one campaign are refused in another, outside any, and counted as something else', async () => {
  const [one, other] = [await campaign(), await campaign()]
  const {
    body: { id: campaignResultId },
  } = await add(ines, one)
  for (const answer of [
    await record(karim, other, { campaignResultId }),
    await record(karim, null, { campaignResultId }),
    await record(karim, one, { campaignResultId, result: 'refus' }),
    await record(karim, one, { campaignResultId: uuidv7() }),
  ]) {
    assert.deepEqual([answer.status, answer.body.code], [422, 'exchange/campaign-result-unknown'])
  }
})

test('CAM-5: adding words is refused: who may not, malformed, twice, over', async () => {
  const id = await campaign()
  for (const [who, status, code] of [
    [claire, 403, 'access/no-grant'],
    [karim, 403, 'campaign/pilot-only'],
    [outsider, 404, 'not-found'],
  ] as const) {
    const answer = await add(who, id)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
  }
  assert.equal((await list(outsider, id)).code, 'not-found')
  for (const [label, base] of [
    ['', 'refus'],
    ['x', 'refus'],
    ['x'.repeat(61), 'refus'],
    ['   ', 'refus'],
    ['Attend', 'ailleurs'],
  ] as const)
    assert.equal((await add(ines, id, label, base)).body.code, 'request/malformed', label)
  const {
    body: { id: resultId },
  } = await add(ines, id)
  assert.equal((await add(ines, id, 'viendra au JOB dating', 'refus')).body.code, 'campaign-result/label-taken')
  assert.equal((await retire(karim, id, resultId)).body.code, 'campaign/pilot-only')
  assert.equal((await retire(ines, await campaign(), resultId)).status, 404, 'of another campaign')
  const closed = await campaign({ status: 'closed' })
  assert.deepEqual(
    [(await add(ines, closed)).body.code, (await list(ines, closed)).allowed],
    ['campaign/wrong-status', []],
  )
})

test('CAM-5: two pilots add the same words at once: one does, the other is told', async () => {
  const id = await campaign()
  const answers = await Promise.all([add(ines, id, 'Attend le salon'), add(ines, id, 'attend le salon')])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  const headers = once()
  const [first, second] = await Promise.all([
    add(ines, id, 'Une seule fois', 'refus', headers),
    add(ines, id, 'Une seule fois', 'refus', headers),
  ])
  assert.equal(first.body.id, second.body.id, 'a double click adds once')
  assert.equal((await list(ines, id)).items.length, 2)
})

test('SEC-1: no trail, no write: words are neither added nor retired without it', async () => {
  const id = await campaign()
  const {
    body: { id: resultId },
  } = await add(ines, id)
  await house.owner.query(
    `alter table audit_entries add constraint broken check (action not like 'campaign.result-%') not valid`,
  )
  assert.deepEqual(
    [(await add(ines, id, 'Autre')).body.code, (await retire(ines, id, resultId)).body.code],
    ['service/bug', 'service/bug'],
  )
  await house.owner.query('alter table audit_entries drop constraint broken')
  assert.deepEqual(
    (await list(ines, id)).items.map((r: any) => [r.id, r.retiredAt]),
    [[resultId, null]],
  )
})

test('SEC-6: a campaign’s own results: the policy and the database agree on every pair, read and written, and not when a clause goes', async () => {
  const random = seededRandom(640)
  await house.owner.query('delete from exchange_versions; delete from exchange_contents; delete from campaign_results')
  const organisations = [await house.organisation(), await house.organisation(), await house.organisation()].map(
    o => o.id,
  )
  const hashes = await peopleOfAllKinds(house, organisations, 220, random)
  const {
    rows: [account],
  } = await house.owner.query('select id from accounts limit 1')
  const lines = new Map<number, TerritoryLine>()
  for (const id of [0, ...Object.values(places)]) {
    const {
      rows: [l],
    } = await house.owner.query('select region_id, departement_id, epci_id, clpe_id from territory_line($1)', [id])
    lines.set(id, { regionId: l.region_id, departementId: l.departement_id, epciId: l.epci_id, clpeId: l.clpe_id })
  }
  const campaigns: Campaign[] = Array.from({ length: 120 }, () => {
    const territoryId = pick(random, [...lines.keys()])
    return aCampaign({
      pilotId: pick(random, organisations),
      memberIds: organisations.filter(() => random() < 0.5),
      territoryId,
      place: lines.get(territoryId)!,
      status: pick(random, campaignStatuses),
    })
  })
  await insertCampaigns(house.owner, campaigns, account.id)
  const rows = campaigns.flatMap(c => Array.from({ length: 8 }, () => ({ id: uuidv7(), campaign: c })))
  await house.owner.query(
    `insert into campaign_results (id, campaign_id, label, base, created_by, created_at)
      select id, campaign, id::text, 'refus', $2, now() from jsonb_to_recordset($1) as r (id uuid, campaign uuid)`,
    [JSON.stringify(rows.map(r => ({ id: r.id, campaign: r.campaign.id }))), account.id],
  )
  const sights = (some: readonly Buffer[], where = 'true') =>
    sightsOf(house.database, some, sql<{ id: string }>`select id from campaign_results where ${sql.raw(where)}`)
  const seen = await sights(hashes)
  const active = (may: typeof mayRead) => (viewer: Parameters<typeof mayRead>[0], row: (typeof rows)[number]) =>
    viewer.state === 'active' && may(viewer, row.campaign) === true
  assert.ok(seen.length * rows.length >= 100_000)
  assert.ok(seen.some(s => s.ids.size > 0) && seen.some(s => s.ids.size === 0))
  assert.deepEqual(disagreements(seen, rows, active(mayRead)).slice(0, 2), [])
  assert.notEqual(disagreements(seen, rows, active(mayPilot)).length, 0)
  assert.notEqual(disagreements(seen, rows, () => true).length, 0)
  const {
    rows: [written],
  } = await house.owner.query(
    `select qual, with_check from pg_policies where tablename = 'campaign_results' and policyname = 'pilot_retires'`,
  )
  for (const clause of [written.qual, written.with_check])
    assert.deepEqual(disagreements(await sights(hashes, clause), rows, active(mayPilot)).slice(0, 2), [])
  for (const using of [
    '(select ctx.ok())',
    'campaign_id in (select ctx.piloted_campaigns())',
    'campaign_id in (select id from campaigns where pilot_id = (select ctx.organisation()))',
  ]) {
    await withPolicyChanged(house.owner, 'campaign_results', 'read', using, async () =>
      assert.ok(await someoneDisagrees(hashes, sights, rows, active(mayRead)), using),
    )
  }
})

test('SEC-6, CAM-6: whatever the application forgets, words of a campaign are added and retired by who pilots it, in their own name', async () => {
  const campaign = aCampaign({
    pilotId: ines.organisationId,
    memberIds: [karim.organisationId],
    territoryId: gironde,
    place: here,
    status: 'open',
  })
  const theirs = aCampaign({
    pilotId: karim.organisationId,
    memberIds: [ines.organisationId],
    territoryId: gironde,
    place: here,
    status: 'open',
  })
  for (const one of [campaign, theirs]) await insertCampaign(house.owner, one, ines.id)
  const may = (who: Person, query: ReturnType<typeof sql>) =>
    mayWrite(house.database, tokenHash(who.cookie.slice('session='.length)), query)
  const add = (who: Person, over: { by?: Person; to?: string; retired?: string } = {}) =>
    may(
      who,
      sql`insert into campaign_results (id, campaign_id, base, label, created_by, created_at, retired_at)
    values (${uuidv7()}, ${over.to ?? campaign.id}, 'refus', ${uuidv7().slice(-12)}, ${(over.by ?? who).id}, now(),
      ${over.retired ?? null}::timestamptz)`,
    )
  assert.deepEqual(
    [await add(ines), await add(karim), await add(claire), await add(outsider)],
    [true, false, false, false],
  )
  assert.deepEqual(
    [await add(ines, { to: theirs.id }), await add(ines, { by: claire }), await add(ines, { retired: '2027-01-01' })],
    [false, false, false],
  )
  await house.owner.query(
    `insert into campaign_results (id, campaign_id, base, label, created_by, created_at)
      values ($1, $2, 'refus', 'Sans suite', $3, now())`,
    [uuidv7(), campaign.id, ines.id],
  )
  const retire = (who: Person) =>
    may(who, sql`update campaign_results set retired_at = now() where campaign_id = ${campaign.id}::uuid`)
  assert.deepEqual(
    [await retire(ines), await retire(karim), await retire(claire), await retire(outsider)],
    [true, false, false, false],
  )
  const seen = await sightsOf(
    house.database,
    [ines, claire, karim, outsider].map(who => tokenHash(who.cookie.slice('session='.length))),
    sql<{ id: string }>`select id from campaign_results where campaign_id = ${campaign.id}::uuid`,
  )
  assert.deepEqual(
    seen.map(s => s.ids.size),
    [1, 1, 1, 0],
  )
})
