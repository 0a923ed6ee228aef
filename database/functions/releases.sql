-- The release of an address that a former structure keeps (ACC-16): asked, answered, settled by the security officer.

-- Asks for it, as account manager. Says why not; null: it waits. Nothing tells where the person works (a refused
-- opening tells no more).
-- Of each account that has it: each structure answers for its own.
create or replace function ctx.ask_address_release(id uuid, wanted text, given text, family text, why text)
returns text language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.holds_role('rgc') then raise exception 'not for this viewer'
    using errcode = '42501'; end if;
  if not exists (select from public.account_contacts k
    where k.email = lower(wanted)) then return 'release/free'; end if;
  if exists (select from public.account_contacts k where k.email = lower(wanted)
    and k.organisation_id = ctx.organisation()) then return 'release/own-structure'; end if;
  insert into public.address_releases (id, account_id, former_id, asker_id, email, given_name, family_name, reason,
    asked_by, asked_at)
    select case when k.beside_id is null then ask_address_release.id else gen_random_uuid() end, k.account_id,
      k.organisation_id, ctx.organisation(), k.email, given, family, why, ctx.account(), ctx.clock()
    from public.account_contacts k where k.email = lower(wanted)
    on conflict (asker_id, account_id) where settled_at is null do nothing;
  return case when found then null else 'release/asked' end;
end $$;
select pg_temp.as_definer('ctx.ask_address_release(uuid, text, text, text, text)', 'cc_web');

-- What the viewer may take back: what their structure asked. The SQL twin of mayWithdraw in
-- server/people-and-rights/releases/releases.policy.ts, as the next ones are of their own.
create or replace function ctx.withdrawable_releases()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select r.id from public.address_releases r
    where r.settled_at is null
      and r.asker_id = ctx.organisation()
      and ctx.holds_role('rgc');
end $$;
select pg_temp.as_definer('ctx.withdrawable_releases()', 'cc_web');

-- What the viewer may contest, once: they manage the accounts of the former structure, or sign for it.
-- The person never may. The twin of mayContest.
create or replace function ctx.contestable_releases()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select r.id from public.address_releases r
    where r.settled_at is null
      and r.contested_at is null
      and r.former_id = ctx.organisation()
      and r.account_id <> ctx.account()
      and (ctx.holds_role('rgc') or ctx.holds_role('signataire'));
end $$;
select pg_temp.as_definer('ctx.contestable_releases()', 'cc_web');

-- What the viewer may refuse, as security officer of a former structure that is not their own.
-- Who asked for it never may. The twin of maySettle.
create or replace function ctx.settleable_releases()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select r.id from public.address_releases r
    where r.settled_at is null
      and r.former_id <> ctx.organisation()
      and r.asked_by <> ctx.account()
      and ctx.officer_for(r.former_id);
end $$;
select pg_temp.as_definer('ctx.settleable_releases()', 'cc_web');

-- The former structure was heard: it answered, had three days to, or has no account manager who can. The twin of
-- isHeard.
create or replace function ctx.release_heard(r public.address_releases, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return r.contested_at is not null
    or coalesce(r.told_at <= at - interval '3 days', false)
    or ctx.managers_beside(r.account_id) = 0;
end $$;
select pg_temp.as_definer('ctx.release_heard(public.address_releases, timestamptz)');

-- What the viewer may release: once the former structure was heard. The twin of mayRelease.
create or replace function ctx.releasable_releases()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select r.id from public.address_releases r
    where r.id in (select ctx.settleable_releases())
      and ctx.release_heard(r, ctx.clock());
end $$;
select pg_temp.as_definer('ctx.releasable_releases()', 'cc_web');

/*
 * Those that wait, and those settled within the month, each with what its reader may know.
 * The asking structure reads neither the account nor where it is. The former one reads neither who asks nor what for.
 * The security officer reads both. The twin of sideOf.
 */
create or replace function ctx.releases_shown()
returns table (id uuid, side text, email text, account_id uuid, former_id uuid, asker_id uuid, asked_by_id uuid,
  person jsonb, function text,
  former jsonb, asker jsonb, asked_for text, reason text, asked_by jsonb, asked_at timestamptz, told_at timestamptz,
  contested_at timestamptz, contest_reason text, other_managers int, settled_at timestamptz, outcome text,
    settle_reason text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query
    with seen as (
      select r.*, case
          when r.former_id <> ctx.organisation() and r.asked_by <> ctx.account()
            and ctx.officer_for(r.former_id) then 'officer'
          when r.former_id = ctx.organisation() and r.account_id <> ctx.account()
            and (ctx.holds_role('rgc') or ctx.holds_role('signataire')) then 'former'
          when r.asker_id = ctx.organisation() and ctx.holds_role('rgc') then 'asker' end as side
        from public.address_releases r
        where r.settled_at is null or r.settled_at > ctx.clock() - interval '30 days')
    select s.id, s.side, s.email,
      case when s.side <> 'asker' then s.account_id end,
      case when s.side <> 'asker' then s.former_id end,
      case when s.side <> 'former' then s.asker_id end,
      case when s.side <> 'former' then s.asked_by end,
      case when s.side <> 'asker' then jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
        'organisationId', a.organisation_id) end,
      case when s.side <> 'asker' then a.function end,
      case when s.side <> 'asker' then jsonb_build_object('id', f.id, 'name', f.name, 'kind', f.kind) end,
      case when s.side <> 'former' then jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) end,
      case when s.side <> 'former' then s.given_name || ' ' || s.family_name end,
      case when s.side <> 'former' then s.reason end,
      case when s.side <> 'former' then jsonb_build_object('id', b.id, 'name', b.given_name || ' ' || b.family_name,
        'organisationId', b.organisation_id) end,
      s.asked_at,
      case when s.side <> 'asker' then s.told_at end,
      case when s.side <> 'asker' then s.contested_at end,
      case when s.side <> 'asker' then s.contest_reason end,
      case when s.side = 'officer' then ctx.managers_beside(s.account_id) else 0 end,
      s.settled_at, s.outcome,
      case when s.side <> 'former' or s.outcome = 'released' then s.settle_reason end
    from seen s
      join public.accounts a on a.id = s.account_id
      join public.organisations f on f.id = s.former_id
      join public.organisations o on o.id = s.asker_id
      join public.accounts b on b.id = s.asked_by
    where s.side is not null;
