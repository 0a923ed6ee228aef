-- What a viewer sees and runs of campaigns and task forces; conflicts, holds, sharing out, figures (CAM).

/*
 * The task forces a viewer reads: its organisation is a member, or its perimeter shares a commune with them.
 * The SQL twin of mayRead.
 */
create or replace function ctx.visible_task_forces()
returns setof int language plpgsql stable security definer set search_path = '' as $$
begin
  return query select f.clpe_id from public.task_forces f
    where (select ctx.ok())
      and ((select ctx.national(ctx.campagnes())) or f.clpe_id = any ((select ctx.campagnes())::int[])
      or exists (select from public.task_force_members m where m.clpe_id = f.clpe_id
        and m.organisation_id = (select ctx.organisation())));
end $$;
select pg_temp.as_definer('ctx.visible_task_forces()', 'cc_web');

/*
 * Those a viewer edits: of the pilot organisation, with the profile pilote over the whole CLPE. The SQL twin of
 * mayEdit.
 */
create or replace function ctx.piloted_task_forces()
returns setof int language plpgsql stable security definer set search_path = '' as $$
begin
  return query select f.clpe_id from public.task_forces f cross join lateral public.territory_line(f.clpe_id) t
    where (select ctx.ok()) and f.pilot_id = (select ctx.organisation())
      and ctx.covers((select ctx.pilote()), t.region_id, t.departement_id, t.epci_id, f.clpe_id);
end $$;
select pg_temp.as_definer('ctx.piloted_task_forces()', 'cc_web');

/* Whether nobody edits it any more: its pilot's convention is over. The operator has none with itself. */
create or replace function ctx.task_force_left(clpe int)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.task_forces f join public.organisations o on o.id = f.pilot_id
    where f.clpe_id = clpe and o.kind <> 'operateur' and not ctx.in_force(f.pilot_id, ctx.clock()));
end $$;
select pg_temp.as_definer('ctx.task_force_left(int)', 'cc_web');

/*
 * Those that a viewer may take over (CAM-16), left by their pilot. The viewer's structure is a member of them,
 * and the viewer has the profile pilote over the whole CLPE. The SQL twin of mayAdopt.
 */
create or replace function ctx.adoptable_task_forces()
returns setof int language plpgsql stable security definer set search_path = '' as $$
begin
  return query select f.clpe_id from public.task_forces f
    join public.task_force_members m on m.clpe_id = f.clpe_id and m.organisation_id = (select ctx.organisation())
    cross join lateral public.territory_line(f.clpe_id) t
    where (select ctx.ok()) and ctx.covers((select ctx.pilote()), t.region_id, t.departement_id, t.epci_id, f.clpe_id)
      and ctx.task_force_left(f.clpe_id);
end $$;
select pg_temp.as_definer('ctx.adoptable_task_forces()', 'cc_web');

-- Who leads or pilots over a whole CLPE in its task force's members, on a day.
-- Only for who edits it, to tell them.
create or replace function task_force_leads(clpe int, on_day date)
returns table (organisation_id uuid, account_id uuid)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or clpe not in (select ctx.piloted_task_forces()) then return; end if;
  return query select a.organisation_id, a.id from public.task_force_members m
    cross join lateral public.territory_line(clpe) t
    join public.accounts a on a.organisation_id = m.organisation_id and a.status = 'active'
    where m.clpe_id = clpe and exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'campagnes'
      and ctx.rank(g.profile) >= 3
      and g.territory_id in (0, t.region_id, t.departement_id, t.epci_id, clpe))
    order by a.organisation_id, a.id;
end $$;
select pg_temp.as_definer('task_force_leads(int, date)', 'cc_web');

/*
 * The campaigns a viewer sees: members of the pilot or of a member organisation, within the perimeter.
 * Only the pilot organisation sees a draft. The SQL twin of mayRead. In plpgsql, as all that policies ask of every
 * statement.
 * A function in SQL that cannot be inlined is planned anew each time; one in plpgsql, once a connection.
 * A plan costs 0.15 ms, six times for a list of targets.
 */
create or replace function ctx.visible_campaigns()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select c.id from public.campaigns c join public.campaign_members m on m.campaign_id = c.id
    and m.organisation_id = (select ctx.organisation())
    where (select ctx.ok()) and ((select ctx.national(ctx.campagnes()))
      or c.territory_id = any ((select ctx.campagnes())::int[]) or (c.territory_id = 0
        and (select cardinality(ctx.campagnes()) > 0))) and (c.status <> 'draft' or c.pilot_id = m.organisation_id);
end $$;
select pg_temp.as_definer('ctx.visible_campaigns()', 'cc_web', 'cc_worker');

/*
 * The campaigns a viewer may run: of the pilot organisation, with the profile pilote over the whole territory. The SQL
 * twin of mayPilot.
 */
create or replace function ctx.piloted_campaigns()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select c.id from public.campaigns c
    where (select ctx.ok()) and c.pilot_id = (select ctx.organisation())
      and ctx.covers((select ctx.pilote()), c.region_id, c.departement_id, c.epci_id, c.clpe_id);
end $$;
select pg_temp.as_definer('ctx.piloted_campaigns()', 'cc_web');

/* The campaigns where the viewer leads people of their own organisation. The SQL twin of mayLead. */
create or replace function ctx.led_campaigns()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare
  today date := ctx.paris_day(ctx.clock());
begin
  return query select c.id from public.campaigns c
    where c.id in (select ctx.visible_campaigns()) and exists (
      select from ctx.effective_grants((select ctx.account()), today) g
      where g.tool = 'campagnes' and ctx.rank(g.profile) >= 3
        and (g.territory_id in (0, c.territory_id) or c.territory_id = 0
        or exists (select from public.territory_overlaps o where o.territory_id = g.territory_id
          and o.other_id = c.territory_id)));
end $$;
select pg_temp.as_definer('ctx.led_campaigns()', 'cc_web');

/*
 * Leads people of their own organisation in a campaign: responsable or more where its territory reaches. With its being
 * visible, the SQL twin of mayLead.
 */
create or replace function ctx.leads(campaign uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return campaign in (select ctx.led_campaigns());
end $$;
select pg_temp.as_definer('ctx.leads(uuid)', 'cc_web');

/*
 * Leads colleagues: responsable or more of the tool campagnes, somewhere. Names of who uses the tools go no further
 * (CAM-8). The SQL twin of mayNameColleagues.
 */
create or replace function ctx.leads_colleagues()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from ctx.effective_grants(ctx.account(), ctx.paris_day(ctx.clock())) g
    where g.tool = 'campagnes' and ctx.rank(g.profile) >= 3);
