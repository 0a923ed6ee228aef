-- correspondent_links: of a person, an establishment more.
alter table correspondent_links enable row level security, force row level security;
grant select, insert, update (retired_at, retired_by, retired_organisation, retired_reason)
  on correspondent_links to cc_web;
grant select, insert, update (siret, region_id, departement_id, epci_id, clpe_id, retired_at, retired_by,
  retired_organisation, retired_reason)
  on correspondent_links to cc_definer;
create policy owner on correspondent_links to cc_owner using (true) with check (true);
-- The SQL twin of mayReadLink: whoever reads the card of that establishment. It names no other table: the policy of
-- persons rests on it.
create policy read on correspondent_links for select to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
-- The SQL twin of mayLink: whoever keeps the person already, and keeps persons there, in their own name.
create policy link on correspondent_links for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and merge_id is null and retired_at is null
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)
      or ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))
    and ctx.keeps_correspondent(correspondent_id));
-- The SQL twin of mayUnlink: whoever keeps persons at that establishment, in their own name; what is retired does not
-- come back.
create policy unlink on correspondent_links for update to cc_web
  using ((select ctx.ok()) and retired_at is null
    and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)
      or ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)))
  with check (retired_by = (select ctx.account()) and retired_organisation = (select ctx.organisation()));

-- correspondent_merges
create trigger link_merged after insert on correspondent_merges for each row execute function ctx.link_merged();
create trigger unlink_merged after update of undone_at on correspondent_merges
  for each row when (old.undone_at is null and new.undone_at is not null) execute function ctx.unlink_merged();
alter table correspondent_merges enable row level security, force row level security;
grant select, insert, update (undone_at, undone_by, undone_organisation) on correspondent_merges to cc_web;
create policy owner on correspondent_merges to cc_owner using (true) with check (true);
-- The SQL twin of mayReadMerge: whoever reads both cards.
create policy read on correspondent_merges for select to cc_web
  using ((select ctx.ok()) and exists (select from correspondents c where c.id = kept_id)
    and exists (select from correspondents c where c.id = absorbed_id));
-- The SQL twin of mayMerge: whoever keeps both, in their own name.
create policy merge on correspondent_merges for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and ctx.keeps_correspondent(kept_id) and ctx.keeps_correspondent(absorbed_id));
create policy undo on correspondent_merges for update to cc_web
  using ((select ctx.ok()) and ctx.keeps_correspondent(kept_id) and ctx.keeps_correspondent(absorbed_id))
  with check (undone_by = (select ctx.account()) and undone_organisation = (select ctx.organisation()));

-- correspondent_merge_values: written with the merge, read with it.
alter table correspondent_merge_values enable row level security, force row level security;
grant select, insert on correspondent_merge_values to cc_web;
create policy owner on correspondent_merge_values to cc_owner using (true) with check (true);
create policy read on correspondent_merge_values for select to cc_web
  using ((select ctx.ok()) and exists (select from correspondent_merges m where m.id = merge_id));
create policy write on correspondent_merge_values for insert to cc_web
  with check ((select ctx.ok())
    and exists (select from correspondent_merges m where m.id = merge_id and m.author_id = (select ctx.account())
      and m.undone_at is null));

-- correspondents_apart
alter table correspondents_apart enable row level security, force row level security;
grant select, insert on correspondents_apart to cc_web;
create policy owner on correspondents_apart to cc_owner using (true) with check (true);
create policy read on correspondents_apart for select to cc_web
  using ((select ctx.ok()) and exists (select from correspondents c where c.id = one_id)
    and exists (select from correspondents c where c.id = other_id));
create policy write on correspondents_apart for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and ctx.keeps_correspondent(one_id) and ctx.keeps_correspondent(other_id));

-- correspondent_objections
alter table correspondent_objections enable row level security, force row level security;
grant select, insert, update (lifted_at, lifted_by, lifted_organisation, lift_reason)
  on correspondent_objections to cc_web;
grant select on correspondent_objections to cc_definer;
grant delete on correspondent_values to cc_definer;
create policy owner on correspondent_objections to cc_owner using (true) with check (true);
-- The SQL twin of mayReadObjection: whoever reads the card.
create policy read on correspondent_objections for select to cc_web
  using ((select ctx.ok()) and exists (select from correspondents c where c.id = correspondent_id));
-- The SQL twin of mayObject: whoever keeps the card, in their own name.
create policy object on correspondent_objections for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and ctx.keeps_correspondent(correspondent_id));
create policy lift on correspondent_objections for update to cc_web
  using ((select ctx.ok()) and ctx.keeps_correspondent(correspondent_id))
  with check (lifted_by = (select ctx.account()) and lifted_organisation = (select ctx.organisation()));
create trigger written_now before insert or update of lifted_at on correspondent_objections for each row
  execute function ctx.written_now('recorded_at', 'lifted_at');

-- objection_digests: written with the objection, gone with it.
alter table objection_digests enable row level security, force row level security;
grant select, insert, delete on objection_digests to cc_web;
grant select on objection_digests to cc_definer;
create policy owner on objection_digests to cc_owner using (true) with check (true);
create policy read on objection_digests for select to cc_web
  using ((select ctx.ok()) and exists (select from correspondent_objections o where o.id = objection_id));
create policy write on objection_digests for insert to cc_web
  with check ((select ctx.ok())
    and exists (select from correspondent_objections o where o.id = objection_id
      and o.author_id = (select ctx.account()) and o.lifted_at is null));
create policy lift on objection_digests for delete to cc_web
  using ((select ctx.ok())
    and exists (select from correspondent_objections o where o.id = objection_id
      and o.lifted_by = (select ctx.account())));
