-- Signing in by password, for the organisations that the operator opens it to: off unless said otherwise (IDN-3).

-- Each decision of the operator stands; the last one rules.
create table organisation_sign_in (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  password_allowed boolean not null,
  set_by uuid references accounts, -- null: on the command line
  set_at timestamptz not null,
  reason text not null check (length(reason) between 1 and 300)
);
create index organisation_sign_in_last on organisation_sign_in (organisation_id, set_at desc, id desc);

create table passwords (
  account_id uuid primary key references accounts,
  hash text not null check (hash like '$argon2id$v=19$%' and length(hash) <= 300),
  changed_at timestamptz not null
);

-- One-time links by which a password is chosen. A newer link kills the older ones.
create table password_links (
  id uuid primary key,
  account_id uuid not null references accounts,
  token_hash bytea not null unique check (length(token_hash) = 32),
  made_at timestamptz not null,
  made_by uuid references accounts, -- null: on the command line
  ends_at timestamptz not null check (ends_at > made_at),
  used_at timestamptz
);
create index password_links_account on password_links (account_id);

-- Attempts, under a keyed digest of what they draw on: no address and no account can be read here.
create table sign_in_budgets (
  key bytea primary key check (length(key) = 32),
  failures int not null check (failures >= 0),
  wait_until timestamptz,
  last_at timestamptz
);
create index sign_in_budgets_age on sign_in_budgets (last_at);

alter table sessions add column signed_in_by text not null default 'proconnect' check (signed_in_by in ('proconnect', 'password'));
grant select (signed_in_by) on sessions to cc_web;

alter table organisation_sign_in enable row level security; alter table organisation_sign_in force row level security;
alter table passwords enable row level security; alter table passwords force row level security;
alter table password_links enable row level security; alter table password_links force row level security;
alter table sign_in_budgets enable row level security; alter table sign_in_budgets force row level security;
create policy owner on organisation_sign_in to cc_owner using (true) with check (true);
create policy owner on passwords to cc_owner using (true) with check (true);
create policy owner on password_links to cc_owner using (true) with check (true);
create policy owner on sign_in_budgets to cc_owner using (true) with check (true);

-- Everyone of an organisation may know how it signs in; one's own digest is read and changed with two factors proven.
create policy own on organisation_sign_in for select to cc_web using ((select ctx.known()) and organisation_id = (select ctx.organisation()));
create policy own on passwords for select to cc_web using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy change on passwords for update to cc_web using ((select ctx.ok()) and account_id = (select ctx.account())) with check ((select ctx.ok()) and account_id = (select ctx.account()));
grant select on organisation_sign_in to cc_web;
grant select, update (hash, changed_at) on passwords to cc_web;

grant select on organisation_sign_in to cc_definer;
grant select, insert, update on passwords, password_links to cc_definer;
grant select, insert, update, delete on sign_in_budgets to cc_definer;
grant delete on password_links to cc_definer;

create function ctx.password_allowed(of_organisation uuid) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select d.password_allowed from public.organisation_sign_in d where d.organisation_id = of_organisation order by d.set_at desc, d.id desc limit 1), false);
end $$;

-- What an address and a password are checked against, before there is a session: the same work whether the address is known or not.
create function ctx.find_password(email text) returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  return (select jsonb_build_object('accountId', a.id, 'organisationId', a.organisation_id, 'hash', p.hash, 'open', a.status = 'active' and ctx.password_allowed(a.organisation_id))
    from public.account_contacts c join public.accounts a on a.id = c.account_id left join public.passwords p on p.account_id = a.id where c.email = find_password.email);
end $$;

-- Takes what an attempt draws on, in one order, so that attempts sent at once are counted one after the other.
create function ctx.lock_sign_in_budgets(keys bytea[]) returns table (key bytea, failures int, wait_until timestamptz, last_at timestamptz)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  insert into public.sign_in_budgets (key, failures) select k, 0 from unnest(keys) k order by k on conflict do nothing;
  return query select b.key, b.failures, b.wait_until, b.last_at from public.sign_in_budgets b where b.key = any (keys) order by b.key for update;
end $$;
create function ctx.set_sign_in_budget(key bytea, failures int, wait_until timestamptz, last_at timestamptz) returns void language sql volatile security definer set search_path = '' as $$
  update public.sign_in_budgets b set failures = set_sign_in_budget.failures, wait_until = set_sign_in_budget.wait_until, last_at = set_sign_in_budget.last_at where b.key = set_sign_in_budget.key
$$;

