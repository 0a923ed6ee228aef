import { type Db, k } from '../platform/database.ts'

export interface NewConvention {
  readonly id: string
  readonly organisationId: string
  readonly regionId: number
  readonly number: string
  readonly createdAt: Date
  /** The later of the two signatures; null until both. */
  readonly effectiveFrom: Date | null
}
export const insertConvention = (db: Db, convention: NewConvention) => db.run(k.insertInto('conventions').values(convention))
