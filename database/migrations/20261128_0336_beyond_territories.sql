-- ACC-15: a grant beyond the territories that the convention gives its structure is an anomaly.
alter table access_anomalies drop constraint access_anomalies_kind_check, drop constraint access_anomalies_corrected_how_check;
alter table access_anomalies
  add constraint access_anomalies_kind_check check (kind in ('should-be-suspended', 'contract-over', 'never-seen', 'not-seen', 'no-grant',
    'never-used', 'unused', 'beyond-function', 'beyond-territories')),
  add constraint access_anomalies_corrected_how_check check (corrected_how in ('grant-ended', 'grant-changed', 'grant-over',
    'account-suspended', 'account-deleted', 'contract-extended', 'came-back', 'lifted', 'worsened', 'rights-ended', 'rights-given', 'used',
    'function-changed', 'territories-given', 'gone'));
