import { sql } from 'kysely'
import type { rightsStates } from '../../../contract/oversight/rights-requests.ts'
import { kindsToTell } from './rights-request-rules.ts'

export type State = (typeof rightsStates)[number]

/** Says of the request `r` what stateOf of rights-request-rules.ts says; states.parity.test.ts compares the two. */
const closed = sql`exists (select from rights_request_steps s where s.request_id = r.id and s.kind = 'answer'
  and (s.outcome = 'refused' or r.kind <> all (${[...kindsToTell]}::text[])
    or exists (select from rights_request_steps p where p.request_id = r.id and p.kind = 'recipients')))`
export const inState = (state: State) => (state === 'open' ? sql`not ${closed}` : closed)
