import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import type { Person } from '../../testing/house.ts'
import { disagreements, sightsOf, withFunctionChanged } from '../../testing/parity.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import type { Target } from '../campaigns/target-rules.ts'
import { aCampaign, aTarget, insertCampaign } from '../campaigns/testing.ts'
import { places, siretOf } from '../campaigns/testing-world.ts'
import { whyNotGivenBack } from './bulk-works.model.ts'
import { type BulkHouse, here, openBulkHouse } from './testing.ts'

const because = ['already', 'refused', 'reason-needed'] as const
interface Row {
  readonly id: string
  readonly campaign: Campaign
  readonly target: Target
  readonly reason: string | null
  readonly because: (typeof because)[number]
}
let bulk: BulkHouse
let people: readonly Person[]
let campaigns: readonly Campaign[]
let targets: readonly { readonly siret: number; readonly target: Target }[]
let rows: Row[]
const reasons = [null, 'Départ']
const there: TerritoryLine = { ...here, departementId: places.landes, epciId: null, clpeId: null }

before(async () => {
  bulk = await openBulkHouse(1)
  const { house, ines, colleague, advisor, member, stranger } = bulk
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde } as const
  const { gironde, landes, garonne } = places
  const of = (organisationId: string, ...grants: { profile: 'conseiller' | 'responsable'; territoryId: number }[]) =>
    house.person(organisationId, [...grants, card])
  const conseiller = (territoryId: number) => ({ profile: 'conseiller', territoryId }) as const
  const responsable = (territoryId: number) => ({ profile: 'responsable', territoryId }) as const
  people = [
    ines,
    colleague,
    advisor,
    member,
    stranger,
    await of(ines.organisationId, responsable(gironde)),
    await of(ines.organisationId, conseiller(gironde), responsable(landes)),
    await of(ines.organisationId, conseiller(garonne)),
    await of(member.organisationId, conseiller(gironde)),
    await of(member.organisationId, responsable(gironde)),
    await of(member.organisationId, responsable(landes)),
    await house.person(ines.organisationId, [{ profile: 'consultation', territoryId: gironde }]),
    await house.person(member.organisationId),
  ]
  const held = [null, ...people].flatMap(holder => [here, there].map(place => ({ holder, place })))
  targets = held.map(({ holder, place }, i) => ({
    siret: siretOf(i + 1),
    target: aTarget({
      place,
      takenBy: holder && { id: holder.id, name: holder.name, organisationId: holder.organisationId },
    }),
  }))
  const made = (pilot: Person, memberIds: readonly string[]) =>
    insertCampaign(
      house.owner,
      aCampaign({ pilotId: pilot.organisationId, memberIds, territoryId: places.coeur, place: here, status: 'open' }),
      pilot.id,
      targets.map(({ siret }) => siret),
    )
  campaigns = [
    await made(ines, [member.organisationId]),
    await made(member, [ines.organisationId]),
    await made(member, []),
  ]
  for (const { siret, target } of targets)
    await house.owner.query(
      `update campaign_targets set region_id = $2, departement_id = $3, epci_id = $4, clpe_id = $5 where siret = $1`,
      [siret, target.place.regionId, target.place.departementId, target.place.epciId, target.place.clpeId],
    )
  rows = campaigns.flatMap(campaign =>
    reasons.flatMap(reason =>
      targets.flatMap(({ siret, target }) =>
        because.map(one => ({
          id: [campaign.id, reason ?? '', siret, one].join(' '),
          campaign,
          target,
          reason,
          because: one,
        })),
      ),
    ),
  )
})
after(() => bulk.close())

const hashes = () => people.map(({ cookie }) => tokenHash(cookie.slice('session='.length)))
const asked = () => {
  const each = campaigns.flatMap(({ id }) => reasons.map(reason => ({ id, reason })))
  return sql<{ id: string }>`select concat_ws(' ', c.id, coalesce(c.reason, ''), s.siret, s.because) as id
    from unnest(${each.map(({ id }) => id)}::uuid[], ${each.map(({ reason }) => reason)}::text[]) c (id, reason)
    cross join lateral targets_not_given_back(c.id, c.reason, ${targets.map(({ siret }) => siret)}::bigint[],
      ${targets.map(({ target }) => target.takenBy?.id ?? null)}::uuid[],
      ${targets.map(({ target }) => target.takenBy?.organisationId ?? null)}::uuid[]) s`
}
const seen = () => sightsOf(bulk.house.database, hashes(), asked())
const stays = (viewer: Viewer, row: Row) =>
  whyNotGivenBack(viewer, row.campaign, row.target, row.reason) === row.because

test('SEC-6, CAM-9: who gives back what, and why the rest stays: whyNotGivenBack and targets_not_given_back agree on every pair', async () => {
  const sights = await seen()
  assert.equal(sights.length, people.length)
  assert.deepEqual(disagreements(sights, rows, stays).slice(0, 3), [])
  const given = sights.map(({ ids }) => campaigns.length * reasons.length * targets.length - ids.size)
  assert.ok(given.filter(count => count > 0).length > 7 && given.includes(0), JSON.stringify(given))
})
const covered = (ids: string) =>
  `ctx.covers((select ctx.${ids}()), t.region_id, t.departement_id, t.epci_id, t.clpe_id) is not true`
for (const [clause, to] of [
  ['not piloted', 'true'],
  ['not seen', 'false'],
  ['h.structure <> own', 'false'],
  [covered('conseiller'), 'false'],
  [covered('responsable'), 'false'],
  [covered('responsable'), 'true'],
  ['h.holder <> me and (', 'true and ('],
  ['h.holder <> me and targets_not_given_back', 'targets_not_given_back'],
  ['targets_not_given_back.reason is null', 'false'],
] as const)
  test(`SEC-6: targets_not_given_back with « ${clause} » ${to} is caught`, () =>
    withFunctionChanged(
      bulk.house.owner,
      'targets_not_given_back(uuid, text, bigint[], uuid[], uuid[])',
      clause,
      to,
      async () => assert.ok(disagreements(await seen(), rows, stays).length > 0),
    ))

test('SEC-6, CAM-9: a context widened by hand gives nothing back', async () => {
  for (const hash of hashes()) {
    const tx = await bulk.house.database.begin()
    try {
      await tx.enter(hash)
      await tx.run(sql`select set_config('ctx.conseiller', '{0}', true), set_config('ctx.pilote', '{0}', true)`)
      const held = rows.filter(({ target, because }) => target.takenBy !== null && because === 'refused')
      const refused = (await tx.all(asked())).filter(({ id }) => id.endsWith(' refused'))
      assert.equal(refused.length, held.length)
    } finally {
      await tx.rollback()
    }
  }
})
