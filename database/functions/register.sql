-- The public register: what is hidden, read and found of it (EST). The search forgives: plurals in the index itself,
-- addresses beside the names, and a lexicon of the register's words for typing errors. These words are counted while
-- the indexes of an import are built, on a connection of their own, then put in the place of the former ones.

create or replace function search_stop_words() returns text[] language sql immutable parallel safe
return array['a', 'au', 'aux', 'd', 'de', 'des', 'du', 'en', 'et', 'l', 'la', 'le', 'les', 'un', 'une'];

-- Without the s or x of a plural, on both sides, so that "express" and "expres" meet too; three letters at least are
-- left.
create or replace function search_stem(word text) returns text language sql immutable parallel safe strict
return case when length(rtrim(word, 'sx')) < 3 then word else rtrim(word, 'sx') end;

/*
 * Words and tokens in one vector. A token begins with '=', which no word does: "=z10001" a territory, "=a" active, "=o"
 * employer.
 * The first three letters of a longer word are a token too, "^bou": a beginning that short is then one entry of the
 * index instead of thousands to gather. A loop in plpgsql: 10 µs a row where a regular expression takes 17.
 */
create or replace function search_vector(words text, tokens text[])
returns tsvector language plpgsql immutable parallel safe as $$
declare
  word text; stem text; stems text := '';
begin
  foreach word in array string_to_array(search_words(coalesce(words, '')), ' ') loop
    stem := rtrim(word, 'sx');
    if length(stem) < 3 then stem := word; end if;
    stems := case when length(stem) > 3 then stems || stem || ' ^' || left(stem, 3) || ' '
      else stems || stem || ' ' end;
  end loop;
  return ts_delete(array_to_tsvector(array_remove(string_to_array(stems, ' '), '') || array_remove(tokens, null)),
    search_stop_words());
end $$;

-- All the words, the last one as a beginning too, within all the tokens. A search made of stop words alone finds
-- nothing.
create or replace function search_query(asked text, tokens text[]) returns tsquery language sql immutable parallel safe
return (
  select string_agg(term, ' & ')::tsquery from (
    select case when last then '(' || quote_literal(search_stem(word)) || '|' || quote_literal(word) || ':*)'
      else quote_literal(search_stem(word)) end as term
    from (select word, place = max(place) over () as last
      from unnest(array_remove(string_to_array(search_words(asked), ' '), '')) with ordinality w (word, place)) w
    where not word = any (search_stop_words())
    union all select quote_literal(t) from unnest(tokens) t where t is not null) terms);

-- How a French ear hears a word, roughly: what is written otherwise and sounds the same has the same sound.
create or replace function search_sound(word text) returns text language plpgsql immutable parallel safe strict as $$
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

-- A query whose lexemes begin with '§', in one department.
create or replace function scoped_query(asked text, departement int)
returns tsquery language sql immutable parallel safe
return replace(asked, '§', search_scope(departement))::tsquery;

-- The words of the vectors that a query gives, without the letter of their department, each with the number of its
-- establishments.
create or replace function search_words_of(vectors text)
returns table (word text, establishments int) language sql as $$
  select ltrim(substr(w.word, 2), '+') collate "C", sum(ndoc)::int from ts_stat(vectors) w
    where substr(w.word, 2, 1) not in ('=', '^') and w.word ~ '[a-z]' and octet_length(w.word) <= 42 group by 1
$$;

