-- What an employer needs (CAM-7), from what it says to a hire, across structures. Candidates are never named here.

-- Names of jobs (appellations) of the ROME, imported; a need keeps the words it was said with.
create table job_titles (
  code text primary key check (code ~ '^[0-9]{1,10}$'), -- OGR
  label text not null check (length(label) between 1 and 250),
  rome text not null check (rome ~ '^[A-N][0-9]{4}$'),
  words text not null -- the label in small letters, without accents
);

create table needs (
  id uuid primary key,
  siret bigint not null,
  region_id int,
  departement_id int,
  epci_id int,
  clpe_id int,
  -- 'organisation': kept to its own; a structure that it is proposed to reads these facts, nothing of its versions.
  visibility text not null check (visibility in ('reseau', 'organisation')),
  kind text not null check (kind in ('recrutement', 'formation', 'immersion', 'conseil', 'contrat-aide', 'autre')),
  advice text check (advice in ('poste-de-travail', 'inclusion', 'handicap')),
  job_code text, -- no foreign key: the list may change, the need stays as it was said
  job_label text check (length(job_label) between 1 and 250),
  rome text,
  job_words text, -- the label in small letters, without accents, to be searched
  posts int check (posts between 1 and 999),
  contract text check (contract in ('cdi', 'cdd', 'interim', 'saisonnier', 'apprentissage', 'professionnalisation', 'insertion')),
  starts_on date,
  weekly_hours numeric(4, 1) check (weekly_hours > 0 and weekly_hours <= 60),
  wage text check (length(wage) between 1 and 100),
  skills text check (length(skills) between 1 and 500),
  place text check (length(place) between 1 and 300),
  correspondent_id uuid references correspondents on delete set null,
  exchange_id uuid references exchanges on delete set null,
  -- The advisor who follows it, and their structure.
  organisation_id uuid not null references organisations,
  owner_id uuid not null,
  state text not null default 'ouvert'
    check (state in ('ouvert', 'pris-en-charge', 'partiellement-pourvu', 'pourvu', 'pourvu-autrement', 'abandonne')),
  taken_by uuid references accounts,
  taken_by_organisation uuid references organisations,
  taken_at timestamptz,
  closed_at timestamptz,
  hired int not null default 0 check (hired >= 0),
  version int not null default 1,
  -- The last version that changed what is needed: who declined before may be asked again.
  said_version int not null default 1,
  noted_on date not null,
  noted_at timestamptz not null,
  foreign key (owner_id, organisation_id) references accounts (id, organisation_id),
  constraint needs_job check (kind <> 'recrutement' or job_label is not null),
  constraint needs_posts check (kind not in ('recrutement', 'contrat-aide') or posts is not null),
  constraint needs_advice check ((kind = 'conseil') = (advice is not null)),
  constraint needs_rome check ((job_code is null) = (rome is null)),
  constraint needs_taken_whole check (num_nonnulls(taken_by, taken_by_organisation, taken_at) in (0, 3)),
  constraint needs_open_is_free check (state <> 'ouvert' or taken_by is null),
  constraint needs_taken check (state not in ('pris-en-charge', 'partiellement-pourvu') or taken_by is not null),
  constraint needs_closed check ((state in ('pourvu', 'pourvu-autrement', 'abandonne')) = (closed_at is not null))
);
create index needs_siret on needs (siret, noted_on desc, id desc);
create index needs_noted on needs (noted_on desc, id desc);
create index needs_state on needs (state, noted_on desc, id desc);
create index needs_owner on needs (owner_id, noted_on desc, id desc);

create table need_versions (
  need_id uuid not null references needs,
  version int not null check (version > 0),
  change text not null check (change in ('noted', 'corrected', 'taken', 'given-back', 'unreachable', 'hired', 'answered',
    'filled-otherwise', 'abandoned', 'reopened')),
  visibility text not null check (visibility in ('reseau', 'organisation')),
  state text not null,
  -- What was needed, as it was said; with the versions that changed it alone.
  said jsonb,
  notes text check (length(notes) between 1 and 2000), -- personal
  reason text check (length(reason) between 1 and 300), -- personal
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  at timestamptz not null,
  -- The trail holds the digest of each version under this salt, never its words, as for notes.
  salt bytea not null default gen_random_bytes(16) check (length(salt) = 16),
  primary key (need_id, version),
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  constraint need_versions_said check ((said is not null) = (change in ('noted', 'corrected'))),
  constraint need_versions_why
    check ((reason is not null) = (change in ('given-back', 'unreachable', 'filled-otherwise', 'abandoned', 'reopened')))
);
-- No version without its line in the history.
alter table needs add constraint needs_history foreign key (id, version)
  references need_versions (need_id, version) deferrable initially deferred;

create table need_hires (
  id uuid primary key,
  need_id uuid not null references needs,
  number int not null check (number between 1 and 999),
  contract text not null check (contract in ('cdi', 'cdd', 'interim', 'saisonnier', 'apprentissage', 'professionnalisation', 'insertion')),
  hired_on date not null,
  -- More than the posts, and said so.
  beyond boolean not null,
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  noted_at timestamptz not null,
  foreign key (author_id, organisation_id) references accounts (id, organisation_id)
);
create index need_hires_need on need_hires (need_id);

-- A need proposed to another structure, and its answer.
create table need_proposals (
  id uuid primary key,
  need_id uuid not null references needs,
  -- Of the need; a trigger follows.
  siret bigint not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  from_organisation uuid not null references organisations,
  by_id uuid not null references accounts,
  to_organisation uuid not null references organisations,
  words text check (length(words) between 1 and 500), -- personal
  said_version int not null,
  proposed_at timestamptz not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'taken', 'done', 'declined', 'unreachable', 'overtaken', 'withdrawn')),
  answered_by uuid references accounts, -- null: the need was closed meanwhile
  answered_at timestamptz,
  reason text check (length(reason) between 1 and 300), -- personal
  -- Who took it instead.
  overtaken_by uuid references organisations,
  constraint need_proposals_two check (from_organisation <> to_organisation),
  constraint need_proposals_answered check ((state = 'waiting') = (answered_at is null)),
  constraint need_proposals_reason check ((state in ('declined', 'unreachable')) = (reason is not null)),
  constraint need_proposals_overtaken check ((state = 'overtaken') = (overtaken_by is not null))
);
-- One structure at a time takes a need, and none is asked twice at once.
create unique index need_proposals_taker on need_proposals (need_id) where state = 'taken';
create unique index need_proposals_once on need_proposals (need_id, to_organisation) where state in ('waiting', 'taken');
create index need_proposals_to on need_proposals (to_organisation, state);
create index need_proposals_need on need_proposals (need_id);

-- They follow the establishment as notes do (CAM-14).
alter table register_move_records drop constraint register_move_records_kind_check,
  add constraint register_move_records_kind_check
    check (kind in ('exchange', 'next-action', 'correspondent', 'correspondent-link', 'do-not-contact', 'commitment', 'note', 'need'));
