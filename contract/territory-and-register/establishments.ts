import { Type } from 'typebox'
import {
  Day,
  Id,
  Instant,
  Line,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  Siren,
  Siret,
  TerritoryId,
  TerritoryRef,
  Text,
} from '../common.ts'
import { defineRoute } from '../route.ts'
import { ActivityCode, ActivityFact } from './activities.ts'
import { CompanySize, LegalNature } from './employer-kinds.ts'
import { AtLeast, hiresSought, Need, serviceKinds } from './sought.ts'

/** The five size classes of the network's indicators; each covers one or more official headcount bands. */
export const sizes = ['0-9', '10-49', '50-99', '100-199', '200+'] as const
export const Size = oneOf(sizes)

/** Beside the name of an employer that one may contact, where its whole line is not told (CAM-14). */
export const Closed = Type.Boolean({ description: 'Fermé selon le répertoire' })

const Position = Type.Object({ lat: Type.Number(), lon: Type.Number() })
export const EstablishmentLine = Type.Object({
  siret: Siret,
  siren: Siren,
  name: Nullable(Type.String({ description: 'Absent quand le registre ne le diffuse pas' })),
  sign: Nullable(Type.String()),
  activity: Nullable(ActivityFact),
  town: Nullable(Type.String()),
  communeCode: Nullable(Type.String()),
  headcount: Nullable(Type.Object({ band: Type.String(), label: Type.String(), year: Nullable(Type.Integer()) })),
  legalNature: LegalNature,
  companySize: CompanySize,
  employer: Nullable(Type.Boolean()),
  active: Type.Boolean(),
  headOffice: Type.Boolean(),
  partialDiffusion: Type.Boolean(),
  provisional: Type.Optional(
    Type.Literal(true, { description: 'Fiche saisie par une structure, que le répertoire ne connaît pas encore' }),
  ),
})
/** An establishment as a person typed it, before the register held it. */
const Typed = Type.Object({
  name: Nullable(Type.String({ description: 'Absent quand le répertoire ne diffuse pas le nom' })),
  activity: Nullable(ActivityFact),
  communeCode: Type.String(),
  town: Nullable(Type.String()),
  organisation: OrganisationRef,
  author: Type.Object({ id: Id, name: Type.String() }),
  createdAt: Instant,
  confirmed: Type.Boolean({ description: 'Le répertoire connaît maintenant ce SIRET' }),
  confirmedAt: Nullable(Instant),
  lookedUpAt: Nullable(Instant),
  corrected: Nullable(Type.Object({ by: Type.Object({ id: Id, name: Type.String() }), at: Instant })),
  allowed: Type.Array(oneOf(['correct', 'withdraw'])),
})
const Succession = Type.Object({
  siret: Siret,
  name: Nullable(Type.String()),
  town: Nullable(Type.String()),
  known: Type.Boolean({ description: 'Le registre le tient, et le diffuse' }),
  on: Day,
  headOfficeTransfer: Type.Boolean({ description: 'Le siège a déménagé' }),
  economicContinuity: Type.Boolean(),
})
export const Establishment = Type.Object({
  ...EstablishmentLine.properties,
  activities: Type.Array(ActivityFact, {
    description: 'Une par nomenclature que le registre donne, celle qui est en vigueur d’abord',
  }),
  legalName: Nullable(Type.String()),
  acronym: Nullable(Type.String()),
  legalCategory: Nullable(Type.String()),
  address: Nullable(Type.String({ description: 'Sur une ligne ; absente en diffusion partielle' })),
  postalCode: Nullable(Type.String()),
  position: Nullable(Position),
  createdOn: Nullable(Day),
  closedOn: Nullable(Day),
  territories: Type.Array(TerritoryRef),
  registerUpdatedAt: Nullable(Instant),
  importedAt: Nullable(Instant),
  typed: Nullable(Typed),
  company: Nullable(
    Type.Object(
      {
        active: Type.Boolean(),
        headcount: EstablishmentLine.properties.headcount,
        sizeCategory: Nullable(oneOf(['PME', 'ETI', 'GE'])),
        socialEconomy: Nullable(Type.Boolean()),
        createdOn: Nullable(Day),
        registerUpdatedAt: Nullable(Instant),
      },
      { description: 'L’unité légale ; absente quand le registre ne la diffuse pas' },
    ),
  ),
  predecessors: Type.Array(Succession),
  successors: Type.Array(Succession),
  siblings: Type.Object({
    open: Type.Integer(),
    closed: Type.Integer(),
    items: Type.Array(EstablishmentLine, { description: 'Les premiers ouverts, le siège d’abord' }),
  }),
})

