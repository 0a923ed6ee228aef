-- A provisional card is created as nobody corrected it: otherwise it could be made to say that another did.
alter policy record on provisional_establishments with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
  and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id) and looked_up_at is null and confirmed_at is null and corrected_at is null);
