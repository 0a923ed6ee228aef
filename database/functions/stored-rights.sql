-- Rights kept for each account: worked out once, used until a fact changes or an instant passes (ACC-12;
-- docs/decisions/0013).

-- Whose facts concern everyone (texts, directives, territories), and the officers, whose roles rest on each other's.
create or replace function ctx.everyones()
returns uuid language sql immutable parallel safe as $$ select '00000000-0000-0000-0000-000000000000'::uuid $$;
create or replace function ctx.officers()
returns uuid language sql immutable parallel safe as $$ select '00000000-0000-0000-0000-000000000001'::uuid $$;

/*
 * The categories of data that annex 4 opens at an instant (AGR-12), the same for everyone: the codes of the version in
 * force. A version published before codes, and an installation without any version, open each of them: their tools
 * alone are closed.
 */
create or replace function ctx.open_categories(at timestamptz)
returns text[] language plpgsql stable security definer set search_path = '' as $$
declare version uuid := ctx.annex_in_force(at);
begin
  if not exists (select from public.annex_4_entries e where e.version_id = version and e.categories is not null) then
    return '{besoins,engagements,interlocuteurs,notes,renseignements}';
  end if;
  return array(
    select distinct c.code from public.annex_4_entries e cross join unnest(e.categories) c (code)
      where e.version_id = version
      order by c.code);
end $$;
select pg_temp.as_definer('ctx.open_categories(timestamptz)');

/*
 * The rights of an account that came in that way, from all they rest on, in one snapshot: the only statement of the
 * rule.
 * ctx.enter keeps the row; tests and the nightly check compare what is kept with it, in one order whatever the plan.
 */
create or replace function ctx.worked_out(of_account uuid, of_way text, at timestamptz)
returns secret.stored_rights language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare r secret.stored_rights;
begin
  r.account_id := of_account;
  r.way := of_way;
  r.made_at := at;
  r.made_from := pg_current_snapshot();
  r.server_started := pg_postmaster_start_time();
  r.refused := ctx.refused_audiences(of_account, of_way, at);
  select coalesce(jsonb_agg(jsonb_build_object('tool', g.tool, 'profile', g.profile, 'territoryId', g.territory_id,
           'touches', case when g.territory_id = 0 then '[]'::jsonb else to_jsonb(g.touches) end)
           order by g.tool, g.profile, g.territory_id, g.grant_id) filter (where g.missing = '{}'), '[]'),
         coalesce(jsonb_agg(jsonb_build_object('tool', g.tool, 'profile', g.profile, 'missing', g.missing)
           order by g.tool, g.profile, g.territory_id, g.grant_id) filter (where g.missing <> '{}'), '[]'),
         coalesce(array_agg(distinct g.territory_id) filter (where g.missing = '{}'
           and g.tool = 'fiche-etablissement'), '{}'),
         coalesce(array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'fiche-etablissement'
           and ctx.rank(g.profile) >= 2), '{}'),
         coalesce(array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'campagnes'
           and ctx.rank(g.profile) >= 2), '{}'),
         coalesce(array_agg(distinct g.territory_id) filter (where g.missing = '{}' and g.tool = 'campagnes'
           and ctx.rank(g.profile) >= 4), '{}')
    into r.granted, r.withheld, r.fiche, r.fiche_conseiller, r.conseiller, r.pilote
    from (select h.grant_id, h.tool, h.profile, coalesce(h.territory_id, t.territory_id) as territory_id,
      case when h.profile = any (r.refused) then h.missing || 'sign-in'::text else h.missing end as missing,
            case when h.tool = 'campagnes' then array(select o.other_id from public.territory_overlaps o
              where o.territory_id = coalesce(h.territory_id, t.territory_id) and o.other_id <> 0 order by o.other_id)
              else '{}' end as touches
            from ctx.held_grants(of_account, at) h left join public.agency_territories t on t.agency_id = h.agency_id
            where coalesce(h.territory_id, t.territory_id) is not null) g;
  select coalesce(array_agg(distinct t), '{}') into r.campagnes
    from (select jsonb_array_elements(g -> 'touches' || (g -> 'territoryId'))::int as t
      from jsonb_array_elements(r.granted) g where g ->> 'tool' = 'campagnes') x;
  select coalesce(jsonb_agg(jsonb_build_object('role', e.role, 'regionId', e.region_id)
    order by e.role, e.region_id), '[]'), coalesce(array_agg(distinct case when e.role in ('cssi', 'signataire')
      and e.region_id is not null then e.role || ':' || e.region_id else e.role end), '{}'),
         coalesce(array_agg(distinct e.region_id) filter (where e.role = 'direction-regionale'), '{}')
    into r.roles, r.role_names, r.regions from ctx.effective_roles(of_account, at) e
      where not 'fonction' = any (r.refused);
  r.categories := ctx.open_categories(at);
  select array[a.id, a.organisation_id, ctx.everyones()]
      || array(select distinct g.agency_id from public.grants g where g.account_id = a.id and g.agency_id is not null)
      || case when exists (select from public.role_assignments o where o.account_id = a.id
        and o.role in ('cssi', 'administrateur')) then array[ctx.officers()] else '{}' end,
      ctx.rights_until(a.id, a.organisation_id, at)
    into r.scopes, r.until from public.accounts a where a.id = of_account;
  return r;
