-- AGR-12: the categories of data that a version of annex 4 opens, by code, beside the words that explain them. Null: published before
-- the list of codes, and read as having each code of its tools.
alter table annex_4_entries add column categories text[],
  add constraint annex_4_entries_categories check (categories <@ case tool
    when 'campagnes' then '{besoins}'::text[]
    when 'fiche-etablissement' then '{interlocuteurs,notes,engagements,renseignements}'::text[]
    else '{}'::text[] end);

-- The codes open to an account, kept with its rights. What was kept by the former rule is thrown away.
delete from secret.stored_rights;
alter table secret.stored_rights add column categories text[] not null;

-- EST-6: a file imported while annex 4 closes « interlocuteurs » brings nobody.
alter table employer_file_lines drop constraint employer_file_lines_person_check,
  add constraint employer_file_lines_person_check
    check (person in ('added', 'completed', 'known', 'objected', 'nameless', 'closed', 'removed', 'kept'));
