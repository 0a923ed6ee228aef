import { Type } from 'typebox'
import { Day } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { Campaign, CampaignParams } from './campaigns.ts'

const lifecycle = <const V extends string>(verb: V, summary: string) => ({
  method: 'POST' as const,
  path: `/campaigns/:campaignId/${verb}` as const,
  tag: 'Campagnes',
  summary,
  needs: 'campagnes:pilote' as const,
  params: CampaignParams,
  reply: Campaign,
})

export const openCampaign = defineRoute({
  ...lifecycle('open', 'Ouvrir la campagne : ses cibles lui sont réservées pour sa période'),
  refusals: [
    'campaign/pilot-only',
    'campaign/wrong-status',
    'campaign/no-target',
    'campaign/period-over',
    'campaign/period-too-long',
    'campaign/undecided-conflicts',
    'campaign/meeting-fixed',
    'session/step-up-required',
  ],
})

export const closeCampaign = defineRoute({
  ...lifecycle('close', 'Clore la campagne : ses cibles sont libérées'),
  refusals: ['campaign/pilot-only', 'campaign/wrong-status'],
})

export const reopenCampaign = defineRoute({
  ...lifecycle('reopen', 'Rouvrir une campagne close, avec un nouveau dernier jour si le sien est passé'),
  body: Type.Object({ endsOn: Type.Optional(Day) }),
  refusals: [
    'campaign/pilot-only',
    'campaign/wrong-status',
    'campaign/period-over',
    'campaign/period-reversed',
    'campaign/period-too-long',
    'campaign/undecided-conflicts',
    'campaign/meeting-fixed',
    'session/step-up-required',
  ],
})

export const archiveCampaign = defineRoute({
  ...lifecycle('archive', 'Archiver une campagne close'),
  refusals: ['campaign/pilot-only', 'campaign/wrong-status'],
})
