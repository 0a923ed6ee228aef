import type pg from 'pg'
import { once } from '../server/testing/house.ts'
import { type BulkHouse, confirm, count, here, undo } from '../server/work-with-employers/bulk-works/testing.ts'

/** What an act writes, for so many of its rows, with nothing around it: `$1` the campaign, `$2` their ids. */
type Bare = readonly string[]
export interface BulkAct {
  readonly name: string
  /** Ids of its rows, in the order in which the product takes them. */
  readonly rows: 'targets' | 'actions'
  /** Makes ready what it acts on, where that is not what the world is laid as. */
  readonly before?: string
  readonly after?: string
  /** Counts it without changing anything; answers the id of the work. */
  readonly count: () => Promise<string>
  readonly confirm: (id: string) => Promise<{ status: number; body: unknown }>
  readonly undo: (id: string) => Promise<{ status: number; body: unknown }>
  readonly floor: Bare
  readonly floorUndo: Bare
}

/** An open campaign on that many establishments, each held, met once by its pilot, with an action to come. */
export const layTargets = async ({ house: { owner }, ines }: BulkHouse, campaignId: string, many: number) => {
  const place = [here.regionId, here.departementId, here.epciId, here.clpeId]
  await owner.query(
    `with shop as (
        insert into establishments (siret, siren, nic, usual_name, naf, naf_nomenclature, headcount_band, employer, active,
          head_office, diffusion, commune_code, commune_name, region_id, departement_id, epci_id, clpe_id, row_hash)
        select 90000000000000 + i, 900000000 + i / 100000, i % 100000, 'Atelier ' || md5(i::text),
          (array['43.32A', '10.71C', '47.11B', '56.10A'])[i % 4 + 1], 'NAFRev2', (array['11', '12', '01'])[i % 3 + 1], true,
          true, false, 'O', '33001', 'Commune ' || i % 40, $2, $3, $4, $5, 0 from generate_series(1, $6::int) i
        on conflict do nothing),
      target as (insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
        select $1, 90000000000000 + i, $2, $3, $4, $5 from generate_series(1, $6::int) i returning siret)
    insert into campaign_holds select $1, siret, '[2026-01-01,2100-01-01)' from target`,
    [campaignId, ...place, many],
  )
  await owner.query(
    `with met as (insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, campaign_id,
        organisation_id, author_id, occurred_on, reached, visibility, recorded_at)
      select gen_random_uuid(), siret, region_id, departement_id, epci_id, clpe_id, campaign_id, $2, $3,
        date '2026-10-01' + (siret % 30)::int, true, 'reseau', '2026-11-01' from campaign_targets where campaign_id = $1
      returning *),
    said as (insert into exchange_contents (exchange_id, organisation_id, region_id, departement_id, epci_id, clpe_id,
        visibility, channel, result)
      select id, organisation_id, region_id, departement_id, epci_id, clpe_id, visibility, 'evenement', 'a-rappeler' from met),
    kept as (insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, needs, last_on)
      select campaign_id, siret, organisation_id, 1, 0, occurred_on from met)
    insert into next_actions (id, exchange_id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id,
      visibility, kind, due_on, owner_id)
      select gen_random_uuid(), id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, visibility,
        'rappel', '2098-12-01', author_id from met`,
    [campaignId, ines.organisationId, ines.id],
  )
}

const target = 'campaign_id = $1 and siret = any ($2::bigint[])'
const handBack = `update campaign_targets set status = 'a-contacter', set_aside_reason = null, closed_result = null,
  taken_by = null, taken_by_organisation = null, taken_at = null where ${target}`
const hold = `insert into campaign_holds select $1, unnest($2::bigint[]), '[2026-01-01,2100-01-01)'`
const setAside: Bare = [
  `update campaign_targets set status = 'ecarte', set_aside_reason = 'Liquidation', shared = false, taken_by = null,
    taken_by_organisation = null, taken_at = null where ${target}`,
  `delete from campaign_holds where ${target}`,
]
const putBack: Bare = [hold, handBack]

