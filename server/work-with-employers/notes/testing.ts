import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Visibility } from '../exchanges/exchange-rules.ts'

export interface NoteSeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly notes: string
  readonly visibility: Visibility
  /** Of the first version, which a correction may have widened since. */
  readonly firstVisibility: Visibility
  readonly organisationId: string
  readonly authorId: string
  readonly notedOn: string
}

/** A note in Gironde, for the whole network. */
export const aNote = (over: Partial<NoteSeed> & Pick<NoteSeed, 'siret' | 'organisationId' | 'authorId'>): NoteSeed => ({
  id: uuidv7(),
  regionId: 1075,
  departementId: 2033,
  epciId: null,
  clpeId: null,
  notes: 'Le dépôt ouvre un second quai en mars.',
  visibility: 'reseau',
  firstVisibility: over.visibility ?? 'reseau',
  notedOn: '2026-10-01',
  ...over,
})

/** `owner` is connected as cc_owner. */
export const insertNotes = async (owner: pg.ClientBase | pg.Pool, seeds: readonly NoteSeed[]): Promise<void> => {
  await owner.query(
    `with r as materialized (select * from jsonb_to_recordset($1) as r (id uuid, siret bigint, "regionId" int,
        "departementId" int, "epciId" int, "clpeId" int, notes text, visibility text, "firstVisibility" text,
        "organisationId" uuid, "authorId" uuid, "notedOn" date)),
      n as (insert into notes (id, siret, region_id, departement_id, epci_id, clpe_id, visibility, notes,
          organisation_id, author_id, noted_on, noted_at)
        select id, siret, "regionId", "departementId", "epciId", "clpeId", visibility, notes, "organisationId",
          "authorId", "notedOn", "notedOn" from r)
    insert into note_versions (note_id, version, change, visibility, notes, organisation_id, author_id, at)
      select id, 1, 'noted', "firstVisibility", notes, "organisationId", "authorId", "notedOn" from r`,
    [JSON.stringify(seeds)],
  )
}
