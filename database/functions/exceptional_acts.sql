-- Acts in the place of a partner's account managers (ACC-10): who may, what each opens, and for how long.

-- The accounts on which the viewer does this act, in this very transaction. The clock is compared too: a restored
-- database counts its transactions from elsewhere.
create or replace function ctx.acted_on(of_act text)
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select x.account_id from public.exceptional_acts x
    where x.done_by = ctx.account() and x.act = of_act and x.done_in = pg_current_xact_id_if_assigned()
      and x.done_at = ctx.clock();
end $$;
select pg_temp.as_definer('ctx.acted_on(text)', 'cc_web');

create or replace function ctx.grants_acted_on()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select x.grant_id from public.exceptional_acts x
    where x.done_by = ctx.account() and x.act = 'end-grant' and x.done_in = pg_current_xact_id_if_assigned()
      and x.done_at = ctx.clock();
end $$;
select pg_temp.as_definer('ctx.grants_acted_on()', 'cc_web');

-- The accounts whose file the viewer opened within the hour, with a reason, and is still the officer of.
create or replace function ctx.files_open()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select x.account_id from public.exceptional_acts x
    where x.done_by = ctx.account() and x.act = 'read' and x.done_at > ctx.clock() - interval '1 hour'
      and ctx.may_open_file(x.account_id);
end $$;
select pg_temp.as_definer('ctx.files_open()', 'cc_web');

/*
 * Reads the file of a partner's person: the security officer of that structure, never of their own nor of themself. The
 * SQL twin of mayOpenFile in server/people-and-rights/necessity/necessity.policy.ts.
 */
create or replace function ctx.may_open_file(of_account uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.accounts a where a.id = of_account and a.id <> ctx.account()
    and a.organisation_id <> ctx.organisation() and ctx.officer_for(a.organisation_id));
end $$;
select pg_temp.as_definer('ctx.may_open_file(uuid)', 'cc_web');

/*
 * The account managers who can act for this person: in effect, not the person, today. While there is one, nobody acts
 * in their place.
 */
create or replace function ctx.managers_beside(of_account uuid)
returns int language plpgsql stable security definer set search_path = '' as $$
begin
  return (select count(distinct r.account_id)::int from public.accounts a
    join public.role_assignments r on r.organisation_id = a.organisation_id and r.role = 'rgc' and r.account_id <> a.id
    where a.id = of_account and exists (select from ctx.effective_roles(r.account_id, ctx.clock()) e
      where e.role = 'rgc'));
end $$;
select pg_temp.as_definer('ctx.managers_beside(uuid)');

/*
 * Acts in the place of account managers, when none can for that person: the structure's signatory, or the security
 * officer of a structure that is not their own; never for oneself. The SQL twin of mayStandIn in
 * server/people-and-rights/accounts/accounts.policy.ts.
 */
create or replace function ctx.stands_in(of_account uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.accounts a where a.id = of_account and a.id <> ctx.account()
      and case when a.organisation_id = ctx.organisation() then ctx.holds_role('signataire')
        else ctx.officer_for(a.organisation_id) end)
    and ctx.managers_beside(of_account) = 0;
end $$;
select pg_temp.as_definer('ctx.stands_in(uuid)', 'cc_web');

/*
 * Reads the links that wait of a person, in the place of account managers: the signatory, of their structure; the
 * security officer, once the file is open. The SQL twin of mayReadLinksInPlace in
 * server/people-and-rights/necessity/necessity.policy.ts.
 */
