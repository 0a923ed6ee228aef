/*
 * As before; and a role ends with its holder's contract (ACC-1), as grants do. Not those without which nobody lifts a block or gives a role back: whoever ends them says so (npm run admin -- end-role).
 */
create or replace function ctx.effective_roles(of_account uuid, at timestamptz) returns table (role text, region_id int) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select r.role, r.region_id from public.role_assignments r
    join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
    join public.organisations o on o.id = a.organisation_id
    where r.account_id = of_account and r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
      and (o.kind = 'operateur' or r.role not in ('cssi', 'direction-regionale', 'support', 'administrateur'))
      and (a.contract_ends_on is null or a.contract_ends_on >= ctx.paris_day(at) or r.role in ('cssi', 'administrateur'))
      and not exists (select from public.account_blocks b where b.account_id = a.id and (b.cuts = 'account' or b.cuts = 'rgc' and r.role = 'rgc') and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at))
      and case when r.role <> 'rgc' then true when o.kind = 'operateur' then ctx.accepted(a.id, 'cgu', null, at) else ctx.rgc_missing(a.id, at) = '{}' end;
end $$;
