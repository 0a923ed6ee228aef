import { Type } from 'typebox'
import { Day, Id, Nullable, OrganisationRef, oneOf, PersonRef, Siret } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { Channel, nextActionKinds, Result } from './exchanges.ts'

/** What the network did with an employer once; who it was with is left out where one may not read it. */
export const PastContact = Type.Object({
  organisation: OrganisationRef,
  occurredOn: Day,
  exchangeId: Nullable(Id),
  channel: Nullable(Channel),
  result: Nullable(Result),
  resultLabel: Nullable(Type.String()),
  personMet: Nullable(Type.String()),
  correspondentId: Type.Union([Id, Type.Null()], { description: 'La fiche de la personne rencontrée' }),
  notes: Nullable(Type.String()),
  author: Nullable(PersonRef),
})
export const PlannedContact = Type.Object({
  organisation: OrganisationRef,
  kind: oneOf(nextActionKinds),
  dueOn: Day,
  owner: PersonRef,
})
/**
 * « Avant de contacter » : what the network already did with this employer, down to organisation and date where one may
 * not read more.
 */
export const getBeforeContact = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/before-contact',
  tag: 'Échanges',
  summary: 'Qui a contacté cet employeur, quand, avec quel résultat, et ce qui est prévu',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ siret: Siret }),
  revealsPersons: { kind: 'establishment', by: 'siret' },
  reply: Type.Object({
    lastContacts: Type.Array(PastContact),
    planned: Type.Array(PlannedContact),
    contactsThisMonth: Type.Integer(),
    mayRecord: Type.Boolean(),
    whyNot: Nullable(Type.String()),
  }),
})
