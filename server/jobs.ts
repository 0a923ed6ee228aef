import { keepAnomaliesDaily } from './anomalies/keep-anomalies.job.ts'
import { purgeTrailDetailsNightly } from './audit/purge-details.job.ts'
import { purgeDrafts } from './drafts/purge-drafts.job.ts'
import { tellInactivityNightly } from './habilitations/tell-inactivity.job.ts'
import { forgetIdentityTokens, purgeExpired } from './identity/purge-expired.job.ts'
import { tellWaitingLinksEveryMinute } from './identity/tell-waiting-links.job.ts'
import { openPost } from './notifications/post.ts'
import { purgeMailsNightly, sendMailJob, sweepMails } from './notifications/send-mail.job.ts'
import { tellChosenEveryMinute } from './passwords/tell-chosen.job.ts'
import type { Config } from './platform/config.ts'
import type { Job } from './platform/job.ts'
import { remindAwarenessNightly, settleWithdrawnTools } from './portal/remind-awareness.job.ts'
import { lookUpProvisionalEveryMinute } from './register/look-up-provisional.job.ts'
import { updateRegisterDaily } from './register/update-register.job.ts'
import { remindReviewsDaily } from './reviews/remind-reviews.job.ts'
import { remindRgcEventsDaily } from './rgc/remind-events.job.ts'
import { watchUses } from './security/watch-uses.job.ts'

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
  settleWithdrawnTools,
  remindReviewsDaily,
  remindRgcEventsDaily,
  keepAnomaliesDaily,
  tellInactivityNightly,
  watchUses(watch, watchByPerson, travel),
  purgeTrailDetailsNightly(trailDetailMonths),
  ...(sirene
    ? [updateRegisterDaily(workerDatabaseUrl, sirene), lookUpProvisionalEveryMinute(workerDatabaseUrl, sirene)]
    : []),
]
