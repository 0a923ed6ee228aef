/* Leads colleagues: responsable or more of the tool campagnes, somewhere. Names of who uses the tools go no further (CAM-8). The SQL twin of mayNameColleagues. */
create function ctx.leads_colleagues() returns boolean language sql stable security definer set search_path = '' as $$
  select (select ctx.ok()) and exists (
    select from ctx.effective_grants((select ctx.account()), (now() at time zone 'Europe/Paris')::date) g where g.tool = 'campagnes' and ctx.rank(g.profile) >= 3)
$$;
alter function ctx.leads_colleagues() owner to cc_definer;
revoke all on function ctx.leads_colleagues() from public;
grant execute on function ctx.leads_colleagues() to cc_web;
