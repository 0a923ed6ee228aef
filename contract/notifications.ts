import { Type } from 'typebox'
import { Cursor, Id, Instant, listOf, Nullable, oneOf, PersonRef } from './common.ts'
import { deliveries, switchableKinds } from './deliveries.ts'
import { defineRoute } from './route.ts'

/** A mail that never left: of what kind, to whom, why; not what it said. */
const FailedMail = Type.Object({
  id: Id,
  kind: Type.String(),
  person: Nullable(PersonRef),
  address: Nullable(Type.String({ description: 'De qui n’a pas de compte : la première lettre, et le domaine' })),
  createdAt: Instant,
  failedAt: Nullable(Instant),
  attempts: Type.Integer(),
  error: Nullable(Type.String({ description: 'Code, sans adresse' })),
})
export const listFailedMails = defineRoute({
  method: 'GET',
  path: '/mails/failed',
  tag: 'Sécurité',
  summary: 'Les courriels qui ne sont pas partis, pour le CSSI et les administrateurs',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(FailedMail, {
      description: 'Le plus récent d’abord, 200 au plus ; ceux de plus de trente jours sont effacés',
    }),
  }),
  refusals: ['mail/overseers-only'],
})
export const retryMail = defineRoute({
  method: 'POST',
  path: '/mails/:mailId/retry',
  tag: 'Sécurité',
  summary: 'Essayer encore un courriel qui n’est pas parti, à l’adresse de ce jour',
  needs: 'signed-in',
  params: Type.Object({ mailId: Id }),
  reply: Type.Object({ queued: Type.Literal(true) }),
  refusals: ['mail/overseers-only', 'mail/not-failed'],
})

const tag = 'Notifications'
const Notification = Type.Object({
  id: Id,
  kind: Type.String(),
  subject: Type.String(),
  text: Nullable(Type.String({ description: 'Ce que disait le courriel, pour ce qui peut se recevoir sans courriel' })),
  at: Instant,
  readAt: Nullable(Instant),
  path: Nullable(Type.String({ description: 'La page dont elle parle, si elle reste ouverte à la personne' })),
  /** What it speaks of is closed to the person since. */
  closed: Type.Boolean(),
})
export const listNotifications = defineRoute({
  method: 'GET',
  path: '/notifications',
  tag,
  summary: 'Mes notifications, la plus récente d’abord',
  needs: 'signed-in',
  query: Type.Object({
    after: Type.Optional(Cursor),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 30 })),
    unread: Type.Optional(Type.Boolean({ description: 'Seulement celles que je n’ai pas lues' })),
  }),
  reply: listOf(Notification),
})
export const markNotifications = defineRoute({
  method: 'POST',
  path: '/notifications/marks',
  tag,
  summary: 'Marquer de mes notifications comme lues, ou comme non lues',
  needs: 'signed-in',
  noAct: true,
  body: Type.Object({
    ids: Type.Array(Id, { minItems: 1, maxItems: 100 }),
    read: Type.Boolean(),
  }),
  reply: Type.Object({ marked: Type.Integer() }),
})
export const readAllNotifications = defineRoute({
  method: 'POST',
  path: '/notifications/read-all',
  tag,
  summary: 'Marquer comme lues toutes mes notifications jusqu’à celle-ci',
  needs: 'signed-in',
  noAct: true,
  body: Type.Object({ upTo: Id }),
  reply: Type.Object({ marked: Type.Integer() }),
})

const Choice = Type.Object({ kind: oneOf(switchableKinds), delivery: oneOf(deliveries) })
const Choices = Type.Object({ choices: Type.Array(Choice) })
export const readNotificationChoices = defineRoute({
  method: 'GET',
  path: '/notification-choices',
  tag,
  summary: 'Comment je reçois chaque type de notification',
  needs: 'signed-in',
  reply: Choices,
})
export const chooseNotifications = defineRoute({
  method: 'PUT',
  path: '/notification-choices',
  tag,
  summary: 'Choisir comment je reçois des types de notification ; ceux qui ne sont pas nommés restent comme ils sont',
  needs: 'signed-in',
  body: Type.Object({
    choices: Type.Array(Choice, { minItems: 1, maxItems: switchableKinds.length }),
  }),
  reply: Choices,
  refusals: ['notification/kind-twice'],
})
