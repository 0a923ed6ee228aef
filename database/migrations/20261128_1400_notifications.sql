-- What each person is told, kept beside the mails that say it, and how each wants to be told (CAM-11; docs/decisions/0034).
create table notifications (
  id uuid primary key, -- that of its mail
  account_id uuid not null references accounts,
  kind text not null check (kind ~ '^[a-z]+(-[a-z0-9]+)*$' and length(kind) <= 60),
  subject text not null check (length(btrim(subject)) between 1 and 200), -- personal
  -- What the mail said, of the kinds that one may have without a mail; never of the others: some say a code or a link that serves once.
  text text check (length(text) <= 20000), -- personal
  path text check (path ~ '^/[^\s#]*$' and length(path) <= 300),
  about_kind text check (length(about_kind) <= 60),
  about_id text check (length(about_id) <= 100),
  -- How it was to be told on the day it was written.
  delivery text not null check (delivery in ('now', 'morning', 'weekly', 'bell')),
  at timestamptz not null,
  read_at timestamptz,
  -- By a digest.
  told_at timestamptz,
  check (num_nonnulls(about_kind, about_id) in (0, 2))
);
-- Ids follow the instants at which they were written.
create index notifications_own on notifications (account_id, id desc);
create index notifications_unread on notifications (account_id) where read_at is null;
create index notifications_untold on notifications (account_id, at)
  where told_at is null and read_at is null and delivery in ('morning', 'weekly');
create index notifications_at on notifications (at);

-- Only what a person chose; a kind that is not here is told in the usual way (ctx.usual_deliveries).
create table notification_choices (
  account_id uuid not null references accounts,
  kind text not null check (length(kind) <= 60),
  delivery text not null check (delivery in ('now', 'morning', 'weekly', 'bell')),
  chosen_at timestamptz not null,
  primary key (account_id, kind)
);
