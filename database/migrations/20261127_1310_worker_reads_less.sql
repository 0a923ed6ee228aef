/*
 * The worker reads the mails that wait and no other: a one-time link that has left is nobody's to read. What became of a mail, and the erasing thirty days
 * after, go through functions, since they write of rows that it may no longer see.
 */
drop policy send on mails;
create policy waiting on mails for select to cc_worker using (sent_at is null and failed_at is null and kept_at is null);
create policy note on mails for update to cc_worker using (sent_at is null and failed_at is null and kept_at is null) with check (true);
create policy queue_by_job on mails for insert to cc_worker with check (num_nonnulls(sent_at, failed_at, kept_at, purged_at, last_error) = 0 and attempts = 0);
revoke update on mails from cc_worker;
grant update (attempts, last_error) on mails to cc_worker;
grant update (sent_at, failed_at, kept_at, purged_at, to_address, subject, body, attempts, last_error) on mails to cc_definer;

-- What became of a mail that waits: sent, given up, or kept in a file.
create function ctx.settle_mail(of_mail uuid, outcome text, error text) returns int language plpgsql security definer set search_path = '' as $$
declare settled int;
begin
  if outcome not in ('sent_at', 'failed_at', 'kept_at') then raise exception 'not an outcome: %', outcome using errcode = '22023'; end if;
  update public.mails set attempts = attempts + 1, last_error = error, sent_at = case when outcome = 'sent_at' then now() end, failed_at = case when outcome = 'failed_at' then now() end,
    kept_at = case when outcome = 'kept_at' then now() end
    where id = of_mail and sent_at is null and failed_at is null and kept_at is null;
  get diagnostics settled = row_count;
  return settled;
end $$;
-- Thirty days after it left, nothing stays but that it did.
create function ctx.purge_mails() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  update public.mails set subject = '', body = '', to_address = null, purged_at = now() where purged_at is null and coalesce(sent_at, failed_at, kept_at) < now() - interval '30 days';
  get diagnostics purged = row_count;
  return purged;
end $$;

/* A mail that left has no address to tell either. */
create or replace function mail_address(mail uuid) returns text language sql stable security definer set search_path = '' as $$
  select coalesce(m.to_address, (select c.email from public.account_contacts c where c.account_id = m.to_account_id)) from public.mails m
  where m.id = mail and m.sent_at is null and m.failed_at is null and m.kept_at is null
$$;

/*
 * Closes the seal opened in this transaction. What it is given stays for good, so its form is checked: the peaks are as many as the size says, the note names
 * that size and the root of those peaks, and its origin is that of the checkpoint before. Rubbish kept once would stop the sealing for ever.
 */
create or replace function ctx.trail_close(new_size bigint, new_peaks bytea, new_note text, all_taken boolean, levels int[], indexes bigint[], hashes bytea[])
returns void language plpgsql security definer set search_path = '' as $$
declare
  peaks int := length(new_peaks) / 32;
  root bytea := substr(new_peaks, length(new_peaks) - 31);
  said text[] := regexp_match(new_note, '^([^\n]+)\n([1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n(?:previous (0|[1-9][0-9]{0,14}) at \d{4}-\d\d-\d\dT[\d:.]{12}Z (?:settled|pending)\n)?\n(?:— \S+ [A-Za-z0-9+/]+=*\n)+$');
  last_origin text := (select split_part(c.note, E'\n', 1) from public.trail_checkpoints c order by c.size desc limit 1);
begin
  if not pg_try_advisory_xact_lock(33005) then raise exception 'another sequencer is at work'; end if;
  if new_size is distinct from (select max(position) + 1 from public.trail_leaves) then raise exception 'the tree is not over all the positions'; end if;
  if length(new_peaks) <> 32 * bit_count(new_size::bit(64)) then raise exception 'the tree has not the peaks of its size' using errcode = '22023'; end if;
  if said is null or said[2]::bigint <> new_size then raise exception 'not a checkpoint of this size' using errcode = '22023'; end if;
  if said[4]::bigint >= new_size then raise exception 'a checkpoint after the one it names' using errcode = '22023'; end if;
  if said[1] <> last_origin then raise exception 'a checkpoint of another origin' using errcode = '22023'; end if;
  for i in reverse peaks - 1 .. 1 loop root := sha256('\x01'::bytea || substr(new_peaks, 32 * (i - 1) + 1, 32) || root); end loop;
  if encode(root, 'base64') <> said[3] then raise exception 'a checkpoint of another tree' using errcode = '22023'; end if;
  if exists (select from unnest(hashes) h where length(h) <> 32 or h is null) then raise exception 'a subtree is 32 bytes' using errcode = '22023'; end if;
  insert into public.trail_nodes select * from unnest(levels, indexes, hashes);
  insert into public.trail_checkpoints (size, note, caught_up) values (new_size, new_note, all_taken);
  update public.trail_head set size = new_size, peaks = new_peaks;
end $$;

do $$ declare f text; begin
  foreach f in array array['ctx.settle_mail(uuid, text, text)', 'ctx.purge_mails()'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function ctx.settle_mail(uuid, text, text), ctx.purge_mails() to cc_worker;
