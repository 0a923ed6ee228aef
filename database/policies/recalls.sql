-- campaign_recalls
alter table campaign_recalls enable row level security, force row level security;
grant select, insert, update (owner_days, lead_days, pilot_days, version) on campaign_recalls to cc_web;
grant select on campaign_recalls to cc_definer;
create policy owner on campaign_recalls to cc_owner using (true) with check (true);
create policy read on campaign_recalls for select to cc_web using (campaign_id in (select ctx.visible_campaigns()));
create policy pilot_sets on campaign_recalls for insert to cc_web
  with check (campaign_id in (select ctx.piloted_campaigns()));
create policy pilot_changes on campaign_recalls for update to cc_web
  using (campaign_id in (select ctx.piloted_campaigns()));

-- target_recalls
alter table target_recalls enable row level security, force row level security;
grant select, insert, delete, update (campaign_id) on target_recalls to cc_definer; -- a purge locks what is due
create policy owner on target_recalls to cc_owner using (true) with check (true);

-- need_recalls
alter table need_recalls enable row level security, force row level security;
grant select, insert, delete, update (need_id) on need_recalls to cc_definer; -- a purge locks what is due
create policy owner on need_recalls to cc_owner using (true) with check (true);
