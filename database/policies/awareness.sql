-- awareness_records
alter table awareness_records enable row level security, force row level security;
grant select on awareness_records to cc_definer;
grant select, insert on awareness_records to cc_web;
create policy read on awareness_records for select to cc_web
  using ((select ctx.ok()) and (account_id = (select ctx.account())
    or ((select ctx.holds_role('rgc')) or (select ctx.holds_role('responsable-formation'))
      or (select ctx.holds_role('rssi')))
      and organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy owner on awareness_records to cc_owner using (true) with check (true);
-- Security awareness is recorded by another than the person: the operator's security officer for all, the account
-- manager and the training lead for their structure.
create policy record on awareness_records for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account()) and account_id <> (select ctx.account())
    and ((select ctx.holds_role('cssi'))
      or ((select ctx.holds_role('rgc')) or (select ctx.holds_role('responsable-formation')))
      and organisation_id = (select ctx.organisation()))
    and exists (select from accounts a where a.id = account_id
      and a.organisation_id = awareness_records.organisation_id));
create trigger written_now before insert on awareness_records
  for each row execute function ctx.written_now('recorded_at');

-- awareness_policies
alter table awareness_policies enable row level security, force row level security;
grant select on awareness_policies to cc_definer;
grant select, insert on awareness_policies to cc_web;
create policy read on awareness_policies for select to cc_web using ((select ctx.known()));
create policy owner on awareness_policies to cc_owner using (true) with check (true);
create policy decide on awareness_policies for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and set_by = (select ctx.account()));

-- equipment_validations
alter table equipment_validations enable row level security, force row level security;
grant select, insert on equipment_validations to cc_web;
create policy owner on equipment_validations to cc_owner using (true) with check (true);
create policy read on equipment_validations for select to cc_web
  using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy record on equipment_validations for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and recorded_by = (select ctx.account())
    and ((select ctx.holds_role('rssi')) or (select ctx.holds_role('correspondant-si'))
      or (select ctx.holds_role('rgc'))));
create trigger written_now before insert on equipment_validations
  for each row execute function ctx.written_now('recorded_at');
