-- Who leaves (ACC-6): account and grants end, what is personal goes, and past acts stay under a pseudonym.

/*
 * Whose pseudonym it is: apart from the accounts, for the structure's account managers and the operator's security officer, who may be asked who did what. Purged three years
 * after the departure: our own choice, the time for which an auditor may ask (annex 1, 1.6).
 */
create table departed_people (
  account_id uuid primary key references accounts,
  organisation_id uuid not null references organisations,
  given_name text not null, -- personal
  family_name text not null, -- personal
  email text, -- personal
  function text not null,
  cause text not null check (cause in ('departure', 'change-of-function', 'breach')),
  reason text not null check (length(reason) between 1 and 300),
  left_at timestamptz not null,
  recorded_by uuid not null references accounts
);
create index departed_people_age on departed_people (left_at);
alter table departed_people enable row level security; alter table departed_people force row level security;
create policy owner on departed_people to cc_owner using (true) with check (true);
create policy read on departed_people for select to cc_web using ((select ctx.ok()) and ((select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) or (select ctx.holds_role('cssi'))));
grant select on departed_people to cc_web;
grant select, insert, delete on departed_people to cc_definer;
grant update on accounts, grants, grant_requests, role_assignments to cc_definer;
grant select, delete on account_contacts, account_identities, pending_links, second_factors, recovery_codes, second_factor_failures, passwords, password_links, idempotency_keys, drafts to cc_definer;
grant select on grant_requests to cc_definer;

-- One pseudonym an account, that says nothing of the person: shown wherever their name was.
create function ctx.pseudonym(of_account uuid) returns text language sql immutable parallel safe as $$ select 'n° ' || upper(substr(md5(of_account::text), 1, 6)) $$;

/* All of it in one transaction, for someone one decides for. The names in `accounts` are what every page, file and report reads: with them replaced, they show nowhere else. */
create function ctx.record_departure(of_account uuid, cause text, why text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := ctx.clock();
  me uuid := ctx.account();
  sessions_ended int; grants_ended int;
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
  return jsonb_build_object('pseudonym', 'Ancien compte ' || ctx.pseudonym(of_account), 'sessions', sessions_ended, 'grants', grants_ended);
end $$;
-- Every night: those who left over three years ago are nobody any more.
create function ctx.purge_departed() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  delete from public.departed_people d where d.left_at < ctx.clock() - interval '3 years';
  get diagnostics purged = row_count;
  return purged;
end $$;
do $$ declare f text; begin
  foreach f in array array['ctx.record_departure(uuid, text, text)', 'ctx.purge_departed()'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function ctx.record_departure(uuid, text, text) to cc_web;
grant execute on function ctx.purge_departed() to cc_worker;
