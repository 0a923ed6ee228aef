-- What the operator accepts as a sign-in, by profile and by date (IDN-7), judged at each request; and what helps a person who lost a factor (IDN-6).

create table authentication_directives (
  id uuid primary key,
  -- holders of a grant of that profile, or of a role
  audience text not null check (audience in ('consultation', 'conseiller', 'responsable', 'pilote', 'fonction')),
  effective_on date not null,
  -- last day on which ProConnect's weaker levels are enough; null: they are not
  weak_until date check (weak_until >= effective_on),
  local boolean not null, -- a second factor proven here, after one at ProConnect
  password boolean not null, -- a password, then a second factor proven here
  reason text not null check (length(reason) between 1 and 300),
  set_by uuid references accounts,
  set_at timestamptz not null
);
create index authentication_directives_last on authentication_directives (audience, effective_on desc, set_at desc, id desc);
alter table authentication_directives enable row level security; alter table authentication_directives force row level security;
create policy owner on authentication_directives to cc_owner using (true) with check (true);
create policy read on authentication_directives for select to cc_web using ((select ctx.ok()) and (select ctx.holds_role('administrateur')));
create policy decide on authentication_directives for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and set_by = (select ctx.account()));
grant select, insert on authentication_directives to cc_web;
grant select on authentication_directives to cc_definer;

-- The operator's decisions on passwords, and their history.
create policy oversee on organisation_sign_in for select to cc_web using ((select ctx.ok()) and (select ctx.oversees()));
create policy decide on organisation_sign_in for insert to cc_web with check ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and set_by = (select ctx.account()));
grant insert on organisation_sign_in to cc_web;

-- How ProConnect proved two factors: a weak level is accepted only as long as a directive says so. Null: it proved one.
alter table sessions add column proof text check (proof in ('strong', 'weak'));
update sessions set proof = case when acr in ('eidas0-mfa', 'eidas1-mfa') then 'weak' else 'strong' end where second_factor = 'proconnect';
grant select (proof) on sessions to cc_web;

create function ctx.sign_in_way(signed_in_by text, second_factor text, proof text) returns text language sql immutable parallel safe as $$
  select case when signed_in_by = 'password' then 'password' when second_factor <> 'proconnect' then 'proconnect-local' when proof = 'weak' then 'proconnect-weak' else 'proconnect' end
$$;

-- The audiences an account belongs to, and the directive that rules each on that day, if any.
create function ctx.ruled_audiences(of_account uuid, at timestamptz) returns table (audience text, directive uuid) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at);
begin
  return query select a.audience, (select d.id from public.authentication_directives d where d.audience = a.audience and d.effective_on <= today order by d.effective_on desc, d.set_at desc, d.id desc limit 1)
    from (select distinct g.profile as audience from public.grants g where g.account_id = of_account and (g.revoked_at is null or g.revoked_at > at) and g.starts_on <= today and (g.ends_on is null or g.ends_on >= today)
          union select 'fonction' where exists (select from ctx.effective_roles(of_account, at))) a;
end $$;

-- Those for which the way someone came in is not accepted. The SQL twin of refusedAudiences in server/directives/directives-rules.ts.
create function ctx.refused_audiences(of_account uuid, way text, at timestamptz) returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  if way = 'proconnect' or not exists (select from public.authentication_directives) then return '{}'; end if;
  return coalesce((select array_agg(r.audience order by r.audience collate "C") from ctx.ruled_audiences(of_account, at) r join public.authentication_directives d on d.id = r.directive
    where not case way when 'proconnect-weak' then coalesce(d.weak_until >= ctx.paris_day(at), false) when 'proconnect-local' then d.local else d.password end), '{}');
end $$;

-- What a weak level is worth to someone who comes in: refused for one of their audiences, accepted for all, or not ruled for some, where the service's setting decides.
create function ctx.weak_level(of_account uuid) returns text language plpgsql stable security definer set search_path = '' as $$
begin
  if ctx.refused_audiences(of_account, 'proconnect-weak', ctx.clock()) <> '{}' then return 'refused'; end if;
  if exists (select from ctx.ruled_audiences(of_account, ctx.clock()) r) and not exists (select from ctx.ruled_audiences(of_account, ctx.clock()) r where r.directive is null) then return 'accepted'; end if;
  return 'not-ruled';
