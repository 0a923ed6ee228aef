import { assessments } from './agreement/assessments/index.ts'
import { awareness } from './agreement/awareness/index.ts'
import { conventions } from './agreement/conventions/index.ts'
import { texts } from './agreement/texts/index.ts'
import { tools } from './agreement/tools/index.ts'
import { notifications } from './notifications/index.ts'
import { audit } from './oversight/audit/index.ts'
import { indicators } from './oversight/indicators/index.ts'
import { security } from './oversight/security/index.ts'
import { anomalies } from './people-and-rights/anomalies/index.ts'
import { confirmations } from './people-and-rights/confirmations/index.ts'
import { grants } from './people-and-rights/grants/index.ts'
import { organisations } from './people-and-rights/organisations/index.ts'
import { people } from './people-and-rights/people/index.ts'
import { reviews } from './people-and-rights/reviews/index.ts'
import { rgc } from './people-and-rights/rgc/index.ts'
import type { Action } from './platform/action.ts'
import { actions as identity } from './signing-in/identity/index.ts'
import { passwords } from './signing-in/passwords/index.ts'
import { signInHelp } from './signing-in/sign-in-help/index.ts'
import { signInRules } from './signing-in/sign-in-rules/index.ts'
import { establishments } from './territory-and-register/establishments/index.ts'
import { territories } from './territory-and-register/territories/index.ts'
import { campaigns } from './work-with-employers/campaigns/index.ts'
import { correspondents } from './work-with-employers/correspondents/index.ts'
import { drafts } from './work-with-employers/drafts/index.ts'
import { exchanges } from './work-with-employers/exchanges/index.ts'
import { portfolio } from './work-with-employers/portfolio/index.ts'
import { progress } from './work-with-employers/progress/index.ts'
import { runningCampaigns } from './work-with-employers/running-campaigns/index.ts'
import { sharing } from './work-with-employers/sharing/index.ts'
import { targets } from './work-with-employers/targets/index.ts'

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
  confirmations,
  people,
  grants,
  territories,
  establishments,
  correspondents,
  campaigns,
  runningCampaigns,
  sharing,
  targets,
  portfolio,
  exchanges,
  drafts,
  progress,
  indicators,
  reviews,
  anomalies,
  rgc,
  security,
  assessments,
  audit,
].flat()
