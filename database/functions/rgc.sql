-- Account managers: the deed in force, the gate, what is declared (RGC).

-- A deed that the operator has and did not refuse, once it need no longer answer. The SQL twin of deedState in server/people-and-rights/rgc/deadlines.ts.
create or replace function ctx.deed_in_force(deed public.rgc_deeds, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare said text;
begin
  if deed.sent_at is null or deed.sent_at > at then return false; end if;
  select d.kind into said from public.rgc_decisions d where d.deed_id = deed.id and d.decided_at <= at;
  return coalesce(said <> 'refus', true) and (coalesce(said = 'acceptation', false) or deed.silence_accepts_at is null or deed.silence_accepts_at <= at);
end $$;
select pg_temp.as_definer('ctx.deed_in_force(rgc_deeds, timestamptz)');

-- Named by a deed in force, and by every deed sent since: the partner has not let them go.
create or replace function ctx.stands_on_deed(of_account uuid, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from public.rgc_deeds d join public.rgc_members m on m.deed_id = d.id and m.account_id = of_account
    join public.accounts a on a.id = of_account and a.organisation_id = d.organisation_id
    where ctx.deed_in_force(d, at) and not exists (
      select from public.rgc_deeds later where later.organisation_id = d.organisation_id and later.sent_at > d.sent_at and later.sent_at <= at
        and not exists (select from public.rgc_members n where n.deed_id = later.id and n.account_id = of_account)));
end $$;
select pg_temp.as_definer('ctx.stands_on_deed(uuid, timestamptz)');

-- What a partner's account manager lacks before the tool opens (RGC-4). The SQL twin of missingToManage in server/people-and-rights/rgc/gate.model.ts.
create or replace function ctx.rgc_missing(of_account uuid, at timestamptz)
returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  return (select array_remove(array[
    case when not ctx.in_force(a.organisation_id, at) then 'convention' end,
    case when not ctx.stands_on_deed(a.id, at) then 'deed' end,
    case when not exists (select from public.rgc_certificates c where c.account_id = a.id and c.recorded_at <= at) then 'certificate' end,
    case when not ctx.accepted(a.id, 'cgu', null, at) then 'cgu' end,
    case when not exists (select from public.second_factors f where f.account_id = a.id)
      and not exists (select from public.sessions s where s.account_id = a.id and s.second_factor is not null) then 'second-factor' end,
    case when exists (select from public.account_blocks b where b.account_id = a.id and b.cuts in ('account', 'rgc') and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)) then 'block' end], null)
    from public.accounts a where a.id = of_account);
end $$;
select pg_temp.as_definer('ctx.rgc_missing(uuid, timestamptz)');

-- What one lacks oneself; null when nothing designates one. Read before the tool opens, hence without the role.
create or replace function ctx.own_rgc_missing() returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.rgc_members m where m.account_id = ctx.account()) then return null; end if;
  return ctx.rgc_missing(ctx.account(), ctx.clock());
end $$;
select pg_temp.as_definer('ctx.own_rgc_missing()', 'cc_web');

create or replace function ctx.deeds_naming_me() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select m.deed_id from public.rgc_members m where m.account_id = ctx.account() union select d.id from public.rgc_deeds d where d.signatory_id = ctx.account();
end $$;
select pg_temp.as_definer('ctx.deeds_naming_me()', 'cc_web');

-- Those that name nobody else: the signed file of the others says other people's dates of birth.
create or replace function ctx.deeds_naming_me_alone()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select m.deed_id from public.rgc_members m group by m.deed_id having bool_and(m.account_id = ctx.account());
end $$;
select pg_temp.as_definer('ctx.deeds_naming_me_alone()', 'cc_web');

-- Who manages the accounts of a structure at an instant: designated, the gate aside.
create or replace function ctx.rgc_in_place(of_organisation uuid, at timestamptz)
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select distinct r.account_id from public.role_assignments r join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
    where r.organisation_id = of_organisation and r.role = 'rgc' and r.starts_at <= at and (r.ends_at is null or r.ends_at > at) and ctx.stands_on_deed(r.account_id, at);
