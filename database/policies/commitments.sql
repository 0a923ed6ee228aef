-- commitment_kinds: a list that everyone known reads, and that the operator's administrators keep.
alter table commitment_kinds enable row level security, force row level security;
grant select, insert, update (family, label, version, retired_at) on commitment_kinds to cc_web;
create policy owner on commitment_kinds to cc_owner using (true) with check (true);
create policy read on commitment_kinds for select to cc_web using ((select ctx.known()));
-- The SQL twin of mayKeepKinds.
create policy keep on commitment_kinds for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and created_by = (select ctx.account()));
create policy change on commitment_kinds for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('administrateur')));

-- commitments
alter table commitments enable row level security, force row level security;
grant select, insert, update (kind_id, since, until, evidence, version, withdrawn_at) on commitments to cc_web;
grant select, update (siret, region_id, departement_id, epci_id, clpe_id) on commitments to cc_definer;
-- The worker reads a followed search with the rights of its person (CAM-10).
grant select (id, siret, kind_id, since, until, withdrawn_at) on commitments to cc_worker;
create policy owner on commitments to cc_owner using (true) with check (true);
-- The SQL twin of mayRead: whoever reads the card there.
create policy read on commitments for select to cc_web, cc_worker
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- The SQL twin of mayNote: whoever may record an exchange there, in their own name.
create policy note on commitments for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create policy correct on commitments for update to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create trigger written_now before insert or update of withdrawn_at on commitments for each row
  execute function ctx.written_now('noted_at', 'withdrawn_at');

-- commitment_versions: where the commitment is, for whom it is.
alter table commitment_versions enable row level security, force row level security;
grant select, insert on commitment_versions to cc_web;
create policy owner on commitment_versions to cc_owner using (true) with check (true);
create policy read on commitment_versions for select to cc_web
  using ((select ctx.ok()) and exists (select from commitments c where c.id = commitment_id
    and ctx.covers((select ctx.fiche()), c.region_id, c.departement_id, c.epci_id, c.clpe_id)));
create policy write on commitment_versions for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and exists (select from commitments c where c.id = commitment_id
      and ctx.covers((select ctx.conseiller()), c.region_id, c.departement_id, c.epci_id, c.clpe_id)
      and ctx.covers((select ctx.fiche()), c.region_id, c.departement_id, c.epci_id, c.clpe_id)));
create trigger written_now before insert on commitment_versions for each row execute function ctx.written_now('at');
