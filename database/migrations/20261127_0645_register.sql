-- The public register (SIRENE): no row-level security. The imports write as cc_owner; the application only reads. What the register
-- marks non-diffusible is not stored: no clause of a query can then leak it (articles A123-96 and R123-232 of the code de
-- commerce).

/*
 * Sixteen million establishments, searched as they are typed. What makes a search slow is not the rows it shows but the entries of the
 * index it must gather: a beginning or a common word has hundreds of thousands in the country. So each word stands in the index under
 * the department of the establishment, and a search reads one department after another, its own first, until it has enough. A territory
 * never pays for the country, and a common word is found at once.
 */

-- One letter for each department, the first of every lexeme; the first of them for what lies in none.
create function search_scope(departement int) returns text language sql immutable parallel safe
return chr(256 + coalesce(departement - 2000, 0));

-- Names, address and tokens of an establishment as lexemes. A word is without the s or x of a plural; "^bou", "^boul", "^boula" are
-- its beginnings; "+gare" is a word of an address, for names come first; "=z10001" a territory, "=a" active, "=o" employer, "=e"
-- both. A loop in plpgsql: half the time of one statement.
-- A generated column rests on these functions: changing one is a migration, which builds it anew.
create function establishment_search(departement int, names text, places text, tokens text[])
returns tsvector language plpgsql immutable parallel safe as $$
declare
  scope text := search_scope(departement);
  word text; stem text; lexemes text[] := '{}'; token text;
begin
  foreach word in array string_to_array(search_words(names), ' ') loop
    stem := rtrim(word, 'sx');
    if length(stem) < 3 then stem := word; end if;
    continue when stem = '' or word in ('a', 'au', 'aux', 'd', 'de', 'des', 'du', 'en', 'et', 'l', 'la', 'le', 'les', 'un', 'une');
    lexemes := lexemes || (scope || stem);
    if length(stem) > 3 then
      lexemes := lexemes || (scope || '^' || left(stem, 3));
      if length(stem) > 4 then
        lexemes := lexemes || (scope || '^' || left(stem, 4));
        if length(stem) > 5 then lexemes := lexemes || (scope || '^' || left(stem, 5)); end if;
      end if;
    end if;
  end loop;
  foreach word in array string_to_array(search_words(places), ' ') loop
    stem := rtrim(word, 'sx');
    if length(stem) < 3 then stem := word; end if;
    -- "Rue" is in two addresses out of three and says nothing.
    continue when stem = '' or word in ('a', 'au', 'aux', 'd', 'de', 'des', 'du', 'en', 'et', 'l', 'la', 'le', 'les', 'un', 'une', 'rue');
    lexemes := lexemes || (scope || '+' || stem);
  end loop;
  foreach token in array tokens loop
    continue when token is null;
    lexemes := lexemes || (scope || token);
  end loop;
  return array_to_tsvector(lexemes);
end $$;

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
    else establishment_search(departement_id,
      -- A natural person of partial diffusion is found by its number only.
      case when (diffusion = 'P' or coalesce(legal_unit_diffusion, 'O') <> 'O') and coalesce(natural_person, true) then ''
        else coalesce(usual_name, '') || ' ' || coalesce(sign, '') || ' ' || coalesce(legal_name, '') || ' ' || coalesce(other_names, '')
          || ' ' || coalesce(acronym, '') || ' ' || coalesce(commune_name, '') end,
      coalesce(address_complement, '') || ' ' || coalesce(street, '') || ' ' || coalesce(special_distribution, '') || ' '
        || coalesce(postal_code, ''),
      -- A code means something only with its nomenclature: "=n56" is division 56 of NAF rév. 2, "=m56" of NAF 2025.
      -- Both stand in the index, for the register gives both until the switch of 1 January 2027.
      array['=c' || commune_code, '=z' || region_id::text, '=z' || departement_id::text, '=z' || epci_id::text, '=z' || clpe_id::text,
        case when active then '=a' end, case when employer then '=o' end, case when active and employer then '=e' end,
        case when coalesce(naf_nomenclature, 'NAFRev2') = 'NAFRev2' then '=n' || left(naf, 2) end,
        '=m' || left(case when naf_nomenclature = 'NAF25' then naf else naf25 end, 2), '=h' || headcount_band]) end) stored,
  -- By name, those without one last.
  name_key text generated always as (case when diffusion <> 'N'
    then coalesce(search_words(coalesce(usual_name, sign, legal_name)), '~') end) stored,
  check (siren = siret / 100000 and nic = siret % 100000),
  check ((region_id is null) = (departement_id is null)),
  -- EST-4, held by the database whatever an import does: no address nor place of a partial diffusion,
  check ((diffusion = 'O' and coalesce(legal_unit_diffusion, 'O') = 'O')
    or num_nonnulls(address_complement, street, special_distribution, postal_code, latitude, longitude, acronym) = 0),
  -- no name, headcount nor dates of a natural person's,
  check ((diffusion = 'O' and coalesce(legal_unit_diffusion, 'O') = 'O') or not coalesce(natural_person, true)
    or num_nonnulls(sign, usual_name, legal_name, other_names, headcount_band, headcount_year, employer, created_on, closed_on) = 0),
  -- and nothing of what is not diffused.
  check (diffusion <> 'N'
    or (not active and num_nonnulls(sign, usual_name, legal_name, other_names, naf, naf25, commune_code, published_commune_code,
      commune_name, country, region_id) = 0)),
  check (num_nonnulls(sign, usual_name, legal_name, other_names, street, postal_code, commune_name) = 0
    or position('[ND]' in concat_ws(' ', sign, usual_name, legal_name, other_names, street, postal_code, commune_name)) = 0)
);
create index establishments_siren on establishments (siren);
-- A list of updates still to be sorted into the index would be read whole by every search.
create index establishments_search on establishments using gin (search) with (fastupdate = off);
create index establishments_commune on establishments (commune_code);
create index establishments_clpe_name on establishments (clpe_id, name_key, siret) where active;
create index establishments_epci_name on establishments (epci_id, name_key, siret) where active;
create index establishments_name on establishments (name_key, siret) where active;

