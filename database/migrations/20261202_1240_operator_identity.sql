-- Who the operator is in the documents that it signs, dated (AGR-15, AGR-1): a name, a SIRET and an address, recorded, corrected or
-- changed by an administrator. The last version holds today; a document composed before says the one of its day.
create table operator_identities (
  version int primary key check (version > 0),
  cause text not null check (cause in ('registered', 'correction', 'change')),
  from_on date not null,
  siret bigint not null check (siret between 1 and 99999999999999),
  name text not null check (length(name) between 1 and 200),
  address text not null check (length(address) between 1 and 300),
  reason text not null check (length(reason) between 1 and 500),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null
);
