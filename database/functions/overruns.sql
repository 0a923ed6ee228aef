-- The budget of solicitations, weighed for sharing out and moving in number (CAM-12;
-- docs/decisions/0020-acts-in-number-weighed.md).

-- Holds the budgets of these employers until the end of the transaction, in order: two who take many wait in one
-- direction only.
create or replace function ctx.hold_solicitations(sirets bigint[])
returns void language plpgsql volatile security definer set search_path = '' as $$
declare held bigint;
begin
  if not ctx.ok() then return; end if;
  for held in select distinct s from unnest(sirets) s order by s loop
    perform pg_advisory_xact_lock(hashtextextended('solicitations of ' || held, 0));
  end loop;
end $$;
select pg_temp.as_definer('ctx.hold_solicitations(bigint[])', 'cc_web');

-- One more was used, past what there was. The SQL twin of goesBeyond.
create or replace function ctx.goes_beyond(per_month int, month int, week int, month_after int, week_after int)
returns boolean language sql immutable as $$
  select month_after > month and month_after > per_month or week_after > week and week_after > ceil(per_month / 4.0)
$$;
revoke all on function ctx.goes_beyond(int, int, int, int, int) from public;
grant execute on function ctx.goes_beyond(int, int, int, int, int) to cc_definer;

/*
 * What each of these lines still to do would keep of the budget: on which day, and on which one it keeps now; no row
 * where it keeps nothing. Null: all its lines. A target shared out keeps one for the person who receives it, unless
 * their structure contacts the employer that day.
 */
create or replace function ctx.kept_by_lines(w public.bulk_works, sirets bigint[], actions uuid[], today date)
returns table (siret bigint, next_action_id uuid, on_day date, was_on date)
language sql stable security definer set search_path = '' as $$
  select l.siret, null::uuid, today, case when t.taken_at is not null and t.status not in ('traite', 'ecarte')
      and not exists (select from public.exchanges x where x.siret = t.siret
        and x.organisation_id = t.taken_by_organisation and x.status = 'recorded'
        and x.occurred_on >= ctx.paris_day(t.taken_at)) then ctx.paris_day(t.taken_at) end
    from public.bulk_work_lines l
    join public.campaign_targets t on t.campaign_id = w.campaign_id and t.siret = l.siret
    join public.target_assignments a on a.sharing_id = w.sharing_id and a.siret = l.siret and a.to_account is not null
    where w.act = 'share' and l.work_id = w.id and l.state = 'to-do'
      and (sirets is null or l.siret in (select unnest(sirets)))
      and not exists (select from public.exchanges x where x.siret = l.siret and x.organisation_id = a.to_organisation
        and x.status = 'recorded' and x.occurred_on >= today)
  union all
  select l.siret, n.id, l.due_on, n.due_on
    from public.bulk_work_lines l join public.next_actions n on n.id = l.next_action_id
    where w.act = 'move-actions' and l.work_id = w.id and l.state = 'to-do'
      and (actions is null or l.next_action_id in (select unnest(actions)))
      and n.kind in ('rappel', 'visite', 'rendez-vous', 'envoi-information')
$$;
select pg_temp.as_definer('ctx.kept_by_lines(public.bulk_works, bigint[], uuid[], date)');

/*
 * These lines with the budget of their employer, what is used of it in the month and in the week of their day, and what
 * would be once each is done alone. `several`: other lines of the employer weigh on it too.
 */
