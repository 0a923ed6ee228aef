-- Agencies that close and reopen (ACC-13).

-- By an account manager of the structure, once no grant stands or comes on it and no request waits. Says why not. The
-- lock waits for grants being given, and they for it (ctx.keep_agency_open).
create or replace function ctx.close_agency(of_agency uuid, why text)
returns text language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.holds_role('rgc') then raise exception 'not for this viewer'
    using errcode = '42501'; end if;
  perform from public.agencies a where a.id = of_agency and a.organisation_id = ctx.organisation() for update;
  if not found then raise exception 'not for this viewer' using errcode = '42501'; end if;
  if exists (select from public.agencies a where a.id = of_agency and a.closed_at is not null) then
    return 'agency/closed'; end if;
  if exists (select from public.grants g where g.agency_id = of_agency and g.revoked_at is null
    and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock())))
    or exists (select from public.grant_requests r where r.agency_id = of_agency
      and r.decided_at is null) then return 'agency/in-use'; end if;
  update public.agencies a set closed_at = ctx.clock(), closed_by = ctx.account(), close_reason = why,
    version = a.version + 1 where a.id = of_agency;
  return null;
end $$;
select pg_temp.as_definer('ctx.close_agency(uuid, text)', 'cc_web');

create or replace function ctx.reopen_agency(of_agency uuid)
returns text language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.holds_role('rgc') then raise exception 'not for this viewer'
    using errcode = '42501'; end if;
  update public.agencies a set closed_at = null, closed_by = null, close_reason = null, version = a.version + 1
    where a.id = of_agency and a.organisation_id = ctx.organisation() and a.closed_at is not null;
  return case when found then null else 'agency/open' end;
end $$;
select pg_temp.as_definer('ctx.reopen_agency(uuid)', 'cc_web');

-- Whoever gives or asks for a right on an agency: it is open, and does not close meanwhile.
create or replace function ctx.keep_agency_open()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform from public.agencies a where a.id = new.agency_id and a.closed_at is null for key share;
  if not found then raise exception 'the agency is closed'
    using errcode = '23514', constraint = 'agency_closed'; end if;
  return new;
end $$;
select pg_temp.as_definer('ctx.keep_agency_open()');
