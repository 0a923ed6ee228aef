import type { Viewer } from '../../platform/viewer.ts'
import { type Answering, mayRead, type TwoCards } from './correspondents.policy.ts'

/**
 * That two cards were merged, or told apart: for whoever reads both. The SQL twins are the policies
 * correspondent_merges.read and correspondents_apart.read.
 */
export const mayReadMerge = (viewer: Viewer, { kept, absorbed }: TwoCards): boolean =>
  mayRead(viewer, kept) && mayRead(viewer, absorbed)

/** That a person objected: for whoever reads the card. The SQL twins are correspondent_objections.read and objection_digests.read. */
export const mayReadObjection = (viewer: Viewer, card: Answering): boolean => mayRead(viewer, card)
