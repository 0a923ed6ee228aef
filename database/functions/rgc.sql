-- Account managers: the deed in force, the gate, what is declared (RGC).

-- A deed that the operator has and did not refuse, once it need no longer answer. The SQL twin of deedState in
-- server/people-and-rights/rgc/deadlines.ts.
create or replace function ctx.deed_in_force(deed public.rgc_deeds, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare said text;
begin
  if deed.sent_at is null or deed.sent_at > at or deed.contested_at <= at then return false; end if;
  select d.kind into said from public.rgc_decisions d where d.deed_id = deed.id and d.decided_at <= at;
  return coalesce(said <> 'refus', true)
    and (coalesce(said = 'acceptation', false) or deed.silence_accepts_at is null or deed.silence_accepts_at <= at);
end $$;
select pg_temp.as_definer('ctx.deed_in_force(rgc_deeds, timestamptz)');

-- Of the structure's own staff, with no end foreseen (RGC-2). The SQL twin of isPermanentStaff in
-- server/people-and-rights/accounts/person-rules.ts.
create or replace function ctx.permanent_staff(a public.accounts)
returns boolean language sql immutable set search_path = '' as $$ select a.attachment = 'agent'
and a.contract_ends_on is null $$;

-- What belongs to a convention counts while it is in force, and before, as long as the structure has no other in force;
-- never after (AGR-7, RGC-10). The SQL twin of isOfCurrentConvention in server/people-and-rights/rgc/gate.model.ts.
create or replace function ctx.of_current_convention(of_convention uuid, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.conventions c where c.id = of_convention and (c.ends_at is null or c.ends_at > at)
    and (c.effective_from <= at or not ctx.in_force(c.organisation_id, at)));
end $$;
select pg_temp.as_definer('ctx.of_current_convention(uuid, timestamptz)');

-- Whether the deed before it, of the same convention, is refused or still waits: the operator then has a month (RGC-3).
-- The SQL twin of followsRefusal in server/people-and-rights/rgc/rgc.model.ts.
create or replace function ctx.follows_refusal(of_deed uuid, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select not ctx.deed_in_force(last, at) from public.rgc_deeds d
    join public.rgc_deeds last on last.convention_id is not distinct from d.convention_id
      and last.organisation_id = d.organisation_id and last.id <> d.id
      and last.sent_at <= at and not coalesce(last.contested_at <= at, false)
    where d.id = of_deed order by last.sent_at desc limit 1), false);
end $$;
select pg_temp.as_definer('ctx.follows_refusal(uuid, timestamptz)');

-- Of the permanent staff, named by a deed in force of the current convention, and by every one in force that was sent
-- since. The former stay until the next is accepted, and again once it is refused.
create or replace function ctx.stands_on_deed(of_account uuid, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from public.rgc_deeds d join public.rgc_members m on m.deed_id = d.id and m.account_id = of_account
    join public.accounts a on a.id = of_account and a.organisation_id = d.organisation_id and ctx.permanent_staff(a)
    where ctx.deed_in_force(d, at) and ctx.of_current_convention(d.convention_id, at) and not exists (
      select from public.rgc_deeds later where later.convention_id = d.convention_id and later.sent_at > d.sent_at
        and ctx.deed_in_force(later, at)
        and not exists (select from public.rgc_members n where n.deed_id = later.id and n.account_id = of_account)));
end $$;
select pg_temp.as_definer('ctx.stands_on_deed(uuid, timestamptz)');

-- Named by a deed sent, of a convention that is not over: in place today or to be. A refusal ends the role, hence needs
-- no look here.
create or replace function ctx.named_still(of_account uuid, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.rgc_members m join public.rgc_deeds d on d.id = m.deed_id
    and d.sent_at <= at and d.contested_at is null
    join public.conventions c on c.id = d.convention_id and (c.ends_at is null or c.ends_at > at)
    where m.account_id = of_account);
end $$;
select pg_temp.as_definer('ctx.named_still(uuid, timestamptz)');

/*
 * An account manager who becomes the agent of a delegate or of a contractor loses the role at once (RGC-2). One whom a
 * deed still names is given no last day here: a departure is declared, so that the operator knows of it (RGC-6).
 */
create or replace function ctx.keep_managers_permanent()
returns trigger language plpgsql security definer set search_path = '' as $$
declare partner boolean := exists (select from public.organisations o where o.id = new.organisation_id
  and o.kind <> 'operateur');
begin
  if not ctx.permanent_staff(old) or ctx.permanent_staff(new) or not partner then return new; end if;
  if new.attachment = 'agent' then
    if exists (select from public.role_assignments r where r.account_id = new.id and r.role = 'rgc'
      and r.starts_at <= ctx.clock() and (r.ends_at is null or r.ends_at > ctx.clock()))
      and ctx.named_still(new.id, ctx.clock())
    then raise exception 'an account manager belongs to the permanent staff' using errcode = '42501'; end if;
    return new;
  end if;
  update public.role_assignments r set ends_at = greatest(ctx.clock(), r.starts_at)
    where r.account_id = new.id and r.role = 'rgc'
      and (r.ends_at is null or r.ends_at > greatest(ctx.clock(), r.starts_at));
  return new;
end $$;
select pg_temp.as_definer('ctx.keep_managers_permanent()');

create or replace function ctx.convention_over(of_convention uuid, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.conventions c where c.id = of_convention and c.ends_at <= at);
end $$;
select pg_temp.as_definer('ctx.convention_over(uuid, timestamptz)');

-- What a partner's account manager lacks before the tool opens (RGC-4). The SQL twin of missingToManage in
-- server/people-and-rights/rgc/gate.model.ts.
create or replace function ctx.rgc_missing(of_account uuid, at timestamptz)
returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  return (select array_remove(array[
    case when not ctx.in_force(a.organisation_id, at) then 'convention' end,
    case when not ctx.permanent_staff(a) then 'staff' when not ctx.stands_on_deed(a.id, at) then 'deed' end,
    case when not exists (select from public.rgc_certificates c where c.account_id = a.id
      and c.recorded_at <= at and ctx.of_current_convention(c.convention_id, at)) then 'certificate' end,
    case when ctx.text_in_force('cgu', null, at) is null then 'cgu-unpublished'
      when not ctx.accepted(a.id, 'cgu', null, at) then 'cgu' end,
    case when not exists (select from public.second_factors f where f.account_id = a.id)
      and not exists (select from public.sessions s where s.account_id = a.id
        and s.second_factor is not null) then 'second-factor' end,
    case when exists (select from public.account_blocks b where b.account_id = a.id and b.cuts in ('account', 'rgc')
      and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)) then 'block' end], null)
    from public.accounts a where a.id = of_account);
