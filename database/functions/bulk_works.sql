-- Bulk work on the targets of a campaign: asked, done in parts under the person's own rights, undone (CAM-9;
-- docs/campaigns.md).
-- What is done of next actions stands in bulk_actions.sql.

-- All that a target is, to tell whether someone changed it since. Given the row, so that the caller's rights hold.
create or replace function target_facts(t campaign_targets)
returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object('status', t.status, 'assignedTo', t.assigned_organisation, 'takenBy', t.taken_by,
    'takenByOrganisation', t.taken_by_organisation, 'takenAt', t.taken_at, 'shared', t.shared, 'reason',
      t.set_aside_reason,
    'contacts', (select coalesce(sum(x.contacts), 0)::int from public.campaign_contacts x
      where x.campaign_id = t.campaign_id and x.siret = t.siret))
    -- Said where there is one alone, so that what was counted before this column still compares.
    || case when t.closed_result is null then '{}' else jsonb_build_object('closedResult', t.closed_result) end
$$;
revoke all on function target_facts(campaign_targets) from public;
grant execute on function target_facts(campaign_targets) to cc_web, cc_definer;

/*
 * The person asks for what was counted, or for the undoing of what was done. How they signed in and from where is read
 * from their session: the worker acts within that, and the trail says it. Done at once, no job is queued.
 */
create or replace function ask_bulk_work(work uuid, token_hash bytea, undo boolean, at_once boolean, at timestamptz,
  origin text, request text, beyond text)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then return false; end if;
  update public.bulk_works w set state = case when undo then 'undoing' else 'doing' end,
    asked_at = coalesce(w.asked_at, at), ended_at = null, part_at = at, stopped_for = null,
      way = ctx.sign_in_way(s.signed_in_by, s.second_factor, s.proof), origin = ask_bulk_work.origin,
        request_id = request,
      beyond_reason = case when undo then w.beyond_reason else beyond end
    from public.sessions s
    where w.id = work and w.by_id = ctx.account()
      and w.state = any (case when undo then array['done', 'stopped'] else array['counted'] end)
      and s.token_hash = ask_bulk_work.token_hash and s.account_id = w.by_id and s.ended_at is null;
  if not found then return false; end if;
  if not at_once and to_regclass('graphile_worker.jobs') is not null then
    perform graphile_worker.add_job('do-bulk-works', json_build_object('workId', work), job_key => 'bulk-work:'
      || work);
  end if;
  return true;
end $$;
select pg_temp.as_definer('ask_bulk_work(uuid, bytea, boolean, boolean, timestamptz, text, text, text)', 'cc_web');

/*
 * Opens, in this transaction of the worker, the rights that the person has now: those of ctx.enter for the way they had
 * signed in, and for no other account than one whose work is under way. False: nothing opens, the work is to stop.
 */
create or replace function ctx.enter_bulk_work(work uuid)
returns boolean language plpgsql security definer set search_path = '' as $$
declare w record; r secret.stored_rights;
begin
  select x.by_id, x.way, a.organisation_id into w from public.bulk_works x join public.accounts a on a.id = x.by_id
    and a.status = 'active'
    where x.id = work and x.state in ('doing', 'undoing');
  if not found then return false; end if;
  -- By the database's own clock: the process's, cut to the millisecond, is before what has just been revoked.
  r := ctx.worked_out(w.by_id, w.way, ctx.clock());
  -- As in ctx.enter: a weak sign-in that is no longer accepted opens nothing.
  if w.way = 'proconnect-weak' and r.refused <> '{}' then return false; end if;
  perform set_config('ctx.refused', r.refused::text, true);
  perform ctx.set_context('2', w.by_id, w.organisation_id, r.fiche, r.fiche_conseiller, r.campagnes, r.conseiller,
    r.pilote, r.role_names, r.regions, r.categories);
  return true;
end $$;
select pg_temp.as_definer('ctx.enter_bulk_work(uuid)', 'cc_worker');

/*
 * Which of these establishments another campaign holds in the campaign's period, or the network contacted lately
 * outside it: what campaign_conflicts answers once they are targets again.
 */
