-- A certificate is a file that was sent and checked as any other (server/people-and-rights/uploads): its kind (a PDF, of those recorded before), and
-- 20 MB at most.
alter table rgc_certificates
  add column media_type text not null default 'application/pdf'
    check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
  drop constraint rgc_certificates_content_check,
  add constraint rgc_certificates_content_check check (length(content) between 1 and 20971520);
