import { Type } from 'typebox'
import { Id, Instant, Line, Nullable } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { Result } from './exchanges.ts'

/** A campaign's own words for a result, counted as one of the base codes; retired rather than removed. */
export const CampaignResult = Type.Object({
  id: Id,
  label: Type.String(),
  base: Result,
  addedAt: Instant,
  retiredAt: Nullable(Instant),
  allowed: Type.Array(Type.Literal('retire')),
})

export const mostCampaignResults = 20
const CampaignParams = Type.Object({ campaignId: Id })
export const listCampaignResults = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/results',
  tag: 'Échanges',
  summary: 'Les résultats propres à une campagne, en cours puis retirés',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  reply: Type.Object({ items: Type.Array(CampaignResult), allowed: Type.Array(Type.Literal('add')) }),
})

export const addCampaignResult = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/results',
  tag: 'Échanges',
  summary: 'Ajouter un résultat propre à la campagne, compté comme un résultat commun',
  needs: 'campagnes:pilote',
  params: CampaignParams,
  body: Type.Object({ label: Line(60, 2), base: Result }),
  reply: CampaignResult,
  refusals: ['campaign/pilot-only', 'campaign/wrong-status', 'campaign-result/label-taken', 'campaign-result/too-many'],
})

export const retireCampaignResult = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/results/:resultId/retire',
  tag: 'Échanges',
  summary: 'Retirer un résultat propre : il n’est plus proposé, ce qui est enregistré le garde',
  needs: 'campagnes:pilote',
  params: Type.Object({ campaignId: Id, resultId: Id }),
  reply: CampaignResult,
  refusals: ['campaign/pilot-only', 'campaign/wrong-status', 'campaign-result/already-retired'],
})
