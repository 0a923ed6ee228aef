-- AGR-15: a partner has several SIRETs at once: that of its seat (its identity), and others, each from a day until another. A row is a
-- version of one of the others: the last one holds, the former ones stay.
create table organisation_siret_versions (
  siret_id uuid not null,
  version int not null check (version > 0),
  organisation_id uuid not null references organisations,
  siret bigint not null check (siret between 1 and 99999999999999),
  name text not null check (length(name) between 1 and 200),
  from_on date not null,
  until_on date,
  withdrawn boolean not null default false, -- it was recorded by mistake: it never held
  reason text not null check (length(reason) between 1 and 500),
  recorded_by uuid not null references accounts,
  recorded_at timestamptz not null,
  primary key (siret_id, version),
  check (from_on <= until_on)
);
create index organisation_siret_versions_of on organisation_siret_versions (organisation_id);

-- Which SIRET is whose, on which days: worked out of the identities and of the versions above, by ctx.lay_sirets. A SIRET is held once
-- at a time, whoever writes. Without siret_id: a seat.
create table organisation_sirets (
  organisation_id uuid not null references organisations,
  siret bigint not null,
  siret_id uuid,
  period daterange not null check (not isempty(period)),
  constraint organisation_sirets_once exclude using gist (siret with =, period with &&)
);
create index organisation_sirets_of on organisation_sirets (organisation_id);

-- Identities written before had no such bound: of two that meet, the one of today is kept.
insert into organisation_sirets (organisation_id, siret, period)
  select i.organisation_id, i.siret, i.period from (
    select organisation_id, version, siret,
      daterange(from_on, lead(from_on) over (partition by organisation_id order by version)) as period,
      version = max(version) over (partition by organisation_id) as last
    from organisation_identities i where not exists (select from organisation_identities c
      where c.organisation_id = i.organisation_id and c.version = i.version + 1 and c.cause = 'correction')) i
  where not isempty(i.period) order by i.last desc, i.organisation_id, i.version
  on conflict do nothing;
