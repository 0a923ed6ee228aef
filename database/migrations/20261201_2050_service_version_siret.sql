-- REC-3: a file may correct which establishment used a service: each version keeps the one that it said.
alter table operator_service_versions add column siret bigint;
update operator_service_versions v set siret = s.siret from operator_services s where s.id = v.service_id;
alter table operator_service_versions alter column siret set not null;
