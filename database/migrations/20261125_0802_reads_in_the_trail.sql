/*
 * Who read which persons (SEC-1): gathered by the web process and written apart, so that reading waits for no write. The name it is written in comes
 * from the session, never from the caller.
 */
create function record_reads(reads jsonb) returns int language plpgsql security definer set search_path = '' as $$
declare written int;
begin
  with read as materialized (
      select r.*, s.account_id, a.organisation_id, extensions.gen_random_bytes(16) as salt
      from jsonb_to_recordset(reads) as r (id uuid, at timestamptz, session_id uuid, kind text, subject text, origin text, request_id text, detail jsonb)
      join public.sessions s on s.id = r.session_id join public.accounts a on a.id = s.account_id),
    entries as (
      insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest)
      select id, at, account_id, organisation_id, 'persons.read', kind, subject, origin, request_id, public.audit_detail_digest(salt, detail) from read)
  insert into public.audit_details (entry_id, salt, detail) select id, salt, detail from read;
  get diagnostics written = row_count;
  return written;
end $$;
-- Named whole: called from a function without a search_path too.
create or replace function audit_set_leaf() returns trigger language plpgsql as $$ begin new.leaf := public.audit_leaf(new); new.xid := pg_current_xact_id(); return new; end $$;
alter function record_reads(jsonb) owner to cc_definer;
revoke all on function record_reads(jsonb) from public;
grant execute on function record_reads(jsonb) to cc_web;
