-- Who asked that their first day be offered no more (UX-6): for good, on every device.
create table first_days (
  account_id uuid primary key references accounts,
  dismissed_at timestamptz not null
);
