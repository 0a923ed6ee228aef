import type pg from 'pg'

/** Every code that means a commune on that day, retired ones included, with the commune it means. */
export const communesToday = async (owner: pg.ClientBase, today: string): Promise<Map<string, string>> => {
  // The same walk as commune_on, for all codes at once.
  const { rows } = await owner.query<{ asked: string; code: string }>(
    `
    with recursive living as materialized (select code from communes where (valid_from is null or valid_from <= $1)
      and (valid_to is null or valid_to > $1)),
    step as (
      select distinct old_code as asked, old_code as code, 0 as depth from commune_successions
      union all
      select asked, s.new_code, depth + 1 from step join commune_successions s on s.old_code = step.code
      where depth < 5 and (s.on_day is null or s.on_day <= $1)
        and not exists (select from living l where l.code = step.code)
    )
    select code as asked, code from living
    union
    (select distinct on (asked) asked, step.code from step join living using (code) order by asked, depth)`,
    [today],
  )
  return new Map(rows.map(r => [r.asked, r.code]))
}

export const knownCompositions = async (owner: pg.ClientBase, current: ReadonlyMap<string, string>) => {
  const { rows } = await owner.query<{ edition: string; in_force_from: string; members: Record<string, string[]> }>(`
    select e.edition, e.in_force_from::text, jsonb_object_agg(c.clpe_id, c.codes) as members
    from territory_editions e join (select edition, clpe_id, jsonb_agg(commune_code) as codes from clpe_communes
      group by 1, 2) c using (edition)
    where e.kind = 'clpe' group by 1, 2`)
  return rows.map(r => ({
    edition: r.edition,
    inForceFrom: r.in_force_from,
    communes: new Map(
      Object.entries(r.members).map(([id, codes]) => [Number(id), new Set(codes.map(c => current.get(c) ?? c))]),
    ),
  }))
}

export const newClpe = async (owner: pg.ClientBase, code: string, name: string): Promise<number> => {
  const { rows } = await owner.query<{ id: number }>(
    `insert into territories (id, kind, code, name, current) values (nextval('clpe_ids'), 'clpe', $1, $2, false)
      returning id`,
    [code, name],
  )
  return rows[0]!.id
}

export const saveClpeEdition = async (
  owner: pg.ClientBase,
  edition: string,
  clpes: { clpeId: number; code: string; name: string }[],
  communes: { commune: string; clpeId: number }[],
) => {
  await owner.query('delete from clpe_in_edition where edition = $1', [edition])
  await owner.query(
    `insert into clpe_in_edition (edition, clpe_id, code, name)
    select $1, "clpeId", code, name from jsonb_to_recordset($2::jsonb) r ("clpeId" int, code text, name text)`,
    [edition, JSON.stringify(clpes)],
  )
  await owner.query(
    `insert into clpe_communes (edition, commune_code, clpe_id)
    select $1, commune, "clpeId" from jsonb_to_recordset($2::jsonb) r (commune text, "clpeId" int)`,
    [edition, JSON.stringify(communes)],
  )
}

/**
 * Puts in force the CLPE edition of the day: each commune's CLPE, the names and codes of the day, and which territories
 * share communes. Says which edition it is.
 */
export const applyEditions = async (owner: pg.ClientBase, today: string): Promise<string | null> => {
  await owner.query('analyze communes, commune_successions, clpe_communes, clpe_in_edition, territories')
  const {
    rows: [edition],
  } = await owner.query<{ edition: string }>(
    `
    select edition from territory_editions where kind = 'clpe' and in_force_from <= $1
      order by in_force_from desc, published_on desc, edition desc limit 1`,
    [today],
  )
  if (edition) {
    // Municipal districts of one city could stand in several: the city goes where most of them are.
    await owner.query(
      `
      with home as (
        select code, mode() within group (order by clpe_id) as clpe_id
        from (select coalesce((select c.code from communes c where c.code = m.commune_code
          and c.valid_to is null), commune_on(m.commune_code, $2)) as code, m.clpe_id from clpe_communes m
          where m.edition = $1) m
        where code is not null group by code)
      update communes c set clpe_id = h.clpe_id
      from communes x left join home h using (code) where c.code = x.code and c.clpe_id is distinct from h.clpe_id`,
      [edition.edition, today],
    )
    // In two steps: codes are exchanged between identities, and no two current ones may share one even for a moment.
    await owner.query(`update territories set current = false where kind = 'clpe'`)
    await owner.query(
      `update territories t set current = true, code = e.code, name = e.name from clpe_in_edition e
        where e.clpe_id = t.id and e.edition = $1`,
      [edition.edition],
    )
  }
  await refreshOverlaps(owner)
  await refreshContents(owner)
  return edition?.edition ?? null
}

/**
 * A CLPE no longer current overlaps through the communes of its last edition: what was done there stays visible to its
 * neighbours.
 */
const refreshOverlaps = (owner: pg.ClientBase) =>
  owner.query(`
  with member as (
    select c.code, t.id from communes c, lateral (values (c.region_id), (c.departement_id), (c.epci_id),
      (c.clpe_id)) t (id) where t.id is not null and c.valid_to is null
    union
    select m.commune_code, m.clpe_id from clpe_communes m join (
      select distinct on (c.clpe_id) c.clpe_id, c.edition from clpe_in_edition c join territories t on t.id = c.clpe_id
        and not t.current
      join territory_editions e on e.kind = 'clpe' and e.edition = c.edition
        order by c.clpe_id, e.in_force_from desc) last using (clpe_id, edition)
  ), fresh as (
    select a.id as territory_id, b.id as other_id from member a join member b using (code)
    union select id, id from territories
    union select 0, id from territories
    union select id, 0 from territories
  ), gone as (
    delete from territory_overlaps o where not exists (select from fresh f where f.territory_id = o.territory_id
      and f.other_id = o.other_id)
  )
  insert into territory_overlaps select territory_id, other_id from fresh on conflict do nothing`)

/**
 * What lies wholly in another: all its communes are there. A CLPE no longer current keeps what it lay in, by those of
 * its last edition.
 */
export const refreshContents = (owner: pg.ClientBase | pg.Pool) =>
  owner.query(`
  with member as (
    select c.code, t.id from communes c, lateral (values (c.region_id), (c.departement_id), (c.epci_id),
      (c.clpe_id)) t (id) where t.id is not null and c.valid_to is null
    union
    select m.commune_code, m.clpe_id from clpe_communes m join (
      select distinct on (c.clpe_id) c.clpe_id, c.edition from clpe_in_edition c join territories t on t.id = c.clpe_id
        and not t.current
      join territory_editions e on e.kind = 'clpe' and e.edition = c.edition
        order by c.clpe_id, e.in_force_from desc) last using (clpe_id, edition)
  ), size as (select id, count(*) as n from member group by id
  ), fresh as (
    select a.id as inner_id, b.id as outer_id from member a join member b using (code) join size s on s.id = a.id
      where a.id <> b.id group by a.id, b.id, s.n having count(*) = s.n
  ), gone as (
    delete from territory_contents c where not exists (select from fresh f where f.inner_id = c.inner_id
      and f.outer_id = c.outer_id)
  )
  insert into territory_contents select inner_id, outer_id from fresh on conflict do nothing`)
