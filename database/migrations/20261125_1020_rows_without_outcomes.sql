/*
 * What became of an anomaly is asked only of those that no longer stand: for the others, most of them, it was read for nothing at each page, act and night. Rows as they were
 * written, and the functions that add what became of them asked afterwards, of these accounts.
 */
create function ctx.open_rows(organisations uuid[], accounts uuid[])
returns table (id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamptz, last_used_on date, opened_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select n.id, n.organisation_id, n.account_id, n.grant_id, n.kind, n.function, n.contract_ends_on, n.last_act_at, n.last_used_on, n.opened_at from public.access_anomalies n
    where n.corrected_at is null and (open_rows.organisations is null or n.organisation_id = any (open_rows.organisations)) and (open_rows.accounts is null or n.account_id = any (open_rows.accounts));
end $$;
create function ctx.anomaly_rows(organisations uuid[], accounts uuid[])
returns table (id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamptz, last_used_on date, opened_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  if ctx.judges_access(organisations) then return query select * from ctx.open_rows(organisations, accounts); end if;
end $$;

do $$ declare f text; begin
  foreach f in array array['ctx.open_rows(uuid[], uuid[])', 'ctx.anomaly_rows(uuid[], uuid[])'] loop
    execute format('alter function %s owner to cc_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function ctx.anomaly_rows(uuid[], uuid[]) to cc_web;
grant execute on function ctx.open_rows(uuid[], uuid[]) to cc_worker;
