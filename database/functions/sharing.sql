-- What a part of a bulk work does when it shares targets out, or gives them back (CAM-4, CAM-9). bulk_works.sql leads
-- it.

-- A lead goes on with what was shared out within their own organisation. With ctx.piloted_campaigns, the SQL twin of
-- maySettle.
create or replace function ctx.shares_within(sharing uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.target_sharings s where s.id = sharing
    and s.within_organisation = (select ctx.organisation()) and s.campaign_id in (select ctx.led_campaigns()));
end $$;
select pg_temp.as_definer('ctx.shares_within(uuid)', 'cc_web');

-- Whoever may settle a sharing out may undo it: the work becomes theirs, so that the worker takes their rights and no
-- other's.
create or replace function take_sharing_over(sharing uuid)
returns uuid language plpgsql security definer set search_path = '' as $$
declare taken uuid;
begin
  if not ctx.ok() then return null; end if;
  update public.bulk_works w set by_id = ctx.account()
    where w.sharing_id = sharing and w.state in ('done', 'stopped')
      and (w.campaign_id in (select ctx.piloted_campaigns()) or ctx.shares_within(sharing))
    returning w.id into taken;
  return taken;
end $$;
select pg_temp.as_definer('take_sharing_over(uuid)', 'cc_web');

-- Why a target that was shared out does not come back: `then_so` is what it was just after.
create or replace function ctx.why_kept(campaign uuid, target bigint, then_so jsonb)
returns text language sql stable security definer set search_path = '' as $$
  select case when t.status = 'ecarte' then 'set-aside'
    when (f.facts -> 'assignedTo', f.facts -> 'takenBy', f.facts -> 'takenAt')
      is distinct from (then_so -> 'assignedTo', then_so -> 'takenBy', then_so -> 'takenAt') then 'passed-on'
    else 'worked' end
  from public.campaign_targets t cross join lateral (select public.target_facts(t) as facts) f
  where t.campaign_id = campaign and t.siret = target
$$;
select pg_temp.as_definer('ctx.why_kept(uuid, bigint, jsonb)');

/*
 * What a part may not share out: what is not to be contacted on that day, and for a lead what another organisation
 * holds or where they do not work. The targets are locked.
 */
create or replace function ctx.not_shared(w public.bulk_works, sirets bigint[], on_day date)
returns table (siret bigint, because text) language plpgsql stable security definer set search_path = '' as $$
declare piloted boolean := w.campaign_id in (select ctx.piloted_campaigns());
begin
  return query select t.siret, k.because from public.campaign_targets t
    cross join lateral (select case
      when not piloted
        and (coalesce(t.assigned_organisation, t.taken_by_organisation, ctx.organisation()) <> ctx.organisation()
        or not ctx.covers(ctx.conseiller(), t.region_id, t.departement_id, t.epci_id, t.clpe_id)) then 'refused'
      when w.state = 'doing'
        and t.siret in (select public.establishments_not_to_contact(on_day)) then 'not-to-contact' end as because) k
    where t.campaign_id = w.campaign_id and t.siret = any (sirets) and k.because is not null;
end $$;
select pg_temp.as_definer('ctx.not_shared(public.bulk_works, bigint[], date)');

-- These go to whom the plan names; each line of the history takes its instant.
create or replace function ctx.share_many(w public.bulk_works, sirets bigint[], at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
begin
  update public.campaign_targets t set assigned_organisation = a.to_organisation, taken_by = a.to_account,
      taken_by_organisation = case when a.to_account is not null then a.to_organisation end,
        taken_at = case when a.to_account is not null then share_many.at end,
      status = case when t.status = 'a-contacter' and a.to_account is not null then 'prise-en-charge'
        when t.status = 'prise-en-charge' and a.to_account is null then 'a-contacter' else t.status end
    from public.target_assignments a where a.sharing_id = w.sharing_id and a.siret = any (sirets)
      and t.campaign_id = w.campaign_id and t.siret = any (sirets) and t.siret = a.siret;
  update public.target_assignments a set at = share_many.at where a.sharing_id = w.sharing_id
    and a.siret = any (sirets);
  update public.target_sharings s set done_at = coalesce(s.done_at, share_many.at),
    moved = coalesce(s.moved, 0) + cardinality(sirets) where s.id = w.sharing_id;
end $$;
select pg_temp.as_definer('ctx.share_many(public.bulk_works, bigint[], timestamptz)');

-- These go back to who had them.
create or replace function ctx.give_many_back(w public.bulk_works, sirets bigint[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  update public.campaign_targets t
    set assigned_organisation = (l.before ->> 'assignedTo')::uuid, taken_by = (l.before ->> 'takenBy')::uuid,
      taken_by_organisation = (l.before ->> 'takenByOrganisation')::uuid,
        taken_at = (l.before ->> 'takenAt')::timestamptz, status = l.before ->> 'status'
    from public.bulk_work_lines l where l.work_id = w.id and l.siret = any (sirets) and t.campaign_id = w.campaign_id
      and t.siret = any (sirets) and t.siret = l.siret;
  update public.target_assignments a set undone = true where a.sharing_id = w.sharing_id and a.siret = any (sirets);
end $$;
select pg_temp.as_definer('ctx.give_many_back(public.bulk_works, bigint[])');

-- What the trail keeps of a part: how many. From whom to whom each went stands in target_assignments, which is never
-- rewritten.
create or replace function ctx.note_sharing_part(w public.bulk_works, action text, targets int, at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
declare entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16); said jsonb;
begin
  if targets = 0 then return; end if;
  said := (select jsonb_build_object('sharing', s.id, 'how', s.how, 'within', s.within_organisation, 'targets', targets)
    from public.target_sharings s where s.id = w.sharing_id);
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    values (entry, note_sharing_part.at, w.by_id, ctx.organisation(), note_sharing_part.action, 'campaign',
      w.campaign_id::text, w.origin, w.request_id, public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
end $$;
select pg_temp.as_definer('ctx.note_sharing_part(public.bulk_works, text, int, timestamptz)');

-- Undone whole: the history of the campaign says by whom, and how many came back.
create or replace function ctx.note_sharing_undone(w public.bulk_works, at timestamptz)
returns void language sql security definer set search_path = '' as $$
  update public.target_sharings s set undone_at = at, undone_by = w.by_id,
      restored = (select count(*)::int from public.bulk_work_lines l where l.work_id = w.id and l.state = 'undone')
        where s.id = w.sharing_id
$$;
select pg_temp.as_definer('ctx.note_sharing_undone(public.bulk_works, timestamptz)');
