-- Who answers for campaigns whose targets another one takes as it opens (CAM-3): their leads or, failing any, who created them; of active accounts. Asked by who pilots the campaign that takes.
create function taken_campaign_contacts(taker uuid, taken uuid[]) returns table (campaign_id uuid, campaign_name text, organisation_id uuid, account_id uuid) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if taker not in (select ctx.piloted_campaigns()) then return; end if;
  return query
    select c.id, c.name, c.pilot_id, a.id from public.campaigns c
    cross join lateral (select l.account_id from public.campaign_leads l where l.campaign_id = c.id
      union all select c.created_by where not exists (select from public.campaign_leads l where l.campaign_id = c.id)) k
    join public.accounts a on a.id = k.account_id and a.status = 'active'
    where c.id = any (taken) and exists (select from public.campaign_decisions d where d.campaign_id = taker and d.against_id = c.id and d.decision = 'take');
end $$;
grant select on campaign_leads, campaign_decisions, campaigns to cc_definer;
alter function taken_campaign_contacts(uuid, uuid[]) owner to cc_definer;
revoke all on function taken_campaign_contacts(uuid, uuid[]) from public;
grant execute on function taken_campaign_contacts(uuid, uuid[]) to cc_web;
