-- A second person (ACC-4, SEC-2): a grant over a region or the whole country, and an account whose address is of a domain that the structure does not know,
-- open nothing before another account manager, or the signatory, confirms them.

create table confirmations (
  id uuid primary key,
  account_id uuid not null,
  organisation_id uuid not null references organisations,
  grant_id uuid references grants, -- null: the account itself
  why text not null check (why in ('wide-perimeter', 'unknown-domain')),
  asked_by uuid not null references accounts, -- who gave the grant, or opened the account
  asked_at timestamptz not null,
  settled_at timestamptz check (settled_at >= asked_at),
  settled_by uuid references accounts,
  outcome text check (outcome in ('confirmed', 'refused')),
  reason text check (length(reason) between 1 and 300),
  foreign key (account_id, organisation_id) references accounts (id, organisation_id),
  check (num_nonnulls(settled_at, settled_by, outcome, reason) in (0, 4)),
  check ((grant_id is null) = (why = 'unknown-domain')),
  constraint settled_by_another check (settled_by <> asked_by and settled_by <> account_id)
);
create unique index confirmations_grant on confirmations (grant_id) where grant_id is not null;
create unique index confirmations_account on confirmations (account_id) where grant_id is null;
create index confirmations_waiting on confirmations (organisation_id, asked_at) where settled_at is null;
grant select, insert, update on confirmations to cc_definer;
grant update on grants to cc_definer;

/*
 * Whatever the application forgets: a grant that someone at work gives over a region or the whole country waits. One that follows another of the same person, tool and
 * territory at the same instant, with no larger profile nor later end, goes on as that one did.
 */
create function ctx.ask_second_for_grant() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then return null; end if;
  if not exists (select from public.territories t where t.kind in ('national', 'region')
    and (t.id = new.territory_id or t.id in (select y.territory_id from public.agency_territories y where y.agency_id = new.agency_id))) then return null; end if;
  if exists (select from public.grants r where r.id = new.replaces and r.account_id = new.account_id and r.tool = new.tool and r.territory_id = new.territory_id and ctx.rank(r.profile) >= ctx.rank(new.profile)
      and coalesce(r.ends_on, 'infinity') >= coalesce(new.ends_on, 'infinity') and r.revoked_at = ctx.clock()
      and not exists (select from public.confirmations c where c.grant_id = r.id and c.outcome is distinct from 'confirmed')) then return null; end if;
  insert into public.confirmations (id, account_id, organisation_id, grant_id, why, asked_by, asked_at) values (gen_random_uuid(), new.account_id, new.organisation_id, new.id, 'wide-perimeter', new.granted_by, ctx.clock());
  return null;
end $$;
create trigger ask_second after insert on grants for each row execute function ctx.ask_second_for_grant();

-- Likewise an account that someone opens in their own structure, with an address whose domain no confirmed account of the structure has.
create function ctx.ask_second_for_account() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() then return null; end if;
  insert into public.confirmations (id, account_id, organisation_id, why, asked_by, asked_at)
    select gen_random_uuid(), a.account_id, a.organisation_id, 'unknown-domain', ctx.account(), ctx.clock() from added a
    where a.organisation_id = ctx.organisation() and not exists (select from public.account_contacts k
      where k.organisation_id = a.organisation_id and split_part(k.email, '@', 2) = split_part(a.email, '@', 2) and k.account_id not in (select x.account_id from added x)
        and not exists (select from public.confirmations c where c.account_id = k.account_id and c.grant_id is null and c.outcome is distinct from 'confirmed'))
    on conflict do nothing;
  return null;
end $$;
create trigger ask_second after insert on account_contacts referencing new table as added for each statement execute function ctx.ask_second_for_account();

/*
 * What the viewer may confirm or refuse: in their structure, as its account manager or signatory, never what they did themselves nor what is for them.
 * The SQL twin of maySettle in server/confirmations/confirmations.policy.ts.
 */
create function ctx.confirmable() returns setof uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.ok() or not (ctx.holds_role('rgc') or ctx.holds_role('signataire')) then return; end if;
  return query select c.id from public.confirmations c join public.accounts a on a.id = c.account_id left join public.grants g on g.id = c.grant_id
    where c.organisation_id = ctx.organisation() and c.settled_at is null and c.asked_by <> ctx.account() and c.account_id <> ctx.account()
      and a.status <> 'deleted' and (g.id is null or g.revoked_at is null and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock())));
end $$;

