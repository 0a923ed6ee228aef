import { rightsKinds, rightsOutcomes } from '../../../contract/oversight/rights-requests.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Noted } from './rights-request-rules.ts'
import type { Register } from './testing.ts'

export type Laid = Noted & { readonly id: string }

/** One request of each kind for each set of steps, those out of turn included. */
export const everyRequest = (): Laid[] => {
  const requests: Laid[] = []
  for (const kind of rightsKinds)
    for (const outcome of [null, ...rightsOutcomes])
      for (let others = 0; others < 8; others++) {
        const noted = (['identity', 'extension', 'recipients'] as const).filter((_, n) => others & (1 << n))
        const steps = [...noted, ...(outcome ? (['answer'] as const) : [])].map(step => ({
          kind: step,
          happenedOn: '2026-06-08',
          outcome: step === 'answer' ? outcome : null,
        }))
        requests.push({ id: uuidv7(), kind, receivedOn: '2026-06-05', steps })
      }
  return requests
}

/** Of a step `s`, a jsonb, what the columns from `manner` to `reason` hold. */
export const stepColumns = `case s ->> 'kind' when 'identity' then 'known' end, s ->> 'outcome',
  case s ->> 'kind' when 'answer' then 'mail' end,
  case when s ->> 'outcome' in ('partly', 'refused') then 'other' end,
  case s ->> 'kind' when 'recipients' then 'all' end,
  case when s ->> 'kind' in ('extension', 'recipients') or s ->> 'outcome' in ('partly', 'refused') then 'x' end`

/** Received by the partner, laid as the owner of the tables, who is held to no order. */
export const layRequests = async ({ house, structures, dpd }: Register, requests: readonly Laid[]): Promise<void> => {
  await house.owner.query(
    `insert into rights_requests (id, organisation_id, kind, whose, person, channel, received_on, recorded_by,
      recorded_at) select (r ->> 'id')::uuid, $1, r ->> 'kind', 'other', 'Alix Essai', 'mail', '2026-06-05', $2, now()
      from jsonb_array_elements($3) r`,
    [structures.partner, dpd.id, JSON.stringify(requests)],
  )
  await house.owner.query(
    `insert into rights_request_steps (request_id, kind, happened_on, manner, outcome, channel, article, extent, reason,
      recorded_by, recorded_at) select (r ->> 'id')::uuid, s ->> 'kind', '2026-06-08', ${stepColumns}, $1, now()
      from jsonb_array_elements($2) r, jsonb_array_elements(r -> 'steps') s`,
    [dpd.id, JSON.stringify(requests)],
  )
}
