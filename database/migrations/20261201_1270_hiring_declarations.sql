-- REC-1, REC-2: hires that employers declared (DPAE). Nothing here says anything of the person hired.
create table hiring_files (
  id int generated always as identity primary key,
  name text not null,
  -- SHA-256 of the whole file, with the name within an archive.
  digest text not null unique,
  begun_at timestamptz not null default now(),
  finished_at timestamptz,
  -- Where the reading has come.
  bytes bigint not null default 0,
  line bigint not null default 0,
  counts jsonb not null
);

create table hiring_rejects (
  file_id int not null references hiring_files on delete cascade,
  line bigint not null,
  reason text not null,
  siret text not null check (siret ~ '^(\d{14})?$'),
  primary key (file_id, line)
);

create table hiring_declarations (
  siret bigint not null,
  hired_on date not null,
  -- '-infinity': the file does not say it.
  declared_on date not null,
  -- 0: no end, or none said.
  duration_days int not null check (duration_days between 0 and 9999),
  hires int not null check (hires > 0),
  contract smallint not null check (contract in (1, 2, 3, 11, 12)),
  primary key (siret, hired_on, contract, duration_days, declared_on)
);
create index hiring_declarations_hired_on on hiring_declarations using brin (hired_on);

-- Which months files brought something to, and whether their lines are dropped.
create table hiring_months (
  month date primary key check (extract(day from month) = 1),
  brought_at timestamptz not null,
  dropped_at timestamptz
);

create table hirings_by_month (
  siret bigint not null,
  month date not null check (extract(day from month) = 1),
  hires int not null check (hires > 0),
  kind text not null check (kind in ('cdi', 'cdd-long', 'cdd-medium', 'cdd-short', 'cdd-unsaid', 'ctt', 'apprentissage',
    'professionnalisation')),
  primary key (siret, month, kind)
);
create index hirings_by_month_month on hirings_by_month (month);

-- A group of activity (« 56.1 ») of one nomenclature, in one territory.
create table hirings_by_group (
  month date not null check (extract(day from month) = 1),
  territory_id int not null references territories,
  naf_group text not null,
  naf_nomenclature text not null,
  kind text not null check (kind in ('cdi', 'cdd-long', 'cdd-medium', 'cdd-short', 'cdd-unsaid', 'ctt', 'apprentissage',
    'professionnalisation')),
  hires int not null check (hires >= largest),
  establishments int not null check (establishments > 0),
  -- Hires of the establishment that has the most: secrecy is judged on its share.
  largest int not null check (largest > 0),
  primary key (territory_id, naf_group, naf_nomenclature, month, kind)
);