-- Settles one; refused, the grant ends or the account is suspended. False: it was settled already, or is not this viewer's to settle.
create function ctx.settle_confirmation(of_confirmation uuid, said text, because text) returns boolean language plpgsql security definer set search_path = '' as $$
declare c record; at timestamptz := ctx.clock();
begin
  perform from public.confirmations x where x.id = of_confirmation for update;
  if of_confirmation not in (select ctx.confirmable()) then return false; end if;
  update public.confirmations x set settled_at = greatest(at, x.asked_at), settled_by = ctx.account(), outcome = said, reason = because where x.id = of_confirmation returning x.account_id, x.grant_id into c;
  if said = 'refused' and c.grant_id is not null then
    update public.grants g set revoked_at = greatest(at, g.granted_at), revoked_by = ctx.account(), revoke_reason = because where g.id = c.grant_id and g.revoked_at is null;
  elsif said = 'refused' then
    update public.accounts a set status = 'suspended', status_reason = because, version = a.version + 1 where a.id = c.account_id and a.status = 'active';
    update public.sessions s set ended_at = at, id_token = null where s.account_id = c.account_id and s.ended_at is null;
  end if;
  return true;
end $$;

alter table confirmations enable row level security; alter table confirmations force row level security;
create policy owner on confirmations to cc_owner using (true) with check (true);
create policy read on confirmations for select to cc_web using ((select ctx.ok()) and (account_id = (select ctx.account()) or asked_by = (select ctx.account()) or (select ctx.oversees())
  or organisation_id = (select ctx.organisation()) and ((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire')))));
grant select on confirmations to cc_web;

/* As before; and what waits for a second person opens nothing: the account, or that grant. The SQL twin of heldGrants. */
create or replace function ctx.held_grants(of_account uuid, at timestamptz)
returns table (grant_id uuid, tool text, profile text, territory_id int, agency_id uuid, reason text, starts_on date, ends_on date, missing text[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  today date := ctx.paris_day(at);
  a record;
  to_all text[];
  unaccepted text[]; -- the texts in force and not accepted: the kind, or the tool of a CPU
  ceiling int[];
begin
  select x.id, x.organisation_id, s.status, s.contract_ends_on, x.created_at, o.kind into a from public.accounts x join public.organisations o on o.id = x.organisation_id
    cross join lateral (select k.status, k.contract_ends_on from public.account_states k where k.account_id = x.id and k.from_at <= at order by k.from_at desc limit 1) s where x.id = of_account;
  if not found then return; end if;
  ceiling := ctx.ceiling(a.organisation_id, at);
  select coalesce(array_agg(coalesce(d.tool, d.kind)), '{}') into unaccepted
    from (select distinct on (d.kind, d.tool) d.id, d.kind, d.tool from public.documents d where d.in_force_from <= at order by d.kind, d.tool, d.in_force_from desc) d
    where not exists (select from public.acceptances x where x.account_id = a.id and x.document_id = d.id and x.accepted_at <= at);
  to_all := array_remove(array[
    case when a.status <> 'active' then 'account' end,
    case when exists (select from public.account_blocks b where b.account_id = a.id and b.cuts = 'account' and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)) then 'block' end,
    case when exists (select from public.confirmations c where c.account_id = a.id and c.grant_id is null and c.asked_at <= at and (c.outcome is distinct from 'confirmed' or c.settled_at > at)) then 'confirmation' end,
    case when a.kind <> 'operateur' and not ctx.in_force(a.organisation_id, at) then 'convention' end,
    case when a.contract_ends_on < today then 'contract' end,
    case when ctx.inactive_at(a.id, at) then 'inactivity' end,
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
      case when not 'confirmation' = any (to_all) and exists (select from public.confirmations c where c.grant_id = g.id and c.asked_at <= at and (c.outcome is distinct from 'confirmed' or c.settled_at > at)) then 'confirmation' end,
      case when not ctx.perimeter_within(g.territory_id, g.agency_id, ceiling) then 'perimeter' end,
      case when not exists (select from public.annex_4_tools t where t.tool = g.tool and t.in_force_from <= at and (t.in_force_until is null or t.in_force_until > at)) then 'annex-4' end,
      case when g.tool = any (unaccepted) then 'cpu' end,
      case when not 'block' = any (to_all) and exists (select from public.account_blocks b join public.grants c on c.id = b.grant_id where b.account_id = a.id and b.cuts = 'grant' and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)
        and c.tool = g.tool and c.territory_id is not distinct from g.territory_id and c.agency_id is not distinct from g.agency_id) then 'block' end], null) as lacks) t
    where g.account_id = a.id and g.organisation_id = a.organisation_id and g.granted_at <= at and (g.revoked_at is null or g.revoked_at > at) and g.starts_on <= today and (g.ends_on is null or g.ends_on >= today);
end $$;

do $$ declare f text; begin
  foreach f in array array['ctx.ask_second_for_grant()', 'ctx.ask_second_for_account()', 'ctx.confirmable()', 'ctx.settle_confirmation(uuid, text, text)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function ctx.confirmable(), ctx.settle_confirmation(uuid, text, text) to cc_web;
