import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { campaignStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { aCampaign, insertCampaigns } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { aNeed, insertNeeds } from '../needs/testing.ts'
import { mayReadAdvisor } from './progress.model.ts'
import { type ProgressFigures, progressFigures } from './progress.queries.ts'
import type { ZoneKind } from './progress-rules.ts'
import { type AdvisorCount, recount, recountAdvisors, recountHires } from './testing-recount.ts'

const random = seededRandom(1127)
const [today, takenBefore] = ['2027-02-15', '2027-02-01']
const zones: readonly ZoneKind[] = ['departement', 'epci', 'commune']
const communes = ['33001', '33003', '40001', '40002', '31001']
const sirets = Array.from({ length: 60 }, (_, n) => siretOf(n + 1))

let house: House
let hashes: Buffer[]
let campaigns: Campaign[]
let advisors: AdvisorCount[]
/** Of each campaign, by its id. */
const hires = new Map<string, unknown>()

const hashOf = async (organisationId: string, grants: Parameters<House['person']>[1]) =>
  tokenHash((await house.person(organisationId, grants)).cookie.slice('session='.length))

before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    sirets.map((siret, n) => ({ siret, commune: communes[n % 5]!, naf: pick(random, ['43.32A', '10.71C', '99.99Z']) })),
  )
  const organisations = [await house.organisation(), await house.organisation(), await house.organisation()]
  const ids = organisations.map(({ id }) => id)
  hashes = await peopleOfAllKinds(house, ids, 90, random)
  for (const id of ids)
    for (const profile of ['conseiller', 'responsable'] as const)
      for (const fiche of [0, places.gironde, places.graves])
        hashes.push(
          await hashOf(id, [
            { tool: 'campagnes', profile, territoryId: 0 },
            { tool: 'fiche-etablissement', profile: 'consultation', territoryId: fiche },
          ]),
        )
  const accounts = (await house.owner.query('select id, organisation_id as organisation from accounts order by id'))
    .rows as { id: string; organisation: string }[]
  campaigns = Array.from({ length: 5 }, (_, n) =>
    aCampaign({
      pilotId: pick(random, ids),
      memberIds: ids.filter(() => n < 2 || random() < 0.6),
      territoryId: [0, places.gironde, places.across, places.aquitaine, 0][n]!,
      status: n < 2 ? 'open' : pick(random, campaignStatuses),
    }),
  )
  await insertCampaigns(house.owner, campaigns, accounts[0]!.id)
  await fill(accounts)
  advisors = (await house.owner.query(recountAdvisors(today, takenBefore))).rows
  for (const [n, { id }] of campaigns.entries()) {
    const { lines, ...all } = (await house.owner.query(recountHires(id, zones[n % 3]!))).rows[0]
    hires.set(id, { lines: sorted(lines), ...all })
  }
})
after(() => house.close())

