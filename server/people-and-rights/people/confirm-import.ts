import * as contract from '../../../contract/people-and-rights/people.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action, type Entry } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { inviteAll } from '../../signing-in/invitations/invitation.ts'
import { addressesTaken, openAccounts } from '../accounts/accounts.queries.ts'
import { toConfirmNotice } from '../confirmations/confirmations.mails.ts'
import { accountsWaiting } from '../confirmations/confirmations.queries.ts'
import { lockImport, saveConfirmed } from './imports.queries.ts'
import { welcomeMail } from './people.mails.ts'

/**
 * All or none, in one transaction. Confirmed twice, it answers what the first one did. An address taken since the check
 * makes the file stale: it is checked again.
 */
export const confirmImport = action(contract.confirmImport, {
  load: async ({ params }, { db }) => {
    const checked = found(await lockImport(db, params.importId))
    const people = checked.people.filter(p => p.outcome === 'new')
    return {
      checked,
      people,
      taken: people.length
        ? await addressesTaken(
            db,
            people.map(p => p.email),
          )
        : [],
    }
  },
  may: () => true,
  run: async ({ checked, people, taken }, _input, { db, viewer, now, newId }) => {
    if (checked.confirmedAt)
      return {
        reply: { created: checked.created!, waiting: 0, told: null },
        audit: [{ action: 'accounts.file-confirmed-again', subject: ['account-import', checked.id] }],
      }
    if (checked.people.some(p => p.outcome === 'error')) throw new Refused('import/has-errors')
    if (taken.length > 0 || now.getTime() - checked.checkedAt.getTime() > 86_400_000) throw new Refused('import/stale')
    const accounts = people.map(
      ({ givenName, familyName, email, function: job, attachment, thirdPartyId, contractEndsOn }) => ({
        id: newId(),
        organisationId: viewer.organisationId,
        givenName,
        familyName,
        email,
        function: job,
        attachment,
        thirdPartyId,
        contractEndsOn,
        createdAt: now,
      }),
    )
    if (!(await openAccounts(db, accounts))) throw new Refused('import/stale')
    const waiting = await accountsWaiting(
      db,
      accounts.map(a => a.id),
    )
    const [waits, invitations] = [
      new Set(waiting),
      await inviteAll(
        db,
        accounts.map(a => a.id),
        newId,
      ),
    ]
    for (const { id } of accounts)
      await tellPerson(db, welcomeMail(id, viewer.organisationName, waits.has(id), invitations.get(id) ?? null), {
        newId,
        now,
      })
    const told =
      waiting.length > 0
        ? await tellRoles(
            db,
            { organisationId: viewer.organisationId, but: [viewer.accountId] },
            toConfirmNotice({ accounts: waiting }),
            { newId, now },
          )
        : null
    await saveConfirmed(db, checked.id, accounts.length, now)
    const opened = accounts.map(
      ({ id, organisationId: _o, createdAt: _c, ...detail }): Entry => ({
        action: 'account.opened',
        subject: ['account', id],
        detail: { ...detail, import: checked.id },
      }),
    )
    return {
      reply: { created: accounts.length, waiting: waiting.length, told },
      audit: [
        {
          action: 'accounts.file-confirmed',
          subject: ['account-import', checked.id],
          detail: { created: accounts.length, waiting: waiting.length, ...(told ? { told } : {}) },
        },
        ...opened,
      ],
    }
  },
})
