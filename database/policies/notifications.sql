-- The worker reads the mails that wait and no other: a one-time link that has left is nobody's to read. What became of
-- a mail, and the erasing thirty days after, go through functions, since they write of rows that it may no longer see.

-- worker_heartbeats
grant select on worker_heartbeats to cc_web;
grant select, insert, update, delete on worker_heartbeats to cc_worker;

-- mails
alter table mails enable row level security, force row level security;
grant insert on mails to cc_web;
grant select, insert, update (attempts, last_error) on mails to cc_worker;
grant select, insert, delete, update (to_address, subject, body, path, attempts, last_error, sent_at, failed_at,
  kept_at, purged_at) on mails
  to cc_definer;
create policy owner on mails to cc_owner using (true) with check (true);
-- The application writes in the name of who acts, to an account or to an address that is known here, and reads none
-- back.
create policy queue on mails for insert to cc_web
  with check ((select ctx.known()) and queued_by = (select ctx.account())
    and (to_address is null or ctx.knows_address(to_address))
    and num_nonnulls(sent_at, failed_at, kept_at, purged_at, last_error) = 0 and attempts = 0);
create policy waiting on mails for select to cc_worker
  using (sent_at is null and failed_at is null and kept_at is null);
create policy note on mails for update to cc_worker
  using (sent_at is null and failed_at is null and kept_at is null)
  with check (true);
create policy queue_by_job on mails for insert to cc_worker
  with check (num_nonnulls(sent_at, failed_at, kept_at, purged_at, last_error) = 0 and attempts = 0);
create trigger queue_job after insert on mails for each row execute function ctx.queue_mail_job();

-- announcements: written in one's own name, of one's own regions by the regional direction, of any by an administrator;
-- read by none.
alter table announcements enable row level security, force row level security;
grant insert (id, kind, subject, text, path, about_kind, about_id, region_id, announced_by, announced_at)
  on announcements to cc_web;
grant select, insert, update on announcements to cc_definer;
create policy owner on announcements to cc_owner using (true) with check (true);
create policy announce on announcements for insert to cc_web
  with check ((select ctx.ok()) and announced_by = (select ctx.account())
    and ((select ctx.holds_role('administrateur')) or kind = 'contact-changed'
      and region_id = any ((select ctx.regions())::int[])));
create trigger written_now before insert on announcements for each row execute function ctx.written_now('announced_at');

-- notifications: the SQL twins of mayReadNotification. One's own, read and marked as read; written by a mail alone
-- (ctx.queue_mail_job).
alter table notifications enable row level security, force row level security;
grant select (id, account_id, kind, subject, text, path, about_kind, about_id, delivery, at, read_at), update (read_at)
  on notifications to cc_web;
grant select, insert, update, delete on notifications to cc_definer;
create policy owner on notifications to cc_owner using (true) with check (true);
create policy own on notifications for select to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy mark on notifications for update to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));

-- notification_choices: the SQL twins of mayChoose. One's own, of the kinds that may be told otherwise.
alter table notification_choices enable row level security, force row level security;
grant select, insert, update (delivery, chosen_at) on notification_choices to cc_web;
grant select, insert, update, delete on notification_choices to cc_definer;
create policy owner on notification_choices to cc_owner using (true) with check (true);
create policy own on notification_choices for select to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));
create policy choose on notification_choices for insert to cc_web
  with check ((select ctx.ok()) and account_id = (select ctx.account())
    and jsonb_exists((select ctx.usual_deliveries()), kind));
create policy change on notification_choices for update to cc_web
  using ((select ctx.ok()) and account_id = (select ctx.account()));
