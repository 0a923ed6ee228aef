-- One function says what a grant opens, one says who leads: the two that had written them again now ask them.

create or replace function ctx.leads(campaign uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select campaign in (select ctx.led_campaigns())
$$;

create or replace function sharing_recipients(campaign uuid, on_day date)
returns table (organisation_id uuid, account_id uuid, territories int[], load int) language sql stable security definer set search_path = '' as $$
  with asked as (
    select c.id, c.territory_id, c.id in (select ctx.piloted_campaigns()) as piloted from public.campaigns c
    where c.id = campaign and c.id in (select ctx.visible_campaigns()) and (c.id in (select ctx.piloted_campaigns()) or c.id in (select ctx.led_campaigns()))),
  advisor as (
    select a.organisation_id, a.id, array_agg(distinct g.territory_id) as territories
    from asked c join public.campaign_members m on m.campaign_id = c.id and (c.piloted or m.organisation_id = (select ctx.organisation()))
    join public.accounts a on a.organisation_id = m.organisation_id and a.status = 'active'
    cross join lateral ctx.effective_grants(a.id, on_day) g
    where g.tool = 'campagnes' and ctx.rank(g.profile) >= 2 and (g.territory_id in (0, c.territory_id) or c.territory_id = 0
      or exists (select from public.territory_overlaps o where o.territory_id = g.territory_id and o.other_id = c.territory_id))
    group by 1, 2)
  select a.organisation_id, a.id, a.territories,
    (select count(*)::int from public.campaign_targets t join public.campaigns c on c.id = t.campaign_id and c.status = 'open'
      where t.taken_by = a.id and t.status not in ('traite', 'ecarte'))
  from advisor a where a.organisation_id = (select ctx.organisation())
  union all
  select m.organisation_id, null, coalesce((select array_agg(distinct t) from advisor a cross join unnest(a.territories) t where a.organisation_id = m.organisation_id), '{}'),
    (select count(*)::int from public.campaigns c join public.campaign_targets t on t.campaign_id = c.id
      where c.status = 'open' and c.id in (select ctx.visible_campaigns()) and t.status not in ('traite', 'ecarte') and coalesce(t.assigned_organisation, t.taken_by_organisation) = m.organisation_id)
  from asked c join public.campaign_members m on m.campaign_id = c.id where c.piloted
$$;

-- The lines of a sharing out are settled by who may settle it: a lead has no hand on another organisation's.
alter policy settle on target_assignments using (sharing_id in (select s.id from target_sharings s where s.campaign_id in (select ctx.piloted_campaigns())
  or s.within_organisation = (select ctx.organisation()) and s.campaign_id in (select ctx.led_campaigns())))
  with check (campaign_id in (select ctx.piloted_campaigns()) or campaign_id in (select ctx.led_campaigns()));
