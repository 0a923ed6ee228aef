-- A subject of ProConnect opens the accounts of one person, one in each structure (ACC-16, decision 0044).
alter table account_identities drop constraint account_identities_pkey, add primary key (issuer, subject, account_id);

-- A sign-in that waits for its structure: first factor proven, no session yet. Used once, by the browser that has its
-- token.
create table sign_in_choices (
  token_hash bytea primary key check (length(token_hash) = 32),
  account_id uuid not null references accounts,
  beside_id uuid not null references accounts check (beside_id <> account_id),
  way text not null check (way in ('proconnect', 'password')),
  -- what ProConnect vouched for; no name, no address
  vouched jsonb check ((vouched is not null) = (way = 'proconnect')),
  invitation_hash bytea check (length(invitation_hash) = 32),
  return_to text not null check (length(return_to) <= 500),
  created_at timestamptz not null
);
create index sign_in_choices_age on sign_in_choices (created_at);
