-- Signing in by password, one-time links, and attempts slowed down (IDN-3).

create or replace function ctx.password_allowed(of_organisation uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select d.password_allowed from public.organisation_sign_in d
    where d.organisation_id = of_organisation order by d.set_at desc, d.id desc limit 1), false);
end $$;
select pg_temp.as_definer('ctx.password_allowed(uuid)');

-- Whether the sign-in page offers passwords: to someone, never to whom.
create or replace function ctx.password_anywhere()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from (select distinct on (d.organisation_id) d.password_allowed
    from public.organisation_sign_in d order by d.organisation_id, d.set_at desc, d.id desc) last
    where last.password_allowed);
end $$;
select pg_temp.as_definer('ctx.password_anywhere()', 'cc_sign_in');

-- What an address and a password are checked against, before there is a session: each account of the address, two at
-- most. The application does the same work whether the address is known or not.
create or replace function ctx.find_password(email text)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('accountId', a.id, 'organisationId', a.organisation_id,
    'hash', p.hash, 'open',
    a.status = 'active' and ctx.password_allowed(a.organisation_id),
      'blocked', ctx.sign_in_status(a) = 'blocked', 'contractOver', ctx.sign_in_status(a) = 'contract-over')
      order by c.beside_id nulls first), '[]')
    from public.account_contacts c join public.accounts a on a.id = c.account_id
    left join public.passwords p on p.account_id = a.id where c.email = find_password.email);
end $$;
select pg_temp.as_definer('ctx.find_password(text)', 'cc_sign_in');

-- Takes what an attempt draws on, in one order, so that attempts sent at once are counted one after the other.
create or replace function ctx.lock_sign_in_budgets(keys bytea[])
returns table (key bytea, failures int, wait_until timestamptz, last_at timestamptz)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  insert into public.sign_in_budgets (key, failures) select k, 0 from unnest(keys) k order by k on conflict do nothing;
  return query select b.key, b.failures, b.wait_until, b.last_at from public.sign_in_budgets b
    where b.key = any (keys) order by b.key for update;
end $$;
select pg_temp.as_definer('ctx.lock_sign_in_budgets(bytea[])', 'cc_sign_in');

create or replace function ctx.set_sign_in_budget(key bytea, failures int, wait_until timestamptz, last_at timestamptz)
returns void language sql volatile security definer set search_path = '' as $$
  update public.sign_in_budgets b set failures = set_sign_in_budget.failures,
    wait_until = set_sign_in_budget.wait_until, last_at = set_sign_in_budget.last_at
    where b.key = set_sign_in_budget.key
$$;
select pg_temp.as_definer('ctx.set_sign_in_budget(bytea, int, timestamptz, timestamptz)', 'cc_sign_in');

/*
 * A session on one factor. Whatever the application believes, none is opened where passwords are not; answers whether
 * it was, and the one that this browser had. By the clock that may be shifted, and a sign-in is an act, as
 * ProConnect's. Passwords closed to a structure while one is being signed in with: one waits for the other, so that no
 * session outlives the decision.
 */
create or replace function ctx.open_password_session(id uuid, token_hash bytea, account_id uuid,
  device text, replaces bytea)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare replaced uuid;
begin
  perform pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('passwords of ' || a.organisation_id, 0))
    from public.accounts a where a.id = open_password_session.account_id;
  if ctx.sign_in_status_now(open_password_session.account_id) is distinct from 'active'
    or not exists (select from public.accounts a join public.passwords p on p.account_id = a.id
      where a.id = open_password_session.account_id
        and ctx.password_allowed(a.organisation_id)) then return null; end if;
  update public.sessions s set ended_at = ctx.clock(), id_token = null
    where s.token_hash = open_password_session.replaces and s.ended_at is null returning s.id into replaced;
  insert into public.sessions (id, token_hash, account_id, created_at, last_seen_at, amr, device, signed_in_by)
  values (open_password_session.id, open_password_session.token_hash, open_password_session.account_id, ctx.clock(),
    ctx.clock(), '{pwd}', open_password_session.device, 'password');
  perform ctx.record_act(open_password_session.account_id);
  return jsonb_build_object('replaced', replaced);
end $$;
select pg_temp.as_definer('ctx.open_password_session(uuid, bytea, uuid, text, bytea)', 'cc_sign_in');

-- The operator closes passwords to an organisation: the sessions they opened end with them.
create or replace function ctx.end_password_sessions(of_organisation uuid)
returns int language plpgsql security definer set search_path = '' as $$
declare ended int;
begin
  if not (ctx.ok() and ctx.holds_role('administrateur')) then return 0; end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('passwords of ' || of_organisation, 0));
  update public.sessions s set ended_at = ctx.clock() from public.accounts a where a.id = s.account_id
    and a.organisation_id = of_organisation and s.signed_in_by = 'password' and s.ended_at is null;
  get diagnostics ended = row_count;
  return ended;
end $$;
select pg_temp.as_definer('ctx.end_password_sessions(uuid)', 'cc_web');

-- The same password under a stronger digest, unless it was changed meanwhile.
create or replace function ctx.renew_password_hash(account_id uuid, old_hash text, new_hash text)
returns void language sql volatile security definer set search_path = '' as $$
  update public.passwords p set hash = renew_password_hash.new_hash where p.account_id = renew_password_hash.account_id
    and p.hash = renew_password_hash.old_hash
$$;
select pg_temp.as_definer('ctx.renew_password_hash(uuid, text, text)', 'cc_sign_in');

