-- directory_entries: one's own alone. What others read of it is what ctx.directory and ctx.directory_card answer.
alter table directory_entries enable row level security, force row level security;
grant select, insert, update (civility, phone, phone_hidden, agency_id, version, changed_at)
  on directory_entries to cc_web;
grant select, delete on directory_entries to cc_definer;
create policy owner on directory_entries to cc_owner using (true) with check (true);
-- The SQL twin of mayKeepEntry.
create policy read on directory_entries for select to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy say on directory_entries for insert to cc_web
  with check ((select ctx.ok()) and account_id = (select ctx.account())
    and organisation_id = (select ctx.organisation())
    and (agency_id is null
      or agency_id in (select a.id from agencies a where a.organisation_id = (select ctx.organisation()))));
create policy correct on directory_entries for update to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()))
  with check (agency_id is null
    or agency_id in (select a.id from agencies a where a.organisation_id = (select ctx.organisation())));
create trigger written_now before insert or update of changed_at on directory_entries for each row
  execute function ctx.written_now('changed_at');
