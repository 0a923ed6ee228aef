import { keepingAnomalies } from './anomalies/around-acts.ts'
import { anomalies } from './anomalies/index.ts'
import { audit } from './audit/index.ts'
import { campaigns } from './campaigns/index.ts'
import { confirmations } from './confirmations/index.ts'
import { conventions } from './conventions/index.ts'
import { correspondents } from './correspondents/index.ts'
import { directives } from './directives/index.ts'
import { drafts } from './drafts/index.ts'
import { establishments } from './establishments/index.ts'
import { exchanges } from './exchanges/index.ts'
import { habilitations } from './habilitations/index.ts'
import { actions as identity } from './identity/index.ts'
import { indicators } from './indicators/index.ts'
import { notifications } from './notifications/index.ts'
import { organisations } from './organisations/index.ts'
import { passwords } from './passwords/index.ts'
import type { Action } from './platform/action.ts'
import { portal } from './portal/index.ts'
import { portfolio } from './portfolio/index.ts'
import { progress } from './progress/index.ts'
import { recovery } from './recovery/index.ts'
import { reviews } from './reviews/index.ts'
import { rgc } from './rgc/index.ts'
import { security } from './security/index.ts'
import { sharing } from './sharing/index.ts'
import { targets } from './targets/index.ts'
import { territories } from './territories/index.ts'

/** Every action the service offers, one for each route of the contract. */
export const actions: readonly Action[] = [
  identity,
  passwords,
  recovery,
  directives,
  portal,
  notifications,
  organisations,
  conventions,
  confirmations,
  habilitations,
  territories,
  establishments,
  correspondents,
  campaigns,
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
  audit,
]
  .flat()
  .map(keepingAnomalies)
