-- Reading rights are written out: PostgreSQL does not inline a function whose argument is a sub-select, and calling
-- ctx.covers once a row took four fifths of the indicators' time (600,000 exchanges: 900 ms, then 230). The twin in the
-- policies of writing, asked of one row at a time, stays the function.

-- exchanges
alter table exchanges enable row level security, force row level security;
grant select, update (siret, region_id, departement_id, epci_id, clpe_id) on exchanges to cc_definer;
grant select, insert, update (campaign_id, occurred_on, reached, visibility, status, corrected_at, version,
  left_out_campaign_id, left_out)
  on exchanges to cc_web;
grant select (id, siret, campaign_id, left_out_campaign_id, occurred_on, status) on exchanges to cc_worker;
create policy owner on exchanges to cc_owner using (true) with check (true);
/*
 * The same reading rights, written out: PostgreSQL does not inline a function whose argument is a sub-select, and
 * calling ctx.covers once a row took four fifths of the indicators' time (600,000 exchanges: 900 ms, then 230). The
 * twin in the policies of writing, asked of one row at a time, stays the function.
 */
create policy read on exchanges for select to cc_web, cc_worker
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
create trigger written_now before insert or update of corrected_at on exchanges for each row
  execute function ctx.written_now('recorded_at', 'corrected_at');

create trigger reached_insert after insert on exchanges referencing new table as added
  for each statement execute function note_reached();
create trigger reached_update after update on exchanges referencing old table as gone new table as added
  for each statement execute function note_reached();
-- Nothing erases exchanges yet: the sets stay exact on the day that something does.
create trigger reached_delete after delete on exchanges referencing old table as gone
  for each statement execute function note_reached();

-- exchange_contents
alter table exchange_contents enable row level security, force row level security;
grant select, insert, update (visibility, channel, result, person_met, correspondent_id, notes, need, cancel_reason,
  campaign_result_id, result_label)
  on exchange_contents to cc_web;
grant select, update (region_id, departement_id, epci_id, clpe_id) on exchange_contents to cc_definer;
create policy owner on exchange_contents to cc_owner using (true) with check (true);
/*
 * The same reading rights, written out: PostgreSQL does not inline a function whose argument is a sub-select, and
 * calling ctx.covers once a row took four fifths of the indicators' time (600,000 exchanges: 900 ms, then 230). The
 * twin in the policies of writing, asked of one row at a time, stays the function.
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
 * The same reading rights, written out: PostgreSQL does not inline a function whose argument is a sub-select, and
 * calling ctx.covers once a row took four fifths of the indicators' time (600,000 exchanges: 900 ms, then 230). The
 * twin in the policies of writing, asked of one row at a time, stays the function.
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
create trigger written_now before insert on exchange_versions for each row execute function ctx.written_now('at');

-- next_actions
alter table next_actions enable row level security, force row level security;
grant select, update (siret, cancelled_at, region_id, departement_id, epci_id, clpe_id, owner_id, organisation_id,
  version, due_on) on next_actions to cc_definer;
grant select, insert, update (visibility, kind, due_on, due_at, owner_id, done_at, cancelled_at, answered_by, version)
  on next_actions to cc_web;
grant select (id, exchange_id, siret, due_on, due_at, owner_id, done_at, cancelled_at, region_id, departement_id,
  epci_id, clpe_id)
  on next_actions to cc_worker;
create policy owner on next_actions to cc_owner using (true) with check (true);
/*
 * The same reading rights, written out: PostgreSQL does not inline a function whose argument is a sub-select, and
 * calling ctx.covers once a row took four fifths of the indicators' time (600,000 exchanges: 900 ms, then 230). The
 * twin in the policies of writing, asked of one row at a time, stays the function.
 */
create policy read on next_actions for select to cc_web, cc_worker
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

