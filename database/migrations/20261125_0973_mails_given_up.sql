-- Whoever chooses a password by a one-time link has no session to write a mail in: a job tells them within a minute, of each link once.
alter table password_links add column told_at timestamptz check (told_at >= used_at);
update password_links set told_at = used_at where used_at is not null;
create function ctx.passwords_to_tell() returns setof uuid language sql security definer set search_path = '' as $$
  update public.password_links l set told_at = greatest(pg_catalog.now(), l.used_at) where l.used_at is not null and l.told_at is null returning l.account_id
$$;
alter function ctx.passwords_to_tell() owner to cc_definer;
revoke all on function ctx.passwords_to_tell() from public;
grant execute on function ctx.passwords_to_tell() to cc_worker;

/*
 * Mails that never left: refused for good, or still refused after four days of attempts. For who oversees, without what they said; of an address, no more than tells it from another.
 */
create function mails_given_up() returns table (id uuid, kind text, account_id uuid, masked text, about_kind text, about_id text, created_at timestamptz, failed_at timestamptz, attempts int, last_error text) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not ctx.ok() or not ctx.oversees() then return; end if;
  return query select m.id, m.kind, m.to_account_id, left(m.to_address, 1) || '…@' || split_part(m.to_address, '@', 2), m.about_kind, m.about_id, m.created_at, m.failed_at, m.attempts, m.last_error
    from public.mails m where m.purged_at is null and m.sent_at is null and m.kept_at is null and (m.failed_at is not null or m.attempts > 0 and m.created_at < ctx.clock() - interval '4 days')
    order by coalesce(m.failed_at, m.created_at) desc, m.id limit 200;
end $$;
-- Tried again from the start, to the address of this day. False: it left meanwhile, or waits already.
create function retry_mail(mail uuid) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.oversees() then return false; end if;
  update public.mails m set failed_at = null, last_error = null, attempts = 0 where m.id = mail and m.purged_at is null and m.sent_at is null and m.kept_at is null
    and (m.failed_at is not null or m.attempts > 0 and m.created_at < ctx.clock() - interval '4 days');
  if not found then return false; end if;
  if to_regclass('graphile_worker.jobs') is not null then
    perform graphile_worker.add_job('send-mail', json_build_object('mailId', mail), job_key => 'mail:' || mail);
  end if;
  return true;
end $$;
do $$ declare f text; begin
  foreach f in array array['mails_given_up()', 'retry_mail(uuid)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to cc_web', f);
  end loop;
end $$;
grant update (failed_at, last_error, attempts) on mails to cc_definer;
