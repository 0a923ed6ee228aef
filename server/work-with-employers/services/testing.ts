import type pg from 'pg'
import type { ServiceKind } from '../../../contract/territory-and-register/sought.ts'
import type { ServiceResult } from '../../../contract/work-with-employers/services/services.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

export interface ServiceSeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly kind: ServiceKind
  readonly usedOn: string
  readonly endedOn: string | null
  readonly result: ServiceResult
  readonly reference: string | null
  readonly withdrawnAt: string | null
  /** Who entered it; none, where a file brought it. */
  readonly organisationId: string | null
  readonly authorId: string | null
}

/** A service in Gironde that a file brought. */
export const aService = (over: Partial<ServiceSeed> & Pick<ServiceSeed, 'siret'>): ServiceSeed => {
  const id = uuidv7()
  return {
    id,
    regionId: 1075,
    departementId: 2033,
    epciId: null,
    clpeId: null,
    kind: 'conseil',
    usedOn: '2026-09-01',
    endedOn: null,
    result: 'abouti',
    reference: over.authorId ? null : id,
    withdrawnAt: null,
    organisationId: null,
    authorId: null,
    ...over,
  }
}

/** `owner` is connected as cc_owner. */
export const insertServices = async (owner: pg.ClientBase | pg.Pool, seeds: readonly ServiceSeed[]): Promise<void> => {
  await owner.query(
    `with r as materialized (select * from jsonb_to_recordset($1) as r (id uuid, siret bigint, "regionId" int,
        "departementId" int, "epciId" int, "clpeId" int, kind text, "usedOn" date, "endedOn" date, result text,
        reference text, "withdrawnAt" timestamptz, "organisationId" uuid, "authorId" uuid)),
      s as (insert into operator_services (id, siret, region_id, departement_id, epci_id, clpe_id, kind, used_on,
          ended_on, result, source, reference, said_on, by_hand, withdrawn_at, organisation_id, author_id, recorded_at)
        select id, siret, "regionId", "departementId", "epciId", "clpeId", kind, "usedOn", "endedOn", result,
          case when "authorId" is null then 'import' else 'entered' end, left(reference, 40), '-infinity',
          "authorId" is not null, "withdrawnAt", "organisationId", "authorId", now() from r)
    insert into operator_service_versions (service_id, version, siret, change, kind, used_on, ended_on, result,
        organisation_id, author_id, at)
      select id, 1, siret, case when "authorId" is null then 'imported' else 'entered' end, kind, "usedOn", "endedOn", result,
        "organisationId", "authorId", now() from r`,
    [JSON.stringify(seeds)],
  )
}
