-- Requests of rights (PRI-2).

-- What the web notes comes in turn: the twin of refusedStep in rights-request-rules.ts, but for the days of today and of the month.
-- The lock is that of the actions: of two statements at once, the second reads what the first one wrote.
create or replace function ctx.rights_step_in_turn() returns trigger language plpgsql as $$
declare
  answered boolean;
  granted boolean;
begin
  if current_user <> 'cc_web' then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('rights request ' || new.request_id, 0));
  select count(*) > 0,
      coalesce(bool_or(s.outcome <> 'refused' and r.kind in ('rectification', 'erasure', 'restriction', 'objection')), false)
    into answered, granted
    from public.rights_request_steps s join public.rights_requests r on r.id = s.request_id
    where s.request_id = new.request_id and s.kind = 'answer';
  if new.kind = 'recipients' and not granted or new.kind <> 'recipients' and answered then
    raise exception 'nothing follows the answer but the recipients of a grant' using errcode = 'insufficient_privilege';
  end if;
  if new.kind = 'answer' and new.outcome <> 'refused'
    and not exists (select from public.rights_request_steps s where s.request_id = new.request_id
      and s.kind = 'identity'
      and s.happened_on <= new.happened_on) then
    raise exception 'nothing is granted before the identity is checked' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- A request that is answered is handed to nobody.
create or replace function ctx.rights_handover_in_turn() returns trigger language plpgsql as $$
begin
  if current_user <> 'cc_web' then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('rights request ' || new.request_id, 0));
  if exists (select from public.rights_request_steps s where s.request_id = new.request_id and s.kind = 'answer') then
    raise exception 'a request that is answered is handed to nobody' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- A request and its steps are deleted five years after the answer: the delay of article 2224 of the Code civil, our choice.
create or replace function ctx.purge_rights_requests() returns int
language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  with gone as (
    delete from public.rights_requests r where r.id in (select s.request_id from public.rights_request_steps s
    where s.kind = 'answer' and s.happened_on < ctx.paris_day(ctx.clock()) - interval 'P5Y')
    returning r.organisation_id)
  select ctx.note_purge('rights-requests', 'rights_requests', 'P5Y', array_agg(g.organisation_id)) into purged from gone g;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_rights_requests()', 'cc_worker');
