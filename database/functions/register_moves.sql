-- The register moves under the work (CAM-14): what closed stops, what continues elsewhere is carried. The worker alone
-- calls these.
-- What follows is decided in server/work-with-employers/register-moves; here it is read, written, and written back.

/*
 * The closed establishments that work still rests on, and that no move has dealt with. An exchange or a correspondent
 * alone follows a successor: without one, nothing of them changes. Open, those that a campaign aims at, whose person
 * objects since (EST-10).
 */
create or replace function ctx.register_candidates()
returns setof bigint language sql stable security definer set search_path = '' as $$
  select distinct e.siret from (
    select t.siret, true as aimed from public.campaign_targets t join public.campaigns c on c.id = t.campaign_id
      where c.status in ('draft', 'open') and t.status <> 'ecarte'
    union select h.siret, true from public.campaign_holds h
    union select n.siret, false from public.next_actions n where n.done_at is null and n.cancelled_at is null
    union select x.siret, false from public.exchanges x
    where exists (select from public.establishment_successions l where l.predecessor = x.siret)
    union select p.siret, false from public.correspondents p
    where exists (select from public.establishment_successions l where l.predecessor = p.siret)
    union select k.siret, false from public.correspondent_links k where k.retired_at is null
      and exists (select from public.establishment_successions l where l.predecessor = k.siret)
    union select d.siret, false from public.do_not_contact_marks d
    where exists (select from public.establishment_successions l where l.predecessor = d.siret)
    union select g.siret, false from public.commitments g
    where exists (select from public.establishment_successions l where l.predecessor = g.siret)
    union select v.siret, false from public.operator_services v
    where exists (select from public.establishment_successions l where l.predecessor = v.siret)
    union select f.siret, false from public.referents f
    where exists (select from public.establishment_successions l where l.predecessor = f.siret)
    union select i.siret, false from public.notes i
    where exists (select from public.establishment_successions l where l.predecessor = i.siret)
    union select b.siret, false from public.establishment_facts b
    where exists (select from public.establishment_successions l where l.predecessor = b.siret)
    union select w.siret, false from public.needs w where w.closed_at is null
      or exists (select from public.establishment_successions l where l.predecessor = w.siret)
  ) worked join public.establishments e on e.siret = worked.siret and e.diffusion <> 'N'
  and (not e.active or worked.aimed and public.objects_to_diffusion(e.siret))
  where not exists (select from public.register_moves m where m.siret = e.siret and m.undone_at is null)
  order by 1
$$;
select pg_temp.as_definer('ctx.register_candidates()', 'cc_worker');

/* The moves that stand, the latest first: the register may have corrected itself, or said later who succeeds. */
create or replace function ctx.standing_register_moves(since timestamptz)
returns table (id uuid, siret bigint, successor bigint) language sql stable security definer set search_path = '' as $$
  select m.id, m.siret, m.successor from public.register_moves m where m.undone_at is null
    and m.at >= since order by m.at desc, m.id desc
$$;
select pg_temp.as_definer('ctx.standing_register_moves(timestamptz)', 'cc_worker');

/*
 * The targets of these establishments and where their successors stand beside them. Campaigns, then targets, are locked
 * in one order, so that two jobs, or a job and an opening, never wait for each other in a ring. Either hold stands
 * until its campaign closes:
 * a successor that another holds in those days is its own (CAM-3).
 */
create or replace function ctx.register_targets(pairs jsonb, on_day date)
returns table (siret bigint, campaign_id uuid, campaign_status text, status text, shared boolean,
  held boolean, within boolean,
  successor_status text, held_by text, successor_objects boolean) language plpgsql security definer
  set search_path = '' as $$
