-- A draft is about a SIRET, or about the exchange it corrects: one that said otherwise could not be listed, nor any other of that person.
delete from drafts where not (subject ~ case kind when 'exchange' then '^\d{14}$' else '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' end);
alter table drafts add constraint drafts_subject_of_kind
  check (subject ~ case kind when 'exchange' then '^\d{14}$' else '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' end);
