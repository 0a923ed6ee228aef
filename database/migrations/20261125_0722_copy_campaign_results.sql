-- A duplicated campaign takes the results of its own that are still proposed, in their order. With the rights of who duplicates: the policies of campaign_results hold.
create function copy_campaign_results(source uuid, copy uuid, at timestamptz) returns int language sql set search_path = '' as $$
  with copied as (
    insert into public.campaign_results (id, campaign_id, label, base, created_by, created_at)
    select gen_random_uuid(), copy, r.label, r.base, (select ctx.account()), at + row_number() over (order by r.created_at, r.id) * interval '1 microsecond'
    from public.campaign_results r where r.campaign_id = source and r.retired_at is null
    returning 1)
  select count(*)::int from copied
$$;
revoke all on function copy_campaign_results(uuid, uuid, timestamptz) from public;
grant execute on function copy_campaign_results(uuid, uuid, timestamptz) to cc_web;
