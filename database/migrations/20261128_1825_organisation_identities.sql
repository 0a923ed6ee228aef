-- Who a partner is, dated (AGR-15): a name, a SIRET, a nature or an address corrected or changed, a merger. `organisations` has the one of
-- today; each version stays, with the day since which it holds. What was signed keeps what it said: its bytes do not change.
alter table organisations
  add column address text check (length(address) between 1 and 300),
  add column identity_version int not null default 1;

create table organisation_identities (
  organisation_id uuid not null references organisations,
  version int not null check (version > 0),
  cause text not null check (cause in ('registered', 'correction', 'change', 'merger')),
  from_on date not null,
  siret bigint not null check (siret between 1 and 99999999999999),
  name text not null check (length(name) between 1 and 200),
  kind text not null,
  address text check (length(address) between 1 and 300),
  reason text check (length(reason) between 1 and 500),
  recorded_by uuid references accounts,
  recorded_at timestamptz not null,
  primary key (organisation_id, version),
  constraint identities_said check (cause = 'registered' or (reason is not null and recorded_by is not null))
);
insert into organisation_identities (organisation_id, version, cause, from_on, siret, name, kind, recorded_at)
  select id, 1, 'registered', (created_at at time zone 'Europe/Paris')::date, siret, name, kind, created_at from organisations;
