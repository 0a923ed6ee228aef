-- Inactivity (ACC-5): what counts as an act, and who is told before and at the suspension.

-- A person is there: keeps an active session awake. No act by itself: a page also calls while nobody looks.
create or replace function ctx.touch(token_hash bytea) returns void language plpgsql security definer set search_path = '' as $$
begin
  update public.sessions s set last_seen_at = ctx.clock() where s.token_hash = touch.token_hash and s.ended_at is null and s.last_seen_at > ctx.clock() - interval '30 minutes';
end $$;
-- A deliberate act, of a route that the contract says is one (isDeliberate in contract/route.ts). A session that is locked or short of its second factor acts on nothing.
create function ctx.act(token_hash bytea) returns void language plpgsql security definer set search_path = '' as $$
declare account uuid;
begin
  select s.account_id into account from public.sessions s where s.token_hash = act.token_hash and s.ended_at is null and s.second_factor is not null and s.last_seen_at > ctx.clock() - interval '30 minutes';
  if account is not null then perform ctx.record_act(account); end if;
end $$;

-- What was told, of which due day: never twice, whatever the job went through.
create table inactivity_notices (
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  due_on date not null, -- the first day of the suspension
  step text not null check (step in ('fourteen-days', 'three-days', 'suspended')),
  told_at timestamptz not null,
  primary key (account_id, due_on, step)
);
alter table inactivity_notices enable row level security; alter table inactivity_notices force row level security;
create policy owner on inactivity_notices to cc_owner using (true) with check (true);
grant select, insert, delete on inactivity_notices to cc_definer;

/*
 * Notes who is to be told today and says whom: the person at fourteen and at three days, and at the suspension with the account managers. A job that was dead for days tells the
 * step that is reached, not those it missed. In the caller's transaction, with the mails.
 */
create function ctx.note_inactivity() returns table (account_id uuid, organisation_id uuid, due_on date, step text, managers uuid[]) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  at timestamptz := ctx.clock();
  today date := ctx.paris_day(at);
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('note-inactivity', 0));
  return query
    with due as (
      select a.id, a.organisation_id, (ctx.paris_day(ctx.inactivity_from(a.id, at)) + interval '2 months')::date + 1 as day from public.accounts a
      where a.status = 'active' and exists (select from public.grants g where g.account_id = a.id and g.revoked_at is null and (g.ends_on is null or g.ends_on >= today))),
    told as (
      insert into public.inactivity_notices (account_id, organisation_id, due_on, step, told_at)
      select d.id, d.organisation_id, d.day, case when d.day <= today then 'suspended' when d.day <= today + 3 then 'three-days' else 'fourteen-days' end, at from due d where d.day <= today + 14
      on conflict do nothing returning inactivity_notices.account_id, inactivity_notices.organisation_id, inactivity_notices.due_on, inactivity_notices.step)
    select t.account_id, t.organisation_id, t.due_on, t.step, array(select distinct r.account_id from public.role_assignments r where t.step = 'suspended' and r.organisation_id = t.organisation_id and r.role = 'rgc'
      and r.starts_at <= at and (r.ends_at is null or r.ends_at > at) and r.account_id <> t.account_id)
    from told t;
end $$;
create function ctx.purge_inactivity_notices() returns int language plpgsql security definer set search_path = '' as $$
declare purged int;
begin
  delete from public.inactivity_notices n where n.due_on < ctx.paris_day(ctx.clock()) - interval '1 year';
  get diagnostics purged = row_count;
  return purged;
end $$;
do $$ declare f text; begin
  foreach f in array array['ctx.act(bytea)', 'ctx.note_inactivity()', 'ctx.purge_inactivity_notices()'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function ctx.act(bytea) to cc_web;
grant execute on function ctx.note_inactivity(), ctx.purge_inactivity_notices() to cc_worker;
