-- Signing in by ProConnect, first links, invitations and second factors (IDN). Signing in has a role of its own,
-- cc_sign_in (SEC-6): before there is a session, nothing but these functions stands between a caller and anyone's
-- account. cc_web, which answers everything else, runs none of them: an injection there opens no session, links no
-- identity and reads no password digest.

create or replace function ctx.sign_in_begin(id uuid, state_hash bytea, browser_hash bytea, state text, nonce text,
  code_verifier text,
  essential boolean, return_to text, session_id uuid)
returns void language plpgsql security definer set search_path = '' as $$
begin
  delete from public.sign_in_transactions t where t.created_at < now() - interval '10 minutes';
  insert into public.sign_in_transactions values (sign_in_begin.id, sign_in_begin.state_hash,
    sign_in_begin.browser_hash, sign_in_begin.state, sign_in_begin.nonce,
    sign_in_begin.code_verifier, sign_in_begin.essential, sign_in_begin.return_to, sign_in_begin.session_id);
end $$;
select pg_temp.as_definer('ctx.sign_in_begin(uuid, bytea, bytea, text, text, text, bool, text, uuid)', 'cc_sign_in');

-- Takes a sign-in under way out of the table: whoever comes second, or from elsewhere, finds nothing left to use.
create or replace function ctx.sign_in_take(state_hash bytea)
returns jsonb language sql volatile security definer set search_path = '' as $$
  with taken as (delete from public.sign_in_transactions t where t.state_hash = sign_in_take.state_hash
    and t.created_at > now() - interval '10 minutes' returning t.*)
  select jsonb_build_object('id', id, 'browserHash', encode(browser_hash, 'hex'), 'state', state, 'nonce', nonce,
    'codeVerifier', code_verifier, 'essential', essential,
    'returnTo', return_to, 'sessionId', session_id, 'startedAt', created_at) from taken
$$;
select pg_temp.as_definer('ctx.sign_in_take(bytea)', 'cc_sign_in');

/*
 * A sign-in whose person has an account in two structures waits for the one that they choose. Answers nothing: the
 * token is the caller's. One left there is deleted as any that is under way.
 */
create or replace function ctx.choice_begin(token_hash bytea, accounts uuid[], way text, vouched jsonb,
  invitation bytea, return_to text)
returns void language plpgsql security definer set search_path = '' as $$
begin
  delete from public.sign_in_choices c where c.created_at < ctx.clock() - interval '10 minutes';
  insert into public.sign_in_choices (token_hash, account_id, beside_id, way, vouched, invitation_hash, return_to,
    created_at)
    values (choice_begin.token_hash, accounts[1], accounts[2], choice_begin.way, choice_begin.vouched, invitation,
      choice_begin.return_to, ctx.clock());
end $$;
select pg_temp.as_definer('ctx.choice_begin(bytea, uuid[], text, jsonb, bytea, text)', 'cc_sign_in');

