-- Targets are shared out by the bulk engine: in parts, found again, stopped, undone (CAM-4, CAM-9).
alter table target_sharings add constraint target_sharings_of_campaign unique (id, campaign_id);
alter table bulk_works add column sharing_id uuid;
alter table bulk_works add constraint bulk_works_sharing_fkey foreign key (sharing_id, campaign_id)
  references target_sharings (id, campaign_id) on delete cascade;
create unique index bulk_works_sharing on bulk_works (sharing_id) where sharing_id is not null;
alter table bulk_works drop constraint bulk_works_act_check;
alter table bulk_works add constraint bulk_works_act_check
  check (act in ('set-aside', 'put-back', 'close', 'share', 'move-actions', 'hand-actions'));
alter table bulk_works add constraint bulk_works_shared check ((act = 'share') = (sharing_id is not null));
alter table bulk_work_lines drop constraint bulk_work_lines_because_check;
alter table bulk_work_lines add constraint bulk_work_lines_because_check check (because in
  ('already', 'changed', 'held', 'contacted', 'refused', 'set-aside', 'elsewhere', 'not-to-contact', 'passed-on', 'worked'));

-- Each line of a sharing out has its own instant, once it is done; and tells by itself that it was undone.
alter table target_assignments drop constraint target_assignments_check;
alter table target_assignments add constraint target_assignments_at check (sharing_id is not null or at is not null);
alter table target_assignments add column undone boolean not null default false;
update target_assignments a set at = s.done_at, undone = s.undone_at is not null and not a.kept
  from target_sharings s where s.id = a.sharing_id and s.done_at is not null;
alter table target_assignments drop column kept;
drop index target_assignments_sharing;
create index target_assignments_sharing on target_assignments (sharing_id, siret) where sharing_id is not null;
