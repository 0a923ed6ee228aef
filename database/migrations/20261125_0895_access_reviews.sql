-- The review of all the accounts of a structure, once a year at least (annex 1, 1.6; ACC-8). What is reviewed is frozen at its start; each line is decided, and corrected as it is decided.
create table access_review_rhythms ( -- the operator's, in months
  in_force_from timestamptz primary key,
  months int not null check (months between 1 and 12),
  set_by uuid references accounts
);
create table access_reviews (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  due_on date not null,
  started_at timestamptz not null,
  started_by uuid not null references accounts,
  closed_at timestamptz check (closed_at >= started_at),
  closed_by uuid references accounts,
  report_digest bytea check (length(report_digest) = 32), -- of the lines as its CSV says them
  check (num_nonnulls(closed_at, closed_by, report_digest) in (0, 3)),
  unique (id, organisation_id)
);
create unique index access_reviews_open on access_reviews (organisation_id) where closed_at is null;
create index access_reviews_closed on access_reviews (organisation_id, closed_at);

-- An account, or one of its grants, as it stood when the review started, with the evidence of what is wrong.
create table access_review_lines (
  id uuid primary key,
  review_id uuid not null,
  organisation_id uuid not null,
  account_id uuid not null references accounts,
  grant_id uuid references grants, -- null: the account itself
  function text not null,
  attachment text not null,
  status text not null,
  contract_ends_on date,
  last_act_at timestamptz,
  has_role boolean not null, -- for its structure: it needs no grant to be of use
  tool text,
  profile text,
  territory_id int references territories,
  agency_id uuid references agencies,
  granted_at timestamptz,
  last_used_on date,
  anomalies text[] not null default '{}',
  anomaly boolean generated always as (anomalies <> '{}') stored,
  decision text check (decision in ('keep', 'reduce', 'suspend', 'delete')),
  to_profile text check (to_profile in ('consultation', 'conseiller', 'responsable')),
  reason text check (length(reason) between 1 and 300),
  decided_at timestamptz,
  decided_by uuid references accounts,
  foreign key (review_id, organisation_id) references access_reviews (id, organisation_id),
  check (num_nonnulls(decision, decided_at, decided_by) in (0, 3)),
  check ((grant_id is null) = (tool is null) and (grant_id is null) = (profile is null)),
  check ((decision is not distinct from 'reduce') = (to_profile is not null) and (decision is distinct from 'reduce' or grant_id is not null)),
  -- What is kept in spite of an anomaly, and what is corrected, say why.
  check (decision is null or (decision = 'keep' and anomalies = '{}') or reason is not null),
  constraint decided_by_another check (decided_by <> account_id),
  unique nulls not distinct (review_id, account_id, grant_id)
);
-- Anomalies first, the lines of a person together.
create index access_review_lines_order on access_review_lines (review_id, (not anomaly), account_id, (grant_id is not null), id);
create index access_review_lines_left on access_review_lines (review_id) where decision is null;

-- What was sent, once: 30, 7 and 0 days before, and when it is late.
create table access_review_reminders (
  organisation_id uuid not null references organisations,
  due_on date not null,
  kind text not null check (kind in ('thirty-days', 'seven-days', 'today', 'late')),
  sent_at timestamptz not null,
  primary key (organisation_id, due_on, kind)
);

/*
 * When the review of each structure falls due (section Dates): so many months after the last one closed; the first, after the tool was delivered to it: its first convention, or
 * for the operator its first account. The SQL twin of reviewDueOn in server/reviews/deadlines.ts. Null: nothing was delivered yet.
 */
create function ctx.review_due(of_organisation uuid, at timestamptz) returns date language plpgsql stable security definer set search_path = '' as $$
declare
  from_day date;
  months int := coalesce((select r.months from public.access_review_rhythms r where r.in_force_from <= at order by r.in_force_from desc limit 1), 12);
