-- Who had access to what, on any past day (ACC-9): what a right rests on is kept with its dates, so that ctx.held_grants is true of the past as of now.

-- Each state an account was in, and from when; the last is that of `accounts`.
create table account_states (
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  from_at timestamptz not null,
  status text not null check (status in ('active', 'suspended', 'blocked', 'deleted')),
  contract_ends_on date,
  primary key (account_id, from_at)
);
insert into account_states select id, organisation_id, created_at, status, contract_ends_on from accounts;
create function ctx.keep_account_state() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.account_states as known (account_id, organisation_id, from_at, status, contract_ends_on)
  values (new.id, new.organisation_id, case when tg_op = 'INSERT' then least(new.created_at, ctx.clock()) else ctx.clock() end, new.status, new.contract_ends_on)
  on conflict (account_id, from_at) do update set status = excluded.status, contract_ends_on = excluded.contract_ends_on;
  return null;
end $$;
create trigger keep_state after insert or update of status, contract_ends_on on accounts for each row execute function ctx.keep_account_state();

-- The suspensions for inactivity that were lifted: from which instant they held, who lifted them and why (ACC-5).
create table inactivity_spans (
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  suspended_from timestamptz not null,
  lifted_at timestamptz not null check (lifted_at >= suspended_from),
  lifted_by uuid not null references accounts,
  reason text not null check (length(reason) between 1 and 300),
  primary key (account_id, suspended_from)
);
-- The first act or lifting: before it, inactivity ran from the grants.
alter table account_activity add column first_at timestamptz;
update account_activity set first_at = least(last_act_at, lifted_at);

