import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { type Choice, workable } from '../campaigns/assignments.queries.ts'
import { isNotToContact } from '../campaigns/references.queries.ts'
import type { Sharing } from './sharing-rules.ts'

type Organisation = { id: string; name: string; kind: string }
export interface RecipientRow {
  readonly organisation: Organisation
  readonly person: { readonly id: string; readonly name: string; readonly organisationId: string } | null
  /** Over which they work: an organisation, that of its advisors. */
  readonly territories: readonly number[]
  readonly load: number
}
/** Organisations first, then people by name. */
export const listRecipients = (db: Db, campaignId: string, today: string): Promise<RecipientRow[]> =>
  db.all(sql<RecipientRow>`
    select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) as organisation, r.territories, r.load,
      case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
        'organisationId', a.organisation_id) end as person
    from sharing_recipients(${campaignId}::uuid, ${today}::date) r join organisations o on o.id = r.organisation_id left
      join accounts a on a.id = r.account_id
    order by a.id is not null, o.name collate "fr-x-icu", a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu", a.id`)

export interface NewSharing {
  readonly id: string
  readonly campaignId: string
  readonly byId: string
  readonly withinOrganisation: string | null
  readonly how: Sharing['how']
  readonly simulatedAt: Date
}
/**
 * Begins a simulation. The last one of the same person goes, and those of the campaign that nobody confirmed for a day.
 */
export const insertSimulation = async (
  db: Db,
  { id, campaignId, byId, withinOrganisation, how, simulatedAt }: NewSharing,
): Promise<void> => {
  await Promise.all([
    db.run(
      sql`delete from target_sharings where campaign_id = ${campaignId}::uuid and done_at is null
        and (by_id = ${byId}::uuid or simulated_at < ${simulatedAt}::timestamptz - interval '1 day')`,
    ),
    db.run(
      k.insertInto('targetSharings').values({ id, campaignId, byId, withinOrganisation, how, simulatedAt, planned: 0 }),
    ),
  ])
}
/** How many are left where they are because they are not to be contacted (EST-10). */
export const countNotToContact = async (db: Db, choice: Choice): Promise<number> =>
  (await db.first(sql<{ count: number }>`select count(*)::int as count from campaign_targets t
    where ${workable(choice)} and ${isNotToContact('t.siret', choice.today)}`))!.count
export const savePlanned = (db: Db, id: string, planned: number) =>
  db.run(k.updateTable('targetSharings').set({ planned }).where('id', '=', id))

export interface SharingRow extends Omit<Sharing, 'doneAt' | 'undoneAt' | 'moved'> {
  readonly byId: string
  readonly simulatedAt: Date
  readonly doneAt: Date | null
  readonly undoneAt: Date | null
  readonly planned: number
  readonly moved: number | null
}
const sharings = sql`
  select s.id, s.how, s.reason, s.by_id, s.simulated_at, s.planned, s.done_at, s.moved, s.undone_at, s.restored,
    (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
      a.organisation_id) from accounts a where a.id = s.by_id) as by,
    (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
      a.organisation_id) from accounts a where a.id = s.undone_by) as undone_by,
    (select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
      where o.id = s.within_organisation) as within_organisation
  from target_sharings s`
const shown = (row: SharingRow): Sharing => ({
  ...row,
  doneAt: row.doneAt!.toISOString(),
  moved: row.moved!,
  undoneAt: row.undoneAt?.toISOString() ?? null,
})

export const sharingById = (db: Db, campaignId: string, id: string): Promise<SharingRow | undefined> =>
  db.first(sql<SharingRow>`${sharings} where s.campaign_id = ${campaignId}::uuid and s.id = ${id}::uuid`)
/** Those done, the last first, one row more than asked. `after`: the instant and the id of the last one shown. */
export const listSharings = async (
  db: Db,
  campaignId: string,
  after: readonly string[] | undefined,
  limit: number,
): Promise<Sharing[]> =>
  (
    await db.all(sql<SharingRow>`${sharings} where s.campaign_id = ${campaignId}::uuid and s.done_at is not null
    ${after ? sql`and (s.done_at, s.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by s.done_at desc, s.id desc limit ${limit + 1}`)
  ).map(shown)
export const countSharings = async (db: Db, campaignId: string): Promise<number> =>
  (await db.first(
    sql<{
      total: number
    }>`select count(*) as total from target_sharings where campaign_id = ${campaignId}::uuid and done_at is not null`,
  ))!.total

export const saveReason = (db: Db, id: string, reason: string | null) =>
  db.run(k.updateTable('targetSharings').set({ reason }).where('id', '=', id))
/** The work of a sharing out, now the viewer's own to undo; undefined when it is gone, under way, or not theirs to settle. */
export const takeWork = async (db: Db, id: string): Promise<string | undefined> =>
  (await db.first(sql<{ taken: string | null }>`select take_sharing_over(${id}::uuid) as taken`))?.taken ?? undefined
