-- documents
alter table documents enable row level security, force row level security;
grant select on documents to cc_definer;
grant select, insert on documents to cc_web;
create policy read on documents for select to cc_web using ((select ctx.known()));
create policy owner on documents to cc_owner using (true) with check (true);
-- A text is what its digest says, and no one publishes in another's name. There is no right to change one: a new version follows it.
create policy publish on documents for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and published_by = (select ctx.account()));

-- acceptances
alter table acceptances enable row level security, force row level security;
grant select on acceptances to cc_definer;
grant select, insert on acceptances to cc_web;
create policy read on acceptances for select to cc_web
  using ((select ctx.ok())
    and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())
      or (select ctx.oversees())));
create policy owner on acceptances to cc_owner using (true) with check (true);
-- One accepts for oneself, a text that is in force, and its very words. There is no right to change or withdraw it.
create policy accept on acceptances for insert to cc_web
  with check ((select ctx.ok()) and account_id = (select ctx.account()) and organisation_id = (select ctx.organisation())
    and exists (select from documents d where d.id = document_id and d.in_force_from <= (select ctx.clock())));

-- annex_4_tools
alter table annex_4_tools enable row level security, force row level security;
grant select on annex_4_tools to cc_definer;
grant select, insert, update (in_force_until) on annex_4_tools to cc_web;
create policy read on annex_4_tools for select to cc_web using ((select ctx.known()));
create policy owner on annex_4_tools to cc_owner using (true) with check (true);
create policy publish on annex_4_tools for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')));
create policy publish_withdraws on annex_4_tools for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and in_force_until is null)
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and in_force_until is not null);

-- awareness_records
alter table awareness_records enable row level security, force row level security;
grant select on awareness_records to cc_definer;
grant select, insert on awareness_records to cc_web;
create policy read on awareness_records for select to cc_web
  using ((select ctx.ok()) and (account_id = (select ctx.account())
    or ((select ctx.holds_role('rgc')) or (select ctx.holds_role('responsable-formation')) or (select ctx.holds_role('rssi')))
      and organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy owner on awareness_records to cc_owner using (true) with check (true);
-- Security awareness is recorded by another than the person: the operator's security officer for all, the account manager and the
-- training lead for their structure.
create policy record on awareness_records for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and account_id <> (select ctx.account())
    and ((select ctx.holds_role('cssi')) or ((select ctx.holds_role('rgc')) or (select ctx.holds_role('responsable-formation')))
      and organisation_id = (select ctx.organisation()))
    and exists (select from accounts a where a.id = account_id and a.organisation_id = awareness_records.organisation_id));

-- awareness_policies
alter table awareness_policies enable row level security, force row level security;
grant select on awareness_policies to cc_definer;
grant select, insert on awareness_policies to cc_web;
create policy read on awareness_policies for select to cc_web using ((select ctx.known()));
create policy owner on awareness_policies to cc_owner using (true) with check (true);
create policy decide on awareness_policies for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and set_by = (select ctx.account()));

-- annex_4_versions
alter table annex_4_versions enable row level security, force row level security;
grant select, insert on annex_4_versions to cc_web;
create policy owner on annex_4_versions to cc_owner using (true) with check (true);
-- What is published is read by whoever is known; published by the operator's administrators, in their name.
create policy read on annex_4_versions for select to cc_web using ((select ctx.known()));
create policy publish on annex_4_versions for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and published_by = (select ctx.account()));

-- annex_4_entries
alter table annex_4_entries enable row level security, force row level security;
grant select, insert on annex_4_entries to cc_web;
create policy owner on annex_4_entries to cc_owner using (true) with check (true);
create policy read on annex_4_entries for select to cc_web using ((select ctx.known()));
create policy publish on annex_4_entries for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur'))
    and version_id in (select v.id from annex_4_versions v where v.published_by = (select ctx.account())));

-- tool_states
alter table tool_states enable row level security, force row level security;
grant select, insert on tool_states to cc_web;
create policy owner on tool_states to cc_owner using (true) with check (true);
create policy read on tool_states for select to cc_web using ((select ctx.known()));
create policy record on tool_states for insert to cc_web
  with check ((select ctx.ok()) and ((select ctx.holds_role('administrateur')) or (select ctx.holds_role('support')))
    and recorded_by = (select ctx.account()));

-- equipment_validations
alter table equipment_validations enable row level security, force row level security;
grant select, insert on equipment_validations to cc_web;
create policy owner on equipment_validations to cc_owner using (true) with check (true);
create policy read on equipment_validations for select to cc_web
  using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy record on equipment_validations for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and recorded_by = (select ctx.account())
    and ((select ctx.holds_role('rssi')) or (select ctx.holds_role('correspondant-si')) or (select ctx.holds_role('rgc'))));

-- access_requesters
alter table access_requesters enable row level security, force row level security;
grant select, insert, update (ended_at) on access_requesters to cc_web;
create policy owner on access_requesters to cc_owner using (true) with check (true);
create policy read on access_requesters for select to cc_web
  using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy designate on access_requesters for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and designated_by = (select ctx.account())
    and (select ctx.holds_role('signataire')) and ended_at is null
    and exists (select from accounts a where a.id = account_id and a.organisation_id = access_requesters.organisation_id));
-- What was ended is not ended again at another instant: neither a designation, nor the time a tool was open (rights and grants of a
-- past day rest on it).
create policy designate_replaces on access_requesters for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (select ctx.holds_role('signataire')) and ended_at is null)
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (select ctx.holds_role('signataire'))
    and ended_at is not null);

-- access_requests
alter table access_requests enable row level security, force row level security;
grant select, insert, update (decision, reason, decided_by, decided_at) on access_requests to cc_web;
create policy owner on access_requests to cc_owner using (true) with check (true);
create policy read on access_requests for select to cc_web
  using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy request on access_requests for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and requested_by = (select ctx.account())
    and decided_at is null
    and exists (select from access_requesters d where d.organisation_id = access_requests.organisation_id
      and d.account_id = (select ctx.account()) and d.ended_at is null));
create policy decide on access_requests for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and decided_at is null)
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and decided_by = (select ctx.account()));
