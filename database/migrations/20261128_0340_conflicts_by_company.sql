-- A campaign says whether its conflicts are those of each establishment or of the whole company (EST-12, CAM-3).
alter table campaigns add column conflict_scope text not null default 'establishment'
  check (conflict_scope in ('establishment', 'company'));
alter table campaign_decisions drop constraint campaign_decisions_kind_check,
  add constraint campaign_decisions_kind_check check (kind in ('held', 'contacted', 'beside'));
alter table bulk_work_lines drop constraint bulk_work_lines_because_check,
  add constraint bulk_work_lines_because_check check (because in ('already', 'changed', 'held', 'contacted', 'beside', 'budget-spent',
    'refused', 'set-aside', 'elsewhere', 'not-to-contact', 'passed-on', 'worked'));
