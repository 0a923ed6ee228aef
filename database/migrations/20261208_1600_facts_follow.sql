-- What is known of an employer follows it to its new address (CAM-14).
alter table register_move_records drop constraint register_move_records_kind_check,
  add constraint register_move_records_kind_check check (kind in ('exchange', 'next-action', 'correspondent',
    'correspondent-link', 'do-not-contact', 'commitment', 'note', 'need', 'service', 'referent', 'fact'));
