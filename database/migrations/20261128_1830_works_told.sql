-- Who was told of what by a work, and up to which ending (CAM-11): an undoing that is stopped, then gone on with, says each target once.
alter table bulk_works add column told jsonb not null default '{}';
