import * as contract from '../../../contract/work-with-employers/sharing.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { listAssignments as select } from '../campaigns/assignments.queries.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { targetById } from '../campaigns/targets.queries.ts'
import type { Sharing } from './sharing-rules.ts'

export const listAssignments = action(contract.listAssignments, {
  load: async ({ params: { campaignId, siret } }, { db, today }) => {
    const [campaign, target, rows] = await Promise.all([
      plainCampaign(db, campaignId),
      targetById(db, campaignId, Number(siret), today),
      select(db, campaignId, Number(siret)),
    ])
    found(target)
    return { campaign: found(campaign), rows }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ rows }) => ({
    items: rows.map(row => ({
      at: row.at.toISOString(),
      by: { id: row.byId, name: row.byName, organisationId: row.byOrganisationId },
      how: row.how as Sharing['how'] | null,
      reason: row.reason,
      undone: row.undone,
      from: side(row.fromOrganisation, row.fromId, row.fromName),
      to: side(row.toOrganisation, row.toId, row.toName),
    })),
  }),
})
const side = (
  organisation: { id: string; name: string; kind: string } | null,
  id: string | null,
  name: string | null,
) => organisation && { organisation, person: id && name ? { id, name, organisationId: organisation.id } : null }
