-- The operator's roles, given and ended by its administrators, and a partner's, by itself (AGR-16): the only way in for
-- the application.

-- Given by hand; the others come from deeds and conventions.
create or replace function ctx.given_by_hand(role text)
returns boolean language sql immutable set search_path = '' as $$
  select role in ('signataire', 'cssi', 'direction-regionale', 'support', 'dpd', 'rssi', 'administrateur') $$;

-- To whom the viewer may give one: an active agent of the operator, never oneself. The SQL twin of mayGiveTo.
create or replace function ctx.role_takers()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.holds_role('administrateur') then return; end if;
  return query select a.id from public.accounts a join public.organisations o on o.id = a.organisation_id
    where o.kind = 'operateur' and a.status = 'active' and a.attachment = 'agent' and a.id <> ctx.account();
end $$;
select pg_temp.as_definer('ctx.role_takers()', 'cc_web');

-- Those the viewer may end: given by hand, in the operator, never one's own. The SQL twin of mayEnd.
create or replace function ctx.endable_roles()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.holds_role('administrateur') then return; end if;
  return query select r.id from public.role_assignments r join public.organisations o on o.id = r.organisation_id
    where o.kind = 'operateur' and ctx.given_by_hand(r.role) and r.account_id <> ctx.account();
end $$;
select pg_temp.as_definer('ctx.endable_roles()', 'cc_web');

/*
 * Changes of these roles are written one after another, and with the blocks of officers: of two at the same instant,
 * the second sees the first. Whoever waited may have lost their own role meanwhile.
 */
create or replace function ctx.still_administers()
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.holds_role('administrateur') then return false; end if;
  perform pg_advisory_xact_lock(hashtextextended('blocks of officers', 0));
  return exists (select from ctx.effective_roles(ctx.account(), ctx.clock()) e where e.role = 'administrateur');
end $$;
select pg_temp.as_definer('ctx.still_administers()');

-- 'given', or why not: 'held' already over some of these days, 'refused'. One that sleeps is replaced: its holder
-- wakes.
create or replace function ctx.give_role(new_id uuid, to_account uuid, as_role text, of_region int, from_at timestamptz,
  until_at timestamptz, why text)
returns text language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := ctx.clock();
  starts timestamptz := greatest(from_at, at);
begin
  if not ctx.ok() or not ctx.still_administers() or not ctx.given_by_hand(as_role)
    or to_account not in (select ctx.role_takers()) then return 'refused'; end if;
  update public.role_assignments r set ends_at = greatest(at, r.starts_at), ended_by = ctx.account(), end_reason = why
    where r.account_id = to_account and r.role = as_role and r.region_id is not distinct from of_region
      and r.starts_at <= at and (r.ends_at is null or r.ends_at > at) and ctx.is_operators(r.role)
      and ctx.role_sleeps(r, at);
  if exists (select from public.role_assignments r where r.account_id = to_account and r.role = as_role
    and r.region_id is not distinct from of_region
    and r.starts_at < coalesce(until_at, 'infinity')
    and coalesce(r.ends_at, 'infinity') > starts) then return 'held'; end if;
  insert into public.role_assignments (id, account_id, organisation_id, role, region_id, starts_at, ends_at,
    assigned_by, reason)
    select new_id, a.id, a.organisation_id, as_role, of_region, starts, until_at, ctx.account(), why
      from public.accounts a where a.id = to_account;
  return 'given';
end $$;
select pg_temp.as_definer('ctx.give_role(uuid, uuid, text, int, timestamptz, timestamptz, text)', 'cc_web');

/*
 * 'ended' at once (one to come never starts), or why not: 'over', 'last' CSSI or administrator, 'refused'. One whose
 * role has an end does not count: on that day nobody would be left.
 */
create or replace function ctx.end_role(of_role uuid, why text)
returns text language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := ctx.clock();
  r public.role_assignments;
begin
  if not ctx.ok() or not ctx.still_administers()
    or of_role not in (select ctx.endable_roles()) then return 'refused'; end if;
  select * into r from public.role_assignments x where x.id = of_role for update;
  if r.ends_at <= at then return 'over'; end if;
  if r.region_id is null and r.starts_at <= at and r.role = any (ctx.irreplaceable_roles(r.account_id, true, at)) then
    return 'last'; end if;
  update public.role_assignments x set ends_at = greatest(at, x.starts_at), ended_by = ctx.account(), end_reason = why
    where x.id = of_role;
  return 'ended';
end $$;
select pg_temp.as_definer('ctx.end_role(uuid, text)', 'cc_web');

