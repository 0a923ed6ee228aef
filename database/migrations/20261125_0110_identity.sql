-- Who one is at ProConnect, the second factors proven here, and sign-ins under way.

-- A subject is proper to one person at one identity provider: it is the key of the account, never the address.
create table account_identities (
  issuer text not null check (length(issuer) between 8 and 300),
  subject text not null check (length(subject) between 1 and 255),
  account_id uuid not null references accounts,
  idp_id text not null default '',
  linked_at timestamptz not null default now(),
  -- null: by the address, the first time; otherwise who confirmed
  confirmed_by uuid references accounts,
  primary key (issuer, subject)
);
create index account_identities_account on account_identities (account_id);

-- Someone who came with the address of an account that is linked already, or whose organisation is another: a person decides, never the address (T15).
create table pending_links (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  given_name text not null, -- personal
  usual_name text not null, -- personal
  email text not null, -- personal
  siret bigint,
  idp_id text not null default '',
  reason text not null check (reason in ('already-linked', 'other-organisation')),
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references accounts,
  decision text check (decision in ('confirmed', 'refused')),
  check (num_nonnulls(decided_at, decision) in (0, 2))
);
create unique index pending_links_open on pending_links (issuer, subject, account_id) where decided_at is null;

-- Between leaving for ProConnect and coming back: used once, bound to the browser that left.
create table sign_in_transactions (
  id uuid primary key,
  state_hash bytea not null unique check (length(state_hash) = 32),
  browser_hash bytea not null check (length(browser_hash) = 32),
  state text not null,
  nonce text not null,
  code_verifier text not null,
  essential boolean not null,
  return_to text not null check (length(return_to) <= 500),
  -- a fresh proof asked for within this session; null for a sign-in
  session_id uuid references sessions on delete cascade,
  created_at timestamptz not null default now()
);
create index sign_in_transactions_age on sign_in_transactions (created_at);

create table second_factors (
  id uuid primary key,
  account_id uuid not null references accounts,
  kind text not null check (kind in ('totp', 'passkey')),
  label text not null check (length(label) between 1 and 60),
  created_at timestamptz not null,
  last_used_at timestamptz,
  -- TOTP: the secret encrypted by the application, and the last step accepted, so that a code serves once
  secret bytea,
  last_step bigint,
  -- passkey
  credential_id text unique,
  public_key bytea,
  counter bigint,
  transports text[] not null default '{}',
  check (case kind when 'totp' then num_nonnulls(secret, last_step) = 2 and num_nonnulls(credential_id, public_key, counter) = 0
         else num_nonnulls(credential_id, public_key, counter) = 3 and secret is null end)
);
create index second_factors_account on second_factors (account_id);

-- An enrolment or a proof under way in one session; gone once answered.
create table second_factor_challenges (
  session_id uuid not null references sessions on delete cascade,
  account_id uuid not null references accounts,
  purpose text not null check (purpose in ('totp-enrolment', 'passkey-enrolment', 'passkey-proof')),
  challenge text,
  secret bytea,
  created_at timestamptz not null,
  primary key (session_id, purpose)
);

create table recovery_codes (
  account_id uuid not null references accounts,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (account_id, code_hash)
);

-- Wrong codes in a row. A delay that grows and always ends: a stranger never shuts anyone out for good (IDN-6).
create table second_factor_failures (
  account_id uuid primary key references accounts,
  failures int not null check (failures >= 0),
  wait_until timestamptz
);

alter table account_identities enable row level security; alter table account_identities force row level security;
alter table pending_links enable row level security; alter table pending_links force row level security;
alter table sign_in_transactions enable row level security; alter table sign_in_transactions force row level security;
alter table second_factors enable row level security; alter table second_factors force row level security;
alter table second_factor_challenges enable row level security; alter table second_factor_challenges force row level security;
alter table recovery_codes enable row level security; alter table recovery_codes force row level security;
alter table second_factor_failures enable row level security; alter table second_factor_failures force row level security;

create policy owner on account_identities to cc_owner using (true) with check (true);
create policy owner on pending_links to cc_owner using (true) with check (true);
create policy owner on sign_in_transactions to cc_owner using (true) with check (true);
create policy owner on second_factors to cc_owner using (true) with check (true);
create policy owner on second_factor_challenges to cc_owner using (true) with check (true);
create policy owner on recovery_codes to cc_owner using (true) with check (true);
create policy owner on second_factor_failures to cc_owner using (true) with check (true);

