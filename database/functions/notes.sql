-- What the trail keeps of a version of a note: its digest, under the salt of the version (EST-11, SEC-1).
create or replace function note_version_digest(salt bytea, notes text, reason text)
returns text language sql immutable as $$
  select encode(sha256(salt || convert_to(notes || chr(10) || coalesce(reason, ''), 'UTF8')), 'hex')
$$;
revoke all on function note_version_digest(bytea, text, text) from public;
grant execute on function note_version_digest(bytea, text, text) to cc_web;
