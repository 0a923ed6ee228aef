import type { Static } from 'typebox'
import type { Correspondent, SourcedValue } from '../../../contract/work-with-employers/correspondents.ts'
import type { Context } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayKeep, mayReadFirst, mayUnlink } from './correspondents.policy.ts'
import type { CorrespondentRow, SourcedValue as ValueRow } from './correspondents.queries.ts'
import type { Link } from './links.queries.ts'
import { mayStillUndo, undoneUntil } from './merge-rules.ts'
import { isOld, proposedAmong, standing, weighed } from './value-rules.ts'

type Reply = Static<typeof Correspondent>
type Value = Static<typeof SourcedValue>

export const placeReply = ({ siret, name, town }: Pick<Link, 'siret' | 'name' | 'town'>) => ({
  siret: siretText(siret),
  name,
  town,
})

export const valueReply = (value: ValueRow): Value => ({
  id: value.id,
  field: value.field as Value['field'],
  value: value.value,
  source: value.source as Value['source'],
  organisationName: value.organisationName,
  author: value.author,
  observedOn: value.observedOn,
  recordedAt: value.recordedAt.toISOString(),
  confirmed:
    value.confirmedAt === null || value.confirmedByName === null
      ? null
      : { at: value.confirmedAt.toISOString(), organisationName: value.confirmedByName },
})

/** Where the person is in place, of the establishments that the viewer reads: row-level security chose the links. */
export const placesRead = (row: CorrespondentRow, viewer: Viewer): (CorrespondentRow | Link)[] => [
  ...(row.retiredAt === null && mayReadFirst(viewer, row) ? [row] : []),
  ...row.links,
]

/** `at`: the establishment whose card is read, the one where they were first noted unless told. */
export const correspondentReply = (
  row: CorrespondentRow,
  { viewer, now }: Pick<Context, 'viewer' | 'now'>,
  at = row.siret,
): Reply => {
  const retired = row.retiredAt !== null && at === row.siret
  const proposed = proposedAmong(row.values.map(weighed))
  const merged = (row.objection ? [] : row.merged).filter(({ mergedAt }) => mayStillUndo(mergedAt, now))
  const acts: Reply['allowed'] = row.objection
    ? ['lift']
    : [
        ...(retired ? (['return'] as const) : (['correct', 'confirm', 'choose'] as const)),
        ...(row.retiredAt ? [] : (['retire'] as const)),
        ...(retired ? [] : (['merge'] as const)),
        ...(merged.length ? (['unmerge'] as const) : []),
        'object' as const,
      ]
  return {
    id: row.id,
    siret: mayReadFirst(viewer, row) ? siretText(row.siret) : null,
    places: placesRead(row, viewer).map(place => ({
      ...placeReply(place),
      mayUnlink: place !== row && mayUnlink(viewer, place) === true,
    })),
    retired,
    retiredReason: !retired ? null : (row.retiredReason as Reply['retiredReason']),
    values: row.values.map(value => ({ ...valueReply(value), proposed: proposed.has(value.id) })),
    informed:
      row.informedOn === null || row.informedByName === null
        ? null
        : {
            on: row.informedOn,
            how: row.informedHow as NonNullable<Reply['informed']>['how'],
            organisationName: row.informedByName,
          },
    toConfirm: !retired && isOld(standing(row.values), now),
    merged: merged.map(({ id, name, mergedAt, organisationName }) => ({
      id,
      name,
      at: mergedAt.toISOString(),
      organisationName,
      until: undoneUntil(mergedAt).toISOString(),
    })),
    objected: row.objection && {
      on: row.objection.on,
      how: row.objection.how as NonNullable<Reply['objected']>['how'],
      organisationName: row.objection.organisationName,
    },
    version: row.version,
    allowed: mayKeep(viewer, row) === true ? acts : [],
  }
}
