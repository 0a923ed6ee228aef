import * as contract from '../../../contract/territory-and-register/establishments.ts'
import { action } from '../../platform/action.ts'
import { readCard } from './read-card.ts'

export const getEstablishment = action(contract.getEstablishment, {
  load: ({ params }, { db, today }) => readCard(db, Number(params.siret), today),
  may: () => true, // the register is public, what it does not diffuse is not stored; of what was typed, row-level security chooses
  run: async (cardFor, _, { viewer }) => cardFor(viewer),
})