-- The structures between which it waits, and nothing else of them. Empty: it is over, or was chosen.
create or replace function ctx.choice_structures(token_hash bytea)
returns table (id uuid, name text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select o.id, o.name from public.sign_in_choices c
      join public.accounts a on a.id in (c.account_id, c.beside_id)
      join public.organisations o on o.id = a.organisation_id
    where c.token_hash = choice_structures.token_hash and c.created_at > ctx.clock() - interval '10 minutes'
    order by o.name collate "fr-x-icu", o.id;
end $$;
select pg_temp.as_definer('ctx.choice_structures(bytea)', 'cc_sign_in');

-- Takes it out of the table: of two choices at once, the second finds nothing left. A structure that it does not offer
-- leaves it there.
create or replace function ctx.choice_take(token_hash bytea, of_organisation uuid)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare chosen uuid; taken public.sign_in_choices;
begin
  select a.id into chosen from public.sign_in_choices c join public.accounts a on a.id in (c.account_id, c.beside_id)
    where c.token_hash = choice_take.token_hash and a.organisation_id = of_organisation
      -- A password changed meanwhile opens nothing more.
      and (c.way = 'proconnect' or exists (select from public.passwords p
        where p.account_id = a.id and p.changed_at <= c.created_at));
  if not found then return null; end if;
  delete from public.sign_in_choices c
    where c.token_hash = choice_take.token_hash and c.created_at > ctx.clock() - interval '10 minutes'
    returning c.* into taken;
  if not found then return null; end if;
  return jsonb_build_object('accountId', chosen, 'vouched', taken.vouched,
    'invitation', encode(taken.invitation_hash, 'hex'), 'returnTo', taken.return_to,
    'linked', exists (select from public.account_identities i where i.account_id = chosen
      and i.issuer = taken.vouched ->> 'issuer' and i.subject = taken.vouched ->> 'subject'));
end $$;
select pg_temp.as_definer('ctx.choice_take(bytea, uuid)', 'cc_sign_in');

-- Of a delegate or a contractor, once its last day is over (ACC-1). Prolonged, it comes in again. An agent's own end
-- takes its rights alone.
-- The last security officer or administrator still comes in: nobody else would lift a block or give the role (SEC-2).
create or replace function ctx.contract_over(a public.accounts, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.contract_past(a, at) then return false; end if;
  return ctx.irreplaceable_roles(a.id, false, at) = '{}';
end $$;
select pg_temp.as_definer('ctx.contract_over(public.accounts, timestamptz)');

-- What an account is to whoever signs in: its status, blocked until a verdict (IDN-4), or over with its contract
-- (ACC-1).
create or replace function ctx.sign_in_status(a public.accounts)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return case when a.status = 'active' and exists (select from public.account_blocks b where b.account_id = a.id
    and b.cuts = 'account' and b.lifted_at is null)
    then 'blocked' when a.status = 'active' and ctx.contract_over(a, ctx.clock()) then 'contract-over'
      else a.status end;
end $$;
select pg_temp.as_definer('ctx.sign_in_status(public.accounts)');

-- The same, once no block of that account is being written: of a sign-in and a block at the same instant, one waits for
-- the other.
create or replace function ctx.sign_in_status_now(of_account uuid)
returns text language plpgsql security definer set search_path = '' as $$
begin
  perform pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('sessions of ' || of_account, 0));
  return (select ctx.sign_in_status(a) from public.accounts a where a.id = of_account);
end $$;
select pg_temp.as_definer('ctx.sign_in_status_now(uuid)');

-- A block of the account ends its sessions, whoever writes it (IDN-4). They do not come back with the verdict.
create or replace function ctx.end_blocked_sessions()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('sessions of ' || new.account_id, 0));
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.account_id = new.account_id
    and s.ended_at is null;
  return null;
end $$;
select pg_temp.as_definer('ctx.end_blocked_sessions()');

-- The employers under which ProConnect may say that the person of this account works: the seat of the structure and its
-- other SIRETs of this day, the delegate or the contractor of theirs, and the one that was linked.
create or replace function ctx.employers_of(a public.accounts, linked bigint)
returns bigint[] language plpgsql stable security definer set search_path = '' as $$
begin
  return array_remove(array[(select o.siret from public.organisations o where o.id = a.organisation_id),
    (select t.siret from public.third_parties t where t.id = a.third_party_id), linked], null)
    || array(select s.siret from public.organisation_sirets s where s.organisation_id = a.organisation_id
      and s.siret_id is not null
      and s.period @> ctx.paris_day(ctx.clock()) order by s.siret);
end $$;
select pg_temp.as_definer('ctx.employers_of(public.accounts, bigint)');

/*
 * The facts by which a person is matched to accounts, and whether a first link may be made without anybody's word; the
 * rule is in server/signing-in/identity/match-account-rules.ts. A known subject is offered an account of its address
 * only beside one of its own. Locks the accounts that the address points to, so that each is linked once.
 */
