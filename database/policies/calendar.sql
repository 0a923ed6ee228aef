-- calendar_feeds
alter table calendar_feeds enable row level security, force row level security;
grant select (account_id, id, made_at, read_on), delete on calendar_feeds to cc_web;
grant select, insert, update, delete on calendar_feeds to cc_definer;
create policy owner on calendar_feeds to cc_owner using (true) with check (true);
-- The SQL twins of mayReadFeed: one's own. One is written by make_calendar_feed and by the worker alone.
create policy own on calendar_feeds for select to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy stop on calendar_feeds for delete to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));
