-- Whether the asker's structure is the operator: its advisors alone enter its services (REC-3).
create or replace function ctx.of_operator()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.organisations o where o.id = ctx.organisation()
    and o.kind = 'operateur');
end $$;
select pg_temp.as_definer('ctx.of_operator()', 'cc_web');

-- The services that count as used since a day, of those the asker may read (REC-3, CAM-2). The twin of countsSince. It
-- runs with the asker's rights.
create or replace function services_used(since date)
returns table (id uuid, siret bigint, kind text, used_on date) language sql stable parallel safe as $$
  select s.id, s.siret, s.kind, s.used_on from public.operator_services s where s.withdrawn_at is null
    and s.result <> 'annule' and s.used_on >= since
$$;
revoke all on function services_used(date) from public;
grant execute on function services_used(date) to cc_web, cc_worker;

-- The establishments that used one of these services since a day, of those the asker may read; null: any that isUse
-- counts (CAM-2, EST-2).
-- It runs with the asker's rights.
create or replace function services_users(kinds text[], since date)
returns table (siret bigint, departement_id int) language sql stable parallel safe as $$
  select s.siret, s.departement_id from public.operator_services s where s.withdrawn_at is null and s.result <> 'annule'
    and s.used_on >= since
    and (kinds is null and s.kind <> 'evenement' or s.kind = any (kinds))
$$;
revoke all on function services_users(text[], date) from public;
grant execute on function services_users(text[], date) to cc_web, cc_worker;

/* Forgets the lines set aside of files that ended thirty days ago: the operator has read them. */
create or replace function ctx.forget_service_rejects()
returns int language plpgsql security definer set search_path = '' as $$
declare forgotten int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select r.ctid as place, null::uuid as structure,
      ctx.is_held('service-rejects', null, null) as held
    from public.service_rejects r, public.service_files f
    where f.id = r.file_id and f.finished_at < ctx.clock() - interval 'P30D'
    for update of r),
  gone as (
    delete from public.service_rejects r using due where r.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('service-rejects', 'service_rejects', 'P30D',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into forgotten from due left join gone on gone.place = due.place;
  return forgotten;
end $$;
select pg_temp.as_definer('ctx.forget_service_rejects()', 'cc_worker');
