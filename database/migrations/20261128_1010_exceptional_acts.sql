-- Acts done on a partner's account in the place of its account managers (ACC-10): by the operator's security officer, or by the
-- signatory once nobody manages the accounts. Each has its ground and its reason. `read` opens the account's file for an hour.
create table exceptional_acts (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  act text not null check (act in ('read', 'suspend', 'resume', 'lift', 'depart', 'end-grant', 'reset-second-factors')),
  grant_id uuid references grants,
  check ((act = 'end-grant') = (grant_id is not null)),
  ground text not null check (ground in ('incident', 'necessity')),
  reason text not null check (length(reason) between 10 and 300),
  incident text check (length(incident) between 1 and 100),
  check ((ground = 'incident') = (incident is not null)),
  done_by uuid not null references accounts check (done_by <> account_id),
  done_at timestamptz not null,
  -- What the act writes is written in this transaction, and in no other.
  done_in xid8 not null default pg_current_xact_id()
);
create index exceptional_acts_account on exceptional_acts (account_id, done_at desc);
create index exceptional_acts_author on exceptional_acts (done_by, done_at desc);
