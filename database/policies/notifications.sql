-- The worker reads the mails that wait and no other: a one-time link that has left is nobody's to read. What became of a mail, and the
-- erasing thirty days after, go through functions, since they write of rows that it may no longer see.

-- worker_heartbeats
grant select on worker_heartbeats to cc_web;
grant select, insert, update, delete on worker_heartbeats to cc_worker;

-- mails
alter table mails enable row level security, force row level security;
grant insert on mails to cc_web;
grant select, insert, update (attempts, last_error) on mails to cc_worker;
grant select, insert, update (to_address, subject, body, attempts, last_error, sent_at, failed_at, kept_at, purged_at) on mails
  to cc_definer;
create policy owner on mails to cc_owner using (true) with check (true);
-- The application writes in the name of who acts, and reads none back.
create policy queue on mails for insert to cc_web
  with check ((select ctx.known()) and queued_by = (select ctx.account())
    and num_nonnulls(sent_at, failed_at, kept_at, purged_at, last_error) = 0 and attempts = 0);
create policy waiting on mails for select to cc_worker using (sent_at is null and failed_at is null and kept_at is null);
create policy note on mails for update to cc_worker
  using (sent_at is null and failed_at is null and kept_at is null)
  with check (true);
create policy queue_by_job on mails for insert to cc_worker
  with check (num_nonnulls(sent_at, failed_at, kept_at, purged_at, last_error) = 0 and attempts = 0);
create trigger queue_job after insert on mails for each row execute function ctx.queue_mail_job();
