-- The yearly review of accesses, their anomalies, the watch over uses.

-- The review of all the accounts of a structure, once a year at least (annex 1, 1.6; ACC-8). What is reviewed is frozen at its
-- start; each line is decided, and corrected as it is decided.
create table access_review_rhythms ( -- the operator's, in months
  in_force_from timestamptz primary key,
  months int not null check (months between 1 and 12),
  set_by uuid references accounts
);

create table access_reviews (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  due_on date not null,
  started_at timestamptz not null,
  started_by uuid not null references accounts,
  closed_at timestamptz check (closed_at >= started_at),
  closed_by uuid references accounts,
  report_digest bytea check (length(report_digest) = 32), -- of the lines as its CSV says them
  check (num_nonnulls(closed_at, closed_by, report_digest) in (0, 3)),
  unique (id, organisation_id)
);
create unique index access_reviews_open on access_reviews (organisation_id) where closed_at is null;
create index access_reviews_closed on access_reviews (organisation_id, closed_at);

-- An account, or one of its grants, as it stood when the review started, with the evidence of what is wrong.
create table access_review_lines (
  id uuid primary key,
  review_id uuid not null,
  organisation_id uuid not null,
  account_id uuid not null references accounts,
  grant_id uuid references grants, -- null: the account itself
  function text not null,
  attachment text not null,
  status text not null,
  contract_ends_on date,
  last_act_at timestamptz,
  has_role boolean not null, -- for its structure: it needs no grant to be of use
  tool text,
  profile text,
  territory_id int references territories,
  agency_id uuid references agencies,
  granted_at timestamptz,
  last_used_on date,
  anomalies text[] not null default '{}',
  anomaly boolean generated always as (anomalies <> '{}') stored,
  decision text check (decision in ('keep', 'reduce', 'suspend', 'delete')),
  to_profile text check (to_profile in ('consultation', 'conseiller', 'responsable')),
  reason text check (length(reason) between 1 and 300),
  decided_at timestamptz,
  decided_by uuid references accounts,
  foreign key (review_id, organisation_id) references access_reviews (id, organisation_id),
  check (num_nonnulls(decision, decided_at, decided_by) in (0, 3)),
  check ((grant_id is null) = (tool is null) and (grant_id is null) = (profile is null)),
  check ((decision is not distinct from 'reduce') = (to_profile is not null)
    and (decision is distinct from 'reduce' or grant_id is not null)),
  -- What is kept in spite of an anomaly, and what is corrected, say why.
  check (decision is null or (decision = 'keep' and anomalies = '{}') or reason is not null),
  constraint decided_by_another check (decided_by <> account_id),
  unique nulls not distinct (review_id, account_id, grant_id),
  -- Since when each of its anomalies was open.
  anomalies_since timestamptz[] not null default '{}'
);
-- Anomalies first, the lines of a person together.
create index access_review_lines_order on access_review_lines (review_id, (not anomaly), account_id, (grant_id is not null), id);
create index access_review_lines_left on access_review_lines (review_id) where decision is null;

-- What was sent, once: 30, 7 and 0 days before, and when it is late.
create table access_review_reminders (
  organisation_id uuid not null references organisations,
  due_on date not null,
  kind text not null check (kind in ('thirty-days', 'seven-days', 'today', 'late')),
  sent_at timestamptz not null,
  primary key (organisation_id, due_on, kind)
);

/*
 * Where people act from, to a tenth of a degree, as the operator's reverse proxy says it where it does (SEC-2: impossible travel).
 * Kept a day: in more, any place on Earth is within the reach of an ordinary flight. Nobody reads it: only the watch counts with
 * it, and says no place.
 */
create table use_places (
  account_id uuid not null references accounts,
  at timestamptz not null,
  latitude smallint not null check (latitude between -900 and 900), -- tenths of a degree
  longitude smallint not null check (longitude between -1800 and 1800)
);
create index use_places_account on use_places (account_id, at);
create index use_places_at on use_places (at);

-- The anomalies of access (annex 1, 1.6; ACC-14): each one dated, from when what is wrong was so, to when it was corrected, how and
-- by whom.
create table access_anomalies (
  id uuid primary key, -- made of whose it is, what, and since when: the same fact is one row, whoever writes it and however often
  organisation_id uuid not null references organisations,
  account_id uuid not null,
  grant_id uuid references grants, -- null: of the account itself
  kind text not null check (kind in ('should-be-suspended', 'contract-over', 'never-seen', 'not-seen', 'no-grant', 'never-used', 'unused',
    'beyond-function')),
  -- The evidence as it stood when it was written.
  function text not null,
  contract_ends_on date,
  last_act_at timestamptz,
  last_used_on date,
  opened_at timestamptz not null,
  corrected_at timestamptz check (corrected_at >= opened_at),
  corrected_how text check (corrected_how in ('grant-ended', 'grant-changed', 'grant-over', 'account-suspended', 'account-deleted',
    'contract-extended', 'came-back', 'lifted', 'worsened', 'rights-ended', 'rights-given', 'used', 'function-changed', 'gone')),
  corrected_by uuid references accounts, -- null: nobody, time or the rules themselves
  foreign key (account_id, organisation_id) references accounts (id, organisation_id),
  check ((corrected_at is null) = (corrected_how is null) and (corrected_by is null or corrected_at is not null))
);
create unique index access_anomalies_open on access_anomalies (account_id, kind, grant_id) nulls not distinct where corrected_at is null;
create index access_anomalies_account on access_anomalies (account_id);
create index access_anomalies_organisation on access_anomalies (organisation_id) where corrected_at is null;
create index access_anomalies_corrected on access_anomalies (organisation_id, corrected_at, id) where corrected_at is not null;

-- What the tool cannot show of an access, and the operator saw elsewhere (annex 1, 1.6; ACC-14): recorded by its security officer,
-- marked corrected by the partner's account manager.
create table supplied_anomalies (
  id uuid primary key, -- made of what is said: a file sent twice says it once
  organisation_id uuid not null references organisations,
  kind text not null check (length(kind) between 1 and 80),
  whose text not null check (length(whose) between 1 and 200), -- personal: the person, or the access
  evidence text not null check (length(evidence) between 1 and 1000), -- personal
  found_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null references accounts,
  corrected_at timestamptz check (corrected_at >= recorded_at),
  corrected_by uuid references accounts,
  correction text check (length(correction) between 1 and 500),
  check (num_nonnulls(corrected_at, corrected_by, correction) in (0, 3))
);
create index supplied_anomalies_open on supplied_anomalies (organisation_id, found_on, id) where corrected_at is null;
create index supplied_anomalies_corrected on supplied_anomalies (organisation_id, corrected_at, id) where corrected_at is not null;
