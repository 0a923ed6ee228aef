-- The life of accounts: acts, inactivity, departures, and who decides for whom (ACC).

-- A deliberate act, or a sign-in: counted to the hour. What is suspended for inactivity stays so until it is lifted
-- (ACC-5).
create or replace function ctx.record_act(of_account uuid)
returns void language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  -- A role that sleeps is not woken by coming back: it is given anew.
  update public.role_assignments r set seen_at = at where r.account_id = of_account and ctx.is_operators(r.role)
    and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
    and (r.seen_at is null or r.seen_at < at - interval '1 hour') and not ctx.role_sleeps(r, at);
  if ctx.inactive_at(of_account, at) then return; end if;
  insert into public.account_activity as known (account_id, organisation_id, last_act_at, first_at)
    select a.id, a.organisation_id, at, at from public.accounts a where a.id = of_account
    on conflict (account_id) do update set last_act_at = excluded.last_act_at,
      first_at = coalesce(known.first_at, least(known.last_act_at, known.lifted_at), excluded.first_at)
    where known.last_act_at is null or known.last_act_at < excluded.last_act_at - interval '1 hour';
end $$;
select pg_temp.as_definer('ctx.record_act(uuid)');

-- Lifts the suspension of someone one decides for, with a reason; inactivity starts again from now. False: there was
-- none to lift.
create or replace function ctx.lift_inactivity(of_account uuid, why text)
returns boolean language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if of_account not in (select ctx.decidable_accounts()) and of_account not in (select ctx.acted_on('lift')) then
    raise exception 'not for this viewer' using errcode = '42501'; end if;
  -- As it stands at this very instant: another may have lifted it while this transaction waited, after it had begun.
  if not ctx.inactive_at(of_account, at + (clock_timestamp() - now())) then return false; end if;
  insert into public.inactivity_spans (account_id, organisation_id, suspended_from, lifted_at, lifted_by, reason)
    select a.id, a.organisation_id, ((ctx.paris_day(ctx.inactivity_from(a.id,
      at)) + interval '2 months')::date + 1)::timestamp at time zone 'Europe/Paris', at, ctx.account(), why
      from public.accounts a where a.id = of_account;
  insert into public.account_activity as known (account_id, organisation_id, lifted_at, first_at)
    select a.id, a.organisation_id, at, at from public.accounts a where a.id = of_account
    on conflict (account_id) do update set lifted_at = excluded.lifted_at,
      first_at = coalesce(known.first_at, least(known.last_act_at, known.lifted_at), excluded.first_at);
  return true;
end $$;
select pg_temp.as_definer('ctx.lift_inactivity(uuid, text)', 'cc_web');

/*
 * Notes who is to be told today and says whom: at fourteen and at three days, and at the suspension; the same of roles
 * of the operator that sleep (SEC-6), but for the last officer, whose role never does. A job that was dead for days
 * tells the step that is reached, not those it missed. In the caller's transaction, with the mails. Whom to tell beside
 * the person is the application's to find.
 */
create or replace function ctx.note_inactivity()
returns table (account_id uuid, organisation_id uuid, due_on date, step text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  at timestamptz := ctx.clock();
  today date := ctx.paris_day(at);
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('note-inactivity', 0));
  return query
    with due (account_id, organisation_id, day, before, reached) as (
      select a.id, a.organisation_id, (ctx.paris_day(ctx.inactivity_from(a.id, at)) + interval '2 months')::date + 1,
        '', 'suspended' from public.accounts a
      where a.status = 'active' and exists (select from public.grants g where g.account_id = a.id
        and g.revoked_at is null and (g.ends_on is null or g.ends_on >= today))
      union all
      select r.account_id, r.organisation_id, ctx.paris_day(min(ctx.role_sleeps_from(r))), 'role-', 'role-asleep'
      from public.role_assignments r join public.accounts a on a.id = r.account_id and a.status = 'active'
      where ctx.is_operators(r.role) and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
        and not ctx.last_officer(r, at)
      group by r.account_id, r.organisation_id),
    told as (
      insert into public.inactivity_notices (account_id, organisation_id, due_on, step, told_at)
      select d.account_id, d.organisation_id, d.day, case when d.day <= today then d.reached
        when d.day <= today + 3 then d.before || 'three-days' else d.before || 'fourteen-days' end, at from due d
      where d.day <= today + 14
      on conflict do nothing returning inactivity_notices.account_id, inactivity_notices.organisation_id,
        inactivity_notices.due_on, inactivity_notices.step)
    select t.account_id, t.organisation_id, t.due_on, t.step from told t;
end $$;
select pg_temp.as_definer('ctx.note_inactivity()', 'cc_worker');

