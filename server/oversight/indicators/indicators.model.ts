/**
 * Executable specification: production runs the SQL (policies usage_days.read, usage_months.read and
 * frozen_figures.read, ctx.leads_colleagues, ctx.counted_campaigns, count_reached); usage.test.ts, indicators.test.ts,
 * counted.parity.test.ts and frozen.parity.test.ts prove them equal.
 */
import { covers, holds, type TerritoryLine, touches, type Viewer } from '../../platform/viewer.ts'

/**
 * The use made by one's own organisation; by all, for who holds a national perimeter in the tool campagnes. The SQL
 * twins are the policies usage_days.read and usage_months.read.
 */
export const mayReadUsage = (viewer: Viewer, row: { readonly organisationId: string }): boolean =>
  viewer.state === 'active' &&
  (row.organisationId === viewer.organisationId ||
    viewer.grants.some(g => g.tool === 'campagnes' && g.territoryId === 0))

/**
 * Reads the names of one's colleagues among who uses the tools: who leads them (CAM-8); the others read their number.
 * The SQL twin is ctx.leads_colleagues.
 */
export const mayNameColleagues = (viewer: Viewer): boolean =>
  viewer.state === 'active' && holds(viewer, 'campagnes', 'responsable')

/** A campaign on one day of Paris, and who was a member of it on that day. */
export interface CampaignDay {
  readonly territoryId: number
  readonly draft: boolean
  /** On that day. */
  readonly members: readonly { readonly organisationId: string; readonly partner: boolean }[]
  /** Today, as row-level security knows them. */
  readonly memberIds: readonly string[]
}
export const coordinatedOn = ({ members }: Pick<CampaignDay, 'members'>): boolean =>
  members.length >= 2 && members.some(({ partner }) => partner)

const isOperator = (viewer: Viewer) => viewer.organisationKind === 'operateur'
const within = (viewer: Viewer, campaign: CampaignDay) =>
  viewer.state === 'active' &&
  !campaign.draft &&
  coordinatedOn(campaign) &&
  touches(viewer, 'campagnes', 'consultation', campaign.territoryId)
const isOwn = (viewer: Viewer, { members, memberIds }: CampaignDay) =>
  memberIds.includes(viewer.organisationId) ||
  members.some(({ organisationId }) => organisationId === viewer.organisationId)

/**
 * Counts a campaign among the coordinated ones of that day (IND-3): its members, its former ones for the days of their
 * membership; the operator, whether a member or not. The SQL twin is ctx.counted_campaigns.
 */
export const mayCountCampaign = (viewer: Viewer, campaign: CampaignDay): boolean =>
  within(viewer, campaign) && (isOperator(viewer) || isOwn(viewer, campaign))

/**
 * Counts an establishment reached on that day (IND-4): where one reads its card; the operator, over the perimeter of
 * its campaigns, as a sum. The SQL twin is count_reached.
 */
export const mayCountContact = (viewer: Viewer, contact: TerritoryLine & { readonly campaign: CampaignDay }): boolean =>
  within(viewer, contact.campaign) &&
  ((isOperator(viewer) && covers(viewer, 'campagnes', 'consultation', contact)) ||
    (isOwn(viewer, contact.campaign) && covers(viewer, 'fiche-etablissement', 'consultation', contact)))

/** What the figures of a viewer depend on: those of two viewers who have the same are equal. */
export interface Scope {
  readonly organisationId: string
  /** Territories that campaigns need only touch. */
  readonly campagnes: readonly number[]
  readonly fiche: readonly number[]
  /** The operator's perimeter of sums; empty for a partner. */
  readonly summed: readonly number[]
}
export const scopeOf = (viewer: Viewer): Scope => {
  const grants = viewer.grants.filter(({ tool }) => tool === 'campagnes')
  return {
    organisationId: viewer.organisationId,
    campagnes: grants.flatMap(({ territoryId, touches }) => [territoryId, ...touches]),
    fiche: viewer.grants.filter(({ tool }) => tool === 'fiche-etablissement').map(({ territoryId }) => territoryId),
    summed: isOperator(viewer) ? grants.map(({ territoryId }) => territoryId) : [],
  }
}
const isSame = (one: readonly number[], other: readonly number[]) =>
  new Set(one).symmetricDifference(new Set(other)).size === 0

/**
 * Reads a frozen line (IND-6): whoever has, today, the very scope that it was counted in, hence would have read these
 * figures that day. The SQL twins are the policy frozen_figures.read and ctx.figures_scope.
 */
export const mayReadFrozen = (viewer: Viewer, row: Scope): boolean => {
  const own = scopeOf(viewer)
  return (
    viewer.state === 'active' &&
    own.campagnes.length > 0 &&
    own.organisationId === row.organisationId &&
    isSame(own.campagnes, row.campagnes) &&
    isSame(own.fiche, row.fiche) &&
    isSame(own.summed, row.summed)
  )
}
