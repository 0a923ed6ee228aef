-- Who is asking, from which perimeter, in which roles: the signed context that every policy reads, and ctx.enter alone
-- sets (SEC-6).

-- Rank of a profile, so that a larger one includes the smaller.
create or replace function ctx.rank(profile text)
returns int language sql immutable parallel safe
  as $$ select case profile when 'consultation' then 1 when 'conseiller' then 2 when 'responsable' then 3
    when 'pilote' then 4 end $$;

-- Two factors proven in this session: what every business policy starts with.
create or replace function ctx.ok() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(current_setting('ctx.level', true) = '2' and current_setting('ctx.seal', true) = ctx.seal(), false);
end $$;
select pg_temp.as_definer('ctx.ok()', 'cc_web', 'cc_worker');

-- A known session, even locked or short of its second factor: opens one's own identity rows only.
create or replace function ctx.known()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(current_setting('ctx.level', true) in ('1', '2')
    and current_setting('ctx.seal', true) = ctx.seal(), false);
end $$;
select pg_temp.as_definer('ctx.known()', 'cc_sign_in', 'cc_web');
-- The session just opened is entered, so that its opening is in the trail in the name of who opened it.
grant execute on function ctx.account() to cc_sign_in;

create or replace function ctx.organisation()
returns uuid language sql stable as $$ select nullif(current_setting('ctx.organisation', true), '')::uuid $$;

-- Perimeters by what they open: reading rows (fiche), editing correspondents (fiche_conseiller), recording exchanges
-- (conseiller), piloting campaigns (pilote); and seeing campaigns (campagnes), whose territories need only touch the
-- perimeter: overlaps included, save the national territory, which touches all: there, 0 would read as a national
-- perimeter.
create or replace function ctx.fiche()
returns int[] language sql stable as $$ select coalesce(nullif(current_setting('ctx.fiche', true), '')::int[], '{}') $$;

create or replace function ctx.fiche_conseiller()
returns int[] language sql stable as $$
  select coalesce(nullif(current_setting('ctx.fiche_conseiller', true), '')::int[], '{}') $$;

create or replace function ctx.conseiller()
returns int[] language sql stable as $$
  select coalesce(nullif(current_setting('ctx.conseiller', true), '')::int[], '{}') $$;

create or replace function ctx.campagnes()
returns int[] language sql stable as $$
  select coalesce(nullif(current_setting('ctx.campagnes', true), '')::int[], '{}') $$;

create or replace function ctx.pilote()
returns int[] language sql stable as $$
  select coalesce(nullif(current_setting('ctx.pilote', true), '')::int[], '{}') $$;

-- A perimeter covers a row when it is national or holds one of the territories the row carries. All int: leakproof, so
-- an index may serve.
create or replace function ctx.covers(ids int[], region int, departement int, epci int, clpe int)
returns boolean language sql immutable parallel safe
  as $$ select 0 = any (ids) or region = any (ids) or departement = any (ids) or epci = any (ids)
    or clpe = any (ids) $$;

create or replace function ctx.national(ids int[])
returns boolean language sql immutable parallel safe as $$ select 0 = any (ids) $$;

-- The seal binds the context to this connection and this transaction: a context set by anyone but ctx.enter opens
-- nothing.
create or replace function ctx.seal() returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return encode(extensions.hmac(
    concat_ws('|', pg_backend_pid(), extract(epoch from transaction_timestamp()), current_setting('ctx.level', true),
      current_setting('ctx.account', true),
      current_setting('ctx.organisation', true), current_setting('ctx.fiche', true),
        current_setting('ctx.fiche_conseiller', true),
      current_setting('ctx.campagnes', true), current_setting('ctx.conseiller', true),
        current_setting('ctx.pilote', true), current_setting('ctx.roles', true), current_setting('ctx.regions', true),
      current_setting('ctx.categories', true))::bytea,
    (select key from secret.context_key), 'sha256'), 'hex');
end $$;
select pg_temp.as_definer('ctx.seal()');

