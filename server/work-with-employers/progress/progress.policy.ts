import { touches, type Viewer } from '../../platform/viewer.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'

/** Leads people of one's own organisation in a campaign. The SQL twins are ctx.leads and ctx.led_campaigns. */
export const mayLead = (viewer: Viewer, campaign: Campaign): boolean =>
  mayRead(viewer, campaign) === true && touches(viewer, 'campagnes', 'responsable', campaign.territory.id)

/** Whose name stands beside what is late: one's own, and those of the people one leads. The others read a structure. */
export const mayReadWho = (
  viewer: Viewer,
  campaign: Campaign,
  {
    organisation,
    person,
  }: { readonly organisation: { readonly id: string }; readonly person: { readonly id: string } },
): boolean => person.id === viewer.accountId || (organisation.id === viewer.organisationId && mayLead(viewer, campaign))
