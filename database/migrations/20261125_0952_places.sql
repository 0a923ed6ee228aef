/*
 * Where people act from, to a tenth of a degree, as the operator's reverse proxy says it where it does (SEC-2: impossible travel). Kept a day: in more, any place on Earth
 * is within the reach of an ordinary flight. Nobody reads it: only the watch counts with it, and says no place.
 */
create table use_places (
  account_id uuid not null references accounts,
  at timestamptz not null,
  latitude smallint not null check (latitude between -900 and 900), -- tenths of a degree
  longitude smallint not null check (longitude between -1800 and 1800)
);
create index use_places_account on use_places (account_id, at);
create index use_places_at on use_places (at);
alter table use_places enable row level security; alter table use_places force row level security;
create policy owner on use_places to cc_owner using (true) with check (true);
grant select, insert, delete on use_places to cc_definer;

-- Gathered by the web process and written apart, in the name of the session.
create function record_places(places jsonb) returns int language plpgsql security definer set search_path = '' as $$
declare written int;
begin
  insert into public.use_places (account_id, at, latitude, longitude)
    select s.account_id, p.at, p.latitude, p.longitude from jsonb_to_recordset(places) as p (session_id uuid, at timestamptz, latitude smallint, longitude smallint) join public.sessions s on s.id = p.session_id;
  get diagnostics written = row_count;
  return written;
end $$;

-- The places of the last day of those who acted since, in order; from the lifting of their last block on, and not while one stands.
create function ctx.places_to_watch(until timestamptz, since timestamptz) returns table (account_id uuid, at timestamptz, latitude int, longitude int) language sql stable security definer set search_path = '' as $$
  select p.account_id, p.at, p.latitude::int, p.longitude::int
  from (select distinct q.account_id from public.use_places q where q.at > since and q.at <= until) moved
  cross join lateral (select max(b.lifted_at) as lifted_at, bool_or(b.lifted_at is null) as standing from public.account_blocks b where b.account_id = moved.account_id and b.cause = 'suspect-use') block
  join public.use_places p on p.account_id = moved.account_id and p.at > until - interval '24 hours' and p.at <= until and p.at > coalesce(block.lifted_at, '-infinity')
  where block.standing is not true
  order by p.account_id, p.at
$$;
create function ctx.forget_places(until timestamptz) returns int language plpgsql security definer set search_path = '' as $$
declare forgotten int;
begin
  delete from public.use_places p where p.at <= until - interval '24 hours';
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
do $$ declare f text; begin
  foreach f in array array['record_places(jsonb)', 'ctx.places_to_watch(timestamptz, timestamptz)', 'ctx.forget_places(timestamptz)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function record_places(jsonb) to cc_web;
grant execute on function ctx.places_to_watch(timestamptz, timestamptz), ctx.forget_places(timestamptz) to cc_worker;
