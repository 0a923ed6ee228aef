import { hearingDays } from '../../../contract/people-and-rights/releases.ts'
import type { Verdict } from '../../platform/action.ts'
import { holdsRole, isOfficerOf, type Viewer } from '../../platform/viewer.ts'

/** What its reader may know of it: who stands on the other side is null. */
export interface Release {
  readonly accountId: string | null
  readonly formerId: string | null
  readonly askerId: string | null
  readonly askedById: string | null
  readonly toldAt: Date | null
  readonly contestedAt: Date | null
  readonly settledAt: Date | null
  /** Account managers of the former structure who can act for that person today. */
  readonly otherManagers: number
}

/** Security officer of the former structure, when it is not their own (0027), who did not ask for it. */
export const isJudge = (viewer: Viewer, { formerId, askedById }: Release): boolean =>
  formerId !== null &&
  formerId !== viewer.organisationId &&
  askedById !== viewer.accountId &&
  isOfficerOf(viewer, formerId)
export const isFormer = (viewer: Viewer, { accountId, formerId }: Release): boolean =>
  formerId === viewer.organisationId && accountId !== viewer.accountId && holdsRole(viewer, 'rgc', 'signataire')
export const isAsker = (viewer: Viewer, { askerId }: Release): boolean =>
  askerId === viewer.organisationId && holdsRole(viewer, 'rgc')

/** The structure that asked. The SQL twin is ctx.withdrawable_releases. */
export const mayWithdraw = (viewer: Viewer, release: Release): Verdict => {
  if (!isAsker(viewer, release)) return 'release/not-yours'
  return release.settledAt === null || 'release/settled'
}
/** The former structure, once. The SQL twin is ctx.contestable_releases. */
export const mayContest = (viewer: Viewer, release: Release): Verdict => {
  if (!isFormer(viewer, release)) return 'release/not-yours'
  if (release.settledAt !== null) return 'release/settled'
  return release.contestedAt === null || 'release/contested'
}
/** Refuses it: the security officer. The SQL twin is ctx.settleable_releases. */
export const maySettle = (viewer: Viewer, release: Release): Verdict => {
  if (!isJudge(viewer, release)) return 'release/not-yours'
  return release.settledAt === null || 'release/settled'
}
const dayInMilliseconds = 86_400_000
/** When the former structure is heard: null until it was written to. It answered, had three days, or nobody can. */
export const heardFrom = ({ contestedAt, otherManagers, toldAt }: Release, now: Date): Date | null =>
  contestedAt !== null || otherManagers === 0
    ? now
    : toldAt && new Date(toldAt.getTime() + hearingDays * dayInMilliseconds)
/** The SQL twin is ctx.release_heard. */
export const isHeard = (release: Release, now: Date): boolean => {
  const from = heardFrom(release, now)
  return from !== null && from <= now
}
/** Releases it: the security officer, once the former structure is heard. The SQL twin is ctx.releasable_releases. */
export const mayRelease = (viewer: Viewer, release: Release, now: Date): Verdict => {
  const settles = maySettle(viewer, release)
  if (settles !== true) return settles
  return isHeard(release, now) || 'release/hear-first'
}
