-- EST-14: what an employer is, and how large its company is, found through the index of the register. The table is written anew once,
-- with its indexes: the search waits meanwhile. An import that was under way begins again.
drop schema if exists register_build cascade;

-- From the register's legal category, four digits; its first ones say the family. The index rests on it. Unknown when there is none.
create function legal_nature(category text) returns text language sql immutable parallel safe
return case
  when category is null then 'unknown'
  when left(category, 1) in ('4', '7') then 'public'
  when left(category, 2) in ('92', '93') then 'association'
  when left(category, 1) in ('1', '5', '6') or left(category, 2) in ('22', '23') or category in ('3120', '3220') then 'company'
  else 'other' end;

-- The size as the rule of that day has it. Afterwards the imports write it (company_size in functions/register.sql).
create function pg_temp.size_of_unit(asked bigint, hidden boolean) returns text language sql stable as $$
  select case
    when hidden then null
    when size_category = 'GE' then 'large'
    when size_category = 'ETI' then 'eti'
    when headcount_band in ('00', '01', '02', '03') or coalesce(headcount_band, 'NN') = 'NN' and employer is false then 'tpe'
    when size_category = 'PME' then 'pme' end
  from public.legal_units where siren = asked
$$;

-- Null where the register does not say. Of the company, not of the establishment.
alter table establishments add column company_size text;

-- Both in one writing of the table. "=jp" is a public employer, "=tp" a PME; the last letter of both is "u" when it is unknown.
alter table establishments
  alter column company_size type text using pg_temp.size_of_unit(siren, diffusion = 'N'
    or (diffusion = 'P' or coalesce(legal_unit_diffusion, 'O') <> 'O') and coalesce(natural_person, true)),
  alter column search set expression as (
    case when diffusion = 'N' then ''::tsvector
    else establishment_search(departement_id,
      case when (diffusion = 'P' or coalesce(legal_unit_diffusion, 'O') <> 'O') and coalesce(natural_person, true) then ''
        else coalesce(usual_name, '') || ' ' || coalesce(sign, '') || ' ' || coalesce(legal_name, '') || ' ' || coalesce(other_names, '')
          || ' ' || coalesce(acronym, '') || ' ' || coalesce(commune_name, '') end,
      coalesce(address_complement, '') || ' ' || coalesce(street, '') || ' ' || coalesce(special_distribution, '') || ' '
        || coalesce(postal_code, ''),
      array['=c' || commune_code, '=z' || region_id::text, '=z' || departement_id::text, '=z' || epci_id::text, '=z' || clpe_id::text,
        case when active then '=a' end, case when employer then '=o' end, case when active and employer then '=e' end,
        case when coalesce(naf_nomenclature, 'NAFRev2') = 'NAFRev2' then '=n' || left(naf, 2) end,
        '=m' || left(case when naf_nomenclature = 'NAF25' then naf else naf25 end, 2), '=h' || headcount_band,
        -- EST-4: of a natural person of partial diffusion neither is told.
        '=j' || left(case when (diffusion = 'P' or coalesce(legal_unit_diffusion, 'O') <> 'O') and coalesce(natural_person, true)
          then 'unknown' else legal_nature(legal_category) end, 1),
        '=t' || left(coalesce(company_size, 'unknown'), 1)]) end);

alter table establishments
  add constraint establishments_company_size check (company_size in ('tpe', 'pme', 'eti', 'large')),
  add constraint establishments_company_size_hidden check ((diffusion = 'O' and coalesce(legal_unit_diffusion, 'O') = 'O')
    or not coalesce(natural_person, true) or company_size is null);
analyze establishments;
