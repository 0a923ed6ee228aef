import { Type } from 'typebox'
import { Day, Id, Nullable, oneOf, Text } from '../../common.ts'
import { defineRoute, fileBodyLimit } from '../../route.ts'
import { Changed, ConventionParams, tag, Upload } from './shapes.ts'

export const giveNotice = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/notices',
  bodyLimit: fileBodyLimit,
  tag,
  summary: 'Donner congé : la convention prend fin un mois après la réception',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    { channel: oneOf(['courrier', 'courriel']), sentOn: Day, receivedOn: Nullable(Day), document: Nullable(Upload) },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/day-in-future',
    'convention/days-reversed',
    'convention/not-a-pdf',
  ],
})

export const notifyBreach = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/breaches',
  bodyLimit: fileBodyLimit,
  tag,
  summary: 'Notifier un manquement à une obligation essentielle, par lettre recommandée',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    {
      obligation: Text(1000),
      letterReference: Text(60),
      sentOn: Day,
      presentedOn: Nullable(Day),
      deliveredOn: Nullable(Day),
      document: Nullable(Upload),
    },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/day-in-future',
    'convention/days-reversed',
    'convention/not-a-pdf',
  ],
})

export const recordReceipt = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/receipts',
  tag,
  summary: 'Dire quand une lettre a été reçue, ou présentée',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    { kind: oneOf(['notice', 'breach']), id: Id, receivedOn: Nullable(Day), presentedOn: Nullable(Day) },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/day-in-future',
    'convention/days-reversed',
    'convention/already-received',
    'convention/already-withdrawn',
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
