import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import type { Visibility } from '../exchanges/exchange-rules.ts'
import { type AnsweredNeed, mayReadSurvey } from './satisfaction.policy.ts'

/**
 * Counted with others, of a need that the viewer reads: by who reads its answer; by who pilots there, where the network
 * reads the need. The SQL twin is ctx.counted_surveys.
 */
export const mayCountSurvey = (
  viewer: Viewer,
  need: AnsweredNeed & TerritoryLine & { readonly visibility: Visibility },
): boolean =>
  mayReadSurvey(viewer, need) || (need.visibility === 'reseau' && covers(viewer, 'campagnes', 'pilote', need))
