-- An establishment that the register does not hold yet, as a person typed it: read and made within one's perimeter, never among the public rows.
-- Nothing of it is lost when the register comes to hold the SIRET: what was typed stays beside what INSEE says, with who typed it and when.
create table provisional_establishments (
  siret bigint primary key check (siret between 1 and 99999999999999),
  name text not null check (length(btrim(name)) between 1 and 200), -- personal: a sole trader's is a person's
  -- As it is asked: "56.10A" of NAF rév. 2, "NAF25:56.11Y" of NAF 2025.
  activity text check (activity ~ '^(NAF25:)?([A-V]|\d{2}(\.\d{1,2}[A-Z]?)?)$'),
  commune_code text not null,
  -- Of the commune that was typed; once confirmed, of the register's.
  region_id int, departement_id int, epci_id int, clpe_id int,
  organisation_id uuid not null references organisations,
  author_id uuid not null references accounts,
  created_at timestamptz not null,
  -- When API Sirene was last asked, and when the register was seen to hold it.
  looked_up_at timestamptz,
  confirmed_at timestamptz
);
create index provisional_establishments_waiting on provisional_establishments (looked_up_at) where confirmed_at is null;

alter table provisional_establishments enable row level security;
alter table provisional_establishments force row level security;
create policy owner on provisional_establishments to cc_owner using (true) with check (true);
create policy read on provisional_establishments for select to cc_web using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create policy record on provisional_establishments for insert to cc_web with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
  and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id) and looked_up_at is null and confirmed_at is null);
grant select, insert on provisional_establishments to cc_web;
-- The worker asks INSEE about the numbers; it reads nothing of what was typed, nor by whom.
create policy look_up on provisional_establishments to cc_worker using (true) with check (true);
grant select (siret, created_at, looked_up_at, confirmed_at), update (looked_up_at) on provisional_establishments to cc_worker;

/*
 * After an import, an update, a look-up or a change of communes: those the register now holds are confirmed; one that a register built anew no longer holds waits
 * again. Each card, and what was recorded with it, follows to the commune of the register, else to what the typed one has become, so that rights do too.
 * Says how many were confirmed. As its owner, for the worker runs it.
 */
create function settle_provisional() returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  confirmed int;
  moved bigint[];
  t text;
begin
  update provisional_establishments p set confirmed_at = now() where p.confirmed_at is null and exists (select from establishments e where e.siret = p.siret);
  get diagnostics confirmed = row_count;
  update provisional_establishments p set confirmed_at = null, looked_up_at = null where p.confirmed_at is not null and not exists (select from establishments e where e.siret = p.siret);
  with places as (
    select p.siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id from provisional_establishments p join establishments e on e.siret = p.siret and e.diffusion <> 'N'
    union all
    select p.siret, c.region_id, c.departement_id, c.epci_id, c.clpe_id from provisional_establishments p join communes c on c.code = commune_on(p.commune_code, (now() at time zone 'Europe/Paris')::date)
      where not exists (select from establishments e where e.siret = p.siret and e.diffusion <> 'N')),
  changed as (
    update provisional_establishments p set region_id = n.region_id, departement_id = n.departement_id, epci_id = n.epci_id, clpe_id = n.clpe_id from places n
      where n.siret = p.siret and row(p.region_id, p.departement_id, p.epci_id, p.clpe_id) is distinct from row(n.region_id, n.departement_id, n.epci_id, n.clpe_id) returning p.siret)
  select coalesce(array_agg(siret), '{}') into moved from changed;
  if cardinality(moved) = 0 then return confirmed; end if;
  foreach t in array array['exchanges', 'next_actions', 'correspondents'] loop
    execute format('update %I x set region_id = p.region_id, departement_id = p.departement_id, epci_id = p.epci_id, clpe_id = p.clpe_id from provisional_establishments p
      where p.siret = any ($1) and x.siret = p.siret and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(p.region_id, p.departement_id, p.epci_id, p.clpe_id)', t) using moved;
  end loop;
  foreach t in array array['exchange_contents', 'exchange_versions'] loop
    execute format('update %I x set region_id = e.region_id, departement_id = e.departement_id, epci_id = e.epci_id, clpe_id = e.clpe_id from exchanges e
      where e.siret = any ($1) and e.id = x.exchange_id and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(e.region_id, e.departement_id, e.epci_id, e.clpe_id)', t) using moved;
  end loop;
  update correspondent_values x set region_id = c.region_id, departement_id = c.departement_id, epci_id = c.epci_id, clpe_id = c.clpe_id from correspondents c
    where c.siret = any (moved) and c.id = x.correspondent_id and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(c.region_id, c.departement_id, c.epci_id, c.clpe_id);
  return confirmed;
end $$;
revoke all on function settle_provisional() from public;
grant execute on function settle_provisional() to cc_worker;

-- Communes by the beginning of their name, as one types it.
create index communes_words on communes (search_words(name) text_pattern_ops) where valid_to is null;
