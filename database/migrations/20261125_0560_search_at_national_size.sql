/*
 * Sixteen million establishments, searched as they are typed. What makes a search slow is not the rows it shows but the entries of the index it must gather: a beginning or a
 * common word has hundreds of thousands in the country. So each word stands in the index under the department of the establishment, and a search reads one department after
 * another, its own first, until it has enough. A territory never pays for the country, and a common word is found at once.
 */

-- One letter for each department, the first of every lexeme; the first of them for what lies in none.
create function search_scope(departement int) returns text language sql immutable parallel safe
return chr(256 + coalesce(departement - 2000, 0));

-- Names, address and tokens of an establishment as lexemes. A word is without the s or x of a plural; "^bou", "^boul", "^boula" are its beginnings; "+gare" is a word of an
-- address, for names come first; "=z10001" a territory, "=a" active, "=o" employer, "=e" both. A loop in plpgsql: half the time of one statement.
create function establishment_search(departement int, names text, places text, tokens text[]) returns tsvector language plpgsql immutable parallel safe as $$
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

-- A query whose lexemes begin with '§', in one department.
create function scoped_query(asked text, departement int) returns tsquery language sql immutable parallel safe
return replace(asked, '§', search_scope(departement))::tsquery;

alter table establishments alter column search set expression as (
  case when diffusion = 'N' then ''::tsvector
  else establishment_search(departement_id,
    -- A natural person of partial diffusion is found by its number only.
    case when (diffusion = 'P' or coalesce(legal_unit_diffusion, 'O') <> 'O') and coalesce(natural_person, true) then ''
      else coalesce(usual_name, '') || ' ' || coalesce(sign, '') || ' ' || coalesce(legal_name, '') || ' ' || coalesce(other_names, '') || ' ' || coalesce(acronym, '') || ' ' || coalesce(commune_name, '') end,
    coalesce(address_complement, '') || ' ' || coalesce(street, '') || ' ' || coalesce(special_distribution, '') || ' ' || coalesce(postal_code, ''),
    array['=c' || commune_code, '=z' || region_id::text, '=z' || departement_id::text, '=z' || epci_id::text, '=z' || clpe_id::text,
      case when active then '=a' end, case when employer then '=o' end, case when active and employer then '=e' end, '=n' || left(naf, 2), '=h' || headcount_band]) end),
  -- By name, those without one last.
  alter column name_key set expression as (case when diffusion <> 'N' then coalesce(search_words(coalesce(usual_name, sign, legal_name)), '~') end);
drop function search_places;
drop index establishments_clpe_name, establishments_departement_name;
create index establishments_clpe_name on establishments (clpe_id, name_key, siret) where active;
create index establishments_epci_name on establishments (epci_id, name_key, siret) where active;
create index establishments_name on establishments (name_key, siret) where active;

-- A list of updates still to be sorted into the index would be read whole by every search.
alter index establishments_search set (fastupdate = off);

-- The same words, without the letter of their department.
create or replace function refresh_search_lexicon() returns int language sql as $$
  with used as materialized (
    select ltrim(substr(word, 2), '+') collate "C" as word, sum(ndoc)::int as establishments
    from ts_stat('select search from public.establishments') where substr(word, 2, 1) not in ('=', '^') and word ~ '[a-z]' and octet_length(word) <= 42 group by 1),
  gone as (delete from search_lexicon l where not exists (select from used u where u.word = l.word))
  insert into search_lexicon as l (word, sound, establishments) select word, search_sound(word), establishments from used
  on conflict (word) do update set establishments = excluded.establishments where l.establishments <> excluded.establishments;
  select count(*)::int from search_lexicon
$$;
select refresh_search_lexicon();