end $$;
select pg_temp.as_definer('ctx.rgc_missing(uuid, timestamptz)');

-- What one lacks oneself; null when nothing designates one. Read before the tool opens, hence without the role.
create or replace function ctx.own_rgc_missing()
returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.rgc_members m where m.account_id = ctx.account()) then
    return null; end if;
  return ctx.rgc_missing(ctx.account(), ctx.clock());
end $$;
select pg_temp.as_definer('ctx.own_rgc_missing()', 'cc_web');

create or replace function ctx.deeds_naming_me()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select m.deed_id from public.rgc_members m where m.account_id = ctx.account()
    union select d.id from public.rgc_deeds d where d.signatory_id = ctx.account();
end $$;
select pg_temp.as_definer('ctx.deeds_naming_me()', 'cc_web');

-- Those that name nobody else: the signed file of the others says other people's dates of birth.
create or replace function ctx.deeds_naming_me_alone()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select m.deed_id from public.rgc_members m group by m.deed_id
    having bool_and(m.account_id = ctx.account());
end $$;
select pg_temp.as_definer('ctx.deeds_naming_me_alone()', 'cc_web');

-- Who manages the accounts of a structure at an instant: designated, the gate aside.
create or replace function ctx.rgc_in_place(of_organisation uuid, at timestamptz)
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return query select distinct r.account_id from public.role_assignments r join public.accounts a on a.id = r.account_id
    and a.organisation_id = r.organisation_id and a.status = 'active'
    where r.organisation_id = of_organisation and r.role = 'rgc'
      and r.starts_at <= at and (r.ends_at is null or r.ends_at > at) and ctx.stands_on_deed(r.account_id, at);
end $$;
select pg_temp.as_definer('ctx.rgc_in_place(uuid, timestamptz)');

-- Asked before the second factor too: who is kept out reads who can act. It tells no name.
create or replace function ctx.structure_is_managed()
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.known() then return false; end if;
  return exists (select from public.accounts a join public.organisations o on o.id = a.organisation_id
    where a.id = ctx.account() and (o.kind = 'operateur' or exists (select from ctx.rgc_in_place(o.id, ctx.clock()))));
end $$;
select pg_temp.as_definer('ctx.structure_is_managed()', 'cc_web');

-- To the structure, to who oversees it, and to who receives its papers.
create or replace function rgc_in_place(of_organisation uuid, at timestamptz)
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not (of_organisation = ctx.organisation() or ctx.oversees(of_organisation)
    or ctx.receives_papers_of(of_organisation)) then return; end if;
  return query select * from ctx.rgc_in_place(of_organisation, at);
end $$;
select pg_temp.as_definer('rgc_in_place(uuid, timestamptz)', 'cc_web');

-- The partner whose account managers in place are all cut, this account among them: nobody is left to manage its
-- accounts (RGC-8).
create or replace function ctx.left_without_manager(of_account uuid, at timestamptz)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return (select o.name from public.accounts a join public.organisations o on o.id = a.organisation_id
    and o.kind <> 'operateur'
    where a.id = of_account and a.id in (select ctx.rgc_in_place(o.id, at))
      and not exists (select from ctx.rgc_in_place(o.id, at) p (id) where not exists (
        select from public.account_blocks b where b.account_id = p.id and b.cuts in ('account', 'rgc')
          and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at))));
end $$;
select pg_temp.as_definer('ctx.left_without_manager(uuid, timestamptz)', 'cc_worker');

/* Who may propose: the partner's signatory or account manager. */
create or replace function ctx.proposes_deeds()
returns boolean language sql stable as $$ select ctx.holds_role('signataire') or ctx.holds_role('rgc') $$;

-- The general access conditions that a partner gives those it designates: the text in force that all accept (RGC-9).
create or replace function access_conditions()
returns table (id uuid, title text, version int, hash bytea)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select d.id, d.title, d.version, d.body_hash from public.documents d where d.kind = 'cgu'
    and d.in_force_from <= ctx.clock() and d.cancelled_at is null order by d.in_force_from desc limit 1;
end $$;
select pg_temp.as_definer('access_conditions()', 'cc_web');

-- The same on the day that a paper was signed; none: nothing was published then.
create or replace function access_conditions_on(of_day date)
returns table (id uuid, title text, version int, hash bytea)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select d.id, d.title, d.version, d.body_hash from public.documents d
    where d.kind = 'cgu' and d.in_force_from < ((of_day + 1)::timestamp at time zone 'Europe/Paris')
    and d.cancelled_at is null order by d.in_force_from desc limit 1;
end $$;
select pg_temp.as_definer('access_conditions_on(date)', 'cc_web');

-- The region that answers for a partner, for who judges whose paper this is.
create or replace function rgc_region(of_organisation uuid)
returns int language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return null; end if;
  return (select ctx.region_of(o.id, ctx.clock()) from public.organisations o where o.id = of_organisation
    and o.kind <> 'operateur');
end $$;
select pg_temp.as_definer('rgc_region(uuid)', 'cc_web');

-- Who receives the papers of a structure for the operator: its security officer, its regional direction (AGR-13). The
-- SQL twin of receivesPapersOf.
create or replace function ctx.receives_papers_of(of_organisation uuid)
returns boolean language sql stable as $$
  select ctx.officer_for(of_organisation)
    or coalesce(public.rgc_region(of_organisation) = any (ctx.regions()), false) $$;

-- Who enters a deed signed by hand: who received it for the operator, or the signatory who deposits it (AGR-13,
-- RGC-10). The SQL twin of mayEnterDeed.
create or replace function ctx.enters_deeds_of(of_organisation uuid)
returns boolean language sql stable as $$
  select ctx.receives_papers_of(of_organisation) or of_organisation = ctx.organisation()
    and ctx.holds_role('signataire') $$;

-- The drafts of the service whose place a paper took, to who entered it.
create or replace function rgc_replaced_by(of_deed uuid)
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() then return; end if;
  return query select x.id from public.rgc_deeds d join public.rgc_deeds x on x.organisation_id = d.organisation_id
    and x.id <> d.id and x.abandoned_at = d.sent_at
    where d.id = of_deed and d.created_by = ctx.account() and d.paper_signed_on is not null;
end $$;
select pg_temp.as_definer('rgc_replaced_by(uuid)', 'cc_web');

-- Whether somebody may sign for the structure today.
create or replace function ctx.signs_for(of_account uuid, of_organisation uuid, at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.role_assignments r join public.accounts a on a.id = r.account_id
    and a.organisation_id = r.organisation_id and a.status = 'active'
    where r.account_id = of_account and r.organisation_id = of_organisation and r.role = 'signataire'
      and r.starts_at <= at and (r.ends_at is null or r.ends_at > at));
