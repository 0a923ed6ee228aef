-- Row-level security of organisations, accounts and rights. cc_web owns nothing; the owner is forced under the policies
-- too, so imports and seeds run through policies of their own. Policies of one command add up: each says whose row it
-- is on both sides, or who asked would accept what another decides. What is settled stays so. An address leaves its
-- account by ctx.record_departure or ctx.settle_address_change alone.

-- organisations
alter table organisations enable row level security, force row level security;
grant select on organisations to cc_web;
grant select, insert, update (siret, name, kind, address, identity_version) on organisations to cc_definer;
create policy read on organisations for select to cc_web using ((select ctx.known()));
-- The command line (seeds, imports, npm run admin) works as the owner.
create policy owner on organisations to cc_owner using (true) with check (true);
create trigger own_territory after insert on organisations for each row execute function ctx.lay_own_territory();
create trigger first_identity after insert on organisations for each row execute function ctx.lay_first_identity();
create trigger reached_by after update of kind on organisations for each row
  when ((old.kind = 'operateur') <> (new.kind = 'operateur')) execute function note_reached_by();

-- organisation_identities: read with a convention of the structure; change_party_identity alone writes.
alter table organisation_identities enable row level security, force row level security;
grant select on organisation_identities to cc_web;
grant select, insert on organisation_identities to cc_definer;
create policy owner on organisation_identities to cc_owner using (true) with check (true);
create policy read on organisation_identities for select to cc_web
  using ((select ctx.ok()) and organisation_id in (select c.organisation_id from conventions c));

create trigger lay_sirets after insert on organisation_identities for each row execute function ctx.lay_sirets();

-- organisation_siret_versions: read with a convention of the structure; settle_party_siret alone writes.
alter table organisation_siret_versions enable row level security, force row level security;
grant select on organisation_siret_versions to cc_web;
grant select, insert on organisation_siret_versions to cc_definer;
create policy owner on organisation_siret_versions to cc_owner using (true) with check (true);
create policy read on organisation_siret_versions for select to cc_web
  using ((select ctx.ok()) and organisation_id in (select c.organisation_id from conventions c));
create trigger lay_sirets after insert on organisation_siret_versions for each row execute function ctx.lay_sirets();

-- organisation_sirets: as public as the structures are; ctx.lay_sirets alone writes.
alter table organisation_sirets enable row level security, force row level security;
grant select on organisation_sirets to cc_web;
grant select, insert, delete on organisation_sirets to cc_definer;
create policy owner on organisation_sirets to cc_owner using (true) with check (true);
create policy read on organisation_sirets for select to cc_web using ((select ctx.known()));

-- agencies
alter table agencies enable row level security, force row level security;
grant select, insert (id, organisation_id, name), update (name, version) on agencies to cc_web;
grant select, update (closed_at, closed_by, close_reason, version) on agencies to cc_definer;
create policy read on agencies for select to cc_web using ((select ctx.ok()));
create policy owner on agencies to cc_owner using (true) with check (true);
create policy declare on agencies for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()));
create policy keep on agencies for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
    and closed_at is null);

-- agency_territories
alter table agency_territories enable row level security, force row level security;
grant select, insert, delete on agency_territories to cc_web;
grant select on agency_territories to cc_definer;
create policy read on agency_territories for select to cc_web using ((select ctx.ok()));
create policy owner on agency_territories to cc_owner using (true) with check (true);
create policy declare on agency_territories for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('rgc'))
    and agency_id in (select a.id from agencies a where a.organisation_id = (select ctx.organisation())));
create policy withdraw on agency_territories for delete to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('rgc'))
    and agency_id in (select a.id from agencies a where a.organisation_id = (select ctx.organisation())));
create policy ceiling on agency_territories as restrictive for insert to cc_web
  with check ((select ctx.ok()) and ctx.lies_within(territory_id, (select ctx.own_ceiling()))
    and territory_id in (select t.id from territories t where t.kind not in ('national', 'region')));
