import type { Static } from 'typebox'
import * as contract from '../../../contract/work-with-employers/company.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { commitmentsBeside } from '../commitments/committed.queries.ts'
import { correspondentsBeside } from '../correspondents/correspondents.queries.ts'
import { pastContactReply, plannedContactReply } from '../exchanges/exchange-reply.ts'
import { mayRead } from '../exchanges/exchanges.policy.ts'
import { countRecordedBeside, establishmentPlace, lastRecordedBeside } from '../exchanges/exchanges.queries.ts'
import { plannedBeside } from '../exchanges/next-actions.queries.ts'
import { heldInCompany } from './company.queries.ts'

const [mostHeld, mostContacts] = [10, 5]

export const getCompanyRelations = action(contract.getCompanyRelations, {
  load: async ({ params }, { db, today }) => {
    const siret = Number(params.siret)
    const [establishment, held, contacts, planned, commitments, correspondents, contactsThisMonth] = await Promise.all([
      establishmentPlace(db, siret),
      heldInCompany(db, siret, mostHeld),
      lastRecordedBeside(db, siret, mostContacts),
      plannedBeside(db, siret, mostContacts),
      commitmentsBeside(db, siret, today, mostContacts),
      correspondentsBeside(db, siret, mostContacts),
      countRecordedBeside(db, siret, `${today.slice(0, 7)}-01`),
    ])
    return {
      establishment: found(establishment),
      held,
      contacts,
      planned,
      commitments,
      correspondents,
      contactsThisMonth,
    }
  },
  // As before contacting: an empty answer would be a lie where one may not see contacts.
  may: (viewer, { establishment }) => mayRead(viewer, establishment) || 'access/outside-perimeter',
  run: async ({ held, contacts, planned, commitments, correspondents, contactsThisMonth }, _input, context) => {
    const { db, today } = context
    const withLines = <Row extends { readonly siret: number }>(rows: readonly Row[]) =>
      withEstablishments(db, rows, today)
    const [heldAt, contactsAt, plannedAt, commitmentsAt, correspondentsAt] = await Promise.all([
      withLines(held),
      withLines(contacts.map(row => ({ siret: row.siret, ...pastContactReply(row, context) }))),
      withLines(planned.map(row => ({ siret: row.siret, ...plannedContactReply(row) }))),
      withLines(commitments),
      withLines(correspondents),
    ])
    return {
      held: heldAt as Static<typeof contract.HeldTarget>[],
      contacts: contactsAt,
      planned: plannedAt,
      commitments: commitmentsAt,
      correspondents: correspondentsAt,
      contactsThisMonth,
    }
  },
})