create or replace function ctx.reads_links_in_place(of_account uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and ctx.stands_in(of_account) and (of_account in (select ctx.files_open())
    or exists (select from public.accounts a where a.id = of_account and a.organisation_id = ctx.organisation()));
end $$;
select pg_temp.as_definer('ctx.reads_links_in_place(uuid)', 'cc_web');

-- Writes the act that opens what it is on. False: it is not the viewer's to do.
create or replace function ctx.act_exceptionally(act_id uuid, of_account uuid, of_act text, of_grant uuid,
  its_ground text, its_reason text, its_incident text)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then return false; end if;
  perform from public.accounts a where a.id = of_account for update;
  if not (case of_act when 'read' then ctx.may_open_file(of_account) else ctx.stands_in(of_account) end) then
    return false; end if;
  if of_grant is not null and not exists (select from public.grants g where g.id = of_grant
    and g.account_id = of_account) then return false; end if;
  insert into public.exceptional_acts (id, account_id, organisation_id, act, grant_id, ground, reason, incident,
    done_by, done_at)
    select act_id, a.id, a.organisation_id, of_act, of_grant, its_ground, its_reason, its_incident,
      ctx.account(), ctx.clock()
    from public.accounts a where a.id = of_account;
  return true;
end $$;
select pg_temp.as_definer('ctx.act_exceptionally(uuid, uuid, text, uuid, text, text, text)', 'cc_web');

/*
 * What deciding on such an act needs of a person, for whoever may read their file or act for them; also of colleagues,
 * and of oneself:
 * the refusal says why. What they hold is told once the file is open, or to the signatory.
 */
create or replace function ctx.person_in_need(of_account uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock(); today date := ctx.paris_day(at); opened boolean;
begin
  if not ctx.ok() then return null; end if;
  opened := of_account in (select ctx.files_open());
  return (select jsonb_build_object('id', a.id, 'givenName', a.given_name, 'familyName', a.family_name,
    'function', a.function,
      'email', (select c.email from public.account_contacts c where c.account_id = a.id),
      'organisationId', a.organisation_id, 'organisation',
        jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind),
      'status', a.status, 'statusReason', case when opened then a.status_reason end, 'opened', opened,
      'isManager', exists (select from public.role_assignments r where r.account_id = a.id and r.role = 'rgc'
        and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)),
      'isStillManager', exists (select from public.role_assignments r where r.account_id = a.id and r.role = 'rgc'
        and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)) and ctx.named_still(a.id, at),
      'roles', (select coalesce(jsonb_agg(distinct r.role), '[]') from public.role_assignments r
        where r.account_id = a.id and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)),
      'otherManagers', ctx.managers_beside(a.id),
      'inactive', a.status = 'active' and ctx.inactive_at(a.id, at),
      'factors', case when opened or a.organisation_id = ctx.organisation() then (select count(*)
        from public.second_factors f where f.account_id = a.id) end,
      'hasPassword', case when opened or a.organisation_id = ctx.organisation() then exists (
        select from public.passwords p where p.account_id = a.id) end,
      'passwordAllowed', ctx.password_allowed(a.organisation_id),
      'lastActAt', case when opened then (select y.last_act_at from public.account_activity y
        where y.account_id = a.id) end)
    from public.accounts a join public.organisations o on o.id = a.organisation_id
    where a.id = of_account and (ctx.may_open_file(a.id) or a.organisation_id = ctx.organisation()
      and (ctx.holds_role('signataire') or ctx.officer_for(a.organisation_id))));
end $$;
select pg_temp.as_definer('ctx.person_in_need(uuid)', 'cc_web');

-- Finds an account by name, within the structures that the viewer is security officer of; with what tells homonyms
-- apart, and no right.
create or replace function ctx.accounts_by_name(words text, of_organisation uuid, most int)
returns table (id uuid, given_name text, family_name text, function text, email text, status text, organisation jsonb,
  manages boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select a.id, a.given_name, a.family_name, a.function, c.email, a.status,
    jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind),
      a.id in (select public.rgc_in_place(a.organisation_id, ctx.clock()))
    from public.accounts a join public.organisations o on o.id = a.organisation_id
    left join public.account_contacts c on c.account_id = a.id
    where a.status <> 'deleted' and (ctx.holds_role('cssi') or a.organisation_id in (select ctx.officer_of()))
      and (of_organisation is null or a.organisation_id = of_organisation)
      and position(public.search_words(words) in public.search_words(a.given_name || ' ' || a.family_name || ' '
        || a.given_name || ' ' || a.function)) > 0
    order by a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu", a.id limit most;
end $$;
select pg_temp.as_definer('ctx.accounts_by_name(text, uuid, int)', 'cc_web');