create policy not_own on agency_territories as restrictive for insert to cc_web
  with check ((select ctx.ok()) and agency_id not in (select ctx.own_agencies()));
create policy not_own_either on agency_territories as restrictive for delete to cc_web
  using ((select ctx.ok()) and agency_id not in (select ctx.own_agencies()));
create trigger keep_holders_narrow before insert on agency_territories
  for each row execute function ctx.keep_holders_narrow();

-- accounts
alter table accounts enable row level security, force row level security;
grant select, insert (id, organisation_id, given_name, family_name, function, created_at, contract_ends_on, attachment,
  third_party_id),
  update (given_name, family_name, function, status, contract_ends_on, attachment, third_party_id, status_reason,
    version) on accounts
    to cc_web;
-- Some updates are for the row lock alone: an account is linked once.
grant select, insert, update, update (id) on accounts to cc_definer;
-- The directory of colleagues: names and functions, to all who came in with two factors.
create policy read on accounts for select to cc_web
  using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.holds_something()))
    or (select ctx.known())
    and id = (select ctx.account()));
create policy owner on accounts to cc_owner using (true) with check (true);
create policy opened on accounts for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
    and status = 'active'
    and (third_party_id is null or exists (select from third_parties t where t.id = third_party_id
      and t.organisation_id = accounts.organisation_id
      and t.starts_on <= (select ctx.paris_day((select ctx.clock()))))));
create policy decide on accounts for update to cc_web
  using ((select ctx.ok()) and id in (select ctx.decidable_accounts()));
create trigger written_now before insert on accounts for each row execute function ctx.written_now('created_at');
create trigger note_opener before insert on accounts for each row execute function ctx.note_opener();
create trigger keep_state after insert or update of status, contract_ends_on on accounts
  for each row execute function ctx.keep_account_state();
create trigger keep_officers before update of status on accounts for each row
  when (current_user <> 'cc_owner' and old.status = 'active' and new.status <> 'active')
    execute function ctx.keep_officers();
create trigger permanent_managers before update of attachment, contract_ends_on on accounts for each row
  execute function ctx.keep_managers_permanent();
create trigger date_function before update of function on accounts for each row
  when (old.function is distinct from new.function) execute function ctx.date_function();
create trigger open_first_enrolment after insert on accounts for each row execute function ctx.open_first_enrolment();

-- account_contacts
alter table account_contacts enable row level security, force row level security;
-- Beside which account it stands would tell another structure's: it is nobody's to read.
grant select (account_id, organisation_id, email, mailbox),
  insert (account_id, organisation_id, email) on account_contacts to cc_web;
grant select, insert, delete, update (email, beside_id) on account_contacts to cc_definer;
create policy read on account_contacts for select to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()));
create policy owner on account_contacts to cc_owner using (true) with check (true);
create policy opened on account_contacts for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (select ctx.holds_role('rgc'))
    and account_id in (select ctx.decidable_accounts()));
create trigger keep_mailbox before insert or update on account_contacts for each row execute function keep_mailbox();
create trigger pair_address before insert or update of email on account_contacts
  for each row execute function ctx.pair_address();
create trigger part_addresses after delete or update of email on account_contacts
  for each row execute function ctx.part_addresses();
create trigger ask_second after insert on account_contacts referencing new table as added
  for each statement execute function ctx.ask_second_for_account();

-- address_changes: read by the person and by who decides in the structure; written by the functions that ask and
-- settle.
alter table address_changes enable row level security, force row level security;
grant select, insert, update, delete on address_changes to cc_definer;
grant select on address_changes to cc_web;
create policy owner on address_changes to cc_owner using (true) with check (true);
create policy read on address_changes for select to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc'))
      or (select ctx.holds_role('signataire'))));

