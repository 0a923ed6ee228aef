import { touches, type Viewer } from '../../platform/viewer.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'

/** Leads people of one's own organisation in a campaign. The SQL twins are ctx.leads and ctx.led_campaigns. */
export const mayLead = (viewer: Viewer, campaign: Campaign): boolean =>
  mayRead(viewer, campaign) === true && touches(viewer, 'campagnes', 'responsable', campaign.territory.id)