-- Before there is a session, the application reaches these two only through the functions below.
grant select, insert on account_identities, pending_links to cc_definer;
grant select, insert, delete on sign_in_transactions to cc_definer;
grant update (id) on accounts to cc_definer; -- for the row lock that lets an account be linked once

-- With a second factor enrolled, a first factor alone may not add another.
create function ctx.has_second_factor() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.second_factors where account_id = ctx.account());
end $$;
alter function ctx.has_second_factor() owner to cc_definer;
revoke all on function ctx.has_second_factor() from public;
grant execute on function ctx.has_second_factor() to cc_web;
grant select on second_factors to cc_definer;

-- One's own rows. What proves the second factor must be readable before it is proven; what adds or removes one must not, save the very first.
create policy own on account_identities for select to cc_web using ((select ctx.known()) and account_id = (select ctx.account()));
create policy own on second_factors for select to cc_web using ((select ctx.known()) and account_id = (select ctx.account()));
create policy used on second_factors for update to cc_web using ((select ctx.known()) and account_id = (select ctx.account())) with check (account_id = (select ctx.account()));
create policy enrol on second_factors for insert to cc_web with check ((select ctx.known()) and account_id = (select ctx.account()) and ((select ctx.ok()) or not (select ctx.has_second_factor())));
create policy remove on second_factors for delete to cc_web using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy own on second_factor_challenges to cc_web using ((select ctx.known()) and account_id = (select ctx.account())) with check ((select ctx.known()) and account_id = (select ctx.account()));
create policy own on recovery_codes to cc_web using ((select ctx.known()) and account_id = (select ctx.account())) with check ((select ctx.known()) and account_id = (select ctx.account()));
create policy own on second_factor_failures to cc_web using ((select ctx.known()) and account_id = (select ctx.account())) with check ((select ctx.known()) and account_id = (select ctx.account()));
grant select on account_identities to cc_web;
grant select, insert, delete, update (last_used_at, last_step, counter) on second_factors to cc_web;
grant select, insert, update, delete on second_factor_challenges to cc_web;
grant select, insert, delete, update (used_at) on recovery_codes to cc_web;
grant select, insert, update on second_factor_failures to cc_web;
-- Sent back to ProConnect at sign-out, and forgotten with the session.
grant select (id_token), update (id_token) on sessions to cc_web;

create function ctx.sign_in_begin(id uuid, state_hash bytea, browser_hash bytea, state text, nonce text, code_verifier text, essential boolean, return_to text, session_id uuid)
returns void language plpgsql security definer set search_path = '' as $$
begin
  delete from public.sign_in_transactions t where t.created_at < now() - interval '10 minutes';
  insert into public.sign_in_transactions values (sign_in_begin.id, sign_in_begin.state_hash, sign_in_begin.browser_hash, sign_in_begin.state, sign_in_begin.nonce,
    sign_in_begin.code_verifier, sign_in_begin.essential, sign_in_begin.return_to, sign_in_begin.session_id);
end $$;

-- Takes a sign-in under way out of the table: whoever comes second, or from elsewhere, finds nothing left to use.
create function ctx.sign_in_take(state_hash bytea) returns jsonb language sql volatile security definer set search_path = '' as $$
  with taken as (delete from public.sign_in_transactions t where t.state_hash = sign_in_take.state_hash and t.created_at > now() - interval '10 minutes' returning t.*)
  select jsonb_build_object('id', id, 'browserHash', encode(browser_hash, 'hex'), 'state', state, 'nonce', nonce, 'codeVerifier', code_verifier, 'essential', essential,
    'returnTo', return_to, 'sessionId', session_id, 'startedAt', created_at) from taken
$$;

