import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import type { Target, TargetStatus } from '../campaigns/target-rules.ts'

interface Organisation {
  readonly id: string
  readonly name: string
  readonly kind: string
}
export interface TargetAtRow {
  readonly campaign: {
    readonly id: string
    readonly name: string
    readonly status: 'draft' | 'open' | 'closed' | 'archived'
    readonly pilot: Organisation
    readonly startsOn: string
    readonly endsOn: string
  }
  readonly target: {
    readonly status: TargetStatus
    readonly setAsideReason: string | null
    readonly closedResult: Target['closedResult']
    readonly assignedTo: Organisation | null
    readonly takenBy: { readonly id: string; readonly name: string; readonly organisationId: string } | null
    readonly lastContact: { readonly organisation: Organisation; readonly occurredOn: string } | null
    readonly contactCount: number
  }
}
/** What each campaign that one reads makes of an employer, the latest to start first, one more than `most`. */
export const targetsAt = (db: Db, siret: number, most: number): Promise<TargetAtRow[]> =>
  db.all(sql<TargetAtRow>`
    select jsonb_build_object('id', c.id, 'name', c.name, 'status', c.status, 'pilot', ${organisationRef('c.pilot_id')},
        'startsOn', c.starts_on, 'endsOn', c.ends_on) as campaign,
      jsonb_build_object('status', t.status, 'setAsideReason', t.set_aside_reason, 'closedResult', t.closed_result,
        'assignedTo', ${organisationRef('coalesce(t.assigned_organisation, t.taken_by_organisation)')},
        'takenBy', (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
          t.taken_by_organisation) from accounts a where a.id = t.taken_by),
        'lastContact', (select jsonb_build_object('organisation', ${organisationRef('x.organisation_id')}, 'occurredOn',
          x.last_on) from campaign_contacts x where x.campaign_id = t.campaign_id and x.siret = t.siret and x.contacts > 0
          order by x.last_on desc, x.organisation_id limit 1),
        'contactCount', (select coalesce(sum(x.contacts), 0)::int from campaign_contacts x
          where x.campaign_id = t.campaign_id and x.siret = t.siret)) as target
    from campaign_targets t join campaigns c on c.id = t.campaign_id
    where t.siret = ${siret} order by c.starts_on desc, c.id desc limit ${most + 1}`)
