-- The yearly review of accesses and their anomalies (ACC-8, ACC-14).

/*
 * When the review of each structure falls due (section Dates): so many months after the last one closed; the first,
 * after the tool was delivered to it: its first convention, or for the operator its first account. The SQL twin of
 * reviewDueOn in server/people-and-rights/reviews/deadlines.model.ts. Null: nothing was delivered yet.
 */
create or replace function ctx.review_due(of_organisation uuid, at timestamptz)
returns date language plpgsql stable security definer set search_path = '' as $$
declare
  from_day date;
  months int := coalesce((select r.months from public.access_review_rhythms r
    where r.in_force_from <= at order by r.in_force_from desc limit 1), 12);
begin
  select ctx.paris_day(max(r.closed_at)) into from_day from public.access_reviews r
    where r.organisation_id = of_organisation;
  if from_day is null then
    select case when o.kind = 'operateur' then (select ctx.paris_day(min(a.created_at)) from public.accounts a
      where a.organisation_id = o.id)
      else (select ctx.paris_day(min(c.effective_from)) from public.conventions c where c.organisation_id = o.id
        and c.effective_from <= at) end
      into from_day from public.organisations o where o.id = of_organisation;
  end if;
  return (from_day + make_interval(months => months))::date;
end $$;
select pg_temp.as_definer('ctx.review_due(uuid, timestamptz)');

-- One's own structure's; every structure's for the operator's security officer and administrators, those of its region
-- for a regional direction or a security officer of a region.
create or replace function ctx.reviews_due()
returns table (organisation_id uuid, due_on date, last_closed_at timestamptz, open_review uuid,
  started_at timestamptz, undecided int)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() or not (ctx.oversees() or ctx.role_regions('cssi') <> '{}' or ctx.holds_role('rgc')
    or ctx.holds_role('signataire') or ctx.holds_role('direction-regionale')) then return; end if;
  return query select o.id, ctx.review_due(o.id, at), (select max(r.closed_at) from public.access_reviews r
    where r.organisation_id = o.id), r.id, r.started_at,
      (select count(*)::int from public.access_review_lines l where l.review_id = r.id and l.decision is null)
    from public.organisations o left join public.access_reviews r on r.organisation_id = o.id and r.closed_at is null
    where (ctx.oversees() or o.id = ctx.organisation() and (ctx.holds_role('rgc') or ctx.holds_role('signataire')
      or ctx.holds_role('direction-regionale')) or o.id in (select ctx.officer_of())
      or exists (select from public.conventions c where c.organisation_id = o.id and c.region_id = any (ctx.regions())))
      and (o.kind = 'operateur' or ctx.in_force(o.id, at));
end $$;
select pg_temp.as_definer('ctx.reviews_due()', 'cc_web');

/*
 * Freezes who is reviewed: every account not gone and every grant not over. The caller's own organisation only; the
 * anomalies are the rules', which the caller writes on the lines.
 */
create or replace function ctx.freeze_review(of_review uuid)
returns int language plpgsql security definer set search_path = '' as $$
declare
  own uuid := ctx.organisation();
  at timestamptz := ctx.clock();
  frozen int;
begin
  if not ctx.ok() or not ctx.holds_role('rgc') or not exists (select from public.access_reviews r where r.id = of_review
    and r.organisation_id = own and r.closed_at is null) then raise exception 'not for this viewer'
    using errcode = '42501'; end if;
  insert into public.access_review_lines (id, review_id, organisation_id, account_id, grant_id, function, attachment,
    status, contract_ends_on, last_act_at, has_role, tool, profile, territory_id, agency_id, granted_at, last_used_on)
  select gen_random_uuid(), of_review, own, a.id, g.id, a.function, a.attachment, a.status,
    a.contract_ends_on, c.last_act_at,
    exists (select from public.role_assignments r where r.account_id = a.id and r.organisation_id = own
      and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)), g.tool, g.profile, g.territory_id,
      g.agency_id, g.granted_at,
    case when g.id is not null then (select max(u.day) from public.usage_days u where u.account_id = a.id
      and u.tool = g.tool) end
  from public.accounts a
  left join public.account_activity c on c.account_id = a.id
  cross join lateral (select null::uuid as id, null::text as tool, null::text as profile, null::int as territory_id,
    null::uuid as agency_id, null::timestamptz as granted_at
    union all select x.id, x.tool, x.profile, x.territory_id, x.agency_id, x.granted_at from public.grants x
      where x.account_id = a.id and x.organisation_id = own and x.revoked_at is null
        and (x.ends_on is null or x.ends_on >= ctx.paris_day(at))) g
  where a.organisation_id = own and a.status <> 'deleted';
  get diagnostics frozen = row_count;
  return frozen;