-- Whose link this is, and what may not be in the password; null when it has served, is over, or opens nothing any more.
create or replace function ctx.password_link(token_hash bytea)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  return (select jsonb_build_object('accountId', a.id, 'organisationId', a.organisation_id, 'email', c.email, 'words',
    jsonb_build_array(a.given_name, a.family_name, c.email, o.name), 'first', p.account_id is null,
      'code', l.code_hash is not null)
    from public.password_links l join public.accounts a on a.id = l.account_id
    join public.account_contacts c on c.account_id = a.id join public.organisations o on o.id = a.organisation_id
    left join public.passwords p on p.account_id = a.id
    where l.token_hash = password_link.token_hash and l.used_at is null and l.ends_at > ctx.clock() and l.tries < 5
      and a.status = 'active' and ctx.password_allowed(a.organisation_id));
end $$;
select pg_temp.as_definer('ctx.password_link(bytea)', 'cc_sign_in');

-- A one-time link for someone, the older ones dying; made by whoever may help, or in the place of account managers
-- (ACC-10). False: not theirs to make, or it would open nothing.
create or replace function ctx.make_password_link(id uuid, of_account uuid, token_hash bytea, ends_at timestamptz,
  code_hash bytea)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if make_password_link.code_hash is null
    or not (ctx.may_help(of_account) or of_account in (select ctx.acted_on('send-password-link')))
    or not exists (select from public.accounts a where a.id = of_account and a.status = 'active'
      and ctx.password_allowed(a.organisation_id)) then return false; end if;
  delete from public.password_links l where l.account_id = of_account and l.used_at is null;
  insert into public.password_links (id, account_id, token_hash, made_at, made_by, ends_at, code_hash)
  values (make_password_link.id, of_account, make_password_link.token_hash, ctx.clock(), ctx.account(),
    make_password_link.ends_at, make_password_link.code_hash);
  return true;
end $$;
select pg_temp.as_definer('ctx.make_password_link(uuid, uuid, bytea, timestamptz, bytea)', 'cc_web');

-- Counted before it is compared; the right code gives its try back. Null: the link is over.
create or replace function ctx.try_link_code(token_hash bytea, code_hash bytea)
returns boolean language plpgsql security definer set search_path = '' as $$
declare l public.password_links;
begin
  if ctx.password_link(try_link_code.token_hash) is null then return null; end if;
  update public.password_links x set tries = x.tries + 1 where x.token_hash = try_link_code.token_hash
    and x.tries < 5 returning * into l;
  if not found then return null; end if;
  if l.code_hash is distinct from try_link_code.code_hash then return false; end if;
  update public.password_links x set tries = 0 where x.id = l.id;
  return true;
end $$;
select pg_temp.as_definer('ctx.try_link_code(bytea, bytea)', 'cc_sign_in');

-- The password chosen by a link and its code, which have then served; all other links die, and sessions opened with the
-- former password end. Whoever knew the code has a day to enrol a second factor.
create or replace function ctx.choose_password(token_hash bytea, code_hash bytea, hash text)
returns uuid language plpgsql security definer set search_path = '' as $$
declare chosen uuid;
begin
  if ctx.password_link(choose_password.token_hash) is null then return null; end if;
  update public.password_links l set used_at = ctx.clock()
    where l.token_hash = choose_password.token_hash and l.used_at is null
      and l.code_hash is not distinct from choose_password.code_hash returning l.account_id into chosen;
  if chosen is null then return null; end if;
  insert into public.passwords (account_id, hash, changed_at) values (chosen, choose_password.hash, ctx.clock())
    on conflict (account_id) do update set hash = excluded.hash, changed_at = excluded.changed_at;
  delete from public.password_links l where l.account_id = chosen and l.used_at is null;
  update public.sessions s set ended_at = ctx.clock() where s.account_id = chosen and s.signed_in_by = 'password'
    and s.ended_at is null;
  update public.first_enrolments f set open_until = greatest(f.open_until, ctx.clock() + interval '24 hours')
    where f.account_id = chosen;
  return chosen;
end $$;
select pg_temp.as_definer('ctx.choose_password(bytea, bytea, text)', 'cc_sign_in');

create or replace function ctx.passwords_to_tell()
returns setof uuid language sql security definer set search_path = '' as $$
  update public.password_links l set told_at = greatest(pg_catalog.now(), l.used_at) where l.used_at is not null
    and l.told_at is null returning l.account_id
$$;
select pg_temp.as_definer('ctx.passwords_to_tell()', 'cc_worker');

-- Nightly, with the sessions long over: budgets of two days ago, links of a month ago, whom the trail told of at the
-- door before today.
create or replace function ctx.purge_sign_in()
returns jsonb language plpgsql security definer set search_path = '' as $$
declare budgets int; links int; told int;
begin
  with gone as (
    delete from public.sign_in_budgets b where coalesce(b.last_at, '-infinity') < now() - interval 'P2D'
    returning 1)
  select ctx.note_purge('sign-in', 'sign_in_budgets', 'P2D', array_agg(null::uuid), null) into budgets from gone g;
  with gone as (
    delete from public.password_links l where l.made_at < now() - interval 'P30D'
    returning l.account_id)
  select ctx.note_purge('password-links', 'password_links', 'P30D', ctx.structures_of(array_agg(g.account_id)), null)
    into links from gone g;
  with gone as (
    delete from public.told_at_the_door t where t.day < ctx.paris_day(now())
    returning 1)
  select ctx.note_purge('sign-in', 'told_at_the_door', 'P1D', array_agg(null::uuid), null) into told from gone g;
  return jsonb_build_object('budgets', budgets, 'links', links, 'told', told);
end $$;
select pg_temp.as_definer('ctx.purge_sign_in()', 'cc_worker');
