-- Who is who, who may do what, and the context every policy reads.
create schema ctx;
create schema secret;
revoke all on schema secret from public;
grant usage on schema ctx to cc_web, cc_worker;
-- An owner must be able to create in the schema that its functions stand in.
grant usage, create on schema ctx, public to cc_definer;

create table organisations (
  id uuid primary key,
  siret bigint not null unique check (siret between 1 and 99999999999999),
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('operateur', 'epci', 'mission-locale', 'plie', 'departement', 'region', 'cap-emploi', 'autre')),
  created_at timestamptz not null
);

create table agencies (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  name text not null check (length(name) between 1 and 200)
);
-- What an agency serves: a grant whose perimeter is the agency opens these territories.
create table agency_territories (
  agency_id uuid not null references agencies,
  territory_id int not null references territories,
  primary key (agency_id, territory_id)
);

create table accounts (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  given_name text not null check (length(given_name) between 1 and 100), -- personal
  family_name text not null check (length(family_name) between 1 and 100), -- personal
  function text not null check (length(function) <= 120),
  status text not null default 'active' check (status in ('active', 'suspended', 'blocked', 'deleted')),
  created_at timestamptz not null
);
create index accounts_organisation on accounts (organisation_id);

-- Apart from accounts: a colleague of another partner reads a name, never an address.
create table account_contacts (
  account_id uuid primary key references accounts,
  organisation_id uuid not null references organisations,
  email text not null check (email = lower(email) and length(email) <= 254) -- personal
);
create unique index account_contacts_email on account_contacts (email);

create table grants (
  id uuid primary key,
  account_id uuid not null references accounts,
  organisation_id uuid not null references organisations,
  tool text not null check (tool in ('campagnes', 'fiche-etablissement', 'fiche-recrutement')),
  profile text not null check (profile in ('consultation', 'conseiller', 'responsable', 'pilote')),
  territory_id int references territories,
  agency_id uuid references agencies,
  reason text not null check (length(reason) between 1 and 300),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  granted_by uuid references accounts,
  granted_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid references accounts,
  revoke_reason text,
  check (num_nonnulls(territory_id, agency_id) = 1),
  check (tool <> 'fiche-recrutement' or profile = 'consultation')
);
create index grants_account on grants (account_id);

create table sessions (
  id uuid primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  account_id uuid not null references accounts,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz,
  -- the proof ProConnect gave, and the second factor proven there or here
  acr text,
  amr text[] not null default '{}',
  second_factor text check (second_factor in ('proconnect', 'totp', 'passkey', 'recovery-code')),
  second_factor_at timestamptz,
  proven_at timestamptz, -- the last time any second factor was proven: step-up and unlocking count from here
  id_token text, -- sent back to ProConnect at sign-out
  device text not null default '',
  check ((second_factor is null) = (second_factor_at is null))
);
create index sessions_account on sessions (account_id) where ended_at is null;

-- Rank of a profile, so that a larger one includes the smaller.
create function ctx.rank(profile text) returns int language sql immutable parallel safe
  as $$ select case profile when 'consultation' then 1 when 'conseiller' then 2 when 'responsable' then 3 when 'pilote' then 4 end $$;

create table secret.context_key (key bytea not null);
insert into secret.context_key select extensions.gen_random_bytes(32);
grant usage on schema secret to cc_definer;
grant select on secret.context_key to cc_definer;

-- The seal binds the context to this connection and this transaction: a context set by anyone but ctx.enter opens nothing.
create function ctx.seal() returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return encode(extensions.hmac(
    concat_ws('|', pg_backend_pid(), extract(epoch from transaction_timestamp()), current_setting('ctx.level', true), current_setting('ctx.account', true),
      current_setting('ctx.organisation', true), current_setting('ctx.fiche', true), current_setting('ctx.fiche_conseiller', true),
      current_setting('ctx.campagnes', true), current_setting('ctx.conseiller', true), current_setting('ctx.pilote', true))::bytea,
    (select key from secret.context_key), 'sha256'), 'hex');
end $$;
alter function ctx.seal() owner to cc_definer;
revoke all on function ctx.seal() from public;

