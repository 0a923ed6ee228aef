/*
 * In whose name the trail is written. The application writes in the name of its session alone; what nobody signed in did, the database writes by functions that know
 * their acts; the command line says in its origin who was at it.
 */
drop policy append on audit_entries;
-- Short of its second factor, or locked, a session's context names no organisation: it is the account's.
create policy append on audit_entries for insert to cc_web with check ((select ctx.known()) and actor_id = (select ctx.account())
  and organisation_id = coalesce((select ctx.organisation()), (select a.organisation_id from accounts a where a.id = (select ctx.account()))));
-- What the command line and the installation write as the owner bears no account, and says who.
drop policy owner_appends on audit_entries;
create policy owner_appends on audit_entries for insert to cc_owner with check (actor_id is not null or origin ~ '^(ligne de commande|mise en service), .{2,}$');

-- Entries without an actor: by whom, and which acts. Functions of cc_definer see past the policies, so that a trigger looks at them too.
create function audit_check_actor() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.actor_id is null and current_user <> 'cc_owner' and (new.action, new.subject_kind) not in (
    ('sign-in.failed', 'sign-in'), ('sign-in.failed', 'account'), ('account.link-asked', 'account'), ('password.chosen', 'account'), ('password.code-refused', 'account'),
    ('account.blocked-for-suspect-use', 'account'), ('account.suspect-use-told', 'account'), ('structure.read-beyond-ordinary', 'organisation'), ('notice.role-empty', 'organisation'), ('trail.details-purged', 'trail'), ('trail.details-erased', 'account'))
  then raise exception 'an act without an actor: % on %', new.action, new.subject_kind using errcode = '42501'; end if;
  return new;
end $$;
create trigger actor before insert on audit_entries for each row execute function audit_check_actor();

/*
 * What happens at the door, before anyone is signed in: these acts alone, at the database's instant. Only the role of signing in runs it.
 */
create function record_at_the_door(of_entry uuid, act text, kind text, subject text, of_organisation uuid, origin text, request_id text, said jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare salt bytea := extensions.gen_random_bytes(16);
begin
  if (act, kind) not in (('sign-in.failed', 'sign-in'), ('sign-in.failed', 'account'), ('account.link-asked', 'account'), ('password.chosen', 'account'), ('password.code-refused', 'account')) then
    raise exception 'not an act of the door: % on %', act, kind using errcode = '42501';
  end if;
  if length(origin) > 200 or length(request_id) > 200 or length(said::text) > 4000 then raise exception 'too long for an act of the door' using errcode = '22001'; end if;
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest)
    values (of_entry, ctx.clock(), null, of_organisation, act, kind, subject, record_at_the_door.origin, record_at_the_door.request_id, public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (of_entry, salt, said);
end $$;
alter function record_at_the_door(uuid, text, text, text, uuid, text, text, jsonb) owner to cc_definer;
revoke all on function record_at_the_door(uuid, text, text, text, uuid, text, text, jsonb) from public;
grant execute on function record_at_the_door(uuid, text, text, text, uuid, text, text, jsonb) to cc_sign_in;

-- As before, and who searched or read the trail.
create or replace function record_by_session(act text, entries jsonb) returns int language plpgsql security definer set search_path = '' as $$
declare written int;
begin
  if act not in ('persons.read', 'access.refused', 'trail.searched', 'trail.entry-read') then raise exception 'not an act that is written apart: %', act using errcode = '42501'; end if;
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
