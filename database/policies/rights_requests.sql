-- Requests of rights are read by the data protection officers of the structure that received one and of that to which
-- it is handed, and written by those who hold it: the SQL twins of mayRead, mayHold and mayHandTo in
-- server/oversight/rights-requests/rights-requests.policy.ts.

-- rights_requests
alter table rights_requests enable row level security, force row level security;
grant select, insert on rights_requests to cc_web;
grant select, update, delete on rights_requests to cc_definer;
create policy owner on rights_requests to cc_owner using (true) with check (true);
-- The hand-overs that a viewer reads are those from and to their structure.
create policy read on rights_requests for select to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('dpd'))
    and (organisation_id = (select ctx.organisation())
      or id in (select h.request_id from rights_request_handovers h)));
create policy enter on rights_requests for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (select ctx.holds_role('dpd'))
    and recorded_by = (select ctx.account()));
create trigger written_now before insert on rights_requests
  for each row execute function ctx.written_now('recorded_at');

-- rights_request_steps
alter table rights_request_steps enable row level security, force row level security;
grant select, insert on rights_request_steps to cc_web;
grant select, delete on rights_request_steps to cc_definer;
create policy owner on rights_request_steps to cc_owner using (true) with check (true);
create policy read on rights_request_steps for select to cc_web
  using ((select ctx.ok()) and request_id in (select r.id from rights_requests r));
create policy record on rights_request_steps for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account())
    and request_id in (select r.id from rights_requests r
      left join rights_request_handovers h on h.request_id = r.id
      where coalesce(h.to_organisation_id, r.organisation_id) = (select ctx.organisation())));
create trigger written_now before insert on rights_request_steps for each row
  execute function ctx.written_now('recorded_at');
create trigger in_turn before insert on rights_request_steps for each row execute function ctx.rights_step_in_turn();

-- rights_request_handovers
alter table rights_request_handovers enable row level security, force row level security;
grant select, insert on rights_request_handovers to cc_web;
grant select, delete on rights_request_handovers to cc_definer;
create policy owner on rights_request_handovers to cc_owner using (true) with check (true);
create policy read on rights_request_handovers for select to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('dpd'))
    and (select ctx.organisation()) in (from_organisation_id, to_organisation_id));
-- Of what one's structure received, as its key holds to; one side is the operator, the other a partner.
create policy hand on rights_request_handovers for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('dpd')) and recorded_by = (select ctx.account())
    and from_organisation_id = (select ctx.organisation())
    and (select a.kind = 'operateur' from organisations a where a.id = from_organisation_id)
      <> (select b.kind = 'operateur' from organisations b where b.id = to_organisation_id));
create trigger written_now before insert on rights_request_handovers for each row
  execute function ctx.written_now('recorded_at');
create trigger in_turn before insert on rights_request_handovers for each row
  execute function ctx.rights_handover_in_turn();

-- rights_request_corrections: correct_rights_request alone writes.
alter table rights_request_corrections enable row level security, force row level security;
grant select on rights_request_corrections to cc_web;
grant select, insert, delete on rights_request_corrections to cc_definer;
create policy owner on rights_request_corrections to cc_owner using (true) with check (true);
create policy read on rights_request_corrections for select to cc_web
  using ((select ctx.ok()) and request_id in (select r.id from rights_requests r));

-- rights_request_withdrawals: end_rights_handover alone writes.
alter table rights_request_withdrawals enable row level security, force row level security;
grant select on rights_request_withdrawals to cc_web;
grant select, insert, delete on rights_request_withdrawals to cc_definer;
create policy owner on rights_request_withdrawals to cc_owner using (true) with check (true);
create policy read on rights_request_withdrawals for select to cc_web
  using ((select ctx.ok()) and request_id in (select r.id from rights_requests r));
