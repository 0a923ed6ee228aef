-- A code means something only with its nomenclature: "=n56" is division 56 of NAF rév. 2, "=m56" of NAF 2025. Both stand in the index, for the register gives both until the switch of 1 January 2027.
alter table establishments alter column search set expression as (
  case when diffusion = 'N' then ''::tsvector
  else establishment_search(departement_id,
    -- A natural person of partial diffusion is found by its number only.
    case when (diffusion = 'P' or coalesce(legal_unit_diffusion, 'O') <> 'O') and coalesce(natural_person, true) then ''
      else coalesce(usual_name, '') || ' ' || coalesce(sign, '') || ' ' || coalesce(legal_name, '') || ' ' || coalesce(other_names, '') || ' ' || coalesce(acronym, '') || ' ' || coalesce(commune_name, '') end,
    coalesce(address_complement, '') || ' ' || coalesce(street, '') || ' ' || coalesce(special_distribution, '') || ' ' || coalesce(postal_code, ''),
    array['=c' || commune_code, '=z' || region_id::text, '=z' || departement_id::text, '=z' || epci_id::text, '=z' || clpe_id::text,
      case when active then '=a' end, case when employer then '=o' end, case when active and employer then '=e' end,
      case when coalesce(naf_nomenclature, 'NAFRev2') = 'NAFRev2' then '=n' || left(naf, 2) end, '=m' || left(case when naf_nomenclature = 'NAF25' then naf else naf25 end, 2), '=h' || headcount_band]) end);
