-- An amendment is a document, as the convention is. It keeps whom it names to sign it, and the digest of what it was composed of: the
-- amendment proposed is the one composed (server/agreement/conventions/propose-amendment.ts).
alter table convention_documents
  add column composed_of bytea check (length(composed_of) = 32),
  add column signatories jsonb check (jsonb_typeof(signatories) = 'array'),
  add check ((composed_of is null) = (signatories is null)),
  add check (composed_of is null or kind = 'avenant');
