import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { confirmValues, replaceValues, touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayKeep } from './correspondents.policy.ts'
import { checkInPlace, checkVersion, loadLocked, settled, writingOf } from './settling.ts'
import { setAsideBy, standing } from './value-rules.ts'

/** The value chosen is thereby confirmed; the others stay in the history (EST-6). */
export const chooseCorrespondentValue = action(contract.chooseCorrespondentValue, {
  load: ({ params }, context) => loadLocked(params.correspondentId, context),
  may: (viewer, row) => mayKeep(viewer, row),
  run: async (row, { body, ifMatch }, context) => {
    checkInPlace(row)
    checkVersion(row, ifMatch, context)
    const chosen = row.values.find(({ id }) => id === body.valueId)
    if (!chosen) throw new Refused('correspondent/value-replaced')
    const replaced = setAsideBy(chosen, row.values).map(({ id }) => id)
    await Promise.all([
      replaceValues(context.db, replaced, context.now),
      confirmValues(context.db, [chosen.id], writingOf(context)),
      touchCorrespondent(context.db, row.id, context.viewer.organisationId, {}),
    ])
    return settled(
      row,
      { action: 'correspondent.value-chosen', detail: { field: chosen.field, chosen: chosen.id, replaced } },
      context,
    )
  },
})

/** A proposal leaves, and nothing else is said of the field: what stands is not thereby confirmed (EST-6). */
export const setCorrespondentValueAside = action(contract.setCorrespondentValueAside, {
  load: ({ params }, context) => loadLocked(params.correspondentId, context),
  may: (viewer, row) => mayKeep(viewer, row),
  run: async (row, { body, ifMatch }, context) => {
    checkInPlace(row)
    checkVersion(row, ifMatch, context)
    const value = row.values.find(({ id }) => id === body.valueId)
    if (!value) throw new Refused('correspondent/value-replaced')
    if (standing(row.values).includes(value)) throw new Refused('correspondent/not-proposed')
    await Promise.all([
      replaceValues(context.db, [value.id], context.now),
      touchCorrespondent(context.db, row.id, context.viewer.organisationId, {}),
    ])
    return settled(
      row,
      { action: 'correspondent.value-set-aside', detail: { field: value.field, replaced: [value.id] } },
      context,
    )
  },
})
