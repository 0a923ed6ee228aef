-- Sessions, who one is at ProConnect, the second factors proven here, and sign-ins under way (IDN).

create table sessions (
  id uuid primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  account_id uuid not null references accounts,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz,
  -- the proof ProConnect gave, and the second factor proven there or here
  acr text,
  amr text[] not null default '{}',
  second_factor text check (second_factor in ('proconnect', 'totp', 'passkey', 'recovery-code')),
  second_factor_at timestamptz,
  proven_at timestamptz, -- the last time any second factor was proven: step-up and unlocking count from here
  id_token text, -- sent back to ProConnect at sign-out
  device text not null default '',
  check ((second_factor is null) = (second_factor_at is null)),
  signed_in_by text not null default 'proconnect' check (signed_in_by in ('proconnect', 'password')),
  -- How ProConnect proved two factors: a weak level is accepted only as long as a directive says so. Null: it proved one.
  proof text check (proof in ('strong', 'weak')),
  -- The code was typed in this session: it alone may enrol, for half an hour.
  enrols_until timestamptz
);
create index sessions_account on sessions (account_id) where ended_at is null;
create index sessions_identity_token on sessions (created_at) where id_token is not null;

create table secret.context_key (key bytea not null);
insert into secret.context_key select extensions.gen_random_bytes(32);

/* What a repeated POST answers, kept a day: the same key and body get the same reply, written once. */
create table idempotency_keys (
  account_id uuid not null references accounts,
  key text not null check (length(key) between 8 and 128),
  route text not null,
  body_digest bytea not null,
  -- A repeated write answers the very bytes of the first reply: `json` keeps the text as it was sent, where `jsonb` writes it anew.
  reply json, -- personal
  created_at timestamptz not null default now(),
  primary key (account_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

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

-- Someone who came with the address of an account that is linked already, or whose organisation is another: a person decides, never
-- the address (T15).
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
  reason text not null constraint pending_links_reason_check check (reason in ('already-linked', 'other-organisation', 'unknown-provider')),
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references accounts,
  decision text check (decision in ('confirmed', 'refused')),
  check (num_nonnulls(decided_at, decision) in (0, 2)),
  -- Null: nobody was told of it yet. The account managers of the structure decide, or the security officers for one of them.
  told_at timestamptz
);
create unique index pending_links_open on pending_links (issuer, subject, account_id) where decided_at is null;
create index pending_links_account on pending_links (account_id) where decided_at is null;

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

-- What a right rests on (convention, art. 7, 10, 12, annex 1): the convention in force, the conditions accepted, the account
-- itself. Rights are still worked out at each request.

-- The instant every right is judged at. The owner may shift it, to try what a later day does; the application cannot.
create table secret.clock (shift interval not null);

-- What the operator accepts as a sign-in, by profile and by date (IDN-7), judged at each request; and what helps a person who lost
-- a factor (IDN-6).
create table authentication_directives (
  id uuid primary key,
  -- holders of a grant of that profile, or of a role
  audience text not null check (audience in ('consultation', 'conseiller', 'responsable', 'pilote', 'fonction')),
  effective_on date not null,
  -- last day on which ProConnect's weaker levels are enough; null: they are not
  weak_until date check (weak_until >= effective_on),
  local boolean not null, -- a second factor proven here, after one at ProConnect
  password boolean not null, -- a password, then a second factor proven here
  reason text not null check (length(reason) between 1 and 300),
  set_by uuid references accounts,
  set_at timestamptz not null
);
create index authentication_directives_last on authentication_directives (audience, effective_on desc, set_at desc, id desc);

/*
 * A mailbox is never both factors of an account (IDN-2, IDN-6). The first second factor is enrolled within three days of the
 * account being opened, or with a code that the account manager hands over by voice; a password link asks for such a code too.
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

/*
 * The first link of an account trusts no identity provider by itself (IDN-1): it is made when the provider is expected of the
 * structure, or with the invitation of the welcome mail. Otherwise it waits, and the account manager confirms it or refuses it.
 */

-- The providers by which people of a structure come: those of the links made so far, and those that a person confirmed since.
create table expected_providers (
  organisation_id uuid not null references organisations,
  idp_id text not null check (length(idp_id) between 1 and 100),
  added_at timestamptz not null,
  added_by uuid references accounts, -- null: on the command line
  primary key (organisation_id, idp_id)
);

-- One-time, in the mail that tells an account is open.
create table invitations (
  id uuid primary key,
  account_id uuid not null references accounts,
  token_hash bytea not null unique check (length(token_hash) = 32),
  made_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > made_at),
  used_at timestamptz
);
create index invitations_account on invitations (account_id);