begin
  select ctx.paris_day(max(r.closed_at)) into from_day from public.access_reviews r where r.organisation_id = of_organisation;
  if from_day is null then
    select case when o.kind = 'operateur' then (select ctx.paris_day(min(a.created_at)) from public.accounts a where a.organisation_id = o.id)
      else (select ctx.paris_day(min(c.effective_from)) from public.conventions c where c.organisation_id = o.id and c.effective_from <= at) end
      into from_day from public.organisations o where o.id = of_organisation;
  end if;
  return (from_day + make_interval(months => months))::date;
end $$;

-- One's own structure's; every structure's for the operator's security officer and administrators, those of its region for a regional direction.
create function ctx.reviews_due() returns table (organisation_id uuid, due_on date, last_closed_at timestamptz, open_review uuid, started_at timestamptz, undecided int) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() or not (ctx.oversees() or ctx.holds_role('rgc') or ctx.holds_role('signataire') or ctx.holds_role('direction-regionale')) then return; end if;
  return query select o.id, ctx.review_due(o.id, at), (select max(r.closed_at) from public.access_reviews r where r.organisation_id = o.id), r.id, r.started_at,
      (select count(*)::int from public.access_review_lines l where l.review_id = r.id and l.decision is null)
    from public.organisations o left join public.access_reviews r on r.organisation_id = o.id and r.closed_at is null
    where (ctx.oversees() or o.id = ctx.organisation() or exists (select from public.conventions c where c.organisation_id = o.id and c.region_id = any (ctx.regions())))
      and (o.kind = 'operateur' or ctx.in_force(o.id, at));
end $$;

/* Freezes who is reviewed: every account not gone and every grant not over. The caller's own organisation only; the anomalies are the rules', which the caller writes on the lines. */
create function ctx.freeze_review(of_review uuid) returns int language plpgsql security definer set search_path = '' as $$
declare
  own uuid := ctx.organisation();
  at timestamptz := ctx.clock();
  frozen int;
begin
  if not ctx.ok() or not ctx.holds_role('rgc') or not exists (select from public.access_reviews r where r.id = of_review and r.organisation_id = own and r.closed_at is null) then raise exception 'not for this viewer' using errcode = '42501'; end if;
  insert into public.access_review_lines (id, review_id, organisation_id, account_id, grant_id, function, attachment, status, contract_ends_on, last_act_at, has_role, tool, profile, territory_id, agency_id, granted_at, last_used_on)
  select gen_random_uuid(), of_review, own, a.id, g.id, a.function, a.attachment, a.status, a.contract_ends_on, c.last_act_at,
    exists (select from public.role_assignments r where r.account_id = a.id and r.organisation_id = own and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)), g.tool, g.profile, g.territory_id, g.agency_id, g.granted_at,
    case when g.id is not null then (select max(u.day) from public.usage_days u where u.account_id = a.id and u.tool = g.tool) end
  from public.accounts a
  left join public.account_activity c on c.account_id = a.id
  cross join lateral (select null::uuid as id, null::text as tool, null::text as profile, null::int as territory_id, null::uuid as agency_id, null::timestamptz as granted_at
    union all select x.id, x.tool, x.profile, x.territory_id, x.agency_id, x.granted_at from public.grants x
      where x.account_id = a.id and x.organisation_id = own and x.revoked_at is null and (x.ends_on is null or x.ends_on >= ctx.paris_day(at))) g
  where a.organisation_id = own and a.status <> 'deleted';
  get diagnostics frozen = row_count;
  return frozen;
end $$;

/* The anomalies the rules found, written once, before anything is decided. */
create function ctx.mark_anomalies(of_review uuid, marks jsonb) returns void language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.access_reviews r where r.id = of_review and r.organisation_id = ctx.organisation() and r.started_by = ctx.account() and r.closed_at is null)
    or exists (select from public.access_review_lines l where l.review_id = of_review and (l.decision is not null or l.anomaly)) then raise exception 'not for this viewer' using errcode = '42501'; end if;
  update public.access_review_lines l set anomalies = f.anomalies from jsonb_to_recordset(marks) as f (id uuid, anomalies text[]) where l.id = f.id and l.review_id = of_review;
