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
  PersonRef,
  Text,
} from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute } from '../route.ts'

/** The rights of articles 15, 16, 17, 18, 20 and 21 of the GDPR. */
export const rightsKinds = ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection'] as const
export const rightsWhose = ['user', 'correspondent', 'other'] as const
export const rightsChannels = ['mail', 'letter', 'on-site', 'phone'] as const
/** Known to whom receives it; called back at a number known before; shown a document, of which no copy is kept. */
export const identityManners = ['known', 'call-back', 'document'] as const
export const rightsOutcomes = ['given', 'partly', 'refused'] as const
/** Of the GDPR, what a refusal may rest on. */
export const refusalArticles = ['11-2', '12-5', '15-4', '17-3', '18-2', '20-3', '21-1', 'other'] as const
/** To do: to answer, or its recipients to tell. */
export const rightsStates = ['open', 'closed'] as const
/** Of the recipients of what was rectified, erased or restricted (article 19): all told, impossible, or there are none. */
export const toldExtents = ['all', 'impossible', 'none'] as const

const Params = Type.Object({ requestId: Id })
const Entry = {
  kind: oneOf(rightsKinds),
  whose: oneOf(rightsWhose),
  person: Type.String(),
  channel: oneOf(rightsChannels),
  receivedOn: Day,
}
const Entered = {
  kind: oneOf(rightsKinds),
  whose: oneOf(rightsWhose),
  person: Line(160),
  channel: oneOf(rightsChannels),
  receivedOn: Day,
}
export const RightsRequest = Type.Object({
  id: Id,
  version: Type.Integer({ description: 'Change à chaque correction de ce qui est enregistré' }),
  ...Entry,
  recordedAt: Instant,
  dueOn: Type.String({ format: 'date', description: 'Dernier jour pour répondre, AAAA-MM-JJ, heure de Paris' }),
  extendableUntil: Type.String({ format: 'date', description: 'Dernier jour pour dire une prolongation' }),
  late: Type.Boolean(),
  state: oneOf(rightsStates),
  receivedBy: OrganisationRef,
  handover: Nullable(Type.Object({ at: Instant, to: OrganisationRef })),
  withdrawals: Type.Array(
    Type.Object({
      to: OrganisationRef,
      handedAt: Instant,
      at: Instant,
      givenBack: Type.Boolean({ description: 'Rendue par qui l’avait reçue, et non reprise' }),
      reason: Type.String(),
    }),
    {
      description: 'Les transmissions reprises ou rendues, la dernière d’abord',
    },
  ),
  holder: OrganisationRef,
  identity: Nullable(Type.Object({ on: Day, manner: oneOf(identityManners) })),
  extension: Nullable(
    Type.Object({
      on: Day,
      reason: Type.String(),
      counts: Type.Boolean({
        description:
          'Faux : la réception, corrigée, est plus ancienne, et la personne est informée après le premier mois',
      }),
    }),
  ),
  answer: Nullable(
    Type.Object({
      on: Day,
      outcome: oneOf(rightsOutcomes),
      channel: oneOf(rightsChannels),
      article: Nullable(oneOf(refusalArticles)),
      reason: Nullable(Type.String()),
    }),
  ),
  recipients: Nullable(Type.Object({ on: Day, extent: oneOf(toldExtents), words: Type.String() })),
  toTell: Type.Boolean({ description: 'Les destinataires des données restent à prévenir (article 19 du RGPD)' }),
  allowed: Type.Array(
    oneOf(['check-identity', 'extend', 'answer', 'hand-over', 'tell-recipients', 'correct', 'withdraw', 'give-back']),
  ),
})
const tag = 'Données personnelles'
/** Of every step: who may not note it, and on which day. */
const stepRefusals = [
  'rights-request/dpd-only',
  'rights-request/handed',
  'rights-request/day-in-future',
  'rights-request/day-before',
  'rights-request/already-noted',
] as const

