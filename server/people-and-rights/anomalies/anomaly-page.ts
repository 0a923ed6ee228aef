import type { Static } from 'typebox'
import type { Anomaly, listAnomalies } from '../../../contract/people-and-rights/anomalies.ts'
import type { Query } from '../../../contract/route.ts'
import type { Context } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { found, Refused } from '../../platform/errors.ts'
import { addDays, endOfDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { actsOn } from './anomalies.policy.ts'
import {
  accountsNamed,
  type Corrections,
  correctedRows,
  countCorrected,
  grantsOf,
  namesOf,
  peopleOf,
  type StoredCorrection,
} from './anomalies.queries.ts'
import type { OpenedRow } from './correction-rules.ts'
import { judge } from './judge.ts'

export type Asked = Query<typeof listAnomalies>
type Row = OpenedRow & Partial<Pick<StoredCorrection, 'correctedAt' | 'correctedHow' | 'correctedBy'>>
type Line = Static<typeof Anomaly>
export interface Page {
  readonly items: readonly Line[]
  readonly next: string | null
  readonly total: number | undefined
}

export const organisationAsked = (viewer: Viewer, { organisationId }: Pick<Asked, 'organisationId'>): string =>
  organisationId ?? viewer.organisationId

/**
 * One page of anomalies. The open ones are judged at this instant.
 * The corrected ones join those written and those about to be, in one list.
 */
export const anomalyPage = async (
  context: Context,
  { after, limit = 50, total = false, state = 'open', kind, q, from, to, ...of }: Asked,
): Promise<Page> => {
  if (from && to && from > to) throw new Refused('anomaly/period-reversed')
  const organisationId = organisationAsked(context.viewer, of)
  const cursor = readCursor(after, keyShapes.instant, keyShapes.id)
  const accountIds = q?.trim() ? await accountsNamed(context.db, organisationId, q.trim()) : null
  const judged = await judge(context, [organisationId], accountIds)
  const ofKind = <T extends OpenedRow>(rows: readonly T[]) =>
    rows.filter(row => kind === undefined || row.kind === kind)
  if (state === 'open') {
    const rows: Row[] = ofKind([...judged.standing, ...judged.opened]).toSorted((a, b) =>
      compare(openKey(a), openKey(b)),
    )
    const page = pageOf(
      rows.filter(row => cursor === undefined || compare(openKey(row), cursor) > 0).slice(0, limit + 1),
      limit,
      openKey,
    )
    return { items: await shown(context, page.rows), next: page.next, total: total ? rows.length : undefined }
  }
  const which: Corrections = {
    organisationId,
    kind,
    accountIds,
    from: from ? endOfDay(addDays(from, -1)) : null,
    to: to ? endOfDay(to) : null,
  }
  const unwritten: Row[] = ofKind(judged.corrected)
    .map(({ corrected: { at, how, by }, ...row }) => ({ ...row, correctedAt: at, correctedHow: how, correctedBy: by }))
    .filter(
      ({ correctedAt }) =>
        (which.from === null || correctedAt >= which.from) && (which.to === null || correctedAt < which.to),
    )
  const written = await correctedRows(context.db, which, cursor, limit)
  const rows = [
    ...written,
    ...unwritten.filter(row => cursor === undefined || compare(correctedKey(row), cursor) < 0),
  ].toSorted((a, b) => compare(correctedKey(b), correctedKey(a)))
  const page = pageOf(rows.slice(0, limit + 1), limit, correctedKey)
  return {
    items: await shown(context, page.rows),
    next: page.next,
    total: total ? (await countCorrected(context.db, which)) + unwritten.length : undefined,
  }
}

const openKey = ({ openedAt, id }: Row) => [openedAt.toISOString(), id]
const correctedKey = ({ correctedAt, id }: Row) => [correctedAt!.toISOString(), id]
const compare = ([at, id]: readonly string[], [otherAt, otherId]: readonly string[]) =>
  at! < otherAt! ? -1 : at! > otherAt! ? 1 : id! < otherId! ? -1 : id! > otherId! ? 1 : 0

const shown = async ({ db, viewer }: Context, rows: readonly Row[]): Promise<Line[]> => {
  const idsOf = (pick: (row: Row) => string | null | undefined) => [...new Set(rows.map(pick).filter(id => id != null))]
  const [people, grants, names] = await Promise.all([
    peopleOf(
      db,
      idsOf(r => r.accountId),
    ),
    grantsOf(
      db,
      idsOf(r => r.grantId),
    ),
    namesOf(
      db,
      idsOf(r => r.correctedBy),
    ),
  ])
  const [person, grant, name] = [
    new Map(people.map(p => [p.id, p])),
    new Map(grants.map(g => [g.id, g])),
    new Map(names.map(n => [n.id, n])),
  ]
  return rows.map(row => {
    const of = found(person.get(row.accountId))
    return {
      id: row.id,
      kind: row.kind,
      person: of.person,
      grant: row.grantId === null ? null : instant(found(grant.get(row.grantId))),
      openedAt: row.openedAt.toISOString(),
      evidence: {
        function: row.function,
        contractEndsOn: row.contractEndsOn,
        lastActAt: row.lastActAt?.toISOString() ?? null,
        lastUsedOn: row.lastUsedOn,
      },
      correctedAt: row.correctedAt?.toISOString() ?? null,
      correctedHow: row.correctedHow ?? null,
      correctedBy: row.correctedBy ? (name.get(row.correctedBy) ?? null) : null,
      allowed: row.correctedAt ? [] : [...actsOn(viewer, row.kind, of)],
    }
  })
}
const instant = (grant: NonNullable<Line['grant']>) => ({
  ...grant,
  grantedAt: new Date(grant.grantedAt).toISOString(),
})
