import { type Static, Type } from 'typebox'
import { Day, Nullable, OrganisationRef, oneOf, PersonRef, Siret, TerritoryId, Text } from '../common.ts'
import { ofStructure, theStructure, toStructure } from '../names-in-french.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'
import { NextAction, PastContact, PlannedContact } from './exchanges.ts'

/** Employers that one round holds: more are not visited in a day. */
export const mostStops = 25

/** Facts that make one think twice before ringing at a door. */
export const cautions = [
  'do-not-contact',
  'closed',
  'said-closed',
  'refused',
  'already-followed',
  'often-contacted',
] as const
export const cautionLabels: Record<(typeof cautions)[number], string> = {
  'do-not-contact': 'À ne pas contacter : la fiche dit pourquoi, et jusqu’à quand.',
  closed: 'Fermé selon le répertoire.',
  'said-closed': 'Noté fermé au dernier échange.',
  refused: 'A refusé au dernier échange : n’insistez pas sans raison nouvelle.',
  'already-followed': 'Déjà suivi par un partenaire, selon le dernier échange.',
  'often-contacted': 'Contacté plus de deux fois ce mois-ci : voyez s’il faut vraiment le solliciter encore.',
}

/** A contact next door is told for so many days. */
export const daysRecent = 90
/** Another establishment of the same company: the last contact there, and who else holds one (EST-12). */
const NextDoor = Type.Object({
  contact: Nullable(Type.Object({ establishment: EstablishmentLine, occurredOn: Day, organisation: OrganisationRef })),
  held: Nullable(
    Type.Object({
      establishment: EstablishmentLine,
      organisation: OrganisationRef,
      person: Type.Union([PersonRef, Type.Null()], {
        description: 'Null : confié à la structure, ou campagne non lue',
      }),
      until: Type.Union([Day, Type.Null()], { description: 'Dans une campagne que l’on ne lit pas' }),
    }),
  ),
})
type NextDoor = Static<typeof NextDoor>
/**
 * « Même entreprise : Sogara, à Bègles, contacté le 3 mars 2027 par la mission locale ; retenu par… ». `place` says an
 * establishment, `day` a day, `structure` an organisation's name.
 */
export const nextDoorWords = (
  { contact, held }: NextDoor,
  words: {
    readonly place: (line: Static<typeof EstablishmentLine>) => string
    readonly day: (day: string) => string
    readonly structure: (name: string) => string
  },
): string => {
  const same = contact && held && contact.establishment.siret === held.establishment.siret
  const said = [
    contact &&
      `${words.place(contact.establishment)}, contacté le ${words.day(contact.occurredOn)} par ${theStructure(words.structure(contact.organisation.name))}`,
    held && `${same ? '' : `${words.place(held.establishment)}, `}${heldWords(held, words)}`,
  ]
  return `Même entreprise : ${said.filter(Boolean).join(same ? ', ' : ' ; ')}.`
}
const heldWords = (
  { organisation: { name }, person, until }: NonNullable<NextDoor['held']>,
  { day, structure }: { readonly day: (day: string) => string; readonly structure: (name: string) => string },
): string => {
  if (until) return `retenu par ${theStructure(structure(name))} jusqu’au ${day(until)}`
  return person ? `suivi par ${person.name}, ${ofStructure(structure(name))}` : `confié ${toStructure(structure(name))}`
}

export const RoundStop = Type.Object({
  establishment: EstablishmentLine,
  address: Nullable(Type.String()),
  position: Nullable(Type.Object({ lat: Type.Number(), lon: Type.Number() })),
  people: Type.Array(
    Type.Object({
      correspondent: Nullable(Type.String()),
      role: Nullable(Type.String()),
      phone: Nullable(Type.String()),
      email: Nullable(Type.String()),
    }),
    { description: 'À qui s’adresser : trois interlocuteurs au plus, le dernier renseigné d’abord' },
  ),
  action: Type.Union([NextAction, Type.Null()], { description: 'Mon action prévue, celle du jour demandé d’abord' }),
  planned: Type.Array(PlannedContact, { description: 'Ce que d’autres ont prévu' }),
  lastContacts: Type.Union([Type.Array(PastContact), Type.Null()], {
    description: 'Les trois derniers ; null hors de mon périmètre',
  }),
  contactsThisMonth: Nullable(Type.Integer()),
  cautions: Type.Array(oneOf(cautions)),
  nextDoor: Type.Union([NextDoor, Type.Null()], {
    description: `Un autre établissement de la même entreprise : contacté depuis ${daysRecent} jours, ou tenu par quelqu’un d’autre ; null sans rien à en dire, ou hors de mon périmètre`,
  }),
  commitments: Type.Array(Type.String(), { description: 'Les types de ses engagements en cours, dans mon périmètre' }),
  allowed: Type.Array(oneOf(['record'])),
})
/** Only establishment numbers and a day: nothing that names a person stands in an address. */
export const listRoundStops = defineRoute({
  method: 'GET',
  path: '/rounds/stops',
  tag: 'Tournée',
  summary: 'Ce qu’il faut savoir de chaque employeur d’une tournée : ceux nommés, sinon mes visites d’un jour',
  needs: 'fiche-etablissement:consultation',
  query: Type.Object({
    sirets: Type.Optional(
      Type.String({
        pattern: `^\\d{14}(,\\d{14}){0,${mostStops - 1}}$`,
        maxLength: 15 * mostStops,
        description: `${mostStops} SIRET au plus, séparés par des virgules`,
      }),
    ),
    day: Type.Optional(Day),
  }),
  revealsPersons: { kind: 'list' },
  reply: Type.Object({
    items: Type.Array(RoundStop, { description: 'Dans l’ordre demandé ; mes visites d’un jour, par heure' }),
    within: Type.Union([TerritoryId, Type.Null()], { description: 'Le plus petit territoire où elles sont toutes' }),
    unknown: Type.Array(Siret, { description: 'Que le service ne connaît pas' }),
    more: Type.Integer({ description: `Mes visites de ce jour au-delà des ${mostStops} premières` }),
  }),
})

/** Where the sheets of a round are asked, without the `/api` prefix (contract/exports.ts). */
export const visitSheetsPath = '/rounds/sheets'
/** The sheets come in the order of the numbers. */
export const VisitSheetsAsked = Type.Object({
  purpose: Text(300),
  sirets: Type.Array(Siret, { minItems: 1, maxItems: mostStops, uniqueItems: true }),
  day: Type.Optional(Day),
})
export type VisitSheetsAsked = Static<typeof VisitSheetsAsked>
