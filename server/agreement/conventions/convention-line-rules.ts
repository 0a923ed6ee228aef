import type { Static } from 'typebox'
import type { ConventionLine as LineSchema } from '../../../contract/agreement/conventions.ts'
import { annexRoles, conventionParties } from '../../../contract/notices.ts'
import { parisDay } from '../../platform/time.ts'
import { assessmentDueOn, isAssessmentLate } from '../assessments/assessment-rules.ts'
import { iso } from './convention-reply-rules.ts'
import type { ContactRole } from './convention-rules.ts'
import { currentTerm, type Facts, type State } from './deadlines.ts'

type Party = (typeof conventionParties)[number]

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
  /** The parties that signed the document that was sent. */
  readonly signedBy: readonly Party[]
  /** A signature of that document is contested: nobody signs it any more. */
  readonly contested: boolean
  /** The parties that have not signed an amendment that still can be. */
  readonly amendmentUnsignedBy: readonly Party[]
  readonly notice: boolean
  readonly breach: boolean
  /** Letters that hold and whose month does not run: no day of their receipt is told. */
  readonly lettersOnTheirWay: number
  readonly termOn: string | null
  readonly renews: boolean | null
  readonly roles: readonly ContactRole[]
  readonly hasRgc: boolean | null
  readonly rgcCertified: boolean | null
  readonly hasTerritories: boolean | null
  readonly awarenessDue: number | null
  readonly reviewDueOn: string | null
  readonly assessmentNextOn: string | null
}

/** What a right over it rests on. */
export const boundOf = ({ organisation, regionId }: Pick<Line, 'organisation' | 'regionId'>) => ({
  organisationId: organisation.id,
  regionId,
})

/**
 * The state of a line, from what is stored of it; the page of the convention works it out from every fact, and a test
 * holds the two together.
 */
const lineState = (line: Line, now: Date): State => {
  if (!line.effectiveFrom || line.effectiveFrom > now)
    return line.sentAt === null ? 'draft' : line.signedBy.length === 0 ? 'sent' : 'signed-by-one'
  if (line.endsAt === null) return 'in-force'
  if (line.endsAt <= now) return line.breach ? 'terminated' : 'ended'
  return line.breach ? 'breach-notified' : line.notice ? 'notice-given' : 'in-force'
}

/** `whole`: who reads contacts may be told which are missing. `acts`: for one of the parties (actsFor). */
export const lineReply = (
  line: Line,
  now: Date,
  { whole, acts }: { readonly whole: boolean; readonly acts: boolean },
): Static<typeof LineSchema> => {
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
    awaits:
      (state === 'sent' || state === 'signed-by-one') && !line.contested
        ? conventionParties.filter(party => !line.signedBy.includes(party))
        : [],
    amendmentAwaits: live ? [...line.amendmentUnsignedBy] : [],
    receiptsToTell: live && acts ? line.lettersOnTheirWay : 0,
    effectiveFrom: iso(line.effectiveFrom),
    endsAt: iso(line.endsAt),
    termEndsOn: live
      ? currentTerm(facts, now).endsOn
      : state === 'ended' || state === 'terminated'
        ? null
        : line.firstTermOn,
    missingContacts: !whole ? [] : annexRoles.partenaire.filter(role => !line.roles.includes(role)),
    withoutRgc: line.hasRgc === false,
    rgcUncertified: line.hasRgc === true && line.rgcCertified === false,
    withoutTerritories: line.hasTerritories === false,
    awarenessDue: line.awarenessDue ?? 0,
    reviewLateSince: line.reviewDueOn !== null && line.reviewDueOn < parisDay(now) ? line.reviewDueOn : null,
    assessmentLateSince: (due => (isAssessmentLate(due, parisDay(now)) ? due : null))(
      assessmentDueOn(line.assessmentNextOn, line.effectiveFrom),
    ),
  }
}

/** What a party has not signed yet, the convention that was sent or an amendment; a letter whose receipt one may tell. */
const awaits = (
  line: Static<typeof LineSchema>,
  party: Party,
  what: 'convention' | 'amendment' | 'receipt',
): boolean =>
  what === 'receipt'
    ? line.receiptsToTell > 0
    : (what === 'convention' ? line.awaits : line.amendmentAwaits).includes(party)

type Lack = 'contacts' | 'rgc' | 'territories' | 'duties'
/** Only what is in force has duties to be late of. */
const lacks = (line: Static<typeof LineSchema>, what: Lack): boolean =>
  ['in-force', 'notice-given', 'breach-notified'].includes(line.state) &&
  (what === 'contacts'
    ? line.missingContacts.length > 0
    : what === 'rgc'
      ? line.withoutRgc || line.rgcUncertified
      : what === 'territories'
        ? line.withoutTerritories
        : line.awarenessDue > 0 || line.reviewLateSince !== null || line.assessmentLateSince !== null)

export interface Filter {
  readonly state?: State | undefined
  readonly lacks?: Lack | undefined
  readonly awaits?: 'convention' | 'amendment' | 'receipt' | undefined
}
/** Those a filter keeps, for who stands on this side of the convention. */
export const kept = (filter: Filter, party: Party) => (line: Static<typeof LineSchema>) =>
  (filter.state === undefined || line.state === filter.state) &&
  (filter.lacks === undefined || lacks(line, filter.lacks)) &&
  (filter.awaits === undefined || awaits(line, party, filter.awaits))