alter table account_states enable row level security; alter table account_states force row level security;
alter table inactivity_spans enable row level security; alter table inactivity_spans force row level security;
create policy owner on account_states to cc_owner using (true) with check (true);
create policy owner on inactivity_spans to cc_owner using (true) with check (true);
create policy read on account_states for select to cc_web using ((select ctx.ok()) and ((select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy read on inactivity_spans for select to cc_web using ((select ctx.ok()) and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
grant select on account_states, inactivity_spans to cc_web;
grant select, insert, update on account_states to cc_definer;
grant select, insert on inactivity_spans to cc_definer;

-- From when the inactivity of an account is counted, as of an instant: the last act or lifting, else its latest grant. Null: it holds none.
create function ctx.inactivity_from(of_account uuid, at timestamptz) returns timestamptz language plpgsql stable security definer set search_path = '' as $$
declare act record;
begin
  select coalesce(a.first_at, least(a.last_act_at, a.lifted_at)) as first_at, greatest(a.last_act_at, a.lifted_at) as last_at into act from public.account_activity a where a.account_id = of_account;
  if act.first_at <= at then return act.last_at; end if;
  return (select max(greatest(g.granted_at, g.starts_on::timestamp at time zone 'Europe/Paris')) from public.grants g
    where g.account_id = of_account and g.granted_at <= at and (g.revoked_at is null or g.revoked_at > at));
end $$;
create or replace function ctx.inactivity_from(of_account uuid) returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.inactivity_from(of_account, ctx.clock());
end $$;
/* Suspended for inactivity at an instant. No act is recorded while it is suspended, so that between the first act and the last it only was in the spans that were lifted. */
create function ctx.inactive_at(of_account uuid, at timestamptz) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.inactivity_spans s where s.account_id = of_account and s.suspended_from <= at and s.lifted_at > at)
    or coalesce(ctx.paris_day(at) > (ctx.paris_day(ctx.inactivity_from(of_account, at)) + interval '2 months')::date, false);
end $$;

create or replace function ctx.held_grants(of_account uuid, at timestamptz)
returns table (grant_id uuid, tool text, profile text, territory_id int, agency_id uuid, reason text, starts_on date, ends_on date, missing text[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  today date := ctx.paris_day(at);
  a record;
  to_all text[];
  unaccepted text[]; -- the texts in force and not accepted: the kind, or the tool of a CPU
begin
  select x.id, x.organisation_id, s.status, s.contract_ends_on, x.created_at, o.kind into a from public.accounts x join public.organisations o on o.id = x.organisation_id
    cross join lateral (select k.status, k.contract_ends_on from public.account_states k where k.account_id = x.id and k.from_at <= at order by k.from_at desc limit 1) s where x.id = of_account;
  if not found then return; end if;
  select coalesce(array_agg(coalesce(d.tool, d.kind)), '{}') into unaccepted
    from (select distinct on (d.kind, d.tool) d.id, d.kind, d.tool from public.documents d where d.in_force_from <= at order by d.kind, d.tool, d.in_force_from desc) d
    where not exists (select from public.acceptances x where x.account_id = a.id and x.document_id = d.id and x.accepted_at <= at);
  to_all := array_remove(array[
    case when a.status <> 'active' then 'account' end,
    case when exists (select from public.account_blocks b where b.account_id = a.id and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)) then 'block' end,
    case when a.kind <> 'operateur' and not ctx.in_force(a.organisation_id, at) then 'convention' end,
    case when a.contract_ends_on < today then 'contract' end,
    case when ctx.inactive_at(a.id, at) then 'inactivity' end,
    case when 'cgu' = any (unaccepted) then 'cgu' end,
    case when 'confidentialite' = any (unaccepted) then 'confidentialite' end,
    case when 'securite' = any (unaccepted) then 'securite' end,
    case when (select p.cuts from public.awareness_policies p where p.in_force_from <= at order by p.in_force_from desc limit 1)
      and today > (coalesce((select max(r.done_on) from public.awareness_records r where r.account_id = a.id and r.done_on <= today), ctx.paris_day(a.created_at)) + interval '1 year')::date then 'awareness' end
  ], null);
  return query
    select g.id, g.tool, g.profile, g.territory_id, g.agency_id, g.reason, g.starts_on, g.ends_on, to_all || t.lacks
    from public.grants g
    cross join lateral (select array_remove(array[
      case when not exists (select from public.annex_4_tools t where t.tool = g.tool and t.in_force_from <= at and (t.in_force_until is null or t.in_force_until > at)) then 'annex-4' end,
      case when g.tool = any (unaccepted) then 'cpu' end], null) as lacks) t
    where g.account_id = a.id and g.organisation_id = a.organisation_id and g.granted_at <= at and (g.revoked_at is null or g.revoked_at > at) and g.starts_on <= today and (g.ends_on is null or g.ends_on >= today);
end $$;

-- Of the day that the application stands on: those in effect now, whose dates hold it. A past day is read by ctx.held_grants, at an instant.
create or replace function ctx.effective_grants(of_account uuid, on_day date)
returns table (tool text, profile text, territory_id int, reason text, starts_on date, ends_on date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select e.* from ctx.effective_grants(of_account, ctx.clock()) e where e.starts_on <= on_day and (e.ends_on is null or e.ends_on >= on_day);
end $$;

create or replace function ctx.record_act(of_account uuid) returns void language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if ctx.inactive_at(of_account, at) then return; end if;
  insert into public.account_activity as known (account_id, organisation_id, last_act_at, first_at) select a.id, a.organisation_id, at, at from public.accounts a where a.id = of_account
    on conflict (account_id) do update set last_act_at = excluded.last_act_at, first_at = coalesce(known.first_at, least(known.last_act_at, known.lifted_at), excluded.first_at)
    where known.last_act_at is null or known.last_act_at < excluded.last_act_at - interval '1 hour';
end $$;

-- Lifts the suspension of someone one decides for, with a reason; inactivity starts again from now. False: there was none to lift.
create function ctx.lift_inactivity(of_account uuid, why text) returns boolean language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if of_account not in (select ctx.decidable_accounts()) then raise exception 'not for this viewer' using errcode = '42501'; end if;
  -- As it stands at this very instant: another may have lifted it while this transaction waited, after it had begun.
  if not ctx.inactive_at(of_account, at + (clock_timestamp() - now())) then return false; end if;
  insert into public.inactivity_spans (account_id, organisation_id, suspended_from, lifted_at, lifted_by, reason)
    select a.id, a.organisation_id, ((ctx.paris_day(ctx.inactivity_from(a.id, at)) + interval '2 months')::date + 1)::timestamp at time zone 'Europe/Paris', at, ctx.account(), why from public.accounts a where a.id = of_account;
  insert into public.account_activity as known (account_id, organisation_id, lifted_at, first_at) select a.id, a.organisation_id, at, at from public.accounts a where a.id = of_account
    on conflict (account_id) do update set lifted_at = excluded.lifted_at, first_at = coalesce(known.first_at, least(known.last_act_at, known.lifted_at), excluded.first_at);
  return true;
end $$;

/* Everyone's grants of one's organisation as of an instant, each with what it lacked: for its account managers and its signatory; for the operator's security officer, of all. */
create function ctx.access_at(of_organisation uuid, at timestamptz)
returns table (account_id uuid, status text, grant_id uuid, missing text[]) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not ((ctx.holds_role('rgc') or ctx.holds_role('signataire')) and of_organisation = ctx.organisation() or ctx.oversees()) then return; end if;
  return query select a.id, s.status, h.grant_id, h.missing
    from public.accounts a
    cross join lateral (select k.status from public.account_states k where k.account_id = a.id and k.from_at <= at order by k.from_at desc limit 1) s
    cross join lateral ctx.held_grants(a.id, at) h
    where a.organisation_id = of_organisation;
end $$;

do $$ declare f text; begin
  foreach f in array array['ctx.keep_account_state()', 'ctx.inactivity_from(uuid, timestamptz)', 'ctx.inactive_at(uuid, timestamptz)', 'ctx.lift_inactivity(uuid, text)', 'ctx.access_at(uuid, timestamptz)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function ctx.lift_inactivity(uuid, text), ctx.access_at(uuid, timestamptz) to cc_web;
