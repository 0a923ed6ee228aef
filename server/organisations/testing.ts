import type pg from 'pg'
import { uuidv7 } from '../platform/ids.ts'

export interface Organisation { readonly id: string; readonly siret: number; readonly name: string; readonly kind: string }
let serial = 0
/** An invented partner; its SIRET is unique in the run and not a real one. */
export const anOrganisation = (over: Partial<Organisation> = {}): Organisation => {
  serial += 1
  return { id: uuidv7(), siret: 99000000000000 + serial, name: `Partenaire ${serial}`, kind: 'autre', ...over }
}
/** `owner` is connected as cc_owner. */
export const insertOrganisation = async (owner: pg.ClientBase | pg.Pool, organisation = anOrganisation()): Promise<Organisation> => {
  await owner.query('insert into organisations (id, siret, name, kind, created_at) values ($1, $2, $3, $4, now())', [organisation.id, organisation.siret, organisation.name, organisation.kind])
  return organisation
}
