-- Work whose holder is gone or away, and who may take it over (CAM-16).

/* What someone lacks and settles alone, or the operator by publishing: they are not away for it. Of theirsToSettle. */
create or replace function ctx.theirs_to_settle() returns text[] language sql immutable set search_path = '' as $$
  select array['cgu', 'cgu-unpublished', 'confidentialite', 'confidentialite-unpublished', 'securite',
    'securite-unpublished',
    'awareness', 'cpu', 'cpu-unpublished', 'annex-4-unpublished']
$$;
revoke all on function ctx.theirs_to_settle() from public;
grant execute on function ctx.theirs_to_settle() to cc_definer;

/*
 * Why someone does not do their work; null: they do. A text to accept or an awareness to renew is theirs to settle, one
 * to publish the operator's: nobody is away for that. What else keeps their rights from opening anything is told as one
 * word: it may be a block.
 * The SQL twin of whyAway.
 */
create or replace function ctx.why_away(of_account uuid, on_day date)
returns text language plpgsql stable security definer set search_path = '' as $$
declare
  at timestamptz := ctx.clock();
  a record;
begin
  select x.status, x.organisation_id, o.kind into a from public.accounts x
    join public.organisations o on o.id = x.organisation_id where x.id = of_account;
  if not found then return null; end if;
  if a.kind <> 'operateur' and not ctx.in_force(a.organisation_id, at) then return 'convention-over'; end if;
  if a.status = 'deleted' then return 'departed'; end if;
  if not exists (select from ctx.held_grants(of_account, at) h where h.tool = 'campagnes' and ctx.rank(h.profile) >= 2
      and h.missing <@ ctx.theirs_to_settle())
  then return 'no-access'; end if;
  if exists (select from public.absences b where b.account_id = of_account and b.withdrawn_at is null
    and on_day between b.starts_on and b.ends_on)
  then return 'absent'; end if;
  return null;
end $$;
select pg_temp.as_definer('ctx.why_away(uuid, date)');

/*
 * Why a structure can pilot no more what lies there; null: someone of it can, or can again by what they settle alone.
 * An absence has its last day: it leaves no campaign without a pilot. The SQL twin of whyUnpiloted.
 */
create or replace function ctx.why_unpiloted(of_organisation uuid, region int, departement int, epci int, clpe int)
returns text language plpgsql stable security definer set search_path = '' as $$
declare
  at timestamptz := ctx.clock();
begin
  if not ctx.in_force(of_organisation, at)
    and exists (select from public.organisations o where o.id = of_organisation and o.kind <> 'operateur')
  then return 'convention-over'; end if;
  -- Those who were given the profile first, who are few: their rights are worked out one by one.
  if exists (select from
      (select distinct g.account_id as id from public.grants g
        where g.organisation_id = of_organisation and g.tool = 'campagnes' and g.profile = 'pilote'
          and g.revoked_at is null) p
    cross join lateral ctx.held_grants(p.id, at) h
    left join public.agency_territories t on t.agency_id = h.agency_id
    where h.tool = 'campagnes' and h.profile = 'pilote'
      and h.missing <@ ctx.theirs_to_settle()
      and coalesce(h.territory_id, t.territory_id) in (0, region, departement, epci, clpe))
  then return null; end if;
  return 'no-pilot';
end $$;
select pg_temp.as_definer('ctx.why_unpiloted(uuid, int, int, int, int)');

-- Where the viewer leads people of their own structure.
create or replace function ctx.responsable()
returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  return case when ctx.ok() then array(select g.territory_id from ctx.effective_grants(ctx.account(),
    ctx.paris_day(ctx.clock())) g where g.tool = 'campagnes' and ctx.rank(g.profile) >= 3) else '{}' end;
end $$;
select pg_temp.as_definer('ctx.responsable()', 'cc_web');

