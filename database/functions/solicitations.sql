-- The budget of solicitations (CAM-12). How many there were is told to whoever works there; who and why is read with
-- the card.

/*
 * Each solicitation of these days: an exchange by which the network reached out, or one that somebody keeps for
 * themselves. An action still to do is kept on its day. A target taken is kept on the day that it was, until its
 * structure contacts the employer.
 * No search_path nor definer: PostgreSQL writes it into the query that calls it. The SQL twin of solicitationsOf.
 */
create or replace function solicitations_between(first_day date, last_day date)
returns table (siret bigint, on_day date, kept boolean) language sql stable as $$
  select x.siret, x.occurred_on, false from public.exchanges x join public.exchange_contents c on c.exchange_id = x.id
    where x.status = 'recorded' and x.occurred_on between first_day and last_day
      and c.channel in ('telephone', 'visite', 'visio', 'courriel')
  union all
  select n.siret, n.due_on, true from public.next_actions n
    where n.done_at is null and n.cancelled_at is null
      and n.kind in ('rappel', 'visite', 'rendez-vous', 'envoi-information') and n.due_on between first_day and last_day
  union all
  select t.siret, ctx.paris_day(t.taken_at), true from public.campaign_targets t
    join public.campaigns g on g.id = t.campaign_id and g.status = 'open'
    where ctx.paris_day(t.taken_at) between first_day and last_day and t.status not in ('traite', 'ecarte')
      and not exists (select from public.exchanges x where x.siret = t.siret
        and x.organisation_id = t.taken_by_organisation and x.status = 'recorded'
        and x.occurred_on >= ctx.paris_day(t.taken_at))
$$;
revoke all on function solicitations_between(date, date) from public;
grant execute on function solicitations_between(date, date) to cc_definer;

-- What a task force sets for its CLPE; four a month where none did. The SQL twin of budgetOf.
create or replace function solicitations_per_month(clpe int) returns int language sql stable as $$
  select coalesce((select b.per_month from public.solicitation_budgets b
    where b.clpe_id = clpe order by b.version desc limit 1), 4)
$$;
revoke all on function solicitations_per_month(int) from public;
grant execute on function solicitations_per_month(int) to cc_definer;

-- The budget of an employer and what is used of it, in the month and in the week (from Monday) of a day.
create or replace function solicitations_at(of_siret bigint, on_day date)
returns table (per_month int, month int, week int, kept int)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  month_start date := date_trunc('month', on_day::timestamp)::date;
  month_end date := (date_trunc('month', on_day::timestamp) + interval '1 month')::date - 1;
  week_start date := date_trunc('week', on_day::timestamp)::date;
begin
  if not (select ctx.ok()) then return; end if;
  return query select
    public.solicitations_per_month((select coalesce(e.clpe_id, p.clpe_id) from (select of_siret as siret) a
      left join public.establishments e on e.siret = a.siret
      left join public.provisional_establishments p on p.siret = a.siret)),
    count(*) filter (where s.on_day between month_start and month_end)::int,
    count(*) filter (where s.on_day between week_start and week_start + 6)::int,
    count(*) filter (where s.on_day between month_start and month_end and s.kept)::int
  from public.solicitations_between(least(month_start, week_start), greatest(month_end, week_start + 6)) s
  where s.siret = of_siret;
end $$;
select pg_temp.as_definer('solicitations_at(bigint, date)', 'cc_web');

-- Those of the month of a day at the other establishments of the company (EST-12).
create or replace function solicitations_beside(of_siret bigint, on_day date)
returns int language plpgsql stable security definer set search_path = '' as $$
declare
  month_start date := date_trunc('month', on_day::timestamp)::date;
  first_of_company bigint := of_siret / 100000 * 100000;
begin
  if not (select ctx.ok()) then return null; end if;
  return (select count(*)::int
    from public.solicitations_between(month_start, (month_start + interval '1 month')::date - 1) s
    where s.siret between first_of_company and first_of_company + 99999 and s.siret <> of_siret);
end $$;
select pg_temp.as_definer('solicitations_beside(bigint, date)', 'cc_web');

-- How many of these employers have nothing left in the month of a day: for who prepares a campaign, as count_conflicts.
create or replace function count_spent(sirets bigint[], on_day date, own_campaign uuid)
returns int language plpgsql stable security definer set search_path = '' as $$
declare month_start date := date_trunc('month', on_day::timestamp)::date;
begin
  if (own_campaign in (select ctx.piloted_campaigns())) is not true then return null; end if;
  return (
    select count(*)::int from (
      select s.siret, count(*)::int as used
      from public.solicitations_between(month_start, (month_start + interval '1 month')::date - 1) s
      where s.siret = any (sirets) group by s.siret) u
    left join public.establishments e on e.siret = u.siret
    where u.used >= public.solicitations_per_month(e.clpe_id));
end $$;
select pg_temp.as_definer('count_spent(bigint[], date, uuid)', 'cc_web');
