import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { mayRead, mayRecord } from '../exchanges/exchanges.policy.ts'

export interface NamedPerson extends TerritoryLine {
  readonly organisationId: string
  readonly accountId: string
  readonly namedById: string
  /** Still works there. */
  readonly inPost: boolean
}

/** For whoever reads the card there. The SQL twin is the policy referents.read. */
export const mayReadReferent = (viewer: Viewer, row: TerritoryLine): boolean => mayRead(viewer, row)

/** Oneself or a colleague: whoever may record an exchange there. The SQL twin is the policy referents.name. */
export const mayName = (viewer: Viewer, place: TerritoryLine): Verdict => mayRecord(viewer, place)

/**
 * The referent, who named them, and who leads there in their structure. Once they left, all who record there in the
 * structure, and whoever leads campaigns there. An RGC has no more than that: no role opens business data.
 * The SQL twin is the policy referents.finish.
 */
export const mayEnd = (viewer: Viewer, row: NamedPerson): Verdict => {
  const own = row.organisationId === viewer.organisationId
  const named = row.accountId === viewer.accountId || row.namedById === viewer.accountId
  const leads = covers(viewer, 'campagnes', 'responsable', row)
  const ends = row.inPost ? own && (named || leads) : own || leads
  return (ends && mayRecord(viewer, row) === true) || 'referent/structure-or-lead-only'
}