end $$;
select pg_temp.as_definer('ctx.freeze_review(uuid)', 'cc_web');

-- What the nightly job has to tell: for each structure and moment not told yet, each once, whoever was designated again
-- after a first time. The application finds who is told.
create or replace function ctx.review_reminders(at timestamptz)
returns table (organisation_id uuid, organisation_name text, due_on date, kind text)
language plpgsql security definer set search_path = ''
  as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at);
begin
  return query
    with due as (
      select o.id, o.name, ctx.review_due(o.id, at) as due_on from public.organisations o where o.kind = 'operateur'
        or ctx.in_force(o.id, at)),
    moment as (
      select d.id, d.name, d.due_on, case when today > d.due_on then 'late' when today = d.due_on then 'today'
        when today >= d.due_on - 7 then 'seven-days' else 'thirty-days' end as kind
      from due d where today >= d.due_on - 30),
    told as (
      insert into public.access_review_reminders as r (organisation_id, due_on, kind, sent_at) select m.id, m.due_on,
        m.kind, at from moment m on conflict do nothing returning r.organisation_id, r.due_on, r.kind)
    select t.organisation_id, o.name, t.due_on, t.kind from told t
      join public.organisations o on o.id = t.organisation_id;
end $$;
select pg_temp.as_definer('ctx.review_reminders(timestamptz)', 'cc_worker');

/* The anomalies the rules found, written once, before anything is decided. */
create or replace function ctx.mark_anomalies(of_review uuid, marks jsonb)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.access_reviews r where r.id = of_review
    and r.organisation_id = ctx.organisation() and r.started_by = ctx.account() and r.closed_at is null)
    or exists (select from public.access_review_lines l where l.review_id = of_review and (l.decision is not null
      or l.anomaly)) then raise exception 'not for this viewer' using errcode = '42501'; end if;
  update public.access_review_lines l set anomalies = f.anomalies, anomalies_since = f.since
    from jsonb_to_recordset(marks) as f ("accountId" uuid, "grantId" uuid, anomalies text[], since timestamptz[])
    where l.review_id = of_review and l.account_id = f."accountId" and l.grant_id is not distinct from f."grantId";
end $$;
select pg_temp.as_definer('ctx.mark_anomalies(uuid, jsonb)', 'cc_web');

/*
 * What the rules of anomalies judge by: every active account, and every grant of theirs that is not over, with its
 * dates. Of these organisations, of these accounts only when they are given. `corrected`: when each kind of anomaly was
 * last corrected there; none has been open since before. `beyond_since`: from when a grant goes beyond the territories
 * of its structure, as ctx.held_grants judges it; from the last of these that ended, or from the grant (ACC-15).
 */
