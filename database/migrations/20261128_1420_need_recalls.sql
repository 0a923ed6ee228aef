-- What was told of each idle spell of a need: never twice (CAM-13). `told_on` is the night it was told.
create table need_recalls (
  need_id uuid not null,
  holder_id uuid not null,
  idle_since date not null,
  step text not null check (step in ('owner', 'lead', 'pilot')),
  told_on date not null,
  primary key (need_id, holder_id, idle_since, step)
);
create index need_recalls_age on need_recalls (told_on);