-- The facts by which a person is matched to an account; the rule is in server/identity/match-account-rules.ts. Locks the account that the address points to, so that it is linked once.
create function ctx.find_identity(issuer text, subject text, email text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare known jsonb; candidate jsonb; locked uuid;
begin
  for attempt in 1..2 loop
    select jsonb_build_object('accountId', a.id, 'status', a.status) into known
      from public.account_identities i join public.accounts a on a.id = i.account_id where i.issuer = find_identity.issuer and i.subject = find_identity.subject;
    exit when known is not null or locked is not null;
    -- The same person may be coming in twice at once: look again once the other is done.
    select a.id into locked from public.accounts a where a.id = (select c.account_id from public.account_contacts c where c.email = lower(find_identity.email)) for update;
    exit when locked is null;
  end loop;
  if known is null and locked is not null then
    select jsonb_build_object('accountId', a.id, 'status', a.status, 'organisationId', a.organisation_id, 'organisationSiret', o.siret,
        'linked', exists (select from public.account_identities i where i.account_id = a.id)) into candidate
      from public.accounts a join public.organisations o on o.id = a.organisation_id where a.id = locked;
  end if;
  return jsonb_build_object('known', known, 'candidate', candidate);
end $$;

create function ctx.link_identity(issuer text, subject text, account_id uuid, idp_id text) returns void language sql volatile security definer set search_path = '' as $$
  insert into public.account_identities (issuer, subject, account_id, idp_id) values (link_identity.issuer, link_identity.subject, link_identity.account_id, link_identity.idp_id)
$$;

create function ctx.ask_link(id uuid, issuer text, subject text, account_id uuid, organisation_id uuid, given_name text, usual_name text, email text, siret bigint, idp_id text, reason text)
returns void language sql volatile security definer set search_path = '' as $$
  insert into public.pending_links (id, issuer, subject, account_id, organisation_id, given_name, usual_name, email, siret, idp_id, reason, asked_at)
  values (ask_link.id, ask_link.issuer, ask_link.subject, ask_link.account_id, ask_link.organisation_id, ask_link.given_name, ask_link.usual_name, ask_link.email, ask_link.siret, ask_link.idp_id, ask_link.reason, now())
  on conflict do nothing
$$;

-- Opens a session for a person whom ProConnect vouched for; the one this browser had before ends. Answers the replaced session, if any.
create function ctx.open_session(id uuid, token_hash bytea, account_id uuid, acr text, amr text[], second_factor text, proven_at timestamptz, id_token text, device text, replaces bytea)
returns uuid language plpgsql security definer set search_path = '' as $$
declare replaced uuid;
begin
  update public.sessions s set ended_at = now(), id_token = null where s.token_hash = open_session.replaces and s.ended_at is null returning s.id into replaced;
  insert into public.sessions (id, token_hash, account_id, created_at, last_seen_at, acr, amr, second_factor, second_factor_at, proven_at, id_token, device)
  values (open_session.id, open_session.token_hash, open_session.account_id, now(), now(), open_session.acr, open_session.amr, open_session.second_factor,
    case when open_session.second_factor is not null then now() end, open_session.proven_at, open_session.id_token, open_session.device);
  return replaced;
end $$;

alter function ctx.sign_in_begin(uuid, bytea, bytea, text, text, text, boolean, text, uuid) owner to cc_definer;
alter function ctx.sign_in_take(bytea) owner to cc_definer;
alter function ctx.find_identity(text, text, text) owner to cc_definer;
alter function ctx.link_identity(text, text, uuid, text) owner to cc_definer;
alter function ctx.ask_link(uuid, text, text, uuid, uuid, text, text, text, bigint, text, text) owner to cc_definer;
alter function ctx.open_session(uuid, bytea, uuid, text, text[], text, timestamptz, text, text, bytea) owner to cc_definer;
revoke all on function ctx.sign_in_begin(uuid, bytea, bytea, text, text, text, boolean, text, uuid), ctx.sign_in_take(bytea), ctx.find_identity(text, text, text),
  ctx.link_identity(text, text, uuid, text), ctx.ask_link(uuid, text, text, uuid, uuid, text, text, text, bigint, text, text),
  ctx.open_session(uuid, bytea, uuid, text, text[], text, timestamptz, text, text, bytea) from public;
grant execute on function ctx.sign_in_begin(uuid, bytea, bytea, text, text, text, boolean, text, uuid), ctx.sign_in_take(bytea), ctx.find_identity(text, text, text),
  ctx.link_identity(text, text, uuid, text), ctx.ask_link(uuid, text, text, uuid, uuid, text, text, text, bigint, text, text),
  ctx.open_session(uuid, bytea, uuid, text, text[], text, timestamptz, text, text, bytea) to cc_web;
