-- EST-10: a target whose person objects to diffusion since is set aside by a move of the register.
alter table register_moves drop constraint register_moves_fate_check,
  add constraint register_moves_fate_check check (fate in ('closed', 'continued', 'objects'));

-- Where the target of a successor comes from.
create index register_moves_successor on register_moves (successor) where successor is not null and undone_at is null;
