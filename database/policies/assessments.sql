-- security_assessments
alter table security_assessments enable row level security, force row level security;
grant select, insert on security_assessments to cc_web;
create policy owner on security_assessments to cc_owner using (true) with check (true);
-- Read by who oversees and who acts for the operator, by the regional direction of a convention, and on the partner's
-- side by who answers for its security and its accounts.
create policy read on security_assessments for select to cc_web
  using ((select ctx.ok()) and ((select ctx.oversees()) or organisation_id in (select ctx.officer_of())
    or (select ctx.acts_for_operator())
    or organisation_id in (select c.organisation_id from conventions c
      where c.region_id = any ((select ctx.acts_in())::int[]))
    or organisation_id = (select ctx.organisation())
      and ((select ctx.holds_role('rssi')) or (select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire'))
        or (select ctx.holds_role('responsable-operationnel')))));
create policy record on security_assessments for insert to cc_web
  with check ((select ctx.ok()) and ((select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of()))
    and recorded_by = (select ctx.account()));
create trigger written_now before insert on security_assessments
  for each row execute function ctx.written_now('recorded_at');
