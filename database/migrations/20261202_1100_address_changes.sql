-- An address that changes (ACC-16): asked by who decides for the account, it takes effect once someone else confirms it. Both
-- addresses are forgotten a month after (ctx.purge_address_changes): the trail keeps them as it keeps those of an opening.
create table address_changes (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  email text not null check (email ~ '^[!-~]+$' and length(email) between 3 and 254), -- personal
  former text not null, -- personal
  new_domain boolean not null, -- no confirmed account of the structure has it: the person alone is not enough
  reason text not null check (length(reason) between 1 and 300),
  asked_by uuid not null references accounts,
  asked_at timestamptz not null,
  settled_at timestamptz check (settled_at >= asked_at),
  settled_by uuid references accounts,
  outcome text check (outcome in ('confirmed', 'refused', 'lapsed')),
  settle_reason text check (length(settle_reason) between 1 and 300),
  check ((settled_at is null) = (outcome is null)),
  check (outcome is null or outcome = 'lapsed' or num_nonnulls(settled_by, settle_reason) = 2),
  check (outcome is distinct from 'confirmed' or settled_by <> asked_by)
);
create unique index address_changes_one on address_changes (account_id) where settled_at is null;
create index address_changes_organisation on address_changes (organisation_id);