end $$;
select pg_temp.as_definer('ctx.signs_for(uuid, uuid, timestamptz)');

/*
 * Who signs for a structure today: for itself, and for who enters its deed. Function and address tell namesakes apart,
 * for who names one of them in a deed (ACC-16).
 */
create or replace function rgc_signatories(of_organisation uuid)
returns table (id uuid, job text, email text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare names bool := ctx.enters_deeds_of(of_organisation) or ctx.holds_role('rgc') or ctx.holds_role('signataire');
begin
  if not ctx.ok() or not (of_organisation = ctx.organisation() or ctx.enters_deeds_of(of_organisation)) then
    return; end if;
  return query select distinct a.id, case when names then a.function end, case when names then k.email end
    from public.role_assignments r join public.accounts a on a.id = r.account_id
    left join public.account_contacts k on k.account_id = a.id
    where r.organisation_id = of_organisation and r.role = 'signataire'
      and ctx.signs_for(a.id, of_organisation, ctx.clock());
end $$;
select pg_temp.as_definer('rgc_signatories(uuid)', 'cc_web');

/*
 * What is no longer as a deed says it: any change makes a new one (RGC-9). The structure's name or SIRET, its
 * signatory; of those it names, the name, the address, the function since. For who reads the deed.
 */
create or replace function deed_changes(of_deed uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare d public.rgc_deeds; at timestamptz := ctx.clock();
begin
  select * into d from public.rgc_deeds x where x.id = of_deed;
  if not ctx.ok() or not (ctx.oversees(d.organisation_id) or d.organisation_id = ctx.organisation()) then
    return '[]'; end if;
  return (select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'person', ctx.person_ref(c.account_id))
    order by c.rank, c.account_id), '[]') from (
    select 1 as rank, 'organisation' as kind, null::uuid as account_id from public.organisations o
    where o.id = d.organisation_id and (o.name <> d.organisation_name or o.siret <> d.siret)
    union all select 2, 'signatory', d.signatory_id where not ctx.signs_for(d.signatory_id, d.organisation_id, at)
    union all select x.rank, x.kind, m.account_id from public.rgc_members m
      join public.accounts a on a.id = m.account_id and a.status <> 'deleted'
      left join public.account_contacts k on k.account_id = a.id
      cross join lateral (values (3, 'name', m.account_name <> a.given_name || ' ' || a.family_name),
        (4, 'email', k.email <> m.email), (5, 'function', a.function_since > d.created_at)) x (rank, kind, changed)
      where m.deed_id = d.id and x.changed) c);
end $$;
select pg_temp.as_definer('deed_changes(uuid)', 'cc_web');

-- Under a convention in force, and nobody to manage their accounts (RGC-8).
create or replace function structures_without_rgc()
returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() then return; end if;
  return query select c.organisation_id from public.conventions c
    where ctx.oversees(c.organisation_id) and c.effective_from <= at and (c.ends_at is null or c.ends_at > at)
    and not exists (select from ctx.rgc_in_place(c.organisation_id, at));
end $$;
select pg_temp.as_definer('structures_without_rgc()', 'cc_web');

/*
 * The convention that a certificate counts for: of those not over whose deed, once sent, names this person, the first
 * that awaits one:
 * the one in force, then the next. None awaits one: the one in force. Asked by who answers for that structure.
 */
create or replace function convention_to_certify(of_account uuid)
returns uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.officer_for((select a.organisation_id from public.accounts a where a.id = of_account)) then
    return null; end if;
  return (select v.id from public.conventions v where (v.ends_at is null or v.ends_at > ctx.clock())
      and exists (select from public.rgc_members m join public.rgc_deeds d on d.id = m.deed_id
        where m.account_id = of_account and d.convention_id = v.id and d.sent_at is not null)
    order by exists (select from public.rgc_certificates c where c.account_id = of_account and c.convention_id = v.id),
      (v.effective_from <= ctx.clock()) desc nulls last, v.created_at desc, v.id desc limit 1);
end $$;
select pg_temp.as_definer('convention_to_certify(uuid)', 'cc_web');

-- Designated by a deed in force, and without a certificate under its convention: their gate waits for the CSSI (RGC-4).
create or replace function rgc_uncertified()
returns table (account_id uuid, organisation_id uuid)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := ctx.clock();
begin
  if not ctx.ok() then return; end if;
  return query select distinct m.account_id, m.organisation_id from public.rgc_members m
    join public.rgc_deeds d on d.id = m.deed_id
    where ctx.oversees(d.organisation_id) and d.sent_at <= at and ctx.of_current_convention(d.convention_id, at)
      and not exists (select from public.rgc_certificates c where c.account_id = m.account_id
        and c.convention_id = d.convention_id and c.recorded_at <= at)
      and ctx.stands_on_deed(m.account_id, at);
end $$;
select pg_temp.as_definer('rgc_uncertified()', 'cc_web');

/*
 * The account of a person whom a deed names, by their own address: the one they have in that structure, else a new one
 * that holds no grant, so that they may come in, and fulfil the gate. Null: the address is of an account elsewhere, or
 * of one that is not the partner's permanent staff (RGC-2).
 */
create or replace function ctx.account_named(new_id uuid, of_organisation uuid, of_email text, of_given_name text,
  of_family_name text)
returns uuid language plpgsql security definer set search_path = '' as $$
declare known record;
begin
  select a.id, a.organisation_id, a.status, ctx.permanent_staff(a) as permanent into known
    from public.account_contacts c join public.accounts a on a.id = c.account_id where c.email = lower(of_email)
    order by (a.organisation_id = of_organisation) desc limit 1;
  if found and not (known.organisation_id <> of_organisation
    and ctx.address_shared_with(of_email, of_organisation)) then
    return case when known.organisation_id = of_organisation and known.status in ('active', 'suspended')
      and known.permanent then known.id end;
  end if;
  insert into public.accounts (id, organisation_id, given_name, family_name, function, created_at)
    values (new_id, of_organisation, of_given_name, of_family_name, 'Gestion des comptes', ctx.clock());
  insert into public.account_contacts (account_id, organisation_id, email)
    values (new_id, of_organisation, lower(of_email));
  return new_id;
end $$;
select pg_temp.as_definer('ctx.account_named(uuid, uuid, text, text, text)');

-- By who proposes a deed of their own structure.
create or replace function rgc_account(new_id uuid, of_email text, given_name text, family_name text)
returns uuid language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.proposes_deeds() then return null; end if;
  return ctx.account_named(new_id, ctx.organisation(), of_email, rgc_account.given_name, rgc_account.family_name);
end $$;
select pg_temp.as_definer('rgc_account(uuid, text, text, text)', 'cc_web');

