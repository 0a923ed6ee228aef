/*
 * Signing in has a role of its own (SEC-6): before there is a session, nothing but these functions stands between a caller and anyone's account. cc_web,
 * which answers everything else, runs none of them: an injection there opens no session, links no identity and reads no password digest.
 */
do $$
declare f text;
begin
  foreach f in array array[
    'ctx.sign_in_begin(uuid, bytea, bytea, text, text, text, boolean, text, uuid)', 'ctx.sign_in_take(bytea)', 'ctx.find_identity(text, text, text)', 'ctx.link_identity(text, text, uuid, text)',
    'ctx.ask_link(uuid, text, text, uuid, uuid, text, text, text, bigint, text, text)', 'ctx.weak_level(uuid)', 'ctx.open_session(uuid, bytea, uuid, text, text[], text, text, timestamptz, text, text, bytea)',
    'ctx.find_password(text)', 'ctx.lock_sign_in_budgets(bytea[])', 'ctx.set_sign_in_budget(bytea, int, timestamptz, timestamptz)', 'ctx.open_password_session(uuid, bytea, uuid, text, bytea)',
    'ctx.renew_password_hash(uuid, text, text)', 'ctx.password_link(bytea)', 'ctx.choose_password(bytea, text)', 'ctx.password_anywhere()'
  ] loop
    execute format('revoke all on function %s from cc_web', f);
    execute format('grant execute on function %s to cc_sign_in', f);
  end loop;
end $$;

-- The session just opened is entered, so that its opening is in the trail in the name of who opened it.
grant usage on schema ctx to cc_sign_in;
grant execute on function ctx.enter(bytea), ctx.known(), ctx.account(), ctx.clock() to cc_sign_in;
grant insert on audit_entries, audit_details to cc_sign_in;
create policy sign_in on audit_entries for insert to cc_sign_in with check (
  (select ctx.known()) and actor_id = (select ctx.account()) and action in ('session.opened', 'account.linked'));
create policy sign_in on audit_details for insert to cc_sign_in with check (true);

/* Guesses at one's own password, when changing it in a session, are counted as those of signing in; one's own count and no other. */
create function ctx.own_budget_key() returns bytea language sql stable set search_path = '' as $$ select sha256(convert_to('change ' || ctx.account()::text, 'UTF8')) $$;
create function ctx.lock_own_budget() returns table (failures int, wait_until timestamptz, last_at timestamptz) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then raise exception 'no session' using errcode = '42501'; end if;
  insert into public.sign_in_budgets (key, failures) values (ctx.own_budget_key(), 0) on conflict do nothing;
  return query select b.failures, b.wait_until, b.last_at from public.sign_in_budgets b where b.key = ctx.own_budget_key() for update;
end $$;
create function ctx.set_own_budget(failures int, wait_until timestamptz, last_at timestamptz) returns void language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then raise exception 'no session' using errcode = '42501'; end if;
  update public.sign_in_budgets b set failures = set_own_budget.failures, wait_until = set_own_budget.wait_until, last_at = set_own_budget.last_at where b.key = ctx.own_budget_key();
end $$;
do $$ declare f text; begin
  foreach f in array array['ctx.own_budget_key()', 'ctx.lock_own_budget()', 'ctx.set_own_budget(int, timestamptz, timestamptz)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function ctx.lock_own_budget(), ctx.set_own_budget(int, timestamptz, timestamptz) to cc_web;

-- Without a session it tells nothing of anyone, and lets nobody enrol: the account it asks about is a setting that the caller may write.
create or replace function ctx.has_second_factor() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return not ctx.known() or exists (select from public.second_factors where account_id = ctx.account());
end $$;
