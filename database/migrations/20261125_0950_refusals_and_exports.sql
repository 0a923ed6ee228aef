/*
 * What is gathered by the web process and written apart, so that no request waits for it (SEC-1, SEC-2): who read which persons, what was refused by right. The name it is
 * written in comes from the session, never from the caller; without a subject, it is on that person.
 */
create function record_by_session(act text, entries jsonb) returns int language plpgsql security definer set search_path = '' as $$
declare written int;
begin
  if act not in ('persons.read', 'access.refused') then raise exception 'not an act that is written apart: %', act using errcode = '42501'; end if;
  with told as materialized (
      select r.*, s.account_id, a.organisation_id, extensions.gen_random_bytes(16) as salt
      from jsonb_to_recordset(entries) as r (id uuid, at timestamptz, session_id uuid, kind text, subject text, origin text, request_id text, detail jsonb)
      join public.sessions s on s.id = r.session_id join public.accounts a on a.id = s.account_id),
    entered as (
      insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest)
      select id, at, account_id, organisation_id, act, coalesce(kind, 'account'), coalesce(subject, account_id::text), origin, request_id, public.audit_detail_digest(salt, detail) from told)
  insert into public.audit_details (entry_id, salt, detail) select id, salt, detail from told;
  get diagnostics written = row_count;
  return written;
end $$;
alter function record_by_session(text, jsonb) owner to cc_definer;
revoke all on function record_by_session(text, jsonb) from public;
grant execute on function record_by_session(text, jsonb) to cc_web;
drop function record_reads(jsonb);

/* As before, with what was refused in the last hour, each thing once; and what an export is, said by the contract (contract/exports.ts) and not by the name of the act. */
drop function ctx.uses_to_watch(timestamptz, timestamptz);
create function ctx.uses_to_watch(until timestamptz, since timestamptz, exports text[]) returns table (account_id uuid, persons_per_hour int, persons_per_day int, persons_at_night int, exports_per_day int, refusals_per_hour int)
language sql stable security definer set search_path = '' as $$
  with active as (
    select distinct e.actor_id from public.audit_entries e where e.at > since and e.at <= until and e.actor_id is not null
      and not exists (select from public.account_blocks b where b.account_id = e.actor_id and b.cause = 'suspect-use' and b.lifted_at is null)),
  entry as (
    select e.* from active a
    cross join lateral (select max(b.lifted_at) as lifted_at from public.account_blocks b where b.account_id = a.actor_id and b.cause = 'suspect-use') last
    cross join lateral (
      select e.actor_id, e.at, e.action, e.subject_kind, e.subject_id, e.id from public.audit_entries e
      where e.actor_id = a.actor_id and e.at > until - interval '24 hours' and e.at <= until and (e.action in ('persons.read', 'access.refused') or e.action = any (exports))
        and e.at > coalesce(last.lifted_at, '-infinity')) e),
  read as (
    select e.actor_id, e.at, e.subject_id as subject, extract(hour from e.at at time zone 'Europe/Paris') as hour from entry e where e.action = 'persons.read' and e.subject_kind <> 'list'
    union all
    select e.actor_id, e.at, s.subject, extract(hour from e.at at time zone 'Europe/Paris') from entry e join public.audit_details d on d.entry_id = e.id
      cross join lateral jsonb_array_elements_text(d.detail -> 'establishments') s (subject) where e.action = 'persons.read' and e.subject_kind = 'list'),
  reading as (
    select actor_id, count(distinct subject) filter (where at > until - interval '1 hour')::int as hourly, count(distinct subject)::int as daily, count(distinct subject) filter (where hour >= 22 or hour < 6)::int as nightly from read group by 1),
  exporting as (select e.actor_id, count(*)::int as n from entry e where e.action = any (exports) group by 1),
  refused as (
    select e.actor_id, count(distinct t ->> 'thing')::int as n from entry e join public.audit_details d on d.entry_id = e.id cross join lateral jsonb_array_elements(d.detail -> 'refused') t
    where e.action = 'access.refused' and e.at > until - interval '1 hour' group by 1)
  select a.actor_id, coalesce(r.hourly, 0), coalesce(r.daily, 0), coalesce(r.nightly, 0), coalesce(x.n, 0), coalesce(f.n, 0)
  from active a left join reading r on r.actor_id = a.actor_id left join exporting x on x.actor_id = a.actor_id left join refused f on f.actor_id = a.actor_id
  where coalesce(r.actor_id, x.actor_id, f.actor_id) is not null
$$;
alter function ctx.uses_to_watch(timestamptz, timestamptz, text[]) owner to cc_definer;
revoke all on function ctx.uses_to_watch(timestamptz, timestamptz, text[]) from public;
grant execute on function ctx.uses_to_watch(timestamptz, timestamptz, text[]) to cc_worker;