end $$;
select pg_temp.as_definer('ctx.leads_colleagues()', 'cc_web');

/*
 * Until when a hold stands: its last day and, once that is past, the day on which its campaign closes.
 * That day is as announced, or as long after as the house leaves it (CAM-3, CAM-15). A hold goes with the closing.
 * The SQL twin of heldUntil in server/work-with-employers/company/company-conflicts.model.ts.
 */
create or replace function ctx.held_until(period daterange, of_campaign uuid, on_day date)
returns date language plpgsql stable security definer set search_path = '' as $$
begin
  if upper(period) > on_day then return upper(period) - 1; end if;
  return greatest(on_day, coalesce((select c.closes_on from public.campaigns c where c.id = of_campaign
    and c.closes_for = c.ends_on), upper(period) + 14));
end $$;
select pg_temp.as_definer('ctx.held_until(daterange, uuid, date)');

-- Whether a hold stands that day: from its first day until its campaign closes.
create or replace function ctx.held_on(period daterange, of_campaign uuid, on_day date)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return on_day between lower(period) and ctx.held_until(period, of_campaign, on_day);
end $$;
select pg_temp.as_definer('ctx.held_on(daterange, uuid, date)');

-- Whether a hold stands in the way of a campaign of these days (CAM-3). Each stands until its campaign closes.
-- Neither starts within the days that the other still holds after its last one.
create or replace function ctx.held_over(period daterange, of_campaign uuid, days daterange, on_day date)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  if period operator(pg_catalog.&&) daterange(lower(days), upper(days) + 15) then return true; end if;
  return daterange(lower(period), ctx.held_until(period, of_campaign, greatest(on_day, upper(period))),
    '[]') operator(pg_catalog.&&) days;
end $$;
select pg_temp.as_definer('ctx.held_over(daterange, uuid, daterange, date)');

/*
 * Campaigns that weigh conflicts in one department follow each other, and each sees what the one before holds (CAM-3).
 * No constraint refuses days that do not meet, where one campaign still holds when the other starts.
 * The departments are those of these targets by today's register; null takes all targets of the campaign.
 * They are locked in order, so that two never wait in a ring. Lock them after the campaign and the companies, before
 * any target.
 * Only for who pilots that campaign: a lock lasts as long as its transaction.
 */
create or replace function ctx.lock_departments(of_campaign uuid, sirets bigint[])
returns void language plpgsql volatile
  set search_path = '' as $$
declare held int;
begin
  if of_campaign not in (select ctx.piloted_campaigns()) then
    raise exception 'not for this viewer' using errcode = '42501';
  end if;
  for held in select distinct coalesce(e.departement_id, 0) as d
    from public.campaign_targets t left join public.establishments e on e.siret = t.siret
    where t.campaign_id = of_campaign and (sirets is null or t.siret = any (sirets)) order by d
  loop
    perform pg_advisory_xact_lock(hashtextextended('conflicts in ' || held, 0));
  end loop;
end $$;
revoke all on function ctx.lock_departments(uuid, bigint[]) from public;
grant execute on function ctx.lock_departments(uuid, bigint[]) to cc_web, cc_definer;

/*
 * What stands in the way at the other establishments of a company (EST-12).
 * Each other campaign that holds one in the period is told, with the day until which it does.
 * Failing any, the latest contact that this campaign did not make is told. The SQL twin of conflictsBeside.
 */
create or replace function ctx.beside(of_siret bigint, campaign uuid, of_days daterange,
  contacted_after date, on_day date)
returns table (against_id uuid, organisation_id uuid, on_date date)
language sql stable security definer set search_path = '' as $$
  with held as materialized (
    select c.id, c.pilot_id, max(ctx.held_until(h.period, h.campaign_id, greatest(on_day, lower(of_days)))) as until
    from public.campaign_holds h join public.campaigns c on c.id = h.campaign_id
    where h.siret between of_siret / 100000 * 100000 and of_siret / 100000 * 100000 + 99999 and h.siret <> of_siret
      and h.campaign_id <> campaign and ctx.held_over(h.period, h.campaign_id, of_days, on_day)
    group by c.id, c.pilot_id)
  select h.id, h.pilot_id, h.until from held h
  union all (select x.organisation_id, x.organisation_id, x.occurred_on from public.exchanges x
    where not exists (select from held)
      and x.siret between of_siret / 100000 * 100000 and of_siret / 100000 * 100000 + 99999
      and x.siret <> of_siret and x.status = 'recorded' and x.campaign_id is distinct from campaign
      and x.occurred_on > contacted_after
    order by x.occurred_on desc, x.id desc limit 1)
$$;
select pg_temp.as_definer('ctx.beside(bigint, uuid, daterange, date, date)');

/*
 * Who works this establishment, or another of its company, in open campaigns that the viewer does not read.
 * EST-7, EST-12, CAM-15.
 * It tells the structure at work there, failing any the pilot. It tells the last day, and whether the employer is held.
 * It tells where the work stands, how often the employer was met and when last; private exchanges count alike.
 * Nothing else of the campaign is told. What is dealt with is worked no more.
 * Only where the viewer reads the card. The SQL twin of mayBeToldHold.
 */
