import type { Static } from 'typebox'
import type { WaitingLink as WaitingLinkShape } from '../../../contract/signing-in/sign-in-help.ts'
import { siretText } from '../../platform/siret.ts'
import type { WaitingLink } from './sign-in-help.queries.ts'

export const waitingReply = ({ siret, reason, askedAt, ...link }: WaitingLink): Static<typeof WaitingLinkShape> => ({
  ...link,
  siret: siret === null ? null : siretText(siret),
  reason: reason as 'unknown-provider',
  askedAt: askedAt.toISOString(),
})
