import type { Static } from 'typebox'
import type { ConventionLine as LineSchema } from '../../../contract/agreement/conventions.ts'
import { annexRoles } from '../../../contract/notices.ts'
import { parisDay } from '../../platform/time.ts'
import { assessmentDueOn, isAssessmentLate } from '../assessments/assessment-rules.ts'
import { iso } from './convention-reply-rules.ts'
import type { ContactRole } from './convention-rules.ts'
import { currentTerm, type Facts, type State } from './deadlines.ts'

/** What one line of the console follows from. */
export interface Line {
  readonly id: string
  readonly number: string
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
  readonly regionId: number
  readonly regionName: string
  readonly firstTermOn: string
  readonly sentAt: Date | null
  readonly effectiveFrom: Date | null
  readonly endsAt: Date | null
  readonly signed: number
  readonly notice: boolean
  readonly breach: boolean
  readonly termOn: string | null
  readonly renews: boolean | null
  readonly roles: readonly ContactRole[]
  readonly hasRgc: boolean | null
  readonly awarenessDue: number | null
  readonly reviewDueOn: string | null
  readonly assessmentNextOn: string | null
}

/**
 * The state of a line, from what is stored of it; the page of the convention works it out from every fact, and a test
 * holds the two together.
 */
const lineState = (line: Line, now: Date): State => {
  if (!line.effectiveFrom || line.effectiveFrom > now)
    return line.sentAt === null ? 'draft' : line.signed === 0 ? 'sent' : 'signed-by-one'
  if (line.endsAt === null) return 'in-force'
  if (line.endsAt <= now) return line.breach ? 'terminated' : 'ended'
  return line.breach ? 'breach-notified' : line.notice ? 'notice-given' : 'in-force'
}

/** `whole`: who reads contacts may be told which are missing. */
export const lineReply = (line: Line, now: Date, whole = true): Static<typeof LineSchema> => {
  const state = lineState(line, now)
  const facts: Facts = {
    firstTermOn: line.termOn ?? line.firstTermOn,
    sentAt: null,
    signatures: [],
    notices: [],
    breaches: [],
    amendments: line.renews === false ? [{ effectiveAt: new Date(0), termOn: line.termOn, renews: false }] : [],
  }
  const live = ['in-force', 'notice-given', 'breach-notified'].includes(state)
  return {
    id: line.id,
    number: line.number,
    organisation: line.organisation,
    region: { id: line.regionId, name: line.regionName },
    state,
    effectiveFrom: iso(line.effectiveFrom),
    endsAt: iso(line.endsAt),
    termEndsOn: live
      ? currentTerm(facts, now).endsOn
      : state === 'ended' || state === 'terminated'
        ? null
        : line.firstTermOn,
    missingContacts: !whole ? [] : annexRoles.partenaire.filter(role => !line.roles.includes(role)),
    withoutRgc: line.hasRgc === false,
    awarenessDue: line.awarenessDue ?? 0,
    reviewLateSince: line.reviewDueOn !== null && line.reviewDueOn < parisDay(now) ? line.reviewDueOn : null,
    assessmentLateSince: (due => (isAssessmentLate(due, parisDay(now)) ? due : null))(
      assessmentDueOn(line.assessmentNextOn, line.effectiveFrom),
    ),
  }
}

/** Only what is in force has duties to be late of. */
export const lacks = (line: Static<typeof LineSchema>, what: 'contacts' | 'rgc' | 'duties'): boolean =>
  ['in-force', 'notice-given', 'breach-notified'].includes(line.state) &&
  (what === 'contacts'
    ? line.missingContacts.length > 0
    : what === 'rgc'
      ? line.withoutRgc
      : line.awarenessDue > 0 || line.reviewLateSince !== null || line.assessmentLateSince !== null)
