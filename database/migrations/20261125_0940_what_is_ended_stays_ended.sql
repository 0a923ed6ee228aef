-- What was ended is not ended again at another instant: neither a designation, nor the time a tool was open (rights and grants of a past day rest on it).
alter policy designate_replaces on access_requesters using ((select ctx.ok()) and organisation_id = (select ctx.organisation()) and (select ctx.holds_role('signataire')) and ended_at is null);
alter policy publish_withdraws on annex_4_tools using ((select ctx.ok()) and (select ctx.holds_role('administrateur')) and in_force_until is null);
