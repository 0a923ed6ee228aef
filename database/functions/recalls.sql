-- What goes stale in running campaigns, and of needs (CAM-13).

/*
 * The targets that someone holds and does nothing of: since when, and after how many days each is recalled. Idle since
 * it was taken, last contacted by anyone, or since the day of what is planned there: what is planned ahead is not idle.
 */
create or replace function ctx.idle_targets(today date, owner_default int, lead_default int, pilot_default int)
returns table (campaign_id uuid, siret bigint, holder_id uuid, organisation_id uuid, idle_since date, owner_days int,
  lead_days int, pilot_days int)
language sql stable security definer set search_path = '' as $$
  select t.campaign_id, t.siret, t.taken_by, t.taken_by_organisation, i.since, d.owner_days, d.lead_days, d.pilot_days
  from public.campaigns c left join public.campaign_recalls r on r.campaign_id = c.id
  cross join lateral (select coalesce(r.owner_days, owner_default) as owner_days,
    coalesce(r.lead_days, lead_default) as lead_days, coalesce(r.pilot_days, pilot_default) as pilot_days) d
  join public.campaign_targets t on t.campaign_id = c.id and t.taken_by is not null
    and t.status not in ('traite', 'ecarte')
  cross join lateral (select greatest(ctx.paris_day(t.taken_at),
    (select max(k.last_on) from public.campaign_contacts k where k.campaign_id = c.id and k.siret = t.siret),
    (select max(n.due_on) from public.next_actions n join public.exchanges x on x.id = n.exchange_id
      where n.siret = t.siret and x.campaign_id = c.id and n.done_at is null and n.cancelled_at is null)) as since) i
  where c.status = 'open' and today between c.starts_on and c.ends_on and today - i.since >= d.owner_days
    -- Nobody is urged to call who is not to be contacted (EST-10).
    and not exists (select from public.do_not_contact_marks m where m.siret = t.siret and m.ended_at is null
      and today between m.starts_on and m.until)
$$;
select pg_temp.as_definer('ctx.idle_targets(date, int, int, int)');

/*
 * Notes what is recalled tonight and whom to tell: the owner; so many days after, the leads of their structure; then
 * who answers for the campaign in the pilot's: its leads there or, failing any, who created it. Never someone who is
 * away: their turn passes to the next. A step waits for the one before it as long as their delays differ, also when
 * nights were missed. Nobody is named to another structure: the holder is told to a lead of their own alone.
 */
create or replace function ctx.note_recalls(at timestamptz, owner_default int, lead_default int, pilot_default int)
returns table (step text, account_id uuid, campaign_id uuid, campaign_name text, targets int, idle_since date)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at);
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('note-recalls', 0));
  return query
    with idle as materialized (select * from ctx.idle_targets(today, owner_default, lead_default, pilot_default)),
    -- Materialized: the planner would ask whether each is there again for each target.
    concerned as materialized (select holder_id as id from idle
      union select l.account_id from public.campaign_leads l where l.campaign_id in (select campaign_id from idle)
      union select c.created_by from public.campaigns c where c.id in (select campaign_id from idle)),
    here as materialized (select p.id from concerned p where ctx.why_away(p.id, today) is null),
    told as materialized (
      select i.*, max(k.told_on) filter (where k.step = 'owner') as owner_on,
        max(k.told_on) filter (where k.step = 'lead') as lead_on,
        coalesce(bool_or(k.step = 'pilot'), false) as piloted
      from idle i left join public.target_recalls k using (campaign_id, siret, holder_id, idle_since)
      group by i.campaign_id, i.siret, i.holder_id, i.organisation_id, i.idle_since, i.owner_days,
        i.lead_days, i.pilot_days),
    lead as materialized (select distinct l.campaign_id, a.organisation_id, a.id from public.campaign_leads l
      join public.accounts a on a.id = l.account_id where l.account_id in (select id from here)),
    pilot as materialized (
      select c.id as campaign_id, a.id from public.campaigns c
      cross join lateral (select l.account_id as id from public.campaign_leads l where l.campaign_id = c.id
        union select c.created_by where not exists (select from public.campaign_leads l join public.accounts b
          on b.id = l.account_id and b.organisation_id = c.pilot_id where l.campaign_id = c.id)) k
      join public.accounts a on a.id = k.id and a.organisation_id = c.pilot_id where a.id in (select id from here)),
    due as materialized (
      select t.*, case
        when t.owner_on is null and t.lead_on is null and not t.piloted
          and t.holder_id in (select id from here) then 'owner'
        when t.lead_on is null and not t.piloted and today - t.idle_since >= t.lead_days
          and coalesce(today - t.owner_on >= t.lead_days - t.owner_days, true)
          and exists (select from lead l where l.campaign_id = t.campaign_id and l.organisation_id = t.organisation_id
            and l.id <> t.holder_id) then 'lead'
        when not t.piloted and today - t.idle_since >= t.pilot_days
          and coalesce(today - t.lead_on >= t.pilot_days - t.lead_days,
            today - t.owner_on >= t.pilot_days - t.owner_days, true)
          and exists (select from pilot p where p.campaign_id = t.campaign_id
            and p.id <> t.holder_id) then 'pilot' end as step
      from told t),
    noted as (insert into public.target_recalls (campaign_id, siret, holder_id, idle_since, step, told_on)
      select d.campaign_id, d.siret, d.holder_id, d.idle_since, d.step, today from due d where d.step is not null
        on conflict do nothing returning 1),
    held as (select d.step, d.campaign_id, d.organisation_id, d.holder_id, count(*) as targets,
      min(d.idle_since) as idle_since from due d where d.step is not null group by 1, 2, 3, 4)
    select d.step, w.id, d.campaign_id, c.name, sum(d.targets)::int, min(d.idle_since)
    from held d join public.campaigns c on c.id = d.campaign_id
    cross join lateral (select d.holder_id as id where d.step = 'owner'
      union select l.id from lead l where d.step = 'lead' and l.campaign_id = d.campaign_id
        and l.organisation_id = d.organisation_id and l.id <> d.holder_id
      union select p.id from pilot p where d.step = 'pilot' and p.campaign_id = d.campaign_id and p.id <> d.holder_id) w
    group by 1, 2, 3, 4 order by 2, 1, 4;
