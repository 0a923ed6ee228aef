-- A signatory of the operator signs for one region, or for all (AGR-16).
alter table role_assignments drop constraint role_assignments_region;
alter table role_assignments add constraint role_assignments_region
  check (case when role = 'direction-regionale' then region_id is not null when role in ('cssi', 'signataire') then true else region_id is null end);
-- A partner's roles, from the screens: found by structure, the last first.
create index role_assignments_of_organisation on role_assignments (organisation_id, starts_at desc, id desc);
