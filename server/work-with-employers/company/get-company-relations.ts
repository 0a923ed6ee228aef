import type { Static } from 'typebox'
import * as contract from '../../../contract/work-with-employers/company.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { headOfficeBeside } from '../../territory-and-register/establishments/company.queries.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { mayRead } from '../exchanges/exchanges.policy.ts'
import { countRecordedBeside, establishmentPlace } from '../exchanges/exchanges.queries.ts'
import { relations } from './relations.ts'

const [mostHeld, most] = [
  { limit: 10, from: 0 },
  { limit: 5, from: 0 },
]

export const getCompanyRelations = action(contract.getCompanyRelations, {
  load: async ({ params }, context) => {
    const siret = Number(params.siret)
    const { db, today } = context
    const [
      establishment,
      held,
      heldElsewhere,
      contacts,
      planned,
      commitments,
      correspondents,
      contactsThisMonth,
      head,
    ] = await Promise.all([
      establishmentPlace(db, siret),
      relations.held.read(context, siret, mostHeld),
      relations.heldElsewhere.read(context, siret, mostHeld),
      relations.contacts.read(context, siret, most),
      relations.planned.read(context, siret, most),
      relations.commitments.read(context, siret, most),
      relations.correspondents.read(context, siret, most),
      countRecordedBeside(db, siret, `${today.slice(0, 7)}-01`),
      headOfficeBeside(db, siret),
    ])
    return {
      establishment: found(establishment),
      rows: { held, heldElsewhere, contacts, planned, commitments, correspondents },
      contactsThisMonth,
      head,
    }
  },
  // As before contacting: an empty answer would be a lie where one may not see contacts.
  may: (viewer, { establishment }) => mayRead(viewer, establishment) || 'access/outside-perimeter',
  run: async ({ rows, contactsThisMonth, head }, _input, context) => {
    const [held, heldElsewhere, contacts, planned, commitments, correspondents, offices] = await Promise.all([
      relations.held.reply(rows.held, context),
      relations.heldElsewhere.reply(rows.heldElsewhere, context),
      relations.contacts.reply(rows.contacts, context),
      relations.planned.reply(rows.planned, context),
      relations.commitments.reply(rows.commitments, context),
      relations.correspondents.reply(rows.correspondents, context),
      withEstablishments(context.db, head === null ? [] : [{ siret: head }], context.today),
    ])
    return {
      held: held as Static<typeof contract.HeldTarget>[],
      heldElsewhere: heldElsewhere as Static<typeof contract.HeldElsewhere>[],
      contacts,
      planned,
      commitments,
      correspondents,
      headOffice: offices[0]?.establishment ?? null,
      contactsThisMonth,
    }
  },
})
