import type { Static } from 'typebox'
import type { Disagreements } from '../../../contract/agreement/disagreements.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { actsFor } from '../conventions/conventions.policy.ts'
import type { Loaded } from '../conventions/conventions.queries.ts'
import { courtOf, stateOf, stepsLeft } from './disagreement-lifecycle.ts'
import type { Whole } from './disagreements.queries.ts'

/** From its effect on, whether or not it is over: what was not settled outlives it. */
export const hasTakenEffect = ({ convention }: Pick<Loaded, 'convention'>, now: Date): boolean =>
  convention.effectiveFrom !== null && convention.effectiveFrom <= now

export const disagreementsReply = (
  viewer: Viewer,
  loaded: Pick<Loaded, 'convention'>,
  rows: readonly Whole[],
  now: Date,
): Static<typeof Disagreements> => {
  const { id, number, organisation } = loaded.convention
  const side = actsFor(viewer, loaded.convention)
  return {
    convention: { id, number, organisation },
    actsFor: side,
    allowed: side !== null && hasTakenEffect(loaded, now) ? ['open'] : [],
    items: rows.map(({ clauses, openedAt, steps, ...row }) => ({
      ...row,
      clauses: [...clauses],
      openedAt: openedAt.toISOString(),
      state: stateOf(steps),
      court: courtOf(steps),
      steps: steps.map(({ disagreementId: _of, recordedAt, ...step }) => ({
        ...step,
        recordedAt: recordedAt.toISOString(),
      })),
      allowed: stepsLeft(side, { party: row.party, steps }),
    })),
  }
}
