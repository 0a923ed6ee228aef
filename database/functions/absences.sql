-- Who is away (CAM-13).

-- Absences are forgotten a year after their last day, or after they were withdrawn.
create or replace function ctx.purge_absences() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  delete from public.absences a where least(a.ends_on, ctx.paris_day(a.withdrawn_at)) < ctx.paris_day(ctx.clock()) - interval '1 year';
  get diagnostics purged = row_count;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_absences()', 'cc_worker');
