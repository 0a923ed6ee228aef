import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { EstablishmentLine } from '../../../contract/territory-and-register/establishments.ts'
import type { Db } from '../../platform/database.ts'
import { sirenText, siretText } from '../../platform/siret.ts'
import { establishmentLines } from '../../territory-and-register/establishments/establishments.queries.ts'

/** An organisation by a column that holds its id, as the contract shows it. */
export const organisationRef = (column: string) =>
  sql`(select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
    where o.id = ${sql.raw(column)})`

/** The territories that a row carries. */
export const place = (table: string) => {
  const row = sql.raw(table)
  return sql`jsonb_build_object('regionId', ${row}.region_id, 'departementId', ${row}.departement_id, 'epciId',
    ${row}.epci_id, 'clpeId', ${row}.clpe_id)`
}

/** Puts the register's line in place of each SIRET: one read for the whole page. `today` is a day in Paris. */
export const withEstablishments = async <Row extends { readonly siret: number }>(
  db: Db,
  rows: readonly Row[],
  today: string,
): Promise<(Omit<Row, 'siret'> & { establishment: Static<typeof EstablishmentLine> })[]> => {
  const lines = rows.length
    ? await establishmentLines(
        db,
        rows.map(row => row.siret),
        today,
      )
    : new Map()
  return rows.map(({ siret, ...row }) => ({ ...row, establishment: lines.get(siret) ?? gone(siret) }))
}

// What people recorded outlives the register's row: only its number is left.
const gone = (siret: number): Static<typeof EstablishmentLine> => ({
  siret: siretText(siret),
  siren: sirenText(Math.floor(siret / 100_000)),
  name: null,
  sign: null,
  activity: null,
  town: null,
  communeCode: null,
  headcount: null,
  employer: null,
  active: false,
  headOffice: false,
  partialDiffusion: true,
})
