-- A departure entered ahead: the account ends after its last day, and the departure is undone before (ACC-16).
create table departures_to_come (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  last_day date not null,
  cause text not null check (cause in ('departure', 'change-of-function', 'not-needed')),
  reason text not null check (length(reason) between 1 and 300),
  former_end date, -- the last day that the account had before
  entered_by uuid not null references accounts,
  entered_at timestamptz not null,
  cancelled_at timestamptz check (cancelled_at >= entered_at),
  cancelled_by uuid references accounts,
  cancel_reason text check (length(cancel_reason) between 1 and 300),
  ended_at timestamptz,
  check (num_nonnulls(cancelled_at, cancelled_by, cancel_reason) in (0, 3)),
  check (num_nonnulls(cancelled_at, ended_at) < 2)
);
create unique index departures_to_come_one on departures_to_come (account_id) where cancelled_at is null and ended_at is null;
create index departures_to_come_organisation on departures_to_come (organisation_id);
