-- action_proposals: both structures read it, the one that receives it where it records; the functions of
-- proposed_actions.sql write.
alter table action_proposals enable row level security, force row level security;
grant select on action_proposals to cc_web;
grant select, insert, update, delete on action_proposals to cc_definer;
create policy owner on action_proposals to cc_owner using (true) with check (true);
-- The SQL twin of mayReadProposal.
create policy read on action_proposals for select to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (from_organisation = (select ctx.organisation())
      or to_organisation = (select ctx.organisation())
      and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)));
create trigger proposals_follow after update on next_actions referencing new table as changed
  for each statement execute function follow_proposed_actions();
