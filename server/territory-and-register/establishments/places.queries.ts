import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { holdProvisional } from './provisional.queries.ts'

export interface EstablishmentPlace extends TerritoryLine {
  readonly siret: number
  readonly name: string | null
}
/** Where establishments stand: what is recorded with them copies it, and rights compare it. */
export const establishmentPlaces = (db: Db, sirets: readonly number[]): Promise<EstablishmentPlace[]> =>
  db.all(sql<EstablishmentPlace>`
    select siret, name, region_id, departement_id, epci_id, clpe_id from establishments
      where siret = any (${sirets}::bigint[])
    union all select p.siret, p.name, p.region_id, p.departement_id, p.epci_id, p.clpe_id
      from provisional_establishments p where p.siret = any (${sirets}::bigint[])
        and not exists (select from establishments e where e.siret = p.siret)`)
export const establishmentPlace = async (db: Db, siret: number): Promise<EstablishmentPlace | undefined> =>
  (await establishmentPlaces(db, [siret]))[0]

/**
 * The place where something is about to be recorded: a card typed by hand is locked first, until the end of the
 * transaction, then read. Undefined where nobody knows this SIRET.
 */
export const heldPlace = async (db: Db, siret: number): Promise<EstablishmentPlace | undefined> => {
  const held = holdProvisional(db, siret)
  const [place] = await Promise.all([establishmentPlace(db, siret), held])
  return place
}