create or replace function ctx.access_lines(organisations uuid[], accounts uuid[])
returns table (account_id uuid, organisation_id uuid, function text, function_since timestamptz,
  active_since timestamptz,
  contract_ends_on date, last_act_at timestamptz, lifted_at timestamptz, has_role boolean, rights_ended_at timestamptz,
  created_at timestamptz, grant_id uuid, tool text, profile text, granted_at timestamptz, starts_on date,
    last_used_on date,
    corrected jsonb, beyond_since timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  at timestamptz := ctx.clock();
  today date := ctx.paris_day(at);
  ids uuid[] := array(select a.id from public.accounts a where a.status = 'active'
    and (access_lines.organisations is null or a.organisation_id = any (access_lines.organisations))
    and (access_lines.accounts is null or a.id = any (access_lines.accounts)));
begin
  return query
    with ceilings as materialized (select o.id, ctx.ceiling(o.id, at) as ceiling, (select max(t.until_at)
      from public.organisation_territories t where t.organisation_id = o.id and t.until_at <= at) as reduced_at
      from (select distinct a.organisation_id as id from public.accounts a where a.id = any (ids)) o)
    select a.id, a.organisation_id, a.function, a.function_since,
      (select min(s.from_at) from public.account_states s where s.account_id = a.id
        and s.from_at > (select max(x.from_at) from public.account_states x where x.account_id = a.id
          and x.status <> 'active')),
      a.contract_ends_on, c.last_act_at, c.lifted_at,
      exists (select from public.role_assignments r where r.account_id = a.id and r.organisation_id = a.organisation_id
        and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)),
      greatest((select max(r.ends_at) from public.role_assignments r where r.account_id = a.id and r.ends_at <= at),
        (select max(least(g.revoked_at, (g.ends_on + 1)::timestamp at time zone 'Europe/Paris')) from public.grants g
          where g.account_id = a.id and (g.revoked_at is not null or g.ends_on < today))),
      a.created_at, l.id, l.tool, l.profile, l.granted_at, l.starts_on,
      case when l.id is not null then (select max(u.day) from unnest(array['sessions', 'fiches-consultees',
        'recherches', 'campagnes-consultees', 'echanges-enregistres']) k (kind)
        cross join lateral (select d.day from public.usage_days d where d.account_id = a.id and d.tool = l.tool
          and d.kind = k.kind order by d.day desc limit 1) u) end,
      (select jsonb_object_agg(x.kind, x.at)
        from (select n.kind, max(n.corrected_at) as at from public.access_anomalies n where n.account_id = a.id
          and n.grant_id is not distinct from l.id and n.corrected_at is not null group by n.kind) x),
      case when l.id is not null and not ctx.perimeter_within(l.territory_id, l.agency_id,
        t.ceiling) then greatest(l.granted_at, t.reduced_at) end
    from unnest(ids) i (id) join public.accounts a on a.id = i.id join ceilings t on t.id = a.organisation_id
    left join public.account_activity c on c.account_id = a.id
    cross join lateral (select null::uuid as id, null::text as tool, null::text as profile,
      null::timestamptz as granted_at, null::date as starts_on, null::int as territory_id, null::uuid as agency_id
      union all select x.id, x.tool, x.profile, x.granted_at, x.starts_on, x.territory_id, x.agency_id
      from public.grants x
        where x.account_id = a.id and x.organisation_id = a.organisation_id and x.revoked_at is null
          and (x.ends_on is null or x.ends_on >= today)) l
    order by a.id, l.id nulls first;
end $$;
select pg_temp.as_definer('ctx.access_lines(uuid[], uuid[])', 'cc_worker');

/*
 * What became of an anomaly is asked only of those that no longer stand: for the others, most of them, it was read for
 * nothing at each page, act and night. Rows as they were written, and the functions that add what became of them asked
 * afterwards, of these accounts.
 */