create or replace function ctx.find_identity(issuer text, subject text, email text, idp_id text, invitation bytea)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare known jsonb; candidates jsonb; owned uuid[]; others uuid[]; locked boolean := false;
begin
  loop
    owned := array(select i.account_id from public.account_identities i
      where i.issuer = find_identity.issuer and i.subject = find_identity.subject);
    others := array(select c.account_id from public.account_contacts c
      where c.email = lower(find_identity.email) and c.account_id <> all (owned)
        and (owned = '{}' or exists (select from unnest(owned) o (id) where ctx.are_beside(o.id, c.account_id))));
    exit when locked or others = '{}';
    -- The same person may be coming in twice at once: look again once the other is done.
    perform from public.accounts a where a.id = any (others) order by a.id for update;
    locked := true;
  end loop;
  select coalesce(jsonb_agg(jsonb_build_object('accountId', a.id, 'status', ctx.sign_in_status(a),
      'organisationId', a.organisation_id, 'employers', ctx.employers_of(a, i.siret)) order by i.linked_at, a.id), '[]')
    into known
    from public.account_identities i join public.accounts a on a.id = i.account_id
    where i.issuer = find_identity.issuer and i.subject = find_identity.subject;
  select coalesce(jsonb_agg(jsonb_build_object('accountId', a.id, 'status', ctx.sign_in_status(a),
      'organisationId', a.organisation_id, 'employers', ctx.employers_of(a, null),
      'linked', exists (select from public.account_identities i where i.account_id = a.id),
      'certain', ctx.first_link_certain(a.id, find_identity.idp_id, find_identity.invitation))
      order by a.created_at, a.id), '[]')
    into candidates
    from public.accounts a where a.id = any (others);
  return jsonb_build_object('known', known, 'candidates', candidates);
end $$;
select pg_temp.as_definer('ctx.find_identity(text, text, text, text, bytea)', 'cc_sign_in');

create or replace function ctx.first_link_certain(of_account uuid, idp_id text, invitation bytea)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.accounts a join public.expected_providers p on p.organisation_id = a.organisation_id
    where a.id = of_account and p.idp_id = first_link_certain.idp_id)
    or exists (select from public.invitations i where i.account_id = of_account
      and i.token_hash = first_link_certain.invitation and i.used_at is null and i.ends_at > ctx.clock());
end $$;
select pg_temp.as_definer('ctx.first_link_certain(uuid, text, bytea)');

-- Whatever the application believes, only a first link that is certain is made, under an employer of that account; its
-- invitations have then served.
create or replace function ctx.link_identity(issuer text, subject text, account_id uuid, idp_id text,
  invitation bytea, siret bigint)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.account_identities i where i.account_id = link_identity.account_id)
    or not ctx.first_link_certain(link_identity.account_id, link_identity.idp_id, link_identity.invitation)
    or not exists (select from public.accounts a where a.id = link_identity.account_id
      and link_identity.siret = any (ctx.employers_of(a, null))) then return false; end if;
  insert into public.account_identities (issuer, subject, account_id, idp_id, linked_at, siret)
  values (link_identity.issuer, link_identity.subject, link_identity.account_id, link_identity.idp_id, ctx.clock(),
    link_identity.siret);
  if not found then return false; end if; -- that subject opens the account of another
  update public.invitations i set used_at = ctx.clock() where i.account_id = link_identity.account_id
    and i.used_at is null;
  return true;
end $$;
select pg_temp.as_definer('ctx.link_identity(text, text, uuid, text, bytea, bigint)', 'cc_sign_in');

create or replace function ctx.ask_link(id uuid, issuer text, subject text, account_id uuid, organisation_id uuid,
  given_name text,
  usual_name text, email text, siret bigint, idp_id text, reason text)
returns void language sql volatile security definer set search_path = '' as $$
  insert into public.pending_links (id, issuer, subject, account_id, organisation_id, given_name, usual_name, email,
    siret, idp_id, reason, asked_at)
  values (ask_link.id, ask_link.issuer, ask_link.subject, ask_link.account_id, ask_link.organisation_id,
    ask_link.given_name, ask_link.usual_name, ask_link.email, ask_link.siret, ask_link.idp_id, ask_link.reason, now())
  on conflict do nothing
$$;
select pg_temp.as_definer('ctx.ask_link(uuid, text, text, uuid, uuid, text, text, text, bigint, text, text)',
  'cc_sign_in');

