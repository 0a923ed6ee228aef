import * as contract from '../../../contract/agreement/texts.ts'
import { action } from '../../platform/action.ts'
import { concerning, heldTools } from './conditions-rules.ts'
import { allDocuments, documentBodies, ownAcceptances } from './documents.queries.ts'
import { documentReply } from './texts-reply.ts'

export const listConditions = action(contract.listConditions, {
  load: async (_input, { db }) => {
    const [all, bodies, accepted] = await Promise.all([allDocuments(db), documentBodies(db), ownAcceptances(db)])
    return { all, bodies, accepted: new Map(accepted.map(a => [a.documentId, a.acceptedAt.toISOString()])) }
  },
  may: () => true,
  run: async ({ all, bodies, accepted }, _input, { viewer, now }) => {
    const items = concerning(all, heldTools(viewer), now).map(d => ({
      ...documentReply(d),
      body: bodies.get(d.version.id) ?? '',
      acceptedAt: accepted.get(d.version.id) ?? null,
    }))
    return { items, toAccept: items.filter(i => i.acceptedAt === null).length }
  },
})
