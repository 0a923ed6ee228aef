export interface KnownAccount {
  readonly accountId: string
  readonly status: string
}
export interface Candidate extends KnownAccount {
  readonly organisationId: string
  readonly organisationSiret: number
  readonly linked: boolean
  readonly certain: boolean
}
export interface Facts {
  /** The account this subject is linked to. */
  readonly known: KnownAccount | null
  /** The account that carries the address, when the subject is not known. */
  readonly candidate: Candidate | null
}
export type Match =
  | { readonly kind: 'enter' | 'link'; readonly accountId: string }
  | {
      readonly kind: 'ask'
      readonly accountId: string
      readonly organisationId: string
      readonly reason: 'already-linked' | 'other-organisation' | 'unknown-provider'
    }
  | { readonly kind: 'inactive' | 'blocked' | 'contract-over' | 'nobody' }

/**
 * The subject is the key. The address serves once, for an account never linked, with its organisation's SIRET.
 * The provider must be expected of it, or the account's invitation come along (`certain`).
 * A person confirms any other link (IDN-1).
 */
export const matchAccount = ({ known, candidate }: Facts, siret: number | undefined): Match => {
  const account = known ?? candidate
  if (!account) return { kind: 'nobody' }
  if (account.status === 'blocked' || account.status === 'contract-over') return { kind: account.status }
  if (account.status !== 'active') return { kind: 'inactive' }
  if (known || !candidate) return { kind: 'enter', accountId: account.accountId }
  const { accountId, organisationId, certain } = candidate
  if (candidate.linked) return { kind: 'ask', accountId, organisationId, reason: 'already-linked' }
  if (siret !== candidate.organisationSiret)
    return { kind: 'ask', accountId, organisationId, reason: 'other-organisation' }
  if (!certain) return { kind: 'ask', accountId, organisationId, reason: 'unknown-provider' }
  return { kind: 'link', accountId }
}
