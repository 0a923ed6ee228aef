-- The anomalies of access (annex 1, 1.6; ACC-14): each one dated, from when what is wrong was so, to when it was corrected, how and by whom.
create table access_anomalies (
  id uuid primary key, -- made of whose it is, what, and since when: the same fact is one row, whoever writes it and however often
  organisation_id uuid not null references organisations,
  account_id uuid not null,
  grant_id uuid references grants, -- null: of the account itself
  kind text not null check (kind in ('should-be-suspended', 'contract-over', 'never-seen', 'not-seen', 'no-grant', 'never-used', 'unused', 'beyond-function')),
  -- The evidence as it stood when it was written.
  function text not null,
  contract_ends_on date,
  last_act_at timestamptz,
  last_used_on date,
  opened_at timestamptz not null,
  corrected_at timestamptz check (corrected_at >= opened_at),
  corrected_how text check (corrected_how in ('grant-ended', 'grant-changed', 'grant-over', 'account-suspended', 'account-deleted', 'contract-extended', 'came-back', 'lifted', 'worsened', 'rights-ended', 'rights-given', 'used', 'function-changed', 'gone')),
  corrected_by uuid references accounts, -- null: nobody, time or the rules themselves
  foreign key (account_id, organisation_id) references accounts (id, organisation_id),
  check ((corrected_at is null) = (corrected_how is null) and (corrected_by is null or corrected_at is not null))
);
create unique index access_anomalies_open on access_anomalies (account_id, kind, grant_id) nulls not distinct where corrected_at is null;
create index access_anomalies_account on access_anomalies (account_id);
create index access_anomalies_organisation on access_anomalies (organisation_id) where corrected_at is null;
create index access_anomalies_corrected on access_anomalies (organisation_id, corrected_at, id) where corrected_at is not null;
alter table access_anomalies enable row level security; alter table access_anomalies force row level security;
create policy owner on access_anomalies to cc_owner using (true) with check (true);
create policy read on access_anomalies for select to cc_web using ((select ctx.ok()) and ((select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) or (select ctx.holds_role('cssi'))));
grant select on access_anomalies to cc_web;
grant select, insert, update on access_anomalies to cc_definer;

-- Since when a function is what it is: a grant goes beyond it from then on, not from before.
alter table accounts add column function_since timestamptz;
create function ctx.date_function() returns trigger language plpgsql set search_path = '' as $$
begin
  new.function_since := ctx.clock();
  return new;
end $$;
create trigger date_function before update of function on accounts for each row when (old.function is distinct from new.function) execute function ctx.date_function();

/*
 * What the rules of anomalies judge by: every active account, and every grant of theirs that is not over, with its dates. Of these organisations, of these accounts only when
 * they are given. `corrected`: when each kind of anomaly was last corrected there; none has been open since before.
 */
create function ctx.access_lines(organisations uuid[], accounts uuid[])
returns table (account_id uuid, organisation_id uuid, function text, function_since timestamptz, active_since timestamptz, contract_ends_on date, last_act_at timestamptz, lifted_at timestamptz, has_role boolean, rights_ended_at timestamptz,
  created_at timestamptz, grant_id uuid, tool text, profile text, granted_at timestamptz, starts_on date, last_used_on date, corrected jsonb)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  at timestamptz := ctx.clock();
  today date := ctx.paris_day(at);
  ids uuid[] := array(select a.id from public.accounts a where a.status = 'active' and (access_lines.organisations is null or a.organisation_id = any (access_lines.organisations)) and (access_lines.accounts is null or a.id = any (access_lines.accounts)));
begin
  return query
    select a.id, a.organisation_id, a.function, a.function_since,
      (select min(s.from_at) from public.account_states s where s.account_id = a.id and s.from_at > (select max(x.from_at) from public.account_states x where x.account_id = a.id and x.status <> 'active')),
      a.contract_ends_on, c.last_act_at, c.lifted_at,
      exists (select from public.role_assignments r where r.account_id = a.id and r.organisation_id = a.organisation_id and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)),
      greatest((select max(r.ends_at) from public.role_assignments r where r.account_id = a.id and r.ends_at <= at),
        (select max(least(g.revoked_at, (g.ends_on + 1)::timestamp at time zone 'Europe/Paris')) from public.grants g where g.account_id = a.id and (g.revoked_at is not null or g.ends_on < today))),
      a.created_at, l.id, l.tool, l.profile, l.granted_at, l.starts_on,
      case when l.id is not null then (select max(u.day) from unnest(array['sessions', 'fiches-consultees', 'recherches', 'campagnes-consultees', 'echanges-enregistres']) k (kind)
        cross join lateral (select d.day from public.usage_days d where d.account_id = a.id and d.tool = l.tool and d.kind = k.kind order by d.day desc limit 1) u) end,
      (select jsonb_object_agg(x.kind, x.at) from (select n.kind, max(n.corrected_at) as at from public.access_anomalies n where n.account_id = a.id and n.grant_id is not distinct from l.id and n.corrected_at is not null group by n.kind) x)
    from unnest(ids) i (id) join public.accounts a on a.id = i.id
    left join public.account_activity c on c.account_id = a.id
    cross join lateral (select null::uuid as id, null::text as tool, null::text as profile, null::timestamptz as granted_at, null::date as starts_on
      union all select x.id, x.tool, x.profile, x.granted_at, x.starts_on from public.grants x
        where x.account_id = a.id and x.organisation_id = a.organisation_id and x.revoked_at is null and (x.ends_on is null or x.ends_on >= today)) l
    order by a.id, l.id nulls first;
