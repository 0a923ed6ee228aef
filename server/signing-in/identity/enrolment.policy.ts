import type { Verdict } from '../../platform/action.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { FirstEnrolment } from './factors.ts'

const freshMinutes = 10
const within = (instant: string | null, now: Date) =>
  instant !== null && now.getTime() - Date.parse(instant) <= freshMinutes * 60_000

const after = (instant: string, now: Date) => Date.parse(instant) > now.getTime()
export const firstIsOpen = (viewer: Viewer, first: FirstEnrolment | null, now: Date): boolean =>
  first !== null &&
  (after(first.openUntil, now) || first.sessions.some(s => s.id === viewer.sessionId && after(s.until, now)))

/**
 * The first second factor is enrolled on a first factor alone: nothing else exists yet.
 * It happens within three days of the opening, or in the session where the code handed over was typed.
 * The net in SQL is ctx.first_enrolment_open. Any later factor needs a recent proof, or a stolen session would keep a
 * way in.
 * A person without any here, who came by ProConnect's own, may enrol just after signing in.
 */
export const mayEnrol = (viewer: Viewer, enrolled: number, first: FirstEnrolment | null, now: Date): Verdict => {
  if (viewer.state === 'locked') return 'session/locked'
  if (viewer.state === 'second-factor-required')
    return enrolled > 0 ? 'second-factor/already' : firstIsOpen(viewer, first, now) ? true : 'second-factor/code-needed'
  return within(viewer.provenAt, now) || (enrolled === 0 && within(viewer.signedInAt, now))
    ? true
    : 'session/step-up-required'
}