end $$;

/* What the nightly job has to tell: for each structure and moment not told yet, who receives it. */
create function ctx.review_reminders(at timestamptz) returns table (organisation_id uuid, organisation_name text, due_on date, kind text, account_id uuid) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at);
begin
  return query
    with due as (
      select o.id, o.name, ctx.review_due(o.id, at) as due_on from public.organisations o where o.kind = 'operateur' or ctx.in_force(o.id, at)),
    moment as (
      select d.id, d.name, d.due_on, case when today > d.due_on then 'late' when today = d.due_on then 'today' when today >= d.due_on - 7 then 'seven-days' else 'thirty-days' end as kind
      from due d where today >= d.due_on - 30),
    told as (
      insert into public.access_review_reminders as r (organisation_id, due_on, kind, sent_at) select m.id, m.due_on, m.kind, at from moment m on conflict do nothing returning r.organisation_id, r.due_on, r.kind)
    select t.organisation_id, o.name, t.due_on, t.kind, h.account_id
    from told t join public.organisations o on o.id = t.organisation_id
    join public.role_assignments h on (h.organisation_id = t.organisation_id and h.role = 'rgc' or t.kind = 'late' and h.role = 'cssi')
    where exists (select from ctx.effective_roles(h.account_id, at) e where e.role = h.role);
end $$;

do $$ declare f text; begin
  foreach f in array array['ctx.review_due(uuid, timestamptz)', 'ctx.reviews_due()', 'ctx.freeze_review(uuid)', 'ctx.mark_anomalies(uuid, jsonb)', 'ctx.review_reminders(timestamptz)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['access_review_rhythms', 'access_reviews', 'access_review_lines', 'access_review_reminders'] loop
    execute format('alter table %I enable row level security', f);
    execute format('alter table %I force row level security', f);
    execute format('create policy owner on %I to cc_owner using (true) with check (true)', f);
  end loop;
end $$;
grant execute on function ctx.reviews_due(), ctx.freeze_review(uuid), ctx.mark_anomalies(uuid, jsonb) to cc_web;
grant execute on function ctx.review_reminders(timestamptz) to cc_worker;
grant select on access_review_rhythms, access_reviews to cc_definer;
grant select, insert on access_review_lines, access_review_reminders to cc_definer;
grant update (anomalies) on access_review_lines to cc_definer;

create policy read on access_review_rhythms for select to cc_web using ((select ctx.known()));
create policy set_by_operator on access_review_rhythms for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and set_by = (select ctx.account()));
grant select, insert on access_review_rhythms to cc_web;

create policy read on access_reviews for select to cc_web using ((select ctx.ok()) and ((((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire'))) and organisation_id = (select ctx.organisation())) or (select ctx.oversees())));
create policy begin on access_reviews for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) and started_by = (select ctx.account()) and closed_at is null);
create policy close on access_reviews for update to cc_web using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) and closed_at is null)
  with check ((select ctx.ok()) and closed_by = (select ctx.account()));
grant select, insert on access_reviews to cc_web;
grant update (closed_at, closed_by, report_digest) on access_reviews to cc_web;

create policy read on access_review_lines for select to cc_web using ((select ctx.ok()) and ((((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire'))) and organisation_id = (select ctx.organisation())) or (select ctx.oversees())));
-- Of an open review, and of whom one decides for: an account manager's own lines wait for another, or for the signatory (ACC-4).
create policy decide on access_review_lines for update to cc_web using ((select ctx.ok()) and account_id in (select ctx.decidable_accounts()) and review_id in (select r.id from access_reviews r where r.organisation_id = (select ctx.organisation()) and r.closed_at is null))
  with check ((select ctx.ok()) and decided_by = (select ctx.account()));
grant select on access_review_lines to cc_web;
grant update (decision, to_profile, reason, decided_at, decided_by) on access_review_lines to cc_web;
