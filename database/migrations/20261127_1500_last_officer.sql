/*
 * Who lifts blocks is never shut out by them (SEC-2, ACC-11): the last CSSI whose role is in effect, or the last administrator, is told of and not cut (`cuts` is 'none').
 * The row stands until a verdict all the same: it is shown, nothing is told twice, and what led to it no longer counts once lifted.
 */
alter table account_blocks drop constraint account_blocks_cuts_check;
alter table account_blocks add constraint account_blocks_cuts_check check (cuts in ('account', 'grant', 'rgc', 'none'));
alter table account_blocks drop constraint account_blocks_check4;
alter table account_blocks add constraint account_blocks_cause_cuts check (case cause when 'exceptional' then cuts <> 'none' else cuts in ('account', 'none') end);

/* Of the roles without which nobody lifts a block, those that this account alone holds in effect. Nothing else of a block than its being open counts: another may have been written a moment ago. */
create function ctx.sole_roles(of_account uuid, at timestamptz) returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(array_agg(distinct own.role), '{}') from ctx.effective_roles(of_account, at) own where own.role in ('cssi', 'administrateur')
    and not exists (select from public.role_assignments r
      where r.role = own.role and r.account_id <> of_account and exists (select from ctx.effective_roles(r.account_id, at) e where e.role = own.role)
        and not exists (select from public.account_blocks b where b.account_id = r.account_id and b.cuts = 'account' and b.lifted_at is null)));
end $$;

/* Blocks of those who hold such a role are written one after another: of two at the same instant, the second sees the first. */
create function ctx.officers_one_at_a_time(of_account uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.role_assignments r where r.account_id = of_account and r.role in ('cssi', 'administrateur')) then
    perform pg_advisory_xact_lock(hashtextextended('blocks of officers', 0));
  end if;
end $$;

/* Whoever writes it: a detection leaves the last of both roles, an officer the last CSSI (two could cut each other at once). */
create function ctx.keep_an_officer() returns trigger language plpgsql security definer set search_path = '' as $$
declare sole text[];
begin
  perform ctx.officers_one_at_a_time(new.account_id);
  sole := ctx.sole_roles(new.account_id, new.blocked_at);
  if 'cssi' = any (sole) or new.cause = 'suspect-use' and sole <> '{}' then
    raise exception 'the last of a role without which nobody lifts a block' using errcode = '23514', constraint = 'account_blocks_last_officer';
  end if;
  return new;
end $$;
create trigger account_blocks_keep_an_officer before insert on account_blocks for each row when (new.cuts = 'account' and new.lifted_at is null) execute function ctx.keep_an_officer();

drop function ctx.block_suspect(uuid, text, timestamptz);
/* As before, once; `cuts` is 'none' for whom a block would leave nobody to lift it. */
create function ctx.block_suspect(of_account uuid, why text, at timestamptz) returns table (block_id uuid, organisation_id uuid, cuts text) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare block uuid := gen_random_uuid(); entry uuid := gen_random_uuid(); salt bytea := extensions.gen_random_bytes(16); said jsonb; a record; sole text[]; cut text;
begin
  select x.id, x.organisation_id into a from public.accounts x where x.id = of_account;
  if not found then return; end if;
  perform ctx.officers_one_at_a_time(a.id);
  if exists (select from public.account_blocks b where b.account_id = a.id and b.cause = 'suspect-use' and b.lifted_at is null) then return; end if;
  sole := ctx.sole_roles(a.id, at);
  cut := case when sole = '{}' then 'account' else 'none' end;
  insert into public.account_blocks (id, account_id, organisation_id, cause, cuts, reason, blocked_at) values (block, a.id, a.organisation_id, 'suspect-use', cut, why, at) on conflict (account_id, cause, cuts, grant_id) where lifted_at is null do nothing;
  if not found then return; end if;
  said := jsonb_build_object('block', block, 'why', why) || case when cut = 'none' then jsonb_build_object('sole', to_jsonb(sole)) else '{}' end;
  insert into public.audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id, detail_digest)
    values (entry, at, null, a.organisation_id, case when cut = 'none' then 'account.suspect-use-told' else 'account.blocked-for-suspect-use' end, 'account', a.id::text, '', '', public.audit_detail_digest(salt, said));
  insert into public.audit_details (entry_id, salt, detail) values (entry, salt, said);
  return query select block, a.organisation_id, cut;
end $$;
do $$ declare f text; begin
  foreach f in array array['ctx.sole_roles(uuid, timestamptz)', 'ctx.officers_one_at_a_time(uuid)', 'ctx.keep_an_officer()', 'ctx.block_suspect(uuid, text, timestamptz)'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function ctx.block_suspect(uuid, text, timestamptz) to cc_worker;
