-- What one knows of an employer without having exchanged with it (EST-11): for the network, or kept to one's own organisation.
create table notes (
  id uuid primary key,
  siret bigint not null,
  region_id int,
  departement_id int,
  epci_id int,
  clpe_id int,
  visibility text not null check (visibility in ('reseau', 'organisation')),
  notes text not null check (length(notes) between 1 and 4000), -- personal
  version int not null default 1,
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  -- Its place on the timeline: the day it was noted, whatever is corrected since.
  noted_on date not null,
  noted_at timestamptz not null,
  corrected_at timestamptz,
  withdrawn_at timestamptz,
  foreign key (author_id, organisation_id) references accounts (id, organisation_id)
);
create index notes_siret on notes (siret, noted_on desc, id desc);

create table note_versions (
  note_id uuid not null references notes,
  version int not null check (version > 0),
  change text not null check (change in ('noted', 'corrected', 'withdrawn')),
  visibility text not null check (visibility in ('reseau', 'organisation')), -- narrowed when a later version is
  notes text not null, -- personal
  reason text check (length(reason) between 1 and 300), -- personal
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  at timestamptz not null,
  -- The trail holds the digest of each version under this salt, never its words, as for exchanges.
  salt bytea not null default gen_random_bytes(16) check (length(salt) = 16),
  primary key (note_id, version),
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  constraint note_versions_why check ((reason is not null) = (change = 'withdrawn'))
);
-- No version without its line in the history.
alter table notes add constraint notes_history foreign key (id, version)
  references note_versions (note_id, version) deferrable initially deferred;

-- They follow the establishment as exchanges do (CAM-14).
alter table register_move_records drop constraint register_move_records_kind_check,
  add constraint register_move_records_kind_check
    check (kind in ('exchange', 'next-action', 'correspondent', 'do-not-contact', 'commitment', 'note'));
