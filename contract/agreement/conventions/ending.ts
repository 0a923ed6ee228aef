import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, oneOf, Text } from '../../common.ts'
import { UploadId } from '../../people-and-rights/uploads.ts'
import { defineRoute } from '../../route.ts'
import { Party } from './authorities.ts'
import { obligationCodes } from './obligations.ts'
import { Changed, ConventionParams, Days, letterKinds, tag } from './shapes.ts'

const InTheNameOf = Type.Optional(Party)
/** When the convention will end by what is asked; null: by nothing any more. Asked where that end changes. */
const Confirms = Type.Optional(
  Type.Union([Instant, Type.Null()], {
    description:
      'La fin de la convention qui en découle, confirmée. Absente ou autre : refus `convention/confirm-end`, qui la donne',
  }),
)

export const giveNotice = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/notices',
  tag,
  summary: 'Donner congé : la convention prend fin un mois après la réception',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    {
      party: InTheNameOf,
      channel: oneOf(['courrier', 'courriel']),
      sentOn: Day,
      receivedOn: Nullable(Day),
      document: UploadId,
      confirms: Confirms,
    },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/confirm-end',
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/day-in-future',
    'convention/days-reversed',
    'upload/unknown',
  ],
})

export const notifyBreach = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/breaches',
  tag,
  summary: 'Notifier un manquement à une obligation essentielle, par lettre recommandée',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    {
      party: InTheNameOf,
      clauses: Type.Array(oneOf(obligationCodes), {
        minItems: 1,
        maxItems: obligationCodes.length,
        uniqueItems: true,
        description: 'Les obligations essentielles en cause, que l’autre partie devait tenir',
      }),
      otherArticle: Type.Optional(Nullable(Text(100))),
      obligation: Text(1000),
      letterReference: Text(60),
      sentOn: Day,
      presentedOn: Nullable(Day),
      deliveredOn: Nullable(Day),
      document: UploadId,
      confirms: Confirms,
    },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/confirm-end',
    'convention/obligation-of-other-party',
    'convention/article-required',
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/day-in-future',
    'convention/days-reversed',
    'upload/unknown',
  ],
})

export const recordReceipt = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/receipts',
  tag,
  summary: 'Dire quand une lettre a été reçue, ou présentée, et en garder l’avis de réception',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    {
      kind: oneOf(['notice', 'breach']),
      id: Id,
      receivedOn: Nullable(Day),
      presentedOn: Nullable(Day),
      document: Type.Optional(Nullable(UploadId)),
      confirms: Confirms,
    },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/confirm-end',
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/day-in-future',
    'convention/days-reversed',
    'convention/already-received',
    'convention/already-withdrawn',
    'convention/receipt-of-sender',
    'upload/unknown',
  ],
})

export const withdraw = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/withdrawals',
  tag,
  summary: 'Renoncer à un congé ou à un manquement avant son effet',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object({ kind: oneOf(['notice', 'breach']), id: Id, reason: Text(500) }, { additionalProperties: false }),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/author-only',
    'convention/already-withdrawn',
  ],
})

export const correctDate = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/corrections',
  tag,
  summary: 'Corriger une date que quelqu’un d’autre de sa partie a donnée, avant ou après son effet',
  needs: 'signed-in',
  stepUp: true,
  versioned: true,
  params: ConventionParams,
  body: Type.Object(
    { kind: oneOf(letterKinds), id: Id, reason: Text(500), ...Days.properties, confirms: Confirms },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/confirm-end',
    'convention/second-person',
    'convention/correction-too-late',
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/teller-only',
    'convention/nothing-to-correct',
    'convention/day-in-future',
    'convention/days-reversed',
    'convention/already-withdrawn',
    'convention/signature-contested',
    'convention/already-in-force',
  ],
})

export const answerEntry = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/answers',
  tag,
  summary: 'Contester ou confirmer ce que l’autre partie a enregistré au nom de la sienne',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    {
      kind: oneOf(letterKinds),
      id: Id,
      answer: oneOf(['contest', 'confirm']),
      reason: Nullable(Text(500)),
    },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/own-entry',
    'convention/sender-only',
    'convention/already-withdrawn',
    'convention/already-confirmed',
    'convention/already-contested',
    'convention/reason-required',
    'convention/already-in-force',
  ],
})
