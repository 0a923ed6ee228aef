import type { Static } from 'typebox'
import type * as contract from '../../../contract/agreement/conventions.ts'
import type { Context } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import { mayDraft } from '../conventions/conventions.policy.ts'
import type { Loaded } from '../conventions/conventions.queries.ts'
import type { IdentityRow } from './party-identity.queries.ts'
import { type SiretRow, siretsReply } from './siret-rules.ts'

export interface KnownParty {
  readonly loaded: Loaded
  readonly identities: readonly IdentityRow[]
  readonly sirets: readonly SiretRow[]
}
export const partyReply = (
  { viewer, today }: Pick<Context, 'viewer' | 'today'>,
  { loaded: { convention }, identities, sirets }: KnownParty,
): Static<typeof contract.getPartyIdentity.reply> => {
  const [{ name, kind, version }] = identities as [IdentityRow, ...IdentityRow[]]
  return {
    organisation: { id: convention.organisationId, name, kind },
    version,
    sirets: siretsReply(sirets, today),
    history: identities.map(one => ({
      ...one,
      siret: siretText(one.siret),
      recordedAt: one.recordedAt.toISOString(),
    })),
    allowed: mayDraft(viewer, convention) === true ? ['change'] : [],
  }
}
