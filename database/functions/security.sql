-- Uses watched, blocks, and the last officer (SEC-2, ACC-10, ACC-11). Budgets of reading by partner, and smaller ones
-- for young accounts:
-- people made up by one account manager are not each given a budget of their own.

/*
 * How much each person read in the last hour, in the last day and at night, what they exported and what was refused in
 * the last hour, each thing once: counts, for the rules of server/oversight/security/suspicion.model.ts (twin:
 * countUses). From the lifting of their last block on, and not while one stands. What an export is, is said by the
 * contract (contract/exports.ts) and not by the name of the act.
 * A count only grows by an act: each minute, only those who acted since the last look are counted (with `since` a day
 * back, everyone who could count), each by their own entries, so that the work of a minute follows who is at work, not
 * the trail of the whole day.
 */
create or replace function ctx.uses_to_watch(until timestamptz, since timestamptz, exports text[])
returns table (account_id uuid, persons_per_hour int, persons_per_day int, persons_at_night int, exports_per_day int,
  refusals_per_hour int)
language sql stable security definer set search_path = '' as $$
  with active as (
    select distinct e.actor_id from public.audit_entries e where e.at > since and e.at <= until
      and e.actor_id is not null
      and not exists (select from public.account_blocks b where b.account_id = e.actor_id and b.cause = 'suspect-use'
        and b.lifted_at is null)),
  entry as (
    select e.* from active a
    cross join lateral (select max(b.lifted_at) as lifted_at from public.account_blocks b
      where b.account_id = a.actor_id and b.cause = 'suspect-use') last
    cross join lateral (
      select e.actor_id, e.at, e.action, e.subject_kind, e.subject_id, e.id from public.audit_entries e
      where e.actor_id = a.actor_id and e.at > until - interval '24 hours' and e.at <= until
        and (e.action in ('persons.read', 'recruitment.read', 'access.refused') or e.action = any (exports))
        and e.at > coalesce(last.lifted_at, '-infinity')) e),
  read as (
    select e.actor_id, e.at, e.subject_id as subject, extract(hour from e.at at time zone 'Europe/Paris') as hour
    from entry e where e.action in ('persons.read', 'recruitment.read') and e.subject_kind <> 'list'
    union all
    select e.actor_id, e.at, s.subject, extract(hour from e.at at time zone 'Europe/Paris') from entry e
    join public.audit_details d on d.entry_id = e.id
      cross join lateral jsonb_array_elements_text(d.detail -> 'establishments') s (subject)
      where e.action = 'persons.read' and e.subject_kind = 'list'),
  reading as (
    select actor_id, count(distinct subject) filter (where at > until - interval '1 hour')::int as hourly,
      count(distinct subject)::int as daily, count(distinct subject) filter (where hour >= 22
        or hour < 6)::int as nightly from read group by 1),
  exporting as (select e.actor_id, count(*)::int as n from entry e where e.action = any (exports) group by 1),
  refused as (
    select e.actor_id, count(distinct t ->> 'thing')::int as n from entry e
    join public.audit_details d on d.entry_id = e.id cross join lateral jsonb_array_elements(d.detail -> 'refused') t
    where e.action = 'access.refused' and e.at > until - interval '1 hour' group by 1)
  select a.actor_id, coalesce(r.hourly, 0), coalesce(r.daily, 0), coalesce(r.nightly, 0), coalesce(x.n, 0),
    coalesce(f.n, 0)
  from active a left join reading r on r.actor_id = a.actor_id left join exporting x on x.actor_id = a.actor_id
  left join refused f on f.actor_id = a.actor_id
  where coalesce(r.actor_id, x.actor_id, f.actor_id) is not null
$$;
select pg_temp.as_definer('ctx.uses_to_watch(timestamptz, timestamptz, text[])', 'cc_worker');

-- Of these accounts, those opened less than a week before. The SQL twin of isYoung in
-- server/oversight/security/suspicion.model.ts.
create or replace function ctx.young_accounts(accounts uuid[], until timestamptz)
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select a.id from public.accounts a where a.id = any (accounts)
    and a.created_at > until - interval '7 days';
end $$;
select pg_temp.as_definer('ctx.young_accounts(uuid[], timestamptz)', 'cc_worker');

/*
 * Of these accounts, those that oversee for the operator, or did in the last day: what they exported then was of their
 * office. A role asleep opens nothing and widens no budget.
 */
create or replace function ctx.overseers(accounts uuid[], until timestamptz)
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select distinct r.account_id from public.role_assignments r
    join public.organisations o on o.id = r.organisation_id and o.kind = 'operateur'
    where r.account_id = any (accounts) and r.role in ('cssi', 'direction-regionale', 'administrateur')
      and r.starts_at <= until and (r.ends_at is null or r.ends_at > until - interval '24 hours')
      and not ctx.role_sleeps(r, until);
