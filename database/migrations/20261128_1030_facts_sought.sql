-- What partners call an establishment, and its switchboard, found by search (EST-6): what stands alone, by the letter of its department.
alter table establishment_facts add column search tsvector generated always as (
  case when replaced_at is not null then null
    when field in ('usualName', 'sign') then establishment_search(departement_id, value, '', '{}')
    when field = 'switchboard'
      then establishment_search(departement_id, '', '', array['=p' || regexp_replace(regexp_replace(value, '^\+33', '0'), '[^0-9]', '', 'g')])
  end) stored;
create index establishment_facts_search on establishment_facts using gin (search) where search is not null;