create or replace function held_unread(of_siret bigint, on_day date)
returns table (siret bigint, organisation_id uuid, held boolean, status text, until date, contacts int, last_on date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not (select ctx.ok()) then return; end if;
  return query select t.siret, coalesce(t.taken_by_organisation, t.assigned_organisation, c.pilot_id), w.held, t.status,
      max(ctx.held_until(w.period, t.campaign_id, on_day)), coalesce(sum(x.contacts), 0)::int, max(x.last_on)
    from public.campaign_targets t join public.campaigns c on c.id = t.campaign_id and c.status = 'open'
    cross join lateral (select true as held, h.period from public.campaign_holds h
        where h.campaign_id = t.campaign_id and h.siret = t.siret
      union all select false, daterange(c.starts_on, c.ends_on, '[]') where t.shared
        and not exists (select from public.campaign_holds h where h.campaign_id = t.campaign_id
          and h.siret = t.siret)) w
    left join lateral (select sum(k.contacts)::int as contacts, max(k.last_on) as last_on
      from public.campaign_contacts k
      where k.campaign_id = t.campaign_id and k.siret = t.siret and k.contacts > 0) x on true
    where t.siret between of_siret / 100000 * 100000 and of_siret / 100000 * 100000 + 99999
      and t.status not in ('traite', 'ecarte')
      and ctx.held_on(w.period, t.campaign_id, on_day)
      and t.campaign_id not in (select ctx.visible_campaigns())
      and ctx.covers((select ctx.fiche()), t.region_id, t.departement_id, t.epci_id, t.clpe_id)
    group by 1, 2, 3, 4;
end $$;
select pg_temp.as_definer('held_unread(bigint, date)', 'cc_web');

/*
 * Which of these establishments campaigns that the viewer does not read work on that day (CAM-3).
 * It tells no more than that, and does not look at the rest of the company as held_unread does.
 * A page of targets is asked at once. The SQL twin of mayBeToldHold.
 */
create or replace function worked_unread(sirets bigint[], on_day date)
returns setof bigint language plpgsql stable security definer set search_path = '' as $$
begin
  if not (select ctx.ok()) then return; end if;
  return query select distinct t.siret from public.campaign_targets t join public.campaigns c on c.id = t.campaign_id
    and c.status = 'open'
    left join public.campaign_holds h on h.campaign_id = t.campaign_id and h.siret = t.siret
    where t.siret = any (sirets) and t.status not in ('traite', 'ecarte') and (h.siret is not null or t.shared)
      and t.campaign_id not in (select ctx.visible_campaigns())
      and ctx.covers((select ctx.fiche()), t.region_id, t.departement_id, t.epci_id, t.clpe_id)
      and ctx.held_on(coalesce(h.period, daterange(c.starts_on, c.ends_on, '[]')), t.campaign_id, on_day);
end $$;
select pg_temp.as_definer('worked_unread(bigint[], date)', 'cc_web');

/*
 * Which of these targets a campaign that the viewer reads decided to share, and still shares with another open one.
 * The other is not named. Who reads the target knows of the decision, and learns that it is over (CAM-3).
 */
create or replace function still_shared(campaign uuid, sirets bigint[]) returns setof bigint
language plpgsql stable security definer set search_path = '' as $$
begin
  -- Most pages of targets share none.
  if sirets = '{}' then return; end if;
  if not (select ctx.ok()) or campaign not in (select ctx.visible_campaigns()) then return; end if;
  return query select t.siret from public.campaign_targets t
    where t.campaign_id = campaign and t.siret = any (sirets)
      and t.shared
      and t.status not in ('traite', 'ecarte')
      and exists (select from public.campaign_targets o join public.campaigns c on c.id = o.campaign_id
        where o.siret = t.siret and o.campaign_id <> t.campaign_id
          and c.status = 'open'
          and o.status not in ('ecarte', 'traite'));
end $$;
select pg_temp.as_definer('still_shared(uuid, bigint[])', 'cc_web');

/*
 * The conflicts of a campaign's targets (CAM-3): a row for each campaign that holds one within the period.
 * A hold stands until its last day or, that day past, until its campaign closes.
 * Of those nobody holds, the latest contact is told. What an open campaign works already hinders no contact.
 * Where the campaign weighs companies, what stands in the way at the other establishments is told of the rest.
 * `until`: the last day wanted of a campaign to prolong or reopen.
 * Bypasses row-level security so that no holder is overlooked: it answers only who pilots that campaign.
 * The caller shows only organisation and date of what its own rights do not open.
 */
create or replace function campaign_conflicts(campaign uuid, on_day date, until date default null)
returns table (siret bigint, kind text, against_id uuid, organisation_id uuid, on_date date)
language sql stable security definer set search_path = '' as $$
  with asked as (select c.* from public.campaigns c where c.id = campaign and c.id in (select ctx.piloted_campaigns())),
  target as (select t.siret, a.starts_on, coalesce(until, a.ends_on) as ends_on, a.contact_delay_days, a.conflict_scope,
      a.status = 'open' and (t.shared
        or exists (select from public.campaign_holds o where o.campaign_id = a.id and o.siret = t.siret)) as worked
    from asked a join public.campaign_targets t on t.campaign_id = a.id where t.status <> 'ecarte'),
  held as (
    select t.siret, c.id, c.pilot_id, ctx.held_until(h.period, h.campaign_id, greatest(on_day, t.starts_on)) as until
    from target t join public.campaign_holds h on h.siret = t.siret and h.campaign_id <> campaign
      and ctx.held_over(h.period, h.campaign_id, daterange(t.starts_on, t.ends_on, '[]'), on_day)
    join public.campaigns c on c.id = h.campaign_id),
  contacted as (
    select t.siret, e.organisation_id, e.occurred_on
    from target t cross join lateral (
      select x.organisation_id, x.occurred_on from public.exchanges x
      where x.siret = t.siret and x.status = 'recorded' and x.campaign_id is distinct from campaign
        and x.occurred_on > on_day - t.contact_delay_days
      order by x.occurred_on desc, x.id desc limit 1) e
    where not t.worked and not exists (select from held h where h.siret = t.siret)),
  beside as (
    select t.siret, b.* from target t
    cross join lateral ctx.beside(t.siret, campaign, daterange(t.starts_on, t.ends_on, '[]'),
      on_day - t.contact_delay_days, on_day) b
    where t.conflict_scope = 'company' and not t.worked
      and t.siret not in (select h.siret from held h) and t.siret not in (select c.siret from contacted c))
  select h.siret, 'held', h.id, h.pilot_id, h.until from held h
  union all select c.siret, 'contacted', c.organisation_id, c.organisation_id, c.occurred_on from contacted c
  union all select b.siret, 'beside', b.against_id, b.organisation_id, b.on_date from beside b
$$;
select pg_temp.as_definer('campaign_conflicts(uuid, date, date)', 'cc_web');

-- How many of these establishments are held over a period or were contacted lately.
-- It gives counts only, for a preview by who may pilot somewhere.
create or replace function count_conflicts(sirets bigint[], starts_on date, ends_on date, contacted_since date,
  own_campaign uuid, by_company boolean, on_day date)
returns table (held int, contacted int, beside int) language sql stable security definer set search_path = '' as $$
  select count(*) filter (where h.yes)::int, count(*) filter (where not h.yes and e.yes)::int,
    count(*) filter (where by_company and not h.yes and not e.yes
      and exists (select from ctx.beside(s.siret, own_campaign, daterange(starts_on, ends_on, '[]'),
        contacted_since, on_day)))::int
  from unnest(sirets) s (siret)
  cross join lateral (select exists (select from public.campaign_holds x
    where x.siret = s.siret and x.campaign_id <> own_campaign
    and ctx.held_over(x.period, x.campaign_id, daterange(starts_on, ends_on, '[]'), on_day)) as yes) h
  cross join lateral (select exists (select from public.exchanges x where x.siret = s.siret and x.status = 'recorded'
    and x.occurred_on > contacted_since) as yes) e
  where (select ctx.ok()) and own_campaign in (select ctx.piloted_campaigns())
$$;
select pg_temp.as_definer('count_conflicts(bigint[], date, date, date, uuid, boolean, date)', 'cc_web');

/*
 * What a campaign decided to take where a meeting is fixed.
 * The meeting was obtained in the campaign that holds it, or is planned there and to come.
 * It is not taken without the holder's word, which is to set it aside (CAM-15). Only for who pilots the campaign that
 * takes.
 */
create or replace function taken_meetings(campaign uuid, on_day date)
returns table (siret bigint, from_campaign_id uuid, decided_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select h.siret, h.campaign_id, d.decided_at from public.campaign_decisions d
    join public.campaigns c on c.id = d.campaign_id
  join public.campaign_targets t on t.campaign_id = d.campaign_id and t.siret = d.siret and t.status <> 'ecarte'
    and not t.shared
  join public.campaign_holds h on h.siret = d.siret and h.campaign_id = d.against_id
    and ctx.held_over(h.period, h.campaign_id, daterange(c.starts_on, c.ends_on, '[]'), on_day)
  join public.campaign_targets o on o.campaign_id = h.campaign_id and o.siret = h.siret
  where d.campaign_id = campaign and d.decision = 'take' and d.kind = 'held'
    and campaign in (select ctx.piloted_campaigns())
    and (o.status = 'rendez-vous'
      or exists (select from public.next_actions n join public.exchanges x on x.id = n.exchange_id
      where n.siret = h.siret and x.campaign_id = h.campaign_id and n.kind in ('rendez-vous', 'visite')
        and n.done_at is null and n.cancelled_at is null and n.due_on >= on_day))
$$;
select pg_temp.as_definer('taken_meetings(uuid, date)', 'cc_web');

/*
 * Takes targets over from the campaigns that hold them (decision « take »). Their holds go, and their targets are set
 * aside.
 * Their members read `said` and the reason of the decision. Only targets that this campaign keeps for itself are taken.
 * What another of its decisions left or shared takes nothing.
 * In order of SIRET, so that two takings never wait for each other in a ring. Answers what was taken from whom.
 */
create or replace function take_holds(campaign uuid, said text, on_day date)
returns table (siret bigint, from_campaign_id uuid) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if campaign not in (select ctx.piloted_campaigns()) then return; end if;
  return query
    with wanted as materialized (
      select h.siret, h.campaign_id, d.reason from public.campaign_decisions d
      join public.campaigns c on c.id = d.campaign_id
      join public.campaign_targets t on t.campaign_id = d.campaign_id and t.siret = d.siret and t.status <> 'ecarte'
        and not t.shared
      join public.campaign_holds h on h.siret = d.siret and h.campaign_id = d.against_id
        and ctx.held_over(h.period, h.campaign_id, daterange(c.starts_on, c.ends_on, '[]'), on_day)
      where d.campaign_id = campaign and d.decision = 'take' and d.kind = 'held' and (h.siret,
        h.campaign_id) not in (select m.siret, m.from_campaign_id from public.taken_meetings(campaign, on_day) m)
      order by h.siret, h.campaign_id for update of h),
    freed as (delete from public.campaign_holds h using wanted w where h.siret = w.siret
      and h.campaign_id = w.campaign_id returning h.siret, h.campaign_id, w.reason),
    aside as (update public.campaign_targets t set status = 'ecarte', set_aside_reason = left(said || f.reason, 400),
      taken_by = null, taken_by_organisation = null, taken_at = null
      from freed f where t.campaign_id = f.campaign_id and t.siret = f.siret returning t.siret)
    select f.siret, f.campaign_id from freed f;
end $$;
select pg_temp.as_definer('take_holds(uuid, text, date)', 'cc_web');

-- Who has in hand the targets that take_holds is about to take over, and how many, to be told (CAM-11).
-- So is who still has a meeting there. For who pilots the campaign that takes.
create or replace function taken_holders(taker uuid, on_day date)
returns table (campaign_id uuid, campaign_name text, account_id uuid, targets int)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or taker not in (select ctx.piloted_campaigns()) then return; end if;
  return query
    select o.id, o.name, a.id, count(*)::int from public.campaign_decisions d
      join public.campaigns c on c.id = d.campaign_id
    join public.campaign_targets t on t.campaign_id = d.campaign_id and t.siret = d.siret and t.status <> 'ecarte'
      and not t.shared
    join public.campaign_holds h on h.siret = d.siret and h.campaign_id = d.against_id
      and ctx.held_over(h.period, h.campaign_id, daterange(c.starts_on, c.ends_on, '[]'), on_day)
    join public.campaign_targets l on l.campaign_id = h.campaign_id and l.siret = h.siret and l.status <> 'ecarte'
    join public.campaigns o on o.id = h.campaign_id
    cross join lateral (select l.taken_by as id where l.taken_by is not null and l.status <> 'traite'
      union select n.owner_id from public.next_actions n join public.exchanges x on x.id = n.exchange_id
        join public.accounts p on p.id = n.owner_id and p.status = 'active'
        where n.siret = h.siret and x.campaign_id = h.campaign_id and n.kind in ('rendez-vous', 'visite')
          and n.done_at is null and n.cancelled_at is null) a
    where d.campaign_id = taker and d.decision = 'take' and d.kind = 'held' and (h.siret,
      h.campaign_id) not in (select m.siret, m.from_campaign_id from public.taken_meetings(taker, on_day) m)
    group by o.id, a.id order by o.id, a.id;
end $$;
select pg_temp.as_definer('taken_holders(uuid, date)', 'cc_web');

-- Who answers for campaigns whose targets another one takes as it opens (CAM-3).
-- Their leads do or, failing any, who created them; of active accounts. Asked by who pilots the campaign that takes.
create or replace function taken_campaign_contacts(taker uuid, taken uuid[])
returns table (campaign_id uuid, campaign_name text, organisation_id uuid, account_id uuid)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if taker not in (select ctx.piloted_campaigns()) then return; end if;
  return query
    select c.id, c.name, c.pilot_id, a.id from public.campaigns c
    cross join lateral (select l.account_id from public.campaign_leads l where l.campaign_id = c.id
      union all select c.created_by where not exists (select from public.campaign_leads l where l.campaign_id = c.id)) k
    join public.accounts a on a.id = k.account_id and a.status = 'active'
    where c.id = any (taken) and exists (select from public.campaign_decisions d where d.campaign_id = taker
      and d.against_id = c.id and d.kind = 'held' and d.decision = 'take');
end $$;
select pg_temp.as_definer('taken_campaign_contacts(uuid, uuid[])', 'cc_web');

/*
 * Whether the network contacted an establishment since a day (CAM-2).
 * It is a criterion of who prepares a campaign, whose own rights may not read every exchange.
 * One at a time, so that a limit stops it early over a whole country.
 */
create or replace function contacted_since(of_siret bigint, since date)
returns boolean language plpgsql stable security definer set search_path = '' cost 1000 as $$
begin
  return exists (select from public.exchanges x where x.siret = of_siret and x.status = 'recorded'
    and x.occurred_on >= since) and cardinality(ctx.pilote()) > 0 and ctx.ok();
end $$;
select pg_temp.as_definer('contacted_since(bigint, date)', 'cc_web');

/*
 * What every member may know of the contacts of a campaign with these targets (EST-11).
 * It tells the first day a target was contacted, and what was heard in exchanges shared with the network.
 * Bypasses row-level security, so that two members of different perimeters read the same progress.
 * It answers of a visible campaign only.
 * Told which targets, a part of a bulk work never reads the contacts of the whole campaign.
 */
create or replace function ctx.contacted_targets(campaign uuid, sirets bigint[])
returns table (siret bigint, first_on date, reached boolean, meeting boolean, need boolean)
language sql stable security definer set search_path = '' as $$
  select x.siret, min(x.occurred_on), coalesce(bool_or(x.reached and c.exchange_id is not null), false),
    coalesce(bool_or(c.result = 'rendez-vous-pris'), false), coalesce(bool_or(c.result = 'besoin-detecte'), false)
  from public.exchanges x left join public.exchange_contents c on c.exchange_id = x.id and c.visibility = 'reseau'
  where x.siret = any (sirets) and x.campaign_id = campaign and x.status = 'recorded'
    and campaign in (select ctx.visible_campaigns())
  group by x.siret
$$;
select pg_temp.as_definer('ctx.contacted_targets(uuid, bigint[])', 'cc_web');

/*
 * Who may be named lead: people of these organisations, responsable or pilote where the campaign's territory reaches.
 * Only their holder reads grants, so this bypasses row-level security.
 * Only for who pilots somewhere; it says no more than who.
 */
create or replace function campaign_lead_candidates(organisation_ids uuid[], territory int, on_day date)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select a.id from public.accounts a
  where a.organisation_id = any (organisation_ids) and a.status = 'active' and (select ctx.ok())
    and cardinality((select ctx.pilote())) > 0
    and exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'campagnes'
      and ctx.rank(g.profile) >= ctx.rank('responsable')
      and (g.territory_id = 0 or territory = 0 or g.territory_id = territory
        or exists (select from public.territory_overlaps o where o.territory_id = g.territory_id
          and o.other_id = territory)))
$$;
select pg_temp.as_definer('campaign_lead_candidates(uuid[], int, date)', 'cc_web');

/*
 * The members that can pilot a campaign in the place of its pilot, and who would there.
 * They have the profile pilote over its whole territory.
 * Only their holder reads grants, so this bypasses row-level security; only for who pilots it.
 */
create or replace function campaign_successors(campaign uuid, on_day date)
returns table (organisation_id uuid, account_id uuid) language sql stable security definer set search_path = '' as $$
  select a.organisation_id, a.id from public.campaigns c
  join public.campaign_members m on m.campaign_id = c.id and m.organisation_id <> c.pilot_id
  join public.accounts a on a.organisation_id = m.organisation_id and a.status = 'active'
  where c.id = campaign and c.id in (select ctx.piloted_campaigns())
    and exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'campagnes' and g.profile = 'pilote'
      and g.territory_id in (0, c.region_id, c.departement_id, c.epci_id, c.clpe_id))