-- Those that sleep now (SEC-6): shown to who gives them back.
create or replace function ctx.sleeping_roles()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() or not ctx.oversees() then return; end if;
  return query select r.id from public.role_assignments r
    where ctx.is_operators(r.role) and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
      and ctx.role_sleeps(r, at);
end $$;
select pg_temp.as_definer('ctx.sleeping_roles()', 'cc_web');

/*
 * A partner's roles, given by itself to its own people (AGR-16, annex 2). Its signatory, whom the convention names,
 * gives all five; an account manager those that act in nobody's name: the operational lead gives notice and names
 * contacts for the structure. The SQL twin of rolesGivenBy.
 */
create or replace function ctx.partner_roles_given()
returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.organisations o where o.id = ctx.organisation()
    and o.kind <> 'operateur') then return '{}'; end if;
  return case when ctx.holds_role('signataire') then array['correspondant-si', 'dpd', 'rssi', 'responsable-formation',
    'responsable-operationnel']
    when ctx.holds_role('rgc') then array['correspondant-si', 'dpd', 'rssi', 'responsable-formation'] else '{}' end;
end $$;
select pg_temp.as_definer('ctx.partner_roles_given()', 'cc_web');

-- To whom, and which: an active account of one's structure, never oneself; its own agents alone act in its name. The
-- SQL twin of mayGivePartnerRole.
create or replace function ctx.partner_role_takers()
returns table (id uuid, role text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select a.id, g.role from public.accounts a cross join unnest(ctx.partner_roles_given()) g (role)
    where a.organisation_id = ctx.organisation() and a.status = 'active' and a.id <> ctx.account()
      and (g.role <> 'responsable-operationnel' or a.attachment = 'agent');
end $$;
select pg_temp.as_definer('ctx.partner_role_takers()', 'cc_web');

-- Those the viewer may end: of their structure, such as they give, never their own. The SQL twin of mayEndPartnerRole.
create or replace function ctx.endable_partner_roles()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select r.id from public.role_assignments r
    where r.organisation_id = ctx.organisation() and r.role = any (ctx.partner_roles_given())
      and r.account_id <> ctx.account();
end $$;
select pg_temp.as_definer('ctx.endable_partner_roles()', 'cc_web');

/*
 * Changes in a structure are written one after another: of two at the same instant, the second sees the first. Whoever
 * waited may have lost their own role meanwhile.
 */
create or replace function ctx.still_gives(as_role text)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not as_role = any (ctx.partner_roles_given()) then return false; end if;
  perform pg_advisory_xact_lock(hashtextextended('roles of ' || ctx.organisation(), 0));
  return exists (select from ctx.effective_roles(ctx.account(), ctx.clock()) e where e.role = 'signataire'
    or e.role = 'rgc' and as_role <> 'responsable-operationnel');
end $$;
select pg_temp.as_definer('ctx.still_gives(text)');

-- 'given', or why not: 'held' already over some of these days, 'refused'.
create or replace function ctx.give_partner_role(new_id uuid, to_account uuid, as_role text, from_at timestamptz,
  until_at timestamptz, why text)
returns text language plpgsql security definer set search_path = '' as $$
declare starts timestamptz := greatest(from_at, ctx.clock());
begin
  if not ctx.ok() or not ctx.still_gives(as_role) or not exists (select from ctx.partner_role_takers() t
    where t.id = to_account and t.role = as_role) then return 'refused'; end if;
  if exists (select from public.role_assignments r where r.account_id = to_account and r.role = as_role
    and r.starts_at < coalesce(until_at, 'infinity')
    and coalesce(r.ends_at, 'infinity') > starts) then return 'held'; end if;
  insert into public.role_assignments (id, account_id, organisation_id, role, starts_at, ends_at, assigned_by, reason)
    values (new_id, to_account, ctx.organisation(), as_role, starts, until_at, ctx.account(), why);
  return 'given';
end $$;
select pg_temp.as_definer('ctx.give_partner_role(uuid, uuid, text, timestamptz, timestamptz, text)', 'cc_web');

-- 'ended' at once (one to come never starts), or why not: 'over', 'refused'.
create or replace function ctx.end_partner_role(of_role uuid, why text)
returns text language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := ctx.clock();
  r public.role_assignments;
begin
  if not ctx.ok() or of_role not in (select ctx.endable_partner_roles()) then return 'refused'; end if;
  select * into r from public.role_assignments x where x.id = of_role for update;
  if not ctx.still_gives(r.role) then return 'refused'; end if;
  if r.ends_at <= at then return 'over'; end if;
  update public.role_assignments x set ends_at = greatest(at, x.starts_at), ended_by = ctx.account(), end_reason = why
    where x.id = of_role;
  return 'ended';
end $$;
select pg_temp.as_definer('ctx.end_partner_role(uuid, text)', 'cc_web');