end $$;
select pg_temp.as_definer('ctx.overseers(uuid[], timestamptz)', 'cc_worker');

/*
 * Of each partner someone of which read persons since then: the employers whose persons all its accounts read in the
 * last day, each once, and its people, those with an active account of a week at least. The operator's is not counted:
 * the budget of its people together would be that of the whole country. The SQL twin of countStructureUses in
 * server/oversight/security/suspicion.model.ts.
 */
create or replace function ctx.structure_uses_to_watch(until timestamptz, since timestamptz)
returns table (organisation_id uuid, people int, persons_per_day int)
language sql stable security definer set search_path = '' as $$
  with active as (
    select distinct e.organisation_id from public.audit_entries e
    join public.organisations o on o.id = e.organisation_id and o.kind <> 'operateur' where e.at > since
      and e.at <= until and e.action in ('persons.read', 'recruitment.read')),
  entry as (
    select e.organisation_id, e.id, e.subject_kind, e.subject_id from active a
    join public.audit_entries e on e.organisation_id = a.organisation_id
    where e.at > until - interval '24 hours' and e.at <= until and e.action in ('persons.read', 'recruitment.read')),
  read as (
    select e.organisation_id, e.subject_id as subject from entry e where e.subject_kind <> 'list'
    union all
    select e.organisation_id, s.subject from entry e join public.audit_details d on d.entry_id = e.id
    cross join lateral jsonb_array_elements_text(d.detail -> 'establishments') s (subject)
    where e.subject_kind = 'list')
  select r.organisation_id, (select count(*)::int from public.accounts p where p.organisation_id = r.organisation_id
    and p.status = 'active' and p.created_at <= until - interval '7 days'), count(distinct r.subject)::int
  from read r group by 1
$$;
select pg_temp.as_definer('ctx.structure_uses_to_watch(timestamptz, timestamptz)', 'cc_worker');

-- Writes once within a delay what the watch notices of a subject; false: it was written already.
create or replace function ctx.note_once(done text, of_kind text, of_subject uuid, of_organisation uuid, said text,
  delay interval, at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
declare entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16);
  what jsonb := jsonb_build_object('why', said);
begin
  perform pg_advisory_xact_lock(hashtextextended(done || ' ' || of_subject, 0));
  if of_organisation is null or exists (select from public.audit_entries e where e.subject_kind = of_kind
    and e.subject_id = of_subject::text and e.action = done and e.at > note_once.at - delay) then return false; end if;
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    values (entry, note_once.at, null, of_organisation, done, of_kind, of_subject::text, '', '',
      public.audit_detail_digest(salt, what));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, what);
  return true;
end $$;
select pg_temp.as_definer('ctx.note_once(text, text, uuid, uuid, text, interval, timestamptz)');