end $$;

create or replace function ctx.enter(token_hash bytea) returns jsonb language plpgsql security definer set search_path = '' as $$
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

-- One's own grants say so too. Told by ctx.enter outside the seal: it opens nothing, and only what one reads of oneself depends on it.
create or replace function ctx.own_grants() returns table (tool text, profile text, territory_id int, reason text, starts_on date, ends_on date, missing text[]) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare refused text[] := coalesce(nullif(current_setting('ctx.refused', true), '')::text[], '{}');
begin
  if not ctx.ok() then return; end if;
  return query select h.tool, h.profile, coalesce(h.territory_id, t.territory_id), h.reason, h.starts_on, h.ends_on, case when h.profile = any (refused) then h.missing || 'sign-in'::text else h.missing end
    from ctx.held_grants(ctx.account(), ctx.clock()) h left join public.agency_territories t on t.agency_id = h.agency_id where coalesce(h.territory_id, t.territory_id) is not null;
end $$;

drop function ctx.open_session(uuid, bytea, uuid, text, text[], text, timestamptz, text, text, bytea);
create function ctx.open_session(id uuid, token_hash bytea, account_id uuid, acr text, amr text[], second_factor text, proof text, proven_at timestamptz, id_token text, device text, replaces bytea)
returns uuid language plpgsql security definer set search_path = '' as $$
declare replaced uuid;
begin
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.token_hash = open_session.replaces and s.ended_at is null returning s.id into replaced;
  insert into public.sessions (id, token_hash, account_id, created_at, last_seen_at, acr, amr, second_factor, second_factor_at, proof, proven_at, id_token, device)
  values (open_session.id, open_session.token_hash, open_session.account_id, ctx.clock(), ctx.clock(), open_session.acr, open_session.amr, open_session.second_factor,
    case when open_session.second_factor is not null then ctx.clock() end, open_session.proof, open_session.proven_at, open_session.id_token, open_session.device);
  perform ctx.record_act(open_session.account_id);
  return replaced;
end $$;

-- As ProConnect's: the clock that may be shifted, and a sign-in is an act.
create or replace function ctx.open_password_session(id uuid, token_hash bytea, account_id uuid, device text, replaces bytea) returns jsonb language plpgsql security definer set search_path = '' as $$
declare replaced uuid;
begin
  if not exists (select from public.accounts a join public.passwords p on p.account_id = a.id
      where a.id = open_password_session.account_id and a.status = 'active' and ctx.password_allowed(a.organisation_id)) then return null; end if;
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.token_hash = open_password_session.replaces and s.ended_at is null returning s.id into replaced;
  insert into public.sessions (id, token_hash, account_id, created_at, last_seen_at, amr, device, signed_in_by)
  values (open_password_session.id, open_password_session.token_hash, open_password_session.account_id, ctx.clock(), ctx.clock(), '{pwd}', open_password_session.device, 'password');
  perform ctx.record_act(open_password_session.account_id);
  return jsonb_build_object('replaced', replaced);
end $$;

/*
 * Helping a person who lost a factor is the account manager's, for those of their own structure; for an account manager, the operator's security officer's.
 * Never for oneself. The SQL twin of mayHelp in server/recovery/recovery.policy.ts.
 */
create function ctx.may_help(of_account uuid) returns boolean language plpgsql stable security definer set search_path = '' as $$
declare subject record;
begin
  if not ctx.ok() or of_account = ctx.account() then return false; end if;
  select a.organisation_id, exists (select from public.role_assignments r where r.account_id = a.id and r.role = 'rgc' and r.starts_at <= ctx.clock() and (r.ends_at is null or r.ends_at > ctx.clock())) as manages
    into subject from public.accounts a where a.id = of_account and a.status <> 'deleted';
  if not found then return false; end if;
  return case when subject.manages then ctx.holds_role('cssi') else ctx.holds_role('rgc') and subject.organisation_id = ctx.organisation() end;
