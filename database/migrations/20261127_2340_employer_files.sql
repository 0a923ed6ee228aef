-- A file of one's own employers (CAM-10, EST-6): recognised, tried, confirmed, done in parts, undone for thirty days.
create table employer_files (
  id uuid primary key,
  by_id uuid not null,
  organisation_id uuid not null,
  file_name text not null check (length(file_name) between 1 and 200),
  -- Of the file as it was read on the device: the file itself never leaves it.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  rows int not null check (rows between 1 and 20000),
  visibility text not null check (visibility in ('reseau', 'organisation')),
  opened_at timestamptz not null,
  state text not null default 'receiving'
    check (state in ('receiving', 'trying', 'tried', 'doing', 'done', 'undoing', 'undone')),
  asked_at timestamptz,
  ended_at timestamptz,
  foreign key (by_id, organisation_id) references accounts (id, organisation_id),
  unique (id, by_id),
  constraint employer_files_asked check ((asked_at is null) = (state in ('receiving', 'trying', 'tried'))),
  constraint employer_files_ended check (ended_at is null or state in ('done', 'undone'))
);
create index employer_files_by on employer_files (by_id, opened_at desc);

-- Its rows, each once. `said`: what the file says, for its owner alone, gone with the row.
create table employer_file_lines (
  file_id uuid not null references employer_files on delete cascade,
  line int not null check (line between 1 and 1000000),
  said jsonb not null,
  siret bigint,
  recognised text not null check (recognised in ('siret', 'name', 'chosen', 'doubtful', 'unknown', 'ignored')),
  candidates bigint[] not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'tried', 'left', 'done', 'undone', 'kept')),
  because text check (because in ('doubtful', 'unknown', 'ignored', 'outside', 'nothing', 'nobody', 'day-unreadable', 'day-to-come',
    'too-old', 'channel-unknown', 'result-unknown', 'phone-unreadable', 'email-unreadable', 'changed')),
  person text check (person in ('added', 'completed', 'known', 'objected', 'nameless', 'removed', 'kept')),
  exchange text check (exchange in ('added', 'known', 'removed', 'kept')),
  -- Ids of what was made: an exchange, a correspondent, values.
  made jsonb,
  primary key (file_id, line),
  constraint employer_file_lines_recognised check ((siret is not null) = (recognised in ('siret', 'name', 'chosen'))),
  constraint employer_file_lines_because check ((because is not null) = (state in ('left', 'kept')))
);
create index employer_file_lines_state on employer_file_lines (file_id, state, siret);

-- Which column is what, by the headings of a file, for the whole structure. The headings themselves are not kept.
create table employer_file_columns (
  organisation_id uuid not null references organisations,
  headings text not null check (headings ~ '^[0-9a-f]{64}$'),
  fields text[] not null check (cardinality(fields) between 1 and 100),
  by_id uuid not null,
  kept_at timestamptz not null,
  primary key (organisation_id, headings),
  foreign key (by_id, organisation_id) references accounts (id, organisation_id)
);

-- An exchange out of a file says so; the file is its author's.
alter table exchanges add column file_id uuid,
  add constraint exchanges_file foreign key (file_id, author_id) references employer_files (id, by_id);
create index exchanges_file_id on exchanges (file_id) where file_id is not null;

-- Removing a person asks each table that names them, whatever its state.
create index correspondent_values_card on correspondent_values (correspondent_id);
create index correspondent_merges_of_kept on correspondent_merges (kept_id);
create index correspondent_merges_of_absorbed on correspondent_merges (absorbed_id);
create index correspondent_objections_of on correspondent_objections (correspondent_id);
