-- Correspondents found by name or phone (EST-2, UX-4). Compared with < and >=, which row-level security lets an index answer.
alter table correspondent_values add column sought text collate "C" generated always as (
  case when field in ('familyName', 'givenName') then search_words(value)
    when field = 'phone' then regexp_replace(regexp_replace(value, '^\+33', '0'), '[^0-9]', '', 'g') end) stored;
create index correspondent_values_sought on correspondent_values (departement_id, sought)
  where replaced_at is null and sought is not null;
