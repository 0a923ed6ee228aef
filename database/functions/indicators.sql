-- Uses counted by day and added up by month (IND).

/*
 * Adds a batch of uses. Runs between requests, without a context, so it bypasses row-level security; it takes the
 * digests of tokens, which no row tells, and neither accounts nor ids of sessions: a use is only ever written for who
 * has a session. A use without a kind counts its session alone. In order of key, so that two processes never wait for
 * each other in a ring. Sessions already counted are forgotten by the days of the batch, not by the clock of the
 * database: a clock apart from the application's would count a session twice, or never forget.
 */
create or replace function record_usage(batch jsonb)
returns int language plpgsql security definer set search_path = '' as $$
declare written int;
begin
  with used as materialized (
    select s.id as session_id, s.account_id, a.organisation_id, b.tool, b.kind, b.day, b.count, b.perimeter
    from jsonb_to_recordset(batch) as b (token_hash text, tool text, kind text, day date, count int, perimeter int[])
    join public.sessions s on s.id = ctx.session_of(b.token_hash) join public.accounts a on a.id = s.account_id),
  seen as (
    insert into public.usage_sessions (session_id, tool, day) select distinct session_id, tool, day from used
      order by 1, 2, 3
    on conflict do nothing returning session_id, tool, day),
  counted as (
    select account_id, organisation_id, tool, kind, day, count, perimeter from used where kind is not null
    union all
    select distinct on (n.session_id, n.tool, n.day) u.account_id, u.organisation_id, n.tool, 'sessions',
      n.day, 1, u.perimeter
    from seen n join used u on u.session_id = n.session_id and u.tool = n.tool and u.day = n.day)
  insert into public.usage_days as d (account_id, organisation_id, tool, kind, day, count, perimeter)
    select account_id, (array_agg(organisation_id))[1], tool, kind, day, sum(count)::int,
      (array_agg(perimeter::text))[1]::int[]
    from counted group by account_id, tool, kind, day order by account_id, tool, kind, day
    on conflict (account_id, tool, kind, day) do update set count = d.count + excluded.count,
      perimeter = excluded.perimeter;
  get diagnostics written = row_count;
  delete from public.usage_sessions
    where day < (select max(b.day) - 2 from jsonb_to_recordset(batch) as b (day date));
  return written;
end $$;
select pg_temp.as_definer('record_usage(jsonb)', 'cc_web');

/*
 * Whoever writes the days, the months follow. One writing at a time, some milliseconds: what a statement inserts and
 * what it updates come as two sets, and two processes that each hold a month which the other is about to add to would
 * wait for each other.
 */
create or replace function add_up_usage() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('usage_months'));
  if tg_op = 'INSERT' then
    insert into public.usage_months as m (organisation_id, month, account_id, tool, kind, count)
      select organisation_id, date_trunc('month', day)::date, account_id, tool, kind, sum(count) from added
        group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (organisation_id, month, account_id, tool, kind) do update set count = m.count + excluded.count;
  else
    if tg_op = 'UPDATE' then
      insert into public.usage_months as m (organisation_id, month, account_id, tool, kind, count)
        select organisation_id, date_trunc('month', day)::date, account_id, tool, kind, sum(count) from added
          group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
        on conflict (organisation_id, month, account_id, tool, kind) do update set count = m.count + excluded.count;
    end if;
    update public.usage_months m set count = m.count - g.count
      from (select organisation_id, date_trunc('month', day)::date as month, account_id, tool, kind, sum(count) as count
        from gone group by 1, 2, 3, 4, 5) g
      where m.organisation_id = g.organisation_id and m.month = g.month and m.account_id = g.account_id
        and m.tool = g.tool and m.kind = g.kind;
    -- Nobody did anything in that month: a line at nought would count the person.
    delete from public.usage_months m using (select distinct organisation_id, date_trunc('month', day)::date as month,
      account_id, tool, kind from gone) g
      where m.count = 0 and m.organisation_id = g.organisation_id and m.month = g.month and m.account_id = g.account_id
        and m.tool = g.tool and m.kind = g.kind;
  end if;
  return null;
end $$;
select pg_temp.as_definer('add_up_usage()');

/*
 * Notes which months of which campaigns an exchange is written in, out of which, corrected in or erased from: their
 * sets no longer hold.
 */
