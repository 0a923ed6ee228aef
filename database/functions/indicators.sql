-- Uses counted by day and added up by month (IND).

/*
 * Adds a batch of uses. Runs between requests, without a context, so it bypasses row-level security; it takes session ids and not
 * accounts: a use is only ever written for who has a session. A use without a kind counts its session alone. In order of key, so that
 * two processes never wait for each other in a ring. Sessions already counted are forgotten by the days of the batch, not by the clock
 * of the database: a clock apart from the application's would count a session twice, or never forget.
 */
create or replace function record_usage(batch jsonb) returns int language plpgsql security definer set search_path = '' as $$
declare written int;
begin
  with used as materialized (
    select s.id as session_id, s.account_id, a.organisation_id, b.tool, b.kind, b.day, b.count, b.perimeter
    from jsonb_to_recordset(batch) as b (session_id uuid, tool text, kind text, day date, count int, perimeter int[])
    join public.sessions s on s.id = b.session_id join public.accounts a on a.id = s.account_id),
  seen as (
    insert into public.usage_sessions (session_id, tool, day) select distinct session_id, tool, day from used order by 1, 2, 3
    on conflict do nothing returning session_id, tool, day),
  counted as (
    select account_id, organisation_id, tool, kind, day, count, perimeter from used where kind is not null
    union all
    select distinct on (n.session_id, n.tool, n.day) u.account_id, u.organisation_id, n.tool, 'sessions', n.day, 1, u.perimeter
    from seen n join used u on u.session_id = n.session_id and u.tool = n.tool and u.day = n.day)
  insert into public.usage_days as d (account_id, organisation_id, tool, kind, day, count, perimeter)
    select account_id, (array_agg(organisation_id))[1], tool, kind, day, sum(count)::int, (array_agg(perimeter::text))[1]::int[]
    from counted group by account_id, tool, kind, day order by account_id, tool, kind, day
    on conflict (account_id, tool, kind, day) do update set count = d.count + excluded.count, perimeter = excluded.perimeter;
  get diagnostics written = row_count;
  delete from public.usage_sessions
    where day < (select max(b.day) - 2 from jsonb_to_recordset(batch) as b (day date));
  return written;
end $$;
select pg_temp.as_definer('record_usage(jsonb)', 'cc_web');

/*
 * Whoever writes the days, the months follow. One writing at a time, some milliseconds: what a statement inserts and what it
 * updates come as two sets, and two processes that each hold a month which the other is about to add to would wait for each other.
 */
create or replace function add_up_usage() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('usage_months'));
  if tg_op = 'INSERT' then
    insert into public.usage_months as m (organisation_id, month, account_id, tool, kind, count)
      select organisation_id, date_trunc('month', day)::date, account_id, tool, kind, sum(count) from added group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (organisation_id, month, account_id, tool, kind) do update set count = m.count + excluded.count;
  else
    if tg_op = 'UPDATE' then
      insert into public.usage_months as m (organisation_id, month, account_id, tool, kind, count)
        select organisation_id, date_trunc('month', day)::date, account_id, tool, kind, sum(count) from added group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
        on conflict (organisation_id, month, account_id, tool, kind) do update set count = m.count + excluded.count;
    end if;
    update public.usage_months m set count = m.count - g.count
      from (select organisation_id, date_trunc('month', day)::date as month, account_id, tool, kind, sum(count) as count from gone group by 1, 2, 3, 4, 5) g
      where m.organisation_id = g.organisation_id and m.month = g.month and m.account_id = g.account_id and m.tool = g.tool and m.kind = g.kind;
    -- Nobody did anything in that month: a line at nought would count the person.
    delete from public.usage_months m using (select distinct organisation_id, date_trunc('month', day)::date as month, account_id, tool, kind from gone) g
      where m.count = 0 and m.organisation_id = g.organisation_id and m.month = g.month and m.account_id = g.account_id and m.tool = g.tool and m.kind = g.kind;
  end if;
  return null;
end $$;
select pg_temp.as_definer('add_up_usage()');

