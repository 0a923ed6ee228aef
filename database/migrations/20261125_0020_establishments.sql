-- The public register (SIRENE): no row-level security. The imports write as cc_owner; the application only reads.
-- What the register marks non-diffusible is not stored: no clause of a query can then leak it (articles A123-96 and R123-232 of the code de commerce).

-- Words as people type them: no case, no accent, no punctuation, "S.A.R.L." as "sarl", "St" as "saint".
-- In plpgsql, each step only where there is something to do: one call a row of the register, 3 µs instead of 45.
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

create function search_stop_words() returns text[] language sql immutable parallel safe
return array['a', 'au', 'aux', 'd', 'de', 'des', 'du', 'en', 'et', 'l', 'la', 'le', 'les', 'un', 'une'];

-- A published value, or null when it is none: an unreadable day does not lose the row.
create function readable_day(value text) returns date language plpgsql immutable parallel safe strict as $$ begin if pg_input_is_valid(value, 'date') then return value::date; end if; return null; end $$;
create function readable_instant(value text) returns timestamp language plpgsql immutable parallel safe strict as $$ begin if pg_input_is_valid(value, 'timestamp') then return value::timestamp; end if; return null; end $$;

-- Words and tokens in one vector. A token begins with '=', which no word does: "=z10001" a territory, "=a" active, "=o" employer.
create function search_vector(words text, tokens text[]) returns tsvector language plpgsql immutable parallel safe as $$
begin
  return ts_delete(array_to_tsvector(array_remove(string_to_array(search_words(coalesce(words, '')), ' '), '')), search_stop_words())
    || array_to_tsvector(array_remove(tokens, null));
end $$;

-- All the words, the last one as a beginning, within all the tokens. A search made of stop words alone finds nothing.
create function search_query(asked text, tokens text[]) returns tsquery language sql immutable parallel safe
return (
  select string_agg(term, ' & ')::tsquery from (
    select quote_literal(word) || case when last then ':*' else '' end as term
    from (select word, place = max(place) over () as last from unnest(array_remove(string_to_array(search_words(asked), ' '), '')) with ordinality w (word, place)) w
    where not word = any (search_stop_words())
    union all select quote_literal(t) from unnest(tokens) t where t is not null) terms);

create table legal_units (
  siren bigint primary key check (siren between 0 and 999999999),
  -- The name of the company or of the person; null when it is not diffused.
  name text,
  -- The other names in use, joined.
  usual_names text,
  acronym text,
  natural_person boolean not null,
  legal_category text,
  naf text,
  naf_nomenclature text,
  naf25 text,
  headcount_band text,
  headcount_year int,
  size_category text check (size_category in ('PME', 'ETI', 'GE')),
  social_economy boolean,
  employer boolean,
  active boolean not null,
  diffusion text not null check (diffusion in ('O', 'P')),
  created_on date,
  register_updated_at timestamp,
  row_hash bigint not null,
  -- EST-4: a natural person of partial diffusion has no name here; a company keeps its name, not its acronym.
  check (diffusion = 'O' or (acronym is null and (not natural_person or (name is null and usual_names is null))))
);

create table establishments (
  siret bigint primary key check (siret between 0 and 99999999999999),
  siren bigint not null,
  nic int not null,
  sign text,
  usual_name text,
  legal_name text,
  -- The legal unit's names in use.
  other_names text,
  -- What people call it; null when nothing of it is diffused.
  name text generated always as (coalesce(usual_name, sign, legal_name)) stored,
  acronym text,
  naf text,
  naf_nomenclature text,
  naf25 text,
  headcount_band text,
  headcount_year int,
  -- Null where partial diffusion keeps it back.
  employer boolean,
  active boolean not null,
  head_office boolean not null,
  legal_category text,
  address_complement text,
  street text,
  special_distribution text,
  postal_code text,
  -- The commune of today; the published code stays beside it. An unknown code stands in both, without territory.
  commune_code text,
  published_commune_code text,
  commune_name text,
  country text,
  latitude double precision,
  longitude double precision,
  -- 'N' is a row withdrawn from the register after it was held: its number alone stays, for what refers to it.
  diffusion text not null check (diffusion in ('O', 'P', 'N')),
  legal_unit_diffusion text check (legal_unit_diffusion in ('O', 'P', 'N')),
  natural_person boolean,
  region_id int,
  departement_id int,
  epci_id int,
  clpe_id int,
  created_on date,
  closed_on date,
  register_updated_at timestamp,
  row_hash bigint not null,
  unit_hash bigint,
  first_imported_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  partial_diffusion boolean not null generated always as (diffusion <> 'O' or coalesce(legal_unit_diffusion, 'O') <> 'O') stored,
  search tsvector not null generated always as (
    case when diffusion = 'N' then ''::tsvector
    else search_vector(
      -- A natural person of partial diffusion is found by its number only.
      case when (diffusion = 'P' or coalesce(legal_unit_diffusion, 'O') <> 'O') and coalesce(natural_person, true) then ''
        else coalesce(usual_name, '') || ' ' || coalesce(sign, '') || ' ' || coalesce(legal_name, '') || ' ' || coalesce(other_names, '') || ' ' || coalesce(acronym, '') || ' ' || coalesce(commune_name, '') end,
      array['=c' || commune_code, '=z' || region_id::text, '=z' || departement_id::text, '=z' || epci_id::text, '=z' || clpe_id::text,
        case when active then '=a' end, case when employer then '=o' end, '=n' || left(naf, 2), '=h' || headcount_band]) end) stored,
  name_key text generated always as (search_words(coalesce(usual_name, sign, legal_name))) stored,
  check (siren = siret / 100000 and nic = siret % 100000),
  check ((region_id is null) = (departement_id is null)),
  -- EST-4, held by the database whatever an import does: no address nor place of a partial diffusion,
  check ((diffusion = 'O' and coalesce(legal_unit_diffusion, 'O') = 'O')
    or num_nonnulls(address_complement, street, special_distribution, postal_code, latitude, longitude, acronym) = 0),
  -- no name, headcount nor dates of a natural person's,
  check ((diffusion = 'O' and coalesce(legal_unit_diffusion, 'O') = 'O') or not coalesce(natural_person, true)
    or num_nonnulls(sign, usual_name, legal_name, other_names, headcount_band, headcount_year, employer, created_on, closed_on) = 0),
  -- and nothing of what is not diffused.
  check (diffusion <> 'N' or (not active and num_nonnulls(sign, usual_name, legal_name, other_names, naf, naf25, commune_code, published_commune_code, commune_name, country, region_id) = 0)),
  check (num_nonnulls(sign, usual_name, legal_name, other_names, street, postal_code, commune_name) = 0
    or position('[ND]' in concat_ws(' ', sign, usual_name, legal_name, other_names, street, postal_code, commune_name)) = 0)
);

