import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayRead as mayReadCampaign } from '../campaigns/campaigns.policy.ts'

export interface HeldTargetRow {
  readonly campaign: Campaign
  readonly status: string
  readonly place: TerritoryLine
}

/**
 * That an employer is worked in a campaign that the viewer does not read, held or shared, by which structure, until when
 * and how far: for whoever reads the card there, as long as someone may work it (EST-7, EST-12, CAM-15). A list of targets
 * says that it is so, nothing more (CAM-3). The SQL twins are held_unread and worked_unread.
 */
export const mayBeToldHold = (viewer: Viewer, { campaign, status, place }: HeldTargetRow): boolean =>
  campaign.status === 'open' &&
  status !== 'traite' &&
  status !== 'ecarte' &&
  mayReadCampaign(viewer, campaign) !== true &&
  covers(viewer, 'fiche-etablissement', 'consultation', place)
