import * as contract from '../../../contract/people-and-rights/people.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { isSharedMailbox } from '../../platform/nominative-rules.ts'
import { invite } from '../../signing-in/invitations/invitation.ts'
import { addressesTaken, mailboxesTaken, openAccounts } from '../accounts/accounts.queries.ts'
import { attach } from '../accounts/person-rules.ts'
import { toConfirmNotice } from '../confirmations/confirmations.mails.ts'
import { accountsWaiting } from '../confirmations/confirmations.queries.ts'
import { findThirdParty } from '../organisations/structure.queries.ts'
import { welcomeMail } from './people.mails.ts'
import { personNow } from './person-reply.ts'

/**
 * Opens an account (ACC-1) under the person's own address. A query first checks that the address is free.
 * Its unique index decides between two openings at once.
 */
export const createPerson = action(contract.createPerson, {
  load: async ({ body }, { db }) => {
    const [third, taken, sameMailbox] = await Promise.all([
      body.thirdPartyId ? findThirdParty(db, body.thirdPartyId) : undefined,
      addressesTaken(db, [body.email]),
      mailboxesTaken(db, [body.email]),
    ])
    return { third, taken: taken.length > 0, mailboxOwner: sameMailbox[0]?.accountId }
  },
  may: () => true, // the role is asked by the route; row-level security keeps to one's own organisation
  run: async ({ third, taken, mailboxOwner }, { body }, context) => {
    const { db, viewer, now, today, newId } = context
    const identity = {
      givenName: body.givenName.trim(),
      familyName: body.familyName.trim(),
      function: body.function.trim(),
    }
    if (isSharedMailbox(body.email, identity)) throw new Refused('person/shared-mailbox')
    if (taken) throw new Refused('person/address-taken')
    if (mailboxOwner === viewer.accountId) throw new Refused('person/own-mailbox')
    if (mailboxOwner) throw new Refused('person/mailbox-taken')
    const attached = attach(body, third, today)
    if (typeof attached === 'string') throw new Refused(attached)
    const id = newId()
    const opened = await openAccounts(db, [
      {
        id,
        organisationId: viewer.organisationId,
        ...identity,
        ...attached,
        thirdPartyId: attached.attachment === 'agent' ? null : third!.id,
        email: body.email,
        createdAt: now,
      },
    ])
    if (!opened)
      throw new Refused(
        (await mailboxesTaken(db, [body.email])).length > 0 ? 'person/mailbox-taken' : 'person/address-taken',
      )
    const waits = (await accountsWaiting(db, [id])).length > 0
    await tellPerson(db, welcomeMail(id, viewer.organisationName, waits, await invite(db, id, newId)), { newId, now })
    const told = waits
      ? await tellRoles(
          db,
          { organisationId: viewer.organisationId, but: [viewer.accountId] },
          toConfirmNotice({ accounts: [id] }),
          { newId, now },
        )
      : null
    return {
      reply: { ...(await personNow(context, id)), told },
      audit: [
        {
          action: 'account.opened',
          subject: ['account', id],
          detail: {
            ...identity,
            ...attached,
            thirdParty: third?.id ?? null,
            email: body.email.toLowerCase(),
            ...(told ? { waits, told } : {}),
          },
        },
      ],
    }
  },
})
