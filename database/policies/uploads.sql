-- uploads: each sends, reads and drops their own; nobody reads another's before an act keeps it.
alter table uploads enable row level security, force row level security;
grant select, insert, delete, update (checked_at, media_type, sha256, scanned) on uploads to cc_web;
grant select, delete, update (id) on uploads to cc_definer; -- a purge locks what is due
create policy owner on uploads to cc_owner using (true) with check (true);
-- The SQL twin of mayReadUpload.
create policy read on uploads for select to cc_web using ((select ctx.ok()) and by_id = (select ctx.account()));
-- The SQL twin of maySend.
create policy begin on uploads for insert to cc_web
  with check ((select ctx.ok()) and by_id = (select ctx.account()) and (select ctx.sends_files())
    and checked_at is null);
-- Checked once.
create policy check_once on uploads for update to cc_web
  using ((select ctx.ok()) and by_id = (select ctx.account()) and checked_at is null)
  with check ((select ctx.ok()) and by_id = (select ctx.account()));
create policy drop_own on uploads for delete to cc_web using ((select ctx.ok()) and by_id = (select ctx.account()));

-- upload_pieces: added once, never changed, and no more once the file is checked.
alter table upload_pieces enable row level security, force row level security;
grant select, insert on upload_pieces to cc_web;
create policy owner on upload_pieces to cc_owner using (true) with check (true);
create policy read on upload_pieces for select to cc_web
  using ((select ctx.ok()) and upload_id in (select u.id from uploads u where u.by_id = (select ctx.account())));
create policy send on upload_pieces for insert to cc_web
  with check ((select ctx.ok()) and upload_id in (select u.id from uploads u where u.by_id = (select ctx.account())
    and u.checked_at is null));
