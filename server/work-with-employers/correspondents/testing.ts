import type pg from 'pg'
import type { correspondentFields, sources } from '../../../contract/work-with-employers/correspondents.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

type Field = (typeof correspondentFields)[number]
export interface ValueSeed {
  readonly field: Field
  readonly value: string
  readonly source: (typeof sources)[number]
  readonly organisationId: string | null
  readonly authorId: string | null
  readonly recordedAt: string
  readonly replacedAt: string | null
}
export interface CorrespondentSeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly createdAt: string
  readonly retiredAt: string | null
  readonly values: readonly ValueSeed[]
}

export const aValue = (field: Field, value: string, over: Partial<ValueSeed> = {}): ValueSeed => ({
  field,
  value,
  source: 'conseiller',
  organisationId: null,
  authorId: null,
  recordedAt: '2026-09-01T08:00:00Z',
  replacedAt: null,
  ...over,
})

/** A correspondent in Gironde, met by an advisor. */
export const aCorrespondent = (
  over: Partial<CorrespondentSeed> & Pick<CorrespondentSeed, 'siret'>,
): CorrespondentSeed => ({
  id: uuidv7(),
  regionId: 1075,
  departementId: 2033,
  epciId: null,
  clpeId: null,
  createdAt: '2026-09-01T08:00:00Z',
  retiredAt: null,
  values: [aValue('givenName', 'Dominique'), aValue('familyName', 'Essai'), aValue('role', 'Responsable du personnel')],
  ...over,
})

/** `owner` is connected as cc_owner. */
export const insertCorrespondent = async (
  owner: pg.ClientBase | pg.Pool,
  seed: CorrespondentSeed,
): Promise<CorrespondentSeed> => {
  const place = [seed.regionId, seed.departementId, seed.epciId, seed.clpeId]
  await owner.query(
    'insert into correspondents (id, siret, region_id, departement_id, epci_id, clpe_id, created_at, retired_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [seed.id, seed.siret, ...place, seed.createdAt, seed.retiredAt],
  )
  for (const v of seed.values) {
    await owner.query(
      'insert into correspondent_values (id, correspondent_id, region_id, departement_id, epci_id, clpe_id, field, value, source, organisation_id, author_id, recorded_at, replaced_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
      [
        uuidv7(),
        seed.id,
        ...place,
        v.field,
        v.value,
        v.source,
        v.organisationId,
        v.authorId,
        v.recordedAt,
        v.replacedAt,
      ],
    )
  }
  return seed
}