-- One row an import: what it read and what became of it, and where to go on after a stop.
create table register_imports (
  id int generated always as identity primary key,
  files text[] not null,
  scope text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  counts jsonb not null default '{}',
  -- What an import was asked to keep: the updates keep to the same. Null: the whole of France.
  area int[],
  active_only boolean not null default false
);

-- Updates of the register by API Sirene: the next page to read of each collection, written in the transaction of the page before it.
create table register_updates (
  collection text primary key check (collection in ('establishments', 'units')),
  -- The run: whole days, both included. It is over when day is past until.
  since date not null,
  until date not null,
  day date not null,
  cursor text not null default '*',
  read_of_day int not null default 0,
  updated_at timestamptz not null default now()
);

-- The distinct words of the register, as its vectors hold them, with how many establishments have each.
create table search_lexicon (
  word text collate "C" primary key,
  sound text collate "C" not null,
  establishments int not null
);
create index search_lexicon_trigrams on search_lexicon using gin (word gin_trgm_ops);
create index search_lexicon_sound on search_lexicon (sound);

-- An establishment that took another's place, as the register publishes it (StockEtablissementLiensSuccession). Public: no
-- row-level security. Numbers that the register does not hold are kept: it may come to hold them.
create table establishment_successions (
  predecessor bigint not null check (predecessor between 0 and 99999999999999),
  successor bigint not null check (successor between 0 and 99999999999999),
  linked_on date not null,
  -- The head office moved.
  head_office_transfer boolean not null,
  economic_continuity boolean not null,
  register_updated_at timestamp,
  primary key (predecessor, successor, linked_on)
);
create index establishment_successions_successor on establishment_successions (successor);

-- An establishment that the register does not hold yet, as a person typed it: read and made within one's perimeter, never among the
-- public rows. Nothing of it is lost when the register comes to hold the SIRET: what was typed stays beside what INSEE says, with
-- who typed it and when.
create table provisional_establishments (
  siret bigint primary key check (siret between 1 and 99999999999999),
  name text not null check (length(btrim(name)) between 1 and 200), -- personal: a sole trader's is a person's
  -- As it is asked: "56.10A" of NAF rév. 2, "NAF25:56.11Y" of NAF 2025.
  activity text check (activity ~ '^(NAF25:)?([A-V]|\d{2}(\.\d{1,2}[A-Z]?)?)$'),
  commune_code text not null,
  -- Of the commune that was typed; once confirmed, of the register's.
  region_id int, departement_id int, epci_id int, clpe_id int,
  organisation_id uuid not null references organisations,
  author_id uuid not null references accounts,
  created_at timestamptz not null,
  -- When API Sirene was last asked, and when the register was seen to hold it.
  looked_up_at timestamptz,
  confirmed_at timestamptz,
  -- It is corrected and withdrawn by its author, or by those who answer for the card in their organisation, as long as the register
  -- does not hold the SIRET and nothing was recorded with it.
  corrected_at timestamptz,
  corrected_by uuid references accounts,
  check ((corrected_at is null) = (corrected_by is null))
);
create index provisional_establishments_waiting on provisional_establishments (looked_up_at) where confirmed_at is null;