/** Each act that is done in number on targets of a campaign or on next actions, with what the floor writes instead. */
export const bulkActs = (bulk: BulkHouse, campaignId: string): readonly BulkAct[] => {
  const { house, ines, advisor, member, colleague } = bulk
  const counted = async (asked: Promise<{ status: number; body: any }>): Promise<string> => {
    const { status, body } = await asked
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body.id
  }
  const work = (act: object) => ({
    count: () => counted(count(house, ines, campaignId, { act })),
    confirm: (id: string) => confirm(house, ines, id),
    undo: (id: string) => undo(house, ines, id),
  })
  const onActions = (path: string, body: object) => ({
    ...work({}),
    rows: 'actions' as const,
    count: () => counted(house.call(ines, 'POST', `/next-actions/${path}`, { which: { filter: {} }, ...body }, once())),
  })
  const sharings = `/campaigns/${campaignId}/sharings`
  const assigned = (change: string) =>
    `insert into target_assignments (campaign_id, siret, at, by_id, from_organisation, from_account, to_organisation,
        status, contacts)
      select campaign_id, siret, now(), '${ines.id}', taken_by_organisation, taken_by, ${change}, status, 0
        from campaign_targets where ${target}`
  const taken = `taken_by = '${advisor.id}', taken_by_organisation = '${advisor.organisationId}', taken_at = '2026-11-01'`
  return [
    {
      name: 'set aside',
      rows: 'targets',
      ...work({ kind: 'set-aside', reason: 'Liquidation' }),
      floor: setAside,
      floorUndo: putBack,
    },
    {
      name: 'put back',
      rows: 'targets',
      before: `update campaign_targets set status = 'ecarte', set_aside_reason = 'Liquidation' where campaign_id = $1;
        delete from campaign_holds where campaign_id = $1`,
      after: `update campaign_targets set status = 'a-contacter', set_aside_reason = null where campaign_id = $1;
        insert into campaign_holds select $1, siret, '[2026-01-01,2100-01-01)' from campaign_targets where campaign_id = $1`,
      ...work({ kind: 'put-back' }),
      floor: putBack,
      floorUndo: setAside,
    },
    {
      name: 'close',
      rows: 'targets',
      ...work({ kind: 'close', result: 'deja-suivi' }),
      floor: [`update campaign_targets set status = 'traite', closed_result = 'deja-suivi' where ${target}`],
      floorUndo: [handBack],
    },
    {
      name: 'give back',
      rows: 'targets',
      before: `update campaign_targets set status = 'prise-en-charge', ${taken} where campaign_id = $1`,
      after: `update campaign_targets set status = 'a-contacter', taken_by = null, taken_by_organisation = null,
        taken_at = null where campaign_id = $1`,
      ...work({ kind: 'release', reason: 'Secteurs revus' }),
      floor: [assigned('null'), handBack],
      floorUndo: [
        assigned(`'${advisor.organisationId}'`),
        `update campaign_targets set status = 'prise-en-charge', ${taken} where ${target}`,
      ],
    },
    {
      name: 'share out',
      rows: 'targets',
      count: () =>
        counted(
          house.call(
            ines,
            'POST',
            sharings,
            { which: { filter: {} }, how: { kind: 'main', to: { organisationId: member.organisationId } } },
            once(),
          ),
        ),
      confirm: id => house.call(ines, 'POST', `${sharings}/${id}/confirm`, {}, once()),
      undo: id => house.call(ines, 'POST', `${sharings}/${id}/undo`, undefined, once()),
      floor: [
        assigned(`'${member.organisationId}'`),
        `update campaign_targets set assigned_organisation = '${member.organisationId}' where ${target}`,
      ],
      floorUndo: [assigned('null'), `update campaign_targets set assigned_organisation = null where ${target}`],
    },
    {
      name: 'move actions',
      ...onActions('bulk-works', { move: { to: '2099-01-05' } }),
      floor: [`update next_actions set due_on = '2099-01-05', version = version + 1 where id = any ($2::uuid[])`],
      floorUndo: [`update next_actions set due_on = '2098-12-01', version = version + 1 where id = any ($2::uuid[])`],
    },
    {
      name: 'hand actions over',
      ...onActions('hand-overs', { toAccountId: colleague.id }),
      floor: [
        `update next_actions set owner_id = '${colleague.id}', version = version + 1 where id = any ($2::uuid[])`,
      ],
      floorUndo: [`update next_actions set owner_id = '${ines.id}', version = version + 1 where id = any ($2::uuid[])`],
    },
  ]
}

/** Bare statements, 500 rows a transaction, as the product does its parts. */
export const playBare = async (
  client: pg.ClientBase,
  campaignId: string,
  ids: readonly (number | string)[],
  statements: Bare,
): Promise<void> => {
  for (let at = 0; at < ids.length; at += 500) {
    const part = ids.slice(at, at + 500)
    await client.query('begin')
    for (const text of statements)
      await client.query(
        text.includes('$1')
          ? { text, values: [campaignId, part] }
          : { text: text.replaceAll('$2', '$1'), values: [part] },
      )
    await client.query('commit')
  }
}
