-- A view whose novelties someone is written to about, each morning (CAM-10).
create table view_watches (
  id uuid primary key,
  account_id uuid not null references accounts,
  -- Null once the view is removed: its reader is still to be told.
  view_id uuid references saved_views on delete set null,
  name text not null check (length(name) between 1 and 80),
  -- How the person had signed in: what is read, is read within that.
  way text not null,
  watched_at timestamptz not null,
  -- The lines at the last reading, by their SIRET, and the version of the view that they answered.
  view_version int not null,
  seen bigint[] not null check (cardinality(seen) <= 1000),
  read_at timestamptz not null,
  -- The last morning that a reading was tried: those tried longest ago come first.
  tried_at timestamptz not null,
  -- What the last mail was about.
  news bigint[] not null default '{}' check (cardinality(news) <= 50),
  news_count int not null default 0,
  news_at timestamptz,
  stopped_at timestamptz,
  stopped_for text check (stopped_for in ('removed', 'out-of-reach', 'too-many')),
  check ((stopped_at is null) = (stopped_for is null)),
  constraint view_watches_once unique (account_id, view_id)
);
create index view_watches_view on view_watches (view_id);
create index view_watches_due on view_watches (tried_at) where stopped_at is null;
