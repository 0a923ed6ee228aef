import { solicitingActions, solicitingChannels } from '../../../contract/work-with-employers/solicitations.ts'
import type { Db } from '../../platform/database.ts'
import { isTooMany } from './solicitation-rules.ts'
import { usedAt } from './solicitations.queries.ts'

export interface Recorded {
  readonly siret: number
  readonly channel: string
  readonly occurredOn: string
  readonly nextAction: { readonly kind: string; readonly dueOn: string } | null
}
const has = (codes: readonly string[], code: string) => codes.includes(code)

/** What of an exchange just written goes past the budget. It took place, and what was agreed then holds: it is only told. */
export const tooMany = async (db: Db, { siret, channel, occurredOn, nextAction }: Recorded) => {
  const [exchange, planned] = await Promise.all([
    has(solicitingChannels, channel) ? usedAt(db, siret, occurredOn) : null,
    nextAction && has(solicitingActions, nextAction.kind) ? usedAt(db, siret, nextAction.dueOn) : null,
  ])
  return [
    ...(exchange && isTooMany(exchange) ? ['exchange' as const] : []),
    ...(planned && isTooMany(planned) ? ['next-action' as const] : []),
  ]
}
