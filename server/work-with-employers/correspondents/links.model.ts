import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { mayRead } from './correspondents.policy.ts'

/** That a person answers for an establishment: for whoever reads its card. The SQL twin is correspondent_links.read. */
export const mayReadLink = (viewer: Viewer, place: TerritoryLine): boolean => mayRead(viewer, place)
