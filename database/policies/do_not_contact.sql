-- do_not_contact_marks
alter table do_not_contact_marks enable row level security, force row level security;
grant select, insert, update (ended_at, ended_how, ended_by, ended_organisation, end_reason)
  on do_not_contact_marks to cc_web;
grant select, update (siret, region_id, departement_id, epci_id, clpe_id) on do_not_contact_marks to cc_definer;
create policy owner on do_not_contact_marks to cc_owner using (true) with check (true);
-- The SQL twin of mayReadMark: whoever reads the card there.
create policy read on do_not_contact_marks for select to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- The SQL twin of mayMark: whoever may record an exchange there, in their own name.
create policy mark on do_not_contact_marks for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- The SQL twin of maySettle: its author's organisation, and whoever leads campaigns there.
create policy settle on do_not_contact_marks for update to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (ctx.covers((select ctx.responsable()), region_id, departement_id, epci_id, clpe_id)
      or (organisation_id = (select ctx.organisation())
        and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))))
  with check (ended_by = (select ctx.account()) and ended_organisation = (select ctx.organisation()));
create trigger written_now before insert or update of ended_at on do_not_contact_marks for each row
  execute function ctx.written_now('marked_at', 'ended_at');
