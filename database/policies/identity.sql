-- sessions
alter table sessions enable row level security, force row level security;
grant select, insert, update, delete on sessions to cc_definer;
grant select (id, account_id, created_at, last_seen_at, ended_at, acr, amr, second_factor, second_factor_at, proven_at,
  id_token, device,
  signed_in_by, proof, enrols_until),
    update (ended_at, id_token) on sessions to cc_web;
create policy read on sessions for select to cc_web
  using ((select ctx.known()) and account_id = (select ctx.account()));
-- One's own are ended, and never opened again. What proves and wakes one goes by the digest of its token
-- (ctx.prove_session, ctx.touch).
create policy finish on sessions for update to cc_web
  using ((select ctx.known()) and account_id = (select ctx.account()) and ended_at is null)
  with check (account_id = (select ctx.account()) and ended_at is not null);
create policy owner on sessions to cc_owner using (true) with check (true);

-- secret.former_tokens
grant select, insert on secret.former_tokens to cc_definer;

-- secret.context_key
grant select on secret.context_key to cc_definer;

-- idempotency_keys
alter table idempotency_keys enable row level security, force row level security;
grant select, insert, update (route, body_digest, reply, created_at) on idempotency_keys to cc_web;
grant select, delete on idempotency_keys to cc_definer;
create policy own on idempotency_keys to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()))
  with check ((select ctx.ok()) and account_id = (select ctx.account()));
create policy owner on idempotency_keys to cc_owner using (true) with check (true);

-- account_identities
alter table account_identities enable row level security, force row level security;
-- Before there is a session, the application reaches this table only through functions.
-- Before there is a session, the application reaches this table only through functions.
grant select, insert, delete, update (siret, confirmed_by) on account_identities to cc_definer;
grant select on account_identities to cc_web;
create policy owner on account_identities to cc_owner using (true) with check (true);
create trigger keep_one_person before insert on account_identities
  for each row execute function ctx.keep_one_person();
-- One's own rows. What proves the second factor must be readable before it is proven; what adds or removes one must
-- not, save the very first.
create policy own on account_identities for select to cc_web
  using ((select ctx.known()) and account_id = (select ctx.account()));

-- pending_links
alter table pending_links enable row level security, force row level security;
-- Before there is a session, the application reaches this table only through functions.
-- Before there is a session, the application reaches this table only through functions.
grant select, insert, update, delete on pending_links to cc_definer;
create policy owner on pending_links to cc_owner using (true) with check (true);

-- sign_in_transactions
alter table sign_in_transactions enable row level security, force row level security;
grant select, insert, delete on sign_in_transactions to cc_definer;
create policy owner on sign_in_transactions to cc_owner using (true) with check (true);

-- sign_in_choices
alter table sign_in_choices enable row level security, force row level security;
grant select, insert, delete on sign_in_choices to cc_definer;
create policy owner on sign_in_choices to cc_owner using (true) with check (true);

-- second_factors
alter table second_factors enable row level security, force row level security;
grant select, delete on second_factors to cc_definer;
grant select, insert, update (last_used_at, last_step, counter), delete on second_factors to cc_web;
create policy owner on second_factors to cc_owner using (true) with check (true);
create policy own on second_factors for select to cc_web
  using ((select ctx.known()) and account_id = (select ctx.account()));
create policy used on second_factors for update to cc_web
  using ((select ctx.known()) and account_id = (select ctx.account()))
  with check (account_id = (select ctx.account()));
create policy remove on second_factors for delete to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy enrol on second_factors for insert to cc_web
  with check ((select ctx.known()) and account_id = (select ctx.account())
    and ((select ctx.ok()) or not (select ctx.has_second_factor()) and (select ctx.first_enrolment_open())));

-- second_factor_challenges
alter table second_factor_challenges enable row level security, force row level security;
grant select, insert, delete, update (account_id, challenge, secret, created_at) on second_factor_challenges to cc_web;
grant select, delete on second_factor_challenges to cc_definer;
create policy owner on second_factor_challenges to cc_owner using (true) with check (true);
create policy own on second_factor_challenges to cc_web
  using ((select ctx.known()) and account_id = (select ctx.account()))
  with check ((select ctx.known()) and account_id = (select ctx.account()));

-- recovery_codes
alter table recovery_codes enable row level security, force row level security;
grant select, insert, update (used_at), delete on recovery_codes to cc_web;
grant select, delete on recovery_codes to cc_definer;
create policy owner on recovery_codes to cc_owner using (true) with check (true);
create policy own on recovery_codes to cc_web
  using ((select ctx.known()) and account_id = (select ctx.account()))
  with check ((select ctx.known()) and account_id = (select ctx.account()));

-- second_factor_failures
alter table second_factor_failures enable row level security, force row level security;
grant select, insert, update (failures, wait_until) on second_factor_failures to cc_web;
grant select, delete on second_factor_failures to cc_definer;
create policy owner on second_factor_failures to cc_owner using (true) with check (true);
create policy own on second_factor_failures to cc_web
  using ((select ctx.known()) and account_id = (select ctx.account()))
  with check ((select ctx.known()) and account_id = (select ctx.account()));

-- authentication_directives
alter table authentication_directives enable row level security, force row level security;
grant select, insert on authentication_directives to cc_web;
grant select on authentication_directives to cc_definer;
create policy owner on authentication_directives to cc_owner using (true) with check (true);
create policy read on authentication_directives for select to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('administrateur')));
create policy decide on authentication_directives for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and set_by = (select ctx.account()));
create trigger written_now before insert on authentication_directives
  for each row execute function ctx.written_now('set_at');

-- first_enrolments
alter table first_enrolments enable row level security, force row level security;
grant select, insert, update on first_enrolments to cc_definer;
create policy owner on first_enrolments to cc_owner using (true) with check (true);

-- expected_providers
alter table expected_providers enable row level security, force row level security;
grant select, insert on expected_providers to cc_definer;
create policy owner on expected_providers to cc_owner using (true) with check (true);

-- invitations
alter table invitations enable row level security, force row level security;
grant select, insert, update, delete on invitations to cc_definer;
create policy owner on invitations to cc_owner using (true) with check (true);

-- told_at_the_door
alter table told_at_the_door enable row level security, force row level security;
grant select, insert, delete on told_at_the_door to cc_definer;
create policy owner on told_at_the_door to cc_owner using (true) with check (true);