/** In one of the open campaigns that I see, in none of them, among the targets that I took there. */
export const campaignsSought = ['any', 'none', 'mine'] as const
const SearchQuery = {
  q: Type.Optional(Text(120)),
  territory: Type.Optional(TerritoryId),
  activity: Type.Optional(ActivityCode),
  size: Type.Optional(Size),
  legalNature: Type.Optional(LegalNature),
  companySize: Type.Optional(CompanySize),
  commitment: Type.Optional(
    Type.String({ format: 'uuid', description: 'Engagé aujourd’hui selon ce type, d’après les fiches que je lis' }),
  ),
  neverContacted: Type.Optional(Type.Literal(true, { description: 'Jamais contactés, parmi les fiches que je lis' })),
  contactedBefore: Type.Optional(
    Type.String({ format: 'date', description: 'Contactés, la dernière fois avant ce jour' }),
  ),
  contactedSince: Type.Optional(Type.String({ format: 'date', description: 'Contactés depuis ce jour' })),
  need: Type.Optional(Need),
  /** Any service of the operator but an event, unless one is said; used at any time, unless a day is. */
  service: Type.Optional(oneOf(serviceKinds)),
  servicesUsedSince: Type.Optional(Day),
  /** Of the cards that one reads. */
  servicesNotUsedSince: Type.Optional(Day),
  /** Declared over the last twelve months, of the recruitment cards that one reads; one at least unless said. */
  hires: Type.Optional(oneOf(hiresSought)),
  hiresAtLeast: Type.Optional(AtLeast),
  /** Over the three months after the last one told, where the recruitment card tells a forecast. */
  expectedHires: Type.Optional(AtLeast),
  campaign: Type.Optional(
    Type.Union([oneOf(campaignsSought), Id], {
      description: 'Cibles d’une de mes campagnes ouvertes, d’aucune, que j’ai prises en charge, ou de cette campagne',
    }),
  ),
  employer: Type.Optional(Type.Boolean()),
  active: Type.Optional(Type.Boolean()),
}
const exactTo = { description: 'Le nombre est exact jusqu’à 10 000 ; vrai quand il y en a davantage' }
/** Without one of these, what resembles the words most comes first. */
export const searchSorts = ['name', 'town', 'headcount', 'size', 'nature', 'contact'] as const
/** Each, and the same turned round; what has nothing to compare comes last then too. */
export const searchOrders = [...searchSorts, ...searchSorts.map(sort => `-${sort}` as const)] as const
export const FoundEstablishment = Type.Object({ ...EstablishmentLine.properties, position: Nullable(Position) })
/** What partners note of an establishment by which it is found: names, and the number that one dials. */
export const notedFields = ['usualName', 'sign', 'switchboard'] as const
const Noted = Type.Object({ field: oneOf(notedFields), value: Type.String() })
export const searchEstablishments = defineRoute({
  method: 'GET',
  path: '/establishments',
  tag: 'Établissements',
  summary: 'Chercher par SIRET, SIREN, nom, enseigne ou commune',
  needs: 'fiche-etablissement:consultation',
  deliberate: true,
  looksByHires: 'recruitment.searched',
  query: Type.Object({ ...SearchQuery, sort: Type.Optional(oneOf(searchOrders)), ...PageQuery }),
  reply: Type.Object({
    ...listOf(FoundEstablishment).properties,
    /** Of the first page, ten at most: what only the words of partners find, of one's perimeter. */
    noted: Type.Optional(Type.Array(Type.Object({ ...FoundEstablishment.properties, said: Noted }))),
    unsorted: Type.Optional(
      Type.Literal(true, {
        description: 'Plus de 10 000 : le plus proche vient d’abord',
      }),
    ),
    more: Type.Optional(Type.Boolean(exactTo)),
    understood: Type.String({ description: 'Comment la recherche a été comprise, et ce qui a été corrigé' }),
    unknownSiret: Type.Optional(
      Type.String({
        description: 'De clé juste, inconnu du répertoire : une fiche provisoire peut être créée',
      }),
    ),
  }),
  refusals: ['access/no-grant', 'access/outside-perimeter'],
})

