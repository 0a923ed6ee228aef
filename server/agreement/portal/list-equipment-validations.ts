import * as contract from '../../../contract/agreement/portal.ts'
import { action } from '../../platform/action.ts'
import { listEquipment, ownEquipment } from './people.queries.ts'
import { mayRecordEquipment } from './portal.policy.ts'
import { equipmentReply, partsOf } from './portal-reply.ts'

export const listEquipmentValidations = action(contract.listEquipmentValidations, {
  load: async (_input, { db }) => {
    const [rows, own] = await Promise.all([listEquipment(db), ownEquipment(db)]) // row-level security chose the rows
    return { rows, own }
  },
  may: () => true,
  run: async ({ rows, own }, _input, { viewer }) => {
    const validated = partsOf(own)
    return {
      items: rows.map(equipmentReply),
      lacking: contract.equipmentParts.filter(part => !validated.includes(part)),
      allowed: mayRecordEquipment(viewer) === true ? ['record' as const] : [],
    }
  },
})
