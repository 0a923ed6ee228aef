-- saved_views
alter table saved_views enable row level security, force row level security;
grant select, insert, delete, update (name, address, shared_with, version) on saved_views to cc_web;
grant select, delete on saved_views to cc_definer;
grant select (id, list, campaign_id, name, address, version) on saved_views to cc_worker;
create policy owner on saved_views to cc_owner using (true) with check (true);
-- The SQL twin of mayReadView: one's own, those of one's structure, those of a campaign that one sees.
create policy read on saved_views for select to cc_web, cc_worker
  using ((select ctx.ok()) and (owner_id = (select ctx.account())
    or (shared_with = 'organisation' and organisation_id = (select ctx.organisation()))
    or (shared_with = 'campaign' and campaign_id in (select ctx.visible_campaigns()))));
create policy save on saved_views for insert to cc_web
  with check ((select ctx.ok()) and owner_id = (select ctx.account()) and organisation_id = (select ctx.organisation())
    and (campaign_id is null or campaign_id in (select ctx.visible_campaigns())));
-- The SQL twin of mayChangeView. Whose a view is never changes: no column of it is granted.
create policy change on saved_views for update to cc_web
  using ((select ctx.ok()) and owner_id = (select ctx.account()));
-- The SQL twin of mayRemoveView: a lead removes what a colleague left to the structure.
create policy remove on saved_views for delete to cc_web
  using ((select ctx.ok()) and (owner_id = (select ctx.account())
    or (shared_with <> 'nobody' and organisation_id = (select ctx.organisation())
      and (select ctx.leads_colleagues()))));

-- view_pins
alter table view_pins enable row level security, force row level security;
grant select, insert, delete on view_pins to cc_web;
grant select, delete on view_pins to cc_definer;
create policy owner on view_pins to cc_owner using (true) with check (true);
create policy own on view_pins for select to cc_web using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy pin on view_pins for insert to cc_web
  with check ((select ctx.ok()) and account_id = (select ctx.account()) and view_id in (select id from saved_views));
create policy unpin on view_pins for delete to cc_web using ((select ctx.ok()) and account_id = (select ctx.account()));