create or replace function ctx.set_context(level text, account uuid, organisation uuid, fiche int[],
  fiche_conseiller int[],
  campagnes int[], conseiller int[], pilote int[], roles text[], regions int[], categories text[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('ctx.level', level, true), set_config('ctx.account', coalesce(account::text, ''), true),
    set_config('ctx.organisation', coalesce(organisation::text, ''), true),
    set_config('ctx.fiche', coalesce(fiche::text, '{}'), true), set_config('ctx.fiche_conseiller',
      coalesce(fiche_conseiller::text, '{}'), true), set_config('ctx.campagnes', coalesce(campagnes::text, '{}'), true),
    set_config('ctx.conseiller', coalesce(conseiller::text, '{}'), true),
      set_config('ctx.pilote', coalesce(pilote::text, '{}'), true),
    set_config('ctx.roles', coalesce(roles::text, '{}'), true),
      set_config('ctx.regions', coalesce(regions::text, '{}'), true),
    set_config('ctx.categories', coalesce(categories::text, '{}'), true);
  perform set_config('ctx.seal', ctx.seal(), true);
end $$;
select pg_temp.as_definer('ctx.set_context(text, uuid, uuid, int[], int[], int[], int[], int[], text[], int[],
  text[])');

/*
 * Whether annex 4 opens that category of data to the viewer (AGR-12). It narrows what ctx.ok() and a right open, and
 * opens nothing by itself: without a context, no category is open.
 */
create or replace function ctx.opens(category text)
returns boolean language sql stable
  as $$ select category = any (coalesce(nullif(current_setting('ctx.categories', true), '')::text[], '{}')) $$;

-- The instant every right is judged at: the transaction's own, which nobody moves. Tests alone lay another
-- (server/testing/clock.ts).
create or replace function ctx.clock()
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return now();
end $$;
select pg_temp.as_definer('ctx.clock()', 'cc_sign_in', 'cc_web', 'cc_worker');
-- The clocks of the service and of PostgreSQL may be this far apart; the trail's verification bears the same
-- (clocksApart).
-- On one clock an honest instant, read as its transaction begins, is milliseconds old. A delay counts days: minutes
-- change little.
create or replace function ctx.clocks_apart()
returns interval language sql immutable as $$ select interval '10 minutes' $$;
-- Whether a row says the instant at which it is written: a delay runs from it, and is judged at it (AGR-13).
create or replace function ctx.is_now(said timestamptz) returns boolean language sql stable as $$
  select said between ctx.clock() - ctx.clocks_apart() and ctx.clock() + ctx.clocks_apart()
$$;
-- The web writes in these columns, when it lays or changes them, the instant at which it writes (SEC-1). The policy
-- judges a column left empty, or emptied. Some rows come by hundreds: their columns are named here, and cost two
-- microseconds instead of twenty.
create or replace function ctx.written_now() returns trigger language plpgsql as $$
declare col text; says timestamptz; said timestamptz;
begin
  if current_user <> 'cc_web' then return new; end if;
  foreach col in array tg_argv loop
    case
      when tg_op = 'UPDATE' then execute format('select ($1).%1$I, ($2).%1$I', col) into says, said using new, old;
      when col = 'recorded_at' then says := new.recorded_at;
      when col = 'corrected_at' then says := new.corrected_at;
      when col = 'created_at' then says := new.created_at;
      when col = 'at' then says := new.at;
      else execute format('select ($1).%I', col) into says using new;
    end case;
    if says is distinct from said and not ctx.is_now(says) then
      raise exception 'what is written here bears the instant at which it is written'
        using errcode = 'insufficient_privilege';
    end if;
  end loop;
  return new;
end $$;

create or replace function ctx.paris_day(at timestamptz)
returns date language sql immutable parallel safe as $$ select (at at time zone 'Europe/Paris')::date $$;

/* The context holds the roles too, under the same seal. */
create or replace function ctx.roles()
returns text[] language sql stable as $$
  select coalesce(nullif(current_setting('ctx.roles', true), '')::text[], '{}') $$;

-- Everywhere. A security officer, or a signatory of the operator, of a region stands in the list as « cssi:1075 »: this
-- opens nothing to them (AGR-16).
create or replace function ctx.holds_role(role text)
returns boolean language sql stable as $$ select role = any (ctx.roles()) $$;

-- The regions for which a role is held that others hold everywhere.
create or replace function ctx.role_regions(role text)
returns int[] language sql stable
  as $$ select coalesce(array_agg(split_part(r, ':', 2)::int), '{}') from unnest(ctx.roles()) r
    where r like role || ':%' $$;

-- The regions of a regional direction.
create or replace function ctx.regions()
returns int[] language sql stable as $$
  select coalesce(nullif(current_setting('ctx.regions', true), '')::int[], '{}') $$;

-- The regions for which the viewer acts for the operator: those of a regional direction, and of a signatory of a region
-- (AGR-16).
create or replace function ctx.acts_in()
returns int[] language sql stable as $$ select ctx.regions() || ctx.role_regions('signataire') $$;

-- What the operator's security officer and administrators see of every structure.
create or replace function ctx.oversees()
returns boolean language sql stable as $$ select ctx.holds_role('cssi') or ctx.holds_role('administrateur') $$;

/*
 * The partners for which a security officer of a region decides: those of the convention in force in it, else of the
 * last one. Whoever is security officer everywhere needs no list. The SQL twin of isOfficerOf.
 */
create or replace function ctx.officer_of()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or ctx.role_regions('cssi') = '{}' then return; end if;
  return query select o.id from public.organisations o where o.kind <> 'operateur'
    and ctx.region_of(o.id, ctx.clock()) = any (ctx.role_regions('cssi')) order by o.id;
end $$;
select pg_temp.as_definer('ctx.officer_of()', 'cc_web');

-- Security officer for that structure: of every region, or of this one. Lists ask it for each row: no other structure
-- is looked at.
create or replace function ctx.officer_for(of_organisation uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.holds_role('cssi') or ctx.ok() and ctx.role_regions('cssi') <> '{}'
    and exists (select from public.organisations o
    where o.id = of_organisation and o.kind <> 'operateur'
      and ctx.region_of(o.id, ctx.clock()) = any (ctx.role_regions('cssi')));
end $$;
select pg_temp.as_definer('ctx.officer_for(uuid)', 'cc_web');

-- What an officer of a structure, or an administrator, sees of it.
create or replace function ctx.oversees(of_organisation uuid)
returns boolean language sql stable as $$ select ctx.oversees() or ctx.officer_for(of_organisation) $$;

/*
 * Opens the rights context of this transaction from a session token's hash, and says who it is.
 * Null: no such session, or ended, or over twelve hours old, or its account is not active, or is blocked (IDN-4) or
 * over with its contract (ACC-1). Rights are those kept for the account while no fact changed; else worked out anew. A
 * change of right holds at the next request (ACC-12; stored-rights.sql).
 * Takes the token's hash and not an account id: an injected call would need it.
 */
create or replace function ctx.enter(token_hash bytea)
returns jsonb language plpgsql security definer set search_path = ''
  -- By keys throughout: nothing is gained by planning it for each account (0.2 ms).
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  s record;
  r secret.stored_rights;
  at timestamptz := ctx.clock();
  state text;
begin
  select x.id, x.account_id, x.created_at, x.last_seen_at, x.acr, x.amr, x.second_factor, x.second_factor_at,
    x.proven_at, y.way,
         a.organisation_id, a.given_name, a.family_name, a.function, o.name as organisation_name,
           o.kind as organisation_kind, k as rights, k.account_id is not null and ctx.rights_hold(k, at) as holds
    into s
    from public.sessions x join public.accounts a on a.id = x.account_id
    join public.organisations o on o.id = a.organisation_id
    cross join lateral (select case when x.second_factor is not null then ctx.sign_in_way(x.signed_in_by,
      x.second_factor, x.proof) end as way) y
    left join secret.stored_rights k on k.account_id = x.account_id and k.way = y.way
    where x.token_hash = enter.token_hash and x.ended_at is null and a.status = 'active'
      and x.created_at > at - interval '12 hours'
      and (a.contract_ends_on is null or not ctx.contract_over(a, at))
      and not exists (select from public.account_blocks b where b.account_id = x.account_id and b.cuts = 'account'
        and b.lifted_at is null);
  if not found then return null; end if;
  if s.holds then r := s.rights;
  elsif s.way is not null then
    r := ctx.worked_out(s.account_id, s.way, at);
    perform ctx.keep_rights(r);
  end if;
  -- A weak level no longer accepted is made good here: the second factor is asked for.
  state := case when s.second_factor is null
    or (s.way = 'proconnect-weak' and r.refused <> '{}') then 'second-factor-required'
    when s.last_seen_at < at - interval '30 minutes' then 'locked' else 'active' end;

  if state = 'active' then
    perform set_config('ctx.refused', r.refused::text, true);
    perform ctx.set_context('2', s.account_id, s.organisation_id, r.fiche, r.fiche_conseiller, r.campagnes,
      r.conseiller, r.pilote, r.role_names, r.regions, r.categories);
  else
    perform ctx.set_context('1', s.account_id, null, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}');
  end if;

  return jsonb_build_object('sessionId', s.id, 'state', state, 'accountId', s.account_id, 'organisationId',
    s.organisation_id, 'organisationName', s.organisation_name, 'organisationKind', s.organisation_kind,
    'givenName', s.given_name, 'familyName', s.family_name, 'function', s.function, 'acr', s.acr, 'amr', s.amr,
      'secondFactor', s.second_factor, 'secondFactorAt', s.second_factor_at,
    'provenAt', s.proven_at, 'signedInAt', s.created_at, 'seenLately', s.last_seen_at > at - interval '30 seconds',
      'way', s.way, 'refusedAudiences', coalesce(to_jsonb(r.refused), '[]'),
    'grants', case when state = 'active' then r.granted else '[]' end, 'withheld',
      case when state = 'active' then r.withheld else '[]' end, 'roles',
      case when state = 'active' then r.roles else '[]' end,
    'categories', case when state = 'active' then to_jsonb(r.categories) else '[]' end,
    'officerOf',
      case when ctx.role_regions('cssi') = '{}' then '[]'::jsonb else to_jsonb(array(select ctx.officer_of())) end);
end $$;
select pg_temp.as_definer('ctx.enter(bytea)', 'cc_sign_in', 'cc_web');

/*
 * The coarse gate in the batch of a read: sent between ctx.enter and what the read loads, which does not run once this
 * fails. It lets through whoever the service's own gate lets through (server/platform/envelope.ts), which comes after
 * and says what is missing.
 * One need is wider here: an advisor passes where a lead is needed, and the gate tells them apart.
 */
create or replace function ctx.pass(needs text) returns void language plpgsql stable set search_path = '' as $$
declare
  kind text := split_part(needs, ':', 1);
  wanted text := split_part(needs, ':', 2);
begin
  if ctx.ok() and (case kind
      when 'role' then exists (select from unnest(ctx.roles()) r where split_part(r, ':', 1) = wanted)
      when 'fiche-etablissement' then case when wanted = 'consultation' then ctx.fiche()
        else ctx.fiche_conseiller() end <> '{}'
      when 'fiche-recrutement' then ctx.recrutement() <> '{}'
      when 'campagnes' then case wanted when 'consultation' then ctx.campagnes() when 'pilote' then ctx.pilote()
        else ctx.conseiller() end <> '{}'
      else true end) then return; end if;
  raise exception 'nothing is loaded for who lacks %', needs using errcode = '42501';
end $$;

-- A person is there: keeps an active session awake. No act by itself: a page also calls while nobody looks. Never wakes
-- a locked one.
create or replace function ctx.touch(token_hash bytea)
returns void language plpgsql security definer set search_path = '' as $$
begin
  update public.sessions s set last_seen_at = ctx.clock() where s.token_hash = touch.token_hash and s.ended_at is null
    and s.last_seen_at > ctx.clock() - interval '30 minutes';
end $$;
select pg_temp.as_definer('ctx.touch(bytea)', 'cc_web');

/*
 * A second factor was proven in this session: its token changes, it is awake, and step-up counts from now. A weak level
 * at ProConnect gives way to a factor proven here. The former digest stays known, for what was read under it and is
 * still to be told (record_by_session).
 * False: that session is over, or another proof changed its token meanwhile.
 */
create or replace function ctx.prove_session(token_hash bytea, by text, at timestamptz, next_hash bytea)
returns boolean language plpgsql security definer set search_path = '' as $$
declare proven uuid;
begin
  if not ctx.known() then raise exception 'a proof without a session' using errcode = '42501'; end if;
  update public.sessions s set second_factor = case when s.second_factor is null or s.second_factor = 'proconnect'
    and s.proof = 'weak' then prove_session.by else s.second_factor end,
      second_factor_at = coalesce(s.second_factor_at, prove_session.at), proven_at = prove_session.at,
        last_seen_at = ctx.clock(), token_hash = next_hash
    where s.token_hash = prove_session.token_hash and s.account_id = ctx.account() and s.ended_at is null
    returning s.id into proven;
  if proven is null then return false; end if;
  insert into secret.former_tokens (token_hash, session_id) values (prove_session.token_hash, proven);
  return true;
end $$;
select pg_temp.as_definer('ctx.prove_session(bytea, text, timestamptz, bytea)', 'cc_web');

-- The session that has a token of this digest, in hexadecimal, or had it before a proof changed it.
create or replace function ctx.session_of(digest text)
returns uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select s.id from public.sessions s where s.token_hash = decode(digest, 'hex')), (select f.session_id
    from secret.former_tokens f where f.token_hash = decode(digest, 'hex')));
end $$;
select pg_temp.as_definer('ctx.session_of(text)');

-- A deliberate act, of a route that the contract says is one (isDeliberate in contract/route.ts). A session that is
-- locked or short of its second factor acts on nothing.
create or replace function ctx.act(token_hash bytea)
returns void language plpgsql security definer set search_path = '' as $$
declare account uuid;
begin
  select s.account_id into account from public.sessions s where s.token_hash = act.token_hash and s.ended_at is null
    and s.second_factor is not null and s.last_seen_at > ctx.clock() - interval '30 minutes';
  if account is not null then perform ctx.record_act(account); end if;
end $$;
select pg_temp.as_definer('ctx.act(bytea)', 'cc_web');

-- Where the viewer is responsable or more of the card.
create or replace function ctx.fiche_responsable()
returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  return case when ctx.ok() then array(select g.territory_id from ctx.effective_grants(ctx.account(),
    ctx.paris_day(ctx.clock())) g where g.tool = 'fiche-etablissement' and ctx.rank(g.profile) >= 3) else '{}' end;
end $$;
select pg_temp.as_definer('ctx.fiche_responsable()', 'cc_web');

-- The operator's signataires and operational leads act for it in every region; a regional direction, or a signataire of
-- a region, in its own (ctx.acts_in).
create or replace function ctx.acts_for_operator()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and (ctx.holds_role('signataire') or ctx.holds_role('responsable-operationnel'))
    and exists (select from public.organisations o where o.id = ctx.organisation() and o.kind = 'operateur');
end $$;
select pg_temp.as_definer('ctx.acts_for_operator()', 'cc_web');

-- For a partner: those who may sign or give notice in its name.
create or replace function ctx.acts_for_partner()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and (ctx.holds_role('signataire') or ctx.holds_role('responsable-operationnel'))
    and exists (select from public.organisations o where o.id = ctx.organisation() and o.kind <> 'operateur');
end $$;
select pg_temp.as_definer('ctx.acts_for_partner()', 'cc_web');

/*
 * Who reads what of their own structure's convention (SEC-6). Its file (letters, notices, breaches, signed copies, past
 * contacts):
 * who answers for it. Its terms (the text in force, who signed it, who to write to): the structure's own agents.
 * Delegates and contractors: that it is there, and its dates. Whoever is blocked: nothing, without a session (IDN-4).
 * Who reads it for the operator reads all of it. The TypeScript twins are in
 * server/agreement/conventions/conventions.policy.ts.
 */
create or replace function ctx.is_staff()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.accounts a where a.id = ctx.account() and a.attachment = 'agent');
end $$;
select pg_temp.as_definer('ctx.is_staff()', 'cc_web');