end $$;
select pg_temp.as_definer('ctx.worked_out(uuid, text, timestamptz)');

/*
 * The first instant after this one at which time alone may change the rights of an account: the next midnight in Paris,
 * for all that is counted in days; else the first bound of what they rest on.
 */
create or replace function ctx.rights_until(of_account uuid, of_organisation uuid, at timestamptz)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
begin
  return (select min(b.bound) from (
    select ((ctx.paris_day(at) + 1)::timestamp at time zone 'Europe/Paris')
    union all select k.from_at from public.account_states k where k.account_id = of_account
    union all select unnest(array[b.blocked_at, b.lifted_at]) from public.account_blocks b
    where b.account_id = of_account
    union all select unnest(array[c.asked_at, c.settled_at]) from public.confirmations c where c.account_id = of_account
    union all select unnest(array[c.effective_from, c.ends_at]) from public.conventions c
    where c.organisation_id = of_organisation
    union all select unnest(array[t.from_at, t.until_at]) from public.organisation_territories t
    where t.organisation_id = of_organisation
    union all select coalesce(a.first_at, least(a.last_act_at, a.lifted_at)) from public.account_activity a
    where a.account_id = of_account
    union all select unnest(array[s.suspended_from, s.lifted_at]) from public.inactivity_spans s
    where s.account_id = of_account
    union all select unnest(array[g.granted_at, g.revoked_at]) from public.grants g where g.account_id = of_account
    union all select d.in_force_from from public.documents d where d.cancelled_at is null
    union all select x.accepted_at from public.acceptances x where x.account_id = of_account
    union all select p.in_force_from from public.awareness_policies p
    union all select unnest(array[t.in_force_from, t.in_force_until]) from public.annex_4_tools t
    union all select v.in_force_from from public.annex_4_versions v where v.cancelled_at is null
    union all select unnest(array[d.sent_at, d.silence_accepts_at]) from public.rgc_deeds d
    where d.organisation_id = of_organisation
    union all select y.decided_at from public.rgc_decisions y join public.rgc_deeds d on d.id = y.deed_id
    where d.organisation_id = of_organisation
    union all select c.recorded_at from public.rgc_certificates c where c.account_id = of_account
    union all select unnest(array[r.starts_at, r.ends_at, ctx.role_sleeps_from(r)]) from public.role_assignments r
    where r.account_id = of_account
    -- An officer's role sleeps or not by the other officers.
    union all select unnest(array[o.starts_at, o.ends_at, ctx.role_sleeps_from(o), b.blocked_at, b.lifted_at])
    from public.role_assignments o
      left join public.account_blocks b on b.account_id = o.account_id
      where o.role in ('cssi', 'administrateur')
        and exists (select from public.role_assignments r where r.account_id = of_account and r.role = o.role)
  ) b (bound) where b.bound > at);
end $$;
select pg_temp.as_definer('ctx.rights_until(uuid, uuid, timestamptz)');