-- The lexicon as the counts that a query gives.
create or replace function settle_search_lexicon(counts text) returns int language plpgsql as $$
begin
  execute format('with used as materialized (%s),
    gone as (delete from search_lexicon l where not exists (select from used u where u.word = l.word))
    insert into search_lexicon as l (word, sound, establishments) select word, search_sound(word), establishments
      from used u
      where not exists (select from search_lexicon k where k.word = u.word and k.establishments = u.establishments)
    on conflict (word) do update set establishments = excluded.establishments', counts);
  return (select count(*) from search_lexicon);
end $$;

-- At the end of an import. Readers are never without it: what is there already stays in place. Says how many words
-- there are.
create or replace function refresh_search_lexicon() returns int language sql as $$
  select settle_search_lexicon($q$select * from search_words_of('select search from public.establishments')$q$)
$$;

-- A published value, or null when it is none: an unreadable day does not lose the row.
create or replace function readable_day(value text)
returns date language plpgsql immutable parallel safe strict
  as $$ begin if pg_input_is_valid(value, 'date') then return value::date; end if; return null; end $$;

create or replace function readable_instant(value text)
returns timestamp language plpgsql immutable parallel safe strict
  as $$ begin if pg_input_is_valid(value, 'timestamp') then return value::timestamp; end if; return null; end $$;

-- The size of a company (EST-14): the category that INSEE computes for the whole company, under the decree 2008-1354;
-- among its PME, and among those it gives none to, the TPE are those it says to be under ten. Null when it does not
-- say.
create or replace function company_size(category text, band text, employer boolean)
returns text language sql immutable parallel safe
return case
  when category = 'GE' then 'large'
  when category = 'ETI' then 'eti'
  when band in ('00', '01', '02', '03') or coalesce(band, 'NN') = 'NN' and employer is false then 'tpe'
  when category = 'PME' then 'pme' end;

-- Latitude and longitude from the coordinates the register publishes: Lambert-93 in metropolitan France, the UTM zone
-- of each overseas department. Both are conformal: the conformal latitude, then the same series back to the geodetic
-- one (GRS80). Null elsewhere, or when the result lies off the earth.
create or replace function published_position(x float8, y float8, commune text)
returns float8[] language plpgsql immutable parallel safe as $$
declare
  utm int; xi0 float8; eta0 float8; xi float8; eta float8; chi float8; lambda float8; latitude float8; longitude float8;
begin
  if x is null or y is null or commune is null or abs(x) > 2e7 or abs(y) > 2e7 then return null; end if;
  if commune !~ '^9[78]' then
    chi := pi() / 2 - 2
      * atan((sqrt((x - 700000) ^ 2 + (12655612.049876 - y) ^ 2) / 11754255.426096) ^ (1 / 0.725607765053267));
    lambda := radians(3) + atan2(x - 700000, 12655612.049876 - y) / 0.725607765053267;
  else
    utm := case left(commune, 3) when '971' then 20 when '972' then 20 when '977' then 20 when '978' then 20
      when '973' then 22 when '974' then 40 when '975' then 21 when '976' then 38 end;
    if utm is null then return null; end if;
    xi0 := (y - case when utm in (38, 40) then 10000000 else 0 end) / (0.9996 * 6367449.14577105);
    eta0 := (x - 500000) / (0.9996 * 6367449.14577105);
    if abs(eta0) > 1 then return null; end if;
    xi := xi0 - 0.000837732168 * sin(2 * xi0) * cosh(2 * eta0) - 0.0000000590587 * sin(4 * xi0) * cosh(4 * eta0);
    eta := eta0 - 0.000837732168 * cos(2 * xi0) * sinh(2 * eta0) - 0.0000000590587 * cos(4 * xi0) * sinh(4 * eta0);
    chi := asin(sin(xi) / cosh(eta));
    lambda := radians(6 * utm - 183) + atan2(sinh(eta), cos(xi));
  end if;
  latitude :=
    degrees(chi + 0.0033565514856 * sin(2 * chi) + 0.0000065718731 * sin(4 * chi) + 0.0000000176466 * sin(6 * chi));
  longitude := degrees(lambda);
  if latitude not between -90 and 90 or longitude not between -180 and 180 then return null; end if;
  return array[round(latitude::numeric, 6), round(longitude::numeric, 6)]::float8[];
end $$;

-- The activity of an establishment in NAF rév. 2, in which campaigns tell their targets apart: its own code, the one it
-- had, or those that correspond, the likeliest first. An older nomenclature is taken as it is.
create or replace function former_activities(code text, nomenclature text, former text)
returns text[] language sql stable parallel safe
return case
  when code is null then '{}'
  when nomenclature is distinct from 'NAF25' then array[code]
  when former is not null then array[former]
  else array(select c.naf from public.naf_correspondences c where c.naf25 = code
    and not c.rare order by c.establishments desc nulls last, c.naf) end;

-- EST-4: a natural person who objects to diffusion is aimed at by no campaign. Without its unit, it is taken for one.
-- As a set, the planner writes it out in what reads it: a policy asks it of each of 50,000 targets (141 ms as a
-- function that is called, 40 so).
create or replace function objections_to_diffusion(of_siret bigint)
returns table (siret bigint) language sql stable parallel safe as $$
  select e.siret from public.establishments e where e.siret = of_siret and e.partial_diffusion
    and coalesce(e.natural_person, true)
$$;
create or replace function objects_to_diffusion(of_siret bigint)
returns boolean language plpgsql stable parallel safe as $$
begin
  return exists (select from public.objections_to_diffusion(of_siret));
end $$;

-- EST-4, in one place whoever writes: what a partial diffusion hides is gone before the row exists. A unit still
-- unknown is taken for a natural person.
create or replace function hide_undiffused() returns trigger language plpgsql as $$
begin
  new.address_complement := null; new.street := null; new.special_distribution := null; new.postal_code := null;
  new.latitude := null; new.longitude := null;
  new.acronym := null;
  if coalesce(new.natural_person, true) or new.diffusion = 'N' then
    new.sign := null; new.usual_name := null; new.legal_name := null; new.other_names := null;
    new.headcount_band := null; new.headcount_year := null;
    new.employer := null; new.company_size := null; new.created_on := null; new.closed_on := null;
  end if;
  if new.diffusion = 'N' then
    new.active := false; new.head_office := false; new.naf := null; new.naf_nomenclature := null; new.naf25 := null;
    new.naf_former := null; new.legal_category := null; new.natural_person := null;
    new.commune_code := null; new.published_commune_code := null; new.commune_name := null; new.country := null;
    new.region_id := null; new.departement_id := null; new.epci_id := null; new.clpe_id := null;
  end if;
  return new;
end $$;

/*
 * After an import, an update, a look-up or a change of communes: those the register now holds are confirmed; one that a
 * register built anew no longer holds waits again. A confirmed card stands where the register says, and what was
 * recorded with a card follows it, so that rights do too. Says how many were confirmed. With other rights than the
 * worker's, who reads nothing of what was recorded.
 */
create or replace function settle_provisional() returns int language plpgsql security definer set search_path = '' as $$
declare
  confirmed int;
  t text;
begin
  update public.provisional_establishments p set confirmed_at = now() where p.confirmed_at is null
    and exists (select from public.establishments e where e.siret = p.siret);
  get diagnostics confirmed = row_count;
  update public.provisional_establishments p set confirmed_at = null, looked_up_at = null
    where p.confirmed_at is not null and not exists (select from public.establishments e where e.siret = p.siret);
  update public.provisional_establishments p set region_id = e.region_id, departement_id = e.departement_id,
    epci_id = e.epci_id, clpe_id = e.clpe_id from public.establishments e
    where e.siret = p.siret and e.diffusion <> 'N' and row(p.region_id, p.departement_id, p.epci_id,
      p.clpe_id) is distinct from row(e.region_id, e.departement_id, e.epci_id, e.clpe_id);
  foreach t in array array['exchanges', 'next_actions', 'correspondents', 'correspondent_links', 'do_not_contact_marks',
    'commitments', 'budget_overruns', 'notes', 'needs', 'establishment_facts', 'operator_services', 'referents'] loop
    execute format('update public.%I x set region_id = p.region_id, departement_id = p.departement_id,
      epci_id = p.epci_id, clpe_id = p.clpe_id from public.provisional_establishments p
      where x.siret = p.siret and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id)
        is distinct from row(p.region_id, p.departement_id, p.epci_id, p.clpe_id)', t);
  end loop;
  foreach t in array array['exchange_contents', 'exchange_versions'] loop
    execute format('update public.%I x set region_id = e.region_id, departement_id = e.departement_id,
      epci_id = e.epci_id, clpe_id = e.clpe_id from public.exchanges e, public.provisional_establishments p
      where e.siret = p.siret and e.id = x.exchange_id and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id)
        is distinct from row(e.region_id, e.departement_id, e.epci_id, e.clpe_id)', t);
  end loop;
  update public.correspondent_values x set region_id = c.region_id, departement_id = c.departement_id,
    epci_id = c.epci_id, clpe_id = c.clpe_id from public.correspondents c, public.provisional_establishments p
    where c.siret = p.siret and c.id = x.correspondent_id and row(x.region_id, x.departement_id, x.epci_id,
      x.clpe_id) is distinct from row(c.region_id, c.departement_id, c.epci_id, c.clpe_id);
  return confirmed;
end $$;
select pg_temp.as_definer('settle_provisional()', 'cc_owner', 'cc_worker');

-- Who records something with a provisional card keeps it from being corrected or withdrawn until the end of the
-- transaction; who corrects or withdraws it, from being used.
create or replace function hold_provisional(of_siret bigint, for_change boolean)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if not (select ctx.ok()) then return; end if;
  if for_change then perform from public.provisional_establishments where siret = of_siret for update;
  else perform from public.provisional_establishments where siret = of_siret for share; end if;
end $$;
select pg_temp.as_definer('hold_provisional(bigint, bool)', 'cc_web');

-- Whether anything, whoever may read it, stands with this SIRET.
create or replace function provisional_used(of_siret bigint)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.exchanges where siret = of_siret) or exists (select from public.campaign_targets
    where siret = of_siret) or exists (select from public.correspondents where siret = of_siret)
    or exists (select from public.correspondent_links where siret = of_siret)
    or exists (select from public.do_not_contact_marks where siret = of_siret)
    or exists (select from public.commitments where siret = of_siret)
    or exists (select from public.notes where siret = of_siret) or exists (select from public.needs
      where siret = of_siret) or exists (select from public.establishment_facts where siret = of_siret)
    or exists (select from public.operator_services where siret = of_siret)
    or exists (select from public.referents where siret = of_siret);
end $$;
select pg_temp.as_definer('provisional_used(bigint)', 'cc_web');