$$;
select pg_temp.as_definer('campaign_successors(uuid, date)', 'cc_web');

/*
 * Gives a campaign to a member that can pilot it (CAM-15), which the policy of campaigns lets nobody do.
 * Only for who pilots it. Says whether it was done.
 */
create or replace function hand_campaign_over(campaign uuid, successor uuid, on_day date)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if successor not in (select s.organisation_id from public.campaign_successors(campaign, on_day) s) then
    return false; end if;
  update public.campaigns set pilot_id = successor, version = version + 1 where id = campaign
    and status in ('open', 'closed');
  return found;
end $$;
select pg_temp.as_definer('hand_campaign_over(uuid, uuid, date)', 'cc_web');

/* Who of a structure can pilot a campaign that day: the profile pilote over its whole territory. */
create or replace function ctx.campaign_pilots(campaign uuid, of_organisation uuid, on_day date)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select a.id from public.campaigns c join public.accounts a on a.organisation_id = of_organisation
    and a.status = 'active'
  where c.id = campaign and exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'campagnes'
    and g.profile = 'pilote'
    and g.territory_id in (0, c.region_id, c.departement_id, c.epci_id, c.clpe_id))
$$;
select pg_temp.as_definer('ctx.campaign_pilots(uuid, uuid, date)');

