-- The directory of collaborators (EST-13, annex 4): who works employers in the network, for whoever does.

/*
 * Of an account, what it holds in effect, as the directory says it; null: nothing, hence it is not in the directory.
 * `fits`: one of these grants is of the tool, and over one of the territories.
 */
create or replace function ctx.held_in_directory(of_account uuid, of_tool text, touched int[])
returns table (holds jsonb, fits boolean) language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select jsonb_agg(distinct jsonb_build_object('tool', h.tool,
        'territory', (select jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name)
          from public.territories t where t.id = h.territory_id),
        'agency', (select jsonb_build_object('id', y.id, 'name', y.name) from public.agencies y
          where y.id = h.agency_id))),
      bool_or((of_tool is null or h.tool = of_tool)
        and (touched is null or h.territory_id = any (touched) or exists (select from public.agency_territories y
          where y.agency_id = h.agency_id and y.territory_id = any (touched))))
    from ctx.held_grants(of_account, ctx.clock()) h
    where h.missing = '{}' and (h.territory_id is not null
      or exists (select from public.agency_territories y where y.agency_id = h.agency_id));
end $$;
select pg_temp.as_definer('ctx.held_in_directory(uuid, text, int[])');

/*
 * A page of the directory, by name, after a position. Rights are worked out for the people of the page alone, one after
 * another.
 * Each word begins a word of the name, the function, the structure or the agency; words are of a-z and 0-9 alone.
 */
create or replace function ctx.directory(words text[], of_organisation uuid, of_tool text, of_territory int,
  after_key text, after_id uuid, most int)
returns table (account_id uuid, sort_key text, civility text, agency jsonb, away_until date, holds jsonb)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  sought text[] := array(select case w when 'st' then '\m(st|saint)' when 'ste' then '\m(ste|sainte)' else '\m' || w end
    from unnest(words) w);
  touched int[] := case when of_territory is not null then array(select o.other_id from public.territory_overlaps o
    where o.territory_id = of_territory) end;
  found int := 0;
  a record; held record;
begin
  if not ctx.holds_a_grant() then return; end if;
  for a in
    select x.id, public.search_words(x.family_name || ' ' || x.given_name) as sort_key, e.civility, y.id as agency_id,
      y.name as agency_name
    from public.accounts x join public.organisations o on o.id = x.organisation_id
    left join public.directory_entries e on e.account_id = x.id left join public.agencies y on y.id = e.agency_id
      and y.closed_at is null
    where x.status = 'active' and (of_organisation is null or x.organisation_id = of_organisation)
      and (after_id is null
        or (public.search_words(x.family_name || ' ' || x.given_name), x.id) > (after_key, after_id))
      and (sought = '{}'
        or public.search_words(concat_ws(' ', x.given_name, x.family_name, x.function, o.name, y.name)) ~ all (sought))
      and exists (select from public.grants g where g.account_id = x.id and g.revoked_at is null
        and (of_tool is null or g.tool = of_tool))
    order by public.search_words(x.family_name || ' ' || x.given_name), x.id
  loop
    select * into held from ctx.held_in_directory(a.id, of_tool, touched);
    continue when held.fits is not true;
    found := found + 1;
    return query select a.id, a.sort_key, a.civility, case when a.agency_id is not null then jsonb_build_object('id',
      a.agency_id, 'name', a.agency_name) end, ctx.away_until(a.id), held.holds;
    exit when found = most;
  end loop;
end $$;
select pg_temp.as_definer('ctx.directory(text[], uuid, text, int, text, uuid, int)', 'cc_web');

-- The last day of the absence under way.
create or replace function ctx.away_until(of_account uuid)
returns date language plpgsql stable security definer set search_path = '' as $$
begin
  return (select max(b.ends_on) from public.absences b where b.account_id = of_account and b.withdrawn_at is null
    and ctx.paris_day(ctx.clock()) between b.starts_on and b.ends_on);
end $$;
select pg_temp.as_definer('ctx.away_until(uuid)');

-- The card of one person of the directory: what a list leaves out is how to reach them. A phone that is hidden is not
-- told.
create or replace function ctx.directory_card(of_account uuid)
returns table (account_id uuid, civility text, agency jsonb, away_until date, holds jsonb, email text, phone text,
  phone_hidden boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare held jsonb;
begin
  if not ctx.holds_a_grant() then return; end if;
  select h.holds into held from ctx.held_in_directory(of_account, null, null) h;
  if held is null then return; end if;
  return query
    select x.id, e.civility, (select jsonb_build_object('id', y.id, 'name', y.name) from public.agencies y
      where y.id = e.agency_id and y.closed_at is null), ctx.away_until(x.id), held,
      k.email, case when not e.phone_hidden then e.phone end, coalesce(e.phone_hidden and e.phone is not null, false)
    from public.accounts x left join public.directory_entries e on e.account_id = x.id
    left join public.account_contacts k on k.account_id = x.id
    where x.id = of_account;
end $$;
select pg_temp.as_definer('ctx.directory_card(uuid)', 'cc_web');