#variable_conflict use_column
begin
  perform from public.campaigns c where c.id in (select t.campaign_id from public.campaign_targets t
    join jsonb_to_recordset(pairs) as p (siret bigint, successor bigint) on t.siret in (p.siret, p.successor))
    order by c.id for share;
  perform from public.campaign_targets t where t.siret in (
    select p.siret from jsonb_to_recordset(pairs) as p (siret bigint, successor bigint)
    union select p.successor from jsonb_to_recordset(pairs) as p (siret bigint, successor bigint))
    order by t.siret, t.campaign_id for update;
  return query
    select t.siret, t.campaign_id, c.status, t.status, t.shared, h.siret is not null,
      coalesce(c.territory_id in (0, e.region_id, e.departement_id, e.epci_id, e.clpe_id), false), b.status,
      (select o.name from public.campaign_holds k join public.campaigns y on y.id = k.campaign_id
        join public.organisations o on o.id = y.pilot_id
        where k.siret = p.successor and k.campaign_id <> t.campaign_id
          and (ctx.held_over(k.period, k.campaign_id, h.period, on_day)
            or ctx.held_over(h.period, h.campaign_id, k.period, on_day))
        order by k.period limit 1),
      p.successor is not null and public.objects_to_diffusion(p.successor)
    from jsonb_to_recordset(pairs) as p (siret bigint, successor bigint)
    join public.campaign_targets t on t.siret = p.siret join public.campaigns c on c.id = t.campaign_id
    left join public.campaign_holds h on h.campaign_id = t.campaign_id and h.siret = t.siret
    left join public.campaign_targets b on b.campaign_id = t.campaign_id and b.siret = p.successor
    left join public.establishments e on e.siret = p.successor
    order by t.siret, t.campaign_id;
end $$;
select pg_temp.as_definer('ctx.register_targets(jsonb, date)', 'cc_worker');

