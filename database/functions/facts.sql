/*
 * What partners noted of establishments, as name, sign or switchboard, that answers a scoped query and that the
 * register alone does not answer, of the cards that the asker reads: the SQL twin of mayReadFacts, for row-level
 * security lets no index answer @@. Words of the town or the address may come from the register: `wanted` is any of the
 * words. At most 500 values of a department are looked at, and 1,000 in all, first of those with all the words: whoever
 * reads the whole country types a longer word.
 */
create or replace function noted_as(asked text, wanted text, territory int)
returns table (siret bigint, field text, value text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  own int[] := ctx.fiche();
begin
  if not ctx.ok() or not ctx.opens('renseignements') or own = '{}' then return; end if;
  return query with d as materialized (select o.other_id as id from public.territory_overlaps o
    where o.territory_id = any (own) and o.other_id between 2000 and 2999
        and (territory is null or exists (select from public.territory_overlaps t where t.territory_id = territory
          and t.other_id = o.other_id))
      union select null where 0 = any (own) and territory is null),
    f as (
      (select v.*, d.id as departement from d cross join lateral (select * from public.establishment_facts v
        where v.search @@ public.scoped_query(asked, d.id)
        and ctx.covers(own, v.region_id, v.departement_id, v.epci_id, v.clpe_id) limit 500) v limit 1000)
      union
      (select v.*, d.id from d cross join lateral (select * from public.establishment_facts v where wanted <> asked
        and v.search @@ public.scoped_query(wanted, d.id)
        and ctx.covers(own, v.region_id, v.departement_id, v.epci_id, v.clpe_id) limit 500) v limit 1000))
    select f.siret, f.field, f.value from f
    left join public.establishments e on e.siret = f.siret
    -- EST-4
    where coalesce(e.diffusion, 'O') <> 'N'
      and not coalesce(e.partial_diffusion and coalesce(e.natural_person, true), false)
      and f.search || coalesce(e.search, '') @@ public.scoped_query(asked, f.departement)
      and not coalesce(e.search, '') @@ public.scoped_query(asked, f.departement)
      and (territory is null or territory in (f.region_id, f.departement_id, f.epci_id, f.clpe_id));
end $$;
select pg_temp.as_definer('noted_as(text, text, int)', 'cc_web');
