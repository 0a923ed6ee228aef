import { Type } from 'typebox'
import { Day, Id, Nullable, OrganisationRef, oneOf, Siret, Text } from '../common.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'
import { campaignStatuses } from './campaigns.ts'

/** As many as a screen of results shows. */
export const mostContactsAsked = 50

/** Asked once for the lines shown, never at each key: what the network did with each, where one may read it. */
export const listKnownContacts = defineRoute({
  method: 'GET',
  path: '/establishments/known-contacts',
  tag: 'Échanges',
  summary: 'Le dernier contact du réseau et mes campagnes, pour les établissements affichés',
  needs: 'fiche-etablissement:consultation',
  query: Type.Object({
    sirets: Type.String({
      pattern: `^\\d{14}(,\\d{14}){0,${mostContactsAsked - 1}}$`,
      maxLength: 15 * mostContactsAsked,
      description: `Séparés par des virgules, ${mostContactsAsked} au plus`,
    }),
  }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        siret: Siret,
        lastContact: Nullable(Type.Object({ organisation: OrganisationRef, occurredOn: Day })),
        campaigns: Type.Array(Type.Object({ id: Id, name: Type.String() }), {
          description: 'Ouvertes, de ma structure, la plus récente d’abord',
        }),
        notToContactUntil: Nullable(Day),
      }),
      { description: 'Absent hors de son périmètre : « aucun contact » y serait faux' },
    ),
  }),
})

const FoundPerson = Type.Object({ id: Id, name: Type.String(), function: Type.String(), organisation: OrganisationRef })

/** Names of people are in the body: no address, hence no log of a proxy, holds them. The reading is in the trail. */
export const findBesideRegister = defineRoute({
  method: 'POST',
  path: '/found',
  tag: 'Recherche',
  summary: 'Campagnes, collègues et interlocuteurs dont le nom ou le téléphone commence ainsi',
  needs: 'signed-in',
  noAct: true,
  secret: true,
  revealsPersons: { kind: 'list' },
  body: Type.Object({ q: Text(120, 2) }),
  reply: Type.Object({
    campaigns: Type.Array(
      Type.Object({ id: Id, name: Type.String(), status: oneOf(campaignStatuses), pilot: OrganisationRef }),
    ),
    colleagues: Type.Array(FoundPerson, { description: 'Des structures partenaires, dont le compte est actif' }),
    correspondents: Type.Array(
      Type.Object({
        id: Id,
        correspondent: Type.String(),
        role: Nullable(Type.String()),
        establishment: EstablishmentLine,
      }),
      { description: 'De son périmètre' },
    ),
  }),
})

export const getColleague = defineRoute({
  method: 'GET',
  path: '/colleagues/:accountId',
  tag: 'Recherche',
  summary: 'Qui est un collègue du réseau, et les campagnes que l’on a en commun',
  needs: 'signed-in',
  params: Type.Object({ accountId: Id }),
  reply: Type.Object({
    ...FoundPerson.properties,
    email: Nullable(Type.String({ description: 'De sa propre structure seulement' })),
    campaigns: Type.Array(Type.Object({ id: Id, name: Type.String() }), {
      description: 'Ouvertes, que je vois et dont sa structure est membre',
    }),
  }),
})
