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