-- Writes that a structure read beyond its budget; false: it was written in the last day already.
create or replace function ctx.note_structure_reading(of_organisation uuid, said text, at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  return ctx.note_once('structure.read-beyond-ordinary', 'organisation', of_organisation, of_organisation, said,
    interval '24 hours', at);
end $$;
select pg_temp.as_definer('ctx.note_structure_reading(uuid, text, timestamptz)', 'cc_worker');

-- How many accounts each person of a partner opened in the last week (ACC-4).
create or replace function ctx.openings_to_watch(until timestamptz)
returns table (account_id uuid, organisation_id uuid, opened int)
language sql stable security definer set search_path = '' as $$
  select a.opened_by, a.organisation_id, count(*)::int from public.accounts a
  where a.opened_by is not null and a.created_at > until - interval '7 days' and a.created_at <= until
  group by 1, 2
$$;
select pg_temp.as_definer('ctx.openings_to_watch(timestamptz)', 'cc_worker');

-- Writes that someone opened more accounts than in an ordinary week; false: it was written in the last one already.
create or replace function ctx.note_openings(of_account uuid, said text, at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  return ctx.note_once('account.opens-beyond-ordinary', 'account', of_account, (select a.organisation_id
    from public.accounts a where a.id = of_account), said, interval '7 days', at);
end $$;
select pg_temp.as_definer('ctx.note_openings(uuid, text, timestamptz)', 'cc_worker');

-- Gathered by the web process and written apart, in the name of the session that has a token of this digest.
create or replace function record_places(places jsonb)
returns int language plpgsql security definer set search_path = '' as $$
declare written int;
begin
  insert into public.use_places (account_id, at, latitude, longitude)
    select s.account_id, p.at, p.latitude, p.longitude
      from jsonb_to_recordset(places) as p (token_hash text, at timestamptz, latitude smallint, longitude smallint)
      join public.sessions s on s.id = ctx.session_of(p.token_hash);
  get diagnostics written = row_count;
  return written;
end $$;
select pg_temp.as_definer('record_places(jsonb)', 'cc_web');

-- The places of the last day of those who acted since, in order; from the lifting of their last block on, and not while
-- one stands.
create or replace function ctx.places_to_watch(until timestamptz, since timestamptz)
returns table (account_id uuid, at timestamptz, latitude int, longitude int)
language sql stable security definer set search_path = '' as $$
  select p.account_id, p.at, p.latitude::int, p.longitude::int
  from (select distinct q.account_id from public.use_places q where q.at > since and q.at <= until) moved
  cross join lateral (select max(b.lifted_at) as lifted_at, bool_or(b.lifted_at is null) as standing
    from public.account_blocks b where b.account_id = moved.account_id and b.cause = 'suspect-use') block
  join public.use_places p on p.account_id = moved.account_id and p.at > until - interval '24 hours' and p.at <= until
    and p.at > coalesce(block.lifted_at, '-infinity')
  where block.standing is not true
  order by p.account_id, p.at
$$;
select pg_temp.as_definer('ctx.places_to_watch(timestamptz, timestamptz)', 'cc_worker');

create or replace function ctx.forget_places(until timestamptz)
returns int language plpgsql security definer set search_path = '' as $$
declare forgotten int;
begin
  delete from public.use_places p where p.at <= until - interval '24 hours';
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
select pg_temp.as_definer('ctx.forget_places(timestamptz)', 'cc_worker');

-- The accounts of the operator that hold the role of security officer (CSSI), of every region or of one; blocked or
-- asleep, they still do.
create or replace function ctx.security_officers_at(at timestamptz)
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select distinct r.account_id from public.role_assignments r
    join public.organisations o on o.id = r.organisation_id and o.kind = 'operateur'
    where r.role = 'cssi' and r.starts_at <= at and (r.ends_at is null or r.ends_at > at);
end $$;
select pg_temp.as_definer('ctx.security_officers_at(timestamptz)', 'cc_worker');

-- The same, for the policies and who reads blocks: an administrator lifts what a detection blocks of them. None from
-- the command line.
create or replace function ctx.security_officers()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select ctx.security_officers_at(ctx.clock());
end $$;
select pg_temp.as_definer('ctx.security_officers()', 'cc_web', 'cc_owner');

/*
 * Blocks an account for suspect use, once: its rights are gone at its next request, and it is in the trail. The job
 * that asks for it writes to who must know, in the same transaction. Null: it was blocked already. `cuts` is 'none' for
 * whom a block would leave nobody to lift it.
 */
create or replace function ctx.block_suspect(of_account uuid, why text, at timestamptz)
returns table (block_id uuid, organisation_id uuid, cuts text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare block uuid := gen_random_uuid(); entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16);
  said jsonb; a record; sole text[]; cut text;
begin
  select x.id, x.organisation_id into a from public.accounts x where x.id = of_account;
  if not found then return; end if;
  perform ctx.officers_one_at_a_time(a.id);
  if exists (select from public.account_blocks b where b.account_id = a.id and b.cause = 'suspect-use'
    and b.lifted_at is null) then return; end if;
  sole := ctx.sole_roles(a.id, at);
  cut := case when sole = '{}' then 'account' else 'none' end;
  insert into public.account_blocks (id, account_id, organisation_id, cause, cuts, reason, blocked_at)
    values (block, a.id, a.organisation_id, 'suspect-use', cut, why, at) on conflict (account_id, cause, cuts, grant_id)
    where lifted_at is null do nothing;
  if not found then return; end if;
  said := jsonb_build_object('block', block, 'why', why)
    || case when cut = 'none' then jsonb_build_object('sole', to_jsonb(sole)) else '{}' end;
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
    request_id, detail_digest)
    values (entry, at, null, a.organisation_id, case when cut = 'none' then 'account.suspect-use-told'
      else 'account.blocked-for-suspect-use' end, 'account', a.id::text, '', '',
      public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  return query select block, a.organisation_id, cut;
end $$;
select pg_temp.as_definer('ctx.block_suspect(uuid, text, timestamptz)', 'cc_worker');

/*
 * Whether somebody else keeps a role without which nobody lifts a block or gives a role: in effect, and not cut.
 * `for_good`: with no end known. One that ends within the day keeps nothing: another transaction may have just ended
 * it. Nothing else of a block than its being open counts: another may have been written a moment ago. Nor does one
 * whose contract is over keep anything: they come in no more.
 */
create or replace function ctx.another_keeps(as_role text, of_account uuid, for_good boolean, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.role_assignments r
    where r.role = as_role and r.region_id is null and r.account_id <> of_account
      and (r.ends_at is null or not for_good and r.ends_at > at + interval '1 day')
      and exists (select from ctx.effective_roles(r.account_id, at) e where e.role = as_role and e.region_id is null)
      and not exists (select from public.accounts a where a.id = r.account_id and ctx.contract_past(a, at))
      and not exists (select from public.account_blocks b where b.account_id = r.account_id and b.cuts = 'account'
        and b.lifted_at is null));
end $$;
select pg_temp.as_definer('ctx.another_keeps(text, uuid, boolean, timestamptz)');

-- Of these roles, those that this account alone holds in effect.
create or replace function ctx.sole_roles(of_account uuid, at timestamptz)
returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(array_agg(distinct own.role), '{}') from ctx.effective_roles(of_account, at) own
    where own.role in ('cssi', 'administrateur') and own.region_id is null
    and not ctx.another_keeps(own.role, of_account, false, at));
end $$;
select pg_temp.as_definer('ctx.sole_roles(uuid, timestamptz)');

-- The same, be it blocked: a block is lifted, and then the role must be there.
create or replace function ctx.irreplaceable_roles(of_account uuid, for_good boolean, at timestamptz)
returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(array_agg(distinct own.role), '{}') from public.role_assignments own
    join public.accounts a on a.id = own.account_id and a.status = 'active'
    join public.organisations o on o.id = own.organisation_id and o.kind = 'operateur'
    where own.account_id = of_account and own.role in ('cssi', 'administrateur') and own.region_id is null
      and own.starts_at <= at and (own.ends_at is null or own.ends_at > at) and not ctx.role_sleeps(own, at)
      and not ctx.another_keeps(own.role, of_account, for_good, at));