/*
 * Gives a campaign that nobody can pilot any more to a member that can (CAM-15).
 * Its pilot's convention is over, or its last pilot left. The operator's own act, by command.
 * Says what came of it and, when it is done, from whom and who can pilot it now.
 */
create or replace function hand_abandoned_campaign_over(campaign uuid, successor uuid, at timestamptz)
returns table (outcome text, name text, former_id uuid, former_name text, pilots uuid[])
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  today date := ctx.paris_day(at);
  c record;
  able uuid[];
begin
  -- Locked before it is read with its pilot: whoever waited here would join the former one, and find nothing.
  perform from public.campaigns x where x.id = campaign for update;
  select x.id, x.name, x.pilot_id, x.status, o.name as pilot_name into c from public.campaigns x
    join public.organisations o on o.id = x.pilot_id where x.id = campaign;
  if not found or c.status not in ('open', 'closed') then
    return query select 'unknown', null::text, null::uuid, null::text, null::uuid[]; return; end if;
  able := array(select p from ctx.campaign_pilots(campaign, successor, today) p order by p);
  outcome := case
    when exists (select from ctx.campaign_pilots(campaign, c.pilot_id, today)) then 'piloted'
    when not exists (select from public.campaign_members m where m.campaign_id = campaign
      and m.organisation_id = successor) then 'not-member'
    when able = '{}' then 'cannot-pilot' else 'done' end;
  if outcome = 'done' then
    update public.campaigns x set pilot_id = successor, version = x.version + 1 where x.id = campaign;
    insert into public.campaign_events (id, campaign_id, at, kind, organisation_id)
      values (gen_random_uuid(), campaign, at, 'handed-over', successor);
  end if;
  return query select outcome, c.name, c.pilot_id, c.pilot_name, able;
end $$;
select pg_temp.as_definer('hand_abandoned_campaign_over(uuid, uuid, timestamptz)', 'cc_owner');

