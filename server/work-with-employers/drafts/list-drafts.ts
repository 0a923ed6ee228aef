import * as contract from '../../../contract/work-with-employers/drafts.ts'
import { action } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import { savedReply } from './draft-reply.ts'
import { ownDrafts } from './drafts.queries.ts'

export const listDrafts = action(contract.listDrafts, {
  load: async (_input, { db }) => ownDrafts(db, contract.mostDrafts),
  may: () => true, // row-level security chose the rows
  run: async (drafts, _input, context) => ({
    items: drafts.map(draft => ({
      ...savedReply(draft, context),
      siret: draft.siret === null ? null : siretText(draft.siret),
      establishmentName: draft.establishmentName,
    })),
  }),
})
