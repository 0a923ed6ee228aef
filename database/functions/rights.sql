-- What a grant or a role rests on, now and on any past day; the ceiling of territories and the second person (ACC).

-- The text in force of that kind; null while the operator has published none.
create or replace function ctx.text_in_force(of_kind text, of_tool text, at timestamptz)
returns uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return (select d.id from public.documents d where d.kind = of_kind and d.tool is not distinct from of_tool
    and d.in_force_from <= at and d.cancelled_at is null order by d.in_force_from desc limit 1);
end $$;
select pg_temp.as_definer('ctx.text_in_force(text, text, timestamptz)');

-- Accepted the text in force of that kind; false while there is none (ACC-7).
create or replace function ctx.accepted(of_account uuid, of_kind text, of_tool text, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.acceptances x where x.account_id = of_account
    and x.document_id = ctx.text_in_force(of_kind, of_tool, at) and x.accepted_at <= at);
end $$;
select pg_temp.as_definer('ctx.accepted(uuid, text, text, timestamptz)');

create or replace function ctx.in_force(of_organisation uuid, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.conventions c where c.organisation_id = of_organisation
    and c.effective_from <= at and (c.ends_at is null or c.ends_at > at));
end $$;
select pg_temp.as_definer('ctx.in_force(uuid, timestamptz)');

-- The last instant at which a structure was left without a convention in force. Null: never. What was given it before
-- opens nothing under the next convention (AGR-7). The SQL twin of lapsedAt in
-- server/people-and-rights/grants/effective-grants.model.ts.
create or replace function ctx.lapsed_at(of_organisation uuid, at timestamptz)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return (select max(c.ends_at) from public.conventions c
    where c.organisation_id = of_organisation and c.effective_from < c.ends_at
      and c.ends_at <= at and not ctx.in_force(of_organisation, c.ends_at));
end $$;
select pg_temp.as_definer('ctx.lapsed_at(uuid, timestamptz)');

-- Whether what was given a structure then was so under a convention that ended, while another is in force now (AGR-7).
create or replace function ctx.of_former_convention(of_organisation uuid, given_at timestamptz, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.in_force(of_organisation, at) and coalesce(given_at < ctx.lapsed_at(of_organisation, at), false);
end $$;
select pg_temp.as_definer('ctx.of_former_convention(uuid, timestamptz, timestamptz)');

/*
 * A convention comes into force after a time without: the grants of the former one end at that instant, and the trail
 * says so for each account. They open nothing already (ctx.held_grants); this writes it, so that each is given anew
 * (AGR-7).
 */
create or replace function ctx.end_lapsed_grants()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  -- Its effect may be some milliseconds ahead of the database: that of the process that wrote it.
  at timestamptz := greatest(ctx.clock(), new.effective_from);
  lapsed timestamptz; began timestamptz; e record; entry uuid; salt bytea; said jsonb;
begin
  if not ctx.in_force(new.organisation_id, at) or not exists (select from public.organisations o
    where o.id = new.organisation_id and o.kind <> 'operateur') then return null; end if;
  lapsed := ctx.lapsed_at(new.organisation_id, at);
  if lapsed is null then return null; end if;
  began := (select min(c.effective_from) from public.conventions c where c.organisation_id = new.organisation_id
    and c.effective_from > lapsed);
  for e in with ended as (
      update public.grants g
        set revoked_at = began, revoke_reason = 'La convention sous laquelle elle avait été donnée a pris fin.'
        where g.organisation_id = new.organisation_id and g.granted_at < lapsed
          and (g.revoked_at is null or g.revoked_at > at)
          and (g.ends_on is null or g.ends_on >= ctx.paris_day(began))
        returning g.id, g.account_id)
    select x.account_id, array_agg(x.id order by x.id) as grants from ended x group by x.account_id
  loop
    entry := gen_random_uuid();
    salt := extensions.gen_random_bytes(16);
    said := jsonb_build_object('grants', e.grants, 'conventionEndedAt', lapsed);
    insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
      request_id, detail_digest)
      values (entry, ctx.clock(), null, new.organisation_id, 'grant.lapsed', 'account', e.account_id::text, '', '',
        public.audit_detail_digest(salt, said));
    insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  end loop;
  return null;
