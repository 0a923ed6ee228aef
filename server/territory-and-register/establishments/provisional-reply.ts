import type { Static } from 'typebox'
import { readActivity } from '../../../contract/territory-and-register/activities.ts'
import type { Establishment } from '../../../contract/territory-and-register/establishments.ts'
import { sirenText, siretText } from '../../platform/siret.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { activityLabel } from '../territories/naf-labels.ts'
import type { Line } from './establishments.queries.ts'
import { mayChange } from './provisional.policy.ts'
import type { Provisional } from './provisional.queries.ts'
import { isOpen } from './provisional-rules.ts'

const activityOf = ({ activity, activityLabel: official }: Provisional) => {
  if (activity === null) return null
  const { nomenclature, code } = readActivity(activity)
  return { code, nomenclature, label: official ?? activityLabel(code, nomenclature) }
}

/** What was typed, with who and when. EST-4: of what the register does not diffuse, neither name nor activity. */
export const typedReply = (
  p: Provisional,
  hidden: boolean,
  viewer?: Viewer,
): NonNullable<Static<typeof Establishment>['typed']> => ({
  name: hidden ? null : p.name,
  activity: hidden ? null : activityOf(p),
  communeCode: p.communeCode,
  town: p.town,
  organisation: { id: p.organisationId, name: p.organisationName, kind: p.organisationKind },
  author: { id: p.authorId, name: p.authorName },
  createdAt: p.createdAt.toISOString(),
  confirmed: p.known,
  confirmedAt: p.confirmedAt?.toISOString() ?? null,
  lookedUpAt: p.lookedUpAt?.toISOString() ?? null,
  corrected:
    p.correctedAt && p.correctedBy
      ? { by: { id: p.correctedBy, name: p.correctorName ?? '' }, at: p.correctedAt.toISOString() }
      : null,
  allowed: viewer && isOpen(p) && mayChange(viewer, p) === true ? ['correct', 'withdraw'] : [],
})

/** As a line of the register, for lists. */
export const provisionalLine = (p: Provisional): Line => ({
  siret: siretText(p.siret),
  siren: sirenText(Math.floor(p.siret / 100_000)),
  name: p.name,
  sign: null,
  activity: activityOf(p),
  town: p.town,
  communeCode: p.communeCode,
  headcount: null,
  legalNature: 'unknown',
  companySize: 'unknown',
  employer: null,
  active: true,
  headOffice: false,
  partialDiffusion: false,
  provisional: true,
})

/** A card that nothing but what was typed can fill. */
export const provisionalCard = (p: Provisional, viewer?: Viewer) => ({
  ...provisionalLine(p),
  activities: p.activity === null ? [] : [activityOf(p)!],
  legalName: null,
  acronym: null,
  legalCategory: null,
  address: null,
  postalCode: null,
  position: null,
  createdOn: null,
  closedOn: null,
  registerUpdatedAt: null,
  importedAt: null,
  typed: typedReply(p, false, viewer),
})
