/*
 * A batch whose COMMIT was made and not heard of is sent again: what of it is written already is passed over, or that batch and all that follow would be refused for ever.
 */
create or replace function record_by_session(act text, entries jsonb) returns int language plpgsql security definer set search_path = '' as $$
declare written int;
begin
  if act not in ('persons.read', 'access.refused') then raise exception 'not an act that is written apart: %', act using errcode = '42501'; end if;
  with told as materialized (
      select r.*, s.account_id, a.organisation_id, extensions.gen_random_bytes(16) as salt
      from jsonb_to_recordset(entries) as r (id uuid, at timestamptz, session_id uuid, kind text, subject text, origin text, request_id text, detail jsonb)
      join public.sessions s on s.id = r.session_id join public.accounts a on a.id = s.account_id),
    entered as (
      insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest)
      select id, at, account_id, organisation_id, act, coalesce(kind, 'account'), coalesce(subject, account_id::text), origin, request_id, public.audit_detail_digest(salt, detail) from told
      on conflict (id) do nothing returning id)
  insert into public.audit_details (entry_id, salt, detail) select t.id, t.salt, t.detail from told t join entered e on e.id = t.id;
  get diagnostics written = row_count;
  return written;
end $$;
