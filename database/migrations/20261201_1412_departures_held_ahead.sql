-- A departure entered ahead holds an account as a declared one does: it is told and shown the same way (ACC-16, SEC-2).
alter table departures_held alter column event_id drop not null;
alter table departures_held add column departure_id uuid references departures_to_come;
alter table departures_held add constraint departures_held_one_cause check (num_nonnulls(event_id, departure_id) = 1);
