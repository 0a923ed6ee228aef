/*
 * Acts before any session are written by the function that knows them, and only the role of signing in runs it (SEC-6, SEC-1). That role writes
 * itself what it opens a session for: in the name of the account it has just entered, and of that account's structure.
 */
revoke all on function record_at_the_door(uuid, text, text, text, uuid, text, text, jsonb) from cc_web;
grant execute on function record_at_the_door(uuid, text, text, text, uuid, text, text, jsonb) to cc_sign_in;
drop policy sign_in on audit_entries;
create policy sign_in on audit_entries for insert to cc_sign_in with check (
  (select ctx.known()) and actor_id = (select ctx.account()) and action in ('session.opened', 'session.proved', 'account.linked'));

-- What finds an account, follows an invitation or a link, and chooses a password, before there is a session.
do $$ declare f text; begin
  foreach f in array array['ctx.find_identity(text, text, text, text, bytea)', 'ctx.link_identity(text, text, uuid, text, bytea)', 'ctx.invitation_open(bytea)',
    'ctx.try_link_code(bytea, bytea)', 'ctx.choose_password(bytea, bytea, text)'] loop
    execute format('revoke all on function %s from cc_web', f);
    execute format('grant execute on function %s to cc_sign_in', f);
  end loop;
end $$;

-- As before, and a wrong code given with a link, and what the watch tells without cutting.
create or replace function audit_check_actor() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.actor_id is null and current_user <> 'cc_owner' and (new.action, new.subject_kind) not in (
    ('sign-in.failed', 'sign-in'), ('sign-in.failed', 'account'), ('account.link-asked', 'account'), ('password.chosen', 'account'), ('password.code-refused', 'account'),
    ('account.blocked-for-suspect-use', 'account'), ('account.suspect-use-told', 'account'), ('structure.read-beyond-ordinary', 'organisation'), ('notice.role-empty', 'organisation'), ('trail.details-purged', 'trail'), ('trail.details-erased', 'account'))
  then raise exception 'an act without an actor: % on %', new.action, new.subject_kind using errcode = '42501'; end if;
  return new;
end $$;
create or replace function record_at_the_door(of_entry uuid, act text, kind text, subject text, of_organisation uuid, origin text, request_id text, said jsonb) returns void
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

-- As before; a checkpoint now also names the one before it, when it was made, and whether all was taken then.
create or replace function ctx.trail_close(new_size bigint, new_peaks bytea, new_note text, all_taken boolean, levels int[], indexes bigint[], hashes bytea[])
returns void language plpgsql security definer set search_path = '' as $$
declare
  peaks int := length(new_peaks) / 32;
  root bytea := substr(new_peaks, length(new_peaks) - 31);
  said text[] := regexp_match(new_note, '^([^\n]+)\n([1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n(?:previous (0|[1-9][0-9]{0,14}) at \d{4}-\d\d-\d\dT[\d:.]{12}Z (?:settled|pending)\n)?\n(?:— \S+ [A-Za-z0-9+/]+=*\n)+$');
  last_origin text := (select split_part(c.note, E'\n', 1) from public.trail_checkpoints c order by c.size desc limit 1);
begin
  if not pg_try_advisory_xact_lock(33005) then raise exception 'another sequencer is at work'; end if;
  if new_size is distinct from (select max(position) + 1 from public.trail_leaves) then raise exception 'the tree is not over all the positions'; end if;
  if length(new_peaks) <> 32 * bit_count(new_size::bit(64)) then raise exception 'the tree has not the peaks of its size' using errcode = '22023'; end if;
  if said is null or said[2]::bigint <> new_size then raise exception 'not a checkpoint of this size' using errcode = '22023'; end if;
  if said[4]::bigint >= new_size then raise exception 'a checkpoint after the one it names' using errcode = '22023'; end if;
  if said[1] <> last_origin then raise exception 'a checkpoint of another origin' using errcode = '22023'; end if;
  for i in reverse peaks - 1 .. 1 loop root := sha256('\x01'::bytea || substr(new_peaks, 32 * (i - 1) + 1, 32) || root); end loop;
  if encode(root, 'base64') <> said[3] then raise exception 'a checkpoint of another tree' using errcode = '22023'; end if;
  if exists (select from unnest(hashes) h where length(h) <> 32 or h is null) then raise exception 'a subtree is 32 bytes' using errcode = '22023'; end if;
  insert into public.trail_nodes select * from unnest(levels, indexes, hashes);
  insert into public.trail_checkpoints (size, note, caught_up) values (new_size, new_note, all_taken);
  update public.trail_head set size = new_size, peaks = new_peaks;
end $$;

-- As before, and asked by a session alone: the account and the structure they look at are settings that the caller may write.
create or replace function ctx.own_ceiling() returns int[] language plpgsql stable security definer set search_path = '' as $$
begin
  return case when ctx.ok() then ctx.ceiling(ctx.organisation(), ctx.clock()) else '{}' end;
end $$;
create or replace function ctx.first_enrolment_open() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return ctx.known() and (exists (select from public.first_enrolments f where f.account_id = ctx.account() and f.open_until > ctx.clock())
    or exists (select from public.sessions s where s.account_id = ctx.account() and s.ended_at is null and s.enrols_until > ctx.clock()));
end $$;
