-- Who is away (CAM-13).

-- Absences are forgotten a year after their last day, or after they were withdrawn.
create or replace function ctx.purge_absences() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select a.ctid as place, a.organisation_id as structure,
      ctx.is_held('absences', a.account_id, a.organisation_id) as held
    from public.absences a
    where least(a.ends_on, ctx.paris_day(a.withdrawn_at)) < ctx.paris_day(ctx.clock()) - interval 'P1Y'
    for update of a),
  gone as (
    delete from public.absences a using due where a.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('absences', 'absences', 'P1Y',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_absences()', 'cc_worker');
