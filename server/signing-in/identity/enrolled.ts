import { tellPerson } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { enrolledMail } from './factor-mails.ts'
import { proven } from './proof.ts'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'
import { replaceRecoveryCodes, unusedRecoveryCodes } from './second-factors.queries.ts'

/**
 * Follows a new factor. It gives recovery codes where none are left.
 * A session that lacked its second factor has it proven.
 */
export const enrolled = async (context: Context, kind: 'totp' | 'passkey', factorId: string, label: string) => {
  const { db, viewer, newId, now } = context
  const recoveryCodes = (await unusedRecoveryCodes(db)) === 0 ? newRecoveryCodes() : []
  if (recoveryCodes.length) await replaceRecoveryCodes(db, viewer.accountId, recoveryCodes.map(recoveryCodeHash))
  const mail = await tellPerson(db, enrolledMail(viewer.accountId, kind, label), { newId, now })
  const entry: Entry = {
    action: 'second-factor.enrolled',
    subject: ['second-factor', factorId],
    detail: { kind, accountId: viewer.accountId, recoveryCodes: recoveryCodes.length, mail },
  }
  if (viewer.state !== 'second-factor-required')
    return { reply: { state: viewer.state, recoveryCodes }, audit: [entry] as const }
  const { state, audit, sessionToken } = await proven(context, kind)
  return { reply: { state, recoveryCodes }, audit: [entry, ...audit] as const, sessionToken }
}
