/*
 * A mailbox is never both factors of an account (IDN-2, IDN-6). The first second factor is enrolled within three days of the account being opened, or
 * with a code that the account manager hands over by voice; a password link asks for such a code too.
 */

create table first_enrolments (
  account_id uuid primary key references accounts,
  -- until then, no code is asked for
  open_until timestamptz not null,
  -- the code handed over, under a keyed digest; it serves once, in the session where it is typed
  code_hash bytea check (length(code_hash) = 32),
  code_until timestamptz,
  tries int not null default 0 check (tries between 0 and 5),
  made_by uuid references accounts,
  check (num_nonnulls(code_hash, code_until) in (0, 2))
);
alter table first_enrolments enable row level security; alter table first_enrolments force row level security;
create policy owner on first_enrolments to cc_owner using (true) with check (true);
grant select, insert, update on first_enrolments to cc_definer;

-- Opening an account is the act from which the delay runs, whichever way it is opened.
create function ctx.open_first_enrolment() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.first_enrolments (account_id, open_until) values (new.id, ctx.clock() + interval '72 hours') on conflict do nothing;
  return null;
end $$;
create trigger open_first_enrolment after insert on accounts for each row execute function ctx.open_first_enrolment();
-- Those who are there already have three days from now, then ask for a code.
insert into first_enrolments (account_id, open_until) select id, now() + interval '72 hours' from accounts on conflict do nothing;

-- The code was typed in this session: it alone may enrol, for half an hour.
alter table sessions add column enrols_until timestamptz;
grant select (enrols_until) on sessions to cc_web;

-- What the person may know of it. The rule is mayEnrol in server/identity/enrolment.policy.ts.
create function ctx.own_first_enrolment() returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.known() then return null; end if;
  return (select jsonb_build_object('openUntil', f.open_until,
      'sessions', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'until', s.enrols_until)) from public.sessions s where s.account_id = f.account_id and s.ended_at is null and s.enrols_until is not null), '[]'))
    from public.first_enrolments f where f.account_id = ctx.account());
end $$;

-- The net under mayEnrol: the context names no session, so any of one's own where the code was typed.
create function ctx.first_enrolment_open() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.known() and (exists (select from public.first_enrolments f where f.account_id = ctx.account() and f.open_until > ctx.clock())
    or exists (select from public.sessions s where s.account_id = ctx.account() and s.ended_at is null and s.enrols_until > ctx.clock()));
end $$;
drop policy enrol on second_factors;
create policy enrol on second_factors for insert to cc_web with check ((select ctx.known()) and account_id = (select ctx.account())
  and ((select ctx.ok()) or not (select ctx.has_second_factor()) and (select ctx.first_enrolment_open())));

-- Counted before it is compared: guesses sent at once are counted one by one. Answers `opened`, `wrong`, or `over`: none waits, it lapsed, or five were wrong.
create function ctx.open_own_enrolment(of_session uuid, code_hash bytea) returns text language plpgsql security definer set search_path = '' as $$
declare f public.first_enrolments;
begin
  if not ctx.known() then return 'over'; end if;
  update public.first_enrolments e set tries = e.tries + 1 where e.account_id = ctx.account() and e.tries < 5 and e.code_until > ctx.clock() returning * into f;
  if not found then return 'over'; end if;
  if f.code_hash <> open_own_enrolment.code_hash then return 'wrong'; end if;
  update public.sessions s set enrols_until = ctx.clock() + interval '30 minutes' where s.id = of_session and s.account_id = ctx.account() and s.ended_at is null;
  if not found then return 'over'; end if;
  update public.first_enrolments e set code_hash = null, code_until = null, tries = 0 where e.account_id = ctx.account();
  return 'opened';
end $$;

-- A code for someone, the older one dying. False: not theirs to make.
create function ctx.make_enrolment_code(of_account uuid, code_hash bytea, code_until timestamptz) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.may_help(of_account) or not exists (select from public.accounts a where a.id = of_account and a.status = 'active') then return false; end if;
  insert into public.first_enrolments (account_id, open_until, code_hash, code_until, made_by) values (of_account, ctx.clock(), make_enrolment_code.code_hash, make_enrolment_code.code_until, ctx.account())
    on conflict (account_id) do update set code_hash = excluded.code_hash, code_until = excluded.code_until, made_by = excluded.made_by, tries = 0;
  return true;
end $$;

-- After a reset nothing is open but by the code: whoever reads the mails of this person is not helped by it.
drop function ctx.reset_second_factors(uuid);
create function ctx.reset_second_factors(of_account uuid, code_hash bytea, code_until timestamptz) returns jsonb language plpgsql security definer set search_path = '' as $$
declare factors int; sessions int;
begin
  if not ctx.may_help(of_account) then return null; end if;
  delete from public.second_factor_challenges c where c.account_id = of_account;
  delete from public.recovery_codes c where c.account_id = of_account;
  delete from public.second_factor_failures f where f.account_id = of_account;
  delete from public.second_factors f where f.account_id = of_account; get diagnostics factors = row_count;
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.account_id = of_account and s.ended_at is null; get diagnostics sessions = row_count;
  insert into public.first_enrolments (account_id, open_until, code_hash, code_until, made_by) values (of_account, ctx.clock(), reset_second_factors.code_hash, reset_second_factors.code_until, ctx.account())
    on conflict (account_id) do update set open_until = excluded.open_until, code_hash = excluded.code_hash, code_until = excluded.code_until, made_by = excluded.made_by, tries = 0;
  return jsonb_build_object('factors', factors, 'sessions', sessions);
