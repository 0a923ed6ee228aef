import type { releaseSides } from '../../../contract/people-and-rights/releases.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { isAsker, isFormer, isJudge, type Release } from './releases.policy.ts'

export type Side = (typeof releaseSides)[number]

/** As what the viewer reads it; null: not at all. The SQL twin is ctx.releases_shown. */
export const sideOf = (viewer: Viewer, release: Release): Side | null =>
  isJudge(viewer, release)
    ? 'officer'
    : isFormer(viewer, release)
      ? 'former'
      : isAsker(viewer, release)
        ? 'asker'
        : null
