-- Sharing out and moving in number are weighed too, with one reason for the whole work (CAM-12).
alter table bulk_works add column spent int not null default 0 check (spent >= 0); -- when it was counted, how many would go past the budget
alter table bulk_works add column beyond_reason text check (length(beyond_reason) between 1 and 300);
alter table bulk_work_lines drop constraint bulk_work_lines_because_check;
alter table bulk_work_lines add constraint bulk_work_lines_because_check check (because in ('already', 'changed', 'held', 'contacted',
  'refused', 'set-aside', 'elsewhere', 'not-to-contact', 'passed-on', 'worked', 'budget-spent'));

-- A target shared out past the budget is not one that its author takes.
alter table budget_overruns drop constraint budget_overruns_act_check;
alter table budget_overruns add constraint budget_overruns_act_check check (act in ('take', 'share', 'plan'));
alter table budget_overruns drop constraint budget_overruns_taken;
alter table budget_overruns add constraint budget_overruns_of_campaign check ((act in ('take', 'share')) = (campaign_id is not null));