end $$;
select pg_temp.as_definer('ctx.end_lapsed_grants()');

-- The day the inactivity of an account is counted from: the last act, or the lifting of a suspension, else its latest
-- grant. Null:
-- it holds none.
create or replace function ctx.inactivity_from(of_account uuid)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.inactivity_from(of_account, ctx.clock());
end $$;
select pg_temp.as_definer('ctx.inactivity_from(uuid)');

-- From when the inactivity of an account is counted, as of an instant: the last act or lifting, else its latest grant.
-- Null: it holds none.
create or replace function ctx.inactivity_from(of_account uuid, at timestamptz)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
declare act record;
begin
  select coalesce(a.first_at, least(a.last_act_at, a.lifted_at)) as first_at, greatest(a.last_act_at,
    a.lifted_at) as last_at into act from public.account_activity a where a.account_id = of_account;
  if act.first_at <= at then return act.last_at; end if;
  return (select max(greatest(g.granted_at, g.starts_on::timestamp at time zone 'Europe/Paris')) from public.grants g
    where g.account_id = of_account and g.granted_at <= at and (g.revoked_at is null or g.revoked_at > at));
end $$;
select pg_temp.as_definer('ctx.inactivity_from(uuid, timestamptz)');

/*
 * Suspended for inactivity at an instant. No act is recorded while it is suspended, so that between the first act and
 * the last it only was in the spans that were lifted.
 */
create or replace function ctx.inactive_at(of_account uuid, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.inactivity_spans s where s.account_id = of_account
    and s.suspended_from <= at and s.lifted_at > at)
    or coalesce(ctx.paris_day(at) > (ctx.paris_day(ctx.inactivity_from(of_account, at)) + interval '2 months')::date,
      false);
end $$;
select pg_temp.as_definer('ctx.inactive_at(uuid, timestamptz)');

-- The first day on which each of these accounts is suspended for inactivity, if nothing is done meanwhile; none without
-- a grant.
create or replace function ctx.inactive_days(accounts uuid[])
returns table (account_id uuid, day date) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select a.id, (ctx.paris_day(ctx.inactivity_from(a.id)) + interval '2 months')::date + 1
    from public.accounts a where a.id = any (accounts) and (a.organisation_id = ctx.organisation() or ctx.oversees())
      and ctx.inactivity_from(a.id) is not null;
end $$;
select pg_temp.as_definer('ctx.inactive_days(uuid[])', 'cc_web');

/*
 * The grants an account holds at an instant, each with what keeps it from opening anything (ACC-2, ACC-7, ACC-12):
 * empty when it is in effect. What waits for a second person opens nothing: the account, or that grant. Closed by
 * default: where the operator has published no text, or no annex 4, nothing opens (docs/decisions/0025). One given
 * under a convention that ended is held no more once another is in force: it is given anew (AGR-7).
 * The SQL twin of heldGrants in server/people-and-rights/grants/effective-grants.model.ts.
 */
