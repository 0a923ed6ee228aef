import { Type } from 'typebox'
import {
  AccountEmail,
  Id,
  Instant,
  Line,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  PersonRef,
  Text,
} from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute } from '../route.ts'
import { Reason } from './accounts.ts'

const tag = 'Habilitations'
/** Days that the former structure has to answer before its silence is enough. */
export const hearingDays = 3
export const releaseSides = ['asker', 'former', 'officer'] as const
export const releaseOutcomes = ['released', 'refused', 'withdrawn', 'freed'] as const
export const releaseActs = ['contest', 'release', 'refuse', 'withdraw'] as const

export const AddressRelease = Type.Object({
  id: Id,
  side: oneOf(releaseSides),
  email: Type.String(),
  askedAt: Instant,
  askedFor: Nullable(Type.String({ description: 'La personne, comme le dit la structure qui demande' })),
  reason: Nullable(Type.String({ description: 'Tu à l’ancienne structure' })),
  asker: Nullable(OrganisationRef),
  askedBy: Nullable(PersonRef),
  former: Nullable(OrganisationRef),
  person: Nullable(PersonRef),
  function: Nullable(Type.String()),
  contest: Nullable(Type.Object({ at: Instant, reason: Type.String() })),
  toldAt: Nullable(Instant),
  releasableFrom: Nullable(Type.String({ description: 'Pour le CSSI : dès que l’ancienne structure a été entendue' })),
  settled: Nullable(Type.Object({ at: Instant, outcome: oneOf(releaseOutcomes), reason: Nullable(Type.String()) })),
  allowed: Type.Array(oneOf(releaseActs)),
})
export const listAddressReleases = defineRoute({
  method: 'GET',
  path: '/habilitations/releases',
  tag,
  summary: 'Les libérations d’adresse : demandées par sa structure, demandées à sa structure, ou à décider (CSSI)',
  needs: 'signed-in',
  query: Type.Object({ ...PageQuery, settled: Type.Optional(Type.Boolean()) }),
  reply: listOf(AddressRelease),
})
export const countAddressReleases = defineRoute({
  method: 'GET',
  path: '/habilitations/releases/waiting',
  tag,
  summary: 'Combien de libérations d’adresse attendent une réponse ou une décision',
  needs: 'signed-in',
  reply: Type.Object({ waiting: Type.Integer() }),
})
export const askAddressRelease = defineRoute({
  method: 'POST',
  path: '/habilitations/releases',
  tag,
  summary: 'Demander qu’une adresse, gardée par le compte d’une autre structure, soit libérée',
  needs: 'role:rgc',
  stepUp: true,
  body: Type.Object({ email: AccountEmail, givenName: Line(100), familyName: Line(100), reason: Reason }),
  reply: Type.Object({ id: Id }),
  refusals: ['release/free', 'release/own-structure', 'release/asked'],
})
const ReleaseParams = Type.Object({ releaseId: Id })
export const contestAddressRelease = defineRoute({
  method: 'POST',
  path: '/habilitations/releases/:releaseId/contest',
  tag,
  summary: 'Pour l’ancienne structure : dire que la personne y travaille toujours',
  needs: 'signed-in',
  stepUp: true,
  params: ReleaseParams,
  body: Type.Object({ reason: Reason }),
  reply: Type.Object({ told: Told }),
  refusals: ['release/not-yours', 'release/contested', 'release/settled'],
})
export const settleAddressRelease = defineRoute({
  method: 'POST',
  path: '/habilitations/releases/:releaseId/decision',
  tag,
  summary:
    'Libérer l’adresse (acte exceptionnel du CSSI : le compte prend fin comme à un départ), refuser, ou annuler sa demande',
  needs: 'signed-in',
  stepUp: true,
  params: ReleaseParams,
  body: Type.Object({ outcome: oneOf(['released', 'refused', 'withdrawn']), reason: Text(300, 10) }),
  reply: Type.Object({ told: Nullable(Told), pseudonym: Nullable(Type.String()) }),
  refusals: [
    'release/not-yours',
    'release/hear-first',
    'release/settled',
    'person/gone',
    'person/still-manager',
    'security/last-officer',
  ],
})
