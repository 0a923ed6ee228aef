import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { Directive } from './directives-rules.ts'

export interface KnownDirective extends Directive {
  readonly id: string
  readonly reason: string
  readonly setBy: string | null
  readonly setAt: string
}
/** All that were ever set, the newest to take effect first. */
export const allDirectives = (db: Db) =>
  db.all(sql<KnownDirective>`
  select d.id, d.audience, d.effective_on, d.weak_until, d.local, d.password, d.reason,
    a.given_name || ' ' || a.family_name as set_by,
    to_char(d.set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as set_at
  from authentication_directives d left join accounts a on a.id = d.set_by
    order by d.effective_on desc, d.set_at desc, d.id desc`)

export const insertDirective = (db: Db, d: Omit<KnownDirective, 'setAt' | 'setBy'> & { setAt: Date; setBy: string }) =>
  db.run(sql`insert into authentication_directives (id, audience, effective_on, weak_until, local, password, reason,
    set_by, set_at)
    values (${d.id}, ${d.audience}, ${d.effectiveOn}, ${d.weakUntil}, ${d.local}, ${d.password}, ${d.reason},
      ${d.setBy}, ${d.setAt})`)
