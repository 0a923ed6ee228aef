import { sql } from 'kysely'

export const named = (id: string) =>
  sql`(select jsonb_build_object('id', n.id, 'name', n.given_name || ' ' || n.family_name, 'organisationId',
    n.organisation_id) from accounts n where n.id = ${sql.ref(id)})`
export const perimeter = (of: string) => sql`
  'territory', (select jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) from territories t
    where t.id = ${sql.ref(`${of}.territory_id`)}),
  'agency', (select jsonb_build_object('id', y.id, 'name', y.name) from agencies y
    where y.id = ${sql.ref(`${of}.agency_id`)})`

/** A grant as a block says it. */
export const grantCut = sql`jsonb_build_object('id', g.id, 'tool', g.tool, 'profile', g.profile, ${perimeter('g')})`