create or replace function ctx.held_grants(of_account uuid, at timestamptz)
returns table (grant_id uuid, tool text, profile text, territory_id int, agency_id uuid, reason text,
  starts_on date, ends_on date,
  missing text[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  today date := ctx.paris_day(at);
  a record;
  to_all text[];
  published text[]; -- the texts in force: the kind, or the tool of a CPU
  unaccepted text[]; -- those of them that are not accepted
  tools text[]; -- those of annex 4
  ceiling int[];
  former timestamptz; -- what was given before it was so under a convention that ended
begin
  select x.id, x.organisation_id, s.status, s.contract_ends_on, x.created_at, o.kind into a from public.accounts x
    join public.organisations o on o.id = x.organisation_id
    cross join lateral (select k.status, k.contract_ends_on from public.account_states k where k.account_id = x.id
      and k.from_at <= at order by k.from_at desc limit 1) s where x.id = of_account;
  if not found then return; end if;
  ceiling := ctx.ceiling(a.organisation_id, at);
  select coalesce(array_agg(d.text), '{}'), coalesce(array_agg(d.text) filter (where not d.accepted), '{}')
    into published, unaccepted
    from (select distinct on (d.kind, d.tool) coalesce(d.tool, d.kind) as text, exists (select from public.acceptances x
      where x.account_id = a.id and x.document_id = d.id and x.accepted_at <= at) as accepted
      from public.documents d where d.in_force_from <= at and d.cancelled_at is null
      order by d.kind, d.tool, d.in_force_from desc) d;
  tools := array(select t.tool from public.annex_4_tools t
    where t.in_force_from <= at and (t.in_force_until is null or t.in_force_until > at));
  to_all := array_remove(array[
    case when a.status <> 'active' then 'account' end,
    case when exists (select from public.account_blocks b where b.account_id = a.id and b.cuts = 'account'
      and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)) then 'block' end,
    case when exists (select from public.confirmations c where c.account_id = a.id and c.grant_id is null
      and c.asked_at <= at and case when c.settled_at <= at then c.outcome = 'refused'
        else c.waits end) then 'confirmation' end,
    case when a.kind <> 'operateur' and not ctx.in_force(a.organisation_id, at) then 'convention' end,
    case when a.contract_ends_on < today then 'contract' end,
    case when ctx.inactive_at(a.id, at) then 'inactivity' end,
    case when not 'cgu' = any (published) then 'cgu-unpublished' when 'cgu' = any (unaccepted) then 'cgu' end,
    case when not 'confidentialite' = any (published) then 'confidentialite-unpublished'
      when 'confidentialite' = any (unaccepted) then 'confidentialite' end,
    case when not 'securite' = any (published) then 'securite-unpublished'
      when 'securite' = any (unaccepted) then 'securite' end,
    case when (select p.cuts from public.awareness_policies p
      where p.in_force_from <= at order by p.in_force_from desc limit 1)
      and today > (coalesce((select max(r.done_on) from public.awareness_records r where r.account_id = a.id
        and r.done_on <= today), ctx.paris_day(a.created_at)) + interval '1 year')::date then 'awareness' end
  ], null);
  former := case when a.kind <> 'operateur'
    and ctx.in_force(a.organisation_id, at) then ctx.lapsed_at(a.organisation_id, at) end;
  return query
    select g.id, g.tool, g.profile, g.territory_id, g.agency_id, g.reason, g.starts_on, g.ends_on, to_all || t.lacks
    from public.grants g
    cross join lateral (select array_remove(array[
      case when not 'confirmation' = any (to_all) and exists (select from public.confirmations c where c.grant_id = g.id
        and c.asked_at <= at and (c.outcome is distinct from 'confirmed' or c.settled_at > at)) then 'confirmation' end,
      case when not ctx.perimeter_within(g.territory_id, g.agency_id, ceiling) then 'perimeter' end,
      case when tools = '{}' then 'annex-4-unpublished' when not g.tool = any (tools) then 'annex-4' end,
      case when not g.tool = any (published) then 'cpu-unpublished' when g.tool = any (unaccepted) then 'cpu' end,
      case when not 'block' = any (to_all) and exists (select from public.account_blocks b
        join public.grants c on c.id = b.grant_id where b.account_id = a.id and b.cuts = 'grant'
        and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)
        and c.tool = g.tool and c.territory_id is not distinct from g.territory_id
        and c.agency_id is not distinct from g.agency_id) then 'block' end], null) as lacks) t
    where g.account_id = a.id and g.organisation_id = a.organisation_id and g.granted_at <= at and (g.revoked_at is null
      or g.revoked_at > at) and g.starts_on <= today and (g.ends_on is null or g.ends_on >= today)
      and (former is null or g.granted_at >= former);
