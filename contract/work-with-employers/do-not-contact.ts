import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef, Siret, Text } from '../common.ts'
import { defineRoute } from '../route.ts'

const tag = 'Ne pas contacter'
/** The employer asked for it, or the network decided it. */
export const markOrigins = ['employer', 'network'] as const
export const markOriginLabels: Record<(typeof markOrigins)[number], string> = {
  employer: 'Demandé par l’employeur',
  network: 'Décidé par le réseau',
}
/** It ends by itself, and is renewed if need be. */
export const longestYears = 2
/** As many as a screen of a list shows. */
export const mostMarksAsked = 50

const Reason = Text(300)
export const DoNotContactMark = Type.Object({
  id: Id,
  origin: oneOf(markOrigins),
  reason: Type.String(),
  startsOn: Day,
  until: Day,
  organisation: OrganisationRef,
  author: Nullable(PersonRef),
  markedAt: Instant,
  ended: Nullable(
    Type.Object({
      at: Instant,
      how: oneOf(['lifted', 'renewed']),
      by: Nullable(PersonRef),
      organisation: OrganisationRef,
      reason: Nullable(Type.String()),
    }),
  ),
})
export const DoNotContact = Type.Object({
  current: Nullable(DoNotContactMark),
  past: Type.Array(DoNotContactMark, {
    description: 'Échues, levées ou renouvelées, la plus récente d’abord : 50 au plus',
  }),
  allowed: Type.Array(oneOf(['mark', 'renew', 'lift'])),
})

/** Asked once for the lines shown: that a mark stands, never who marked nor why. */
export const listNotToContact = defineRoute({
  method: 'GET',
  path: '/do-not-contact',
  tag,
  summary: 'Lesquels des établissements affichés ne sont pas à contacter, et jusqu’à quand',
  needs: 'signed-in',
  query: Type.Object({
    sirets: Type.String({
      pattern: `^\\d{14}(,\\d{14}){0,${mostMarksAsked - 1}}$`,
      maxLength: 15 * mostMarksAsked,
      description: `Séparés par des virgules, ${mostMarksAsked} au plus`,
    }),
  }),
  reply: Type.Object({ items: Type.Array(Type.Object({ siret: Siret, until: Day })) }),
  refusals: ['access/no-grant'],
})

const ofEstablishment = {
  path: '/establishments/:siret/do-not-contact',
  tag,
  params: Type.Object({ siret: Siret }),
  reply: DoNotContact,
} as const
export const getDoNotContact = defineRoute({
  ...ofEstablishment,
  method: 'GET',
  summary: 'Si l’établissement est à ne pas contacter : pourquoi, jusqu’à quand, et l’historique',
  needs: 'fiche-etablissement:consultation',
  refusals: ['access/outside-perimeter'],
})
export const markDoNotContact = defineRoute({
  ...ofEstablishment,
  method: 'POST',
  summary: 'Marquer un établissement « ne pas contacter », jusqu’à une date',
  needs: 'campagnes:conseiller',
  body: Type.Object({ origin: oneOf(markOrigins), reason: Reason, until: Day }),
  refusals: [
    'access/outside-perimeter',
    'establishment/unknown',
    'do-not-contact/already',
    'do-not-contact/until-past',
    'do-not-contact/until-too-far',
  ],
})

const ofMark = { method: 'POST', tag, params: Type.Object({ markId: Id }), reply: DoNotContact } as const
/** A mark never changes: renewed, another takes its place. Its id says which one was read, as a version would. */
export const renewDoNotContact = defineRoute({
  ...ofMark,
  path: '/do-not-contact/:markId/renew',
  summary: 'Changer la date de fin : une autre marque prend la place de celle-ci',
  needs: 'campagnes:conseiller',
  body: Type.Object({ reason: Reason, until: Day }),
  refusals: [
    'access/outside-perimeter',
    'do-not-contact/author-or-lead-only',
    'do-not-contact/ended',
    'do-not-contact/until-past',
    'do-not-contact/until-too-far',
  ],
})
export const liftDoNotContact = defineRoute({
  ...ofMark,
  path: '/do-not-contact/:markId/lift',
  summary: 'Lever la marque avant sa date, en disant pourquoi',
  needs: 'campagnes:conseiller',
  body: Type.Object({ reason: Reason }),
  refusals: ['do-not-contact/author-or-lead-only', 'do-not-contact/ended'],
})
