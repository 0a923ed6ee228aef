import * as contract from '../../../contract/agreement/awareness.ts'
import { action } from '../../platform/action.ts'
import { mayRecordEquipment } from './awareness.policy.ts'
import { equipmentReply, partsOf } from './awareness-reply.ts'
import { listEquipment, ownEquipment } from './equipment.queries.ts'

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
