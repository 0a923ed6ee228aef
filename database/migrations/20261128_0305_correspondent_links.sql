-- A person may answer for several establishments (EST-5): the one where they were first noted, and these.
create table correspondent_links (
  id uuid primary key,
  correspondent_id uuid not null references correspondents,
  siret bigint not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  linked_at timestamptz not null,
  merge_id uuid references correspondent_merges, -- brought by a merge: its undoing takes it back
  retired_at timestamptz,
  retired_by uuid,
  retired_organisation uuid,
  retired_reason text
    check (retired_reason in ('parti', 'autre-poste', 'ne-souhaite-plus', 'saisi-par-erreur', 'fusion-defaite')),
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  foreign key (retired_by, retired_organisation) references accounts (id, organisation_id),
  constraint correspondent_links_retired
    check (num_nulls(retired_at, retired_by, retired_organisation, retired_reason) in (0, 4))
);
-- A person answers for an establishment once at a time.
create unique index correspondent_links_once on correspondent_links (correspondent_id, siret) where retired_at is null;
create index correspondent_links_siret on correspondent_links (siret) where retired_at is null;
create index correspondent_links_departement on correspondent_links (departement_id) where retired_at is null;
create index correspondent_links_merge on correspondent_links (merge_id) where merge_id is not null;

-- They follow the establishment as correspondents do (CAM-14).
alter table register_move_records drop constraint register_move_records_kind_check,
  add constraint register_move_records_kind_check check (kind in ('exchange', 'next-action', 'correspondent',
    'correspondent-link', 'do-not-contact', 'commitment', 'note'));
