-- What two people plan again at once: the second is shown what the first wrote.
alter table next_actions add column version int not null default 1;
