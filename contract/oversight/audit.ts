import { Type } from 'typebox'
import { Cursor, Day, Id, Instant, listOf, Nullable, OrganisationRef, oneOf, PersonRef } from '../common.ts'
import { defineRoute } from '../route.ts'

/**
 * Members of a reply that tell of a person met at an employer, or how to reach a colleague. A route that may answer
 * one says `revealsPersons`; a fence looks.
 */
export const personalMembers = ['personMet', 'notes', 'phone', 'values', 'correspondent', 'workEmail'] as const

/** One's own acts; what others did on one's account; those of one's structure (RGC); all of them (CSSI). */
export const trailScopes = ['own', 'about-me', 'organisation', 'all'] as const
export const TrailEntry = Type.Object({
  id: Id,
  at: Instant,
  actor: Type.Union([PersonRef, Type.Null()], {
    description: 'Nul : le service lui-même, ou quelqu’un qui n’a pas pu se connecter',
  }),
  organisation: Nullable(OrganisationRef),
  action: Type.String(),
  subject: Type.Object({
    kind: Type.String(),
    id: Type.String(),
    name: Type.Union([Type.String(), Type.Null()], { description: 'D’un compte' }),
  }),
})
export const listTrail = defineRoute({
  method: 'GET',
  path: '/trail/entries',
  tag: 'Journal',
  summary: 'Le journal des actes, les derniers d’abord : par personne, objet, acte et période',
  needs: 'signed-in',
  readsTrail: 'trail.searched',
  query: Type.Object({
    scope: Type.Optional(oneOf(trailScopes)),
    person: Type.Optional(Id),
    action: Type.Optional(Type.String({ maxLength: 81, pattern: '^[a-z0-9-]{1,40}\\.[a-z-]{1,40}$' })),
    kind: Type.Optional(Type.String({ maxLength: 40, pattern: '^[a-z0-9-]{1,40}$' })),
    subject: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    after: Type.Optional(Cursor),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  }),
  reply: Type.Object({
    ...listOf(TrailEntry).properties,
    scopes: Type.Array(oneOf(trailScopes), { description: 'Ce que je peux consulter' }),
  }),
  refusals: ['access/role-required', 'trail/period-reversed'],
})
/** Whose acts the RGC may ask for: the people of the structure, by name. */
export const listTrailPeople = defineRoute({
  method: 'GET',
  path: '/trail/people',
  tag: 'Journal',
  summary: 'Les personnes de ma structure, pour chercher leurs actes (RGC)',
  needs: 'role:rgc',
  reply: Type.Object({ items: Type.Array(PersonRef) }),
})
export const getTrailEntry = defineRoute({
  method: 'GET',
  path: '/trail/entries/:entryId',
  tag: 'Journal',
  summary: 'Un acte du journal : d’où, avec quel détail, et sa place dans la trace scellée',
  needs: 'signed-in',
  params: Type.Object({ entryId: Id }),
  readsTrail: 'trail.entry-read',
  revealsPersons: { kind: 'trail-entry', by: 'entryId' },
  reply: Type.Object({
    ...TrailEntry.properties,
    origin: Type.String({ description: 'Empreinte de l’adresse : la même adresse donne la même' }),
    requestId: Type.String(),
    detail: Type.Unknown(),
    detailState: Type.Union([Type.Literal('shown'), Type.Literal('erased'), Type.Literal('withheld')]),
    position: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Dans la trace scellée ; nul : pas encore scellé',
    }),
  }),
})