-- departures_to_come: read by who decides in the structure; written by the functions that end and give back.
alter table departures_to_come enable row level security, force row level security;
grant select, insert, update on departures_to_come to cc_definer;
grant select on departures_to_come to cc_web;
create policy owner on departures_to_come to cc_owner using (true) with check (true);
create policy read on departures_to_come for select to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and ((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire'))));

-- grants
alter table grants enable row level security, force row level security;
grant select, insert, update (revoked_at, revoked_by, revoke_reason, suspended) on grants to cc_web;
grant select, update, update (revoked_at, revoke_reason) on grants to cc_definer;
create policy read on grants for select to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()));
create policy owner on grants to cc_owner using (true) with check (true);
create policy decide on grants for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and granted_by = (select ctx.account())
    and revoked_at is null
    and account_id in (select ctx.decidable_accounts())
    and (duties is not null or account_id not in (select ctx.managers())));
create policy oversee on grants for select to cc_web
  using ((select ctx.ok()) and ((select ctx.oversees()) or organisation_id in (select ctx.officer_of())));
create policy settle on grants for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and revoked_at is null
    and account_id in (select ctx.decidable_accounts()))
  with check ((select ctx.ok()) and revoked_by = (select ctx.account()) and revoked_at is not null);
-- Whatever the application forgets: nothing given, asked or declared goes beyond the ceiling, and an agency serves no
-- region.
create policy ceiling on grants as restrictive for insert to cc_web
  with check ((select ctx.ok()) and ctx.perimeter_within(territory_id, agency_id, (select ctx.own_ceiling())));
create trigger written_now before insert or update of revoked_at on grants for each row
  execute function ctx.written_now('granted_at', 'revoked_at');
create trigger keep_agency_open before insert on grants for each row
  when (new.agency_id is not null) execute function ctx.keep_agency_open();
create trigger ask_second after insert on grants for each row execute function ctx.ask_second_for_grant();
create trigger ask_second_for_opener after insert on grants for each row execute function ctx.ask_second_for_opener();

-- role_assignments
alter table role_assignments enable row level security, force row level security;
grant select, insert, update, update (ends_at) on role_assignments to cc_definer;
grant select on role_assignments to cc_web;
create trigger keep_to_one_side before insert or update of role, ends_at, account_id on role_assignments for each row
  execute function ctx.keep_to_one_side();
create policy read on role_assignments for select to cc_web
  using ((select ctx.ok())
    and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())
      or (select ctx.holds_role('direction-regionale'))));
create policy owner on role_assignments to cc_owner using (true) with check (true);
create trigger keep_officers before update of ends_at on role_assignments for each row
  when (current_user <> 'cc_owner' and new.role in ('cssi', 'administrateur') and new.region_id is null
    and new.ends_at < coalesce(old.ends_at, 'infinity')) execute function ctx.keep_officers();

-- account_blocks
alter table account_blocks enable row level security, force row level security;
grant select, insert on account_blocks to cc_definer;
grant select, insert, update (lifted_at, lifted_by, verdict) on account_blocks to cc_web;
-- Who decides for an account manager, failing another, reads what was cut.
create policy read on account_blocks for select to cc_web
  using ((select ctx.ok())
    and (account_id = (select ctx.account())
      or ((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire')))
      and organisation_id = (select ctx.organisation()) or (select ctx.oversees())
      or organisation_id in (select ctx.officer_of())));
create policy owner on account_blocks to cc_owner using (true) with check (true);
-- The CSSI alone, of every region or of the partner's, blocks, in their own name and never themself, and lifts with a
-- verdict; nothing else of a block changes. The structure is the account's.
-- An administrator lifts what a detection blocked of a CSSI, never an exceptional act: the one who is alone has nobody
-- else.
-- A grant is that person's own.
create policy block on account_blocks for insert to cc_web
  with check ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of()))
    and organisation_id = (select a.organisation_id from accounts a where a.id = account_blocks.account_id)
    and cause = 'exceptional' and blocked_by = (select ctx.account())
    and account_id <> (select ctx.account()) and lifted_at is null
    and (grant_id is null
      or exists (select from grants g where g.id = grant_id and g.account_id = account_blocks.account_id)));
