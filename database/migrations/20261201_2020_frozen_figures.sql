-- Figures of a month as they stood when it was frozen (IND-6): one line for each reading, that is for a structure and perimeters.
create table frozen_figures (
  month date not null check (month = date_trunc('month', month)::date),
  scope text collate "C" not null check (scope ~ '^[0-9a-f]{64}$'),
  organisation_id uuid not null references organisations,
  campagnes int[] not null check (campagnes <> '{}'),
  fiche int[] not null,
  summed int[] not null,
  frozen_at timestamptz not null,
  lines jsonb not null,
  digest bytea not null check (length(digest) = 32),
  primary key (month, scope)
);
-- A month is frozen once all of its lines are; the digest of theirs, in order, is what the trail keeps.
create table frozen_months (
  month date primary key check (month = date_trunc('month', month)::date),
  frozen_at timestamptz not null,
  line_count int not null,
  digest bytea not null check (length(digest) = 32)
);
