import { Type } from 'typebox'
import { Day, Id, Line, Nullable, oneOf, Siret, TerritoryId, TerritoryRef, Text } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute } from '../route.ts'
import { Reason } from './accounts.ts'

const tag = 'Habilitations'

/** The structure's own places, and those who work for it. */
export const Agency = Type.Object({
  id: Id,
  name: Type.String(),
  territories: Type.Array(TerritoryRef),
  closed: Nullable(Type.Object({ on: Day, reason: Type.String() })),
  version: Type.Integer(),
})
export const capacities = ['processor', 'joint-controller'] as const
export const ThirdParty = Type.Object({
  id: Id,
  kind: oneOf(['delegate', 'contractor']),
  name: Type.String(),
  siret: Nullable(Siret),
  capacity: oneOf(capacities),
  startsOn: Day,
  endsOn: Nullable(Day),
  evidence: Type.String(),
  evidenceOn: Day,
  people: Type.Integer({ description: 'Comptes ouverts pour ses personnes' }),
  version: Type.Integer(),
})
export const getStructure = defineRoute({
  method: 'GET',
  path: '/habilitations/structure',
  tag,
  summary: 'Le compte de la structure : agences, délégataires et prestataires',
  needs: 'signed-in',
  reply: Type.Object({
    territories: Type.Array(TerritoryRef),
    agencies: Type.Array(Agency),
    thirdParties: Type.Array(ThirdParty),
    allowed: Type.Array(Type.Literal('edit')),
  }),
})

const AgencyBody = Type.Object({
  name: Line(200),
  territories: Type.Array(TerritoryId, { minItems: 1, maxItems: 200, uniqueItems: true }),
})
export const declareAgency = defineRoute({
  method: 'POST',
  path: '/habilitations/agencies',
  tag,
  summary: 'Déclarer une agence et les territoires qu’elle sert',
  needs: 'role:rgc',
  stepUp: true,
  body: AgencyBody,
  reply: Type.Object({ ...Agency.properties, told: Nullable(Told) }),
  refusals: ['territory/unknown', 'territory/beyond-structure', 'agency/too-wide'],
})
export const editAgency = defineRoute({
  method: 'PUT',
  path: '/habilitations/agencies/:agencyId',
  tag,
  summary: 'Changer le nom ou les territoires d’une agence : ses habilitations suivent aussitôt',
  needs: 'role:rgc',
  stepUp: true,
  versioned: true,
  params: Type.Object({ agencyId: Id }),
  body: AgencyBody,
  reply: Type.Object({ ...Agency.properties, told: Nullable(Told) }),
  refusals: [
    'territory/unknown',
    'territory/beyond-structure',
    'agency/too-wide',
    'agency/holders-too-wide',
    'agency/own',
    'agency/closed',
  ],
})
export const closeAgency = defineRoute({
  method: 'POST',
  path: '/habilitations/agencies/:agencyId/close',
  tag,
  summary: 'Fermer une agence : aucune habilitation n’y est plus donnée',
  needs: 'role:rgc',
  stepUp: true,
  params: Type.Object({ agencyId: Id }),
  body: Type.Object({ reason: Reason }),
  reply: Agency,
  refusals: ['agency/closed', 'agency/in-use'],
})
export const reopenAgency = defineRoute({
  method: 'POST',
  path: '/habilitations/agencies/:agencyId/reopen',
  tag,
  summary: 'Rouvrir une agence fermée par erreur, ou qui reprend',
  needs: 'role:rgc',
  stepUp: true,
  params: Type.Object({ agencyId: Id }),
  body: Type.Object({ reason: Reason }),
  reply: Agency,
  refusals: ['agency/open'],
})
const ThirdPartyBody = {
  name: Line(200),
  siret: Type.Optional(Nullable(Siret)),
  capacity: oneOf(capacities),
  startsOn: Day,
  endsOn: Type.Optional(Nullable(Day)),
  evidence: Text(500),
  evidenceOn: Day,
}
export const declareThirdParty = defineRoute({
  method: 'POST',
  path: '/habilitations/third-parties',
  tag,
  summary: 'Déclarer un délégataire ou un prestataire : sa qualité, ses dates, la preuve de ses obligations',
  needs: 'role:rgc',
  stepUp: true,
  body: Type.Object({ kind: oneOf(['delegate', 'contractor']), ...ThirdPartyBody }),
  reply: Type.Object({ ...ThirdParty.properties, told: Told }),
  refusals: [
    'third-party/already',
    'third-party/end-needed',
    'grant/period-reversed',
    'third-party/evidence-in-future',
    'establishment/wrong-key',
  ],
})
export const editThirdParty = defineRoute({
  method: 'PUT',
  path: '/habilitations/third-parties/:thirdPartyId',
  tag,
  summary: 'Corriger ou clore un délégataire ou un prestataire : les comptes de ses personnes finissent avec lui',
  needs: 'role:rgc',
  stepUp: true,
  versioned: true,
  params: Type.Object({ thirdPartyId: Id }),
  body: Type.Object(ThirdPartyBody),
  reply: Type.Object({ ...ThirdParty.properties, told: Nullable(Told) }),
  refusals: [
    'third-party/already',
    'third-party/end-needed',
    'grant/period-reversed',
    'third-party/evidence-in-future',
    'establishment/wrong-key',
  ],
})