end $$;
select pg_temp.as_definer('ctx.releases_shown()', 'cc_web');

create or replace function ctx.contest_address_release(of_release uuid, why text)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then return false; end if;
  perform from public.address_releases r where r.id = of_release for update;
  if of_release not in (select ctx.contestable_releases()) then return false; end if;
  update public.address_releases r
    set contested_at = greatest(ctx.clock(), r.asked_at), contested_by = ctx.account(), contest_reason = why
    where r.id = of_release;
  return true;
end $$;
select pg_temp.as_definer('ctx.contest_address_release(uuid, text)', 'cc_web');

/*
 * Settles one. Once released, the act in the place of the former structure's account managers is written.
 * That act opens the departure of the account in this transaction (ctx.acted_on).
 * False: settled meanwhile, the address is no longer that account's, or not this viewer's to settle.
 */
create or replace function ctx.settle_address_release(of_release uuid, said text, why text, act_id uuid)
returns boolean language plpgsql security definer set search_path = '' as $$
declare r public.address_releases;
begin
  if not ctx.ok() then return false; end if;
  perform from public.accounts a
    where a.id = (select x.account_id from public.address_releases x where x.id = of_release) for update;
  select x.* into r from public.address_releases x where x.id = of_release for update;
  if not (case said
      when 'withdrawn' then of_release in (select ctx.withdrawable_releases())
      when 'refused' then of_release in (select ctx.settleable_releases())
      when 'released' then of_release in (select ctx.releasable_releases())
        and exists (select from public.account_contacts k where k.account_id = r.account_id and k.email = r.email)
      else false end) then return false; end if;
  update public.address_releases x
    set outcome = said, settled_at = greatest(ctx.clock(), x.asked_at), settled_by = ctx.account(), settle_reason = why
    where x.id = of_release;
  if said = 'released' then
    insert into public.exceptional_acts (id, account_id, organisation_id, act, ground, reason, done_by, done_at)
      values (act_id, r.account_id, r.former_id, 'depart', 'necessity', why, ctx.account(), ctx.clock());
  end if;
  return true;
end $$;
select pg_temp.as_definer('ctx.settle_address_release(uuid, text, text, uuid)', 'cc_web');

-- How many wait for the viewer: to answer as the former structure, or to settle.
create or replace function ctx.count_releases_waiting()
returns int language plpgsql stable security definer set search_path = '' as $$
begin
  return (select count(*)::int from (select ctx.contestable_releases() union select ctx.settleable_releases()) w);
end $$;
select pg_temp.as_definer('ctx.count_releases_waiting()', 'cc_web');

-- By the worker, which writes to both sides: who asks writes to nobody there, and learns nothing of it. Each is said
-- once.
create or replace function ctx.releases_to_tell()
returns table (id uuid, account_id uuid, former_id uuid) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query update public.address_releases r set told_at = greatest(ctx.clock(), r.asked_at)
    where r.told_at is null and r.settled_at is null
    returning r.id, r.account_id, r.former_id;
end $$;
select pg_temp.as_definer('ctx.releases_to_tell()', 'cc_worker');

-- By the worker: the address left that account meanwhile, by a departure or for another one. The asking structure is
-- told once.
create or replace function ctx.free_address_releases()
returns table (id uuid, asked_by uuid) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query update public.address_releases r set outcome = 'freed', settled_at = greatest(ctx.clock(), r.asked_at)
    where r.settled_at is null
      and not exists (select from public.account_contacts k where k.account_id = r.account_id and k.email = r.email)
    returning r.id, r.asked_by;
end $$;
select pg_temp.as_definer('ctx.free_address_releases()', 'cc_worker');

-- Every night: what was settled a month ago is forgotten with its address and names.
create or replace function ctx.purge_address_releases()
returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select r.ctid as place, r.account_id as account,
      ctx.is_held('release', r.account_id, null) as held
    from public.address_releases r
    where r.settled_at < ctx.clock() - interval 'P30D'
    for update of r),
  gone as (
    delete from public.address_releases r using due where r.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('release', 'address_releases', 'P30D',
      ctx.structures_of(array_agg(due.account) filter (where gone.place is not null)),
      ctx.structures_of(array_agg(due.account) filter (where due.held)))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_address_releases()', 'cc_worker');