end $$;
select pg_temp.as_definer('ctx.note_recalls(timestamptz, int, int, int)', 'cc_worker');

/*
 * The needs that stand and of which nothing is done: since the last thing written of it, said to a structure or
 * answered, and since whoever has it in hand last met that employer, or is to. In hand: of who took it, else of who
 * follows it.
 */
create or replace function ctx.idle_needs(today date, owner_days int)
returns table (need_id uuid, holder_id uuid, organisation_id uuid, follower_id uuid, pilot_id uuid, place int[],
  idle_since date)
language sql stable security definer set search_path = '' as $$
  select n.id, h.id, h.organisation_id, n.owner_id,
    -- Told beyond its structure, where it is not kept there, to who pilots the task force.
    coalesce((select f.pilot_id from public.task_forces f where n.visibility = 'reseau'
      and f.clpe_id = n.clpe_id), n.organisation_id),
    array[n.region_id, n.departement_id, n.epci_id, n.clpe_id], i.since
  from public.needs n
  cross join lateral (select coalesce(n.taken_by, n.owner_id) as id,
    coalesce(n.taken_by_organisation, n.organisation_id) as organisation_id) h
  cross join lateral (select greatest(
    (select ctx.paris_day(v.at) from public.need_versions v where v.need_id = n.id and v.version = n.version),
    (select max(ctx.paris_day(greatest(p.proposed_at, p.answered_at))) from public.need_proposals p
      where p.need_id = n.id),
    (select max(x.occurred_on) from public.exchanges x where x.siret = n.siret and x.organisation_id = h.organisation_id
      and x.status = 'recorded'),
    (select max(a.due_on) from public.next_actions a where a.siret = n.siret and a.organisation_id = h.organisation_id
      and a.done_at is null and a.cancelled_at is null)) as since) i
  where n.state in ('ouvert', 'pris-en-charge', 'partiellement-pourvu') and today - i.since >= owner_days
    -- Nobody is reminded of what annex 4 closes (AGR-12).
    and 'besoins' = any ((select ctx.open_categories(ctx.clock()))::text[])
    -- Nobody is urged to call who is not to be contacted (EST-10).
    and not exists (select from public.do_not_contact_marks m where m.siret = n.siret and m.ended_at is null
      and today between m.starts_on and m.until)
$$;
select pg_temp.as_definer('ctx.idle_needs(date, int)');

-- Who of a structure pilots there that day, and reads the employer's card.
create or replace function ctx.pilots_at(of_organisation uuid, place int[], on_day date) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select a.account_id from ctx.advisors_at(of_organisation, place[1], place[2], place[3], place[4], on_day) a
  where a.leads and exists (select from ctx.effective_grants(a.account_id, on_day) g
    where g.tool = 'campagnes' and g.profile = 'pilote' and g.territory_id = any (array_append(place, 0)))
$$;
select pg_temp.as_definer('ctx.pilots_at(uuid, int[], date)');

/*
 * Notes what is recalled tonight of needs, and whom to tell, as note_recalls does of targets: who has it in hand; then
 * who leads there in their structure, and who follows it where another took it; then who pilots there. Three people a
 * need at most.
 */
