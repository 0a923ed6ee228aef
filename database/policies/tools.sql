-- annex_4_tools
alter table annex_4_tools enable row level security, force row level security;
grant select on annex_4_tools to cc_definer;
grant select, insert, update (in_force_until) on annex_4_tools to cc_web;
grant update (in_force_until), delete on annex_4_tools to cc_definer;
create policy read on annex_4_tools for select to cc_web using ((select ctx.known()));
create policy owner on annex_4_tools to cc_owner using (true) with check (true);
create policy publish on annex_4_tools for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')));
create policy publish_withdraws on annex_4_tools for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and in_force_until is null)
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and in_force_until is not null);

-- annex_4_versions
alter table annex_4_versions enable row level security, force row level security;
grant select, insert, update (cancelled_at, cancelled_by, cancel_reason) on annex_4_versions to cc_web;
grant select on annex_4_versions to cc_definer;
create policy owner on annex_4_versions to cc_owner using (true) with check (true);
-- What is published is read by whoever is known; published by the operator's administrators, in their name.
create policy read on annex_4_versions for select to cc_web using ((select ctx.known()));
create policy publish on annex_4_versions for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur'))
    and published_by = (select ctx.account()));
-- To come, or in force for less than a day: cancelled, in one's own name. The last one only, since versions follow one
-- another.
create policy cancel on annex_4_versions for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and cancelled_at is null
    and in_force_from > (select ctx.clock()) - interval '1 day'
    and in_force_from = (select ctx.last_annex_effect()))
  with check ((select ctx.ok()) and cancelled_by = (select ctx.account()));
create trigger written_now before insert or update of cancelled_at on annex_4_versions for each row
  execute function ctx.written_now('published_at', 'cancelled_at');

-- annex_4_entries
alter table annex_4_entries enable row level security, force row level security;
grant select, insert on annex_4_entries to cc_web;
grant select on annex_4_entries to cc_definer;
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
create trigger written_now before insert on tool_states for each row execute function ctx.written_now('recorded_at');

-- access_requesters
alter table access_requesters enable row level security, force row level security;
grant select, insert, update (ended_at) on access_requesters to cc_web;
create policy owner on access_requesters to cc_owner using (true) with check (true);
create policy read on access_requesters for select to cc_web
  using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy designate on access_requesters for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and designated_by = (select ctx.account())
    and (select ctx.holds_role('signataire')) and ended_at is null
    and exists (select from accounts a where a.id = account_id
      and a.organisation_id = access_requesters.organisation_id));
-- What was ended is not ended again at another instant: neither a designation, nor the time a tool was open (rights and
-- grants of a past day rest on it).
create policy designate_replaces on access_requesters for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (select ctx.holds_role('signataire'))
    and ended_at is null)
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and (select ctx.holds_role('signataire'))
    and ended_at is not null);
create trigger written_now before insert or update of ended_at on access_requesters for each row
  execute function ctx.written_now('designated_at', 'ended_at');

-- access_requests
alter table access_requests enable row level security, force row level security;
grant select, insert, update (decision, reason, decided_by, decided_at) on access_requests to cc_web;
create policy owner on access_requests to cc_owner using (true) with check (true);
create policy read on access_requests for select to cc_web
  using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy request on access_requests for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and requested_by = (select ctx.account())
    and decided_at is null
    and exists (select from access_requesters d where d.organisation_id = access_requests.organisation_id
      and d.account_id = (select ctx.account()) and d.ended_at is null));
create policy decide on access_requests for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and decided_at is null)
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and decided_by = (select ctx.account()));
create trigger written_now before insert or update of decided_at on access_requests for each row
  execute function ctx.written_now('requested_at', 'decided_at');
