import type { departures } from '../../../contract/people-and-rights/people.ts'
import type { Told } from '../../notifications/recipient-rules.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import type { Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { saveStatus } from '../accounts/accounts.queries.ts'
import { refuseLastOfficer, tellOfOfficer } from '../accounts/officers.ts'
import type { Correcting } from '../anomalies/correcting.ts'
import { breachNotice, endedForBreachMail, liftedMail, statusMail } from './people.mails.ts'
import {
  besidePerson,
  depart,
  endSessionsOf,
  type Gone,
  lift as liftInactivity,
  type PersonRow,
} from './people.queries.ts'
import { remindLeaver } from './remind-leaver.ts'

// Acts on someone's account, for any caller: each act writes, tells, and answers its entry in the trail.

/** Cuts at once: the sessions end here, and ctx.enter opens no context of an account that is not active (ACC-12). */
export const suspend = async (
  person: Pick<PersonRow, 'id' | 'organisationId' | 'roles'>,
  reason: string,
  during: Correcting,
): Promise<Entry> => {
  const { db, now, newId } = during
  await refuseLastOfficer(db, person.id, false)
  await saveStatus(db, person.id, 'suspended', reason)
  await endSessionsOf(db, person.id)
  await tellPerson(db, statusMail(person.id, 'suspended', reason), { newId, now })
  const officersTold = await tellOfOfficer(person, 'suspended', reason, during)
  return {
    action: 'account.suspended',
    subject: ['account', person.id],
    detail: { reason, ...(officersTold ? { officersTold } : {}) },
  }
}

/** Other obstacles to grants (a contract over, inactivity) remain. */
export const resume = async (accountId: string, reason: string, { db, now, newId }: Correcting): Promise<Entry> => {
  await saveStatus(db, accountId, 'active', null)
  await tellPerson(db, statusMail(accountId, 'active', reason), { newId, now })
  return { action: 'account.resumed', subject: ['account', accountId], detail: { reason } }
}

/** Inactivity starts again from now. */
export const lift = async (accountId: string, reason: string, { db, now, newId }: Correcting): Promise<Entry> => {
  if (!(await liftInactivity(db, accountId, reason))) throw new Refused('person/already')
  await tellPerson(db, liftedMail(accountId, reason), { newId, now })
  return { action: 'account.inactivity-lifted', subject: ['account', accountId], detail: { reason } }
}

/**
 * Ends an account, its grants and its sessions, and reminds who leaves that confidentiality has no end (ACC-6, PRI-7).
 * Not of who manages accounts or signs for the structure: they are replaced first. `address`: where it is known apart.
 */
export const end = async (
  person: Pick<PersonRow, 'id' | 'organisationId' | 'status' | 'isStillManager' | 'roles'>,
  cause: (typeof departures)[number],
  reason: string,
  during: Correcting,
  address?: string | null,
): Promise<{ gone: Gone; told: Told | null; entry: Entry }> => {
  const { db, now, today, newId } = during
  if (person.status === 'deleted') throw new Refused('person/gone')
  if (person.isStillManager || person.roles.includes('signataire')) throw new Refused('person/still-manager')
  await refuseLastOfficer(db, person.id, true)
  // Nothing holds it once the account has ended. Whoever is of another structure does not read it here.
  const email = address === undefined ? (await besidePerson(db, person.id)).email : address
  const gone = await depart(db, person.id, cause, reason)
  if (email)
    await remindLeaver(
      db,
      { to: { address: email }, accountId: person.id, cause: 'account', leavesOn: today },
      { newId, now },
    )
  const told = cause === 'breach' ? await tellOfBreach(person, email, reason, during) : null
  const officersTold = await tellOfOfficer(person, 'ended', reason, during)
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
        ...(officersTold ? { officersTold } : {}),
      },
    },
  }
}
const tellOfBreach = async (
  person: Pick<PersonRow, 'id' | 'organisationId'>,
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
