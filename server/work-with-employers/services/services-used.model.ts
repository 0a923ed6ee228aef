import type { ServiceKind } from '../../../contract/territory-and-register/sought.ts'
import type { ServiceResult } from '../../../contract/work-with-employers/services/services.ts'

export interface Counted {
  readonly kind: ServiceKind
  readonly usedOn: string
  readonly result: ServiceResult
  readonly withdrawnAt: Date | null
}
/** Used since a day: what was withdrawn or called off never took place. The SQL twins are services_used and services_users. */
export const countsSince = ({ usedOn, result, withdrawnAt }: Counted, day: string): boolean =>
  withdrawnAt === null && result !== 'annule' && usedOn >= day
