import { sameCompany } from '../../platform/siret.ts'

export interface KnownAccount {
  readonly accountId: string
  readonly status: string
  readonly organisationId: string
  /** SIRETs: of the structure, of the delegate or contractor of this person, and of the employer that was linked. */
  readonly employers: readonly number[]
}
export interface Candidate extends KnownAccount {
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
      readonly reason: 'already-linked' | 'other-organisation' | 'unknown-provider' | 'employer-changed'
    }
  | { readonly kind: 'inactive' | 'blocked' | 'contract-over' | 'nobody' }

/**
 * The subject is the key. The address serves once, for an account never linked, with the SIRET of an employer of its own.
 * The provider must be expected of it, or the account's invitation come along (`certain`).
 * A person confirms any other link (IDN-1), and a known one once ProConnect says another company as employer (ACC-16):
 * establishments of one company are one employer.
 */
export const matchAccount = ({ known, candidate }: Facts, siret: number | undefined): Match => {
  const account = known ?? candidate
  if (!account) return { kind: 'nobody' }
  if (account.status === 'blocked' || account.status === 'contract-over') return { kind: account.status }
  if (account.status !== 'active') return { kind: 'inactive' }
  const { accountId, organisationId, employers } = account
  if (known || !candidate)
    return siret === undefined || employers.some(employer => sameCompany(employer, siret))
      ? { kind: 'enter', accountId }
      : { kind: 'ask', accountId, organisationId, reason: 'employer-changed' }
  if (candidate.linked) return { kind: 'ask', accountId, organisationId, reason: 'already-linked' }
  if (siret === undefined || !employers.includes(siret))
    return { kind: 'ask', accountId, organisationId, reason: 'other-organisation' }
  if (!candidate.certain) return { kind: 'ask', accountId, organisationId, reason: 'unknown-provider' }
  return { kind: 'link', accountId }
}
