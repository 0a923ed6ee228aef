-- EST-6: the day on which a value of a person was observed; null where none was said, as in a file.
alter table correspondent_values add observed_on date,
  add constraint correspondent_values_observed check (observed_on <= (recorded_at at time zone 'Europe/Paris')::date);