create or replace function ctx.note_need_recalls(at timestamptz, owner_days int, lead_days int, pilot_days int)
returns table (step text, account_id uuid, needs int, idle_since date)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at);
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('note-recalls', 0));
  return query
    with told as materialized (
      select i.*, k.owner_on, k.lead_on, k.piloted from ctx.idle_needs(today, owner_days) i
      cross join lateral (select max(r.told_on) filter (where r.step = 'owner') as owner_on, max(r.told_on)
        filter (where r.step = 'lead') as lead_on,
          coalesce(bool_or(r.step = 'pilot'), false) as piloted
        from public.need_recalls r where r.need_id = i.need_id and r.holder_id = i.holder_id
          and r.idle_since = i.idle_since) k),
    -- Once a structure and place, not once a need.
    led as materialized (select t.organisation_id, t.place, a.account_id as id
      from (select distinct organisation_id, place from told where lead_on is null and not piloted
        and today - idle_since >= lead_days) t
      cross join lateral ctx.advisors_at(t.organisation_id, t.place[1], t.place[2], t.place[3], t.place[4], today) a
      where a.leads),
    piloting as materialized (select t.pilot_id, t.place, p.id
      from (select distinct pilot_id, place from told where not piloted and today - idle_since >= pilot_days) t
      cross join lateral ctx.pilots_at(t.pilot_id, t.place, today) p (id)),
    who as materialized (
      select t.need_id, 'owner' as step, t.holder_id as id, true as first from told t
      union all select t.need_id, 'lead', t.follower_id, true from told t where t.follower_id <> t.holder_id
      union all select t.need_id, 'lead', l.id, false from told t join led l on l.organisation_id = t.organisation_id
        and l.place = t.place
        where l.id not in (t.holder_id, t.follower_id)
      union all select t.need_id, 'pilot', p.id, false from told t join piloting p on p.pilot_id = t.pilot_id
        and p.place = t.place where p.id <> t.holder_id),
    -- Materialized: else whether each is there would be asked again for each need.
    concerned as materialized (select distinct id from who),
    here as materialized (select p.id from concerned p where ctx.why_away(p.id, today) is null),
    present as materialized (select need_id, step, id, row_number() over (partition by need_id, step
      order by first desc, id) as nth from who where id in (select id from here)),
    due as materialized (
      select t.*, case
        when t.owner_on is null and t.lead_on is null and not t.piloted
          and exists (select from present p where p.need_id = t.need_id and p.step = 'owner') then 'owner'
        when t.lead_on is null and not t.piloted and today - t.idle_since >= lead_days
          and coalesce(today - t.owner_on >= lead_days - owner_days, true)
          and exists (select from present p where p.need_id = t.need_id and p.step = 'lead') then 'lead'
        when not t.piloted and today - t.idle_since >= pilot_days
          and coalesce(today - t.lead_on >= pilot_days - lead_days, today - t.owner_on >= pilot_days - owner_days, true)
          and exists (select from present p where p.need_id = t.need_id and p.step = 'pilot') then 'pilot' end as step
      from told t),
    noted as (insert into public.need_recalls (need_id, holder_id, idle_since, step, told_on)
      select d.need_id, d.holder_id, d.idle_since, d.step, today from due d where d.step is not null
        on conflict do nothing returning 1)
    select d.step, p.id, count(*)::int, min(d.idle_since) from due d join present p on p.need_id = d.need_id
      and p.step = d.step and p.nth <= 3
    group by 1, 2 order by 2, 1;
end $$;
select pg_temp.as_definer('ctx.note_need_recalls(timestamptz, int, int, int)', 'cc_worker');

-- Recalls of a year ago are forgotten: their spell is over, or their campaign; a need still idle then is recalled anew.
create or replace function ctx.purge_recalls(at timestamptz)
returns int language plpgsql security definer set search_path = '' as $$
declare
  purged int;
  of_needs int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select r.ctid as place, r.holder_id as account,
      ctx.is_held('recalls', r.holder_id, null) as held
    from public.target_recalls r
    where r.told_on < ctx.paris_day(at) - interval 'P1Y'
    for update of r),
  gone as (
    delete from public.target_recalls r using due where r.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('recalls', 'target_recalls', 'P1Y',
      ctx.structures_of(array_agg(due.account) filter (where gone.place is not null)),
      ctx.structures_of(array_agg(due.account) filter (where due.held)))
    into purged from due left join gone on gone.place = due.place;
  with due as materialized (
    select r.ctid as place, r.holder_id as account,
      ctx.is_held('recalls', r.holder_id, null) as held
    from public.need_recalls r
    where r.told_on < ctx.paris_day(at) - interval 'P1Y'
    for update of r),
  gone as (
    delete from public.need_recalls r using due where r.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('recalls', 'need_recalls', 'P1Y',
      ctx.structures_of(array_agg(due.account) filter (where gone.place is not null)),
      ctx.structures_of(array_agg(due.account) filter (where due.held)))
    into of_needs from due left join gone on gone.place = due.place;
  return purged + of_needs;
end $$;
select pg_temp.as_definer('ctx.purge_recalls(timestamptz)', 'cc_worker');
