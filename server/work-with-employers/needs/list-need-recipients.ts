import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { addDays } from '../../platform/time.ts'
import { mayActOnNeed } from './needs.policy.ts'
import { needById } from './needs.queries.ts'
import { bestFirst, fitOf } from './placing-rules.ts'
import { needRecipients } from './proposals.queries.ts'

/** What is older says little of whom to ask today. */
const lookedBackDays = 365

/** The best placed first, each with what puts it there; none is left out (decision 0033). */
export const listNeedRecipients = action(contract.listNeedRecipients, {
  load: async ({ params: { needId } }, { db, today }) => {
    const [need, items] = await Promise.all([
      needById(db, needId),
      needRecipients(db, needId, today, addDays(today, -lookedBackDays)),
    ])
    return { need: found(need), items }
  },
  may: (viewer, { need }) => mayActOnNeed(viewer, need, 'propose'),
  run: async ({ need, items }) => ({
    items: bestFirst(
      items.map(({ organisation, why, reason, at, said, metOn, yes, answered }) => ({
        organisation,
        why,
        reason,
        at: at?.toISOString() ?? null,
        fit: fitOf(need, said),
        publics: said?.publics ?? null,
        metOn,
        answers: { yes, of: answered },
      })),
    ),
  }),
})
