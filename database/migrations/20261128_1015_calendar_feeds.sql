-- The secret address by which a calendar program reads the next actions of one person (CAM-11; docs/decisions/0032).
create table calendar_feeds (
  account_id uuid primary key references accounts,
  id uuid not null unique,
  -- sha256 of the signature in the address: the database alone cannot make one that opens.
  digest bytea not null check (length(digest) = 32),
  -- How the person had signed in: the address opens no more than that way does.
  way text not null,
  made_at timestamptz not null,
  read_on date
);