-- A session on one factor. Whatever the application believes, none is opened where passwords are not; answers whether it was, and the one that this browser had.
create function ctx.open_password_session(id uuid, token_hash bytea, account_id uuid, device text, replaces bytea) returns jsonb language plpgsql security definer set search_path = '' as $$
declare replaced uuid;
begin
  if not exists (select from public.accounts a join public.passwords p on p.account_id = a.id
      where a.id = open_password_session.account_id and a.status = 'active' and ctx.password_allowed(a.organisation_id)) then return null; end if;
  update public.sessions s set ended_at = now(), id_token = null where s.token_hash = open_password_session.replaces and s.ended_at is null returning s.id into replaced;
  insert into public.sessions (id, token_hash, account_id, created_at, last_seen_at, amr, device, signed_in_by)
  values (open_password_session.id, open_password_session.token_hash, open_password_session.account_id, now(), now(), '{pwd}', open_password_session.device, 'password');
  return jsonb_build_object('replaced', replaced);
end $$;

-- The same password under a stronger digest, unless it was changed meanwhile.
create function ctx.renew_password_hash(account_id uuid, old_hash text, new_hash text) returns void language sql volatile security definer set search_path = '' as $$
  update public.passwords p set hash = renew_password_hash.new_hash where p.account_id = renew_password_hash.account_id and p.hash = renew_password_hash.old_hash
$$;

-- Whose link this is, and what may not be in the password; null when it has served, is over, or opens nothing any more.
create function ctx.password_link(token_hash bytea) returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  return (select jsonb_build_object('accountId', a.id, 'organisationId', a.organisation_id, 'email', c.email, 'words', jsonb_build_array(a.given_name, a.family_name, c.email, o.name), 'first', p.account_id is null)
    from public.password_links l join public.accounts a on a.id = l.account_id join public.account_contacts c on c.account_id = a.id join public.organisations o on o.id = a.organisation_id
    left join public.passwords p on p.account_id = a.id
    where l.token_hash = password_link.token_hash and l.used_at is null and l.ends_at > now() and a.status = 'active' and ctx.password_allowed(a.organisation_id));
end $$;

-- The password chosen by a link, which has then served; all other links die, and sessions opened with the password of before end.
create function ctx.choose_password(token_hash bytea, hash text) returns uuid language plpgsql security definer set search_path = '' as $$
declare chosen uuid;
begin
  if ctx.password_link(choose_password.token_hash) is null then return null; end if;
  update public.password_links l set used_at = now() where l.token_hash = choose_password.token_hash and l.used_at is null returning l.account_id into chosen;
  if chosen is null then return null; end if;
  insert into public.passwords (account_id, hash, changed_at) values (chosen, choose_password.hash, now())
    on conflict (account_id) do update set hash = excluded.hash, changed_at = excluded.changed_at;
  delete from public.password_links l where l.account_id = chosen and l.used_at is null;
  update public.sessions s set ended_at = now() where s.account_id = chosen and s.signed_in_by = 'password' and s.ended_at is null;
  return chosen;
end $$;

-- Nightly, with the sessions long over: budgets of two days ago, links of a month ago.
create function ctx.purge_sign_in() returns jsonb language plpgsql security definer set search_path = '' as $$
declare budgets int; links int;
begin
  delete from public.sign_in_budgets where coalesce(last_at, '-infinity') < now() - interval '2 days'; get diagnostics budgets = row_count;
  delete from public.password_links where made_at < now() - interval '30 days'; get diagnostics links = row_count;
  return jsonb_build_object('budgets', budgets, 'links', links);
end $$;

alter function ctx.password_allowed(uuid) owner to cc_definer;
alter function ctx.find_password(text) owner to cc_definer;
alter function ctx.lock_sign_in_budgets(bytea[]) owner to cc_definer;
alter function ctx.set_sign_in_budget(bytea, int, timestamptz, timestamptz) owner to cc_definer;
alter function ctx.open_password_session(uuid, bytea, uuid, text, bytea) owner to cc_definer;
alter function ctx.renew_password_hash(uuid, text, text) owner to cc_definer;
alter function ctx.password_link(bytea) owner to cc_definer;
alter function ctx.choose_password(bytea, text) owner to cc_definer;
alter function ctx.purge_sign_in() owner to cc_definer;
revoke all on function ctx.password_allowed(uuid), ctx.find_password(text), ctx.lock_sign_in_budgets(bytea[]), ctx.set_sign_in_budget(bytea, int, timestamptz, timestamptz),
  ctx.open_password_session(uuid, bytea, uuid, text, bytea), ctx.renew_password_hash(uuid, text, text), ctx.password_link(bytea), ctx.choose_password(bytea, text), ctx.purge_sign_in() from public;
grant execute on function ctx.find_password(text), ctx.lock_sign_in_budgets(bytea[]), ctx.set_sign_in_budget(bytea, int, timestamptz, timestamptz),
  ctx.open_password_session(uuid, bytea, uuid, text, bytea), ctx.renew_password_hash(uuid, text, text), ctx.password_link(bytea), ctx.choose_password(bytea, text) to cc_web;
grant execute on function ctx.purge_sign_in() to cc_worker;
