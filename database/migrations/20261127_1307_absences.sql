-- When a person is away, said by themselves or for them (CAM-13): their work is shown to who can take it over meanwhile.
-- Never why: a reason may tell of health.
create table absences (
  id uuid primary key,
  account_id uuid not null,
  organisation_id uuid not null references organisations,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on), -- the last day away
  said_by uuid not null references accounts,
  said_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid references accounts,
  foreign key (account_id, organisation_id) references accounts (id, organisation_id),
  constraint absences_length check (ends_on - starts_on < 732),
  constraint absences_withdrawn check (num_nulls(withdrawn_at, withdrawn_by) in (0, 2)),
  constraint absences_once exclude using gist (account_id with =, daterange(starts_on, ends_on, '[]') with &&) where (withdrawn_at is null)
);
create index absences_organisation on absences (organisation_id, ends_on) where withdrawn_at is null;
