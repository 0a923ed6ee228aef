-- need_surveys: the functions of satisfaction.sql write. Neither the link nor the address is read.
alter table need_surveys enable row level security, force row level security;
grant select (need_id, not_asked, settled_at, settled_by, expires_at, answered_at, rating, comment)
  on need_surveys to cc_web;
grant select, insert, update on need_surveys to cc_definer;
create policy owner on need_surveys to cc_owner using (true) with check (true);
-- The SQL twin of mayReadSurvey: who reads the need, in the structure that follows it or in the one that took it.
create policy read on need_surveys for select to cc_web
  using ((select ctx.ok()) and exists (select from needs n where n.id = need_id
    and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
    and (n.organisation_id = (select ctx.organisation()) or n.taken_by_organisation = (select ctx.organisation())
      and (n.visibility = 'reseau'
        or n.id = any ((select ctx.needs_shown())::uuid[])
        and ctx.covers((select ctx.conseiller()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)))));
create trigger forget_comments after insert on correspondent_objections
  for each row execute function ctx.forget_comments();

-- survey_refusals: written by an anonymous page, read by the worker's function, by nobody else.
alter table survey_refusals enable row level security, force row level security;
grant select, insert on survey_refusals to cc_definer;
create policy owner on survey_refusals to cc_owner using (true) with check (true);
