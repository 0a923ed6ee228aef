import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, oneOf, PersonRef } from '../../common.ts'
import { BlockOfPerson } from '../../oversight/security.ts'
import { profiles, roles, tools } from '../../route.ts'
import { Attachment, accountStatuses, HeldGrant } from '../accounts.ts'
import { anomalyKinds } from '../anomalies.ts'
import { ExceptionalAct, standInActs } from '../necessity.ts'

/**
 * What is no anomaly yet: a suspension for inactivity within fourteen days; no grant nor role for less than a month; who
 * came by ProConnect and waits for an answer.
 */
export const notYetAnomalies = ['soon-inactive', 'not-granted', 'link-waiting'] as const
/** Why a person's account is looked at: what an account manager has to settle. */
export const watched = [...anomalyKinds, ...notYetAnomalies] as const
const PersonLine = {
  id: Id,
  givenName: Type.String(),
  familyName: Type.String(),
  function: Type.String(),
  status: oneOf(accountStatuses),
  attachment: Attachment,
  thirdParty: Nullable(Type.Object({ id: Id, name: Type.String() })),
  contractEndsOn: Nullable(Day),
  roles: Type.Array(oneOf(roles)),
  lastActAt: Nullable(Instant),
  inactiveOn: Nullable(
    Type.Object({ day: Day, passed: Type.Boolean() }, { description: 'Premier jour de suspension sans acte d’ici là' }),
  ),
  anomalies: Type.Array(oneOf(watched)),
  grants: Type.Array(HeldGrant),
}
export const PersonInList = Type.Object(PersonLine)
export const personActs = [
  'edit',
  'change-address',
  'grant',
  'suspend',
  'resume',
  'lift',
  'depart',
  'cancel-departure',
  'undo-departure',
] as const
export const Person = Type.Object({
  ...PersonLine,
  email: Nullable(Type.String()),
  createdAt: Instant,
  statusReason: Nullable(Type.String()),
  version: Type.Integer(),
  past: Type.Array(
    Type.Object({
      ...HeldGrant.properties,
      endedAt: Nullable(Instant),
      endedBy: Nullable(PersonRef),
      endReason: Nullable(Type.String()),
      suspended: Type.Boolean({ description: 'Suspendue : elle se rétablit telle qu’elle était' }),
      allowed: Type.Array(Type.Literal('resume')),
    }),
    { description: 'Habilitations à venir ou finies, la dernière d’abord' },
  ),
  proposed: Type.Array(Type.Object({ tool: oneOf(tools), profile: oneOf(profiles) }), {
    description: 'Le plus petit profil que demande la fonction',
  }),
  blocks: Type.Array(BlockOfPerson, { description: 'Les blocages, la dernière coupure d’abord ; 20 au plus' }),
  leaving: Nullable(
    Type.Object(
      { lastDay: Day, cause: oneOf(['departure', 'change-of-function', 'not-needed']), by: PersonRef },
      { description: 'Un départ saisi d’avance : il s’annule tant que son dernier jour n’est pas passé' },
    ),
  ),
  held: Nullable(
    Type.Object(
      { lastDay: Day, roles: Type.Array(oneOf(['cssi', 'administrateur'])) },
      { description: 'Son départ est venu, et le compte reste : il tient seul ces rôles. Il finira une fois remplacé' },
    ),
  ),
  left: Nullable(
    Type.Object(
      { at: Instant, undoableUntil: Instant },
      {
        description:
          'Le départ de ce compte supprimé, tant qu’il peut être annulé (trente jours) ; sans le nom (ACC-6)',
      },
    ),
  ),
  exceptional: Type.Array(ExceptionalAct, {
    description: 'Les actes exceptionnels de l’opérateur ou du signataire, le dernier d’abord ; 50 au plus',
  }),
  allowed: Type.Array(oneOf(personActs)),
  standsIn: Type.Array(oneOf(standInActs), {
    description: 'Ce que le signataire fait lui-même, tant qu’aucun RGC ne peut agir',
  }),
  waits: Type.Boolean({ description: 'Le compte attend la confirmation d’une seconde personne' }),
  decidedBy: Type.String({ description: 'Qui décide pour cette personne, en toutes lettres' }),
})
