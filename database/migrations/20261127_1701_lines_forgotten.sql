-- The lines of a simulation are taken away by who may settle it, as the simulation itself is: a lead of another organisation reads them only.
alter policy forget on target_assignments using (sharing_id in (
  select s.id from target_sharings s
  where s.done_at is null and (s.campaign_id in (select ctx.piloted_campaigns())
    or (s.within_organisation = (select ctx.organisation()) and s.campaign_id in (select ctx.led_campaigns())))));