export const listRightsRequests = defineRoute({
  method: 'GET',
  path: '/rights-requests',
  tag,
  summary:
    'Les demandes de droits que sa structure a reçues ou qui lui sont transmises : à traiter, la plus ancienne d’abord, ou closes',
  needs: 'signed-in',
  query: Type.Object({ state: oneOf(rightsStates), ...PageQuery }),
  reply: listOf(RightsRequest),
  refusals: ['rights-request/dpd-only'],
})
/** A figure and a day, for a home page: no request is read, and nobody named. */
export const countRightsRequests = defineRoute({
  method: 'GET',
  path: '/rights-requests/held',
  tag,
  summary: 'Combien de demandes de droits sa structure tient et n’a pas closes, et le premier jour où répondre',
  needs: 'signed-in',
  reply: Type.Object({
    held: Type.Integer({ description: 'À traiter, celles transmises à l’autre partie non comprises' }),
    dueOn: Nullable(
      Type.String({
        format: 'date',
        description: 'Le plus proche des derniers jours pour répondre ; nul : tout l’est',
      }),
    ),
  }),
  refusals: ['rights-request/dpd-only'],
})
export const getRightsRequest = defineRoute({
  method: 'GET',
  path: '/rights-requests/:requestId',
  tag,
  summary: 'Une demande de droits : son échéance, qui la tient, l’identité vérifiée, la prolongation, la réponse',
  needs: 'signed-in',
  params: Params,
  reply: RightsRequest,
  refusals: ['rights-request/dpd-only'],
})
export const enterRightsRequest = defineRoute({
  method: 'POST',
  path: '/rights-requests',
  tag,
  summary: 'Enregistrer une demande de droits reçue par sa structure',
  needs: 'signed-in',
  body: Type.Object(Entered, { additionalProperties: false }),
  reply: RightsRequest,
  refusals: ['rights-request/dpd-only', 'rights-request/day-in-future'],
})
export const correctRightsRequest = defineRoute({
  method: 'PUT',
  path: '/rights-requests/:requestId',
  tag,
  summary:
    'Corriger ce qui est enregistré d’une demande, avant d’y répondre : ce qui précède reste dans son historique',
  needs: 'signed-in',
  versioned: true,
  params: Params,
  body: Type.Object({ ...Entered, reason: Text(500) }, { additionalProperties: false }),
  reply: RightsRequest,
  refusals: [
    'rights-request/dpd-only',
    'rights-request/handed',
    'rights-request/entry-handed',
    'rights-request/answered',
    'rights-request/unchanged',
    'rights-request/identity-checked',
    'rights-request/day-in-future',
    'rights-request/step-before',
  ],
})
export const listRightsCorrections = defineRoute({
  method: 'GET',
  path: '/rights-requests/:requestId/corrections',
  tag,
  summary:
    'Les corrections de ce qui est enregistré d’une demande, la dernière d’abord : avant, après, qui, quand, pourquoi',
  needs: 'signed-in',
  params: Params,
  reply: listOf(
    Type.Object({
      version: Type.Integer(),
      before: Type.Object(Entry),
      after: Type.Object(Entry),
      reason: Type.String(),
      recordedBy: Nullable(PersonRef),
      recordedAt: Instant,
    }),
  ),
  refusals: ['rights-request/dpd-only'],
})
export const checkRightsIdentity = defineRoute({
  method: 'POST',
  path: '/rights-requests/:requestId/identity',
  tag,
  summary: 'Noter que l’identité de la personne est vérifiée, comment et quel jour',
  needs: 'signed-in',
  params: Params,
  body: Type.Object({ checkedOn: Day, manner: oneOf(identityManners) }, { additionalProperties: false }),
  reply: RightsRequest,
  refusals: [...stepRefusals, 'rights-request/answered'],
})
export const extendRightsRequest = defineRoute({
  method: 'POST',
  path: '/rights-requests/:requestId/extension',
  tag,
  summary: 'Prolonger de deux mois, une fois, un délai dont la personne est informée pendant le premier mois',
  needs: 'signed-in',
  params: Params,
  body: Type.Object({ toldOn: Day, reason: Text(500) }, { additionalProperties: false }),
  reply: RightsRequest,
  refusals: [...stepRefusals, 'rights-request/answered', 'rights-request/first-month-over'],
})
export const answerRightsRequest = defineRoute({
  method: 'POST',
  path: '/rights-requests/:requestId/answer',
  tag,
  summary: 'Noter la réponse faite à la personne : donnée, partielle ou refusée, avec l’article et le motif',
  needs: 'signed-in',
  params: Params,
  body: Type.Object(
    {
      answeredOn: Day,
      outcome: oneOf(rightsOutcomes),
      channel: oneOf(rightsChannels),
      article: Type.Optional(Nullable(oneOf(refusalArticles))),
      reason: Type.Optional(Nullable(Text(500))),
    },
    { additionalProperties: false },
  ),
  reply: RightsRequest,
  refusals: [...stepRefusals, 'rights-request/identity-first', 'rights-request/ground-required'],
})
export const tellRightsRecipients = defineRoute({
  method: 'POST',
  path: '/rights-requests/:requestId/recipients',
  tag,
  summary:
    'Noter que les destinataires des données sont prévenus de ce qui est rectifié, effacé ou limité (article 19)',
  needs: 'signed-in',
  params: Params,
  body: Type.Object({ toldOn: Day, extent: oneOf(toldExtents), words: Text(500) }, { additionalProperties: false }),
  reply: RightsRequest,
  refusals: [...stepRefusals, 'rights-request/nothing-to-tell'],
})
export const handRightsRequestOver = defineRoute({
  method: 'POST',
  path: '/rights-requests/:requestId/handover',
  tag,
  summary: 'Transmettre à l’autre partie une demande qui relève d’elle : son DPD est prévenu, le délai ne change pas',
  needs: 'signed-in',
  params: Params,
  body: Type.Object({ toOrganisationId: Id }, { additionalProperties: false }),
  reply: Type.Object({ request: RightsRequest, told: Told }),
  refusals: [
    'rights-request/dpd-only',
    'rights-request/handed',
    'rights-request/handed-once',
    'rights-request/answered',
    'rights-request/not-the-other-party',
    'rights-request/nobody-there',
  ],
})
export const withdrawRightsHandover = defineRoute({
  method: 'POST',
  path: '/rights-requests/:requestId/handover/withdraw',
  tag,
  summary:
    'Reprendre une demande transmise par erreur, tant que l’autre partie n’en a rien noté : elle en est prévenue',
  needs: 'signed-in',
  params: Params,
  body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
  reply: Type.Object({ request: RightsRequest, told: Told }),
  refusals: ['rights-request/dpd-only', 'rights-request/giver-only', 'rights-request/taken'],
})
/** Who gives it back reads it no more: the reply holds nothing of it. */
export const giveRightsRequestBack = defineRoute({
  method: 'POST',
  path: '/rights-requests/:requestId/handover/give-back',
  tag,
  summary:
    'Rendre à qui l’a transmise une demande qui ne relève pas de sa structure, avant d’y répondre : son DPD est prévenu',
  needs: 'signed-in',
  params: Params,
  body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
  reply: Type.Object({ told: Told }),
  refusals: ['rights-request/dpd-only', 'rights-request/receiver-only', 'rights-request/answered'],
})
