/*
 * The trail no longer copies what a partner keeps for itself: it holds the digest of each version of an exchange, under a salt of the version, so that who reads the trail
 * learns nothing of the words, and who changes a version is seen (npm run audit -- verify).
 */
alter table exchange_versions add column salt bytea not null default gen_random_bytes(16) check (length(salt) = 16);
create function exchange_version_digest(salt bytea, occurred_on date, content jsonb) returns text language sql stable as $$
  select encode(sha256(salt || convert_to(to_char(occurred_on, 'YYYY-MM-DD') || content::text, 'UTF8')), 'hex')
$$;
revoke all on function exchange_version_digest(bytea, date, jsonb) from public;
grant execute on function exchange_version_digest(bytea, date, jsonb) to cc_web;
