-- view_watches
alter table view_watches enable row level security, force row level security;
grant select, delete on view_watches to cc_web;
grant select, insert, update, delete on view_watches to cc_definer;
create policy owner on view_watches to cc_owner using (true) with check (true);
-- The SQL twin of mayReadWatch: one's own. One is written by watch_view and by the worker alone.
create policy own on view_watches for select to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy stop on view_watches for delete to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));
