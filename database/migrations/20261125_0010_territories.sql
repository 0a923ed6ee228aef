-- Public register data: no row-level security. The imports write as cc_owner; the application only reads.

create table territories (
  id int primary key,
  kind text not null check (kind in ('national', 'region', 'departement', 'clpe', 'epci')),
  code text not null,
  name text not null,
  alias text check (alias <> ''),
  -- CC, CA, CU, METRO, MET69 for an EPCI.
  nature text,
  -- The region of a department. An EPCI or a CLPE may straddle two: their links are the communes.
  parent_id int references territories,
  -- False for a CLPE that the edition in force no longer has: rights and history still name it.
  current boolean not null default true,
  check (case kind
    when 'national' then id = 0
    when 'region' then id between 1001 and 1999
    when 'departement' then id between 2001 and 2999
    when 'clpe' then id between 10001 and 99999999
    else id >= 100000000 end)
);
-- A CLPE's code passes from one territory to another between editions, so it identifies nothing but the current one.
create unique index territories_code on territories (kind, code) where current;
create sequence clpe_ids as int start 10001;
insert into territories (id, kind, code, name) values (0, 'national', 'FR', 'France entière');

create table communes (
  code text primary key check (code ~ '^[0-9][0-9AB][0-9]{3}$'),
  name text not null,
  departement_id int not null references territories,
  region_id int not null references territories,
  epci_id int references territories,
  -- In the edition in force.
  clpe_id int references territories,
  population int,
  postal_codes text[] not null default '{}',
  latitude real,
  longitude real,
  valid_from date,
  -- The day after its last: a commune that the last edition of the COG no longer has.
  valid_to date
);
create index communes_departement on communes (departement_id);
create index communes_region on communes (region_id);
create index communes_epci on communes (epci_id);
create index communes_clpe on communes (clpe_id);

create table commune_successions (
  old_code text not null,
  new_code text not null references communes,
  -- Null: the source gives no day, so the old code is retired at every date that asks.
  on_day date,
  kind text not null check (kind in ('retired', 'delegated', 'municipal-district')),
  name text,
  unique nulls not distinct (old_code, new_code, on_day),
  check (old_code <> new_code)
);

create table territory_editions (
  kind text not null check (kind in ('cog', 'clpe')),
  edition text not null,
  published_on date not null,
  in_force_from date not null,
  imported_at timestamptz not null default now(),
  primary key (kind, edition)
);

create table clpe_in_edition (
  edition text not null,
  clpe_id int not null references territories,
  code text not null,
  name text not null,
  primary key (edition, clpe_id),
  unique (edition, code)
);
create table clpe_communes (
  edition text not null,
  -- As published: a code retired since stays as it was written.
  commune_code text not null,
  clpe_id int not null,
  primary key (edition, commune_code),
  foreign key (edition, clpe_id) references clpe_in_edition on delete cascade
);
create index clpe_communes_clpe on clpe_communes (clpe_id);

-- Two territories that share a commune, both ways, each with itself, and the national one with all: what rights compare.
create table territory_overlaps (
  territory_id int not null references territories on delete cascade,
  other_id int not null references territories on delete cascade,
  primary key (territory_id, other_id)
);
insert into territory_overlaps values (0, 0);

create table naf (
  nomenclature text not null check (nomenclature in ('NAFRev2', 'NAF25', 'NAFRev1', 'NAF1993', 'NAP')),
  code text not null,
  label text not null,
  section text,
  primary key (nomenclature, code)
);

-- The commune that a code of the register means on a day: itself while it lives, else what it became, through at most five mergers.
create function commune_on(asked text, day date) returns text language sql stable parallel safe as $$
  with recursive step as (
    select asked as code, 0 as depth
    union all
    select s.new_code, depth + 1 from step join commune_successions s on s.old_code = step.code
    where depth < 5 and (s.on_day is null or s.on_day <= day)
      and not exists (select from communes c where c.code = step.code and (c.valid_from is null or c.valid_from <= day) and (c.valid_to is null or c.valid_to > day))
  )
  select step.code from step join communes c using (code)
  where (c.valid_from is null or c.valid_from <= day) and (c.valid_to is null or c.valid_to > day)
  order by depth limit 1
$$;

grant select on territories, communes, commune_successions, territory_editions, clpe_in_edition, clpe_communes, territory_overlaps, naf to cc_web, cc_definer;
