-- employer_files: each reads and moves on their own; the trail tells the others.
alter table employer_files enable row level security, force row level security;
grant select, insert, delete, update (state, asked_at, ended_at) on employer_files to cc_web;
grant select, update, delete on employer_files to cc_definer;
create policy owner on employer_files to cc_owner using (true) with check (true);
-- The SQL twin of mayReadFile.
create policy read on employer_files for select to cc_web using ((select ctx.ok()) and by_id = (select ctx.account()));
-- The SQL twin of mayOpenFile: whoever records exchanges somewhere, for themselves. Each row is asked its own rights
-- when it is done.
create policy open on employer_files for insert to cc_web
  with check ((select ctx.ok()) and by_id = (select ctx.account()) and organisation_id = (select ctx.organisation())
    and cardinality((select ctx.conseiller())::int[]) > 0);
create policy move on employer_files for update to cc_web using ((select ctx.ok()) and by_id = (select ctx.account()));
-- What was never asked.
create policy forget on employer_files for delete to cc_web
  using ((select ctx.ok()) and by_id = (select ctx.account()) and state in ('receiving', 'trying', 'tried'));

-- employer_file_lines
alter table employer_file_lines enable row level security, force row level security;
grant select, insert, update (said, siret, recognised, state, because, person, exchange, note, made)
  on employer_file_lines to cc_web;
grant select, update, delete on employer_file_lines to cc_definer;
create policy owner on employer_file_lines to cc_owner using (true) with check (true);
-- The SQL twins of mayReadFile too.
create policy read on employer_file_lines for select to cc_web
  using ((select ctx.ok()) and file_id in (select f.id from employer_files f where f.by_id = (select ctx.account())));
create policy send on employer_file_lines for insert to cc_web
  with check ((select ctx.ok()) and state = 'waiting'
    and file_id in (select f.id from employer_files f where f.by_id = (select ctx.account())
      and f.state = 'receiving'));
create policy settle on employer_file_lines for update to cc_web
  using ((select ctx.ok()) and file_id in (select f.id from employer_files f where f.by_id = (select ctx.account())));

-- employer_file_columns: the SQL twins of mayReadColumns and mayOpenFile.
alter table employer_file_columns enable row level security, force row level security;
grant select, insert, update (fields, by_id, kept_at) on employer_file_columns to cc_web;
create policy owner on employer_file_columns to cc_owner using (true) with check (true);
create policy read on employer_file_columns for select to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation()));
create policy keep on employer_file_columns for insert to cc_web
  with check ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and by_id = (select ctx.account())
    and cardinality((select ctx.conseiller())::int[]) > 0);
create policy keep_again on employer_file_columns for update to cc_web
  using ((select ctx.ok()) and organisation_id = (select ctx.organisation())
    and cardinality((select ctx.conseiller())::int[]) > 0)
  with check (by_id = (select ctx.account()));

-- What undoing a file removes.
grant delete on exchanges, exchange_contents, exchange_versions, correspondents, notes, note_versions to cc_definer;
grant select on note_versions to cc_definer;
grant update (version) on correspondents to cc_definer;
