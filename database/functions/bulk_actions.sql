-- Bulk work on next actions: moved to another day, or handed to a colleague (CAM-9; docs/campaigns.md).

-- All that a next action is, to tell whether someone changed it since. Its version alone says nothing: what someone
-- moved and moved back is as it was.
create or replace function action_facts(n next_actions)
returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object('dueOn', n.due_on, 'dueAt', to_char(n.due_at, 'HH24:MI'), 'ownerId', n.owner_id, 'kind',
    n.kind, 'siret', n.siret,
    'doneAt', n.done_at, 'cancelledAt', n.cancelled_at)
$$;
revoke all on function action_facts(next_actions) from public;
grant execute on function action_facts(next_actions) to cc_web, cc_definer;

-- What the trail keeps of each next action of a part: the same entry as the act on one. `said`: what changed of it.
create or replace function ctx.note_bulk_actions(work public.bulk_works, action text, said text[],
  actions uuid[], at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
begin
  with entry as materialized (
    select gen_random_uuid() as id, extensions.gen_random_bytes(16) as salt, l.next_action_id::text as subject,
      jsonb_build_object('work', work.id, 'siret', l.siret,
        'before', (select jsonb_object_agg(k, f.was -> k) from unnest(note_bulk_actions.said) k),
        'after', (select jsonb_object_agg(k, f.is -> k) from unnest(note_bulk_actions.said) k)) as told
    from public.bulk_work_lines l
    cross join lateral (select case when work.state = 'undoing' then l.after else l.before end as was,
      case when work.state = 'undoing' then l.before else l.after end as is) f
    where l.work_id = work.id and l.next_action_id = any (actions)),
  written as (
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      request_id, detail_digest)
      select e.id, note_bulk_actions.at, work.by_id, ctx.organisation(), note_bulk_actions.action, 'next-action',
        e.subject, work.origin, work.request_id, public.audit_detail_digest(e.salt, e.told)
      from entry e)
  insert into public.audit_details (entry_id, salt, detail) select e.id, e.salt, e.told from entry e;
end $$;
select pg_temp.as_definer('ctx.note_bulk_actions(public.bulk_works, text, text[], uuid[], timestamptz)');

/*
 * Where a colleague of the viewer records; no row for who is no active colleague. One answer for many actions:
 * colleagues_at is asked of one place at a time. Scopes itself to the viewer's structure.
 */
create or replace function ctx.reach_of(colleague uuid, on_day date)
returns table (conseiller int[], fiche int[]) language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(g.territory_id) filter (where g.tool = 'campagnes' and ctx.rank(g.profile) >= 2), '{}'),
    coalesce(array_agg(g.territory_id) filter (where g.tool = 'fiche-etablissement'), '{}')
  from public.accounts a cross join lateral ctx.effective_grants(a.id, on_day) g
  where a.id = colleague and (select ctx.ok()) and a.organisation_id = (select ctx.organisation())
    and a.status = 'active' group by a.id
$$;
select pg_temp.as_definer('ctx.reach_of(uuid, date)', 'cc_web');

