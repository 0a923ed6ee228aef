import { jobs as remindAwareness } from './agreement/awareness/remind-awareness.job.ts'
import { jobs as tellEnded } from './agreement/conventions/tell-ended.job.ts'
import { jobs as tellRenewed } from './agreement/conventions/tell-renewed.job.ts'
import { jobs as tellWithoutTerritories } from './agreement/partners/tell-without-territories.job.ts'
import { jobs as announceTexts } from './agreement/texts/announce-texts.job.ts'
import { jobs as announceAnnex4 } from './agreement/tools/announce-annex-4.job.ts'
import { jobs as settleWithdrawnTools } from './agreement/tools/settle-withdrawn-tools.job.ts'
import { jobs as sendDigests } from './notifications/send-digests.job.ts'
import { jobs as sendMail } from './notifications/send-mail.job.ts'
import { jobs as tellPartners } from './notifications/tell-partners.job.ts'
import { jobs as purgeDetails } from './oversight/audit/purge-details.job.ts'
import { jobs as freezeFigures } from './oversight/indicators/freeze-figures.job.ts'
import { jobs as keepReachedSets } from './oversight/indicators/keep-reached-sets.job.ts'
import { jobs as purgeLegalHolds } from './oversight/retention/purge-legal-holds.job.ts'
import { jobs as purgeRightsRequests } from './oversight/rights-requests/purge-rights-requests.job.ts'
import { jobs as watchOpenings } from './oversight/security/watch-openings.job.ts'
import { jobs as watchUses } from './oversight/security/watch-uses.job.ts'
import { jobs as purgeAbsences } from './people-and-rights/absences/purge-absences.job.ts'
import { jobs as purgeAddressChanges } from './people-and-rights/addresses/purge-address-changes.job.ts'
import { jobs as keepAnomalies } from './people-and-rights/anomalies/keep-anomalies.job.ts'
import { jobs as checkStoredRights } from './people-and-rights/grants/check-stored-rights.job.ts'
import { jobs as endDeparted } from './people-and-rights/people/end-departed.job.ts'
import { jobs as remindLeavers } from './people-and-rights/people/remind-leavers.job.ts'
import { jobs as tellInactivity } from './people-and-rights/people/tell-inactivity.job.ts'
import { jobs as tellAddressReleases } from './people-and-rights/releases/tell-address-releases.job.ts'
import { jobs as remindReviews } from './people-and-rights/reviews/remind-reviews.job.ts'
import { jobs as remindEvents } from './people-and-rights/rgc/remind-events.job.ts'
import { jobs as tellBegunWithout } from './people-and-rights/rgc/tell-begun-without.job.ts'
import { jobs as tellSecondAccounts } from './people-and-rights/second-accounts/tell-second-accounts.job.ts'
import { jobs as purgeUploads } from './people-and-rights/uploads/purge-uploads.job.ts'
import type { Config } from './platform/config.ts'
import type { Job, JobsOf } from './platform/job.ts'
import { jobs as purgeExpired } from './signing-in/identity/purge-expired.job.ts'
import { jobs as tellWaitingLinks } from './signing-in/identity/tell-waiting-links.job.ts'
import { jobs as tellChosen } from './signing-in/passwords/tell-chosen.job.ts'
import { jobs as dropHiringLines } from './territory-and-register/recruitments/drop-hiring-lines.job.ts'
import { jobs as lookUpProvisional } from './territory-and-register/register/look-up-provisional.job.ts'
import { jobs as updateRegister } from './territory-and-register/register/update-register.job.ts'
import { jobs as doBulkWorks } from './work-with-employers/bulk-works/do-bulk-works.job.ts'
import { jobs as lapseCalendars } from './work-with-employers/calendar/lapse-calendars.job.ts'
import { jobs as purgeDrafts } from './work-with-employers/drafts/purge-drafts.job.ts'
import { jobs as purgeEmployerFiles } from './work-with-employers/employer-files/purge-employer-files.job.ts'
import { jobs as forgetHandings } from './work-with-employers/exchanges/forget-handings.job.ts'
import { jobs as tellDueActions } from './work-with-employers/portfolio/tell-due-actions.job.ts'
import { jobs as lapseProposals } from './work-with-employers/proposed-actions/lapse-proposals.job.ts'
import { jobs as recallStale } from './work-with-employers/recalls/recall-stale.job.ts'
import { jobs as followRegister } from './work-with-employers/register-moves/follow-register.job.ts'
import { jobs as closeEnded } from './work-with-employers/running-campaigns/close-ended.job.ts'
import { jobs as tellCampaignOpened } from './work-with-employers/running-campaigns/tell-opened.job.ts'
import { jobs as askEmployers } from './work-with-employers/satisfaction/ask-employers.job.ts'
import { jobs as forgetServiceRejects } from './work-with-employers/services/forget-service-rejects.job.ts'
import { jobs as tellViewNews } from './work-with-employers/watched-views/tell-view-news.job.ts'

/** Each room says in its `*.job.ts` what the worker does for it. */
const declared: readonly JobsOf[] = [
  remindAwareness,
  tellPartners,
  tellEnded,
  tellRenewed,
  tellWithoutTerritories,
  announceTexts,
  announceAnnex4,
  remindLeavers,
  settleWithdrawnTools,
  purgeDetails,
  freezeFigures,
  keepReachedSets,
  purgeLegalHolds,
  purgeRightsRequests,
  watchUses,
  watchOpenings,
  purgeAbsences,
  purgeAddressChanges,
  tellAddressReleases,
  tellSecondAccounts,
  keepAnomalies,
  checkStoredRights,
  endDeparted,
  tellInactivity,
  remindReviews,
  remindEvents,
  tellBegunWithout,
  purgeUploads,
  purgeExpired,
  tellWaitingLinks,
  tellChosen,
  dropHiringLines,
  lookUpProvisional,
  updateRegister,
  doBulkWorks,
  lapseCalendars,
  purgeDrafts,
  purgeEmployerFiles,
  forgetHandings,
  lapseProposals,
  recallStale,
  followRegister,
  closeEnded,
  tellCampaignOpened,
  tellDueActions,
  askEmployers,
  forgetServiceRejects,
  tellViewNews,
  sendDigests,
  sendMail,
]
/** Every job the worker runs. */
export const jobsOf = (config: Config): readonly Job[] => declared.flatMap(jobs => jobs(config))
