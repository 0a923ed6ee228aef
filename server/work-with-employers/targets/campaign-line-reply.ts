import type { Static } from 'typebox'
import type { CampaignLine } from '../../../contract/work-with-employers/targets.ts'
import { siretText } from '../../platform/siret.ts'
import type { CampaignLineRow } from './campaign-lines.queries.ts'

type Reply = Static<typeof CampaignLine>

const side = (
  organisation: CampaignLineRow['organisation'],
  person: CampaignLineRow['by'],
): NonNullable<Reply['assignment']>['from'] => organisation && { organisation, person }

export const campaignLineReply = (row: CampaignLineRow): Reply => ({
  id: row.id,
  siret: siretText(row.siret),
  establishmentName: row.establishmentName,
  campaign: row.campaign,
  day: row.day,
  at: row.at.toISOString(),
  turn: row.turn,
  organisation: row.organisation,
  assignment:
    row.turn === 'assigned'
      ? {
          by: row.by,
          how: row.how as NonNullable<Reply['assignment']>['how'],
          from: side(row.fromOrganisation, row.fromPerson),
          to: side(row.toOrganisation, row.toPerson),
        }
      : null,
})
