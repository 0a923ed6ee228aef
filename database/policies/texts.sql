-- documents
alter table documents enable row level security, force row level security;
grant select on documents to cc_definer;
grant select, insert, update (cancelled_at, cancelled_by, cancel_reason) on documents to cc_web;
create policy read on documents for select to cc_web using ((select ctx.known()));
create policy owner on documents to cc_owner using (true) with check (true);
-- A text is what its digest says, and no one publishes in another's name. Its words never change: a new version follows
-- it.
create policy publish on documents for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('administrateur'))
    and published_by = (select ctx.account()));
-- What is to come is cancelled, in one's own name; what is in force is followed by another.
create policy cancel on documents for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and cancelled_at is null
    and in_force_from > (select ctx.clock()))
  with check ((select ctx.ok()) and cancelled_by = (select ctx.account()));
create trigger written_now before insert or update of cancelled_at on documents for each row
  execute function ctx.written_now('published_at', 'cancelled_at');

-- acceptances
alter table acceptances enable row level security, force row level security;
grant select on acceptances to cc_definer;
grant select, insert on acceptances to cc_web;
create policy read on acceptances for select to cc_web
  using ((select ctx.ok())
    and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc'))
      and organisation_id = (select ctx.organisation())
      or (select ctx.oversees())));
create policy owner on acceptances to cc_owner using (true) with check (true);
-- One accepts for oneself, a text that is in force, and its very words. There is no right to change or withdraw it.
create policy accept on acceptances for insert to cc_web
  with check ((select ctx.ok()) and account_id = (select ctx.account())
    and organisation_id = (select ctx.organisation())
    and exists (select from documents d where d.id = document_id and d.in_force_from <= (select ctx.clock())
      and d.cancelled_at is null));
create trigger written_now before insert on acceptances for each row execute function ctx.written_now('accepted_at');
