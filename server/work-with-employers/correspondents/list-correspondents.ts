import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { opens } from '../../platform/viewer.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { pairsAlike } from './alike-rules.ts'
import { correspondentReply } from './correspondent-reply.ts'
import { mayKeep } from './correspondents.policy.ts'
import { listCorrespondents as select } from './correspondents.queries.ts'
import { toldApart } from './merging.queries.ts'

export const listCorrespondents = action(contract.listCorrespondents, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [rows, establishment, apart] = await Promise.all([
      select(db, siret),
      establishmentPlace(db, siret),
      toldApart(db, siret),
    ])
    return { rows, establishment, apart, siret }
  },
  may: () => true, // row-level security chose the rows
  run: async ({ rows, establishment, apart, siret }, _input, context) => ({
    items: rows.map(row => correspondentReply(row, context, siret)),
    next: null,
    mayAdd:
      opens(context.viewer, 'interlocuteurs') &&
      establishment !== undefined &&
      mayKeep(context.viewer, establishment) === true,
    alike: pairsAlike(rows, apart),
  }),
})
