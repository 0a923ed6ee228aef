-- RGC-6, ACC-6: a departure ends the account too; the security officer enters what the structure sent by letter or e-mail; inactivity
-- is a question to the structure, and not an absence.
alter table rgc_events
  add column ends_account boolean not null default false,
  add column received_on date,
  add constraint rgc_events_ends_account check (not ends_account or kind <> 'absence'),
  add constraint rgc_events_received check (received_on >= known_on or kind = 'absence');

alter table rgc_event_reminders drop constraint rgc_event_reminders_step_check;
alter table rgc_event_reminders add constraint rgc_event_reminders_step_check
  check (step in ('known', 'three-days', 'last-day', 'late', 'question'));

-- « Still in function »: the structure's answer, asked again after two more months without an act.
create table rgc_presences (
  id uuid primary key,
  account_id uuid not null,
  organisation_id uuid not null,
  said_by uuid not null references accounts,
  said_at timestamptz not null,
  foreign key (account_id, organisation_id) references accounts (id, organisation_id)
);
create index rgc_presences_account on rgc_presences (account_id, said_at);
