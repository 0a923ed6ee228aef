-- Any long form keeps a draft (UX-3): its kind is the name of the form, its subject what the form is about.
-- Nothing but exchanges and their corrections is listed through its subject: these two keep their shape.
alter table drafts
  drop constraint drafts_kind_check,
  drop constraint drafts_subject_check,
  drop constraint drafts_subject_of_kind,
  drop constraint drafts_content_check,
  -- where the form stands, in the words of its page; and the version of the thing that it changes
  add column title text check (length(title) between 1 and 200),
  add column path text check (path ~ '^/[0-9a-zA-Z/_-]{0,199}$' and path !~ '//'),
  add column of_version int check (of_version >= 0),
  add constraint drafts_kind_check check (kind ~ '^[a-z][a-z-]{2,39}$'),
  add constraint drafts_subject_of_kind check (subject ~ case kind
    when 'exchange' then '^\d{14}$'
    when 'exchange-correction' then '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    else '^[0-9a-zA-Z-]{1,80}$' end),
  add constraint drafts_content_check
    check (jsonb_typeof(content) = 'object' and octet_length(content::text) <= case
      when kind in ('exchange', 'exchange-correction') then 40000 else 900000 end);
