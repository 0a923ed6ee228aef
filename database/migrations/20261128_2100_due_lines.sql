-- The lines of each morning (CAM-11), found among all that was told when the next morning takes them away.
create index notifications_due on notifications (at) where kind = 'actions-due';
