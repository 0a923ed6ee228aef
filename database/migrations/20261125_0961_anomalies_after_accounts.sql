/*
 * Accounts are locked before their anomalies, in order, as the acts on them do: an anomaly refers to accounts, and writing it would otherwise wait for an act on that account
 * which itself waits for the anomaly.
 */
create or replace function ctx.write_anomalies(opened jsonb, corrected jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare written int; settled int;
begin
  perform from public.accounts a where a.id in (
    select o."accountId" from jsonb_to_recordset(opened) as o ("accountId" uuid) union select c.by from jsonb_to_recordset(corrected) as c (by uuid)
    union select n.account_id from jsonb_to_recordset(corrected) as c (id uuid) join public.access_anomalies n on n.id = c.id) order by a.id for key share;
  insert into public.access_anomalies (id, organisation_id, account_id, grant_id, kind, function, contract_ends_on, last_act_at, last_used_on, opened_at)
    select o.id, o."organisationId", o."accountId", o."grantId", o.kind, o.function, o."contractEndsOn", o."lastActAt", o."lastUsedOn", o."openedAt"
    from jsonb_to_recordset(opened) as o (id uuid, "organisationId" uuid, "accountId" uuid, "grantId" uuid, kind text, function text, "contractEndsOn" date, "lastActAt" timestamptz, "lastUsedOn" date, "openedAt" timestamptz)
    order by o.id on conflict do nothing;
  get diagnostics written = row_count;
  perform from public.access_anomalies n where n.id in (select c.id from jsonb_to_recordset(corrected) as c (id uuid)) and n.corrected_at is null order by n.id for update;
  update public.access_anomalies n set corrected_at = greatest(n.opened_at, c.at), corrected_how = c.how, corrected_by = c.by
    from jsonb_to_recordset(corrected) as c (id uuid, at timestamptz, how text, by uuid) where n.id = c.id and n.corrected_at is null;
  get diagnostics settled = row_count;
  return jsonb_build_object('opened', written, 'corrected', settled);
end $$;
