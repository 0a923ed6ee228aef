/*
 * A detail leaves the trail in two ways only: after its retention, or with its account. Whatever removes one tells it in the trail in the same statement, by
 * the trigger below: the verification (server/audit/verify-details.ts) finds each missing detail in one of these reports, or says that it was removed.
 */

-- A UUIDv7 made by the database, for the entries that it writes itself.
create function ctx.new_id() returns uuid language sql volatile set search_path = '' as $$
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;
alter function ctx.new_id() owner to cc_definer;
revoke all on function ctx.new_id() from public;

/*
 * Runs as who deletes: cc_definer, whatever function or hand it was. The report of a retention holds the stretch of the trail, the count and the digest of the ids
 * in order; the report of an account holds the ids.
 */
create function audit_tell_erased() returns trigger language plpgsql set search_path = '' as $$
declare
  salt bytea := extensions.gen_random_bytes(16);
  report uuid;
  told record;
  account uuid;
  organisation uuid;
  said jsonb;
begin
  select count(*) as count, max(e.at) as last_at, min(e.subject_id) as subject,
      bool_and(e.subject_kind = 'account' and e.action in ('account.opened', 'account.edited')) and count(distinct e.subject_id) = 1 as of_one_account,
      bool_or(e.action in ('trail.details-purged', 'trail.details-erased')) as reports,
      pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(string_agg(e.id::text, '' order by e.at, e.id), 'UTF8')), 'hex') as digest,
      (array_agg(jsonb_build_array(extract(epoch from e.at)::text, e.id) order by e.at, e.id))[1] as first,
      (array_agg(jsonb_build_array(extract(epoch from e.at)::text, e.id) order by e.at desc, e.id desc))[1] as last
    into told from gone g join public.audit_entries e on e.id = g.entry_id;
  if told.count = 0 then return null; end if;
  report := ctx.new_id();
  if told.of_one_account then
    select a.id, a.organisation_id into account, organisation from public.accounts a where a.id::text = told.subject and a.status = 'deleted';
  end if;
  if account is not null then
    said := jsonb_build_object('entries', (select jsonb_agg(g.entry_id order by g.entry_id) from gone g));
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, detail_digest)
      values (report, ctx.clock(), ctx.account(), organisation, 'trail.details-erased', 'account', account::text, public.audit_detail_digest(salt, said));
  elsif not told.reports and told.last_at < ctx.clock() - interval '6 months' then
    said := jsonb_build_object('count', told.count, 'first', told.first, 'last', told.last, 'sha256', told.digest);
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, detail_digest)
      values (report, ctx.clock(), null, null, 'trail.details-purged', 'trail', 'details', public.audit_detail_digest(salt, said));
  else
    raise exception 'a detail of the trail leaves after its retention, or with its account' using errcode = '42501';
  end if;
  insert into public.audit_details (entry_id, salt, detail) values (report, salt, said);
  return null;
end $$;
create trigger tell_erased after delete on audit_details referencing old table as gone for each statement execute function audit_tell_erased();
create trigger append_only before update on audit_details for each row execute function audit_refuse_change();
create trigger append_only_truncate before truncate on audit_details execute function audit_refuse_change();

-- One purge at a time, the oldest first: what each erases is one stretch of the trail, save what left with an account before.
drop function ctx.purge_trail_details(uuid, int, int);
create function ctx.purge_trail_details(months int, at_most int) returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  if months not between 6 and 120 or at_most not between 1 and 100000 then raise exception 'a retention is of 6 to 120 months' using errcode = '22023'; end if;
  perform pg_catalog.pg_advisory_xact_lock(33007);
  with over as materialized (
      select d.entry_id from public.audit_entries e join public.audit_details d on d.entry_id = e.id
      where e.at < ctx.clock() - make_interval(months => months) and e.action not in ('trail.details-purged', 'trail.details-erased') order by e.at, e.id limit at_most for update of d)
  delete from public.audit_details d using over where d.entry_id = over.entry_id;
  get diagnostics purged = row_count;
  return purged;
end $$;
alter function ctx.purge_trail_details(int, int) owner to cc_definer;
revoke all on function ctx.purge_trail_details(int, int) from public;
grant execute on function ctx.purge_trail_details(int, int) to cc_worker;

-- As before, save that the account is deleted before what the trail said of it goes: the trigger looks.
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
  update public.accounts a set status = 'deleted', status_reason = null, given_name = 'Ancien compte', family_name = ctx.pseudonym(of_account), version = a.version + 1 where a.id = of_account;
  delete from public.audit_details d using public.audit_entries e where e.id = d.entry_id and e.subject_kind = 'account' and e.subject_id = of_account::text and e.action in ('account.opened', 'account.edited');
  get diagnostics erased = row_count;
  return jsonb_build_object('pseudonym', 'Ancien compte ' || ctx.pseudonym(of_account), 'sessions', sessions_ended, 'grants', grants_ended, 'erased', erased);
end $$;

/*
 * What the witness was given, by the name of its file: a file emptied, or cut, is seen without waiting. One hands over at a time, so that each line names the one before.
 * Nothing is proven by it: the verification compares it with the file.
 */
create table trail_witnesses (
  name text primary key check (length(name) between 1 and 255),
  size bigint not null check (size > 0),
  at timestamptz not null default clock_timestamp()
);
alter table trail_witnesses enable row level security; alter table trail_witnesses force row level security;
create policy owner_reads on trail_witnesses for select to cc_owner using (true);
grant select, insert, update on trail_witnesses to cc_definer;
create function ctx.trail_confide(witness text) returns bigint language plpgsql security definer set search_path = '' as $$
begin
  perform pg_catalog.pg_advisory_xact_lock(33006);
  return coalesce((select w.size from public.trail_witnesses w where w.name = witness), 0);
end $$;
create function ctx.trail_confided(witness text, of_size bigint) returns void language sql security definer set search_path = '' as $$
  insert into public.trail_witnesses (name, size) values (witness, of_size)
    on conflict (name) do update set size = excluded.size, at = excluded.at where trail_witnesses.size < excluded.size
$$;
-- Whether an entry is there to read without a position yet: what a checkpoint calls settled is then not all there is.
create function ctx.trail_waits() returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.audit_entries e, public.trail_head h
    where (e.xid, e.id) > (h.cursor_xid, h.cursor_id) and not exists (select from public.trail_leaves l where l.entry_id = e.id))
$$;
alter function ctx.trail_confide(text) owner to cc_definer;
alter function ctx.trail_confided(text, bigint) owner to cc_definer;
alter function ctx.trail_waits() owner to cc_definer;
revoke all on function ctx.trail_confide(text), ctx.trail_confided(text, bigint), ctx.trail_waits() from public;
grant execute on function ctx.trail_confide(text), ctx.trail_confided(text, bigint), ctx.trail_waits() to cc_worker;
