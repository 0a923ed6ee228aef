-- A departure or an absence declared by mistake, or contested by the structure for which it was entered: what it cut comes back (RGC-6, AGR-13).
alter table rgc_events
  add column withdrawn_at timestamptz check (withdrawn_at >= declared_at),
  add column withdrawn_by uuid references accounts,
  add column withdrawal_reason text check (length(withdrawal_reason) between 1 and 500),
  add check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason) in (0, 3));
-- The grants that a departure ended: with its last day, or at once; and the end that each had before.
create table rgc_event_cuts (
  event_id uuid not null references rgc_events,
  grant_id uuid not null references grants,
  ends_on date,
  at_once boolean not null,
  primary key (event_id, grant_id)
);
create index rgc_event_cuts_grant on rgc_event_cuts (grant_id);

-- A deed signed by hand that the operator entered, and that the structure says it never signed (AGR-13).
alter table rgc_deeds
  add column contested_at timestamptz check (contested_at >= sent_at),
  add column contested_by uuid references accounts,
  add column contest_reason text check (length(contest_reason) between 1 and 500),
  add check (num_nonnulls(contested_at, contested_by, contest_reason) in (0, 3)),
  add check (contested_at is null or paper_signed_on is not null);
