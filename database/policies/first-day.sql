-- first_days
alter table first_days enable row level security, force row level security;
grant select, insert on first_days to cc_web;
create policy owner on first_days to cc_owner using (true) with check (true);
create policy own on first_days for select to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy dismiss on first_days for insert to cc_web
  with check ((select ctx.ok()) and account_id = (select ctx.account()));
