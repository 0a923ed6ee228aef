import * as contract from '../../contract/portal.ts'
import { action } from '../platform/action.ts'
import { listEquipment } from './people.queries.ts'
import { equipmentReply } from './portal-reply.ts'
import { mayRecordEquipment } from './portal.policy.ts'

export const listEquipmentValidations = action(contract.listEquipmentValidations, {
  load: (_input, { db }) => listEquipment(db), // row-level security chose the rows
  may: () => true,
  run: async (rows, _input, { viewer }) => {
    const items = rows.map(equipmentReply)
    const validated = new Set(items.filter(i => i.organisation.id === viewer.organisationId).flatMap(i => i.parts))
    return { items, lacking: contract.equipmentParts.filter(part => !validated.has(part)), allowed: mayRecordEquipment(viewer) === true ? ['record' as const] : [] }
  },
})
