-- The search forgives: plurals in the index itself, addresses beside the names, and a lexicon of the register's words for typing errors.

-- Without the plural's s and x, on both sides, so that "express" and "expres" meet too: the word without its last s or x, from four letters up.
create function search_stems(value text) returns text language plpgsql immutable parallel safe strict as $$
declare
  words text := search_words(value);
begin
  if words ~ '[sx]\M' then words := regexp_replace(words, '([a-z]{2}[a-z]*[a-rt-wyz])[sx]+\M', '\1', 'g'); end if;
  return words;
end $$;

create or replace function search_vector(words text, tokens text[]) returns tsvector language plpgsql immutable parallel safe as $$
begin
  return ts_delete(array_to_tsvector(array_remove(string_to_array(search_stems(coalesce(words, '')), ' '), '')), search_stop_words())
    || array_to_tsvector(array_remove(tokens, null));
end $$;

-- The words of an address are apart from those of a name, so that names come first: "+gare". "Rue" is in two addresses out of three and says nothing.
create function search_places(places text) returns tsvector language plpgsql immutable parallel safe as $$
begin
  if places is null or places = '' then return ''::tsvector; end if;
  return ts_delete(array_to_tsvector(array_remove(string_to_array('+' || replace(search_stems(places), ' ', ' +'), ' '), '+')),
    array['+a', '+au', '+aux', '+d', '+de', '+des', '+du', '+en', '+et', '+l', '+la', '+le', '+les', '+un', '+une', '+rue']);
end $$;

-- All the words, the last one as a beginning too, within all the tokens. A search made of stop words alone finds nothing.
create or replace function search_query(asked text, tokens text[]) returns tsquery language sql immutable parallel safe
return (
  select string_agg(term, ' & ')::tsquery from (
    select case when last then '(' || quote_literal(search_stems(word)) || '|' || quote_literal(word) || ':*)' else quote_literal(search_stems(word)) end as term
    from (select word, place = max(place) over () as last from unnest(array_remove(string_to_array(search_words(asked), ' '), '')) with ordinality w (word, place)) w
    where not word = any (search_stop_words())
    union all select quote_literal(t) from unnest(tokens) t where t is not null) terms);

alter table establishments alter column search set expression as (
  case when diffusion = 'N' then ''::tsvector
  else search_vector(
    -- A natural person of partial diffusion is found by its number only.
    case when (diffusion = 'P' or coalesce(legal_unit_diffusion, 'O') <> 'O') and coalesce(natural_person, true) then ''
      else coalesce(usual_name, '') || ' ' || coalesce(sign, '') || ' ' || coalesce(legal_name, '') || ' ' || coalesce(other_names, '') || ' ' || coalesce(acronym, '') || ' ' || coalesce(commune_name, '') end,
    array['=c' || commune_code, '=z' || region_id::text, '=z' || departement_id::text, '=z' || epci_id::text, '=z' || clpe_id::text,
      case when active then '=a' end, case when employer then '=o' end, '=n' || left(naf, 2), '=h' || headcount_band])
    || search_places(coalesce(address_complement, '') || ' ' || coalesce(street, '') || ' ' || coalesce(special_distribution, '') || ' ' || coalesce(postal_code, '')) end);

-- How a French ear hears a word, roughly: what is written otherwise and sounds the same has the same sound.
create function search_sound(word text) returns text language plpgsql immutable parallel safe strict as $$
declare
  s text := word;
begin
  s := regexp_replace(s, '(.)\1+', '\1', 'g');
  s := regexp_replace(s, '[sx]c(?=[eiy])', 's', 'g');
  s := replace(replace(replace(replace(s, 'ph', 'f'), 'sch', '1'), 'ch', '1'), 'sh', '1');
  s := replace(replace(replace(s, 'eau', 'o'), 'au', 'o'), 'qu', 'k');
  s := regexp_replace(s, 'c(?=[eiy])', 's', 'g');
  s := regexp_replace(s, 'gu(?=[eiy])', '2', 'g');
  s := regexp_replace(s, 'ge(?=[aou])|g(?=[eiy])', 'j', 'g');
  s := replace(translate(s, 'cqgzwyh', 'kkgsvi'), '2', 'g');
  s := regexp_replace(s, '(ai|ei|e)[mn](?=[^aeiou]|$)', '3', 'g');
  s := regexp_replace(s, 'a[mn](?=[^aeiou]|$)', '3', 'g');
  s := regexp_replace(s, 'i[mn](?=[^aeiou]|$)', '4', 'g');
  s := regexp_replace(s, 'o[mn](?=[^aeiou]|$)', '5', 'g');
  s := regexp_replace(s, 'ai|ei|oe|ae', 'e', 'g');
  s := regexp_replace(s, '(.)(er|e[tdz]?|[tdpsxz])$', '\1', 'g');
  return regexp_replace(s, '(.)\1+', '\1', 'g');
end $$;

-- The distinct words of the register, as its vectors hold them, with how many establishments have each.
create table search_lexicon (
  word text collate "C" primary key,
  sound text collate "C" not null,
  establishments int not null
);
create index search_lexicon_trigrams on search_lexicon using gin (word gin_trgm_ops);
create index search_lexicon_sound on search_lexicon (sound);

-- At the end of an import. Readers are never without it: what is there already stays in place. Says how many words there are.
create function refresh_search_lexicon() returns int language sql as $$
  with used as materialized (
    select ltrim(word, '+') collate "C" as word, sum(ndoc)::int as establishments
    from ts_stat('select search from public.establishments') where word !~ '^=' and word ~ '[a-z]' and octet_length(word) <= 40 group by 1),
  gone as (delete from search_lexicon l where not exists (select from used u where u.word = l.word))
  insert into search_lexicon as l (word, sound, establishments) select word, search_sound(word), establishments from used
  on conflict (word) do update set establishments = excluded.establishments where l.establishments <> excluded.establishments;
  select count(*)::int from search_lexicon
$$;
select refresh_search_lexicon();

grant select on search_lexicon to cc_web, cc_definer;
