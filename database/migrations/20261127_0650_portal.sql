-- The portal: texts and their acceptance, annex 4, awareness, equipment, requests for access.

-- Conditions of use: of the portal (cgu), of each tool (cpu), confidentiality, security rules. A text is never changed: a new
-- version follows it.
create table documents (
  id uuid primary key,
  kind text not null check (kind in ('cgu', 'cpu', 'confidentialite', 'securite')),
  tool text check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  version int not null check (version > 0),
  title text not null check (length(title) between 1 and 200),
  body text not null check (length(body) between 1 and 200000),
  body_hash bytea not null check (length(body_hash) = 32),
  in_force_from timestamptz not null,
  published_by uuid references accounts,
  published_at timestamptz not null,
  check ((kind = 'cpu') = (tool is not null)),
  unique nulls not distinct (kind, tool, version),
  unique nulls not distinct (kind, tool, in_force_from),
  check (body_hash = sha256(convert_to(body, 'UTF8'))),
  unique (id, body_hash)
);

create table acceptances (
  account_id uuid not null references accounts,
  document_id uuid not null references documents,
  organisation_id uuid not null references organisations,
  body_hash bytea not null,
  accepted_at timestamptz not null,
  primary key (account_id, document_id),
  foreign key (document_id, body_hash) references documents (id, body_hash)
);

-- The tools of annex 4, from when to when: what it does not hold opens for nobody (AGR-12).
create table annex_4_tools (
  id uuid primary key default gen_random_uuid(),
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  in_force_from timestamptz not null,
  in_force_until timestamptz check (in_force_until >= in_force_from),
  constraint once_at_a_time exclude using gist (tool with =, tstzrange(in_force_from, in_force_until) with &&)
);
insert into annex_4_tools (tool, in_force_from)
  select t, '2020-01-01T00:00:00Z' from unnest(array['campagnes', 'fiche-etablissement', 'fiche-recrutement']) t;

-- Security awareness (SEC-4), and from when its lack cuts rather than warns.
create table awareness_records (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  done_on date not null,
  modality text not null check (length(modality) between 1 and 60),
  title text not null check (length(title) between 1 and 200),
  minutes int check (minutes between 1 and 10000),
  recorded_by uuid references accounts,
  recorded_at timestamptz not null
);
create index awareness_records_account on awareness_records (account_id, done_on);

create table awareness_policies (in_force_from timestamptz primary key, cuts boolean not null, set_by uuid references accounts);

-- The portal: versions of annex 4, state of service, what people record of their structure; and who writes the texts and what is
-- accepted of them.
create table annex_4_versions (
  id uuid primary key,
  number int not null unique check (number > 0),
  note text not null check (length(note) between 1 and 500),
  in_force_from timestamptz not null unique,
  published_by uuid not null references accounts,
  published_at timestamptz not null
);

create table annex_4_entries (
  version_id uuid not null references annex_4_versions,
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  purpose text not null check (length(purpose) between 1 and 500),
  data_categories text[] not null check (cardinality(data_categories) between 1 and 30),
  commitments text not null check (length(commitments) between 1 and 1000),
  documentation_url text check (documentation_url ~ '^https://' and length(documentation_url) <= 300),
  primary key (version_id, tool)
);

-- What the operator says of a tool's service; the latest holds.
create table tool_states (
  id uuid primary key,
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  state text not null check (state in ('disponible', 'perturbe', 'indisponible', 'maintenance')),
  message text not null check (length(message) <= 500),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null
);
create index tool_states_latest on tool_states (tool, recorded_at desc);

create table equipment_validations (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  hardware boolean not null,
  network boolean not null,
  second_factor boolean not null,
  validated_on date not null,
  note text not null check (length(note) <= 500),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null,
  check (hardware or network or second_factor)
);
create index equipment_validations_organisation on equipment_validations (organisation_id, validated_on desc);

-- Who asks for the platform in the structure's name (convention, art. 3.2): one at a time, named by its signatory.
create table access_requesters (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  account_id uuid not null references accounts,
  designated_by uuid not null references accounts,
  designated_at timestamptz not null,
  ended_at timestamptz check (ended_at >= designated_at)
);
create unique index access_requesters_one on access_requesters (organisation_id) where ended_at is null;

create table access_requests (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  requested_by uuid not null references accounts,
  people int not null check (people between 1 and 100000),
  message text not null check (length(message) <= 1000),
  requested_at timestamptz not null,
  decision text check (decision in ('accepted', 'refused')),
  reason text check (length(reason) between 1 and 500),
  decided_by uuid references accounts,
  decided_at timestamptz,
  check (num_nonnulls(decision, reason, decided_by, decided_at) in (0, 4))
);
create unique index access_requests_pending on access_requests (organisation_id) where decided_at is null;
