-- The search forgives: plurals in the index itself, addresses beside the names, and a lexicon of the register's words for typing errors.

-- Without the s or x of a plural, on both sides, so that "express" and "expres" meet too; three letters at least are left.
create function search_stem(word text) returns text language sql immutable parallel safe strict
return case when length(rtrim(word, 'sx')) < 3 then word else rtrim(word, 'sx') end;

-- The first three letters of a longer word are a token too, "^bou": a beginning that short is then one entry of the index instead of thousands to gather.
-- A loop in plpgsql: 10 µs a row where a regular expression takes 17.
create or replace function search_vector(words text, tokens text[]) returns tsvector language plpgsql immutable parallel safe as $$
declare
  word text; stem text; stems text := '';
begin
  foreach word in array string_to_array(search_words(coalesce(words, '')), ' ') loop
    stem := rtrim(word, 'sx');
    if length(stem) < 3 then stem := word; end if;
    stems := case when length(stem) > 3 then stems || stem || ' ^' || left(stem, 3) || ' ' else stems || stem || ' ' end;
  end loop;
  return ts_delete(array_to_tsvector(array_remove(string_to_array(stems, ' '), '') || array_remove(tokens, null)), search_stop_words());
end $$;

-- The words of an address are apart from those of a name, so that names come first: "+gare". "Rue" is in two addresses out of three and says nothing.
create function search_places(places text) returns tsvector language plpgsql immutable parallel safe as $$
declare
  word text; stem text; stems text := '';
begin
  if btrim(coalesce(places, '')) = '' then return ''::tsvector; end if;
  foreach word in array string_to_array(search_words(places), ' ') loop
    stem := rtrim(word, 'sx');
    stems := stems || '+' || case when length(stem) < 3 then word else stem end || ' ';
  end loop;
  return ts_delete(array_to_tsvector(array_remove(string_to_array(stems, ' '), '')),
    array['+', '+a', '+au', '+aux', '+d', '+de', '+des', '+du', '+en', '+et', '+l', '+la', '+le', '+les', '+un', '+une', '+rue']);
end $$;

-- All the words, the last one as a beginning too, within all the tokens. A search made of stop words alone finds nothing.
create or replace function search_query(asked text, tokens text[]) returns tsquery language sql immutable parallel safe
return (
  select string_agg(term, ' & ')::tsquery from (
    select case when last then '(' || quote_literal(search_stem(word)) || '|' || quote_literal(word) || ':*)' else quote_literal(search_stem(word)) end as term
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
    from ts_stat('select search from public.establishments') where word !~ '^[=^]' and word ~ '[a-z]' and octet_length(word) <= 40 group by 1),
  gone as (delete from search_lexicon l where not exists (select from used u where u.word = l.word))
  insert into search_lexicon as l (word, sound, establishments) select word, search_sound(word), establishments from used
  on conflict (word) do update set establishments = excluded.establishments where l.establishments <> excluded.establishments;
  select count(*)::int from search_lexicon
$$;
select refresh_search_lexicon();

grant select on search_lexicon to cc_web, cc_definer;
