-- The digest of the bytes as they are kept, worked out by the database whenever they change, and by nobody else: a signature is compared
-- with it (AGR-2). To hash them at each reading cost as much as they weigh.
alter table convention_documents add column bytes_sha256 bytea not null generated always as (sha256(bytes)) stored;