create or replace function note_reached() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    insert into public.reached_changes (campaign_id, month)
      select distinct campaign_id, date_trunc('month', occurred_on)::date from added where reached
        and campaign_id is not null;
  elsif tg_op = 'DELETE' then
    insert into public.reached_changes (campaign_id, month)
      select distinct campaign_id, date_trunc('month', occurred_on)::date from gone where reached
        and campaign_id is not null;
  else
    insert into public.reached_changes (campaign_id, month)
      select campaign_id, date_trunc('month', occurred_on)::date from added where reached and campaign_id is not null
      union select campaign_id, date_trunc('month', occurred_on)::date from gone where reached
        and campaign_id is not null;
  end if;
  return null;
end $$;
select pg_temp.as_definer('note_reached()');

/*
 * The days on which campaigns were coordinated, worked out anew: two members at least, one of them not the operator.
 * The months in which an exchange is counted that was not, or the reverse, are noted: their sets no longer hold.
 */
create or replace function ctx.keep_coordinations(campaigns uuid[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  with worked as (
    select c.id, coalesce(range_agg(a.days operator(pg_catalog.*) b.days) filter (where p.kind <> 'operateur'
      or q.kind <> 'operateur'),
      '{}') as days
    from (select distinct u.id from unnest(campaigns) u (id)) c
    left join (public.campaign_memberships a
      join public.campaign_memberships b on b.campaign_id = a.campaign_id and b.organisation_id > a.organisation_id
      join public.organisations p on p.id = a.organisation_id join public.organisations q on q.id = b.organisation_id)
      on a.campaign_id = c.id
    group by c.id),
  differing as (
    select w.id, w.days, coalesce(k.days, '{}') as former from worked w
    left join public.campaign_coordinations k on k.campaign_id = w.id
    where k.days is distinct from w.days),
  written as (
    insert into public.campaign_coordinations as k (campaign_id, days) select d.id, d.days from differing d
    on conflict (campaign_id) do update set days = excluded.days)
  insert into public.reached_changes (campaign_id, month)
    select distinct d.id, date_trunc('month', x.occurred_on)::date from differing d
    join public.exchanges x on x.campaign_id = d.id and x.reached and x.status = 'recorded'
    where x.occurred_on operator(pg_catalog.<@) d.days <> (x.occurred_on operator(pg_catalog.<@) d.former);
end $$;
select pg_temp.as_definer('ctx.keep_coordinations(uuid[])');

create or replace function keep_coordinations()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform ctx.keep_coordinations(array(select distinct c.campaign_id from changed c));
  return null;
end $$;
select pg_temp.as_definer('keep_coordinations()');

/* The same for a structure that becomes the operator, or no longer is: its exchanges enter the sets, or leave them. */
create or replace function note_reached_by()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform ctx.keep_coordinations(array(select m.campaign_id from public.campaign_memberships m
    where m.organisation_id = new.id));
  insert into public.reached_changes (campaign_id, month)
    select distinct campaign_id, date_trunc('month', occurred_on)::date from public.exchanges
    where organisation_id = new.id and reached and campaign_id is not null;
  return null;
end $$;
select pg_temp.as_definer('note_reached_by()');

/*
 * Makes the sets of some months that changed, the oldest changes first; answers how many months. The lines taken and
 * the exchanges read are of one statement, hence of one snapshot: an exchange that it does not see has left a line that
 * it does not take.
 * One run at a time.
 */
create or replace function ctx.keep_reached_sets(at_most int)
returns int language plpgsql security definer set search_path = '' as $$
declare
  campaigns uuid[]; months date[]; -- of the months taken
  of_campaigns uuid[]; of_months date[]; sirets bigint[]; departements int[]; -- of what was reached in them
begin
  if not pg_try_advisory_xact_lock(hashtext('reached_sets')) then return 0; end if;
  with taken as materialized (select c.campaign_id, c.month from public.reached_changes c group by 1, 2
    order by min(c.id) limit at_most),
  gone as (delete from public.reached_changes c using taken t where c.campaign_id = t.campaign_id
    and c.month = t.month),
  reached as (
    select t.campaign_id, t.month, x.siret, min(x.departement_id) as departement_id from taken t
    join public.exchanges x on x.campaign_id = t.campaign_id
      and x.occurred_on >= t.month and x.occurred_on < t.month + interval '1 month' and x.reached
      and x.status = 'recorded'
      and x.organisation_id <> all (array(select o.id from public.organisations o where o.kind = 'operateur'))
    join public.campaign_coordinations k on k.campaign_id = t.campaign_id
      and x.occurred_on operator(pg_catalog.<@) k.days
    group by 1, 2, 3)
  select t.campaigns, t.months, r.campaigns, r.months, r.sirets, r.departements into campaigns, months, of_campaigns,
    of_months, sirets, departements
    from (select array_agg(campaign_id) as campaigns, array_agg(month) as months from taken) t,
      (select array_agg(campaign_id) as campaigns, array_agg(month) as months, array_agg(siret) as sirets,
        array_agg(departement_id) as departements from reached) r;
  if campaigns is null then return 0; end if;

  with new as (
    select u.siret, coalesce(min(u.departement_id), 0) as departement_id
    from unnest(sirets, departements) u (siret, departement_id)
    where not exists (select from public.reached_numbers n where n.siret = u.siret) group by 1),
  ranked as (select siret, departement_id, row_number() over (partition by departement_id order by siret) - 1 as rank
    from new),
  free as (
    select d.departement_id, coalesce((select n.part * 8192 + n.place + 1 from public.reached_numbers n
      where n.departement_id = d.departement_id order by n.part desc, n.place desc limit 1), 0) as first
    from (select distinct departement_id from new) d)
  insert into public.reached_numbers (siret, departement_id, part, place)
    select r.siret, r.departement_id, (f.first + r.rank) / 8192, (f.first + r.rank) % 8192 from ranked r
      join free f using (departement_id);

  delete from public.reached_sets s using unnest(campaigns, months) t (campaign_id, month)
    where s.campaign_id = t.campaign_id and s.month = t.month;
  insert into public.reached_sets (campaign_id, month, departement_id, part, establishments)
    select u.campaign_id, u.month, n.departement_id, n.part, bit_or(set_bit('0'::bit(8192), n.place, 1))
    from unnest(of_campaigns, of_months, sirets) u (campaign_id, month, siret)
    join public.reached_numbers n on n.siret = u.siret
    group by 1, 2, 3, 4;
  return cardinality(campaigns);
end $$;
select pg_temp.as_definer('ctx.keep_reached_sets(int)', 'cc_worker');

/*
 * The campaigns whose figures a viewer counts, within the perimeter (IND-6). `everywhere`: the operator's, members or
 * not, as sums.
 * `own`: the days that its structure reads, all of them while a member, those of its membership once it left. The SQL
 * twin of mayCountCampaign; no role calls it but the functions that answer sums.
 */
create or replace function ctx.counted_campaigns()
returns table (id uuid, purpose text, territory_id int, opened_on date, closed_on date, days datemultirange,
  everywhere boolean,
  member boolean, own datemultirange)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  organisation uuid := ctx.organisation();
  touched int[] := ctx.campagnes();
begin
  if not ctx.ok() or cardinality(touched) = 0 then return; end if;
  if exists (select from public.organisations o where o.id = organisation and o.kind = 'operateur') then
    return query
      select c.id, c.purpose, c.territory_id, ctx.paris_day(c.opened_at), ctx.paris_day(c.closed_at), k.days, true,
        m.campaign_id is not null, case when m.campaign_id is not null then '{(,)}' else coalesce(p.days, '{}') end
      from public.campaigns c join public.campaign_coordinations k on k.campaign_id = c.id
      left join public.campaign_members m on m.campaign_id = c.id and m.organisation_id = organisation
      left join (select s.campaign_id, range_agg(s.days) as days from public.campaign_memberships s
        where s.organisation_id = organisation group by 1) p on p.campaign_id = c.id
      where c.status <> 'draft' and (ctx.national(touched) or c.territory_id = any (touched) or c.territory_id = 0);
  else
    return query
      select c.id, c.purpose, c.territory_id, ctx.paris_day(c.opened_at), ctx.paris_day(c.closed_at), k.days, false,
        m.campaign_id is not null, case when m.campaign_id is not null then '{(,)}' else p.days end
      from (select s.campaign_id, range_agg(s.days) as days from public.campaign_memberships s
        where s.organisation_id = organisation group by 1) p
      join public.campaigns c on c.id = p.campaign_id join public.campaign_coordinations k on k.campaign_id = c.id
      left join public.campaign_members m on m.campaign_id = c.id and m.organisation_id = organisation
      where c.status <> 'draft' and (ctx.national(touched) or c.territory_id = any (touched) or c.territory_id = 0);
  end if;
end $$;
select pg_temp.as_definer('ctx.counted_campaigns()');

/*
 * The territories over which the viewer reads sums without being a member: the operator's grants of the tool campagnes.
 */
create or replace function ctx.summed_perimeter()
returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.organisations o where o.id = ctx.organisation()
    and o.kind = 'operateur') then
    return '{}';
  end if;
  return array(select distinct g.territory_id from ctx.effective_grants(ctx.account(), ctx.paris_day(ctx.clock())) g
    where g.tool = 'campagnes');
end $$;
select pg_temp.as_definer('ctx.summed_perimeter()');

/*
 * How many campaigns were open and coordinated on a same day of a period (IND-3), by purpose and in all: sums, never
 * which. It bypasses row-level security, and therefore scopes itself (ctx.counted_campaigns).
 */
create or replace function count_shared_campaigns(from_day date, to_day date, by_organisation uuid, in_territory int,
  of_campaign uuid)
returns table (part text, value bigint) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select c.purpose, count(*) from ctx.counted_campaigns() c
    left join lateral (select range_agg(m.days) as days from public.campaign_memberships m
      where m.campaign_id = c.id and m.organisation_id = by_organisation) asked on by_organisation is not null
    where (of_campaign is null or c.id = of_campaign)
      and (in_territory is null or c.territory_id = 0
        or exists (select from public.territory_overlaps v where v.territory_id = in_territory
          and v.other_id = c.territory_id))
      and case when c.opened_on <= to_day and coalesce(c.closed_on, to_day) >= from_day then
        not isempty(c.days operator(pg_catalog.*) datemultirange(daterange(greatest(from_day, c.opened_on),
          least(to_day, c.closed_on), '[]'))
          operator(pg_catalog.*) (case when c.everywhere then '{(,)}' else c.own end)
          operator(pg_catalog.*) (case when by_organisation is null then '{(,)}'
            else coalesce(asked.days, '{}') end)) end
    group by grouping sets ((c.purpose), ());
end $$;
select pg_temp.as_definer('count_shared_campaigns(date, date, uuid, int, uuid)', 'cc_web');

/*
 * How many establishments partners reached in a period on coordinated days (IND-4), by purpose and in all: sums, never
 * which. It bypasses row-level security, and therefore scopes itself: by perimeter for the operator, by the card and
 * the campaign for all.
 * Whole months come from sets where all of a campaign is read over the whole country; exchanges are read for the rest:
 * other campaigns, days around the months, months that changed since. One statement, hence one snapshot: what a set
 * lacks has left a line that is seen.
 * The SQL twin of mayCountContact.
 */
create or replace function count_reached(from_day date, to_day date, first_month date, last_month date,
  by_organisation uuid, in_territory int, of_campaign uuid, by_employer boolean)
returns table (part text, value bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  fiche int[] := ctx.fiche();
  summed int[] := ctx.summed_perimeter();
  sets boolean := first_month is not null and by_organisation is null and in_territory is null and of_campaign is null
    and not by_employer;
  operators uuid[] := array(select o.id from public.organisations o where o.kind = 'operateur');
begin
  return query
  with c as materialized (
    select n.*, sets and (ctx.national(summed) or n.member and ctx.national(fiche)) as by_set
    from ctx.counted_campaigns() n
    where of_campaign is null or n.id = of_campaign),
  changed as materialized (
    select distinct h.campaign_id, h.month from public.reached_changes h where sets
      and h.month between first_month and last_month),
  -- Part after part: gathered at once, a kilobyte a line was sorted on disk.
  kept as materialized (
    select p.departement_id, p.part, coalesce(k.prospection, '0'::bit(8192)) as prospection,
      coalesce(k.fidelisation, '0'::bit(8192)) as fidelisation
    from public.reached_numbers p cross join lateral (
      select bit_or(s.establishments) filter (where s.campaign_id in (select c.id from c where c.by_set
        and c.purpose = 'prospection')) as prospection,
        bit_or(s.establishments) filter (where s.campaign_id in (select c.id from c where c.by_set
          and c.purpose = 'fidelisation')) as fidelisation
      from public.reached_sets s where s.departement_id = p.departement_id and s.part = p.part
        and s.month between first_month and last_month
        and (s.campaign_id, s.month) not in (select h.campaign_id, h.month from changed h)) k
    where p.place = 0 and sets and exists (select from c where c.by_set)),
  span as (
    select c.id, from_day as first, to_day as last from c where not c.by_set
    union all select c.id, from_day, first_month - 1 from c where c.by_set and from_day < first_month
    union all select c.id, (last_month + interval '1 month')::date, to_day from c where c.by_set
      and to_day >= last_month + interval '1 month'
    union all select h.campaign_id, h.month, least((h.month + interval '1 month')::date - 1, to_day)
      from changed h join c on c.id = h.campaign_id and c.by_set),
  reached as (
    select x.siret, bool_or(c.purpose = 'prospection') as prospection,
      bool_or(c.purpose = 'fidelisation') as fidelisation
    from span s join c on c.id = s.id
    cross join lateral (select x.* from public.exchanges x where x.campaign_id = s.id and x.reached
      and x.status = 'recorded'
      and x.occurred_on between s.first and s.last and x.organisation_id <> all (operators)
      and (by_organisation is null or x.organisation_id = by_organisation)
      and (in_territory is null or in_territory in (x.region_id, x.departement_id, x.epci_id, x.clpe_id))
      and x.occurred_on operator(pg_catalog.<@) c.days
      and (0 = any (summed) or x.region_id = any (summed) or x.departement_id = any (summed) or x.epci_id = any (summed)
        or x.clpe_id = any (summed)
        or (0 = any (fiche) or x.region_id = any (fiche) or x.departement_id = any (fiche) or x.epci_id = any (fiche)
          or x.clpe_id = any (fiche))
          and x.occurred_on operator(pg_catalog.<@) c.own) offset 0) x
    group by x.siret),
  rest as (
    select r.prospection, r.fidelisation, coalesce(get_bit(k.prospection, n.place), 0) = 1 as kept_prospection,
      coalesce(get_bit(k.fidelisation, n.place), 0) = 1 as kept_fidelisation
    from reached r left join public.reached_numbers n on sets and n.siret = r.siret
    left join kept k on k.departement_id = n.departement_id and k.part = n.part),
  summed_up as (
    select k.whole + r.whole as whole, k.prospection + r.prospection as prospection,
      k.fidelisation + r.fidelisation as fidelisation
    from (select coalesce(sum(bit_count(k.prospection | k.fidelisation)), 0)::bigint as whole,
        coalesce(sum(bit_count(k.prospection)), 0)::bigint as prospection,
          coalesce(sum(bit_count(k.fidelisation)), 0)::bigint as fidelisation from kept k) k,
      (select count(*) filter (where not r.kept_prospection and not r.kept_fidelisation) as whole,
        count(*) filter (where r.prospection and not r.kept_prospection) as prospection,
        count(*) filter (where r.fidelisation and not r.kept_fidelisation) as fidelisation from rest r) r),
  -- What the register hides of a natural person stays unknown (EST-4).
  employers as (
    select case when e.partial_diffusion and coalesce(e.natural_person, true) then 'unknown'
        else public.legal_nature(e.legal_category) end as nature, coalesce(e.company_size, 'unknown') as size
    from reached r left join public.establishments e on e.siret = r.siret where by_employer)
  select v.part, v.value from summed_up n, lateral (values (null, n.whole), ('prospection', n.prospection),
    ('fidelisation', n.fidelisation)) as v (part, value)
  union all select 'nature.' || m.nature, count(*) from employers m group by m.nature
  union all select 'size.' || m.size, count(*) from employers m group by m.size;
end $$;
select pg_temp.as_definer('count_reached(date, date, date, date, uuid, int, uuid, boolean)', 'cc_web');

/*
 * What moved the figures of a period since its last day (IND-6): contacts of partners recorded, corrected or cancelled
 * after it, how many and when last. Sums within what count_reached counts, never which.
 */
create or replace function moved_since(from_day date, to_day date, by_organisation uuid, in_territory int,
  of_campaign uuid)
returns table (kind text, count bigint, latest timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  fiche int[] := ctx.fiche();
  summed int[] := ctx.summed_perimeter();
  over timestamptz := (to_day + 1)::timestamp at time zone 'Europe/Paris';
begin
  return query
  with c as materialized (select n.* from ctx.counted_campaigns() n where of_campaign is null or n.id = of_campaign),
  moved as (
    select x.id, x.campaign_id, x.organisation_id, x.region_id, x.departement_id, x.epci_id, x.clpe_id,
      'recorded' as kind, x.recorded_at as at, x.occurred_on as day
    from public.exchanges x where x.occurred_on between from_day and to_day
      and x.recorded_at >= over and x.campaign_id is not null
      and (x.recorded_at at time zone 'Europe/Paris')::date > x.occurred_on and x.reached and x.status = 'recorded'
    union all
    select x.id, x.campaign_id, x.organisation_id, x.region_id, x.departement_id, x.epci_id, x.clpe_id,
      case x.status when 'cancelled' then 'cancelled' else 'corrected' end, x.corrected_at, v.day
    from public.exchanges x cross join lateral (select max(v.occurred_on) as day from public.exchange_versions v
      where v.exchange_id = x.id and v.occurred_on between from_day and to_day) v
    where x.corrected_at >= over and x.recorded_at < over and v.day is not null)
  select m.kind, count(*), max(m.at) from moved m join c on c.id = m.campaign_id
    join public.organisations o on o.id = m.organisation_id and o.kind <> 'operateur'
  where m.day operator(pg_catalog.<@) c.days and (by_organisation is null or m.organisation_id = by_organisation)
    and (in_territory is null or in_territory in (m.region_id, m.departement_id, m.epci_id, m.clpe_id))
    and (ctx.covers(summed, m.region_id, m.departement_id, m.epci_id, m.clpe_id)
      or ctx.covers(fiche, m.region_id, m.departement_id, m.epci_id, m.clpe_id) and m.day operator(pg_catalog.<@) c.own)
  group by m.kind;
end $$;
select pg_temp.as_definer('moved_since(date, date, uuid, int, uuid)', 'cc_web');

/*
 * What a viewer's figures depend on, as a digest: the structure, and the perimeters that the functions above count
 * within. Two persons of one scope read the same figures; a frozen figure opens to its own scope alone (IND-6). The SQL
 * twin of mayReadFrozen.
 */
create or replace function ctx.figures_scope()
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or ctx.campagnes() = '{}' then return null; end if;
  return ctx.scope_digest(ctx.organisation(), ctx.campagnes(), ctx.fiche(), ctx.summed_perimeter());
end $$;
select pg_temp.as_definer('ctx.figures_scope()', 'cc_web');

create or replace function ctx.scope_digest(organisation uuid, campagnes int[], fiche int[], summed int[])
returns text language sql immutable set search_path = '' as $$
  select encode(sha256(convert_to(concat_ws('|', organisation,
    (select string_agg(t::text, ',' order by t)
      from unnest(campagnes) t), (select coalesce(string_agg(t::text, ',' order by t), '') from unnest(fiche) t),
    (select coalesce(string_agg(t::text, ',' order by t), '') from unnest(summed) t)), 'UTF8')), 'hex')
$$;

/*
 * The first day on which a month may be frozen: the 10th of the next one, so that late records are in. The twin of
 * freezesOn.
 */
create or replace function ctx.freezes_on(of_month date)
returns date language sql immutable parallel safe set search_path = ''
  as $$ select (of_month + interval '1 month')::date + 9 $$;

/*
 * The months to freeze: those since the last one frozen, up to the last whose day has come; at first, that one alone.
 */
create or replace function ctx.months_to_freeze()
returns setof date language plpgsql stable security definer set search_path = '' as $$
declare
  due date := (date_trunc('month', ctx.paris_day(ctx.clock()) - 9) - interval '1 month')::date;
begin
  return query select m::date from generate_series(
    coalesce((select max(f.month) + interval '1 month' from public.frozen_months f), due::timestamp), due,
      interval '1 month') m;
end $$;
select pg_temp.as_definer('ctx.months_to_freeze()', 'cc_worker');

/*
 * What the viewer in the context reads of a month, each figure by its definition's version 2: campaigns and
 * establishments by the very functions of the page, uses by the same sums as indicators.queries.ts. A test compares
 * each line with the page of its reader.
 */
create or replace function ctx.figures_read(of_month date)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare last_day date := (of_month + interval '1 month')::date - 1;
begin
  return (
    with used as materialized (
      select m.account_id, m.tool, m.kind, m.count from public.usage_months m
      join public.organisations o on o.id = m.organisation_id
      where m.month = of_month and o.kind <> 'operateur'
        and (o.id = ctx.organisation() or ctx.national(ctx.campagnes()))),
    figure as (
      select 'conseillers-utilisateurs' as code, u.tool as part, count(distinct u.account_id) as value
      from used u group by u.tool
      union all select 'conseillers-utilisateurs', null, count(distinct u.account_id) from used u
      union all select 'usage', u.tool || '.' || u.kind, sum(u.count)::bigint from used u group by u.tool, u.kind
      union all select 'usage', null, coalesce(sum(u.count), 0)::bigint from used u where u.kind <> 'sessions'
      union all select 'campagnes', c.part, c.value
      from public.count_shared_campaigns(of_month, last_day, null, null, null) c
      union all select 'etablissements', r.part, r.value
      from public.count_reached(of_month, last_day, of_month, of_month, null, null, null, false) r)
    select jsonb_agg(jsonb_build_object('code', f.code, 'version', 2, 'part', f.part, 'value', f.value)
      order by f.code collate "C", f.part collate "C" nulls first) from figure f);
end $$;
select pg_temp.as_definer('ctx.figures_read(date)');

/*
 * Freezes a month for the readings of some accounts, by their ids; answers the last one seen, null once the month is
 * frozen. Each reading is counted in the context of a person who has it today, with all the rights of a strong sign-in,
 * and the context is closed after.
 * One run at a time: another waits, and finds the lines made. Nothing is frozen before its day.
 */
create or replace function ctx.freeze_figures(of_month date, after_account uuid, at_most int) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := ctx.clock();
  reader record;
  r secret.stored_rights;
  seen uuid;
  of_scope text;
  said jsonb;
  told record;
  entry uuid := gen_random_uuid();
  salt bytea := extensions.gen_random_bytes(16);
begin
  if of_month <> date_trunc('month', of_month)::date or ctx.paris_day(at) < ctx.freezes_on(of_month) then
    raise exception 'not the day to freeze %', of_month using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtext('frozen_figures'));
  if exists (select from public.frozen_months m where m.month = of_month) then return null; end if;
  for reader in select a.id, a.organisation_id from public.accounts a where a.status = 'active' and a.id > after_account
      and exists (select from public.grants g where g.account_id = a.id and g.tool = 'campagnes'
        and g.revoked_at is null)
    order by a.id limit at_most
  loop
    seen := reader.id;
    r := ctx.worked_out(reader.id, 'proconnect', at);
    perform ctx.set_context('2', reader.id, reader.organisation_id, r.fiche, '{}', r.campagnes, '{}', '{}', '{}',
      '{}', r.categories);
    of_scope := ctx.figures_scope();
    continue when of_scope is null
      or exists (select from public.frozen_figures f where f.month = of_month and f.scope = of_scope);
    said := ctx.figures_read(of_month);
    insert into public.frozen_figures (month, scope, organisation_id, campagnes, fiche, summed,
      frozen_at, lines, digest)
      values (of_month, of_scope, reader.organisation_id, r.campagnes, r.fiche, ctx.summed_perimeter(), at, said,
        sha256(convert_to(concat_ws(E'\n', to_char(of_month, 'YYYY-MM-DD'), of_scope, extract(epoch from at)::text,
          said::text), 'UTF8')));
  end loop;
  perform ctx.set_context('', null, null, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}');
  if seen is not null then return seen; end if;

  select count(*)::int as line_count,
    sha256(convert_to(concat_ws(E'\n', to_char(of_month, 'YYYY-MM-DD'), extract(epoch from at)::text,
      string_agg(encode(f.digest, 'hex'), E'\n' order by f.scope)), 'UTF8')) as digest
    into told from public.frozen_figures f where f.month = of_month;
  insert into public.frozen_months (month, frozen_at, line_count, digest)
    values (of_month, at, told.line_count, told.digest);
  said := jsonb_build_object('month', to_char(of_month, 'YYYY-MM-DD'), 'lines', told.line_count);
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    values (entry, at, null, null, 'figures.frozen', 'frozen-month', encode(told.digest, 'hex'), '', '',
      public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  return null;
end $$;
select pg_temp.as_definer('ctx.freeze_figures(date, uuid, int)', 'cc_worker');
