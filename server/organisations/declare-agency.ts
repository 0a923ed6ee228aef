import * as contract from '../../contract/habilitations.ts'
import { action } from '../platform/action.ts'
import { Refused } from '../platform/errors.ts'
import { findAgency, insertAgency, territoriesKnown } from './structure.queries.ts'

export const declareAgency = action(contract.declareAgency, {
  load: async ({ body }, { db }) => territoriesKnown(db, body.territories),
  may: () => true,
  run: async (known, { body }, { db, viewer, newId }) => {
    if (!known) throw new Refused('territory/unknown')
    const id = newId()
    const agency = { id, name: body.name.trim(), territories: body.territories }
    await insertAgency(db, { ...agency, organisationId: viewer.organisationId })
    return { reply: (await findAgency(db, id))!, audit: [{ action: 'agency.declared', subject: ['agency', id], detail: agency }] }
  },
})
