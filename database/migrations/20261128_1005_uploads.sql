-- Files that people send by pieces, kept until an act takes them: real scans, of 20 MB (AGR-2, AGR-13).

create table uploads (
  id uuid primary key,
  by_id uuid not null references accounts,
  name text not null check (length(name) between 1 and 200), -- personal
  size int not null check (size between 1 and 20971520),
  begun_at timestamptz not null,
  -- once it is whole and checked: what it is by its content, the digest of what was read, whether an antivirus read it
  checked_at timestamptz,
  media_type text check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
  sha256 bytea check (length(sha256) = 32),
  scanned boolean,
  check (num_nonnulls(checked_at, media_type, sha256, scanned) in (0, 4))
);
create index uploads_by on uploads (by_id, begun_at desc);
create index uploads_begun on uploads (begun_at);

create table upload_pieces (
  upload_id uuid not null references uploads on delete cascade,
  position int not null check (position between 0 and 39),
  bytes bytea not null check (length(bytes) between 1 and 524288),
  primary key (upload_id, position)
);

-- Scans are compressed already; kept as they are, a slice is read without the rest.
alter table upload_pieces alter column bytes set storage external;
alter table convention_documents alter column bytes set storage external;

alter table convention_documents drop constraint convention_documents_bytes_check;
alter table convention_documents add constraint convention_documents_bytes_check check (length(bytes) between 1 and 20971520);
alter table convention_documents drop constraint convention_documents_media_type_check;
alter table convention_documents add constraint convention_documents_media_type_check
  check (media_type in ('application/pdf', 'image/png', 'image/jpeg', 'text/plain'));
