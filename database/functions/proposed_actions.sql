-- Next actions proposed to another structure (CAM-5; docs/campaigns.md). Nobody writes a proposal but these functions.

/*
 * Who of a structure records with an establishment of these territories on that day, and whether they lead there: what
 * colleagues_at says of the viewer's own. For the functions below alone.
 */
create or replace function ctx.advisors_at(of_organisation uuid, region int, departement int, epci int,
  clpe int, on_day date)
returns table (account_id uuid, leads boolean) language sql stable security definer set search_path = '' as $$
  select a.id, r.leads from public.accounts a
  cross join lateral (select bool_or(g.tool = 'campagnes'
    and ctx.rank(g.profile) >= 2) as records, bool_or(g.tool = 'fiche-etablissement') as reads,
      bool_or(g.tool = 'campagnes' and ctx.rank(g.profile) >= 3) as leads
    from ctx.effective_grants(a.id, on_day) g where g.territory_id in (0, region, departement, epci, clpe)) r
  where a.organisation_id = of_organisation and a.status = 'active' and r.records and r.reads
    -- Most have none there: rights are worked out for the others.
    and exists (select from public.grants g where g.account_id = a.id and g.organisation_id = a.organisation_id
      and g.tool = 'campagnes' and g.revoked_at is null
      and g.territory_id in (0, region, departement, epci, clpe))
$$;
select pg_temp.as_definer('ctx.advisors_at(uuid, int, int, int, int, date)');

-- The other structures with someone who records there: to whom the viewer may propose an action that is theirs to plan.
create or replace function proposal_recipients(next_action uuid, on_day date)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select o.id from public.next_actions n join public.organisations o on o.id <> n.organisation_id
  where n.id in (select ctx.finishable_actions(array[next_action]))
    and exists (select from ctx.advisors_at(o.id, n.region_id, n.departement_id, n.epci_id, n.clpe_id, on_day))
$$;
select pg_temp.as_definer('proposal_recipients(uuid, date)', 'cc_web');

/*
 * Proposes an action that is the viewer's to plan. Answers '' or why not. The action is held first, as by whoever
 * finishes or moves it: of two proposals at once, the second finds the first.
 */
create or replace function propose_action(new_id uuid, next_action uuid, receiver uuid, said text,
  last_day date, at timestamptz)
returns text language plpgsql security definer set search_path = '' as $$
declare n public.next_actions;
begin
  if not exists (select from ctx.finishable_actions(array[next_action])) then return 'next-action/owner-only'; end if;
  select * into n from public.next_actions x where x.id = next_action for update;
  if n.done_at is not null or n.cancelled_at is not null then return 'next-action/already-done'; end if;
  if exists (select from public.action_proposals p where p.next_action_id = next_action and p.state = 'waiting') then
    return 'action-proposal/waiting'; end if;
  if receiver not in (select public.proposal_recipients(next_action, ctx.paris_day(at))) then
    return 'action-proposal/structure-elsewhere'; end if;
  insert into public.action_proposals (id, next_action_id, siret, region_id, departement_id, epci_id, clpe_id, kind,
    due_on, due_at, from_organisation, by_id, to_organisation,
      words, proposed_at, lapses_on)
    values (new_id, n.id, n.siret, n.region_id, n.departement_id, n.epci_id, n.clpe_id, n.kind, n.due_on, n.due_at,
      n.organisation_id, ctx.account(), receiver, said, at, last_day);
  return '';
end $$;
select pg_temp.as_definer('propose_action(uuid, uuid, uuid, text, date, timestamptz)', 'cc_web');

/*
 * Which of these proposals the viewer may settle so: accepted or declined by who records there in the structure that
 * receives;
 * withdrawn by who proposed it, or leads there. The SQL twin of maySettle.
 */
create or replace function ctx.settleable_proposals(ids uuid[], outcome text)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select p.id from public.action_proposals p where p.id = any (ids) and (select ctx.ok())
    and ctx.covers((select ctx.conseiller()), p.region_id, p.departement_id, p.epci_id, p.clpe_id)
    and ctx.covers((select ctx.fiche()), p.region_id, p.departement_id, p.epci_id, p.clpe_id)
    and case when outcome in ('accepted', 'declined') then p.to_organisation = (select ctx.organisation())
      when outcome = 'withdrawn' then p.from_organisation = (select ctx.organisation())
        and (p.by_id = (select ctx.account())
          or ctx.covers((select ctx.responsable()), p.region_id, p.departement_id, p.epci_id, p.clpe_id))
      else false end
$$;
select pg_temp.as_definer('ctx.settleable_proposals(uuid[], text)', 'cc_web');

/*
 * Settles a proposal once: of an acceptance and a withdrawal at once, or of two acceptances, the second finds it
 * answered. Accepted, the action is the viewer's and their structure's, which the policy of the table lets nobody
 * write. Answers '' or why not.
 */