end $$;

create function ctx.person_to_help(of_account uuid) returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return null; end if;
  return (select jsonb_build_object('accountId', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id, 'organisationName', o.name, 'status', a.status, 'passwordAllowed', ctx.password_allowed(a.organisation_id),
      'manages', exists (select from public.role_assignments r where r.account_id = a.id and r.role = 'rgc' and r.starts_at <= ctx.clock() and (r.ends_at is null or r.ends_at > ctx.clock())),
      'factors', case when ctx.may_help(a.id) then (select count(*) from public.second_factors f where f.account_id = a.id) end,
      'hasPassword', case when ctx.may_help(a.id) then exists (select from public.passwords p where p.account_id = a.id) end)
    from public.accounts a join public.organisations o on o.id = a.organisation_id where a.id = of_account and a.status <> 'deleted');
end $$;

-- Takes every second factor away, with what was under way, and ends every session. Null: not theirs to do.
create function ctx.reset_second_factors(of_account uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
declare factors int; sessions int;
begin
  if not ctx.may_help(of_account) then return null; end if;
  delete from public.second_factor_challenges c where c.account_id = of_account;
  delete from public.recovery_codes c where c.account_id = of_account;
  delete from public.second_factor_failures f where f.account_id = of_account;
  delete from public.second_factors f where f.account_id = of_account; get diagnostics factors = row_count;
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.account_id = of_account and s.ended_at is null; get diagnostics sessions = row_count;
  return jsonb_build_object('factors', factors, 'sessions', sessions);
end $$;
grant delete on second_factors, second_factor_challenges, recovery_codes, second_factor_failures to cc_definer;
grant select on second_factor_challenges, recovery_codes, second_factor_failures to cc_definer;

-- A one-time link for someone, the older ones dying. False: not theirs to make, or it would open nothing.
create function ctx.make_password_link(id uuid, of_account uuid, token_hash bytea, ends_at timestamptz) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.may_help(of_account) or not exists (select from public.accounts a where a.id = of_account and a.status = 'active' and ctx.password_allowed(a.organisation_id)) then return false; end if;
  delete from public.password_links l where l.account_id = of_account and l.used_at is null;
  insert into public.password_links (id, account_id, token_hash, made_at, made_by, ends_at) values (make_password_link.id, of_account, make_password_link.token_hash, ctx.clock(), ctx.account(), make_password_link.ends_at);
  return true;
end $$;

-- The operator closes passwords to an organisation: the sessions they opened end with them.
create function ctx.end_password_sessions(of_organisation uuid) returns int language plpgsql security definer set search_path = '' as $$
declare ended int;
begin
  if not (ctx.ok() and ctx.holds_role('administrateur')) then return 0; end if;
  update public.sessions s set ended_at = ctx.clock() from public.accounts a where a.id = s.account_id and a.organisation_id = of_organisation and s.signed_in_by = 'password' and s.ended_at is null;
  get diagnostics ended = row_count;
  return ended;
end $$;

do $$ declare f text; begin
  foreach f in array array['ruled_audiences(uuid, timestamptz)', 'refused_audiences(uuid, text, timestamptz)', 'weak_level(uuid)', 'open_session(uuid, bytea, uuid, text, text[], text, text, timestamptz, text, text, bytea)',
    'may_help(uuid)', 'person_to_help(uuid)', 'reset_second_factors(uuid)', 'make_password_link(uuid, uuid, bytea, timestamptz)', 'end_password_sessions(uuid)'] loop
    execute format('alter function ctx.%s owner to cc_definer', f);
    execute format('revoke all on function ctx.%s from public', f);
  end loop;
  foreach f in array array['weak_level(uuid)', 'open_session(uuid, bytea, uuid, text, text[], text, text, timestamptz, text, text, bytea)', 'may_help(uuid)', 'person_to_help(uuid)', 'reset_second_factors(uuid)',
    'make_password_link(uuid, uuid, bytea, timestamptz)', 'end_password_sessions(uuid)'] loop
    execute format('grant execute on function ctx.%s to cc_web', f);
  end loop;
end $$;
