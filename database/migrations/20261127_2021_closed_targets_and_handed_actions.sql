-- Bulk works that close targets, and that hand next actions over to a colleague (CAM-9).
-- What the pilot closed a target for without a contact; a trigger forgets it when the target is worked again.
alter table campaign_targets add column closed_result text check (closed_result in ('pas-de-besoin', 'refus', 'ferme', 'deja-suivi'));
alter table campaign_targets add constraint campaign_targets_closed check (closed_result is null or status = 'traite');
alter table bulk_works add column result text check (result in ('pas-de-besoin', 'refus', 'ferme', 'deja-suivi'));
alter table bulk_works add column handed_to uuid references accounts;
alter table bulk_works drop constraint bulk_works_act_check;
alter table bulk_works add constraint bulk_works_act_check check (act in ('set-aside', 'put-back', 'close', 'move-actions', 'hand-actions'));
alter table bulk_works drop constraint bulk_works_subject;
alter table bulk_works add constraint bulk_works_subject check ((act in ('move-actions', 'hand-actions')) = (campaign_id is null));
alter table bulk_works add constraint bulk_works_result check ((act = 'close') = (result is not null));
alter table bulk_works add constraint bulk_works_handed check ((act = 'hand-actions') = (handed_to is not null));
alter table bulk_work_lines drop constraint bulk_work_lines_moved;
alter table bulk_work_lines add constraint bulk_work_lines_moved check (next_action_id is not null or due_on is null);
alter table bulk_work_lines drop constraint bulk_work_lines_because_check;
alter table bulk_work_lines add constraint bulk_work_lines_because_check
  check (because in ('already', 'changed', 'held', 'contacted', 'refused', 'set-aside', 'elsewhere'));
