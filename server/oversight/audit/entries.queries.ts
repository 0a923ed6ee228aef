import { type SqlBool, sql } from 'kysely'
import type { trailScopes } from '../../../contract/oversight/audit.ts'
import { type Db, k } from '../../platform/database.ts'

export interface TrailQuery {
  readonly scope: (typeof trailScopes)[number]
  readonly person?: string | undefined
  readonly action?: string | undefined
  readonly kind?: string | undefined
  readonly subject?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly after?: readonly [at: string, id: string] | undefined
  readonly limit: number
}

// The account that an act was on. Worked out in the page and not in the join: beside row-level security, a cast in the
// join would read every account.
const onAccount = sql<
  string | null
>`case when e.subject_kind = 'account' and e.subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  then e.subject_id::uuid end`
const bare = () =>
  k
    .selectFrom('auditEntries as e')
    .select([
      'e.id',
      'e.at',
      'e.actorId',
      'e.organisationId',
      'e.action',
      'e.subjectKind',
      'e.subjectId',
      'e.origin',
      'e.requestId',
      onAccount.as('accountId'),
    ])
// People who acted on one's account, of another structure too: one may hold nothing that shows them otherwise.
const actor = sql`ctx.person_ref(e.actor_id)`
/** With the names that go with them, of these entries alone: `page` has its limit. */
const named = (page: ReturnType<typeof bare>) =>
  k
    .selectFrom(page.as('e'))
    .leftJoin('organisations as o', 'o.id', 'e.organisationId')
    .leftJoin('accounts as s', 's.id', 'e.accountId')
    .select([
      'e.id',
      'e.at',
      'e.actorId',
      'e.organisationId',
      'e.action',
      'e.subjectKind',
      'e.subjectId',
      'o.name as organisationName',
      'o.kind as organisationKind',
      sql<string | null>`(${actor} ->> 'organisationId')::uuid`.as('actorOrganisationId'),
      sql<string | null>`${actor} ->> 'name'`.as('actorName'),
      sql<string | null>`s.given_name || ' ' || s.family_name`.as('subjectName'),
    ])

/**
 * A page of the trail, the last first. The scope names the index; row-level security says what of it is the viewer's to
 * read.
 */
export const listEntries = (db: Db, { scope, person, action, kind, subject, from, to, after, limit }: TrailQuery) => {
  let query = bare()
  if (scope === 'own') query = query.where('e.actorId', '=', sql<string>`ctx.account()`)
  if (scope === 'about-me')
    query = query.where('e.subjectKind', '=', 'account').where('e.subjectId', '=', sql<string>`ctx.account()::text`)
  if (scope === 'organisation') query = query.where('e.organisationId', '=', sql<string>`ctx.organisation()`)
  if (person) query = query.where('e.actorId', '=', person)
  if (action) query = query.where('e.action', '=', action)
  if (kind) query = query.where('e.subjectKind', '=', kind)
  if (subject) query = query.where('e.subjectId', '=', subject)
  if (from) query = query.where('e.at', '>=', sql<Date>`${from}::date::timestamp at time zone 'Europe/Paris'`)
  if (to) query = query.where('e.at', '<', sql<Date>`(${to}::date + 1)::timestamp at time zone 'Europe/Paris'`)
  if (after) query = query.where(sql<SqlBool>`(e.at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  return db.all(
    named(query.orderBy('e.at', 'desc').orderBy('e.id', 'desc').limit(limit))
      .select(sql<string>`to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('exactly'))
      .orderBy('e.at', 'desc')
      .orderBy('e.id', 'desc'),
  )
}

export const entryById = (db: Db, id: string) =>
  db.first(
    named(bare().where('e.id', '=', id).limit(1))
      .leftJoin('auditDetails as d', 'd.entryId', 'e.id')
      .select([
        'e.origin',
        'e.requestId',
        'd.detail',
        sql<boolean>`d.entry_id is not null`.as('hasDetail'),
        sql<number | null>`ctx.trail_position(e.id)`.as('position'),
      ]),
  )
/** Everyone of one's own structure, those without an account in force too: their acts remain. */
export const peopleOfOurs = (db: Db) =>
  db.all(
    k
      .selectFrom('accounts')
      .select(['id', 'organisationId', sql<string>`given_name || ' ' || family_name`.as('name')])
      .where('organisationId', '=', sql<string>`ctx.organisation()`)
      .orderBy('familyName', by => by.collate('fr-x-icu'))
      .orderBy('givenName', by => by.collate('fr-x-icu'))
      .limit(2000),
  )
export type EntryFound = Awaited<ReturnType<typeof listEntries>>[number]
