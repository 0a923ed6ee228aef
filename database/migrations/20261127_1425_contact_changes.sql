-- Changes of the operator's contacts that its partners are still to be told of (AGR-6, AGR-9): the worker writes to them by parts.
create table contact_changes (
  id uuid primary key,
  role text not null check (length(role) between 1 and 40),
  region_id int not null references territories,
  changed_by uuid not null references accounts,
  changed_at timestamptz not null,
  -- The conventions up to this one are told.
  told_up_to uuid,
  told_at timestamptz,
  mails int not null default 0
);
create index contact_changes_to_tell on contact_changes (changed_at) where told_at is null;