create or replace function ctx.open_rows(organisations uuid[], accounts uuid[])
returns table (id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text,
  contract_ends_on date,
  last_act_at timestamptz, last_used_on date, opened_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select n.id, n.organisation_id, n.account_id, n.grant_id, n.kind, n.function, n.contract_ends_on,
    n.last_act_at, n.last_used_on, n.opened_at from public.access_anomalies n
    where n.corrected_at is null
      and (open_rows.organisations is null or n.organisation_id = any (open_rows.organisations))
      and (open_rows.accounts is null or n.account_id = any (open_rows.accounts));
end $$;
select pg_temp.as_definer('ctx.open_rows(uuid[], uuid[])', 'cc_worker');

/*
 * The anomalies that are written as open, each with what may have corrected it since: the grant's end, the account's
 * states, the person's return, and the last act on the account of the trail that corrects (where nothing else says
 * who).
 */
create or replace function ctx.open_anomalies(organisations uuid[], accounts uuid[])
returns table (id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text,
  contract_ends_on date,
  last_act_at timestamptz, last_used_on date, opened_at timestamptz, outcome jsonb)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare acts constant text[] := array['account.suspended', 'account.deleted', 'account.ended-for-breach',
  'account.edited', 'account.file-confirmed', 'review.decided'];
begin
  return query
    select n.id, n.organisation_id, n.account_id, n.grant_id, n.kind, n.function, n.contract_ends_on, n.last_act_at,
      n.last_used_on, n.opened_at, jsonb_build_object(
      'revokedAt', g.revoked_at, 'revokedBy', g.revoked_by, 'endsOn', g.ends_on, 'replaced',
        exists (select from public.grants f where f.replaces = g.id),
      'status', a.status, 'statusAt', (select min(s.from_at) from public.account_states s where s.account_id = a.id
        and s.from_at >= n.opened_at and s.status <> 'active'),
      'contractAt', (select min(s.from_at) from public.account_states s
        where s.account_id = a.id and s.from_at >= n.opened_at
        and (s.contract_ends_on is null or s.contract_ends_on >= ctx.paris_day(s.from_at))),
      'lastActAt', c.last_act_at, 'lifted', (select jsonb_build_object('at', p.lifted_at, 'by', p.lifted_by)
        from public.inactivity_spans p where p.account_id = a.id
        and p.lifted_at >= n.opened_at order by p.lifted_at limit 1),
      'usedOn', (select min(d.day) from public.usage_days d where d.account_id = a.id and d.tool = g.tool
        and d.day >= ctx.paris_day(n.opened_at)), 'functionSince', a.function_since,
      'given', (select jsonb_build_object('at', x.at, 'by', x.by) from (select x.granted_at as at,
        x.granted_by as by from public.grants x where x.account_id = a.id and x.granted_at >= n.opened_at
        union all select r.starts_at, r.assigned_by from public.role_assignments r where r.account_id = a.id
          and r.starts_at >= n.opened_at) x order by x.at limit 1),
      'ended', (select jsonb_build_object('at', x.revoked_at, 'by', x.revoked_by) from public.grants x
        where x.account_id = a.id and x.revoked_at >= n.opened_at order by x.revoked_at desc limit 1),
      'act', (select jsonb_build_object('at', e.at, 'by', e.actor_id) from public.audit_entries e
        where e.subject_kind = 'account' and e.subject_id = a.id::text and e.at >= n.opened_at
        and e.action = any (acts) order by e.at desc limit 1))
    from public.access_anomalies n join public.accounts a on a.id = n.account_id
    left join public.grants g on g.id = n.grant_id left join public.account_activity c on c.account_id = n.account_id
    where n.corrected_at is null
      and (open_anomalies.organisations is null or n.organisation_id = any (open_anomalies.organisations))
      and (open_anomalies.accounts is null or n.account_id = any (open_anomalies.accounts));
end $$;
select pg_temp.as_definer('ctx.open_anomalies(uuid[], uuid[])', 'cc_worker');

create or replace function ctx.anomaly_rows(organisations uuid[], accounts uuid[])
returns table (id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text,
  contract_ends_on date,
  last_act_at timestamptz, last_used_on date, opened_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  if ctx.judges_access(organisations) then return query select * from ctx.open_rows(organisations, accounts); end if;
end $$;
select pg_temp.as_definer('ctx.anomaly_rows(uuid[], uuid[])', 'cc_web');

-- Who may read what anomalies are judged by: those who manage a structure's accounts, of theirs; the operator's
-- security officer, of all, or of the partners of their region.
create or replace function ctx.judges_access(organisations uuid[])
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and (ctx.holds_role('cssi') or (ctx.holds_role('rgc') or ctx.holds_role('signataire'))
    and organisations = array[ctx.organisation()]
    or organisations <@ array(select ctx.officer_of()));
end $$;
select pg_temp.as_definer('ctx.judges_access(uuid[])');

create or replace function ctx.access_facts(organisations uuid[], accounts uuid[])
returns table (account_id uuid, organisation_id uuid, function text, function_since timestamptz,
  active_since timestamptz,
  contract_ends_on date, last_act_at timestamptz, lifted_at timestamptz, has_role boolean, rights_ended_at timestamptz,
  created_at timestamptz, grant_id uuid, tool text, profile text, granted_at timestamptz, starts_on date,
    last_used_on date,
    corrected jsonb, beyond_since timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  if ctx.judges_access(organisations) then return query select * from ctx.access_lines(organisations, accounts); end if;
end $$;
select pg_temp.as_definer('ctx.access_facts(uuid[], uuid[])', 'cc_web');

create or replace function ctx.anomaly_facts(organisations uuid[], accounts uuid[])
returns table (id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text,
  contract_ends_on date,
  last_act_at timestamptz, last_used_on date, opened_at timestamptz, outcome jsonb)
language plpgsql stable security definer set search_path = '' as $$
begin
  if ctx.judges_access(organisations) then return query select *
    from ctx.open_anomalies(organisations, accounts); end if;
end $$;
select pg_temp.as_definer('ctx.anomaly_facts(uuid[], uuid[])', 'cc_web');

/*
 * Writes what opened and what is corrected; what is there already, or corrected already, stays as it is. Says how many
 * of each. In order, so that two at once do not wait for each other in a ring. Accounts are locked before their
 * anomalies, as the acts on them do:
 * an anomaly refers to accounts, and writing it would otherwise wait for an act on that account which itself waits for
 * the anomaly.
 */
create or replace function ctx.write_anomalies(opened jsonb, corrected jsonb)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare written int; settled int;
begin
  perform from public.accounts a where a.id in (
    select o."accountId" from jsonb_to_recordset(opened) as o ("accountId" uuid)
    union select c.by from jsonb_to_recordset(corrected) as c (by uuid)
    union select n.account_id from jsonb_to_recordset(corrected) as c (id uuid)
    join public.access_anomalies n on n.id = c.id) order by a.id for key share;
  insert into public.access_anomalies (id, organisation_id, account_id, grant_id, kind, function, contract_ends_on,
    last_act_at, last_used_on, opened_at)
    select o.id, o."organisationId", o."accountId", o."grantId", o.kind, o.function, o."contractEndsOn", o."lastActAt",
      o."lastUsedOn", o."openedAt"
    from jsonb_to_recordset(opened) as o (id uuid, "organisationId" uuid, "accountId" uuid, "grantId" uuid, kind text,
      function text, "contractEndsOn" date, "lastActAt" timestamptz, "lastUsedOn" date, "openedAt" timestamptz)
    order by o.id on conflict do nothing;
  get diagnostics written = row_count;
  perform from public.access_anomalies n where n.id in (select c.id from jsonb_to_recordset(corrected) as c (id uuid))
    and n.corrected_at is null order by n.id for update;
  update public.access_anomalies n
    set corrected_at = greatest(n.opened_at, c.at), corrected_how = c.how, corrected_by = c.by
    from jsonb_to_recordset(corrected) as c (id uuid, at timestamptz, how text, by uuid) where n.id = c.id
      and n.corrected_at is null;
  get diagnostics settled = row_count;
  return jsonb_build_object('opened', written, 'corrected', settled);
end $$;
select pg_temp.as_definer('ctx.write_anomalies(jsonb, jsonb)', 'cc_worker');

-- The same for those who manage a structure's accounts, with the act that changes an access: of their own structure
-- alone.
create or replace function ctx.keep_anomalies(opened jsonb, corrected jsonb)
returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not (ctx.holds_role('rgc') or ctx.holds_role('signataire'))
    or exists (select from jsonb_to_recordset(opened) as o ("organisationId" uuid)
      where o."organisationId" is distinct from ctx.organisation())
    or exists (select from public.access_anomalies n
      where n.id in (select c.id from jsonb_to_recordset(corrected) as c (id uuid))
      and n.organisation_id <> ctx.organisation()) then raise exception 'not for this viewer'
      using errcode = '42501'; end if;
  return ctx.write_anomalies(opened, corrected);
end $$;
select pg_temp.as_definer('ctx.keep_anomalies(jsonb, jsonb)', 'cc_web');

-- The next accounts that the nightly job looks at: who is active, or has an anomaly written as open.
create or replace function ctx.accounts_to_judge(after uuid, most int)
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select a.id from public.accounts a
    where (accounts_to_judge.after is null or a.id > accounts_to_judge.after)
    and (a.status = 'active' or exists (select from public.access_anomalies n where n.account_id = a.id
      and n.corrected_at is null)) order by a.id limit most;
end $$;
select pg_temp.as_definer('ctx.accounts_to_judge(uuid, int)', 'cc_worker');
