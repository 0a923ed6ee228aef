-- referents
alter table referents enable row level security, force row level security;
grant select, insert, update (until, ended_at, ended_how, ended_by, ended_organisation, end_reason)
  on referents to cc_web;
grant select, update (siret, region_id, departement_id, epci_id, clpe_id) on referents to cc_definer;
create policy owner on referents to cc_owner using (true) with check (true);
-- The SQL twin of mayReadReferent: whoever reads the card there.
create policy read on referents for select to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- The SQL twin of mayName: whoever may record an exchange there, in their own name and for their structure.
create policy name on referents for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and named_by = (select ctx.account())
    and ended_at is null
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- The SQL twin of mayEnd: the referent, who named them and who leads there in the structure; of who left, all of it and
-- every lead there.
create policy finish on referents for update to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)
    and (organisation_id = (select ctx.organisation())
      and (account_id = (select ctx.account()) or named_by = (select ctx.account())
        or ctx.covers((select ctx.responsable()), region_id, departement_id, epci_id, clpe_id))
      or (organisation_id = (select ctx.organisation())
        or ctx.covers((select ctx.responsable()), region_id, departement_id, epci_id, clpe_id))
        and not referent_in_post(id)))
  with check (ended_by = (select ctx.account()) and ended_organisation = (select ctx.organisation()));
create trigger written_now before insert or update of ended_at on referents for each row
  execute function ctx.written_now('named_at', 'ended_at');
