-- Requests of rights (PRI-2).

-- A request and its steps are deleted five years after the answer: the delay of article 2224 of the Code civil, our choice.
create or replace function ctx.purge_rights_requests() returns int
language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  delete from public.rights_requests r where r.id in (select s.request_id from public.rights_request_steps s
    where s.kind = 'answer' and s.happened_on < ctx.paris_day(ctx.clock()) - interval '5 years');
  get diagnostics purged = row_count;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_rights_requests()', 'cc_worker');