/** Targets taken, given back and set aside; what was said and is due there, read from other places than the target's. */
const fill = async (accounts: readonly { id: string; organisation: string }[]) => {
  const targets = campaigns.flatMap(({ id }) =>
    sirets.map(siret => {
      const holder = random() < 0.5 ? pick(random, accounts.slice(0, 12)) : undefined
      const status = random() < 0.1 ? 'ecarte' : pick(random, ['a-contacter', 'prise-en-charge', 'traite'])
      return {
        ...{ campaign: id, siret, status, reason: status === 'ecarte' ? 'Fermé' : null, epci: pick(random, epcis) },
        ...{ by: holder?.id, organisation: holder?.organisation, at: holder && `2027-0${pick(random, [1, 2])}-10` },
      }
    }),
  )
  await house.owner.query(
    `insert into campaign_targets (campaign_id, siret, status, set_aside_reason, departement_id, epci_id, taken_by,
      taken_by_organisation, taken_at)
    select campaign, siret, status, reason, ${places.gironde}, epci, by, organisation, at
    from jsonb_to_recordset($1) as t (campaign uuid, siret bigint, status text, reason text, epci int, by uuid,
      organisation uuid, at timestamptz)`,
    [JSON.stringify(targets)],
  )
  for (const target of targets) {
    if (random() < 0.4) continue
    const author = pick(random, accounts.slice(0, 12))
    await insertExchange(
      house.owner,
      anExchange({
        ...{
          siret: target.siret,
          campaignId: target.campaign,
          authorId: author.id,
          organisationId: author.organisation,
        },
        ...somewhere(),
        occurredOn: `2027-0${pick(random, [1, 2])}-0${1 + Math.floor(random() * 9)}`,
        visibility: pick(random, ['reseau', 'reseau', 'organisation'] as const),
        result: pick(random, ['besoin-detecte', 'rendez-vous-pris', 'absent', 'a-rappeler'] as const),
        nextAction:
          random() < 0.6
            ? { kind: 'rappel', dueOn: pick(random, ['2027-02-14', '2027-02-15']), dueAt: null, ownerId: author.id }
            : null,
      }),
    )
  }
  await need(accounts.slice(0, 12))
  // Each table has its own territories: a clause on one is not proven by another's.
  const elsewhere = (table: string) =>
    `update ${table} set departement_id = case when random() < 0.5 then ${places.gironde} else ${places.landes} end,
      epci_id = case when random() < 0.5 then ${places.graves} end;`
  await house.owner.query(`
    select setseed(0.5);
    ${elsewhere('exchange_contents')} ${elsewhere('next_actions')}
    update exchanges set status = 'cancelled' where random() < 0.1;
    update next_actions set done_at = now() where random() < 0.1;
    update next_actions set organisation_id = (select id from organisations order by id limit 1) where random() < 0.2`)
}
/** Needs from some exchanges and from none, shared or kept, open or over, with the hires of one structure or two. */
const need = async (accounts: readonly { id: string; organisation: string }[]) => {
  const { rows: said } = await house.owner.query<{ id: string; siret: string }>(
    'select id, siret from exchanges order by siret, id',
  )
  const noted = said
    .filter(() => random() < 0.5)
    .map(exchange => ({
      exchange: random() < 0.9 ? exchange.id : null,
      owner: pick(random, accounts),
      siret: Number(exchange.siret),
    }))
  const seeds = noted.map(({ siret, owner }) =>
    aNeed({
      siret,
      organisationId: owner.organisation,
      ownerId: owner.id,
      visibility: pick(random, ['reseau', 'reseau', 'organisation'] as const),
      state: pick(random, ['ouvert', 'abandonne'] as const),
    }),
  )
  await insertNeeds(house.owner, seeds)
  await house.owner.query(
    `update needs n set exchange_id = r.exchange from jsonb_to_recordset($1) as r (id uuid, exchange uuid) where n.id = r.id`,
    [JSON.stringify(seeds.map(({ id }, n) => ({ id, exchange: noted[n]!.exchange })))],
  )
  for (const { id } of seeds.filter(() => random() < 0.5))
    for (const by of [pick(random, accounts), pick(random, accounts)])
      await house.owner.query(
        `insert into need_hires (id, need_id, number, contract, hired_on, beyond, organisation_id, author_id, noted_at)
          values (gen_random_uuid(), $1, $2, 'cdi', $3, false, $4, $5, now())`,
        [id, 1 + Math.floor(random() * 3), today, by.organisation, by.id],
      )
  await house.owner.query(`update needs n set hired = h.number
    from (select need_id, sum(number) as number from need_hires group by 1) h where h.need_id = n.id`)
}
const epcis = [places.graves, places.straddling, places.dunes]
const somewhere = () => ({
  regionId: places.aquitaine,
  departementId: pick(random, [places.gironde, places.landes]),
  epciId: pick(random, [...epcis, null]),
  clpeId: pick(random, [places.coeur, places.sud]),
})

type Counted = Awaited<ReturnType<typeof recount>>
interface Reading {
  readonly viewer: Viewer
  readonly campaign: Campaign
  readonly told: ProgressFigures | undefined
  readonly apart: Counted
}
/** What production tells each person of each campaign; `apart`: counted anew too, or taken from an earlier reading. */
const readings = async (of: readonly Buffer[], earlier?: readonly Reading[]): Promise<Reading[]> => {
  const all: Reading[] = []
  for (const hash of of) {
    const tx = await house.database.begin()
    try {
      const viewer = await tx.enter(hash)
      if (!viewer) continue
      for (const [n, campaign] of campaigns.entries()) {
        const zone = zones[n % 3]!
        const told = await progressFigures(tx, campaign.id, zone, today, takenBefore)
        const before = earlier?.find(one => one.viewer.accountId === viewer.accountId && one.campaign === campaign)
        const apart = before?.apart ?? (await recount(tx, campaign.id, zone, today, takenBefore))
        all.push({ viewer, campaign, told, apart })
      }
    } finally {
      await tx.rollback()
    }
  }
  return all
}

