import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { campaignStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { isSeen, withFunctionChanged } from '../../testing/parity.ts'
import { peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import { anExchange, type ExchangeSeed, insertExchange } from '../exchanges/testing.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import { mayRead } from './campaigns.policy.ts'
import { aCampaign, insertCampaigns } from './testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from './testing-world.ts'

const random = seededRandom(1436)
const sirets = Array.from({ length: 60 }, (_, n) => siretOf(n + 1))
/** A part of a bulk work: some of the targets, and an employer of no campaign. */
const part = [...sirets.filter((_, n) => n % 3 !== 0), siretOf(99)]
interface Target {
  readonly campaign: Campaign
  readonly siret: number
  readonly status: string
  readonly shared: boolean
}

let house: House
let hashes: Buffer[]
let campaigns: Campaign[]
let targets: Target[]
let exchanges: (ExchangeSeed & { cancelled: boolean })[]

before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    sirets.map((siret, n) => ({ siret, commune: ['33001', '40001', '31001'][n % 3]! })),
  )
  const organisations = [await house.organisation(), await house.organisation(), await house.organisation()]
  const ids = organisations.map(({ id }) => id)
  hashes = await peopleOfAllKinds(house, ids, 60, random)
  const author = await house.person(ids[0]!, [{ profile: 'pilote', territoryId: 0 }])
  hashes.push(tokenHash(author.cookie.slice('session='.length)))
  campaigns = Array.from({ length: 10 }, (_, n) =>
    aCampaign({
      pilotId: pick(random, ids),
      memberIds: ids.filter(() => n < 2 || random() < 0.6),
      territoryId: pick(random, [0, places.gironde, places.across, places.aquitaine]),
      status: n < 4 ? 'open' : pick(random, campaignStatuses),
    }),
  )
  await insertCampaigns(house.owner, campaigns, author.id)
  targets = campaigns.flatMap(campaign =>
    sirets
      .filter(() => random() < 0.22)
      .map(siret => {
        const status = pick(random, ['a-contacter', 'prise-en-charge', 'en-cours', 'traite', 'ecarte'])
        return { campaign, siret, status, shared: status !== 'ecarte' && random() < 0.4 }
      }),
  )
  await house.owner.query(
    `insert into campaign_targets (campaign_id, siret, status, shared, set_aside_reason, taken_by, taken_by_organisation,
      taken_at)
    select campaign, siret, status, shared, case when status = 'ecarte' then 'Essai' end,
      case when status = 'prise-en-charge' then $2::uuid end, case when status = 'prise-en-charge' then $3::uuid end,
      case when status = 'prise-en-charge' then now() end
    from jsonb_to_recordset($1) as t (campaign uuid, siret bigint, status text, shared boolean)`,
    [JSON.stringify(targets.map(one => ({ ...one, campaign: one.campaign.id }))), author.id, ids[0]],
  )
  exchanges = []
  for (const { campaign, siret } of targets)
    for (let left = Math.floor(random() * 4); left > 0; left -= 1)
      exchanges.push({
        ...anExchange({
          siret,
          campaignId: random() < 0.1 ? null : campaign.id,
          authorId: author.id,
          organisationId: ids[0]!,
          occurredOn: `2027-01-${10 + Math.floor(random() * 19)}`,
          visibility: pick(random, ['reseau', 'organisation'] as const),
          result: pick(random, ['besoin-detecte', 'rendez-vous-pris', 'absent', 'a-rappeler'] as const),
        }),
        cancelled: random() < 0.15,
      })
  for (const one of exchanges) await insertExchange(house.owner, one)
  await house.owner.query(`update exchanges set status = 'cancelled' where id = any ($1)`, [
    exchanges.filter(({ cancelled }) => cancelled).map(({ id }) => id),
  ])
})
after(() => house.close())

