-- What two acts at once, or one over another, left possible in the rooms of accounts, reviews and passwords.

/*
 * A transaction's own instant is when it began: one that waited for another writes after it with an earlier instant. The state written last is the last one in the
 * history too, or an account would stay for ever what it was a moment before.
 */
create or replace function ctx.keep_account_state() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := case when tg_op = 'INSERT' then least(new.created_at, ctx.clock()) else ctx.clock() end;
  latest timestamptz := (select max(s.from_at) from public.account_states s where s.account_id = new.id);
begin
  if latest > at then at := latest + interval '1 microsecond'; end if;
  insert into public.account_states as known (account_id, organisation_id, from_at, status, contract_ends_on)
  values (new.id, new.organisation_id, at, new.status, new.contract_ends_on)
  on conflict (account_id, from_at) do update set status = excluded.status, contract_ends_on = excluded.contract_ends_on;
  return null;
end $$;

-- Policies of one command add up: each says whose row it is on both sides, or who asked would accept what another decides. What is settled stays so.
drop policy decide on grant_requests;
drop policy withdraw on grant_requests;
create policy decide on grant_requests for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and decided_at is null and account_id in (select ctx.decidable_accounts()))
  with check ((select ctx.ok()) and decided_by = (select ctx.account()) and account_id in (select ctx.decidable_accounts()));
create policy withdraw on grant_requests for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and decided_at is null and asked_by = (select ctx.account()))
  with check ((select ctx.ok()) and decided_by = (select ctx.account()) and asked_by = (select ctx.account()) and decision = 'withdrawn');
drop policy settle on grants;
create policy settle on grants for update to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and revoked_at is null and account_id in (select ctx.decidable_accounts()))
  with check ((select ctx.ok()) and revoked_by = (select ctx.account()) and revoked_at is not null);

-- An address leaves its account by ctx.record_departure alone.
drop policy decide on account_contacts;
revoke delete on account_contacts from cc_web;

/*
 * The details of an account's opening and corrections hold its person's name and address: they are erased with the departure, so that departed_people is the only mapping.
 * The leaves stay true without them.
 */
grant delete on audit_details to cc_definer;
create or replace function ctx.record_departure(of_account uuid, cause text, why text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := ctx.clock();
  me uuid := ctx.account();
  sessions_ended int; grants_ended int; erased int;
begin
  if of_account not in (select ctx.decidable_accounts()) then raise exception 'not for this viewer' using errcode = '42501'; end if;
  insert into public.departed_people (account_id, organisation_id, given_name, family_name, email, function, cause, reason, left_at, recorded_by)
    select a.id, a.organisation_id, a.given_name, a.family_name, c.email, a.function, record_departure.cause, why, at, me
    from public.accounts a left join public.account_contacts c on c.account_id = a.id where a.id = of_account;
  update public.sessions s set ended_at = at, id_token = null where s.account_id = of_account and s.ended_at is null;
  get diagnostics sessions_ended = row_count;
  update public.grants g set revoked_at = at, revoked_by = me, revoke_reason = why where g.account_id = of_account and g.revoked_at is null and (g.ends_on is null or g.ends_on >= ctx.paris_day(at));
  get diagnostics grants_ended = row_count;
  update public.role_assignments r set ends_at = greatest(r.starts_at, at) where r.account_id = of_account and (r.ends_at is null or r.ends_at > at);
  update public.grant_requests r set decided_at = at, decided_by = me, decision = 'withdrawn', decision_reason = 'Compte supprimé' where r.account_id = of_account and r.decided_at is null;
  delete from public.account_identities x where x.account_id = of_account;
  delete from public.pending_links x where x.account_id = of_account and x.decided_at is null;
  delete from public.second_factors x where x.account_id = of_account;
  delete from public.recovery_codes x where x.account_id = of_account;
  delete from public.second_factor_failures x where x.account_id = of_account;
  delete from public.passwords x where x.account_id = of_account;
  delete from public.password_links x where x.account_id = of_account;
  delete from public.drafts x where x.account_id = of_account;
  delete from public.idempotency_keys x where x.account_id = of_account;
  delete from public.account_contacts x where x.account_id = of_account;
  delete from public.audit_details d using public.audit_entries e where e.id = d.entry_id and e.subject_kind = 'account' and e.subject_id = of_account::text and e.action in ('account.opened', 'account.edited');
  get diagnostics erased = row_count;
  update public.accounts a set status = 'deleted', status_reason = null, given_name = 'Ancien compte', family_name = ctx.pseudonym(of_account), version = a.version + 1 where a.id = of_account;
  return jsonb_build_object('pseudonym', 'Ancien compte ' || ctx.pseudonym(of_account), 'sessions', sessions_ended, 'grants', grants_ended, 'erased', erased);
end $$;

-- Files of people that nobody confirmed within a day: the names they hold go, also when no other file follows.
create function ctx.purge_imports() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  delete from public.account_imports i where i.confirmed_at is null and i.checked_at < ctx.clock() - interval '1 day';
  get diagnostics purged = row_count;
  return purged;
end $$;
grant select, delete on account_imports to cc_definer;
revoke delete on account_imports from cc_web;
alter function ctx.purge_imports() owner to cc_definer;
revoke all on function ctx.purge_imports() from public;
grant execute on function ctx.purge_imports() to cc_worker;

-- Passwords closed to a structure while one is being signed in with: one waits for the other, so that no session outlives the decision.
create or replace function ctx.open_password_session(id uuid, token_hash bytea, account_id uuid, device text, replaces bytea) returns jsonb language plpgsql security definer set search_path = '' as $$
declare replaced uuid;
begin
  perform pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('passwords of ' || a.organisation_id, 0)) from public.accounts a where a.id = open_password_session.account_id;
  if not exists (select from public.accounts a join public.passwords p on p.account_id = a.id
      where a.id = open_password_session.account_id and a.status = 'active' and ctx.password_allowed(a.organisation_id)) then return null; end if;
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.token_hash = open_password_session.replaces and s.ended_at is null returning s.id into replaced;
  insert into public.sessions (id, token_hash, account_id, created_at, last_seen_at, amr, device, signed_in_by)
  values (open_password_session.id, open_password_session.token_hash, open_password_session.account_id, ctx.clock(), ctx.clock(), '{pwd}', open_password_session.device, 'password');
  perform ctx.record_act(open_password_session.account_id);
  return jsonb_build_object('replaced', replaced);
end $$;
create or replace function ctx.end_password_sessions(of_organisation uuid) returns int language plpgsql security definer set search_path = '' as $$
declare ended int;
begin
  if not (ctx.ok() and ctx.holds_role('administrateur')) then return 0; end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('passwords of ' || of_organisation, 0));
  update public.sessions s set ended_at = ctx.clock() from public.accounts a where a.id = s.account_id and a.organisation_id = of_organisation and s.signed_in_by = 'password' and s.ended_at is null;
  get diagnostics ended = row_count;
  return ended;
end $$;

-- Each is told once, whoever was designated again after a first time.
create or replace function ctx.review_reminders(at timestamptz) returns table (organisation_id uuid, organisation_name text, due_on date, kind text, account_id uuid) language plpgsql security definer set search_path = '' as $$
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
    select distinct t.organisation_id, o.name, t.due_on, t.kind, h.account_id
    from told t join public.organisations o on o.id = t.organisation_id
    join public.role_assignments h on (h.organisation_id = t.organisation_id and h.role = 'rgc' or t.kind = 'late' and h.role = 'cssi')
    where exists (select from ctx.effective_roles(h.account_id, at) e where e.role = h.role);
end $$;
