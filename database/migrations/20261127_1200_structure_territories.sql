-- The ceiling of a structure's territories (ACC-15, ACC-2): no grant, request or agency goes beyond it. Its dated facts; a convention may fill them later.

-- What lies wholly in another territory: all its communes are there. Itself and the national one are known without a row.
create table territory_contents (
  inner_id int not null references territories on delete cascade,
  outer_id int not null references territories on delete cascade,
  primary key (inner_id, outer_id)
);
grant select on territory_contents to cc_web, cc_definer;
insert into territory_contents (inner_id, outer_id)
  with member as (
    select c.code, t.id from communes c, lateral (values (c.region_id), (c.departement_id), (c.epci_id), (c.clpe_id)) t (id) where t.id is not null and c.valid_to is null
  ), size as (select id, count(*) as n from member group by id)
  select a.id, b.id from member a join member b using (code) join size s on s.id = a.id where a.id <> b.id group by a.id, b.id, s.n having count(*) = s.n;

create table organisation_territories (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  territory_id int not null references territories,
  from_at timestamptz not null,
  until_at timestamptz check (until_at >= from_at),
  set_by uuid references accounts, -- null: the structure's own territory, or taken over with the installation
  reason text not null check (length(reason) between 1 and 300),
  ended_by uuid references accounts,
  end_reason text check (length(end_reason) between 1 and 300)
);
create unique index organisation_territories_once on organisation_territories (organisation_id, territory_id) where until_at is null;
create index organisation_territories_organisation on organisation_territories (organisation_id);

create function ctx.ceiling(of_organisation uuid, at timestamptz) returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select array_agg(t.territory_id) from public.organisation_territories t
    where t.organisation_id = of_organisation and t.from_at <= at and (t.until_at is null or t.until_at > at)), '{}');
end $$;
-- Of the viewer's own structure, now.
create function ctx.own_ceiling() returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  return case when ctx.ok() then ctx.ceiling(ctx.organisation(), ctx.clock()) else '{}' end;
end $$;
-- Within one of these territories. The twin is liesWithin in server/habilitations/effective-grants.ts.
create function ctx.lies_within(territory int, ceiling int[]) returns boolean language sql stable parallel safe
  as $$ select 0 = any (ceiling) or territory = any (ceiling) or exists (select from public.territory_contents c where c.inner_id = territory and c.outer_id = any (ceiling)) $$;
-- All of a perimeter, whichever it is: an agency with one territory outside goes beyond.
create function ctx.perimeter_within(territory int, agency uuid, ceiling int[]) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  if territory is not null then return ctx.lies_within(territory, ceiling); end if;
  return not exists (select from public.agency_territories t where t.agency_id = agency and not ctx.lies_within(t.territory_id, ceiling));
end $$;
-- The agencies on which the viewer holds a right, or to come, or asks for one: they do not change what these serve (ACC-4).
create function ctx.own_agencies() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select g.agency_id from public.grants g where g.account_id = ctx.account() and g.agency_id is not null and g.revoked_at is null and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock()))
    union select r.agency_id from public.grant_requests r where r.account_id = ctx.account() and r.agency_id is not null and r.decided_at is null;
end $$;
grant select on organisation_territories, grant_requests to cc_definer;
grant insert on organisation_territories to cc_definer;

-- A structure begins with its own territory: the whole country for the operator, its EPCI for an EPCI. Others wait for their regional direction.
create function ctx.lay_own_territory() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.organisation_territories (id, organisation_id, territory_id, from_at, reason)
    select gen_random_uuid(), new.id, t.id, new.created_at, 'Territoire de la structure' from public.territories t
    where case new.kind when 'operateur' then t.id = 0 when 'epci' then t.kind = 'epci' and t.id = new.siret / 100000 else false end;
  return null;
end $$;
create trigger own_territory after insert on organisations for each row execute function ctx.lay_own_territory();

