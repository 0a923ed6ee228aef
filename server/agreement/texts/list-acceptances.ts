import * as contract from '../../../contract/agreement/texts.ts'
import { action } from '../../platform/action.ts'
import { allDocuments, ownAcceptances } from './documents.queries.ts'

export const listAcceptances = action(contract.listAcceptances, {
  load: async (_input, { db }) => {
    const [all, accepted] = await Promise.all([allDocuments(db), ownAcceptances(db)])
    return { accepted, texts: new Map(all.map(d => [d.id, d])) }
  },
  may: () => true,
  run: async ({ accepted, texts }) => ({
    items: accepted.map(({ documentId, hash, acceptedAt }) => {
      const { kind, tool, version, title } = texts.get(documentId)!
      return { documentId, kind, tool, version, title, hash, acceptedAt: acceptedAt.toISOString() }
    }),
    next: null,
  }),
})
