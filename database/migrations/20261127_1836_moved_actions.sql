-- A bulk work of next actions: of no campaign, a line an action, with the day that it is moved to (CAM-9).
alter table bulk_works alter column campaign_id drop not null;
alter table bulk_works add column moved_to date;
alter table bulk_works add column moved_by int check (moved_by between 1 and 60);
alter table bulk_works drop constraint bulk_works_act_check;
alter table bulk_works add constraint bulk_works_act_check check (act in ('set-aside', 'put-back', 'move-actions'));
alter table bulk_works add constraint bulk_works_subject check ((act = 'move-actions') = (campaign_id is null));
alter table bulk_works add constraint bulk_works_moved check ((act = 'move-actions')::int = num_nonnulls(moved_to, moved_by));
alter table bulk_work_lines add column next_action_id uuid references next_actions on delete cascade;
alter table bulk_work_lines add column due_on date;
alter table bulk_work_lines drop constraint bulk_work_lines_pkey;
-- An employer has several actions.
alter table bulk_work_lines add constraint bulk_work_lines_key unique nulls not distinct (work_id, siret, next_action_id);
create index bulk_work_lines_action on bulk_work_lines (next_action_id) where next_action_id is not null;
alter table bulk_work_lines add constraint bulk_work_lines_moved check ((next_action_id is null) = (due_on is null));
alter table bulk_work_lines drop constraint bulk_work_lines_because_check;
alter table bulk_work_lines add constraint bulk_work_lines_because_check
  check (because in ('already', 'changed', 'held', 'contacted', 'refused'));
