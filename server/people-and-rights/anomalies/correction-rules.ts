import type { AnomalyKind, Correction } from '../../../contract/people-and-rights/anomalies.ts'
import { addDays, addMonths, endOfDay, parisDay } from '../../platform/time.ts'
import { type AccessFacts, anomaliesOf, type FoundAnomaly } from './anomaly-rules.ts'

interface Act {
  readonly at: string
  readonly by: string | null
}
/** Changes, since it opened, to the person and grant of an anomaly. Instants as JSON says them. */
export interface Outcome {
  readonly revokedAt: string | null
  readonly revokedBy: string | null
  readonly endsOn: string | null
  /** Another grant follows the one that ended. */
  readonly replaced: boolean
  readonly status: 'active' | 'suspended' | 'blocked' | 'deleted'
  readonly statusAt: string | null
  readonly contractAt: string | null
  readonly lastActAt: string | null
  readonly lifted: Act | null
  readonly usedOn: string | null
  readonly functionSince: string | null
  /** The first grant or role given since, and the last grant ended. */
  readonly given: Act | null
  readonly ended: Act | null
  /** The last act on the account that may have corrected it, by the trail. */
  readonly act: Act | null
}
interface Evidence {
  readonly function: string
  readonly contractEndsOn: string | null
  readonly lastActAt: Date | null
  readonly lastUsedOn: string | null
}
export interface OpenedRow extends Evidence {
  readonly id: string
  readonly organisationId: string
  readonly accountId: string
  readonly grantId: string | null
  readonly kind: AnomalyKind
  readonly openedAt: Date
}
/** One that no longer stands. */
export interface GoneRow extends OpenedRow {
  readonly outcome: Outcome
}
export interface Corrected {
  readonly how: Correction
  readonly at: Date
  readonly by: string | null
}
export interface CorrectedRow extends OpenedRow {
  readonly corrected: Corrected
}
export interface Compared {
  readonly opened: readonly OpenedRow[]
  readonly standing: readonly OpenedRow[]
  readonly gone: readonly OpenedRow[]
}

const keyOf = (accountId: string, grantId: string | null, kind: string) => `${accountId} ${grantId} ${kind}`
/**
 * Compares the rows written as open with the anomalies found now: opened meanwhile, still standing, gone.
 * The same facts always give the same answer, to the page, the correcting act or the nightly job (ACC-14).
 */
export const compare = (
  rows: readonly OpenedRow[],
  lines: readonly AccessFacts[],
  { today, idOf }: { today: string; idOf: (...words: (string | null)[]) => string },
): Compared => {
  const found = [...Map.groupBy(lines, l => l.accountId).values()].flatMap(own => anomaliesOf(own, today))
  const stands = new Set(found.map(({ kind, line }) => keyOf(line.accountId, line.grantId, kind)))
  const known = new Set(rows.map(r => keyOf(r.accountId, r.grantId, r.kind)))
  const { standing = [], gone = [] } = Object.groupBy(rows, r =>
    stands.has(keyOf(r.accountId, r.grantId, r.kind)) ? 'standing' : 'gone',
  )
  return {
    opened: found
      .filter(({ kind, line }) => !known.has(keyOf(line.accountId, line.grantId, kind)))
      .map(f => openedRow(f, idOf)),
    standing,
    gone,
  }
}
/** How and when one that is gone was corrected. `who` acts now, where the facts name nobody. */
export const correctionOf = (row: GoneRow, now: Date, today: string, who: string | null): CorrectedRow => {
  const { outcome: _, ...opened } = row
  return { ...opened, corrected: clamped(row, causeOf(row, now, today, who), now) }
}
const openedRow = (
  {
    kind,
    line: { organisationId, accountId, grantId, function: ofFunction, contractEndsOn, lastActAt, lastUsedOn },
    since,
  }: FoundAnomaly,
  idOf: (...words: (string | null)[]) => string,
): OpenedRow => ({
  id: idOf(accountId, grantId, kind, since.toISOString()),
  organisationId,
  accountId,
  grantId,
  kind,
  function: ofFunction,
  contractEndsOn,
  lastActAt,
  lastUsedOn,
  openedAt: since,
})

/** Never before it opened, nor to come: a transaction's clock and ours are two. */
const clamped = ({ openedAt }: OpenedRow, corrected: Corrected, now: Date): Corrected => ({
  ...corrected,
  at: corrected.at > now && now > openedAt ? now : corrected.at < openedAt ? openedAt : corrected.at,
})

const causeOf = (row: GoneRow, now: Date, today: string, who: string | null): Corrected => {
  const { outcome: o, kind } = row
  const byAct = (how: Correction, at: string | null): Corrected => ({
    how,
    at: at ? new Date(at) : now,
    by: who ?? o.act?.by ?? null,
  })
  const closed =
    o.status !== 'active' &&
    (o.revokedAt === null || (o.statusAt !== null && new Date(o.statusAt) <= new Date(o.revokedAt))) // an account takes its grants with it
  if (closed) return byAct(o.status === 'deleted' ? 'account-deleted' : 'account-suspended', o.statusAt)
  if (o.revokedAt)
    return { how: o.replaced ? 'grant-changed' : 'grant-ended', at: new Date(o.revokedAt), by: o.revokedBy }
  if (o.endsOn !== null && o.endsOn < today) return { how: 'grant-over', at: endOfDay(o.endsOn), by: null }
  if (kind === 'contract-over') return byAct('contract-extended', o.contractAt)
  if (kind === 'beyond-function')
    return o.functionSince && new Date(o.functionSince) > row.openedAt
      ? byAct('function-changed', o.functionSince)
      : gone(now)
  if (kind === 'beyond-territories') return { how: 'territories-given', at: now, by: null }
  if (kind === 'no-grant')
    return o.given ? { how: 'rights-given', at: new Date(o.given.at), by: o.given.by } : gone(now)
  if (kind === 'never-used' || kind === 'unused')
    return o.usedOn ? { how: 'used', at: endOfDay(addDays(o.usedOn, -1)), by: row.accountId } : gone(now)
  return (
    returned(row) ??
    (kind === 'never-seen' && o.ended
      ? { how: 'rights-ended', at: new Date(o.ended.at), by: o.ended.by }
      : kind === 'not-seen'
        ? worsened(row, now)
        : gone(now))
  )
}
const gone = (now: Date): Corrected => ({ how: 'gone', at: now, by: null })
/** The absent person acted again, or had their suspension lifted; the first of the two. */
const returned = ({ accountId, openedAt, outcome: { lastActAt, lifted } }: GoneRow): Corrected | null => {
  const acted =
    lastActAt && new Date(lastActAt) > openedAt
      ? { how: 'came-back' as const, at: new Date(lastActAt), by: accountId }
      : null
  return lifted && (!acted || new Date(lifted.at) <= acted.at)
    ? { how: 'lifted', at: new Date(lifted.at), by: lifted.by }
    : acted
}
const worsened = ({ lastActAt }: OpenedRow, now: Date): Corrected => ({
  how: 'worsened',
  at: lastActAt ? endOfDay(addMonths(parisDay(lastActAt), 2)) : now,
  by: null,
})
