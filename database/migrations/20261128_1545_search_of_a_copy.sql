-- A logical copy is restored without a search path, and a function that sets none of its own calls this one too: what it calls is named
-- whole. It answers what it answered: nothing is built anew.
create or replace function establishment_search(departement int, names text, places text, tokens text[])
returns tsvector language plpgsql immutable parallel safe as $$
declare
  scope text := public.search_scope(departement);
  word text; stem text; lexemes text[] := '{}'; token text;
begin
  foreach word in array string_to_array(public.search_words(names), ' ') loop
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
  foreach word in array string_to_array(public.search_words(places), ' ') loop
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
