import { Type } from 'typebox'
import { Cursor, Day, Id, Nullable, OrganisationRef, oneOf, PageQuery, PersonRef, Siret } from '../common.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'
import { TargetStatus } from './campaigns.ts'
import { PastContact, PlannedContact } from './exchanges.ts'

const at = { establishment: EstablishmentLine }

const met = {
  contactCount: Type.Integer({ description: 'Dans cette campagne, échanges réservés à leur structure compris' }),
  lastContactOn: Nullable(Day),
}

/** A target of an open campaign that someone works, that a structure was given, or that two campaigns share. */
export const HeldTarget = Type.Object({
  ...at,
  campaign: Type.Object({ id: Id, name: Type.String() }),
  status: TargetStatus,
  organisation: OrganisationRef,
  /** Null: given to the structure, nobody took it yet. */
  person: Nullable(PersonRef),
  entrusted: Type.Boolean({ description: 'Faux : personne ne s’en occupe encore, la structure est le pilote' }),
  ...met,
})

/**
 * What a campaign that one does not read works: by which structure, until when, where it stands and how often it was met
 * there; no name, setting nor person of the campaign.
 */
export const HeldElsewhere = Type.Object({
  ...at,
  organisation: OrganisationRef,
  held: Type.Boolean({ description: 'Faux : partagé avec une autre campagne, que rien ne retient' }),
  until: Day,
  status: TargetStatus,
  ...met,
})

const lists = {
  held: Type.Array(HeldTarget, { description: 'Cet établissement d’abord' }),
  heldElsewhere: Type.Array(HeldElsewhere, {
    description: 'Dans les campagnes que l’on ne lit pas, cet établissement d’abord',
  }),
  contacts: Type.Array(Type.Object({ ...at, ...PastContact.properties }), {
    description: 'Des autres établissements, le dernier d’abord',
  }),
  planned: Type.Array(Type.Object({ ...at, ...PlannedContact.properties }), {
    description: 'Avec les autres établissements, le prochain d’abord',
  }),
  commitments: Type.Array(Type.Object({ ...at, label: Type.String(), until: Nullable(Day) }), {
    description: 'Des autres établissements, en vigueur, le dernier d’abord',
  }),
  correspondents: Type.Array(
    Type.Object({ ...at, id: Id, correspondent: Type.String(), role: Nullable(Type.String()) }),
    { description: 'En place dans les autres établissements, ceux du siège puis le dernier noté d’abord' },
  ),
}
export const relationLists = [
  'held',
  'heldElsewhere',
  'contacts',
  'planned',
  'commitments',
  'correspondents',
] as const satisfies readonly (keyof typeof lists)[]

const asked = {
  method: 'GET',
  tag: 'Échanges',
  needs: 'fiche-etablissement:consultation',
  revealsPersons: { kind: 'establishment', by: 'siret' },
} as const
/**
 * Who works this employer, and what the network does with the other establishments of its company (the first nine
 * digits of the SIRET): a call to the shop next door is seen before one calls (EST-7, EST-12). The first lines of each
 * list.
 */
export const getCompanyRelations = defineRoute({
  ...asked,
  path: '/establishments/:siret/company-relations',
  summary: 'Qui suit cet employeur, et ce que le réseau fait avec les autres établissements de son entreprise',
  params: Type.Object({ siret: Siret }),
  reply: Type.Object({
    ...lists,
    headOffice: Type.Union([EstablishmentLine, Type.Null()], {
      description: 'Le siège, qui décide pour l’entreprise, quand c’est un autre établissement, ouvert',
    }),
    contactsThisMonth: Type.Integer({ description: 'Des autres établissements' }),
  }),
})

/** One of these lists, page by page: the others are empty. */
export const listCompanyRelations = defineRoute({
  ...asked,
  path: '/establishments/:siret/company-relations/:list',
  summary: 'Une de ces listes, page par page : dix mille lignes au plus, au-delà lisez établissement par établissement',
  params: Type.Object({ siret: Siret, list: oneOf(relationLists) }),
  query: Type.Object(PageQuery),
  reply: Type.Object({ ...lists, next: Nullable(Cursor) }),
})
