-- establishment_facts
alter table establishment_facts enable row level security, force row level security;
grant select, insert, update (replaced_at, confirmed_at, confirmed_by_id, confirmed_organisation_id, version)
  on establishment_facts to cc_web;
grant select, update (siret, region_id, departement_id, epci_id, clpe_id) on establishment_facts to cc_definer;
create policy owner on establishment_facts to cc_owner using (true) with check (true);
-- The SQL twin of mayReadFacts: whoever reads the card there.
create policy read on establishment_facts for select to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- The SQL twin of mayKeepFacts: whoever keeps correspondents there, in their own name.
create policy note on establishment_facts for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)
      or ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)));
-- What stands is confirmed in one's own name, or leaves; what left does not come back.
create policy settle on establishment_facts for update to cc_web
  using ((select ctx.ok()) and replaced_at is null
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)
      or ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)))
  with check (replaced_at is not null
    or (confirmed_by_id = (select ctx.account()) and confirmed_organisation_id = (select ctx.organisation())));
create trigger written_now before insert or update of replaced_at, confirmed_at on establishment_facts for each row
  execute function ctx.written_now('recorded_at', 'replaced_at', 'confirmed_at');
