/*
 * After a change of communes or of CLPE edition: what people recorded follows its establishment to the territories of today, so that rights do too.
 * Run by the imports, as the owner; says how many rows moved.
 */
create function move_territories() returns int language plpgsql set search_path = public as $$
declare
  moved int := 0;
  n int;
  t text;
begin
  foreach t in array array['campaign_targets', 'exchanges', 'next_actions', 'correspondents'] loop
    execute format($q$update %I x set region_id = e.region_id, departement_id = e.departement_id, epci_id = e.epci_id, clpe_id = e.clpe_id from establishments e
      where e.siret = x.siret and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(e.region_id, e.departement_id, e.epci_id, e.clpe_id)$q$, t);
    get diagnostics n = row_count;
    moved := moved + n;
  end loop;
  foreach t in array array['exchange_contents', 'exchange_versions'] loop
    execute format($q$update %I x set region_id = e.region_id, departement_id = e.departement_id, epci_id = e.epci_id, clpe_id = e.clpe_id from exchanges e
      where e.id = x.exchange_id and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(e.region_id, e.departement_id, e.epci_id, e.clpe_id)$q$, t);
    get diagnostics n = row_count;
    moved := moved + n;
  end loop;
  update correspondent_values x set region_id = c.region_id, departement_id = c.departement_id, epci_id = c.epci_id, clpe_id = c.clpe_id from correspondents c
    where c.id = x.correspondent_id and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(c.region_id, c.departement_id, c.epci_id, c.clpe_id);
  get diagnostics n = row_count;
  moved := moved + n;
  update campaigns x set region_id = l.region_id, departement_id = l.departement_id, epci_id = l.epci_id, clpe_id = l.clpe_id
    from (select c.id, t.* from campaigns c cross join lateral territory_line(c.territory_id) t) l
    where l.id = x.id and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(l.region_id, l.departement_id, l.epci_id, l.clpe_id);
  get diagnostics n = row_count;
  return moved + n;
end $$;
revoke all on function move_territories() from public;