-- By who of the operator enters a deed that this structure signed by hand (AGR-13).
create or replace function rgc_account_of(new_id uuid, of_organisation uuid, of_email text, given_name text,
  family_name text)
returns uuid language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or of_organisation = ctx.organisation()
    or not ctx.enters_deeds_of(of_organisation) then return null; end if;
  return ctx.account_named(new_id, of_organisation, of_email, rgc_account_of.given_name, rgc_account_of.family_name);
end $$;
select pg_temp.as_definer('rgc_account_of(uuid, uuid, text, text, text)', 'cc_web');

/*
 * Why a person is not named account manager of a structure, for its deed and at each signature: `staff`, not of its
 * permanent staff (RGC-2); `refused` or `revoked` by the operator, which lifted neither (RGC-3, RGC-7). By the account,
 * or by the name and date of birth of a deed of that structure. Null: they may be. The SQL twin of obstacleTo in
 * server/people-and-rights/rgc/rgc.model.ts.
 */
create or replace function ctx.rgc_obstacle(of_organisation uuid, of_account uuid, of_given_name text,
  of_family_name text, of_birth date)
returns text language plpgsql stable security definer set search_path = '' as $$
declare people uuid[] := array(select of_account union select m.account_id from public.rgc_members m
  join public.rgc_birth_dates b on b.deed_id = m.deed_id and b.account_id = m.account_id and b.born_on = of_birth
  where m.organisation_id = of_organisation and lower(m.given_name) = lower(of_given_name)
    and lower(m.family_name) = lower(of_family_name));
begin
  return case
    when not exists (select from public.accounts a where a.id = of_account and a.organisation_id = of_organisation
      and ctx.permanent_staff(a)) then 'staff'
    when exists (select from public.rgc_refused_people r join public.rgc_deeds d on d.id = r.deed_id
      where d.organisation_id = of_organisation and r.account_id = any (people) and r.lifted_at is null) then 'refused'
    when exists (select from public.rgc_revocations v
      where v.organisation_id = of_organisation and v.account_id = any (people) and v.withdrawn_at is null
        and v.lifted_at is null) then 'revoked' end;
end $$;
select pg_temp.as_definer('ctx.rgc_obstacle(uuid, uuid, text, text, date)');

-- The same, to who proposes in that structure and to who enters its deeds; null to anybody else.
create or replace function rgc_obstacle(of_organisation uuid, of_account uuid, of_given_name text,
  of_family_name text, of_birth date)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not (ctx.proposes_deeds() and of_organisation = ctx.organisation()
    or ctx.enters_deeds_of(of_organisation)) then return null; end if;
  return ctx.rgc_obstacle(of_organisation, of_account, of_given_name, of_family_name, of_birth);
end $$;
select pg_temp.as_definer('rgc_obstacle(uuid, uuid, text, text, date)', 'cc_web');

-- One person would be the only account manager and the only signatory: nobody could then decide for them (ACC-4). The
-- SQL twin of signatoryAlone in server/people-and-rights/rgc/deed-rules.ts.
create or replace function ctx.signatory_alone(of_organisation uuid, of_accounts uuid[], at timestamptz)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return cardinality(of_accounts) = 1 and ctx.signs_for(of_accounts[1], of_organisation, at)
    and not exists (select from public.role_assignments r where r.organisation_id = of_organisation
      and r.account_id <> of_accounts[1] and ctx.signs_for(r.account_id, of_organisation, at));
end $$;
select pg_temp.as_definer('ctx.signatory_alone(uuid, uuid[], timestamptz)');

-- Why a deed is signed and sent no more: the first obstacle of those it names; else `alone`, its only person is the
-- only signatory.
create or replace function ctx.rgc_deed_obstacle(of_deed uuid)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select o.obstacle from public.rgc_members m
    left join public.rgc_birth_dates b on b.deed_id = m.deed_id and b.account_id = m.account_id
    cross join lateral (select ctx.rgc_obstacle(m.organisation_id, m.account_id, m.given_name, m.family_name,
      b.born_on) as obstacle) o
    where m.deed_id = of_deed and o.obstacle is not null order by m.position, m.rank limit 1),
    (select 'alone' from public.rgc_deeds d where d.id = of_deed
      and ctx.signatory_alone(d.organisation_id, array(select m.account_id from public.rgc_members m
        where m.deed_id = d.id), ctx.clock())));
end $$;
select pg_temp.as_definer('ctx.rgc_deed_obstacle(uuid)');

-- The same, to those who sign: of the structure.
create or replace function rgc_deed_obstacle(of_deed uuid)
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.rgc_deeds d where d.id = of_deed
    and d.organisation_id = ctx.organisation()) then return null; end if;
  return ctx.rgc_deed_obstacle(of_deed);
end $$;
select pg_temp.as_definer('rgc_deed_obstacle(uuid)', 'cc_web');

-- A month of silence is acceptance (annex 1, 1.1). The day of receipt is not counted, and the last one lasts to 24:00
-- in Paris. The SQL twin of silenceAccepts in server/people-and-rights/rgc/rgc.model.ts.
create or replace function ctx.month_of_silence(received_on date)
returns timestamptz language sql immutable set search_path = ''
  as $$ select ((received_on + interval '1 month')::date + 1)::timestamp at time zone 'Europe/Paris' $$;

/*
 * Sends a deed that all have signed, the same bytes each; or by hand, as its scan shows, when it is entered
 * (ctx.enters_deeds_of).
 * After a refusal it waits for a month from its receipt; that of a paper may be over already, save one that its own
 * structure deposits:
 * it is received now. Any other is in force at once. Those it names hold the role, as far as their gate opens it; the
 * former keep it until the deed is in force. The hour is the database's own. Null: a signature or the scan is missing,
 * somebody may be named no more, or the convention is over.
 */
create or replace function send_rgc_deed(of_deed uuid)
returns timestamptz language plpgsql security definer set search_path = '' as $$
declare d public.rgc_deeds; waits timestamptz; by_hand boolean;
  at timestamptz := date_trunc('milliseconds', ctx.clock()); today date := ctx.paris_day(at);