-- Those who came and wait, for whoever may help that person, or answers in the place of account managers (ACC-10).
create or replace function ctx.waiting_links(of_account uuid)
returns table (id uuid, name text, email text, siret bigint, provider text, reason text, asked_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not (ctx.may_help(of_account) or ctx.reads_links_in_place(of_account)) then return; end if;
  return query select p.id, p.given_name || ' ' || p.usual_name, p.email, p.siret, p.idp_id, p.reason, p.asked_at
    from public.pending_links p where p.account_id = of_account and p.decided_at is null order by p.asked_at, p.id;
end $$;
select pg_temp.as_definer('ctx.waiting_links(uuid)', 'cc_web');

-- Of the viewer's structure, each once, whom the viewer may help.
create or replace function ctx.people_whose_links_wait()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select a.id from public.accounts a where a.organisation_id = ctx.organisation() and a.status = 'active'
    and exists (select from public.pending_links p where p.account_id = a.id and p.decided_at is null)
    and ctx.may_help(a.id);
end $$;
select pg_temp.as_definer('ctx.people_whose_links_wait()', 'cc_web');

-- The first persons of structures whom the viewer may help: those whose link waits, or all (ACC-16).
create or replace function ctx.first_people(of_waiting boolean, most int)
returns table (id uuid, name text, organisation_id uuid, organisation_name text, first text[],
  waiting boolean, came boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or ctx.regions() = '{}' and not ctx.holds_role('cssi')
    and ctx.role_regions('cssi') = '{}' then return; end if;
  return query select a.id, a.given_name || ' ' || a.family_name, o.id, o.name, ctx.first_of(a.id), w.waiting,
      exists (select from public.account_activity y where y.account_id = a.id and y.first_at is not null)
    from public.accounts a join public.organisations o on o.id = a.organisation_id and o.kind <> 'operateur'
    cross join lateral (select exists (select from public.pending_links p where p.account_id = a.id
      and p.decided_at is null) as waiting) w
    where a.status = 'active' and (w.waiting or not of_waiting)
      and a.id in (select r.account_id from public.role_assignments r where r.role = 'signataire'
        and (r.ends_at is null or r.ends_at > ctx.clock())
        union select m.account_id from public.rgc_members m)
      and ctx.helps_first(a.id)
    order by w.waiting desc, o.name collate "fr-x-icu", a.family_name collate "fr-x-icu", a.id limit most;
end $$;
select pg_temp.as_definer('ctx.first_people(bool, int)', 'cc_web');

-- Confirmed, that identity opens the account from then on, under the employer that it told, and its provider is
-- expected of the structure when it alone was in doubt. Null: not theirs, or decided meanwhile.
create or replace function ctx.decide_link(of_link uuid, of_account uuid, confirmed boolean)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare p public.pending_links;
begin
  if not (ctx.may_help(of_account) or of_account in (select ctx.acted_on('decide-link')))
    or not exists (select from public.accounts a where a.id = of_account
      and a.status = 'active') then return null; end if;
  update public.pending_links l set decided_at = ctx.clock(), decided_by = ctx.account(),
    decision = case when confirmed then 'confirmed' else 'refused' end
    where l.id = of_link and l.account_id = of_account and l.decided_at is null returning * into p;
  if not found then return null; end if;
  if confirmed then
    insert into public.account_identities as i (issuer, subject, account_id, idp_id, linked_at, confirmed_by, siret)
      values (p.issuer, p.subject, p.account_id, p.idp_id, ctx.clock(), ctx.account(), p.siret)
      on conflict (issuer, subject, account_id) do update set siret = excluded.siret,
        confirmed_by = excluded.confirmed_by where p.reason = 'employer-changed';
    if not found then return null; end if; -- attached elsewhere meanwhile: the caller undoes all
    update public.invitations i set used_at = ctx.clock() where i.account_id = p.account_id and i.used_at is null;
    if p.reason = 'unknown-provider' and p.idp_id <> '' then
      insert into public.expected_providers (organisation_id, idp_id, added_at, added_by)
        values (p.organisation_id, p.idp_id, ctx.clock(), ctx.account()) on conflict do nothing;
    end if;
  end if;
  return jsonb_build_object('provider', p.idp_id, 'reason', p.reason, 'issuer', p.issuer, 'subject', p.subject);
end $$;
select pg_temp.as_definer('ctx.decide_link(uuid, uuid, bool)', 'cc_web');

-- Requests that nobody was told of yet, each once, with who decides it: the account managers of the structure, the
-- operator's security officers for one of them, or who stands in for them while none is in effect (ctx.first_of).
create or replace function ctx.links_to_tell()
returns table (account_id uuid, organisation_id uuid, manages boolean, first text[], managed boolean, reason text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query update public.pending_links p set told_at = ctx.clock() where p.told_at is null and p.decided_at is null
    returning p.account_id, p.organisation_id, exists (select from public.role_assignments r
      where r.account_id = p.account_id and r.role = 'rgc' and r.starts_at <= ctx.clock()
      and (r.ends_at is null or r.ends_at > ctx.clock())),
      ctx.first_of(p.account_id), ctx.managers_beside(p.account_id) > 0, p.reason;
end $$;
select pg_temp.as_definer('ctx.links_to_tell()', 'cc_worker');

-- With the account, in the transaction that opens it: whoever may open it invites, and nobody later. False: the account
-- was there before.
create or replace function ctx.invite(id uuid, of_account uuid, token_hash bytea)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.accounts a where a.id = of_account
    and a.xmin = pg_current_xact_id()::xid) then return false; end if;
  insert into public.invitations (id, account_id, token_hash, made_at, ends_at)
    values (invite.id, of_account, invite.token_hash, ctx.clock(), ctx.clock() + interval '14 days');
  return true;
end $$;
select pg_temp.as_definer('ctx.invite(uuid, uuid, bytea)', 'cc_web');

-- Whether an invitation still serves: asked before leaving for ProConnect.
create or replace function ctx.invitation_open(token_hash bytea)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.invitations i join public.accounts a on a.id = i.account_id
    where i.token_hash = invitation_open.token_hash and i.used_at is null and i.ends_at > ctx.clock()
    and a.status = 'active');
end $$;
select pg_temp.as_definer('ctx.invitation_open(bytea)', 'cc_sign_in');

create or replace function ctx.sign_in_way(signed_in_by text, second_factor text, proof text)
returns text language sql immutable parallel safe as $$
  select case when signed_in_by = 'password' then 'password' when second_factor <> 'proconnect' then 'proconnect-local'
    when proof = 'weak' then 'proconnect-weak' else 'proconnect' end
$$;

-- The audiences an account belongs to, and the directive that rules each on that day, if any.
create or replace function ctx.ruled_audiences(of_account uuid, at timestamptz)
returns table (audience text, directive uuid) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at);
begin
  return query select a.audience, (select d.id from public.authentication_directives d where d.audience = a.audience
    and d.effective_on <= today order by d.effective_on desc, d.set_at desc, d.id desc limit 1)
    from (select distinct g.profile as audience from public.grants g
      where g.account_id = of_account and (g.revoked_at is null or g.revoked_at > at) and g.starts_on <= today
      and (g.ends_on is null or g.ends_on >= today)
          union select 'fonction' where exists (select from ctx.effective_roles(of_account, at))) a;
