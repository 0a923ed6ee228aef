-- A link for a password is sent in the place of account managers, as another exceptional act (ACC-10).
alter table exceptional_acts drop constraint exceptional_acts_act_check;
alter table exceptional_acts add constraint exceptional_acts_act_check
  check (act in ('read', 'suspend', 'resume', 'lift', 'depart', 'end-grant', 'reset-second-factors', 'decide-link',
    'send-password-link'));