create policy lift on account_blocks for update to cc_web
  using ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())
      or (select ctx.holds_role('administrateur')) and cause = 'suspect-use'
      and account_id in (select ctx.security_officers()))
    and lifted_at is null and account_id <> (select ctx.account()))
  with check (lifted_by = (select ctx.account()) and verdict is not null);
create trigger written_now before insert or update of lifted_at on account_blocks for each row
  execute function ctx.written_now('blocked_at', 'lifted_at');
create trigger account_blocks_keep_an_officer before insert on account_blocks for each row
  when (new.cuts = 'account' and new.lifted_at is null) execute function ctx.keep_an_officer();
create trigger account_blocks_end_sessions after insert on account_blocks for each row
  when (new.cuts = 'account' and new.lifted_at is null) execute function ctx.end_blocked_sessions();

-- account_activity
alter table account_activity enable row level security, force row level security;
grant select, insert, update on account_activity to cc_definer;
grant select on account_activity to cc_web;
-- A signatory decides for account managers and, once none can act, for everyone: « jamais » would be a lie to them.
create policy read on account_activity for select to cc_web
  using ((select ctx.ok())
    and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc'))
      and organisation_id = (select ctx.organisation())
      or (select ctx.holds_role('signataire')) and organisation_id = (select ctx.organisation())
        and (account_id in (select ctx.managers()) or not exists (select ctx.managers_in_effect()))
      or (select ctx.oversees())));
create policy owner on account_activity to cc_owner using (true) with check (true);

-- third_parties
alter table third_parties enable row level security, force row level security;
grant select, insert, update (name, siret, capacity, starts_on, ends_on, evidence, evidence_on, version)
  on third_parties to cc_web;
grant select on third_parties to cc_definer;
create policy owner on third_parties to cc_owner using (true) with check (true);
create policy read on third_parties for select to cc_web
  using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy declare on third_parties for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
    and recorded_by = (select ctx.account()));
create policy keep on third_parties for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()));
create trigger written_now before insert on third_parties for each row execute function ctx.written_now('recorded_at');

-- account_imports
alter table account_imports enable row level security, force row level security;
grant select, insert, update (people, confirmed_at, created) on account_imports to cc_web;
grant select, delete, update (id) on account_imports to cc_definer; -- a purge locks what is due
create policy owner on account_imports to cc_owner using (true) with check (true);
create policy own on account_imports to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()))
  with check ((select ctx.ok()) and (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()));
create trigger written_now before insert or update of confirmed_at on account_imports for each row
  execute function ctx.written_now('checked_at', 'confirmed_at');

-- grant_requests
alter table grant_requests enable row level security, force row level security;
grant select, insert, update (decided_at, decided_by, decision, decision_reason, grant_id) on grant_requests to cc_web;
grant select, update on grant_requests to cc_definer;
create policy owner on grant_requests to cc_owner using (true) with check (true);
create policy read on grant_requests for select to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and (account_id = (select ctx.account()) or asked_by = (select ctx.account()) or (select ctx.holds_role('rgc'))
      or account_id in (select ctx.decidable_accounts())));
create policy ask on grant_requests for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and asked_by = (select ctx.account())
    and decided_at is null
    and (account_id = (select ctx.account()) or (select ctx.leads())));
create policy decide on grant_requests for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and decided_at is null
    and account_id in (select ctx.decidable_accounts()))
  with check ((select ctx.ok()) and decided_by = (select ctx.account())
    and account_id in (select ctx.decidable_accounts()));
create policy withdraw on grant_requests for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and decided_at is null
    and asked_by = (select ctx.account()))
  with check ((select ctx.ok()) and decided_by = (select ctx.account()) and asked_by = (select ctx.account())
    and decision = 'withdrawn');
create policy ceiling on grant_requests as restrictive for insert to cc_web
  with check ((select ctx.ok()) and ctx.perimeter_within(territory_id, agency_id, (select ctx.own_ceiling())));
create trigger written_now before insert or update of decided_at on grant_requests for each row
  execute function ctx.written_now('asked_at', 'decided_at');
