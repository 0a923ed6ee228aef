import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayMerge } from './correspondents.policy.ts'
import { mayStillUndo, restoredOnKept } from './merge-rules.ts'
import { allValuesOf, findMerge, mergedValues, saveUnmerge, tellApart } from './merging.queries.ts'
import { checkNotMerged, checkNotObjected, checkVersion, loadLockedTwo, settled, writingOf } from './settling.ts'
import { checkSomebody } from './value-rules.ts'

/**
 * The card absorbed comes back as it was. What was noted on the card kept since stays there. The two are told apart, so
 * that nobody is proposed to merge them again.
 */
export const unmergeCorrespondents = action(contract.unmergeCorrespondents, {
  load: async ({ params, body }, context) => {
    const { absorbedId, keptId } = found(await findMerge(context.db, body.mergeId))
    if (keptId !== params.correspondentId) throw new Refused('not-found')
    const [cards, merge, values, ofKept] = await Promise.all([
      loadLockedTwo(keptId, absorbedId, context),
      findMerge(context.db, body.mergeId),
      mergedValues(context.db, body.mergeId),
      allValuesOf(context.db, keptId),
    ])
    return { ...cards, merge: found(merge), values, ofKept }
  },
  may: (viewer, cards) => mayMerge(viewer, cards),
  run: async ({ kept, absorbed, merge, values, ofKept }, { ifMatch }, context) => {
    if (merge.undoneAt) throw new Refused('correspondent/merge-undone')
    checkNotMerged(kept)
    checkNotObjected(kept)
    checkVersion(kept, ifMatch, context)
    if (!mayStillUndo(merge.mergedAt, context.now)) throw new Refused('correspondent/merge-too-old')
    const gone = values.filter(value => value.absorbed)
    const stays = ofKept.filter(({ id }) => !gone.some(value => value.id === id))
    const setAside = values.filter(value => !value.absorbed).map(({ id }) => id)
    const restored = restoredOnKept(setAside, stays, gone, merge.mergedAt)
    const standing = stays.filter(({ id, replacedAt }) => replacedAt === null || restored.includes(id))
    checkSomebody(standing.map(({ field }) => field))
    const writing = writingOf(context)
    await Promise.all([
      saveUnmerge(context.db, merge, restored, writing),
      tellApart(context.db, kept.id, [absorbed.id], writing),
      touchCorrespondent(context.db, kept.id, context.viewer.organisationId, {}),
    ])
    const { reply, audit } = await settled(
      kept,
      { action: 'correspondent.unmerged', detail: { merge: merge.id, absorbed: absorbed.id, restored } },
      context,
    )
    const other = { siret: absorbed.siret, version: absorbed.version, merge: merge.id, from: kept.id }
    return {
      reply,
      audit: [...audit, { action: 'correspondent.unmerged', subject: ['correspondent', absorbed.id], detail: other }],
    }
  },
})
