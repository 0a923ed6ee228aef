import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

export interface MarkSeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly origin: 'employer' | 'network'
  readonly reason: string
  readonly startsOn: string
  readonly until: string
  readonly organisationId: string
  readonly authorId: string
  readonly markedAt: string
  /** Lifted by its author. */
  readonly endedAt: string | null
}

/** A mark in Gironde, asked by the employer, that stands through 2027. */
export const aMark = (over: Partial<MarkSeed> & Pick<MarkSeed, 'siret' | 'organisationId' | 'authorId'>): MarkSeed => ({
  id: uuidv7(),
  regionId: 1075,
  departementId: 2033,
  epciId: null,
  clpeId: null,
  origin: 'employer',
  reason: 'Ne souhaite plus être appelé',
  startsOn: '2026-10-01',
  until: '2027-12-31',
  markedAt: '2026-10-01T08:00:00Z',
  endedAt: null,
  ...over,
})

/** `owner` is connected as cc_owner. */
export const insertMarks = async (owner: pg.Pool, seeds: readonly MarkSeed[]): Promise<void> => {
  await owner.query(
    `insert into do_not_contact_marks (id, siret, region_id, departement_id, epci_id, clpe_id, origin, reason, starts_on,
      until, organisation_id, author_id, marked_at, ended_at, ended_how, ended_by, ended_organisation, end_reason)
    select id, siret, "regionId", "departementId", "epciId", "clpeId", origin, reason, "startsOn", until,
      "organisationId", "authorId", "markedAt", "endedAt", case when "endedAt" is not null then 'lifted' end,
      case when "endedAt" is not null then "authorId" end, case when "endedAt" is not null then "organisationId" end,
      case when "endedAt" is not null then 'Veut bien de nouveau' end
    from jsonb_to_recordset($1) as r (id uuid, siret bigint, "regionId" int, "departementId" int, "epciId" int,
      "clpeId" int, origin text, reason text, "startsOn" date, until date, "organisationId" uuid, "authorId" uuid,
      "markedAt" timestamptz, "endedAt" timestamptz)`,
    [JSON.stringify(seeds)],
  )
}
