-- bulk_works: each reads their own; nobody but the functions of bulk_works.sql moves one on.
alter table bulk_works enable row level security, force row level security;
grant select, delete on bulk_works to cc_web;
grant insert (id, campaign_id, by_id, act, reason, moved_to, moved_by, result, handed_to, sharing_id, counted_at)
  on bulk_works to cc_web;
grant select, update, delete on bulk_works to cc_definer;
create policy owner on bulk_works to cc_owner using (true) with check (true);
-- The SQL twin of mayReadWork.
create policy read on bulk_works for select to cc_web using ((select ctx.ok()) and by_id = (select ctx.account()));
-- The SQL twin of mayCount, mayCountReleases, mayCountActions and, for a lead, of maySettle: a default leaves it
-- counted, and no column of what follows is the application's.
create policy count on bulk_works for insert to cc_web
  with check ((select ctx.ok()) and by_id = (select ctx.account()) and (campaign_id in (select ctx.piloted_campaigns())
    or sharing_id in (select s.id from target_sharings s where s.within_organisation = (select ctx.organisation())
      and s.campaign_id in (select ctx.led_campaigns()))
    or act = 'release' and campaign_id in (select ctx.visible_campaigns())
    and cardinality((select ctx.conseiller())::int[]) > 0
    or campaign_id is null and cardinality((select ctx.conseiller())::int[]) > 0));
-- What was counted and never asked.
create policy forget on bulk_works for delete to cc_web
  using ((select ctx.ok()) and by_id = (select ctx.account()) and state = 'counted');

-- bulk_work_lines
alter table bulk_work_lines enable row level security, force row level security;
grant select, insert on bulk_work_lines to cc_web;
grant select, update, delete on bulk_work_lines to cc_definer;
create policy owner on bulk_work_lines to cc_owner using (true) with check (true);
create policy read on bulk_work_lines for select to cc_web
  using ((select ctx.ok()) and work_id in (select w.id from bulk_works w where w.by_id = (select ctx.account())));
create policy count on bulk_work_lines for insert to cc_web
  with check ((select ctx.ok()) and state in ('to-do', 'left')
    and work_id in (select w.id from bulk_works w where w.by_id = (select ctx.account()) and w.state = 'counted'));