const sorted = (lines: readonly object[]) => lines.map(line => JSON.stringify(line, Object.keys(line).sort())).sort()
/** Both as one list of texts, alike when each figure is. */
const toldLines = ({ groups, firsts, results, advisors: named, late, needs }: ProgressFigures) => ({
  groups: sorted(
    groups
      .filter(({ by }) => by !== 'status')
      .map(({ status: _s, lines: _l, untouched: _u, zoneName: _z, hiring: _h, hires: _i, ...group }) => group),
  ),
  statuses: sorted(groups.filter(({ by }) => by === 'status').map(({ status, lines }) => ({ status, lines }))),
  untouched: groups.find(({ by }) => by === 'all')?.untouched,
  advisors: sorted(
    named.map(({ person, taken, untouched, contacts, contacted, late: due }) => ({
      id: person.id,
      figures: [taken, untouched, contacts, contacted, due],
    })),
  ),
  ...{ firsts, results, late },
  hires: {
    lines: sorted(
      groups
        .filter(group => group.by !== 'status' && group.hires > 0)
        .map(({ by, hiring, hires: made, ...group }) => ({
          by,
          ...(by === 'all' ? {} : { of: group[by as 'zone' | 'band' | 'division'] }),
          ...{ hiring, hires: made },
        })),
    ),
    ...{ noted: needs.noted, hires: needs.hires, open: needs.open },
    notedBy: Object.fromEntries(needs.byOrganisation.flatMap(({ id, noted }) => (noted ? [[id, noted]] : []))),
    hiredBy: Object.fromEntries(needs.byOrganisation.flatMap(({ id, hires: made }) => (made ? [[id, made]] : []))),
  },
})
const apartLines = ({ viewer, campaign, apart: { groups, statuses, ...rest } }: Reading) => ({
  groups: sorted(groups as object[]),
  statuses: sorted(statuses as object[]),
  advisors: sorted(
    advisors
      .filter(one => one.campaignId === campaign.id && mayReadAdvisor(viewer, campaign, one))
      .map(({ accountId, figures }) => ({ id: accountId, figures })),
  ),
  ...rest,
  hires: hires.get(campaign.id),
})
const alike = (reading: Reading) => {
  const { viewer, campaign, told } = reading
  if (viewer.state !== 'active' || mayRead(viewer, campaign) !== true) return told === undefined
  if (!told) return false
  try {
    assert.deepEqual(toldLines(told), apartLines(reading))
    return true
  } catch {
    return false
  }
}

let everyone: Reading[]
test('CAM-8, SEC-6: figures told in one statement are those counted apart under row-level security, for every reader', async () => {
  everyone = await readings(hashes)
  const seen = everyone.filter(({ told }) => told)
  assert.ok(seen.length > 80 && seen.length < everyone.length - 40, `${seen.length} of ${everyone.length}`)
  assert.ok(seen.some(({ told }) => told!.late > 0) && seen.some(({ told }) => told!.late === 0))
  assert.ok(seen.some(({ told }) => told!.results.some(({ result }) => result === null)))
  assert.ok(seen.some(({ told }) => told!.advisors.length > 1))
  assert.ok(seen.every(({ told }) => told!.needs.hires > 0 && told!.needs.open > 0))
  const odd = everyone.find(reading => !alike(reading))
  if (odd?.told) assert.deepEqual(toldLines(odd.told), apartLines(odd))
  assert.equal(odd, undefined)
})
test('SEC-6: the comparison fails when a right goes from the one statement', async () => {
  const few = hashes.slice(-18)
  const place = (t: string) => `ctx.covers(fiche, ${t}.region_id, ${t}.departement_id, ${t}.epci_id, ${t}.clpe_id)`
  for (const [from, to] of [
    ['campaign not in (select ctx.visible_campaigns())', 'false'],
    [`${place('x')} as readable`, 'true as readable'],
    [`${place('c')} and`, ''],
    [`(c.visibility = 'reseau' or c.organisation_id = own)`, 'true'],
    [`(c.visibility = 'reseau' or c.organisation_id = own)`, `c.visibility = 'reseau'`],
    [`x.reached and c.visibility = 'reseau'`, 'x.reached'],
    [`case when c.visibility = 'reseau' then c.result end as shared`, 'c.result as shared'],
    [`${place('n')} and`, ''],
    [`(n.visibility = 'reseau' or n.organisation_id = own)`, 'true'],
    [`case when n.organisation_id = own then n.owner_id end`, 'n.owner_id'],
    ['t.taken_by_organisation = own and ', ''],
    ['(t.taken_by = me or leads_here)', 'true'],
    [`and n.visibility = 'reseau' where`, 'where'],
    ['n.exchange_id = x.id', 'n.siret = x.siret'],
    ['s.ours and ', ''],
    ['(s.author_id = me or leads_here)', 'true'],
    ['s.due_from = me or leads_here and s.due_from is not null', 's.due_from is not null'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.campaign_progress(uuid,text,date,date)', from, to, async () =>
      assert.ok(
        (await readings([...hashes.slice(0, 12), ...few], everyone)).some(one => !alike(one)),
        `${from} → ${to}`,
      ),
    )
  assert.ok((await readings(few, everyone)).every(alike), 'all put back')
})
