-- CAM-10, EST-11: what a file says of an employer without a date is a note, undone with the file.
alter table notes add column file_id uuid,
  add constraint notes_file foreign key (file_id, author_id) references employer_files (id, by_id);
create index notes_file_id on notes (file_id) where file_id is not null;

alter table employer_file_lines add column note text check (note in ('added', 'known', 'closed', 'removed', 'kept'));
