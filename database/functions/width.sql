-- How far what a person holds reaches, all its grants together (ACC-4): what is wide waits for a second person, however
-- it is divided.

-- The departments that these territories touch. The SQL twin of departmentsOf in
-- server/people-and-rights/grants/width.model.ts.
create or replace function ctx.departments_of(territories int[])
returns int[] language sql stable parallel safe set search_path = '' as $$
  select coalesce(array_agg(d.id), '{}') from public.territories d where d.kind = 'departement'
    and (d.id = any (territories)
      or d.id in (select o.other_id from public.territory_overlaps o where o.territory_id = any (territories)))
$$;
revoke all on function ctx.departments_of(int[]) from public;
grant execute on function ctx.departments_of(int[]) to cc_definer, cc_web;

-- A region, the country, more than two departments, or all those of a region that has several. The SQL twin of isWide,
-- in the same file.
create or replace function ctx.is_wide(territories int[])
returns boolean language sql stable parallel safe set search_path = '' as $$
  select exists (select from public.territories t where t.id = any (territories) and t.kind in ('national', 'region'))
    or cardinality(d.ids) > 2
    or exists (select from public.territories r where r.kind = 'departement' and r.current and r.parent_id is not null
      group by r.parent_id having count(*) > 1 and bool_and(r.id = any (d.ids)))
  from (select ctx.departments_of(territories) as ids) d
$$;
revoke all on function ctx.is_wide(int[]) from public;
grant execute on function ctx.is_wide(int[]) to cc_definer, cc_web;

/*
 * What an account holds or will hold, of one tool or of all, with this profile or a larger one: its territories, those
 * of its agencies included. Not what waits for a second person, nor what one refused. The SQL twin of widthOf, in the
 * same file.
 */
create or replace function ctx.width_of(of_account uuid, of_tool text, from_profile text, but uuid)
returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(array_agg(distinct coalesce(g.territory_id, y.territory_id)), '{}')
    from public.grants g left join public.agency_territories y on y.agency_id = g.agency_id
    where g.account_id = of_account and g.id is distinct from but and g.revoked_at is null
      and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock()))
      and (of_tool is null or g.tool = of_tool) and ctx.rank(g.profile) >= ctx.rank(from_profile)
      and not exists (select from public.confirmations c where c.grant_id = g.id
        and c.outcome is distinct from 'confirmed'));
end $$;
select pg_temp.as_definer('ctx.width_of(uuid, text, text, uuid)');

/*
 * Whether these territories, added to what the account holds and to `had`, reach a department more and make it wide: in
 * one tool or in all, at that profile or at a smaller one, so that neither tools nor profiles divide what is wide. The
 * SQL twin of widensBeyond.
 */
create or replace function ctx.widens_beyond(of_account uuid, of_tool text, of_profile text, had int[],
  added int[], but uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from (values ('consultation'), ('conseiller'), ('responsable'), ('pilote')) l (profile)
    cross join (values (of_tool), (null)) s (tool)
    cross join lateral (select had || ctx.width_of(of_account, s.tool, l.profile, but) as held) w
    where ctx.rank(l.profile) <= ctx.rank(of_profile) and ctx.is_wide(w.held || added)
      and not ctx.departments_of(added) <@ ctx.departments_of(w.held));
end $$;
select pg_temp.as_definer('ctx.widens_beyond(uuid, text, text, int[], int[], uuid)');

/*
 * An agency that grows takes its grants along, and nobody confirms them again: it may not make wide what one of their
 * holders has. The new territories are declared as another agency, whose grants wait for the second person.
 */
create or replace function ctx.keep_holders_narrow()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if ctx.ok() and exists (select from public.grants g where g.agency_id = new.agency_id and g.revoked_at is null
      and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock()))
      and ctx.widens_beyond(g.account_id, g.tool, g.profile, array(select y.territory_id
        from public.agency_territories y where y.agency_id = new.agency_id), array[new.territory_id], null)) then
    raise exception 'a holder of this agency would hold too much without a second person'
      using errcode = '23514', constraint = 'agency_holders_narrow';
  end if;
  return new;
end $$;
select pg_temp.as_definer('ctx.keep_holders_narrow()');