create or replace function ctx.conflicts_of(campaign uuid, sirets bigint[], on_day date)
returns table (siret bigint, kind text) language sql stable security definer set search_path = '' as $$
  select s.siret, case when h.yes then 'held' when e.yes then 'contacted' else 'beside' end
  from public.campaigns c cross join unnest(sirets) s (siret)
  cross join lateral (select exists (select from public.campaign_holds x where x.siret = s.siret
    and x.campaign_id <> c.id
    and ctx.held_over(x.period, x.campaign_id, daterange(c.starts_on, c.ends_on, '[]'), on_day)) as yes) h
  cross join lateral (select exists (select from public.exchanges x where x.siret = s.siret and x.status = 'recorded'
    and x.campaign_id is distinct from c.id and x.occurred_on > on_day - c.contact_delay_days) as yes) e
  cross join lateral (select c.conflict_scope = 'company'
    and exists (select from ctx.beside(s.siret, c.id, daterange(c.starts_on, c.ends_on, '[]'),
    on_day - c.contact_delay_days, on_day)) as yes) b
  where c.id = campaign and (h.yes or e.yes or b.yes)
$$;
select pg_temp.as_definer('ctx.conflicts_of(uuid, bigint[], date)');

-- What the trail keeps of each target of a part, in the name of who asked: the same entries as the acts on one target.
create or replace function ctx.note_bulk_part(work public.bulk_works, action text, sirets bigint[], at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
begin
  with entry as materialized (
    select gen_random_uuid() as id, extensions.gen_random_bytes(16) as salt,
      work.campaign_id || '/' || lpad(l.siret::text, 14, '0') as subject,
      jsonb_build_object('work', work.id, 'before',
        jsonb_build_object('status', f.was ->> 'status', 'takenBy', f.was ->> 'takenBy'),
        'after', jsonb_build_object('status', f.is ->> 'status', 'takenBy', f.is ->> 'takenBy'))
        || case when work.act = 'close' then jsonb_build_object('result', work.result) else '{}' end as said
    from public.bulk_work_lines l
    cross join lateral (select case when work.state = 'undoing' then l.after else l.before end as was,
      case when work.state = 'undoing' then l.before else l.after end as is) f
    where l.work_id = work.id and l.siret = any (sirets)),
  written as (
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      request_id, detail_digest)
      select e.id, note_bulk_part.at, work.by_id, ctx.organisation(), note_bulk_part.action, 'target', e.subject,
        work.origin, work.request_id, public.audit_detail_digest(e.salt, e.said)
      from entry e)
  insert into public.audit_details (entry_id, salt, detail) select e.id, e.salt, e.said from entry e;
end $$;
select pg_temp.as_definer('ctx.note_bulk_part(public.bulk_works, text, bigint[], timestamptz)');

