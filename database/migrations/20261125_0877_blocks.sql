-- Blocks: the operator's exceptional ones (ACC-10), those of suspect use (ACC-11, SEC-2), and their lifting on a verdict.

alter table account_blocks add column incident text check (length(incident) between 1 and 100);
alter table account_blocks add check (cause <> 'exceptional' or (incident is not null and blocked_by is not null));
create unique index account_blocks_open on account_blocks (account_id, cause) where lifted_at is null;

-- The CSSI alone blocks, in their own name and never themself, and lifts with a verdict; nothing else of a block changes.
create policy block on account_blocks for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('cssi')) and cause = 'exceptional' and blocked_by = (select ctx.account()) and account_id <> (select ctx.account()) and lifted_at is null);
create policy lift on account_blocks for update to cc_web using ((select ctx.ok()) and (select ctx.holds_role('cssi')) and lifted_at is null and account_id <> (select ctx.account())) with check (lifted_by = (select ctx.account()) and verdict is not null);
grant insert, update (lifted_at, lifted_by, verdict) on account_blocks to cc_web;

grant select on audit_entries, audit_details to cc_definer;
grant insert on account_blocks, mails to cc_definer;

/*
 * How much each person read in the last hour, in the last day and at night, and what they exported: counts, for the rules of server/security/suspicion-rules.ts
 * (twin: countUses). From the lifting of their last block on, and not while one stands.
 */
create function ctx.uses_to_watch(until timestamptz) returns table (account_id uuid, persons_per_hour int, persons_per_day int, persons_at_night int, exports_per_day int) language sql stable security definer set search_path = '' as $$
  with entry as (
    select e.actor_id, e.at, e.action, e.subject_kind, e.subject_id, e.id from public.audit_entries e
    where e.actor_id is not null and e.at > until - interval '24 hours' and e.at <= until and (e.action = 'persons.read' or e.action like '%.report-made' or e.action like '%.exported')
      and e.at > coalesce((select max(b.lifted_at) from public.account_blocks b where b.account_id = e.actor_id and b.cause = 'suspect-use'), '-infinity')
      and not exists (select from public.account_blocks b where b.account_id = e.actor_id and b.cause = 'suspect-use' and b.lifted_at is null)),
  read as (
    select e.actor_id, e.at, s.subject, extract(hour from e.at at time zone 'Europe/Paris') as hour
    from entry e cross join lateral (
      select e.subject_id as subject where e.subject_kind <> 'list'
      union all select jsonb_array_elements_text(d.detail -> 'establishments') from public.audit_details d where d.entry_id = e.id and e.subject_kind = 'list') s
    where e.action = 'persons.read')
  select coalesce(r.actor_id, x.actor_id), coalesce(r.hourly, 0), coalesce(r.daily, 0), coalesce(r.nightly, 0), coalesce(x.n, 0)
  from (select actor_id, count(distinct subject) filter (where at > until - interval '1 hour')::int as hourly, count(distinct subject)::int as daily, count(distinct subject) filter (where hour >= 22 or hour < 6)::int as nightly from read group by 1) r
  full join (select actor_id, count(*)::int as n from entry where action <> 'persons.read' group by 1) x on x.actor_id = r.actor_id
$$;

/* Blocks an account for suspect use, once: its rights are gone at its next request. The CSSI and its structure's account managers are told, and it is in the trail. */
create function ctx.block_suspect(of_account uuid, why text, at timestamptz) returns boolean language plpgsql security definer set search_path = '' as $$
declare block uuid := gen_random_uuid(); entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16); said jsonb; a record;
begin
  select x.id, x.organisation_id into a from public.accounts x where x.id = of_account;
  if not found then return false; end if;
  insert into public.account_blocks (id, account_id, organisation_id, cause, reason, blocked_at) values (block, a.id, a.organisation_id, 'suspect-use', why, at) on conflict (account_id, cause) where lifted_at is null do nothing;
  if not found then return false; end if;
  insert into public.mails (id, to_account_id, subject, body, why, path, kind, about_kind, about_id, queued_by, created_at)
    select distinct on (r.account_id) gen_random_uuid(), r.account_id, 'Un accès est bloqué pour usage inhabituel',
      'Un accès est bloqué le temps de vérifier un usage inhabituel. ' || why || E'\n\nIl reste bloqué jusqu’à ce que le correspondant sécurité de l’opérateur (CSSI) ait vérifié et noté ce qu’il constate.',
      case when r.role = 'cssi' then 'vous êtes correspondant sécurité de l’opérateur (CSSI)' else 'vous gérez les comptes de votre structure' end, case when r.role = 'cssi' then '/securite' end, 'suspect-use', 'account-block', block::text, null, at
    from public.role_assignments r join public.accounts p on p.id = r.account_id and p.organisation_id = r.organisation_id and p.status = 'active' join public.organisations o on o.id = r.organisation_id
    where r.starts_at <= at and (r.ends_at is null or r.ends_at > at) and (o.kind = 'operateur' and r.role = 'cssi' or r.organisation_id = a.organisation_id and r.role = 'rgc') order by r.account_id, r.role;
  said := jsonb_build_object('block', block, 'why', why);
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest) values (entry, at, null, a.organisation_id, 'account.blocked-for-suspect-use', 'account', a.id::text, '', '', public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  return true;
end $$;
do $$ declare f text; begin
  foreach f in array array['ctx.uses_to_watch(timestamptz)', 'ctx.block_suspect(uuid, text, timestamptz)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to cc_worker', f);
  end loop;
end $$;
