-- Roles of the operator, given and ended from the screens (AGR-16): who ended one, and why.
alter table role_assignments add column ended_by uuid references accounts,
  add column end_reason text check (length(end_reason) between 1 and 300);
-- A regional direction is of a region; a security officer of one, or of all.
alter table role_assignments drop constraint role_assignments_check1;
alter table role_assignments add constraint role_assignments_region
  check (case role when 'direction-regionale' then region_id is not null when 'cssi' then true else region_id is null end);
