import type { Static } from 'typebox'
import { refusals } from '../../../contract/refusals.ts'
import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { pastContactReply, plannedContactReply } from './exchange-reply.ts'
import { mayRead, mayRecord } from './exchanges.policy.ts'
import { countRecorded, establishmentPlace, lastRecorded } from './exchanges.queries.ts'
import { plannedAt } from './next-actions.queries.ts'

const shown = 10

export const getBeforeContact = action(contract.getBeforeContact, {
  load: async ({ params }, { db, today }) => {
    const siret = Number(params.siret)
    const [establishment, contacts, planned, thisMonth] = await Promise.all([
      establishmentPlace(db, siret),
      lastRecorded(db, siret, shown),
      plannedAt(db, siret, shown),
      countRecorded(db, siret, `${today.slice(0, 7)}-01`),
    ])
    return { establishment: found(establishment), contacts, planned, thisMonth }
  },
  // Refused rather than answered empty: "no contact" would be a lie where one may not see them.
  may: (viewer, { establishment }) => mayRead(viewer, establishment) || 'access/outside-perimeter',
  run: async ({ establishment, contacts, planned, thisMonth }, _input, context) => {
    const verdict = mayRecord(context.viewer, establishment)
    return {
      lastContacts: contacts.map(row => pastContactReply(row, context)),
      planned: planned.map(plannedContactReply),
      contactsThisMonth: thisMonth,
      mayRecord: verdict === true,
      whyNot: verdict === true ? null : refusals[verdict].detail,
    } satisfies Static<typeof contract.getBeforeContact.reply>
  },
})
