-- The life of conventions (AGR): texts, signatures, notices, breaches, contacts.

-- Markdown with typed placeholders, versioned by the operator: a version is never changed.
create table convention_templates (
  id uuid primary key,
  version int not null unique check (version > 0),
  title text not null check (length(title) between 1 and 200),
  body text not null check (length(body) between 1 and 200000),
  published_at timestamptz not null,
  published_by uuid references accounts
);

create table conventions (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  -- the regional direction that signs for the operator
  region_id int not null references territories,
  number text not null unique check (length(number) between 1 and 40),
  created_at timestamptz not null,
  -- the later of the two signatures (AGR-2); null until both
  effective_from timestamptz,
  -- when it stops being in force, as its notices and breaches make it (server/agreement/conventions/deadlines.ts); null while nothing ends
  -- it: it renews itself (AGR-3)
  ends_at timestamptz check (ends_at >= effective_from),
  constraint one_in_force exclude using gist (organisation_id with =, tstzrange(effective_from, ends_at) with &&)
    where (effective_from is not null),
  first_term_on date not null default '2026-12-31',
  template_id uuid references convention_templates,
  sent_at timestamptz,
  document_id uuid,
  created_by uuid references accounts,
  version int not null default 1
);

-- The exact bytes, kept: what was signed, sent, received.
create table convention_documents (
  id uuid primary key,
  convention_id uuid not null references conventions,
  kind text not null check (kind in ('convention', 'avenant', 'signe', 'resiliation', 'manquement')),
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (media_type in ('application/pdf', 'text/plain')),
  bytes bytea not null check (length(bytes) between 1 and 10000000),
  sha256 bytea not null check (length(sha256) = 32),
  -- of the draft it was made from
  of_version int,
  added_at timestamptz not null,
  added_by uuid references accounts
);
create index convention_documents_convention on convention_documents (convention_id);

-- Who signs for each party, and under what authority (AGR-11).
create table convention_signatories (
  convention_id uuid not null references conventions,
  party text not null check (party in ('partenaire', 'operateur')),
  name text not null check (length(name) between 1 and 200),
  capacity text not null check (length(capacity) between 1 and 200),
  act text check (length(act) between 1 and 300),
  act_on date,
  local_authority boolean not null,
  prefecture_on date,
  published_on date,
  primary key (convention_id, party)
);

create table convention_amendments (
  id uuid primary key,
  convention_id uuid not null references conventions,
  number int not null check (number > 0),
  title text not null check (length(title) between 1 and 200),
  body text not null check (length(body) between 1 and 20000),
  -- sets the last day of the term anew; without renewal, it ends on that day
  term_on date,
  renews boolean not null check (renews or term_on is not null),
  document_id uuid not null references convention_documents,
  proposed_at timestamptz not null,
  proposed_by uuid references accounts,
  -- the later of its two signatures
  effective_at timestamptz,
  unique (convention_id, number)
);

-- A signature of the convention, or of one of its amendments: who, when, how, and the digest of the exact bytes.
create table convention_signatures (
  id uuid primary key,
  convention_id uuid not null references conventions,
  amendment_id uuid references convention_amendments,
  party text not null check (party in ('partenaire', 'operateur')),
  document_id uuid not null references convention_documents,
  sha256 bytea not null check (length(sha256) = 32),
  how text not null check (how in ('application', 'papier')),
  -- signed on paper: the scan, and the digest of its bytes
  signed_document_id uuid references convention_documents,
  signed_document_sha256 bytea,
  signer_name text not null check (length(signer_name) between 1 and 200),
  signed_at timestamptz not null,
  recorded_at timestamptz not null,
  account_id uuid references accounts,
  check ((how = 'papier') = (signed_document_id is not null)),
  check (num_nonnulls(signed_document_id, signed_document_sha256) in (0, 2)),
  unique nulls not distinct (document_id, party)
);
create index convention_signatures_convention on convention_signatures (convention_id);

create table convention_notices (
  id uuid primary key,
  convention_id uuid not null references conventions,
  party text not null check (party in ('partenaire', 'operateur')),
  channel text not null check (channel in ('courrier', 'courriel')),
  sent_on date not null,
  received_on date check (received_on >= sent_on),
  document_id uuid references convention_documents,
  recorded_at timestamptz not null,
  recorded_by uuid references accounts,
  withdrawn_at timestamptz,
  withdrawn_by uuid references accounts,
  withdrawal_reason text check (length(withdrawal_reason) between 1 and 500),
  check (num_nonnulls(withdrawn_at, withdrawal_reason) in (0, 2))
);
create index convention_notices_convention on convention_notices (convention_id);

create table convention_breaches (
  id uuid primary key,
  convention_id uuid not null references conventions,
  -- who complains of it
  party text not null check (party in ('partenaire', 'operateur')),
  obligation text not null check (length(obligation) between 1 and 1000),
  letter_reference text not null check (length(letter_reference) between 1 and 60),
  sent_on date not null,
  presented_on date check (presented_on >= sent_on),
  delivered_on date check (delivered_on >= sent_on),
  document_id uuid references convention_documents,
  recorded_at timestamptz not null,
  recorded_by uuid references accounts,
  withdrawn_at timestamptz,
  withdrawn_by uuid references accounts,
  withdrawal_reason text check (length(withdrawal_reason) between 1 and 500),
  check (num_nonnulls(withdrawn_at, withdrawal_reason) in (0, 2))
);
create index convention_breaches_convention on convention_breaches (convention_id);

-- Annexes 2 and 2 bis: who answers for what, from when to when (AGR-9). The operator's are by region; region 0 holds where a region
-- names none.
create table convention_contacts (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  party text not null check (party in ('partenaire', 'operateur')),
  region_id int references territories,
  role text not null check (role in ('gouvernance', 'responsable-operationnel', 'correspondant-si', 'dpd', 'rssi', 'responsable-formation',
    'cssi', 'support')),
  name text not null check (length(name) between 1 and 200),
  email text not null check (length(email) between 3 and 254),
  phone text check (length(phone) between 1 and 30),
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at >= starts_at),
  recorded_by uuid references accounts,
  check ((party = 'operateur') = (region_id is not null)),
  constraint one_at_a_time exclude
    using gist (organisation_id with =, coalesce(region_id, -1) with =, role with =, tstzrange(starts_at, ends_at) with &&)
);

-- The yearly assessment of a partner's security, as the operator's security officer records it (AGR-10): added to, never rewritten.
create table security_assessments (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  assessed_on date not null,
  outcome text not null check (length(btrim(outcome)) between 1 and 500), -- a score, or a sentence
  reference text not null check (length(btrim(reference)) between 1 and 200), -- where the evidence is kept
  next_due_on date not null check (next_due_on > assessed_on and next_due_on <= assessed_on + interval '1 year'),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null
);
create index security_assessments_organisation on security_assessments (organisation_id, assessed_on desc, recorded_at desc);

alter table conventions add foreign key (document_id) references convention_documents;
