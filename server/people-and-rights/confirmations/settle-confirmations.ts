import * as contract from '../../../contract/people-and-rights/confirmations.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action, type Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { rolesOf } from '../accounts/accounts.queries.ts'
import { refuseLastOfficer, tellOfOfficer } from '../accounts/officers.ts'
import { type Correcting, correcting } from '../anomalies/correcting.ts'
import { settledMail } from './confirmations.mails.ts'
import { maySettle } from './confirmations.policy.ts'
import { type ConfirmationRow, findConfirmations, settle } from './confirmations.queries.ts'

/**
 * Settles all or none. A refusal ends the grant, or suspends the account and its sessions.
 * The asker and the person concerned are told.
 */
export const settleConfirmations = action(contract.settleConfirmations, {
  load: async ({ body }, { db }) => {
    const found = await findConfirmations(db, body.ids)
    if (found.length !== body.ids.length) throw new Refused('not-found')
    return found
  },
  may: (viewer, waiting) => waiting.map(one => maySettle(viewer, one)).find(verdict => verdict !== true) ?? true,
  run: async (waiting, { body: { outcome, ...body } }, context) => {
    const reason = body.reason.trim()
    const audit = await correcting(
      context,
      waiting.map(one => one.accountId),
      async during => {
        const entries: Entry[] = []
        for (const one of waiting) entries.push(await settleOne(one, outcome, reason, during))
        return entries
      },
    )
    return { reply: { settled: waiting.length }, audit: audit as [Entry, ...Entry[]] }
  },
})

const settleOne = async (
  { id, accountId, organisationId, askedById, why, grant }: ConfirmationRow,
  outcome: 'confirmed' | 'refused',
  reason: string,
  during: Correcting,
): Promise<Entry> => {
  const { db, now, newId } = during
  const suspends = outcome === 'refused' && grant === null
  if (suspends) await refuseLastOfficer(db, accountId, false)
  if (!(await settle(db, id, outcome, reason))) throw new Refused('confirmation/settled')
  for (const person of [accountId, askedById])
    await tellPerson(db, settledMail(person, accountId, why, outcome, reason), { newId, now })
  const officersTold = suspends
    ? await tellOfOfficer(
        { id: accountId, organisationId, roles: await rolesOf(db, accountId) },
        'suspended',
        reason,
        during,
      )
    : null
  return {
    action: outcome === 'confirmed' ? 'confirmation.confirmed' : 'confirmation.refused',
    subject: ['account', accountId],
    detail: { confirmation: id, why, askedBy: askedById, reason, ...(officersTold ? { officersTold } : {}) },
  }
}
