/*
 * What a policy asks is asked by every statement: a function in SQL that cannot be inlined is planned anew each time (0.15 ms, six times for a list of targets), one in
 * plpgsql once a connection. Their answers are the same. Those that leads answer now take their day from ctx.clock(), as the others.
 */
create or replace function ctx.visible_campaigns() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select c.id from public.campaigns c join public.campaign_members m on m.campaign_id = c.id and m.organisation_id = (select ctx.organisation())
    where (select ctx.ok()) and ((select ctx.national(ctx.campagnes())) or c.territory_id = any ((select ctx.campagnes())::int[]) or (c.territory_id = 0 and (select cardinality(ctx.campagnes()) > 0))) and (c.status <> 'draft' or c.pilot_id = m.organisation_id);
end $$;

create or replace function ctx.piloted_campaigns() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select c.id from public.campaigns c
    where (select ctx.ok()) and c.pilot_id = (select ctx.organisation()) and ctx.covers((select ctx.pilote()), c.region_id, c.departement_id, c.epci_id, c.clpe_id);
end $$;

create or replace function ctx.led_campaigns() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare
  today date := ctx.paris_day(ctx.clock());
begin
  return query select c.id from public.campaigns c
    where c.id in (select ctx.visible_campaigns()) and exists (
      select from ctx.effective_grants((select ctx.account()), today) g
      where g.tool = 'campagnes' and ctx.rank(g.profile) >= 3 and (g.territory_id in (0, c.territory_id) or c.territory_id = 0
        or exists (select from public.territory_overlaps o where o.territory_id = g.territory_id and o.other_id = c.territory_id)));
end $$;

create or replace function ctx.piloted_task_forces() returns setof int language plpgsql stable security definer set search_path = '' as $$
begin
  return query select f.clpe_id from public.task_forces f cross join lateral public.territory_line(f.clpe_id) t
    where (select ctx.ok()) and f.pilot_id = (select ctx.organisation()) and ctx.covers((select ctx.pilote()), t.region_id, t.departement_id, t.epci_id, f.clpe_id);
end $$;

create or replace function ctx.visible_task_forces() returns setof int language plpgsql stable security definer set search_path = '' as $$
begin
  return query select f.clpe_id from public.task_forces f
    where (select ctx.ok()) and ((select ctx.national(ctx.campagnes())) or f.clpe_id = any ((select ctx.campagnes())::int[])
      or exists (select from public.task_force_members m where m.clpe_id = f.clpe_id and m.organisation_id = (select ctx.organisation())));
end $$;

create or replace function ctx.fiche_responsable() returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  return case when ctx.ok() then array(select g.territory_id from ctx.effective_grants(ctx.account(), ctx.paris_day(ctx.clock())) g where g.tool = 'fiche-etablissement' and ctx.rank(g.profile) >= 3) else '{}' end;
end $$;

create or replace function ctx.leads(campaign uuid) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return campaign in (select ctx.led_campaigns());
end $$;

create or replace function ctx.leads_colleagues() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from ctx.effective_grants(ctx.account(), ctx.paris_day(ctx.clock())) g where g.tool = 'campagnes' and ctx.rank(g.profile) >= 3);
end $$;

create or replace function provisional_used(of_siret bigint) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.exchanges where siret = of_siret) or exists (select from public.campaign_targets where siret = of_siret) or exists (select from public.correspondents where siret = of_siret);
end $$;

-- By keys throughout: nothing is gained by planning it for each account (0.2 ms).
alter function ctx.enter(bytea) set plan_cache_mode = force_generic_plan;
