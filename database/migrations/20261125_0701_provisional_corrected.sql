-- A provisional card is corrected and withdrawn by its author, or by those who answer for the card in their organisation, as long as the register does not hold the SIRET and nothing was recorded with it.
alter table provisional_establishments add column corrected_at timestamptz, add column corrected_by uuid references accounts, add check ((corrected_at is null) = (corrected_by is null));

-- Where the viewer is responsable or more of the card.
create function ctx.fiche_responsable() returns int[] language sql stable security definer set search_path = '' as $$
  select case when (select ctx.ok()) then array(select g.territory_id from ctx.effective_grants((select ctx.account()), (now() at time zone 'Europe/Paris')::date) g where g.tool = 'fiche-etablissement' and ctx.rank(g.profile) >= 3) else '{}' end
$$;
-- Whether anything, whoever may read it, stands with this SIRET.
create function provisional_used(of_siret bigint) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.exchanges where siret = of_siret) or exists (select from public.campaign_targets where siret = of_siret) or exists (select from public.correspondents where siret = of_siret)
$$;
-- Who records something with a provisional card keeps it from being corrected or withdrawn until the end of the transaction; who corrects or withdraws it, from being used.
create function hold_provisional(of_siret bigint, for_change boolean) returns void language plpgsql security definer set search_path = '' as $$
begin
  if not (select ctx.ok()) then return; end if;
  if for_change then perform from public.provisional_establishments where siret = of_siret for update;
  else perform from public.provisional_establishments where siret = of_siret for share; end if;
end $$;
alter function ctx.fiche_responsable() owner to cc_definer;
alter function provisional_used(bigint) owner to cc_definer;
alter function hold_provisional(bigint, boolean) owner to cc_definer;
revoke all on function ctx.fiche_responsable(), provisional_used(bigint), hold_provisional(bigint, boolean) from public;
grant execute on function ctx.fiche_responsable(), provisional_used(bigint), hold_provisional(bigint, boolean) to cc_web;
grant select on campaign_targets, exchanges, correspondents to cc_definer;

create policy correct on provisional_establishments for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and confirmed_at is null and not provisional_used(siret)
    and (author_id = (select ctx.account()) or ctx.covers((select ctx.fiche_responsable()), region_id, departement_id, epci_id, clpe_id)) and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id))
  with check ((select ctx.ok()) and corrected_by = (select ctx.account()) and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id));
create policy withdraw on provisional_establishments for delete to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and confirmed_at is null and not provisional_used(siret)
    and (author_id = (select ctx.account()) or ctx.covers((select ctx.fiche_responsable()), region_id, departement_id, epci_id, clpe_id)) and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id));
grant update (name, activity, commune_code, region_id, departement_id, epci_id, clpe_id, corrected_at, corrected_by), delete on provisional_establishments to cc_web;
