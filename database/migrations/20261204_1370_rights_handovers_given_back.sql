-- PRI-2: the structure to which a request is handed gives it back, until the answer: it is not its own. A withdrawal
-- says which of the two ended the hand-over. end_rights_handover alone writes it.
alter table rights_request_withdrawals add column given_back boolean not null default false;
alter table rights_request_withdrawals alter column given_back drop default;
