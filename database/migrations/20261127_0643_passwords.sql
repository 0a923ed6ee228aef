-- Signing in by password, for the organisations that the operator opens it to: off unless said otherwise (IDN-3).

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
  used_at timestamptz,
  -- Whoever chooses a password by a one-time link has no session to write a mail in: a job tells them within a minute, of each link once.
  told_at timestamptz check (told_at >= used_at),
  -- A link asks for a code too; those of the command line, handed over in person, have none.
  code_hash bytea check (length(code_hash) = 32),
  tries int not null default 0 check (tries between 0 and 5)
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
