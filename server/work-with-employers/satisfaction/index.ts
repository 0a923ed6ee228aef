/**
 * What employers say of the answer to their need, once it is closed: one question by mail, answered without an account.
 * Owns: tables need_surveys, survey_refusals; acts satisfaction.*.
 * Uses: campaigns, correspondents, exchanges, identity, needs.
 * Start: `satisfaction-rules.ts`, then `ask-employers.job.ts` and `answer-routes.ts`; docs/needs.md.
 */

import type { Action } from '../../platform/action.ts'
import { countSatisfaction } from './count-satisfaction.ts'
import { readNeedSatisfaction } from './read-need-satisfaction.ts'
import { withholdSatisfaction } from './withhold-satisfaction.ts'

export const satisfaction: readonly Action[] = [readNeedSatisfaction, withholdSatisfaction, countSatisfaction]
