/*
 * What every member may know of the contacts of a campaign (EST-11): the first day a target was contacted, and what was heard in the exchanges shared with the
 * network. Bypasses row-level security, so that two members of different perimeters read the same progress, and scopes itself: only a campaign that is visible.
 */
create function ctx.contacted_targets(campaign uuid) returns table (siret bigint, first_on date, reached boolean, meeting boolean, need boolean)
language sql stable security definer set search_path = '' as $$
  select x.siret, min(x.occurred_on), coalesce(bool_or(x.reached and c.exchange_id is not null), false),
    coalesce(bool_or(c.result = 'rendez-vous-pris'), false), coalesce(bool_or(c.result = 'besoin-detecte'), false)
  from public.exchanges x left join public.exchange_contents c on c.exchange_id = x.id and c.visibility = 'reseau'
  where x.campaign_id = campaign and x.status = 'recorded' and campaign in (select ctx.visible_campaigns())
  group by x.siret
$$;

/* Leads people of their own organisation in a campaign: responsable or more where its territory reaches. With its being visible, the SQL twin of mayLead. */
create function ctx.leads(campaign uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.campaigns c join ctx.effective_grants((select ctx.account()), (now() at time zone 'Europe/Paris')::date) g
      on g.tool = 'campagnes' and ctx.rank(g.profile) >= 3 and (g.territory_id in (0, c.territory_id) or c.territory_id = 0
        or exists (select from public.territory_overlaps o where o.territory_id = g.territory_id and o.other_id = c.territory_id))
    where c.id = campaign)
$$;

/*
 * What the advisors of the viewer's own organisation hold and did in a campaign: all of them for who leads there, oneself otherwise (CAM-8). Never another
 * organisation's, not even as a count. The SQL twin of mayReadAdvisor. `untouched`: taken before that day and not contacted since; `late`: actions due before `on_day`.
 */
create function campaign_advisors(campaign uuid, on_day date, taken_before date)
returns table (account_id uuid, taken int, untouched int, contacts int, contacted int, late int) language sql stable security definer set search_path = '' as $$
  with held as (
    select t.taken_by as id, count(*)::int as taken,
      count(*) filter (where t.status = 'prise-en-charge' and (t.taken_at at time zone 'Europe/Paris')::date <= taken_before)::int as untouched
    from public.campaign_targets t where t.campaign_id = campaign and t.taken_by_organisation = (select ctx.organisation()) and t.status <> 'ecarte' group by 1),
  said as (
    select x.author_id as id, count(*)::int as contacts, count(distinct x.siret)::int as contacted
    from public.exchanges x where x.campaign_id = campaign and x.organisation_id = (select ctx.organisation()) and x.status = 'recorded' group by 1),
  due as (
    select n.owner_id as id, count(*)::int as late
    from public.exchanges x join public.next_actions n on n.exchange_id = x.id
    where x.campaign_id = campaign and n.organisation_id = (select ctx.organisation()) and n.done_at is null and n.cancelled_at is null and n.due_on < on_day group by 1)
  select id, coalesce(h.taken, 0), coalesce(h.untouched, 0), coalesce(s.contacts, 0), coalesce(s.contacted, 0), coalesce(d.late, 0)
  from held h full join said s using (id) full join due d using (id)
  where campaign in (select ctx.visible_campaigns()) and (id = (select ctx.account()) or (select ctx.leads(campaign)))
$$;

do $$ declare f text; begin
  foreach f in array array['ctx.contacted_targets(uuid)', 'ctx.leads(uuid)', 'campaign_advisors(uuid, date, date)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to cc_web', f);
  end loop;
end $$;
grant select on exchange_contents to cc_definer;
