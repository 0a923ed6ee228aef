import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { touches, type Viewer } from '../platform/viewer.ts'

/** Leads people of one's own organisation in a campaign. The SQL twin is ctx.leads. */
export const mayLead = (viewer: Viewer, campaign: Campaign): boolean =>
  mayRead(viewer, campaign) === true && touches(viewer, 'campagnes', 'responsable', campaign.territory.id)

/**
 * An advisor's own figures; those of a colleague, for who leads there; never another organisation's (CAM-8). The SQL
 * twin is campaign_advisors.
 */
export const mayReadAdvisor = (
  viewer: Viewer,
  campaign: Campaign,
  advisor: { readonly accountId: string; readonly organisationId: string },
): boolean =>
  mayRead(viewer, campaign) === true &&
  advisor.organisationId === viewer.organisationId &&
  (advisor.accountId === viewer.accountId || mayLead(viewer, campaign))
