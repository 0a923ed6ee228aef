-- What an employer committed to (EST-9): charters, labels, clauses, promises of inclusion, with dates and evidence.
create table commitment_kinds (
  id uuid primary key,
  family text not null check (family in ('charte', 'label', 'clause', 'promesse')),
  label text not null check (length(label) between 1 and 80),
  version int not null default 1,
  created_at timestamptz not null,
  -- Null for those the service starts with.
  created_by uuid references accounts,
  retired_at timestamptz
);
-- Two kinds in use never bear one name.
create unique index commitment_kinds_label on commitment_kinds (lower(label)) where retired_at is null;
-- The list to start with is ours: the operator renames, retires and adds.
insert into commitment_kinds (id, family, label, created_at)
  select gen_random_uuid(), family, label, now() from (values
    ('charte', 'Charte de la diversité'),
    ('charte', 'Charte locale d’engagement pour l’emploi'),
    ('label', 'Label Diversité'),
    ('label', 'Label Égalité professionnelle'),
    ('clause', 'Clause sociale d’insertion'),
    ('promesse', 'Accueil en immersion'),
    ('promesse', 'Embauche de personnes éloignées de l’emploi'),
    ('promesse', 'Embauche de travailleurs handicapés')) as k (family, label);

create table commitments (
  id uuid primary key,
  siret bigint not null,
  region_id int,
  departement_id int,
  epci_id int,
  clpe_id int,
  kind_id uuid not null references commitment_kinds,
  since date not null,
  until date,
  evidence text not null check (length(evidence) between 1 and 500),
  version int not null default 1,
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  noted_at timestamptz not null,
  -- Noted by mistake: it never was.
  withdrawn_at timestamptz,
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  constraint commitments_days check (until >= since),
  -- One of a kind at a time, of two noted at once: the second is refused.
  constraint commitments_once exclude using gist (siret with =, kind_id with =, daterange(since, until, '[]') with &&)
    where (withdrawn_at is null)
);
create index commitments_siret on commitments (siret, noted_at);
create index commitments_kind on commitments (kind_id, siret) where withdrawn_at is null;

create table commitment_versions (
  commitment_id uuid not null references commitments,
  version int not null check (version > 0),
  change text not null check (change in ('noted', 'corrected', 'ended', 'withdrawn')),
  kind_id uuid not null references commitment_kinds,
  since date not null,
  until date,
  evidence text not null,
  reason text check (length(reason) between 1 and 300),
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  at timestamptz not null,
  primary key (commitment_id, version),
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  constraint commitment_versions_why check ((reason is not null) = (change in ('ended', 'withdrawn')))
);
-- No version without its line in the history.
alter table commitments add constraint commitments_history foreign key (id, version)
  references commitment_versions (commitment_id, version) deferrable initially deferred;

-- They follow the establishment as exchanges do (CAM-14).
alter table register_move_records drop constraint register_move_records_kind_check,
  add constraint register_move_records_kind_check
    check (kind in ('exchange', 'next-action', 'correspondent', 'do-not-contact', 'commitment'));
