/**
 * Executable specification: production runs the SQL (ctx.campaign_progress); progress.parity.test.ts proves them equal.
 */

import type { Viewer } from '../../platform/viewer.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { mayLead } from './progress.policy.ts'

/**
 * An advisor's own figures; those of a colleague, for who leads there; never another organisation's (CAM-8). The SQL
 * twin is ctx.campaign_progress.
 */
export const mayReadAdvisor = (
  viewer: Viewer,
  campaign: Campaign,
  advisor: { readonly accountId: string; readonly organisationId: string },
): boolean =>
  mayRead(viewer, campaign) === true &&
  advisor.organisationId === viewer.organisationId &&
  (advisor.accountId === viewer.accountId || mayLead(viewer, campaign))
