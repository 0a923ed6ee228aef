import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef, Text } from '../../common.ts'
import { Told } from '../../notices.ts'
import { defineRoute } from '../../route.ts'
import { UploadId } from '../uploads.ts'
import { PaperCorrection } from './shapes.ts'

/** Departures and absences of account managers: known, declared or received, and the question of inactivity (RGC-6). */
export const rgcEventKinds = ['depart', 'changement-de-fonction', 'absence'] as const
/** Who was told of it; and, when nobody is left to manage the accounts, who was told of that. */
export const tellingAll = { told: Told, nobodyLeft: Nullable(Told) }

export const RgcEventLine = Type.Object({
  id: Id,
  person: PersonRef,
  organisation: OrganisationRef,
  kind: oneOf(rgcEventKinds),
  lastDay: Nullable(Day),
  absentFrom: Nullable(Day),
  backOn: Nullable(Day),
  knownOn: Day,
  declareBy: Day,
  late: Type.Boolean(),
  rightsEndAt: Instant,
  declaredAt: Instant,
  receivedOn: Nullable(Day),
  signedOn: Nullable(Day),
  corrections: Type.Array(PaperCorrection, { description: 'La dernière d’abord' }),
  withdrawn: Nullable(
    Type.Object(
      { reason: Type.String(), by: PersonRef, at: Instant },
      { description: 'Reprise par qui l’a déclarée, ou contestée par la structure pour laquelle elle a été saisie' },
    ),
  ),
  allowed: Type.Array(oneOf(['download', 'correct', 'withdraw', 'contest'])),
  endsAccount: Type.Boolean({ description: 'Le compte et ses habilitations prennent fin avec le dernier jour' }),
})
/** Known and not declared yet: noted by somebody. */
export const ToDeclare = Type.Object({
  id: Id,
  person: PersonRef,
  organisation: OrganisationRef,
  kind: oneOf(rgcEventKinds),
  knownOn: Day,
  declareBy: Day,
  late: Type.Boolean(),
  allowed: Type.Array(Type.Literal('withdraw')),
})
/** No act for two months: a question to the structure, which is never late. */
export const Unseen = Type.Object({
  person: PersonRef,
  organisation: OrganisationRef,
  since: Day,
  allowed: Type.Array(Type.Literal('answer')),
})

export const declareRgcEvent = defineRoute({
  method: 'POST',
  path: '/rgc/events',
  tag: 'Gestion des comptes',
  summary:
    'Déclarer au CSSI le départ, le changement de fonction ou l’absence de plus de deux mois d’un RGC ; le CSSI ou la direction régionale saisit ce qu’il a reçu. Un départ met fin au compte, le dernier jour à minuit',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object(
    {
      accountId: Id,
      kind: oneOf(rgcEventKinds),
      lastDay: Type.Optional(Nullable(Day)),
      knownOn: Type.Optional(Nullable(Day)),
      absentFrom: Type.Optional(Nullable(Day)),
      backOn: Type.Optional(Nullable(Day)),
      foreseenOn: Type.Optional(Nullable(Day)),
      endsAccount: Type.Optional(
        Type.Boolean({
          description: 'D’un changement de fonction : le compte ne sert plus. Un départ y met toujours fin',
        }),
      ),
      receivedOn: Type.Optional(Nullable(Day)),
      signedOn: Type.Optional(Nullable(Day)),
      file: Type.Optional(Nullable(UploadId)),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ ...RgcEventLine.properties, ...tellingAll }),
  refusals: [
    'rgc/partner-only',
    'access/role-required',
    'rgc/not-in-place',
    'rgc/event-dates',
    'rgc/absence-short',
    'rgc/paper-required',
    'upload/unknown',
  ],
})
export const withdrawRgcEvent = defineRoute({
  method: 'POST',
  path: '/rgc/events/:eventId/withdraw',
  tag: 'Gestion des comptes',
  summary:
    'Reprendre un départ ou une absence déclarés par erreur, ou contester celui que l’opérateur a saisi : ce qui avait été coupé revient',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ eventId: Id }),
  body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
  reply: Type.Object({
    ...RgcEventLine.properties,
    told: Told,
    back: Type.Object(
      {
        role: Type.Boolean(),
        account: Type.Boolean(),
        grants: Type.Integer({ description: 'Qui courent de nouveau' }),
        waiting: Type.Integer({ description: 'Qui attendent d’être rétablies une à une' }),
      },
      { description: 'Ce qui revient' },
    ),
  }),
  refusals: [
    'rgc/not-yours-to-take-back',
    'rgc/event-taken-back',
    'person/undo-too-late',
    'person/departure-declared',
    'person/address-taken',
  ],
})
export const noteRgcEvent = defineRoute({
  method: 'POST',
  path: '/rgc/known-events',
  tag: 'Gestion des comptes',
  summary:
    'Noter qu’un départ, un changement de fonction ou une longue absence est connu, avant sa déclaration : les huit jours sont rappelés',
  needs: 'signed-in',
  body: Type.Object({ accountId: Id, kind: oneOf(rgcEventKinds), knownOn: Day }, { additionalProperties: false }),
  reply: ToDeclare,
  refusals: ['rgc/not-yours-to-note', 'rgc/not-in-place', 'rgc/event-dates', 'rgc/already-noted'],
})
export const withdrawKnownEvent = defineRoute({
  method: 'POST',
  path: '/rgc/known-events/:eventId/withdraw',
  tag: 'Gestion des comptes',
  summary: 'Retirer ce qui a été noté à tort : ce n’est plus à déclarer',
  needs: 'signed-in',
  params: Type.Object({ eventId: Id }),
  body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
  reply: Type.Object({ withdrawn: Type.Literal(true) }),
  refusals: ['rgc/not-yours-to-note', 'rgc/already-withdrawn'],
})
export const answerUnseen = defineRoute({
  method: 'POST',
  path: '/rgc/unseen/:accountId/present',
  tag: 'Gestion des comptes',
  summary: 'Répondre qu’un RGC sans activité depuis deux mois est toujours en fonction',
  needs: 'signed-in',
  params: Type.Object({ accountId: Id }),
  reply: Type.Object({ answered: Type.Literal(true) }),
  refusals: ['rgc/partner-only', 'rgc/not-asked'],
})