end $$;
select pg_temp.as_definer('ctx.rgc_in_place(uuid, timestamptz)');

create or replace function rgc_in_place(of_organisation uuid, at timestamptz)
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not (of_organisation = ctx.organisation() or ctx.oversees()) then return; end if;
  return query select * from ctx.rgc_in_place(of_organisation, at);
end $$;
select pg_temp.as_definer('rgc_in_place(uuid, timestamptz)', 'cc_web');

/* Who may propose: the partner's signatory or account manager. */
create or replace function ctx.proposes_deeds()
returns boolean language sql stable as $$ select ctx.holds_role('signataire') or ctx.holds_role('rgc') $$;

-- Under a convention in force, and nobody to manage their accounts (RGC-8).
create or replace function structures_without_rgc() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() or not ctx.oversees() then return; end if;
  return query select c.organisation_id from public.conventions c where c.effective_from <= at and (c.ends_at is null or c.ends_at > at) and not exists (select from ctx.rgc_in_place(c.organisation_id, at));
end $$;
select pg_temp.as_definer('structures_without_rgc()', 'cc_web');

/*
 * The account of a person whom the deed names, by their own address: the one they have in this structure, else a new one that holds
 * no grant, so that they may come in, sign, and fulfil the gate. Null: the address is of an account elsewhere, or of one that is
 * not the partner's permanent staff (RGC-2).
 */
create or replace function rgc_account(new_id uuid, of_email text, given_name text, family_name text)
returns uuid language plpgsql security definer set search_path = '' as $$
declare known record;
begin
  if not ctx.ok() or not ctx.proposes_deeds() then return null; end if;
  select a.id, a.organisation_id, a.status, a.contract_ends_on into known from public.account_contacts c join public.accounts a on a.id = c.account_id where c.email = lower(of_email);
  if found then
    return case when known.organisation_id = ctx.organisation() and known.status in ('active', 'suspended') and known.contract_ends_on is null then known.id end;
  end if;
  insert into public.accounts (id, organisation_id, given_name, family_name, function, created_at) values (new_id, ctx.organisation(), rgc_account.given_name, rgc_account.family_name, 'Gestion des comptes', ctx.clock());
  insert into public.account_contacts (account_id, organisation_id, email) values (new_id, ctx.organisation(), lower(of_email));
  return new_id;
end $$;
select pg_temp.as_definer('rgc_account(uuid, text, text, text)', 'cc_web');

/*
 * Sends a deed that all have signed, the same bytes each: from then on those it names hold the role, as far as their gate opens it,
 * and nobody else of the structure does. False: a signature is missing. The operator has it as soon as this is committed.
 */
