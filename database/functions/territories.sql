-- Territories, and the communes that succeed each other (TER).

-- The commune that a code of the register means on a day: itself while it lives, else what it became, through at most
-- five mergers.
create or replace function commune_on(asked text, day date) returns text language sql stable parallel safe as $$
  with recursive step as (
    select asked as code, 0 as depth
    union all
    select s.new_code, depth + 1 from step join commune_successions s on s.old_code = step.code
    where depth < 5 and (s.on_day is null or s.on_day <= day)
      and not exists (select from communes c where c.code = step.code and (c.valid_from is null or c.valid_from <= day)
        and (c.valid_to is null or c.valid_to > day))
  )
  select step.code from step join communes c using (code)
  where (c.valid_from is null or c.valid_from <= day) and (c.valid_to is null or c.valid_to > day)
  order by depth limit 1
$$;

-- The territories that hold the whole of a territory, as a row of one of its communes would carry them: null where it
-- straddles several.
create or replace function territory_line(territory int)
returns table (region_id int, departement_id int, epci_id int, clpe_id int)
language sql stable set search_path = public as $$
  select case when min(c.region_id) = max(c.region_id) and count(*) = count(c.region_id) then min(c.region_id) end,
         case when min(c.departement_id) = max(c.departement_id)
           and count(*) = count(c.departement_id) then min(c.departement_id) end,
         case when min(c.epci_id) = max(c.epci_id) and count(*) = count(c.epci_id) then min(c.epci_id) end,
         case when min(c.clpe_id) = max(c.clpe_id) and count(*) = count(c.clpe_id) then min(c.clpe_id) end
  from communes c where c.valid_to is null
    and (territory = 0 or territory in (c.region_id, c.departement_id, c.epci_id, c.clpe_id))
$$;

/*
 * After a change of communes or of CLPE edition: what people recorded follows its establishment to the territories of
 * today, so that rights do too. Run by the imports, as the owner; says how many rows moved.
 */
create or replace function move_territories() returns int language plpgsql set search_path = public as $$
declare
  moved int := 0;
  n int;
  t text;
begin
  foreach t in array array['campaign_targets', 'exchanges', 'next_actions', 'correspondents', 'correspondent_links',
    'do_not_contact_marks', 'commitments', 'budget_overruns', 'notes', 'needs', 'establishment_facts',
    'operator_services', 'hirings_recent', 'hiring_forecasts', 'referents'] loop
    execute format($q$update %I x set region_id = e.region_id, departement_id = e.departement_id,
      epci_id = e.epci_id, clpe_id = e.clpe_id from establishments e
      where e.siret = x.siret and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id)
        is distinct from row(e.region_id, e.departement_id, e.epci_id, e.clpe_id)$q$, t);
    get diagnostics n = row_count;
    moved := moved + n;
  end loop;
  foreach t in array array['exchange_contents', 'exchange_versions'] loop
    execute format($q$update %I x set region_id = e.region_id, departement_id = e.departement_id,
      epci_id = e.epci_id, clpe_id = e.clpe_id from exchanges e
      where e.id = x.exchange_id and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id)
        is distinct from row(e.region_id, e.departement_id, e.epci_id, e.clpe_id)$q$, t);
    get diagnostics n = row_count;
    moved := moved + n;
  end loop;
  update correspondent_values x set region_id = c.region_id, departement_id = c.departement_id, epci_id = c.epci_id,
    clpe_id = c.clpe_id from correspondents c
    where c.id = x.correspondent_id and row(x.region_id, x.departement_id, x.epci_id,
      x.clpe_id) is distinct from row(c.region_id, c.departement_id, c.epci_id, c.clpe_id);
  get diagnostics n = row_count;
  moved := moved + n;
  update campaigns x set region_id = l.region_id, departement_id = l.departement_id, epci_id = l.epci_id,
    clpe_id = l.clpe_id
    from (select c.id, t.* from campaigns c cross join lateral territory_line(c.territory_id) t) l
    where l.id = x.id and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(l.region_id,
      l.departement_id, l.epci_id, l.clpe_id);
  get diagnostics n = row_count;
  return moved + n;
end $$;
revoke all on function move_territories() from public;
