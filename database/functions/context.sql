-- Who is asking, from which perimeter, in which roles: the signed context that every policy reads, and ctx.enter alone sets (SEC-6).

-- Rank of a profile, so that a larger one includes the smaller.
create or replace function ctx.rank(profile text)
returns int language sql immutable parallel safe
  as $$ select case profile when 'consultation' then 1 when 'conseiller' then 2 when 'responsable' then 3 when 'pilote' then 4 end $$;

-- Two factors proven in this session: what every business policy starts with.
create or replace function ctx.ok() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(current_setting('ctx.level', true) = '2' and current_setting('ctx.seal', true) = ctx.seal(), false);
end $$;
select pg_temp.as_definer('ctx.ok()', 'cc_web');

-- A known session, even locked or short of its second factor: opens one's own identity rows only.
create or replace function ctx.known() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(current_setting('ctx.level', true) in ('1', '2') and current_setting('ctx.seal', true) = ctx.seal(), false);
end $$;
select pg_temp.as_definer('ctx.known()', 'cc_sign_in', 'cc_web');
-- The session just opened is entered, so that its opening is in the trail in the name of who opened it.
grant execute on function ctx.account() to cc_sign_in;

create or replace function ctx.organisation()
returns uuid language sql stable as $$ select nullif(current_setting('ctx.organisation', true), '')::uuid $$;

-- Perimeters by what they open: reading rows (fiche), editing correspondents (fiche_conseiller), recording exchanges (conseiller),
-- piloting campaigns (pilote); and seeing campaigns (campagnes), whose territories need only touch the perimeter: overlaps
-- included, save the national territory, which touches all: there, 0 would read as a national perimeter.
create or replace function ctx.fiche()
returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.fiche', true), '')::int[], '{}') $$;

create or replace function ctx.fiche_conseiller()
returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.fiche_conseiller', true), '')::int[], '{}') $$;

create or replace function ctx.conseiller()
returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.conseiller', true), '')::int[], '{}') $$;

create or replace function ctx.campagnes()
returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.campagnes', true), '')::int[], '{}') $$;

create or replace function ctx.pilote()
returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.pilote', true), '')::int[], '{}') $$;

-- A perimeter covers a row when it is national or holds one of the territories the row carries. All int: leakproof, so an index may serve.
create or replace function ctx.covers(ids int[], region int, departement int, epci int, clpe int)
returns boolean language sql immutable parallel safe
  as $$ select 0 = any (ids) or region = any (ids) or departement = any (ids) or epci = any (ids) or clpe = any (ids) $$;

create or replace function ctx.national(ids int[]) returns boolean language sql immutable parallel safe as $$ select 0 = any (ids) $$;

-- The seal binds the context to this connection and this transaction: a context set by anyone but ctx.enter opens nothing.
create or replace function ctx.seal() returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return encode(extensions.hmac(
    concat_ws('|', pg_backend_pid(), extract(epoch from transaction_timestamp()), current_setting('ctx.level', true), current_setting('ctx.account', true),
      current_setting('ctx.organisation', true), current_setting('ctx.fiche', true), current_setting('ctx.fiche_conseiller', true),
      current_setting('ctx.campagnes', true), current_setting('ctx.conseiller', true), current_setting('ctx.pilote', true), current_setting('ctx.roles', true), current_setting('ctx.regions', true))::bytea,
    (select key from secret.context_key), 'sha256'), 'hex');
end $$;
select pg_temp.as_definer('ctx.seal()');

