import { type TProperties, Type } from 'typebox'
import {
  AccountEmail,
  Day,
  Id,
  Instant,
  Line,
  Nullable,
  OrganisationRef,
  oneOf,
  PersonRef,
  Siret,
  Text,
} from '../../common.ts'
import { Told } from '../../notices.ts'
import { defineRoute } from '../../route.ts'
import { ConventionParams, tag } from './shapes.ts'

/** What a partner may be; the operator is none. */
export const partnerKinds = ['epci', 'mission-locale', 'plie', 'departement', 'region', 'cap-emploi', 'autre'] as const

const SignatoryIdentity = { givenName: Line(100), familyName: Line(100), function: Line(120), email: AccountEmail }
export const registerPartner = defineRoute({
  method: 'POST',
  path: '/partners',
  tag,
  summary: 'Enregistrer un partenaire et qui signe pour lui, avant leur première convention',
  needs: 'role:direction-regionale',
  stepUp: true,
  body: Type.Object(
    {
      siret: Siret,
      name: Line(200),
      kind: oneOf(partnerKinds),
      signatory: Type.Object(SignatoryIdentity, { additionalProperties: false }),
    },
    { additionalProperties: false },
  ),
  reply: OrganisationRef,
  refusals: [
    'partner/siret-wrong',
    'partner/siret-taken',
    'partner/signatory-elsewhere',
    'person/shared-mailbox',
    'person/mailbox-taken',
  ],
})

export const nameSignatory = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/signatory',
  tag,
  summary: 'Nommer la personne qui signe pour le partenaire dans le service',
  needs: 'role:direction-regionale',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    { ...SignatoryIdentity, replaces: Type.Boolean({ description: 'Met fin au rôle de qui signait jusque-là' }) },
    { additionalProperties: false },
  ),
  reply: PersonRef,
  refusals: ['convention/other-region', 'partner/signatory-elsewhere', 'person/shared-mailbox', 'person/mailbox-taken'],
})

/** `registered`: as it entered the service. A correction holds since the day of the version that it corrects. */
export const identityCauses = ['registered', 'correction', 'change', 'merger'] as const
/** Who a party is and was, by the day since which it holds. `said`: what is told of this party beside SIRET and name. */
export const identityHistory = <Said extends TProperties>(said: Said) =>
  Type.Array(
    Type.Object({
      version: Type.Integer(),
      cause: oneOf(identityCauses),
      since: Day,
      siret: Siret,
      name: Type.String(),
      ...said,
      recordedBy: Nullable(PersonRef),
      recordedAt: Instant,
    }),
    { description: 'La dernière d’abord : c’est l’identité d’aujourd’hui ; 100 au plus' },
  )
/** One establishment of the partner beside its seat: what of it is recorded, corrected and dated. */
const SiretSaid = {
  siret: Siret,
  name: Type.String(),
  fromOn: Day,
  untilOn: Nullable(Day),
  withdrawn: Type.Boolean({ description: 'Enregistré par erreur : il n’a jamais valu' }),
}
const SiretVersion = {
  ...SiretSaid,
  version: Type.Integer(),
  reason: Type.String(),
  recordedBy: Nullable(PersonRef),
  recordedAt: Instant,
}
const PartyIdentity = Type.Object({
  organisation: OrganisationRef,
  version: Type.Integer(),
  sirets: Type.Array(
    Type.Object({
      id: Id,
      ...SiretVersion,
      holds: Type.Boolean({ description: 'Il vaut aujourd’hui' }),
      former: Type.Array(Type.Object(SiretVersion), {
        description: 'Ce qui était enregistré avant, le dernier d’abord',
      }),
    }),
    { description: 'Les autres SIRET de la structure, à côté de celui de son siège' },
  ),
  history: identityHistory({
    kind: Type.String(),
    address: Nullable(Type.String()),
    reason: Nullable(Type.String()),
  }),
  allowed: Type.Array(Type.Literal('change')),
})
export const getPartyIdentity = defineRoute({
  method: 'GET',
  path: '/conventions/:conventionId/party',
  tag,
  summary: 'Qui est le partenaire : nom, SIRET, nature et adresse, aujourd’hui et auparavant',
  needs: 'signed-in',
  params: ConventionParams,
  reply: PartyIdentity,
})
export const changePartyIdentity = defineRoute({
  method: 'PUT',
  path: '/conventions/:conventionId/party',
  tag,
  summary: 'Corriger l’identité du partenaire, ou dire son changement ou sa fusion, avec sa date',
  needs: 'role:direction-regionale',
  stepUp: true,
  versioned: true,
  params: ConventionParams,
  body: Type.Object(
    {
      cause: oneOf(['correction', 'change', 'merger']),
      since: Day,
      siret: Siret,
      name: Line(200),
      kind: oneOf(partnerKinds),
      address: Nullable(Text(300)),
      reason: Text(500),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ ...PartyIdentity.properties, told: Told }),
  refusals: [
    'convention/other-region',
    'convention/day-in-future',
    'partner/siret-wrong',
    'partner/siret-taken',
    'structure/identity-unchanged',
    'structure/identity-before-last',
  ],
})

/** AGR-15: an establishment of the partner beside its seat; version 0 records it, the last one read corrects or ends it. */
export const settlePartySiret = defineRoute({
  method: 'PUT',
  path: '/conventions/:conventionId/party/sirets/:siretId',
  tag,
  summary: 'Enregistrer, corriger, terminer ou retirer un autre SIRET du partenaire',
  needs: 'role:direction-regionale',
  stepUp: true,
  versioned: true,
  params: Type.Object({ ...ConventionParams.properties, siretId: Id }),
  body: Type.Object(
    {
      ...SiretSaid,
      name: Line(200),
      reason: Text(500),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ ...PartyIdentity.properties, told: Told }),
  refusals: [
    'convention/other-region',
    'partner/siret-wrong',
    'structure/siret-taken',
    'structure/siret-days',
    'structure/siret-unchanged',
  ],
})
