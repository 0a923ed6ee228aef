import { assessments } from './agreement/assessments/index.ts'
import { awareness } from './agreement/awareness/index.ts'
import { conventions } from './agreement/conventions/index.ts'
import { disagreements } from './agreement/disagreements/index.ts'
import { partnerRoles } from './agreement/partner-roles/index.ts'
import { partners } from './agreement/partners/index.ts'
import { templates } from './agreement/templates/index.ts'
import { texts } from './agreement/texts/index.ts'
import { tools } from './agreement/tools/index.ts'
import { notifications } from './notifications/index.ts'
import { audit } from './oversight/audit/index.ts'
import { indicators } from './oversight/indicators/index.ts'
import { retention } from './oversight/retention/index.ts'
import { rightsRequests } from './oversight/rights-requests/index.ts'
import { security } from './oversight/security/index.ts'
import { absences } from './people-and-rights/absences/index.ts'
import { addresses } from './people-and-rights/addresses/index.ts'
import { anomalies } from './people-and-rights/anomalies/index.ts'
import { confirmations } from './people-and-rights/confirmations/index.ts'
import { directory } from './people-and-rights/directory/index.ts'
import { firstDay } from './people-and-rights/first-day/index.ts'
import { grants } from './people-and-rights/grants/index.ts'
import { necessity } from './people-and-rights/necessity/index.ts'
import { organisations } from './people-and-rights/organisations/index.ts'
import { people } from './people-and-rights/people/index.ts'
import { pseudonyms } from './people-and-rights/pseudonyms/index.ts'
import { releases } from './people-and-rights/releases/index.ts'
import { reviews } from './people-and-rights/reviews/index.ts'
import { rgc } from './people-and-rights/rgc/index.ts'
import { roles } from './people-and-rights/roles/index.ts'
import { secondAccounts } from './people-and-rights/second-accounts/index.ts'
import { uploads } from './people-and-rights/uploads/index.ts'
import type { Action } from './platform/action.ts'
import { actions as identity } from './signing-in/identity/index.ts'
import { passwords } from './signing-in/passwords/index.ts'
import { signInHelp } from './signing-in/sign-in-help/index.ts'
import { signInRules } from './signing-in/sign-in-rules/index.ts'
import { establishments } from './territory-and-register/establishments/index.ts'
import { recruitments } from './territory-and-register/recruitments/index.ts'
import { territories } from './territory-and-register/territories/index.ts'
import { bulkWorks } from './work-with-employers/bulk-works/index.ts'
import { calendar } from './work-with-employers/calendar/index.ts'
import { campaigns } from './work-with-employers/campaigns/index.ts'
import { commitments } from './work-with-employers/commitments/index.ts'
import { company } from './work-with-employers/company/index.ts'
import { correspondents } from './work-with-employers/correspondents/index.ts'
import { doNotContact } from './work-with-employers/do-not-contact/index.ts'
import { drafts } from './work-with-employers/drafts/index.ts'
import { employerFiles } from './work-with-employers/employer-files/index.ts'
import { exchanges } from './work-with-employers/exchanges/index.ts'
import { facts } from './work-with-employers/facts/index.ts'
import { finding } from './work-with-employers/finding/index.ts'
import { needs } from './work-with-employers/needs/index.ts'
import { notes } from './work-with-employers/notes/index.ts'
import { portfolio } from './work-with-employers/portfolio/index.ts'
import { progress } from './work-with-employers/progress/index.ts'
import { proposedActions } from './work-with-employers/proposed-actions/index.ts'
import { recalls } from './work-with-employers/recalls/index.ts'
import { referents } from './work-with-employers/referents/index.ts'
import { registerMoves } from './work-with-employers/register-moves/index.ts'
import { rounds } from './work-with-employers/rounds/index.ts'
import { runningCampaigns } from './work-with-employers/running-campaigns/index.ts'
import { satisfaction } from './work-with-employers/satisfaction/index.ts'
import { savedViews } from './work-with-employers/saved-views/index.ts'
import { services } from './work-with-employers/services/index.ts'
import { sharing } from './work-with-employers/sharing/index.ts'
import { solicitations } from './work-with-employers/solicitations/index.ts'
import { takingOver } from './work-with-employers/taking-over/index.ts'
import { targets } from './work-with-employers/targets/index.ts'
import { watchedViews } from './work-with-employers/watched-views/index.ts'

/** Every action the service offers, one for each route of the contract. */
export const actions: readonly Action[] = [
  identity,
  passwords,
  signInHelp,
  signInRules,
  texts,
  tools,
  awareness,
  notifications,
  organisations,
  conventions,
  partnerRoles,
  partners,
  templates,
  confirmations,
  roles,
  uploads,
  people,
  necessity,
  absences,
  addresses,
  releases,
  secondAccounts,
  directory,
  firstDay,
  grants,
  territories,
  establishments,
  recruitments,
  correspondents,
  commitments,
  referents,
  services,
  needs,
  notes,
  facts,
  campaigns,
  runningCampaigns,
  sharing,
  bulkWorks,
  targets,
  finding,
  portfolio,
  rounds,
  satisfaction,
  savedViews,
  watchedViews,
  calendar,
  registerMoves,
  employerFiles,
  exchanges,
  doNotContact,
  solicitations,
  drafts,
  takingOver,
  proposedActions,
  recalls,
  company,
  progress,
  indicators,
  pseudonyms,
  reviews,
  anomalies,
  rgc,
  retention,
  rightsRequests,
  security,
  assessments,
  disagreements,
  audit,
].flat()
