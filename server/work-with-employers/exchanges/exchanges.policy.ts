import type { Verdict } from '../../platform/action.ts'
import { covers, holds, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import type { Visibility } from './exchange-rules.ts'

export interface ExchangeRow extends TerritoryLine {
  readonly organisationId: string
  readonly visibility: Visibility
}

/** That a contact took place: for whoever reads the card there (EST-7). The SQL twin is the policy exchanges.read. */
export const mayRead = (viewer: Viewer, row: TerritoryLine): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', row)

/**
 * What was said, and what comes next: also asks that it be for the network, or one's own (EST-11). The SQL twins are
 * the policies exchange_contents.read, exchange_versions.read and next_actions.read.
 */
export const mayReadContent = (viewer: Viewer, row: ExchangeRow): boolean =>
  mayRead(viewer, row) && (row.visibility === 'reseau' || row.organisationId === viewer.organisationId)

/**
 * Over the establishment's own territories. The SQL twins are the policies exchanges.record, exchange_contents.write,
 * exchange_versions.write and next_actions.write.
 */
export const mayRecord = (viewer: Viewer, establishment: TerritoryLine): Verdict => {
  if (covers(viewer, 'campagnes', 'conseiller', establishment) && mayRead(viewer, establishment)) return true
  return holds(viewer, 'campagnes', 'conseiller') ? 'access/outside-perimeter' : 'access/no-grant'
}

const leads = (viewer: Viewer, row: TerritoryLine) => covers(viewer, 'campagnes', 'responsable', row)

export const mayCorrect = (viewer: Viewer, row: ExchangeRow & { readonly authorId: string }): Verdict => {
  if (row.organisationId !== viewer.organisationId) return 'exchange/author-or-lead-only'
  if (row.authorId !== viewer.accountId && !leads(viewer, row)) return 'exchange/author-or-lead-only'
  return mayRecord(viewer, row)
}

/** Also to plan it again. The SQL twin is ctx.finishable_actions. */
export const mayFinish = (viewer: Viewer, row: ExchangeRow & { readonly ownerId: string }): Verdict => {
  if (row.organisationId !== viewer.organisationId) return 'next-action/owner-only'
  if (row.ownerId !== viewer.accountId && !leads(viewer, row)) return 'next-action/owner-only'
  return mayRecord(viewer, row)
}

/** As planning it again. The SQL twin is the policy handed_actions.note. */
export const mayHandOver = mayFinish

export interface HandedRow {
  readonly byId: string
}
/** How an action stood before it was handed over: for whoever did it. The SQL twin is the policy handed_actions.read. */
export const mayReadHanding = (viewer: Viewer, { byId }: HandedRow): boolean => byId === viewer.accountId

/** Back from a colleague, as it was: whoever handed it over, where they record. */
export const mayTakeBack = (viewer: Viewer, row: ExchangeRow & HandedRow): Verdict =>
  mayReadHanding(viewer, row) && row.organisationId === viewer.organisationId
    ? mayRecord(viewer, row)
    : 'next-action/owner-only'