/*
 * Announces that a campaign will close by itself, so many days after its last one (CAM-15).
 * It is announced a week before, once for each last day. A night that was missed closes nothing sooner.
 * Tells who answers for it: its leads or, failing any, who created it.
 */
create or replace function ctx.announce_closings(at timestamptz, after_days int)
returns table (campaign_id uuid, campaign_name text, ends_on date, closes_on date, account_id uuid)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at); notice int := least(7, after_days);
begin
  return query
    with told as (
      update public.campaigns c set closes_for = c.ends_on, closes_on = greatest(c.ends_on + after_days, today + notice)
      where c.status = 'open' and c.closes_for is distinct from c.ends_on and today >= c.ends_on + after_days - notice
      returning c.id, c.name, c.ends_on, c.closes_on, c.created_by)
    select t.id, t.name, t.ends_on, t.closes_on, a.id from told t
    left join lateral (select l.account_id from public.campaign_leads l where l.campaign_id = t.id
      union all select t.created_by
      where not exists (select from public.campaign_leads l where l.campaign_id = t.id)) k on true
    left join public.accounts a on a.id = k.account_id and a.status = 'active';
end $$;
select pg_temp.as_definer('ctx.announce_closings(timestamptz, int)', 'cc_worker');

/*
 * Closes what was announced, as who pilots it would: its holds go, its members read it, the trail says it. Says how
 * many.
 */
create or replace function ctx.close_ended_campaigns(at timestamptz) returns int
language plpgsql security definer set search_path = '' as $$
declare ended record; freed int; closed int := 0; entry uuid; salt bytea; said jsonb;
begin
  for ended in select c.id, c.pilot_id, c.closes_on from public.campaigns c
    where c.status = 'open' and c.closes_for = c.ends_on and c.closes_on <= ctx.paris_day(at) order by c.id for update
  loop
    delete from public.campaign_holds h where h.campaign_id = ended.id;
    get diagnostics freed = row_count;
    update public.campaigns set status = 'closed', closed_at = at, version = version + 1 where id = ended.id;
    insert into public.campaign_events (id, campaign_id, at, kind) values (gen_random_uuid(), ended.id, at, 'closed');
    entry := gen_random_uuid(); salt := extensions.gen_random_bytes(16);
    said := jsonb_build_object('before', jsonb_build_object('status', 'open'), 'after',
      jsonb_build_object('status', 'closed', 'freed', freed), 'announcedFor', ended.closes_on);
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      request_id, detail_digest)
      values (entry, at, null, ended.pilot_id, 'campaign.closed-by-itself', 'campaign', ended.id::text, '', '',
        public.audit_detail_digest(salt, said));
    insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
    closed := closed + 1;
  end loop;
  return closed;
end $$;
select pg_temp.as_definer('ctx.close_ended_campaigns(timestamptz)', 'cc_worker');

-- Has the worker tell the members of an open campaign of it. Of a structure that joins it, its own people alone.
-- For who pilots it.
create or replace function queue_opening(campaign uuid, member uuid)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or campaign not in (select ctx.piloted_campaigns())
    or to_regclass('graphile_worker.jobs') is null then return; end if;
  perform graphile_worker.add_job('tell-campaign-opened', json_build_object('campaignId', campaign, 'memberId', member,
    'byId', ctx.account()),
    job_key => 'campaign-opened:' || campaign || coalesce(':' || member, ''));
end $$;
select pg_temp.as_definer('queue_opening(uuid, uuid)', 'cc_web');

/*
 * Whom an open campaign is told to (CAM-11): in its members, who records there, and who answers for it.
 * Who opened it is not told, and nobody is told twice. So many after an account, in the order of accounts.
 */
create or replace function ctx.opening_recipients(campaign uuid, member uuid, but uuid, past uuid,
  most int, on_day date)
returns table (account_id uuid, leads boolean) language sql stable security definer set search_path = '' as $$
  select a.id, exists (select from public.campaign_leads l where l.campaign_id = c.id and l.account_id = a.id)
  from public.campaigns c join public.campaign_members m on m.campaign_id = c.id
    and (member is null or m.organisation_id = member)
  join public.accounts a on a.organisation_id = m.organisation_id and a.status = 'active'
  where c.id = campaign and c.status = 'open' and a.id is distinct from but and (past is null or a.id > past)
    -- Most hold none: rights are worked out for the others.
    and exists (select from public.grants g where g.account_id = a.id and g.organisation_id = a.organisation_id
      and g.tool = 'campagnes' and g.revoked_at is null)
    and exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'campagnes' and ctx.rank(g.profile) >= 2
      and (g.territory_id in (0, c.territory_id) or c.territory_id = 0
        or exists (select from public.territory_overlaps o where o.territory_id = g.territory_id
          and o.other_id = c.territory_id)))
    and not exists (select from public.notifications n where n.account_id = a.id and n.about_kind = 'campaign'
      and n.about_id = c.id::text
      and n.kind in ('campaign-opened', 'campaign-lead-named'))
  order by a.id limit most
$$;
select pg_temp.as_definer('ctx.opening_recipients(uuid, uuid, uuid, uuid, int, date)', 'cc_worker');

-- What the worker says of a campaign that opened.
create or replace function ctx.opened_campaign(campaign uuid)
returns table (id uuid, name text, pilot text, starts_on date, ends_on date)
language sql stable security definer set search_path = '' as $$
  select c.id, c.name, o.name, c.starts_on, c.ends_on from public.campaigns c
    join public.organisations o on o.id = c.pilot_id where c.id = campaign and c.status = 'open'
$$;
select pg_temp.as_definer('ctx.opened_campaign(uuid)', 'cc_worker');

-- A duplicated campaign takes the results of its own that are still proposed, in their order. With the rights of who
-- duplicates:
-- the policies of campaign_results hold.
create or replace function copy_campaign_results(source uuid, copy uuid, at timestamptz)
returns int language sql set search_path = '' as $$
  with copied as (
    insert into public.campaign_results (id, campaign_id, label, base, created_by, created_at)
    select gen_random_uuid(), copy, r.label, r.base, (select ctx.account()),
      at + row_number() over (order by r.created_at, r.id) * interval '1 microsecond'
    from public.campaign_results r where r.campaign_id = source and r.retired_at is null
    returning 1)
  select count(*)::int from copied
$$;
revoke all on function copy_campaign_results(uuid, uuid, timestamptz) from public;
grant execute on function copy_campaign_results(uuid, uuid, timestamptz) to cc_web;

/*
 * Who may be given targets, over which territories they work, and how many open ones they have already.
 * Advisors of the viewer's own organisation count all they hold in any open campaign: who leads there reads it (CAM-8).
 * For the pilot, the members count what the campaigns that the viewer sees hold.
 * Only their holder's organisation reads grants, so this bypasses row-level security.
 * It answers only who pilots or leads in that campaign.
 */
