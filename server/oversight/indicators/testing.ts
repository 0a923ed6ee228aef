import type pg from 'pg'
import type { Tool } from '../../../contract/route.ts'
import type { Kind } from './definitions.ts'

export interface UsageSeed {
  readonly accountId: string
  readonly organisationId: string
  readonly tool: Tool
  readonly kind: Kind
  readonly day: string
  readonly count: number
  readonly perimeter: readonly number[]
}
export const aUse = (over: Partial<UsageSeed> & Pick<UsageSeed, 'accountId' | 'organisationId'>): UsageSeed => ({
  tool: 'campagnes',
  kind: 'sessions',
  day: '2026-10-01',
  count: 1,
  perimeter: [2033],
  ...over,
})
/** `owner` is connected as cc_owner. */
export const insertUse = async (owner: pg.ClientBase | pg.Pool, use: UsageSeed): Promise<UsageSeed> => {
  await owner.query(
    'insert into usage_days (account_id, organisation_id, tool, kind, day, count, perimeter) values ($1, $2, $3, $4, $5, $6, $7)',
    [use.accountId, use.organisationId, use.tool, use.kind, use.day, use.count, use.perimeter],
  )
  return use
}
