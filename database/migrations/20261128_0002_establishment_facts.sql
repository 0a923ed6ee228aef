-- What partners know of an establishment better than the register (EST-6): each value with who said it, when, and when it was observed.
create table establishment_facts (
  id uuid primary key,
  siret bigint not null,
  region_id int,
  departement_id int,
  epci_id int,
  clpe_id int,
  field text not null check (field in ('usualName', 'sign', 'switchboard', 'website', 'openingHours', 'headcount', 'transport',
    'accessibility', 'activity', 'applications', 'hiring')),
  value text not null check (length(value) between 1 and 500), -- personal: who decides on hiring may be named
  source text not null check (source in ('personne-concernee', 'conseiller')),
  organisation_id uuid not null references organisations,
  author_id uuid not null,
  observed_on date not null,
  recorded_at timestamptz not null,
  replaced_at timestamptz,
  confirmed_at timestamptz,
  confirmed_by_id uuid references accounts,
  confirmed_organisation_id uuid references organisations,
  -- Rises with each change; the version of a field is the sum of those of all its values.
  version int not null default 1,
  foreign key (author_id, organisation_id) references accounts (id, organisation_id),
  constraint establishment_facts_confirmed_whole
    check (num_nonnulls(confirmed_at, confirmed_by_id, confirmed_organisation_id) in (0, 3)),
  constraint establishment_facts_shapes check (case field
    when 'switchboard' then value ~ '^\+[1-9][0-9]{4,14}$'
    when 'website' then value ~ '^https?://'
    when 'headcount' then value ~ '^(0|[1-9][0-9]{0,6})$'
    else true end)
);
create index establishment_facts_siret on establishment_facts (siret, field);
-- An organisation says one thing of a field at a time.
create unique index establishment_facts_once on establishment_facts (siret, field, organisation_id) where replaced_at is null;
