-- CAM-2, EST-2: the services used since a day are read department by department, without those that count for nothing.
create index operator_services_used on operator_services (departement_id, used_on) include (siret, kind)
  where withdrawn_at is null and result <> 'annule';
