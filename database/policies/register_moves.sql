-- register_moves
alter table register_moves enable row level security, force row level security;
grant select, insert, update on register_moves to cc_definer;
grant select on register_moves to cc_web;
create policy owner on register_moves to cc_owner using (true) with check (true);
-- One reads the moves of what one held or had to do.
create policy read on register_moves for select to cc_web
  using ((select ctx.ok()) and (id in (select t.move_id from register_move_targets t)
    or id in (select r.move_id from register_move_records r)));

-- register_move_targets
alter table register_move_targets enable row level security, force row level security;
grant select, insert, update on register_move_targets to cc_definer;
grant select on register_move_targets to cc_web;
create policy owner on register_move_targets to cc_owner using (true) with check (true);
create policy read on register_move_targets for select to cc_web
  using ((select ctx.ok()) and taken_by = (select ctx.account()));

-- register_move_records
alter table register_move_records enable row level security, force row level security;
grant select, insert, update on register_move_records to cc_definer;
grant select on register_move_records to cc_web;
create policy owner on register_move_records to cc_owner using (true) with check (true);
-- A need is told of while annex 4 opens them (AGR-12).
create policy read on register_move_records for select to cc_web
  using ((select ctx.ok()) and owner_id = (select ctx.account())
    and (kind <> 'need' or (select ctx.opens('besoins'))));
