/*
 * A count only grows by an act: each minute, only those who acted since the last look are counted (with `since` a day back, everyone who could count). Each by their
 * own entries, so that the work of a minute follows who is at work, not the trail of the whole day. The rules and their twin (countUses) are the same.
 */
drop function ctx.uses_to_watch(timestamptz);
create function ctx.uses_to_watch(until timestamptz, since timestamptz) returns table (account_id uuid, persons_per_hour int, persons_per_day int, persons_at_night int, exports_per_day int) language sql stable security definer set search_path = '' as $$
  with active as (
    select distinct e.actor_id from public.audit_entries e where e.at > since and e.at <= until and e.actor_id is not null
      and not exists (select from public.account_blocks b where b.account_id = e.actor_id and b.cause = 'suspect-use' and b.lifted_at is null)),
  entry as (
    select e.* from active a
    cross join lateral (select max(b.lifted_at) as lifted_at from public.account_blocks b where b.account_id = a.actor_id and b.cause = 'suspect-use') last
    cross join lateral (
      select e.actor_id, e.at, e.action, e.subject_kind, e.subject_id, e.id from public.audit_entries e
      where e.actor_id = a.actor_id and e.at > until - interval '24 hours' and e.at <= until and (e.action = 'persons.read' or e.action like '%.report-made' or e.action like '%.exported')
        and e.at > coalesce(last.lifted_at, '-infinity')) e),
  read as (
    select e.actor_id, e.at, e.subject_id as subject, extract(hour from e.at at time zone 'Europe/Paris') as hour from entry e where e.action = 'persons.read' and e.subject_kind <> 'list'
    union all
    select e.actor_id, e.at, s.subject, extract(hour from e.at at time zone 'Europe/Paris') from entry e join public.audit_details d on d.entry_id = e.id
      cross join lateral jsonb_array_elements_text(d.detail -> 'establishments') s (subject) where e.action = 'persons.read' and e.subject_kind = 'list')
  select coalesce(r.actor_id, x.actor_id), coalesce(r.hourly, 0), coalesce(r.daily, 0), coalesce(r.nightly, 0), coalesce(x.n, 0)
  from (select actor_id, count(distinct subject) filter (where at > until - interval '1 hour')::int as hourly, count(distinct subject)::int as daily, count(distinct subject) filter (where hour >= 22 or hour < 6)::int as nightly from read group by 1) r
  full join (select actor_id, count(*)::int as n from entry where action <> 'persons.read' group by 1) x on x.actor_id = r.actor_id
$$;
alter function ctx.uses_to_watch(timestamptz, timestamptz) owner to cc_definer;
revoke all on function ctx.uses_to_watch(timestamptz, timestamptz) from public;
grant execute on function ctx.uses_to_watch(timestamptz, timestamptz) to cc_worker;