-- Whether the viewer holds a right in effect, of any tool: the grant itself, whatever roles stand beside (SEC-6).
create or replace function ctx.holds_a_grant()
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare refused text[] := coalesce(nullif(current_setting('ctx.refused', true), '')::text[], '{}');
begin
  -- The recruitment card is in no list of the context: its grants are worked out.
  return ctx.ok() and (ctx.fiche() <> '{}' or ctx.campagnes() <> '{}'
    or exists (select from ctx.held_grants(ctx.account(), ctx.clock()) h where h.missing = '{}'
      and not h.profile = any (refused)
      and (h.territory_id is not null
        or exists (select from public.agency_territories t where t.agency_id = h.agency_id))));
end $$;
select pg_temp.as_definer('ctx.holds_a_grant()', 'cc_web');

/*
 * Who sees the people of other structures (SEC-6): whoever holds a right in effect, for they work together (annex 4).
 * Who holds nothing sees their own structure. Addresses have their own policy (account_contacts) and the directory
 * (ctx.directory_card).
 */
create or replace function ctx.holds_something()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and (ctx.roles() <> '{}' or ctx.holds_a_grant());
end $$;
select pg_temp.as_definer('ctx.holds_something()', 'cc_web');

/* Who stands on a row that one reads: its author, who answered. For what is told to somebody who may hold nothing. */
create or replace function ctx.person_ref(of_account uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return null; end if;
  return (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    a.organisation_id) from public.accounts a where a.id = of_account);
end $$;
select pg_temp.as_definer('ctx.person_ref(uuid)', 'cc_web');