create or replace function ctx.purge_inactivity_notices()
returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select n.ctid as place, n.organisation_id as structure,
      ctx.is_held('inactivity', n.account_id, n.organisation_id) as held
    from public.inactivity_notices n
    where n.due_on < ctx.paris_day(ctx.clock()) - interval 'P1Y'
    for update of n),
  gone as (
    delete from public.inactivity_notices n using due where n.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('inactivity', 'inactivity_notices', 'P1Y',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_inactivity_notices()', 'cc_worker');

/*
 * A transaction's own instant is when it began: one that waited for another writes after it with an earlier instant.
 * The state written last is the last one in the history too, or an account would stay for ever what it was a moment
 * before.
 */
create or replace function ctx.keep_account_state()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := case when tg_op = 'INSERT' then least(new.created_at, ctx.clock()) else ctx.clock() end;
  latest timestamptz := (select max(s.from_at) from public.account_states s where s.account_id = new.id);
begin
  if latest > at then at := latest + interval '1 microsecond'; end if;
  insert into public.account_states as known (account_id, organisation_id, from_at, status, contract_ends_on)
  values (new.id, new.organisation_id, at, new.status, new.contract_ends_on)
  on conflict (account_id, from_at) do update set status = excluded.status,
    contract_ends_on = excluded.contract_ends_on;
  return null;
end $$;
select pg_temp.as_definer('ctx.keep_account_state()');

create or replace function ctx.date_function() returns trigger language plpgsql set search_path = '' as $$
begin
  new.function_since := ctx.clock();
  return new;
end $$;
revoke all on function ctx.date_function() from public;

-- One pseudonym an account, that says nothing of the person: shown wherever their name was.
create or replace function ctx.pseudonym(of_account uuid)
returns text language sql immutable parallel safe as $$ select 'n° ' || upper(substr(md5(of_account::text), 1, 6)) $$;

/*
 * All of it in one transaction. The names in `accounts` are what every page, file and report reads: with
 * them replaced, they show nowhere else. The account is deleted before what the trail said of it goes: the trigger
 * looks. The details of its opening and corrections hold its person's name and address: they are erased with the
 * departure, so that departed_people is the only mapping. The leaves stay true without them.
 */
create or replace function ctx.end_account(of_account uuid, cause text, why text, by_whom uuid)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := ctx.clock();
  sessions_ended int; grants_ended int; erased int;
begin
  -- What a hold keeps is left to its own purge, once the hold ends: no access, and nothing that goes on, stays with it.
  perform ctx.await_holds();
  insert into public.departed_people (account_id, organisation_id, given_name, family_name, email, function, cause,
    reason, left_at, recorded_by)
    select a.id, a.organisation_id, a.given_name, a.family_name, c.email, a.function, end_account.cause,
      why, at, by_whom
    from public.accounts a left join public.account_contacts c on c.account_id = a.id where a.id = of_account;
  update public.sessions s set ended_at = at, id_token = null where s.account_id = of_account and s.ended_at is null;
  get diagnostics sessions_ended = row_count;
  update public.grants g set revoked_at = at, revoked_by = by_whom, revoke_reason = why where g.account_id = of_account
    and g.revoked_at is null and (g.ends_on is null or g.ends_on >= ctx.paris_day(at));
  get diagnostics grants_ended = row_count;
  update public.role_assignments r set ends_at = greatest(r.starts_at, at) where r.account_id = of_account
    and (r.ends_at is null or r.ends_at > at);
  update public.grant_requests r set decided_at = at, decided_by = by_whom, decision = 'withdrawn',
    decision_reason = 'Compte supprimé' where r.account_id = of_account and r.decided_at is null;
  delete from public.account_identities x where x.account_id = of_account;
  delete from public.pending_links x where x.account_id = of_account and x.decided_at is null;
  delete from public.second_factors x where x.account_id = of_account;
  delete from public.recovery_codes x where x.account_id = of_account;
  delete from public.second_factor_failures x where x.account_id = of_account;
  delete from public.passwords x where x.account_id = of_account;
  delete from public.password_links x where x.account_id = of_account;
  delete from public.drafts x where x.account_id = of_account and not ctx.is_held('drafts', of_account, null);
  delete from public.view_pins x where x.account_id = of_account;
  delete from public.notifications x
    where x.account_id = of_account and not ctx.is_held('notifications', of_account, null);
  delete from public.notification_choices x where x.account_id = of_account;
  delete from public.view_watches x
    where x.account_id = of_account and not ctx.is_held('view-watches', of_account, null);
  update public.view_watches x set stopped_at = at, stopped_for = 'removed'
    where x.account_id = of_account and x.stopped_at is null;
  delete from public.saved_views x where x.owner_id = of_account and x.shared_with = 'nobody';
  delete from public.idempotency_keys x where x.account_id = of_account;
  delete from public.directory_entries x where x.account_id = of_account;
  delete from public.account_contacts x where x.account_id = of_account;
  delete from public.address_changes x
    where x.account_id = of_account and not ctx.is_held('address', of_account, null);
  update public.address_changes x set outcome = 'lapsed', settled_at = at
    where x.account_id = of_account and x.settled_at is null;
  update public.accounts a set status = 'deleted', status_reason = null, given_name = 'Ancien compte',
    family_name = ctx.pseudonym(of_account), version = a.version + 1 where a.id = of_account;
  delete from public.audit_details d using public.audit_entries e where not ctx.is_held('trail', of_account, null)
    and e.id = d.entry_id and e.subject_kind = 'account' and e.subject_id = of_account::text
    and e.action in ('account.opened', 'account.edited', 'address.asked', 'address.changed', 'address.refused');
  get diagnostics erased = row_count;
  perform ctx.count_purged('account', 'accounts', 'P0D',
    (select array_agg(a.organisation_id) from public.accounts a where a.id = of_account), null);
  return jsonb_build_object('pseudonym', 'Ancien compte ' || ctx.pseudonym(of_account), 'sessions', sessions_ended,
    'grants', grants_ended, 'erased', erased);
end $$;
select pg_temp.as_definer('ctx.end_account(uuid, text, text, uuid)');

-- For someone one decides for, or by an exceptional act of this transaction.
create or replace function ctx.record_departure(of_account uuid, cause text, why text)
returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  if of_account not in (select ctx.decidable_accounts()) and of_account not in (select ctx.acted_on('depart')) then
    raise exception 'not for this viewer' using errcode = '42501'; end if;
  return ctx.end_account(of_account, record_departure.cause, why, ctx.account());
end $$;
select pg_temp.as_definer('ctx.record_departure(uuid, text, text)', 'cc_web');

/*
 * Gives an ended account back within thirty days: the name, the address and the account come back; its grants are given
 * back one by one, checked as any (grants/resume-grant.ts). Identity and factors are gone: the person registers them
 * again. Says why not, else how many grants wait. Not of a departure declared to the security officer, whose date would
 * end the account again.
 */
create or replace function ctx.restore_account(of_account uuid)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock(); gone public.departed_people; waiting int;
begin
  perform from public.accounts a where a.id = of_account for update;
  select d.* into gone from public.departed_people d where d.account_id = of_account;
  if not found then return jsonb_build_object('refused', 'person/not-departed'); end if;
  if gone.left_at <= at - interval '30 days' then return jsonb_build_object('refused', 'person/undo-too-late'); end if;
  if exists (select from public.rgc_events x where x.account_id = of_account
    and x.ends_account and x.rights_end_at <= at and x.withdrawn_at is null) then
    return jsonb_build_object('refused', 'person/departure-declared'); end if;
  -- The end that a departure entered ahead had set goes with it. Their third party may have left meanwhile: the account
  -- ends with it, as those of its other people (ACC-1).
  update public.accounts a set status = 'active', given_name = gone.given_name, family_name = gone.family_name,
    version = a.version + 1,
      contract_ends_on = least(case when ahead.last_day = a.contract_ends_on then ahead.former_end
        else a.contract_ends_on end,
        (select t.ends_on from public.third_parties t where t.id = a.third_party_id))
    from (select 1) one left join lateral (select d.last_day, d.former_end from public.departures_to_come d
      where d.account_id = of_account and d.ended_at is not null order by d.ended_at desc limit 1) ahead on true
    where a.id = of_account;
  if gone.email is not null then
    insert into public.account_contacts (account_id, organisation_id, email)
      values (of_account, gone.organisation_id, gone.email) on conflict do nothing;
    if not found then raise exception 'the address opens another account'
      using errcode = '23505', constraint = 'departed_address_taken'; end if;
  end if;
  update public.grants g set suspended = true where g.account_id = of_account and g.revoked_at = gone.left_at
    and g.revoke_reason = gone.reason;
  get diagnostics waiting = row_count;
  insert into public.first_enrolments as known (account_id, open_until) values (of_account, at + interval '72 hours')
    on conflict (account_id) do update set open_until = excluded.open_until;
  delete from public.departed_people d where d.account_id = of_account;
  return jsonb_build_object('grants', waiting, 'days', extract(day from at - gone.left_at)::int);
end $$;
select pg_temp.as_definer('ctx.restore_account(uuid)');

-- Undoes a departure recorded on the wrong person, for someone one decides for.
create or replace function ctx.undo_departure(of_account uuid)
returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  if of_account not in (select ctx.decidable_accounts()) then raise exception 'not for this viewer'
    using errcode = '42501'; end if;
  return ctx.restore_account(of_account);
end $$;
select pg_temp.as_definer('ctx.undo_departure(uuid)', 'cc_web');

-- The declared departures that have come, of accounts that stand: those that ctx.end_departed ends.
create or replace function ctx.departures_come(at timestamptz)
returns setof public.rgc_events language plpgsql stable security definer set search_path = '' as $$
begin
  return query select distinct on (x.account_id) x.* from public.rgc_events x
    join public.accounts a on a.id = x.account_id
    where x.ends_account and x.withdrawn_at is null and x.rights_end_at <= at and a.status <> 'deleted'
      and not exists (select from public.role_assignments r where r.account_id = a.id and r.role = 'rgc'
        and r.starts_at <= at
        and (r.ends_at is null or r.ends_at > at or r.starts_at > x.declared_at and r.ends_at > x.rights_end_at))
    order by x.account_id, x.declared_at desc;
end $$;
select pg_temp.as_definer('ctx.departures_come(timestamptz)');

/*
 * Enters the departure of someone one decides for, of a day to come: their rights end with it, at midnight, whether or
 * not a job runs.
 * False: one is entered already. The end that the account had before is kept, for who undoes it.
 */
create or replace function ctx.enter_departure(new_id uuid, of_account uuid, last_day date, cause text, why text)
returns boolean language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare a public.accounts; at timestamptz := ctx.clock();
begin
  if not ctx.ok() or of_account not in (select ctx.decidable_accounts()) then raise exception 'not for this viewer'
    using errcode = '42501'; end if;
  select * into a from public.accounts x where x.id = of_account and x.status <> 'deleted' for update;
  if not found or enter_departure.last_day < ctx.paris_day(at) then return false; end if;
  insert into public.departures_to_come as d (id, account_id, organisation_id, last_day, cause, reason, former_end,
    entered_by, entered_at)
    values (new_id, a.id, a.organisation_id, enter_departure.last_day, enter_departure.cause, why, a.contract_ends_on,
      ctx.account(), at) on conflict do nothing;
  if not found then return false; end if;
  update public.accounts x set contract_ends_on = least(x.contract_ends_on, enter_departure.last_day),
    version = x.version + 1 where x.id = a.id;
  return true;
end $$;
select pg_temp.as_definer('ctx.enter_departure(uuid, uuid, date, text, text)', 'cc_web');

-- Undone before it took effect: the account has the end that it had before, unless another was set since. False: none
-- waits.
create or replace function ctx.cancel_departure(of_account uuid, why text)
returns boolean language plpgsql security definer set search_path = '' as $$
declare d public.departures_to_come; at timestamptz := ctx.clock();
begin
  if not ctx.ok() or of_account not in (select ctx.decidable_accounts()) then raise exception 'not for this viewer'
    using errcode = '42501'; end if;
  perform from public.accounts x where x.id = of_account for update;
  update public.departures_to_come x
    set cancelled_at = greatest(at, x.entered_at), cancelled_by = ctx.account(), cancel_reason = why
    where x.account_id = of_account and x.cancelled_at is null and x.ended_at is null returning * into d;
  if not found then return false; end if;
  update public.accounts x set contract_ends_on = case when x.contract_ends_on = d.last_day then d.former_end
    else x.contract_ends_on end, version = x.version + 1
    where x.id = of_account;
  return true;
end $$;
select pg_temp.as_definer('ctx.cancel_departure(uuid, text)', 'cc_web');

-- Ends the accounts whose departure entered ahead has come, in the name of who entered it, and says so in the trail.
-- With the address, for the reminder.
create or replace function ctx.end_departures_to_come()
returns table (account_id uuid, email text, last_day date) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock(); d record; gone jsonb;
begin
  for d in select x.*, c.email from public.departures_to_come x
    left join public.account_contacts c on c.account_id = x.account_id
    where x.cancelled_at is null and x.ended_at is null and x.last_day < ctx.paris_day(at) order by x.id loop
    perform from public.accounts a where a.id = d.account_id for update;
    -- Undone, or ended, while this one waited.
    continue when not exists (select from public.departures_to_come x where x.id = d.id and x.cancelled_at is null
      and x.ended_at is null);
    perform ctx.officers_one_at_a_time(d.account_id);
    continue when ctx.irreplaceable_roles(d.account_id, true, at) <> '{}';
    update public.departures_to_come x set ended_at = at where x.id = d.id;
    continue when exists (select from public.accounts a where a.id = d.account_id and a.status = 'deleted');
    gone := ctx.end_account(d.account_id, d.cause, d.reason, d.entered_by);
    perform ctx.say_departed(d.account_id, d.organisation_id, jsonb_build_object('cause', d.cause, 'departure', d.id,
      'grants', gone -> 'grants', 'sessions', gone -> 'sessions', 'erased', gone -> 'erased'));
    account_id := d.account_id; email := d.email; last_day := d.last_day;
    return next;
  end loop;
end $$;
select pg_temp.as_definer('ctx.end_departures_to_come()', 'cc_worker');

-- The entry of the trail of an account that ended without anybody's act on that day.
create or replace function ctx.say_departed(of_account uuid, of_organisation uuid, said jsonb)
returns void language plpgsql security definer set search_path = '' as $$
declare entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16);
begin
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    values (entry, ctx.clock(), null, of_organisation, 'account.departed', 'account', of_account::text, '', '',
      public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
end $$;
select pg_temp.as_definer('ctx.say_departed(uuid, uuid, jsonb)');

/*
 * The account managers whose declared departure has come: their account ends, in the name of whoever declared it, and
 * the trail says so (RGC-6, ACC-6). Not of someone who holds that role again, nor of who was designated anew since and
 * held it past that departure.
 * With the address, for the reminder.
 */
create or replace function ctx.end_departed()
returns table (account_id uuid, email text, last_day date) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  at timestamptz := ctx.clock();
  e record; gone jsonb;
begin
  for e in select x.*, c.email from ctx.departures_come(at) x
    left join public.account_contacts c on c.account_id = x.account_id order by x.account_id loop
    perform from public.accounts a where a.id = e.account_id and a.status <> 'deleted' for update;
    continue when not found; -- ended meanwhile
    -- The last CSSI or administrator waits for another: the role in the structure ended at its hour all the same.
    perform ctx.officers_one_at_a_time(e.account_id);
    continue when ctx.irreplaceable_roles(e.account_id, true, at) <> '{}';
    gone := ctx.end_account(e.account_id, case e.kind when 'depart' then 'departure' else 'change-of-function' end,
      'Départ déclaré au correspondant sécurité (CSSI)', e.declared_by);
    perform ctx.say_departed(e.account_id, e.organisation_id, jsonb_build_object('cause', e.kind, 'event', e.id,
      'grants', gone -> 'grants', 'sessions', gone -> 'sessions', 'erased', gone -> 'erased'));
    account_id := e.account_id; email := e.email; last_day := ctx.paris_day(e.rights_end_at - interval '1 second');
    return next;
  end loop;
end $$;
select pg_temp.as_definer('ctx.end_departed()', 'cc_worker');

/*
 * The accounts that stay though a departure has come, declared or entered ahead: they hold alone a role without which
 * nobody lifts a block or gives a role. One line an account, the declared one first.
 */
create or replace function ctx.departures_waiting(at timestamptz)
returns table (account_id uuid, organisation_id uuid, event_id uuid, departure_id uuid, roles text[], last_day date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select distinct on (w.account_id) w.account_id, w.organisation_id, w.event_id, w.departure_id, r.roles,
    w.last_day from (
      select x.account_id, x.organisation_id, x.id as event_id, null::uuid as departure_id,
        ctx.paris_day(x.rights_end_at - interval '1 second') as last_day from ctx.departures_come(at) x
      union all
      select d.account_id, d.organisation_id, null::uuid, d.id, d.last_day from public.departures_to_come d
        where d.cancelled_at is null and d.ended_at is null and d.last_day < ctx.paris_day(at)) w
    cross join lateral (select ctx.irreplaceable_roles(w.account_id, true, at) as roles) r
    where r.roles <> '{}' order by w.account_id, w.event_id nulls last;
end $$;
select pg_temp.as_definer('ctx.departures_waiting(timestamptz)');

/*
 * Those of them that are not told yet, or of other roles or another departure than were told. The trail says it. To be
 * called after ctx.end_departed and ctx.end_departures_to_come.
 */
create or replace function ctx.hold_departed()
returns table (account_id uuid, organisation_id uuid, roles text[], last_day date, declared boolean)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  at timestamptz := ctx.clock();
  e record; entry uuid; salt bytea; said jsonb;
begin
  delete from public.departures_held h
    where not exists (select from ctx.departures_waiting(at) x where x.account_id = h.account_id);
  for e in with held as (
      insert into public.departures_held as h (account_id, event_id, departure_id, roles, told_at)
        select x.account_id, x.event_id, x.departure_id, x.roles, at from ctx.departures_waiting(at) x
        order by x.account_id
        on conflict (account_id) do update set event_id = excluded.event_id, departure_id = excluded.departure_id,
          roles = excluded.roles, told_at = excluded.told_at
          where (h.event_id, h.departure_id, h.roles) is distinct from (excluded.event_id, excluded.departure_id,
            excluded.roles) returning h.*)
      select x.* from held h join ctx.departures_waiting(at) x on x.account_id = h.account_id order by h.account_id loop
    entry := gen_random_uuid(); salt := extensions.gen_random_bytes(16);
    said := jsonb_strip_nulls(jsonb_build_object('event', e.event_id, 'departure', e.departure_id, 'roles',
      to_jsonb(e.roles)));
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      request_id, detail_digest)
      values (entry, at, null, e.organisation_id, 'account.departure-held', 'account', e.account_id::text, '', '',
        public.audit_detail_digest(salt, said));
    insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
    account_id := e.account_id; organisation_id := e.organisation_id; roles := e.roles; last_day := e.last_day;
    declared := e.event_id is not null;
    return next;
  end loop;
end $$;
select pg_temp.as_definer('ctx.hold_departed()', 'cc_worker');

-- Those that one decides for, or may replace: shown on the page of the person and on that of the roles.
create or replace function ctx.departures_shown()
returns table (account_id uuid, roles text[], last_day date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select w.account_id, w.roles, w.last_day from ctx.departures_waiting(ctx.clock()) w
    where ctx.holds_role('administrateur') or ctx.holds_role('cssi')
      or w.organisation_id = ctx.organisation() and (ctx.holds_role('rgc') or ctx.holds_role('signataire'));
end $$;
select pg_temp.as_definer('ctx.departures_shown()', 'cc_web');

-- Who stands behind a pseudonym, for the account managers of the structure and the security officer who answers for it.
-- The SQL twin of mayReadIdentity in server/people-and-rights/pseudonyms/pseudonyms.policy.ts.
create or replace function ctx.departed_behind(of_pseudonym text)
returns table (account_id uuid, organisation_id uuid, organisation_name text, name text, function text,
  left_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select d.account_id, d.organisation_id, o.name, d.given_name || ' ' || d.family_name,
    d.function, d.left_at
    from public.departed_people d join public.organisations o on o.id = d.organisation_id
    where ctx.pseudonym(d.account_id) = of_pseudonym
      and (ctx.holds_role('rgc') and d.organisation_id = ctx.organisation() or ctx.officer_for(d.organisation_id))
    order by d.left_at desc, d.account_id;
end $$;
select pg_temp.as_definer('ctx.departed_behind(text)', 'cc_web');

-- Every night: those who left over three years ago are nobody any more.
create or replace function ctx.purge_departed() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select d.ctid as place, d.organisation_id as structure,
      ctx.is_held('departed', d.account_id, d.organisation_id) as held
    from public.departed_people d
    where d.left_at < ctx.clock() - interval 'P3Y'
    for update of d),
  gone as (
    delete from public.departed_people d using due where d.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('departed', 'departed_people', 'P3Y',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_departed()', 'cc_worker');

-- The account managers of one's organisation, designated and not ended, whether or not their role is in effect.
create or replace function ctx.managers()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select r.account_id from public.role_assignments r
    where r.organisation_id = ctx.organisation() and r.role = 'rgc' and r.starts_at <= ctx.clock()
      and (r.ends_at is null or r.ends_at > ctx.clock());
end $$;
select pg_temp.as_definer('ctx.managers()', 'cc_web');

-- Those of them whom a deed still names; of the operator, all. The role that a past convention left binds nobody: its
-- holder is deleted or changed as anyone.
create or replace function ctx.still_managers()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select m.id from (select distinct ctx.managers() as id) m join public.accounts a on a.id = m.id
    join public.organisations o on o.id = a.organisation_id
    where o.kind = 'operateur' or ctx.named_still(m.id, ctx.clock());
end $$;
select pg_temp.as_definer('ctx.still_managers()', 'cc_web');

-- Those of them whose role is in effect: who can act today.
create or replace function ctx.managers_in_effect()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select m.id from (select distinct ctx.managers() as id) m
    where exists (select from ctx.effective_roles(m.id, ctx.clock()) e where e.role = 'rgc');
end $$;
select pg_temp.as_definer('ctx.managers_in_effect()', 'cc_web');

/*
 * The accounts that the viewer decides for (ACC-4): an account manager, every other of the organisation; its signatory,
 * an account manager who has no other beside them in effect. Never one's own. The SQL twin of mayDecide in
 * server/people-and-rights/accounts/accounts.policy.ts.
 */
create or replace function ctx.decidable_accounts()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare
  own uuid := ctx.organisation();
  me uuid := ctx.account();
  in_effect uuid[];
begin
  if not ctx.ok() then return; end if;
  if ctx.holds_role('rgc') then
    return query select a.id from public.accounts a where a.organisation_id = own and a.id <> me;
  elsif ctx.holds_role('signataire') then
    select coalesce(array_agg(m.id), '{}') into in_effect from ctx.managers_in_effect() m (id);
    return query select m.id from (select distinct ctx.managers() as id) m where m.id <> me
      and array_remove(in_effect, m.id) = '{}';
  end if;
end $$;
select pg_temp.as_definer('ctx.decidable_accounts()', 'cc_web');

-- Which of these addresses open an account already: one's own organisation's, with its account, or another's, without a
-- word about whose.
-- Neither an address that one's own shares with another, nor one whose person accepted an account here, is another's.
create or replace function ctx.addresses_taken(emails text[])
returns table (email text, account_id uuid) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not ctx.holds_role('rgc') then return; end if;
  return query select c.email, case when c.organisation_id = ctx.organisation() then c.account_id end
    from public.account_contacts c where c.email = any (emails)
    and (c.organisation_id = ctx.organisation()
      or not ctx.address_shared_with(c.email, ctx.organisation())
        and not exists (select from public.account_contacts k where k.email = c.email
          and k.organisation_id = ctx.organisation()));
end $$;
select pg_temp.as_definer('ctx.addresses_taken(text[])', 'cc_web');

-- The mailbox that an address reaches. The SQL twin is of mailboxOf in
-- server/people-and-rights/accounts/mailbox-rules.ts.
create or replace function mailbox_of(address text) returns text language sql immutable parallel safe strict
  as $$ select replace(split_part(split_part(a, '@', 1), '+', 1), '.', '') || '@' || split_part(a, '@', 2)
    from lower(normalize(address, NFKC)) a $$;
revoke all on function mailbox_of(text) from public;
grant execute on function mailbox_of(text) to cc_owner, cc_definer, cc_web;

-- Whoever writes an address, its mailbox goes with it: one mailbox, one person in a structure (ACC-4, SEC-1).
create or replace function keep_mailbox() returns trigger language plpgsql set search_path = '' as $$
begin
  new.mailbox := public.mailbox_of(new.email);
  return new;
end $$;

-- Of these addresses, those that reach the mailbox of an account of one's own structure under another address.
create or replace function ctx.mailboxes_taken(emails text[])
returns table (email text, account_id uuid) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not ctx.holds_role('rgc') then return; end if;
  return query select asked.email, c.account_id from unnest(emails) asked (email)
    join public.account_contacts c on c.organisation_id = ctx.organisation()
      and c.mailbox = public.mailbox_of(asked.email) and c.email <> asked.email;
end $$;
select pg_temp.as_definer('ctx.mailboxes_taken(text[])', 'cc_web');

-- Ends every session of someone one decides for.
create or replace function ctx.end_sessions_of(of_account uuid)
returns int language plpgsql security definer set search_path = '' as $$
declare ended int;
begin
  if of_account not in (select ctx.decidable_accounts()) and of_account not in (select ctx.acted_on('suspend')) then
    raise exception 'not for this viewer' using errcode = '42501'; end if;
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.account_id = of_account
    and s.ended_at is null;
  get diagnostics ended = row_count;
  return ended;
end $$;
select pg_temp.as_definer('ctx.end_sessions_of(uuid)', 'cc_web');

-- Files of people that nobody confirmed within a day: the names they hold go, also when no other file follows.
create or replace function ctx.purge_imports() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select i.ctid as place, i.organisation_id as structure,
      ctx.is_held('imports', i.checked_by, i.organisation_id) as held
    from public.account_imports i
    where i.confirmed_at is null and i.checked_at < ctx.clock() - interval 'P1D'
    for update of i),
  gone as (
    delete from public.account_imports i using due where i.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('imports', 'account_imports', 'P1D',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_imports()', 'cc_worker');

/*
 * The first persons of a partner, while none of its account managers is in effect: its signatory, and whom a deed names
 * that is neither abandoned nor refused, nor followed by one that names others (ACC-16). Empty: nobody comes in by the
 * operator.
 */
create or replace function ctx.first_of(of_account uuid)
returns text[] language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  return coalesce((select array_remove(array[
      case when exists (select from public.role_assignments r where r.account_id = a.id
        and r.organisation_id = a.organisation_id and r.role = 'signataire'
        and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)) then 'signatory' end,
      case when exists (select from public.rgc_members m join public.rgc_deeds d on d.id = m.deed_id
        and d.organisation_id = a.organisation_id and d.abandoned_at is null
        where m.account_id = a.id and ctx.of_current_convention(d.convention_id, at)
          and not exists (select from public.rgc_decisions x where x.deed_id = d.id and x.kind = 'refus')
          and not exists (select from public.rgc_deeds later where later.convention_id = d.convention_id
            and later.sent_at > d.sent_at and ctx.deed_in_force(later, at)
            and not exists (select from public.rgc_members n where n.deed_id = later.id
              and n.account_id = a.id))) then 'named' end], null)
    from public.accounts a join public.organisations o on o.id = a.organisation_id and o.kind <> 'operateur'
    where a.id = of_account and a.status <> 'deleted'
      and not exists (select from public.role_assignments r where r.organisation_id = o.id and r.role = 'rgc'
      and exists (select from ctx.effective_roles(r.account_id, at) e where e.role = 'rgc'))), '{}');
end $$;
select pg_temp.as_definer('ctx.first_of(uuid)');

-- Helps a first person in: the signatory, the regional direction; whom a deed names, the security officer of that
-- structure. Never oneself. The SQL twin of helpsFirst in server/signing-in/sign-in-help/sign-in-help.policy.ts.
create or replace function ctx.helps_first(of_account uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare own uuid; first text[];
begin
  if not ctx.ok() or of_account = ctx.account() then return false; end if;
  if ctx.regions() = '{}' and not ctx.holds_role('cssi') and ctx.role_regions('cssi') = '{}' then return false; end if;
  own := (select a.organisation_id from public.accounts a where a.id = of_account);
  first := ctx.first_of(of_account);
  return coalesce('signatory' = any (first) and ctx.region_of(own, ctx.clock()) = any (ctx.regions())
    or 'named' = any (first) and ctx.officer_for(own), false);
end $$;
select pg_temp.as_definer('ctx.helps_first(uuid)', 'cc_web');

/*
 * Helping a person who lost a factor is the account manager's, for those of their own structure; for an account
 * manager, the security officer's of the operator, or of their region; for the first persons of a structure,
 * ctx.helps_first. Never for oneself.
 * The SQL twin of mayHelp in server/signing-in/sign-in-help/sign-in-help.policy.ts.
 */
create or replace function ctx.may_help(of_account uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare subject record;
begin
  if not ctx.ok() or of_account = ctx.account() then return false; end if;
  select a.organisation_id, exists (select from public.role_assignments r where r.account_id = a.id and r.role = 'rgc'
    and r.starts_at <= ctx.clock() and (r.ends_at is null or r.ends_at > ctx.clock())) as manages
    into subject from public.accounts a where a.id = of_account and a.status <> 'deleted';
  if not found then return false; end if;
  if of_account in (select ctx.acted_on('reset-second-factors'))
    or ctx.helps_first(of_account) then return true; end if;
  return case when subject.manages then ctx.officer_for(subject.organisation_id) else ctx.holds_role('rgc')
    and subject.organisation_id = ctx.organisation() end;
end $$;
select pg_temp.as_definer('ctx.may_help(uuid)', 'cc_web');

create or replace function ctx.person_to_help(of_account uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return null; end if;
  return (select jsonb_build_object('accountId', a.id, 'name', a.given_name || ' ' || a.family_name,
    'organisationId', a.organisation_id, 'organisationName', o.name, 'status', a.status, 'passwordAllowed',
    ctx.password_allowed(a.organisation_id),
      'manages', exists (select from public.role_assignments r where r.account_id = a.id and r.role = 'rgc'
        and r.starts_at <= ctx.clock() and (r.ends_at is null or r.ends_at > ctx.clock())),
      'first', ctx.first_of(a.id), 'regionId', ctx.region_of(a.organisation_id, ctx.clock()),
      'factors', case when ctx.may_help(a.id) then (select count(*) from public.second_factors f
        where f.account_id = a.id) end,
      'hasPassword', case when ctx.may_help(a.id) then exists (select from public.passwords p
        where p.account_id = a.id) end)
    from public.accounts a join public.organisations o on o.id = a.organisation_id where a.id = of_account
      and a.status <> 'deleted');
end $$;
select pg_temp.as_definer('ctx.person_to_help(uuid)', 'cc_web');

/*
 * The next people to remind that confidentiality never ends (PRI-7): their contract ended, or the last convention of
 * their structure, within a month; they held an access, and were not reminded since. Who left before the convention
 * ended was reminded then.
 */
create or replace function ctx.leavers_to_remind(most int)
returns table (account_id uuid, cause text, leaves_on date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock(); today date := ctx.paris_day(at);
begin
  return query
    select distinct on (l.id) l.id, l.cause, l.last_day from (
      select a.id, 'contract' as cause, a.contract_ends_on as last_day,
        (a.contract_ends_on + 1)::timestamp at time zone 'Europe/Paris' as ended_at
      from public.accounts a
      where a.status <> 'deleted' and a.contract_ends_on < today
        and a.contract_ends_on >= ctx.paris_day(at - interval '1 month')
      union all
      select a.id, 'convention', ctx.paris_day(c.ends_at - interval '1 microsecond'), c.ends_at
      from public.conventions c join public.accounts a on a.organisation_id = c.organisation_id
        and a.status <> 'deleted'
      where c.effective_from is not null and c.ends_at <= at and c.ends_at > at - interval '1 month'
        and not ctx.in_force(c.organisation_id, at)
        and (a.contract_ends_on is null or a.contract_ends_on >= ctx.paris_day(c.ends_at - interval '1 microsecond'))) l
    where exists (select from public.account_contacts k where k.account_id = l.id)
      and (exists (select from public.grants g where g.account_id = l.id)
        or exists (select from public.role_assignments r where r.account_id = l.id))
      and not exists (select from public.mails m where m.to_account_id = l.id and m.kind = 'confidentiality-reminder'
        and m.created_at >= l.ended_at)
    order by l.id, l.ended_at limit most;
end $$;
select pg_temp.as_definer('ctx.leavers_to_remind(int)', 'cc_worker');
