-- Who is away (CAM-13).

-- Absences are forgotten a year after their last day, or after they were withdrawn.
create or replace function ctx.purge_absences() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  with gone as (
    delete from public.absences a where least(a.ends_on, ctx.paris_day(a.withdrawn_at)) < ctx.paris_day(ctx.clock()) - interval 'P1Y'
    returning a.organisation_id)
  select ctx.note_purge('absences', 'absences', 'P1Y', array_agg(g.organisation_id)) into purged from gone g;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_absences()', 'cc_worker');
