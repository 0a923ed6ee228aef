-- What the operator tells partners in force, of a region or of the whole country (AGR-6, AGR-9): the worker writes by parts.
alter table contact_changes rename to announcements;
alter index contact_changes_to_tell rename to announcements_to_tell;
alter table announcements rename column changed_by to announced_by;
alter table announcements rename column changed_at to announced_at;
alter table announcements
  drop column role,
  add column kind text not null default 'contact-changed' check (length(kind) between 1 and 60),
  add column subject text not null default 'Un interlocuteur de l’opérateur a changé' check (length(subject) between 1 and 200),
  add column text text not null default 'Ses coordonnées sont sur la page de la convention.' check (length(text) between 1 and 4000),
  -- The page and what the mail is about; the partner's convention where none is said.
  add column path text check (length(path) between 1 and 200),
  add column about_kind text check (length(about_kind) between 1 and 40),
  add column about_id uuid,
  add check (num_nonnulls(path, about_kind, about_id) in (0, 3));
alter table announcements alter column kind drop default, alter column subject drop default, alter column text drop default;
