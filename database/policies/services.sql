-- service_files, service_rejects: the operator's import alone.
alter table service_files enable row level security, force row level security;
create policy owner on service_files to cc_owner using (true) with check (true);
grant select on service_files to cc_definer;

alter table service_rejects enable row level security, force row level security;
create policy owner on service_rejects to cc_owner using (true) with check (true);
grant select, delete, update (file_id) on service_rejects to cc_definer; -- a purge locks what is due

-- operator_services
alter table operator_services enable row level security, force row level security;
grant select, insert, update (kind, used_on, ended_on, result, words, by_hand, version, withdrawn_at)
  on operator_services to cc_web;
grant select, update (siret, region_id, departement_id, epci_id, clpe_id) on operator_services to cc_definer;
-- The worker reads a followed search with the rights of its person (CAM-10).
grant select (id, siret, departement_id, kind, used_on, result, withdrawn_at) on operator_services to cc_worker;
create policy owner on operator_services to cc_owner using (true) with check (true);
-- The SQL twin of mayReadServices: whoever reads the card of the employer there, or its recruitment card.
create policy read on operator_services for select to cc_web, cc_worker
  using ((select ctx.ok()) and (ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    or ctx.covers((select ctx.recrutement()), region_id, departement_id, epci_id, clpe_id)));
-- The SQL twin of mayEnterServices: the operator's advisors who keep the card there, in their own name.
create policy enter on operator_services for insert to cc_web
  with check ((select ctx.ok()) and source = 'entered' and reference is null and by_hand
    and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and (select ctx.of_operator())
    and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id));
create policy correct on operator_services for update to cc_web
  using ((select ctx.ok()) and (select ctx.of_operator())
    and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id))
  with check (by_hand);
create trigger written_now before insert or update of withdrawn_at on operator_services for each row
  execute function ctx.written_now('recorded_at', 'withdrawn_at');

-- operator_service_versions: where the service is, for whom it is.
alter table operator_service_versions enable row level security, force row level security;
grant select, insert on operator_service_versions to cc_web;
create policy owner on operator_service_versions to cc_owner using (true) with check (true);
create policy read on operator_service_versions for select to cc_web
  using ((select ctx.ok()) and exists (select from operator_services s where s.id = service_id
    and (ctx.covers((select ctx.fiche()), s.region_id, s.departement_id, s.epci_id, s.clpe_id)
      or ctx.covers((select ctx.recrutement()), s.region_id, s.departement_id, s.epci_id, s.clpe_id))));
create policy write on operator_service_versions for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and (select ctx.of_operator()) and exists (select from operator_services s where s.id = service_id
      and s.siret = operator_service_versions.siret
      and ctx.covers((select ctx.fiche_conseiller()), s.region_id, s.departement_id, s.epci_id, s.clpe_id)));
create trigger written_now before insert on operator_service_versions
  for each row execute function ctx.written_now('at');
