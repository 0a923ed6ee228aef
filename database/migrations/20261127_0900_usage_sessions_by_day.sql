-- Sessions already counted are forgotten by the days of the batch, not by the clock of the database:
-- the application says the day of each use, and a clock apart from it would count a session twice, or never forget.
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