-- EST-4, in one place whoever writes: what a partial diffusion hides is gone before the row exists. A unit still unknown is taken for a natural person.
create function hide_undiffused() returns trigger language plpgsql as $$
begin
  new.address_complement := null; new.street := null; new.special_distribution := null; new.postal_code := null; new.latitude := null; new.longitude := null;
  new.acronym := null;
  if coalesce(new.natural_person, true) or new.diffusion = 'N' then
    new.sign := null; new.usual_name := null; new.legal_name := null; new.other_names := null; new.headcount_band := null; new.headcount_year := null;
    new.employer := null; new.created_on := null; new.closed_on := null;
  end if;
  if new.diffusion = 'N' then
    new.active := false; new.head_office := false; new.naf := null; new.naf_nomenclature := null; new.naf25 := null; new.legal_category := null; new.natural_person := null;
    new.commune_code := null; new.published_commune_code := null; new.commune_name := null; new.country := null;
    new.region_id := null; new.departement_id := null; new.epci_id := null; new.clpe_id := null;
  end if;
  return new;
end $$;
create trigger hide_undiffused before insert or update on establishments for each row
  when (new.diffusion <> 'O' or coalesce(new.legal_unit_diffusion, 'O') <> 'O') execute function hide_undiffused();

create index establishments_siren on establishments (siren);
create index establishments_search on establishments using gin (search);
create index establishments_commune on establishments (commune_code);
create index establishments_clpe_name on establishments (clpe_id, name_key text_pattern_ops) where active;
create index establishments_departement_name on establishments (departement_id, name_key text_pattern_ops) where active;

-- One row an import: what it read and what became of it, and where to go on after a stop.
create table register_imports (
  id int generated always as identity primary key,
  files text[] not null,
  scope text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  counts jsonb not null default '{}'
);

-- Latitude and longitude from the coordinates the register publishes: Lambert-93 in metropolitan France, the UTM zone of each overseas department.
-- Both are conformal: the conformal latitude, then the same series back to the geodetic one (GRS80). Null elsewhere, or when the result lies off the earth.
create function published_position(x float8, y float8, commune text) returns float8[] language plpgsql immutable parallel safe as $$
declare
  utm int; xi0 float8; eta0 float8; xi float8; eta float8; chi float8; lambda float8; latitude float8; longitude float8;
begin
  if x is null or y is null or commune is null or abs(x) > 2e7 or abs(y) > 2e7 then return null; end if;
  if commune !~ '^9[78]' then
    chi := pi() / 2 - 2 * atan((sqrt((x - 700000) ^ 2 + (12655612.049876 - y) ^ 2) / 11754255.426096) ^ (1 / 0.725607765053267));
    lambda := radians(3) + atan2(x - 700000, 12655612.049876 - y) / 0.725607765053267;
  else
    utm := case left(commune, 3) when '971' then 20 when '972' then 20 when '977' then 20 when '978' then 20 when '973' then 22 when '974' then 40 when '975' then 21 when '976' then 38 end;
    if utm is null then return null; end if;
    xi0 := (y - case when utm in (38, 40) then 10000000 else 0 end) / (0.9996 * 6367449.14577105);
    eta0 := (x - 500000) / (0.9996 * 6367449.14577105);
    if abs(eta0) > 1 then return null; end if;
    xi := xi0 - 0.000837732168 * sin(2 * xi0) * cosh(2 * eta0) - 0.0000000590587 * sin(4 * xi0) * cosh(4 * eta0);
    eta := eta0 - 0.000837732168 * cos(2 * xi0) * sinh(2 * eta0) - 0.0000000590587 * cos(4 * xi0) * sinh(4 * eta0);
    chi := asin(sin(xi) / cosh(eta));
    lambda := radians(6 * utm - 183) + atan2(sinh(eta), cos(xi));
  end if;
  latitude := degrees(chi + 0.0033565514856 * sin(2 * chi) + 0.0000065718731 * sin(4 * chi) + 0.0000000176466 * sin(6 * chi));
  longitude := degrees(lambda);
  if latitude not between -90 and 90 or longitude not between -180 and 180 then return null; end if;
  return array[round(latitude::numeric, 6), round(longitude::numeric, 6)]::float8[];
end $$;

grant select on legal_units, establishments, register_imports to cc_web, cc_definer;
