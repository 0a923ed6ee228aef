/*
 * Which campaigns were common at the last ANALYZE says nothing of the one just being filled: for a campaign that the statistics have not met, the planner
 * expects one row, and joins fifty thousand targets to fifty thousand conflicts in a nested loop. Without statistics on these columns it expects a share of
 * the table whatever the campaign, and every plan of the openings stays a hash or an index.
 */
alter table campaign_targets alter campaign_id set statistics 0;
alter table campaign_holds alter campaign_id set statistics 0;
alter table campaign_decisions alter campaign_id set statistics 0;
alter table campaign_contacts alter campaign_id set statistics 0;
