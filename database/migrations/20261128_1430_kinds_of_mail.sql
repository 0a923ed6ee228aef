-- A kind of mail may bear a figure. « annex-4-changed » was refused: no partner was written to of annex 4 (AGR-6), and each
-- announcement that followed waited behind it for ever.
alter table mails drop constraint mails_kind_check;
alter table mails add constraint mails_kind_check check (kind ~ '^[a-z]+(-[a-z0-9]+)*$' and length(kind) <= 60) not valid;
alter table mails validate constraint mails_kind_check;
