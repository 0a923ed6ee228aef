-- exceptional_acts
alter table exceptional_acts enable row level security, force row level security;
grant select, insert on exceptional_acts to cc_definer;
grant select on exceptional_acts to cc_web;
create policy owner on exceptional_acts to cc_owner using (true) with check (true);
-- The person, the structure's account managers and signatory, the operator's officers of that structure. Nobody writes:
-- the function does.
create policy read on exceptional_acts for select to cc_web
  using ((select ctx.ok())
    and (account_id = (select ctx.account())
      or ((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire')))
      and organisation_id = (select ctx.organisation())
      or (select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())));
-- What an act is on is written by its author, in its transaction.
create policy stand_in on accounts for update to cc_web
  using ((select ctx.ok()) and (id in (select ctx.acted_on('suspend')) or id in (select ctx.acted_on('resume'))));
create policy stand_in on grants for update to cc_web
  using ((select ctx.ok()) and revoked_at is null and id in (select ctx.grants_acted_on()))
  with check (revoked_by = (select ctx.account()) and revoked_at is not null);
