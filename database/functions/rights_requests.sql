-- Requests of rights (PRI-2).

-- What the web notes comes in turn: the twin of refusedStep in rights-request-rules.ts, which alone judges the days.
-- The lock is that of the actions: of two statements at once, the second reads what the first one wrote.
create or replace function ctx.rights_step_in_turn() returns trigger language plpgsql as $$
declare
  answered boolean;
  granted boolean;
begin
  if current_user <> 'cc_web' then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('rights request ' || new.request_id, 0));
  select count(*) > 0,
      coalesce(bool_or(s.outcome <> 'refused'
        and r.kind in ('rectification', 'erasure', 'restriction', 'objection')), false)
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

-- A request and its steps are deleted five years after the answer: the delay of article 2224 of the Code civil, our
-- choice.
create or replace function ctx.purge_rights_requests() returns int
language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select r.ctid as place, r.organisation_id as structure,
      ctx.is_held('rights-requests', null, r.organisation_id) as held
    from public.rights_requests r
    where r.id in (select s.request_id from public.rights_request_steps s
      where s.kind = 'answer' and s.happened_on < ctx.paris_day(ctx.clock()) - interval 'P5Y')
    for update of r),
  gone as (
    delete from public.rights_requests r using due where r.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('rights-requests', 'rights_requests', 'P5Y',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_rights_requests()', 'cc_worker');

/*
 * Corrects what was entered of a request, by an officer of the structure that received and holds it, until the answer.
 * What it replaces is kept; the person stays once their identity is checked. Of two at once, the second finds it
 * changed.
 * Answers '' or why not.
 */
create or replace function correct_rights_request(of_request uuid, seen int, of_kind text,
  of_whose text, of_person text,
  of_channel text, of_day date, said text)
returns text language plpgsql security definer set search_path = '' as $$
declare r public.rights_requests; at timestamptz := ctx.clock();
begin
  perform pg_advisory_xact_lock(hashtextextended('rights request ' || of_request, 0));
  select q.* into r from public.rights_requests q where q.id = of_request;
  if not ctx.ok() or not ctx.holds_role('dpd') or r.organisation_id is distinct from ctx.organisation() then
    return 'rights-request/dpd-only';
  end if;
  if exists (select from public.rights_request_handovers h where h.request_id = of_request) then
    return 'rights-request/handed';
  end if;
  if exists (select from public.rights_request_steps s where s.request_id = of_request and s.kind = 'answer') then
    return 'rights-request/answered';
  end if;
  if r.version <> seen then return 'request/changed-meanwhile'; end if;
  if (r.kind, r.whose, r.person, r.channel, r.received_on) = (of_kind, of_whose, of_person, of_channel, of_day) then
    return 'rights-request/unchanged';
  end if;
  if r.person <> of_person and exists (select from public.rights_request_steps s where s.request_id = of_request
    and s.kind = 'identity') then
    return 'rights-request/identity-checked';
  end if;
  if of_day > ctx.paris_day(at) then return 'rights-request/day-in-future'; end if;
  if exists (select from public.rights_request_steps s where s.request_id = of_request and s.happened_on < of_day) then
    return 'rights-request/step-before';
  end if;
  insert into public.rights_request_corrections (request_id, version, kind, whose, person, channel, received_on, reason,
    recorded_by, recorded_at)
    values (of_request, seen, r.kind, r.whose, r.person, r.channel, r.received_on, said, ctx.account(), at);
  update public.rights_requests q
    set kind = of_kind, whose = of_whose, person = of_person, channel = of_channel, received_on = of_day,
      version = seen + 1
    where q.id = of_request;
  return '';
end $$;
select pg_temp.as_definer('correct_rights_request(uuid, int, text, text, text, text, date, text)', 'cc_web');

/*
 * Ends a hand-over: taken back by an officer of the structure that handed it, while the other one noted nothing of
 * it, or given back by an officer of the one that received it, until the answer. To whom it was handed, and why it
 * ends, is kept. Answers '' or why not.
 */
create or replace function end_rights_handover(of_request uuid, back boolean, said text)
returns text language plpgsql security definer set search_path = '' as $$
declare h public.rights_request_handovers; at timestamptz := ctx.clock();
begin
  perform pg_advisory_xact_lock(hashtextextended('rights request ' || of_request, 0));
  select o.* into h from public.rights_request_handovers o where o.request_id = of_request;
  if not ctx.ok() or not ctx.holds_role('dpd')
    or (case when back then h.to_organisation_id else h.from_organisation_id end)
      is distinct from ctx.organisation() then
    return case when back then 'rights-request/receiver-only' else 'rights-request/giver-only' end;
  end if;
  if exists (select from public.rights_request_steps s where s.request_id = of_request
    and case when back then s.kind = 'answer' else s.recorded_at > h.recorded_at end) then
    return case when back then 'rights-request/answered' else 'rights-request/taken' end;
  end if;
  insert into public.rights_request_withdrawals (request_id, to_organisation_id, handed_by, handed_at, given_back,
    reason, recorded_by, recorded_at)
    values (of_request, h.to_organisation_id, h.recorded_by, h.recorded_at, back, said, ctx.account(), at);
  delete from public.rights_request_handovers o where o.request_id = of_request;
  return '';
end $$;
select pg_temp.as_definer('end_rights_handover(uuid, boolean, text)', 'cc_web');
