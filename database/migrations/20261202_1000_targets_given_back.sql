-- Targets given back in number: of others, with a reason that the history of each keeps (CAM-9).
alter table bulk_works drop constraint bulk_works_act_check,
  add constraint bulk_works_act_check
    check (act in ('set-aside', 'put-back', 'close', 'release', 'share', 'move-actions', 'hand-actions')),
  drop constraint bulk_works_reason,
  add constraint bulk_works_reason check (act = 'release' or (act = 'set-aside') = (reason is not null));
alter table bulk_work_lines drop constraint bulk_work_lines_because_check,
  add constraint bulk_work_lines_because_check check (because in ('already', 'changed', 'held', 'contacted', 'beside', 'budget-spent',
    'refused', 'set-aside', 'elsewhere', 'not-to-contact', 'passed-on', 'worked', 'reason-needed'));
alter table target_assignments add column reason text check (length(reason) between 1 and 300);
