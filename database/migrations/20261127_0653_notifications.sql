-- Mails and the queue of jobs.

-- A default of mails rests on this function, so it stands here.
create function ctx.account() returns uuid language sql stable as $$ select nullif(current_setting('ctx.account', true), '')::uuid $$;

create table worker_heartbeats (worker_id text primary key, at timestamptz not null);

-- The outbox: a mail is written in the transaction of the act that causes it, and leaves with a job of that same transaction. No
-- act, no mail; no mail lost.
create table mails (
  id uuid primary key, -- its Message-ID too, by which a mail that left twice is known as one
  to_account_id uuid references accounts,
  -- personal
  to_address text check (length(to_address) <= 254 and to_address = lower(to_address) and to_address ~ '^[^\s@<>",;]+@[^\s@<>",;]+$'),
  subject text not null check (length(subject) <= 200 and subject !~ '[\r\n]'), -- personal
  body text not null check (length(body) <= 20000), -- personal
  why text not null check (length(why) <= 300),
  path text check (path ~ '^/[^\s]*$' and length(path) <= 300), -- the page it speaks of
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$' and length(kind) <= 60),
  about_kind text check (length(about_kind) <= 60),
  about_id text check (length(about_id) <= 100),
  queued_by uuid default ctx.account() references accounts, -- null: a job
  created_at timestamptz not null,
  attempts int not null default 0 check (attempts >= 0),
  last_error text check (last_error ~ '^[A-Za-z0-9-]{1,40}$'), -- a code, never an address
  -- What became of it: taken by the mail server, given up, or (in demonstration, without a mail server) kept in a file.
  sent_at timestamptz,
  failed_at timestamptz,
  kept_at timestamptz,
  purged_at timestamptz,
  check (num_nonnulls(sent_at, failed_at, kept_at) <= 1),
  check (num_nonnulls(about_kind, about_id) in (0, 2)),
  check (purged_at is not null or num_nonnulls(to_account_id, to_address) = 1),
  check (purged_at is not null or length(btrim(subject)) > 0 and length(btrim(body)) > 0),
  check (purged_at is null or num_nonnulls(sent_at, failed_at, kept_at) = 1)
);
create index mails_waiting on mails (created_at) where sent_at is null and failed_at is null and kept_at is null;
create index mails_to_purge on mails (coalesce(sent_at, failed_at, kept_at)) where purged_at is null;
create index mails_to_account on mails (to_account_id, kind);

-- The queue belongs to the worker; ctx.queue_mail_job adds to it, whether its tables stand already or come later.
grant usage on schema graphile_worker to cc_definer;
grant select, insert, update on all tables in schema graphile_worker to cc_definer;
grant usage on all sequences in schema graphile_worker to cc_definer;
alter default privileges for role cc_worker in schema graphile_worker grant select, insert, update on tables to cc_definer;
alter default privileges for role cc_worker in schema graphile_worker grant usage on sequences to cc_definer;
