-- The updates list the codes of activity that no label explains.
grant select on naf to cc_worker;