-- Where a viewer of that structure, who leads and pilots there, answers for what another leaves: as the pilot of the
-- task force; where none is, as whoever leads.
create or replace function ctx.answers_there(own uuid, led int[], piloted int[], region int, departement int, epci int,
  clpe int) returns boolean language sql stable as $$
  select case when exists (select from public.task_forces f where f.clpe_id = clpe)
    then exists (select from public.task_forces f where f.clpe_id = clpe and f.pilot_id = own)
      and ctx.covers(piloted, region, departement, epci, clpe)
    else ctx.covers(led, region, departement, epci, clpe) end
$$;
revoke all on function ctx.answers_there(uuid, int[], int[], int, int, int, int) from public;
grant execute on function ctx.answers_there(uuid, int[], int[], int, int, int, int) to cc_definer;

/*
 * What the viewer may take over, one row a target, a next action, a need or a campaign: of people of their own
 * structure who are away, where the viewer leads; in the campaigns that the viewer pilots, of a structure whose
 * convention is over (no person is named then, and an action is told only if its exchange is for the network); the
 * piloting of an open campaign that nobody of its pilot can pilot any more, or of a task force whose pilot's convention
 * is over, where the viewer's structure is a member and they may pilot the whole of it; of a structure whose convention
 * is over, where the viewer answers for a territory, the needs that it follows and never kept to itself, and its
 * actions for the network that no pilot is told of: in no campaign, in one that it left, in one that is not open and
 * whose pilot is gone. Rights are read by nobody but their holder: this bypasses row-level security, and scopes itself.
 * The SQL twin of mayTakeOver.
 */
create or replace function work_to_take_over(on_day date)
returns table (holder_id uuid, organisation_id uuid, why text, kind text, campaign_id uuid, siret bigint,
  action_id uuid, clpe_id int, need_id uuid)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  own uuid := ctx.organisation();
  me uuid := ctx.account();
  led int[] := ctx.responsable();
  piloting int[] := ctx.pilote();
  fiche int[] := ctx.fiche();