create or replace function ctx.set_context(level text, account uuid, organisation uuid, fiche int[], fiche_conseiller int[],
  campagnes int[], conseiller int[], pilote int[], roles text[], regions int[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('ctx.level', level, true), set_config('ctx.account', coalesce(account::text, ''), true), set_config('ctx.organisation', coalesce(organisation::text, ''), true),
    set_config('ctx.fiche', coalesce(fiche::text, '{}'), true), set_config('ctx.fiche_conseiller', coalesce(fiche_conseiller::text, '{}'), true), set_config('ctx.campagnes', coalesce(campagnes::text, '{}'), true),
    set_config('ctx.conseiller', coalesce(conseiller::text, '{}'), true), set_config('ctx.pilote', coalesce(pilote::text, '{}'), true),
    set_config('ctx.roles', coalesce(roles::text, '{}'), true), set_config('ctx.regions', coalesce(regions::text, '{}'), true);
  perform set_config('ctx.seal', ctx.seal(), true);
end $$;
select pg_temp.as_definer('ctx.set_context(text, uuid, uuid, int[], int[], int[], int[], int[], text[], int[])');

create or replace function ctx.clock() returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return now() + coalesce((select shift from secret.clock limit 1), '0');
end $$;
select pg_temp.as_definer('ctx.clock()', 'cc_sign_in', 'cc_web', 'cc_worker');

create or replace function ctx.paris_day(at timestamptz)
returns date language sql immutable parallel safe as $$ select (at at time zone 'Europe/Paris')::date $$;

/* The context holds the roles too, under the same seal. */
create or replace function ctx.roles()
returns text[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.roles', true), '')::text[], '{}') $$;

create or replace function ctx.holds_role(role text) returns boolean language sql stable as $$ select role = any (ctx.roles()) $$;

-- The regions of a regional direction.
create or replace function ctx.regions()
returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.regions', true), '')::int[], '{}') $$;

-- What the operator's security officer and administrators see of every structure.
create or replace function ctx.oversees()
returns boolean language sql stable as $$ select ctx.holds_role('cssi') or ctx.holds_role('administrateur') $$;

/*
 * Opens the rights context of this transaction from a session token's hash, and says who it is.
 * Null: no such session, or ended, or over twelve hours old, or its account is not active. The rights are resolved anew each time,
 * so a change of right holds at the next request (ACC-12). Takes the token's hash and not an account id: an injected call would need it.
 */
create or replace function ctx.enter(token_hash bytea) returns jsonb language plpgsql security definer set search_path = ''
  -- By keys throughout: nothing is gained by planning it for each account (0.2 ms).
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  s record;
  at timestamptz := ctx.clock();
  way text;
  refused text[];
  state text;
  granted jsonb; withheld jsonb; roles jsonb;
  fiche int[]; fiche_conseiller int[]; campagnes int[]; conseiller int[]; pilote int[]; role_names text[]; regions int[];
begin
  select x.id, x.account_id, x.created_at, x.last_seen_at, x.acr, x.amr, x.second_factor, x.second_factor_at, x.proven_at, x.signed_in_by, x.proof,
         a.organisation_id, a.given_name, a.family_name, a.function, o.name as organisation_name, o.kind as organisation_kind
    into s
    from public.sessions x join public.accounts a on a.id = x.account_id join public.organisations o on o.id = a.organisation_id
    where x.token_hash = enter.token_hash and x.ended_at is null and a.status = 'active' and x.created_at > at - interval '12 hours';
  if not found then return null; end if;
  way := case when s.second_factor is not null then ctx.sign_in_way(s.signed_in_by, s.second_factor, s.proof) end;
  refused := case when way is null then '{}' else ctx.refused_audiences(s.account_id, way, at) end;
  -- A weak level no longer accepted is made good here: the second factor is asked for.
  state := case when s.second_factor is null or (way = 'proconnect-weak' and refused <> '{}') then 'second-factor-required' when s.last_seen_at < at - interval '30 minutes' then 'locked' else 'active' end;

  if state = 'active' then
    select coalesce(jsonb_agg(jsonb_build_object('tool', g.tool, 'profile', g.profile, 'territoryId', g.territory_id,
             'touches', case when g.territory_id = 0 then '[]'::jsonb else to_jsonb(g.touches) end)) filter (where g.missing = '{}'), '[]'),
           coalesce(jsonb_agg(jsonb_build_object('tool', g.tool, 'profile', g.profile, 'missing', g.missing)) filter (where g.missing <> '{}'), '[]'),
           array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'fiche-etablissement'),
           array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'fiche-etablissement' and ctx.rank(g.profile) >= 2),
           array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'campagnes' and ctx.rank(g.profile) >= 2),
           array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'campagnes' and ctx.rank(g.profile) >= 4)
      into granted, withheld, fiche, fiche_conseiller, conseiller, pilote
      from (select h.tool, h.profile, coalesce(h.territory_id, t.territory_id) as territory_id, case when h.profile = any (refused) then h.missing || 'sign-in'::text else h.missing end as missing,
              case when h.tool = 'campagnes' then array(select o.other_id from public.territory_overlaps o where o.territory_id = coalesce(h.territory_id, t.territory_id) and o.other_id <> 0) else '{}' end as touches
              from ctx.held_grants(s.account_id, at) h left join public.agency_territories t on t.agency_id = h.agency_id
              where coalesce(h.territory_id, t.territory_id) is not null) g;
    select array_agg(distinct t) into campagnes
      from (select jsonb_array_elements(g -> 'touches' || (g -> 'territoryId'))::int as t from jsonb_array_elements(granted) g where g ->> 'tool' = 'campagnes') x;
    select jsonb_agg(jsonb_build_object('role', r.role, 'regionId', r.region_id)), array_agg(distinct r.role), array_agg(distinct r.region_id) filter (where r.region_id is not null)
      into roles, role_names, regions from ctx.effective_roles(s.account_id, at) r where not 'fonction' = any (refused);
    perform set_config('ctx.refused', refused::text, true);
    perform ctx.set_context('2', s.account_id, s.organisation_id, fiche, fiche_conseiller, campagnes, conseiller, pilote, role_names, regions);
  else
    perform ctx.set_context('1', s.account_id, null, '{}', '{}', '{}', '{}', '{}', '{}', '{}');
  end if;

  return jsonb_build_object('sessionId', s.id, 'state', state, 'accountId', s.account_id, 'organisationId', s.organisation_id, 'organisationName', s.organisation_name, 'organisationKind', s.organisation_kind,
    'givenName', s.given_name, 'familyName', s.family_name, 'function', s.function, 'acr', s.acr, 'amr', s.amr, 'secondFactor', s.second_factor, 'secondFactorAt', s.second_factor_at,
    'provenAt', s.proven_at, 'signedInAt', s.created_at, 'seenLately', s.last_seen_at > at - interval '30 seconds', 'way', way, 'refusedAudiences', to_jsonb(refused),
    'grants', coalesce(granted, '[]'), 'withheld', coalesce(withheld, '[]'), 'roles', coalesce(roles, '[]'));