end $$;
select pg_temp.as_definer('ctx.held_grants(uuid, timestamptz)');

-- Of the day that the application stands on: those in effect now, whose dates hold it (ACC-2). A past day is read by
-- ctx.held_grants, at an instant. The SQL twin of effectiveGrants in
-- server/people-and-rights/grants/effective-grants.model.ts.
create or replace function ctx.effective_grants(of_account uuid, on_day date)
returns table (tool text, profile text, territory_id int, reason text, starts_on date, ends_on date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select e.* from ctx.effective_grants(of_account, ctx.clock()) e where e.starts_on <= on_day
    and (e.ends_on is null or e.ends_on >= on_day);
end $$;
select pg_temp.as_definer('ctx.effective_grants(uuid, date)');

-- Those in effect, an agency's perimeter become the territories it serves.
create or replace function ctx.effective_grants(of_account uuid, at timestamptz)
returns table (tool text, profile text, territory_id int, reason text, starts_on date, ends_on date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select h.tool, h.profile, coalesce(h.territory_id, t.territory_id), h.reason, h.starts_on, h.ends_on
    from ctx.held_grants(of_account, at) h left join public.agency_territories t on t.agency_id = h.agency_id
    where h.missing = '{}' and coalesce(h.territory_id, t.territory_id) is not null;
end $$;
select pg_temp.as_definer('ctx.effective_grants(uuid, timestamptz)');

-- Roles that only the operator's agents hold.
create or replace function ctx.is_operators(role text)
returns boolean language sql immutable set search_path = '' as $$
  select role in ('cssi', 'direction-regionale', 'support', 'administrateur') $$;

-- From when a role of the operator sleeps: six months after its holder last came, or after it was given.
create or replace function ctx.role_sleeps_from(r public.role_assignments)
returns timestamptz language sql stable set search_path = '' as $$
  select greatest(r.starts_at, r.seen_at) + interval '6 months' $$;

-- Whether the contract or the delegation that an account rests on is over (ACC-1).
create or replace function ctx.contract_past(a public.accounts, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return a.attachment <> 'agent' and coalesce(a.contract_ends_on < ctx.paris_day(at), false);
end $$;
select pg_temp.as_definer('ctx.contract_past(public.accounts, timestamptz)');

-- Whether nobody else keeps a role without which nobody gives roles back: somebody active, not blocked, under contract,
-- whose role is awake. One of a region is not enough.
create or replace function ctx.last_officer(r public.role_assignments, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return r.role in ('cssi', 'administrateur') and r.region_id is null and not exists (
    select from public.role_assignments o join public.accounts a on a.id = o.account_id
      and a.organisation_id = o.organisation_id and a.status = 'active'
    where o.role = r.role and o.region_id is null and o.account_id <> r.account_id
      and o.starts_at <= at and (o.ends_at is null or o.ends_at > at) and ctx.role_sleeps_from(o) > at
      and not ctx.contract_past(a, at)
      and not exists (select from public.account_blocks b where b.account_id = o.account_id and b.cuts = 'account'
        and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)));
end $$;
select pg_temp.as_definer('ctx.last_officer(public.role_assignments, timestamptz)');

-- Of a role of the operator.
create or replace function ctx.role_sleeps(r public.role_assignments, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.role_sleeps_from(r) <= at and not ctx.last_officer(r, at);
end $$;
select pg_temp.as_definer('ctx.role_sleeps(public.role_assignments, timestamptz)', 'cc_owner');

/*
 * The roles in effect, of an active account: the operator's own in the operator only; the account manager's only under
 * a convention in force and the conditions accepted (RGC-4). A role ends with its holder's contract (ACC-1), as grants
 * do. Not those without which nobody lifts a block or gives a role back: whoever ends them says so (npm run admin --
 * end-role).
 * A role of the operator sleeps after six months without its holder (SEC-6).
 */
create or replace function ctx.effective_roles(of_account uuid, at timestamptz)
returns table (role text, region_id int) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select r.role, r.region_id from public.role_assignments r
    join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
    join public.organisations o on o.id = a.organisation_id
    where r.account_id = of_account and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
      and (o.kind = 'operateur' or not ctx.is_operators(r.role) and r.region_id is null)
      and (a.contract_ends_on is null or a.contract_ends_on >= ctx.paris_day(at)
        or r.role in ('cssi', 'administrateur'))
      and not (ctx.is_operators(r.role) and ctx.role_sleeps(r, at))
      and not exists (select from public.account_blocks b where b.account_id = a.id and (b.cuts = 'account'
        or b.cuts = 'rgc' and r.role = 'rgc') and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at))
      and case when r.role <> 'rgc' then true when o.kind = 'operateur' then ctx.accepted(a.id, 'cgu', null, at)
        else ctx.rgc_missing(a.id, at) = '{}' end;
end $$;
select pg_temp.as_definer('ctx.effective_roles(uuid, timestamptz)');

-- One's own grants and what each lacks, directives on sign-in included: what « my rights » and the first page say.
-- Told by ctx.enter outside the seal: it opens nothing, and only what one reads of oneself depends on it.
create or replace function ctx.own_grants()
returns table (tool text, profile text, territory_id int, reason text, starts_on date, ends_on date, missing text[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare refused text[] := coalesce(nullif(current_setting('ctx.refused', true), '')::text[], '{}');
begin
  if not ctx.ok() then return; end if;
  return query select h.tool, h.profile, coalesce(h.territory_id, t.territory_id), h.reason, h.starts_on, h.ends_on,
    case when h.profile = any (refused) then h.missing || 'sign-in'::text else h.missing end
    from ctx.held_grants(ctx.account(), ctx.clock()) h left join public.agency_territories t
      on t.agency_id = h.agency_id where coalesce(h.territory_id, t.territory_id) is not null;
end $$;
select pg_temp.as_definer('ctx.own_grants()', 'cc_web');

/*
 * The grants that accounts of the viewer's organisation hold, each with what it lacks: for its account managers and its
 * signatory;
 * for the operator's security officer, of all.
 */
create or replace function ctx.grants_of(accounts uuid[], at timestamptz)
returns table (account_id uuid, grant_id uuid, tool text, profile text, territory_id int, agency_id uuid,
  reason text, starts_on date,
  ends_on date, missing text[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not (ctx.holds_role('rgc') or ctx.holds_role('signataire') or ctx.oversees()) then return; end if;
  return query select a.id, h.grant_id, h.tool, h.profile, h.territory_id, h.agency_id, h.reason, h.starts_on,
    h.ends_on, h.missing
    from public.accounts a cross join lateral ctx.held_grants(a.id, at) h
    where a.id = any (accounts) and (a.organisation_id = ctx.organisation() or ctx.oversees());
end $$;
select pg_temp.as_definer('ctx.grants_of(uuid[], timestamptz)', 'cc_web');

/*
 * Everyone's grants of one's organisation as of an instant, each with what it lacked: for its account managers and its
 * signatory;
 * for the operator's security officer, of all.
 */
create or replace function ctx.access_at(of_organisation uuid, at timestamptz)
returns table (account_id uuid, status text, grant_id uuid, missing text[])
language plpgsql stable security definer set search_path = ''
  as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not ((ctx.holds_role('rgc') or ctx.holds_role('signataire'))
    and of_organisation = ctx.organisation() or ctx.oversees()) then return; end if;
  return query select a.id, s.status, h.grant_id, h.missing
    from public.accounts a
    cross join lateral (select k.status from public.account_states k where k.account_id = a.id
      and k.from_at <= at order by k.from_at desc limit 1) s
    cross join lateral ctx.held_grants(a.id, at) h
    where a.organisation_id = of_organisation;
end $$;
select pg_temp.as_definer('ctx.access_at(uuid, timestamptz)', 'cc_web');

-- The last day a grant served, from its first one on (ACC-9): of the tool, by its holder. To who reads the access of
-- that structure.
create or replace function ctx.grant_last_used(of_grant uuid)
returns date language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return null; end if;
  return (select max(u.day) from public.grants g
    cross join unnest(array['sessions', 'fiches-consultees', 'recherches', 'campagnes-consultees',
      'echanges-enregistres']) k (kind)
    cross join lateral (select d.day from public.usage_days d where d.account_id = g.account_id and d.tool = g.tool
      and d.kind = k.kind order by d.day desc limit 1) u
    where g.id = of_grant and u.day >= greatest(ctx.paris_day(g.granted_at), g.starts_on)
      and ((ctx.holds_role('rgc') or ctx.holds_role('signataire')) and g.organisation_id = ctx.organisation()
        or ctx.oversees()));
end $$;
select pg_temp.as_definer('ctx.grant_last_used(uuid)', 'cc_web');

/*
 * The territories that bound every grant of a structure (ACC-15). A structure under convention may prepare one in
 * another region.
 * What is settled there counts once that convention takes effect.
 */
create or replace function ctx.ceiling(of_organisation uuid, at timestamptz)
returns int[] language plpgsql stable security definer set search_path = '' as $$
declare prepared int[] := array(
  select c.region_id from public.conventions c where c.organisation_id = of_organisation
    group by c.region_id
    having not bool_or(coalesce(c.effective_from <= at, false))
      and exists (select from public.conventions f where f.organisation_id = of_organisation
        and f.effective_from <= at));
begin
  return coalesce((select array_agg(t.territory_id) from public.organisation_territories t
    where t.organisation_id = of_organisation and t.from_at <= at and (t.until_at is null or t.until_at > at)
      and not (t.territory_id <> 0 and prepared <> '{}' and ctx.lies_within(t.territory_id, prepared))), '{}');
end $$;
select pg_temp.as_definer('ctx.ceiling(uuid, timestamptz)', 'cc_web');

-- Of the viewer's own structure, now.
create or replace function ctx.own_ceiling()
returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  return case when ctx.ok() then ctx.ceiling(ctx.organisation(), ctx.clock()) else '{}' end;
end $$;
select pg_temp.as_definer('ctx.own_ceiling()', 'cc_web');

-- Within one of these territories. The twin is liesWithin in server/people-and-rights/grants/effective-grants.model.ts.
create or replace function ctx.lies_within(territory int, ceiling int[])
returns boolean language sql stable parallel safe
  as $$ select 0 = any (ceiling) or territory = any (ceiling)
    or exists (select from public.territory_contents c where c.inner_id = territory and c.outer_id = any (ceiling)) $$;
revoke all on function ctx.lies_within(int, int[]) from public;
grant execute on function ctx.lies_within(int, int[]) to cc_definer, cc_web;

-- All of a perimeter, whichever it is: an agency with one territory outside goes beyond.
create or replace function ctx.perimeter_within(territory int, agency uuid, ceiling int[])
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  if territory is not null then return ctx.lies_within(territory, ceiling); end if;
  return not exists (select from public.agency_territories t where t.agency_id = agency
    and not ctx.lies_within(t.territory_id, ceiling));
end $$;
select pg_temp.as_definer('ctx.perimeter_within(int, uuid, int[])', 'cc_web');

-- The agencies on which the viewer holds a right, or to come, or asks for one: they do not change what these serve
-- (ACC-4).
create or replace function ctx.own_agencies()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select g.agency_id from public.grants g where g.account_id = ctx.account() and g.agency_id is not null
    and g.revoked_at is null and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock()))
    union select r.agency_id from public.grant_requests r where r.account_id = ctx.account() and r.agency_id is not null
      and r.decided_at is null;
end $$;
select pg_temp.as_definer('ctx.own_agencies()', 'cc_web');

-- A structure begins with its own territory: the whole country for the operator, its EPCI for an EPCI. Others wait for
-- their regional direction.
create or replace function ctx.lay_own_territory()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.organisation_territories (id, organisation_id, territory_id, from_at, reason)
    select gen_random_uuid(), new.id, t.id, new.created_at, 'Territoire de la structure' from public.territories t
    where case new.kind when 'operateur' then t.id = 0 when 'epci' then t.kind = 'epci'
      and t.id = new.siret / 100000 else false end;
  return null;
end $$;
select pg_temp.as_definer('ctx.lay_own_territory()');

/*
 * Whatever the application forgets: a grant that someone at work gives over a region or the whole country waits, and
 * one that makes wide what its holder has in all (width.sql). One that follows another of the same person, tool and
 * perimeter at the same instant, with no larger profile nor later end, goes on as that one did.
 */
create or replace function ctx.ask_second_for_grant()
returns trigger language plpgsql security definer set search_path = '' as $$
declare asked int[];
begin
  if not ctx.ok() then return null; end if;
  -- of two grants at once, the second sees the first
  perform from public.accounts a where a.id = new.account_id for no key update;
  asked := case when new.agency_id is null then array[new.territory_id]
    else array(select y.territory_id from public.agency_territories y where y.agency_id = new.agency_id) end;
  if not exists (select from public.territories t where t.kind in ('national', 'region') and t.id = any (asked))
    and not ctx.widens_beyond(new.account_id, new.tool, new.profile, '{}', asked, new.id) then return null; end if;
  if exists (select from public.grants r where r.id = new.replaces and r.account_id = new.account_id
    and r.tool = new.tool
      and r.territory_id is not distinct from new.territory_id and r.agency_id is not distinct from new.agency_id
      and ctx.rank(r.profile) >= ctx.rank(new.profile)
      and coalesce(r.ends_on, 'infinity') >= coalesce(new.ends_on, 'infinity') and r.revoked_at = ctx.clock()
      and not exists (select from public.confirmations c where c.grant_id = r.id
        and c.outcome is distinct from 'confirmed')) then return null; end if;
  insert into public.confirmations (id, account_id, organisation_id, grant_id, why, asked_by, asked_at)
    values (gen_random_uuid(), new.account_id, new.organisation_id, new.id, 'wide-perimeter',
      new.granted_by, ctx.clock());
  return null;
end $$;
select pg_temp.as_definer('ctx.ask_second_for_grant()');

-- Someone else of the structure vouched for this account: confirmed it or a grant of it, gave it one, or asked one for
-- it.
create or replace function ctx.seen_by_another(of_account uuid, opener uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.confirmations c where c.account_id = of_account and c.outcome = 'confirmed')
    or exists (select from public.grants g where g.account_id = of_account and g.granted_by <> opener)
    or exists (select from public.grant_requests r join public.accounts k on k.id = r.asked_by
      where r.account_id = of_account and r.asked_by not in (of_account, opener)
        and (r.decision is null or r.decision = 'accepted')
        and (k.opened_by is distinct from opener or k.created_at <= ctx.clock() - interval '3 months'));
end $$;
select pg_temp.as_definer('ctx.seen_by_another(uuid, uuid)');

/*
 * Whoever opens an account does not alone make it effective (ACC-4): its first grant by the same hand, in its first
 * three months and seen by nobody else, waits for another account manager. Where there is no other, it opens at once
 * and is told: who is told may refuse it as long as the account is young.
 */
create or replace function ctx.ask_second_for_opener()
returns trigger language plpgsql security definer set search_path = '' as $$
declare a record;
begin
  if not ctx.ok() then return null; end if;
  select x.opened_by, x.created_at into a from public.accounts x where x.id = new.account_id;
  if a.opened_by is distinct from new.granted_by or a.created_at <= ctx.clock() - interval '3 months'
    or ctx.seen_by_another(new.account_id, new.granted_by) then return null; end if;
  insert into public.confirmations (id, account_id, organisation_id, why, asked_by, asked_at, waits)
    values (gen_random_uuid(), new.account_id, new.organisation_id, 'opened-and-granted', new.granted_by, ctx.clock(),
      exists (select from ctx.managers_in_effect() m (id) where m.id not in (new.granted_by, new.account_id)))
    on conflict (account_id) where grant_id is null do nothing;
  return null;
end $$;
select pg_temp.as_definer('ctx.ask_second_for_opener()');

-- Who opens an account at work is noted, whatever the application says.
create or replace function ctx.note_opener()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if ctx.ok() then new.opened_by := ctx.account(); end if;
  return new;
end $$;
select pg_temp.as_definer('ctx.note_opener()');

-- Likewise an account that someone opens in their own structure, with an address whose domain no confirmed account of
-- the structure has.
create or replace function ctx.ask_second_for_account()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then return null; end if;
  insert into public.confirmations (id, account_id, organisation_id, why, asked_by, asked_at)
    select gen_random_uuid(), a.account_id, a.organisation_id, 'unknown-domain', ctx.account(), ctx.clock() from added a
    where a.organisation_id = ctx.organisation() and not exists (select from public.account_contacts k
      where k.organisation_id = a.organisation_id and split_part(k.email, '@', 2) = split_part(a.email, '@', 2)
        and k.account_id not in (select x.account_id from added x)
        and not exists (select from public.confirmations c where c.account_id = k.account_id and c.grant_id is null
          and c.outcome is distinct from 'confirmed'))
    on conflict do nothing;
  return null;
end $$;
select pg_temp.as_definer('ctx.ask_second_for_account()');

/*
 * What the viewer may confirm or refuse: in their structure, as its account manager or signatory, never what they did
 * themselves nor what is for them. The SQL twin of maySettle in
 * server/people-and-rights/confirmations/confirmations.policy.ts.
 */
create or replace function ctx.confirmable()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not (ctx.holds_role('rgc') or ctx.holds_role('signataire')) then return; end if;
  return query select c.id from public.confirmations c join public.accounts a on a.id = c.account_id
    left join public.grants g on g.id = c.grant_id
    where c.organisation_id = ctx.organisation() and c.settled_at is null and c.asked_by <> ctx.account()
      and c.account_id <> ctx.account()
      and (c.waits or c.asked_at > ctx.clock() - interval '3 months')
      and a.status <> 'deleted'
      and (g.id is null or g.revoked_at is null and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock())));
end $$;
select pg_temp.as_definer('ctx.confirmable()', 'cc_web');

-- Settles one; refused, the grant ends or the account is suspended. False: it was settled already, or is not this
-- viewer's to settle.
create or replace function ctx.settle_confirmation(of_confirmation uuid, said text, because text)
returns boolean language plpgsql security definer set search_path = '' as $$
declare c record; at timestamptz := ctx.clock();
begin
  perform from public.confirmations x where x.id = of_confirmation for update;
  if of_confirmation not in (select ctx.confirmable()) then return false; end if;
  update public.confirmations x set settled_at = greatest(at, x.asked_at), settled_by = ctx.account(), outcome = said,
    reason = because where x.id = of_confirmation returning x.account_id, x.grant_id into c;
  if said = 'refused' and c.grant_id is not null then
    update public.grants g set revoked_at = greatest(at, g.granted_at), revoked_by = ctx.account(),
      revoke_reason = because where g.id = c.grant_id and g.revoked_at is null;
  elsif said = 'refused' then
    update public.accounts a set status = 'suspended', status_reason = because, version = a.version + 1
      where a.id = c.account_id and a.status = 'active';
    update public.sessions s set ended_at = at, id_token = null where s.account_id = c.account_id
      and s.ended_at is null;
  end if;
  return true;
end $$;
select pg_temp.as_definer('ctx.settle_confirmation(uuid, text, text)', 'cc_web');
