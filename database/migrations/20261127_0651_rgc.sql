-- Account managers (RGC).

-- Account managers (RGC): the deed that designates them, what the operator answers, and what opens their tool to them (convention,
-- annex 1, articles 1 and 4; annex 1 bis). Nothing here is corrected: a deed, a signature, an answer are added, and what they come
-- to is read from them at each instant (server/people-and-rights/rgc/deadlines.ts).
create table rgc_deeds (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  organisation_name text not null check (length(organisation_name) between 1 and 200),
  siret bigint not null check (siret between 1 and 99999999999999),
  address text not null check (length(address) between 5 and 300),
  signatory_id uuid not null references accounts,
  signatory_name text not null check (length(signatory_name) between 1 and 200), -- personal
  signatory_title text not null check (length(signatory_title) between 1 and 120),
  conditions_given boolean not null check (conditions_given), -- the partner gave them the general access conditions (RGC-9)
  digest bytea not null check (length(digest) = 32), -- of all it says: what each signs
  created_by uuid not null references accounts,
  created_at timestamptz not null,
  abandoned_at timestamptz,
  sent_at timestamptz, -- the CSSI has it
  silence_accepts_at timestamptz, -- of a proposal after a refusal, and of it only
  check (abandoned_at is null or sent_at is null),
  check (silence_accepts_at > sent_at)
);
create index rgc_deeds_organisation on rgc_deeds (organisation_id, sent_at);
create unique index rgc_deeds_one_to_sign on rgc_deeds (organisation_id) where sent_at is null and abandoned_at is null;

create table rgc_members (
  deed_id uuid not null references rgc_deeds,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  position text not null check (position in ('titulaire', 'suppleant')),
  rank int not null check (rank between 1 and 20),
  given_name text not null check (length(given_name) between 1 and 100), -- personal
  family_name text not null check (length(family_name) between 1 and 100), -- personal
  phone text not null check (length(phone) between 6 and 20), -- personal
  email text not null check (email = lower(email) and length(email) <= 254), -- personal
  primary key (deed_id, account_id)
);
create index rgc_members_account on rgc_members (account_id);

-- Apart, so that a right of its own stands in front of it: the CSSI and the person.
create table rgc_birth_dates (
  deed_id uuid not null,
  account_id uuid not null,
  born_on date not null, -- personal
  primary key (deed_id, account_id),
  foreign key (deed_id, account_id) references rgc_members
);

create table rgc_signatures (
  deed_id uuid not null references rgc_deeds,
  account_id uuid not null references accounts,
  capacity text not null check (capacity in ('signataire', 'rgc')),
  digest bytea not null check (length(digest) = 32),
  signed_at timestamptz not null,
  primary key (deed_id, account_id, capacity)
);

create table rgc_decisions (
  deed_id uuid primary key references rgc_deeds,
  kind text not null check (kind in ('acceptation', 'refus')),
  reason text check (length(reason) between 1 and 1000),
  decided_by uuid not null references accounts,
  decided_at timestamptz not null,
  check (kind <> 'refus' or reason is not null)
);

-- The signed deed as a file, made once; it says the dates of birth, and is kept under the same right.
create table rgc_documents (
  deed_id uuid primary key references rgc_deeds,
  content bytea not null check (length(content) between 1 and 5000000), -- personal
  sha256 bytea not null check (sha256 = sha256(content)),
  made_at timestamptz not null
);

-- The certificate of the RGC module, recorded by the CSSI as it was received.
create table rgc_certificates (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  issued_on date not null,
  file_name text not null check (length(file_name) between 1 and 200),
  content bytea not null check (length(content) between 1 and 1500000),
  sha256 bytea not null check (sha256 = sha256(content)),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null
);
create index rgc_certificates_account on rgc_certificates (account_id);

-- Departures, changes of function, absences over two months (RGC-6).
create table rgc_events (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('depart', 'changement-de-fonction', 'absence')),
  last_day date,
  absent_from date,
  back_on date check (back_on > absent_from),
  known_on date not null,
  declare_by date not null,
  late boolean not null,
  rights_end_at timestamptz not null,
  declared_by uuid not null references accounts,
  declared_at timestamptz not null,
  check ((kind = 'absence') = (absent_from is not null)),
  check ((kind = 'absence') = (last_day is null)),
  check (rights_end_at >= declared_at)
);
create index rgc_events_organisation on rgc_events (organisation_id, declared_at);

-- A revocation that the operator requires and the partner makes (RGC-7).
create table rgc_revocations (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  reason text not null check (length(reason) between 1 and 1000),
  required_by uuid not null references accounts,
  required_at timestamptz not null,
  made_by uuid references accounts,
  made_at timestamptz check (made_at >= required_at),
  check (num_nonnulls(made_by, made_at) in (0, 2))
);
create unique index rgc_revocations_waiting on rgc_revocations (account_id) where made_at is null;
create index rgc_revocations_organisation on rgc_revocations (organisation_id, required_at);

/*
 * A departure, a change of function or a long absence of an account manager is declared within eight days of the day it was known
 * (annex 1, 1.4). It may be known before it is declared: whoever knows of it notes it here, on either side, so that the limit is
 * reminded and what is late is seen. An absence nobody noted is known once its two months have passed.
 */
create table rgc_known_events (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('depart', 'changement-de-fonction', 'absence')),
  known_on date not null,
  noted_by uuid not null references accounts,
  noted_at timestamptz not null,
  withdrawn_at timestamptz check (withdrawn_at >= noted_at),
  withdrawn_by uuid references accounts,
  withdrawal_reason text check (length(withdrawal_reason) between 1 and 500),
  check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason) in (0, 3)),
  /*
   * What was noted of an account manager ends with the declaration that it called for, so that a later departure or absence of the same
   * person can be noted. A note is of the structure's own person, as a declaration is.
   */
  declared_as uuid references rgc_events,
  check (withdrawn_at is null or declared_as is null)
);
create unique index rgc_known_events_one_open on rgc_known_events (account_id) where withdrawn_at is null and declared_as is null;

-- What was told of which limit: never twice, whatever the job went through.
create table rgc_event_reminders (
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  declare_by date not null,
  step text not null check (step in ('known', 'three-days', 'last-day', 'late')),
  told_at timestamptz not null,
  primary key (account_id, declare_by, step)
);