-- Two factors proven in this session: what every business policy starts with.
create function ctx.ok() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(current_setting('ctx.level', true) = '2' and current_setting('ctx.seal', true) = ctx.seal(), false);
end $$;
-- A known session, even locked or short of its second factor: opens one's own identity rows only.
create function ctx.known() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(current_setting('ctx.level', true) in ('1', '2') and current_setting('ctx.seal', true) = ctx.seal(), false);
end $$;
alter function ctx.ok() owner to cc_definer;
alter function ctx.known() owner to cc_definer;
revoke all on function ctx.ok(), ctx.known() from public;
grant execute on function ctx.ok(), ctx.known() to cc_web;

create function ctx.account() returns uuid language sql stable as $$ select nullif(current_setting('ctx.account', true), '')::uuid $$;
create function ctx.organisation() returns uuid language sql stable as $$ select nullif(current_setting('ctx.organisation', true), '')::uuid $$;
-- Perimeters by what they open: reading rows (fiche), editing correspondents (fiche_conseiller), recording exchanges (conseiller), piloting campaigns (pilote);
-- and seeing campaigns (campagnes), whose territories need only touch the perimeter: overlaps included, save the national territory, which touches
-- all: there, 0 would read as a national perimeter.
create function ctx.fiche() returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.fiche', true), '')::int[], '{}') $$;
create function ctx.fiche_conseiller() returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.fiche_conseiller', true), '')::int[], '{}') $$;
create function ctx.conseiller() returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.conseiller', true), '')::int[], '{}') $$;
create function ctx.campagnes() returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.campagnes', true), '')::int[], '{}') $$;
create function ctx.pilote() returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.pilote', true), '')::int[], '{}') $$;
-- A perimeter covers a row when it is national or holds one of the territories the row carries. All int: leakproof, so an index may serve.
create function ctx.covers(ids int[], region int, departement int, epci int, clpe int) returns boolean language sql immutable parallel safe
  as $$ select 0 = any (ids) or region = any (ids) or departement = any (ids) or epci = any (ids) or clpe = any (ids) $$;
create function ctx.national(ids int[]) returns boolean language sql immutable parallel safe as $$ select 0 = any (ids) $$;

