-- absences
alter table absences enable row level security, force row level security;
grant select, insert, update (withdrawn_at, withdrawn_by) on absences to cc_web;
grant select, delete, update (id) on absences to cc_definer; -- a purge locks what is due
create policy owner on absences to cc_owner using (true) with check (true);
-- The SQL twin of mayDeclare: oneself; the structure's account managers; who leads colleagues there.
create policy read on absences for select to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc')) or (select ctx.leads_colleagues())));
create policy declare on absences for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and said_by = (select ctx.account())
    and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc')) or (select ctx.leads_colleagues())));
-- In one's own name, and never taken back.
create policy withdraw on absences for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc')) or (select ctx.leads_colleagues())))
  with check (withdrawn_by = (select ctx.account()));
create trigger written_now before insert or update of withdrawn_at on absences for each row
  execute function ctx.written_now('said_at', 'withdrawn_at');
