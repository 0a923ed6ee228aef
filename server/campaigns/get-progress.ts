import * as contract from '../../contract/campaigns.ts'
import { action } from '../platform/action.ts'
import { found } from '../platform/errors.ts'
import { mayRead } from './campaigns.policy.ts'
import { campaignById, progressByOrganisation } from './campaigns.queries.ts'
import { countByStatus } from './targets.queries.ts'

export const getProgress = action(contract.getProgress, {
  load: async ({ params: { campaignId } }, { db, today }) => {
    const [campaign, statuses, byOrganisation] = await Promise.all([campaignById(db, campaignId, today), countByStatus(db, campaignId), progressByOrganisation(db, campaignId)])
    return { campaign: found(campaign), counts: new Map(statuses.map(({ status, count }) => [status, count])), byOrganisation }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ campaign, counts, byOrganisation }, _input, { now }) => ({
    targets: campaign.counts.targets, contacted: campaign.counts.contacted, setAside: counts.get('ecarte') ?? 0, goal: campaign.goals.find(({ kind }) => kind === 'etablissements-contactes')?.value ?? null,
    byStatus: contract.targetStatuses.map(status => ({ status, count: counts.get(status) ?? 0 })), byOrganisation, asOf: now.toISOString(),
  }),
})
