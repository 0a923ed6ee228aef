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
 * again. A confirmed card stands where the register says, and what was recorded with a card follows it, so that rights do too. Says how many were confirmed.
 * With other rights than the worker's, who reads nothing of what was recorded.
 */
create function settle_provisional() returns int language plpgsql security definer set search_path = '' as $$
declare
  confirmed int;
  t text;
begin
  update public.provisional_establishments p set confirmed_at = now() where p.confirmed_at is null and exists (select from public.establishments e where e.siret = p.siret);
  get diagnostics confirmed = row_count;
  update public.provisional_establishments p set confirmed_at = null, looked_up_at = null where p.confirmed_at is not null and not exists (select from public.establishments e where e.siret = p.siret);
  update public.provisional_establishments p set region_id = e.region_id, departement_id = e.departement_id, epci_id = e.epci_id, clpe_id = e.clpe_id from public.establishments e
    where e.siret = p.siret and e.diffusion <> 'N' and row(p.region_id, p.departement_id, p.epci_id, p.clpe_id) is distinct from row(e.region_id, e.departement_id, e.epci_id, e.clpe_id);
  foreach t in array array['exchanges', 'next_actions', 'correspondents'] loop
    execute format('update public.%I x set region_id = p.region_id, departement_id = p.departement_id, epci_id = p.epci_id, clpe_id = p.clpe_id from public.provisional_establishments p
      where x.siret = p.siret and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(p.region_id, p.departement_id, p.epci_id, p.clpe_id)', t);
  end loop;
  foreach t in array array['exchange_contents', 'exchange_versions'] loop
    execute format('update public.%I x set region_id = e.region_id, departement_id = e.departement_id, epci_id = e.epci_id, clpe_id = e.clpe_id from public.exchanges e, public.provisional_establishments p
      where e.siret = p.siret and e.id = x.exchange_id and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(e.region_id, e.departement_id, e.epci_id, e.clpe_id)', t);
  end loop;
  update public.correspondent_values x set region_id = c.region_id, departement_id = c.departement_id, epci_id = c.epci_id, clpe_id = c.clpe_id from public.correspondents c, public.provisional_establishments p
    where c.siret = p.siret and c.id = x.correspondent_id and row(x.region_id, x.departement_id, x.epci_id, x.clpe_id) is distinct from row(c.region_id, c.departement_id, c.epci_id, c.clpe_id);
  return confirmed;
end $$;
alter function settle_provisional() owner to cc_definer;
revoke all on function settle_provisional() from public;
grant execute on function settle_provisional() to cc_worker, cc_owner;
do $$
declare
  t text;
begin
  foreach t in array array['provisional_establishments', 'exchanges', 'next_actions', 'correspondents', 'exchange_contents', 'exchange_versions', 'correspondent_values'] loop
    execute format('grant select, update (region_id, departement_id, epci_id, clpe_id) on %I to cc_definer', t);
  end loop;
end $$;
grant update (confirmed_at, looked_up_at) on provisional_establishments to cc_definer;

-- Communes by the beginning of their name, as one types it.
create index communes_words on communes (search_words(name) text_pattern_ops) where valid_to is null;
