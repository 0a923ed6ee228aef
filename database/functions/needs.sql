-- Needs and their handing over (CAM-7; docs/needs.md). What a need says is written by its structure; its life, by these
-- functions alone.

-- What the trail keeps of a version of a need: its digest, under the salt of the version (EST-11, SEC-1).
create or replace function need_version_digest(salt bytea, said jsonb, notes text, reason text)
returns text language sql immutable as $$
  select encode(sha256(salt || convert_to(concat(said::text, chr(10), notes, chr(10), reason), 'UTF8')), 'hex')
$$;
revoke all on function need_version_digest(bytea, jsonb, text, text) from public;
grant execute on function need_version_digest(bytea, jsonb, text, text) to cc_web, cc_definer;

-- The needs read because they are proposed to the viewer's structure: until it declines, another takes them, or they
-- reopen.
create or replace function ctx.needs_shown()
returns uuid[] language plpgsql stable security definer set search_path = '' as $$
begin
  if not (ctx.ok() and ctx.opens('besoins')) then return '{}'; end if;
  return array(select p.need_id from public.need_proposals p where p.to_organisation = ctx.organisation()
    and (p.state in ('waiting', 'taken')
    or p.state = 'done' and exists (select from public.needs n where n.id = p.need_id
      and n.taken_by_organisation = p.to_organisation)));
end $$;
select pg_temp.as_definer('ctx.needs_shown()', 'cc_web', 'cc_worker');

-- The establishments with a need that stands, of those the asker may read; null: of any kind (EST-2). It runs with the
-- asker's rights.
create or replace function needs_standing(of_kind text)
returns table (siret bigint) language sql stable parallel safe as $$
  select n.siret from public.needs n where n.closed_at is null and (of_kind is null or n.kind = of_kind)
$$;
revoke all on function needs_standing(text) from public;
grant execute on function needs_standing(text) to cc_web, cc_worker;

-- The life of a need as one table; null: not from there. `hired`: with those of the act. The SQL twin of stateAfter.
create or replace function need_state_after(state text, act text, kind text, posts int, hired int)
returns text language sql immutable as $$
  select case
    when act = 'take' and state = 'ouvert' then 'pris-en-charge'
    when act = 'give-back' and state in ('pris-en-charge', 'partiellement-pourvu') then 'ouvert'
    when act = 'unreachable' and state = 'pris-en-charge' then 'ouvert'
    when act = 'hire' and state in ('pris-en-charge', 'partiellement-pourvu')
      and kind in ('recrutement', 'contrat-aide')
      then case when hired >= posts then 'pourvu' else 'partiellement-pourvu' end
    when act = 'answer' and state = 'pris-en-charge' and kind not in ('recrutement', 'contrat-aide') then 'pourvu'
    when act = 'fill-otherwise'
      and state in ('ouvert', 'pris-en-charge', 'partiellement-pourvu') then 'pourvu-autrement'
    when act = 'abandon' and state in ('ouvert', 'pris-en-charge', 'partiellement-pourvu') then 'abandonne'
    when act = 'reopen' and state in ('pourvu', 'pourvu-autrement', 'abandonne') then 'ouvert'
  end
$$;
revoke all on function need_state_after(text, text, text, int, int) from public;
grant execute on function need_state_after(text, text, text, int, int) to cc_web, cc_definer;

/*
 * On which of these needs the viewer may do so: taken by whoever records there in its structure, or in one that it is
 * proposed to;
 * moved on by who records there in the structure that took it; closed also, reopened and proposed by who follows it.
 * The SQL twin of mayActOnNeed.
 */