end $$;

/*
 * The anomalies that are written as open, each with what may have corrected it since: the grant's end, the account's states, the person's return, and the last act on the account
 * of the trail that corrects (where nothing else says who).
 */
create function ctx.open_anomalies(organisations uuid[], accounts uuid[])
returns table (id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamptz, last_used_on date, opened_at timestamptz, outcome jsonb)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare acts constant text[] := array['account.suspended', 'account.deleted', 'account.ended-for-breach', 'account.edited', 'account.file-confirmed', 'review.decided'];
begin
  return query
    select n.id, n.organisation_id, n.account_id, n.grant_id, n.kind, n.function, n.contract_ends_on, n.last_act_at, n.last_used_on, n.opened_at, jsonb_build_object(
      'revokedAt', g.revoked_at, 'revokedBy', g.revoked_by, 'endsOn', g.ends_on, 'replaced', exists (select from public.grants f where f.replaces = g.id),
      'status', a.status, 'statusAt', (select min(s.from_at) from public.account_states s where s.account_id = a.id and s.from_at >= n.opened_at and s.status <> 'active'),
      'contractAt', (select min(s.from_at) from public.account_states s where s.account_id = a.id and s.from_at >= n.opened_at and (s.contract_ends_on is null or s.contract_ends_on >= ctx.paris_day(s.from_at))),
      'lastActAt', c.last_act_at, 'lifted', (select jsonb_build_object('at', p.lifted_at, 'by', p.lifted_by) from public.inactivity_spans p where p.account_id = a.id and p.lifted_at >= n.opened_at order by p.lifted_at limit 1),
      'usedOn', (select min(d.day) from public.usage_days d where d.account_id = a.id and d.tool = g.tool and d.day >= ctx.paris_day(n.opened_at)), 'functionSince', a.function_since,
      'given', (select jsonb_build_object('at', x.at, 'by', x.by) from (select x.granted_at as at, x.granted_by as by from public.grants x where x.account_id = a.id and x.granted_at >= n.opened_at
        union all select r.starts_at, r.assigned_by from public.role_assignments r where r.account_id = a.id and r.starts_at >= n.opened_at) x order by x.at limit 1),
      'ended', (select jsonb_build_object('at', x.revoked_at, 'by', x.revoked_by) from public.grants x where x.account_id = a.id and x.revoked_at >= n.opened_at order by x.revoked_at desc limit 1),
      'act', (select jsonb_build_object('at', e.at, 'by', e.actor_id) from public.audit_entries e where e.subject_kind = 'account' and e.subject_id = a.id::text and e.at >= n.opened_at and e.action = any (acts) order by e.at desc limit 1))
    from public.access_anomalies n join public.accounts a on a.id = n.account_id left join public.grants g on g.id = n.grant_id left join public.account_activity c on c.account_id = n.account_id
    where n.corrected_at is null and (open_anomalies.organisations is null or n.organisation_id = any (open_anomalies.organisations)) and (open_anomalies.accounts is null or n.account_id = any (open_anomalies.accounts));
end $$;

-- Who may read what anomalies are judged by: those who manage a structure's accounts, of theirs; the operator's security officer, of all.
create function ctx.judges_access(organisations uuid[]) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and (ctx.holds_role('cssi') or (ctx.holds_role('rgc') or ctx.holds_role('signataire')) and organisations = array[ctx.organisation()]);
end $$;
create function ctx.access_facts(organisations uuid[], accounts uuid[])
returns table (account_id uuid, organisation_id uuid, function text, function_since timestamptz, active_since timestamptz, contract_ends_on date, last_act_at timestamptz, lifted_at timestamptz, has_role boolean, rights_ended_at timestamptz,
  created_at timestamptz, grant_id uuid, tool text, profile text, granted_at timestamptz, starts_on date, last_used_on date, corrected jsonb)
language plpgsql stable security definer set search_path = '' as $$
begin
  if ctx.judges_access(organisations) then return query select * from ctx.access_lines(organisations, accounts); end if;
