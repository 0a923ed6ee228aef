import type { departures } from '../../../contract/people-and-rights/people.ts'
import { remindLeaver } from '../../agreement/texts/remind-leaver.ts'
import type { Told } from '../../notifications/recipient-rules.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import type { Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { saveStatus } from '../accounts/accounts.queries.ts'
import type { Correcting } from '../anomalies/correcting.ts'
import { breachNotice, endedForBreachMail, statusMail } from './people.mails.ts'
import { besidePerson, depart, endSessionsOf, type Gone, type PersonRow } from './people.queries.ts'

// Acts on someone's account, for any caller: each act writes, tells, and answers its entry in the trail.

/** Cuts at once: the sessions end here, and ctx.enter opens no context of an account that is not active (ACC-12). */
export const suspend = async (accountId: string, reason: string, { db, now, newId }: Correcting): Promise<Entry> => {
  await saveStatus(db, accountId, 'suspended', reason)
  await endSessionsOf(db, accountId)
  await tellPerson(db, statusMail(accountId, 'suspended', reason), { newId, now })
  return { action: 'account.suspended', subject: ['account', accountId], detail: { reason } }
}

/**
 * Ends an account, its grants and its sessions, and reminds who leaves that confidentiality has no end (ACC-6, PRI-7).
 * Not of who manages accounts or signs for the structure: they are replaced first.
 */
export const end = async (
  person: PersonRow,
  cause: (typeof departures)[number],
  reason: string,
  during: Correcting,
): Promise<{ gone: Gone; told: Told | null; entry: Entry }> => {
  const { db, now, today, newId } = during
  if (person.status === 'deleted') throw new Refused('person/gone')
  if (person.roles.some(role => role === 'rgc' || role === 'signataire')) throw new Refused('person/still-manager')
  const { email } = await besidePerson(db, person.id) // nothing holds it once the account has ended
  const gone = await depart(db, person.id, cause, reason)
  if (email) await remindLeaver(db, { to: { address: email }, accountId: person.id, leavesOn: today }, { newId, now })
  const told = cause === 'breach' ? await tellOfBreach(person, email, reason, during) : null
  return {
    gone,
    told,
    entry: {
      action: cause === 'breach' ? 'account.ended-for-breach' : 'account.deleted',
      subject: ['account', person.id],
      detail: {
        cause,
        reason,
        grants: gone.grants,
        sessions: gone.sessions,
        erased: gone.erased,
        ...(told ? { told } : {}),
      },
    },
  }
}
const tellOfBreach = async (
  person: PersonRow,
  email: string | null,
  reason: string,
  { db, viewer, now, newId }: Correcting,
): Promise<Told> => {
  if (email) await tellPerson(db, endedForBreachMail(email, person.id, reason), { newId, now })
  return tellRoles(
    db,
    { organisationId: person.organisationId, but: [viewer.accountId] },
    breachNotice(person.id, viewer.organisationName),
    { newId, now },
  )
}
