-- A composed document knows the version of the model it is made from, and what it lacks (AGR-1).
alter table convention_documents
  add column template_id uuid references convention_templates,
  add column blanks text[] not null default '{}';