end $$;

/* A password link asks for the code too; those of the command line, handed over in person, have none. */
alter table password_links add column code_hash bytea check (length(code_hash) = 32), add column tries int not null default 0 check (tries between 0 and 5);

drop function ctx.make_password_link(uuid, uuid, bytea, timestamptz);
create function ctx.make_password_link(id uuid, of_account uuid, token_hash bytea, ends_at timestamptz, code_hash bytea) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if make_password_link.code_hash is null or not ctx.may_help(of_account)
    or not exists (select from public.accounts a where a.id = of_account and a.status = 'active' and ctx.password_allowed(a.organisation_id)) then return false; end if;
  delete from public.password_links l where l.account_id = of_account and l.used_at is null;
  insert into public.password_links (id, account_id, token_hash, made_at, made_by, ends_at, code_hash)
  values (make_password_link.id, of_account, make_password_link.token_hash, ctx.clock(), ctx.account(), make_password_link.ends_at, make_password_link.code_hash);
  return true;
end $$;

create or replace function ctx.password_link(token_hash bytea) returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  return (select jsonb_build_object('accountId', a.id, 'organisationId', a.organisation_id, 'email', c.email, 'words', jsonb_build_array(a.given_name, a.family_name, c.email, o.name), 'first', p.account_id is null,
      'code', l.code_hash is not null)
    from public.password_links l join public.accounts a on a.id = l.account_id join public.account_contacts c on c.account_id = a.id join public.organisations o on o.id = a.organisation_id
    left join public.passwords p on p.account_id = a.id
    where l.token_hash = password_link.token_hash and l.used_at is null and l.ends_at > ctx.clock() and l.tries < 5 and a.status = 'active' and ctx.password_allowed(a.organisation_id));
end $$;

-- Counted before it is compared; the right code gives its try back. Null: the link is over.
create function ctx.try_link_code(token_hash bytea, code_hash bytea) returns boolean language plpgsql security definer set search_path = '' as $$
declare l public.password_links;
begin
  if ctx.password_link(try_link_code.token_hash) is null then return null; end if;
  update public.password_links x set tries = x.tries + 1 where x.token_hash = try_link_code.token_hash and x.tries < 5 returning * into l;
  if not found then return null; end if;
  if l.code_hash is distinct from try_link_code.code_hash then return false; end if;
  update public.password_links x set tries = 0 where x.id = l.id;
  return true;
end $$;

-- The password chosen by a link and its code. Whoever knew the code has a day to enrol a second factor.
drop function ctx.choose_password(bytea, text);
create function ctx.choose_password(token_hash bytea, code_hash bytea, hash text) returns uuid language plpgsql security definer set search_path = '' as $$
declare chosen uuid;
begin
  if ctx.password_link(choose_password.token_hash) is null then return null; end if;
  update public.password_links l set used_at = ctx.clock()
    where l.token_hash = choose_password.token_hash and l.used_at is null and l.code_hash is not distinct from choose_password.code_hash returning l.account_id into chosen;
  if chosen is null then return null; end if;
  insert into public.passwords (account_id, hash, changed_at) values (chosen, choose_password.hash, ctx.clock())
    on conflict (account_id) do update set hash = excluded.hash, changed_at = excluded.changed_at;
  delete from public.password_links l where l.account_id = chosen and l.used_at is null;
  update public.sessions s set ended_at = ctx.clock() where s.account_id = chosen and s.signed_in_by = 'password' and s.ended_at is null;
  update public.first_enrolments f set open_until = greatest(f.open_until, ctx.clock() + interval '24 hours') where f.account_id = chosen;
  return chosen;
end $$;

do $$ declare f text; begin
  foreach f in array array['open_first_enrolment()', 'own_first_enrolment()', 'first_enrolment_open()', 'open_own_enrolment(uuid, bytea)', 'make_enrolment_code(uuid, bytea, timestamptz)',
    'reset_second_factors(uuid, bytea, timestamptz)', 'make_password_link(uuid, uuid, bytea, timestamptz, bytea)', 'try_link_code(bytea, bytea)', 'choose_password(bytea, bytea, text)'] loop
    execute format('alter function ctx.%s owner to cc_definer', f);
    execute format('revoke all on function ctx.%s from public', f);
    -- A link is followed before there is a session: by the role of signing in.
    if f <> 'open_first_enrolment()' then
      execute format('grant execute on function ctx.%s to %I', f, case when f ~ '^(try_link_code|choose_password)' then 'cc_sign_in' else 'cc_web' end);
    end if;
  end loop;
end $$;
