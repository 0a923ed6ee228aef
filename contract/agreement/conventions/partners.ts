import { Type } from 'typebox'
import { Email, OrganisationRef, oneOf, PersonRef, Siret, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { ConventionParams, tag } from './shapes.ts'

/** What a partner may be; the operator is none. */
export const partnerKinds = ['epci', 'mission-locale', 'plie', 'departement', 'region', 'cap-emploi', 'autre'] as const

const SignatoryIdentity = { givenName: Text(100), familyName: Text(100), function: Text(120), email: Email }
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
      name: Text(200),
      kind: oneOf(partnerKinds),
      signatory: Type.Object(SignatoryIdentity, { additionalProperties: false }),
    },
    { additionalProperties: false },
  ),
  reply: OrganisationRef,
  refusals: ['partner/siret-wrong', 'partner/siret-taken', 'partner/signatory-elsewhere', 'person/shared-mailbox'],
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
  refusals: ['convention/other-region', 'partner/signatory-elsewhere', 'person/shared-mailbox'],
})