create or replace function ctx.lines_weighed(w public.bulk_works, sirets bigint[], actions uuid[], today date)
returns table (siret bigint, next_action_id uuid, on_day date, was_on date, per_month int, month int, week int,
  month_more int, week_more int, several boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare first_day date; last_day date;
begin
  -- The months of their days, with the weeks that overlap them.
  select date_trunc('month', coalesce(min(l.due_on), today)::timestamp)::date - 6,
    (date_trunc('month', coalesce(max(l.due_on), today)::timestamp) + interval '1 month')::date + 6
    into first_day, last_day from public.bulk_work_lines l where l.work_id = w.id and l.state = 'to-do';
  return query with kept as materialized (
      select k.*, date_trunc('month', k.on_day::timestamp)::date as month_start,
        (date_trunc('month', k.on_day::timestamp) + interval '1 month')::date as next_month,
        date_trunc('week', k.on_day::timestamp)::date as week_start, count(*) over (partition by k.siret) > 1 as several
      from ctx.kept_by_lines(w, sirets, actions, today) k),
    -- One employer after the other, by their indexes: a part never reads the whole of a large campaign. Offset keeps
    -- them apart.
    used as materialized (select o.siret, s.on_day from (select distinct k.siret from kept k) o
      cross join lateral (select b.on_day from public.solicitations_between(first_day, last_day) b
        where b.siret = o.siret offset 0) s),
    counted as (select k.siret, k.next_action_id, k.on_day, k.was_on, k.month_start, k.next_month,
      k.week_start, k.several,
        count(*) filter (where u.on_day >= k.month_start and u.on_day < k.next_month)::int as month,
        count(*) filter (where u.on_day between k.week_start and k.week_start + 6)::int as week
      from kept k left join used u on u.siret = k.siret group by 1, 2, 3, 4, 5, 6, 7, 8),
    placed as materialized (select c.*, coalesce(e.clpe_id, p.clpe_id) as clpe from counted c
      left join public.establishments e on e.siret = c.siret
      left join public.provisional_establishments p on p.siret = c.siret),
    budgets as materialized (select d.clpe, public.solicitations_per_month(d.clpe) as per_month
      from (select distinct clpe from placed) d)
    select c.siret, c.next_action_id, c.on_day, c.was_on, b.per_month, c.month, c.week,
      1 - coalesce(c.was_on >= c.month_start and c.was_on < c.next_month, false)::int,
        1 - coalesce(c.was_on between c.week_start and c.week_start + 6, false)::int, c.several
    from placed c join budgets b on b.clpe is not distinct from c.clpe;
end $$;
select pg_temp.as_definer('ctx.lines_weighed(public.bulk_works, bigint[], uuid[], date)');

/*
 * Which of these lines go past the budget, each weighed as the act on one would be, after those before it of the same
 * employer.
 * `accepted`: with a reason they are done, and weigh on the next ones; without, they stay.
 */
create or replace function ctx.lines_beyond(w public.bulk_works, sirets bigint[], actions uuid[], today date,
  accepted boolean)
returns table (siret bigint, next_action_id uuid, on_day date, per_month int, month int, week int,
  month_after int, week_after int)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare line record; of_siret bigint; from_days date[]; to_days date[];
begin
  for line in
    select l.*, date_trunc('week', l.on_day::timestamp)::date as week_start
      from ctx.lines_weighed(w, sirets, actions, today) l
      where l.several or ctx.goes_beyond(l.per_month, l.month, l.week, l.month + l.month_more, l.week + l.week_more)
      order by l.siret, l.next_action_id
  loop
    if line.siret is distinct from of_siret then of_siret := line.siret; from_days := '{}'; to_days := '{}'; end if;
    siret := line.siret; next_action_id := line.next_action_id; on_day := line.on_day; per_month := line.per_month;
    month := line.month; week := line.week;
    if cardinality(to_days) > 0 then
      select line.month + coalesce(sum(d.sign)
        filter (where date_trunc('month', d.day::timestamp) = date_trunc('month', line.on_day::timestamp)), 0),
          line.week + coalesce(sum(d.sign) filter (where d.day between line.week_start and line.week_start + 6), 0)
            into month, week
        from (select 1 as sign, unnest(to_days) as day union all select -1, unnest(from_days)) d;
    end if;
    month_after := month + line.month_more;
    week_after := week + line.week_more;
    if ctx.goes_beyond(per_month, month, week, month_after, week_after) then
      return next;
      continue when not accepted;
    end if;
    to_days := to_days || line.on_day;
    if line.was_on is not null then from_days := from_days || line.was_on; end if;
  end loop;
end $$;
select pg_temp.as_definer('ctx.lines_beyond(public.bulk_works, bigint[], uuid[], date, boolean)');

-- How many of a work of the viewer, just counted, would go past the budget: kept with it, so that confirming asks why.
create or replace function count_beyond_budget(work uuid, today date)
returns int language plpgsql security definer set search_path = '' as $$
declare w public.bulk_works; beyond int;
begin
  if not ctx.ok() then return null; end if;
  select * into w from public.bulk_works x where x.id = work and x.by_id = ctx.account()
    and x.state = 'counted' for update;
  if not found then return null; end if;
  select count(*)::int into beyond from ctx.lines_beyond(w, null, null, today, true);
  update public.bulk_works x set spent = beyond where x.id = work;
  return beyond;
end $$;
select pg_temp.as_definer('count_beyond_budget(uuid, date)', 'cc_web');

/*
 * A part of a work is weighed before it is done, under the locks of the budgets. Without a reason, what goes past
 * stays, and is told;
 * with one, each is kept with it and in the trail, as weighAct does of one act.
 */
create or replace function ctx.weigh_part(w public.bulk_works, sirets bigint[], actions uuid[], at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if w.beyond_reason is null then
    update public.bulk_work_lines l set state = 'left', because = 'budget-spent'
      from ctx.lines_beyond(w, sirets, actions, ctx.paris_day(at), false) b
      where l.work_id = w.id and l.siret = b.siret and l.next_action_id is not distinct from b.next_action_id
        and l.state = 'to-do';
    return;
  end if;
  with beyond as materialized (
    select b.*, gen_random_uuid() as overrun, gen_random_uuid() as entry, extensions.gen_random_bytes(16) as salt,
      case when b.next_action_id is null then jsonb_build_object('campaignId', w.campaign_id)
        else jsonb_build_object('nextActionId', b.next_action_id) end
        || jsonb_build_object('work', w.id, 'onDay', b.on_day, 'reason', w.beyond_reason, 'perMonth', b.per_month,
          'before', jsonb_build_object('month', b.month, 'week', b.week), 'after',
            jsonb_build_object('month', b.month_after, 'week', b.week_after)) as said
    from ctx.lines_beyond(w, sirets, actions, ctx.paris_day(at), true) b),
  kept as (
    insert into public.budget_overruns (id, siret, region_id, departement_id, epci_id, clpe_id, act, campaign_id,
      next_action_id, on_day, reason, organisation_id, author_id, at)
      select b.overrun, b.siret, coalesce(n.region_id, t.region_id), coalesce(n.departement_id, t.departement_id),
        coalesce(n.epci_id, t.epci_id), coalesce(n.clpe_id, t.clpe_id),
        case when n.id is null then 'share' else 'plan' end, case when n.id is null then w.campaign_id end, n.id,
          b.on_day, w.beyond_reason, ctx.organisation(), w.by_id, weigh_part.at
      from beyond b left join public.next_actions n on n.id = b.next_action_id
      left join public.campaign_targets t on t.campaign_id = w.campaign_id and t.siret = b.siret),
  written as (
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      request_id, detail_digest)
      select b.entry, weigh_part.at, w.by_id, ctx.organisation(), 'solicitation-budget.exceeded', 'establishment',
        lpad(b.siret::text, 14, '0'), w.origin, w.request_id,
        public.audit_detail_digest(b.salt, b.said) from beyond b)
  insert into public.audit_details (entry_id, salt, detail) select b.entry, b.salt, b.said from beyond b;
end $$;
select pg_temp.as_definer('ctx.weigh_part(public.bulk_works, bigint[], uuid[], timestamptz)');
