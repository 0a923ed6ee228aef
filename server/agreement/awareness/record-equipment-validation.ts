import * as contract from '../../../contract/agreement/awareness.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { mayRecordEquipment } from './awareness.policy.ts'
import { equipmentReply } from './awareness-reply.ts'
import { insertEquipment } from './equipment.queries.ts'

export const recordEquipmentValidation = action(contract.recordEquipmentValidation, {
  load: async () => undefined,
  may: mayRecordEquipment,
  run: async (_nothing, { body: { parts, validatedOn, note } }, { db, newId, now, today, viewer }) => {
    if (validatedOn > today) throw new Refused('equipment/in-future')
    const row = {
      id: newId(),
      organisationId: viewer.organisationId,
      hardware: parts.includes('materiel'),
      network: parts.includes('reseau'),
      secondFactor: parts.includes('second-facteur'),
      validatedOn,
      note: note.trim(),
      recordedBy: viewer.accountId,
      recordedAt: now,
    }
    await insertEquipment(db, row)
    return {
      reply: equipmentReply({
        ...row,
        organisationName: viewer.organisationName,
        organisationKind: viewer.organisationKind,
        byId: viewer.accountId,
        byName: `${viewer.givenName} ${viewer.familyName}`,
        byOrganisationId: viewer.organisationId,
      }),
      audit: [
        {
          action: 'equipment.validated',
          subject: ['organisation', viewer.organisationId],
          detail: { parts, validatedOn, note },
        },
      ],
    }
  },
})
