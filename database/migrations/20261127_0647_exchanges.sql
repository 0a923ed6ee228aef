-- Exchanges with employers, what follows from them, correspondents; what is being typed.

create table exchanges (
  id uuid primary key,
  siret bigint not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  campaign_id uuid references campaigns,
  organisation_id uuid not null references organisations,
  author_id uuid not null references accounts,
  occurred_on date not null,
  reached boolean not null, -- someone was spoken to: what the figures count
  visibility text not null check (visibility in ('reseau', 'organisation')),
  status text not null default 'recorded' check (status in ('recorded', 'cancelled')),
  recorded_at timestamptz not null,
  corrected_at timestamptz,
  version int not null default 1
);
create index exchanges_siret on exchanges (siret, occurred_on desc, id desc);
create index exchanges_campaign on exchanges (campaign_id) where campaign_id is not null;
create index exchanges_organisation on exchanges (organisation_id, occurred_on desc);
-- What was reached in a campaign, for the figures: all that they and the rights ask of an exchange, without reading the table.
create index exchanges_reached on exchanges (campaign_id, occurred_on) include (siret, organisation_id, region_id, departement_id, epci_id,
  clpe_id)
  where reached and status = 'recorded' and campaign_id is not null;

-- What was said, apart from the fact of the contact: its policy also asks for the visibility.
create table exchange_contents (
  exchange_id uuid primary key references exchanges,
  organisation_id uuid not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  visibility text not null check (visibility in ('reseau', 'organisation')),
  channel text not null check (channel in ('telephone', 'visite', 'visio', 'courriel', 'evenement', 'accueil')),
  result text not null references exchange_results,
  person_met text check (length(person_met) <= 160), -- personal
  notes text check (length(notes) <= 4000), -- personal
  need text check (length(need) <= 300),
  cancel_reason text check (length(cancel_reason) between 1 and 300), -- here, since it may say what was said
  campaign_result_id uuid,
  -- The campaign's words, as they were chosen.
  result_label text check (length(result_label) <= 60),
  foreign key (campaign_result_id, result) references campaign_results (id, base),
  check ((campaign_result_id is null) = (result_label is null))
);

create table exchange_versions (
  exchange_id uuid not null references exchanges,
  version int not null,
  organisation_id uuid not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  visibility text not null check (visibility in ('reseau', 'organisation')), -- narrowed when a later version is
  at timestamptz not null,
  by_id uuid not null references accounts,
  change text not null check (change in ('recorded', 'corrected', 'cancelled')),
  occurred_on date not null,
  content jsonb not null, -- personal
  primary key (exchange_id, version),
  /*
   * The trail does not copy what a partner keeps for itself: it holds the digest of each version of an exchange, under a salt of the
   * version, so that who reads the trail learns nothing of the words, and who changes a version is seen (npm run audit -- verify).
   */
  salt bytea not null default gen_random_bytes(16) check (length(salt) = 16)
);

create table next_actions (
  id uuid primary key,
  exchange_id uuid not null unique references exchanges,
  siret bigint not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  organisation_id uuid not null references organisations,
  visibility text not null check (visibility in ('reseau', 'organisation')),
  kind text not null check (kind in ('rappel', 'visite', 'rendez-vous', 'envoi-information', 'transmission')),
  due_on date not null,
  due_at time(0),
  owner_id uuid not null references accounts,
  done_at timestamptz,
  cancelled_at timestamptz
);
create index next_actions_owner on next_actions (owner_id, due_on) where done_at is null and cancelled_at is null;
create index next_actions_siret on next_actions (siret) where done_at is null and cancelled_at is null;

create table correspondents (
  id uuid primary key,
  siret bigint not null,
  region_id int, departement_id int, epci_id int, clpe_id int,
  created_at timestamptz not null,
  retired_at timestamptz
);
create index correspondents_siret on correspondents (siret);

-- Every value keeps its source, author and date (EST-6); the current one of a field is the newest not replaced.
create table correspondent_values (
  id uuid primary key,
  correspondent_id uuid not null references correspondents,
  region_id int, departement_id int, epci_id int, clpe_id int,
  field text not null check (field in ('civility', 'familyName', 'givenName', 'role', 'email', 'phone', 'postalAddress')),
  value text not null check (length(value) between 1 and 300), -- personal
  source text not null check (source in ('personne-concernee', 'conseiller', 'fichier-partenaire', 'operateur', 'registre')),
  organisation_id uuid references organisations,
  author_id uuid references accounts,
  recorded_at timestamptz not null,
  replaced_at timestamptz
);
create index correspondent_values_of on correspondent_values (correspondent_id) where replaced_at is null;

-- What a person is typing, saved as they type: found again on another device, gone once recorded, or a week after the last word.
-- One's own alone; no act, hence no trail.
create table drafts (
  account_id uuid not null references accounts on delete cascade,
  kind text not null check (kind in ('exchange', 'exchange-correction')),
  subject text not null check (subject ~ '^[0-9a-f-]{14,36}$'), -- a SIRET, or the id of an exchange
  content jsonb not null check (jsonb_typeof(content) = 'object' and octet_length(content::text) <= 40000), -- personal
  version int not null,
  started_at timestamptz not null,
  saved_at timestamptz not null,
  session_id uuid not null, -- of the last words
  device text not null check (length(device) <= 60),
  primary key (account_id, kind, subject),
  -- A draft is about a SIRET, or about the exchange it corrects: one that said otherwise could not be listed, nor any other of that person.
  constraint drafts_subject_of_kind
    check (subject ~ case kind when 'exchange' then '^\d{14}$' else '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' end)
);
create index drafts_saved_at on drafts (saved_at);