begin
  if not ctx.ok() then return null; end if;
  select * into d from public.rgc_deeds x where x.id = of_deed and x.sent_at is null and x.abandoned_at is null
    and case when x.paper_signed_on is null then x.organisation_id = ctx.organisation()
      else x.created_by = ctx.account() and ctx.enters_deeds_of(x.organisation_id) end for update;
  if not found then return null; end if;
  by_hand := d.paper_signed_on is not null;
  -- Two papers of one structure at once: each is sent knowing of the other, which this one follows.
  perform pg_advisory_xact_lock(hashtextextended('deeds ' || d.organisation_id, 0));
  if exists (select from public.rgc_deeds x where x.organisation_id = d.organisation_id and x.id <> d.id
    and x.sent_at >= at)
    or ctx.convention_over(d.convention_id, at)
    or not ctx.signs_for(d.signatory_id, d.organisation_id, at)
    or by_hand and (d.paper_received_on > today or d.organisation_id = ctx.organisation()
      and d.paper_received_on <> today)
    or by_hand and not exists (select from public.rgc_documents f where f.deed_id = d.id and f.sha256 = d.digest)
    or not by_hand and not exists (select from public.rgc_signatures s where s.deed_id = d.id
      and s.account_id = d.signatory_id and s.capacity = 'signataire' and s.digest = d.digest)
    or not exists (select from public.rgc_members m where m.deed_id = d.id and m.position = 'titulaire')
    or ctx.rgc_deed_obstacle(d.id) is not null
    or not by_hand and exists (select from public.rgc_members m where m.deed_id = d.id
      and not exists (select from public.rgc_signatures s where s.deed_id = d.id and s.account_id = m.account_id
        and s.capacity = 'rgc' and s.digest = d.digest))
  then return null; end if;
  waits := case when ctx.follows_refusal(d.id,
    at) then greatest(ctx.month_of_silence(coalesce(d.paper_received_on, today)), at + interval '1 millisecond') end;
  -- A paper takes the place of what waited for signatures in the service.
  update public.rgc_deeds x set abandoned_at = at where by_hand and x.organisation_id = d.organisation_id
    and x.id <> d.id and x.sent_at is null and x.abandoned_at is null;
  update public.rgc_deeds x set sent_at = at, silence_accepts_at = waits where x.id = d.id;
  -- Under a convention yet to come, nobody leaves: those of the one in force keep the role until it ends.
  if ctx.of_current_convention(d.convention_id, at) then
    update public.role_assignments r set ends_at = greatest(coalesce(waits, at), r.starts_at), ended_by_deed = d.id
      where r.organisation_id = d.organisation_id and r.role = 'rgc'
        and (r.ends_at is null or r.ends_at > coalesce(waits, at))
      and not exists (select from public.rgc_members m where m.deed_id = d.id and m.account_id = r.account_id);
  end if;
  -- Whoever it names and whose role was to end (a departure, an absence over) starts a new one.
  insert into public.role_assignments (id, account_id, organisation_id, role, starts_at, assigned_by, reason)
    select gen_random_uuid(), m.account_id, d.organisation_id, 'rgc', at, d.signatory_id, 'Acte d’engagement'
      from public.rgc_members m
    where m.deed_id = d.id and not exists (select from public.role_assignments r where r.account_id = m.account_id
      and r.role = 'rgc' and r.starts_at <= at and r.ends_at is null);
  return at;
end $$;
select pg_temp.as_definer('send_rgc_deed(uuid)', 'cc_web');

/*
 * The day on which a paper was received is corrected: the month of silence is counted from it. Those whom the mistake
 * let go too early come back; the others leave with the month. Nothing follows once it was answered, or when no month
 * runs; and no role moves once the convention is over.
 */
create or replace function settle_rgc_paper(of_deed uuid)
returns void language plpgsql security definer set search_path = '' as $$
declare d public.rgc_deeds; waits timestamptz; at timestamptz := date_trunc('milliseconds', ctx.clock());
begin
  if not ctx.ok() then return; end if;
  select * into d from public.rgc_deeds x where x.id = of_deed and x.paper_signed_on is not null
    and x.silence_accepts_at is not null for update;
  if not found or not ctx.officer_for(d.organisation_id)
    or exists (select from public.rgc_decisions x where x.deed_id = d.id) then return; end if;
  waits := greatest(ctx.month_of_silence(least(d.paper_received_on, ctx.paris_day(at))),
    d.sent_at + interval '1 millisecond');
  update public.rgc_deeds x set silence_accepts_at = waits where x.id = d.id;
  if ctx.convention_over(d.convention_id, at) then return; end if;
  insert into public.role_assignments (id, account_id, organisation_id, role, starts_at, ends_at, ended_by_deed,
    assigned_by, reason)
    select gen_random_uuid(), r.account_id, d.organisation_id, 'rgc', at, least(waits, e.leaves), d.id, r.assigned_by,
      'Date de réception corrigée'
    from public.role_assignments r cross join lateral (select min(e.rights_end_at) as leaves from public.rgc_events e
      where e.account_id = r.account_id and e.declared_at >= r.starts_at and e.withdrawn_at is null) e
    where r.ended_by_deed = d.id and r.ends_at <= at and waits > at and (e.leaves is null or e.leaves > at)
      and ctx.stands_on_deed(r.account_id, at)
      and not exists (select from public.accounts a where a.id = r.account_id and a.status = 'deleted')
      and not exists (select from public.rgc_revocations v where v.account_id = r.account_id
        and v.made_at >= r.starts_at)
      and not exists (select from public.role_assignments o where o.account_id = r.account_id and o.role = 'rgc'
        and o.starts_at <= at and (o.ends_at is null or o.ends_at > at));
  update public.role_assignments r
    set ends_at = greatest(at, r.starts_at, least(waits, (select min(e.rights_end_at) from public.rgc_events e
      where e.account_id = r.account_id and e.declared_at >= r.starts_at and e.withdrawn_at is null)))
    where r.ended_by_deed = d.id and r.ends_at > at;
end $$;
select pg_temp.as_definer('settle_rgc_paper(uuid)', 'cc_web');

/*
 * A deed that counts no more gives back what it took, save what a declared departure ends since, or to an account that
 * ended; and ends the role of whom it alone designated.
 */
