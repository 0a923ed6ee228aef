-- A disagreement is read by who reads the whole file of its convention; each party writes in its own name, from its
-- effect on.

-- disagreements
alter table disagreements enable row level security, force row level security;
grant select, insert on disagreements to cc_web;
grant select on disagreements to cc_definer;
create policy read on disagreements for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file())));
create policy open on disagreements for insert to cc_web
  with check ((select ctx.ok()) and opened_by = (select ctx.account())
    and convention_id in (select c.id from conventions c where c.effective_from <= (select ctx.clock())
      and (party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
        or party = 'operateur'
        and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[])))));
create policy owner on disagreements to cc_owner using (true) with check (true);
create trigger written_now before insert on disagreements for each row execute function ctx.written_now('opened_at');

-- disagreement_steps
alter table disagreement_steps enable row level security, force row level security;
grant select, insert on disagreement_steps to cc_web;
grant select on disagreement_steps to cc_definer;
create policy read on disagreement_steps for select to cc_web
  using ((select ctx.ok())
    and convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
      or (select ctx.reads_own_file())));
-- Who raised it alone renounces it.
create policy record on disagreement_steps for insert to cc_web
  with check ((select ctx.ok()) and recorded_by = (select ctx.account())
    and convention_id in (select c.id from conventions c
      where party = 'partenaire' and c.organisation_id = (select ctx.organisation()) and (select ctx.acts_for_partner())
        or party = 'operateur'
        and ((select ctx.acts_for_operator()) or c.region_id = any ((select ctx.acts_in())::int[])))
    and (kind <> 'withdraw'
      or disagreement_id in (select d.id from disagreements d where d.party = disagreement_steps.party)));
create policy owner on disagreement_steps to cc_owner using (true) with check (true);
create trigger written_now before insert on disagreement_steps
  for each row execute function ctx.written_now('recorded_at');