begin
  if not ctx.ok() then return; end if;
  return query
    with piloted as materialized (select p.id from ctx.piloted_campaigns() p (id)),
    ended as materialized (
      select distinct m.organisation_id as id from public.campaign_members m
      join public.organisations o on o.id = m.organisation_id
      where m.campaign_id in (select id from piloted) and m.organisation_id <> own and o.kind <> 'operateur'
        and not ctx.in_force(m.organisation_id, ctx.clock())),
    -- Those that are over first, who are few: the work of a whole department is not read for none.
    gone as materialized (select o.id from public.organisations o where led <> '{}' and o.id <> own
      and o.kind <> 'operateur'
      and exists (select from public.conventions c where c.organisation_id = o.id and c.ends_at <= ctx.clock())
      and not ctx.in_force(o.id, ctx.clock())),
    -- People first, who are few, and what they hold last: a large structure holds 50,000 targets.
    holder as materialized (
      select a.id from public.accounts a where a.organisation_id = own and a.id <> me and (
        exists (select from public.campaign_targets t where t.taken_by = a.id and t.status not in ('traite', 'ecarte'))
        or exists (select from public.next_actions n where n.owner_id = a.id and n.done_at is null
          and n.cancelled_at is null)
        or exists (select from public.needs d where d.owner_id = a.id and d.closed_at is null)
        or exists (select from public.needs d where d.taken_by = a.id and d.closed_at is null)
        or exists (select from public.campaign_leads l where l.account_id = a.id
          and l.campaign_id in (select id from piloted))
        or exists (select from public.campaigns c where c.created_by = a.id and c.id in (select id from piloted)))),
    away as materialized (select h.id, ctx.why_away(h.id, on_day) as why from holder h),
    held as materialized (
      select w.id as holder, w.why, 'target' as kind, t.campaign_id, t.siret, null::uuid as action, null::uuid as need
      -- by person, never the whole campaign
      from away w cross join lateral (select * from public.campaign_targets t where t.taken_by = w.id
        and t.status not in ('traite', 'ecarte') offset 0) t
      join public.campaigns c on c.id = t.campaign_id and c.status = 'open'
      where w.why is not null and t.taken_by_organisation = own
        and ctx.covers(led, t.region_id, t.departement_id, t.epci_id, t.clpe_id)
        and t.campaign_id in (select ctx.visible_campaigns())
      union all
      select w.id, w.why, 'action', coalesce(x.campaign_id, x.left_out_campaign_id), n.siret, n.id, null
      from away w join public.next_actions n on n.owner_id = w.id and n.done_at is null and n.cancelled_at is null
      join public.exchanges x on x.id = n.exchange_id
      where w.why is not null and n.organisation_id = own and ctx.covers(led, n.region_id, n.departement_id, n.epci_id,
        n.clpe_id) and ctx.covers(fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
      union all
      select w.id, w.why, 'need', null, d.siret, null, d.id
      from away w join public.needs d on (select ctx.opens('besoins')) and d.closed_at is null
        and (d.owner_id = w.id or d.taken_by = w.id)
      where w.why is not null and ctx.covers(led, d.region_id, d.departement_id, d.epci_id, d.clpe_id)
        and ctx.covers(fiche, d.region_id, d.departement_id, d.epci_id, d.clpe_id)
      union all
      select w.id, w.why, 'campaign', c.id, null, null, null
      from public.campaigns c cross join lateral (select l.account_id as holder from public.campaign_leads l
        where l.campaign_id = c.id
        union all select c.created_by
        where not exists (select from public.campaign_leads l where l.campaign_id = c.id)) k
      join away w on w.id = k.holder and w.why is not null
      where c.status in ('draft', 'open') and c.id in (select id from piloted))
    select h.holder, own, h.why, h.kind, h.campaign_id, h.siret, h.action, null::int, h.need from held h
    union all
    select null, coalesce(t.assigned_organisation, t.taken_by_organisation), 'convention-over', 'target', t.campaign_id,
      t.siret, null, null, null
    from public.campaign_targets t join public.campaigns c on c.id = t.campaign_id and c.status = 'open'
    where exists (select from ended) and t.campaign_id in (select id from piloted)
      and t.status not in ('traite', 'ecarte')
      and coalesce(t.assigned_organisation, t.taken_by_organisation) in (select id from ended)
    union all
    select null, n.organisation_id, 'convention-over', 'action', x.campaign_id, n.siret, n.id, null, null
    from public.exchanges x join public.next_actions n on n.exchange_id = x.id and n.done_at is null
      and n.cancelled_at is null
    where exists (select from ended) and x.campaign_id in (select id from piloted) and n.organisation_id in (select id
      from ended) and n.visibility = 'reseau' and ctx.covers(fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
      and exists (select from public.campaign_members m where m.campaign_id = x.campaign_id
        and m.organisation_id = n.organisation_id)
    union all
    select null, c.pilot_id, c.why, 'piloting', i.id, null, null, null, null
    -- Asked once of each pilot and place: a pilot of a region meets the campaigns of many structures.
    from (select array_agg(x.id) as ids, x.pilot_id,
        ctx.why_unpiloted(x.pilot_id, x.region_id, x.departement_id, x.epci_id, x.clpe_id) as why
      from public.campaigns x
      where x.status = 'open' and x.id in (select m.campaign_id from public.campaign_members m
        where m.organisation_id = own)
        and ctx.covers((select ctx.pilote()), x.region_id, x.departement_id, x.epci_id, x.clpe_id)
        and x.pilot_id <> own -- the viewer can pilot those
      group by x.pilot_id, x.region_id, x.departement_id, x.epci_id, x.clpe_id) c
      cross join lateral unnest(c.ids) i (id)
    where c.why is not null
    union all
    select null, f.pilot_id, 'convention-over', 'task-force', null, null, null, f.clpe_id, null
    from public.task_forces f where f.clpe_id in (select ctx.adoptable_task_forces())
    union all
    select null, d.organisation_id, 'convention-over', 'need', null, d.siret, null, null, d.id
    from gone g cross join lateral (select * from public.needs q where q.organisation_id = g.id
      and q.closed_at is null offset 0) d
    where (select ctx.opens('besoins')) and d.visibility = 'reseau'
      and ctx.answers_there(own, led, piloting, d.region_id, d.departement_id, d.epci_id, d.clpe_id)
      and ctx.covers(fiche, d.region_id, d.departement_id, d.epci_id, d.clpe_id)
      and not exists (select from public.need_versions v where v.need_id = d.id and v.visibility <> 'reseau')
    union all
    select null, n.organisation_id, 'convention-over', 'action', null, n.siret, n.id, null, null
    from gone g join public.accounts a on a.organisation_id = g.id
      cross join lateral (select * from public.next_actions q where q.owner_id = a.id and q.done_at is null
        and q.cancelled_at is null offset 0) n
      join public.exchanges e on e.id = n.exchange_id left join public.campaigns c on c.id = e.campaign_id
      left join public.organisations p on p.id = c.pilot_id
    where n.visibility = 'reseau' and ctx.answers_there(own, led, piloting, n.region_id, n.departement_id, n.epci_id,
      n.clpe_id) and ctx.covers(fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
      -- No pilot is there to be told of it, and none is awaited.
      and (not exists (select from public.campaign_members m where m.campaign_id = c.id
        and m.organisation_id = n.organisation_id)
        or (c.status <> 'open' and p.kind <> 'operateur' and not ctx.in_force(c.pilot_id, ctx.clock())));
end $$;
select pg_temp.as_definer('work_to_take_over(date)', 'cc_web');

/*
 * Who may receive it: the people of the viewer's structure who are there, and where they may record. Only for who leads
 * colleagues;
 * what keeps another from it is not told.
 */
create or replace function takeover_recipients(on_day date)
returns table (account_id uuid, conseiller int[], fiche int[])
language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.leads_colleagues() then return; end if;
  return query
    select r.id, r.conseiller, r.fiche
    from (select a.id, array_agg(g.territory_id) filter (where g.tool = 'campagnes'
      and ctx.rank(g.profile) >= 2) as conseiller,
        array_agg(g.territory_id) filter (where g.tool = 'fiche-etablissement') as fiche
      from public.accounts a cross join lateral ctx.effective_grants(a.id, on_day) g
      where a.organisation_id = ctx.organisation() and a.status = 'active'
        and exists (select from public.grants g where g.account_id = a.id and g.tool = 'campagnes'
          and g.revoked_at is null)
      group by a.id) r
    -- With effective rights, only an absence makes someone away (ctx.why_away): rights are not worked out twice.
    where r.conseiller is not null and r.fiche is not null
      and not exists (select from public.absences b
        where b.account_id = r.id
          and b.withdrawn_at is null
          and on_day between b.starts_on and b.ends_on);
end $$;
select pg_temp.as_definer('takeover_recipients(date)', 'cc_web');

/*
 * Gives next actions of a structure whose convention is over to a colleague of the viewer: they pass to the viewer's
 * structure, which the policy of the table lets nobody do. Only what work_to_take_over tells, of these campaigns (null:
 * of all), and only where the recipient works. In order, so that two who take at once wait in one direction. Answers
 * which, and whose they were.
 */
create or replace function adopt_next_actions(from_organisation uuid, recipient uuid, campaigns uuid[], on_day date)
returns table (id uuid, siret bigint, owner_id uuid) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare own uuid := ctx.organisation();
begin
  return query
    with waiting as materialized (select w.action_id from public.work_to_take_over(on_day) w
      where from_organisation <> own and (campaigns is null or w.campaign_id = any (campaigns))),
    locked as materialized (
      select n.id, n.siret, n.owner_id from public.next_actions n join waiting w on w.action_id = n.id
      join public.takeover_recipients(on_day) r on r.account_id = recipient
      -- Read again once the row is held: someone may have finished it, or taken it over.
      where n.organisation_id = from_organisation and n.done_at is null and n.cancelled_at is null
        and ctx.covers(r.conseiller, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
        and ctx.covers(r.fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
      order by n.id for update of n)
    update public.next_actions n set owner_id = recipient, organisation_id = own, version = n.version + 1 from locked l
      where n.id = l.id
      returning l.id, l.siret, l.owner_id;
end $$;
select pg_temp.as_definer('adopt_next_actions(uuid, uuid, uuid[], date)', 'cc_web');

/*
 * The viewer's structure pilots a campaign whose pilot is gone, as hand_abandoned_campaign_over does for the operator:
 * only what work_to_take_over tells them, read again once the campaign is held. Keeps who answered for it, and who does
 * no more: everybody of a structure whose convention is over; of another, which stays a member, those who left it or
 * lost their access. Answers who piloted it; null when it is not to be taken.
 */
create or replace function adopt_campaign(campaign uuid, on_day date, at timestamptz)
returns uuid language plpgsql security definer set search_path = '' as $$
declare former uuid; next_version int; reason text;
begin
  if not ctx.ok() then return null; end if;
  select c.pilot_id, c.version + 1 into former, next_version from public.campaigns c where c.id = campaign for update;
  select w.why into reason from public.work_to_take_over(on_day) w where w.kind = 'piloting'
    and w.campaign_id = campaign;
  if reason is null then return null; end if;
  update public.campaigns c set pilot_id = ctx.organisation(), version = next_version where c.id = campaign;
  insert into public.campaign_events (id, campaign_id, at, kind, organisation_id)
    values (gen_random_uuid(), campaign, adopt_campaign.at, 'handed-over', ctx.organisation());
  insert into public.campaign_handovers (campaign_id, version, at, why, former_id, pilot_id, lead_ids, left_ids,
    by_account, by_organisation)
    select campaign, next_version, adopt_campaign.at, reason, former, ctx.organisation(),
      coalesce(array_agg(l.account_id order by l.account_id), '{}'),
      coalesce(array_agg(l.account_id order by l.account_id) filter (where a.organisation_id = former
        and coalesce(ctx.why_away(l.account_id, on_day), 'there') in ('convention-over', 'departed', 'no-access')),
        '{}'),
      ctx.account(), ctx.organisation()
    from public.campaign_leads l join public.accounts a on a.id = l.account_id where l.campaign_id = campaign;
  return former;
end $$;
select pg_temp.as_definer('adopt_campaign(uuid, date, timestamptz)', 'cc_web');

/*
 * Gives a campaign that the viewer took over by error back to its pilot of before, within a day and while nobody wrote
 * it since. Its leads are put back first, which writes it once more. Says whether it was done.
 */
create or replace function give_campaign_back(campaign uuid, passed_at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
declare former uuid;
begin
  if not ctx.ok() then return false; end if;
  perform from public.campaigns c where c.id = campaign for update;
  if campaign not in (select ctx.piloted_campaigns()) then return false; end if;
  select h.former_id into former from public.campaign_handovers h join public.campaigns c on c.id = h.campaign_id
  where h.campaign_id = campaign and h.at = passed_at and h.by_account = ctx.account() and h.pilot_id = c.pilot_id
    and h.why = 'no-pilot' and h.given_back_at is null and h.at > ctx.clock() - interval '1 day'
    and c.status = 'open' and c.version = h.version + 2; -- the leads of the step, then those put back
  if former is null then return false; end if;
  update public.campaigns c set pilot_id = former, version = c.version + 1 where c.id = campaign;
  update public.campaign_handovers h set given_back_at = ctx.clock() where h.campaign_id = campaign
    and h.at = passed_at;
  return true;
end $$;
select pg_temp.as_definer('give_campaign_back(uuid, timestamptz)', 'cc_web');

/*
 * The viewer's structure pilots a task force whose pilot is gone: what work_to_take_over tells them, read again once it
 * is held. Only where the colleague who receives it may pilot it too. Its history keeps who piloted it, and their
 * members, sectors and budget stay.
 * Answers who that was; null when it is not to be taken.
 */
create or replace function adopt_task_force(clpe int, recipient uuid, on_day date, at timestamptz)
returns uuid language plpgsql security definer set search_path = '' as $$
declare former uuid; next_version int;
begin
  if not ctx.ok() then return null; end if;
  select f.pilot_id, f.version + 1 into former, next_version from public.task_forces f
    where f.clpe_id = clpe for update;
  if clpe not in (select ctx.adoptable_task_forces()) then return null; end if;
  if recipient not in (select ctx.task_force_pilots(clpe, ctx.organisation(), on_day)) then return null; end if;
  update public.task_forces f set pilot_id = ctx.organisation(), version = next_version where f.clpe_id = clpe;
  insert into public.task_force_handovers (clpe_id, version, at, kind, former_id, pilot_id, by_account, by_organisation)
    values (clpe, next_version, adopt_task_force.at, 'taken-over', former, ctx.organisation(), ctx.account(),
      ctx.organisation());
  return former;
end $$;
select pg_temp.as_definer('adopt_task_force(int, uuid, date, timestamptz)', 'cc_web');

/* Who of a structure can pilot a task force that day: the profile pilote over its whole CLPE. */
create or replace function ctx.task_force_pilots(clpe int, of_organisation uuid, on_day date)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select a.id from public.territory_line(clpe) t join public.accounts a on a.organisation_id = of_organisation
    and a.status = 'active'
  where exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'campagnes' and g.profile = 'pilote'
    and g.territory_id in (0, t.region_id, t.departement_id, t.epci_id, clpe))
$$;
select pg_temp.as_definer('ctx.task_force_pilots(int, uuid, date)');

/*
 * Gives a task force that nobody of its pilot can pilot any more to a structure that can (CAM-16): one of its members;
 * another, which becomes one, only when no member can. The operator's own act, by command. Says what came of it and,
 * when it is done, from whom and who can pilot it now.
 */
create or replace function hand_abandoned_task_force_over(clpe int, successor uuid, at timestamptz)
returns table (outcome text, name text, former_id uuid, former_name text, pilots uuid[])
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  today date := ctx.paris_day(at);
  f record;
  able uuid[];
begin
  -- Locked before it is read with its pilot: whoever waited here would join the former one, and find nothing.
  perform from public.task_forces x where x.clpe_id = clpe for update;
  select x.pilot_id, x.version, t.name, o.name as pilot_name into f from public.task_forces x
    join public.territories t on t.id = x.clpe_id
    join public.organisations o on o.id = x.pilot_id where x.clpe_id = clpe;
  if not found then return query select 'unknown', null::text, null::uuid, null::text, null::uuid[]; return; end if;
  able := array(select p from ctx.task_force_pilots(clpe, successor, today) p order by p);
  outcome := case
    when exists (select from ctx.task_force_pilots(clpe, f.pilot_id, today)) then 'piloted'
    when able = '{}' then 'cannot-pilot'
    when not exists (select from public.task_force_members m where m.clpe_id = clpe and m.organisation_id = successor)
      and exists (select from public.task_force_members m
        cross join lateral ctx.task_force_pilots(clpe, m.organisation_id, today) p where m.clpe_id = clpe)
      then 'not-member'
    else 'done' end;
  if outcome = 'done' then
    insert into public.task_force_members (clpe_id, organisation_id) values (clpe, successor) on conflict do nothing;
    update public.task_forces x set pilot_id = successor, version = x.version + 1 where x.clpe_id = clpe;
    insert into public.task_force_handovers (clpe_id, version, at, kind, former_id, pilot_id)
      values (clpe, f.version + 1, at, 'entrusted', f.pilot_id, successor);
  end if;
  return query select outcome, f.name, f.pilot_id, f.pilot_name, able;
end $$;
select pg_temp.as_definer('hand_abandoned_task_force_over(int, uuid, timestamptz)', 'cc_owner');