end $$;
select pg_temp.as_definer('ctx.irreplaceable_roles(uuid, boolean, timestamptz)');

-- Asked before an act on someone of one's structure; the trigger asks again.
create or replace function ctx.keeps_office(of_account uuid, for_good boolean)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.accounts a where a.id = of_account
    and a.organisation_id = ctx.organisation())
    and ctx.irreplaceable_roles(of_account, for_good, ctx.clock()) <> '{}';
end $$;
select pg_temp.as_definer('ctx.keeps_office(uuid, boolean)', 'cc_web');

/*
 * What cuts those who hold such a role is written one after another: of two at the same instant, the second sees the
 * first.
 */
create or replace function ctx.officers_one_at_a_time(of_account uuid)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.role_assignments r where r.account_id = of_account
    and r.role in ('cssi', 'administrateur')) then
    perform pg_advisory_xact_lock(hashtextextended('blocks of officers', 0));
  end if;
end $$;
select pg_temp.as_definer('ctx.officers_one_at_a_time(uuid)');

/*
 * Whoever writes it: a detection leaves the last of both roles, an officer the last CSSI (two could cut each other at
 * once).
 */
create or replace function ctx.keep_an_officer()
returns trigger language plpgsql security definer set search_path = '' as $$
declare sole text[];
begin
  perform ctx.officers_one_at_a_time(new.account_id);
  sole := ctx.sole_roles(new.account_id, new.blocked_at);
  if 'cssi' = any (sole) or new.cause = 'suspect-use' and sole <> '{}' then
    raise exception 'the last of a role without which nobody lifts a block'
      using errcode = '23514', constraint = 'account_blocks_last_officer';
  end if;
  return new;
end $$;
select pg_temp.as_definer('ctx.keep_an_officer()');

/*
 * By every other door (ACC-4, SEC-2): a suspension, a departure, a refused confirmation, the end of the role. A
 * suspension leaves whoever holds the role today; what is for good leaves someone whose role has no end. The owner's
 * command line says what it does, and passes.
 */
create or replace function ctx.keep_officers()
returns trigger language plpgsql security definer set search_path = '' as $$
declare cut text[];
begin
  if tg_table_name = 'accounts' then
    perform ctx.officers_one_at_a_time(new.id);
    cut := ctx.irreplaceable_roles(new.id, new.status = 'deleted', ctx.clock());
  elsif old.starts_at <= ctx.clock() then
    perform ctx.officers_one_at_a_time(new.account_id);
    cut := array(select role from unnest(ctx.irreplaceable_roles(new.account_id, true, ctx.clock())) role
      where role = new.role);
  end if;
  if cut <> '{}' then
    raise exception 'the last of a role without which nobody lifts a block or gives a role'
      using errcode = '23514', constraint = 'last_officer';
  end if;
  return new;
end $$;
select pg_temp.as_definer('ctx.keep_officers()');
