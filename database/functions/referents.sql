-- Referents of employers (EST-3).

/*
 * Whether the referent still works there: an active account that may record with the establishment, as colleagues_at
 * says. Told to whoever reads the card there, and never why not.
 */
create or replace function referent_in_post(of_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.referents f
    join public.accounts a on a.id = f.account_id and a.organisation_id = f.organisation_id and a.status = 'active'
    cross join lateral (select bool_or(g.tool = 'campagnes'
      and ctx.rank(g.profile) >= 2) as records, bool_or(g.tool = 'fiche-etablissement') as reads
      from ctx.effective_grants(a.id, ctx.paris_day(ctx.clock())) g
      where g.territory_id in (0, f.region_id, f.departement_id, f.epci_id, f.clpe_id)) r
    where f.id = of_id and (select ctx.ok())
      and ctx.covers((select ctx.fiche()), f.region_id, f.departement_id, f.epci_id, f.clpe_id)
      and r.records and r.reads);
end $$;
select pg_temp.as_definer('referent_in_post(uuid)', 'cc_web');
