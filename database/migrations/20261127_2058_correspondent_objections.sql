-- A correspondent objects to the keeping of their data (article 21, PRI-2): erased at once, and blocked from coming back.
create table correspondent_objections (
  id uuid primary key,
  correspondent_id uuid not null references correspondents,
  objected_on date not null,
  how text not null check (how in ('oral', 'courriel', 'courrier')),
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  recorded_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_organisation uuid,
  lift_reason text check (length(lift_reason) between 1 and 300),
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  foreign key (lifted_by, lifted_organisation) references accounts (id, organisation_id),
  constraint correspondent_objections_lifted check (num_nulls(lifted_at, lifted_by, lifted_organisation, lift_reason) in (0, 4))
);
create unique index correspondent_objections_once on correspondent_objections (correspondent_id) where lifted_at is null;

-- What blocks: digests under a key of the installation, which say nothing to whoever reads them. Gone once the objection is lifted.
create table objection_digests (
  digest bytea not null check (length(digest) = 32),
  objection_id uuid not null references correspondent_objections,
  key_number int not null check (key_number between 1 and 65535),
  kind text not null check (kind in ('email', 'phone', 'name')),
  primary key (digest, objection_id)
);
create index objection_digests_objection on objection_digests (objection_id);
