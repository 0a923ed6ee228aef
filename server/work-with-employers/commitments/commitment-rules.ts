import { Refused } from '../../platform/errors.ts'

export interface Dates {
  readonly since: string
  readonly until: string | null
}
export interface Known extends Dates {
  readonly withdrawnAt: Date | null
}

/** Days of Paris. The last day is one of the commitment. */
export const isOver = ({ until }: Dates, today: string): boolean => until !== null && until < today

/** Holds on a day. The SQL twin is commitments_holding. */
export const holdsOn = (commitment: Known, day: string): boolean =>
  commitment.withdrawnAt === null && commitment.since <= day && !isOver(commitment, day)

export const checkDates = ({ since, until }: Dates, today: string): void => {
  if (since > today) throw new Refused('commitment/since-in-future')
  if (until !== null && until < since) throw new Refused('commitment/until-before-since')
}

/** It ended: between its first day and today. */
export const checkEnding = (commitment: Dates, until: string, today: string): void => {
  if (isOver(commitment, today)) throw new Refused('commitment/over')
  if (until < commitment.since || until > today) throw new Refused('commitment/end-outside')
}

/** A retired kind stays where it is noted, and is noted nowhere else. */
export const checkKind = (
  kind: { readonly id: string; readonly retiredAt: Date | null } | undefined,
  current?: string,
): void => {
  if (!kind) throw new Refused('commitment/kind-unknown')
  if (kind.retiredAt && kind.id !== current) throw new Refused('commitment/kind-retired')
}
