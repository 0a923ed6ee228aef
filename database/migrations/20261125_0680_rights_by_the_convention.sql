-- What a right rests on (convention, art. 7, 10, 12, annex 1): the convention in force, the conditions accepted, the account itself. Rights are still worked out at each request.

-- The instant every right is judged at. The owner may shift it, to try what a later day does; the application cannot.
create table secret.clock (shift interval not null);
grant select on secret.clock to cc_definer;
create function ctx.clock() returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return now() + coalesce((select shift from secret.clock limit 1), '0');
end $$;
alter function ctx.clock() owner to cc_definer;
revoke all on function ctx.clock() from public;
grant execute on function ctx.clock() to cc_web, cc_worker;

create table conventions (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  -- the regional direction that signs for the operator
  region_id int not null references territories,
  number text not null unique check (length(number) between 1 and 40),
  created_at timestamptz not null,
  -- the later of the two signatures (AGR-2); null until both
  effective_from timestamptz,
  -- when it stops being in force, as its notices and breaches make it (server/conventions/deadlines.ts); null while nothing ends it: it renews itself (AGR-3)
  ends_at timestamptz check (ends_at >= effective_from),
  constraint one_in_force exclude using gist (organisation_id with =, tstzrange(effective_from, ends_at) with &&) where (effective_from is not null)
);

-- What is not a tool: who does what for the structure (design, part 5). Opens no business data by itself (ACC-4).
create table role_assignments (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  role text not null check (role in ('rgc', 'signataire', 'correspondant-si', 'dpd', 'rssi', 'responsable-formation', 'responsable-operationnel', 'cssi', 'direction-regionale', 'support', 'administrateur')),
  region_id int references territories, -- of a regional direction
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at >= starts_at),
  assigned_by uuid references accounts,
  reason text not null check (length(reason) between 1 and 300),
  check ((role = 'direction-regionale') = (region_id is not null))
);
create index role_assignments_account on role_assignments (account_id);
create index role_assignments_organisation on role_assignments (organisation_id, role);

-- Conditions of use: of the portal (cgu), of each tool (cpu), confidentiality, security rules. A text is never changed: a new version follows it.
create table documents (
  id uuid primary key,
  kind text not null check (kind in ('cgu', 'cpu', 'confidentialite', 'securite')),
  tool text check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  version int not null check (version > 0),
  title text not null check (length(title) between 1 and 200),
  body text not null check (length(body) between 1 and 200000),
  body_hash bytea not null check (length(body_hash) = 32),
  in_force_from timestamptz not null,
  published_by uuid references accounts,
  published_at timestamptz not null,
  check ((kind = 'cpu') = (tool is not null)),
  unique nulls not distinct (kind, tool, version),
  unique nulls not distinct (kind, tool, in_force_from)
);
create table acceptances (
  account_id uuid not null references accounts,
  document_id uuid not null references documents,
  organisation_id uuid not null references organisations,
  body_hash bytea not null,
  accepted_at timestamptz not null,
  primary key (account_id, document_id)
);

-- The tools of annex 4, from when to when: what it does not hold opens for nobody (AGR-12).
create table annex_4_tools (
  id uuid primary key default gen_random_uuid(),
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  in_force_from timestamptz not null,
  in_force_until timestamptz check (in_force_until >= in_force_from),
  constraint once_at_a_time exclude using gist (tool with =, tstzrange(in_force_from, in_force_until) with &&)
);
insert into annex_4_tools (tool, in_force_from) select t, '2020-01-01T00:00:00Z' from unnest(array['campagnes', 'fiche-etablissement', 'fiche-recrutement']) t;

-- Security awareness (SEC-4), and from when its lack cuts rather than warns.
create table awareness_records (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  done_on date not null,
  modality text not null check (length(modality) between 1 and 60),
  title text not null check (length(title) between 1 and 200),
  minutes int check (minutes between 1 and 10000),
  recorded_by uuid references accounts,
  recorded_at timestamptz not null
);
create index awareness_records_account on awareness_records (account_id, done_on);
create table awareness_policies (in_force_from timestamptz primary key, cuts boolean not null, set_by uuid references accounts);

