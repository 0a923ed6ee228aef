-- The commitments that hold on a day, of those the asker may read (EST-9). The twin of holdsOn. It runs with the
-- asker's rights.
create or replace function commitments_holding(on_day date)
returns table (id uuid, siret bigint, kind_id uuid, since date, until date) language sql stable parallel safe as $$
  select c.id, c.siret, c.kind_id, c.since, c.until from public.commitments c where c.withdrawn_at is null
    and c.since <= on_day and (c.until is null or c.until >= on_day)
$$;
revoke all on function commitments_holding(date) from public;
grant execute on function commitments_holding(date) to cc_web, cc_worker;
