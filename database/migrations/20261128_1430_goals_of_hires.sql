-- Goals of people reached and of hires (CAM-8).
alter table campaign_goals
  drop constraint campaign_goals_kind_check,
  add constraint campaign_goals_kind_check
    check (kind in ('etablissements-contactes', 'interlocuteurs-joints', 'echanges', 'rendez-vous', 'besoins', 'embauches'));
