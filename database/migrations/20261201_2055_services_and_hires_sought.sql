-- CAM-2, EST-2: the services used since a day are read department by department, without those that count for nothing.
create index operator_services_used on operator_services (departement_id, used_on) include (siret, kind)
  where withdrawn_at is null and result <> 'annule';

-- CAM-2, EST-2: the place of each forecast, by which the card's readers search it. Those of another run keep their month.
alter table hiring_forecasts add column region_id int, add column departement_id int, add column epci_id int, add column clpe_id int;
update hiring_forecasts f set region_id = e.region_id, departement_id = e.departement_id, epci_id = e.epci_id, clpe_id = e.clpe_id
  from establishments e where e.siret = f.siret;
drop index hiring_forecasts_expected;
create index hiring_forecasts_expected on hiring_forecasts (departement_id, expected) include (siret, month) where expected is not null;
