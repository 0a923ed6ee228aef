-- Reading rights are written out: PostgreSQL does not inline a function whose argument is a sub-select, and calling ctx.covers once a row
-- took four fifths of the indicators' time (600,000 exchanges: 900 ms, then 230). The twin in the policies of writing, asked of one row
-- at a time, stays the function.

-- exchanges
alter table exchanges enable row level security, force row level security;
grant select, update (region_id, departement_id, epci_id, clpe_id) on exchanges to cc_definer;
grant select, insert, update on exchanges to cc_web;
create policy owner on exchanges to cc_owner using (true) with check (true);
/*
 * The same reading rights, written out: PostgreSQL does not inline a function whose argument is a sub-select, and calling
 * ctx.covers once a row took four fifths of the indicators' time (600,000 exchanges: 900 ms, then 230). The twin in the policies of
 * writing, asked of one row at a time, stays the function.
 */
create policy read on exchanges for select to cc_web
  using ((select ctx.ok())
    and (0 = any ((select ctx.fiche())::int[]) or region_id = any ((select ctx.fiche())::int[])
      or departement_id = any ((select ctx.fiche())::int[])
    or epci_id = any ((select ctx.fiche())::int[]) or clpe_id = any ((select ctx.fiche())::int[])));
create policy record on exchanges for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and author_id = (select ctx.account())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)
      and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create policy correct on exchanges for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))
  with check (organisation_id = (select ctx.organisation()));

-- exchange_contents
alter table exchange_contents enable row level security, force row level security;
grant select, insert, update on exchange_contents to cc_web;
grant select, update (region_id, departement_id, epci_id, clpe_id) on exchange_contents to cc_definer;
create policy owner on exchange_contents to cc_owner using (true) with check (true);
/*
 * The same reading rights, written out: PostgreSQL does not inline a function whose argument is a sub-select, and calling
 * ctx.covers once a row took four fifths of the indicators' time (600,000 exchanges: 900 ms, then 230). The twin in the policies of
 * writing, asked of one row at a time, stays the function.
 */
create policy read on exchange_contents for select to cc_web
  using ((select ctx.ok())
    and (0 = any ((select ctx.fiche())::int[]) or region_id = any ((select ctx.fiche())::int[])
      or departement_id = any ((select ctx.fiche())::int[])
    or epci_id = any ((select ctx.fiche())::int[]) or clpe_id = any ((select ctx.fiche())::int[]))
      and (visibility = 'reseau' or organisation_id = (select ctx.organisation())));
create policy write on exchange_contents for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id));
create policy rewrite on exchange_contents for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))
  with check (organisation_id = (select ctx.organisation()));

-- exchange_versions
alter table exchange_versions enable row level security, force row level security;
grant select, insert, update (visibility) on exchange_versions to cc_web;
grant select, update (region_id, departement_id, epci_id, clpe_id) on exchange_versions to cc_definer;
create policy owner on exchange_versions to cc_owner using (true) with check (true);
/*
 * The same reading rights, written out: PostgreSQL does not inline a function whose argument is a sub-select, and calling
 * ctx.covers once a row took four fifths of the indicators' time (600,000 exchanges: 900 ms, then 230). The twin in the policies of
 * writing, asked of one row at a time, stays the function.
 */
create policy read on exchange_versions for select to cc_web
  using ((select ctx.ok())
    and (0 = any ((select ctx.fiche())::int[]) or region_id = any ((select ctx.fiche())::int[])
      or departement_id = any ((select ctx.fiche())::int[])
    or epci_id = any ((select ctx.fiche())::int[]) or clpe_id = any ((select ctx.fiche())::int[]))
      and (visibility = 'reseau' or organisation_id = (select ctx.organisation())));
create policy write on exchange_versions for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id));
create policy rewrite on exchange_versions for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))
  with check (organisation_id = (select ctx.organisation()));

-- next_actions
alter table next_actions enable row level security, force row level security;
grant select, update (region_id, departement_id, epci_id, clpe_id) on next_actions to cc_definer;
grant select, insert, update on next_actions to cc_web;
create policy owner on next_actions to cc_owner using (true) with check (true);
/*
 * The same reading rights, written out: PostgreSQL does not inline a function whose argument is a sub-select, and calling
 * ctx.covers once a row took four fifths of the indicators' time (600,000 exchanges: 900 ms, then 230). The twin in the policies of
 * writing, asked of one row at a time, stays the function.
 */
create policy read on next_actions for select to cc_web
  using ((select ctx.ok())
    and (0 = any ((select ctx.fiche())::int[]) or region_id = any ((select ctx.fiche())::int[])
      or departement_id = any ((select ctx.fiche())::int[])
    or epci_id = any ((select ctx.fiche())::int[]) or clpe_id = any ((select ctx.fiche())::int[]))
      and (visibility = 'reseau' or organisation_id = (select ctx.organisation())));
create policy write on next_actions for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id));
create policy rewrite on next_actions for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))
  with check (organisation_id = (select ctx.organisation()));
create trigger progress_update after update on next_actions referencing new table as changed
  for each statement execute function ctx.announce_progress();

-- correspondents
alter table correspondents enable row level security, force row level security;
grant select, insert on correspondents to cc_web;
grant select, update (region_id, departement_id, epci_id, clpe_id) on correspondents to cc_definer;
create policy owner on correspondents to cc_owner using (true) with check (true);
create policy read on correspondents for select to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create policy write on correspondents for insert to cc_web
  with check ((select ctx.ok()) and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id));

-- correspondent_values
alter table correspondent_values enable row level security, force row level security;
grant select, insert on correspondent_values to cc_web;
grant select, update (region_id, departement_id, epci_id, clpe_id) on correspondent_values to cc_definer;
create policy owner on correspondent_values to cc_owner using (true) with check (true);
create policy read on correspondent_values for select to cc_web
  using ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id));
create policy write on correspondent_values for insert to cc_web
  with check ((select ctx.ok()) and author_id = (select ctx.account()) and organisation_id = (select ctx.organisation())
    and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id));

-- drafts
alter table drafts enable row level security, force row level security;
grant select, insert, update, delete on drafts to cc_web;
grant select, delete on drafts to cc_definer;
create policy owner on drafts to cc_owner using (true) with check (true);
create policy own on drafts to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()))
  with check ((select ctx.ok()) and account_id = (select ctx.account()));
