import { endOfDay } from '../../platform/time.ts'
import { currentTerm, renewedTerm } from './deadlines.ts'

/** What sets the term of a convention that nothing ends: itself, or its last amendment that changes it. */
export interface SettledTerm {
  readonly termOn: string
  /** When it took effect, and with it the term that it sets. */
  readonly since: Date
}
export interface Renewal {
  readonly at: Date
  /** The last day of the period that it begins. */
  readonly endsOn: string
}
/**
 * The renewal that began the period of an instant, with no one doing anything (AGR-3); null while none did.
 * A convention, or an amendment, signed within a later period began there: nothing was renewed.
 */
export const lastRenewal = ({ termOn, since }: SettledTerm, now: Date): Renewal | null => {
  const { endsOn, renewal } = currentTerm(
    { firstTermOn: termOn, sentAt: null, signatures: [], notices: [], breaches: [], amendments: [] },
    now,
  )
  const at = endOfDay(renewedTerm(termOn, renewal - 1))
  return renewal > 0 && at > since ? { at, endsOn } : null
}