end $$;
create function ctx.anomaly_facts(organisations uuid[], accounts uuid[])
returns table (id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamptz, last_used_on date, opened_at timestamptz, outcome jsonb)
language plpgsql stable security definer set search_path = '' as $$
begin
  if ctx.judges_access(organisations) then return query select * from ctx.open_anomalies(organisations, accounts); end if;
end $$;

/* Writes what opened and what is corrected; what is there already, or corrected already, stays as it is. Says how many of each. In order, so that two at once do not wait for each other in a ring. */
create function ctx.write_anomalies(opened jsonb, corrected jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare written int; settled int;
begin
  insert into public.access_anomalies (id, organisation_id, account_id, grant_id, kind, function, contract_ends_on, last_act_at, last_used_on, opened_at)
    select o.id, o."organisationId", o."accountId", o."grantId", o.kind, o.function, o."contractEndsOn", o."lastActAt", o."lastUsedOn", o."openedAt"
    from jsonb_to_recordset(opened) as o (id uuid, "organisationId" uuid, "accountId" uuid, "grantId" uuid, kind text, function text, "contractEndsOn" date, "lastActAt" timestamptz, "lastUsedOn" date, "openedAt" timestamptz)
    order by o.id on conflict do nothing;
  get diagnostics written = row_count;
  perform from public.access_anomalies n where n.id in (select c.id from jsonb_to_recordset(corrected) as c (id uuid)) and n.corrected_at is null order by n.id for update;
  update public.access_anomalies n set corrected_at = greatest(n.opened_at, c.at), corrected_how = c.how, corrected_by = c.by
    from jsonb_to_recordset(corrected) as c (id uuid, at timestamptz, how text, by uuid) where n.id = c.id and n.corrected_at is null;
  get diagnostics settled = row_count;
  return jsonb_build_object('opened', written, 'corrected', settled);
end $$;
-- The same for those who manage a structure's accounts, with the act that changes an access: of their own structure alone.
create function ctx.keep_anomalies(opened jsonb, corrected jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not (ctx.holds_role('rgc') or ctx.holds_role('signataire'))
    or exists (select from jsonb_to_recordset(opened) as o ("organisationId" uuid) where o."organisationId" is distinct from ctx.organisation())
    or exists (select from public.access_anomalies n where n.id in (select c.id from jsonb_to_recordset(corrected) as c (id uuid)) and n.organisation_id <> ctx.organisation()) then raise exception 'not for this viewer' using errcode = '42501'; end if;
  return ctx.write_anomalies(opened, corrected);
end $$;

-- The next accounts that the nightly job looks at: who is active, or has an anomaly written as open.
create function ctx.accounts_to_judge(after uuid, most int) returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select a.id from public.accounts a where (accounts_to_judge.after is null or a.id > accounts_to_judge.after)
    and (a.status = 'active' or exists (select from public.access_anomalies n where n.account_id = a.id and n.corrected_at is null)) order by a.id limit most;
end $$;

do $$ declare f text; begin
  foreach f in array array['ctx.access_lines(uuid[], uuid[])', 'ctx.open_anomalies(uuid[], uuid[])', 'ctx.judges_access(uuid[])', 'ctx.access_facts(uuid[], uuid[])', 'ctx.anomaly_facts(uuid[], uuid[])', 'ctx.write_anomalies(jsonb, jsonb)', 'ctx.keep_anomalies(jsonb, jsonb)', 'ctx.accounts_to_judge(uuid, int)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
revoke all on function ctx.date_function() from public;
grant execute on function ctx.access_facts(uuid[], uuid[]), ctx.anomaly_facts(uuid[], uuid[]), ctx.keep_anomalies(jsonb, jsonb) to cc_web;
grant execute on function ctx.access_lines(uuid[], uuid[]), ctx.open_anomalies(uuid[], uuid[]), ctx.write_anomalies(jsonb, jsonb), ctx.accounts_to_judge(uuid, int) to cc_worker;

-- A line of a review says since when each of its anomalies was open.
alter table access_review_lines add column anomalies_since timestamptz[] not null default '{}';
grant update (anomalies_since) on access_review_lines to cc_definer;
create or replace function ctx.mark_anomalies(of_review uuid, marks jsonb) returns void language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.access_reviews r where r.id = of_review and r.organisation_id = ctx.organisation() and r.started_by = ctx.account() and r.closed_at is null)
    or exists (select from public.access_review_lines l where l.review_id = of_review and (l.decision is not null or l.anomaly)) then raise exception 'not for this viewer' using errcode = '42501'; end if;
  update public.access_review_lines l set anomalies = f.anomalies, anomalies_since = f.since
    from jsonb_to_recordset(marks) as f ("accountId" uuid, "grantId" uuid, anomalies text[], since timestamptz[]) where l.review_id = of_review and l.account_id = f."accountId" and l.grant_id is not distinct from f."grantId";
end $$;