create or replace function sharing_recipients(campaign uuid, on_day date)
returns table (organisation_id uuid, account_id uuid, territories int[], load int)
language sql stable security definer set search_path = ''
  as $$
  with asked as (
    select c.id, c.territory_id, c.id in (select ctx.piloted_campaigns()) as piloted from public.campaigns c
    where c.id = campaign and c.id in (select ctx.visible_campaigns())
      and (c.id in (select ctx.piloted_campaigns()) or c.id in (select ctx.led_campaigns()))),
  advisor as (
    select a.organisation_id, a.id, array_agg(distinct g.territory_id) as territories
    from asked c join public.campaign_members m on m.campaign_id = c.id
      and (c.piloted or m.organisation_id = (select ctx.organisation()))
    join public.accounts a on a.organisation_id = m.organisation_id and a.status = 'active'
    cross join lateral ctx.effective_grants(a.id, on_day) g
    where g.tool = 'campagnes' and ctx.rank(g.profile) >= 2
      and (g.territory_id in (0, c.territory_id) or c.territory_id = 0
      or exists (select from public.territory_overlaps o where o.territory_id = g.territory_id
        and o.other_id = c.territory_id))
    group by 1, 2)
  select a.organisation_id, a.id, a.territories,
    (select count(*)::int from public.campaign_targets t join public.campaigns c on c.id = t.campaign_id
      and c.status = 'open'
      where t.taken_by = a.id and t.status not in ('traite', 'ecarte'))
  from advisor a where a.organisation_id = (select ctx.organisation())
  union all
  select m.organisation_id, null, coalesce((select array_agg(distinct t) from advisor a
    cross join unnest(a.territories) t where a.organisation_id = m.organisation_id), '{}'),
    (select count(*)::int from public.campaigns c join public.campaign_targets t on t.campaign_id = c.id
      where c.status = 'open' and c.id in (select ctx.visible_campaigns()) and t.status not in ('traite', 'ecarte')
        and coalesce(t.assigned_organisation, t.taken_by_organisation) = m.organisation_id)
  from asked c join public.campaign_members m on m.campaign_id = c.id where c.piloted
$$;
select pg_temp.as_definer('sharing_recipients(uuid, date)', 'cc_web');

/*
 * Who knows the employer of each of these targets already.
 * They contacted it last or, failing that, told of a correspondent.
 * The pilot is told an organisation, as every member reads it (EST-11); the person only within the viewer's own.
 * A lead looks within their own organisation alone.
 */
create or replace function sharing_referents(campaign uuid, sirets bigint[])
returns table (siret bigint, organisation_id uuid, account_id uuid)
language sql stable security definer set search_path = '' as $$
  with asked as (
    select c.id, c.id in (select ctx.piloted_campaigns()) as piloted from public.campaigns c
    where c.id = campaign and c.id in (select ctx.visible_campaigns())
      and (c.id in (select ctx.piloted_campaigns()) or c.id in (select ctx.led_campaigns()))),
  member as (select m.organisation_id as id from asked c join public.campaign_members m on m.campaign_id = c.id
    and (c.piloted or m.organisation_id = (select ctx.organisation()))),
  known as (
    select t.siret, r.organisation_id, r.account_id
    from unnest(sirets) s (siret) join public.campaign_targets t on t.campaign_id = (select id from asked)
      and t.siret = s.siret
    cross join lateral (
      (select x.organisation_id, x.author_id as account_id, 1 as rank from public.exchanges x
        where x.siret = t.siret and x.status = 'recorded' and x.organisation_id in (select id from member)
        order by x.occurred_on desc, x.id desc limit 1)
      union all
      (select v.organisation_id, v.author_id, 2 from (select c.id from public.correspondents c where c.siret = t.siret
        and c.retired_at is null
          union all select l.correspondent_id from public.correspondent_links l where l.siret = t.siret
            and l.retired_at is null) c
        join public.correspondent_values v on v.correspondent_id = c.id and v.replaced_at is null
        where v.organisation_id in (select id from member) and (select ctx.opens('interlocuteurs'))
        order by v.recorded_at desc, v.id desc limit 1)
      order by rank limit 1) r)
  select k.siret, k.organisation_id, case when k.organisation_id = (select ctx.organisation()) then k.account_id end
    from known k
$$;
select pg_temp.as_definer('sharing_referents(uuid, bigint[])', 'cc_web');

-- A target that is worked again is no longer closed for what the pilot said.
create or replace function forget_closed_result() returns trigger language plpgsql set search_path = '' as $$
begin
  new.closed_result := null;
  return new;
end $$;

-- A target set aside, put back, closed or reopened once its campaign is open (EST-8).
-- Each is noted, alone or with many at once.
create or replace function note_target_turn()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.target_turns (campaign_id, siret, at, turn, by_organisation)
    select new.campaign_id, new.siret, ctx.clock(), case when new.status = 'ecarte' then 'set-aside'
      when old.status = 'ecarte' then 'put-back'
      when new.closed_result is not null then 'closed' else 'reopened' end, ctx.organisation()
    from public.campaigns c where c.id = new.campaign_id and c.status <> 'draft';
  return null;
end $$;
select pg_temp.as_definer('note_target_turn()');

create or replace function check_target_holders()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from (select distinct taken_by as id from changed where taken_by is not null) c
    where not exists (select from public.accounts a where a.id = c.id))
    or exists (
      select from (select assigned_organisation as id from changed where assigned_organisation is not null
        union select taken_by_organisation from changed where taken_by_organisation is not null) c
      where not exists (select from public.organisations o where o.id = c.id))
  then raise foreign_key_violation using message = 'a target is held by someone unknown';
  end if;
  return null;
end $$;
select pg_temp.as_definer('check_target_holders()');

/*
 * Who takes and entrusts, whatever was typed in the statement (CAM-4).
 * Of a campaign piloted by others, people take what is free in their own name, and give it back.
 * They change only the progress of the rest. A lead there gives back what a colleague holds.
 * A lead passes on within the organisation what it holds.
 * Looked at once a statement: a pilot decides fifty thousand targets in one.
 */
create or replace function ctx.check_target_work()
returns trigger language plpgsql security definer set search_path = '' as $$
declare piloted uuid[] := array(select ctx.piloted_campaigns()); own uuid := ctx.organisation();
  me uuid := ctx.account();
