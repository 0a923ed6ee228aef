import * as contract from '../../../contract/agreement/access-requests.ts'
import type { Reply } from '../../../contract/route.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action, type Context, type Done } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { isSharedMailbox, trimmedIdentity } from '../../platform/nominative-rules.ts'
import { invite } from '../../signing-in/invitations/invitation.ts'
import { findPerson } from '../awareness/awareness.queries.ts'
import {
  type Designated,
  designatedRequester,
  endRequester,
  insertRequester,
  requesterOfAddress,
} from './access-requests.queries.ts'
import { requesterMail } from './tools.mails.ts'
import { mayDesignate } from './tools.policy.ts'

/** Replaces whoever was designated, tells the person, and says whether their account was opened for that. */
const designated = async (
  before: Designated | undefined,
  accountId: string,
  { db, newId, now, viewer }: Context,
  invitation: string | null,
): Promise<Done<Reply<typeof contract.designateRequester>>> => {
  const person = await findPerson(db, accountId)
  if (!person || person.organisationId !== viewer.organisationId || person.status !== 'active')
    throw new Refused('account/unknown')
  if (before) await endRequester(db, before.id, now)
  const row = {
    id: newId(),
    organisationId: viewer.organisationId,
    accountId: person.id,
    designatedBy: viewer.accountId,
    designatedAt: now,
  }
  if ((await insertRequester(db, row)) === 0) throw new Refused('request/changed-meanwhile')
  if (person.id !== viewer.accountId)
    await tellPerson(db, requesterMail(person.id, viewer.organisationName, invitation), { newId, now })
  return {
    reply: {
      person: { id: person.id, name: person.name, organisationId: person.organisationId },
      since: now.toISOString(),
    },
    audit: [
      {
        action: 'access-requester.designated',
        subject: ['organisation', viewer.organisationId],
        detail: { accountId: person.id, replaced: before?.accountId ?? null, opened: invitation !== null },
      },
    ],
  }
}

export const designateRequester = action(contract.designateRequester, {
  load: async (_input, { db }) => ({ before: await designatedRequester(db, { lock: true }) }),
  may: mayDesignate,
  run: ({ before }, { body: { accountId } }, context) => designated(before, accountId, context, null),
})

/** POR-7: who has no account yet is designated all the same; the account is theirs, and opens nothing. */
export const designateNewcomer = action(contract.designateNewcomer, {
  load: async (_input, { db }) => ({ before: await designatedRequester(db, { lock: true }) }),
  may: mayDesignate,
  run: async ({ before }, { body }, context) => {
    const identity = trimmedIdentity(body)
    if (isSharedMailbox(identity.email, identity)) throw new Refused('person/shared-mailbox')
    const accountId = await requesterOfAddress(context.db, { id: context.newId(), ...identity })
    if (accountId === null) throw new Refused('person/address-taken')
    return designated(
      before,
      accountId,
      context,
      await invite(context.db, accountId, context.newId, '/demandes-d-acces'),
    )
  },
})