create or replace function settle_action_proposal(proposal uuid, outcome text, said text, at timestamptz)
returns text language plpgsql security definer set search_path = '' as $$
declare p public.action_proposals; action uuid;
begin
  if not exists (select from ctx.settleable_proposals(array[proposal], outcome)) then return 'not-found'; end if;
  select x.next_action_id into action from public.action_proposals x where x.id = proposal;
  perform from public.next_actions n where n.id = action for update;
  select * into p from public.action_proposals x where x.id = proposal for update;
  if p.state <> 'waiting' then return 'action-proposal/answered'; end if;
  if outcome <> 'withdrawn' and p.lapses_on < ctx.paris_day(at) then return 'action-proposal/lapsed'; end if;
  update public.action_proposals x set state = outcome, answered_by = ctx.account(), answered_at = at,
    reason = case when outcome = 'declined' then said end where x.id = proposal;
  if outcome = 'accepted' then
    update public.next_actions n
      set owner_id = ctx.account(), organisation_id = ctx.organisation(), version = n.version + 1 where n.id = action;
  end if;
  return '';
end $$;
select pg_temp.as_definer('settle_action_proposal(uuid, text, text, timestamptz)', 'cc_web');

/*
 * A proposal follows its action: its day, its employer. Done, cancelled or passed on otherwise, it waits for nobody.
 * What was accepted is settled before its action passes.
 */
create or replace function follow_proposed_actions()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.action_proposals p set siret = c.siret, region_id = c.region_id, departement_id = c.departement_id,
    epci_id = c.epci_id, clpe_id = c.clpe_id
    from changed c where p.next_action_id = c.id and row(p.siret, p.region_id, p.departement_id, p.epci_id,
      p.clpe_id) is distinct from row(c.siret, c.region_id, c.departement_id, c.epci_id, c.clpe_id);
  update public.action_proposals p set kind = c.kind, due_on = c.due_on, due_at = c.due_at
    from changed c where p.next_action_id = c.id and p.state = 'waiting'
      and row(p.kind, p.due_on, p.due_at) is distinct from row(c.kind, c.due_on, c.due_at);
  update public.action_proposals p set state = 'withdrawn', answered_at = ctx.clock()
    from changed c where p.next_action_id = c.id and p.state = 'waiting'
      and (c.done_at is not null or c.cancelled_at is not null or c.organisation_id <> p.from_organisation);
  return null;
end $$;
select pg_temp.as_definer('follow_proposed_actions()');

-- Whom a proposal is told to: who leads there in the structure that receives it, else who works there; three at most.
create or replace function proposal_contacts(proposal uuid, on_day date)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select r.account_id from public.action_proposals p
  cross join lateral ctx.advisors_at(p.to_organisation, p.region_id, p.departement_id, p.epci_id, p.clpe_id, on_day) r
  where p.id = proposal and p.by_id = (select ctx.account())
    and (select ctx.ok()) order by r.leads desc, r.account_id limit 3
$$;
select pg_temp.as_definer('proposal_contacts(uuid, date)', 'cc_web');

-- What nobody answered in time goes back to whose it was, with an entry in nobody's name. Answers who proposed what, to
-- be told.
create or replace function ctx.lapse_action_proposals(at timestamptz)
returns table (proposal uuid, by_id uuid, receiver text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare p record; entry uuid; salt bytea; said jsonb;
begin
  for p in select x.id, x.by_id, x.next_action_id, x.from_organisation, x.to_organisation, o.name
    from public.action_proposals x join public.organisations o on o.id = x.to_organisation
    where x.state = 'waiting' and x.lapses_on < ctx.paris_day(at) order by x.id for update of x skip locked
  loop
    update public.action_proposals set state = 'lapsed', answered_at = at where id = p.id;
    entry := gen_random_uuid(); salt := extensions.gen_random_bytes(16);
    said := jsonb_build_object('proposal', p.id, 'to', p.to_organisation);
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      request_id, detail_digest)
      values (entry, at, null, p.from_organisation, 'next-action.proposal-lapsed', 'next-action',
        p.next_action_id::text, '', '', public.audit_detail_digest(salt, said));
    insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
    proposal := p.id; by_id := p.by_id; receiver := p.name;
    return next;
  end loop;
end $$;
select pg_temp.as_definer('ctx.lapse_action_proposals(timestamptz)', 'cc_worker');

-- Ninety days after its end a proposal is gone, with what was said in it; the trail says that it was.
create or replace function ctx.purge_action_proposals()
returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select p.ctid as place, p.from_organisation as structure,
      ctx.is_held('proposals', p.by_id, p.from_organisation) as held
    from public.action_proposals p
    where p.answered_at < ctx.clock() - interval 'P90D'
    for update of p),
  gone as (
    delete from public.action_proposals p using due where p.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('proposals', 'action_proposals', 'P90D',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into purged from due left join gone on gone.place = due.place;
  return purged;
end $$;
select pg_temp.as_definer('ctx.purge_action_proposals()', 'cc_worker');
