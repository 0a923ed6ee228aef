import type { Verdict } from '../../platform/action.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayPilot, mayRead } from '../campaigns/campaigns.policy.ts'
import { mayLead } from '../progress/progress.policy.ts'
import type { BulkActKind } from './bulk-work-rules.ts'

/** As for one target: the pilots of the campaign. The SQL twins are the policy bulk_works.count and ctx.do_bulk_part. */
export const mayCount = (viewer: Viewer, campaign: Campaign): Verdict =>
  mayRead(viewer, campaign) === true ? mayPilot(viewer, campaign) : 'not-found'

/** On next actions: each is then asked of mayFinish. The SQL twins are the policy bulk_works.count and ctx.do_actions_part. */
export const mayCountActions = (viewer: Viewer): Verdict =>
  holds(viewer, 'campagnes', 'conseiller') || 'access/no-grant'

/**
 * To give targets back: who works there. Each is then asked of whyNotGivenBack. The SQL twins are the policy
 * bulk_works.count and ctx.do_bulk_part.
 */
export const mayCountReleases = (viewer: Viewer, campaign: Campaign): Verdict =>
  mayRead(viewer, campaign) === true ? mayCountActions(viewer) : 'not-found'

interface Loaded {
  readonly campaign: Campaign | null
  /** `within`: the structure of the lead who shares out, where it is no pilot's work. */
  readonly work: { readonly act: BulkActKind; readonly within: string | null }
}
/**
 * Goes on with a work as who counts one: of a campaign, or of next actions where there is none. A lead goes on with
 * what they share out within their own organisation, as maySettle says.
 */
export const mayGoOn = (viewer: Viewer, { campaign, work }: Loaded): Verdict => {
  if (!campaign) return mayCountActions(viewer)
  if (work.act === 'release') return mayCountReleases(viewer, campaign)
  const verdict = mayCount(viewer, campaign)
  return verdict === true || (work.within === viewer.organisationId && mayLead(viewer, campaign)) || verdict
}

/**
 * Each reads their own works, and goes on with them. The SQL twins are the policies bulk_works.read and
 * bulk_work_lines.read.
 */
export const mayReadWork = (viewer: Viewer, { byId }: { readonly byId: string }): Verdict =>
  byId === viewer.accountId || 'not-found'