create or replace function send_rgc_deed(of_deed uuid, silence_accepts_at timestamptz, at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
declare d public.rgc_deeds;
begin
  if not ctx.ok() then return false; end if;
  select * into d from public.rgc_deeds x where x.id = of_deed and x.organisation_id = ctx.organisation() and x.sent_at is null and x.abandoned_at is null for update;
  if not found
    or not exists (select from public.rgc_signatures s where s.deed_id = d.id and s.account_id = d.signatory_id and s.capacity = 'signataire' and s.digest = d.digest)
    or not exists (select from public.rgc_members m where m.deed_id = d.id and m.position = 'titulaire')
    or exists (select from public.rgc_members m where m.deed_id = d.id and not exists (select from public.rgc_signatures s where s.deed_id = d.id and s.account_id = m.account_id and s.capacity = 'rgc' and s.digest = d.digest))
  then return false; end if;
  update public.rgc_deeds x set sent_at = at, silence_accepts_at = send_rgc_deed.silence_accepts_at where x.id = d.id;
  update public.role_assignments r set ends_at = greatest(at, r.starts_at) where r.organisation_id = d.organisation_id and r.role = 'rgc' and (r.ends_at is null or r.ends_at > at)
    and not exists (select from public.rgc_members m where m.deed_id = d.id and m.account_id = r.account_id);
  -- Whoever it names and whose role was to end (a departure, an absence over) starts a new one.
  insert into public.role_assignments (id, account_id, organisation_id, role, starts_at, assigned_by, reason)
    select gen_random_uuid(), m.account_id, d.organisation_id, 'rgc', at, d.signatory_id, 'Acte d’engagement' from public.rgc_members m
    where m.deed_id = d.id and not exists (select from public.role_assignments r where r.account_id = m.account_id and r.role = 'rgc' and r.starts_at <= at and r.ends_at is null);
  return true;
end $$;
select pg_temp.as_definer('send_rgc_deed(uuid, timestamptz, timestamptz)', 'cc_web');

-- Ends the role on the day declared, never before now: an event or a revocation of the viewer's own structure.
create or replace function end_rgc_role(of_account uuid, ends timestamptz)
returns int language plpgsql security definer set search_path = '' as $$
declare at timestamptz := date_trunc('milliseconds', ctx.clock()); n int; -- as the application reads it
begin
  if not ctx.ok() or not ctx.proposes_deeds() then return 0; end if;
  update public.role_assignments r set ends_at = greatest(ends, at, r.starts_at) where r.account_id = of_account and r.organisation_id = ctx.organisation() and r.role = 'rgc'
    and r.starts_at <= greatest(ends, at) and (r.ends_at is null or r.ends_at > greatest(ends, at));
  get diagnostics n = row_count;
  return n;
end $$;
select pg_temp.as_definer('end_rgc_role(uuid, timestamptz)', 'cc_web');

-- Known and not declared, of account managers in place: noted by somebody, or two months without an act of theirs. One a person:
-- what was noted first.
create or replace function ctx.rgc_undeclared(of_organisation uuid, at timestamptz)
returns table (id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date, noted_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select k.id, m.account_id, m.organisation_id, coalesce(k.kind, 'absence'), d.known_on, d.known_on + 8, k.noted_at
    from (select o.id as organisation_id, p.id as account_id from public.organisations o cross join lateral ctx.rgc_in_place(o.id, at) p (id)
      where o.kind <> 'operateur' and o.id = coalesce(of_organisation, o.id) and exists (select from public.role_assignments r where r.organisation_id = o.id and r.role = 'rgc')) m
    left join public.rgc_known_events k on k.account_id = m.account_id and k.organisation_id = m.organisation_id and k.withdrawn_at is null and k.declared_as is null and k.noted_at <= at
    cross join lateral (select coalesce(k.known_on, (ctx.paris_day(ctx.inactivity_from(m.account_id, at)) + interval '2 months')::date) as known_on) d
    where d.known_on is not null and (k.id is not null or ctx.in_force(m.organisation_id, at) and ctx.paris_day(at) > d.known_on);
end $$;
select pg_temp.as_definer('ctx.rgc_undeclared(uuid, timestamptz)');

-- One's own structure's, for who may declare; every structure's, for who oversees.
create or replace function rgc_undeclared(of_organisation uuid)
returns table (id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date, noted_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not (ctx.oversees() or ctx.proposes_deeds() and of_organisation = ctx.organisation()) then return; end if;
  return query select * from ctx.rgc_undeclared(of_organisation, ctx.clock());
end $$;
select pg_temp.as_definer('rgc_undeclared(uuid)', 'cc_web');

-- Notes what is to be told today and says it: the step that is reached, not those that a job dead for days missed. In the caller's
-- transaction, with the mails.
create or replace function ctx.rgc_event_reminders(at timestamptz)
returns table (account_id uuid, organisation_id uuid, kind text, noted boolean, declare_by date, step text)
language plpgsql security definer set search_path = '' as $$
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
select pg_temp.as_definer('ctx.rgc_event_reminders(timestamptz)', 'cc_worker');
