/*
 * The people of the viewer's own organisation who may record with an establishment of these territories, on that day: what mayRecord says of oneself, of the others.
 * Rights in effect depend on more than one may read of them (blocks, conditions accepted): only who may is answered, never what another lacks.
 */
create function colleagues_at(region int, departement int, epci int, clpe int, on_day date) returns setof uuid language sql stable security definer set search_path = '' as $$
  select a.id from public.accounts a
  where (select ctx.ok()) and a.organisation_id = (select ctx.organisation()) and a.status = 'active'
    and exists (select from public.grants g where g.account_id = a.id and g.organisation_id = a.organisation_id and g.tool = 'campagnes' and g.revoked_at is null) -- most have none: rights are worked out for the others
    and exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'campagnes' and ctx.rank(g.profile) >= 2 and g.territory_id in (0, region, departement, epci, clpe))
    and exists (select from ctx.effective_grants(a.id, on_day) g where g.tool = 'fiche-etablissement' and g.territory_id in (0, region, departement, epci, clpe))
$$;
alter function colleagues_at(int, int, int, int, date) owner to cc_definer;
revoke all on function colleagues_at(int, int, int, int, date) from public;
grant execute on function colleagues_at(int, int, int, int, date) to cc_web;
