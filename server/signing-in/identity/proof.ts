import type { RefusalCode } from '../../../contract/refusals.ts'
import { tellPerson } from '../../notifications/tell.ts'
import type { Context, Done, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { guessedMail } from './factor-mails.ts'
import { proveSession } from './identity.queries.ts'
import { delaySeconds, isTold, passkeyOnly } from './second-factor-delay-rules.ts'
import { type Failures, setFailures } from './second-factors.queries.ts'
import { digest, newToken } from './session-token.ts'

type Way = 'totp' | 'passkey' | 'recovery-code'

/** Guesses are not even looked at during the delay. */
export const refuseWhileWaiting = ({ waitUntil }: Failures, now: Date) => {
  const left = waitUntil ? Math.ceil((waitUntil.getTime() - now.getTime()) / 1000) : 0
  if (left > 0) throw new Refused('second-factor/wait', { retryAfterSeconds: left, facts: { retryAfterSeconds: left } })
}

/** The same for what proves a factor: after too many, codes no longer do. */
export const refuseGuesses = (failures: Failures, now: Date) => {
  if (passkeyOnly(failures.failures)) throw new Refused('second-factor/passkey-only')
  refuseWhileWaiting(failures, now)
}

/**
 * Counts a wrong answer, tells the delay if any, and leaves a line in the trail. All are kept although the person is
 * refused.
 */
export const wrongAnswer = async (
  context: Context,
  way: Way,
  failures: Failures | null,
  code: RefusalCode,
): Promise<Done<never>> => {
  const { db, now, newId, viewer } = context
  const count = (failures?.failures ?? 0) + 1
  const delay = failures ? delaySeconds(count) : 0
  if (failures) await setFailures(db, viewer.accountId, count, delay ? new Date(now.getTime() + delay * 1000) : null)
  const mail =
    failures && isTold(count) ? await tellPerson(db, guessedMail(viewer.accountId, count), { newId, now }) : null
  return {
    reply: undefined as never,
    audit: [
      {
        action: 'second-factor.failed',
        subject: ['account', viewer.accountId],
        detail: { way, sessionId: viewer.sessionId, inARow: failures ? count : null, ...(mail ? { mail } : {}) },
      },
    ],
    refusal: delay
      ? new Refused('second-factor/wait', { retryAfterSeconds: delay, facts: { retryAfterSeconds: delay } })
      : new Refused(code),
  }
}

/**
 * The session gains what it lacked (second factor, presence, recent proof), under another token.
 */
export const proven = async (context: Context, way: Way, more: readonly Entry[] = []) => {
  const { db, now, viewer, request } = context
  const token = newToken()
  const [isProven] = await Promise.all([
    proveSession(db, request.tokenHash, way, now, digest(token)),
    setFailures(db, viewer.accountId, 0, null),
  ])
  if (!isProven) throw new Refused('session/required')
  const purpose =
    viewer.state === 'active'
      ? 'session.stepped-up'
      : viewer.state === 'locked'
        ? 'session.unlocked'
        : 'session.second-factor-proven'
  const entry: Entry = { action: purpose, subject: ['session', viewer.sessionId], detail: { way } }
  return { state: 'active' as const, audit: [entry, ...more] as const, sessionToken: token }
}