/* The marks of contacts on these targets anew, from the exchanges that the campaigns count. */
create or replace function ctx.recount_moved(campaigns uuid[], sirets bigint[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  delete from public.campaign_contacts k where k.campaign_id = any (campaigns) and k.siret = any (sirets);
  insert into public.campaign_contacts (campaign_id, siret, organisation_id, contacts, needs, last_on)
    select x.campaign_id, x.siret, x.organisation_id, count(*)::int,
      count(*) filter (where t.result = 'besoin-detecte')::int, max(x.occurred_on)
    from public.exchanges x left join public.exchange_contents t on t.exchange_id = x.id and t.visibility = 'reseau'
    where x.campaign_id = any (campaigns) and x.siret = any (sirets) and x.status = 'recorded' group by 1, 2, 3;
end $$;
select pg_temp.as_definer('ctx.recount_moved(uuid[], bigint[])');

/*
 * Puts what a move recorded under one SIRET or the other, with the territories of that establishment, so that rights
 * follow. An exchange and the action that it answers change in one statement: a constraint ties them.
 */
create or replace function ctx.readdress_records(move uuid, from_siret bigint, to_siret bigint)
returns void language plpgsql security definer set search_path = '' as $$
declare line record;
begin
  select e.region_id, e.departement_id, e.epci_id, e.clpe_id into line from public.establishments e
    where e.siret = to_siret;
  with exchange as (update public.exchanges x set siret = to_siret, region_id = line.region_id,
    departement_id = line.departement_id, epci_id = line.epci_id, clpe_id = line.clpe_id
      from public.register_move_records r where r.move_id = move and r.kind = 'exchange' and x.id = r.record_id
        and x.siret = from_siret returning x.id),
    contents as (update public.exchange_contents x set region_id = line.region_id, departement_id = line.departement_id,
      epci_id = line.epci_id, clpe_id = line.clpe_id
      from exchange where x.exchange_id = exchange.id),
    versions as (update public.exchange_versions x set region_id = line.region_id, departement_id = line.departement_id,
      epci_id = line.epci_id, clpe_id = line.clpe_id
      from exchange where x.exchange_id = exchange.id)
  update public.next_actions n set siret = to_siret, region_id = line.region_id, departement_id = line.departement_id,
    epci_id = line.epci_id, clpe_id = line.clpe_id
    from exchange where n.siret = from_siret and (n.exchange_id = exchange.id or n.answered_by = exchange.id);
  -- Who answers for the other establishment already is not noted there twice.
  with person as (update public.correspondents c set siret = to_siret, region_id = line.region_id,
    departement_id = line.departement_id, epci_id = line.epci_id, clpe_id = line.clpe_id
      from public.register_move_records r where r.move_id = move and r.kind = 'correspondent' and c.id = r.record_id
        and c.siret = from_siret
        and not exists (select from public.correspondent_links o where o.correspondent_id = c.id and o.siret = to_siret
          and o.retired_at is null) returning c.id)
  update public.correspondent_values v
    set region_id = line.region_id, departement_id = line.departement_id, epci_id = line.epci_id, clpe_id = line.clpe_id
    from person where v.correspondent_id = person.id;
  update public.correspondent_links k set siret = to_siret, region_id = line.region_id,
    departement_id = line.departement_id, epci_id = line.epci_id, clpe_id = line.clpe_id
    from public.register_move_records r where r.move_id = move and r.kind = 'correspondent-link' and k.id = r.record_id
      and k.siret = from_siret
      and not (k.retired_at is null and (exists (select from public.correspondent_links o
        where o.correspondent_id = k.correspondent_id and o.siret = to_siret and o.retired_at is null)
        or exists (select from public.correspondents c where c.id = k.correspondent_id and c.siret = to_siret)));
  -- Where another stands for the same days, this one stays: one is in force at a time.
  update public.do_not_contact_marks d set siret = to_siret, region_id = line.region_id,
    departement_id = line.departement_id, epci_id = line.epci_id, clpe_id = line.clpe_id
    from public.register_move_records r where r.move_id = move and r.kind = 'do-not-contact' and d.id = r.record_id
      and d.siret = from_siret
      and not (d.ended_at is null and exists (select from public.do_not_contact_marks o where o.siret = to_siret
        and o.ended_at is null
        and daterange(o.starts_on, o.until, '[]') && daterange(d.starts_on, d.until, '[]')));
  update public.commitments g set siret = to_siret, region_id = line.region_id, departement_id = line.departement_id,
    epci_id = line.epci_id, clpe_id = line.clpe_id
    from public.register_move_records r where r.move_id = move and r.kind = 'commitment' and g.id = r.record_id
      and g.siret = from_siret
      and not (g.withdrawn_at is null and exists (select from public.commitments o where o.siret = to_siret
        and o.kind_id = g.kind_id and o.withdrawn_at is null
        and daterange(o.since, o.until, '[]') && daterange(g.since, g.until, '[]')));
  -- Where the same is entered there for the same day, this one stays.
  update public.operator_services v set siret = to_siret, region_id = line.region_id,
    departement_id = line.departement_id, epci_id = line.epci_id, clpe_id = line.clpe_id
    from public.register_move_records r where r.move_id = move and r.kind = 'service' and v.id = r.record_id
      and v.siret = from_siret
      and not (v.source = 'entered' and v.withdrawn_at is null
        and exists (select from public.operator_services o where o.siret = to_siret and o.kind = v.kind
        and o.used_on = v.used_on and o.source = 'entered' and o.withdrawn_at is null));
  -- Where the structure has one there already, this one stays.
  update public.referents f set siret = to_siret, region_id = line.region_id, departement_id = line.departement_id,
    epci_id = line.epci_id, clpe_id = line.clpe_id
    from public.register_move_records r where r.move_id = move and r.kind = 'referent' and f.id = r.record_id
      and f.siret = from_siret
      and not (f.ended_at is null and exists (select from public.referents o where o.siret = to_siret
        and o.organisation_id = f.organisation_id and o.ended_at is null));
  update public.notes i set siret = to_siret, region_id = line.region_id, departement_id = line.departement_id,
    epci_id = line.epci_id, clpe_id = line.clpe_id
    from public.register_move_records r where r.move_id = move and r.kind = 'note' and i.id = r.record_id
      and i.siret = from_siret;
  update public.needs w set siret = to_siret, region_id = line.region_id, departement_id = line.departement_id,
    epci_id = line.epci_id, clpe_id = line.clpe_id
    from public.register_move_records r where r.move_id = move and r.kind = 'need' and w.id = r.record_id
      and w.siret = from_siret;
  -- Where something is said there of the field, what is said here stays.
  update public.establishment_facts b set siret = to_siret, region_id = line.region_id,
    departement_id = line.departement_id, epci_id = line.epci_id, clpe_id = line.clpe_id
    from public.register_move_records r where r.move_id = move and r.kind = 'fact' and b.id = r.record_id
      and b.siret = from_siret
      and not (b.replaced_at is null and exists (select from public.establishment_facts o where o.siret = to_siret
        and o.field = b.field and o.replaced_at is null));
end $$;
select pg_temp.as_definer('ctx.readdress_records(uuid, bigint, bigint)');

/* An entry of the trail, in nobody's name. */
create or replace function ctx.tell_register_move(act text, of_siret bigint, moved_at timestamptz, said jsonb)
returns void language plpgsql security definer set search_path = '' as $$
declare entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16);
begin
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    values (entry, moved_at, null, null, act, 'establishment', lpad(of_siret::text, 14, '0'), '', '',
      public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
end $$;
select pg_temp.as_definer('ctx.tell_register_move(text, bigint, timestamptz, jsonb)');

/* Came to this SIRET by a move that stands. */
create or replace function ctx.follows_another(record uuid, here bigint)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.register_move_records r join public.register_moves m on m.id = r.move_id
    where r.record_id = record and m.undone_at is null and m.successor = here)
$$;
select pg_temp.as_definer('ctx.follows_another(uuid, bigint)');

/*
 * Applies one move as it was decided: {id, siret, fate, successor, closedOn, persons, targets: [{campaignId, outcome,
 * status, said, successorSaid}]}. Targets and establishments are locked already. False when another move stands: the
 * same register was read twice.
 */
create or replace function ctx.apply_register_move(move jsonb, moved_at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  new_id uuid := (move ->> 'id')::uuid; old_siret bigint := (move ->> 'siret')::bigint;
  new_siret bigint := (move ->> 'successor')::bigint;
  campaigns uuid[];
begin
  insert into public.register_moves (id, siret, fate, successor, closed_on, at)
    values (new_id, old_siret, move ->> 'fate', new_siret, (move ->> 'closedOn')::date, moved_at)
      on conflict do nothing;
  if not found then return false; end if;
  insert into public.register_move_targets (move_id, campaign_id, outcome, status, shared, set_aside_reason, taken_by,
    taken_by_organisation, taken_at, held)
    select new_id, t.campaign_id, d.outcome, t.status, t.shared, t.set_aside_reason, t.taken_by,
      t.taken_by_organisation, t.taken_at, h.period
    from jsonb_to_recordset(move -> 'targets') as d ("campaignId" uuid, outcome text)
    join public.campaign_targets t on t.campaign_id = d."campaignId" and t.siret = old_siret
    left join public.campaign_holds h on h.campaign_id = t.campaign_id and h.siret = t.siret;
  -- Read before the old target changes.
  if new_siret is not null then
    insert into public.campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id,
      status, shared, set_aside_reason, taken_by, taken_by_organisation, taken_at, assigned_organisation,
      closed_result, added_at)
      select t.campaign_id, new_siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id,
        d.status, d.outcome = 'carried' and t.shared, d."successorSaid",
        case when d.status <> 'ecarte' then t.taken_by end,
          case when d.status <> 'ecarte' then t.taken_by_organisation end,
        case when d.status <> 'ecarte' then t.taken_at end, t.assigned_organisation,
        case when d.status = 'traite' then t.closed_result end, moved_at
      from jsonb_to_recordset(move -> 'targets') as d ("campaignId" uuid, outcome text, status text,
        "successorSaid" text)
      join public.campaign_targets t on t.campaign_id = d."campaignId" and t.siret = old_siret
      join public.establishments e on e.siret = new_siret
      where d.outcome in ('carried', 'aside');
    update public.campaign_targets b set status = d.status
      from jsonb_to_recordset(move -> 'targets') as d ("campaignId" uuid, outcome text, status text)
      where d.outcome = 'merged' and b.campaign_id = d."campaignId" and b.siret = new_siret and b.status <> 'ecarte';
    -- Of two targets that become one, the holder of the successor stays; a free one takes the other's.
    update public.campaign_targets b
      set taken_by = w.taken_by, taken_by_organisation = w.taken_by_organisation, taken_at = w.taken_at
      from public.register_move_targets w where w.move_id = new_id and w.outcome = 'merged' and w.taken_by is not null
        and b.campaign_id = w.campaign_id and b.siret = new_siret
        and b.status <> 'ecarte' and b.taken_by is null
        and coalesce(b.assigned_organisation, w.taken_by_organisation) = w.taken_by_organisation;
  end if;
  delete from public.campaign_holds h using public.register_move_targets w
    where w.move_id = new_id and h.campaign_id = w.campaign_id and h.siret = old_siret;
  update public.campaign_targets t set status = 'ecarte', set_aside_reason = coalesce(t.set_aside_reason, d.said),
    shared = false, taken_by = null, taken_by_organisation = null, taken_at = null
    from jsonb_to_recordset(move -> 'targets') as d ("campaignId" uuid, outcome text, said text)
    where d.outcome <> 'finished' and t.campaign_id = d."campaignId" and t.siret = old_siret;
  if new_siret is not null then
    insert into public.campaign_holds (campaign_id, siret, period)
      select w.campaign_id, new_siret, w.held from public.register_move_targets w
      where w.move_id = new_id and w.outcome = 'carried' and w.held is not null order by w.campaign_id
        on conflict do nothing;
    -- Another campaign took the successor in the same second: it keeps it.
    update public.campaign_targets b set status = 'ecarte', set_aside_reason = 'Déjà suivi par une autre campagne',
      taken_by = null, taken_by_organisation = null, taken_at = null
      from public.register_move_targets w where w.move_id = new_id and w.outcome = 'carried' and w.held is not null
        and b.campaign_id = w.campaign_id and b.siret = new_siret
        and b.status <> 'ecarte' and not exists (select from public.campaign_holds h where h.campaign_id = b.campaign_id
          and h.siret = b.siret);
    -- What came here by another move that stands is that move's to carry.
    insert into public.register_move_records (move_id, kind, record_id)
      select new_id, 'exchange', x.id from public.exchanges x where x.siret = old_siret
        and not ctx.follows_another(x.id, old_siret)
      union all select new_id, 'correspondent', c.id from public.correspondents c
        where (move ->> 'persons')::boolean and c.siret = old_siret and not ctx.follows_another(c.id, old_siret)
      union all select new_id, 'correspondent-link', k.id from public.correspondent_links k
        where (move ->> 'persons')::boolean and k.siret = old_siret and not ctx.follows_another(k.id, old_siret)
      union all select new_id, 'do-not-contact', d.id from public.do_not_contact_marks d where d.siret = old_siret
        and not ctx.follows_another(d.id, old_siret)
      union all select new_id, 'commitment', g.id from public.commitments g where g.siret = old_siret
        and not ctx.follows_another(g.id, old_siret)
      union all select new_id, 'service', v.id from public.operator_services v where v.siret = old_siret
        and not ctx.follows_another(v.id, old_siret)
      union all select new_id, 'referent', f.id from public.referents f where f.siret = old_siret
        and not ctx.follows_another(f.id, old_siret)
      union all select new_id, 'note', i.id from public.notes i where i.siret = old_siret
        and not ctx.follows_another(i.id, old_siret)
      -- Of the employer, not of the place: the SQL twin of `ofThePlace` in the contract's list of fields.
      union all select new_id, 'fact', b.id from public.establishment_facts b
        where (move ->> 'persons')::boolean and b.siret = old_siret
          and b.field not in ('transport', 'accessibility') and not ctx.follows_another(b.id, old_siret);
    insert into public.register_move_records (move_id, kind, record_id, owner_id)
      select new_id, 'need', w.id, case when w.closed_at is null then w.owner_id end from public.needs w
        where w.siret = old_siret and not ctx.follows_another(w.id, old_siret);
    insert into public.register_move_records (move_id, kind, record_id, owner_id)
      select new_id, 'next-action', n.id, n.owner_id from public.next_actions n
        join public.register_move_records r on r.move_id = new_id and r.record_id = n.exchange_id
      where n.done_at is null and n.cancelled_at is null;
    perform ctx.readdress_records(new_id, old_siret, new_siret);
    select array_agg(w.campaign_id) into campaigns from public.register_move_targets w where w.move_id = new_id;
    perform ctx.recount_moved(campaigns, array[old_siret, new_siret]);
  -- Who objects is aimed at no more; what was agreed with them stands.
  elsif move ->> 'fate' = 'closed' then
    insert into public.register_move_records (move_id, kind, record_id, owner_id)
      select new_id, 'next-action', n.id, n.owner_id from public.next_actions n where n.siret = old_siret
        and n.done_at is null and n.cancelled_at is null;
    -- A need stays open: what becomes of it is for who follows it to say.
    insert into public.register_move_records (move_id, kind, record_id, owner_id)
      select new_id, 'need', w.id, w.owner_id from public.needs w where w.siret = old_siret and w.closed_at is null;
    update public.next_actions n set cancelled_at = moved_at, version = n.version + 1
      from public.register_move_records r where r.move_id = new_id and n.id = r.record_id;
  end if;
  perform ctx.tell_register_move('register-move.applied', old_siret, moved_at,
    jsonb_build_object('fate', move ->> 'fate', 'successor', new_siret::text, 'closedOn', move ->> 'closedOn',
    'targets', (select coalesce(jsonb_object_agg(w.campaign_id, w.outcome), '{}') from public.register_move_targets w
      where w.move_id = new_id),
    'records', (select coalesce(jsonb_object_agg(r.kind, r.n), '{}')
      from (select kind, count(*) as n from public.register_move_records where move_id = new_id group by kind) r)));
  return true;
end $$;

select pg_temp.as_definer('ctx.apply_register_move(jsonb, timestamptz)', 'cc_worker');

/*
 * Puts back what a move changed, where nobody worked it since; what was worked since stays, and says so. A hold comes
 * back where no other campaign took it. False when it is undone already.
 */
create or replace function ctx.undo_register_move(move uuid, undone timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
declare done record; campaigns uuid[];
begin
  update public.register_moves m set undone_at = undone where m.id = move and m.undone_at is null
    returning m.siret, m.successor, m.at into done;
  if not found then return false; end if;
  update public.register_move_targets w set kept = true where w.move_id = move and (
    w.outcome <> 'finished' and not exists (select from public.campaign_targets t where t.campaign_id = w.campaign_id
      and t.siret = done.siret and t.status = 'ecarte')
    or w.outcome = 'carried' and exists (select from public.exchanges x where x.campaign_id = w.campaign_id
      and x.siret = done.successor and x.status = 'recorded'
      and not exists (select from public.register_move_records r where r.move_id = move and r.record_id = x.id))
    or w.outcome in ('carried', 'aside')
    and exists (select from public.campaign_targets b where b.campaign_id = w.campaign_id and b.siret = done.successor
      and case w.outcome when 'aside' then b.status <> 'ecarte'
        else row(b.status, b.taken_by) is distinct from row(w.status, w.taken_by) end));
  if done.successor is not null then
    delete from public.campaign_holds h using public.register_move_targets w
      where w.move_id = move and w.outcome = 'carried' and not w.kept and h.campaign_id = w.campaign_id
        and h.siret = done.successor;
    update public.campaign_targets b set status = 'ecarte', set_aside_reason = coalesce(b.set_aside_reason,
      'Le répertoire a rétabli le SIRET ' || lpad(done.siret::text, 14, '0')),
        shared = false, taken_by = null, taken_by_organisation = null, taken_at = null
      from public.register_move_targets w where w.move_id = move and w.outcome = 'carried' and not w.kept
        and b.campaign_id = w.campaign_id and b.siret = done.successor;
  end if;
  insert into public.campaign_holds (campaign_id, siret, period)
    select w.campaign_id, done.siret, daterange(c.starts_on, c.ends_on, '[]') from public.register_move_targets w
      join public.campaigns c on c.id = w.campaign_id and c.status = 'open'
    where w.move_id = move and not w.kept and w.held is not null order by w.campaign_id on conflict do nothing;
  -- Who left since, or whose structure did, does not take it back.
  update public.campaign_targets t set status = case when w.status = 'prise-en-charge'
    and back.by is null then 'a-contacter' else w.status end, shared = w.shared,
      set_aside_reason = w.set_aside_reason, taken_by = back.by,
        taken_by_organisation = case when back.by is not null then w.taken_by_organisation end,
        taken_at = case when back.by is not null then w.taken_at end
    from public.register_move_targets w join public.campaigns c on c.id = w.campaign_id
    left join lateral (select a.id as by from public.accounts a
      join public.campaign_members m on m.campaign_id = w.campaign_id and m.organisation_id = w.taken_by_organisation
      where a.id = w.taken_by and a.status = 'active') back on true
    where w.move_id = move and not w.kept and w.outcome <> 'finished' and t.campaign_id = w.campaign_id
      and t.siret = done.siret
      and (w.held is null or c.status <> 'open'
        or exists (select from public.campaign_holds h where h.campaign_id = t.campaign_id and h.siret = t.siret));
  update public.campaign_targets t
    set set_aside_reason = 'Rouvert selon le répertoire, mais déjà suivi par une autre campagne'
    from public.register_move_targets w where w.move_id = move and not w.kept and w.status <> 'ecarte'
      and t.campaign_id = w.campaign_id and t.siret = done.siret and t.status = 'ecarte';
  if done.successor is null then
    update public.next_actions n set cancelled_at = null, version = n.version + 1 from public.register_move_records r
      where r.move_id = move and r.kind = 'next-action' and n.id = r.record_id and n.cancelled_at = done.at
        and exists (select from public.exchanges x where x.id = n.exchange_id and x.status = 'recorded');
  else
    perform ctx.readdress_records(move, done.successor, done.siret);
    select array_agg(w.campaign_id) into campaigns from public.register_move_targets w where w.move_id = move;
    perform ctx.recount_moved(campaigns, array[done.siret, done.successor]);
  end if;
  perform ctx.tell_register_move('register-move.undone', done.siret, undone,
    jsonb_build_object('move', move, 'successor', done.successor::text,
    'kept', (select coalesce(jsonb_agg(w.campaign_id order by w.campaign_id), '[]') from public.register_move_targets w
      where w.move_id = move and w.kept)));
  return true;
end $$;
select pg_temp.as_definer('ctx.undo_register_move(uuid, timestamptz)', 'cc_worker');

/*
 * Tells what moved since the last time, once: a line in each campaign that runs, and, for each person, what they held
 * or had to do, and the needs that they follow or took.
 * A move undone before it was told is told as neither.
 */
create or replace function ctx.tell_register_moves(told timestamptz)
returns table (account_id uuid, siret bigint, fate text, successor bigint, closed_on date, undone boolean,
  campaign_name text, outcome text, actions int, needs int)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare news uuid[];
begin
  with fresh as (select o.id, o.undone_at is not null and o.told_at is null as silent from public.register_moves o
      where o.told_at is null or (o.undone_at is not null and o.undone_told_at is null) order by o.id for update),
    marked as (update public.register_moves m
      set told_at = coalesce(m.told_at, told), undone_told_at = case when m.undone_at is not null then told end
      from fresh f where m.id = f.id returning m.id, f.silent)
  select array_agg(id) into news from marked where not silent;
  insert into public.campaign_events (id, campaign_id, at, kind, targets)
    select gen_random_uuid(), w.campaign_id, told, case when m.undone_at is not null then 'register-restored'
      when m.fate = 'objects' then 'register-objects' when m.successor is null then 'register-closed'
      else 'register-moved' end, count(*)::int
    from public.register_moves m join public.register_move_targets w on w.move_id = m.id
    join public.campaigns c on c.id = w.campaign_id and c.status = 'open'
    where m.id = any (news) and w.outcome <> 'finished' and not (m.undone_at is not null and w.kept)
    group by w.campaign_id, 4;
  return query
    select w.taken_by, m.siret, m.fate, m.successor, m.closed_on, m.undone_at is not null, c.name, w.outcome, 0, 0
    from public.register_moves m join public.register_move_targets w on w.move_id = m.id and w.taken_by is not null
      and w.outcome <> 'finished' and not (m.undone_at is not null and w.kept)
    join public.campaigns c on c.id = w.campaign_id and c.status = 'open' join public.accounts a on a.id = w.taken_by
      and a.status = 'active' where m.id = any (news)
    union all
    select r.owner_id, m.siret, m.fate, m.successor, m.closed_on, m.undone_at is not null, null, null, count(*)::int, 0
    from public.register_moves m join public.register_move_records r on r.move_id = m.id
      and r.kind = 'next-action' join public.accounts a on a.id = r.owner_id and a.status = 'active'
    where m.id = any (news) group by 1, 2, 3, 4, 5, 6
    union all
    select a.id, m.siret, m.fate, m.successor, m.closed_on, m.undone_at is not null, null, null, 0, count(*)::int
    from public.register_moves m join public.register_move_records r on r.move_id = m.id and r.kind = 'need'
    join public.needs n on n.id = r.record_id and n.closed_at is null
      -- Nobody is told of what annex 4 closes (AGR-12).
      and 'besoins' = any ((select ctx.open_categories(ctx.clock()))::text[])
    join public.accounts a on a.id in (n.owner_id, n.taken_by) and a.status = 'active'
    where m.id = any (news) group by 1, 2, 3, 4, 5, 6
    order by 1, 2;
end $$;
select pg_temp.as_definer('ctx.tell_register_moves(timestamptz)', 'cc_worker');

/*
 * Where what was recorded of an employer followed it, how much and since when nobody met it there: told to whoever
 * reads the card of the former place, who may read nothing of the new one. A note or a need kept to an organisation is
 * counted for that one alone; what was withdrawn, for nobody; a person kept twice, once. The SQL twin of
 * mayReadFollowed.
 */
create or replace function followed_from(of_siret bigint)
returns table (id uuid, at timestamptz, successor bigint, exchanges int, last_exchange date, correspondents int,
  commitments int, notes int, needs int)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select m.id, m.at, m.successor, count(*) filter (where r.kind = 'exchange'
    and x.status = 'recorded')::int, max(x.occurred_on) filter (where x.status = 'recorded'),
      count(c.id)::int, count(g.id)::int, count(i.id)::int, count(w.id)::int
    from public.register_moves m left join public.register_move_records r on r.move_id = m.id
    left join public.exchanges x on r.kind = 'exchange' and x.id = r.record_id
    left join public.correspondents c on r.kind = 'correspondent' and c.id = r.record_id and c.merged_into is null
      and (select ctx.opens('interlocuteurs'))
    left join public.commitments g on r.kind = 'commitment' and g.id = r.record_id and g.withdrawn_at is null
      and (select ctx.opens('engagements'))
    left join public.notes i on r.kind = 'note' and i.id = r.record_id and i.withdrawn_at is null
      and (select ctx.opens('notes'))
      and (i.visibility = 'reseau' or i.organisation_id = ctx.organisation())
    left join public.needs w on r.kind = 'need' and w.id = r.record_id and (select ctx.opens('besoins'))
      and (w.visibility = 'reseau' or w.organisation_id = ctx.organisation())
    where m.siret = of_siret and m.successor is not null and m.undone_at is null
      and exists (select from public.establishments e where e.siret = of_siret
        and ctx.covers((select ctx.fiche()), e.region_id, e.departement_id, e.epci_id, e.clpe_id))
    group by m.id;
end $$;
select pg_temp.as_definer('followed_from(bigint)', 'cc_web');

/*
 * Under which SIRETs a target stood before the register moved it, the latest first: for whoever reads the campaign,
 * whose target it was.
 */
create or replace function target_origins(campaign uuid, of_siret bigint)
returns table (siret bigint, at timestamptz, outcome text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if (campaign in (select ctx.visible_campaigns())) is not true then return; end if;
  return query select m.siret, m.at, w.outcome from public.register_moves m
    join public.register_move_targets w on w.move_id = m.id and w.campaign_id = campaign
      and w.outcome in ('carried', 'merged', 'aside')
    where m.successor = of_siret and m.undone_at is null order by m.at desc, m.siret;
end $$;
select pg_temp.as_definer('target_origins(uuid, bigint)', 'cc_web');
