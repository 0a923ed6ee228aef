-- An agency is replaced whole, name and territories: a write says which version it read (API-4).
alter table agencies add column version int not null default 1 check (version > 0);