-- Which of these actions, handed over by a work of the viewer, they may take back: where they record. The SQL twin of
-- mayTakeBack.
create or replace function ctx.actions_to_take_back(ids uuid[])
returns setof uuid language sql stable security definer set search_path = '' as $$
  select n.id from public.next_actions n where n.id = any (ids) and (select ctx.ok())
    and n.organisation_id = (select ctx.organisation())
    and ctx.covers((select ctx.conseiller()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
    and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
$$;
select pg_temp.as_definer('ctx.actions_to_take_back(uuid[])', 'cc_web');

-- Which lines of a part go to a colleague who does not record there, or is gone: the recipient or, undone, whose it
-- was.
create or replace function ctx.handed_elsewhere(w public.bulk_works, actions uuid[], at timestamptz) returns setof uuid
language sql stable security definer set search_path = '' as $$
  with line as materialized (select l.next_action_id, case when w.state = 'undoing' then (l.before ->> 'ownerId')::uuid
    else w.handed_to end as receiver
    from public.bulk_work_lines l where l.work_id = w.id and l.next_action_id = any (actions)),
  reach as materialized (select p.receiver, r.conseiller, r.fiche from (select distinct receiver from line) p
    cross join lateral ctx.reach_of(p.receiver, ctx.paris_day(at)) r)
  select l.next_action_id from line l join public.next_actions n on n.id = l.next_action_id and n.id = any (actions)
    left join reach r on r.receiver = l.receiver
  where not (coalesce(ctx.covers(r.conseiller, n.region_id, n.departement_id, n.epci_id, n.clpe_id), false)
    and coalesce(ctx.covers(r.fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id), false))
$$;
select pg_temp.as_definer('ctx.handed_elsewhere(public.bulk_works, uuid[], timestamptz)');

/*
 * One part of a work on next actions: moved to the day worked out when they were counted, or handed to a colleague who
 * records there, by who may do it of one (ctx.finishable_actions). What was handed over is no longer theirs: undoing it
 * asks that they record there, and that nobody changed it. As ctx.do_bulk_part, which calls it with the work locked.
 */
create or replace function ctx.do_actions_part(w public.bulk_works, size int, at timestamptz)
returns text language plpgsql security definer set search_path = '' as $$
declare
  undo boolean := w.state = 'undoing';
  hands boolean := w.act = 'hand-actions';
  now_at text := case when undo then 'done' else 'to-do' end;
  left_as text := case when undo then 'kept' else 'left' end;
  chosen uuid[]; may uuid[]; ready uuid[];
begin
  if coalesce(cardinality(ctx.conseiller()), 0) = 0 then return 'access/no-grant'; end if;
  chosen := array(select l.next_action_id from public.bulk_work_lines l where l.work_id = w.id
    and l.state = now_at order by l.next_action_id limit size);
  if not hands and not undo then -- the budgets, then the actions, as planNextActionAgain
    perform ctx.hold_solicitations(array(select l.siret from public.bulk_work_lines l where l.work_id = w.id
      and l.next_action_id = any (chosen)));
  end if;
  perform from public.next_actions n where n.id = any (chosen) order by n.id for update;
  update public.bulk_work_lines l set state = left_as, because = 'changed' where l.work_id = w.id
    and l.next_action_id = any (chosen)
    and not exists (select from public.next_actions n where n.id = l.next_action_id
      and public.action_facts(n) = case when undo then l.after else l.before end);
  may := case when hands and undo then array(select ctx.actions_to_take_back(chosen))
    else array(select ctx.finishable_actions(chosen)) end;
  update public.bulk_work_lines l set state = left_as, because = 'refused'
    where l.work_id = w.id and l.next_action_id = any (chosen) and l.state = now_at and l.next_action_id <> all (may);
  if hands then
    update public.bulk_work_lines l set state = left_as, because = 'elsewhere'
      where l.work_id = w.id and l.next_action_id = any (chosen) and l.state = now_at
        and l.next_action_id in (select ctx.handed_elsewhere(w, chosen, at));
  end if;
  if not hands and not undo then perform ctx.weigh_part(w, '{}', chosen, at); end if;
  ready := array(select l.next_action_id from public.bulk_work_lines l where l.work_id = w.id
    and l.next_action_id = any (chosen) and l.state = now_at);
  update public.next_actions n set version = n.version + 1,
      due_on = case when hands then n.due_on when undo then (l.before ->> 'dueOn')::date else l.due_on end,
      owner_id = case when not hands then n.owner_id when undo then (l.before ->> 'ownerId')::uuid else w.handed_to end
    from public.bulk_work_lines l where l.work_id = w.id and l.next_action_id = any (ready) and n.id = l.next_action_id;
  update public.bulk_work_lines l set state = case when undo then 'undone'
    else 'done' end, after = case when undo then l.after else public.action_facts(n) end
    from public.next_actions n where l.work_id = w.id and l.next_action_id = any (ready) and n.id = l.next_action_id;
  perform ctx.note_bulk_actions(w, case when hands then 'next-action.handed-over' else 'next-action.moved' end,
    case when hands then array['ownerId'] else array['dueOn', 'dueAt'] end, ready, at);
  perform ctx.end_part(w, at);
  return '';
end $$;
select pg_temp.as_definer('ctx.do_actions_part(public.bulk_works, int, timestamptz)');
