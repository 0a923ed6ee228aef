/**
 * Executable specification: production runs the SQL (policies usage_days.read and usage_months.read,
 * ctx.leads_colleagues, ctx.counted_campaigns, count_reached); usage.test.ts, indicators.test.ts and
 * counted.parity.test.ts prove them equal.
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
