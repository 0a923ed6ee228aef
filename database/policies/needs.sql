-- job_titles: a public list, imported by the owner.
grant select on job_titles to cc_web;

-- needs
alter table needs enable row level security, force row level security;
grant select, insert, update (visibility, kind, advice, job_code, job_label, rome, job_words, posts, contract,
  starts_on, weekly_hours, wage, skills, place, correspondent_id,
  version, said_version) on needs to cc_web;
grant select, update on needs to cc_definer;
-- The worker reads a followed search with the rights of its person (CAM-10).
grant select (siret, kind, closed_at) on needs to cc_worker;
create policy owner on needs to cc_owner using (true) with check (true);
-- The SQL twin of mayReadNeed: whoever reads the card there; kept to an organisation, also who it is proposed to, where
-- they record.
create policy read on needs for select to cc_web, cc_worker
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (visibility = 'reseau' or organisation_id = (select ctx.organisation())
      or id = any ((select ctx.needs_shown())::uuid[])
      and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)));
-- The SQL twin of mayNoteNeed: whoever may record an exchange there, in their own name.
create policy note on needs for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and owner_id = (select ctx.account())
    and state = 'ouvert' and taken_by is null and hired = 0
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- The SQL twin of mayFollowNeed: its owner, and who leads in their structure.
create policy correct on needs for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and (owner_id = (select ctx.account())
      or ctx.covers((select ctx.responsable()), region_id, departement_id, epci_id, clpe_id))
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create trigger written_now before insert on needs
  for each row execute function ctx.written_now('noted_at', 'taken_at', 'closed_at');
create trigger progress_insert after insert on needs referencing new table as changed
  for each statement execute function ctx.announce_progress();
create trigger progress_update after update on needs referencing new table as changed
  for each statement execute function ctx.announce_progress();
create trigger proposals_follow after update on needs referencing new table as changed
  for each statement execute function follow_proposed_needs();

-- need_versions: where the need is, for whom the need and the version are. Who it is proposed to reads none of a kept
-- one.
alter table need_versions enable row level security, force row level security;
grant select, insert on need_versions to cc_web;
grant select, insert on need_versions to cc_definer;
create policy owner on need_versions to cc_owner using (true) with check (true);
create policy read on need_versions for select to cc_web
  using ((select ctx.ok()) and exists (select from needs n where n.id = need_id
    and (n.visibility = 'reseau' and need_versions.visibility = 'reseau'
      or n.organisation_id = (select ctx.organisation()))
    and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)));
create policy write on need_versions for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and change in ('noted', 'corrected')
    and exists (select from needs n where n.id = need_id and n.organisation_id = (select ctx.organisation())
      and (n.owner_id = (select ctx.account())
        or ctx.covers((select ctx.responsable()), n.region_id, n.departement_id, n.epci_id, n.clpe_id))
      and ctx.covers((select ctx.conseiller()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
      and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)));
create trigger written_now before insert on need_versions for each row execute function ctx.written_now('at');

-- need_hires: whoever reads the need; the functions of needs.sql write.
alter table need_hires enable row level security, force row level security;
grant select on need_hires to cc_web;
grant select, insert on need_hires to cc_definer;
create policy owner on need_hires to cc_owner using (true) with check (true);
create policy read on need_hires for select to cc_web
  using ((select ctx.ok()) and exists (select from needs n where n.id = need_id
    and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
    and (n.visibility = 'reseau' or n.organisation_id = (select ctx.organisation())
      or n.id = any ((select ctx.needs_shown())::uuid[])
      and ctx.covers((select ctx.conseiller()), n.region_id, n.departement_id, n.epci_id, n.clpe_id))));

-- need_proposals: both structures read it, the one that receives it where it records; the functions of needs.sql write.
alter table need_proposals enable row level security, force row level security;
grant select on need_proposals to cc_web;
grant select, insert, update on need_proposals to cc_definer;
create policy owner on need_proposals to cc_owner using (true) with check (true);
-- The SQL twin of mayReadNeedProposal.
create policy read on need_proposals for select to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (from_organisation = (select ctx.organisation())
      or to_organisation = (select ctx.organisation())
      and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)));

-- need_intakes: read by whoever records somewhere, said by who leads in that structure.
alter table need_intakes enable row level security, force row level security;
grant select, insert, update (kinds, advice, jobs, publics, version, said_by, said_at) on need_intakes to cc_web;
create policy owner on need_intakes to cc_owner using (true) with check (true);
-- The SQL twin of mayReadIntake.
create policy read on need_intakes for select to cc_web
  using ((select ctx.ok()) and cardinality((select ctx.conseiller())::int[]) > 0);
-- The SQL twins of maySayIntake: of their own structure, in their own name.
create policy say on need_intakes for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and said_by = (select ctx.account())
    and cardinality((select ctx.responsable())::int[]) > 0);
create policy say_again on need_intakes for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and cardinality((select ctx.responsable())::int[]) > 0)
  with check (organisation_id = (select ctx.organisation()) and said_by = (select ctx.account()));
create trigger written_now before insert or update of said_at on need_intakes
  for each row execute function ctx.written_now('said_at');
