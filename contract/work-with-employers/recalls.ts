import { Type } from 'typebox'
import { Id, oneOf } from '../common.ts'
import { defineRoute } from '../route.ts'

const tag = 'Campagnes'
const params = Type.Object({ campaignId: Id })
/** Days without anything done on a target that someone holds: the least and the most of each delay. */
export const recallDays = {
  ownerDays: { minimum: 3, maximum: 180 },
  leadDays: { minimum: 4, maximum: 364 },
  pilotDays: { minimum: 5, maximum: 365 },
} as const
const Delays = {
  ownerDays: Type.Integer(recallDays.ownerDays),
  leadDays: Type.Integer(recallDays.leadDays),
  pilotDays: Type.Integer(recallDays.pilotDays),
}
export const Recalls = Type.Object({
  ...Delays,
  ofCampaign: Type.Boolean({ description: 'Fixés par la campagne ; sinon, ceux du service' }),
  version: Type.Integer({ description: '0 tant que la campagne suit ceux du service' }),
  allowed: Type.Array(oneOf(['set'])),
})

export const getRecalls = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/recalls',
  tag,
  summary: 'Après combien de jours sans nouvelles d’une cible sont relancés qui la tient, ses responsables, le pilote',
  needs: 'campagnes:consultation',
  params,
  reply: Recalls,
})

export const setRecalls = defineRoute({
  method: 'PUT',
  path: '/campaigns/:campaignId/recalls',
  tag,
  summary: 'Fixer les délais de relance de la campagne',
  needs: 'campagnes:pilote',
  params,
  versioned: true,
  body: Type.Object(Delays),
  reply: Recalls,
  refusals: ['campaign/pilot-only', 'campaign/not-open', 'recalls/out-of-order'],
})
