-- A campaign closes by itself after its last day, once that was announced (CAM-15).
alter table campaigns
  add column closes_on date, -- as announced
  add column closes_for date, -- the last day it was announced for: another one, and nothing is announced yet
  add constraint campaigns_closing check (num_nulls(closes_on, closes_for) in (0, 2) and closes_on > closes_for);
