import type { Verdict } from '../../platform/action.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { mayKeep, mayRead } from '../correspondents/correspondents.policy.ts'

/** Whoever reads the card there. The SQL twins are the policy establishment_facts.read and noted_as. */
export const mayReadFacts = (viewer: Viewer, row: TerritoryLine): boolean => mayRead(viewer, row)

/**
 * Noting, confirming and choosing: whoever keeps correspondents there. The SQL twins are the policies
 * establishment_facts.note and establishment_facts.settle.
 */
export const mayKeepFacts = (viewer: Viewer, row: TerritoryLine): Verdict => mayKeep(viewer, row)
