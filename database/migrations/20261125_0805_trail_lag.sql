-- After a restore into another server, entries of the former one bear numbers not reached yet: they are sealed, or taken at the next seal, and the lag need not read them all.
create or replace function ctx.trail_lag() returns double precision language sql stable security definer set search_path = '' as $$
  select coalesce(greatest(0, extract(epoch from clock_timestamp() - (
    select e.at from public.audit_entries e, public.trail_head h
      where (e.xid, e.id) > (h.cursor_xid, h.cursor_id) and e.xid < pg_snapshot_xmax(pg_current_snapshot()) and not exists (select from public.trail_leaves l where l.entry_id = e.id)
      order by e.xid, e.id limit 1))), 0)
$$;
