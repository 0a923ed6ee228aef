-- What an entry of the trail said in detail is personal, and goes after its retention (PRI-4). The entry and its leaf stay: they hold the digest of what was said, and verify without it.

/*
 * Erases at most so many, the oldest first, and writes in the trail how many, in the same statement: what was purged is always told, and a crash between two loses nothing.
 * Two at once erase different ones. Its own reports hold nothing personal and stay. Answers how many.
 */
create function ctx.purge_trail_details(of_entry uuid, months int, at_most int) returns int language plpgsql security definer set search_path = '' as $$
declare before timestamptz; purged int; salt bytea := extensions.gen_random_bytes(16); said jsonb;
begin
  if months not between 6 and 120 or at_most not between 1 and 100000 then raise exception 'a retention is of 6 to 120 months' using errcode = '22023'; end if;
  before := ctx.clock() - make_interval(months => months);
  with over as materialized (
      select d.entry_id from public.audit_entries e join public.audit_details d on d.entry_id = e.id where e.at < before and e.action <> 'trail.details-purged' order by e.at, e.id limit at_most for update of d skip locked)
  delete from public.audit_details d using over where d.entry_id = over.entry_id;
  get diagnostics purged = row_count;
  if purged > 0 then
    said := jsonb_build_object('count', purged, 'saidBefore', before, 'months', months);
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, detail_digest)
      values (of_entry, ctx.clock(), null, null, 'trail.details-purged', 'trail', 'details', public.audit_detail_digest(salt, said));
    insert into public.audit_details (entry_id, salt, detail) values (of_entry, salt, said);
  end if;
  return purged;
end $$;
grant update (salt) on audit_details to cc_definer; -- for the row lock alone: nothing writes it
alter function ctx.purge_trail_details(uuid, int, int) owner to cc_definer;
revoke all on function ctx.purge_trail_details(uuid, int, int) from public;
grant execute on function ctx.purge_trail_details(uuid, int, int) to cc_worker;
