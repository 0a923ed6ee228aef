-- Exchanges and what is being typed (EXC, UX-3).

create or replace function exchange_version_digest(salt bytea, occurred_on date, content jsonb)
returns text language sql stable as $$
  select encode(sha256(salt || convert_to(to_char(occurred_on, 'YYYY-MM-DD') || content::text, 'UTF8')), 'hex')
$$;
revoke all on function exchange_version_digest(bytea, date, jsonb) from public;
grant execute on function exchange_version_digest(bytea, date, jsonb) to cc_web;

/*
 * Which of these next actions the viewer may finish, or plan again: their own, and those where they lead. This bypasses
 * row-level security, as the worker asks it. The SQL twin of mayFinish.
 */
create or replace function ctx.finishable_actions(ids uuid[])
returns setof uuid language sql stable security definer set search_path = '' as $$
  select n.id from public.next_actions n where n.id = any (ids) and (select ctx.ok())
    and n.organisation_id = (select ctx.organisation())
    and (n.owner_id = (select ctx.account())
      or ctx.covers((select ctx.responsable()), n.region_id, n.departement_id, n.epci_id, n.clpe_id))
    and ctx.covers((select ctx.conseiller()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
    and ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)
$$;
select pg_temp.as_definer('ctx.finishable_actions(uuid[])', 'cc_web');

-- Every night: how actions stood before they were handed over is kept a day, in which whoever did it takes one back.
create or replace function ctx.forget_handings() returns int
language plpgsql security definer set search_path = '' as $$
declare forgotten int;
begin
  perform ctx.await_holds();
  with due as materialized (
    select h.ctid as place, h.organisation_id as structure,
      ctx.is_held('handings', h.by_id, h.organisation_id) as held
    from public.handed_actions h
    where h.at < now() - interval 'P1D'
    for update of h),
  gone as (
    delete from public.handed_actions h using due where h.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('handings', 'handed_actions', 'P1D',
      array_agg(due.structure) filter (where gone.place is not null),
      array_agg(due.structure) filter (where due.held))
    into forgotten from due left join gone on gone.place = due.place;
  return forgotten;
end $$;
select pg_temp.as_definer('ctx.forget_handings()', 'cc_worker');

-- Whether the action that follows an exchange of the viewer's structure is another structure's now: a correction then
-- leaves it.
create or replace function action_passed_on(exchange uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select (select ctx.ok()) and exists (select from public.next_actions n join public.exchanges x on x.id = n.exchange_id
    where x.id = exchange and n.organisation_id <> x.organisation_id
      and x.organisation_id = (select ctx.organisation()))
$$;
select pg_temp.as_definer('action_passed_on(uuid)', 'cc_web');

-- The establishments contacted from a day on, of the contacts that the asker may read: it runs with the asker's rights.
create or replace function contacted_from(since date)
returns table (siret bigint) language sql stable parallel safe as $$
  select x.siret from public.exchanges x where x.status = 'recorded' and x.occurred_on >= since
$$;
revoke all on function contacted_from(date) from public;
grant execute on function contacted_from(date) to cc_web, cc_worker;

-- The last contact with an establishment, of those that the asker may read: it runs with the asker's rights.
create or replace function last_contact(establishment bigint)
returns table (occurred_on date) language sql stable parallel safe as $$
  select x.occurred_on from public.exchanges x where x.siret = establishment
    and x.status = 'recorded' order by x.occurred_on desc limit 1
$$;
revoke all on function last_contact(bigint) from public;
grant execute on function last_contact(bigint) to cc_web;

/*
 * The next people, after an account and in the order of accounts, who have next actions that are due (CAM-11): how many
 * of the day and how many late, where they record; none at an employer that is not to be contacted that day (EST-10). 0
 * and 0 of who is away, can open nothing for now, or was told that day already.
 */
create or replace function ctx.due_actions(at timestamptz, past uuid, most int)
returns table (account_id uuid, due_today int, late int) language sql stable security definer set search_path = '' as $$
  with owner as materialized (select distinct n.owner_id as id from public.next_actions n
    where n.done_at is null and n.cancelled_at is null and n.due_on <= ctx.paris_day(at)
      and (past is null or n.owner_id > past) order by 1 limit most),
  here as materialized (select o.id from owner o where ctx.why_away(o.id, ctx.paris_day(at)) is null
    and not exists (select from public.notifications n where n.account_id = o.id and n.kind = 'actions-due'
      and ctx.paris_day(n.at) = ctx.paris_day(due_actions.at))),
  reach as materialized (select h.id, array_agg(g.territory_id) filter (where g.tool = 'campagnes'
    and ctx.rank(g.profile) >= 2) as conseiller,
      array_agg(g.territory_id) filter (where g.tool = 'fiche-etablissement') as fiche
    from here h cross join lateral ctx.effective_grants(h.id, ctx.paris_day(at)) g group by h.id),
  counted as (select r.id, count(*) filter (where n.due_on = ctx.paris_day(at))::int as due_today, count(*)
    filter (where n.due_on < ctx.paris_day(at))::int as late
    from reach r join public.next_actions n on n.owner_id = r.id and n.done_at is null and n.cancelled_at is null
      and n.due_on <= ctx.paris_day(at)
    where ctx.covers(r.conseiller, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
      and ctx.covers(r.fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)
      and not exists (select from public.do_not_contact_marks m where m.siret = n.siret and m.ended_at is null
        and ctx.paris_day(at) between m.starts_on and m.until)
    group by r.id)
  select o.id, coalesce(c.due_today, 0), coalesce(c.late, 0) from owner o
    left join counted c on c.id = o.id order by o.id
$$;
select pg_temp.as_definer('ctx.due_actions(timestamptz, uuid, int)', 'cc_worker');

-- Nobody met is named, nor changed, while annex 4 closes « interlocuteurs » (AGR-12): a column has no policy of its
-- own. What stands is kept as it is.
create or replace function ctx.met_kept() returns trigger language plpgsql as $$
declare
  said text;
  met uuid;
begin
  if current_user <> 'cc_web' or ctx.opens('interlocuteurs') then return new; end if;
  if tg_op = 'UPDATE' then
    said := old.person_met;
    met := old.correspondent_id;
  end if;
  if (new.person_met, new.correspondent_id) is distinct from (said, met) then
    raise exception 'annex 4 does not open who was met' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