end $$;
select pg_temp.as_definer('ctx.enter(bytea)', 'cc_sign_in', 'cc_web');

-- A person is there: keeps an active session awake. No act by itself: a page also calls while nobody looks. Never wakes a locked one.
create or replace function ctx.touch(token_hash bytea) returns void language plpgsql security definer set search_path = '' as $$
begin
  update public.sessions s set last_seen_at = ctx.clock() where s.token_hash = touch.token_hash and s.ended_at is null and s.last_seen_at > ctx.clock() - interval '30 minutes';
end $$;
select pg_temp.as_definer('ctx.touch(bytea)', 'cc_web');

-- A deliberate act, of a route that the contract says is one (isDeliberate in contract/route.ts). A session that is locked or short
-- of its second factor acts on nothing.
create or replace function ctx.act(token_hash bytea) returns void language plpgsql security definer set search_path = '' as $$
declare account uuid;
begin
  select s.account_id into account from public.sessions s where s.token_hash = act.token_hash and s.ended_at is null and s.second_factor is not null and s.last_seen_at > ctx.clock() - interval '30 minutes';
  if account is not null then perform ctx.record_act(account); end if;
end $$;
select pg_temp.as_definer('ctx.act(bytea)', 'cc_web');

-- Where the viewer is responsable or more of the card.
create or replace function ctx.fiche_responsable() returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  return case when ctx.ok() then array(select g.territory_id from ctx.effective_grants(ctx.account(), ctx.paris_day(ctx.clock())) g where g.tool = 'fiche-etablissement' and ctx.rank(g.profile) >= 3) else '{}' end;
end $$;
select pg_temp.as_definer('ctx.fiche_responsable()', 'cc_web');

-- The operator's signataires and operational leads act for it in every region; a regional direction in its own.
create or replace function ctx.acts_for_operator() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and (ctx.holds_role('signataire') or ctx.holds_role('responsable-operationnel')) and exists (select from public.organisations o where o.id = ctx.organisation() and o.kind = 'operateur');
end $$;
select pg_temp.as_definer('ctx.acts_for_operator()', 'cc_web');

-- For a partner: those who may sign or give notice in its name.
create or replace function ctx.acts_for_partner() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and (ctx.holds_role('signataire') or ctx.holds_role('responsable-operationnel')) and exists (select from public.organisations o where o.id = ctx.organisation() and o.kind <> 'operateur');
end $$;
select pg_temp.as_definer('ctx.acts_for_partner()', 'cc_web');

/*
 * Who reads what of their own structure's convention (SEC-6). Its file (letters, notices, breaches, signed copies, past contacts):
 * who answers for it. Its terms (the text in force, who signed it, who to write to): the structure's own agents. Delegates,
 * contractors and whoever is blocked: that it is there, and its dates. Who reads it for the operator reads all of it. The
 * TypeScript twins are in server/agreement/conventions/conventions.policy.ts.
 */
create or replace function ctx.is_staff() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.accounts a where a.id = ctx.account() and a.attachment = 'agent')
    and not exists (select from public.account_blocks b where b.account_id = ctx.account() and b.cuts = 'account' and b.blocked_at <= ctx.clock() and (b.lifted_at is null or b.lifted_at > ctx.clock()));
end $$;
select pg_temp.as_definer('ctx.is_staff()', 'cc_web');

/*
 * Who sees the people of other structures (SEC-6): whoever holds a right in effect, for they work together (annex 4, the directory
 * of collaborators). Who holds nothing sees their own structure. Addresses have their own policy (account_contacts).
 */
create or replace function ctx.holds_something() returns boolean language plpgsql stable security definer set search_path = '' as $$
declare refused text[] := coalesce(nullif(current_setting('ctx.refused', true), '')::text[], '{}');
begin
  if not ctx.ok() then return false; end if;
  if ctx.roles() <> '{}' or ctx.fiche() <> '{}' or ctx.campagnes() <> '{}' then return true; end if;
  -- The recruitment card is in no list of the context.
  return exists (select from ctx.held_grants(ctx.account(), ctx.clock()) h where h.missing = '{}' and not h.profile = any (refused)
    and (h.territory_id is not null or exists (select from public.agency_territories t where t.agency_id = h.agency_id)));
end $$;
select pg_temp.as_definer('ctx.holds_something()', 'cc_web');

/* Who stands on a row that one reads: its author, who answered. For what is told to somebody who may hold nothing. */
create or replace function ctx.person_ref(of_account uuid) returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return null; end if;
  return (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id) from public.accounts a where a.id = of_account);
end $$;
select pg_temp.as_definer('ctx.person_ref(uuid)', 'cc_web');