create function ctx.set_context(level text, account uuid, organisation uuid, fiche int[], fiche_conseiller int[], campagnes int[], conseiller int[], pilote int[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('ctx.level', level, true), set_config('ctx.account', coalesce(account::text, ''), true), set_config('ctx.organisation', coalesce(organisation::text, ''), true),
    set_config('ctx.fiche', coalesce(fiche::text, '{}'), true), set_config('ctx.fiche_conseiller', coalesce(fiche_conseiller::text, '{}'), true), set_config('ctx.campagnes', coalesce(campagnes::text, '{}'), true),
    set_config('ctx.conseiller', coalesce(conseiller::text, '{}'), true), set_config('ctx.pilote', coalesce(pilote::text, '{}'), true);
  perform set_config('ctx.seal', ctx.seal(), true);
end $$;
alter function ctx.set_context(text, uuid, uuid, int[], int[], int[], int[], int[]) owner to cc_definer;
revoke all on function ctx.set_context(text, uuid, uuid, int[], int[], int[], int[], int[]) from public;

-- Effective grants of an account on a day (ACC-2): the SQL twin of effectiveGrants in server/habilitations/effective-grants.ts.
create function ctx.effective_grants(of_account uuid, on_day date)
returns table (tool text, profile text, territory_id int, reason text, starts_on date, ends_on date)
language sql stable security definer set search_path = '' as $$
  select g.tool, g.profile, coalesce(g.territory_id, t.territory_id), g.reason, g.starts_on, g.ends_on
  from public.grants g
  join public.accounts a on a.id = g.account_id and a.status = 'active' and a.organisation_id = g.organisation_id
  left join public.agency_territories t on t.agency_id = g.agency_id
  where g.account_id = of_account and g.revoked_at is null and g.starts_on <= on_day and (g.ends_on is null or g.ends_on >= on_day)
    and coalesce(g.territory_id, t.territory_id) is not null
$$;
alter function ctx.effective_grants(uuid, date) owner to cc_definer;
revoke all on function ctx.effective_grants(uuid, date) from public;

/*
 * Opens the rights context of this transaction from a session token's hash, and says who it is.
 * Null: no such session, or ended, or over twelve hours old, or its account is not active. The rights are resolved anew each time,
 * so a change of right holds at the next request (ACC-12). Takes the token's hash and not an account id: an injected call would need it.
 */
create function ctx.enter(token_hash bytea) returns jsonb language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  s record;
  state text;
  granted jsonb;
  fiche int[]; fiche_conseiller int[]; campagnes int[]; conseiller int[]; pilote int[];
begin
  select x.id, x.account_id, x.created_at, x.last_seen_at, x.acr, x.amr, x.second_factor, x.second_factor_at, x.proven_at,
         a.organisation_id, a.given_name, a.family_name, a.function, o.name as organisation_name, o.kind as organisation_kind
    into s
    from public.sessions x join public.accounts a on a.id = x.account_id join public.organisations o on o.id = a.organisation_id
    where x.token_hash = enter.token_hash and x.ended_at is null and a.status = 'active' and x.created_at > now() - interval '12 hours';
  if not found then return null; end if;
  state := case when s.second_factor is null then 'second-factor-required' when s.last_seen_at < now() - interval '30 minutes' then 'locked' else 'active' end;

  if state = 'active' then
    select coalesce(jsonb_agg(jsonb_build_object('tool', g.tool, 'profile', g.profile, 'territoryId', g.territory_id,
             'touches', case when g.territory_id = 0 then '[]'::jsonb else to_jsonb(g.touches) end)), '[]'),
           array_agg(distinct g.territory_id) filter (where g.tool = 'fiche-etablissement'),
           array_agg(distinct g.territory_id) filter (where g.tool = 'fiche-etablissement' and ctx.rank(g.profile) >= 2),
           array_agg(distinct g.territory_id) filter (where g.tool = 'campagnes' and ctx.rank(g.profile) >= 2),
           array_agg(distinct g.territory_id) filter (where g.tool = 'campagnes' and ctx.rank(g.profile) >= 4)
      into granted, fiche, fiche_conseiller, conseiller, pilote
      from (select e.*, case when e.tool = 'campagnes' then array(select o.other_id from public.territory_overlaps o where o.territory_id = e.territory_id and o.other_id <> 0) else '{}' end as touches
              from ctx.effective_grants(s.account_id, (now() at time zone 'Europe/Paris')::date) e) g;
    select array_agg(distinct t) into campagnes
      from (select jsonb_array_elements(g -> 'touches' || (g -> 'territoryId'))::int as t from jsonb_array_elements(granted) g where g ->> 'tool' = 'campagnes') x;
    perform ctx.set_context('2', s.account_id, s.organisation_id, fiche, fiche_conseiller, campagnes, conseiller, pilote);
  else
    perform ctx.set_context('1', s.account_id, null, '{}', '{}', '{}', '{}', '{}');
  end if;

  return jsonb_build_object('sessionId', s.id, 'state', state, 'accountId', s.account_id, 'organisationId', s.organisation_id, 'organisationName', s.organisation_name, 'organisationKind', s.organisation_kind,
    'givenName', s.given_name, 'familyName', s.family_name, 'function', s.function, 'acr', s.acr, 'amr', s.amr, 'secondFactor', s.second_factor, 'secondFactorAt', s.second_factor_at,
    'provenAt', s.proven_at, 'signedInAt', s.created_at, 'seenLately', s.last_seen_at > now() - interval '30 seconds', 'grants', coalesce(granted, '[]'));
end $$;
alter function ctx.enter(bytea) owner to cc_definer;
revoke all on function ctx.enter(bytea) from public;
grant execute on function ctx.enter(bytea) to cc_web;

-- A person is there: keeps an active session awake. Never wakes a locked one.
create function ctx.touch(token_hash bytea) returns void language sql security definer set search_path = '' as $$
  update public.sessions set last_seen_at = now() where token_hash = touch.token_hash and ended_at is null and last_seen_at > now() - interval '30 minutes'
$$;
alter function ctx.touch(bytea) owner to cc_definer;
revoke all on function ctx.touch(bytea) from public;
grant execute on function ctx.touch(bytea) to cc_web;

-- The territories that hold the whole of a territory, as a row of one of its communes would carry them: null where it straddles several.
create function territory_line(territory int) returns table (region_id int, departement_id int, epci_id int, clpe_id int) language sql stable set search_path = public as $$
  select case when min(c.region_id) = max(c.region_id) and count(*) = count(c.region_id) then min(c.region_id) end,
         case when min(c.departement_id) = max(c.departement_id) and count(*) = count(c.departement_id) then min(c.departement_id) end,
         case when min(c.epci_id) = max(c.epci_id) and count(*) = count(c.epci_id) then min(c.epci_id) end,
         case when min(c.clpe_id) = max(c.clpe_id) and count(*) = count(c.clpe_id) then min(c.clpe_id) end
  from communes c where c.valid_to is null and (territory = 0 or territory in (c.region_id, c.departement_id, c.epci_id, c.clpe_id))
$$;

/* Row-level security. cc_web owns nothing; the owner is forced under the policies too, so imports and seeds run through policies of their own. */
alter table organisations enable row level security; alter table organisations force row level security;
alter table agencies enable row level security; alter table agencies force row level security;
alter table agency_territories enable row level security; alter table agency_territories force row level security;
alter table accounts enable row level security; alter table accounts force row level security;
alter table account_contacts enable row level security; alter table account_contacts force row level security;
alter table grants enable row level security; alter table grants force row level security;
alter table sessions enable row level security; alter table sessions force row level security;

create policy read on organisations for select to cc_web using ((select ctx.known()));
create policy read on agencies for select to cc_web using ((select ctx.ok()));
create policy read on agency_territories for select to cc_web using ((select ctx.ok()));
-- The directory of colleagues: names and functions, to all who came in with two factors.
create policy read on accounts for select to cc_web using ((select ctx.ok()) or ((select ctx.known()) and id = (select ctx.account())));
create policy read on account_contacts for select to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation()));
create policy read on grants for select to cc_web using ((select ctx.ok()) and organisation_id = (select ctx.organisation()));
create policy read on sessions for select to cc_web using ((select ctx.known()) and account_id = (select ctx.account()));
create policy write on sessions for update to cc_web using ((select ctx.known()) and account_id = (select ctx.account())) with check (account_id = (select ctx.account()));
grant select on organisations, agencies, agency_territories, accounts, account_contacts, grants to cc_web;
grant select (id, account_id, created_at, last_seen_at, ended_at, acr, amr, second_factor, second_factor_at, proven_at, device) on sessions to cc_web;
grant update (ended_at, last_seen_at, second_factor, second_factor_at, proven_at, token_hash) on sessions to cc_web;

