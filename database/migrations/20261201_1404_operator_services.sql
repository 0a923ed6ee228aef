-- REC-3, EST-8: services of the operator that an establishment used. Nothing here says anything of the persons placed.
create table service_files (
  id int generated always as identity primary key,
  name text not null,
  -- SHA-256 of the whole file, with the name within an archive.
  digest text not null unique,
  begun_at timestamptz not null default now(),
  finished_at timestamptz,
  -- Where the reading has come.
  bytes bigint not null default 0,
  line bigint not null default 0,
  counts jsonb not null
);

create table service_rejects (
  file_id int not null references service_files on delete cascade,
  line bigint not null,
  reason text not null,
  siret text not null check (siret ~ '^(\d{14})?$'),
  primary key (file_id, line)
);

create table operator_services (
  id uuid primary key,
  siret bigint not null,
  region_id int,
  departement_id int,
  epci_id int,
  clpe_id int,
  kind text not null check (kind in ('conseil', 'preselection', 'mrs', 'pmsmp', 'adaptation', 'redaction-offre', 'promotion-profil',
    'poei', 'contrat-aide', 'evenement', 'afpr')),
  used_on date not null check (used_on >= '2000-01-01'),
  ended_on date,
  result text not null check (result in ('en-cours', 'abouti', 'sans-suite', 'annule', 'non-connu')),
  -- Never of a person placed; an import brings none.
  words text check (length(words) between 1 and 200),
  source text not null check (source in ('import', 'entered')),
  -- The operator's own: a service brought twice is one.
  reference text unique check (length(reference) between 1 and 40),
  -- When the file said it; '-infinity': the file does not say.
  said_on date,
  -- A hand wrote it last: no import changes it.
  by_hand boolean not null,
  version int not null default 1,
  -- Null for an import, which the trail tells of.
  organisation_id uuid references organisations,
  author_id uuid,
  recorded_at timestamptz not null,
  -- It never was.
  withdrawn_at timestamptz,
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  constraint operator_services_days check (ended_on >= used_on),
  constraint operator_services_author
    check (num_nonnulls(organisation_id, author_id) = case source when 'entered' then 2 else 0 end),
  constraint operator_services_reference check (source = 'entered' or reference is not null),
  -- The AFPR is no more: it is read in what files say of before, and entered nowhere.
  constraint operator_services_afpr check (kind <> 'afpr' or (source = 'import' and used_on < '2024-07-01'))
);
create index operator_services_siret on operator_services (siret, used_on);
-- Of two who enter the same at once, the second is refused.
create unique index operator_services_once on operator_services (siret, kind, used_on)
  where source = 'entered' and withdrawn_at is null;

create table operator_service_versions (
  service_id uuid not null references operator_services,
  version int not null check (version > 0),
  change text not null check (change in ('imported', 'entered', 'corrected', 'withdrawn')),
  kind text not null,
  used_on date not null,
  ended_on date,
  result text not null,
  words text,
  reason text check (length(reason) between 1 and 300),
  organisation_id uuid references organisations,
  author_id uuid,
  at timestamptz not null,
  primary key (service_id, version),
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  constraint operator_service_versions_author
    check (num_nonnulls(organisation_id, author_id) = case change when 'imported' then 0 else 2 end),
  constraint operator_service_versions_why check ((reason is not null) = (change in ('corrected', 'withdrawn')))
);
-- No version without its line in the history.
alter table operator_services add constraint operator_services_history foreign key (id, version)
  references operator_service_versions (service_id, version) deferrable initially deferred;

-- They follow the establishment as exchanges do (CAM-14).
alter table register_move_records drop constraint register_move_records_kind_check,
  add constraint register_move_records_kind_check check (kind in ('exchange', 'next-action', 'correspondent', 'correspondent-link',
    'do-not-contact', 'commitment', 'note', 'need', 'service'));