begin
  if exists (select from changed n join before o on o.campaign_id = n.campaign_id and o.siret = n.siret
    where o.status = 'ecarte' and n.status <> 'ecarte' and public.objects_to_diffusion(n.siret))
  then raise exception 'who objects to diffusion is no target again'
    using errcode = '42501', constraint = 'campaign_targets_without_objection'; end if;
  if not exists (select from changed n where n.campaign_id <> all (piloted)) then return null; end if;
  if exists (select from changed n join before o on o.campaign_id = n.campaign_id and o.siret = n.siret
    where n.campaign_id <> all (piloted) and (
      (n.region_id, n.departement_id, n.epci_id, n.clpe_id, n.shared, n.set_aside_reason, n.assigned_organisation)
        is distinct from (o.region_id, o.departement_id, o.epci_id, o.clpe_id, o.shared, o.set_aside_reason,
          o.assigned_organisation)
      or (n.taken_by, n.taken_by_organisation) is distinct from (o.taken_by, o.taken_by_organisation)
        and (o.taken_by is not null and o.taken_by <> me and o.taken_by_organisation <> own
          or n.taken_by is not null and (n.taken_by_organisation <> own
            or n.taken_by <> me and (o.taken_by_organisation is distinct from own
              or n.taken_by not in (select a.id from public.accounts a where a.organisation_id = own)))
          or (o.taken_by <> me or n.taken_by <> me)
          and ctx.covers((select ctx.responsable()), o.region_id, o.departement_id, o.epci_id, o.clpe_id) is not true)))
  then raise exception 'a target is taken in one''s own name, passed on by who leads, and entrusted by who pilots'
    using errcode = '42501', constraint = 'campaign_targets_worked_by_their_own'; end if;
  return null;
end $$;
select pg_temp.as_definer('ctx.check_target_work()');

-- The life of a campaign, as campaign-lifecycle.ts has it: what was open is no draft again.
create or replace function ctx.check_campaign_life() returns trigger language plpgsql set search_path = '' as $$
begin
  if (old.status, new.status) not in (('draft', 'open'), ('open', 'closed'), ('closed', 'open'),
    ('closed', 'archived')) then
    raise exception 'a campaign does not go from % to %', old.status, new.status
      using errcode = '42501', constraint = 'campaigns_life';
  end if;
  return new;
end $$;

-- A campaign holds its own targets, within its own period: no employer of nobody, and none for good.
create or replace function ctx.check_holds()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from changed h left join public.campaigns c on c.id = h.campaign_id
      left join public.campaign_targets t on t.campaign_id = h.campaign_id and t.siret = h.siret
    where t.siret is null or (h.period <@ daterange(c.starts_on, c.ends_on, '[]')) is not true)
  then raise exception 'a campaign holds its targets, within its period'
    using errcode = '42501', constraint = 'campaign_holds_of_targets'; end if;
  return null;
end $$;
select pg_temp.as_definer('ctx.check_holds()');

/*
 * Says at COMMIT, once a transaction, that the progress of a campaign moved.
 * It sends the campaign's id and the transaction's, which serves as the version. Nothing else travels.
 * Who hears it reads the progress anew, with their own rights.
 * A NOTIFY makes the commits that carry one take turns; recordings are some tens a second at most.
 */
create or replace function ctx.announce_progress() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_table_name = 'campaigns' then
    perform pg_notify('campaign_progress', c.id || ' ' || pg_current_xact_id()) from changed c;
  elsif tg_table_name in ('next_actions', 'needs') then
    perform pg_notify('campaign_progress', c.id || ' ' || pg_current_xact_id())
      from (select distinct x.campaign_id as id from changed n join public.exchanges x on x.id = n.exchange_id
        where x.campaign_id is not null) c;
  else
    perform pg_notify('campaign_progress', c.id || ' ' || pg_current_xact_id())
      from (select distinct campaign_id as id from changed) c;
  end if;
  return null;
end $$;

/*
 * Who of the viewer's own organisation may record with an establishment of these territories, on that day.
 * It says of the others what mayRecord says of oneself.
 * Rights in effect depend on more than one may read of them (blocks, conditions accepted).
 * Only who may is answered, never what another lacks.
 */
create or replace function colleagues_at(region int, departement int, epci int, clpe int, on_day date)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select a.id from public.accounts a
  where (select ctx.ok()) and a.organisation_id = (select ctx.organisation()) and a.status = 'active'
    -- most have none: rights are worked out for the others
    and exists (select from public.grants g where g.account_id = a.id and g.organisation_id = a.organisation_id
      and g.tool = 'campagnes' and g.revoked_at is null)
    and exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'campagnes' and ctx.rank(g.profile) >= 2
      and g.territory_id in (0, region, departement, epci, clpe))
    and exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'fiche-etablissement'
      and g.territory_id in (0, region, departement, epci, clpe))
$$;
select pg_temp.as_definer('colleagues_at(int, int, int, int, date)', 'cc_web');

-- The targets of a campaign, or of all the open ones, that the asker sees. `mine`: that the asker took.
-- It runs with the asker's rights.
create or replace function targeted_by(campaign uuid, mine boolean)
returns table (siret bigint) language sql stable parallel safe as $$
  select t.siret from public.campaign_targets t join public.campaigns c on c.id = t.campaign_id
    where t.status <> 'ecarte' and case when campaign is null then c.status = 'open' else c.id = campaign end
      and (not mine or t.taken_by = (select ctx.account()))
$$;
revoke all on function targeted_by(uuid, boolean) from public;
grant execute on function targeted_by(uuid, boolean) to cc_web, cc_worker;

-- The SQL twin of checkPeriodLength in server/work-with-employers/campaigns/campaign-lifecycle.ts.
create or replace function ctx.refuse_long_campaign() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'a campaign lasts a year at most' using errcode = '23514', constraint = 'campaigns_longest_period';
end $$;
revoke all on function ctx.refuse_long_campaign() from public;

/*
 * Who comes in is a member from now on, who leaves was one until now.
 * Figures of the past count who was one on the day (IND-3).
 * What a draft took out was never a member of anything that ran.
 */
create or replace function keep_memberships()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    insert into public.campaign_memberships as m (campaign_id, organisation_id, joined_at)
      select n.campaign_id, n.organisation_id, ctx.clock() from changed n
      on conflict (campaign_id, organisation_id, joined_at) do update set left_at = null;
  else
    delete from public.campaign_memberships m using changed g, public.campaigns c
      where m.campaign_id = g.campaign_id and m.organisation_id = g.organisation_id and c.id = g.campaign_id
        and c.status = 'draft';
    update public.campaign_memberships m set left_at = greatest(ctx.clock(), m.joined_at) from changed g
      where m.campaign_id = g.campaign_id and m.organisation_id = g.organisation_id and m.left_at is null;
  end if;
  return null;
end $$;
select pg_temp.as_definer('keep_memberships()');