-- The command line (seeds, imports, npm run admin) works as the owner.
create policy owner on organisations to cc_owner using (true) with check (true);
create policy owner on agencies to cc_owner using (true) with check (true);
create policy owner on agency_territories to cc_owner using (true) with check (true);
create policy owner on accounts to cc_owner using (true) with check (true);
create policy owner on account_contacts to cc_owner using (true) with check (true);
create policy owner on grants to cc_owner using (true) with check (true);
create policy owner on sessions to cc_owner using (true) with check (true);

grant select on organisations, agencies, agency_territories, accounts, account_contacts, grants, sessions, territories, territory_overlaps to cc_definer;
grant insert, update, delete on sessions to cc_definer;

/*
 * The trail (SEC-1). The leaf is the digest of the row; what was said in detail stands apart under a salt, so that erasing a person's
 * detail leaves the leaf true. Sealing in a signed tree comes later: xid lets a sequencer take only settled transactions.
 */
create table audit_entries (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid, -- an account id, which is the person's pseudonym; null for the system and for who could not sign in
  organisation_id uuid,
  action text not null check (length(action) between 3 and 80),
  subject_kind text not null check (length(subject_kind) between 1 and 40),
  subject_id text not null check (length(subject_id) between 1 and 80),
  origin text not null default '', -- where from: a keyed digest of the address, never the address
  request_id text not null default '',
  detail_digest bytea not null check (length(detail_digest) = 32),
  leaf bytea not null check (length(leaf) = 32),
  xid xid8 not null default pg_current_xact_id()
);
create index audit_entries_subject on audit_entries (subject_kind, subject_id, at);
create table audit_details (
  entry_id uuid primary key references audit_entries,
  salt bytea not null check (length(salt) = 16),
  detail jsonb not null -- personal
);

