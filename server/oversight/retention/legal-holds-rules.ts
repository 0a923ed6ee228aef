import { operatorHolds } from '../../../contract/oversight/retention.ts'

export interface Standing {
  readonly until: string | null
  readonly liftedAt: Date | null
}
/** Its last day included. */
export const inForce = ({ until, liftedAt }: Standing, today: string): boolean =>
  liftedAt === null && (until === null || until >= today)

export interface Scope {
  readonly ending: string | null
  readonly accountId: string | null
  readonly organisationId: string | null
}
interface Asked {
  readonly ending?: string | null | undefined
  readonly email?: string | null | undefined
  readonly until?: string | null | undefined
}
type Wrong = 'legal-hold/one-scope' | 'legal-hold/operator-only' | 'legal-hold/day-past'
/** What is wrong in what is asked, before anybody is looked for. */
export const wrongIn = ({ ending, email, until }: Asked, ofOperator: boolean, today: string): Wrong | undefined => {
  if ((ending == null) === (email == null)) return 'legal-hold/one-scope'
  if (!ofOperator && operatorHolds.some(one => one === ending)) return 'legal-hold/operator-only'
  return until != null && until < today ? 'legal-hold/day-past' : undefined
}
/** A partner’s officer holds what is of their structure; the operator’s, a kind of data of every structure. */
export const scopeOf = (
  ending: string,
  viewer: { readonly organisationId: string; readonly ofOperator: boolean },
): Scope => ({
  ending,
  accountId: null,
  organisationId: viewer.ofOperator ? null : viewer.organisationId,
})
