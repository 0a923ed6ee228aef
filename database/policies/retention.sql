-- The report of purges is written by ctx.count_purged alone. Data protection officers read what is of their structure and
-- of none; those of the operator, all: the SQL twin of mayReadPurge in server/oversight/retention/purges.model.ts.

-- purges
alter table purges enable row level security, force row level security;
grant select on purges to cc_web;
grant insert on purges to cc_definer;
create policy owner on purges to cc_owner using (true) with check (true);
create policy read on purges for select to cc_web
  using ((select ctx.ok()) and (select ctx.holds_role('dpd'))
    and (organisation_id is null or organisation_id = (select ctx.organisation())
      or (select o.kind = 'operateur' from organisations o where o.id = (select ctx.organisation()))));
