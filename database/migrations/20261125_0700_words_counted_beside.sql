-- The words known to the search are counted while the indexes of an import are built, on a connection of their own, then put in the place of the former ones.

-- The words of the vectors that a query gives, without the letter of their department, each with the number of its establishments.
create function search_words_of(vectors text) returns table (word text, establishments int) language sql as $$
  select ltrim(substr(w.word, 2), '+') collate "C", sum(ndoc)::int from ts_stat(vectors) w where substr(w.word, 2, 1) not in ('=', '^') and w.word ~ '[a-z]' and octet_length(w.word) <= 42 group by 1
$$;
-- The lexicon as the counts that a query gives.
create function settle_search_lexicon(counts text) returns int language plpgsql as $$
begin
  execute format('with used as materialized (%s),
    gone as (delete from search_lexicon l where not exists (select from used u where u.word = l.word))
    insert into search_lexicon as l (word, sound, establishments) select word, search_sound(word), establishments from used u
      where not exists (select from search_lexicon k where k.word = u.word and k.establishments = u.establishments)
    on conflict (word) do update set establishments = excluded.establishments', counts);
  return (select count(*) from search_lexicon);
end $$;
create or replace function refresh_search_lexicon() returns int language sql as $$
  select settle_search_lexicon($q$select * from search_words_of('select search from public.establishments')$q$)
$$;
