import { remindLeaver } from '../../agreement/texts/remind-leaver.ts'
import type { Context } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { besidePerson, depart, type Gone, type PersonRow } from './people.queries.ts'

/**
 * Ends an account, its grants and its sessions, and reminds who leaves that confidentiality has no end (ACC-6, PRI-7).
 * Not of who manages accounts or signs for the structure: they are replaced first. Says the address too, which nothing
 * holds any more.
 */
export const endAccount = async (
  person: PersonRow,
  cause: string,
  reason: string,
  { db, now, today, newId }: Pick<Context, 'db' | 'now' | 'today' | 'newId'>,
): Promise<Gone & { email: string | null }> => {
  if (person.status === 'deleted') throw new Refused('person/gone')
  if (person.roles.some(role => role === 'rgc' || role === 'signataire')) throw new Refused('person/still-manager')
  const { email } = await besidePerson(db, person.id)
  const gone = await depart(db, person.id, cause, reason)
  if (email) await remindLeaver(db, { to: { address: email }, accountId: person.id, leavesOn: today }, { newId, now })
  return { ...gone, email }
}