-- handed_actions: read by whoever handed the action over, and noted by them before it passes.
alter table handed_actions enable row level security, force row level security;
grant select, insert on handed_actions to cc_web;
grant select, delete, update (next_action_id) on handed_actions to cc_definer; -- a purge locks what is due
create policy owner on handed_actions to cc_owner using (true) with check (true);
-- The SQL twin of mayReadHanding.
create policy read on handed_actions for select to cc_web
  using ((select ctx.ok()) and by_id = (select ctx.account()));
-- The SQL twin of mayHandOver, of the action as it stands. Written out: thousands are taken over in one statement, and
-- the function would work the rights out for each.
create policy note on handed_actions for insert to cc_web
  with check ((select ctx.ok()) and by_id = (select ctx.account()) and organisation_id = (select ctx.organisation())
    and exists (select from next_actions n where n.id = next_action_id
      and n.organisation_id = (select ctx.organisation())
      and n.version + 1 = handed_actions.version and n.owner_id = handed_actions.owner_id
      and (n.owner_id = (select ctx.account())
        or ctx.covers((select ctx.responsable()), n.region_id, n.departement_id, n.epci_id, n.clpe_id))
      and ctx.covers((select ctx.conseiller()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)));
create trigger written_now before insert on handed_actions for each row execute function ctx.written_now('at');

-- correspondents
alter table correspondents enable row level security, force row level security;
grant select, insert,
  update (retired_at, retired_reason, informed_on, informed_how, informed_organisation_id, merged_into, version)
    on correspondents to cc_web;
grant select, update (siret, region_id, departement_id, epci_id, clpe_id) on correspondents to cc_definer;
create policy owner on correspondents to cc_owner using (true) with check (true);
-- The SQL twin of mayRead: where they were first noted, or where a link that one reads says that they answer.
create policy read on correspondents for select to cc_web
  using ((select ctx.ok()) and (ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    or exists (select from correspondent_links l where l.correspondent_id = correspondents.id
      and l.retired_at is null)));
create policy write on correspondents for insert to cc_web
  with check ((select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)
      or ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)));
create policy correct on correspondents for update to cc_web
  using ((select ctx.ok()) and (ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)
      or ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))
    or ctx.keeps_linked(id)))
  with check (merged_into is null or ctx.keeps_correspondent(merged_into));

-- correspondent_values
alter table correspondent_values enable row level security, force row level security;
grant select, insert, update (correspondent_id, replaced_at, confirmed_at, confirmed_by_id, confirmed_organisation_id)
  on correspondent_values to cc_web;
grant select, update (region_id, departement_id, epci_id, clpe_id) on correspondent_values to cc_definer;
create policy owner on correspondent_values to cc_owner using (true) with check (true);
create policy read on correspondent_values for select to cc_web
  using ((select ctx.ok()) and (ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    or exists (select from correspondent_links l where l.correspondent_id = correspondent_values.correspondent_id
      and l.retired_at is null)));
create policy write on correspondent_values for insert to cc_web
  with check ((select ctx.ok()) and author_id = (select ctx.account()) and organisation_id = (select ctx.organisation())
    and (ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
      and (ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)
        or ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))
      or ctx.keeps_linked(correspondent_id)));
create policy settle on correspondent_values for update to cc_web
  using ((select ctx.ok()) and (ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)
    and (ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)
      or ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id))
    or ctx.keeps_linked(correspondent_id)));
create trigger follow_card before update of correspondent_id on correspondent_values
  for each row when (new.correspondent_id <> old.correspondent_id) execute function ctx.value_follows_card();

-- drafts
alter table drafts enable row level security, force row level security;
grant select, insert, delete, update (content, version, started_at, saved_at, session_id, device, title, path,
  of_version, send_key) on drafts to cc_web;
create trigger drop_sent_draft after update of reply on idempotency_keys
  for each row execute function ctx.drop_sent_draft();
grant select, delete, update (account_id) on drafts to cc_definer; -- a purge locks what is due
create policy owner on drafts to cc_owner using (true) with check (true);
create policy own on drafts to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()))
  with check ((select ctx.ok()) and account_id = (select ctx.account()));
