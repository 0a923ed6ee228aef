-- notes
alter table notes enable row level security, force row level security;
grant select, insert, update (visibility, notes, version, corrected_at, withdrawn_at) on notes to cc_web;
grant select, update (siret, region_id, departement_id, epci_id, clpe_id) on notes to cc_definer;
create policy owner on notes to cc_owner using (true) with check (true);
-- The SQL twin of mayReadNote: whoever reads the card there; kept to an organisation, the others do not know that it is
-- there.
-- Written out, as those of exchanges are: asked of each row of a history.
create policy read on notes for select to cc_web
  using ((select ctx.ok())
    and (0 = any ((select ctx.fiche())::int[]) or region_id = any ((select ctx.fiche())::int[])
      or departement_id = any ((select ctx.fiche())::int[])
      or epci_id = any ((select ctx.fiche())::int[]) or clpe_id = any ((select ctx.fiche())::int[]))
    and (visibility = 'reseau' or organisation_id = (select ctx.organisation())));
-- The SQL twin of mayNote: whoever may record an exchange there, in their own name.
create policy note on notes for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- The SQL twin of mayCorrectNote: its author, and who leads in their organisation.
create policy correct on notes for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and (author_id = (select ctx.account())
      or ctx.covers((select ctx.responsable()), region_id, departement_id, epci_id, clpe_id))
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create trigger written_now before insert or update of corrected_at, withdrawn_at on notes for each row
  execute function ctx.written_now('noted_at', 'corrected_at', 'withdrawn_at');

-- note_versions: where the note is, for whom the note and the version are.
alter table note_versions enable row level security, force row level security;
grant select, insert, update (visibility) on note_versions to cc_web;
create policy owner on note_versions to cc_owner using (true) with check (true);
create policy read on note_versions for select to cc_web
  using ((select ctx.ok()) and (visibility = 'reseau' or organisation_id = (select ctx.organisation()))
    and exists (select from notes n where n.id = note_id
      and (n.visibility = 'reseau' or n.organisation_id = (select ctx.organisation()))
      and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)));
create policy write on note_versions for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and exists (select from notes n where n.id = note_id and n.organisation_id = (select ctx.organisation())
      and (n.author_id = (select ctx.account())
        or ctx.covers((select ctx.responsable()), n.region_id, n.departement_id, n.epci_id, n.clpe_id))
      and ctx.covers((select ctx.conseiller()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
      and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)));
-- Narrowed with a correction, and never widened.
create policy narrow on note_versions for update to cc_web
  using ((select ctx.ok())
    and exists (select from notes n where n.id = note_id and n.organisation_id = (select ctx.organisation())
    and (n.author_id = (select ctx.account())
      or ctx.covers((select ctx.responsable()), n.region_id, n.departement_id, n.epci_id, n.clpe_id))
    and ctx.covers((select ctx.conseiller()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
    and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)))
  with check (visibility = 'organisation');
create trigger written_now before insert on note_versions for each row execute function ctx.written_now('at');