-- A temporary block (ACC-11) or the operator's exceptional one (ACC-10): lifted on a verdict.
create table account_blocks (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  cause text not null check (cause in ('suspect-use', 'exceptional')),
  reason text not null check (length(reason) between 1 and 500),
  blocked_at timestamptz not null,
  blocked_by uuid references accounts, -- null: a rule of detection
  lifted_at timestamptz check (lifted_at >= blocked_at),
  lifted_by uuid references accounts,
  verdict text check (length(verdict) between 1 and 500),
  check (num_nonnulls(lifted_at, verdict) in (0, 2))
);
create index account_blocks_account on account_blocks (account_id);

-- The last deliberate act or sign-in, and the last time an inactivity was lifted (ACC-5).
create table account_activity (
  account_id uuid primary key references accounts,
  organisation_id uuid not null references organisations,
  last_act_at timestamptz,
  lifted_at timestamptz
);
alter table accounts add column contract_ends_on date; -- a contractor's (ACC-1): the account ends with it

create function ctx.paris_day(at timestamptz) returns date language sql immutable parallel safe as $$ select (at at time zone 'Europe/Paris')::date $$;
grant select on conventions, role_assignments, documents, acceptances, annex_4_tools, awareness_records, awareness_policies, account_blocks to cc_definer;
grant select, insert, update on account_activity to cc_definer;

-- The day the inactivity of an account is counted from: the last act, or the lifting of a suspension, else its latest grant. Null: it holds none.
create function ctx.inactivity_from(of_account uuid) returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select greatest(a.last_act_at, a.lifted_at) from public.account_activity a where a.account_id = of_account),
    (select max(greatest(g.granted_at, g.starts_on::timestamp at time zone 'Europe/Paris')) from public.grants g where g.account_id = of_account and g.revoked_at is null));
end $$;

-- Accepted the text in force of that kind; true when there is none to accept.
create function ctx.accepted(of_account uuid, of_kind text, of_tool text, at timestamptz) returns boolean language plpgsql stable security definer set search_path = '' as $$
declare current uuid;
begin
  select d.id into current from public.documents d where d.kind = of_kind and d.tool is not distinct from of_tool and d.in_force_from <= at order by d.in_force_from desc limit 1;
  return current is null or exists (select from public.acceptances x where x.account_id = of_account and x.document_id = current and x.accepted_at <= at);
end $$;

create function ctx.in_force(of_organisation uuid, at timestamptz) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.conventions c where c.organisation_id = of_organisation and c.effective_from <= at and (c.ends_at is null or c.ends_at > at));
end $$;

/*
 * The grants an account holds at an instant, each with what keeps it from opening anything (ACC-2, ACC-7, ACC-12): empty when it is in effect.
 * The SQL twin of heldGrants in server/habilitations/effective-grants.ts.
 */
