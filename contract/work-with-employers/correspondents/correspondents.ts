import { Type } from 'typebox'
import { Day, Email, Id, Instant, Line, listOf, Nullable, oneOf, PersonRef, Siret, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'

export const correspondentFields = [
  'civility',
  'familyName',
  'givenName',
  'role',
  'email',
  'phone',
  'otherPhone',
  'postalAddress',
  'preferredChannel',
] as const
/**
 * Precedence of the sources of a value, the strongest first, each with its reason. SQL and rules read this table alone.
 * `typed`: a person typed it, on purpose and on a day.
 */
export const precedence = {
  'personne-concernee': { typed: true, why: 'Qui parle de soi l’emporte sur tout' },
  conseiller: { typed: true, why: 'Un conseiller le sait moins bien que l’intéressé' },
  'fichier-partenaire': { typed: false, why: 'Un fichier ne dit pas de quand date ce qu’il contient' },
  operateur: { typed: false, why: 'Une reprise de l’opérateur vient de plus loin que le terrain' },
  registre: { typed: false, why: 'Le répertoire ne connaît que ce qui est déclaré' },
} as const
export type ValueSource = keyof typeof precedence
export const sources = Object.keys(precedence) as ValueSource[]
export const civilities = ['Mme', 'M.'] as const
/** How the person would rather be reached. */
export const preferredChannels = ['telephone', 'courriel', 'visite'] as const
export const retirementReasons = ['parti', 'autre-poste', 'ne-souhaite-plus', 'saisi-par-erreur'] as const
/** How the person was informed that their data are kept (PRI-1). */
export const informedWays = ['oral', 'courriel', 'courrier'] as const

export const SourcedValue = Type.Object({
  id: Id,
  field: oneOf(correspondentFields),
  value: Type.String(),
  source: oneOf(sources),
  organisationName: Nullable(Type.String()),
  author: Nullable(PersonRef),
  observedOn: Type.Union([Day, Type.Null()], {
    description: 'Quand la valeur a été constatée ; null : personne ne l’a dit',
  }),
  recordedAt: Instant,
  confirmed: Nullable(Type.Object({ at: Instant, organisationName: Type.String() })),
})
export const correspondentActs = [
  'correct',
  'confirm',
  'choose',
  'retire',
  'return',
  'merge',
  'unmerge',
  'object',
  'lift',
] as const
/** Another card that became part of this one, while that can be undone. */
const Merged = Type.Object({
  id: Id,
  name: Type.String({ description: 'Comme la fiche la nommait ; vide quand elle ne disait ni nom ni fonction' }),
  at: Instant,
  organisationName: Type.String(),
  until: Instant,
})
export const Correspondent = Type.Object({
  id: Id,
  /** Where the person was first noted; null to whom it is out of the perimeter. */
  siret: Nullable(Siret),
  places: Type.Array(
    Type.Object({
      siret: Siret,
      name: Nullable(Type.String()),
      town: Nullable(Type.String()),
      mayUnlink: Type.Boolean({ description: 'Je peux dire que la personne n’en répond plus' }),
    }),
    { description: 'Les établissements pour lesquels la personne répond, de ceux que je lis' },
  ),
  values: Type.Array(
    Type.Object({
      ...SourcedValue.properties,
      proposed: Type.Boolean({ description: 'Une source plus forte l’emporte : à retenir, ou à écarter' }),
    }),
  ),
  retired: Type.Boolean({ description: 'De l’établissement dont on lit la fiche' }),
  retiredReason: Nullable(oneOf(retirementReasons)),
  informed: Nullable(Type.Object({ on: Day, how: oneOf(informedWays), organisationName: Type.String() })),
  toConfirm: Type.Boolean({ description: 'Rien n’a été noté ni confirmé depuis un an' }),
  merged: Type.Array(Merged),
  objected: Type.Union(
    [Type.Object({ on: Day, how: oneOf(informedWays), organisationName: Type.String() }), Type.Null()],
    {
      description: 'La personne s’est opposée à la conservation de ses données : elles sont effacées',
    },
  ),
  version: Type.Integer(),
  allowed: Type.Array(oneOf(correspondentActs)),
})

const Informed = Type.Object({ on: Day, how: oneOf(informedWays) })
/** A phone as people type it: « 05 56 12 34 56 » or « +34 911 23 45 67 ». It is kept in E.164. */
const Phone = Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' })
const typed = {
  civility: oneOf(civilities),
  familyName: Line(100),
  givenName: Line(100),
  role: Text(120),
  email: Email,
  phone: Phone,
  otherPhone: Phone,
  postalAddress: Text(300),
  preferredChannel: oneOf(preferredChannels),
}

const CorrespondentParams = Type.Object({ correspondentId: Id })
const tag = 'Interlocuteurs'
const needs = 'fiche-etablissement:consultation'

export const listCorrespondents = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/correspondents',
  tag,
  summary: 'Les interlocuteurs connus d’un établissement, avec leur provenance',
  needs,
  params: Type.Object({ siret: Siret }),
  reply: Type.Object({
    ...listOf(Correspondent).properties,
    mayAdd: Type.Boolean({ description: 'Je peux en ajouter ici' }),
    alike: Type.Array(Type.Object({ one: Id, other: Id }), {
      description: 'Deux à deux, ceux qui sont sans doute une même personne',
    }),
  }),
  revealsPersons: { kind: 'establishment', by: 'siret' },
})