const Counted = {
  count: Type.Integer({ minimum: 0 }),
  more: Type.Boolean(exactTo),
}
export const countFacets = defineRoute({
  method: 'GET',
  path: '/establishments/facets',
  tag: 'Établissements',
  summary: 'Combien d’établissements donnerait chaque filtre d’une recherche, les autres filtres restant',
  needs: 'fiche-etablissement:consultation',
  looksByHires: 'recruitment.searched',
  query: Type.Object(SearchQuery),
  reply: Type.Object({
    territories: Type.Array(Type.Object({ territory: TerritoryRef, ...Counted }), {
      description: 'Les territoires de la personne, ou ceux dont le territoire choisi est fait',
    }),
    activities: Type.Array(Type.Object({ code: Type.String(), label: Type.String(), ...Counted }), {
      description: 'Sections, et divisions de la section choisie',
    }),
    sizes: Type.Array(Type.Object({ size: Size, ...Counted })),
    legalNatures: Type.Array(Type.Object({ legalNature: LegalNature, ...Counted })),
    companySizes: Type.Array(Type.Object({ companySize: CompanySize, ...Counted })),
    employer: Type.Array(Type.Object({ value: Type.Boolean(), ...Counted })),
    active: Type.Array(Type.Object({ value: Type.Boolean(), ...Counted })),
    /** Empty without the recruitment card, and of fewer than five establishments: their cards tell it. */
    hires: Type.Array(Type.Object({ hires: oneOf(hiresSought), ...Counted })),
  }),
  refusals: ['access/no-grant', 'access/outside-perimeter'],
})
export const getEstablishment = defineRoute({
  method: 'GET',
  path: '/establishments/:siret',
  tag: 'Établissements',
  summary: 'L’identité d’un établissement',
  needs: 'fiche-etablissement:consultation',
  deliberate: true,
  params: Type.Object({ siret: Siret }),
  reply: Establishment,
})
export const listSiblings = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/siblings',
  tag: 'Établissements',
  summary: 'Les autres établissements de l’entreprise, le siège d’abord',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ siret: Siret }),
  query: Type.Object({ closed: Type.Optional(Type.Boolean({ description: 'Aussi les fermés' })), ...PageQuery }),
  reply: listOf(EstablishmentLine),
})
const CommuneCode = Type.String({ maxLength: 5, pattern: '^(\\d{5}|2[AB]\\d{3})$' })
const TypedInput = { name: Line(200), communeCode: CommuneCode, activity: Type.Optional(ActivityCode) }
export const createProvisional = defineRoute({
  method: 'POST',
  path: '/establishments',
  tag: 'Établissements',
  summary: 'Créer la fiche provisoire d’un SIRET que le répertoire ne connaît pas encore',
  needs: 'fiche-etablissement:conseiller',
  body: Type.Object({ siret: Siret, ...TypedInput }),
  reply: Establishment,
  refusals: [
    'access/outside-perimeter',
    'access/no-grant',
    'establishment/wrong-key',
    'establishment/already-known',
    'establishment/no-provisional',
    'establishment/already-provisional',
    'commune/unknown',
  ],
})
export const correctProvisional = defineRoute({
  method: 'PUT',
  path: '/establishments/:siret/provisional',
  tag: 'Établissements',
  summary: 'Corriger ce qui a été saisi d’une fiche provisoire dont rien ne se sert encore',
  needs: 'fiche-etablissement:conseiller',
  params: Type.Object({ siret: Siret }),
  body: Type.Object({
    ...TypedInput,
    seen: Type.Union([Instant, Type.Null()], { description: 'La dernière correction lue, null s’il n’y en avait pas' }),
  }),
  reply: Establishment,
  refusals: [
    'access/outside-perimeter',
    'access/no-grant',
    'establishment/author-or-lead-only',
    'establishment/confirmed',
    'establishment/provisional-in-use',
    'request/changed-meanwhile',
    'commune/unknown',
  ],
})
export const withdrawProvisional = defineRoute({
  method: 'POST',
  path: '/establishments/:siret/provisional/withdraw',
  tag: 'Établissements',
  summary: 'Retirer une fiche provisoire créée par erreur, dont rien ne se sert encore',
  needs: 'fiche-etablissement:conseiller',
  params: Type.Object({ siret: Siret }),
  reply: Type.Object({ siret: Siret }),
  refusals: [
    'access/outside-perimeter',
    'access/no-grant',
    'establishment/author-or-lead-only',
    'establishment/confirmed',
    'establishment/provisional-in-use',
  ],
})
