import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { mayRecord } from '../exchanges/exchanges.policy.ts'

/** What the columns of a file are: for one's whole structure. The SQL twin is employer_file_columns.read. */
export const mayReadColumns = (viewer: Viewer, { organisationId }: { readonly organisationId: string }): boolean =>
  organisationId === viewer.organisationId

/** Undoing removes one's own, where one still records. The SQL twins are ctx.remove_filed_exchange and ctx.remove_filed_note. */
export const mayRemoveFiled = (
  viewer: Viewer,
  row: TerritoryLine & { readonly authorId: string; readonly organisationId: string },
): boolean =>
  row.authorId === viewer.accountId && row.organisationId === viewer.organisationId && mayRecord(viewer, row) === true