/** The values that left too, those of the cards merged into it included: the newest first. */
export const readCorrespondentHistory = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/correspondents/:correspondentId/history',
  tag,
  summary: 'Tout ce qui a été noté d’un interlocuteur, rubrique par rubrique, avec sa provenance',
  needs,
  params: Type.Object({ siret: Siret, correspondentId: Id }),
  reply: Type.Object({
    values: Type.Array(
      Type.Object({
        ...SourcedValue.properties,
        replacedAt: Type.Union([Instant, Type.Null()], {
          description: 'Quand la valeur a été écartée ; null : en cours',
        }),
      }),
    ),
  }),
  revealsPersons: { kind: 'establishment', by: 'siret' },
})

/** `despite` names those found alike whom the person looked at: this one is someone else. */
export const addCorrespondent = defineRoute({
  method: 'POST',
  writesIn: 'interlocuteurs',
  path: '/establishments/:siret/correspondents',
  tag,
  summary: 'Ajouter un interlocuteur',
  needs,
  params: Type.Object({ siret: Siret }),
  body: Type.Object({
    values: Type.Partial(Type.Object(typed)),
    informed: Type.Optional(Informed),
    /** When these values were observed; today unless said. */
    observedOn: Type.Optional(Day),
    despite: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })),
  }),
  reply: Correspondent,
  refusals: [
    'establishment/unknown',
    'correspondent/nobody',
    'correspondent/phone-unreadable',
    'correspondent/likely-known',
    'correspondent/blocked',
    'correspondent/informed-in-future',
    'correspondent/observed-in-future',
  ],
})

const settling = {
  tag,
  needs,
  params: CorrespondentParams,
  versioned: true,
  reply: Correspondent,
  refusalReveals: { kind: 'establishment', byMember: 'siret' },
} as const

/** The fields named alone: null takes away every value of that field. */
export const correctCorrespondent = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId',
  summary: 'Corriger un interlocuteur ; ce qu’un autre partenaire a noté reste à côté',
  body: Type.Object({
    values: Type.Partial(
      Type.Object({
        civility: Nullable(typed.civility),
        familyName: Nullable(typed.familyName),
        givenName: Nullable(typed.givenName),
        role: Nullable(typed.role),
        email: Nullable(typed.email),
        phone: Nullable(typed.phone),
        otherPhone: Nullable(typed.otherPhone),
        postalAddress: Nullable(typed.postalAddress),
        preferredChannel: Nullable(typed.preferredChannel),
      }),
    ),
    informed: Type.Optional(Informed),
    /** When these values were observed; today unless said. */
    observedOn: Type.Optional(Day),
  }),
  refusals: [
    'correspondent/nobody',
    'correspondent/phone-unreadable',
    'correspondent/retired',
    'correspondent/merged',
    'correspondent/objected',
    'correspondent/blocked',
    'correspondent/informed-in-future',
    'correspondent/observed-in-future',
  ],
})

export const confirmCorrespondent = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId/confirmation',
  summary: 'Confirmer que ce qui est noté d’un interlocuteur est toujours juste',
  refusals: ['correspondent/retired', 'correspondent/merged', 'correspondent/objected'],
})

export const chooseCorrespondentValue = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId/choice',
  summary: 'Retenir une valeur quand deux partenaires diffèrent ; l’autre reste dans l’historique',
  body: Type.Object({ valueId: Id }),
  refusals: ['correspondent/retired', 'correspondent/merged', 'correspondent/objected', 'correspondent/value-replaced'],
})

export const setCorrespondentValueAside = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId/set-aside',
  summary: 'Écarter une valeur proposée ; elle reste dans l’historique',
  body: Type.Object({ valueId: Id }),
  refusals: [
    'correspondent/retired',
    'correspondent/merged',
    'correspondent/objected',
    'correspondent/value-replaced',
    'correspondent/not-proposed',
  ],
})

export const retireCorrespondent = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId/retirement',
  summary: 'Retirer un interlocuteur, avec le motif ; il reste dans l’historique',
  body: Type.Object({ reason: oneOf(retirementReasons) }),
  refusals: ['correspondent/retired', 'correspondent/merged', 'correspondent/objected'],
})

export const returnCorrespondent = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId/return',
  summary: 'Remettre en place un interlocuteur retiré',
  refusals: ['correspondent/in-place', 'correspondent/merged', 'correspondent/objected'],
})
