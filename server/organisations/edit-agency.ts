import * as contract from '../../contract/habilitations.ts'
import { action } from '../platform/action.ts'
import { found, Refused } from '../platform/errors.ts'
import { findAgency, lockAgency, saveAgency, territoriesKnown } from './structure.queries.ts'

export const editAgency = action(contract.editAgency, {
  load: async ({ params, body }, { db }) => ({ agency: found(await lockAgency(db, params.agencyId)), known: await territoriesKnown(db, body.territories) }),
  may: () => true,
  run: async ({ agency, known }, { body }, { db }) => {
    if (!known) throw new Refused('territory/unknown')
    const after = { name: body.name.trim(), territories: body.territories }
    await saveAgency(db, agency.id, after.name, after.territories)
    return { reply: (await findAgency(db, agency.id))!, audit: [{ action: 'agency.edited', subject: ['agency', agency.id], detail: { before: { name: agency.name, territories: agency.territories.map(t => t.id) }, after } }] }
  },
})
