-- Schemas, and the public register of territories: no row-level security. The imports write as cc_owner; the application only reads.
-- Baselines hold tables; database/functions and database/policies hold what is applied again when its text changes.

-- ctx holds what policies read of a viewer; secret, what no role of the application reads.
create schema ctx;
create schema secret;
revoke all on schema secret from public;
grant usage on schema ctx to cc_web, cc_worker, cc_sign_in;
grant usage on schema secret to cc_definer;
-- An owner must be able to create in the schema that its functions stand in.
grant usage, create on schema ctx, public to cc_definer;

-- Words as people type them: no case, no accent, no punctuation, "S.A.R.L." as "sarl", "St" as "saint".
-- In plpgsql, each step only where there is something to do: one call a row of the register, 3 µs instead of 45.
-- An index or a generated column rests on this function: changing it is a migration, which builds them anew.
create function search_words(value text) returns text language plpgsql immutable parallel safe strict as $$
declare
  words text := lower(value);
begin
  if octet_length(words) <> length(words) then
    words := translate(replace(replace(words, 'œ', 'oe'), 'æ', 'ae'),
      'àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸ', 'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuyy');
  end if;
  if position('.' in words) > 0 then words := regexp_replace(words, '\m([a-z0-9])\.(?=[a-z0-9]\M)', '\1', 'g'); end if;
  words := ' ' || regexp_replace(words, '[^a-z0-9]+', ' ', 'g') || ' ';
  if position(' st' in words) > 0 then words := replace(replace(words, ' st ', ' saint '), ' ste ', ' sainte '); end if;
  return btrim(words);
end $$;

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
insert into territories (id, kind, code, name) values (0, 'national', 'FR', 'France entière');
create sequence clpe_ids as int start 10001;

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
-- Communes by the beginning of their name, as one types it.
create index communes_words on communes (search_words(name) text_pattern_ops) where valid_to is null;

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

-- Public geography, imported from files of contours: no row-level security. The import writes as cc_owner; the application only reads.
create table contours (
  kind text not null check (kind in ('departement', 'epci', 'commune')),
  -- As in the file: one that no territory has is kept, and comes to light when it has.
  code text not null,
  -- [[ring, hole…]…], each point [longitude, latitude], as in a GeoJSON MultiPolygon.
  polygons json not null,
  imported_at timestamptz not null default now(),
  primary key (kind, code)
);

-- The ceiling of a structure's territories (ACC-15, ACC-2): no grant, request or agency goes beyond it. Its dated facts; a
-- convention may fill them later.

-- What lies wholly in another territory: all its communes are there. Itself and the national one are known without a row.
create table territory_contents (
  inner_id int not null references territories on delete cascade,
  outer_id int not null references territories on delete cascade,
  primary key (inner_id, outer_id)
);
