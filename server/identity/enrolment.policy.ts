import type { Verdict } from '../platform/action.ts'
import type { Viewer } from '../platform/viewer.ts'

const freshMinutes = 10
const within = (instant: string | null, now: Date) => instant !== null && now.getTime() - Date.parse(instant) <= freshMinutes * 60_000

/**
 * The first second factor may be enrolled on a first factor alone: there is nothing else yet. Any other needs one proven lately, or a stolen
 * session would keep a way in. Who has none here and came by ProConnect's own may enrol just after signing in.
 */
export const mayEnrol = (viewer: Viewer, enrolled: number, now: Date): Verdict => {
  if (viewer.state === 'locked') return 'session/locked'
  if (viewer.state === 'second-factor-required') return enrolled === 0 ? true : 'second-factor/already'
  return within(viewer.provenAt, now) || (enrolled === 0 && within(viewer.signedInAt, now)) ? true : 'session/step-up-required'
}
