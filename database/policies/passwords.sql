-- organisation_sign_in
alter table organisation_sign_in enable row level security, force row level security;
grant select, insert on organisation_sign_in to cc_web;
grant select on organisation_sign_in to cc_definer;
create policy owner on organisation_sign_in to cc_owner using (true) with check (true);
-- Everyone of an organisation may know how it signs in; one's own digest is read and changed with two factors proven.
create policy own on organisation_sign_in for select to cc_web
  using ((select ctx.known()) and organisation_id = (select ctx.organisation()));
-- The operator's decisions on passwords, and their history.
create policy oversee on organisation_sign_in for select to cc_web
  using ((select ctx.ok()) and (select ctx.oversees()));
create policy decide on organisation_sign_in for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and set_by = (select ctx.account()));
create trigger written_now before insert on organisation_sign_in
  for each row execute function ctx.written_now('set_at');

-- passwords
alter table passwords enable row level security, force row level security;
grant select, update (hash, changed_at) on passwords to cc_web;
grant select, insert, update, delete on passwords to cc_definer;
create policy owner on passwords to cc_owner using (true) with check (true);
create policy own on passwords for select to cc_web using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy change on passwords for update to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()))
  with check ((select ctx.ok()) and account_id = (select ctx.account()));

-- password_links
alter table password_links enable row level security, force row level security;
grant select, insert, update, delete on password_links to cc_definer;
create policy owner on password_links to cc_owner using (true) with check (true);

-- sign_in_budgets
alter table sign_in_budgets enable row level security, force row level security;
grant select, insert, update, delete on sign_in_budgets to cc_definer;
create policy owner on sign_in_budgets to cc_owner using (true) with check (true);
