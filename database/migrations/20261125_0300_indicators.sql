-- What annex 4 counts of the tools' use. Counts by person and day, and no list of what a person looked at.
create table usage_days (
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  kind text not null check (kind in ('sessions', 'fiches-consultees', 'recherches', 'campagnes-consultees', 'echanges-enregistres')),
  day date not null,
  count int not null check (count > 0),
  perimeter int[] not null, -- the territories of the person's grants of that tool that day
  primary key (account_id, tool, kind, day)
);
create index usage_days_organisation on usage_days (organisation_id, day);
create index usage_days_day on usage_days (day);

-- A session counts once a tool and day, however many web processes answered it. Nobody reads it.
create table usage_sessions (
  session_id uuid not null,
  tool text not null,
  day date not null,
  primary key (session_id, tool, day)
);
create index usage_sessions_day on usage_sessions (day);

do $$ declare t text; begin
  foreach t in array array['usage_days', 'usage_sessions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to cc_owner using (true) with check (true)', t);
  end loop;
end $$;
create policy read on usage_days for select to cc_web using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or ctx.national((select ctx.campagnes()))));
grant select on usage_days to cc_web;
grant select, insert, update on usage_days to cc_definer;
grant select, insert, delete on usage_sessions to cc_definer;

/*
 * Adds a batch of uses. Runs between requests, without a context, so it bypasses row-level security; it takes session ids and not accounts:
 * a use is only ever written for who has a session. A use without a kind counts its session alone. In order of key, so that two processes never wait for each other in a ring.
 */
create function record_usage(batch jsonb) returns int language plpgsql security definer set search_path = '' as $$
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
  delete from public.usage_sessions where day < current_date - 2;
  return written;
end $$;
alter function record_usage(jsonb) owner to cc_definer;
revoke all on function record_usage(jsonb) from public;
grant execute on function record_usage(jsonb) to cc_web;