/* Notes which months of which campaigns an exchange is written in, out of which, corrected in or erased from: their sets no longer hold. */
create or replace function note_reached() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    insert into public.reached_changes (campaign_id, month)
      select distinct campaign_id, date_trunc('month', occurred_on)::date from added where reached and campaign_id is not null;
  elsif tg_op = 'DELETE' then
    insert into public.reached_changes (campaign_id, month)
      select distinct campaign_id, date_trunc('month', occurred_on)::date from gone where reached and campaign_id is not null;
  else
    insert into public.reached_changes (campaign_id, month)
      select campaign_id, date_trunc('month', occurred_on)::date from added where reached and campaign_id is not null
      union select campaign_id, date_trunc('month', occurred_on)::date from gone where reached and campaign_id is not null;
  end if;
  return null;
end $$;
select pg_temp.as_definer('note_reached()');

/* The same for a structure that becomes the operator, or no longer is: its exchanges enter the sets, or leave them. */
create or replace function note_reached_by() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.reached_changes (campaign_id, month)
    select distinct campaign_id, date_trunc('month', occurred_on)::date from public.exchanges
    where organisation_id = new.id and reached and campaign_id is not null;
  return null;
end $$;
select pg_temp.as_definer('note_reached_by()');

/*
 * Makes the sets of some months that changed, the oldest changes first; answers how many months. The lines taken and the exchanges
 * read are of one statement, hence of one snapshot: an exchange that it does not see has left a line that it does not take.
 * One run at a time.
 */
create or replace function ctx.keep_reached_sets(at_most int) returns int language plpgsql security definer set search_path = '' as $$
declare
  campaigns uuid[]; months date[]; -- of the months taken
  of_campaigns uuid[]; of_months date[]; sirets bigint[]; departements int[]; -- of what was reached in them
begin
  if not pg_try_advisory_xact_lock(hashtext('reached_sets')) then return 0; end if;
  with taken as materialized (select c.campaign_id, c.month from public.reached_changes c group by 1, 2 order by min(c.id) limit at_most),
  gone as (delete from public.reached_changes c using taken t where c.campaign_id = t.campaign_id and c.month = t.month),
  reached as (
    select t.campaign_id, t.month, x.siret, min(x.departement_id) as departement_id from taken t join public.exchanges x on x.campaign_id = t.campaign_id
      and x.occurred_on >= t.month and x.occurred_on < t.month + interval '1 month' and x.reached and x.status = 'recorded'
      and x.organisation_id <> all (array(select o.id from public.organisations o where o.kind = 'operateur'))
    group by 1, 2, 3)
  select t.campaigns, t.months, r.campaigns, r.months, r.sirets, r.departements into campaigns, months, of_campaigns, of_months, sirets, departements
    from (select array_agg(campaign_id) as campaigns, array_agg(month) as months from taken) t,
      (select array_agg(campaign_id) as campaigns, array_agg(month) as months, array_agg(siret) as sirets, array_agg(departement_id) as departements from reached) r;
  if campaigns is null then return 0; end if;

  with new as (
    select u.siret, coalesce(min(u.departement_id), 0) as departement_id from unnest(sirets, departements) u (siret, departement_id)
    where not exists (select from public.reached_numbers n where n.siret = u.siret) group by 1),
  ranked as (select siret, departement_id, row_number() over (partition by departement_id order by siret) - 1 as rank from new),
  free as (
    select d.departement_id, coalesce((select n.part * 8192 + n.place + 1 from public.reached_numbers n where n.departement_id = d.departement_id order by n.part desc, n.place desc limit 1), 0) as first
    from (select distinct departement_id from new) d)
  insert into public.reached_numbers (siret, departement_id, part, place)
    select r.siret, r.departement_id, (f.first + r.rank) / 8192, (f.first + r.rank) % 8192 from ranked r join free f using (departement_id);

  delete from public.reached_sets s using unnest(campaigns, months) t (campaign_id, month) where s.campaign_id = t.campaign_id and s.month = t.month;
  insert into public.reached_sets (campaign_id, month, departement_id, part, establishments)
    select u.campaign_id, u.month, n.departement_id, n.part, bit_or(set_bit('0'::bit(8192), n.place, 1))
    from unnest(of_campaigns, of_months, sirets) u (campaign_id, month, siret) join public.reached_numbers n on n.siret = u.siret
    group by 1, 2, 3, 4;
  return cardinality(campaigns);
end $$;
select pg_temp.as_definer('ctx.keep_reached_sets(int)', 'cc_worker');