type Told = readonly string[]
interface Answer {
  readonly viewer: Viewer
  readonly contacted: Told
  /** Asked of the targets that one reads as shared, as a page of them does. */
  readonly shared: Told
  /** Asked of every target, and of an employer that is none. */
  readonly sharedOfAll: Told
}
/** What each session is told of every campaign by its id, as who guesses one would ask. */
const told = async (of: readonly Buffer[]): Promise<Answer[]> => {
  const ids = campaigns.map(({ id }) => id)
  const answers: Answer[] = []
  for (const hash of of) {
    const tx = await house.database.begin()
    try {
      const [viewer, contacted, shared, sharedOfAll] = await Promise.all([
        tx.enter(hash),
        tx.all(sql<{ line: string }>`select concat_ws(' ', c, k.siret, k.first_on, k.reached, k.meeting, k.need) as line
          from unnest(${ids}::uuid[]) c cross join lateral ctx.contacted_targets(c, ${part}::bigint[]) k`),
        tx.all(sql<{ line: string }>`select concat_ws(' ', c, k) as line from unnest(${ids}::uuid[]) c
          cross join lateral still_shared(c, array(select t.siret from campaign_targets t
            where t.campaign_id = c and t.shared)) k`),
        tx.all(sql<{ line: string }>`select concat_ws(' ', c, k) as line from unnest(${ids}::uuid[]) c
          cross join lateral still_shared(c, ${[...sirets, siretOf(99)]}::bigint[]) k`),
      ])
      if (!viewer) continue
      const lines = (rows: readonly { line: string }[]) => rows.map(({ line }) => line).sort()
      answers.push({
        viewer,
        contacted: lines(contacted),
        shared: lines(shared),
        sharedOfAll: lines(sharedOfAll),
      })
    } finally {
      await tx.rollback()
    }
  }
  return answers
}
/** What the rules say that they are told, from what was laid. */
const expected = (viewer: Viewer) => {
  const read = campaigns.filter(one => viewer.state === 'active' && mayRead(viewer, one) === true)
  const bool = (yes: boolean) => (yes ? 't' : 'f')
  const contacted = read.flatMap(({ id }) =>
    part.flatMap(siret => {
      const had = exchanges.filter(x => x.campaignId === id && x.siret === siret && !x.cancelled)
      if (had.length === 0) return []
      const heard = had.filter(x => x.visibility === 'reseau')
      return [
        [
          ...[id, siret, had.map(x => x.occurredOn).sort()[0]],
          bool(heard.some(x => x.result !== 'absent')),
          bool(heard.some(x => x.result === 'rendez-vous-pris')),
          bool(heard.some(x => x.result === 'besoin-detecte')),
        ].join(' '),
      ]
    }),
  )
  const toWork = ({ status }: Target) => status !== 'traite' && status !== 'ecarte'
  const shared = targets
    .filter(one => read.includes(one.campaign) && one.shared && toWork(one))
    .filter(one =>
      targets.some(
        other =>
          other.siret === one.siret &&
          other.campaign !== one.campaign &&
          other.campaign.status === 'open' &&
          toWork(other),
      ),
    )
    .map(({ campaign, siret }) => `${campaign.id} ${siret}`)
  return { contacted: contacted.sort(), shared: shared.sort(), sharedOfAll: shared }
}
const differ = (answers: readonly Answer[], of: 'contacted' | 'shared' | 'sharedOfAll') =>
  answers.filter(answer => expected(answer.viewer)[of].join('\n') !== answer[of].join('\n'))

test('SEC-6, CAM-9, EST-11: of the targets asked, each is told what the contacts of a campaign that they read obtained, and nothing of another campaign', async () => {
  const answers = await told(hashes)
  const read = answers.filter(({ contacted }) => contacted.length > 0).length
  assert.ok(read > 5 && read < answers.length - 5, `${read} of ${answers.length} read some`)
  assert.deepEqual(differ(answers, 'contacted').slice(0, 2), [])
})
test('SEC-6, CAM-3: asked of the targets read as shared, or of all, each is told the same: those still shared, in the campaigns that they read alone', async () => {
  const answers = await told(hashes)
  const read = answers.filter(({ shared }) => shared.length > 0).length
  assert.ok(read > 5 && read < answers.length - 5, `${read} of ${answers.length} read some`)
  assert.deepEqual(differ(answers, 'shared').slice(0, 2), [])
  assert.deepEqual(differ(answers, 'sharedOfAll').slice(0, 2), [])
})
test('SEC-6: the comparison fails when a clause of the database goes', async () => {
  const [contacted, shared] = ['ctx.contacted_targets(uuid,bigint[])', 'still_shared(uuid,bigint[])']
  for (const [signature, from, to, of] of [
    [contacted, 'x.siret = any (sirets)', 'true', 'contacted'],
    [contacted, 'x.campaign_id = campaign', 'x.campaign_id is not null', 'contacted'],
    [contacted, `x.status = 'recorded'`, 'true', 'contacted'],
    [contacted, `c.visibility = 'reseau'`, 'true', 'contacted'],
    [contacted, 'campaign in (select ctx.visible_campaigns())', 'true', 'contacted'],
    [shared, 'or campaign not in (select ctx.visible_campaigns())', '', 'sharedOfAll'],
    [shared, 'and t.shared', '', 'sharedOfAll'],
    [shared, 't.campaign_id = campaign', 'true', 'sharedOfAll'],
    [shared, `c.status = 'open'`, 'true', 'sharedOfAll'],
    [shared, `and o.status not in ('ecarte', 'traite')`, '', 'sharedOfAll'],
    [shared, `and t.status not in ('traite', 'ecarte')`, '', 'sharedOfAll'],
    [shared, 'o.campaign_id <> t.campaign_id', 'true', 'sharedOfAll'],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      assert.ok(
        await isSeen(hashes, async one => differ(await told(one), of).length > 0),
        `${signature}: ${from} → ${to}`,
      ),
    )
  assert.deepEqual(differ(await told(hashes.slice(-6)), 'contacted'), [], 'all put back')
})
