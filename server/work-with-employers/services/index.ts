/**
 * Services of the operator that establishments used: entered by its advisors, or brought by files.
 * Owns: tables operator_services, operator_service_versions, service_files, service_rejects; acts operator-service.*.
 * Uses: campaigns, establishments, exchanges, recruitments, register, register-moves.
 * Reads: accounts, establishments, organisations, provisional_establishments, register_moves.
 * Start: `enter-service.ts`, then `import-services.ts` and `service-rules.ts`; docs/services-import.md.
 */

import type { Action } from '../../platform/action.ts'
import { correctService } from './correct-service.ts'
import { enterService } from './enter-service.ts'
import { listRecruitmentServices } from './list-recruitment-services.ts'
import { listServices } from './list-services.ts'
import { withdrawService } from './withdraw-service.ts'

export const services: readonly Action[] = [
  listServices,
  listRecruitmentServices,
  enterService,
  correctService,
  withdrawService,
]