end $$;
select pg_temp.as_definer('ctx.ruled_audiences(uuid, timestamptz)');

-- Those for which the way someone came in is not accepted. The SQL twin of refusedAudiences in
-- server/signing-in/sign-in-rules/directives.model.ts.
create or replace function ctx.refused_audiences(of_account uuid, way text, at timestamptz)
returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  if way = 'proconnect' or not exists (select from public.authentication_directives) then return '{}'; end if;
  return coalesce((select array_agg(r.audience order by r.audience collate "C")
    from ctx.ruled_audiences(of_account, at) r join public.authentication_directives d on d.id = r.directive
    where not case way when 'proconnect-weak' then coalesce(d.weak_until >= ctx.paris_day(at), false)
      when 'proconnect-local' then d.local else d.password end), '{}');
end $$;
select pg_temp.as_definer('ctx.refused_audiences(uuid, text, timestamptz)');

-- What a weak level is worth to someone who comes in: refused for one of their audiences, accepted for all, or not
-- ruled for some, where the service's setting decides.
create or replace function ctx.weak_level(of_account uuid)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  if ctx.refused_audiences(of_account, 'proconnect-weak', ctx.clock()) <> '{}' then return 'refused'; end if;
  if exists (select from ctx.ruled_audiences(of_account, ctx.clock()) r)
    and not exists (select from ctx.ruled_audiences(of_account, ctx.clock()) r where r.directive is null) then
    return 'accepted'; end if;
  return 'not-ruled';
