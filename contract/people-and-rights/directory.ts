import { Type } from 'typebox'
import {
  Day,
  Id,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  TerritoryId,
  TerritoryRef,
  Text,
} from '../common.ts'
import { defineRoute, tools } from '../route.ts'

const tag = 'Annuaire'
export const civilities = ['Mme', 'M.'] as const
const Agency = Type.Object({ id: Id, name: Type.String() })

/** Who someone is and what they work on. How to reach them is told by their card alone, one by one. */
const Line = {
  id: Id,
  civility: Nullable(oneOf(civilities)),
  givenName: Type.String(),
  familyName: Type.String(),
  function: Type.String(),
  organisation: OrganisationRef,
  agency: Nullable(Agency),
  awayUntil: Type.Union([Day, Type.Null()], { description: 'Le dernier jour de l’absence en cours' }),
  holds: Type.Array(Type.Object({ tool: oneOf(tools), territory: Nullable(TerritoryRef), agency: Nullable(Agency) }), {
    description: 'Les outils et les territoires des habilitations en vigueur',
  }),
}
export const DirectoryLine = Type.Object(Line)

export const listDirectory = defineRoute({
  method: 'GET',
  path: '/directory',
  tag,
  summary: 'L’annuaire des collaborateurs du réseau, par nom : qui tient une habilitation en vigueur',
  needs: 'signed-in',
  query: Type.Object({
    after: PageQuery.after,
    limit: PageQuery.limit,
    q: Type.Optional(Type.String({ maxLength: 80 })),
    organisation: Type.Optional(Id),
    tool: Type.Optional(oneOf(tools)),
    territory: Type.Optional(TerritoryId),
  }),
  reply: listOf(DirectoryLine),
  refusals: ['directory/grant-required'],
})

export const getDirectoryCard = defineRoute({
  method: 'GET',
  path: '/directory/:accountId',
  tag,
  summary: 'La fiche d’un collaborateur : ce qu’il fait et comment le joindre',
  needs: 'signed-in',
  revealsPersons: { kind: 'account', by: 'accountId' },
  params: Type.Object({ accountId: Id }),
  reply: Type.Object({
    ...Line,
    workEmail: Nullable(Type.String()),
    phone: Type.Union([Type.String(), Type.Null()], { description: 'E.164 ; absent quand la personne l’a masqué' }),
    phoneHidden: Type.Boolean(),
  }),
  refusals: ['directory/grant-required'],
})

/** What one says of oneself; the phone is under another name, for reading one’s own reveals nobody. */
const OwnEntry = Type.Object({
  civility: Nullable(oneOf(civilities)),
  phoneNumber: Nullable(Type.String()),
  phoneHidden: Type.Boolean(),
  agency: Nullable(Agency),
  version: Type.Integer(),
  agencies: Type.Array(Agency, { description: 'Les agences de ma structure' }),
  listed: Type.Boolean({ description: 'J’y figure : je tiens une habilitation en vigueur' }),
})
export const getOwnEntry = defineRoute({
  method: 'GET',
  path: '/directory/own',
  tag,
  summary: 'Ma fiche dans l’annuaire',
  needs: 'signed-in',
  versioned: true,
  reply: OwnEntry,
})
export const keepOwnEntry = defineRoute({
  method: 'PUT',
  path: '/directory/own',
  tag,
  summary: 'Tenir ma fiche : civilité, téléphone, agence, et masquer le téléphone',
  needs: 'signed-in',
  versioned: true,
  body: Type.Object({
    civility: Nullable(oneOf(civilities)),
    phoneNumber: Nullable(Text(40)),
    phoneHidden: Type.Boolean(),
    agencyId: Nullable(Id),
  }),
  reply: OwnEntry,
  refusals: ['directory/phone-unreadable', 'directory/agency-elsewhere'],
})
