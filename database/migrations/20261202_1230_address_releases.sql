-- An address that a former structure has not released (ACC-16): asked by the account manager of another structure, answered by the
-- former one, settled by the security officer of the operator. Forgotten a month after (ctx.purge_address_releases).
create table address_releases (
  id uuid primary key,
  account_id uuid not null references accounts, -- the account that has the address
  former_id uuid not null references organisations, -- its structure, which the asking one never learns
  asker_id uuid not null references organisations,
  email text not null check (email = lower(email) and length(email) between 3 and 254), -- personal
  given_name text not null check (length(given_name) between 1 and 100), -- personal, as the asking structure says
  family_name text not null check (length(family_name) between 1 and 100), -- personal
  reason text not null check (length(reason) between 1 and 300),
  asked_by uuid not null references accounts,
  asked_at timestamptz not null,
  told_at timestamptz check (told_at >= asked_at), -- the person and the former structure were written to
  contested_at timestamptz check (contested_at >= asked_at),
  contested_by uuid references accounts,
  contest_reason text check (length(contest_reason) between 1 and 300),
  settled_at timestamptz check (settled_at >= asked_at),
  settled_by uuid references accounts,
  outcome text check (outcome in ('released', 'refused', 'withdrawn', 'freed')), -- freed: by a departure or another address
  settle_reason text check (length(settle_reason) between 1 and 300),
  check (former_id <> asker_id),
  check (num_nulls(contested_at, contested_by, contest_reason) in (0, 3)),
  check ((settled_at is null) = (outcome is null)),
  check (outcome is null or outcome = 'freed' or num_nonnulls(settled_by, settle_reason) = 2),
  check (outcome is distinct from 'released' or settled_by not in (asked_by, account_id))
);
create unique index address_releases_one on address_releases (asker_id, account_id) where settled_at is null;
create index address_releases_account on address_releases (account_id);
create index address_releases_former on address_releases (former_id);