end $$;
select pg_temp.as_definer('ctx.weak_level(uuid)', 'cc_sign_in');

-- Opens a session for a person whom ProConnect vouched for; the one this browser had before ends. Answers the replaced
-- session, if any.
-- Refused whatever the application believes, when the account is blocked, over with its contract or no longer active.
create or replace function ctx.open_session(id uuid, token_hash bytea, account_id uuid, acr text, amr text[],
  second_factor text,
  proof text, proven_at timestamptz, id_token text, device text, replaces bytea)
returns uuid language plpgsql security definer set search_path = '' as $$
declare replaced uuid; status text := ctx.sign_in_status_now(open_session.account_id);
begin
  if status <> 'active' then
    raise exception 'this account does not sign in'
      using errcode = '42501', constraint = case status when 'blocked' then 'sessions_account_blocked'
        when 'contract-over' then 'sessions_contract_over' else 'sessions_account_inactive' end;
  end if;
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.token_hash = open_session.replaces
    and s.ended_at is null returning s.id into replaced;
  insert into public.sessions (id, token_hash, account_id, created_at, last_seen_at, acr, amr, second_factor,
    second_factor_at, proof, proven_at, id_token, device)
  values (open_session.id, open_session.token_hash, open_session.account_id, ctx.clock(), ctx.clock(), open_session.acr,
    open_session.amr, open_session.second_factor,
    case when open_session.second_factor is not null then ctx.clock() end, open_session.proof, open_session.proven_at,
      open_session.id_token, open_session.device);
  perform ctx.record_act(open_session.account_id);
  return replaced;
end $$;
select pg_temp.as_definer('ctx.open_session(uuid, bytea, uuid, text, text[], text, text, timestamptz, text, text,
  bytea)', 'cc_sign_in');

-- With a second factor enrolled, a first factor alone may not add another. Without a session it tells nothing of
-- anyone, and lets nobody enrol: the account it asks about is a setting that the caller may write.
create or replace function ctx.has_second_factor()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return not ctx.known() or exists (select from public.second_factors where account_id = ctx.account());
end $$;
select pg_temp.as_definer('ctx.has_second_factor()', 'cc_web');

-- Opening an account is the act from which the delay runs, whichever way it is opened: as long as its invitation
-- (ctx.invite).
create or replace function ctx.open_first_enrolment()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.first_enrolments (account_id, open_until) values (new.id, ctx.clock() + interval '14 days')
    on conflict do nothing;
  return null;
end $$;
select pg_temp.as_definer('ctx.open_first_enrolment()');

-- What the person may know of it. The rule is mayEnrol in server/signing-in/identity/enrolment.policy.ts.
create or replace function ctx.own_first_enrolment()
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.known() then return null; end if;
  return (select jsonb_build_object('openUntil', f.open_until,
      'sessions', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'until', s.enrols_until))
        from public.sessions s where s.account_id = f.account_id and s.ended_at is null
        and s.enrols_until is not null), '[]'))
    from public.first_enrolments f where f.account_id = ctx.account());
end $$;
select pg_temp.as_definer('ctx.own_first_enrolment()', 'cc_web');

-- The net under mayEnrol: the context names no session, so any of one's own where the code was typed.
create or replace function ctx.first_enrolment_open()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.known() and (exists (select from public.first_enrolments f where f.account_id = ctx.account()
    and f.open_until > ctx.clock())
    or exists (select from public.sessions s where s.account_id = ctx.account() and s.ended_at is null
      and s.enrols_until > ctx.clock()));
