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
  /** The accounts this subject is linked to: two where the person works for two structures. */
  readonly known: readonly KnownAccount[]
  /** Those that carry the address: of an unknown subject, or beside an account of its own. */
  readonly candidates: readonly Candidate[]
}
export interface Way {
  readonly kind: 'enter' | 'link'
  readonly accountId: string
}
type Judged =
  | Way
  | {
      readonly kind: 'ask'
      readonly accountId: string
      readonly organisationId: string
      readonly reason: 'already-linked' | 'other-organisation' | 'unknown-provider' | 'employer-changed'
    }
  | { readonly kind: 'inactive' | 'blocked' | 'contract-over' | 'nobody' }
export type Match = Judged | { readonly kind: 'choose'; readonly ways: readonly Way[] }

const closed = ({ status }: KnownAccount): Judged | null =>
  status === 'blocked' || status === 'contract-over'
    ? { kind: status }
    : status === 'active'
      ? null
      : { kind: 'inactive' }
const employs = ({ employers }: KnownAccount, siret: number) => employers.some(employer => sameCompany(employer, siret))

const judgeKnown = (account: KnownAccount, siret: number | undefined): Judged => {
  const { accountId, organisationId } = account
  return (
    closed(account) ??
    (siret === undefined || employs(account, siret)
      ? { kind: 'enter', accountId }
      : { kind: 'ask', accountId, organisationId, reason: 'employer-changed' })
  )
}
const judgeCandidate = (account: Candidate, siret: number | undefined): Judged => {
  const { accountId, organisationId, employers, linked, certain } = account
  const over = closed(account)
  if (over) return over
  if (linked) return { kind: 'ask', accountId, organisationId, reason: 'already-linked' }
  if (siret === undefined || !employers.includes(siret))
    return { kind: 'ask', accountId, organisationId, reason: 'other-organisation' }
  return certain ? { kind: 'link', accountId } : { kind: 'ask', accountId, organisationId, reason: 'unknown-provider' }
}

/**
 * The subject is the key. The address serves once, for an account never linked, with the SIRET of an employer of its own.
 * The provider must be expected of it, or the account's invitation come along (`certain`).
 * A person confirms any other link (IDN-1), and a known one once ProConnect says another company as employer (ACC-16):
 * establishments of one company are one employer.
 * Of two accounts the SIRET says which opens; where both do, the person chooses (0044). Where none does, the one of that
 * employer says why not, or the first.
 */
export const matchAccount = ({ known, candidates }: Facts, siret: number | undefined): Match => {
  const judged = [
    ...known.map(account => ({ account, match: judgeKnown(account, siret) })),
    ...candidates.map(account => ({ account, match: judgeCandidate(account, siret) })),
  ]
  const ways = judged.flatMap(({ match }) => (match.kind === 'enter' || match.kind === 'link' ? [match] : []))
  if (ways.length > 1) return { kind: 'choose', ways }
  const told = judged.find(({ account }) => siret !== undefined && employs(account, siret)) ?? judged[0]
  return ways[0] ?? told?.match ?? { kind: 'nobody' }
}