create or replace function ctx.undo_rgc_deed(of_deed uuid, own uuid, why text, at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
begin
  insert into public.role_assignments (id, account_id, organisation_id, role, starts_at, ends_at, assigned_by, reason)
    select gen_random_uuid(), r.account_id, own, 'rgc', at, e.leaves, r.assigned_by, why from public.role_assignments r
    cross join lateral (select min(e.rights_end_at) as leaves from public.rgc_events e where e.account_id = r.account_id
      and e.declared_at >= r.starts_at and e.withdrawn_at is null) e
    where r.ended_by_deed = of_deed and r.ends_at <= at and (e.leaves is null or e.leaves > at)
      and ctx.stands_on_deed(r.account_id, at)
      and not exists (select from public.accounts a where a.id = r.account_id and a.status = 'deleted')
      and not exists (select from public.rgc_revocations v where v.account_id = r.account_id
        and v.made_at >= r.starts_at)
      and not exists (select from public.role_assignments o where o.account_id = r.account_id and o.role = 'rgc'
        and o.starts_at <= at and (o.ends_at is null or o.ends_at > at));
  update public.role_assignments r set ended_by_deed = null,
      ends_at = (select min(e.rights_end_at) from public.rgc_events e where e.account_id = r.account_id
        and e.declared_at >= r.starts_at and e.withdrawn_at is null)
    where r.ended_by_deed = of_deed and r.ends_at > at;
  update public.role_assignments r set ends_at = greatest(at, r.starts_at), ended_by_deed = of_deed
    where r.organisation_id = own and r.role = 'rgc' and (r.ends_at is null or r.ends_at > at)
      and exists (select from public.rgc_members m where m.deed_id = of_deed and m.account_id = r.account_id)
      and not ctx.stands_on_deed(r.account_id, at);
end $$;
select pg_temp.as_definer('ctx.undo_rgc_deed(uuid, uuid, text, timestamptz)');

-- What an answer does to the roles. Accepted before its month is over, the deed ends at once those it lets go; refused,
-- it is undone.
-- Nothing once the convention is over.
create or replace function settle_rgc_roles(of_deed uuid)
returns void language plpgsql security definer set search_path = '' as $$
declare said text; own uuid; convention uuid; at timestamptz := date_trunc('milliseconds', ctx.clock());
begin
  select x.kind, d.organisation_id, d.convention_id into said, own, convention from public.rgc_decisions x
    join public.rgc_deeds d on d.id = x.deed_id where x.deed_id = of_deed and x.decided_by = ctx.account();
  if not ctx.ok() or not ctx.officer_for(own) or said is null
    or ctx.convention_over(convention, at) then return; end if;
  if said = 'acceptation' then
    update public.role_assignments r set ends_at = greatest(at, r.starts_at) where r.ended_by_deed = of_deed
      and r.ends_at > at;
    return;
  end if;
  perform ctx.undo_rgc_deed(of_deed, own, 'Acte d’engagement suivant refusé', at);
end $$;
select pg_temp.as_definer('settle_rgc_roles(uuid)', 'cc_web');

/*
 * The structure's signatory contests a deed that the operator entered in its name: it never counted from then on, and
 * what it had done is undone (AGR-13). Refused already, or once its convention is over, it is not contested. False: it
 * is not, or not by this viewer.
 */
create or replace function contest_rgc_deed(of_deed uuid, why text)
returns boolean language plpgsql security definer set search_path = '' as $$
declare d public.rgc_deeds; at timestamptz := date_trunc('milliseconds', ctx.clock());
begin
  if not ctx.ok() or not ctx.holds_role('signataire') then return false; end if;
  select * into d from public.rgc_deeds x where x.id = of_deed and x.organisation_id = ctx.organisation()
    and x.paper_signed_on is not null and x.sent_at is not null and x.contested_at is null for update;
  if not found or ctx.convention_over(d.convention_id, at)
    or exists (select from public.accounts a where a.id = d.created_by and a.organisation_id = d.organisation_id)
    or exists (select from public.rgc_decisions x where x.deed_id = d.id
      and x.kind = 'refus') then return false; end if;
  update public.rgc_deeds x
    set contested_at = greatest(at, x.sent_at), contested_by = ctx.account(), contest_reason = why where x.id = d.id;
  perform ctx.undo_rgc_deed(d.id, d.organisation_id, 'Acte d’engagement suivant contesté', at);
  return true;
end $$;
select pg_temp.as_definer('contest_rgc_deed(uuid, text)', 'cc_web');

-- Ends the role on the day declared, never before now: an event or a revocation of the viewer's own structure, or an
-- event that the operator just entered as received.
create or replace function end_rgc_role(of_account uuid, ends timestamptz)
returns int language plpgsql security definer set search_path = '' as $$
declare at timestamptz := date_trunc('milliseconds', ctx.clock()); n int; -- as the application reads it
begin
  if not ctx.ok() then return 0; end if;
  update public.role_assignments r set ends_at = greatest(ends, at, r.starts_at) where r.account_id = of_account
    and r.role = 'rgc'
    and (r.organisation_id = ctx.organisation() and ctx.proposes_deeds() or ctx.receives_papers_of(r.organisation_id)
      and exists (select from public.rgc_events e
      where e.account_id = of_account and e.received_on is not null and e.declared_by = ctx.account()
        and e.xmin = pg_current_xact_id()::xid))
    and r.starts_at <= greatest(ends, at) and (r.ends_at is null or r.ends_at > greatest(ends, at));
  get diagnostics n = row_count;
  return n;
end $$;
select pg_temp.as_definer('end_rgc_role(uuid, timestamptz)', 'cc_web');

-- The declaration just made ends what was noted of the person: the regional direction does not read the notes.
create or replace function settle_rgc_known(of_event uuid)
returns int language plpgsql security definer set search_path = '' as $$
declare n int;
begin
  if not ctx.ok() then return 0; end if;
  update public.rgc_known_events k set declared_as = e.id from public.rgc_events e
    where e.id = of_event and e.declared_by = ctx.account() and e.xmin = pg_current_xact_id()::xid
      and k.account_id = e.account_id and k.withdrawn_at is null and k.declared_as is null;
  get diagnostics n = row_count;
  return n;
end $$;
select pg_temp.as_definer('settle_rgc_known(uuid)', 'cc_web');

-- The grants end with the last day that a departure declares (ACC-6), at that midnight, whether or not a job runs; then
-- ctx.end_departed ends the account itself. Its end date stays: until that day it is permanent staff. Only by an event
-- just declared.
-- A last day already gone ends them now: they stood until the declaration, and the past says so.
create or replace function end_rgc_access(of_event uuid)
returns date language plpgsql security definer set search_path = '' as $$
declare e public.rgc_events; today date := ctx.paris_day(ctx.clock());
begin
  if not ctx.ok() then return null; end if;
  select * into e from public.rgc_events x where x.id = of_event and x.ends_account and x.declared_by = ctx.account()
    and x.xmin = pg_current_xact_id()::xid;
  if not found then return null; end if;
  insert into public.rgc_event_cuts (event_id, grant_id, ends_on, at_once)
    select e.id, g.id, g.ends_on, g.starts_on > e.last_day or e.last_day < today from public.grants g
    where g.account_id = e.account_id and g.revoked_at is null
      and (g.starts_on > e.last_day or e.last_day < today and (g.ends_on is null or g.ends_on >= today)
        or e.last_day >= today and (g.ends_on is null or g.ends_on > e.last_day));
  update public.grants g set revoked_at = ctx.clock(), revoked_by = ctx.account(), revoke_reason = 'Départ déclaré'
    where g.account_id = e.account_id and g.revoked_at is null
    and (g.starts_on > e.last_day or e.last_day < today and (g.ends_on is null or g.ends_on >= today));
  update public.grants g set ends_on = e.last_day where g.account_id = e.account_id and g.revoked_at is null
    and e.last_day >= today and (g.ends_on is null or g.ends_on > e.last_day);
  return e.last_day;
end $$;
select pg_temp.as_definer('end_rgc_access(uuid)', 'cc_web');

-- Who takes back what was declared of an account manager: the structure, save the person it is about unless they
-- declared it; and the operator, what it entered: its security officer, and who of the regional direction entered it
-- (RGC-6, AGR-13). The SQL twin of mayTakeBack in server/people-and-rights/rgc/rgc.policy.ts.
create or replace function ctx.takes_back(of_event uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.rgc_events e where e.id = of_event
    and (e.received_on is not null and (ctx.officer_for(e.organisation_id) or ctx.receives_papers_of(e.organisation_id)
      and e.declared_by = ctx.account())
      or e.organisation_id = ctx.organisation() and ctx.proposes_deeds()
      and (e.account_id <> ctx.account() or e.declared_by = ctx.account())));
end $$;
select pg_temp.as_definer('ctx.takes_back(uuid)', 'cc_web');

/*
 * Takes back a departure or an absence, and gives back what it cut, as far as nothing else ends it since: the role,
 * where a deed in force still names the person; the account, within thirty days of its end; the grants that still run.
 * Those that ended wait to be given back one by one, checked as any. To an account that somebody else ended meanwhile,
 * nothing. Says what came back, or why nothing does. Null:
 * it is not the viewer's to take back.
 */
create or replace function take_back_rgc_event(of_event uuid, why text)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  e public.rgc_events; at timestamptz := date_trunc('milliseconds', ctx.clock()); today date := ctx.paris_day(at);
  restored jsonb; roles int; again int; given int; waiting int; asleep int;
begin
  if not ctx.ok() or not ctx.takes_back(of_event) then return null; end if;
  select * into e from public.rgc_events x where x.id = of_event for update;
  if e.withdrawn_at is not null then return jsonb_build_object('refused', 'rgc/event-taken-back'); end if;
  update public.rgc_events x set withdrawn_at = greatest(at, x.declared_at), withdrawn_by = ctx.account(),
    withdrawal_reason = why where x.id = e.id;
  -- The account that this departure ended, and nothing else.
  if e.ends_account and exists (select from public.departed_people d where d.account_id = e.account_id
    and d.left_at >= e.rights_end_at and d.recorded_by = e.declared_by) then
    restored := ctx.restore_account(e.account_id);
    if restored ? 'refused' then return restored; end if;
  end if;
  -- Somebody else ended the account meanwhile: nothing comes back to it.
  if exists (select from public.accounts a where a.id = e.account_id and a.status = 'deleted') then
    return jsonb_build_object('role', false, 'account', false, 'grants', 0, 'waiting', 0);
  end if;

  -- A role that still runs ends as the others say; one that ended starts again.
  update public.role_assignments r set ends_at = least(d.silence_accepts_at, s.leaves)
    from public.role_assignments x left join public.rgc_deeds d on d.id = x.ended_by_deed
    cross join lateral (select min(o.rights_end_at) as leaves from public.rgc_events o where o.account_id = x.account_id
      and o.declared_at >= x.starts_at and o.withdrawn_at is null) s
    where x.id = r.id and r.account_id = e.account_id and r.organisation_id = e.organisation_id and r.role = 'rgc'
      and r.ends_at = e.rights_end_at and r.ends_at > at;
  get diagnostics roles = row_count;
  insert into public.role_assignments (id, account_id, organisation_id, role, starts_at, ends_at, assigned_by, reason)
    select gen_random_uuid(), r.account_id, r.organisation_id, 'rgc', at, s.leaves, r.assigned_by,
      'Départ ou absence déclarés par erreur' from public.role_assignments r
    cross join lateral (select min(o.rights_end_at) as leaves from public.rgc_events o where o.account_id = r.account_id
      and o.declared_at >= r.starts_at and o.withdrawn_at is null) s
    where r.account_id = e.account_id and r.organisation_id = e.organisation_id and r.role = 'rgc'
      and r.ended_by_deed is null and r.ends_at = e.rights_end_at and r.ends_at <= at
      and (s.leaves is null or s.leaves > at) and ctx.stands_on_deed(r.account_id, at)
      and not exists (select from public.rgc_revocations v where v.account_id = r.account_id
        and v.made_at >= r.starts_at)
      and not exists (select from public.role_assignments o where o.account_id = r.account_id and o.role = 'rgc'
        and o.starts_at <= at and (o.ends_at is null or o.ends_at > at));
  get diagnostics again = row_count;

  -- What another departure cut since had this one's end: it has the former one.
  update public.rgc_event_cuts o set ends_on = c.ends_on from public.rgc_event_cuts c
    where c.event_id = e.id and not c.at_once and o.grant_id = c.grant_id and o.event_id <> e.id
      and o.ends_on = e.last_day;
  update public.grants g set ends_on = least(c.ends_on, s.leaves)
    from public.rgc_event_cuts c
    cross join (select min(o.last_day) as leaves from public.rgc_events o where o.account_id = e.account_id
      and o.ends_account and o.withdrawn_at is null) s
    where c.event_id = e.id and c.grant_id = g.id and not c.at_once and g.revoked_at is null and g.ends_on = e.last_day
      and e.last_day >= today;
  get diagnostics given = row_count;
  update public.grants g set ends_on = c.ends_on, revoked_at = e.rights_end_at, revoked_by = e.declared_by,
    revoke_reason = 'Départ déclaré', suspended = true
    from public.rgc_event_cuts c where c.event_id = e.id and c.grant_id = g.id and not c.at_once
      and g.revoked_at is null and g.ends_on = e.last_day and e.last_day < today;
  get diagnostics waiting = row_count;
  update public.grants g set suspended = true
    from public.rgc_event_cuts c where c.event_id = e.id and c.grant_id = g.id and c.at_once
      and g.revoke_reason = 'Départ déclaré' and not g.suspended;
  get diagnostics asleep = row_count;
  return jsonb_build_object('role', roles + again > 0, 'account', restored is not null, 'grants', given, 'waiting',
    waiting + asleep + coalesce((restored ->> 'grants')::int, 0));
end $$;
select pg_temp.as_definer('take_back_rgc_event(uuid, text)', 'cc_web');

-- Known and not declared, of account managers in place: what somebody noted. One a person.
create or replace function ctx.rgc_undeclared(of_organisation uuid, at timestamptz)
returns table (id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date,
  noted_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select k.id, k.account_id, k.organisation_id, k.kind, k.known_on, k.known_on + 8, k.noted_at
    from public.rgc_known_events k where k.organisation_id = coalesce(of_organisation, k.organisation_id)
      and k.withdrawn_at is null and k.declared_as is null and k.noted_at <= at
      and k.account_id in (select ctx.rgc_in_place(k.organisation_id, at));
end $$;
select pg_temp.as_definer('ctx.rgc_undeclared(uuid, timestamptz)');

-- One's own structure's, for who may declare; every structure's, for who oversees.
create or replace function rgc_undeclared(of_organisation uuid)
returns table (id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date,
  noted_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  return query select * from ctx.rgc_undeclared(of_organisation, ctx.clock()) u where ctx.oversees(u.organisation_id)
    or ctx.proposes_deeds() and u.organisation_id = ctx.organisation();
end $$;
select pg_temp.as_definer('rgc_undeclared(uuid)', 'cc_web');

-- Account managers in place without an act for two months, and of whom nothing is noted: a question to their structure,
-- with the day from which it is asked (RGC-6). An answer puts it off by as much.
create or replace function ctx.rgc_unseen(of_organisation uuid, at timestamptz)
returns table (account_id uuid, organisation_id uuid, since date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select m.account_id, m.organisation_id, d.since
    from (select o.id as organisation_id, p.id as account_id from public.organisations o
      cross join lateral ctx.rgc_in_place(o.id, at) p (id)
      where o.kind <> 'operateur' and o.id = coalesce(of_organisation, o.id)
        and exists (select from public.role_assignments r where r.organisation_id = o.id and r.role = 'rgc')) m
    cross join lateral (select (ctx.paris_day(greatest(ctx.inactivity_from(m.account_id, at), (select max(s.said_at)
      from public.rgc_presences s where s.account_id = m.account_id
      and s.said_at <= at))) + interval '2 months')::date + 1 as since) d
    where ctx.inactivity_from(m.account_id, at) is not null and ctx.paris_day(at) >= d.since
      and ctx.in_force(m.organisation_id, at)
      and not exists (select from ctx.rgc_undeclared(m.organisation_id, at) k where k.account_id = m.account_id);
end $$;
select pg_temp.as_definer('ctx.rgc_unseen(uuid, timestamptz)');

-- To who answers for the structure, and to who oversees.
create or replace function rgc_unseen(of_organisation uuid)
returns table (account_id uuid, organisation_id uuid, since date)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() then return; end if;
  -- As it stands at this very instant: another may have answered while this transaction waited, after it had begun.
  return query select * from ctx.rgc_unseen(of_organisation, ctx.clock() + (clock_timestamp() - now())) u
    where ctx.oversees(u.organisation_id) or ctx.proposes_deeds() and u.organisation_id = ctx.organisation();
end $$;
select pg_temp.as_definer('rgc_unseen(uuid)', 'cc_web');

-- Notes what is to be told today and says it: the step that is reached, not those that a job dead for days missed; and
-- the questions, each once. In the caller's transaction, with the mails.
create or replace function ctx.rgc_event_reminders(at timestamptz)
returns table (account_id uuid, organisation_id uuid, kind text, declare_by date, step text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare today date := ctx.paris_day(at);
begin
  return query
    with due (account_id, organisation_id, kind, declare_by, step) as (
      select u.account_id, u.organisation_id, u.kind, u.declare_by, case when today > u.declare_by then 'late'
        when today = u.declare_by then 'last-day' when today >= u.declare_by - 3 then 'three-days' else 'known' end
      from ctx.rgc_undeclared(null, at) u
      union all
      select q.account_id, q.organisation_id, null, q.since, 'question' from ctx.rgc_unseen(null, at) q),
    told as (
      insert into public.rgc_event_reminders as r (account_id, organisation_id, declare_by, step, told_at)
      select d.account_id, d.organisation_id, d.declare_by, d.step, at from due d
        on conflict do nothing returning r.account_id, r.declare_by, r.step)
    select d.account_id, d.organisation_id, d.kind, d.declare_by, d.step from told t
      join due d on d.account_id = t.account_id and d.declare_by = t.declare_by and d.step = t.step;
end $$;
select pg_temp.as_definer('ctx.rgc_event_reminders(timestamptz)', 'cc_worker');

-- Under a convention that began and has nobody to manage its accounts, told of by nobody since: the structures, with
-- their names (RGC-8).
create or replace function ctx.begun_without_rgc(at timestamptz)
returns table (organisation_id uuid, name text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select o.id, o.name from public.conventions c join public.organisations o on o.id = c.organisation_id
    and o.kind <> 'operateur'
    where c.effective_from <= at and (c.ends_at is null or c.ends_at > at)
      and not exists (select from ctx.rgc_in_place(o.id, at))
      and not exists (select from public.mails m where m.kind = 'rgc-nobody-left' and m.about_kind = 'organisation'
        and m.about_id = o.id::text and m.created_at >= c.effective_from)
    order by c.effective_from, o.id;
end $$;
select pg_temp.as_definer('ctx.begun_without_rgc(timestamptz)', 'cc_worker');

/*
 * Under a convention in force, designated and unable to act for so many days, told of by nobody under that convention:
 * the structures, and what those in place lack (RGC-8). Shut on each of these days, so that a gate that opened
 * meanwhile counts anew.
 */
create or replace function ctx.gates_shut(days int, at timestamptz)
returns table (organisation_id uuid, name text, missing text[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    with gates as (
      select o.id, o.name, c.effective_from from public.conventions c
      join public.organisations o on o.id = c.organisation_id and o.kind <> 'operateur'
      where c.effective_from <= at - days * interval '1 day' and (c.ends_at is null or c.ends_at > at)
        and not exists (select from public.mails m where m.kind = 'rgc-gate-shut' and m.about_kind = 'organisation'
          and m.about_id = o.id::text and m.created_at >= c.effective_from))
    select g.id, g.name, (select array_agg(distinct t.term order by t.term) from ctx.rgc_in_place(g.id, at) p (id)
      cross join lateral unnest(ctx.rgc_missing(p.id, at)) t (term))
    from gates g
    where not exists (
      select from generate_series(0, days) k (n)
      where not exists (select from ctx.rgc_in_place(g.id, at - k.n * interval '1 day'))
        or exists (select from ctx.rgc_in_place(g.id, at - k.n * interval '1 day') p (id)
          where ctx.rgc_missing(p.id, at - k.n * interval '1 day') = '{}'))
    order by g.id;
end $$;
select pg_temp.as_definer('ctx.gates_shut(int, timestamptz)', 'cc_worker');

-- The convention is that partner's. For a policy whose viewer answers for account managers, and need not read
-- conventions.
create or replace function ctx.is_convention_of(of_convention uuid, of_organisation uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.ok() and exists (select from public.conventions c where c.id = of_convention
    and c.organisation_id = of_organisation);
end $$;
select pg_temp.as_definer('ctx.is_convention_of(uuid, uuid)', 'cc_web');