create trigger keep_agency_open before insert on grant_requests for each row
  when (new.agency_id is not null) execute function ctx.keep_agency_open();

-- departures_held
alter table departures_held enable row level security, force row level security;
grant select, insert, update, delete on departures_held to cc_definer;
create policy owner on departures_held to cc_owner using (true) with check (true);

-- account_states
alter table account_states enable row level security, force row level security;
grant select on account_states to cc_web;
grant select, insert, update on account_states to cc_definer;
create policy owner on account_states to cc_owner using (true) with check (true);
create policy read on account_states for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) or (select ctx.oversees())));

-- inactivity_spans
alter table inactivity_spans enable row level security, force row level security;
grant select on inactivity_spans to cc_web;
grant select, insert on inactivity_spans to cc_definer;
create policy owner on inactivity_spans to cc_owner using (true) with check (true);
create policy read on inactivity_spans for select to cc_web
  using ((select ctx.ok())
    and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc'))
      and organisation_id = (select ctx.organisation())
      or (select ctx.oversees())));

-- departed_people: when they left; who they were goes through ctx.departed_behind, with a reason and the trail.
alter table departed_people enable row level security, force row level security;
grant select (account_id, organisation_id, left_at) on departed_people to cc_web;
grant select, insert, delete, update (account_id) on departed_people to cc_definer; -- a purge locks what is due
create policy owner on departed_people to cc_owner using (true) with check (true);
create policy read on departed_people for select to cc_web
  using ((select ctx.ok())
    and ((select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
      or (select ctx.holds_role('cssi'))));

-- inactivity_notices
alter table inactivity_notices enable row level security, force row level security;
grant select, insert, delete, update (account_id) on inactivity_notices to cc_definer; -- a purge locks what is due
create policy owner on inactivity_notices to cc_owner using (true) with check (true);

-- organisation_territories
alter table organisation_territories enable row level security, force row level security;
grant select, insert, update (until_at, end_reason) on organisation_territories to cc_definer;
grant select, insert, update (until_at, ended_by, end_reason) on organisation_territories to cc_web;
create policy owner on organisation_territories to cc_owner using (true) with check (true);
create policy read on organisation_territories for select to cc_web
  using ((select ctx.ok())
    and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())
      or organisation_id in (select c.organisation_id from conventions c)));
-- A regional direction, of a partner with a convention in its region, and within that region alone; by an amendment
-- once one is sent.
create policy settle on organisation_territories for insert to cc_web
  with check ((select ctx.ok()) and set_by = (select ctx.account()) and until_at is null and territory_id <> 0
    and amendment_id is null
    and exists (select from conventions c where c.organisation_id = organisation_territories.organisation_id
      and c.region_id = any ((select ctx.regions())::int[])
        and ctx.lies_within(organisation_territories.territory_id, array[c.region_id])
        and not ctx.widened_by_amendment(c.organisation_id, c.region_id)));
create policy close on organisation_territories for update to cc_web
  using ((select ctx.ok()) and until_at is null
    and exists (select from conventions c where c.organisation_id = organisation_territories.organisation_id
      and c.region_id = any ((select ctx.regions())::int[])
      and ctx.lies_within(organisation_territories.territory_id, array[c.region_id])))
  with check ((select ctx.ok()) and ended_by = (select ctx.account()) and until_at is not null);
create trigger written_now before insert or update of until_at on organisation_territories for each row
  execute function ctx.written_now('from_at', 'until_at');

-- confirmations
alter table confirmations enable row level security, force row level security;
grant select, insert, update on confirmations to cc_definer;
grant select on confirmations to cc_web;
create policy owner on confirmations to cc_owner using (true) with check (true);
create policy read on confirmations for select to cc_web
  using ((select ctx.ok()) and (account_id = (select ctx.account()) or asked_by = (select ctx.account())
    or (select ctx.oversees())
    or organisation_id = (select ctx.organisation())
    and ((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire')))));
