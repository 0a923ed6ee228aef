-- Who piloted a task force before, and how it passed (CAM-16): by the hand of its pilot, or taken over once that one was gone.
create table task_force_handovers (
  clpe_id int not null references task_forces on delete cascade,
  version int not null check (version > 1), -- of the task force that it made
  at timestamptz not null,
  kind text not null check (kind in ('handed-over', 'taken-over')),
  former_id uuid not null references organisations,
  pilot_id uuid not null references organisations,
  by_account uuid not null,
  by_organisation uuid not null,
  primary key (clpe_id, version),
  foreign key (by_account, by_organisation) references accounts (id, organisation_id),
  constraint task_force_handovers_passed check (pilot_id <> former_id)
);
