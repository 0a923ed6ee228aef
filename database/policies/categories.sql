-- The categories of data that annex 4 opens by code (AGR-12; docs/decisions/0030): each table of a category answers,
-- and takes, nothing while it is closed. Restrictive: and-ed with every other policy of the table, reading and writing.
-- « Do not contact » has none.
-- server/platform/categories.test.ts compares this list with the tables, and with the functions that read them past the
-- policies.

-- interlocuteurs
create policy category on correspondents as restrictive to cc_web using ((select ctx.opens('interlocuteurs')));
create policy category on correspondent_links as restrictive to cc_web using ((select ctx.opens('interlocuteurs')));
create policy category on correspondent_values as restrictive to cc_web using ((select ctx.opens('interlocuteurs')));
create policy category on correspondent_merges as restrictive to cc_web using ((select ctx.opens('interlocuteurs')));
create policy category on correspondent_merge_values as restrictive to cc_web
  using ((select ctx.opens('interlocuteurs')));
create policy category on correspondents_apart as restrictive to cc_web using ((select ctx.opens('interlocuteurs')));
create policy category on correspondent_objections as restrictive to cc_web
  using ((select ctx.opens('interlocuteurs')));
create policy category on objection_digests as restrictive to cc_web using ((select ctx.opens('interlocuteurs')));
create trigger met_kept before insert or update of person_met, correspondent_id on exchange_contents for each row
  execute function ctx.met_kept();

-- notes
create policy category on notes as restrictive to cc_web using ((select ctx.opens('notes')));
create policy category on note_versions as restrictive to cc_web using ((select ctx.opens('notes')));

-- engagements: the worker too reads a followed search with the rights of its person. The owner is a member of its role,
-- and is not meant. The list of kinds is no data of an employer.
create policy category on commitments as restrictive to cc_web, cc_worker
  using ((select ctx.opens('engagements')) or current_user = 'cc_owner');
create policy category on commitment_versions as restrictive to cc_web using ((select ctx.opens('engagements')));

-- renseignements
create policy category on establishment_facts as restrictive to cc_web using ((select ctx.opens('renseignements')));

-- besoins
create policy category on needs as restrictive to cc_web, cc_worker
  using ((select ctx.opens('besoins')) or current_user = 'cc_owner');
create policy category on need_versions as restrictive to cc_web using ((select ctx.opens('besoins')));
create policy category on need_hires as restrictive to cc_web using ((select ctx.opens('besoins')));
create policy category on need_proposals as restrictive to cc_web using ((select ctx.opens('besoins')));
create policy category on need_intakes as restrictive to cc_web using ((select ctx.opens('besoins')));
create policy category on need_surveys as restrictive to cc_web using ((select ctx.opens('besoins')));
