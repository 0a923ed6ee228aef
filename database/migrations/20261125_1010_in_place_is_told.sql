-- A notice for a partner's account managers goes to those in place, as everywhere else counts them: a deed refused, or that still waits for an answer, makes nobody one. (20261125_0970 asked the role alone, of every structure before it kept two.)
create or replace function ctx.recipients_of(of_organisation uuid, of_region int, at timestamptz) returns table (party text, role text, account_id uuid, address text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  region int := coalesce(of_region, (select c.region_id from public.conventions c where c.organisation_id = of_organisation
    order by c.effective_from <= at and (c.ends_at is null or c.ends_at > at) desc nulls last, c.created_at desc limit 1), 0);
begin
  return query
    with contact as (
      select x.party, x.role, x.email from public.convention_contacts x
        where x.party = 'partenaire' and x.organisation_id = of_organisation and x.starts_at <= at and (x.ends_at is null or x.ends_at > at)
      union all
      select o.party, o.role, o.email from (select distinct on (x.role) x.party, x.role, x.email from public.convention_contacts x
        where x.party = 'operateur' and x.region_id in (region, 0) and x.starts_at <= at and (x.ends_at is null or x.ends_at > at) order by x.role, x.region_id desc) o)
    select c.party, c.role, a.id, case when a.id is null then lower(c.email) end
      from contact c left join public.account_contacts m on m.email = lower(c.email) left join public.accounts a on a.id = m.account_id and a.status = 'active'
    union
    select s.party, r.role, r.account_id, null
      from (select 'partenaire', o.id, o.kind from public.organisations o where o.id = of_organisation union all select 'operateur', o.id, o.kind from public.organisations o where o.kind = 'operateur') s (party, id, kind)
      join public.role_assignments r on r.organisation_id = s.id
      join public.accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
      where r.starts_at <= at and (r.ends_at is null or r.ends_at > at)
        and case when s.party = 'operateur' then r.role <> 'rgc' and (r.role <> 'direction-regionale' or r.region_id = region)
          when r.role = 'rgc' then s.kind = 'operateur' or ctx.stands_on_deed(r.account_id, at)
          else r.role not in ('cssi', 'direction-regionale', 'support', 'administrateur') end;
end $$;