create function ctx.held_grants(of_account uuid, at timestamptz)
returns table (grant_id uuid, tool text, profile text, territory_id int, agency_id uuid, reason text, starts_on date, ends_on date, missing text[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  today date := ctx.paris_day(at);
  a record;
  to_all text[];
  unaccepted text[]; -- the texts in force and not accepted: the kind, or the tool of a CPU
begin
  select x.id, x.organisation_id, x.status, x.contract_ends_on, x.created_at, o.kind into a from public.accounts x join public.organisations o on o.id = x.organisation_id where x.id = of_account;
  if not found then return; end if;
  select coalesce(array_agg(coalesce(d.tool, d.kind)), '{}') into unaccepted
    from (select distinct on (d.kind, d.tool) d.id, d.kind, d.tool from public.documents d where d.in_force_from <= at order by d.kind, d.tool, d.in_force_from desc) d
    where not exists (select from public.acceptances x where x.account_id = a.id and x.document_id = d.id and x.accepted_at <= at);
  to_all := array_remove(array[
    case when a.status <> 'active' then 'account' end,
    case when exists (select from public.account_blocks b where b.account_id = a.id and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)) then 'block' end,
    case when a.kind <> 'operateur' and not ctx.in_force(a.organisation_id, at) then 'convention' end,
    case when a.contract_ends_on < today then 'contract' end,
    case when today > (ctx.paris_day(ctx.inactivity_from(a.id)) + interval '2 months')::date then 'inactivity' end,
    case when 'cgu' = any (unaccepted) then 'cgu' end,
    case when 'confidentialite' = any (unaccepted) then 'confidentialite' end,
    case when 'securite' = any (unaccepted) then 'securite' end,
    case when (select p.cuts from public.awareness_policies p where p.in_force_from <= at order by p.in_force_from desc limit 1)
      and today > (coalesce((select max(r.done_on) from public.awareness_records r where r.account_id = a.id and r.done_on <= today), ctx.paris_day(a.created_at)) + interval '1 year')::date then 'awareness' end
  ], null);
  return query
    select g.id, g.tool, g.profile, g.territory_id, g.agency_id, g.reason, g.starts_on, g.ends_on, to_all || t.lacks
    from public.grants g
    cross join lateral (select array_remove(array[
      case when not exists (select from public.annex_4_tools t where t.tool = g.tool and t.in_force_from <= at and (t.in_force_until is null or t.in_force_until > at)) then 'annex-4' end,
      case when g.tool = any (unaccepted) then 'cpu' end], null) as lacks) t
    where g.account_id = a.id and g.organisation_id = a.organisation_id and (g.revoked_at is null or g.revoked_at > at) and g.starts_on <= today and (g.ends_on is null or g.ends_on >= today);
end $$;

-- Those in effect, an agency's perimeter become the territories it serves.
create function ctx.effective_grants(of_account uuid, at timestamptz)
returns table (tool text, profile text, territory_id int, reason text, starts_on date, ends_on date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select h.tool, h.profile, coalesce(h.territory_id, t.territory_id), h.reason, h.starts_on, h.ends_on
    from ctx.held_grants(of_account, at) h left join public.agency_territories t on t.agency_id = h.agency_id
    where h.missing = '{}' and coalesce(h.territory_id, t.territory_id) is not null;
end $$;
-- Of a day: as they are now when it is today, else at its noon.
create or replace function ctx.effective_grants(of_account uuid, on_day date)
returns table (tool text, profile text, territory_id int, reason text, starts_on date, ends_on date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select e.* from ctx.effective_grants(of_account,
    case when on_day = ctx.paris_day(ctx.clock()) then ctx.clock() else (on_day + time '12:00') at time zone 'Europe/Paris' end) e;
end $$;

-- The roles in effect, of an active account: the operator's own in the operator only; the account manager's only under a convention in force and the conditions accepted (RGC-4).
create function ctx.effective_roles(of_account uuid, at timestamptz) returns table (role text, region_id int) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select r.role, r.region_id from public.role_assignments r
    join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
    join public.organisations o on o.id = a.organisation_id
    where r.account_id = of_account and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
      and (o.kind = 'operateur' or r.role not in ('cssi', 'direction-regionale', 'support', 'administrateur'))
      and not exists (select from public.account_blocks b where b.account_id = a.id and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at))
      and (r.role <> 'rgc' or (o.kind = 'operateur' or ctx.in_force(a.organisation_id, at)) and ctx.accepted(a.id, 'cgu', null, at));
end $$;

alter function ctx.inactivity_from(uuid) owner to cc_definer;
alter function ctx.accepted(uuid, text, text, timestamptz) owner to cc_definer;
alter function ctx.in_force(uuid, timestamptz) owner to cc_definer;
alter function ctx.held_grants(uuid, timestamptz) owner to cc_definer;
alter function ctx.effective_grants(uuid, timestamptz) owner to cc_definer;
alter function ctx.effective_roles(uuid, timestamptz) owner to cc_definer;
revoke all on function ctx.inactivity_from(uuid), ctx.accepted(uuid, text, text, timestamptz), ctx.in_force(uuid, timestamptz), ctx.held_grants(uuid, timestamptz), ctx.effective_grants(uuid, timestamptz),
  ctx.effective_roles(uuid, timestamptz) from public;

-- One's own grants and what each lacks: what « my rights » and the first page say.
create function ctx.own_grants() returns table (tool text, profile text, territory_id int, reason text, starts_on date, ends_on date, missing text[]) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select h.tool, h.profile, coalesce(h.territory_id, t.territory_id), h.reason, h.starts_on, h.ends_on, h.missing
    from ctx.held_grants(ctx.account(), ctx.clock()) h left join public.agency_territories t on t.agency_id = h.agency_id where coalesce(h.territory_id, t.territory_id) is not null;
end $$;
alter function ctx.own_grants() owner to cc_definer;
revoke all on function ctx.own_grants() from public;
grant execute on function ctx.own_grants() to cc_web;

/* The context holds the roles too, under the same seal. */
create function ctx.roles() returns text[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.roles', true), '')::text[], '{}') $$;
create function ctx.holds_role(role text) returns boolean language sql stable as $$ select role = any (ctx.roles()) $$;
-- The regions of a regional direction.
create function ctx.regions() returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.regions', true), '')::int[], '{}') $$;

create or replace function ctx.seal() returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return encode(extensions.hmac(
    concat_ws('|', pg_backend_pid(), extract(epoch from transaction_timestamp()), current_setting('ctx.level', true), current_setting('ctx.account', true),
      current_setting('ctx.organisation', true), current_setting('ctx.fiche', true), current_setting('ctx.fiche_conseiller', true),
      current_setting('ctx.campagnes', true), current_setting('ctx.conseiller', true), current_setting('ctx.pilote', true), current_setting('ctx.roles', true), current_setting('ctx.regions', true))::bytea,
    (select key from secret.context_key), 'sha256'), 'hex');
end $$;

drop function ctx.set_context(text, uuid, uuid, int[], int[], int[], int[], int[]);
create function ctx.set_context(level text, account uuid, organisation uuid, fiche int[], fiche_conseiller int[], campagnes int[], conseiller int[], pilote int[], roles text[], regions int[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('ctx.level', level, true), set_config('ctx.account', coalesce(account::text, ''), true), set_config('ctx.organisation', coalesce(organisation::text, ''), true),
    set_config('ctx.fiche', coalesce(fiche::text, '{}'), true), set_config('ctx.fiche_conseiller', coalesce(fiche_conseiller::text, '{}'), true), set_config('ctx.campagnes', coalesce(campagnes::text, '{}'), true),
    set_config('ctx.conseiller', coalesce(conseiller::text, '{}'), true), set_config('ctx.pilote', coalesce(pilote::text, '{}'), true),
    set_config('ctx.roles', coalesce(roles::text, '{}'), true), set_config('ctx.regions', coalesce(regions::text, '{}'), true);
  perform set_config('ctx.seal', ctx.seal(), true);
end $$;
alter function ctx.set_context(text, uuid, uuid, int[], int[], int[], int[], int[], text[], int[]) owner to cc_definer;
revoke all on function ctx.set_context(text, uuid, uuid, int[], int[], int[], int[], int[], text[], int[]) from public;

create or replace function ctx.enter(token_hash bytea) returns jsonb language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  s record;
  at timestamptz := ctx.clock();
  state text;
  granted jsonb; withheld jsonb; roles jsonb;
  fiche int[]; fiche_conseiller int[]; campagnes int[]; conseiller int[]; pilote int[]; role_names text[]; regions int[];
begin
  select x.id, x.account_id, x.created_at, x.last_seen_at, x.acr, x.amr, x.second_factor, x.second_factor_at, x.proven_at,
         a.organisation_id, a.given_name, a.family_name, a.function, o.name as organisation_name, o.kind as organisation_kind
    into s
    from public.sessions x join public.accounts a on a.id = x.account_id join public.organisations o on o.id = a.organisation_id
    where x.token_hash = enter.token_hash and x.ended_at is null and a.status = 'active' and x.created_at > at - interval '12 hours';
  if not found then return null; end if;
  state := case when s.second_factor is null then 'second-factor-required' when s.last_seen_at < at - interval '30 minutes' then 'locked' else 'active' end;

  if state = 'active' then
    select coalesce(jsonb_agg(jsonb_build_object('tool', g.tool, 'profile', g.profile, 'territoryId', g.territory_id,
             'touches', case when g.territory_id = 0 then '[]'::jsonb else to_jsonb(g.touches) end)) filter (where g.missing = '{}'), '[]'),
           coalesce(jsonb_agg(jsonb_build_object('tool', g.tool, 'profile', g.profile, 'missing', g.missing)) filter (where g.missing <> '{}'), '[]'),
           array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'fiche-etablissement'),
           array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'fiche-etablissement' and ctx.rank(g.profile) >= 2),
           array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'campagnes' and ctx.rank(g.profile) >= 2),
           array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'campagnes' and ctx.rank(g.profile) >= 4)
      into granted, withheld, fiche, fiche_conseiller, conseiller, pilote
      from (select h.tool, h.profile, coalesce(h.territory_id, t.territory_id) as territory_id, h.missing,
              case when h.tool = 'campagnes' then array(select o.other_id from public.territory_overlaps o where o.territory_id = coalesce(h.territory_id, t.territory_id) and o.other_id <> 0) else '{}' end as touches
              from ctx.held_grants(s.account_id, at) h left join public.agency_territories t on t.agency_id = h.agency_id
              where coalesce(h.territory_id, t.territory_id) is not null) g;
    select array_agg(distinct t) into campagnes
      from (select jsonb_array_elements(g -> 'touches' || (g -> 'territoryId'))::int as t from jsonb_array_elements(granted) g where g ->> 'tool' = 'campagnes') x;
    select jsonb_agg(jsonb_build_object('role', r.role, 'regionId', r.region_id)), array_agg(distinct r.role), array_agg(distinct r.region_id) filter (where r.region_id is not null)
      into roles, role_names, regions from ctx.effective_roles(s.account_id, at) r;
    perform ctx.set_context('2', s.account_id, s.organisation_id, fiche, fiche_conseiller, campagnes, conseiller, pilote, role_names, regions);
  else
    perform ctx.set_context('1', s.account_id, null, '{}', '{}', '{}', '{}', '{}', '{}', '{}');
  end if;

  return jsonb_build_object('sessionId', s.id, 'state', state, 'accountId', s.account_id, 'organisationId', s.organisation_id, 'organisationName', s.organisation_name, 'organisationKind', s.organisation_kind,
    'givenName', s.given_name, 'familyName', s.family_name, 'function', s.function, 'acr', s.acr, 'amr', s.amr, 'secondFactor', s.second_factor, 'secondFactorAt', s.second_factor_at,
    'provenAt', s.proven_at, 'signedInAt', s.created_at, 'seenLately', s.last_seen_at > at - interval '30 seconds', 'grants', coalesce(granted, '[]'), 'withheld', coalesce(withheld, '[]'), 'roles', coalesce(roles, '[]'));
end $$;

-- A deliberate act, or a sign-in: counted to the hour. What is suspended for inactivity stays so until it is lifted (ACC-5).
create function ctx.record_act(of_account uuid) returns void language plpgsql security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if ctx.paris_day(at) > (ctx.paris_day(ctx.inactivity_from(of_account)) + interval '2 months')::date then return; end if;
  insert into public.account_activity as known (account_id, organisation_id, last_act_at) select a.id, a.organisation_id, at from public.accounts a where a.id = of_account
    on conflict (account_id) do update set last_act_at = excluded.last_act_at where known.last_act_at is null or known.last_act_at < excluded.last_act_at - interval '1 hour';
end $$;
alter function ctx.record_act(uuid) owner to cc_definer;
revoke all on function ctx.record_act(uuid) from public;

create or replace function ctx.touch(token_hash bytea) returns void language plpgsql security definer set search_path = '' as $$
declare account uuid;
begin
  update public.sessions s set last_seen_at = ctx.clock() where s.token_hash = touch.token_hash and s.ended_at is null and s.last_seen_at > ctx.clock() - interval '30 minutes' returning s.account_id into account;
  if account is not null then perform ctx.record_act(account); end if;
end $$;

create or replace function ctx.open_session(id uuid, token_hash bytea, account_id uuid, acr text, amr text[], second_factor text, proven_at timestamptz, id_token text, device text, replaces bytea)
returns uuid language plpgsql security definer set search_path = '' as $$
declare replaced uuid;
begin
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.token_hash = open_session.replaces and s.ended_at is null returning s.id into replaced;
  insert into public.sessions (id, token_hash, account_id, created_at, last_seen_at, acr, amr, second_factor, second_factor_at, proven_at, id_token, device)
  values (open_session.id, open_session.token_hash, open_session.account_id, ctx.clock(), ctx.clock(), open_session.acr, open_session.amr, open_session.second_factor,
    case when open_session.second_factor is not null then ctx.clock() end, open_session.proven_at, open_session.id_token, open_session.device);
  perform ctx.record_act(open_session.account_id);
  return replaced;
end $$;

/* Who reads what. The rooms that write these tables bring their own policies for it. */
alter table conventions enable row level security; alter table conventions force row level security;
alter table role_assignments enable row level security; alter table role_assignments force row level security;
alter table documents enable row level security; alter table documents force row level security;
alter table acceptances enable row level security; alter table acceptances force row level security;
alter table annex_4_tools enable row level security; alter table annex_4_tools force row level security;
alter table awareness_records enable row level security; alter table awareness_records force row level security;
alter table awareness_policies enable row level security; alter table awareness_policies force row level security;
alter table account_blocks enable row level security; alter table account_blocks force row level security;
alter table account_activity enable row level security; alter table account_activity force row level security;

-- What the operator's security officer and administrators see of every structure.
create function ctx.oversees() returns boolean language sql stable as $$ select ctx.holds_role('cssi') or ctx.holds_role('administrateur') $$;

create policy read on conventions for select to cc_web using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees()) or region_id = any ((select ctx.regions())::int[])));
create policy read on role_assignments for select to cc_web using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees()) or (select ctx.holds_role('direction-regionale'))));
create policy read on documents for select to cc_web using ((select ctx.known()));
create policy read on annex_4_tools for select to cc_web using ((select ctx.known()));
create policy read on awareness_policies for select to cc_web using ((select ctx.known()));
create policy read on acceptances for select to cc_web using ((select ctx.ok()) and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy read on awareness_records for select to cc_web using ((select ctx.ok()) and (account_id = (select ctx.account())
  or ((select ctx.holds_role('rgc')) or (select ctx.holds_role('responsable-formation')) or (select ctx.holds_role('rssi'))) and organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy read on account_blocks for select to cc_web using ((select ctx.ok()) and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
create policy read on account_activity for select to cc_web using ((select ctx.ok()) and (account_id = (select ctx.account()) or (select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation()) or (select ctx.oversees())));
grant select on conventions, role_assignments, documents, acceptances, annex_4_tools, awareness_records, awareness_policies, account_blocks, account_activity to cc_web;

create policy owner on conventions to cc_owner using (true) with check (true);
create policy owner on role_assignments to cc_owner using (true) with check (true);
create policy owner on documents to cc_owner using (true) with check (true);
create policy owner on acceptances to cc_owner using (true) with check (true);
create policy owner on annex_4_tools to cc_owner using (true) with check (true);
create policy owner on awareness_records to cc_owner using (true) with check (true);
create policy owner on awareness_policies to cc_owner using (true) with check (true);
create policy owner on account_blocks to cc_owner using (true) with check (true);
create policy owner on account_activity to cc_owner using (true) with check (true);