-- These targets leave the campaign: as setAside and freeTarget, for many.
create or replace function ctx.set_many_aside(campaign uuid, sirets bigint[], reasons text[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  update public.campaign_targets t set status = 'ecarte', set_aside_reason = r.reason, shared = false, taken_by = null,
    taken_by_organisation = null, taken_at = null
    from unnest(sirets, reasons) r (siret, reason) where t.campaign_id = campaign and t.siret = r.siret;
  delete from public.campaign_holds h where h.campaign_id = campaign and h.siret = any (sirets);
end $$;
select pg_temp.as_definer('ctx.set_many_aside(uuid, bigint[], text[])');

/*
 * These are targets again: as putBack and holdTargets, for many. `were`: what each goes back to when its leaving is
 * undone, its holder too while that account works; null where its contacts say (statusBack). Answers those that another
 * campaign held first.
 */
create or replace function ctx.put_many_back(campaign uuid, sirets bigint[], were jsonb[])
returns bigint[] language plpgsql security definer set search_path = '' as $$
declare kept bigint[];
begin
  delete from public.campaign_decisions d where d.campaign_id = campaign and d.siret = any (sirets);
  with held as (
    insert into public.campaign_holds (campaign_id, siret, period)
      select c.id, s.siret, daterange(c.starts_on, c.ends_on, '[]') from public.campaigns c
      cross join unnest(sirets) s (siret) where c.id = campaign order by s.siret
      on conflict do nothing returning siret)
  select array_agg(h.siret) into kept from held h;
  update public.campaign_targets t set set_aside_reason = null, shared = false,
      status = coalesce(r.was ->> 'status', case when k.siret is null then 'a-contacter' when k.need then 'besoin'
        when k.meeting then 'rendez-vous' else 'en-cours' end),
      closed_result = r.was ->> 'closedResult',
      taken_by = a.id,
        taken_by_organisation = case when a.id is not null then (r.was ->> 'takenByOrganisation')::uuid end,
      taken_at = case when a.id is not null then (r.was ->> 'takenAt')::timestamptz end
    from unnest(sirets, were) r (siret, was) left join ctx.contacted_targets(campaign, sirets) k on k.siret = r.siret
    left join public.accounts a on a.id = (r.was ->> 'takenBy')::uuid
      and a.organisation_id = (r.was ->> 'takenByOrganisation')::uuid and a.status = 'active'
    where t.campaign_id = campaign and t.siret = r.siret and t.siret = any (kept);
  return array(select s from unnest(sirets) s except select unnest(kept));
end $$;
select pg_temp.as_definer('ctx.put_many_back(uuid, bigint[], jsonb[])');

/*
 * Why these targets of a campaign are not given back by the viewer, or not given again to who had them: `holders`, of
 * these structures.
 * One gives back one's own; who leads, those of colleagues; a pilot, those of anybody; but one's own, with a reason
 * (whyNotGivenBack).
 */
create or replace function targets_not_given_back(campaign uuid, reason text, sirets bigint[], holders uuid[],
  structures uuid[])
returns table (siret bigint, because text) language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := ctx.account(); own uuid := ctx.organisation();
  seen boolean := ctx.ok() and campaign in (select ctx.visible_campaigns());
  piloted boolean := campaign in (select ctx.piloted_campaigns());
begin
  return query select t.siret, k.because from unnest(sirets, holders, structures) h (siret, holder, structure)
    join public.campaign_targets t on t.campaign_id = targets_not_given_back.campaign and t.siret = h.siret
    cross join lateral (select case when h.holder is null then 'already'
      when not piloted and (not seen
        or ctx.covers((select ctx.conseiller()), t.region_id, t.departement_id, t.epci_id, t.clpe_id) is not true
        or h.holder <> me and (h.structure <> own or ctx.covers((select ctx.responsable()), t.region_id,
          t.departement_id, t.epci_id, t.clpe_id) is not true)) then 'refused'
      when h.holder <> me and targets_not_given_back.reason is null then 'reason-needed' end as because) k
    where k.because is not null;
end $$;
select pg_temp.as_definer('targets_not_given_back(uuid, text, bigint[], uuid[], uuid[])', 'cc_web');

/*
 * These are nobody's, as releaseTarget and noteRelease; or go again to who had them. The history of each says it, and
 * why.
 * The targets are locked.
 */
create or replace function ctx.release_many(w public.bulk_works, sirets bigint[], at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
declare back boolean := w.state = 'undoing';
begin
  insert into public.target_assignments (campaign_id, siret, at, by_id, from_organisation, from_account,
    to_organisation, to_account, status, contacts, reason)
    select w.campaign_id, t.siret, release_many.at, w.by_id, t.taken_by_organisation, t.taken_by,
      (r.was ->> 'takenByOrganisation')::uuid, (r.was ->> 'takenBy')::uuid,
      t.status, 0, case when not back and t.taken_by <> w.by_id then w.reason end
    from public.campaign_targets t join public.bulk_work_lines l on l.work_id = w.id and l.siret = t.siret
    cross join lateral (select case when back then l.before end as was) r where t.campaign_id = w.campaign_id
      and t.siret = any (sirets) order by t.siret;
  update public.campaign_targets t
    set taken_by = (r.was ->> 'takenBy')::uuid, taken_by_organisation = (r.was ->> 'takenByOrganisation')::uuid,
      taken_at = (r.was ->> 'takenAt')::timestamptz,
      status = case when back then r.was ->> 'status' when t.status = 'prise-en-charge' then 'a-contacter'
        else t.status end
    from public.bulk_work_lines l cross join lateral (select case when back then l.before end as was) r
    where l.work_id = w.id and l.siret = any (sirets) and t.campaign_id = w.campaign_id and t.siret = any (sirets)
      and t.siret = l.siret;
end $$;
select pg_temp.as_definer('ctx.release_many(public.bulk_works, bigint[], timestamptz)');

-- What a part does of its targets: the act, or what undoing it is.
create or replace function ctx.bulk_deed(act text, undo boolean)
returns text language sql immutable set search_path = '' as $$
  select case act when 'close' then case when undo then 'reopen' else 'close' end
    when 'release' then case when undo then 'retake' else 'release' end
    when 'share' then case when undo then 'give-back' else 'share' end
    when 'set-aside' then case when undo then 'put-back' else 'set-aside' end
    else case when undo then 'set-aside' else 'put-back' end end
$$;
revoke all on function ctx.bulk_deed(text, boolean) from public;
grant execute on function ctx.bulk_deed(text, boolean) to cc_definer;

-- Whether a part was the last one: the work is then over.
create or replace function ctx.end_part(w public.bulk_works, at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
declare over boolean := not exists (select from public.bulk_work_lines l where l.work_id = w.id
  and l.state = case when w.state = 'undoing' then 'done' else 'to-do' end);
begin
  update public.bulk_works x set part_at = at, ended_at = case when over then at end,
      state = case when not over then x.state when w.state = 'undoing' then 'undone' else 'done' end where x.id = w.id;
  return over;
end $$;
select pg_temp.as_definer('ctx.end_part(public.bulk_works, timestamptz)');

/*
 * One part of a work: the next targets, each once, with their entries in the trail, in this transaction. Rights and
 * campaign are checked anew (mayPilot, after): a code says why the work must stop. Null: another process is at it, or
 * nothing is under way; else ''.
 */
create or replace function ctx.do_bulk_part(work uuid, size int, at timestamptz)
returns text language plpgsql security definer set search_path = '' as $$
declare
  w public.bulk_works; c record;
  undo boolean; deed text;
  now_at text; done_as text; left_as text;
  chosen bigint[]; ready bigint[]; lost bigint[];
begin
  select * into w from public.bulk_works x where x.id = work and x.state in ('doing', 'undoing')
    and x.by_id = ctx.account() for update skip locked;
  if not found then return null; end if;
  if w.campaign_id is null then return ctx.do_actions_part(w, size, at); end if;
  -- Not its key: who records holds a target first, then the key of its campaign.
  select x.id, x.status, x.ends_on, x.conflict_scope into c from public.campaigns x
    where x.id = w.campaign_id for no key update;
  undo := w.state = 'undoing';
  deed := ctx.bulk_deed(w.act, undo);
  if w.act = 'release' then
    if cardinality((select ctx.conseiller())::int[]) = 0
      or w.campaign_id not in (select ctx.visible_campaigns()) then return 'access/no-grant'; end if;
  elsif w.campaign_id not in (select ctx.piloted_campaigns()) and not ctx.shares_within(w.sharing_id) then
    return case w.act when 'share' then 'sharing/leads-only' else 'campaign/pilot-only' end;
  end if;
  if c.status <> 'open' then return 'campaign/not-open'; end if;
  if deed = 'put-back' and c.ends_on < ctx.paris_day(at) then return 'campaign/period-over'; end if;
  -- What is put back is held: as lockCompanies, before any target.
  if deed = 'put-back' and c.conflict_scope = 'company' then
    perform pg_advisory_xact_lock(hashtextextended('conflicts-by-company', 0)); end if;
  now_at := case when undo then 'done' else 'to-do' end;
  done_as := case when undo then 'undone' else 'done' end;
  left_as := case when undo then 'kept' else 'left' end;
  chosen := array(select l.siret from public.bulk_work_lines l where l.work_id = work
    and l.state = now_at order by l.siret limit size);
  if deed = 'put-back' then perform ctx.lock_departments(c.id, chosen); end if;
  if deed = 'share' then perform ctx.hold_solicitations(chosen); end if; -- the budgets, then the targets, as takeTarget
  -- In order of SIRET, as whoever works or shares out: they wait for each other in one direction only.
  perform from public.campaign_targets t where t.campaign_id = c.id
    and t.siret = any (chosen) order by t.siret for update;

  -- What someone changed meanwhile stays as they left it.
  update public.bulk_work_lines l set state = left_as, because = case deed
    when 'give-back' then ctx.why_kept(c.id, l.siret, l.after) else 'changed' end where l.work_id = work
    and l.siret = any (chosen)
    and not exists (select from public.campaign_targets t where t.campaign_id = c.id and t.siret = l.siret
      and public.target_facts(t) = case when undo then l.after else l.before end);
  -- Marked since it was counted. Undoing gives back what was, marked or not.
  if deed = 'put-back' and not undo then
    update public.bulk_work_lines l set state = left_as, because = 'not-to-contact' where l.work_id = work
      and l.siret = any (chosen)
      and l.state = now_at and l.siret in (select public.establishments_not_to_contact(ctx.paris_day(at)));
  end if;
  -- Who objects to diffusion is no target again, not even by undoing.
  if deed = 'put-back' then
    update public.bulk_work_lines l set state = left_as, because = 'not-to-contact' where l.work_id = work
      and l.siret = any (chosen)
      and l.state = now_at and public.objects_to_diffusion(l.siret);
  end if;
  if deed in ('share', 'give-back') then
    update public.bulk_work_lines l set state = left_as, because = n.because
      from ctx.not_shared(w, chosen, ctx.paris_day(at)) n where l.work_id = work and l.siret = n.siret
        and l.state = now_at;
  elsif w.act = 'release' then
    update public.bulk_work_lines l set state = left_as, because = n.because
      from public.targets_not_given_back(c.id, coalesce(w.reason, case when undo then '' end),
        array(select x.siret from public.bulk_work_lines x where x.work_id = work
          and x.siret = any (chosen) order by x.siret),
        array(select (x.before ->> 'takenBy')::uuid from public.bulk_work_lines x where x.work_id = work
          and x.siret = any (chosen) order by x.siret),
        array(select (x.before ->> 'takenByOrganisation')::uuid from public.bulk_work_lines x where x.work_id = work
          and x.siret = any (chosen) order by x.siret)) n
      where l.work_id = work and l.siret = n.siret and l.state = now_at;
    -- Nobody takes again who works no more, nor whose structure left the campaign.
    if undo then
      update public.bulk_work_lines l set state = left_as, because = 'elsewhere' where l.work_id = work
        and l.siret = any (chosen) and l.state = now_at
        and not exists (select from public.accounts a join public.campaign_members m on m.campaign_id = c.id
          and m.organisation_id = a.organisation_id
          where a.id = (l.before ->> 'takenBy')::uuid and a.organisation_id = (l.before ->> 'takenByOrganisation')::uuid
            and a.status = 'active');
    end if;
  elsif deed = 'put-back' then
    update public.bulk_work_lines l set state = left_as, because = k.kind
      from ctx.conflicts_of(c.id, chosen, ctx.paris_day(at)) k where l.work_id = work and l.siret = k.siret
        and l.state = now_at;
  end if;

  if deed = 'share' then perform ctx.weigh_part(w, chosen, '{}', at); end if;
  ready := array(select l.siret from public.bulk_work_lines l where l.work_id = work and l.siret = any (chosen)
    and l.state = now_at order by l.siret);
  if deed = 'set-aside' then
    perform ctx.set_many_aside(c.id, ready, array(select coalesce(w.reason, l.before ->> 'reason')
      from public.bulk_work_lines l
      where l.work_id = work and l.siret = any (ready) order by l.siret));
  elsif deed = 'share' then
    perform ctx.share_many(w, ready, at);
  elsif deed = 'give-back' then
    perform ctx.give_many_back(w, ready);
  elsif w.act = 'release' then
    perform ctx.release_many(w, ready, at);
  elsif deed = 'close' then
    update public.campaign_targets t set status = 'traite', closed_result = w.result where t.campaign_id = c.id
      and t.siret = any (ready);
  elsif deed = 'reopen' then
    update public.campaign_targets t set status = l.before ->> 'status', closed_result = null
      from public.bulk_work_lines l where l.work_id = work and l.siret = any (ready) and t.campaign_id = c.id
        and t.siret = any (ready) and t.siret = l.siret;
  else
    lost := ctx.put_many_back(c.id, ready, array(select case when undo then l.before end from public.bulk_work_lines l
      where l.work_id = work and l.siret = any (ready) order by l.siret));
    -- Another campaign opened in the same second.
    update public.bulk_work_lines l set state = left_as, because = 'held' where l.work_id = work
      and l.siret = any (lost);
    ready := array(select r from unnest(ready) r where r <> all (lost));
  end if;
  update public.bulk_work_lines l
    set state = done_as, after = case when undo then l.after else public.target_facts(t) end
    from public.campaign_targets t where l.work_id = work and l.siret = any (ready) and t.campaign_id = c.id
      and t.siret = l.siret;
  if w.act = 'share' then
    perform ctx.note_sharing_part(w, case when undo then 'targets.sharing-undone' else 'targets.shared-out' end,
      cardinality(ready), at);
  else
    perform ctx.note_bulk_part(w, case deed when 'close' then 'target.closed' when 'reopen' then 'target.reopened'
      when 'release' then 'target.released' when 'retake' then 'target.release-undone'
      when 'set-aside' then 'target.set-aside'
      else 'target.put-back' end, ready, at);
  end if;

  if ctx.end_part(w, at) then
    if deed = 'give-back' then perform ctx.note_sharing_undone(w, at); end if;
    insert into public.campaign_events (id, campaign_id, at, kind, by_organisation, targets)
      select gen_random_uuid(), c.id, do_bulk_part.at, 'target-put-back', ctx.organisation(), n
        from (select count(*)::int as n from public.bulk_work_lines l
        where l.work_id = work and l.state = done_as) x where deed = 'put-back' and n > 0;
  end if;
  return '';
end $$;
select pg_temp.as_definer('ctx.do_bulk_part(uuid, int, timestamptz)', 'cc_web', 'cc_worker');

-- The works under way that no process has been at for a while: killed, or waiting for a lock.
create or replace function ctx.bulk_works_left(before timestamptz)
returns setof uuid language sql stable security definer set search_path = ''
  as $$ select w.id from public.bulk_works w where w.state in ('doing', 'undoing')
    and w.part_at < before order by w.part_at $$;
select pg_temp.as_definer('ctx.bulk_works_left(timestamptz)', 'cc_worker');

-- Why a work stops: who asked for it lost the right, or the campaign is over. What was done stays done.
create or replace function ctx.stop_bulk_work(work uuid, code text, at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
declare entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16);
  said jsonb := jsonb_build_object('work', work, 'stoppedFor', code); w record;
begin
  update public.bulk_works x set state = 'stopped', stopped_for = code, ended_at = at where x.id = work
    and x.state in ('doing', 'undoing')
    returning x.campaign_id, x.by_id, x.origin, x.request_id into w;
  if not found then return; end if;
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    select entry, stop_bulk_work.at, null, a.organisation_id, 'bulk-work.stopped',
      case when w.campaign_id is null then 'account' else 'campaign' end,
      coalesce(w.campaign_id, w.by_id)::text, '', '', public.audit_detail_digest(salt, said)
      from public.accounts a where a.id = w.by_id;
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
end $$;
select pg_temp.as_definer('ctx.stop_bulk_work(uuid, text, timestamptz)', 'cc_worker');

-- The person stops their own work, after the part under way: what was done stays, and may be undone.
create or replace function stop_own_bulk_work(work uuid, at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then return false; end if;
  update public.bulk_works w set state = 'stopped', stopped_for = 'asked', ended_at = at where w.id = work
    and w.by_id = ctx.account() and w.state in ('doing', 'undoing');
  return found;
end $$;
select pg_temp.as_definer('stop_own_bulk_work(uuid, timestamptz)', 'cc_web');

-- Ninety days after its end a work is nobody's to undo; the trail says what it did. One that was only counted goes the
-- next night.
create or replace function ctx.purge_bulk_works()
returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select w.ctid as place, w.by_id as account, case when w.state = 'counted' then 'P1D' else 'P90D' end as kept_for,
      ctx.is_held('bulk-works', w.by_id, null) as held
    from public.bulk_works w
    where w.ended_at < ctx.clock() - interval 'P90D'
      or w.state = 'counted' and w.counted_at < ctx.clock() - interval 'P1D'
    for update of w),
  gone as (
    delete from public.bulk_works w using due where w.ctid = due.place and not due.held
    returning due.place),
  noted as (
    select ctx.note_purge('bulk-works', 'bulk_works', due.kept_for,
      ctx.structures_of(array_agg(due.account) filter (where gone.place is not null)),
      ctx.structures_of(array_agg(due.account) filter (where due.held))) as n
    from due left join gone on gone.place = due.place group by due.kept_for)
  select coalesce(sum(n), 0) into purged from noted;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_bulk_works()', 'cc_worker');

/*
 * Once a work ended or stopped: whose targets it gave or took back since it was last told, never who asked for it; then
 * who asked for it, once an ending, but where they stopped it themselves. `told` keeps what was: an undoing that is
 * stopped, then gone on with, says each target once.
 */
create or replace function ctx.tell_bulk_work(work uuid)
returns table (account_id uuid, given int, taken int, finished boolean, campaign_id uuid, campaign_name text,
  by_organisation text, state text, done int)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare w public.bulk_works; moved jsonb; ending text;
begin
  select * into w from public.bulk_works x where x.id = work and x.state in ('done', 'stopped', 'undone') for update;
  ending := w.state || ' ' || w.ended_at;
  if not found or w.told ->> 'ending' is not distinct from ending then return; end if;
  -- What an undoing kept stays as the work left it.
  moved := (select coalesce(jsonb_object_agg(m.holder, jsonb_build_object('given', m.given, 'taken', m.taken)), '{}')
    from (
    select h.holder, count(*) filter (where h.gains) as given, count(*) filter (where not h.gains) as taken
    from public.bulk_work_lines l
    cross join lateral (values (l.after ->> 'takenBy', true), (l.before ->> 'takenBy', false)) h (holder, gains)
    where l.work_id = work and l.state in ('done', 'kept') and h.holder is not null
      and l.after ->> 'takenBy' is distinct from l.before ->> 'takenBy'
    group by h.holder) m);
  return query
    with was as (select k.key as holder, coalesce((k.value ->> 'given')::int, 0) as given,
      coalesce((k.value ->> 'taken')::int, 0) as taken from jsonb_each(coalesce(w.told -> 'moved', '{}')) k),
    now_is as (select k.key as holder, (k.value ->> 'given')::int as given, (k.value ->> 'taken')::int as taken
      from jsonb_each(moved) k),
    change as (select coalesce(n.holder, p.holder)::uuid as holder,
      coalesce(n.given, 0) - coalesce(p.given, 0) as given, coalesce(n.taken, 0) - coalesce(p.taken, 0) as taken
      from now_is n full join was p on p.holder = n.holder),
    told as (
      -- An undoing gives back nothing to who works no more.
      select a.id, x.given, x.taken, false as finished from change c join public.accounts a on a.id = c.holder
        and a.status <> 'deleted'
        cross join lateral (select case when a.status = 'active' then greatest(c.given, 0) + greatest(-c.taken, 0)
          else 0 end as given, greatest(c.taken, 0) + greatest(-c.given, 0) as taken) x
        where c.holder <> w.by_id and (x.given <> 0 or x.taken <> 0)
      union all select a.id, 0, 0, true from public.accounts a where a.id = w.by_id and a.status = 'active'
        and w.stopped_for is distinct from 'asked')
    select t.id, t.given, t.taken, t.finished, w.campaign_id, c.name, o.name, w.state,
      -- As soon as one line is undone, it is an undoing that ended or stopped.
      (select case when count(*) filter (where l.state = 'undone') > 0 or w.state = 'undone' then count(*)
        filter (where l.state = 'undone') else count(*) filter (where l.state = 'done') end::int
        from public.bulk_work_lines l where l.work_id = work)
    from told t join public.accounts b on b.id = w.by_id join public.organisations o on o.id = b.organisation_id
    left join public.campaigns c on c.id = w.campaign_id
    order by t.finished, t.id;
  update public.bulk_works x set told = jsonb_build_object('ending', ending, 'moved', moved) where x.id = work;
end $$;
select pg_temp.as_definer('ctx.tell_bulk_work(uuid)', 'cc_worker');

-- The same of one's own, done at once or that one has just stopped: who asked is there to see it.
create or replace function tell_own_bulk_work(work uuid)
returns table (account_id uuid, given int, taken int, campaign_id uuid, campaign_name text, by_organisation text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not exists (select from public.bulk_works w where w.id = work and w.by_id = ctx.account()) then
    return; end if;
  return query select t.account_id, t.given, t.taken, t.campaign_id, t.campaign_name, t.by_organisation
    from ctx.tell_bulk_work(work) t where not t.finished;
end $$;
select pg_temp.as_definer('tell_own_bulk_work(uuid)', 'cc_web');
