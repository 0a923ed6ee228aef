-- legal_units
grant select on legal_units to cc_web, cc_definer;
grant select, insert, update, delete on legal_units to cc_worker;

-- establishments
grant select on establishments to cc_web, cc_definer;
-- The daily update runs in the worker. The register is public and holds nothing of a partner: the worker may write it,
-- and owns none of it (docs/decisions/0003).
grant select, insert, update on establishments to cc_worker;
create trigger hide_undiffused before insert or update on establishments for each row
  when (new.diffusion <> 'O' or coalesce(new.legal_unit_diffusion, 'O') <> 'O') execute function hide_undiffused();

-- register_imports
grant select on register_imports to cc_web, cc_definer;
grant select, insert, update on register_imports to cc_worker;

-- register_updates
grant select, insert, update on register_updates to cc_worker;
grant select on register_updates to cc_web;

-- search_lexicon
grant select on search_lexicon to cc_web, cc_definer;
-- The daily update refreshes the words known to the search when it ends: a name that is no longer diffused does not
-- stay among them.
grant select, insert, update, delete on search_lexicon to cc_worker;

-- establishment_successions
grant select on establishment_successions to cc_web, cc_definer, cc_worker;

-- provisional_establishments
alter table provisional_establishments enable row level security, force row level security;
grant select, insert, update (name, activity, commune_code, region_id, departement_id, epci_id, clpe_id,
  corrected_at, corrected_by),
  delete on provisional_establishments to cc_web;
grant select, update (region_id, departement_id, epci_id, clpe_id, looked_up_at, confirmed_at)
  on provisional_establishments to cc_definer;
grant select (siret, created_at, looked_up_at, confirmed_at), update (looked_up_at)
  on provisional_establishments to cc_worker;
create policy owner on provisional_establishments to cc_owner using (true) with check (true);
create policy read on provisional_establishments for select to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- A provisional card is created as nobody corrected it: otherwise it could be made to say that another did.
create policy record on provisional_establishments for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)
    and looked_up_at is null
      and confirmed_at is null and corrected_at is null);
-- The worker asks INSEE about the numbers; it reads nothing of what was typed, nor by whom.
create policy look_up on provisional_establishments to cc_worker using (true) with check (true);
create policy correct on provisional_establishments for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and confirmed_at is null
    and not provisional_used(siret)
    and (author_id = (select ctx.account())
      or ctx.covers((select ctx.fiche_responsable()), region_id, departement_id, epci_id, clpe_id))
      and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id))
  with check ((select ctx.ok()) and corrected_by = (select ctx.account())
    and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id));
create policy withdraw on provisional_establishments for delete to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and confirmed_at is null
    and not provisional_used(siret)
    and (author_id = (select ctx.account())
      or ctx.covers((select ctx.fiche_responsable()), region_id, departement_id, epci_id, clpe_id))
      and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id));
