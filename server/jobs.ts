import { remindAwarenessNightly } from './agreement/awareness/remind-awareness.job.ts'
import { settleWithdrawnToolsOften } from './agreement/tools/settle-withdrawn-tools.job.ts'
import { openPost } from './notifications/post.ts'
import { purgeMailsNightly, sendMailJob, sweepMails } from './notifications/send-mail.job.ts'
import { purgeTrailDetailsNightly } from './oversight/audit/purge-details.job.ts'
import { watchUses } from './oversight/security/watch-uses.job.ts'
import { keepAnomaliesDaily } from './people-and-rights/anomalies/keep-anomalies.job.ts'
import { tellInactivityNightly } from './people-and-rights/people/tell-inactivity.job.ts'
import { remindReviewsDaily } from './people-and-rights/reviews/remind-reviews.job.ts'
import { remindRgcEventsDaily } from './people-and-rights/rgc/remind-events.job.ts'
import type { Config } from './platform/config.ts'
import type { Job } from './platform/job.ts'
import { forgetIdentityTokens, purgeExpired } from './signing-in/identity/purge-expired.job.ts'
import { tellWaitingLinksEveryMinute } from './signing-in/identity/tell-waiting-links.job.ts'
import { tellChosenEveryMinute } from './signing-in/passwords/tell-chosen.job.ts'
import { lookUpProvisionalEveryMinute } from './territory-and-register/register/look-up-provisional.job.ts'
import { updateRegisterDaily } from './territory-and-register/register/update-register.job.ts'
import { purgeDrafts } from './work-with-employers/drafts/purge-drafts.job.ts'
import { closeEndedNightly } from './work-with-employers/running-campaigns/close-ended.job.ts'

/** Every job the worker runs. */
export const jobsOf = ({
  workerDatabaseUrl,
  sirene,
  mail,
  publicUrl,
  watch,
  watchByPerson,
  travel,
  trailDetailMonths,
  campaignClosesAfterDays,
}: Config): readonly Job[] => [
  purgeExpired,
  forgetIdentityTokens,
  purgeDrafts,
  ...(mail ? [sendMailJob(openPost(mail, publicUrl))] : []),
  sweepMails,
  tellChosenEveryMinute,
  tellWaitingLinksEveryMinute,
  purgeMailsNightly,
  remindAwarenessNightly,
  settleWithdrawnToolsOften,
  remindReviewsDaily,
  remindRgcEventsDaily,
  keepAnomaliesDaily,
  tellInactivityNightly,
  closeEndedNightly(campaignClosesAfterDays),
  watchUses(watch, watchByPerson, travel),
  purgeTrailDetailsNightly(trailDetailMonths),
  ...(sirene
    ? [updateRegisterDaily(workerDatabaseUrl, sirene), lookUpProvisionalEveryMinute(workerDatabaseUrl, sirene)]
    : []),
]