-- Structures that are here already keep what their rights and agencies cover, but for the whole country: the regional direction settles it.
insert into organisation_territories (id, organisation_id, territory_id, from_at, reason)
  select gen_random_uuid(), x.organisation_id, x.territory_id, x.created_at, x.reason from (
    select distinct on (o.id, s.territory_id) o.id as organisation_id, s.territory_id, o.created_at, s.reason from organisations o cross join lateral (
      select 0 as territory_id, 'Territoire de la structure' as reason, 1 as rank where o.kind = 'operateur'
      union all select t.id, 'Territoire de la structure', 1 from territories t where o.kind = 'epci' and t.kind = 'epci' and t.id = o.siret / 100000
      union all select g.territory_id, 'Repris des habilitations données avant que ces territoires soient réglés', 2 from grants g where g.organisation_id = o.id and g.revoked_at is null and o.kind <> 'operateur' and g.territory_id <> 0
      union all select y.territory_id, 'Repris des habilitations données avant que ces territoires soient réglés', 2 from agencies a join agency_territories y on y.agency_id = a.id where a.organisation_id = o.id and o.kind <> 'operateur' and y.territory_id <> 0
    ) s where s.territory_id is not null order by o.id, s.territory_id, s.rank) x;

alter table organisation_territories enable row level security; alter table organisation_territories force row level security;
create policy owner on organisation_territories to cc_owner using (true) with check (true);
create policy read on organisation_territories for select to cc_web using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees()) or organisation_id in (select c.organisation_id from conventions c)));
-- A regional direction, of a partner with a convention in its region, and within that region alone.
create policy settle on organisation_territories for insert to cc_web with check ((select ctx.ok()) and set_by = (select ctx.account()) and until_at is null and territory_id <> 0
  and exists (select from conventions c where c.organisation_id = organisation_territories.organisation_id and c.region_id = any ((select ctx.regions())::int[]) and ctx.lies_within(organisation_territories.territory_id, array[c.region_id])));
create policy close on organisation_territories for update to cc_web using ((select ctx.ok()) and until_at is null
    and exists (select from conventions c where c.organisation_id = organisation_territories.organisation_id and c.region_id = any ((select ctx.regions())::int[]) and ctx.lies_within(organisation_territories.territory_id, array[c.region_id])))
  with check ((select ctx.ok()) and ended_by = (select ctx.account()) and until_at is not null);
grant select, insert on organisation_territories to cc_web;
grant update (until_at, ended_by, end_reason) on organisation_territories to cc_web;

-- Whatever the application forgets: nothing given, asked or declared goes beyond the ceiling, and an agency serves no region.
create policy ceiling on grants as restrictive for insert to cc_web with check ((select ctx.ok()) and ctx.perimeter_within(territory_id, agency_id, (select ctx.own_ceiling())));
create policy ceiling on grant_requests as restrictive for insert to cc_web with check ((select ctx.ok()) and ctx.perimeter_within(territory_id, agency_id, (select ctx.own_ceiling())));
create policy ceiling on agency_territories as restrictive for insert to cc_web with check ((select ctx.ok()) and ctx.lies_within(territory_id, (select ctx.own_ceiling()))
  and territory_id in (select t.id from territories t where t.kind not in ('national', 'region')));
create policy not_own on agency_territories as restrictive for insert to cc_web with check ((select ctx.ok()) and agency_id not in (select ctx.own_agencies()));
create policy not_own_either on agency_territories as restrictive for delete to cc_web using ((select ctx.ok()) and agency_id not in (select ctx.own_agencies()));

do $$ declare f text; begin
  foreach f in array array['ctx.ceiling(uuid, timestamptz)', 'ctx.own_ceiling()', 'ctx.perimeter_within(int, uuid, int[])', 'ctx.own_agencies()'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to cc_web', f);
  end loop;
end $$;
alter function ctx.lay_own_territory() owner to cc_definer;
revoke all on function ctx.lay_own_territory() from public;
revoke all on function ctx.lies_within(int, int[]) from public;
grant execute on function ctx.lies_within(int, int[]) to cc_web, cc_definer;
