-- The last CSSI and the last administrator stay past their declared departure: who was told so, of which roles (ACC-6, SEC-2).
create table departures_held (
  account_id uuid primary key references accounts,
  event_id uuid not null references rgc_events,
  roles text[] not null check (cardinality(roles) > 0),
  told_at timestamptz not null
);
