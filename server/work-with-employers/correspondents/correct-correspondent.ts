import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { confirmValues, insertValues, replaceValues, touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayKeep } from './correspondents.policy.ts'
import { allSirets } from './links.queries.ts'
import {
  checkInformed,
  checkInPlace,
  checkNotBlocked,
  checkVersion,
  loadLocked,
  observedOf,
  settled,
  writingOf,
} from './settling.ts'
import { checkSomebody, cleaned, correctionOf } from './value-rules.ts'

const idsOf = (values: readonly { readonly id: string }[]) => values.map(({ id }) => id)

export const correctCorrespondent = action(contract.correctCorrespondent, {
  load: async ({ params }, context) => {
    const [row, sirets] = await Promise.all([
      loadLocked(params.correspondentId, context),
      allSirets(context.db, params.correspondentId),
    ])
    return { ...row, sirets }
  },
  may: (viewer, row) => mayKeep(viewer, row),
  run: async ({ sirets, ...row }, { body, ifMatch }, context) => {
    const { db, viewer, now, today, newId } = context
    checkInPlace(row)
    checkVersion(row, ifMatch, context)
    checkInformed(body.informed, today)
    const observedOn = observedOf(body.observedOn, today)
    const { added, confirmed, replaced } = correctionOf(cleaned(body.values), row.values, viewer.organisationId)
    const left = row.values.filter(value => !replaced.includes(value))
    checkSomebody([...left, ...added].map(({ field }) => field))
    await checkNotBlocked(sirets, row.values, [...left, ...added], context)
    const writing = writingOf(context)
    await Promise.all([
      replaceValues(db, idsOf(replaced), now),
      confirmValues(db, idsOf(confirmed), writing),
      insertValues(
        db,
        row,
        added.map(value => ({ ...value, id: newId() })),
        observedOn,
        writing,
      ),
      touchCorrespondent(db, row.id, viewer.organisationId, { informed: body.informed }),
    ])
    return settled(
      row,
      {
        action: 'correspondent.corrected',
        detail: {
          fields: added.map(({ field }) => field),
          ...(added.length ? { observedOn } : {}),
          confirmed: idsOf(confirmed),
          replaced: idsOf(replaced),
          informed: body.informed ?? null,
        },
      },
      context,
    )
  },
})
