-- The report of purges is written by its functions alone. Data protection officers read what is of their structure and
-- of none; those of the operator, all: the SQL twin of mayReadPurge in server/oversight/retention/purges.model.ts.

-- purges
alter table purges enable row level security, force row level security;
grant select on purges to cc_web;
grant select, insert on purges to cc_definer;
create policy owner on purges to cc_owner using (true) with check (true);
create policy read on purges for select to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('dpd'))
    and (organisation_id is null or organisation_id = (select ctx.organisation())
      or (select o.kind = 'operateur' from organisations o where o.id = (select ctx.organisation()))));

-- Holds are placed by the data protection officers of the structure whose data are held, or of the operator; lifted by
-- those of the structure that placed them. The twins are mayPlaceHold, mayReadHold and mayLiftHold.

-- legal_holds
alter table legal_holds enable row level security, force row level security;
grant select, insert, update (lift_reason, lifted_by, lifted_at) on legal_holds to cc_web;
grant select, delete on legal_holds to cc_definer;
create policy owner on legal_holds to cc_owner using (true) with check (true);
create policy read on legal_holds for select to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('dpd'))
    and (organisation_id is null or organisation_id = (select ctx.organisation())
      or (select o.kind = 'operateur' from organisations o where o.id = (select ctx.organisation()))));
create policy place on legal_holds for insert to cc_web
  with check ((select ctx.ok()) and (select ctx.holds_role('dpd')) and placed_by = (select ctx.account())
    and placed_organisation = (select ctx.organisation()) and lifted_at is null
    and (organisation_id = (select ctx.organisation())
      or (select o.kind = 'operateur' from organisations o where o.id = (select ctx.organisation()))));
create policy lift on legal_holds for update to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('dpd')) and lifted_at is null
    and placed_organisation = (select ctx.organisation()))
  with check (lifted_by = (select ctx.account())); -- its instant and reason come with it: a check of the table
create trigger written_now before insert or update of lifted_at on legal_holds for each row
  execute function ctx.written_now('placed_at', 'lifted_at');
