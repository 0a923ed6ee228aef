/*
 * The operator's exceptional acts (ACC-10, RGC-7) are of one shape, whatever they cut: the whole account, one grant, or the management of accounts of one RGC. Each has its
 * reason and its incident, and is undone with a reason: nothing is ended, so that everything comes back as it was. A cut grant stays so under another profile, or given
 * again over the same perimeter, until it is lifted.
 */
alter table account_blocks add column cuts text not null default 'account' check (cuts in ('account', 'grant', 'rgc'));
alter table account_blocks add column grant_id uuid references grants;
alter table account_blocks add check ((cuts = 'grant') = (grant_id is not null));
alter table account_blocks add check (cuts = 'account' or cause = 'exceptional');
drop index account_blocks_open;
create unique index account_blocks_open on account_blocks (account_id, cause, cuts, grant_id) nulls not distinct where lifted_at is null;

-- As before; and a grant is that person's own. Who decides for an account manager, failing another, reads what was cut.
alter policy block on account_blocks with check ((select ctx.ok()) and (select ctx.holds_role('cssi')) and cause = 'exceptional' and blocked_by = (select ctx.account()) and account_id <> (select ctx.account()) and lifted_at is null
  and (grant_id is null or exists (select from grants g where g.id = grant_id and g.account_id = account_blocks.account_id)));
alter policy read on account_blocks using ((select ctx.ok()) and (account_id = (select ctx.account()) or ((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire'))) and organisation_id = (select ctx.organisation()) or (select ctx.oversees())));

create or replace function ctx.block_suspect(of_account uuid, why text, at timestamptz) returns table (block_id uuid, organisation_id uuid) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare block uuid := gen_random_uuid(); entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16); said jsonb; a record;
begin
  select x.id, x.organisation_id into a from public.accounts x where x.id = of_account;
  if not found then return; end if;
  insert into public.account_blocks (id, account_id, organisation_id, cause, reason, blocked_at) values (block, a.id, a.organisation_id, 'suspect-use', why, at) on conflict (account_id, cause, cuts, grant_id) where lifted_at is null do nothing;
  if not found then return; end if;
  said := jsonb_build_object('block', block, 'why', why);
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest) values (entry, at, null, a.organisation_id, 'account.blocked-for-suspect-use', 'account', a.id::text, '', '', public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  return query select block, a.organisation_id;
end $$;

create or replace function ctx.held_grants(of_account uuid, at timestamptz)
returns table (grant_id uuid, tool text, profile text, territory_id int, agency_id uuid, reason text, starts_on date, ends_on date, missing text[])
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  today date := ctx.paris_day(at);
  a record;
  to_all text[];
  unaccepted text[]; -- the texts in force and not accepted: the kind, or the tool of a CPU
begin
  select x.id, x.organisation_id, s.status, s.contract_ends_on, x.created_at, o.kind into a from public.accounts x join public.organisations o on o.id = x.organisation_id
    cross join lateral (select k.status, k.contract_ends_on from public.account_states k where k.account_id = x.id and k.from_at <= at order by k.from_at desc limit 1) s where x.id = of_account;
  if not found then return; end if;
  select coalesce(array_agg(coalesce(d.tool, d.kind)), '{}') into unaccepted
    from (select distinct on (d.kind, d.tool) d.id, d.kind, d.tool from public.documents d where d.in_force_from <= at order by d.kind, d.tool, d.in_force_from desc) d
    where not exists (select from public.acceptances x where x.account_id = a.id and x.document_id = d.id and x.accepted_at <= at);
  to_all := array_remove(array[
    case when a.status <> 'active' then 'account' end,
    case when exists (select from public.account_blocks b where b.account_id = a.id and b.cuts = 'account' and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)) then 'block' end,
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
      case when not exists (select from public.annex_4_tools t where t.tool = g.tool and t.in_force_from <= at and (t.in_force_until is null or t.in_force_until > at)) then 'annex-4' end,
      case when g.tool = any (unaccepted) then 'cpu' end,
      case when not 'block' = any (to_all) and exists (select from public.account_blocks b join public.grants c on c.id = b.grant_id where b.account_id = a.id and b.cuts = 'grant' and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)
        and c.tool = g.tool and c.territory_id is not distinct from g.territory_id and c.agency_id is not distinct from g.agency_id) then 'block' end], null) as lacks) t
    where g.account_id = a.id and g.organisation_id = a.organisation_id and g.granted_at <= at and (g.revoked_at is null or g.revoked_at > at) and g.starts_on <= today and (g.ends_on is null or g.ends_on >= today);
end $$;

create or replace function ctx.rgc_missing(of_account uuid, at timestamptz) returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  return (select array_remove(array[
    case when not ctx.in_force(a.organisation_id, at) then 'convention' end,
    case when not ctx.stands_on_deed(a.id, at) then 'deed' end,
    case when not exists (select from public.rgc_certificates c where c.account_id = a.id and c.recorded_at <= at) then 'certificate' end,
    case when not ctx.accepted(a.id, 'cgu', null, at) then 'cgu' end,
    case when not exists (select from public.second_factors f where f.account_id = a.id)
      and not exists (select from public.sessions s where s.account_id = a.id and s.second_factor is not null) then 'second-factor' end,
    case when exists (select from public.account_blocks b where b.account_id = a.id and b.cuts in ('account', 'rgc') and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)) then 'block' end], null)
    from public.accounts a where a.id = of_account);
end $$;

create or replace function ctx.effective_roles(of_account uuid, at timestamptz) returns table (role text, region_id int) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select r.role, r.region_id from public.role_assignments r
    join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
    join public.organisations o on o.id = a.organisation_id
    where r.account_id = of_account and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
      and (o.kind = 'operateur' or r.role not in ('cssi', 'direction-regionale', 'support', 'administrateur'))
      and not exists (select from public.account_blocks b where b.account_id = a.id and (b.cuts = 'account' or b.cuts = 'rgc' and r.role = 'rgc') and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at))
      and case when r.role <> 'rgc' then true when o.kind = 'operateur' then ctx.accepted(a.id, 'cgu', null, at) else ctx.rgc_missing(a.id, at) = '{}' end;
end $$;
