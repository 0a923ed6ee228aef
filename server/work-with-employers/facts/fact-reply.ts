import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/facts.ts'
import type { Context } from '../../platform/action.ts'
import { opens, type TerritoryLine } from '../../platform/viewer.ts'
import { toConfirm, weighedFacts } from './fact-rules.ts'
import { mayKeepFacts } from './facts.policy.ts'
import type { FactRow, FieldVersion } from './facts.queries.ts'

type Reply = Static<typeof contract.Fact>

export const valueReply = (row: FactRow): Static<typeof contract.FactValue> => ({
  id: row.id,
  value: row.value,
  source: row.source,
  organisationName: row.organisationName,
  author: row.author,
  observedOn: row.observedOn,
  recordedAt: row.recordedAt.toISOString(),
  confirmed:
    row.confirmedAt === null || row.confirmedByName === null
      ? null
      : { at: row.confirmedAt.toISOString(), organisationName: row.confirmedByName },
})

/** One field of an establishment that stands on `place`. */
export const factReply = (
  { field, version }: FieldVersion,
  said: readonly FactRow[],
  place: TerritoryLine,
  { viewer, today }: Pick<Context, 'viewer' | 'today'>,
): Reply => {
  const { standing, proposed } = weighedFacts(said)
  const acts: Reply['allowed'] = ['note', ...(said.length > 1 ? (['choose'] as const) : [])]
  return {
    field,
    said: said.map(row => ({ ...valueReply(row), proposed: proposed.has(row.id) })),
    toConfirm: toConfirm(field, standing, today),
    version,
    allowed:
      opens(viewer, 'renseignements') && mayKeepFacts(viewer, place) === true
        ? [...acts, ...(standing.length === 1 ? (['confirm'] as const) : [])]
        : [],
  }
}
