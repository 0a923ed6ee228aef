-- Said of a campaign that does not count it: it took place outside the campaign's days, or on a target set aside (CAM-5).
-- The campaign stands in a column of its own: every figure reads campaign_id, so that none can count it by mistake.
alter table exchanges
  add column left_out_campaign_id uuid references campaigns,
  add column left_out text check (left_out in ('days', 'set-aside')),
  add constraint exchanges_left_out check (
    (left_out is null) = (left_out_campaign_id is null) and (left_out is null or campaign_id is null));
