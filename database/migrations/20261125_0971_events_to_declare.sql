/*
 * A departure, a change of function or a long absence of an account manager is declared within eight days of the day it was known (annex 1, 1.4). It may be known before it is declared:
 * whoever knows of it notes it here, on either side, so that the limit is reminded and what is late is seen. An absence nobody noted is known once its two months have passed.
 */
create table rgc_known_events (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('depart', 'changement-de-fonction', 'absence')),
  known_on date not null,
  noted_by uuid not null references accounts,
  noted_at timestamptz not null,
  withdrawn_at timestamptz check (withdrawn_at >= noted_at),
  withdrawn_by uuid references accounts,
  withdrawal_reason text check (length(withdrawal_reason) between 1 and 500),
  check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason) in (0, 3))
);
create unique index rgc_known_events_one_open on rgc_known_events (account_id) where withdrawn_at is null;
-- What was told of which limit: never twice, whatever the job went through.
create table rgc_event_reminders (
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  declare_by date not null,
  step text not null check (step in ('known', 'three-days', 'last-day', 'late')),
  told_at timestamptz not null,
  primary key (account_id, declare_by, step)
);

-- Known and not declared, of account managers in place: noted by somebody, or two months without an act of theirs. One a person: what was noted first.
create function ctx.rgc_undeclared(of_organisation uuid, at timestamptz) returns table (id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date, noted_at timestamptz) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select distinct on (m.account_id) k.id, m.account_id, m.organisation_id, coalesce(k.kind, 'absence'), d.known_on, d.known_on + 8, k.noted_at
    from (select o.id as organisation_id, p.id as account_id from public.organisations o cross join lateral ctx.rgc_in_place(o.id, at) p (id)
      where o.kind <> 'operateur' and o.id = coalesce(of_organisation, o.id) and exists (select from public.role_assignments r where r.organisation_id = o.id and r.role = 'rgc')) m
    left join public.rgc_known_events k on k.account_id = m.account_id and k.organisation_id = m.organisation_id and k.withdrawn_at is null and k.noted_at <= at
      and not exists (select from public.rgc_events e where e.account_id = k.account_id and e.declared_at >= k.noted_at)
    cross join lateral (select coalesce(k.known_on, (ctx.paris_day(ctx.inactivity_from(m.account_id, at)) + interval '2 months')::date) as known_on) d
    where d.known_on is not null and (k.id is not null or ctx.in_force(m.organisation_id, at) and ctx.paris_day(at) > d.known_on)
    order by m.account_id, k.noted_at;
end $$;
-- One's own structure's, for who may declare; every structure's, for who oversees.
create function rgc_undeclared(of_organisation uuid) returns table (id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date, noted_at timestamptz) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not (ctx.oversees() or ctx.proposes_deeds() and of_organisation = ctx.organisation()) then return; end if;
  return query select * from ctx.rgc_undeclared(of_organisation, ctx.clock());
end $$;
-- Notes what is to be told today and says it: the step that is reached, not those that a job dead for days missed. In the caller's transaction, with the mails.
create function ctx.rgc_event_reminders(at timestamptz) returns table (account_id uuid, organisation_id uuid, kind text, noted boolean, declare_by date, step text) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at);
begin
  return query
    with told as (
      insert into public.rgc_event_reminders as r (account_id, organisation_id, declare_by, step, told_at)
      select u.account_id, u.organisation_id, u.declare_by, case when today > u.declare_by then 'late' when today = u.declare_by then 'last-day' when today >= u.declare_by - 3 then 'three-days' else 'known' end, at
      from ctx.rgc_undeclared(null, at) u on conflict do nothing returning r.account_id, r.organisation_id, r.declare_by, r.step)
    select t.account_id, t.organisation_id, u.kind, u.id is not null, t.declare_by, t.step from told t join ctx.rgc_undeclared(null, at) u on u.account_id = t.account_id;
end $$;

do $$ declare f text; begin
  foreach f in array array['ctx.rgc_undeclared(uuid, timestamptz)', 'rgc_undeclared(uuid)', 'ctx.rgc_event_reminders(timestamptz)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['rgc_known_events', 'rgc_event_reminders'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security; create policy owner on %I to cc_owner using (true) with check (true)', f, f, f);
  end loop;
end $$;
grant execute on function rgc_undeclared(uuid) to cc_web;
grant execute on function ctx.rgc_event_reminders(timestamptz) to cc_worker;
grant select on rgc_known_events, rgc_events to cc_definer;
grant select, insert on rgc_event_reminders to cc_definer;

-- Whoever may declare notes of their own structure, and the CSSI of any; each takes back the same.
create policy read on rgc_known_events for select to cc_web using ((select ctx.ok()) and ((select ctx.oversees()) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())));
create policy note on rgc_known_events for insert to cc_web with check ((select ctx.ok()) and noted_by = (select ctx.account()) and withdrawn_at is null
  and ((select ctx.holds_role('cssi')) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())));
create policy withdraw on rgc_known_events for update to cc_web
  using ((select ctx.ok()) and withdrawn_at is null and ((select ctx.holds_role('cssi')) or (select ctx.proposes_deeds()) and organisation_id = (select ctx.organisation())))
  with check ((select ctx.ok()) and withdrawn_by = (select ctx.account()));
grant select, insert, update (withdrawn_at, withdrawn_by, withdrawal_reason) on rgc_known_events to cc_web;
