import { sql } from 'kysely'
import type { commitmentChanges } from '../../../contract/work-with-employers/commitments.ts'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

export interface Said {
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
  /** Null where the reader sees no names. */
  readonly author: { readonly id: string; readonly name: string; readonly organisationId: string } | null
}
interface Stated {
  readonly version: number
  readonly since: string
  readonly until: string | null
  readonly evidence: string
}
export interface VersionRow extends Said, Stated {
  readonly commitmentId: string
  readonly change: (typeof commitmentChanges)[number]
  readonly kindLabel: string
  readonly reason: string | null
  readonly at: Date
}
interface Row extends TerritoryLine, Said, Stated {
  readonly id: string
  readonly siret: number
  readonly kindId: string
  readonly kindFamily: 'charte' | 'label' | 'clause' | 'promesse'
  readonly kindLabel: string
  readonly kindRetiredAt: Date | null
  readonly notedAt: Date
  readonly withdrawnAt: Date | null
}
export interface CommitmentRow extends Row {
  readonly history: readonly VersionRow[]
}

const said = (row: string) => {
  const { organisation, author } = { organisation: `${row}.organisation_id`, author: `${row}.author_id` }
  return sql`(select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
      where o.id = ${sql.raw(organisation)}) as organisation,
    (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
      ${sql.raw(organisation)}) from accounts a where a.id = ${sql.raw(author)}) as author`
}
const commitments = sql`select c.id, c.siret, c.region_id, c.departement_id, c.epci_id, c.clpe_id, c.kind_id,
    k.family as kind_family, k.label as kind_label, k.retired_at as kind_retired_at, c.since, c.until, c.evidence,
    c.version, c.noted_at, c.withdrawn_at, ${said('c')}
  from commitments c join commitment_kinds k on k.id = c.kind_id`
const versions = sql`select v.commitment_id, v.version, v.change, k.label as kind_label, v.since, v.until, v.evidence,
    v.reason, v.at, ${said('v')}
  from commitment_versions v join commitment_kinds k on k.id = v.kind_id`
const shown = 200

/** Those of an establishment, the latest first, each with its history; row-level security shows them to its readers. */
export const commitmentsAt = async (db: Db, siret: number): Promise<CommitmentRow[]> => {
  const [rows, all] = await Promise.all([
    db.all(sql<Row>`${commitments} where c.siret = ${siret} order by c.since desc, c.id desc limit ${shown}`),
    db.all(sql<VersionRow>`${versions} join commitments c on c.id = v.commitment_id where c.siret = ${siret}
      order by v.version desc`),
  ])
  const byCommitment = Map.groupBy(all, ({ commitmentId }) => commitmentId)
  return rows.map(row => ({ ...row, history: byCommitment.get(row.id) ?? [] }))
}
export const commitmentById = async (db: Db, id: string): Promise<CommitmentRow | undefined> => {
  const [row, history] = await Promise.all([
    db.first(sql<Row>`${commitments} where c.id = ${id}::uuid`),
    db.all(sql<VersionRow>`${versions} where v.commitment_id = ${id}::uuid order by v.version desc`),
  ])
  return row && { ...row, history }
}
/** Locked until the end: two changes go one after the other. Whoever may not change it locks nothing. */
export const lockCommitment = (db: Db, id: string): Promise<unknown> =>
  db.all(sql<{ id: string }>`select id from commitments where id = ${id}::uuid for update`)