create or replace function ctx.actionable_needs(ids uuid[], act text)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select n.id from public.needs n
  cross join lateral (select n.organisation_id = (select ctx.organisation()) as own,
    n.taken_by_organisation = (select ctx.organisation()) as taker,
    n.owner_id = (select ctx.account())
      or ctx.covers((select ctx.responsable()), n.region_id, n.departement_id, n.epci_id, n.clpe_id) as follows) r
  where n.id = any (ids) and (select ctx.ok()) and (select ctx.opens('besoins'))
    and ctx.covers((select ctx.conseiller()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
    and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
    and case when act = 'take' then r.own
        or exists (select from public.need_proposals p where p.need_id = n.id
          and p.to_organisation = (select ctx.organisation()) and p.state = 'waiting')
      when act in ('give-back', 'unreachable', 'hire', 'answer') then r.taker
      when act in ('fill-otherwise', 'abandon') then r.taker or r.own and r.follows
      when act in ('reopen', 'propose') then r.own and r.follows
      else false end
$$;
select pg_temp.as_definer('ctx.actionable_needs(uuid[], text)', 'cc_web');

/*
 * Does one act of the life of a need, once: the need is held first, so that of two who take it in one second the second
 * finds it taken.
 * Answers '' or why not, the version written and its digest for the trail.
 */
create or replace function act_on_need(of_need uuid, act text, said text, hire jsonb, at timestamptz)
returns table (outcome text, version int, sha256 text, was text, became text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare n public.needs; next_state text; hiring int := case when act = 'hire' then (hire ->> 'number')::int else 0 end;
  salt bytea := extensions.gen_random_bytes(16);
begin
  if not exists (select from ctx.actionable_needs(array[of_need], act)) then outcome := 'not-found';
    return next; return; end if;
  select * into n from public.needs x where x.id = of_need for update;
  next_state := public.need_state_after(n.state, act, n.kind, n.posts, n.hired + hiring);
  if next_state is null then
    outcome := case when act = 'take' and n.taken_by is not null and n.closed_at is null then 'need/taken'
      else 'need/not-from-there' end;
    return next; return;
  end if;
  if not exists (select from ctx.actionable_needs(array[of_need], act)) then outcome := 'not-found';
    return next; return; end if;
  if n.hired + hiring > n.posts and not coalesce((hire ->> 'beyond')::boolean, false)
    and act = 'hire' then outcome := 'need/more-hires-than-posts'; return next; return; end if;
  if act = 'hire' then
    insert into public.need_hires (id, need_id, number, contract, hired_on, beyond, organisation_id,
      author_id, noted_at)
      values ((hire ->> 'id')::uuid, of_need, hiring, hire ->> 'contract', (hire ->> 'hiredOn')::date,
        n.hired + hiring > n.posts, ctx.organisation(), ctx.account(), at);
  end if;
  insert into public.need_versions (need_id, version, change, visibility, state, reason, organisation_id,
    author_id, at, salt)
    values (of_need, n.version + 1, case act when 'take' then 'taken' when 'give-back' then 'given-back'
      when 'hire' then 'hired' when 'answer' then 'answered'
      when 'fill-otherwise' then 'filled-otherwise' when 'abandon' then 'abandoned'
      when 'reopen' then 'reopened' else act end,
      n.visibility, next_state, said, ctx.organisation(), ctx.account(), at, salt);
  update public.needs x set state = next_state, version = n.version + 1, hired = n.hired + hiring,
    taken_by = case when act = 'take' then ctx.account() when next_state = 'ouvert' then null else n.taken_by end,
    taken_by_organisation = case when act = 'take' then ctx.organisation() when next_state = 'ouvert' then null
      else n.taken_by_organisation end,
    taken_at = case when act = 'take' then at when next_state = 'ouvert' then null else n.taken_at end,
    closed_at = case when next_state in ('pourvu', 'pourvu-autrement', 'abandonne') then at end
    where x.id = of_need;
  -- What each structure that it was proposed to is told.
  if act = 'take' then
    update public.need_proposals p set state = 'taken', answered_by = ctx.account(),
      answered_at = at where p.need_id = of_need and p.state = 'waiting' and p.to_organisation = ctx.organisation();
    update public.need_proposals p set state = 'overtaken', answered_by = ctx.account(), answered_at = at,
      overtaken_by = ctx.organisation() where p.need_id = of_need and p.state = 'waiting';
  elsif act in ('give-back', 'unreachable') then
    update public.need_proposals p set state = case when act = 'unreachable' then 'unreachable'
      else 'declined' end, answered_by = ctx.account(), answered_at = at, reason = said,
        said_version = n.said_version where p.need_id = of_need and p.state = 'taken';
  elsif next_state in ('pourvu', 'pourvu-autrement', 'abandonne') then
    update public.need_proposals p set state = 'done', answered_at = at where p.need_id = of_need and p.state = 'taken';
    update public.need_proposals p set state = 'withdrawn', answered_at = at where p.need_id = of_need
      and p.state = 'waiting';
  end if;
  outcome := ''; version := n.version + 1; was := n.state; became := next_state;
  sha256 := public.need_version_digest(salt, null, null, said);
  return next;
end $$;
select pg_temp.as_definer('act_on_need(uuid, text, text, jsonb, timestamptz)', 'cc_web');

/*
 * The other structures with someone who records there: their territories and their convention reach that employer, and
 * they hold campagnes. `why`: already asked, or declined what it still says. For who may propose the need.
 */
create or replace function need_recipients(of_need uuid, on_day date)
returns table (organisation_id uuid, why text, reason text, at timestamptz)
language sql stable security definer set search_path = '' as $$
  select o.id, case when p.state in ('waiting', 'taken') then 'waiting' when p.state = 'declined' then 'declined' end,
    p.reason, p.answered_at
  from public.needs n join public.organisations o on o.id <> n.organisation_id
  left join lateral (select x.state, x.reason, x.answered_at from public.need_proposals x where x.need_id = n.id
    and x.to_organisation = o.id
      and (x.state in ('waiting', 'taken') or x.state = 'declined' and x.said_version = n.said_version)
    order by x.state = 'declined', x.answered_at desc limit 1) p on true
  where n.id in (select ctx.actionable_needs(array[of_need], 'propose'))
    and exists (select from ctx.advisors_at(o.id, n.region_id, n.departement_id, n.epci_id, n.clpe_id, on_day))
$$;
select pg_temp.as_definer('need_recipients(uuid, date)', 'cc_web');

-- Proposes a need to a structure. Answers '' or why not. The need is held first: asked twice at once, it is asked once.
create or replace function propose_need(new_id uuid, of_need uuid, receiver uuid, said text, at timestamptz)
returns text
language plpgsql security definer set search_path = '' as $$
declare n public.needs; already text;
begin
  if not exists (select from ctx.actionable_needs(array[of_need], 'propose')) then return 'not-found'; end if;
  select * into n from public.needs x where x.id = of_need for update;
  if n.state <> 'ouvert' then return 'need/not-open'; end if;
  select coalesce(r.why, '') into already from public.need_recipients(of_need, ctx.paris_day(at)) r
    where r.organisation_id = receiver;
  if already is null then return 'need/structure-elsewhere'; end if;
  if already = 'waiting' then return 'need/already-proposed'; end if;
  if already = 'declined' then return 'need/declined-already'; end if;
  insert into public.need_proposals (id, need_id, siret, region_id, departement_id, epci_id, clpe_id, from_organisation,
    by_id, to_organisation, words, said_version, proposed_at)
    values (new_id, n.id, n.siret, n.region_id, n.departement_id, n.epci_id, n.clpe_id, n.organisation_id,
      ctx.account(), receiver, said, n.said_version, at);
  return '';
end $$;
select pg_temp.as_definer('propose_need(uuid, uuid, uuid, text, timestamptz)', 'cc_web');

/*
 * Which of these proposals the viewer may settle so: declined by who records there in the structure that receives;
 * withdrawn by who follows the need. The SQL twin of maySettleNeedProposal.
 */
create or replace function ctx.settleable_need_proposals(ids uuid[], outcome text)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select p.id from public.need_proposals p join public.needs n on n.id = p.need_id where p.id = any (ids)
    and (select ctx.ok()) and (select ctx.opens('besoins'))
    and ctx.covers((select ctx.conseiller()), p.region_id, p.departement_id, p.epci_id, p.clpe_id)
    and ctx.covers((select ctx.fiche()), p.region_id, p.departement_id, p.epci_id, p.clpe_id)
    and case when outcome = 'declined' then p.to_organisation = (select ctx.organisation())
      when outcome = 'withdrawn' then p.from_organisation = (select ctx.organisation())
        and (n.owner_id = (select ctx.account())
          or ctx.covers((select ctx.responsable()), p.region_id, p.departement_id, p.epci_id, p.clpe_id))
      else false end
$$;
select pg_temp.as_definer('ctx.settleable_need_proposals(uuid[], text)', 'cc_web');

-- Settles a waiting proposal once; the need is held first, as by whoever takes it. Answers '' or why not. What is
-- declined is the need as it then stands, corrected since or not.
create or replace function settle_need_proposal(proposal uuid, outcome text, said text, at timestamptz) returns text
language plpgsql security definer set search_path = '' as $$
declare p public.need_proposals; n public.needs;
begin
  if not exists (select from ctx.settleable_need_proposals(array[proposal], outcome)) then return 'not-found'; end if;
  select * into n from public.needs y
    where y.id = (select x.need_id from public.need_proposals x where x.id = proposal) for update;
  select * into p from public.need_proposals x where x.id = proposal for update;
  if p.state <> 'waiting' then return 'need/proposal-answered'; end if;
  update public.need_proposals x set state = outcome, answered_by = ctx.account(), answered_at = at,
    said_version = n.said_version, reason = case when outcome = 'declined' then said end
    where x.id = proposal;
  return '';
end $$;
select pg_temp.as_definer('settle_need_proposal(uuid, text, text, timestamptz)', 'cc_web');

-- Proposals follow their need to its employer of today.
create or replace function follow_proposed_needs()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.need_proposals p set siret = c.siret, region_id = c.region_id, departement_id = c.departement_id,
    epci_id = c.epci_id, clpe_id = c.clpe_id
    from changed c where p.need_id = c.id and row(p.siret, p.region_id, p.departement_id, p.epci_id,
      p.clpe_id) is distinct from row(c.siret, c.region_id, c.departement_id, c.epci_id, c.clpe_id);
  return null;
end $$;
select pg_temp.as_definer('follow_proposed_needs()');

/*
 * Whom a proposal is told to in the structure that receives it: who leads there, else who works there; three at most.
 * Once proposed, for who proposed it; once overtaken, for who took the need.
 */
create or replace function need_proposal_contacts(proposals uuid[], on_day date)
returns table (proposal uuid, account_id uuid)
language sql stable security definer set search_path = '' as $$
  select p.id, r.account_id from public.need_proposals p
  cross join lateral (select a.account_id
    from ctx.advisors_at(p.to_organisation, p.region_id, p.departement_id, p.epci_id, p.clpe_id, on_day) a
    order by a.leads desc, a.account_id limit 3) r
  where p.id = any (proposals) and (select ctx.ok()) and (select ctx.opens('besoins'))
    and (p.state = 'waiting' and p.by_id = (select ctx.account()) or p.state = 'overtaken'
      and p.answered_by = (select ctx.account()))
$$;
select pg_temp.as_definer('need_proposal_contacts(uuid[], date)', 'cc_web');

-- The proposals that the viewer, who took a need, put an end to.
create or replace function overtaken_proposals(of_need uuid)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select p.id from public.need_proposals p join public.needs n on n.id = p.need_id
  where p.need_id = of_need and (select ctx.ok()) and (select ctx.opens('besoins'))
    and n.taken_by = (select ctx.account()) and p.state = 'overtaken' and p.answered_at = n.taken_at
$$;
select pg_temp.as_definer('overtaken_proposals(uuid)', 'cc_web');

/*
 * Gives what a colleague who is away follows or took to another: only what work_to_take_over tells the viewer, and only
 * where the recipient works. In order, so that two who take at once wait in one direction. Answers which, their version
 * and its digest for the trail.
 */
create or replace function pass_needs(from_account uuid, recipient uuid, on_day date, at timestamptz)
returns table (id uuid, siret bigint, version int, sha256 text, followed boolean, taken boolean)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    with waiting as materialized (select w.need_id from public.work_to_take_over(on_day) w where w.kind = 'need'
      and w.holder_id = from_account),
    locked as materialized (
      select n.id, n.siret, n.version + 1 as version, n.visibility, n.state, n.owner_id = from_account as followed,
        coalesce(n.taken_by = from_account, false) as taken,
        extensions.gen_random_bytes(16) as salt
      from public.needs n join waiting w on w.need_id = n.id
      join public.takeover_recipients(on_day) r on r.account_id = recipient
      -- Read again once the row is held: someone may have closed it, or taken it over.
      where n.closed_at is null and from_account in (n.owner_id, n.taken_by)
        and ctx.covers(r.conseiller, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
        and ctx.covers(r.fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
      order by n.id for update of n),
    written as (insert into public.need_versions (need_id, version, change, visibility, state, organisation_id,
      author_id, at, salt)
      select l.id, l.version, 'handed-over', l.visibility, l.state, ctx.organisation(), ctx.account(), pass_needs.at,
        l.salt from locked l),
    passed as (update public.needs n
      set version = l.version, owner_id = case when l.followed then recipient else n.owner_id end,
        taken_by = case when l.taken then recipient else n.taken_by end
      from locked l where n.id = l.id)
    select l.id, l.siret, l.version, public.need_version_digest(l.salt, null, null, null), l.followed, l.taken
      from locked l order by l.id;
end $$;
select pg_temp.as_definer('pass_needs(uuid, uuid, date, timestamptz)', 'cc_web');

/*
 * Gives what a structure whose convention is over follows to a colleague of the viewer: it passes to the viewer's
 * structure. Only what work_to_take_over tells, and only where the recipient works. What that structure had itself
 * taken is open again; what it proposed is the new one's proposal, and no more one's own to answer. Answers which,
 * their version and its digest, and who followed them.
 */
create or replace function adopt_needs(from_organisation uuid, recipient uuid, on_day date, at timestamptz)
returns table (id uuid, siret bigint, version int, sha256 text, owner_id uuid)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare own uuid := ctx.organisation();
begin
  return query
    with waiting as materialized (select w.need_id from public.work_to_take_over(on_day) w where w.kind = 'need'
      and from_organisation <> own and w.organisation_id = from_organisation),
    locked as materialized (
      select n.id, n.siret, n.version + 1 as version, n.state, n.owner_id,
        coalesce(n.taken_by_organisation = from_organisation, false) as freed, extensions.gen_random_bytes(16) as salt
      from public.needs n join waiting w on w.need_id = n.id
      join public.takeover_recipients(on_day) r on r.account_id = recipient
      -- Read again once the row is held: someone may have closed it, or taken it over.
      where n.organisation_id = from_organisation and n.closed_at is null and n.visibility = 'reseau'
        and ctx.covers(r.conseiller, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
        and ctx.covers(r.fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
      order by n.id for update of n),
    written as (insert into public.need_versions (need_id, version, change, visibility, state, organisation_id,
      author_id, at, salt)
      select l.id, l.version, 'handed-over', 'reseau', case when l.freed then 'ouvert' else l.state end, own,
        ctx.account(), adopt_needs.at, l.salt from locked l),
    proposed as (update public.need_proposals p
      set from_organisation = case when p.to_organisation = own then p.from_organisation else own end,
        state = case when p.to_organisation = own then 'withdrawn'
          else p.state end, answered_at = case when p.to_organisation = own then adopt_needs.at end
      from locked l where p.need_id = l.id and p.state = 'waiting'),
    passed as (update public.needs n set version = l.version, organisation_id = own, owner_id = recipient,
      state = case when l.freed then 'ouvert' else n.state end,
        taken_by = case when not l.freed then n.taken_by end,
          taken_by_organisation = case when not l.freed then n.taken_by_organisation end,
        taken_at = case when not l.freed then n.taken_at end
      from locked l where n.id = l.id)
    select l.id, l.siret, l.version, public.need_version_digest(l.salt, null, null, null), l.owner_id
      from locked l order by l.id;
end $$;
select pg_temp.as_definer('adopt_needs(uuid, uuid, date, timestamptz)', 'cc_web');
