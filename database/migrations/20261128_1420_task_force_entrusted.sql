-- A task force that no member can pilot: the operator entrusts it by command, where no account acts (CAM-16).
alter table task_force_handovers
  alter column by_account drop not null,
  alter column by_organisation drop not null,
  drop constraint task_force_handovers_kind_check,
  add constraint task_force_handovers_kind_check check (kind in ('handed-over', 'taken-over', 'entrusted')),
  add constraint task_force_handovers_by check ((by_account is null) = (kind = 'entrusted') and (by_organisation is null) = (by_account is null));
