-- The daily update refreshes the words known to the search when it ends: a name that is no longer diffused does not stay among them.
grant select, insert, update, delete on search_lexicon to cc_worker;