create function audit_detail_digest(salt bytea, detail jsonb) returns bytea language sql immutable as $$ select sha256(salt || convert_to(detail::text, 'UTF8')) $$;
create function audit_leaf(e audit_entries) returns bytea language sql stable as $$
  select sha256('\x00'::bytea || convert_to(jsonb_build_array(e.id, extract(epoch from e.at), e.actor_id, e.organisation_id, e.action, e.subject_kind, e.subject_id,
    e.origin, e.request_id, encode(e.detail_digest, 'hex'))::text, 'UTF8'))
$$;
create function audit_set_leaf() returns trigger language plpgsql as $$ begin new.leaf := audit_leaf(new); new.xid := pg_current_xact_id(); return new; end $$;
create trigger leaf before insert on audit_entries for each row execute function audit_set_leaf();
create function audit_refuse_change() returns trigger language plpgsql as $$ begin raise exception 'the trail is append-only'; end $$;
create trigger append_only before update or delete on audit_entries for each row execute function audit_refuse_change();
create trigger append_only_truncate before truncate on audit_entries execute function audit_refuse_change();

alter table audit_entries enable row level security; alter table audit_entries force row level security;
alter table audit_details enable row level security; alter table audit_details force row level security;
-- One writes in one's own name only; nobody reads the trail through the application yet.
create policy append on audit_entries for insert to cc_web with check (actor_id is not distinct from case when (select ctx.known()) then (select ctx.account()) end or actor_id is null);
create policy append on audit_details for insert to cc_web with check (true);
create policy owner_reads on audit_entries for select to cc_owner using (true);
create policy owner_appends on audit_entries for insert to cc_owner with check (true);
create policy owner_reads on audit_details for select to cc_owner using (true);
create policy owner_appends on audit_details for insert to cc_owner with check (true);
grant insert on audit_entries, audit_details to cc_web;
grant insert on audit_entries, audit_details to cc_definer;

/* What a repeated POST answers, kept a day: the same key and body get the same reply, written once. */
create table idempotency_keys (
  account_id uuid not null references accounts,
  key text not null check (length(key) between 8 and 128),
  route text not null,
  body_digest bytea not null,
  reply jsonb, -- personal
  created_at timestamptz not null default now(),
  primary key (account_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
alter table idempotency_keys enable row level security; alter table idempotency_keys force row level security;
create policy own on idempotency_keys to cc_web using ((select ctx.ok()) and account_id = (select ctx.account())) with check ((select ctx.ok()) and account_id = (select ctx.account()));
create policy owner on idempotency_keys to cc_owner using (true) with check (true);
grant select, insert, update on idempotency_keys to cc_web;

create table worker_heartbeats (worker_id text primary key, at timestamptz not null);
grant select on worker_heartbeats to cc_web;
grant select, insert, update, delete on worker_heartbeats to cc_worker;

-- Nightly housekeeping, as a definer so that the worker owns no table: sessions over, and replies nobody will ask for again.
create function ctx.purge_expired() returns jsonb language plpgsql security definer set search_path = '' as $$
declare keys int; ended int;
begin
  delete from public.idempotency_keys where created_at < now() - interval '1 day'; get diagnostics keys = row_count;
  delete from public.sessions where created_at < now() - interval '30 days'; get diagnostics ended = row_count;
  return jsonb_build_object('idempotencyKeys', keys, 'sessions', ended);
end $$;
alter function ctx.purge_expired() owner to cc_definer;
grant select, delete on idempotency_keys to cc_definer;
revoke all on function ctx.purge_expired() from public;
grant execute on function ctx.purge_expired() to cc_worker;