-- Whether a row still says the rights: within its instants, and no fact changed that its snapshot had not seen.
create or replace function ctx.rights_hold(r secret.stored_rights, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return r.made_at <= at and at < r.until and r.server_started = pg_postmaster_start_time()
    and not exists (select from secret.rights_changes c where c.scope = any (r.scopes)
      and c.by_transaction >= pg_snapshot_xmin(r.made_from)
      and not pg_visible_in_snapshot(c.by_transaction, r.made_from));
end $$;
select pg_temp.as_definer('ctx.rights_hold(secret.stored_rights, timestamptz)');

/*
 * Keeps a row, in the request's own transaction. Not after this transaction has written: what it goes on to change
 * would look seen.
 * Nobody waits: of two at once, one keeps.
 */
create or replace function ctx.keep_rights(r secret.stored_rights)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if pg_current_xact_id_if_assigned() is not null or current_setting('transaction_read_only')::boolean
    or not pg_try_advisory_xact_lock(hashtextextended('stored rights ' || r.account_id || r.way, 0)) then return;
    end if;
  delete from secret.stored_rights k where k.account_id = r.account_id and k.way = r.way;
  insert into secret.stored_rights select r.*;
end $$;
select pg_temp.as_definer('ctx.keep_rights(secret.stored_rights)');

/*
 * After a fact changed: the rows that rest on it no longer hold once this transaction is committed. The arguments name
 * the columns that say whose fact it is.
 */
create or replace function ctx.rights_changed()
returns trigger language plpgsql security definer set search_path = '' as $$
declare changed jsonb[] := array_remove(array[case when tg_op <> 'INSERT' then to_jsonb(old) end,
  case when tg_op <> 'DELETE' then to_jsonb(new) end], null);
begin
  insert into secret.rights_changes (scope, by_transaction)
    select distinct (row ->> col)::uuid, pg_current_xact_id() from unnest(changed) row, unnest(tg_argv) col
      where row ->> col is not null
    on conflict do nothing;
  return null;
end $$;
select pg_temp.as_definer('ctx.rights_changed()');

create or replace function ctx.everyones_rights_changed()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into secret.rights_changes (scope, by_transaction) values (ctx.everyones(), pg_current_xact_id())
    on conflict do nothing;
  return null;
end $$;
select pg_temp.as_definer('ctx.everyones_rights_changed()');

-- What is known of one who is or was an officer changes what the others' roles rest on.
create or replace function ctx.officers_rights_changed()
returns trigger language plpgsql security definer set search_path = '' as $$
declare of_account uuid := to_jsonb(case when tg_op = 'DELETE' then old else new end) ->> tg_argv[0];
begin
  insert into secret.rights_changes (scope, by_transaction) select ctx.officers(), pg_current_xact_id()
    where exists (select from public.role_assignments r where r.account_id = of_account
      and r.role in ('cssi', 'administrateur'))
      or tg_table_name = 'role_assignments'
      and to_jsonb(case when tg_op = 'INSERT' then new else old end) ->> 'role' in ('cssi', 'administrateur')
    on conflict do nothing;
  return null;
end $$;
select pg_temp.as_definer('ctx.officers_rights_changed()');

-- A decision is on a deed, which says whose structure.
create or replace function ctx.deed_rights_changed()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into secret.rights_changes (scope, by_transaction) select d.organisation_id, pg_current_xact_id()
    from public.rgc_deeds d
    where d.id = case when tg_op = 'DELETE' then old.deed_id else new.deed_id end
    on conflict do nothing;
  return null;
end $$;
select pg_temp.as_definer('ctx.deed_rights_changed()');

/*
 * Compares every row that holds with the rule, now; takes away those that differ, those that no longer hold, and the
 * changes that none needs. A difference is a fault of ours: it is counted and told, and the right is put straight.
 */
create or replace function ctx.check_stored_rights()
returns table (compared int, different int) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock();
begin
  return query with held as materialized (
      select s.account_id, s.way, (w.granted, w.withheld, w.roles, w.refused, w.fiche, w.fiche_conseiller, w.campagnes,
        w.conseiller, w.pilote, w.role_names, w.regions, w.categories)
          is distinct from (s.granted, s.withheld, s.roles, s.refused, s.fiche, s.fiche_conseiller, s.campagnes,
            s.conseiller, s.pilote, s.role_names, s.regions, s.categories) as differs
        from secret.stored_rights s cross join lateral ctx.worked_out(s.account_id, s.way, at) w
        where ctx.rights_hold(s, at)),
    gone as (
      delete from secret.stored_rights s using held h where h.account_id = s.account_id and h.way = s.way and h.differs)
    select count(*)::int, count(*) filter (where h.differs)::int from held h;
  delete from secret.stored_rights s where s.until <= at or s.server_started <> pg_postmaster_start_time();
  -- A row being made now rests on a snapshot of the last hour at most.
  delete from secret.rights_changes c where c.at < clock_timestamp() - interval '1 hour'
    and c.by_transaction < (select coalesce(min(pg_snapshot_xmin(s.made_from)::text::bigint)::text::xid8,
      pg_snapshot_xmin(pg_current_snapshot())) from secret.stored_rights s);
end $$;
select pg_temp.as_definer('ctx.check_stored_rights()', 'cc_worker');