end $$;
select pg_temp.as_definer('ctx.first_enrolment_open()', 'cc_web');

-- Counted before it is compared: guesses sent at once are counted one by one. Answers `opened`, `wrong`, or `over`:
-- none waits, it lapsed, or five were wrong.
create or replace function ctx.open_own_enrolment(of_session uuid, code_hash bytea)
returns text language plpgsql security definer set search_path = '' as $$
declare f public.first_enrolments;
begin
  if not ctx.known() then return 'over'; end if;
  update public.first_enrolments e set tries = e.tries + 1 where e.account_id = ctx.account() and e.tries < 5
    and e.code_until > ctx.clock() returning * into f;
  if not found then return 'over'; end if;
  if f.code_hash <> open_own_enrolment.code_hash then return 'wrong'; end if;
  update public.sessions s set enrols_until = ctx.clock() + interval '30 minutes' where s.id = of_session
    and s.account_id = ctx.account() and s.ended_at is null;
  if not found then return 'over'; end if;
  update public.first_enrolments e set code_hash = null, code_until = null, tries = 0
    where e.account_id = ctx.account();
  return 'opened';
end $$;
select pg_temp.as_definer('ctx.open_own_enrolment(uuid, bytea)', 'cc_web');

-- A code for someone, the older one dying. False: not theirs to make.
create or replace function ctx.make_enrolment_code(of_account uuid, code_hash bytea, code_until timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.may_help(of_account) or not exists (select from public.accounts a where a.id = of_account
    and a.status = 'active') then return false; end if;
  insert into public.first_enrolments (account_id, open_until, code_hash, code_until, made_by)
    values (of_account, ctx.clock(), make_enrolment_code.code_hash, make_enrolment_code.code_until, ctx.account())
    on conflict (account_id) do update set code_hash = excluded.code_hash, code_until = excluded.code_until,
      made_by = excluded.made_by, tries = 0;
  return true;
end $$;
select pg_temp.as_definer('ctx.make_enrolment_code(uuid, bytea, timestamptz)', 'cc_web');

-- Takes every second factor away, with what was under way, and ends every session. Null: not theirs to do. After a
-- reset nothing is open but by the code: whoever reads the mails of this person is not helped by it.
create or replace function ctx.reset_second_factors(of_account uuid, code_hash bytea, code_until timestamptz)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare factors int; sessions int;
begin
  if not ctx.may_help(of_account) then return null; end if;
  delete from public.second_factor_challenges c where c.account_id = of_account;
  delete from public.recovery_codes c where c.account_id = of_account;
  delete from public.second_factor_failures f where f.account_id = of_account;
  delete from public.second_factors f where f.account_id = of_account; get diagnostics factors = row_count;
  update public.sessions s set ended_at = ctx.clock(), id_token = null where s.account_id = of_account
    and s.ended_at is null; get diagnostics sessions = row_count;
  insert into public.first_enrolments (account_id, open_until, code_hash, code_until, made_by)
    values (of_account, ctx.clock(), reset_second_factors.code_hash, reset_second_factors.code_until, ctx.account())
    on conflict (account_id) do update set open_until = excluded.open_until, code_hash = excluded.code_hash,
      code_until = excluded.code_until, made_by = excluded.made_by, tries = 0;
  return jsonb_build_object('factors', factors, 'sessions', sessions);
end $$;
select pg_temp.as_definer('ctx.reset_second_factors(uuid, bytea, timestamptz)', 'cc_web');

-- The number of the key that wrote a sealed box (server/platform/secret-box.ts) or a password digest
-- (server/signing-in/passwords/hashing.ts);
-- 0: before keys had numbers.
create or replace function ctx.box_key(sealed bytea) returns int language sql immutable parallel safe as $$
  select case when substr(sealed, 1, 4) = 'cck1'::bytea then get_byte(sealed, 4) * 256 + get_byte(sealed, 5) else 0 end
$$;

create or replace function ctx.digest_key(hash text)
returns int language sql immutable parallel safe
  as $$ select coalesce(substring(hash from '^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+,keyid=(\d{1,5})\$')::int, 0) $$;

-- Which keys something still needs, and how much of it: what the web looks at before it starts, and the command that
-- changes keys.
-- Of nobody in particular.
create or replace function ctx.keys_in_use()
returns table (key int, boxes bigint, passwords bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select k.key, count(*) filter (where k.box), count(*) filter (where not k.box) from (
    select ctx.box_key(f.secret) as key, true as box from public.second_factors f where f.secret is not null
    union all select ctx.box_key(c.secret), true from public.second_factor_challenges c where c.secret is not null
    union all select d.key_number, null from public.objection_digests d
    union all select r.key_number, null from public.survey_refusals r
    union all select s.key_number, null from public.need_surveys s where s.key_number is not null
    union all select ctx.digest_key(p.hash), false from public.passwords p) k group by k.key order by k.key;
end $$;
select pg_temp.as_definer('ctx.keys_in_use()', 'cc_web');

/*
 * Guesses at one's own password, when changing it in a session, are counted as those of signing in; one's own count and
 * no other.
 */
create or replace function ctx.own_budget_key()
returns bytea language sql stable set search_path = '' as $$
  select sha256(convert_to('change ' || ctx.account()::text, 'UTF8')) $$;
select pg_temp.as_definer('ctx.own_budget_key()');

create or replace function ctx.lock_own_budget()
returns table (failures int, wait_until timestamptz, last_at timestamptz)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then raise exception 'no session' using errcode = '42501'; end if;
  insert into public.sign_in_budgets (key, failures) values (ctx.own_budget_key(), 0) on conflict do nothing;
  return query select b.failures, b.wait_until, b.last_at from public.sign_in_budgets b
    where b.key = ctx.own_budget_key() for update;
end $$;
select pg_temp.as_definer('ctx.lock_own_budget()', 'cc_web');

create or replace function ctx.set_own_budget(failures int, wait_until timestamptz, last_at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then raise exception 'no session' using errcode = '42501'; end if;
  update public.sign_in_budgets b set failures = set_own_budget.failures, wait_until = set_own_budget.wait_until,
    last_at = set_own_budget.last_at where b.key = ctx.own_budget_key();
end $$;
select pg_temp.as_definer('ctx.set_own_budget(int, timestamptz, timestamptz)', 'cc_web');

-- The identity token serves at sign-out alone. A session that simply expires has none left to give: it is forgotten
-- then, not with the row a month later.
create or replace function ctx.forget_identity_tokens()
returns int language plpgsql security definer set search_path = '' as $$
declare forgotten int;
begin
  update public.sessions s set id_token = null where s.id_token is not null
    and (s.ended_at is not null or s.created_at < ctx.clock() - interval '12 hours');
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
select pg_temp.as_definer('ctx.forget_identity_tokens()', 'cc_worker');

-- Nightly housekeeping, as a definer so that the worker owns no table: sessions over, and replies nobody will ask for
-- again.
create or replace function ctx.purge_expired()
returns jsonb language plpgsql security definer set search_path = '' as $$
declare keys int; ended int;
begin
  perform ctx.await_holds();
  with gone as (
    delete from public.idempotency_keys k where k.created_at < now() - interval 'P1D'
    returning k.account_id)
  select ctx.note_purge('keys', 'idempotency_keys', 'P1D', ctx.structures_of(array_agg(g.account_id)), null)
    into keys from gone g;
  with due as materialized (
    select s.ctid as place, s.account_id as account, ctx.is_held('sessions', s.account_id, null) as held
    from public.sessions s
    where s.created_at < now() - interval 'P30D'
    for update of s),
  gone as (
    delete from public.sessions s using due where s.ctid = due.place and not due.held
    returning due.place)
  select ctx.note_purge('sessions', 'sessions', 'P30D',
      ctx.structures_of(array_agg(due.account) filter (where gone.place is not null)),
      ctx.structures_of(array_agg(due.account) filter (where due.held)))
    into ended from due left join gone on gone.place = due.place;
  return jsonb_build_object('idempotencyKeys', keys, 'sessions', ended);
end $$;
select pg_temp.as_definer('ctx.purge_expired()', 'cc_worker');
