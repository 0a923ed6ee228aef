import { Type } from 'typebox'
import { Id, Instant, Nullable, PersonRef } from './common.ts'
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
