-- Written by npm run schema: today’s schema, to read and to compare. The bodies of functions stand in database/functions.

schema ctx owner cc_owner rights cc_definer=UC/cc_owner cc_owner=UC/cc_owner cc_sign_in=U/cc_owner cc_web=U/cc_owner cc_worker=U/cc_owner
schema public owner cc_owner rights =U/cc_owner cc_definer=UC/cc_owner cc_owner=UC/cc_owner
schema secret owner cc_owner rights cc_definer=U/cc_owner cc_owner=UC/cc_owner

default rights of cc_worker on S in graphile_worker cc_definer=U/cc_worker
default rights of cc_worker on r in graphile_worker cc_definer=arw/cc_worker

sequence public.clpe_ids integer start 10001 step 1 from 1 to 2147483647 cache 1 owner cc_owner
sequence public.convention_signers_id_seq bigint start 1 step 1 from 1 to 9223372036854775807 cache 1 owner cc_owner of public.convention_signers.id
sequence public.hiring_files_id_seq integer start 1 step 1 from 1 to 2147483647 cache 1 owner cc_owner of public.hiring_files.id
sequence public.reached_changes_id_seq bigint start 1 step 1 from 1 to 9223372036854775807 cache 1 owner cc_owner of public.reached_changes.id
sequence public.register_imports_id_seq integer start 1 step 1 from 1 to 2147483647 cache 1 owner cc_owner of public.register_imports.id
sequence public.schema_repeatables_position_seq integer start 1 step 1 from 1 to 2147483647 cache 1 owner cc_owner of public.schema_repeatables.position
sequence public.service_files_id_seq integer start 1 step 1 from 1 to 2147483647 cache 1 owner cc_owner of public.service_files.id
sequence public.target_assignments_id_seq bigint start 1 step 1 from 1 to 9223372036854775807 cache 1 owner cc_owner of public.target_assignments.id
sequence public.target_turns_id_seq bigint start 1 step 1 from 1 to 9223372036854775807 cache 1 owner cc_owner of public.target_turns.id

table public.absences owner cc_owner row security forced
  id uuid not null rights cc_definer=w/cc_owner
  account_id uuid not null
  organisation_id uuid not null
  starts_on date not null
  ends_on date not null
  said_by uuid not null
  said_at timestamp with time zone not null
  withdrawn_at timestamp with time zone rights cc_web=w/cc_owner
  withdrawn_by uuid rights cc_web=w/cc_owner
  constraint absences_account_id_organisation_id_fkey FOREIGN KEY (account_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint absences_check CHECK ((ends_on >= starts_on))
  constraint absences_length CHECK (((ends_on - starts_on) < 732))
  constraint absences_once EXCLUDE USING gist (account_id WITH =, daterange(starts_on, ends_on, '[]'::text) WITH &&) WHERE ((withdrawn_at IS NULL))
  constraint absences_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint absences_pkey PRIMARY KEY (id)
  constraint absences_said_by_fkey FOREIGN KEY (said_by) REFERENCES public.accounts(id)
  constraint absences_withdrawn CHECK ((num_nulls(withdrawn_at, withdrawn_by) = ANY (ARRAY[0, 2])))
  constraint absences_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.accounts(id)
  CREATE INDEX absences_once ON public.absences USING gist (account_id, daterange(starts_on, ends_on, '[]'::text)) WHERE (withdrawn_at IS NULL)
  CREATE INDEX absences_organisation ON public.absences USING btree (organisation_id, ends_on) WHERE (withdrawn_at IS NULL)
  CREATE UNIQUE INDEX absences_pkey ON public.absences USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF withdrawn_at ON public.absences FOR EACH ROW EXECUTE FUNCTION ctx.written_now('said_at', 'withdrawn_at')
  policy declare for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (said_by = ( SELECT ctx.account() AS account)) AND ((account_id = ( SELECT ctx.account() AS account)) OR ( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.leads_colleagues() AS leads_colleagues)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((account_id = ( SELECT ctx.account() AS account)) OR ( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.leads_colleagues() AS leads_colleagues)))
  policy withdraw for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((account_id = ( SELECT ctx.account() AS account)) OR ( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.leads_colleagues() AS leads_colleagues))) check (withdrawn_by = ( SELECT ctx.account() AS account))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.acceptances owner cc_owner row security forced
  account_id uuid not null
  document_id uuid not null
  organisation_id uuid not null
  body_hash bytea not null
  accepted_at timestamp with time zone not null
  constraint acceptances_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint acceptances_document_id_body_hash_fkey FOREIGN KEY (document_id, body_hash) REFERENCES public.documents(id, body_hash)
  constraint acceptances_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(id)
  constraint acceptances_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint acceptances_pkey PRIMARY KEY (account_id, document_id)
  CREATE UNIQUE INDEX acceptances_pkey ON public.acceptances USING btree (account_id, document_id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.acceptances FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  CREATE TRIGGER written_now BEFORE INSERT ON public.acceptances FOR EACH ROW EXECUTE FUNCTION ctx.written_now('accepted_at')
  policy accept for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (EXISTS ( SELECT
   FROM public.documents d
  WHERE ((d.id = acceptances.document_id) AND (d.in_force_from <= ( SELECT ctx.clock() AS clock)) AND (d.cancelled_at IS NULL)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees)))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.access_anomalies owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  account_id uuid not null
  grant_id uuid
  kind text not null
  function text not null
  contract_ends_on date
  last_act_at timestamp with time zone
  last_used_on date
  opened_at timestamp with time zone not null
  corrected_at timestamp with time zone
  corrected_how text
  corrected_by uuid
  constraint access_anomalies_account_id_organisation_id_fkey FOREIGN KEY (account_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint access_anomalies_check CHECK ((corrected_at >= opened_at))
  constraint access_anomalies_check1 CHECK ((((corrected_at IS NULL) = (corrected_how IS NULL)) AND ((corrected_by IS NULL) OR (corrected_at IS NOT NULL))))
  constraint access_anomalies_corrected_by_fkey FOREIGN KEY (corrected_by) REFERENCES public.accounts(id)
  constraint access_anomalies_corrected_how_check CHECK ((corrected_how = ANY (ARRAY['grant-ended'::text, 'grant-changed'::text, 'grant-over'::text, 'account-suspended'::text, 'account-deleted'::text, 'contract-extended'::text, 'came-back'::text, 'lifted'::text, 'worsened'::text, 'rights-ended'::text, 'rights-given'::text, 'used'::text, 'function-changed'::text, 'territories-given'::text, 'gone'::text])))
  constraint access_anomalies_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.grants(id)
  constraint access_anomalies_kind_check CHECK ((kind = ANY (ARRAY['should-be-suspended'::text, 'contract-over'::text, 'never-seen'::text, 'not-seen'::text, 'no-grant'::text, 'never-used'::text, 'unused'::text, 'beyond-function'::text, 'beyond-territories'::text])))
  constraint access_anomalies_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint access_anomalies_pkey PRIMARY KEY (id)
  CREATE INDEX access_anomalies_account ON public.access_anomalies USING btree (account_id)
  CREATE INDEX access_anomalies_corrected ON public.access_anomalies USING btree (organisation_id, corrected_at, id) WHERE (corrected_at IS NOT NULL)
  CREATE INDEX access_anomalies_organisation ON public.access_anomalies USING btree (organisation_id) WHERE (corrected_at IS NULL)
  CREATE UNIQUE INDEX access_anomalies_open ON public.access_anomalies USING btree (account_id, kind, grant_id) NULLS NOT DISTINCT WHERE (corrected_at IS NULL)
  CREATE UNIQUE INDEX access_anomalies_pkey ON public.access_anomalies USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.access_requesters owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  account_id uuid not null
  designated_by uuid not null
  designated_at timestamp with time zone not null
  ended_at timestamp with time zone rights cc_web=w/cc_owner
  constraint access_requesters_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint access_requesters_check CHECK ((ended_at >= designated_at))
  constraint access_requesters_designated_by_fkey FOREIGN KEY (designated_by) REFERENCES public.accounts(id)
  constraint access_requesters_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint access_requesters_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX access_requesters_one ON public.access_requesters USING btree (organisation_id) WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX access_requesters_pkey ON public.access_requesters USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF ended_at ON public.access_requesters FOR EACH ROW EXECUTE FUNCTION ctx.written_now('designated_at', 'ended_at')
  policy designate for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (designated_by = ( SELECT ctx.account() AS account)) AND ( SELECT ctx.holds_role('signataire'::text) AS holds_role) AND (ended_at IS NULL) AND (EXISTS ( SELECT
   FROM public.accounts a
  WHERE ((a.id = access_requesters.account_id) AND (a.organisation_id = access_requesters.organisation_id)))))
  policy designate_replaces for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.holds_role('signataire'::text) AS holds_role) AND (ended_at IS NULL)) check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.holds_role('signataire'::text) AS holds_role) AND (ended_at IS NOT NULL))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.access_requests owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  requested_by uuid not null
  people integer not null
  message text not null
  requested_at timestamp with time zone not null
  decision text rights cc_web=w/cc_owner
  reason text rights cc_web=w/cc_owner
  decided_by uuid rights cc_web=w/cc_owner
  decided_at timestamp with time zone rights cc_web=w/cc_owner
  constraint access_requests_check CHECK ((num_nonnulls(decision, reason, decided_by, decided_at) = ANY (ARRAY[0, 4])))
  constraint access_requests_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id)
  constraint access_requests_decision_check CHECK ((decision = ANY (ARRAY['accepted'::text, 'refused'::text])))
  constraint access_requests_message_check CHECK ((length(message) <= 1000))
  constraint access_requests_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint access_requests_people_check CHECK (((people >= 1) AND (people <= 100000)))
  constraint access_requests_pkey PRIMARY KEY (id)
  constraint access_requests_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
  constraint access_requests_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.accounts(id)
  CREATE UNIQUE INDEX access_requests_pending ON public.access_requests USING btree (organisation_id) WHERE (decided_at IS NULL)
  CREATE UNIQUE INDEX access_requests_pkey ON public.access_requests USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF decided_at ON public.access_requests FOR EACH ROW EXECUTE FUNCTION ctx.written_now('requested_at', 'decided_at')
  policy decide for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (decided_at IS NULL)) check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (decided_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees)))
  policy request for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (requested_by = ( SELECT ctx.account() AS account)) AND (decided_at IS NULL) AND (EXISTS ( SELECT
   FROM public.access_requesters d
  WHERE ((d.organisation_id = access_requests.organisation_id) AND (d.account_id = ( SELECT ctx.account() AS account)) AND (d.ended_at IS NULL)))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.access_review_lines owner cc_owner row security forced
  id uuid not null
  review_id uuid not null
  organisation_id uuid not null
  account_id uuid not null
  grant_id uuid
  function text not null
  attachment text not null
  status text not null
  contract_ends_on date
  last_act_at timestamp with time zone
  has_role boolean not null
  tool text
  profile text
  territory_id integer
  agency_id uuid
  granted_at timestamp with time zone
  last_used_on date
  anomalies text[] not null default '{}'::text[] rights cc_definer=w/cc_owner
  anomaly boolean generated (anomalies <> '{}'::text[])
  decision text rights cc_web=w/cc_owner
  to_profile text rights cc_web=w/cc_owner
  reason text rights cc_web=w/cc_owner
  decided_at timestamp with time zone rights cc_web=w/cc_owner
  decided_by uuid rights cc_web=w/cc_owner
  anomalies_since timestamp with time zone[] not null default '{}'::timestamp with time zone[] rights cc_definer=w/cc_owner
  to_territory_id integer rights cc_web=w/cc_owner
  constraint access_review_lines_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint access_review_lines_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agencies(id)
  constraint access_review_lines_check CHECK ((num_nonnulls(decision, decided_at, decided_by) = ANY (ARRAY[0, 3])))
  constraint access_review_lines_check1 CHECK ((((grant_id IS NULL) = (tool IS NULL)) AND ((grant_id IS NULL) = (profile IS NULL))))
  constraint access_review_lines_check2 CHECK ((((NOT (decision IS DISTINCT FROM 'reduce'::text)) = (num_nonnulls(to_profile, to_territory_id) > 0)) AND ((decision IS DISTINCT FROM 'reduce'::text) OR (grant_id IS NOT NULL))))
  constraint access_review_lines_check3 CHECK (((decision IS NULL) OR ((decision = 'keep'::text) AND (anomalies = '{}'::text[])) OR (reason IS NOT NULL)))
  constraint access_review_lines_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id)
  constraint access_review_lines_decision_check CHECK ((decision = ANY (ARRAY['keep'::text, 'reduce'::text, 'suspend'::text, 'delete'::text])))
  constraint access_review_lines_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.grants(id)
  constraint access_review_lines_pkey PRIMARY KEY (id)
  constraint access_review_lines_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint access_review_lines_review_id_account_id_grant_id_key UNIQUE NULLS NOT DISTINCT (review_id, account_id, grant_id)
  constraint access_review_lines_review_id_organisation_id_fkey FOREIGN KEY (review_id, organisation_id) REFERENCES public.access_reviews(id, organisation_id)
  constraint access_review_lines_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id)
  constraint access_review_lines_to_profile_check CHECK ((to_profile = ANY (ARRAY['consultation'::text, 'conseiller'::text, 'responsable'::text])))
  constraint access_review_lines_to_territory_id_fkey FOREIGN KEY (to_territory_id) REFERENCES public.territories(id)
  constraint decided_by_another CHECK ((decided_by <> account_id))
  CREATE INDEX access_review_lines_left ON public.access_review_lines USING btree (review_id) WHERE (decision IS NULL)
  CREATE INDEX access_review_lines_order ON public.access_review_lines USING btree (review_id, ((NOT anomaly)), account_id, ((grant_id IS NOT NULL)), id)
  CREATE UNIQUE INDEX access_review_lines_pkey ON public.access_review_lines USING btree (id)
  CREATE UNIQUE INDEX access_review_lines_review_id_account_id_grant_id_key ON public.access_review_lines USING btree (review_id, account_id, grant_id) NULLS NOT DISTINCT
  CREATE TRIGGER written_now BEFORE UPDATE OF decided_at ON public.access_review_lines FOR EACH ROW EXECUTE FUNCTION ctx.written_now('decided_at')
  policy decide for update to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts)) AND (review_id IN ( SELECT r.id
   FROM public.access_reviews r
  WHERE ((r.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (r.closed_at IS NULL))))) check (( SELECT ctx.ok() AS ok) AND (decided_by = ( SELECT ctx.account() AS account)))
  policy duties restrictive for update to cc_web using ( SELECT ctx.ok() AS ok) check (( SELECT ctx.ok() AS ok) AND ((decision IS DISTINCT FROM 'keep'::text) OR (grant_id IS NULL) OR (NOT (account_id IN ( SELECT ctx.managers() AS managers))) OR (grant_id IN ( SELECT g.id
   FROM public.grants g
  WHERE (g.duties IS NOT NULL)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.access_review_reminders owner cc_owner row security forced
  organisation_id uuid not null
  due_on date not null
  kind text not null
  sent_at timestamp with time zone not null
  constraint access_review_reminders_kind_check CHECK ((kind = ANY (ARRAY['thirty-days'::text, 'seven-days'::text, 'today'::text, 'late'::text])))
  constraint access_review_reminders_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint access_review_reminders_pkey PRIMARY KEY (organisation_id, due_on, kind)
  CREATE UNIQUE INDEX access_review_reminders_pkey ON public.access_review_reminders USING btree (organisation_id, due_on, kind)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.access_review_rhythms owner cc_owner row security forced
  in_force_from timestamp with time zone not null
  months integer not null
  set_by uuid
  constraint access_review_rhythms_months_check CHECK (((months >= 1) AND (months <= 12)))
  constraint access_review_rhythms_pkey PRIMARY KEY (in_force_from)
  constraint access_review_rhythms_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id)
  CREATE UNIQUE INDEX access_review_rhythms_pkey ON public.access_review_rhythms USING btree (in_force_from)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  policy set_by_operator for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (set_by = ( SELECT ctx.account() AS account)))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.access_reviews owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  due_on date not null
  started_at timestamp with time zone not null
  started_by uuid not null
  closed_at timestamp with time zone rights cc_web=w/cc_owner
  closed_by uuid rights cc_web=w/cc_owner
  report_digest bytea rights cc_web=w/cc_owner
  constraint access_reviews_check CHECK ((closed_at >= started_at))
  constraint access_reviews_check1 CHECK ((num_nonnulls(closed_at, closed_by, report_digest) = ANY (ARRAY[0, 3])))
  constraint access_reviews_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.accounts(id)
  constraint access_reviews_id_organisation_id_key UNIQUE (id, organisation_id)
  constraint access_reviews_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint access_reviews_pkey PRIMARY KEY (id)
  constraint access_reviews_report_digest_check CHECK ((length(report_digest) = 32))
  constraint access_reviews_started_by_fkey FOREIGN KEY (started_by) REFERENCES public.accounts(id)
  CREATE INDEX access_reviews_closed ON public.access_reviews USING btree (organisation_id, closed_at)
  CREATE UNIQUE INDEX access_reviews_id_organisation_id_key ON public.access_reviews USING btree (id, organisation_id)
  CREATE UNIQUE INDEX access_reviews_open ON public.access_reviews USING btree (organisation_id) WHERE (closed_at IS NULL)
  CREATE UNIQUE INDEX access_reviews_pkey ON public.access_reviews USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF closed_at ON public.access_reviews FOR EACH ROW EXECUTE FUNCTION ctx.written_now('started_at', 'closed_at')
  policy begin for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (started_by = ( SELECT ctx.account() AS account)) AND (closed_at IS NULL))
  policy close for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (closed_at IS NULL)) check (( SELECT ctx.ok() AS ok) AND (closed_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.account_activity owner cc_owner row security forced
  account_id uuid not null
  organisation_id uuid not null
  last_act_at timestamp with time zone
  lifted_at timestamp with time zone
  first_at timestamp with time zone
  constraint account_activity_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint account_activity_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint account_activity_pkey PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX account_activity_pkey ON public.account_activity USING btree (account_id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.account_activity FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR (( SELECT ctx.holds_role('signataire'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((account_id IN ( SELECT ctx.managers() AS managers)) OR (NOT (EXISTS ( SELECT ctx.managers_in_effect() AS managers_in_effect))))) OR ( SELECT ctx.oversees() AS oversees)))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.account_blocks owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  cause text not null
  reason text not null
  blocked_at timestamp with time zone not null
  blocked_by uuid
  lifted_at timestamp with time zone rights cc_web=w/cc_owner
  lifted_by uuid rights cc_web=w/cc_owner
  verdict text rights cc_web=w/cc_owner
  incident text
  cuts text not null default 'account'::text
  grant_id uuid
  constraint account_blocks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint account_blocks_blocked_by_fkey FOREIGN KEY (blocked_by) REFERENCES public.accounts(id)
  constraint account_blocks_cause_check CHECK ((cause = ANY (ARRAY['suspect-use'::text, 'exceptional'::text])))
  constraint account_blocks_cause_cuts CHECK (
CASE cause
    WHEN 'exceptional'::text THEN (cuts <> 'none'::text)
    ELSE (cuts = ANY (ARRAY['account'::text, 'none'::text]))
END)
  constraint account_blocks_check CHECK ((lifted_at >= blocked_at))
  constraint account_blocks_check1 CHECK ((num_nonnulls(lifted_at, verdict) = ANY (ARRAY[0, 2])))
  constraint account_blocks_check2 CHECK (((cause <> 'exceptional'::text) OR ((incident IS NOT NULL) AND (blocked_by IS NOT NULL))))
  constraint account_blocks_check3 CHECK (((cuts = 'grant'::text) = (grant_id IS NOT NULL)))
  constraint account_blocks_cuts_check CHECK ((cuts = ANY (ARRAY['account'::text, 'grant'::text, 'rgc'::text, 'none'::text])))
  constraint account_blocks_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.grants(id)
  constraint account_blocks_incident_check CHECK (((length(incident) >= 1) AND (length(incident) <= 100)))
  constraint account_blocks_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES public.accounts(id)
  constraint account_blocks_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint account_blocks_pkey PRIMARY KEY (id)
  constraint account_blocks_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
  constraint account_blocks_verdict_check CHECK (((length(verdict) >= 1) AND (length(verdict) <= 500)))
  CREATE INDEX account_blocks_account ON public.account_blocks USING btree (account_id)
  CREATE UNIQUE INDEX account_blocks_open ON public.account_blocks USING btree (account_id, cause, cuts, grant_id) NULLS NOT DISTINCT WHERE (lifted_at IS NULL)
  CREATE UNIQUE INDEX account_blocks_pkey ON public.account_blocks USING btree (id)
  CREATE TRIGGER account_blocks_end_sessions AFTER INSERT ON public.account_blocks FOR EACH ROW WHEN (((new.cuts = 'account'::text) AND (new.lifted_at IS NULL))) EXECUTE FUNCTION ctx.end_blocked_sessions()
  CREATE TRIGGER account_blocks_keep_an_officer BEFORE INSERT ON public.account_blocks FOR EACH ROW WHEN (((new.cuts = 'account'::text) AND (new.lifted_at IS NULL))) EXECUTE FUNCTION ctx.keep_an_officer()
  CREATE TRIGGER officers_rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.account_blocks FOR EACH ROW EXECUTE FUNCTION ctx.officers_rights_changed('account_id')
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.account_blocks FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF lifted_at ON public.account_blocks FOR EACH ROW EXECUTE FUNCTION ctx.written_now('blocked_at', 'lifted_at')
  policy block for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))) AND (organisation_id = ( SELECT a.organisation_id
   FROM public.accounts a
  WHERE (a.id = account_blocks.account_id))) AND (cause = 'exceptional'::text) AND (blocked_by = ( SELECT ctx.account() AS account)) AND (account_id <> ( SELECT ctx.account() AS account)) AND (lifted_at IS NULL) AND ((grant_id IS NULL) OR (EXISTS ( SELECT
   FROM public.grants g
  WHERE ((g.id = account_blocks.grant_id) AND (g.account_id = account_blocks.account_id))))))
  policy lift for update to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR (( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (cause = 'suspect-use'::text) AND (account_id IN ( SELECT ctx.security_officers() AS security_officers)))) AND (lifted_at IS NULL) AND (account_id <> ( SELECT ctx.account() AS account))) check ((lifted_by = ( SELECT ctx.account() AS account)) AND (verdict IS NOT NULL))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.account_contacts owner cc_owner row security forced
  account_id uuid not null rights cc_web=ar/cc_owner
  organisation_id uuid not null rights cc_web=ar/cc_owner
  email text not null rights cc_definer=w/cc_owner cc_web=ar/cc_owner
  mailbox text not null default ''::text rights cc_web=r/cc_owner
  beside_id uuid rights cc_definer=w/cc_owner
  constraint account_contacts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint account_contacts_beside FOREIGN KEY (beside_id, email) REFERENCES public.account_contacts(account_id, email) ON DELETE SET NULL (beside_id) DEFERRABLE INITIALLY DEFERRED
  constraint account_contacts_check CHECK ((beside_id <> account_id))
  constraint account_contacts_email_check CHECK (((email = lower(email)) AND (length(email) <= 254)))
  constraint account_contacts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint account_contacts_pair UNIQUE (account_id, email)
  constraint account_contacts_pkey PRIMARY KEY (account_id)
  constraint account_contacts_plain CHECK ((email ~ '^[!-~]+$'::text)) NOT VALID not valid
  CREATE INDEX account_contacts_beside_of ON public.account_contacts USING btree (beside_id) WHERE (beside_id IS NOT NULL)
  CREATE UNIQUE INDEX account_contacts_email ON public.account_contacts USING btree (email) WHERE (beside_id IS NULL)
  CREATE UNIQUE INDEX account_contacts_email_beside ON public.account_contacts USING btree (email) WHERE (beside_id IS NOT NULL)
  CREATE UNIQUE INDEX account_contacts_mailbox ON public.account_contacts USING btree (organisation_id, mailbox)
  CREATE UNIQUE INDEX account_contacts_pair ON public.account_contacts USING btree (account_id, email)
  CREATE UNIQUE INDEX account_contacts_pkey ON public.account_contacts USING btree (account_id)
  CREATE TRIGGER ask_second AFTER INSERT ON public.account_contacts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ctx.ask_second_for_account()
  CREATE TRIGGER keep_mailbox BEFORE INSERT OR UPDATE ON public.account_contacts FOR EACH ROW EXECUTE FUNCTION public.keep_mailbox()
  CREATE TRIGGER pair_address BEFORE INSERT OR UPDATE OF email ON public.account_contacts FOR EACH ROW EXECUTE FUNCTION ctx.pair_address()
  CREATE TRIGGER part_addresses AFTER DELETE OR UPDATE OF email ON public.account_contacts FOR EACH ROW EXECUTE FUNCTION ctx.part_addresses()
  policy opened for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.account_identities owner cc_owner row security forced
  issuer text not null
  subject text not null
  account_id uuid not null
  idp_id text not null default ''::text
  linked_at timestamp with time zone not null default now()
  confirmed_by uuid rights cc_definer=w/cc_owner
  siret bigint rights cc_definer=w/cc_owner
  constraint account_identities_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint account_identities_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.accounts(id)
  constraint account_identities_issuer_check CHECK (((length(issuer) >= 8) AND (length(issuer) <= 300)))
  constraint account_identities_pkey PRIMARY KEY (issuer, subject, account_id)
  constraint account_identities_siret_check CHECK (((siret >= 1) AND (siret <= '99999999999999'::bigint)))
  constraint account_identities_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
  CREATE INDEX account_identities_account ON public.account_identities USING btree (account_id)
  CREATE UNIQUE INDEX account_identities_pkey ON public.account_identities USING btree (issuer, subject, account_id)
  CREATE TRIGGER keep_one_person BEFORE INSERT ON public.account_identities FOR EACH ROW EXECUTE FUNCTION ctx.keep_one_person()
  policy own for select to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.account_imports owner cc_owner row security forced
  id uuid not null rights cc_definer=w/cc_owner
  organisation_id uuid not null
  checked_by uuid not null
  checked_at timestamp with time zone not null
  people jsonb not null rights cc_web=w/cc_owner
  confirmed_at timestamp with time zone rights cc_web=w/cc_owner
  created integer rights cc_web=w/cc_owner
  constraint account_imports_check CHECK ((num_nonnulls(confirmed_at, created) = ANY (ARRAY[0, 2])))
  constraint account_imports_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES public.accounts(id)
  constraint account_imports_created_check CHECK ((created >= 0))
  constraint account_imports_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint account_imports_pkey PRIMARY KEY (id)
  CREATE INDEX account_imports_open ON public.account_imports USING btree (organisation_id, checked_at) WHERE (confirmed_at IS NULL)
  CREATE UNIQUE INDEX account_imports_pkey ON public.account_imports USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF confirmed_at ON public.account_imports FOR EACH ROW EXECUTE FUNCTION ctx.written_now('checked_at', 'confirmed_at')
  policy own for all to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.account_states owner cc_owner row security forced
  account_id uuid not null
  organisation_id uuid not null
  from_at timestamp with time zone not null
  status text not null
  contract_ends_on date
  constraint account_states_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint account_states_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint account_states_pkey PRIMARY KEY (account_id, from_at)
  constraint account_states_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'blocked'::text, 'deleted'::text])))
  CREATE UNIQUE INDEX account_states_pkey ON public.account_states USING btree (account_id, from_at)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.account_states FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees)))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.accounts owner cc_owner row security forced
  id uuid not null rights cc_definer=w/cc_owner cc_web=a/cc_owner
  organisation_id uuid not null rights cc_web=a/cc_owner
  given_name text not null rights cc_web=aw/cc_owner
  family_name text not null rights cc_web=aw/cc_owner
  function text not null rights cc_web=aw/cc_owner
  status text not null default 'active'::text rights cc_web=w/cc_owner
  created_at timestamp with time zone not null rights cc_web=a/cc_owner
  contract_ends_on date rights cc_web=aw/cc_owner
  attachment text not null default 'agent'::text rights cc_web=aw/cc_owner
  third_party_id uuid rights cc_web=aw/cc_owner
  status_reason text rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
  function_since timestamp with time zone
  opened_by uuid
  constraint accounts_attachment CHECK (((attachment = 'agent'::text) = (third_party_id IS NULL)))
  constraint accounts_attachment_check CHECK ((attachment = ANY (ARRAY['agent'::text, 'delegate'::text, 'contractor'::text])))
  constraint accounts_contract CHECK (((attachment <> 'contractor'::text) OR (contract_ends_on IS NOT NULL)))
  constraint accounts_family_name_check CHECK (((length(family_name) >= 1) AND (length(family_name) <= 100)))
  constraint accounts_function_check CHECK ((length(function) <= 120))
  constraint accounts_given_name_check CHECK (((length(given_name) >= 1) AND (length(given_name) <= 100)))
  constraint accounts_in_organisation UNIQUE (id, organisation_id)
  constraint accounts_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES public.accounts(id)
  constraint accounts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint accounts_pkey PRIMARY KEY (id)
  constraint accounts_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'blocked'::text, 'deleted'::text])))
  constraint accounts_status_reason_check CHECK (((length(status_reason) >= 1) AND (length(status_reason) <= 300)))
  constraint accounts_third_party FOREIGN KEY (third_party_id, organisation_id) REFERENCES public.third_parties(id, organisation_id)
  CREATE INDEX accounts_directory ON public.accounts USING btree (public.search_words(((family_name || ' '::text) || given_name)), id) WHERE (status = 'active'::text)
  CREATE INDEX accounts_opened_by ON public.accounts USING btree (opened_by, created_at) WHERE (opened_by IS NOT NULL)
  CREATE INDEX accounts_organisation ON public.accounts USING btree (organisation_id)
  CREATE UNIQUE INDEX accounts_in_organisation ON public.accounts USING btree (id, organisation_id)
  CREATE UNIQUE INDEX accounts_pkey ON public.accounts USING btree (id)
  CREATE TRIGGER date_function BEFORE UPDATE OF function ON public.accounts FOR EACH ROW WHEN ((old.function IS DISTINCT FROM new.function)) EXECUTE FUNCTION ctx.date_function()
  CREATE TRIGGER keep_officers BEFORE UPDATE OF status ON public.accounts FOR EACH ROW WHEN (((CURRENT_USER <> 'cc_owner'::name) AND (old.status = 'active'::text) AND (new.status <> 'active'::text))) EXECUTE FUNCTION ctx.keep_officers()
  CREATE TRIGGER keep_state AFTER INSERT OR UPDATE OF status, contract_ends_on ON public.accounts FOR EACH ROW EXECUTE FUNCTION ctx.keep_account_state()
  CREATE TRIGGER note_opener BEFORE INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION ctx.note_opener()
  CREATE TRIGGER officers_rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.accounts FOR EACH ROW EXECUTE FUNCTION ctx.officers_rights_changed('id')
  CREATE TRIGGER open_first_enrolment AFTER INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION ctx.open_first_enrolment()
  CREATE TRIGGER permanent_managers BEFORE UPDATE OF attachment, contract_ends_on ON public.accounts FOR EACH ROW EXECUTE FUNCTION ctx.keep_managers_permanent()
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.accounts FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('id')
  CREATE TRIGGER written_now BEFORE INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION ctx.written_now('created_at')
  policy decide for update to cc_web using (( SELECT ctx.ok() AS ok) AND (id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts)))
  policy opened for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (status = 'active'::text) AND ((third_party_id IS NULL) OR (EXISTS ( SELECT
   FROM public.third_parties t
  WHERE ((t.id = accounts.third_party_id) AND (t.organisation_id = accounts.organisation_id) AND (t.starts_on <= ( SELECT ctx.paris_day(( SELECT ctx.clock() AS clock)) AS paris_day)))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ((( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.holds_something() AS holds_something))) OR (( SELECT ctx.known() AS known) AND (id = ( SELECT ctx.account() AS account))))
  policy stand_in for update to cc_web using (( SELECT ctx.ok() AS ok) AND ((id IN ( SELECT ctx.acted_on('suspend'::text) AS acted_on)) OR (id IN ( SELECT ctx.acted_on('resume'::text) AS acted_on))))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.action_proposals owner cc_owner row security forced
  id uuid not null
  next_action_id uuid not null
  siret bigint not null
  region_id integer
  departement_id integer
  epci_id integer
  clpe_id integer
  kind text not null
  due_on date not null
  due_at time(0) without time zone
  from_organisation uuid not null
  by_id uuid not null
  to_organisation uuid not null
  words text
  proposed_at timestamp with time zone not null
  lapses_on date not null
  state text not null default 'waiting'::text
  answered_by uuid
  answered_at timestamp with time zone
  reason text
  constraint action_proposals_answered CHECK (((state = 'waiting'::text) = (answered_at IS NULL)))
  constraint action_proposals_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.accounts(id)
  constraint action_proposals_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.accounts(id)
  constraint action_proposals_from_organisation_fkey FOREIGN KEY (from_organisation) REFERENCES public.organisations(id)
  constraint action_proposals_next_action_id_fkey FOREIGN KEY (next_action_id) REFERENCES public.next_actions(id) ON DELETE CASCADE
  constraint action_proposals_pkey PRIMARY KEY (id)
  constraint action_proposals_reason CHECK (((state = 'declined'::text) = (reason IS NOT NULL)))
  constraint action_proposals_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint action_proposals_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text, 'lapsed'::text])))
  constraint action_proposals_to_organisation_fkey FOREIGN KEY (to_organisation) REFERENCES public.organisations(id)
  constraint action_proposals_two CHECK ((from_organisation <> to_organisation))
  constraint action_proposals_words_check CHECK (((length(words) >= 1) AND (length(words) <= 500)))
  CREATE INDEX action_proposals_action ON public.action_proposals USING btree (next_action_id)
  CREATE INDEX action_proposals_from ON public.action_proposals USING btree (from_organisation, proposed_at)
  CREATE INDEX action_proposals_to ON public.action_proposals USING btree (to_organisation, state)
  CREATE UNIQUE INDEX action_proposals_pkey ON public.action_proposals USING btree (id)
  CREATE UNIQUE INDEX action_proposals_waiting ON public.action_proposals USING btree (next_action_id) WHERE (state = 'waiting'::text)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND ((from_organisation = ( SELECT ctx.organisation() AS organisation)) OR ((to_organisation = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))))
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.address_changes owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  email text not null
  former text not null
  new_domain boolean not null
  reason text not null
  asked_by uuid not null
  asked_at timestamp with time zone not null
  settled_at timestamp with time zone
  settled_by uuid
  outcome text
  settle_reason text
  constraint address_changes_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint address_changes_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.accounts(id)
  constraint address_changes_check CHECK ((settled_at >= asked_at))
  constraint address_changes_check1 CHECK (((settled_at IS NULL) = (outcome IS NULL)))
  constraint address_changes_check2 CHECK (((outcome IS NULL) OR (outcome = 'lapsed'::text) OR (num_nonnulls(settled_by, settle_reason) = 2)))
  constraint address_changes_check3 CHECK (((outcome IS DISTINCT FROM 'confirmed'::text) OR (settled_by <> asked_by)))
  constraint address_changes_email_check CHECK (((email ~ '^[!-~]+$'::text) AND ((length(email) >= 3) AND (length(email) <= 254))))
  constraint address_changes_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint address_changes_outcome_check CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'refused'::text, 'lapsed'::text])))
  constraint address_changes_pkey PRIMARY KEY (id)
  constraint address_changes_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint address_changes_settle_reason_check CHECK (((length(settle_reason) >= 1) AND (length(settle_reason) <= 300)))
  constraint address_changes_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.accounts(id)
  CREATE INDEX address_changes_organisation ON public.address_changes USING btree (organisation_id)
  CREATE UNIQUE INDEX address_changes_one ON public.address_changes USING btree (account_id) WHERE (settled_at IS NULL)
  CREATE UNIQUE INDEX address_changes_pkey ON public.address_changes USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((account_id = ( SELECT ctx.account() AS account)) OR ( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)))
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.address_releases owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  former_id uuid not null
  asker_id uuid not null
  email text not null
  given_name text not null
  family_name text not null
  reason text not null
  asked_by uuid not null
  asked_at timestamp with time zone not null
  told_at timestamp with time zone
  contested_at timestamp with time zone
  contested_by uuid
  contest_reason text
  settled_at timestamp with time zone
  settled_by uuid
  outcome text
  settle_reason text
  constraint address_releases_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint address_releases_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.accounts(id)
  constraint address_releases_asker_id_fkey FOREIGN KEY (asker_id) REFERENCES public.organisations(id)
  constraint address_releases_check CHECK ((told_at >= asked_at))
  constraint address_releases_check1 CHECK ((contested_at >= asked_at))
  constraint address_releases_check2 CHECK ((settled_at >= asked_at))
  constraint address_releases_check3 CHECK ((former_id <> asker_id))
  constraint address_releases_check4 CHECK ((num_nulls(contested_at, contested_by, contest_reason) = ANY (ARRAY[0, 3])))
  constraint address_releases_check5 CHECK (((settled_at IS NULL) = (outcome IS NULL)))
  constraint address_releases_check6 CHECK (((outcome IS NULL) OR (outcome = 'freed'::text) OR (num_nonnulls(settled_by, settle_reason) = 2)))
  constraint address_releases_check7 CHECK (((outcome IS DISTINCT FROM 'released'::text) OR ((settled_by <> asked_by) AND (settled_by <> account_id))))
  constraint address_releases_contest_reason_check CHECK (((length(contest_reason) >= 1) AND (length(contest_reason) <= 300)))
  constraint address_releases_contested_by_fkey FOREIGN KEY (contested_by) REFERENCES public.accounts(id)
  constraint address_releases_email_check CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 254))))
  constraint address_releases_family_name_check CHECK (((length(family_name) >= 1) AND (length(family_name) <= 100)))
  constraint address_releases_former_id_fkey FOREIGN KEY (former_id) REFERENCES public.organisations(id)
  constraint address_releases_given_name_check CHECK (((length(given_name) >= 1) AND (length(given_name) <= 100)))
  constraint address_releases_outcome_check CHECK ((outcome = ANY (ARRAY['released'::text, 'refused'::text, 'withdrawn'::text, 'freed'::text])))
  constraint address_releases_pkey PRIMARY KEY (id)
  constraint address_releases_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint address_releases_settle_reason_check CHECK (((length(settle_reason) >= 1) AND (length(settle_reason) <= 300)))
  constraint address_releases_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.accounts(id)
  CREATE INDEX address_releases_account ON public.address_releases USING btree (account_id)
  CREATE INDEX address_releases_former ON public.address_releases USING btree (former_id)
  CREATE UNIQUE INDEX address_releases_one ON public.address_releases USING btree (asker_id, account_id) WHERE (settled_at IS NULL)
  CREATE UNIQUE INDEX address_releases_pkey ON public.address_releases USING btree (id)
  policy owner for all to cc_owner using true check true
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.agencies owner cc_owner row security forced
  id uuid not null rights cc_web=a/cc_owner
  organisation_id uuid not null rights cc_web=a/cc_owner
  name text not null rights cc_web=aw/cc_owner
  version integer not null default 1 rights cc_definer=w/cc_owner cc_web=w/cc_owner
  closed_at timestamp with time zone rights cc_definer=w/cc_owner
  closed_by uuid rights cc_definer=w/cc_owner
  close_reason text rights cc_definer=w/cc_owner
  constraint agencies_close_reason_check CHECK (((length(close_reason) >= 1) AND (length(close_reason) <= 300)))
  constraint agencies_closed CHECK ((num_nonnulls(closed_at, closed_by, close_reason) = ANY (ARRAY[0, 3])))
  constraint agencies_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.accounts(id)
  constraint agencies_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint agencies_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint agencies_pkey PRIMARY KEY (id)
  constraint agencies_version_check CHECK ((version > 0))
  CREATE UNIQUE INDEX agencies_pkey ON public.agencies USING btree (id)
  policy declare for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy keep for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (closed_at IS NULL))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ( SELECT ctx.ok() AS ok)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.agency_territories owner cc_owner row security forced
  agency_id uuid not null
  territory_id integer not null
  constraint agency_territories_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agencies(id)
  constraint agency_territories_pkey PRIMARY KEY (agency_id, territory_id)
  constraint agency_territories_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id)
  CREATE UNIQUE INDEX agency_territories_pkey ON public.agency_territories USING btree (agency_id, territory_id)
  CREATE TRIGGER keep_holders_narrow BEFORE INSERT ON public.agency_territories FOR EACH ROW EXECUTE FUNCTION ctx.keep_holders_narrow()
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.agency_territories FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('agency_id')
  policy ceiling restrictive for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ctx.lies_within(territory_id, ( SELECT ctx.own_ceiling() AS own_ceiling)) AND (territory_id IN ( SELECT t.id
   FROM public.territories t
  WHERE (t.kind <> ALL (ARRAY['national'::text, 'region'::text])))))
  policy declare for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (agency_id IN ( SELECT a.id
   FROM public.agencies a
  WHERE (a.organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  policy not_own restrictive for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (NOT (agency_id IN ( SELECT ctx.own_agencies() AS own_agencies))))
  policy not_own_either restrictive for delete to cc_web using (( SELECT ctx.ok() AS ok) AND (NOT (agency_id IN ( SELECT ctx.own_agencies() AS own_agencies))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ( SELECT ctx.ok() AS ok)
  policy withdraw for delete to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (agency_id IN ( SELECT a.id
   FROM public.agencies a
  WHERE (a.organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.annex_4_entries owner cc_owner row security forced
  version_id uuid not null
  tool text not null
  purpose text not null
  data_categories text[] not null
  commitments text not null
  documentation_url text
  categories text[]
  constraint annex_4_entries_categories CHECK ((categories <@
CASE tool
    WHEN 'campagnes'::text THEN '{besoins}'::text[]
    WHEN 'fiche-etablissement'::text THEN '{interlocuteurs,notes,engagements,renseignements}'::text[]
    ELSE '{}'::text[]
END))
  constraint annex_4_entries_commitments_check CHECK (((length(commitments) >= 1) AND (length(commitments) <= 1000)))
  constraint annex_4_entries_data_categories_check CHECK (((cardinality(data_categories) >= 1) AND (cardinality(data_categories) <= 30)))
  constraint annex_4_entries_documentation_url_check CHECK (((documentation_url ~ '^https://'::text) AND (length(documentation_url) <= 300)))
  constraint annex_4_entries_pkey PRIMARY KEY (version_id, tool)
  constraint annex_4_entries_purpose_check CHECK (((length(purpose) >= 1) AND (length(purpose) <= 500)))
  constraint annex_4_entries_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  constraint annex_4_entries_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.annex_4_versions(id)
  CREATE UNIQUE INDEX annex_4_entries_pkey ON public.annex_4_entries USING btree (version_id, tool)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.annex_4_entries FOR EACH STATEMENT EXECUTE FUNCTION ctx.everyones_rights_changed()
  policy owner for all to cc_owner using true check true
  policy publish for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (version_id IN ( SELECT v.id
   FROM public.annex_4_versions v
  WHERE (v.published_by = ( SELECT ctx.account() AS account)))))
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.annex_4_tools owner cc_owner row security forced
  id uuid not null default gen_random_uuid()
  tool text not null
  in_force_from timestamp with time zone not null
  in_force_until timestamp with time zone rights cc_definer=w/cc_owner cc_web=w/cc_owner
  constraint annex_4_tools_check CHECK ((in_force_until >= in_force_from))
  constraint annex_4_tools_pkey PRIMARY KEY (id)
  constraint annex_4_tools_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  constraint once_at_a_time EXCLUDE USING gist (tool WITH =, tstzrange(in_force_from, in_force_until) WITH &&)
  CREATE INDEX once_at_a_time ON public.annex_4_tools USING gist (tool, tstzrange(in_force_from, in_force_until))
  CREATE UNIQUE INDEX annex_4_tools_pkey ON public.annex_4_tools USING btree (id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.annex_4_tools FOR EACH STATEMENT EXECUTE FUNCTION ctx.everyones_rights_changed()
  policy owner for all to cc_owner using true check true
  policy publish for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role))
  policy publish_withdraws for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (in_force_until IS NULL)) check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (in_force_until IS NOT NULL))
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.annex_4_versions owner cc_owner row security forced
  id uuid not null
  number integer not null
  note text not null
  in_force_from timestamp with time zone not null
  published_by uuid not null
  published_at timestamp with time zone not null
  cancelled_at timestamp with time zone rights cc_web=w/cc_owner
  cancelled_by uuid rights cc_web=w/cc_owner
  cancel_reason text rights cc_web=w/cc_owner
  constraint annex_4_versions_cancel_reason_check CHECK (((length(cancel_reason) >= 1) AND (length(cancel_reason) <= 500)))
  constraint annex_4_versions_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES public.accounts(id)
  constraint annex_4_versions_check CHECK ((num_nonnulls(cancelled_at, cancelled_by, cancel_reason) = ANY (ARRAY[0, 3])))
  constraint annex_4_versions_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500)))
  constraint annex_4_versions_number_check CHECK ((number > 0))
  constraint annex_4_versions_number_key UNIQUE (number)
  constraint annex_4_versions_pkey PRIMARY KEY (id)
  constraint annex_4_versions_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.accounts(id)
  CREATE UNIQUE INDEX annex_4_one_at_an_instant ON public.annex_4_versions USING btree (in_force_from) WHERE (cancelled_at IS NULL)
  CREATE UNIQUE INDEX annex_4_versions_number_key ON public.annex_4_versions USING btree (number)
  CREATE UNIQUE INDEX annex_4_versions_pkey ON public.annex_4_versions USING btree (id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.annex_4_versions FOR EACH STATEMENT EXECUTE FUNCTION ctx.everyones_rights_changed()
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF cancelled_at ON public.annex_4_versions FOR EACH ROW EXECUTE FUNCTION ctx.written_now('published_at', 'cancelled_at')
  policy cancel for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (cancelled_at IS NULL) AND (in_force_from > (( SELECT ctx.clock() AS clock) - '1 day'::interval)) AND (in_force_from = ( SELECT ctx.last_annex_effect() AS last_annex_effect))) check (( SELECT ctx.ok() AS ok) AND (cancelled_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy publish for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (published_by = ( SELECT ctx.account() AS account)))
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.announcements owner cc_owner row security forced
  id uuid not null rights cc_web=a/cc_owner
  region_id integer not null rights cc_web=a/cc_owner
  announced_by uuid not null rights cc_web=a/cc_owner
  announced_at timestamp with time zone not null rights cc_web=a/cc_owner
  told_up_to uuid
  told_at timestamp with time zone
  mails integer not null default 0
  kind text not null rights cc_web=a/cc_owner
  subject text not null rights cc_web=a/cc_owner
  text text not null rights cc_web=a/cc_owner
  path text rights cc_web=a/cc_owner
  about_kind text rights cc_web=a/cc_owner
  about_id uuid rights cc_web=a/cc_owner
  constraint announcements_about_kind_check CHECK (((length(about_kind) >= 1) AND (length(about_kind) <= 40)))
  constraint announcements_check CHECK ((num_nonnulls(path, about_kind, about_id) = ANY (ARRAY[0, 3])))
  constraint announcements_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 60)))
  constraint announcements_path_check CHECK (((length(path) >= 1) AND (length(path) <= 200)))
  constraint announcements_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 200)))
  constraint announcements_text_check CHECK (((length(text) >= 1) AND (length(text) <= 4000)))
  constraint contact_changes_changed_by_fkey FOREIGN KEY (announced_by) REFERENCES public.accounts(id)
  constraint contact_changes_pkey PRIMARY KEY (id)
  constraint contact_changes_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.territories(id)
  CREATE INDEX announcements_to_tell ON public.announcements USING btree (announced_at) WHERE (told_at IS NULL)
  CREATE UNIQUE INDEX contact_changes_pkey ON public.announcements USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.announcements FOR EACH ROW EXECUTE FUNCTION ctx.written_now('announced_at')
  policy announce for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (announced_by = ( SELECT ctx.account() AS account)) AND (( SELECT ctx.holds_role('administrateur'::text) AS holds_role) OR ((kind = 'contact-changed'::text) AND (region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])))))
  policy owner for all to cc_owner using true check true
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner

table public.audit_details owner cc_owner row security forced
  entry_id uuid not null rights cc_web=r/cc_owner
  salt bytea not null rights cc_definer=w/cc_owner
  detail jsonb not null rights cc_web=r/cc_owner
  constraint audit_details_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.audit_entries(id)
  constraint audit_details_pkey PRIMARY KEY (entry_id)
  constraint audit_details_salt_check CHECK ((length(salt) = 16))
  CREATE UNIQUE INDEX audit_details_pkey ON public.audit_details USING btree (entry_id)
  CREATE TRIGGER append_only BEFORE UPDATE ON public.audit_details FOR EACH ROW EXECUTE FUNCTION public.audit_refuse_change()
  CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.audit_details FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse_change()
  CREATE TRIGGER tell_erased AFTER DELETE ON public.audit_details REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.audit_tell_erased()
  policy owner_appends for insert to cc_owner check true
  policy owner_reads for select to cc_owner using true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.audit_entries e
  WHERE ((e.id = audit_details.entry_id) AND ((e.actor_id = ( SELECT ctx.account() AS account)) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (e.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (e.subject_kind = ANY (ARRAY['account'::text, 'account-import'::text, 'agency'::text, 'authentication-directive'::text, 'grant'::text, 'review'::text, 'rgc-deed'::text, 'session'::text, 'second-factor'::text, 'sign-in'::text, 'organisation'::text, 'third-party'::text, 'convention'::text, 'document'::text, 'access-request'::text]))))))))
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.audit_entries owner cc_owner row security forced
  id uuid not null rights cc_definer=r/cc_owner cc_web=r/cc_owner
  at timestamp with time zone not null rights cc_definer=r/cc_owner cc_web=r/cc_owner
  actor_id uuid rights cc_web=r/cc_owner
  organisation_id uuid rights cc_web=r/cc_owner
  action text not null rights cc_web=r/cc_owner
  subject_kind text not null rights cc_web=r/cc_owner
  subject_id text not null rights cc_web=r/cc_owner
  origin text not null default ''::text rights cc_web=r/cc_owner
  request_id text not null default ''::text rights cc_web=r/cc_owner
  detail_digest bytea not null
  leaf bytea not null rights cc_definer=r/cc_owner
  xid xid8 not null default pg_current_xact_id() rights cc_definer=r/cc_owner
  constraint audit_entries_action_check CHECK (((length(action) >= 3) AND (length(action) <= 80)))
  constraint audit_entries_detail_digest_check CHECK ((length(detail_digest) = 32))
  constraint audit_entries_leaf_check CHECK ((length(leaf) = 32))
  constraint audit_entries_pkey PRIMARY KEY (id)
  constraint audit_entries_subject_id_check CHECK (((length(subject_id) >= 1) AND (length(subject_id) <= 80)))
  constraint audit_entries_subject_kind_check CHECK (((length(subject_kind) >= 1) AND (length(subject_kind) <= 40)))
  CREATE INDEX audit_entries_action ON public.audit_entries USING btree (action, at, id)
  CREATE INDEX audit_entries_actor ON public.audit_entries USING btree (actor_id, at, id)
  CREATE INDEX audit_entries_at ON public.audit_entries USING btree (at, id)
  CREATE INDEX audit_entries_organisation ON public.audit_entries USING btree (organisation_id, at, id)
  CREATE INDEX audit_entries_settled ON public.audit_entries USING btree (xid, id)
  CREATE INDEX audit_entries_subject ON public.audit_entries USING btree (subject_kind, subject_id, at)
  CREATE UNIQUE INDEX audit_entries_pkey ON public.audit_entries USING btree (id)
  CREATE TRIGGER actor BEFORE INSERT ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION public.audit_check_actor()
  CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION public.audit_refuse_change()
  CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse_change()
  CREATE TRIGGER leaf BEFORE INSERT ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION public.audit_set_leaf()
  policy owner_appends for insert to cc_owner check ((actor_id IS NOT NULL) OR (origin ~ '^(ligne de commande|mise en service), .{2,}$'::text))
  policy owner_reads for select to cc_owner using true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((actor_id = ( SELECT ctx.account() AS account)) OR ((subject_kind = 'account'::text) AND (subject_id = (( SELECT ctx.account() AS account))::text)) OR (( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role)))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.authentication_directives owner cc_owner row security forced
  id uuid not null
  audience text not null
  effective_on date not null
  weak_until date
  local boolean not null
  password boolean not null
  reason text not null
  set_by uuid
  set_at timestamp with time zone not null
  constraint authentication_directives_audience_check CHECK ((audience = ANY (ARRAY['consultation'::text, 'conseiller'::text, 'responsable'::text, 'pilote'::text, 'fonction'::text])))
  constraint authentication_directives_check CHECK ((weak_until >= effective_on))
  constraint authentication_directives_pkey PRIMARY KEY (id)
  constraint authentication_directives_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint authentication_directives_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id)
  CREATE INDEX authentication_directives_last ON public.authentication_directives USING btree (audience, effective_on DESC, set_at DESC, id DESC)
  CREATE UNIQUE INDEX authentication_directives_pkey ON public.authentication_directives USING btree (id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.authentication_directives FOR EACH STATEMENT EXECUTE FUNCTION ctx.everyones_rights_changed()
  CREATE TRIGGER written_now BEFORE INSERT ON public.authentication_directives FOR EACH ROW EXECUTE FUNCTION ctx.written_now('set_at')
  policy decide for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (set_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.awareness_policies owner cc_owner row security forced
  in_force_from timestamp with time zone not null
  cuts boolean not null
  set_by uuid
  constraint awareness_policies_pkey PRIMARY KEY (in_force_from)
  constraint awareness_policies_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id)
  CREATE UNIQUE INDEX awareness_policies_pkey ON public.awareness_policies USING btree (in_force_from)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.awareness_policies FOR EACH STATEMENT EXECUTE FUNCTION ctx.everyones_rights_changed()
  policy decide for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (set_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.awareness_records owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  done_on date not null
  modality text not null
  title text not null
  minutes integer
  recorded_by uuid
  recorded_at timestamp with time zone not null
  constraint awareness_records_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint awareness_records_minutes_check CHECK (((minutes >= 1) AND (minutes <= 10000)))
  constraint awareness_records_modality_check CHECK (((length(modality) >= 1) AND (length(modality) <= 60)))
  constraint awareness_records_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint awareness_records_pkey PRIMARY KEY (id)
  constraint awareness_records_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint awareness_records_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
  CREATE INDEX awareness_records_account ON public.awareness_records USING btree (account_id, done_on)
  CREATE UNIQUE INDEX awareness_records_pkey ON public.awareness_records USING btree (id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.awareness_records FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  CREATE TRIGGER written_now BEFORE INSERT ON public.awareness_records FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('responsable-formation'::text) AS holds_role) OR ( SELECT ctx.holds_role('rssi'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees)))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (account_id <> ( SELECT ctx.account() AS account)) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('responsable-formation'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))) AND (EXISTS ( SELECT
   FROM public.accounts a
  WHERE ((a.id = awareness_records.account_id) AND (a.organisation_id = awareness_records.organisation_id)))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.budget_overruns owner cc_owner row security forced
  id uuid not null
  siret bigint not null
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  act text not null
  campaign_id uuid
  next_action_id uuid
  on_day date not null
  reason text not null
  organisation_id uuid not null
  author_id uuid not null
  at timestamp with time zone not null
  constraint budget_overruns_act_check CHECK ((act = ANY (ARRAY['take'::text, 'share'::text, 'plan'::text])))
  constraint budget_overruns_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint budget_overruns_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint budget_overruns_next_action_id_fkey FOREIGN KEY (next_action_id) REFERENCES public.next_actions(id) ON DELETE CASCADE
  constraint budget_overruns_of_campaign CHECK (((act = ANY (ARRAY['take'::text, 'share'::text])) = (campaign_id IS NOT NULL)))
  constraint budget_overruns_pkey PRIMARY KEY (id)
  constraint budget_overruns_planned CHECK (((act = 'plan'::text) = (next_action_id IS NOT NULL)))
  constraint budget_overruns_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  CREATE INDEX budget_overruns_action ON public.budget_overruns USING btree (next_action_id) WHERE (next_action_id IS NOT NULL)
  CREATE INDEX budget_overruns_siret ON public.budget_overruns USING btree (siret, on_day)
  CREATE UNIQUE INDEX budget_overruns_pkey ON public.budget_overruns USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.budget_overruns FOR EACH ROW EXECUTE FUNCTION ctx.written_now('at')
  policy overrun for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.bulk_work_lines owner cc_owner row security forced
  work_id uuid not null
  siret bigint not null
  before jsonb not null
  after jsonb
  state text not null
  because text
  next_action_id uuid
  due_on date
  constraint bulk_work_lines_because CHECK (((state = ANY (ARRAY['left'::text, 'kept'::text])) = (because IS NOT NULL)))
  constraint bulk_work_lines_because_check CHECK ((because = ANY (ARRAY['already'::text, 'changed'::text, 'held'::text, 'contacted'::text, 'beside'::text, 'budget-spent'::text, 'refused'::text, 'set-aside'::text, 'elsewhere'::text, 'not-to-contact'::text, 'passed-on'::text, 'worked'::text, 'reason-needed'::text])))
  constraint bulk_work_lines_key UNIQUE NULLS NOT DISTINCT (work_id, siret, next_action_id)
  constraint bulk_work_lines_moved CHECK (((next_action_id IS NOT NULL) OR (due_on IS NULL)))
  constraint bulk_work_lines_next_action_id_fkey FOREIGN KEY (next_action_id) REFERENCES public.next_actions(id) ON DELETE CASCADE
  constraint bulk_work_lines_state_check CHECK ((state = ANY (ARRAY['to-do'::text, 'done'::text, 'left'::text, 'undone'::text, 'kept'::text])))
  constraint bulk_work_lines_work_id_fkey FOREIGN KEY (work_id) REFERENCES public.bulk_works(id) ON DELETE CASCADE
  CREATE INDEX bulk_work_lines_action ON public.bulk_work_lines USING btree (next_action_id) WHERE (next_action_id IS NOT NULL)
  CREATE INDEX bulk_work_lines_state ON public.bulk_work_lines USING btree (work_id, state, siret)
  CREATE UNIQUE INDEX bulk_work_lines_key ON public.bulk_work_lines USING btree (work_id, siret, next_action_id) NULLS NOT DISTINCT
  policy count for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (state = ANY (ARRAY['to-do'::text, 'left'::text])) AND (work_id IN ( SELECT w.id
   FROM public.bulk_works w
  WHERE ((w.by_id = ( SELECT ctx.account() AS account)) AND (w.state = 'counted'::text)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (work_id IN ( SELECT w.id
   FROM public.bulk_works w
  WHERE (w.by_id = ( SELECT ctx.account() AS account)))))
  rights cc_definer=rwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.bulk_works owner cc_owner row security forced
  id uuid not null rights cc_web=a/cc_owner
  campaign_id uuid rights cc_web=a/cc_owner
  by_id uuid not null rights cc_web=a/cc_owner
  act text not null rights cc_web=a/cc_owner
  reason text rights cc_web=a/cc_owner
  counted_at timestamp with time zone not null rights cc_web=a/cc_owner
  state text not null default 'counted'::text
  way text
  origin text
  request_id text
  asked_at timestamp with time zone
  part_at timestamp with time zone
  ended_at timestamp with time zone
  stopped_for text
  moved_to date rights cc_web=a/cc_owner
  moved_by integer rights cc_web=a/cc_owner
  result text rights cc_web=a/cc_owner
  handed_to uuid rights cc_web=a/cc_owner
  sharing_id uuid rights cc_web=a/cc_owner
  spent integer not null default 0
  beyond_reason text
  told jsonb not null default '{}'::jsonb
  constraint bulk_works_act_check CHECK ((act = ANY (ARRAY['set-aside'::text, 'put-back'::text, 'close'::text, 'release'::text, 'share'::text, 'move-actions'::text, 'hand-actions'::text])))
  constraint bulk_works_asked CHECK (((state = 'counted'::text) OR (num_nulls(way, origin, request_id, asked_at) = 0)))
  constraint bulk_works_beyond_reason_check CHECK (((length(beyond_reason) >= 1) AND (length(beyond_reason) <= 300)))
  constraint bulk_works_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.accounts(id)
  constraint bulk_works_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint bulk_works_handed CHECK (((act = 'hand-actions'::text) = (handed_to IS NOT NULL)))
  constraint bulk_works_handed_to_fkey FOREIGN KEY (handed_to) REFERENCES public.accounts(id)
  constraint bulk_works_moved CHECK ((((act = 'move-actions'::text))::integer = num_nonnulls(moved_to, moved_by)))
  constraint bulk_works_moved_by_check CHECK (((moved_by >= 1) AND (moved_by <= 60)))
  constraint bulk_works_pkey PRIMARY KEY (id)
  constraint bulk_works_reason CHECK (((act = 'release'::text) OR ((act = 'set-aside'::text) = (reason IS NOT NULL))))
  constraint bulk_works_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint bulk_works_result CHECK (((act = 'close'::text) = (result IS NOT NULL)))
  constraint bulk_works_result_check CHECK ((result = ANY (ARRAY['pas-de-besoin'::text, 'refus'::text, 'ferme'::text, 'deja-suivi'::text])))
  constraint bulk_works_shared CHECK (((act = 'share'::text) = (sharing_id IS NOT NULL)))
  constraint bulk_works_sharing_fkey FOREIGN KEY (sharing_id, campaign_id) REFERENCES public.target_sharings(id, campaign_id) ON DELETE CASCADE
  constraint bulk_works_spent_check CHECK ((spent >= 0))
  constraint bulk_works_state_check CHECK ((state = ANY (ARRAY['counted'::text, 'doing'::text, 'done'::text, 'stopped'::text, 'undoing'::text, 'undone'::text])))
  constraint bulk_works_stopped CHECK (((state = 'stopped'::text) = (stopped_for IS NOT NULL)))
  constraint bulk_works_subject CHECK (((act = ANY (ARRAY['move-actions'::text, 'hand-actions'::text])) = (campaign_id IS NULL)))
  CREATE INDEX bulk_works_by ON public.bulk_works USING btree (by_id, asked_at DESC)
  CREATE INDEX bulk_works_campaign ON public.bulk_works USING btree (campaign_id)
  CREATE INDEX bulk_works_running ON public.bulk_works USING btree (part_at) WHERE (state = ANY (ARRAY['doing'::text, 'undoing'::text]))
  CREATE UNIQUE INDEX bulk_works_pkey ON public.bulk_works USING btree (id)
  CREATE UNIQUE INDEX bulk_works_sharing ON public.bulk_works USING btree (sharing_id) WHERE (sharing_id IS NOT NULL)
  policy count for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)) AND ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR (sharing_id IN ( SELECT s.id
   FROM public.target_sharings s
  WHERE ((s.within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (s.campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns))))) OR ((act = 'release'::text) AND (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns)) AND (cardinality(( SELECT ctx.conseiller() AS conseiller)) > 0)) OR ((campaign_id IS NULL) AND (cardinality(( SELECT ctx.conseiller() AS conseiller)) > 0))))
  policy forget for delete to cc_web using (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)) AND (state = 'counted'::text))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)))
  rights cc_definer=rwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=rd/cc_owner

table public.calendar_feeds owner cc_owner row security forced
  account_id uuid not null rights cc_web=r/cc_owner
  id uuid not null rights cc_web=r/cc_owner
  digest bytea not null
  way text not null
  made_at timestamp with time zone not null rights cc_web=r/cc_owner
  read_on date rights cc_web=r/cc_owner
  constraint calendar_feeds_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint calendar_feeds_digest_check CHECK ((length(digest) = 32))
  constraint calendar_feeds_id_key UNIQUE (id)
  constraint calendar_feeds_pkey PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX calendar_feeds_id_key ON public.calendar_feeds USING btree (id)
  CREATE UNIQUE INDEX calendar_feeds_pkey ON public.calendar_feeds USING btree (account_id)
  policy own for select to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy stop for delete to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=d/cc_owner

table public.campaign_contacts owner cc_owner row security forced
  campaign_id uuid not null statistics 0 rights cc_worker=r/cc_owner
  siret bigint not null rights cc_worker=r/cc_owner
  organisation_id uuid not null
  contacts integer not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  needs integer not null default 0 rights cc_web=w/cc_owner
  last_on date not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  constraint campaign_contacts_campaign_id_siret_fkey FOREIGN KEY (campaign_id, siret) REFERENCES public.campaign_targets(campaign_id, siret)
  constraint campaign_contacts_contacts_check CHECK ((contacts >= 0))
  constraint campaign_contacts_needs_check CHECK ((needs >= 0))
  constraint campaign_contacts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint campaign_contacts_pkey PRIMARY KEY (campaign_id, siret, organisation_id)
  CREATE UNIQUE INDEX campaign_contacts_pkey ON public.campaign_contacts USING btree (campaign_id, siret, organisation_id)
  CREATE TRIGGER progress_delete AFTER DELETE ON public.campaign_contacts REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_insert AFTER INSERT ON public.campaign_contacts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_update AFTER UPDATE ON public.campaign_contacts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  policy own for all to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))) check ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web, cc_worker using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.campaign_coordinations owner cc_owner row security forced
  campaign_id uuid not null
  days datemultirange not null rights cc_definer=w/cc_owner
  constraint campaign_coordinations_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id) ON DELETE CASCADE
  constraint campaign_coordinations_pkey PRIMARY KEY (campaign_id)
  CREATE UNIQUE INDEX campaign_coordinations_pkey ON public.campaign_coordinations USING btree (campaign_id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.campaign_decisions owner cc_owner row security forced
  campaign_id uuid not null statistics 0
  siret bigint not null
  against_id uuid not null
  kind text not null rights cc_web=w/cc_owner
  decision text not null rights cc_web=w/cc_owner
  reason text rights cc_web=w/cc_owner
  against_on date not null rights cc_web=w/cc_owner
  decided_by uuid not null rights cc_web=w/cc_owner
  decided_at timestamp with time zone not null rights cc_web=w/cc_owner
  constraint campaign_decisions_campaign_id_siret_fkey FOREIGN KEY (campaign_id, siret) REFERENCES public.campaign_targets(campaign_id, siret) ON DELETE CASCADE
  constraint campaign_decisions_check CHECK (((decision <> 'take'::text) OR (COALESCE(length(reason), 0) > 0)))
  constraint campaign_decisions_check1 CHECK (((kind = 'held'::text) OR (decision <> 'share'::text)))
  constraint campaign_decisions_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id)
  constraint campaign_decisions_decision_check CHECK ((decision = ANY (ARRAY['leave'::text, 'share'::text, 'take'::text])))
  constraint campaign_decisions_kind_check CHECK ((kind = ANY (ARRAY['held'::text, 'contacted'::text, 'beside'::text])))
  constraint campaign_decisions_pkey PRIMARY KEY (campaign_id, siret, against_id)
  constraint campaign_decisions_reason_check CHECK ((length(reason) <= 300))
  CREATE UNIQUE INDEX campaign_decisions_pkey ON public.campaign_decisions USING btree (campaign_id, siret, against_id)
  policy owner for all to cc_owner using true check true
  policy pilot for all to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) check ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) AND (decided_by = ( SELECT ctx.account() AS account)))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.campaign_events owner cc_owner row security forced
  id uuid not null
  campaign_id uuid not null
  at timestamp with time zone not null
  kind text not null
  by_organisation uuid
  ended_on date
  ends_on date
  organisation_id uuid
  targets integer
  constraint campaign_events_by_organisation_fkey FOREIGN KEY (by_organisation) REFERENCES public.organisations(id)
  constraint campaign_events_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint campaign_events_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint campaign_events_pkey PRIMARY KEY (id)
  constraint campaign_events_targets_check CHECK ((targets >= 0))
  CREATE INDEX campaign_events_campaign ON public.campaign_events USING btree (campaign_id, at DESC, id DESC)
  CREATE UNIQUE INDEX campaign_events_pkey ON public.campaign_events USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.campaign_events FOR EACH ROW EXECUTE FUNCTION ctx.written_now('at')
  policy owner for all to cc_owner using true check true
  policy pilot_adds for insert to cc_web check ((by_organisation = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=a/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.campaign_goals owner cc_owner row security forced
  campaign_id uuid not null
  kind text not null
  value integer not null rights cc_web=w/cc_owner
  constraint campaign_goals_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint campaign_goals_kind_check CHECK ((kind = ANY (ARRAY['etablissements-contactes'::text, 'interlocuteurs-joints'::text, 'echanges'::text, 'rendez-vous'::text, 'besoins'::text, 'embauches'::text])))
  constraint campaign_goals_pkey PRIMARY KEY (campaign_id, kind)
  constraint campaign_goals_value_check CHECK (((value >= 1) AND (value <= 1000000)))
  CREATE UNIQUE INDEX campaign_goals_pkey ON public.campaign_goals USING btree (campaign_id, kind)
  policy owner for all to cc_owner using true check true
  policy pilot_adds for insert to cc_web check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_edits for update to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_removes for delete to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.campaign_handovers owner cc_owner row security forced
  campaign_id uuid not null
  version integer not null
  at timestamp with time zone not null
  why text not null
  former_id uuid not null
  pilot_id uuid not null
  lead_ids uuid[] not null
  left_ids uuid[] not null
  by_account uuid not null
  by_organisation uuid not null
  given_back_at timestamp with time zone rights cc_definer=w/cc_owner
  constraint campaign_handovers_back CHECK (((given_back_at IS NULL) OR (why = 'no-pilot'::text)))
  constraint campaign_handovers_by_account_by_organisation_fkey FOREIGN KEY (by_account, by_organisation) REFERENCES public.accounts(id, organisation_id)
  constraint campaign_handovers_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id) ON DELETE CASCADE
  constraint campaign_handovers_former_id_fkey FOREIGN KEY (former_id) REFERENCES public.organisations(id)
  constraint campaign_handovers_passed CHECK ((pilot_id <> former_id))
  constraint campaign_handovers_pilot_id_fkey FOREIGN KEY (pilot_id) REFERENCES public.organisations(id)
  constraint campaign_handovers_pkey PRIMARY KEY (campaign_id, version)
  constraint campaign_handovers_version_check CHECK ((version > 1))
  constraint campaign_handovers_why_check CHECK ((why = ANY (ARRAY['convention-over'::text, 'no-pilot'::text])))
  CREATE UNIQUE INDEX campaign_handovers_pkey ON public.campaign_handovers USING btree (campaign_id, version)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ((by_account = ( SELECT ctx.account() AS account)) AND (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.campaign_holds owner cc_owner row security forced
  campaign_id uuid not null statistics 0
  siret bigint not null
  period daterange not null
  constraint campaign_holds_period_check CHECK ((NOT isempty(period)))
  constraint campaign_holds_pkey PRIMARY KEY (campaign_id, siret)
  constraint campaign_holds_siret_period_excl EXCLUDE USING gist (siret WITH =, period WITH &&)
  CREATE INDEX campaign_holds_siret_period_excl ON public.campaign_holds USING gist (siret, period)
  CREATE UNIQUE INDEX campaign_holds_pkey ON public.campaign_holds USING btree (campaign_id, siret)
  CREATE TRIGGER of_targets AFTER INSERT ON public.campaign_holds REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((CURRENT_USER = 'cc_web'::name)) EXECUTE FUNCTION ctx.check_holds()
  policy owner for all to cc_owner using true check true
  policy pilot_frees for delete to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_holds for insert to cc_web check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.campaign_leads owner cc_owner row security forced
  campaign_id uuid not null
  account_id uuid not null
  constraint campaign_leads_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint campaign_leads_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint campaign_leads_pkey PRIMARY KEY (campaign_id, account_id)
  CREATE INDEX campaign_leads_account ON public.campaign_leads USING btree (account_id)
  CREATE UNIQUE INDEX campaign_leads_pkey ON public.campaign_leads USING btree (campaign_id, account_id)
  policy owner for all to cc_owner using true check true
  policy pilot_adds for insert to cc_web check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_removes for delete to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.campaign_members owner cc_owner row security forced
  campaign_id uuid not null
  organisation_id uuid not null
  constraint campaign_members_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint campaign_members_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint campaign_members_pkey PRIMARY KEY (campaign_id, organisation_id)
  CREATE INDEX campaign_members_organisation ON public.campaign_members USING btree (organisation_id)
  CREATE UNIQUE INDEX campaign_members_pkey ON public.campaign_members USING btree (campaign_id, organisation_id)
  CREATE TRIGGER memberships_delete AFTER DELETE ON public.campaign_members REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.keep_memberships()
  CREATE TRIGGER memberships_insert AFTER INSERT ON public.campaign_members REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.keep_memberships()
  CREATE TRIGGER progress_delete AFTER DELETE ON public.campaign_members REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_insert AFTER INSERT ON public.campaign_members REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_update AFTER UPDATE ON public.campaign_members REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  policy owner for all to cc_owner using true check true
  policy pilot_adds for insert to cc_web check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_removes for delete to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.campaign_memberships owner cc_owner row security forced
  campaign_id uuid not null
  organisation_id uuid not null
  joined_at timestamp with time zone not null
  left_at timestamp with time zone rights cc_definer=w/cc_owner
  days daterange not null generated daterange(((joined_at AT TIME ZONE 'Europe/Paris'::text))::date, ((left_at AT TIME ZONE 'Europe/Paris'::text))::date, '[]'::text)
  constraint campaign_memberships_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint campaign_memberships_check CHECK ((left_at >= joined_at))
  constraint campaign_memberships_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint campaign_memberships_pkey PRIMARY KEY (campaign_id, organisation_id, joined_at)
  CREATE INDEX campaign_memberships_organisation ON public.campaign_memberships USING btree (organisation_id, campaign_id) INCLUDE (days)
  CREATE UNIQUE INDEX campaign_memberships_open ON public.campaign_memberships USING btree (campaign_id, organisation_id) WHERE (left_at IS NULL)
  CREATE UNIQUE INDEX campaign_memberships_pkey ON public.campaign_memberships USING btree (campaign_id, organisation_id, joined_at)
  CREATE TRIGGER coordinations_delete AFTER DELETE ON public.campaign_memberships REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.keep_coordinations()
  CREATE TRIGGER coordinations_insert AFTER INSERT ON public.campaign_memberships REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.keep_coordinations()
  CREATE TRIGGER coordinations_update AFTER UPDATE ON public.campaign_memberships REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.keep_coordinations()
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.campaign_recalls owner cc_owner row security forced
  campaign_id uuid not null
  owner_days integer not null rights cc_web=w/cc_owner
  lead_days integer not null rights cc_web=w/cc_owner
  pilot_days integer not null rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
  constraint campaign_recalls_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint campaign_recalls_check CHECK ((lead_days > owner_days))
  constraint campaign_recalls_check1 CHECK (((pilot_days > lead_days) AND (pilot_days <= 365)))
  constraint campaign_recalls_owner_days_check CHECK (((owner_days >= 3) AND (owner_days <= 180)))
  constraint campaign_recalls_pkey PRIMARY KEY (campaign_id)
  CREATE UNIQUE INDEX campaign_recalls_pkey ON public.campaign_recalls USING btree (campaign_id)
  policy owner for all to cc_owner using true check true
  policy pilot_changes for update to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_sets for insert to cc_web check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.campaign_results owner cc_owner row security forced
  id uuid not null
  campaign_id uuid not null
  label text not null
  base text not null
  created_by uuid not null
  created_at timestamp with time zone not null
  retired_at timestamp with time zone rights cc_web=w/cc_owner
  constraint campaign_results_base_fkey FOREIGN KEY (base) REFERENCES public.exchange_results(code)
  constraint campaign_results_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint campaign_results_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id)
  constraint campaign_results_id_base_key UNIQUE (id, base)
  constraint campaign_results_label_check CHECK (((length(label) >= 2) AND (length(label) <= 60)))
  constraint campaign_results_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX campaign_results_id_base_key ON public.campaign_results USING btree (id, base)
  CREATE UNIQUE INDEX campaign_results_label ON public.campaign_results USING btree (campaign_id, lower(label)) WHERE (retired_at IS NULL)
  CREATE UNIQUE INDEX campaign_results_pkey ON public.campaign_results USING btree (id)
  policy owner for all to cc_owner using true check true
  policy pilot_adds for insert to cc_web check ((created_by = ( SELECT ctx.account() AS account)) AND (retired_at IS NULL) AND (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)))
  policy pilot_retires for update to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.campaign_targets owner cc_owner row security forced
  campaign_id uuid not null statistics 0 rights cc_worker=r/cc_owner
  siret bigint not null rights cc_worker=r/cc_owner
  region_id integer rights cc_web=w/cc_owner cc_worker=r/cc_owner
  departement_id integer rights cc_web=w/cc_owner cc_worker=r/cc_owner
  epci_id integer rights cc_web=w/cc_owner cc_worker=r/cc_owner
  clpe_id integer rights cc_web=w/cc_owner cc_worker=r/cc_owner
  status text not null default 'a-contacter'::text rights cc_web=w/cc_owner cc_worker=r/cc_owner
  shared boolean not null default false rights cc_web=w/cc_owner
  set_aside_reason text rights cc_web=w/cc_owner
  taken_by uuid rights cc_web=w/cc_owner cc_worker=r/cc_owner
  taken_by_organisation uuid rights cc_web=w/cc_owner cc_worker=r/cc_owner
  taken_at timestamp with time zone rights cc_web=w/cc_owner cc_worker=r/cc_owner
  assigned_organisation uuid rights cc_web=w/cc_owner cc_worker=r/cc_owner
  closed_result text
  added_at timestamp with time zone
  constraint campaign_targets_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint campaign_targets_check CHECK (((status = 'ecarte'::text) = (set_aside_reason IS NOT NULL)))
  constraint campaign_targets_check1 CHECK ((num_nulls(taken_by, taken_by_organisation, taken_at) = ANY (ARRAY[0, 3])))
  constraint campaign_targets_check2 CHECK ((assigned_organisation = taken_by_organisation))
  constraint campaign_targets_closed CHECK (((closed_result IS NULL) OR (status = 'traite'::text)))
  constraint campaign_targets_closed_result_check CHECK ((closed_result = ANY (ARRAY['pas-de-besoin'::text, 'refus'::text, 'ferme'::text, 'deja-suivi'::text])))
  constraint campaign_targets_pkey PRIMARY KEY (campaign_id, siret)
  constraint campaign_targets_set_aside_reason_check CHECK ((length(set_aside_reason) <= 400))
  constraint campaign_targets_status_check CHECK ((status = ANY (ARRAY['a-contacter'::text, 'prise-en-charge'::text, 'en-cours'::text, 'rendez-vous'::text, 'besoin'::text, 'traite'::text, 'ecarte'::text])))
  CREATE INDEX campaign_targets_siret ON public.campaign_targets USING btree (siret)
  CREATE INDEX campaign_targets_taken_by ON public.campaign_targets USING btree (taken_by) WHERE (taken_by IS NOT NULL)
  CREATE INDEX campaign_targets_worked ON public.campaign_targets USING btree (campaign_id) WHERE (status <> 'ecarte'::text)
  CREATE UNIQUE INDEX campaign_targets_pkey ON public.campaign_targets USING btree (campaign_id, siret)
  CREATE TRIGGER closed_result BEFORE UPDATE ON public.campaign_targets FOR EACH ROW WHEN (((new.status <> 'traite'::text) AND (new.closed_result IS NOT NULL))) EXECUTE FUNCTION public.forget_closed_result()
  CREATE TRIGGER holders_insert AFTER INSERT ON public.campaign_targets REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.check_target_holders()
  CREATE TRIGGER holders_update AFTER UPDATE ON public.campaign_targets REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.check_target_holders()
  CREATE TRIGGER progress_delete AFTER DELETE ON public.campaign_targets REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_insert AFTER INSERT ON public.campaign_targets REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_update AFTER UPDATE ON public.campaign_targets REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER turned AFTER UPDATE ON public.campaign_targets FOR EACH ROW WHEN ((((old.status = 'ecarte'::text) <> (new.status = 'ecarte'::text)) OR ((old.closed_result IS NULL) <> (new.closed_result IS NULL)))) EXECUTE FUNCTION public.note_target_turn()
  CREATE TRIGGER worked AFTER UPDATE ON public.campaign_targets REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT WHEN ((CURRENT_USER = 'cc_web'::name)) EXECUTE FUNCTION ctx.check_target_work()
  policy advisor_works for update to cc_web using ((campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) check (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  policy owner for all to cc_owner using true check true
  policy pilot_adds for insert to cc_web check ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) AND (NOT (EXISTS ( SELECT
   FROM public.objections_to_diffusion(campaign_targets.siret) objections_to_diffusion(siret)))))
  policy pilot_edits for update to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_removes for delete to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web, cc_worker using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.campaigns owner cc_owner row security forced
  id uuid not null rights cc_worker=r/cc_owner
  name text not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  purpose text not null rights cc_web=w/cc_owner
  description text rights cc_web=w/cc_owner
  territory_id integer not null rights cc_web=w/cc_owner
  region_id integer rights cc_web=w/cc_owner
  departement_id integer rights cc_web=w/cc_owner
  epci_id integer rights cc_web=w/cc_owner
  clpe_id integer rights cc_web=w/cc_owner
  starts_on date not null rights cc_web=w/cc_owner
  ends_on date not null rights cc_web=w/cc_owner
  status text not null default 'draft'::text rights cc_definer=w/cc_owner cc_web=w/cc_owner cc_worker=r/cc_owner
  pilot_id uuid not null rights cc_definer=w/cc_owner cc_web=w/cc_owner
  contact_delay_days integer not null default 30 rights cc_web=w/cc_owner
  created_by uuid not null
  created_at timestamp with time zone not null
  opened_at timestamp with time zone rights cc_web=w/cc_owner
  closed_at timestamp with time zone rights cc_definer=w/cc_owner cc_web=w/cc_owner
  version integer not null default 1 rights cc_definer=w/cc_owner cc_web=w/cc_owner
  step text not null default 'objet'::text rights cc_web=w/cc_owner
  closes_on date rights cc_definer=w/cc_owner cc_web=w/cc_owner
  closes_for date rights cc_definer=w/cc_owner cc_web=w/cc_owner
  conflict_scope text not null default 'establishment'::text rights cc_web=w/cc_owner
  constraint campaigns_check CHECK ((ends_on >= starts_on))
  constraint campaigns_check1 CHECK (((status = 'draft'::text) = (opened_at IS NULL)))
  constraint campaigns_check2 CHECK (((status = ANY (ARRAY['closed'::text, 'archived'::text])) = (closed_at IS NOT NULL)))
  constraint campaigns_closing CHECK (((num_nulls(closes_on, closes_for) = ANY (ARRAY[0, 2])) AND (closes_on > closes_for)))
  constraint campaigns_conflict_scope_check CHECK ((conflict_scope = ANY (ARRAY['establishment'::text, 'company'::text])))
  constraint campaigns_contact_delay_days_check CHECK (((contact_delay_days >= 0) AND (contact_delay_days <= 365)))
  constraint campaigns_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id)
  constraint campaigns_description_check CHECK ((length(description) <= 2000))
  constraint campaigns_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
  constraint campaigns_pilot_id_fkey FOREIGN KEY (pilot_id) REFERENCES public.organisations(id)
  constraint campaigns_pkey PRIMARY KEY (id)
  constraint campaigns_purpose_check CHECK ((purpose = ANY (ARRAY['prospection'::text, 'fidelisation'::text])))
  constraint campaigns_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text, 'archived'::text])))
  constraint campaigns_step_check CHECK ((step = ANY (ARRAY['objet'::text, 'equipe'::text, 'objectifs'::text, 'etablissements'::text])))
  constraint campaigns_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id)
  CREATE INDEX campaigns_order ON public.campaigns USING btree (starts_on DESC, id DESC)
  CREATE INDEX campaigns_pilot ON public.campaigns USING btree (pilot_id)
  CREATE UNIQUE INDEX campaigns_pkey ON public.campaigns USING btree (id)
  CREATE TRIGGER life BEFORE UPDATE OF status ON public.campaigns FOR EACH ROW WHEN (((CURRENT_USER <> 'cc_owner'::name) AND (old.status <> new.status))) EXECUTE FUNCTION ctx.check_campaign_life()
  CREATE TRIGGER longest_period BEFORE INSERT OR UPDATE OF starts_on, ends_on ON public.campaigns FOR EACH ROW WHEN (((CURRENT_USER <> 'cc_owner'::name) AND ((new.ends_on - new.starts_on) >= 366))) EXECUTE FUNCTION ctx.refuse_long_campaign()
  CREATE TRIGGER progress_update AFTER UPDATE ON public.campaigns REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  policy create_draft for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (pilot_id = ( SELECT ctx.organisation() AS organisation)) AND (created_by = ( SELECT ctx.account() AS account)) AND (status = 'draft'::text) AND ctx.covers(( SELECT ctx.pilote() AS pilote), region_id, departement_id, epci_id, clpe_id))
  policy edit for update to cc_web using (id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) check ((pilot_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.pilote() AS pilote), region_id, departement_id, epci_id, clpe_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web, cc_worker using (id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.clpe_communes owner cc_owner
  edition text not null
  commune_code text not null
  clpe_id integer not null
  constraint clpe_communes_edition_clpe_id_fkey FOREIGN KEY (edition, clpe_id) REFERENCES public.clpe_in_edition(edition, clpe_id) ON DELETE CASCADE
  constraint clpe_communes_pkey PRIMARY KEY (edition, commune_code)
  CREATE INDEX clpe_communes_clpe ON public.clpe_communes USING btree (clpe_id)
  CREATE UNIQUE INDEX clpe_communes_pkey ON public.clpe_communes USING btree (edition, commune_code)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.clpe_in_edition owner cc_owner
  edition text not null
  clpe_id integer not null
  code text not null
  name text not null
  constraint clpe_in_edition_clpe_id_fkey FOREIGN KEY (clpe_id) REFERENCES public.territories(id)
  constraint clpe_in_edition_edition_code_key UNIQUE (edition, code)
  constraint clpe_in_edition_pkey PRIMARY KEY (edition, clpe_id)
  CREATE UNIQUE INDEX clpe_in_edition_edition_code_key ON public.clpe_in_edition USING btree (edition, code)
  CREATE UNIQUE INDEX clpe_in_edition_pkey ON public.clpe_in_edition USING btree (edition, clpe_id)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.commitment_kinds owner cc_owner row security forced
  id uuid not null
  family text not null rights cc_web=w/cc_owner
  label text not null rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
  created_at timestamp with time zone not null
  created_by uuid
  retired_at timestamp with time zone rights cc_web=w/cc_owner
  constraint commitment_kinds_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id)
  constraint commitment_kinds_family_check CHECK ((family = ANY (ARRAY['charte'::text, 'label'::text, 'clause'::text, 'promesse'::text])))
  constraint commitment_kinds_label_check CHECK (((length(label) >= 1) AND (length(label) <= 80)))
  constraint commitment_kinds_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX commitment_kinds_label ON public.commitment_kinds USING btree (lower(label)) WHERE (retired_at IS NULL)
  CREATE UNIQUE INDEX commitment_kinds_pkey ON public.commitment_kinds USING btree (id)
  policy change for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role))
  policy keep for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (created_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.commitment_versions owner cc_owner row security forced
  commitment_id uuid not null
  version integer not null
  change text not null
  kind_id uuid not null
  since date not null
  until date
  evidence text not null
  reason text
  organisation_id uuid not null
  author_id uuid not null
  at timestamp with time zone not null
  constraint commitment_versions_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint commitment_versions_change_check CHECK ((change = ANY (ARRAY['noted'::text, 'corrected'::text, 'ended'::text, 'withdrawn'::text])))
  constraint commitment_versions_commitment_id_fkey FOREIGN KEY (commitment_id) REFERENCES public.commitments(id)
  constraint commitment_versions_kind_id_fkey FOREIGN KEY (kind_id) REFERENCES public.commitment_kinds(id)
  constraint commitment_versions_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint commitment_versions_pkey PRIMARY KEY (commitment_id, version)
  constraint commitment_versions_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint commitment_versions_version_check CHECK ((version > 0))
  constraint commitment_versions_why CHECK (((reason IS NOT NULL) = (change = ANY (ARRAY['ended'::text, 'withdrawn'::text]))))
  CREATE UNIQUE INDEX commitment_versions_pkey ON public.commitment_versions USING btree (commitment_id, version)
  CREATE TRIGGER written_now BEFORE INSERT ON public.commitment_versions FOR EACH ROW EXECUTE FUNCTION ctx.written_now('at')
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('engagements'::text) AS opens)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.commitments c
  WHERE ((c.id = commitment_versions.commitment_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), c.region_id, c.departement_id, c.epci_id, c.clpe_id)))))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND (EXISTS ( SELECT
   FROM public.commitments c
  WHERE ((c.id = commitment_versions.commitment_id) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), c.region_id, c.departement_id, c.epci_id, c.clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), c.region_id, c.departement_id, c.epci_id, c.clpe_id)))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.commitments owner cc_owner row security forced
  id uuid not null rights cc_worker=r/cc_owner
  siret bigint not null rights cc_definer=w/cc_owner cc_worker=r/cc_owner
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  kind_id uuid not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  since date not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  until date rights cc_web=w/cc_owner cc_worker=r/cc_owner
  evidence text not null rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
  organisation_id uuid not null
  author_id uuid not null
  noted_at timestamp with time zone not null
  withdrawn_at timestamp with time zone rights cc_web=w/cc_owner cc_worker=r/cc_owner
  constraint commitments_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint commitments_days CHECK ((until >= since))
  constraint commitments_evidence_check CHECK (((length(evidence) >= 1) AND (length(evidence) <= 500)))
  constraint commitments_history FOREIGN KEY (id, version) REFERENCES public.commitment_versions(commitment_id, version) DEFERRABLE INITIALLY DEFERRED
  constraint commitments_kind_id_fkey FOREIGN KEY (kind_id) REFERENCES public.commitment_kinds(id)
  constraint commitments_once EXCLUDE USING gist (siret WITH =, kind_id WITH =, daterange(since, until, '[]'::text) WITH &&) WHERE ((withdrawn_at IS NULL))
  constraint commitments_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint commitments_pkey PRIMARY KEY (id)
  CREATE INDEX commitments_kind ON public.commitments USING btree (kind_id, siret) WHERE (withdrawn_at IS NULL)
  CREATE INDEX commitments_once ON public.commitments USING gist (siret, kind_id, daterange(since, until, '[]'::text)) WHERE (withdrawn_at IS NULL)
  CREATE INDEX commitments_siret ON public.commitments USING btree (siret, noted_at)
  CREATE UNIQUE INDEX commitments_pkey ON public.commitments USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF withdrawn_at ON public.commitments FOR EACH ROW EXECUTE FUNCTION ctx.written_now('noted_at', 'withdrawn_at')
  policy category restrictive for all to cc_web, cc_worker using (( SELECT ctx.opens('engagements'::text) AS opens) OR (CURRENT_USER = 'cc_owner'::name))
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy note for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web, cc_worker using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.commune_successions owner cc_owner
  old_code text not null
  new_code text not null
  on_day date
  kind text not null
  name text
  constraint commune_successions_check CHECK ((old_code <> new_code))
  constraint commune_successions_kind_check CHECK ((kind = ANY (ARRAY['retired'::text, 'delegated'::text, 'municipal-district'::text])))
  constraint commune_successions_new_code_fkey FOREIGN KEY (new_code) REFERENCES public.communes(code)
  constraint commune_successions_old_code_new_code_on_day_key UNIQUE NULLS NOT DISTINCT (old_code, new_code, on_day)
  CREATE UNIQUE INDEX commune_successions_old_code_new_code_on_day_key ON public.commune_successions USING btree (old_code, new_code, on_day) NULLS NOT DISTINCT
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=r/cc_owner

table public.communes owner cc_owner
  code text not null
  name text not null
  departement_id integer not null
  region_id integer not null
  epci_id integer
  clpe_id integer
  population integer
  postal_codes text[] not null default '{}'::text[]
  latitude real
  longitude real
  valid_from date
  valid_to date
  constraint communes_clpe_id_fkey FOREIGN KEY (clpe_id) REFERENCES public.territories(id)
  constraint communes_code_check CHECK ((code ~ '^[0-9][0-9AB][0-9]{3}$'::text))
  constraint communes_departement_id_fkey FOREIGN KEY (departement_id) REFERENCES public.territories(id)
  constraint communes_epci_id_fkey FOREIGN KEY (epci_id) REFERENCES public.territories(id)
  constraint communes_pkey PRIMARY KEY (code)
  constraint communes_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.territories(id)
  CREATE INDEX communes_clpe ON public.communes USING btree (clpe_id)
  CREATE INDEX communes_departement ON public.communes USING btree (departement_id)
  CREATE INDEX communes_epci ON public.communes USING btree (epci_id)
  CREATE INDEX communes_region ON public.communes USING btree (region_id)
  CREATE INDEX communes_words ON public.communes USING btree (public.search_words(name) text_pattern_ops) WHERE (valid_to IS NULL)
  CREATE UNIQUE INDEX communes_pkey ON public.communes USING btree (code)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=r/cc_owner

table public.confirmations owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  grant_id uuid
  why text not null
  asked_by uuid not null
  asked_at timestamp with time zone not null
  settled_at timestamp with time zone
  settled_by uuid
  outcome text
  reason text
  waits boolean not null default true
  constraint confirmations_account_id_organisation_id_fkey FOREIGN KEY (account_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint confirmations_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.accounts(id)
  constraint confirmations_check CHECK ((settled_at >= asked_at))
  constraint confirmations_check1 CHECK ((num_nonnulls(settled_at, settled_by, outcome, reason) = ANY (ARRAY[0, 4])))
  constraint confirmations_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.grants(id)
  constraint confirmations_of_a_grant CHECK (((grant_id IS NOT NULL) = (why = 'wide-perimeter'::text)))
  constraint confirmations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint confirmations_outcome_check CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'refused'::text])))
  constraint confirmations_pkey PRIMARY KEY (id)
  constraint confirmations_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint confirmations_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.accounts(id)
  constraint confirmations_why_check CHECK (((why = ANY (ARRAY['wide-perimeter'::text, 'unknown-domain'::text, 'opened-and-granted'::text])) AND (waits OR (why = 'opened-and-granted'::text))))
  constraint settled_by_another CHECK (((settled_by <> asked_by) AND (settled_by <> account_id)))
  CREATE INDEX confirmations_waiting ON public.confirmations USING btree (organisation_id, asked_at) WHERE (settled_at IS NULL)
  CREATE UNIQUE INDEX confirmations_account ON public.confirmations USING btree (account_id) WHERE (grant_id IS NULL)
  CREATE UNIQUE INDEX confirmations_grant ON public.confirmations USING btree (grant_id) WHERE (grant_id IS NOT NULL)
  CREATE UNIQUE INDEX confirmations_pkey ON public.confirmations USING btree (id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.confirmations FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR (asked_by = ( SELECT ctx.account() AS account)) OR ( SELECT ctx.oversees() AS oversees) OR ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)))))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.contours owner cc_owner
  kind text not null
  code text not null
  polygons json not null
  imported_at timestamp with time zone not null default now()
  source text
  constraint contours_kind_check CHECK ((kind = ANY (ARRAY['departement'::text, 'epci'::text, 'commune'::text])))
  constraint contours_pkey PRIMARY KEY (kind, code)
  constraint contours_source_check CHECK (((length(source) >= 1) AND (length(source) <= 200)))
  CREATE UNIQUE INDEX contours_pkey ON public.contours USING btree (kind, code)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.convention_amendment_authorities owner cc_owner row security forced
  amendment_id uuid not null
  party text not null
  convention_id uuid not null
  local_authority boolean not null rights cc_web=w/cc_owner
  prefecture_on date rights cc_web=w/cc_owner
  published_on date rights cc_web=w/cc_owner
  act_document_id uuid rights cc_web=w/cc_owner
  settled_by uuid not null rights cc_web=w/cc_owner
  settled_at timestamp with time zone not null rights cc_web=w/cc_owner
  constraint convention_amendment_authorit_act_document_id_convention_i_fkey FOREIGN KEY (act_document_id, convention_id) REFERENCES public.convention_documents(id, convention_id)
  constraint convention_amendment_authorities_amendment_id_fkey FOREIGN KEY (amendment_id) REFERENCES public.convention_amendments(id)
  constraint convention_amendment_authorities_check CHECK ((local_authority OR (num_nonnulls(prefecture_on, published_on) = 0)))
  constraint convention_amendment_authorities_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_amendment_authorities_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_amendment_authorities_pkey PRIMARY KEY (amendment_id, party)
  constraint convention_amendment_authorities_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.accounts(id)
  CREATE INDEX convention_amendment_authorities_convention ON public.convention_amendment_authorities USING btree (convention_id)
  CREATE UNIQUE INDEX convention_amendment_authorities_pkey ON public.convention_amendment_authorities USING btree (amendment_id, party)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF settled_at ON public.convention_amendment_authorities FOR EACH ROW EXECUTE FUNCTION ctx.written_now('settled_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (amendment_id IN ( SELECT a.id
   FROM public.convention_amendments a)))
  policy settle for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (settled_by = ( SELECT ctx.account() AS account)) AND (amendment_id IN ( SELECT a.id
   FROM public.convention_amendments a
  WHERE (a.convention_id = convention_amendment_authorities.convention_id))) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ((convention_amendment_authorities.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_amendment_authorities.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))))))
  policy settle_again for update to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ((convention_amendment_authorities.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_amendment_authorities.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[])))))))) check (( SELECT ctx.ok() AS ok) AND (settled_by = ( SELECT ctx.account() AS account)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_amendments owner cc_owner row security forced
  id uuid not null
  convention_id uuid not null
  number integer not null
  title text not null
  body text not null
  term_on date
  renews boolean not null
  document_id uuid not null
  proposed_at timestamp with time zone not null
  proposed_by uuid
  effective_at timestamp with time zone rights cc_web=w/cc_owner
  closed_by text rights cc_web=w/cc_owner
  closed_at timestamp with time zone rights cc_web=w/cc_owner
  closed_reason text rights cc_web=w/cc_owner
  closed_by_account uuid rights cc_web=w/cc_owner
  territories integer[] not null default '{}'::integer[]
  constraint convention_amendments_body_check CHECK (((length(body) >= 1) AND (length(body) <= 20000)))
  constraint convention_amendments_check CHECK ((renews OR (term_on IS NOT NULL)))
  constraint convention_amendments_check1 CHECK ((num_nonnulls(closed_by, closed_at, closed_reason, closed_by_account) = ANY (ARRAY[0, 4])))
  constraint convention_amendments_check2 CHECK (((closed_at IS NULL) OR (effective_at IS NULL)))
  constraint convention_amendments_closed_by_account_fkey FOREIGN KEY (closed_by_account) REFERENCES public.accounts(id)
  constraint convention_amendments_closed_by_check CHECK ((closed_by = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_amendments_closed_reason_check CHECK (((length(btrim(closed_reason)) >= 1) AND (length(btrim(closed_reason)) <= 500)))
  constraint convention_amendments_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_amendments_convention_id_number_key UNIQUE (convention_id, number)
  constraint convention_amendments_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.convention_documents(id)
  constraint convention_amendments_number_check CHECK ((number > 0))
  constraint convention_amendments_pkey PRIMARY KEY (id)
  constraint convention_amendments_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.accounts(id)
  constraint convention_amendments_territories_check CHECK ((cardinality(territories) <= 200))
  constraint convention_amendments_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
  CREATE UNIQUE INDEX convention_amendments_convention_id_number_key ON public.convention_amendments USING btree (convention_id, number)
  CREATE UNIQUE INDEX convention_amendments_pkey ON public.convention_amendments USING btree (id)
  CREATE TRIGGER adds_within_region BEFORE INSERT ON public.convention_amendments FOR EACH ROW WHEN ((new.territories <> '{}'::integer[])) EXECUTE FUNCTION ctx.adds_within_region()
  CREATE TRIGGER lay_signers AFTER INSERT ON public.convention_amendments FOR EACH ROW EXECUTE FUNCTION ctx.lay_signers()
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF closed_at ON public.convention_amendments FOR EACH ROW EXECUTE FUNCTION ctx.written_now('proposed_at', 'closed_at')
  policy owner for all to cc_owner using true check true
  policy propose for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (effective_at IS NULL) AND (proposed_by = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])))))
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR (convention_amendments.effective_at IS NOT NULL)))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (closed_at IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[])) OR ((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)))))) check (( SELECT ctx.ok() AS ok) AND ((closed_by_account IS NULL) OR (closed_by_account = ( SELECT ctx.account() AS account))) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((((convention_amendments.closed_by IS NULL) OR (convention_amendments.closed_by = 'operateur'::text)) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[])))) OR (((convention_amendments.closed_by IS NULL) OR (convention_amendments.closed_by = 'partenaire'::text)) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner))))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_answers owner cc_owner row security forced
  id uuid not null
  convention_id uuid not null
  kind text not null
  subject_id uuid not null
  answer text not null
  reason text
  party text not null
  answered_at timestamp with time zone not null
  answered_by uuid not null
  constraint convention_answers_answer_check CHECK ((answer = ANY (ARRAY['contest'::text, 'confirm'::text])))
  constraint convention_answers_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.accounts(id)
  constraint convention_answers_check CHECK (((answer = 'contest'::text) = (reason IS NOT NULL)))
  constraint convention_answers_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_answers_kind_check CHECK ((kind = ANY (ARRAY['notice'::text, 'breach'::text, 'signature'::text])))
  constraint convention_answers_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_answers_pkey PRIMARY KEY (id)
  constraint convention_answers_reason_check CHECK (((length(btrim(reason)) >= 1) AND (length(btrim(reason)) <= 500)))
  CREATE INDEX convention_answers_convention ON public.convention_answers USING btree (convention_id)
  CREATE INDEX convention_answers_subject ON public.convention_answers USING btree (subject_id, answered_at DESC, id DESC)
  CREATE UNIQUE INDEX convention_answers_pkey ON public.convention_answers USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.convention_answers FOR EACH ROW EXECUTE FUNCTION ctx.written_now('answered_at')
  policy answer for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (answered_by = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((convention_answers.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_answers.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))))) AND (((kind = 'notice'::text) AND (subject_id IN ( SELECT n.id
   FROM public.convention_notices n
  WHERE (n.entered_by_other AND (n.party = convention_answers.party) AND (n.convention_id = convention_answers.convention_id))))) OR ((kind = 'breach'::text) AND (subject_id IN ( SELECT b.id
   FROM public.convention_breaches b
  WHERE (b.entered_by_other AND (b.party = convention_answers.party) AND (b.convention_id = convention_answers.convention_id))))) OR ((kind = 'signature'::text) AND (subject_id IN ( SELECT s.id
   FROM public.convention_signatures s
  WHERE (s.entered_by_other AND (s.party = convention_answers.party) AND (s.convention_id = convention_answers.convention_id)))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR ((convention_answers.kind = 'signature'::text) AND ( SELECT ctx.is_staff() AS is_staff))))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_breaches owner cc_owner row security forced
  id uuid not null
  convention_id uuid not null
  party text not null
  obligation text not null
  letter_reference text not null
  sent_on date not null rights cc_web=w/cc_owner
  presented_on date rights cc_web=w/cc_owner
  delivered_on date rights cc_web=w/cc_owner
  document_id uuid
  recorded_at timestamp with time zone not null
  recorded_by uuid
  withdrawn_at timestamp with time zone rights cc_web=w/cc_owner
  withdrawn_by uuid rights cc_web=w/cc_owner
  withdrawal_reason text rights cc_web=w/cc_owner
  entered_by_other boolean not null default false
  receipt_document_id uuid rights cc_web=w/cc_owner
  partner_days text[] not null default '{}'::text[] rights cc_web=w/cc_owner
  operator_days text[] not null default '{}'::text[] rights cc_web=w/cc_owner
  partner_told boolean not null generated (partner_days <> '{}'::text[])
  operator_told boolean not null generated (operator_days <> '{}'::text[])
  clauses text[] not null default '{}'::text[]
  other_article text
  constraint breach_clauses_bind CHECK ((clauses <@
CASE party
    WHEN 'operateur'::text THEN ARRAY['purposes'::text, 'third-parties'::text, 'confidentiality'::text, 'personal-data'::text, 'violations-told'::text, 'two-factors'::text, 'security-assessment'::text, 'awareness'::text, 'intellectual-property'::text, 'account-managers'::text, 'smallest-rights'::text, 'yearly-review'::text, 'other'::text]
    ELSE ARRAY['purposes'::text, 'state-of-tools'::text, 'confidentiality'::text, 'personal-data'::text, 'violations-told'::text, 'two-factors'::text, 'intellectual-property'::text, 'free-of-charge'::text, 'other'::text]
END))
  constraint breach_other_article CHECK (((other_article IS NOT NULL) = ('other'::text = ANY (clauses))))
  constraint convention_breaches_check CHECK ((presented_on >= sent_on))
  constraint convention_breaches_check1 CHECK ((delivered_on >= sent_on))
  constraint convention_breaches_check2 CHECK ((num_nonnulls(withdrawn_at, withdrawal_reason) = ANY (ARRAY[0, 2])))
  constraint convention_breaches_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_breaches_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.convention_documents(id)
  constraint convention_breaches_letter_reference_check CHECK (((length(letter_reference) >= 1) AND (length(letter_reference) <= 60)))
  constraint convention_breaches_obligation_check CHECK (((length(obligation) >= 1) AND (length(obligation) <= 1000)))
  constraint convention_breaches_operator_days_check CHECK ((operator_days <@ ARRAY['sentOn'::text, 'presentedOn'::text, 'deliveredOn'::text]))
  constraint convention_breaches_other_article_check CHECK (((length(btrim(other_article)) >= 1) AND (length(btrim(other_article)) <= 100)))
  constraint convention_breaches_partner_days_check CHECK ((partner_days <@ ARRAY['sentOn'::text, 'presentedOn'::text, 'deliveredOn'::text]))
  constraint convention_breaches_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_breaches_pkey PRIMARY KEY (id)
  constraint convention_breaches_receipt_document_id_fkey FOREIGN KEY (receipt_document_id) REFERENCES public.convention_documents(id)
  constraint convention_breaches_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint convention_breaches_withdrawal_reason_check CHECK (((length(withdrawal_reason) >= 1) AND (length(withdrawal_reason) <= 500)))
  constraint convention_breaches_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.accounts(id)
  CREATE INDEX convention_breaches_convention ON public.convention_breaches USING btree (convention_id)
  CREATE UNIQUE INDEX convention_breaches_pkey ON public.convention_breaches USING btree (id)
  CREATE TRIGGER days_corrected BEFORE UPDATE OF sent_on, presented_on, delivered_on ON public.convention_breaches FOR EACH ROW EXECUTE FUNCTION ctx.days_corrected()
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF withdrawn_at ON public.convention_breaches FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at', 'withdrawn_at')
  policy give for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (withdrawn_at IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((((convention_breaches.party = 'partenaire'::text) <> convention_breaches.entered_by_other) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR (((convention_breaches.party = 'operateur'::text) <> convention_breaches.entered_by_other) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file)))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (withdrawn_at IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner) AND ((convention_breaches.party = 'partenaire'::text) OR convention_breaches.partner_told OR ((convention_breaches.presented_on IS NULL) OR (convention_breaches.delivered_on IS NULL)))) OR ((( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))) AND ((convention_breaches.party = 'operateur'::text) OR convention_breaches.operator_told OR ((convention_breaches.presented_on IS NULL) OR (convention_breaches.delivered_on IS NULL)))))))) check (( SELECT ctx.ok() AS ok) AND (((withdrawn_at IS NULL) AND (withdrawn_by IS NULL)) OR (withdrawn_by = ( SELECT ctx.account() AS account))) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner) AND (((convention_breaches.withdrawn_at IS NULL) AND convention_breaches.partner_told) OR ((convention_breaches.withdrawn_at IS NOT NULL) AND ((convention_breaches.party = 'partenaire'::text) OR convention_breaches.entered_by_other)))) OR ((( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))) AND (((convention_breaches.withdrawn_at IS NULL) AND convention_breaches.operator_told) OR ((convention_breaches.withdrawn_at IS NOT NULL) AND ((convention_breaches.party = 'operateur'::text) OR convention_breaches.entered_by_other))))))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_contacts owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  party text not null
  region_id integer
  role text not null
  name text not null
  email text not null
  phone text
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone rights cc_web=w/cc_owner
  recorded_by uuid
  constraint convention_contacts_check CHECK ((ends_at >= starts_at))
  constraint convention_contacts_check1 CHECK (((party = 'operateur'::text) = (region_id IS NOT NULL)))
  constraint convention_contacts_email_check CHECK (((length(email) >= 3) AND (length(email) <= 254)))
  constraint convention_contacts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint convention_contacts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint convention_contacts_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_contacts_phone_check CHECK (((length(phone) >= 1) AND (length(phone) <= 30)))
  constraint convention_contacts_pkey PRIMARY KEY (id)
  constraint convention_contacts_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint convention_contacts_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.territories(id)
  constraint convention_contacts_role_check CHECK ((role = ANY (ARRAY['gouvernance'::text, 'responsable-operationnel'::text, 'correspondant-si'::text, 'dpd'::text, 'rssi'::text, 'responsable-formation'::text, 'cssi'::text, 'support'::text])))
  constraint one_at_a_time EXCLUDE USING gist (organisation_id WITH =, COALESCE(region_id, '-1'::integer) WITH =, role WITH =, tstzrange(starts_at, ends_at) WITH &&)
  CREATE INDEX one_at_a_time ON public.convention_contacts USING gist (organisation_id, COALESCE(region_id, '-1'::integer), role, tstzrange(starts_at, ends_at))
  CREATE UNIQUE INDEX convention_contacts_pkey ON public.convention_contacts USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF ends_at ON public.convention_contacts FOR EACH ROW EXECUTE FUNCTION ctx.written_now('starts_at', 'ends_at')
  policy name for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (((party = 'partenaire'::text) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((party = 'operateur'::text) AND (( SELECT ctx.holds_role('administrateur'::text) AS holds_role) OR (region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])))))) OR ((party = 'partenaire'::text) AND (organisation_id = ANY (( SELECT ctx.prepared_partners() AS prepared_partners)::uuid[])))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((party = 'operateur'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation)) OR (organisation_id IN ( SELECT c.organisation_id
   FROM public.conventions c))) AND (( SELECT ctx.reads_own_file() AS reads_own_file) OR ( SELECT ctx.reads_conventions() AS reads_conventions) OR (( SELECT ctx.is_staff() AS is_staff) AND ((ends_at IS NULL) OR (ends_at > ( SELECT ctx.clock() AS clock))))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (((party = 'partenaire'::text) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((party = 'operateur'::text) AND (( SELECT ctx.holds_role('administrateur'::text) AS holds_role) OR (region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])))))) OR ((party = 'partenaire'::text) AND (organisation_id = ANY (( SELECT ctx.prepared_partners() AS prepared_partners)::uuid[]))))) check (( SELECT ctx.ok() AS ok) AND (((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (((party = 'partenaire'::text) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((party = 'operateur'::text) AND (( SELECT ctx.holds_role('administrateur'::text) AS holds_role) OR (region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])))))) OR ((party = 'partenaire'::text) AND (organisation_id = ANY (( SELECT ctx.prepared_partners() AS prepared_partners)::uuid[])))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_corrections owner cc_owner row security forced
  id uuid not null
  convention_id uuid not null
  kind text not null
  subject_id uuid not null
  party text not null
  before jsonb not null
  after jsonb not null
  reason text not null
  corrected_at timestamp with time zone not null
  corrected_by uuid not null
  constraint convention_corrections_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_corrections_corrected_by_fkey FOREIGN KEY (corrected_by) REFERENCES public.accounts(id)
  constraint convention_corrections_kind_check CHECK ((kind = ANY (ARRAY['notice'::text, 'breach'::text, 'signature'::text])))
  constraint convention_corrections_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_corrections_pkey PRIMARY KEY (id)
  constraint convention_corrections_reason_check CHECK (((length(btrim(reason)) >= 1) AND (length(btrim(reason)) <= 500)))
  CREATE INDEX convention_corrections_convention ON public.convention_corrections USING btree (convention_id)
  CREATE INDEX convention_corrections_subject ON public.convention_corrections USING btree (subject_id)
  CREATE UNIQUE INDEX convention_corrections_pkey ON public.convention_corrections USING btree (id)
  CREATE TRIGGER corrected_by_another BEFORE INSERT ON public.convention_corrections FOR EACH ROW EXECUTE FUNCTION ctx.corrected_by_another()
  CREATE TRIGGER written_now BEFORE INSERT ON public.convention_corrections FOR EACH ROW EXECUTE FUNCTION ctx.written_now('corrected_at')
  policy note for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (corrected_by = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((convention_corrections.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_corrections.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file)))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_documents owner cc_owner row security forced
  id uuid not null rights cc_definer=r/cc_owner
  convention_id uuid not null
  kind text not null
  name text not null
  media_type text not null
  bytes bytea not null storage e
  sha256 bytea not null
  of_version integer
  added_at timestamp with time zone not null
  added_by uuid
  template_id uuid
  blanks text[] not null default '{}'::text[]
  bytes_sha256 bytea not null generated sha256(bytes)
  composed_of bytea
  signatories jsonb rights cc_definer=r/cc_owner
  constraint convention_documents_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.accounts(id)
  constraint convention_documents_bytes_check CHECK (((length(bytes) >= 1) AND (length(bytes) <= 20971520)))
  constraint convention_documents_check CHECK (((composed_of IS NULL) = (signatories IS NULL)))
  constraint convention_documents_check1 CHECK (((composed_of IS NULL) OR (kind = 'avenant'::text)))
  constraint convention_documents_composed_of_check CHECK ((length(composed_of) = 32))
  constraint convention_documents_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_documents_kind_check CHECK ((kind = ANY (ARRAY['convention'::text, 'avenant'::text, 'signe'::text, 'resiliation'::text, 'manquement'::text, 'avis'::text, 'differend'::text, 'acte'::text])))
  constraint convention_documents_media_type_check CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'image/png'::text, 'image/jpeg'::text, 'text/plain'::text])))
  constraint convention_documents_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint convention_documents_of_convention UNIQUE (id, convention_id)
  constraint convention_documents_pkey PRIMARY KEY (id)
  constraint convention_documents_sha256_check CHECK ((length(sha256) = 32))
  constraint convention_documents_signatories_check CHECK ((jsonb_typeof(signatories) = 'array'::text))
  constraint convention_documents_template_id_fkey FOREIGN KEY (template_id) REFERENCES public.convention_templates(id)
  CREATE INDEX convention_documents_convention ON public.convention_documents USING btree (convention_id)
  CREATE UNIQUE INDEX convention_documents_of_convention ON public.convention_documents USING btree (id, convention_id)
  CREATE UNIQUE INDEX convention_documents_pkey ON public.convention_documents USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.convention_documents FOR EACH ROW EXECUTE FUNCTION ctx.written_now('added_at')
  policy add for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (added_by = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[])) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR ((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR (( SELECT ctx.is_staff() AS is_staff) AND (((c.effective_from IS NOT NULL) AND (c.document_id = convention_documents.id)) OR (convention_documents.id IN ( SELECT a.document_id
           FROM public.convention_amendments a
          WHERE (a.effective_at IS NOT NULL))) OR (convention_documents.id IN ( SELECT s.act_document_id
           FROM public.convention_signatories s
        UNION ALL
         SELECT x.act_document_id
           FROM public.convention_amendment_authorities x
        UNION ALL
         SELECT y.act_document_id
           FROM public.convention_signers y))))))) AND ((kind <> 'avenant'::text) OR (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (c.organisation_id <> ( SELECT ctx.organisation() AS organisation)))) OR (id IN ( SELECT a.document_id
   FROM public.convention_amendments a))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_notices owner cc_owner row security forced
  id uuid not null rights cc_definer=r/cc_owner
  convention_id uuid not null rights cc_definer=r/cc_owner
  party text not null
  channel text not null
  sent_on date not null rights cc_web=w/cc_owner
  received_on date rights cc_web=w/cc_owner
  document_id uuid
  recorded_at timestamp with time zone not null
  recorded_by uuid
  withdrawn_at timestamp with time zone rights cc_definer=r/cc_owner cc_web=w/cc_owner
  withdrawn_by uuid rights cc_web=w/cc_owner
  withdrawal_reason text rights cc_web=w/cc_owner
  entered_by_other boolean not null default false
  receipt_document_id uuid rights cc_web=w/cc_owner
  partner_days text[] not null default '{}'::text[] rights cc_web=w/cc_owner
  operator_days text[] not null default '{}'::text[] rights cc_web=w/cc_owner
  partner_told boolean not null generated (partner_days <> '{}'::text[])
  operator_told boolean not null generated (operator_days <> '{}'::text[])
  constraint convention_notices_channel_check CHECK ((channel = ANY (ARRAY['courrier'::text, 'courriel'::text])))
  constraint convention_notices_check CHECK ((received_on >= sent_on))
  constraint convention_notices_check1 CHECK ((num_nonnulls(withdrawn_at, withdrawal_reason) = ANY (ARRAY[0, 2])))
  constraint convention_notices_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_notices_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.convention_documents(id)
  constraint convention_notices_operator_days_check CHECK ((operator_days <@ ARRAY['sentOn'::text, 'receivedOn'::text]))
  constraint convention_notices_partner_days_check CHECK ((partner_days <@ ARRAY['sentOn'::text, 'receivedOn'::text]))
  constraint convention_notices_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_notices_pkey PRIMARY KEY (id)
  constraint convention_notices_receipt_document_id_fkey FOREIGN KEY (receipt_document_id) REFERENCES public.convention_documents(id)
  constraint convention_notices_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint convention_notices_withdrawal_reason_check CHECK (((length(withdrawal_reason) >= 1) AND (length(withdrawal_reason) <= 500)))
  constraint convention_notices_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.accounts(id)
  CREATE INDEX convention_notices_convention ON public.convention_notices USING btree (convention_id)
  CREATE UNIQUE INDEX convention_notices_pkey ON public.convention_notices USING btree (id)
  CREATE TRIGGER days_corrected BEFORE UPDATE OF sent_on, received_on ON public.convention_notices FOR EACH ROW EXECUTE FUNCTION ctx.days_corrected()
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF withdrawn_at ON public.convention_notices FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at', 'withdrawn_at')
  policy give for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (withdrawn_at IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((((convention_notices.party = 'partenaire'::text) <> convention_notices.entered_by_other) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR (((convention_notices.party = 'operateur'::text) <> convention_notices.entered_by_other) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file)))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (withdrawn_at IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner) AND ((convention_notices.party = 'partenaire'::text) OR convention_notices.partner_told OR (convention_notices.received_on IS NULL))) OR ((( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))) AND ((convention_notices.party = 'operateur'::text) OR convention_notices.operator_told OR (convention_notices.received_on IS NULL))))))) check (( SELECT ctx.ok() AS ok) AND (((withdrawn_at IS NULL) AND (withdrawn_by IS NULL)) OR (withdrawn_by = ( SELECT ctx.account() AS account))) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner) AND (((convention_notices.withdrawn_at IS NULL) AND convention_notices.partner_told) OR ((convention_notices.withdrawn_at IS NOT NULL) AND ((convention_notices.party = 'partenaire'::text) OR convention_notices.entered_by_other)))) OR ((( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))) AND (((convention_notices.withdrawn_at IS NULL) AND convention_notices.operator_told) OR ((convention_notices.withdrawn_at IS NOT NULL) AND ((convention_notices.party = 'operateur'::text) OR convention_notices.entered_by_other))))))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_receipts owner cc_owner row security forced
  id uuid not null
  convention_id uuid not null
  kind text not null
  subject_id uuid not null
  party text not null
  days jsonb not null
  told_at timestamp with time zone not null
  told_by uuid not null
  constraint convention_receipts_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_receipts_kind_check CHECK ((kind = ANY (ARRAY['notice'::text, 'breach'::text])))
  constraint convention_receipts_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_receipts_pkey PRIMARY KEY (id)
  constraint convention_receipts_told_by_fkey FOREIGN KEY (told_by) REFERENCES public.accounts(id)
  CREATE INDEX convention_receipts_subject ON public.convention_receipts USING btree (subject_id)
  CREATE UNIQUE INDEX convention_receipts_pkey ON public.convention_receipts USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.convention_receipts FOR EACH ROW EXECUTE FUNCTION ctx.written_now('told_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file)))))
  policy tell for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (told_by = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((convention_receipts.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_receipts.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_signatories owner cc_owner row security forced
  convention_id uuid not null
  party text not null
  name text not null rights cc_web=w/cc_owner
  capacity text not null rights cc_web=w/cc_owner
  act text rights cc_web=w/cc_owner
  act_on date rights cc_web=w/cc_owner
  local_authority boolean not null rights cc_web=w/cc_owner
  prefecture_on date rights cc_web=w/cc_owner
  published_on date rights cc_web=w/cc_owner
  designates_rgc boolean not null default false rights cc_web=w/cc_owner
  act_document_id uuid rights cc_web=w/cc_owner
  constraint convention_signatories_act FOREIGN KEY (act_document_id, convention_id) REFERENCES public.convention_documents(id, convention_id)
  constraint convention_signatories_act_check CHECK (((length(act) >= 1) AND (length(act) <= 300)))
  constraint convention_signatories_capacity_check CHECK (((length(capacity) >= 1) AND (length(capacity) <= 200)))
  constraint convention_signatories_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_signatories_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint convention_signatories_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_signatories_pkey PRIMARY KEY (convention_id, party)
  CREATE UNIQUE INDEX convention_signatories_pkey ON public.convention_signatories USING btree (convention_id, party)
  policy draft for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR ( SELECT ctx.is_staff() AS is_staff)))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ((convention_signatories.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_signatories.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[])))))))) check (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ((convention_signatories.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_signatories.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_signatures owner cc_owner row security forced
  id uuid not null
  convention_id uuid not null
  amendment_id uuid
  party text not null
  document_id uuid not null
  sha256 bytea not null
  how text not null
  signed_document_id uuid
  signed_document_sha256 bytea
  signer_name text not null
  signed_at timestamp with time zone not null rights cc_web=w/cc_owner
  recorded_at timestamp with time zone not null
  account_id uuid
  entered_by_other boolean not null default false
  constraint convention_signatures_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint convention_signatures_amendment_id_fkey FOREIGN KEY (amendment_id) REFERENCES public.convention_amendments(id)
  constraint convention_signatures_check CHECK (((how = 'papier'::text) = (signed_document_id IS NOT NULL)))
  constraint convention_signatures_check1 CHECK ((num_nonnulls(signed_document_id, signed_document_sha256) = ANY (ARRAY[0, 2])))
  constraint convention_signatures_check2 CHECK (((how = 'papier'::text) OR (NOT entered_by_other)))
  constraint convention_signatures_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_signatures_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.convention_documents(id)
  constraint convention_signatures_document_id_party_key UNIQUE NULLS NOT DISTINCT (document_id, party)
  constraint convention_signatures_how_check CHECK ((how = ANY (ARRAY['application'::text, 'papier'::text])))
  constraint convention_signatures_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_signatures_pkey PRIMARY KEY (id)
  constraint convention_signatures_sha256_check CHECK ((length(sha256) = 32))
  constraint convention_signatures_signed_document_id_fkey FOREIGN KEY (signed_document_id) REFERENCES public.convention_documents(id)
  constraint convention_signatures_signer_name_check CHECK (((length(signer_name) >= 1) AND (length(signer_name) <= 200)))
  CREATE INDEX convention_signatures_convention ON public.convention_signatures USING btree (convention_id)
  CREATE UNIQUE INDEX convention_signatures_document_id_party_key ON public.convention_signatures USING btree (document_id, party) NULLS NOT DISTINCT
  CREATE UNIQUE INDEX convention_signatures_pkey ON public.convention_signatures USING btree (id)
  CREATE TRIGGER days_corrected BEFORE UPDATE OF signed_at ON public.convention_signatures FOR EACH ROW EXECUTE FUNCTION ctx.days_corrected()
  CREATE TRIGGER signed_now BEFORE INSERT ON public.convention_signatures FOR EACH ROW WHEN ((new.how <> 'papier'::text)) EXECUTE FUNCTION ctx.written_now('signed_at')
  CREATE TRIGGER written_now BEFORE INSERT ON public.convention_signatures FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND (how = 'papier'::text) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner) AND ((convention_signatures.party = 'partenaire'::text) <> convention_signatures.entered_by_other)) OR ((( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))) AND ((convention_signatures.party = 'operateur'::text) <> convention_signatures.entered_by_other))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR ( SELECT ctx.is_staff() AS is_staff)))))
  policy sign for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner) AND (((convention_signatures.party = 'partenaire'::text) AND (NOT convention_signatures.entered_by_other) AND ( SELECT ctx.holds_role('signataire'::text) AS holds_role)) OR ((convention_signatures.party = 'operateur'::text) AND convention_signatures.entered_by_other))) OR (( SELECT ctx.acts_for_operator() AS acts_for_operator) AND (((convention_signatures.party = 'operateur'::text) AND (NOT convention_signatures.entered_by_other) AND ( SELECT ctx.holds_role('signataire'::text) AS holds_role)) OR ((convention_signatures.party = 'partenaire'::text) AND convention_signatures.entered_by_other))) OR ((c.region_id = ANY (( SELECT ctx.role_regions('signataire'::text) AS role_regions)::integer[])) AND ((convention_signatures.party = 'operateur'::text) <> convention_signatures.entered_by_other)) OR ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) AND (convention_signatures.how = 'papier'::text) AND ((convention_signatures.party = 'partenaire'::text) = convention_signatures.entered_by_other))))) AND (entered_by_other OR (ctx.signs_as(convention_id, amendment_id, party, how, signer_name) AND ctx.deputy_holds(convention_id, amendment_id, party, how, signed_at))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_signers owner cc_owner row security forced
  id bigint not null identity always
  convention_id uuid not null
  amendment_id uuid
  party text not null
  name text not null
  account_id uuid
  act text
  act_on date
  granted_by text
  local_authority boolean not null default false
  prefecture_on date
  published_on date
  act_document_id uuid
  named_by uuid
  named_at timestamp with time zone not null
  completes bigint
  deputy_id uuid
  deputy_version integer
  constraint convention_signers_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint convention_signers_act_document_id_convention_id_fkey FOREIGN KEY (act_document_id, convention_id) REFERENCES public.convention_documents(id, convention_id)
  constraint convention_signers_amendment_id_fkey FOREIGN KEY (amendment_id) REFERENCES public.convention_amendments(id)
  constraint convention_signers_check CHECK ((num_nulls(act, act_on, granted_by) = ANY (ARRAY[0, 3])))
  constraint convention_signers_check1 CHECK (((act IS NOT NULL) OR ((NOT local_authority) AND (act_document_id IS NULL))))
  constraint convention_signers_check2 CHECK ((local_authority OR (num_nonnulls(prefecture_on, published_on) = 0)))
  constraint convention_signers_check3 CHECK (((act IS NULL) OR (named_by IS NOT NULL)))
  constraint convention_signers_check4 CHECK (((completes IS NULL) OR (act IS NOT NULL)))
  constraint convention_signers_check5 CHECK ((num_nulls(deputy_id, deputy_version) = ANY (ARRAY[0, 2])))
  constraint convention_signers_check6 CHECK (((deputy_id IS NULL) OR (act IS NOT NULL)))
  constraint convention_signers_completes_fkey FOREIGN KEY (completes) REFERENCES public.convention_signers(id)
  constraint convention_signers_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_signers_deputy_id_deputy_version_fkey FOREIGN KEY (deputy_id, deputy_version) REFERENCES public.signature_deputies(deputy_id, version)
  constraint convention_signers_named_by_fkey FOREIGN KEY (named_by) REFERENCES public.accounts(id)
  constraint convention_signers_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_signers_pkey PRIMARY KEY (id)
  CREATE INDEX convention_signers_of ON public.convention_signers USING btree (convention_id, party, id)
  CREATE UNIQUE INDEX convention_signers_pkey ON public.convention_signers USING btree (id)
  CREATE TRIGGER completes_signer BEFORE INSERT ON public.convention_signers FOR EACH ROW WHEN ((new.completes IS NOT NULL)) EXECUTE FUNCTION ctx.completes_signer()
  CREATE TRIGGER written_now BEFORE INSERT ON public.convention_signers FOR EACH ROW EXECUTE FUNCTION ctx.written_now('named_at')
  policy complete for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (named_by = ( SELECT ctx.account() AS account)) AND (completes IS NOT NULL) AND ((amendment_id IS NULL) OR (amendment_id IN ( SELECT a.id
   FROM public.convention_amendments a
  WHERE ((a.convention_id = convention_signers.convention_id) AND (a.closed_at IS NULL))))) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ((convention_signers.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_signers.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))))))
  policy name for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (named_by = ( SELECT ctx.account() AS account)) AND (completes IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((((convention_signers.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_signers.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))) AND ((convention_signers.amendment_id IS NOT NULL) OR ((c.sent_at IS NOT NULL) AND (NOT (EXISTS ( SELECT
           FROM public.convention_signatures g
          WHERE ((g.document_id = c.document_id) AND (g.party = convention_signers.party)))))))))) AND ((amendment_id IS NULL) OR (amendment_id IN ( SELECT a.id
   FROM public.convention_amendments a
  WHERE ((a.convention_id = convention_signers.convention_id) AND (a.closed_at IS NULL) AND (NOT (EXISTS ( SELECT
           FROM public.convention_signatures g
          WHERE ((g.amendment_id = a.id) AND (g.party = convention_signers.party))))))))) AND ((account_id IS NULL) OR (EXISTS ( SELECT
   FROM ctx.own_signers(convention_signers.convention_id) o(party, account_id, name, job, email)
  WHERE ((o.party = convention_signers.party) AND (o.account_id = convention_signers.account_id) AND (o.name = convention_signers.name))))) AND ((act IS NOT NULL) OR ((account_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM ctx.named_signer(convention_signers.convention_id, convention_signers.amendment_id, convention_signers.party) n(name, account_id)
  WHERE (ctx.name_words(n.name) = ctx.name_words(convention_signers.name)))))) AND ((deputy_id IS NULL) OR (EXISTS ( SELECT
   FROM ctx.deputies_of(convention_signers.convention_id, convention_signers.party) d(deputy_id, version, convention_id, party, organisation_id, region_id, name, account_id, capacity, act, act_on, granted_by, local_authority, prefecture_on, published_on, from_on, until_on, reason, recorded_by, recorded_at)
  WHERE ((d.deputy_id = convention_signers.deputy_id) AND (d.version = convention_signers.deputy_version) AND ((d.act = convention_signers.act) AND (d.act_on = convention_signers.act_on) AND (d.granted_by = convention_signers.granted_by)) AND ((d.account_id = convention_signers.account_id) OR ((d.account_id IS NULL) AND ((d.name = convention_signers.name) OR ((convention_signers.account_id IS NOT NULL) AND (ctx.name_words(d.name) = ctx.name_words(convention_signers.name)))))))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR ( SELECT ctx.is_staff() AS is_staff)))))
  rights cc_definer=a/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_templates owner cc_owner row security forced
  id uuid not null
  version integer not null
  title text not null
  body text not null
  published_at timestamp with time zone not null
  published_by uuid
  constraint convention_templates_body_check CHECK (((length(body) >= 1) AND (length(body) <= 200000)))
  constraint convention_templates_pkey PRIMARY KEY (id)
  constraint convention_templates_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.accounts(id)
  constraint convention_templates_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
  constraint convention_templates_version_check CHECK ((version > 0))
  constraint convention_templates_version_key UNIQUE (version)
  CREATE UNIQUE INDEX convention_templates_pkey ON public.convention_templates USING btree (id)
  CREATE UNIQUE INDEX convention_templates_version_key ON public.convention_templates USING btree (version)
  CREATE TRIGGER written_now BEFORE INSERT ON public.convention_templates FOR EACH ROW EXECUTE FUNCTION ctx.written_now('published_at')
  policy owner for all to cc_owner using true check true
  policy publish for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (published_by = ( SELECT ctx.account() AS account)))
  policy read for select to cc_web using ( SELECT ctx.ok() AS ok)
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.conventions owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  region_id integer not null
  number text not null rights cc_web=w/cc_owner
  created_at timestamp with time zone not null
  effective_from timestamp with time zone rights cc_web=w/cc_owner
  ends_at timestamp with time zone rights cc_web=w/cc_owner
  first_term_on date not null default '2026-12-31'::date rights cc_web=w/cc_owner
  template_id uuid rights cc_web=w/cc_owner
  sent_at timestamp with time zone rights cc_web=w/cc_owner
  document_id uuid rights cc_web=w/cc_owner
  created_by uuid
  version integer not null default 1 rights cc_definer=w/cc_owner cc_web=w/cc_owner
  constraint conventions_check CHECK ((ends_at >= effective_from))
  constraint conventions_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id)
  constraint conventions_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.convention_documents(id)
  constraint conventions_number_check CHECK (((length(number) >= 1) AND (length(number) <= 40)))
  constraint conventions_number_key UNIQUE (number)
  constraint conventions_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint conventions_pkey PRIMARY KEY (id)
  constraint conventions_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.territories(id)
  constraint conventions_template_id_fkey FOREIGN KEY (template_id) REFERENCES public.convention_templates(id)
  constraint one_in_force EXCLUDE USING gist (organisation_id WITH =, tstzrange(effective_from, ends_at) WITH &&) WHERE ((effective_from IS NOT NULL))
  CREATE INDEX one_in_force ON public.conventions USING gist (organisation_id, tstzrange(effective_from, ends_at)) WHERE (effective_from IS NOT NULL)
  CREATE UNIQUE INDEX conventions_number_key ON public.conventions USING btree (number)
  CREATE UNIQUE INDEX conventions_pkey ON public.conventions USING btree (id)
  CREATE TRIGGER annexes_complete BEFORE UPDATE OF sent_at ON public.conventions FOR EACH ROW EXECUTE FUNCTION ctx.annexes_complete()
  CREATE TRIGGER end_lapsed_grants AFTER INSERT OR UPDATE OF effective_from, ends_at ON public.conventions FOR EACH ROW EXECUTE FUNCTION ctx.end_lapsed_grants()
  CREATE TRIGGER lay_signers AFTER UPDATE OF sent_at ON public.conventions FOR EACH ROW WHEN (((new.sent_at IS NOT NULL) AND (new.sent_at IS DISTINCT FROM old.sent_at))) EXECUTE FUNCTION ctx.lay_signers()
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.conventions FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('organisation_id')
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF sent_at ON public.conventions FOR EACH ROW EXECUTE FUNCTION ctx.written_now('created_at', 'sent_at')
  policy draft for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) AND (effective_from IS NULL) AND (ends_at IS NULL) AND (created_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[])) OR (region_id = ANY (( SELECT ctx.role_regions('cssi'::text) AS role_regions)::integer[]))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND ((region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[])) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)))) check (( SELECT ctx.ok() AS ok) AND ((region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[])) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.correspondent_links owner cc_owner row security forced
  id uuid not null
  correspondent_id uuid not null
  siret bigint not null rights cc_definer=w/cc_owner
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  organisation_id uuid not null
  author_id uuid not null
  linked_at timestamp with time zone not null
  merge_id uuid
  retired_at timestamp with time zone rights cc_definer=w/cc_owner cc_web=w/cc_owner
  retired_by uuid rights cc_definer=w/cc_owner cc_web=w/cc_owner
  retired_organisation uuid rights cc_definer=w/cc_owner cc_web=w/cc_owner
  retired_reason text rights cc_definer=w/cc_owner cc_web=w/cc_owner
  constraint correspondent_links_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint correspondent_links_correspondent_id_fkey FOREIGN KEY (correspondent_id) REFERENCES public.correspondents(id)
  constraint correspondent_links_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES public.correspondent_merges(id)
  constraint correspondent_links_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint correspondent_links_pkey PRIMARY KEY (id)
  constraint correspondent_links_retired CHECK ((num_nulls(retired_at, retired_by, retired_organisation, retired_reason) = ANY (ARRAY[0, 4])))
  constraint correspondent_links_retired_by_retired_organisation_fkey FOREIGN KEY (retired_by, retired_organisation) REFERENCES public.accounts(id, organisation_id)
  constraint correspondent_links_retired_reason_check CHECK ((retired_reason = ANY (ARRAY['parti'::text, 'autre-poste'::text, 'ne-souhaite-plus'::text, 'saisi-par-erreur'::text, 'fusion-defaite'::text])))
  CREATE INDEX correspondent_links_departement ON public.correspondent_links USING btree (departement_id) WHERE (retired_at IS NULL)
  CREATE INDEX correspondent_links_merge ON public.correspondent_links USING btree (merge_id) WHERE (merge_id IS NOT NULL)
  CREATE INDEX correspondent_links_siret ON public.correspondent_links USING btree (siret) WHERE (retired_at IS NULL)
  CREATE UNIQUE INDEX correspondent_links_once ON public.correspondent_links USING btree (correspondent_id, siret) WHERE (retired_at IS NULL)
  CREATE UNIQUE INDEX correspondent_links_pkey ON public.correspondent_links USING btree (id)
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('interlocuteurs'::text) AS opens)
  policy link for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND (merge_id IS NULL) AND (retired_at IS NULL) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND (ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id) OR ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) AND ctx.keeps_correspondent(correspondent_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy unlink for update to cc_web using (( SELECT ctx.ok() AS ok) AND (retired_at IS NULL) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND (ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id) OR ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))) check ((retired_by = ( SELECT ctx.account() AS account)) AND (retired_organisation = ( SELECT ctx.organisation() AS organisation)))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.correspondent_merge_values owner cc_owner row security forced
  merge_id uuid not null
  value_id uuid not null
  absorbed boolean not null
  confirmed_at timestamp with time zone
  confirmed_by_id uuid
  confirmed_organisation_id uuid
  constraint correspondent_merge_values_confirmed_by_id_fkey FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts(id)
  constraint correspondent_merge_values_confirmed_organisation_id_fkey FOREIGN KEY (confirmed_organisation_id) REFERENCES public.organisations(id)
  constraint correspondent_merge_values_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES public.correspondent_merges(id)
  constraint correspondent_merge_values_pkey PRIMARY KEY (merge_id, value_id)
  constraint correspondent_merge_values_value_id_fkey FOREIGN KEY (value_id) REFERENCES public.correspondent_values(id) ON DELETE CASCADE
  CREATE INDEX correspondent_merge_values_value ON public.correspondent_merge_values USING btree (value_id)
  CREATE UNIQUE INDEX correspondent_merge_values_pkey ON public.correspondent_merge_values USING btree (merge_id, value_id)
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('interlocuteurs'::text) AS opens)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.correspondent_merges m
  WHERE (m.id = correspondent_merge_values.merge_id))))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.correspondent_merges m
  WHERE ((m.id = correspondent_merge_values.merge_id) AND (m.author_id = ( SELECT ctx.account() AS account)) AND (m.undone_at IS NULL)))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.correspondent_merges owner cc_owner row security forced
  id uuid not null
  kept_id uuid not null
  absorbed_id uuid not null
  organisation_id uuid not null
  author_id uuid not null
  merged_at timestamp with time zone not null
  informed_taken boolean not null
  undone_at timestamp with time zone rights cc_web=w/cc_owner
  undone_by uuid rights cc_web=w/cc_owner
  undone_organisation uuid rights cc_web=w/cc_owner
  constraint correspondent_merges_absorbed_id_fkey FOREIGN KEY (absorbed_id) REFERENCES public.correspondents(id)
  constraint correspondent_merges_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint correspondent_merges_kept_id_fkey FOREIGN KEY (kept_id) REFERENCES public.correspondents(id)
  constraint correspondent_merges_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint correspondent_merges_pkey PRIMARY KEY (id)
  constraint correspondent_merges_two CHECK ((kept_id <> absorbed_id))
  constraint correspondent_merges_undone CHECK ((num_nulls(undone_at, undone_by, undone_organisation) = ANY (ARRAY[0, 3])))
  constraint correspondent_merges_undone_by_undone_organisation_fkey FOREIGN KEY (undone_by, undone_organisation) REFERENCES public.accounts(id, organisation_id)
  CREATE INDEX correspondent_merges_kept ON public.correspondent_merges USING btree (kept_id) WHERE (undone_at IS NULL)
  CREATE INDEX correspondent_merges_of_absorbed ON public.correspondent_merges USING btree (absorbed_id)
  CREATE INDEX correspondent_merges_of_kept ON public.correspondent_merges USING btree (kept_id)
  CREATE UNIQUE INDEX correspondent_merges_once ON public.correspondent_merges USING btree (absorbed_id) WHERE (undone_at IS NULL)
  CREATE UNIQUE INDEX correspondent_merges_pkey ON public.correspondent_merges USING btree (id)
  CREATE TRIGGER link_merged AFTER INSERT ON public.correspondent_merges FOR EACH ROW EXECUTE FUNCTION ctx.link_merged()
  CREATE TRIGGER unlink_merged AFTER UPDATE OF undone_at ON public.correspondent_merges FOR EACH ROW WHEN (((old.undone_at IS NULL) AND (new.undone_at IS NOT NULL))) EXECUTE FUNCTION ctx.unlink_merged()
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('interlocuteurs'::text) AS opens)
  policy merge for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.keeps_correspondent(kept_id) AND ctx.keeps_correspondent(absorbed_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.correspondents c
  WHERE (c.id = correspondent_merges.kept_id))) AND (EXISTS ( SELECT
   FROM public.correspondents c
  WHERE (c.id = correspondent_merges.absorbed_id))))
  policy undo for update to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.keeps_correspondent(kept_id) AND ctx.keeps_correspondent(absorbed_id)) check ((undone_by = ( SELECT ctx.account() AS account)) AND (undone_organisation = ( SELECT ctx.organisation() AS organisation)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.correspondent_objections owner cc_owner row security forced
  id uuid not null
  correspondent_id uuid not null
  objected_on date not null
  how text not null
  organisation_id uuid not null
  author_id uuid not null
  recorded_at timestamp with time zone not null
  lifted_at timestamp with time zone rights cc_web=w/cc_owner
  lifted_by uuid rights cc_web=w/cc_owner
  lifted_organisation uuid rights cc_web=w/cc_owner
  lift_reason text rights cc_web=w/cc_owner
  constraint correspondent_objections_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint correspondent_objections_correspondent_id_fkey FOREIGN KEY (correspondent_id) REFERENCES public.correspondents(id)
  constraint correspondent_objections_how_check CHECK ((how = ANY (ARRAY['oral'::text, 'courriel'::text, 'courrier'::text])))
  constraint correspondent_objections_lift_reason_check CHECK (((length(lift_reason) >= 1) AND (length(lift_reason) <= 300)))
  constraint correspondent_objections_lifted CHECK ((num_nulls(lifted_at, lifted_by, lifted_organisation, lift_reason) = ANY (ARRAY[0, 4])))
  constraint correspondent_objections_lifted_by_lifted_organisation_fkey FOREIGN KEY (lifted_by, lifted_organisation) REFERENCES public.accounts(id, organisation_id)
  constraint correspondent_objections_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint correspondent_objections_pkey PRIMARY KEY (id)
  CREATE INDEX correspondent_objections_of ON public.correspondent_objections USING btree (correspondent_id)
  CREATE UNIQUE INDEX correspondent_objections_once ON public.correspondent_objections USING btree (correspondent_id) WHERE (lifted_at IS NULL)
  CREATE UNIQUE INDEX correspondent_objections_pkey ON public.correspondent_objections USING btree (id)
  CREATE TRIGGER forget_comments AFTER INSERT ON public.correspondent_objections FOR EACH ROW EXECUTE FUNCTION ctx.forget_comments()
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF lifted_at ON public.correspondent_objections FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at', 'lifted_at')
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('interlocuteurs'::text) AS opens)
  policy lift for update to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.keeps_correspondent(correspondent_id)) check ((lifted_by = ( SELECT ctx.account() AS account)) AND (lifted_organisation = ( SELECT ctx.organisation() AS organisation)))
  policy object for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.keeps_correspondent(correspondent_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.correspondents c
  WHERE (c.id = correspondent_objections.correspondent_id))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.correspondent_values owner cc_owner row security forced
  id uuid not null
  correspondent_id uuid not null rights cc_web=w/cc_owner
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  field text not null
  value text not null
  source text not null
  organisation_id uuid
  author_id uuid
  recorded_at timestamp with time zone not null
  replaced_at timestamp with time zone rights cc_web=w/cc_owner
  sought text collate C generated 
CASE
    WHEN (field = ANY (ARRAY['familyName'::text, 'givenName'::text])) THEN public.search_words(value)
    WHEN (field = ANY (ARRAY['phone'::text, 'otherPhone'::text])) THEN regexp_replace(regexp_replace(value, '^\+33'::text, '0'::text), '[^0-9]'::text, ''::text, 'g'::text)
    ELSE NULL::text
END
  confirmed_at timestamp with time zone rights cc_web=w/cc_owner
  confirmed_by_id uuid rights cc_web=w/cc_owner
  confirmed_organisation_id uuid rights cc_web=w/cc_owner
  observed_on date
  constraint correspondent_values_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.accounts(id)
  constraint correspondent_values_confirmed_by_id_fkey FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts(id)
  constraint correspondent_values_confirmed_organisation_id_fkey FOREIGN KEY (confirmed_organisation_id) REFERENCES public.organisations(id)
  constraint correspondent_values_confirmed_whole CHECK ((num_nonnulls(confirmed_at, confirmed_by_id, confirmed_organisation_id) = ANY (ARRAY[0, 3])))
  constraint correspondent_values_correspondent_id_fkey FOREIGN KEY (correspondent_id) REFERENCES public.correspondents(id)
  constraint correspondent_values_e164 CHECK (((field <> ALL (ARRAY['phone'::text, 'otherPhone'::text])) OR (value ~ '^\+[1-9][0-9]{4,14}$'::text)))
  constraint correspondent_values_field_check CHECK ((field = ANY (ARRAY['civility'::text, 'familyName'::text, 'givenName'::text, 'role'::text, 'email'::text, 'phone'::text, 'otherPhone'::text, 'postalAddress'::text, 'preferredChannel'::text])))
  constraint correspondent_values_observed CHECK ((observed_on <= ((recorded_at AT TIME ZONE 'Europe/Paris'::text))::date))
  constraint correspondent_values_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint correspondent_values_pkey PRIMARY KEY (id)
  constraint correspondent_values_source_check CHECK ((source = ANY (ARRAY['personne-concernee'::text, 'conseiller'::text, 'fichier-partenaire'::text, 'operateur'::text, 'registre'::text])))
  constraint correspondent_values_value_check CHECK (((length(value) >= 1) AND (length(value) <= 300)))
  CREATE INDEX correspondent_values_card ON public.correspondent_values USING btree (correspondent_id)
  CREATE INDEX correspondent_values_of ON public.correspondent_values USING btree (correspondent_id) WHERE (replaced_at IS NULL)
  CREATE INDEX correspondent_values_sought ON public.correspondent_values USING btree (departement_id, sought) WHERE ((replaced_at IS NULL) AND (sought IS NOT NULL))
  CREATE UNIQUE INDEX correspondent_values_pkey ON public.correspondent_values USING btree (id)
  CREATE TRIGGER follow_card BEFORE UPDATE OF correspondent_id ON public.correspondent_values FOR EACH ROW WHEN ((new.correspondent_id <> old.correspondent_id)) EXECUTE FUNCTION ctx.value_follows_card()
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('interlocuteurs'::text) AS opens)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) OR (EXISTS ( SELECT
   FROM public.correspondent_links l
  WHERE ((l.correspondent_id = correspondent_values.correspondent_id) AND (l.retired_at IS NULL))))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND ((ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND (ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id) OR ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))) OR ctx.keeps_linked(correspondent_id)))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (author_id = ( SELECT ctx.account() AS account)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND (ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id) OR ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))) OR ctx.keeps_linked(correspondent_id)))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.correspondents owner cc_owner row security forced
  id uuid not null
  siret bigint not null rights cc_definer=w/cc_owner
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  created_at timestamp with time zone not null
  retired_at timestamp with time zone rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_definer=w/cc_owner cc_web=w/cc_owner
  retired_reason text rights cc_web=w/cc_owner
  informed_on date rights cc_web=w/cc_owner
  informed_how text rights cc_web=w/cc_owner
  informed_organisation_id uuid rights cc_web=w/cc_owner
  merged_into uuid rights cc_web=w/cc_owner
  constraint correspondents_informed_how_check CHECK ((informed_how = ANY (ARRAY['oral'::text, 'courriel'::text, 'courrier'::text])))
  constraint correspondents_informed_organisation_id_fkey FOREIGN KEY (informed_organisation_id) REFERENCES public.organisations(id)
  constraint correspondents_informed_whole CHECK ((num_nonnulls(informed_on, informed_how, informed_organisation_id) = ANY (ARRAY[0, 3])))
  constraint correspondents_merged_elsewhere CHECK ((merged_into <> id))
  constraint correspondents_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES public.correspondents(id)
  constraint correspondents_pkey PRIMARY KEY (id)
  constraint correspondents_retired_reason_check CHECK ((retired_reason = ANY (ARRAY['parti'::text, 'autre-poste'::text, 'ne-souhaite-plus'::text, 'saisi-par-erreur'::text])))
  constraint correspondents_retired_why CHECK (((retired_reason IS NULL) OR (retired_at IS NOT NULL)))
  CREATE INDEX correspondents_merged_into ON public.correspondents USING btree (merged_into) WHERE (merged_into IS NOT NULL)
  CREATE INDEX correspondents_siret ON public.correspondents USING btree (siret)
  CREATE UNIQUE INDEX correspondents_pkey ON public.correspondents USING btree (id)
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('interlocuteurs'::text) AS opens)
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND ((ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND (ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id) OR ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))) OR ctx.keeps_linked(id))) check ((merged_into IS NULL) OR ctx.keeps_correspondent(merged_into))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) OR (EXISTS ( SELECT
   FROM public.correspondent_links l
  WHERE ((l.correspondent_id = correspondents.id) AND (l.retired_at IS NULL))))))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND (ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id) OR ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.correspondents_apart owner cc_owner row security forced
  one_id uuid not null
  other_id uuid not null
  organisation_id uuid not null
  author_id uuid not null
  told_at timestamp with time zone not null
  constraint correspondents_apart_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint correspondents_apart_one_id_fkey FOREIGN KEY (one_id) REFERENCES public.correspondents(id)
  constraint correspondents_apart_ordered CHECK ((one_id < other_id))
  constraint correspondents_apart_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint correspondents_apart_other_id_fkey FOREIGN KEY (other_id) REFERENCES public.correspondents(id)
  constraint correspondents_apart_pkey PRIMARY KEY (one_id, other_id)
  CREATE INDEX correspondents_apart_other ON public.correspondents_apart USING btree (other_id)
  CREATE UNIQUE INDEX correspondents_apart_pkey ON public.correspondents_apart USING btree (one_id, other_id)
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('interlocuteurs'::text) AS opens)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.correspondents c
  WHERE (c.id = correspondents_apart.one_id))) AND (EXISTS ( SELECT
   FROM public.correspondents c
  WHERE (c.id = correspondents_apart.other_id))))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.keeps_correspondent(one_id) AND ctx.keeps_correspondent(other_id))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.departed_people owner cc_owner row security forced
  account_id uuid not null rights cc_definer=w/cc_owner cc_web=r/cc_owner
  organisation_id uuid not null rights cc_web=r/cc_owner
  given_name text not null
  family_name text not null
  email text
  function text not null
  cause text not null
  reason text not null
  left_at timestamp with time zone not null rights cc_web=r/cc_owner
  recorded_by uuid not null
  constraint departed_people_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint departed_people_cause_check CHECK ((cause = ANY (ARRAY['departure'::text, 'change-of-function'::text, 'not-needed'::text, 'breach'::text])))
  constraint departed_people_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint departed_people_pkey PRIMARY KEY (account_id)
  constraint departed_people_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint departed_people_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  CREATE INDEX departed_people_age ON public.departed_people USING btree (left_at)
  CREATE UNIQUE INDEX departed_people_pkey ON public.departed_people USING btree (account_id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role)))
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.departures_held owner cc_owner row security forced
  account_id uuid not null
  event_id uuid
  roles text[] not null
  told_at timestamp with time zone not null
  departure_id uuid
  constraint departures_held_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint departures_held_departure_id_fkey FOREIGN KEY (departure_id) REFERENCES public.departures_to_come(id)
  constraint departures_held_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.rgc_events(id)
  constraint departures_held_one_cause CHECK ((num_nonnulls(event_id, departure_id) = 1))
  constraint departures_held_pkey PRIMARY KEY (account_id)
  constraint departures_held_roles_check CHECK ((cardinality(roles) > 0))
  CREATE UNIQUE INDEX departures_held_pkey ON public.departures_held USING btree (account_id)
  policy owner for all to cc_owner using true check true
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.departures_to_come owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  last_day date not null
  cause text not null
  reason text not null
  former_end date
  entered_by uuid not null
  entered_at timestamp with time zone not null
  cancelled_at timestamp with time zone
  cancelled_by uuid
  cancel_reason text
  ended_at timestamp with time zone
  constraint departures_to_come_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint departures_to_come_cancel_reason_check CHECK (((length(cancel_reason) >= 1) AND (length(cancel_reason) <= 300)))
  constraint departures_to_come_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES public.accounts(id)
  constraint departures_to_come_cause_check CHECK ((cause = ANY (ARRAY['departure'::text, 'change-of-function'::text, 'not-needed'::text])))
  constraint departures_to_come_check CHECK ((cancelled_at >= entered_at))
  constraint departures_to_come_check1 CHECK ((num_nonnulls(cancelled_at, cancelled_by, cancel_reason) = ANY (ARRAY[0, 3])))
  constraint departures_to_come_check2 CHECK ((num_nonnulls(cancelled_at, ended_at) < 2))
  constraint departures_to_come_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.accounts(id)
  constraint departures_to_come_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint departures_to_come_pkey PRIMARY KEY (id)
  constraint departures_to_come_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  CREATE INDEX departures_to_come_organisation ON public.departures_to_come USING btree (organisation_id)
  CREATE UNIQUE INDEX departures_to_come_one ON public.departures_to_come USING btree (account_id) WHERE ((cancelled_at IS NULL) AND (ended_at IS NULL))
  CREATE UNIQUE INDEX departures_to_come_pkey ON public.departures_to_come USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.directory_entries owner cc_owner row security forced
  account_id uuid not null
  organisation_id uuid not null
  civility text rights cc_web=w/cc_owner
  phone text rights cc_web=w/cc_owner
  phone_hidden boolean not null rights cc_web=w/cc_owner
  agency_id uuid rights cc_web=w/cc_owner
  version integer not null rights cc_web=w/cc_owner
  changed_at timestamp with time zone not null rights cc_web=w/cc_owner
  constraint directory_entries_account_id_organisation_id_fkey FOREIGN KEY (account_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint directory_entries_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agencies(id)
  constraint directory_entries_civility_check CHECK ((civility = ANY (ARRAY['Mme'::text, 'M.'::text])))
  constraint directory_entries_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint directory_entries_phone_check CHECK ((phone ~ '^\+[1-9][0-9]{5,14}$'::text))
  constraint directory_entries_pkey PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX directory_entries_pkey ON public.directory_entries USING btree (account_id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF changed_at ON public.directory_entries FOR EACH ROW EXECUTE FUNCTION ctx.written_now('changed_at')
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account))) check ((agency_id IS NULL) OR (agency_id IN ( SELECT a.id
   FROM public.agencies a
  WHERE (a.organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy say for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((agency_id IS NULL) OR (agency_id IN ( SELECT a.id
   FROM public.agencies a
  WHERE (a.organisation_id = ( SELECT ctx.organisation() AS organisation))))))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.disagreement_steps owner cc_owner row security forced
  id uuid not null
  disagreement_id uuid not null
  convention_id uuid not null
  kind text not null
  manner text
  party text not null
  happened_on date not null
  summary text not null
  court text
  document_id uuid
  recorded_at timestamp with time zone not null
  recorded_by uuid not null
  constraint disagreement_steps_check CHECK (((kind = 'attempt'::text) = (manner IS NOT NULL)))
  constraint disagreement_steps_check1 CHECK (((kind = 'fail'::text) = (court IS NOT NULL)))
  constraint disagreement_steps_court_check CHECK (((length(btrim(court)) >= 1) AND (length(btrim(court)) <= 200)))
  constraint disagreement_steps_disagreement_id_convention_id_fkey FOREIGN KEY (disagreement_id, convention_id) REFERENCES public.disagreements(id, convention_id)
  constraint disagreement_steps_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.convention_documents(id)
  constraint disagreement_steps_kind_check CHECK ((kind = ANY (ARRAY['attempt'::text, 'settle'::text, 'fail'::text, 'decide'::text, 'withdraw'::text, 'reopen'::text])))
  constraint disagreement_steps_manner_check CHECK ((manner = ANY (ARRAY['meeting'::text, 'letters'::text, 'mediation'::text])))
  constraint disagreement_steps_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint disagreement_steps_pkey PRIMARY KEY (id)
  constraint disagreement_steps_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint disagreement_steps_summary_check CHECK (((length(btrim(summary)) >= 1) AND (length(btrim(summary)) <= 4000)))
  CREATE INDEX disagreement_steps_disagreement ON public.disagreement_steps USING btree (disagreement_id, recorded_at, id)
  CREATE UNIQUE INDEX disagreement_steps_pkey ON public.disagreement_steps USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.disagreement_steps FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file)))))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((disagreement_steps.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((disagreement_steps.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))))) AND ((kind <> 'withdraw'::text) OR (disagreement_id IN ( SELECT d.id
   FROM public.disagreements d
  WHERE (d.party = disagreement_steps.party)))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.disagreements owner cc_owner row security forced
  id uuid not null
  convention_id uuid not null
  number integer not null
  party text not null
  subject text not null
  statement text not null
  clauses text[] not null default '{}'::text[]
  arose_on date not null
  opened_at timestamp with time zone not null
  opened_by uuid not null
  constraint disagreements_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint disagreements_convention_id_number_key UNIQUE (convention_id, number)
  constraint disagreements_id_convention_id_key UNIQUE (id, convention_id)
  constraint disagreements_number_check CHECK ((number > 0))
  constraint disagreements_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES public.accounts(id)
  constraint disagreements_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint disagreements_pkey PRIMARY KEY (id)
  constraint disagreements_statement_check CHECK (((length(btrim(statement)) >= 1) AND (length(btrim(statement)) <= 4000)))
  constraint disagreements_subject_check CHECK (((length(btrim(subject)) >= 1) AND (length(btrim(subject)) <= 200)))
  CREATE UNIQUE INDEX disagreements_convention_id_number_key ON public.disagreements USING btree (convention_id, number)
  CREATE UNIQUE INDEX disagreements_id_convention_id_key ON public.disagreements USING btree (id, convention_id)
  CREATE UNIQUE INDEX disagreements_pkey ON public.disagreements USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.disagreements FOR EACH ROW EXECUTE FUNCTION ctx.written_now('opened_at')
  policy open for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (opened_by = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.effective_from <= ( SELECT ctx.clock() AS clock)) AND (((disagreements.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((disagreements.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[])))))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file)))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.do_not_contact_marks owner cc_owner row security forced
  id uuid not null
  siret bigint not null rights cc_definer=w/cc_owner
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  origin text not null
  reason text not null
  starts_on date not null
  until date not null
  organisation_id uuid not null
  author_id uuid not null
  marked_at timestamp with time zone not null
  ended_at timestamp with time zone rights cc_web=w/cc_owner
  ended_how text rights cc_web=w/cc_owner
  ended_by uuid rights cc_web=w/cc_owner
  ended_organisation uuid rights cc_web=w/cc_owner
  end_reason text rights cc_web=w/cc_owner
  constraint do_not_contact_marks_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint do_not_contact_marks_days CHECK (((until >= starts_on) AND (until <= (starts_on + '2 years'::interval))))
  constraint do_not_contact_marks_end_reason_check CHECK (((length(end_reason) >= 1) AND (length(end_reason) <= 300)))
  constraint do_not_contact_marks_ended CHECK ((num_nulls(ended_at, ended_how, ended_by, ended_organisation) = ANY (ARRAY[0, 4])))
  constraint do_not_contact_marks_ended_by_ended_organisation_fkey FOREIGN KEY (ended_by, ended_organisation) REFERENCES public.accounts(id, organisation_id)
  constraint do_not_contact_marks_ended_how_check CHECK ((ended_how = ANY (ARRAY['lifted'::text, 'renewed'::text])))
  constraint do_not_contact_marks_lifted CHECK (((end_reason IS NOT NULL) = (NOT (ended_how IS DISTINCT FROM 'lifted'::text))))
  constraint do_not_contact_marks_once EXCLUDE USING gist (siret WITH =, daterange(starts_on, until, '[]'::text) WITH &&) WHERE ((ended_at IS NULL))
  constraint do_not_contact_marks_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint do_not_contact_marks_origin_check CHECK ((origin = ANY (ARRAY['employer'::text, 'network'::text])))
  constraint do_not_contact_marks_pkey PRIMARY KEY (id)
  constraint do_not_contact_marks_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  CREATE INDEX do_not_contact_marks_once ON public.do_not_contact_marks USING gist (siret, daterange(starts_on, until, '[]'::text)) WHERE (ended_at IS NULL)
  CREATE INDEX do_not_contact_marks_siret ON public.do_not_contact_marks USING btree (siret, marked_at)
  CREATE INDEX do_not_contact_marks_standing ON public.do_not_contact_marks USING btree (until) WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX do_not_contact_marks_pkey ON public.do_not_contact_marks USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF ended_at ON public.do_not_contact_marks FOR EACH ROW EXECUTE FUNCTION ctx.written_now('marked_at', 'ended_at')
  policy mark for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND (ctx.covers(( SELECT ctx.responsable() AS responsable), region_id, departement_id, epci_id, clpe_id) OR ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)))) check ((ended_by = ( SELECT ctx.account() AS account)) AND (ended_organisation = ( SELECT ctx.organisation() AS organisation)))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.documents owner cc_owner row security forced
  id uuid not null
  kind text not null
  tool text
  version integer not null
  title text not null
  body text not null
  body_hash bytea not null
  in_force_from timestamp with time zone not null
  published_by uuid
  published_at timestamp with time zone not null
  cancelled_at timestamp with time zone rights cc_web=w/cc_owner
  cancelled_by uuid rights cc_web=w/cc_owner
  cancel_reason text rights cc_web=w/cc_owner
  constraint documents_as_given UNIQUE (id, version, body_hash)
  constraint documents_body_check CHECK (((length(body) >= 1) AND (length(body) <= 200000)))
  constraint documents_body_hash_check CHECK ((length(body_hash) = 32))
  constraint documents_cancel_reason_check CHECK (((length(cancel_reason) >= 1) AND (length(cancel_reason) <= 500)))
  constraint documents_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES public.accounts(id)
  constraint documents_check CHECK (((kind = 'cpu'::text) = (tool IS NOT NULL)))
  constraint documents_check1 CHECK ((body_hash = sha256(convert_to(body, 'UTF8'::name))))
  constraint documents_check2 CHECK ((num_nonnulls(cancelled_at, cancelled_by, cancel_reason) = ANY (ARRAY[0, 3])))
  constraint documents_id_body_hash_key UNIQUE (id, body_hash)
  constraint documents_kind_check CHECK ((kind = ANY (ARRAY['cgu'::text, 'cpu'::text, 'confidentialite'::text, 'securite'::text])))
  constraint documents_kind_tool_version_key UNIQUE NULLS NOT DISTINCT (kind, tool, version)
  constraint documents_pkey PRIMARY KEY (id)
  constraint documents_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.accounts(id)
  constraint documents_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
  constraint documents_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  constraint documents_version_check CHECK ((version > 0))
  CREATE UNIQUE INDEX documents_as_given ON public.documents USING btree (id, version, body_hash)
  CREATE UNIQUE INDEX documents_id_body_hash_key ON public.documents USING btree (id, body_hash)
  CREATE UNIQUE INDEX documents_kind_tool_version_key ON public.documents USING btree (kind, tool, version) NULLS NOT DISTINCT
  CREATE UNIQUE INDEX documents_one_at_an_instant ON public.documents USING btree (kind, tool, in_force_from) NULLS NOT DISTINCT WHERE (cancelled_at IS NULL)
  CREATE UNIQUE INDEX documents_pkey ON public.documents USING btree (id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.documents FOR EACH STATEMENT EXECUTE FUNCTION ctx.everyones_rights_changed()
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF cancelled_at ON public.documents FOR EACH ROW EXECUTE FUNCTION ctx.written_now('published_at', 'cancelled_at')
  policy cancel for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (cancelled_at IS NULL) AND (in_force_from > ( SELECT ctx.clock() AS clock))) check (( SELECT ctx.ok() AS ok) AND (cancelled_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy publish for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (published_by = ( SELECT ctx.account() AS account)))
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.drafts owner cc_owner row security forced
  account_id uuid not null rights cc_definer=w/cc_owner
  kind text not null
  subject text not null
  content jsonb not null rights cc_web=w/cc_owner
  version integer not null rights cc_web=w/cc_owner
  started_at timestamp with time zone not null rights cc_web=w/cc_owner
  saved_at timestamp with time zone not null rights cc_web=w/cc_owner
  session_id uuid not null rights cc_web=w/cc_owner
  device text not null rights cc_web=w/cc_owner
  title text rights cc_web=w/cc_owner
  path text rights cc_web=w/cc_owner
  of_version integer rights cc_web=w/cc_owner
  send_key text rights cc_web=w/cc_owner
  constraint drafts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE
  constraint drafts_content_check CHECK (((jsonb_typeof(content) = 'object'::text) AND (octet_length((content)::text) <=
CASE
    WHEN (kind = ANY (ARRAY['exchange'::text, 'exchange-correction'::text])) THEN 40000
    ELSE 900000
END)))
  constraint drafts_device_check CHECK ((length(device) <= 60))
  constraint drafts_kind_check CHECK ((kind ~ '^[a-z][a-z-]{2,39}$'::text))
  constraint drafts_of_version_check CHECK ((of_version >= 0))
  constraint drafts_path_check CHECK (((path ~ '^/[0-9a-zA-Z/_-]{0,199}$'::text) AND (path !~ '//'::text)))
  constraint drafts_pkey PRIMARY KEY (account_id, kind, subject)
  constraint drafts_send_key_check CHECK ((send_key ~ '^[0-9a-zA-Z_.:-]{8,128}$'::text))
  constraint drafts_subject_of_kind CHECK ((subject ~
CASE kind
    WHEN 'exchange'::text THEN '^\d{14}$'::text
    WHEN 'exchange-correction'::text THEN '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text
    ELSE '^[0-9a-zA-Z-]{1,80}$'::text
END))
  constraint drafts_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
  CREATE INDEX drafts_saved_at ON public.drafts USING btree (saved_at)
  CREATE UNIQUE INDEX drafts_pkey ON public.drafts USING btree (account_id, kind, subject)
  policy own for all to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account))) check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.employer_file_columns owner cc_owner row security forced
  organisation_id uuid not null
  headings text not null
  fields text[] not null rights cc_web=w/cc_owner
  by_id uuid not null rights cc_web=w/cc_owner
  kept_at timestamp with time zone not null rights cc_web=w/cc_owner
  constraint employer_file_columns_by_id_organisation_id_fkey FOREIGN KEY (by_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint employer_file_columns_fields_check CHECK (((cardinality(fields) >= 1) AND (cardinality(fields) <= 100)))
  constraint employer_file_columns_headings_check CHECK ((headings ~ '^[0-9a-f]{64}$'::text))
  constraint employer_file_columns_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint employer_file_columns_pkey PRIMARY KEY (organisation_id, headings)
  CREATE UNIQUE INDEX employer_file_columns_pkey ON public.employer_file_columns USING btree (organisation_id, headings)
  policy keep for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (by_id = ( SELECT ctx.account() AS account)) AND (cardinality(( SELECT ctx.conseiller() AS conseiller)) > 0))
  policy keep_again for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (cardinality(( SELECT ctx.conseiller() AS conseiller)) > 0)) check (by_id = ( SELECT ctx.account() AS account))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.employer_file_lines owner cc_owner row security forced
  file_id uuid not null
  line integer not null
  said jsonb not null rights cc_web=w/cc_owner
  siret bigint rights cc_web=w/cc_owner
  recognised text not null rights cc_web=w/cc_owner
  candidates bigint[] not null default '{}'::bigint[]
  state text not null default 'waiting'::text rights cc_web=w/cc_owner
  because text rights cc_web=w/cc_owner
  person text rights cc_web=w/cc_owner
  exchange text rights cc_web=w/cc_owner
  made jsonb rights cc_web=w/cc_owner
  note text rights cc_web=w/cc_owner
  constraint employer_file_lines_because CHECK (((because IS NOT NULL) = (state = ANY (ARRAY['left'::text, 'kept'::text]))))
  constraint employer_file_lines_because_check CHECK ((because = ANY (ARRAY['doubtful'::text, 'unknown'::text, 'ignored'::text, 'outside'::text, 'nothing'::text, 'nobody'::text, 'day-unreadable'::text, 'day-to-come'::text, 'too-old'::text, 'channel-unknown'::text, 'result-unknown'::text, 'phone-unreadable'::text, 'email-unreadable'::text, 'changed'::text])))
  constraint employer_file_lines_exchange_check CHECK ((exchange = ANY (ARRAY['added'::text, 'known'::text, 'removed'::text, 'kept'::text])))
  constraint employer_file_lines_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.employer_files(id) ON DELETE CASCADE
  constraint employer_file_lines_line_check CHECK (((line >= 1) AND (line <= 1000000)))
  constraint employer_file_lines_note_check CHECK ((note = ANY (ARRAY['added'::text, 'known'::text, 'closed'::text, 'removed'::text, 'kept'::text])))
  constraint employer_file_lines_person_check CHECK ((person = ANY (ARRAY['added'::text, 'completed'::text, 'known'::text, 'objected'::text, 'nameless'::text, 'closed'::text, 'removed'::text, 'kept'::text])))
  constraint employer_file_lines_pkey PRIMARY KEY (file_id, line)
  constraint employer_file_lines_recognised CHECK (((siret IS NOT NULL) = (recognised = ANY (ARRAY['siret'::text, 'name'::text, 'chosen'::text]))))
  constraint employer_file_lines_recognised_check CHECK ((recognised = ANY (ARRAY['siret'::text, 'name'::text, 'chosen'::text, 'doubtful'::text, 'unknown'::text, 'ignored'::text])))
  constraint employer_file_lines_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'tried'::text, 'left'::text, 'done'::text, 'undone'::text, 'kept'::text])))
  CREATE INDEX employer_file_lines_state ON public.employer_file_lines USING btree (file_id, state, siret)
  CREATE UNIQUE INDEX employer_file_lines_pkey ON public.employer_file_lines USING btree (file_id, line)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (file_id IN ( SELECT f.id
   FROM public.employer_files f
  WHERE (f.by_id = ( SELECT ctx.account() AS account)))))
  policy send for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (state = 'waiting'::text) AND (file_id IN ( SELECT f.id
   FROM public.employer_files f
  WHERE ((f.by_id = ( SELECT ctx.account() AS account)) AND (f.state = 'receiving'::text)))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (file_id IN ( SELECT f.id
   FROM public.employer_files f
  WHERE (f.by_id = ( SELECT ctx.account() AS account)))))
  rights cc_definer=rwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.employer_files owner cc_owner row security forced
  id uuid not null
  by_id uuid not null
  organisation_id uuid not null
  file_name text not null
  sha256 text not null
  rows integer not null
  visibility text not null
  opened_at timestamp with time zone not null
  state text not null default 'receiving'::text rights cc_web=w/cc_owner
  asked_at timestamp with time zone rights cc_web=w/cc_owner
  ended_at timestamp with time zone rights cc_web=w/cc_owner
  constraint employer_files_asked CHECK (((asked_at IS NULL) = (state = ANY (ARRAY['receiving'::text, 'trying'::text, 'tried'::text]))))
  constraint employer_files_by_id_organisation_id_fkey FOREIGN KEY (by_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint employer_files_ended CHECK (((ended_at IS NULL) OR (state = ANY (ARRAY['done'::text, 'undone'::text]))))
  constraint employer_files_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200)))
  constraint employer_files_id_by_id_key UNIQUE (id, by_id)
  constraint employer_files_pkey PRIMARY KEY (id)
  constraint employer_files_rows_check CHECK (((rows >= 1) AND (rows <= 20000)))
  constraint employer_files_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  constraint employer_files_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'trying'::text, 'tried'::text, 'doing'::text, 'done'::text, 'undoing'::text, 'undone'::text])))
  constraint employer_files_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  CREATE INDEX employer_files_by ON public.employer_files USING btree (by_id, opened_at DESC)
  CREATE UNIQUE INDEX employer_files_id_by_id_key ON public.employer_files USING btree (id, by_id)
  CREATE UNIQUE INDEX employer_files_pkey ON public.employer_files USING btree (id)
  policy forget for delete to cc_web using (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)) AND (state = ANY (ARRAY['receiving'::text, 'trying'::text, 'tried'::text])))
  policy move for update to cc_web using (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)))
  policy open for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (cardinality(( SELECT ctx.conseiller() AS conseiller)) > 0))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)))
  rights cc_definer=rwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.equipment_validations owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  hardware boolean not null
  network boolean not null
  second_factor boolean not null
  validated_on date not null
  note text not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  constraint equipment_validations_check CHECK ((hardware OR network OR second_factor))
  constraint equipment_validations_note_check CHECK ((length(note) <= 500))
  constraint equipment_validations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint equipment_validations_pkey PRIMARY KEY (id)
  constraint equipment_validations_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  CREATE INDEX equipment_validations_organisation ON public.equipment_validations USING btree (organisation_id, validated_on DESC)
  CREATE UNIQUE INDEX equipment_validations_pkey ON public.equipment_validations USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.equipment_validations FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees)))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (( SELECT ctx.holds_role('rssi'::text) AS holds_role) OR ( SELECT ctx.holds_role('correspondant-si'::text) AS holds_role) OR ( SELECT ctx.holds_role('rgc'::text) AS holds_role)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.establishment_facts owner cc_owner row security forced
  id uuid not null
  siret bigint not null rights cc_definer=w/cc_owner
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  field text not null
  value text not null
  source text not null
  organisation_id uuid not null
  author_id uuid not null
  observed_on date not null
  recorded_at timestamp with time zone not null
  replaced_at timestamp with time zone rights cc_web=w/cc_owner
  confirmed_at timestamp with time zone rights cc_web=w/cc_owner
  confirmed_by_id uuid rights cc_web=w/cc_owner
  confirmed_organisation_id uuid rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
  search tsvector generated 
CASE
    WHEN (replaced_at IS NOT NULL) THEN NULL::tsvector
    WHEN (field = ANY (ARRAY['usualName'::text, 'sign'::text])) THEN public.establishment_search(departement_id, value, ''::text, '{}'::text[])
    WHEN (field = 'switchboard'::text) THEN public.establishment_search(departement_id, ''::text, ''::text, ARRAY[('=p'::text || regexp_replace(regexp_replace(value, '^\+33'::text, '0'::text), '[^0-9]'::text, ''::text, 'g'::text))])
    ELSE NULL::tsvector
END
  constraint establishment_facts_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint establishment_facts_confirmed_by_id_fkey FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts(id)
  constraint establishment_facts_confirmed_organisation_id_fkey FOREIGN KEY (confirmed_organisation_id) REFERENCES public.organisations(id)
  constraint establishment_facts_confirmed_whole CHECK ((num_nonnulls(confirmed_at, confirmed_by_id, confirmed_organisation_id) = ANY (ARRAY[0, 3])))
  constraint establishment_facts_field_check CHECK ((field = ANY (ARRAY['usualName'::text, 'sign'::text, 'switchboard'::text, 'website'::text, 'openingHours'::text, 'headcount'::text, 'transport'::text, 'accessibility'::text, 'activity'::text, 'applications'::text, 'hiring'::text])))
  constraint establishment_facts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint establishment_facts_pkey PRIMARY KEY (id)
  constraint establishment_facts_shapes CHECK (
CASE field
    WHEN 'switchboard'::text THEN (value ~ '^\+[1-9][0-9]{4,14}$'::text)
    WHEN 'website'::text THEN (value ~ '^https?://'::text)
    WHEN 'headcount'::text THEN (value ~ '^(0|[1-9][0-9]{0,6})$'::text)
    ELSE true
END)
  constraint establishment_facts_source_check CHECK ((source = ANY (ARRAY['personne-concernee'::text, 'conseiller'::text])))
  constraint establishment_facts_value_check CHECK (((length(value) >= 1) AND (length(value) <= 500)))
  CREATE INDEX establishment_facts_search ON public.establishment_facts USING gin (search) WHERE (search IS NOT NULL)
  CREATE INDEX establishment_facts_siret ON public.establishment_facts USING btree (siret, field)
  CREATE UNIQUE INDEX establishment_facts_once ON public.establishment_facts USING btree (siret, field, organisation_id) WHERE (replaced_at IS NULL)
  CREATE UNIQUE INDEX establishment_facts_pkey ON public.establishment_facts USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF replaced_at, confirmed_at ON public.establishment_facts FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at', 'replaced_at', 'confirmed_at')
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('renseignements'::text) AS opens)
  policy note for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND (ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id) OR ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (replaced_at IS NULL) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND (ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id) OR ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))) check ((replaced_at IS NOT NULL) OR ((confirmed_by_id = ( SELECT ctx.account() AS account)) AND (confirmed_organisation_id = ( SELECT ctx.organisation() AS organisation))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.establishment_successions owner cc_owner
  predecessor bigint not null
  successor bigint not null
  linked_on date not null
  head_office_transfer boolean not null
  economic_continuity boolean not null
  register_updated_at timestamp without time zone
  constraint establishment_successions_pkey PRIMARY KEY (predecessor, successor, linked_on)
  constraint establishment_successions_predecessor_check CHECK (((predecessor >= 0) AND (predecessor <= '99999999999999'::bigint)))
  constraint establishment_successions_successor_check CHECK (((successor >= 0) AND (successor <= '99999999999999'::bigint)))
  CREATE INDEX establishment_successions_successor ON public.establishment_successions USING btree (successor)
  CREATE UNIQUE INDEX establishment_successions_pkey ON public.establishment_successions USING btree (predecessor, successor, linked_on)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=r/cc_owner

table public.establishments owner cc_owner
  siret bigint not null
  siren bigint not null
  nic integer not null
  sign text
  usual_name text
  legal_name text
  other_names text
  name text generated COALESCE(usual_name, sign, legal_name)
  acronym text
  naf text
  naf_nomenclature text
  naf25 text
  headcount_band text
  headcount_year integer
  employer boolean
  active boolean not null
  head_office boolean not null
  legal_category text
  address_complement text
  street text
  special_distribution text
  postal_code text
  commune_code text
  published_commune_code text
  commune_name text
  country text
  latitude double precision
  longitude double precision
  diffusion text not null
  legal_unit_diffusion text
  natural_person boolean
  region_id integer
  departement_id integer
  epci_id integer
  clpe_id integer
  created_on date
  closed_on date
  register_updated_at timestamp without time zone
  row_hash bigint not null
  unit_hash bigint
  first_imported_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  partial_diffusion boolean not null generated ((diffusion <> 'O'::text) OR (COALESCE(legal_unit_diffusion, 'O'::text) <> 'O'::text))
  search tsvector not null generated 
CASE
    WHEN (diffusion = 'N'::text) THEN ''::tsvector
    ELSE public.establishment_search(departement_id,
    CASE
        WHEN (((diffusion = 'P'::text) OR (COALESCE(legal_unit_diffusion, 'O'::text) <> 'O'::text)) AND COALESCE(natural_person, true)) THEN ''::text
        ELSE ((((((((((COALESCE(usual_name, ''::text) || ' '::text) || COALESCE(sign, ''::text)) || ' '::text) || COALESCE(legal_name, ''::text)) || ' '::text) || COALESCE(other_names, ''::text)) || ' '::text) || COALESCE(acronym, ''::text)) || ' '::text) || COALESCE(commune_name, ''::text))
    END, ((((((COALESCE(address_complement, ''::text) || ' '::text) || COALESCE(street, ''::text)) || ' '::text) || COALESCE(special_distribution, ''::text)) || ' '::text) || COALESCE(postal_code, ''::text)), ARRAY[('=c'::text || commune_code), ('=z'::text || (region_id)::text), ('=z'::text || (departement_id)::text), ('=z'::text || (epci_id)::text), ('=z'::text || (clpe_id)::text),
    CASE
        WHEN active THEN '=a'::text
        ELSE NULL::text
    END,
    CASE
        WHEN employer THEN '=o'::text
        ELSE NULL::text
    END,
    CASE
        WHEN (active AND employer) THEN '=e'::text
        ELSE NULL::text
    END,
    CASE
        WHEN (COALESCE(naf_nomenclature, 'NAFRev2'::text) = 'NAFRev2'::text) THEN ('=n'::text || "left"(naf, 2))
        ELSE NULL::text
    END, ('=m'::text || "left"(
    CASE
        WHEN (naf_nomenclature = 'NAF25'::text) THEN naf
        ELSE naf25
    END, 2)), ('=h'::text || headcount_band), ('=j'::text || "left"(
    CASE
        WHEN (((diffusion = 'P'::text) OR (COALESCE(legal_unit_diffusion, 'O'::text) <> 'O'::text)) AND COALESCE(natural_person, true)) THEN 'unknown'::text
        ELSE public.legal_nature(legal_category)
    END, 1)), ('=t'::text || "left"(COALESCE(company_size, 'unknown'::text), 1))])
END
  name_key text generated 
CASE
    WHEN (diffusion <> 'N'::text) THEN COALESCE(public.search_words(COALESCE(usual_name, sign, legal_name)), '~'::text)
    ELSE NULL::text
END
  company_size text
  naf_former text
  constraint establishments_check CHECK (((siren = (siret / 100000)) AND (nic = (siret % (100000)::bigint))))
  constraint establishments_check1 CHECK (((region_id IS NULL) = (departement_id IS NULL)))
  constraint establishments_check2 CHECK ((((diffusion = 'O'::text) AND (COALESCE(legal_unit_diffusion, 'O'::text) = 'O'::text)) OR (num_nonnulls(address_complement, street, special_distribution, postal_code, latitude, longitude, acronym) = 0)))
  constraint establishments_check3 CHECK ((((diffusion = 'O'::text) AND (COALESCE(legal_unit_diffusion, 'O'::text) = 'O'::text)) OR (NOT COALESCE(natural_person, true)) OR (num_nonnulls(sign, usual_name, legal_name, other_names, headcount_band, headcount_year, employer, created_on, closed_on) = 0)))
  constraint establishments_check4 CHECK (((diffusion <> 'N'::text) OR ((NOT active) AND (num_nonnulls(sign, usual_name, legal_name, other_names, naf, naf25, commune_code, published_commune_code, commune_name, country, region_id) = 0))))
  constraint establishments_check5 CHECK (((num_nonnulls(sign, usual_name, legal_name, other_names, street, postal_code, commune_name) = 0) OR (POSITION(('[ND]'::text) IN (concat_ws(' '::text, sign, usual_name, legal_name, other_names, street, postal_code, commune_name))) = 0)))
  constraint establishments_company_size CHECK ((company_size = ANY (ARRAY['tpe'::text, 'pme'::text, 'eti'::text, 'large'::text])))
  constraint establishments_company_size_hidden CHECK ((((diffusion = 'O'::text) AND (COALESCE(legal_unit_diffusion, 'O'::text) = 'O'::text)) OR (NOT COALESCE(natural_person, true)) OR (company_size IS NULL)))
  constraint establishments_diffusion_check CHECK ((diffusion = ANY (ARRAY['O'::text, 'P'::text, 'N'::text])))
  constraint establishments_former_hidden CHECK (((diffusion <> 'N'::text) OR (naf_former IS NULL)))
  constraint establishments_legal_unit_diffusion_check CHECK ((legal_unit_diffusion = ANY (ARRAY['O'::text, 'P'::text, 'N'::text])))
  constraint establishments_pkey PRIMARY KEY (siret)
  constraint establishments_siret_check CHECK (((siret >= 0) AND (siret <= '99999999999999'::bigint)))
  CREATE INDEX establishments_clpe_name ON public.establishments USING btree (clpe_id, name_key, siret) WHERE active
  CREATE INDEX establishments_commune ON public.establishments USING btree (commune_code)
  CREATE INDEX establishments_epci_name ON public.establishments USING btree (epci_id, name_key, siret) WHERE active
  CREATE INDEX establishments_name ON public.establishments USING btree (name_key, siret) WHERE active
  CREATE INDEX establishments_search ON public.establishments USING gin (search) WITH (fastupdate=off)
  CREATE INDEX establishments_siren ON public.establishments USING btree (siren)
  CREATE UNIQUE INDEX establishments_pkey ON public.establishments USING btree (siret)
  CREATE TRIGGER hide_undiffused BEFORE INSERT OR UPDATE ON public.establishments FOR EACH ROW WHEN (((new.diffusion <> 'O'::text) OR (COALESCE(new.legal_unit_diffusion, 'O'::text) <> 'O'::text))) EXECUTE FUNCTION public.hide_undiffused()
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=arw/cc_owner

table public.exceptional_acts owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  act text not null
  grant_id uuid
  ground text not null
  reason text not null
  incident text
  done_by uuid not null
  done_at timestamp with time zone not null
  done_in xid8 not null default pg_current_xact_id()
  constraint exceptional_acts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint exceptional_acts_act_check CHECK ((act = ANY (ARRAY['read'::text, 'suspend'::text, 'resume'::text, 'lift'::text, 'depart'::text, 'end-grant'::text, 'reset-second-factors'::text, 'decide-link'::text, 'send-password-link'::text])))
  constraint exceptional_acts_check CHECK (((act = 'end-grant'::text) = (grant_id IS NOT NULL)))
  constraint exceptional_acts_check1 CHECK (((ground = 'incident'::text) = (incident IS NOT NULL)))
  constraint exceptional_acts_check2 CHECK ((done_by <> account_id))
  constraint exceptional_acts_done_by_fkey FOREIGN KEY (done_by) REFERENCES public.accounts(id)
  constraint exceptional_acts_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.grants(id)
  constraint exceptional_acts_ground_check CHECK ((ground = ANY (ARRAY['incident'::text, 'necessity'::text])))
  constraint exceptional_acts_incident_check CHECK (((length(incident) >= 1) AND (length(incident) <= 100)))
  constraint exceptional_acts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint exceptional_acts_pkey PRIMARY KEY (id)
  constraint exceptional_acts_reason_check CHECK (((length(reason) >= 10) AND (length(reason) <= 300)))
  CREATE INDEX exceptional_acts_account ON public.exceptional_acts USING btree (account_id, done_at DESC)
  CREATE INDEX exceptional_acts_author ON public.exceptional_acts USING btree (done_by, done_at DESC)
  CREATE UNIQUE INDEX exceptional_acts_pkey ON public.exceptional_acts USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.exchange_contents owner cc_owner row security forced
  exchange_id uuid not null
  organisation_id uuid not null
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  visibility text not null rights cc_web=w/cc_owner
  channel text not null rights cc_web=w/cc_owner
  result text not null rights cc_web=w/cc_owner
  person_met text rights cc_web=w/cc_owner
  notes text rights cc_web=w/cc_owner
  need text rights cc_web=w/cc_owner
  cancel_reason text rights cc_web=w/cc_owner
  campaign_result_id uuid rights cc_web=w/cc_owner
  result_label text rights cc_web=w/cc_owner
  correspondent_id uuid rights cc_web=w/cc_owner
  constraint exchange_contents_campaign_result_id_result_fkey FOREIGN KEY (campaign_result_id, result) REFERENCES public.campaign_results(id, base)
  constraint exchange_contents_cancel_reason_check CHECK (((length(cancel_reason) >= 1) AND (length(cancel_reason) <= 300)))
  constraint exchange_contents_channel_check CHECK ((channel = ANY (ARRAY['telephone'::text, 'visite'::text, 'visio'::text, 'courriel'::text, 'evenement'::text, 'accueil'::text])))
  constraint exchange_contents_check CHECK (((campaign_result_id IS NULL) = (result_label IS NULL)))
  constraint exchange_contents_correspondent_id_fkey FOREIGN KEY (correspondent_id) REFERENCES public.correspondents(id)
  constraint exchange_contents_exchange_id_fkey FOREIGN KEY (exchange_id) REFERENCES public.exchanges(id)
  constraint exchange_contents_need_check CHECK ((length(need) <= 300))
  constraint exchange_contents_notes_check CHECK ((length(notes) <= 4000))
  constraint exchange_contents_person_met_check CHECK ((length(person_met) <= 160))
  constraint exchange_contents_pkey PRIMARY KEY (exchange_id)
  constraint exchange_contents_result_fkey FOREIGN KEY (result) REFERENCES public.exchange_results(code)
  constraint exchange_contents_result_label_check CHECK ((length(result_label) <= 60))
  constraint exchange_contents_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  CREATE INDEX exchange_contents_correspondent ON public.exchange_contents USING btree (correspondent_id) WHERE (correspondent_id IS NOT NULL)
  CREATE UNIQUE INDEX exchange_contents_pkey ON public.exchange_contents USING btree (exchange_id)
  CREATE TRIGGER met_kept BEFORE INSERT OR UPDATE OF person_met, correspondent_id ON public.exchange_contents FOR EACH ROW EXECUTE FUNCTION ctx.met_kept()
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((0 = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (region_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (departement_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (epci_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (clpe_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[]))) AND ((visibility = 'reseau'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation))))
  policy rewrite for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) check (organisation_id = ( SELECT ctx.organisation() AS organisation))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.exchange_results owner cc_owner
  code text not null
  label text not null
  rank integer not null
  reached boolean not null
  leads_to text
  constraint exchange_results_code_check CHECK ((code ~ '^[a-z]+(-[a-z]+)*$'::text))
  constraint exchange_results_label_key UNIQUE (label)
  constraint exchange_results_leads_to_check CHECK ((leads_to = ANY (ARRAY['besoin'::text, 'rendez-vous'::text, 'traite'::text])))
  constraint exchange_results_pkey PRIMARY KEY (code)
  constraint exchange_results_rank_key UNIQUE (rank)
  CREATE UNIQUE INDEX exchange_results_label_key ON public.exchange_results USING btree (label)
  CREATE UNIQUE INDEX exchange_results_pkey ON public.exchange_results USING btree (code)
  CREATE UNIQUE INDEX exchange_results_rank_key ON public.exchange_results USING btree (rank)
  rights cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.exchange_versions owner cc_owner row security forced
  exchange_id uuid not null
  version integer not null
  organisation_id uuid not null
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  visibility text not null rights cc_web=w/cc_owner
  at timestamp with time zone not null
  by_id uuid not null
  change text not null
  occurred_on date not null
  content jsonb not null
  salt bytea not null default extensions.gen_random_bytes(16)
  constraint exchange_versions_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.accounts(id)
  constraint exchange_versions_change_check CHECK ((change = ANY (ARRAY['recorded'::text, 'corrected'::text, 'cancelled'::text])))
  constraint exchange_versions_exchange_id_fkey FOREIGN KEY (exchange_id) REFERENCES public.exchanges(id)
  constraint exchange_versions_pkey PRIMARY KEY (exchange_id, version)
  constraint exchange_versions_salt_check CHECK ((length(salt) = 16))
  constraint exchange_versions_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  CREATE UNIQUE INDEX exchange_versions_pkey ON public.exchange_versions USING btree (exchange_id, version)
  CREATE TRIGGER written_now BEFORE INSERT ON public.exchange_versions FOR EACH ROW EXECUTE FUNCTION ctx.written_now('at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((0 = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (region_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (departement_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (epci_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (clpe_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[]))) AND ((visibility = 'reseau'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation))))
  policy rewrite for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) check (organisation_id = ( SELECT ctx.organisation() AS organisation))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.exchanges owner cc_owner row security forced
  id uuid not null rights cc_worker=r/cc_owner
  siret bigint not null rights cc_definer=w/cc_owner cc_worker=r/cc_owner
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  campaign_id uuid rights cc_web=w/cc_owner cc_worker=r/cc_owner
  organisation_id uuid not null
  author_id uuid not null
  occurred_on date not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  reached boolean not null rights cc_web=w/cc_owner
  visibility text not null rights cc_web=w/cc_owner
  status text not null default 'recorded'::text rights cc_web=w/cc_owner cc_worker=r/cc_owner
  recorded_at timestamp with time zone not null
  corrected_at timestamp with time zone rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
  left_out_campaign_id uuid rights cc_web=w/cc_owner cc_worker=r/cc_owner
  left_out text rights cc_web=w/cc_owner
  file_id uuid
  constraint exchanges_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.accounts(id)
  constraint exchanges_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint exchanges_file FOREIGN KEY (file_id, author_id) REFERENCES public.employer_files(id, by_id)
  constraint exchanges_left_out CHECK ((((left_out IS NULL) = (left_out_campaign_id IS NULL)) AND ((left_out IS NULL) OR (campaign_id IS NULL))))
  constraint exchanges_left_out_campaign_id_fkey FOREIGN KEY (left_out_campaign_id) REFERENCES public.campaigns(id)
  constraint exchanges_left_out_check CHECK ((left_out = ANY (ARRAY['days'::text, 'set-aside'::text])))
  constraint exchanges_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint exchanges_pkey PRIMARY KEY (id)
  constraint exchanges_status_check CHECK ((status = ANY (ARRAY['recorded'::text, 'cancelled'::text])))
  constraint exchanges_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  CREATE INDEX exchanges_campaign ON public.exchanges USING btree (campaign_id) WHERE (campaign_id IS NOT NULL)
  CREATE INDEX exchanges_corrected ON public.exchanges USING btree (corrected_at) WHERE (corrected_at IS NOT NULL)
  CREATE INDEX exchanges_file_id ON public.exchanges USING btree (file_id) WHERE (file_id IS NOT NULL)
  CREATE INDEX exchanges_organisation ON public.exchanges USING btree (organisation_id, occurred_on DESC)
  CREATE INDEX exchanges_reached ON public.exchanges USING btree (campaign_id, occurred_on) INCLUDE (siret, organisation_id, region_id, departement_id, epci_id, clpe_id) WHERE (reached AND (status = 'recorded'::text) AND (campaign_id IS NOT NULL))
  CREATE INDEX exchanges_recorded_late ON public.exchanges USING btree (occurred_on) WHERE ((campaign_id IS NOT NULL) AND (((recorded_at AT TIME ZONE 'Europe/Paris'::text))::date > occurred_on))
  CREATE INDEX exchanges_siret ON public.exchanges USING btree (siret, occurred_on DESC, id DESC)
  CREATE UNIQUE INDEX exchanges_answering ON public.exchanges USING btree (id, siret, organisation_id)
  CREATE UNIQUE INDEX exchanges_pkey ON public.exchanges USING btree (id)
  CREATE TRIGGER reached_delete AFTER DELETE ON public.exchanges REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.note_reached()
  CREATE TRIGGER reached_insert AFTER INSERT ON public.exchanges REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.note_reached()
  CREATE TRIGGER reached_update AFTER UPDATE ON public.exchanges REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.note_reached()
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF corrected_at ON public.exchanges FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at', 'corrected_at')
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) check (organisation_id = ( SELECT ctx.organisation() AS organisation))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web, cc_worker using (( SELECT ctx.ok() AS ok) AND ((0 = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (region_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (departement_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (epci_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (clpe_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[]))))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.expected_providers owner cc_owner row security forced
  organisation_id uuid not null
  idp_id text not null
  added_at timestamp with time zone not null
  added_by uuid
  constraint expected_providers_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.accounts(id)
  constraint expected_providers_idp_id_check CHECK (((length(idp_id) >= 1) AND (length(idp_id) <= 100)))
  constraint expected_providers_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint expected_providers_pkey PRIMARY KEY (organisation_id, idp_id)
  CREATE UNIQUE INDEX expected_providers_pkey ON public.expected_providers USING btree (organisation_id, idp_id)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.first_days owner cc_owner row security forced
  account_id uuid not null
  dismissed_at timestamp with time zone not null
  constraint first_days_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint first_days_pkey PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX first_days_pkey ON public.first_days USING btree (account_id)
  policy dismiss for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy own for select to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.first_enrolments owner cc_owner row security forced
  account_id uuid not null
  open_until timestamp with time zone not null
  code_hash bytea
  code_until timestamp with time zone
  tries integer not null default 0
  made_by uuid
  constraint first_enrolments_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint first_enrolments_check CHECK ((num_nonnulls(code_hash, code_until) = ANY (ARRAY[0, 2])))
  constraint first_enrolments_code_hash_check CHECK ((length(code_hash) = 32))
  constraint first_enrolments_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.accounts(id)
  constraint first_enrolments_pkey PRIMARY KEY (account_id)
  constraint first_enrolments_tries_check CHECK (((tries >= 0) AND (tries <= 5)))
  CREATE UNIQUE INDEX first_enrolments_pkey ON public.first_enrolments USING btree (account_id)
  policy owner for all to cc_owner using true check true
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner

table public.frozen_figures owner cc_owner row security forced
  month date not null rights cc_web=r/cc_owner
  scope text collate C not null rights cc_web=r/cc_owner
  organisation_id uuid not null
  campagnes integer[] not null
  fiche integer[] not null
  summed integer[] not null
  frozen_at timestamp with time zone not null rights cc_web=r/cc_owner
  lines jsonb not null rights cc_web=r/cc_owner
  digest bytea not null rights cc_web=r/cc_owner
  constraint frozen_figures_campagnes_check CHECK ((campagnes <> '{}'::integer[]))
  constraint frozen_figures_digest_check CHECK ((length(digest) = 32))
  constraint frozen_figures_month_check CHECK ((month = (date_trunc('month'::text, (month)::timestamp with time zone))::date))
  constraint frozen_figures_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint frozen_figures_pkey PRIMARY KEY (month, scope)
  constraint frozen_figures_scope_check CHECK ((scope ~ '^[0-9a-f]{64}$'::text))
  CREATE UNIQUE INDEX frozen_figures_pkey ON public.frozen_figures USING btree (month, scope)
  CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.frozen_figures FOR EACH ROW EXECUTE FUNCTION public.audit_refuse_change()
  CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.frozen_figures FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse_change()
  policy owner_reads for select to cc_owner using true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (scope = ( SELECT ctx.figures_scope() AS figures_scope)))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.frozen_months owner cc_owner row security forced
  month date not null rights cc_web=r/cc_owner
  frozen_at timestamp with time zone not null rights cc_web=r/cc_owner
  line_count integer not null
  digest bytea not null
  constraint frozen_months_digest_check CHECK ((length(digest) = 32))
  constraint frozen_months_month_check CHECK ((month = (date_trunc('month'::text, (month)::timestamp with time zone))::date))
  constraint frozen_months_pkey PRIMARY KEY (month)
  CREATE UNIQUE INDEX frozen_months_pkey ON public.frozen_months USING btree (month)
  CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.frozen_months FOR EACH ROW EXECUTE FUNCTION public.audit_refuse_change()
  CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.frozen_months FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse_change()
  policy owner_reads for select to cc_owner using true
  policy read for select to cc_web using ( SELECT ctx.ok() AS ok)
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.grant_requests owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  asked_by uuid not null
  asked_at timestamp with time zone not null
  tool text not null
  profile text not null
  territory_id integer
  agency_id uuid
  purpose text not null
  reason text not null
  decided_at timestamp with time zone rights cc_web=w/cc_owner
  decided_by uuid rights cc_web=w/cc_owner
  decision text rights cc_web=w/cc_owner
  decision_reason text rights cc_web=w/cc_owner
  grant_id uuid rights cc_web=w/cc_owner
  constraint decided_by_another CHECK (((decision = 'withdrawn'::text) OR (decided_by <> account_id)))
  constraint grant_requests_account_id_organisation_id_fkey FOREIGN KEY (account_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint grant_requests_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agencies(id)
  constraint grant_requests_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.accounts(id)
  constraint grant_requests_check CHECK ((num_nonnulls(territory_id, agency_id) = 1))
  constraint grant_requests_check1 CHECK (((tool <> 'fiche-recrutement'::text) OR (profile = 'consultation'::text)))
  constraint grant_requests_check2 CHECK ((num_nonnulls(decided_at, decided_by, decision) = ANY (ARRAY[0, 3])))
  constraint grant_requests_check3 CHECK (((decision IS DISTINCT FROM 'refused'::text) OR (decision_reason IS NOT NULL)))
  constraint grant_requests_check4 CHECK (((NOT (decision IS DISTINCT FROM 'accepted'::text)) = (grant_id IS NOT NULL)))
  constraint grant_requests_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id)
  constraint grant_requests_decision_check CHECK ((decision = ANY (ARRAY['accepted'::text, 'refused'::text, 'withdrawn'::text])))
  constraint grant_requests_decision_reason_check CHECK (((length(decision_reason) >= 1) AND (length(decision_reason) <= 300)))
  constraint grant_requests_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.grants(id)
  constraint grant_requests_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint grant_requests_pkey PRIMARY KEY (id)
  constraint grant_requests_profile_check CHECK ((profile = ANY (ARRAY['consultation'::text, 'conseiller'::text, 'responsable'::text, 'pilote'::text])))
  constraint grant_requests_purpose_check CHECK ((purpose = ANY (ARRAY['prospection'::text, 'recrutement'::text, 'insertion'::text, 'suivi'::text])))
  constraint grant_requests_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint grant_requests_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id)
  constraint grant_requests_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  CREATE INDEX grant_requests_organisation ON public.grant_requests USING btree (organisation_id, asked_at)
  CREATE UNIQUE INDEX grant_requests_once ON public.grant_requests USING btree (account_id, tool, COALESCE((territory_id)::text, (agency_id)::text)) WHERE (decided_at IS NULL)
  CREATE UNIQUE INDEX grant_requests_pkey ON public.grant_requests USING btree (id)
  CREATE TRIGGER keep_agency_open BEFORE INSERT ON public.grant_requests FOR EACH ROW WHEN ((new.agency_id IS NOT NULL)) EXECUTE FUNCTION ctx.keep_agency_open()
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF decided_at ON public.grant_requests FOR EACH ROW EXECUTE FUNCTION ctx.written_now('asked_at', 'decided_at')
  policy ask for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (asked_by = ( SELECT ctx.account() AS account)) AND (decided_at IS NULL) AND ((account_id = ( SELECT ctx.account() AS account)) OR ( SELECT ctx.leads() AS leads)))
  policy ceiling restrictive for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ctx.perimeter_within(territory_id, agency_id, ( SELECT ctx.own_ceiling() AS own_ceiling)))
  policy decide for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (decided_at IS NULL) AND (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts))) check (( SELECT ctx.ok() AS ok) AND (decided_by = ( SELECT ctx.account() AS account)) AND (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((account_id = ( SELECT ctx.account() AS account)) OR (asked_by = ( SELECT ctx.account() AS account)) OR ( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts))))
  policy withdraw for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (decided_at IS NULL) AND (asked_by = ( SELECT ctx.account() AS account))) check (( SELECT ctx.ok() AS ok) AND (decided_by = ( SELECT ctx.account() AS account)) AND (asked_by = ( SELECT ctx.account() AS account)) AND (decision = 'withdrawn'::text))
  rights cc_definer=rw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.grants owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  tool text not null
  profile text not null
  territory_id integer
  agency_id uuid
  reason text not null
  starts_on date not null
  ends_on date
  granted_by uuid
  granted_at timestamp with time zone not null
  revoked_at timestamp with time zone rights cc_definer=w/cc_owner cc_web=w/cc_owner
  revoked_by uuid rights cc_web=w/cc_owner
  revoke_reason text rights cc_definer=w/cc_owner cc_web=w/cc_owner
  purpose text
  duties text
  beyond_function boolean not null default false
  replaces uuid
  suspended boolean not null default false rights cc_web=w/cc_owner
  constraint grants_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint grants_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agencies(id)
  constraint grants_check CHECK ((ends_on >= starts_on))
  constraint grants_check1 CHECK ((num_nonnulls(territory_id, agency_id) = 1))
  constraint grants_check2 CHECK (((tool <> 'fiche-recrutement'::text) OR (profile = 'consultation'::text)))
  constraint grants_duties_check CHECK (((length(duties) >= 1) AND (length(duties) <= 300)))
  constraint grants_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES public.accounts(id)
  constraint grants_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint grants_pkey PRIMARY KEY (id)
  constraint grants_profile_check CHECK ((profile = ANY (ARRAY['consultation'::text, 'conseiller'::text, 'responsable'::text, 'pilote'::text])))
  constraint grants_purpose_check CHECK ((purpose = ANY (ARRAY['prospection'::text, 'recrutement'::text, 'insertion'::text, 'suivi'::text])))
  constraint grants_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint grants_replaces_fkey FOREIGN KEY (replaces) REFERENCES public.grants(id)
  constraint grants_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES public.accounts(id)
  constraint grants_suspended CHECK (((NOT suspended) OR (revoked_at IS NOT NULL)))
  constraint grants_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id)
  constraint grants_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  constraint no_self_grant CHECK ((granted_by <> account_id))
  CREATE INDEX grants_account ON public.grants USING btree (account_id)
  CREATE INDEX grants_agency ON public.grants USING btree (agency_id) WHERE ((agency_id IS NOT NULL) AND (revoked_at IS NULL))
  CREATE UNIQUE INDEX grants_pkey ON public.grants USING btree (id)
  CREATE TRIGGER ask_second AFTER INSERT ON public.grants FOR EACH ROW EXECUTE FUNCTION ctx.ask_second_for_grant()
  CREATE TRIGGER ask_second_for_opener AFTER INSERT ON public.grants FOR EACH ROW EXECUTE FUNCTION ctx.ask_second_for_opener()
  CREATE TRIGGER keep_agency_open BEFORE INSERT ON public.grants FOR EACH ROW WHEN ((new.agency_id IS NOT NULL)) EXECUTE FUNCTION ctx.keep_agency_open()
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.grants FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF revoked_at ON public.grants FOR EACH ROW EXECUTE FUNCTION ctx.written_now('granted_at', 'revoked_at')
  policy ceiling restrictive for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ctx.perimeter_within(territory_id, agency_id, ( SELECT ctx.own_ceiling() AS own_ceiling)))
  policy decide for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (granted_by = ( SELECT ctx.account() AS account)) AND (revoked_at IS NULL) AND (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts)) AND ((duties IS NOT NULL) OR (NOT (account_id IN ( SELECT ctx.managers() AS managers)))))
  policy oversee for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (revoked_at IS NULL) AND (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts))) check (( SELECT ctx.ok() AS ok) AND (revoked_by = ( SELECT ctx.account() AS account)) AND (revoked_at IS NOT NULL))
  policy stand_in for update to cc_web using (( SELECT ctx.ok() AS ok) AND (revoked_at IS NULL) AND (id IN ( SELECT ctx.grants_acted_on() AS grants_acted_on))) check ((revoked_by = ( SELECT ctx.account() AS account)) AND (revoked_at IS NOT NULL))
  rights cc_definer=rw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.handed_actions owner cc_owner row security forced
  next_action_id uuid not null rights cc_definer=w/cc_owner
  version integer not null
  at timestamp with time zone not null
  by_id uuid not null
  organisation_id uuid not null
  owner_id uuid not null
  due_on date not null
  due_at time(0) without time zone
  constraint handed_actions_by_id_organisation_id_fkey FOREIGN KEY (by_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint handed_actions_next_action_id_fkey FOREIGN KEY (next_action_id) REFERENCES public.next_actions(id) ON DELETE CASCADE
  constraint handed_actions_owner_id_organisation_id_fkey FOREIGN KEY (owner_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint handed_actions_pkey PRIMARY KEY (next_action_id, version)
  CREATE UNIQUE INDEX handed_actions_pkey ON public.handed_actions USING btree (next_action_id, version)
  CREATE TRIGGER written_now BEFORE INSERT ON public.handed_actions FOR EACH ROW EXECUTE FUNCTION ctx.written_now('at')
  policy note for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (EXISTS ( SELECT
   FROM public.next_actions n
  WHERE ((n.id = handed_actions.next_action_id) AND (n.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((n.version + 1) = handed_actions.version) AND (n.owner_id = handed_actions.owner_id) AND ((n.owner_id = ( SELECT ctx.account() AS account)) OR ctx.covers(( SELECT ctx.responsable() AS responsable), n.region_id, n.departement_id, n.epci_id, n.clpe_id)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), n.region_id, n.departement_id, n.epci_id, n.clpe_id)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.hiring_declarations owner cc_owner row security forced
  siret bigint not null
  hired_on date not null
  declared_on date not null
  duration_days integer not null
  hires integer not null
  contract smallint not null
  constraint hiring_declarations_contract_check CHECK ((contract = ANY (ARRAY[1, 2, 3, 11, 12])))
  constraint hiring_declarations_duration_days_check CHECK (((duration_days >= 0) AND (duration_days <= 9999)))
  constraint hiring_declarations_hires_check CHECK ((hires > 0))
  constraint hiring_declarations_pkey PRIMARY KEY (siret, hired_on, contract, duration_days, declared_on)
  CREATE INDEX hiring_declarations_hired_on ON public.hiring_declarations USING brin (hired_on)
  CREATE UNIQUE INDEX hiring_declarations_pkey ON public.hiring_declarations USING btree (siret, hired_on, contract, duration_days, declared_on)
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.hiring_files owner cc_owner row security forced
  id integer not null identity always
  name text not null
  digest text not null
  begun_at timestamp with time zone not null default now()
  finished_at timestamp with time zone
  bytes bigint not null default 0
  line bigint not null default 0
  counts jsonb not null
  constraint hiring_files_digest_key UNIQUE (digest)
  constraint hiring_files_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX hiring_files_digest_key ON public.hiring_files USING btree (digest)
  CREATE UNIQUE INDEX hiring_files_pkey ON public.hiring_files USING btree (id)
  policy owner for all to cc_owner using true check true
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner

table public.hiring_forecast_runs owner cc_owner row security forced
  file_id integer not null
  month date not null
  begun_at timestamp with time zone not null
  reached bigint not null default 0
  finished_at timestamp with time zone
  constraint hiring_forecast_runs_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.hiring_files(id) ON DELETE CASCADE
  constraint hiring_forecast_runs_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  constraint hiring_forecast_runs_pkey PRIMARY KEY (file_id)
  CREATE UNIQUE INDEX hiring_forecast_runs_pkey ON public.hiring_forecast_runs USING btree (file_id)
  policy owner for all to cc_owner using true check true

table public.hiring_forecasts owner cc_owner row security forced
  siret bigint not null rights cc_web=r/cc_owner cc_worker=r/cc_owner
  month date not null rights cc_web=r/cc_owner cc_worker=r/cc_owner
  expected integer rights cc_web=r/cc_owner cc_worker=r/cc_owner
  silence text
  region_id integer
  departement_id integer rights cc_web=r/cc_owner cc_worker=r/cc_owner
  epci_id integer
  clpe_id integer
  constraint hiring_forecasts_check CHECK (((expected IS NULL) = (silence IS NOT NULL)))
  constraint hiring_forecasts_expected_check CHECK ((expected >= 0))
  constraint hiring_forecasts_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  constraint hiring_forecasts_pkey PRIMARY KEY (siret)
  constraint hiring_forecasts_silence_check CHECK ((silence = ANY (ARRAY['closed'::text, 'short-past'::text, 'few-hires'::text, 'missing-months'::text, 'not-better'::text])))
  CREATE INDEX hiring_forecasts_expected ON public.hiring_forecasts USING btree (departement_id, expected) INCLUDE (siret, month) WHERE (expected IS NOT NULL)
  CREATE UNIQUE INDEX hiring_forecasts_pkey ON public.hiring_forecasts USING btree (siret)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web, cc_worker using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.recrutement() AS recrutement), region_id, departement_id, epci_id, clpe_id))

table public.hiring_months owner cc_owner row security forced
  month date not null
  brought_at timestamp with time zone not null
  dropped_at timestamp with time zone rights cc_definer=w/cc_owner
  constraint hiring_months_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  constraint hiring_months_pkey PRIMARY KEY (month)
  CREATE UNIQUE INDEX hiring_months_pkey ON public.hiring_months USING btree (month)
  policy owner for all to cc_owner using true check true
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner

table public.hiring_rejects owner cc_owner row security forced
  file_id integer not null rights cc_definer=w/cc_owner
  line bigint not null
  reason text not null
  siret text not null
  constraint hiring_rejects_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.hiring_files(id) ON DELETE CASCADE
  constraint hiring_rejects_pkey PRIMARY KEY (file_id, line)
  constraint hiring_rejects_siret_check CHECK ((siret ~ '^(\d{14})?$'::text))
  CREATE UNIQUE INDEX hiring_rejects_pkey ON public.hiring_rejects USING btree (file_id, line)
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.hiring_seasons owner cc_owner row security forced
  naf_group text not null
  naf_nomenclature text not null
  year integer not null
  quarters integer[] not null
  constraint hiring_seasons_pkey PRIMARY KEY (naf_group, naf_nomenclature, year)
  constraint hiring_seasons_quarters_check CHECK (((cardinality(quarters) = 12) AND (0 <= ALL (quarters))))
  constraint hiring_seasons_year_check CHECK (((year >= 2000) AND (year <= 2200)))
  CREATE UNIQUE INDEX hiring_seasons_pkey ON public.hiring_seasons USING btree (naf_group, naf_nomenclature, year)
  policy owner for all to cc_owner using true check true
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner

table public.hirings_by_month owner cc_owner row security forced
  siret bigint not null
  month date not null
  hires integer not null
  kind text not null
  constraint hirings_by_month_hires_check CHECK ((hires > 0))
  constraint hirings_by_month_kind_check CHECK ((kind = ANY (ARRAY['cdi'::text, 'cdd-long'::text, 'cdd-medium'::text, 'cdd-short'::text, 'cdd-unsaid'::text, 'ctt'::text, 'apprentissage'::text, 'professionnalisation'::text])))
  constraint hirings_by_month_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  constraint hirings_by_month_pkey PRIMARY KEY (siret, month, kind)
  CREATE INDEX hirings_by_month_month ON public.hirings_by_month USING btree (month)
  CREATE UNIQUE INDEX hirings_by_month_pkey ON public.hirings_by_month USING btree (siret, month, kind)
  policy owner for all to cc_owner using true check true
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner

table public.hirings_compared owner cc_owner row security forced
  year integer not null
  territory_id integer not null
  naf_group text not null
  naf_nomenclature text not null
  establishments integer not null
  durable integer not null
  other integer not null
  constraint hirings_compared_durable_check CHECK ((durable > 0))
  constraint hirings_compared_establishments_check CHECK ((establishments >= 6))
  constraint hirings_compared_other_check CHECK ((other > 0))
  constraint hirings_compared_pkey PRIMARY KEY (territory_id, naf_group, naf_nomenclature, year)
  constraint hirings_compared_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id)
  constraint hirings_compared_year_check CHECK (((year >= 2000) AND (year <= 2200)))
  CREATE UNIQUE INDEX hirings_compared_pkey ON public.hirings_compared USING btree (territory_id, naf_group, naf_nomenclature, year)
  policy owner for all to cc_owner using true check true
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner

table public.hirings_recent owner cc_owner row security forced
  siret bigint not null
  region_id integer
  departement_id integer
  epci_id integer
  clpe_id integer
  total integer not null
  cdi integer not null
  cdd_long integer not null
  cdd integer not null
  ctt integer not null
  work_study integer not null
  constraint hirings_recent_cdd_check CHECK ((cdd >= 0))
  constraint hirings_recent_cdd_long_check CHECK ((cdd_long >= 0))
  constraint hirings_recent_cdi_check CHECK ((cdi >= 0))
  constraint hirings_recent_ctt_check CHECK ((ctt >= 0))
  constraint hirings_recent_pkey PRIMARY KEY (siret)
  constraint hirings_recent_total_check CHECK ((total > 0))
  constraint hirings_recent_work_study_check CHECK ((work_study >= 0))
  CREATE INDEX hirings_recent_departement ON public.hirings_recent USING btree (departement_id)
  CREATE UNIQUE INDEX hirings_recent_pkey ON public.hirings_recent USING btree (siret)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web, cc_worker using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.recrutement() AS recrutement), region_id, departement_id, epci_id, clpe_id))
  rights cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=r/cc_owner

table public.idempotency_keys owner cc_owner row security forced
  account_id uuid not null
  key text not null
  route text not null rights cc_web=w/cc_owner
  body_digest bytea not null rights cc_web=w/cc_owner
  reply json rights cc_web=w/cc_owner
  created_at timestamp with time zone not null default now() rights cc_web=w/cc_owner
  constraint idempotency_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint idempotency_keys_key_check CHECK (((length(key) >= 8) AND (length(key) <= 128)))
  constraint idempotency_keys_pkey PRIMARY KEY (account_id, key)
  CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at)
  CREATE UNIQUE INDEX idempotency_keys_pkey ON public.idempotency_keys USING btree (account_id, key)
  CREATE TRIGGER drop_sent_draft AFTER UPDATE OF reply ON public.idempotency_keys FOR EACH ROW EXECUTE FUNCTION ctx.drop_sent_draft()
  policy own for all to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account))) check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.inactivity_notices owner cc_owner row security forced
  account_id uuid not null rights cc_definer=w/cc_owner
  organisation_id uuid not null
  due_on date not null
  step text not null
  told_at timestamp with time zone not null
  constraint inactivity_notices_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint inactivity_notices_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint inactivity_notices_pkey PRIMARY KEY (account_id, due_on, step)
  constraint inactivity_notices_step_check CHECK ((step = ANY (ARRAY['fourteen-days'::text, 'three-days'::text, 'suspended'::text, 'role-fourteen-days'::text, 'role-three-days'::text, 'role-asleep'::text])))
  CREATE UNIQUE INDEX inactivity_notices_pkey ON public.inactivity_notices USING btree (account_id, due_on, step)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.inactivity_spans owner cc_owner row security forced
  account_id uuid not null
  organisation_id uuid not null
  suspended_from timestamp with time zone not null
  lifted_at timestamp with time zone not null
  lifted_by uuid not null
  reason text not null
  constraint inactivity_spans_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint inactivity_spans_check CHECK ((lifted_at >= suspended_from))
  constraint inactivity_spans_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES public.accounts(id)
  constraint inactivity_spans_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint inactivity_spans_pkey PRIMARY KEY (account_id, suspended_from)
  constraint inactivity_spans_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  CREATE UNIQUE INDEX inactivity_spans_pkey ON public.inactivity_spans USING btree (account_id, suspended_from)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.inactivity_spans FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees)))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.invitations owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  token_hash bytea not null
  made_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  used_at timestamp with time zone
  constraint invitations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint invitations_check CHECK ((ends_at > made_at))
  constraint invitations_pkey PRIMARY KEY (id)
  constraint invitations_token_hash_check CHECK ((length(token_hash) = 32))
  constraint invitations_token_hash_key UNIQUE (token_hash)
  CREATE INDEX invitations_account ON public.invitations USING btree (account_id)
  CREATE UNIQUE INDEX invitations_pkey ON public.invitations USING btree (id)
  CREATE UNIQUE INDEX invitations_token_hash_key ON public.invitations USING btree (token_hash)
  policy owner for all to cc_owner using true check true
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.job_titles owner cc_owner
  code text not null
  label text not null
  rome text not null
  words text not null
  constraint job_titles_code_check CHECK ((code ~ '^[0-9]{1,10}$'::text))
  constraint job_titles_label_check CHECK (((length(label) >= 1) AND (length(label) <= 250)))
  constraint job_titles_pkey PRIMARY KEY (code)
  constraint job_titles_rome_check CHECK ((rome ~ '^[A-N][0-9]{4}$'::text))
  CREATE UNIQUE INDEX job_titles_pkey ON public.job_titles USING btree (code)
  rights cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.legal_holds owner cc_owner row security forced
  id uuid not null
  ending text
  account_id uuid
  organisation_id uuid
  until date
  reason text not null
  placed_organisation uuid not null
  placed_by uuid not null
  placed_at timestamp with time zone not null
  lift_reason text rights cc_web=w/cc_owner
  lifted_by uuid rights cc_web=w/cc_owner
  lifted_at timestamp with time zone rights cc_web=w/cc_owner
  constraint legal_holds_account_id_organisation_id_fkey FOREIGN KEY (account_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint legal_holds_check CHECK (((ending IS NULL) <> (account_id IS NULL)))
  constraint legal_holds_check1 CHECK (((account_id IS NULL) OR (organisation_id IS NOT NULL)))
  constraint legal_holds_check2 CHECK ((num_nulls(lift_reason, lifted_by, lifted_at) = ANY (ARRAY[0, 3])))
  constraint legal_holds_ending_check CHECK (((length(ending) >= 1) AND (length(ending) <= 40)))
  constraint legal_holds_lift_reason_check CHECK (((length(lift_reason) >= 1) AND (length(lift_reason) <= 500)))
  constraint legal_holds_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES public.accounts(id)
  constraint legal_holds_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint legal_holds_pkey PRIMARY KEY (id)
  constraint legal_holds_placed_by_fkey FOREIGN KEY (placed_by) REFERENCES public.accounts(id)
  constraint legal_holds_placed_organisation_fkey FOREIGN KEY (placed_organisation) REFERENCES public.organisations(id)
  constraint legal_holds_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
  CREATE INDEX legal_holds_account ON public.legal_holds USING btree (account_id)
  CREATE INDEX legal_holds_lifted_by ON public.legal_holds USING btree (lifted_by)
  CREATE INDEX legal_holds_organisation ON public.legal_holds USING btree (organisation_id)
  CREATE INDEX legal_holds_placed_by ON public.legal_holds USING btree (placed_by)
  CREATE INDEX legal_holds_placed_organisation ON public.legal_holds USING btree (placed_organisation)
  CREATE UNIQUE INDEX legal_holds_pkey ON public.legal_holds USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF lifted_at ON public.legal_holds FOR EACH ROW EXECUTE FUNCTION ctx.written_now('placed_at', 'lifted_at')
  policy lift for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('dpd'::text) AS holds_role) AND (lifted_at IS NULL) AND (placed_organisation = ( SELECT ctx.organisation() AS organisation))) check (lifted_by = ( SELECT ctx.account() AS account))
  policy owner for all to cc_owner using true check true
  policy place for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('dpd'::text) AS holds_role) AND (placed_by = ( SELECT ctx.account() AS account)) AND (placed_organisation = ( SELECT ctx.organisation() AS organisation)) AND (lifted_at IS NULL) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT (o.kind = 'operateur'::text)
   FROM public.organisations o
  WHERE (o.id = ( SELECT ctx.organisation() AS organisation)))))
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('dpd'::text) AS holds_role) AND ((organisation_id IS NULL) OR (organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT (o.kind = 'operateur'::text)
   FROM public.organisations o
  WHERE (o.id = ( SELECT ctx.organisation() AS organisation)))))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.legal_units owner cc_owner
  siren bigint not null
  name text
  usual_names text
  acronym text
  natural_person boolean not null
  legal_category text
  naf text
  naf_nomenclature text
  naf25 text
  headcount_band text
  headcount_year integer
  size_category text
  social_economy boolean
  employer boolean
  active boolean not null
  diffusion text not null
  created_on date
  register_updated_at timestamp without time zone
  row_hash bigint not null
  constraint legal_units_check CHECK (((diffusion = 'O'::text) OR ((acronym IS NULL) AND ((NOT natural_person) OR ((name IS NULL) AND (usual_names IS NULL))))))
  constraint legal_units_diffusion_check CHECK ((diffusion = ANY (ARRAY['O'::text, 'P'::text])))
  constraint legal_units_pkey PRIMARY KEY (siren)
  constraint legal_units_siren_check CHECK (((siren >= 0) AND (siren <= 999999999)))
  constraint legal_units_size_category_check CHECK ((size_category = ANY (ARRAY['PME'::text, 'ETI'::text, 'GE'::text])))
  CREATE UNIQUE INDEX legal_units_pkey ON public.legal_units USING btree (siren)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=arwd/cc_owner

table public.mails owner cc_owner row security forced
  id uuid not null
  to_account_id uuid
  to_address text rights cc_definer=w/cc_owner
  subject text not null rights cc_definer=w/cc_owner
  body text not null rights cc_definer=w/cc_owner
  why text not null
  path text rights cc_definer=w/cc_owner
  kind text not null
  about_kind text
  about_id text
  queued_by uuid default ctx.account()
  created_at timestamp with time zone not null
  attempts integer not null default 0 rights cc_definer=w/cc_owner cc_worker=w/cc_owner
  last_error text rights cc_definer=w/cc_owner cc_worker=w/cc_owner
  sent_at timestamp with time zone rights cc_definer=w/cc_owner
  failed_at timestamp with time zone rights cc_definer=w/cc_owner
  kept_at timestamp with time zone rights cc_definer=w/cc_owner
  purged_at timestamp with time zone rights cc_definer=w/cc_owner
  constraint mails_about_id_check CHECK ((length(about_id) <= 100))
  constraint mails_about_kind_check CHECK ((length(about_kind) <= 60))
  constraint mails_attempts_check CHECK ((attempts >= 0))
  constraint mails_body_check CHECK ((length(body) <= 20000))
  constraint mails_check CHECK ((num_nonnulls(sent_at, failed_at, kept_at) <= 1))
  constraint mails_check1 CHECK ((num_nonnulls(about_kind, about_id) = ANY (ARRAY[0, 2])))
  constraint mails_check2 CHECK (((purged_at IS NOT NULL) OR (num_nonnulls(to_account_id, to_address) = 1)))
  constraint mails_check3 CHECK (((purged_at IS NOT NULL) OR ((length(btrim(subject)) > 0) AND (length(btrim(body)) > 0))))
  constraint mails_check4 CHECK (((purged_at IS NULL) OR (num_nonnulls(sent_at, failed_at, kept_at) = 1)))
  constraint mails_kind_check CHECK (((kind ~ '^[a-z]+(-[a-z0-9]+)*$'::text) AND (length(kind) <= 60)))
  constraint mails_last_error_check CHECK ((last_error ~ '^[A-Za-z0-9-]{1,40}$'::text))
  constraint mails_path_check CHECK (((path ~ '^/[^\s]*$'::text) AND (length(path) <= 300)))
  constraint mails_pkey PRIMARY KEY (id)
  constraint mails_queued_by_fkey FOREIGN KEY (queued_by) REFERENCES public.accounts(id)
  constraint mails_subject_check CHECK (((length(subject) <= 200) AND (subject !~ '[\r\n]'::text)))
  constraint mails_to_account_id_fkey FOREIGN KEY (to_account_id) REFERENCES public.accounts(id)
  constraint mails_to_address_check CHECK (((length(to_address) <= 254) AND (to_address = lower(to_address)) AND (to_address ~ '^[^\s@<>",;]+@[^\s@<>",;]+$'::text)))
  constraint mails_why_check CHECK ((length(why) <= 300))
  CREATE INDEX mails_given_up ON public.mails USING btree (failed_at) WHERE ((failed_at IS NOT NULL) AND (purged_at IS NULL))
  CREATE INDEX mails_to_account ON public.mails USING btree (to_account_id, kind)
  CREATE INDEX mails_to_purge ON public.mails USING btree (COALESCE(sent_at, failed_at, kept_at)) WHERE (purged_at IS NULL)
  CREATE INDEX mails_waiting ON public.mails USING btree (created_at) WHERE ((sent_at IS NULL) AND (failed_at IS NULL) AND (kept_at IS NULL))
  CREATE UNIQUE INDEX mails_pkey ON public.mails USING btree (id)
  CREATE TRIGGER queue_job AFTER INSERT ON public.mails FOR EACH ROW EXECUTE FUNCTION ctx.queue_mail_job()
  policy note for update to cc_worker using ((sent_at IS NULL) AND (failed_at IS NULL) AND (kept_at IS NULL)) check true
  policy owner for all to cc_owner using true check true
  policy queue for insert to cc_web check (( SELECT ctx.known() AS known) AND (queued_by = ( SELECT ctx.account() AS account)) AND ((to_address IS NULL) OR ctx.knows_address(to_address)) AND (num_nonnulls(sent_at, failed_at, kept_at, purged_at, last_error) = 0) AND (attempts = 0))
  policy queue_by_job for insert to cc_worker check ((num_nonnulls(sent_at, failed_at, kept_at, purged_at, last_error) = 0) AND (attempts = 0))
  policy waiting for select to cc_worker using ((sent_at IS NULL) AND (failed_at IS NULL) AND (kept_at IS NULL))
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=a/cc_owner cc_worker=ar/cc_owner

table public.naf owner cc_owner
  nomenclature text not null
  code text not null
  label text not null
  section text
  constraint naf_nomenclature_check CHECK ((nomenclature = ANY (ARRAY['NAFRev2'::text, 'NAF25'::text, 'NAFRev1'::text, 'NAF1993'::text, 'NAP'::text])))
  constraint naf_pkey PRIMARY KEY (nomenclature, code)
  CREATE UNIQUE INDEX naf_pkey ON public.naf USING btree (nomenclature, code)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=r/cc_owner

table public.naf_correspondences owner cc_owner
  naf text not null
  naf25 text not null
  source text not null
  establishments integer
  edition text not null
  rare boolean not null default false
  constraint naf_correspondences_check CHECK (((source = 'register'::text) = (establishments IS NOT NULL)))
  constraint naf_correspondences_edition_check CHECK ((edition ~ '^\d{4}-\d{2}(-\d{2})?$'::text))
  constraint naf_correspondences_establishments_check CHECK ((establishments > 0))
  constraint naf_correspondences_naf25_check CHECK ((naf25 ~ '^\d{2}\.\d{2}[A-Z]$'::text))
  constraint naf_correspondences_naf_check CHECK ((naf ~ '^\d{2}\.\d{2}[A-Z]$'::text))
  constraint naf_correspondences_pkey PRIMARY KEY (naf, naf25)
  constraint naf_correspondences_source_check CHECK ((source = ANY (ARRAY['insee'::text, 'register'::text])))
  CREATE INDEX naf_correspondences_naf25 ON public.naf_correspondences USING btree (naf25)
  CREATE UNIQUE INDEX naf_correspondences_pkey ON public.naf_correspondences USING btree (naf, naf25)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=ard/cc_owner

table public.need_hires owner cc_owner row security forced
  id uuid not null
  need_id uuid not null
  number integer not null
  contract text not null
  hired_on date not null
  beyond boolean not null
  organisation_id uuid not null
  author_id uuid not null
  noted_at timestamp with time zone not null
  constraint need_hires_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint need_hires_contract_check CHECK ((contract = ANY (ARRAY['cdi'::text, 'cdd'::text, 'interim'::text, 'saisonnier'::text, 'apprentissage'::text, 'professionnalisation'::text, 'insertion'::text])))
  constraint need_hires_need_id_fkey FOREIGN KEY (need_id) REFERENCES public.needs(id)
  constraint need_hires_number_check CHECK (((number >= 1) AND (number <= 999)))
  constraint need_hires_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint need_hires_pkey PRIMARY KEY (id)
  CREATE INDEX need_hires_need ON public.need_hires USING btree (need_id)
  CREATE UNIQUE INDEX need_hires_pkey ON public.need_hires USING btree (id)
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('besoins'::text) AS opens)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.needs n
  WHERE ((n.id = need_hires.need_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), n.region_id, n.departement_id, n.epci_id, n.clpe_id) AND ((n.visibility = 'reseau'::text) OR (n.organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ((n.id = ANY (( SELECT ctx.needs_shown() AS needs_shown)::uuid[])) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), n.region_id, n.departement_id, n.epci_id, n.clpe_id)))))))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.need_intakes owner cc_owner row security forced
  organisation_id uuid not null
  kinds text[] not null rights cc_web=w/cc_owner
  advice text[] not null rights cc_web=w/cc_owner
  jobs text[] not null rights cc_web=w/cc_owner
  publics text rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
  said_by uuid not null rights cc_web=w/cc_owner
  said_at timestamp with time zone not null rights cc_web=w/cc_owner
  constraint need_intakes_advice_check CHECK ((advice <@ ARRAY['poste-de-travail'::text, 'inclusion'::text, 'handicap'::text]))
  constraint need_intakes_jobs_check CHECK ((jobs <@ ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text, 'E'::text, 'F'::text, 'G'::text, 'H'::text, 'I'::text, 'J'::text, 'K'::text, 'L'::text, 'M'::text, 'N'::text]))
  constraint need_intakes_kinds_check CHECK (((cardinality(kinds) > 0) AND (kinds <@ ARRAY['recrutement'::text, 'formation'::text, 'immersion'::text, 'conseil'::text, 'contrat-aide'::text, 'autre'::text])))
  constraint need_intakes_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint need_intakes_pkey PRIMARY KEY (organisation_id)
  constraint need_intakes_publics_check CHECK (((length(publics) >= 1) AND (length(publics) <= 200)))
  constraint need_intakes_said_by_fkey FOREIGN KEY (said_by) REFERENCES public.accounts(id)
  CREATE UNIQUE INDEX need_intakes_pkey ON public.need_intakes USING btree (organisation_id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF said_at ON public.need_intakes FOR EACH ROW EXECUTE FUNCTION ctx.written_now('said_at')
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('besoins'::text) AS opens)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (cardinality(( SELECT ctx.conseiller() AS conseiller)) > 0))
  policy say for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (said_by = ( SELECT ctx.account() AS account)) AND (cardinality(( SELECT ctx.responsable() AS responsable)) > 0))
  policy say_again for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (cardinality(( SELECT ctx.responsable() AS responsable)) > 0)) check ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (said_by = ( SELECT ctx.account() AS account)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.need_proposals owner cc_owner row security forced
  id uuid not null
  need_id uuid not null
  siret bigint not null
  region_id integer
  departement_id integer
  epci_id integer
  clpe_id integer
  from_organisation uuid not null
  by_id uuid not null
  to_organisation uuid not null
  words text
  said_version integer not null
  proposed_at timestamp with time zone not null
  state text not null default 'waiting'::text
  answered_by uuid
  answered_at timestamp with time zone
  reason text
  overtaken_by uuid
  constraint need_proposals_answered CHECK (((state = 'waiting'::text) = (answered_at IS NULL)))
  constraint need_proposals_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.accounts(id)
  constraint need_proposals_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.accounts(id)
  constraint need_proposals_from_organisation_fkey FOREIGN KEY (from_organisation) REFERENCES public.organisations(id)
  constraint need_proposals_need_id_fkey FOREIGN KEY (need_id) REFERENCES public.needs(id)
  constraint need_proposals_overtaken CHECK (((state = 'overtaken'::text) = (overtaken_by IS NOT NULL)))
  constraint need_proposals_overtaken_by_fkey FOREIGN KEY (overtaken_by) REFERENCES public.organisations(id)
  constraint need_proposals_pkey PRIMARY KEY (id)
  constraint need_proposals_reason CHECK (((state = ANY (ARRAY['declined'::text, 'unreachable'::text])) = (reason IS NOT NULL)))
  constraint need_proposals_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint need_proposals_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'taken'::text, 'done'::text, 'declined'::text, 'unreachable'::text, 'overtaken'::text, 'withdrawn'::text])))
  constraint need_proposals_to_organisation_fkey FOREIGN KEY (to_organisation) REFERENCES public.organisations(id)
  constraint need_proposals_two CHECK ((from_organisation <> to_organisation))
  constraint need_proposals_words_check CHECK (((length(words) >= 1) AND (length(words) <= 500)))
  CREATE INDEX need_proposals_need ON public.need_proposals USING btree (need_id)
  CREATE INDEX need_proposals_to ON public.need_proposals USING btree (to_organisation, state)
  CREATE UNIQUE INDEX need_proposals_once ON public.need_proposals USING btree (need_id, to_organisation) WHERE (state = ANY (ARRAY['waiting'::text, 'taken'::text]))
  CREATE UNIQUE INDEX need_proposals_pkey ON public.need_proposals USING btree (id)
  CREATE UNIQUE INDEX need_proposals_taker ON public.need_proposals USING btree (need_id) WHERE (state = 'taken'::text)
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('besoins'::text) AS opens)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND ((from_organisation = ( SELECT ctx.organisation() AS organisation)) OR ((to_organisation = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.need_recalls owner cc_owner row security forced
  need_id uuid not null rights cc_definer=w/cc_owner
  holder_id uuid not null
  idle_since date not null
  step text not null
  told_on date not null
  constraint need_recalls_pkey PRIMARY KEY (need_id, holder_id, idle_since, step)
  constraint need_recalls_step_check CHECK ((step = ANY (ARRAY['owner'::text, 'lead'::text, 'pilot'::text])))
  CREATE INDEX need_recalls_age ON public.need_recalls USING btree (told_on)
  CREATE UNIQUE INDEX need_recalls_pkey ON public.need_recalls USING btree (need_id, holder_id, idle_since, step)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.need_surveys owner cc_owner row security forced
  need_id uuid not null rights cc_web=r/cc_owner
  not_asked text rights cc_web=r/cc_owner
  settled_at timestamp with time zone not null rights cc_web=r/cc_owner
  settled_by uuid rights cc_web=r/cc_owner
  correspondent_id uuid
  token_digest bytea
  address_digest bytea
  key_number integer
  expires_at timestamp with time zone rights cc_web=r/cc_owner
  answered_at timestamp with time zone rights cc_web=r/cc_owner
  rating text rights cc_web=r/cc_owner
  comment text rights cc_web=r/cc_owner
  constraint need_surveys_address_digest_check CHECK ((length(address_digest) = 32))
  constraint need_surveys_answered CHECK (((num_nonnulls(answered_at, rating) = ANY (ARRAY[0, 2])) AND ((comment IS NULL) OR (rating IS NOT NULL))))
  constraint need_surveys_asked CHECK (((not_asked IS NULL) = (expires_at IS NOT NULL)))
  constraint need_surveys_by CHECK (((settled_by IS NOT NULL) = COALESCE((not_asked = ANY (ARRAY['deja-dit'::text, 'delicat'::text, 'parti'::text])), false)))
  constraint need_surveys_comment_check CHECK (((length(comment) >= 1) AND (length(comment) <= 500)))
  constraint need_surveys_correspondent_id_fkey FOREIGN KEY (correspondent_id) REFERENCES public.correspondents(id) ON DELETE SET NULL
  constraint need_surveys_key_number_check CHECK (((key_number >= 1) AND (key_number <= 65535)))
  constraint need_surveys_keyed CHECK ((num_nonnulls(address_digest, key_number) = ANY (ARRAY[0, 2])))
  constraint need_surveys_need_id_fkey FOREIGN KEY (need_id) REFERENCES public.needs(id)
  constraint need_surveys_not_asked_check CHECK ((not_asked = ANY (ARRAY['deja-dit'::text, 'delicat'::text, 'parti'::text, 'opposition'::text, 'ne-pas-contacter'::text, 'recente'::text])))
  constraint need_surveys_pkey PRIMARY KEY (need_id)
  constraint need_surveys_rating_check CHECK ((rating = ANY (ARRAY['pas-du-tout'::text, 'plutot-pas'::text, 'plutot'::text, 'tout-a-fait'::text])))
  constraint need_surveys_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.accounts(id)
  constraint need_surveys_token_digest_check CHECK ((length(token_digest) = 32))
  constraint need_surveys_token_digest_key UNIQUE (token_digest)
  CREATE INDEX need_surveys_address ON public.need_surveys USING btree (address_digest) WHERE (address_digest IS NOT NULL)
  CREATE INDEX need_surveys_correspondent ON public.need_surveys USING btree (correspondent_id) WHERE (correspondent_id IS NOT NULL)
  CREATE UNIQUE INDEX need_surveys_pkey ON public.need_surveys USING btree (need_id)
  CREATE UNIQUE INDEX need_surveys_token_digest_key ON public.need_surveys USING btree (token_digest)
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('besoins'::text) AS opens)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.needs n
  WHERE ((n.id = need_surveys.need_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), n.region_id, n.departement_id, n.epci_id, n.clpe_id) AND ((n.organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ((n.taken_by_organisation = ( SELECT ctx.organisation() AS organisation)) AND ((n.visibility = 'reseau'::text) OR ((n.id = ANY (( SELECT ctx.needs_shown() AS needs_shown)::uuid[])) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), n.region_id, n.departement_id, n.epci_id, n.clpe_id)))))))))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner

table public.need_versions owner cc_owner row security forced
  need_id uuid not null
  version integer not null
  change text not null
  visibility text not null
  state text not null
  said jsonb
  notes text
  reason text
  organisation_id uuid not null
  author_id uuid not null
  at timestamp with time zone not null
  salt bytea not null default extensions.gen_random_bytes(16)
  constraint need_versions_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint need_versions_change_check CHECK ((change = ANY (ARRAY['noted'::text, 'corrected'::text, 'taken'::text, 'given-back'::text, 'unreachable'::text, 'hired'::text, 'answered'::text, 'filled-otherwise'::text, 'abandoned'::text, 'reopened'::text, 'handed-over'::text])))
  constraint need_versions_need_id_fkey FOREIGN KEY (need_id) REFERENCES public.needs(id)
  constraint need_versions_notes_check CHECK (((length(notes) >= 1) AND (length(notes) <= 2000)))
  constraint need_versions_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint need_versions_pkey PRIMARY KEY (need_id, version)
  constraint need_versions_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint need_versions_said CHECK (((said IS NOT NULL) = (change = ANY (ARRAY['noted'::text, 'corrected'::text]))))
  constraint need_versions_salt_check CHECK ((length(salt) = 16))
  constraint need_versions_version_check CHECK ((version > 0))
  constraint need_versions_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  constraint need_versions_why CHECK (((reason IS NOT NULL) = (change = ANY (ARRAY['given-back'::text, 'unreachable'::text, 'filled-otherwise'::text, 'abandoned'::text, 'reopened'::text]))))
  CREATE UNIQUE INDEX need_versions_pkey ON public.need_versions USING btree (need_id, version)
  CREATE TRIGGER written_now BEFORE INSERT ON public.need_versions FOR EACH ROW EXECUTE FUNCTION ctx.written_now('at')
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('besoins'::text) AS opens)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.needs n
  WHERE ((n.id = need_versions.need_id) AND (((n.visibility = 'reseau'::text) AND (need_versions.visibility = 'reseau'::text)) OR (n.organisation_id = ( SELECT ctx.organisation() AS organisation))) AND ctx.covers(( SELECT ctx.fiche() AS fiche), n.region_id, n.departement_id, n.epci_id, n.clpe_id)))))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND (change = ANY (ARRAY['noted'::text, 'corrected'::text])) AND (EXISTS ( SELECT
   FROM public.needs n
  WHERE ((n.id = need_versions.need_id) AND (n.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((n.owner_id = ( SELECT ctx.account() AS account)) OR ctx.covers(( SELECT ctx.responsable() AS responsable), n.region_id, n.departement_id, n.epci_id, n.clpe_id)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), n.region_id, n.departement_id, n.epci_id, n.clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), n.region_id, n.departement_id, n.epci_id, n.clpe_id)))))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.needs owner cc_owner row security forced
  id uuid not null
  siret bigint not null rights cc_worker=r/cc_owner
  region_id integer
  departement_id integer
  epci_id integer
  clpe_id integer
  visibility text not null rights cc_web=w/cc_owner
  kind text not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  advice text rights cc_web=w/cc_owner
  job_code text rights cc_web=w/cc_owner
  job_label text rights cc_web=w/cc_owner
  rome text rights cc_web=w/cc_owner
  job_words text rights cc_web=w/cc_owner
  posts integer rights cc_web=w/cc_owner
  contract text rights cc_web=w/cc_owner
  starts_on date rights cc_web=w/cc_owner
  weekly_hours numeric(4,1) rights cc_web=w/cc_owner
  wage text rights cc_web=w/cc_owner
  skills text rights cc_web=w/cc_owner
  place text rights cc_web=w/cc_owner
  correspondent_id uuid rights cc_web=w/cc_owner
  exchange_id uuid
  organisation_id uuid not null
  owner_id uuid not null
  state text not null default 'ouvert'::text
  taken_by uuid
  taken_by_organisation uuid
  taken_at timestamp with time zone
  closed_at timestamp with time zone rights cc_worker=r/cc_owner
  hired integer not null default 0
  version integer not null default 1 rights cc_web=w/cc_owner
  said_version integer not null default 1 rights cc_web=w/cc_owner
  noted_on date not null
  noted_at timestamp with time zone not null
  constraint needs_advice CHECK (((kind = 'conseil'::text) = (advice IS NOT NULL)))
  constraint needs_advice_check CHECK ((advice = ANY (ARRAY['poste-de-travail'::text, 'inclusion'::text, 'handicap'::text])))
  constraint needs_closed CHECK (((state = ANY (ARRAY['pourvu'::text, 'pourvu-autrement'::text, 'abandonne'::text])) = (closed_at IS NOT NULL)))
  constraint needs_contract_check CHECK ((contract = ANY (ARRAY['cdi'::text, 'cdd'::text, 'interim'::text, 'saisonnier'::text, 'apprentissage'::text, 'professionnalisation'::text, 'insertion'::text])))
  constraint needs_correspondent_id_fkey FOREIGN KEY (correspondent_id) REFERENCES public.correspondents(id)
  constraint needs_exchange_id_fkey FOREIGN KEY (exchange_id) REFERENCES public.exchanges(id)
  constraint needs_hired_check CHECK ((hired >= 0))
  constraint needs_history FOREIGN KEY (id, version) REFERENCES public.need_versions(need_id, version) DEFERRABLE INITIALLY DEFERRED
  constraint needs_job CHECK (((kind <> 'recrutement'::text) OR (job_label IS NOT NULL)))
  constraint needs_job_label_check CHECK (((length(job_label) >= 1) AND (length(job_label) <= 250)))
  constraint needs_kind_check CHECK ((kind = ANY (ARRAY['recrutement'::text, 'formation'::text, 'immersion'::text, 'conseil'::text, 'contrat-aide'::text, 'autre'::text])))
  constraint needs_open_is_free CHECK (((state <> 'ouvert'::text) OR (taken_by IS NULL)))
  constraint needs_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint needs_owner_id_organisation_id_fkey FOREIGN KEY (owner_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint needs_pkey PRIMARY KEY (id)
  constraint needs_place_check CHECK (((length(place) >= 1) AND (length(place) <= 300)))
  constraint needs_posts CHECK (((kind <> ALL (ARRAY['recrutement'::text, 'contrat-aide'::text])) OR (posts IS NOT NULL)))
  constraint needs_posts_check CHECK (((posts >= 1) AND (posts <= 999)))
  constraint needs_rome CHECK (((job_code IS NULL) = (rome IS NULL)))
  constraint needs_skills_check CHECK (((length(skills) >= 1) AND (length(skills) <= 500)))
  constraint needs_state_check CHECK ((state = ANY (ARRAY['ouvert'::text, 'pris-en-charge'::text, 'partiellement-pourvu'::text, 'pourvu'::text, 'pourvu-autrement'::text, 'abandonne'::text])))
  constraint needs_taken CHECK (((state <> ALL (ARRAY['pris-en-charge'::text, 'partiellement-pourvu'::text])) OR (taken_by IS NOT NULL)))
  constraint needs_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES public.accounts(id)
  constraint needs_taken_by_organisation_fkey FOREIGN KEY (taken_by_organisation) REFERENCES public.organisations(id)
  constraint needs_taken_whole CHECK ((num_nonnulls(taken_by, taken_by_organisation, taken_at) = ANY (ARRAY[0, 3])))
  constraint needs_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  constraint needs_wage_check CHECK (((length(wage) >= 1) AND (length(wage) <= 100)))
  constraint needs_weekly_hours_check CHECK (((weekly_hours > (0)::numeric) AND (weekly_hours <= (60)::numeric)))
  CREATE INDEX needs_closed ON public.needs USING btree (closed_at) WHERE (closed_at IS NOT NULL)
  CREATE INDEX needs_correspondent ON public.needs USING btree (correspondent_id) WHERE (correspondent_id IS NOT NULL)
  CREATE INDEX needs_exchange ON public.needs USING btree (exchange_id) WHERE (exchange_id IS NOT NULL)
  CREATE INDEX needs_followed ON public.needs USING btree (owner_id) WHERE (closed_at IS NULL)
  CREATE INDEX needs_noted ON public.needs USING btree (noted_on DESC, id DESC)
  CREATE INDEX needs_of_structure ON public.needs USING btree (organisation_id) WHERE (closed_at IS NULL)
  CREATE INDEX needs_owner ON public.needs USING btree (owner_id, noted_on DESC, id DESC)
  CREATE INDEX needs_siret ON public.needs USING btree (siret, noted_on DESC, id DESC)
  CREATE INDEX needs_standing ON public.needs USING btree (clpe_id, organisation_id) WHERE (closed_at IS NULL)
  CREATE INDEX needs_state ON public.needs USING btree (state, noted_on DESC, id DESC)
  CREATE INDEX needs_taken ON public.needs USING btree (taken_by) WHERE ((taken_by IS NOT NULL) AND (closed_at IS NULL))
  CREATE UNIQUE INDEX needs_pkey ON public.needs USING btree (id)
  CREATE TRIGGER progress_insert AFTER INSERT ON public.needs REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_update AFTER UPDATE ON public.needs REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER proposals_follow AFTER UPDATE ON public.needs REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.follow_proposed_needs()
  CREATE TRIGGER written_now BEFORE INSERT ON public.needs FOR EACH ROW EXECUTE FUNCTION ctx.written_now('noted_at', 'taken_at', 'closed_at')
  policy category restrictive for all to cc_web, cc_worker using (( SELECT ctx.opens('besoins'::text) AS opens) OR (CURRENT_USER = 'cc_owner'::name))
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((owner_id = ( SELECT ctx.account() AS account)) OR ctx.covers(( SELECT ctx.responsable() AS responsable), region_id, departement_id, epci_id, clpe_id)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy note for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (owner_id = ( SELECT ctx.account() AS account)) AND (state = 'ouvert'::text) AND (taken_by IS NULL) AND (hired = 0) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web, cc_worker using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND ((visibility = 'reseau'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ((id = ANY (( SELECT ctx.needs_shown() AS needs_shown)::uuid[])) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))))
  rights cc_definer=rw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.next_actions owner cc_owner row security forced
  id uuid not null rights cc_worker=r/cc_owner
  exchange_id uuid not null rights cc_worker=r/cc_owner
  siret bigint not null rights cc_definer=w/cc_owner cc_worker=r/cc_owner
  region_id integer rights cc_definer=w/cc_owner cc_worker=r/cc_owner
  departement_id integer rights cc_definer=w/cc_owner cc_worker=r/cc_owner
  epci_id integer rights cc_definer=w/cc_owner cc_worker=r/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner cc_worker=r/cc_owner
  organisation_id uuid not null rights cc_definer=w/cc_owner
  visibility text not null rights cc_web=w/cc_owner
  kind text not null rights cc_web=w/cc_owner
  due_on date not null rights cc_definer=w/cc_owner cc_web=w/cc_owner cc_worker=r/cc_owner
  due_at time(0) without time zone rights cc_web=w/cc_owner cc_worker=r/cc_owner
  owner_id uuid not null rights cc_definer=w/cc_owner cc_web=w/cc_owner cc_worker=r/cc_owner
  done_at timestamp with time zone rights cc_web=w/cc_owner cc_worker=r/cc_owner
  cancelled_at timestamp with time zone rights cc_definer=w/cc_owner cc_web=w/cc_owner cc_worker=r/cc_owner
  answered_by uuid rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_definer=w/cc_owner cc_web=w/cc_owner
  constraint next_actions_answered FOREIGN KEY (answered_by, siret, organisation_id) REFERENCES public.exchanges(id, siret, organisation_id)
  constraint next_actions_answered_by_key UNIQUE (answered_by)
  constraint next_actions_answered_done CHECK (((answered_by IS NULL) OR (done_at IS NOT NULL)))
  constraint next_actions_exchange_id_fkey FOREIGN KEY (exchange_id) REFERENCES public.exchanges(id)
  constraint next_actions_exchange_id_key UNIQUE (exchange_id)
  constraint next_actions_kind_check CHECK ((kind = ANY (ARRAY['rappel'::text, 'visite'::text, 'rendez-vous'::text, 'envoi-information'::text, 'transmission'::text])))
  constraint next_actions_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint next_actions_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.accounts(id)
  constraint next_actions_pkey PRIMARY KEY (id)
  constraint next_actions_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  CREATE INDEX next_actions_owner ON public.next_actions USING btree (owner_id, due_on) WHERE ((done_at IS NULL) AND (cancelled_at IS NULL))
  CREATE INDEX next_actions_siret ON public.next_actions USING btree (siret) WHERE ((done_at IS NULL) AND (cancelled_at IS NULL))
  CREATE UNIQUE INDEX next_actions_answered_by_key ON public.next_actions USING btree (answered_by)
  CREATE UNIQUE INDEX next_actions_exchange_id_key ON public.next_actions USING btree (exchange_id)
  CREATE UNIQUE INDEX next_actions_pkey ON public.next_actions USING btree (id)
  CREATE TRIGGER progress_update AFTER UPDATE ON public.next_actions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER proposals_follow AFTER UPDATE ON public.next_actions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.follow_proposed_actions()
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web, cc_worker using (( SELECT ctx.ok() AS ok) AND ((0 = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (region_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (departement_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (epci_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (clpe_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[]))) AND ((visibility = 'reseau'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation))))
  policy rewrite for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) check (organisation_id = ( SELECT ctx.organisation() AS organisation))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.note_versions owner cc_owner row security forced
  note_id uuid not null
  version integer not null
  change text not null
  visibility text not null rights cc_web=w/cc_owner
  notes text not null
  reason text
  organisation_id uuid not null
  author_id uuid not null
  at timestamp with time zone not null
  salt bytea not null default extensions.gen_random_bytes(16)
  constraint note_versions_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint note_versions_change_check CHECK ((change = ANY (ARRAY['noted'::text, 'corrected'::text, 'withdrawn'::text])))
  constraint note_versions_note_id_fkey FOREIGN KEY (note_id) REFERENCES public.notes(id)
  constraint note_versions_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint note_versions_pkey PRIMARY KEY (note_id, version)
  constraint note_versions_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint note_versions_salt_check CHECK ((length(salt) = 16))
  constraint note_versions_version_check CHECK ((version > 0))
  constraint note_versions_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  constraint note_versions_why CHECK (((reason IS NOT NULL) = (change = 'withdrawn'::text)))
  CREATE UNIQUE INDEX note_versions_pkey ON public.note_versions USING btree (note_id, version)
  CREATE TRIGGER written_now BEFORE INSERT ON public.note_versions FOR EACH ROW EXECUTE FUNCTION ctx.written_now('at')
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('notes'::text) AS opens)
  policy narrow for update to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.notes n
  WHERE ((n.id = note_versions.note_id) AND (n.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((n.author_id = ( SELECT ctx.account() AS account)) OR ctx.covers(( SELECT ctx.responsable() AS responsable), n.region_id, n.departement_id, n.epci_id, n.clpe_id)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), n.region_id, n.departement_id, n.epci_id, n.clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), n.region_id, n.departement_id, n.epci_id, n.clpe_id))))) check (visibility = 'organisation'::text)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((visibility = 'reseau'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation))) AND (EXISTS ( SELECT
   FROM public.notes n
  WHERE ((n.id = note_versions.note_id) AND ((n.visibility = 'reseau'::text) OR (n.organisation_id = ( SELECT ctx.organisation() AS organisation))) AND ctx.covers(( SELECT ctx.fiche() AS fiche), n.region_id, n.departement_id, n.epci_id, n.clpe_id)))))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND (EXISTS ( SELECT
   FROM public.notes n
  WHERE ((n.id = note_versions.note_id) AND (n.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((n.author_id = ( SELECT ctx.account() AS account)) OR ctx.covers(( SELECT ctx.responsable() AS responsable), n.region_id, n.departement_id, n.epci_id, n.clpe_id)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), n.region_id, n.departement_id, n.epci_id, n.clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), n.region_id, n.departement_id, n.epci_id, n.clpe_id)))))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.notes owner cc_owner row security forced
  id uuid not null
  siret bigint not null rights cc_definer=w/cc_owner
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  visibility text not null rights cc_web=w/cc_owner
  notes text not null rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
  organisation_id uuid not null
  author_id uuid not null
  noted_on date not null
  noted_at timestamp with time zone not null
  corrected_at timestamp with time zone rights cc_web=w/cc_owner
  withdrawn_at timestamp with time zone rights cc_web=w/cc_owner
  file_id uuid
  constraint notes_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint notes_file FOREIGN KEY (file_id, author_id) REFERENCES public.employer_files(id, by_id)
  constraint notes_history FOREIGN KEY (id, version) REFERENCES public.note_versions(note_id, version) DEFERRABLE INITIALLY DEFERRED
  constraint notes_notes_check CHECK (((length(notes) >= 1) AND (length(notes) <= 4000)))
  constraint notes_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint notes_pkey PRIMARY KEY (id)
  constraint notes_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  CREATE INDEX notes_file_id ON public.notes USING btree (file_id) WHERE (file_id IS NOT NULL)
  CREATE INDEX notes_siret ON public.notes USING btree (siret, noted_on DESC, id DESC)
  CREATE UNIQUE INDEX notes_pkey ON public.notes USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF corrected_at, withdrawn_at ON public.notes FOR EACH ROW EXECUTE FUNCTION ctx.written_now('noted_at', 'corrected_at', 'withdrawn_at')
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('notes'::text) AS opens)
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((author_id = ( SELECT ctx.account() AS account)) OR ctx.covers(( SELECT ctx.responsable() AS responsable), region_id, departement_id, epci_id, clpe_id)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy note for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((0 = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (region_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (departement_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (epci_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (clpe_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[]))) AND ((visibility = 'reseau'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation))))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.notification_choices owner cc_owner row security forced
  account_id uuid not null
  kind text not null
  delivery text not null rights cc_web=w/cc_owner
  chosen_at timestamp with time zone not null rights cc_web=w/cc_owner
  constraint notification_choices_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint notification_choices_delivery_check CHECK ((delivery = ANY (ARRAY['now'::text, 'morning'::text, 'weekly'::text, 'bell'::text])))
  constraint notification_choices_kind_check CHECK ((length(kind) <= 60))
  constraint notification_choices_pkey PRIMARY KEY (account_id, kind)
  CREATE UNIQUE INDEX notification_choices_pkey ON public.notification_choices USING btree (account_id, kind)
  policy change for update to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy choose for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)) AND jsonb_exists(( SELECT ctx.usual_deliveries() AS usual_deliveries), kind))
  policy own for select to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.notifications owner cc_owner row security forced
  id uuid not null rights cc_web=r/cc_owner
  account_id uuid not null rights cc_web=r/cc_owner
  kind text not null rights cc_web=r/cc_owner
  subject text not null rights cc_web=r/cc_owner
  text text rights cc_web=r/cc_owner
  path text rights cc_web=r/cc_owner
  about_kind text rights cc_web=r/cc_owner
  about_id text rights cc_web=r/cc_owner
  delivery text not null rights cc_web=r/cc_owner
  at timestamp with time zone not null rights cc_web=r/cc_owner
  read_at timestamp with time zone rights cc_web=rw/cc_owner
  told_at timestamp with time zone
  constraint notifications_about_id_check CHECK ((length(about_id) <= 100))
  constraint notifications_about_kind_check CHECK ((length(about_kind) <= 60))
  constraint notifications_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint notifications_check CHECK ((num_nonnulls(about_kind, about_id) = ANY (ARRAY[0, 2])))
  constraint notifications_delivery_check CHECK ((delivery = ANY (ARRAY['now'::text, 'morning'::text, 'weekly'::text, 'bell'::text])))
  constraint notifications_kind_check CHECK (((kind ~ '^[a-z]+(-[a-z0-9]+)*$'::text) AND (length(kind) <= 60)))
  constraint notifications_path_check CHECK (((path ~ '^/[^\s#]*$'::text) AND (length(path) <= 300)))
  constraint notifications_pkey PRIMARY KEY (id)
  constraint notifications_subject_check CHECK (((length(btrim(subject)) >= 1) AND (length(btrim(subject)) <= 200)))
  constraint notifications_text_check CHECK ((length(text) <= 20000))
  CREATE INDEX notifications_at ON public.notifications USING btree (at)
  CREATE INDEX notifications_due ON public.notifications USING btree (at) WHERE (kind = 'actions-due'::text)
  CREATE INDEX notifications_own ON public.notifications USING btree (account_id, id DESC)
  CREATE INDEX notifications_unread ON public.notifications USING btree (account_id) WHERE (read_at IS NULL)
  CREATE INDEX notifications_untold ON public.notifications USING btree (account_id, at) WHERE ((told_at IS NULL) AND (read_at IS NULL) AND (delivery = ANY (ARRAY['morning'::text, 'weekly'::text])))
  CREATE UNIQUE INDEX notifications_pkey ON public.notifications USING btree (id)
  policy mark for update to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy own for select to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.objection_digests owner cc_owner row security forced
  digest bytea not null
  objection_id uuid not null
  key_number integer not null
  kind text not null
  constraint objection_digests_digest_check CHECK ((length(digest) = 32))
  constraint objection_digests_key_number_check CHECK (((key_number >= 1) AND (key_number <= 65535)))
  constraint objection_digests_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text, 'name'::text])))
  constraint objection_digests_objection_id_fkey FOREIGN KEY (objection_id) REFERENCES public.correspondent_objections(id)
  constraint objection_digests_pkey PRIMARY KEY (digest, objection_id)
  CREATE INDEX objection_digests_objection ON public.objection_digests USING btree (objection_id)
  CREATE UNIQUE INDEX objection_digests_pkey ON public.objection_digests USING btree (digest, objection_id)
  policy category restrictive for all to cc_web using ( SELECT ctx.opens('interlocuteurs'::text) AS opens)
  policy lift for delete to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.correspondent_objections o
  WHERE ((o.id = objection_digests.objection_id) AND (o.lifted_by = ( SELECT ctx.account() AS account))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.correspondent_objections o
  WHERE (o.id = objection_digests.objection_id))))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.correspondent_objections o
  WHERE ((o.id = objection_digests.objection_id) AND (o.author_id = ( SELECT ctx.account() AS account)) AND (o.lifted_at IS NULL)))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.operator_identities owner cc_owner row security forced
  version integer not null
  cause text not null
  from_on date not null
  siret bigint not null
  name text not null
  address text not null
  reason text not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  constraint operator_identities_address_check CHECK (((length(address) >= 1) AND (length(address) <= 300)))
  constraint operator_identities_cause_check CHECK ((cause = ANY (ARRAY['registered'::text, 'correction'::text, 'change'::text])))
  constraint operator_identities_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint operator_identities_pkey PRIMARY KEY (version)
  constraint operator_identities_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
  constraint operator_identities_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint operator_identities_siret_check CHECK (((siret >= 1) AND (siret <= '99999999999999'::bigint)))
  constraint operator_identities_version_check CHECK ((version > 0))
  CREATE UNIQUE INDEX operator_identities_pkey ON public.operator_identities USING btree (version)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ( SELECT ctx.ok() AS ok)
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.operator_service_versions owner cc_owner row security forced
  service_id uuid not null
  version integer not null
  change text not null
  kind text not null
  used_on date not null
  ended_on date
  result text not null
  words text
  reason text
  organisation_id uuid
  author_id uuid
  at timestamp with time zone not null
  siret bigint not null
  constraint operator_service_versions_author CHECK ((num_nonnulls(organisation_id, author_id) =
CASE change
    WHEN 'imported'::text THEN 0
    ELSE 2
END))
  constraint operator_service_versions_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint operator_service_versions_change_check CHECK ((change = ANY (ARRAY['imported'::text, 'entered'::text, 'corrected'::text, 'withdrawn'::text])))
  constraint operator_service_versions_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint operator_service_versions_pkey PRIMARY KEY (service_id, version)
  constraint operator_service_versions_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint operator_service_versions_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.operator_services(id)
  constraint operator_service_versions_version_check CHECK ((version > 0))
  constraint operator_service_versions_why CHECK (((reason IS NOT NULL) = (change = ANY (ARRAY['corrected'::text, 'withdrawn'::text]))))
  CREATE UNIQUE INDEX operator_service_versions_pkey ON public.operator_service_versions USING btree (service_id, version)
  CREATE TRIGGER written_now BEFORE INSERT ON public.operator_service_versions FOR EACH ROW EXECUTE FUNCTION ctx.written_now('at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.operator_services s
  WHERE ((s.id = operator_service_versions.service_id) AND (ctx.covers(( SELECT ctx.fiche() AS fiche), s.region_id, s.departement_id, s.epci_id, s.clpe_id) OR ctx.covers(( SELECT ctx.recrutement() AS recrutement), s.region_id, s.departement_id, s.epci_id, s.clpe_id))))))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ( SELECT ctx.of_operator() AS of_operator) AND (EXISTS ( SELECT
   FROM public.operator_services s
  WHERE ((s.id = operator_service_versions.service_id) AND (s.siret = operator_service_versions.siret) AND ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), s.region_id, s.departement_id, s.epci_id, s.clpe_id)))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.operator_services owner cc_owner row security forced
  id uuid not null rights cc_worker=r/cc_owner
  siret bigint not null rights cc_definer=w/cc_owner cc_worker=r/cc_owner
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner cc_worker=r/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  kind text not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  used_on date not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  ended_on date rights cc_web=w/cc_owner
  result text not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  words text rights cc_web=w/cc_owner
  source text not null
  reference text
  said_on date
  by_hand boolean not null rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
  organisation_id uuid
  author_id uuid
  recorded_at timestamp with time zone not null
  withdrawn_at timestamp with time zone rights cc_web=w/cc_owner cc_worker=r/cc_owner
  constraint operator_services_afpr CHECK (((kind <> 'afpr'::text) OR ((source = 'import'::text) AND (used_on < '2024-07-01'::date))))
  constraint operator_services_author CHECK ((num_nonnulls(organisation_id, author_id) =
CASE source
    WHEN 'entered'::text THEN 2
    ELSE 0
END))
  constraint operator_services_author_id_organisation_id_fkey FOREIGN KEY (author_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint operator_services_days CHECK ((ended_on >= used_on))
  constraint operator_services_history FOREIGN KEY (id, version) REFERENCES public.operator_service_versions(service_id, version) DEFERRABLE INITIALLY DEFERRED
  constraint operator_services_kind_check CHECK ((kind = ANY (ARRAY['conseil'::text, 'preselection'::text, 'mrs'::text, 'pmsmp'::text, 'adaptation'::text, 'redaction-offre'::text, 'promotion-profil'::text, 'poei'::text, 'contrat-aide'::text, 'evenement'::text, 'afpr'::text])))
  constraint operator_services_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint operator_services_pkey PRIMARY KEY (id)
  constraint operator_services_reference CHECK (((source = 'entered'::text) OR (reference IS NOT NULL)))
  constraint operator_services_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 40)))
  constraint operator_services_reference_key UNIQUE (reference)
  constraint operator_services_result_check CHECK ((result = ANY (ARRAY['en-cours'::text, 'abouti'::text, 'sans-suite'::text, 'annule'::text, 'non-connu'::text])))
  constraint operator_services_source_check CHECK ((source = ANY (ARRAY['import'::text, 'entered'::text])))
  constraint operator_services_used_on_check CHECK ((used_on >= '2000-01-01'::date))
  constraint operator_services_words_check CHECK (((length(words) >= 1) AND (length(words) <= 200)))
  CREATE INDEX operator_services_siret ON public.operator_services USING btree (siret, used_on)
  CREATE INDEX operator_services_used ON public.operator_services USING btree (departement_id, used_on) INCLUDE (siret, kind) WHERE ((withdrawn_at IS NULL) AND (result <> 'annule'::text))
  CREATE UNIQUE INDEX operator_services_once ON public.operator_services USING btree (siret, kind, used_on) WHERE ((source = 'entered'::text) AND (withdrawn_at IS NULL))
  CREATE UNIQUE INDEX operator_services_pkey ON public.operator_services USING btree (id)
  CREATE UNIQUE INDEX operator_services_reference_key ON public.operator_services USING btree (reference)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF withdrawn_at ON public.operator_services FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at', 'withdrawn_at')
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.of_operator() AS of_operator) AND ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id)) check by_hand
  policy enter for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (source = 'entered'::text) AND (reference IS NULL) AND by_hand AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ( SELECT ctx.of_operator() AS of_operator) AND ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web, cc_worker using (( SELECT ctx.ok() AS ok) AND (ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) OR ctx.covers(( SELECT ctx.recrutement() AS recrutement), region_id, departement_id, epci_id, clpe_id)))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.organisation_identities owner cc_owner row security forced
  organisation_id uuid not null
  version integer not null
  cause text not null
  from_on date not null
  siret bigint not null
  name text not null
  kind text not null
  address text
  reason text
  recorded_by uuid
  recorded_at timestamp with time zone not null
  constraint identities_said CHECK (((cause = 'registered'::text) OR ((reason IS NOT NULL) AND (recorded_by IS NOT NULL))))
  constraint organisation_identities_address_check CHECK (((length(address) >= 1) AND (length(address) <= 300)))
  constraint organisation_identities_cause_check CHECK ((cause = ANY (ARRAY['registered'::text, 'correction'::text, 'change'::text, 'merger'::text])))
  constraint organisation_identities_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint organisation_identities_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint organisation_identities_pkey PRIMARY KEY (organisation_id, version)
  constraint organisation_identities_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
  constraint organisation_identities_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint organisation_identities_siret_check CHECK (((siret >= 1) AND (siret <= '99999999999999'::bigint)))
  constraint organisation_identities_version_check CHECK ((version > 0))
  CREATE UNIQUE INDEX organisation_identities_pkey ON public.organisation_identities USING btree (organisation_id, version)
  CREATE TRIGGER lay_sirets AFTER INSERT ON public.organisation_identities FOR EACH ROW EXECUTE FUNCTION ctx.lay_sirets()
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id IN ( SELECT c.organisation_id
   FROM public.conventions c)))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.organisation_sign_in owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  password_allowed boolean not null
  set_by uuid
  set_at timestamp with time zone not null
  reason text not null
  constraint organisation_sign_in_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint organisation_sign_in_pkey PRIMARY KEY (id)
  constraint organisation_sign_in_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint organisation_sign_in_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id)
  CREATE INDEX organisation_sign_in_last ON public.organisation_sign_in USING btree (organisation_id, set_at DESC, id DESC)
  CREATE UNIQUE INDEX organisation_sign_in_pkey ON public.organisation_sign_in USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.organisation_sign_in FOR EACH ROW EXECUTE FUNCTION ctx.written_now('set_at')
  policy decide for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (set_by = ( SELECT ctx.account() AS account)))
  policy oversee for select to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.oversees() AS oversees))
  policy own for select to cc_web using (( SELECT ctx.known() AS known) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.organisation_siret_versions owner cc_owner row security forced
  siret_id uuid not null
  version integer not null
  organisation_id uuid not null
  siret bigint not null
  name text not null
  from_on date not null
  until_on date
  withdrawn boolean not null default false
  reason text not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  constraint organisation_siret_versions_check CHECK ((from_on <= until_on))
  constraint organisation_siret_versions_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint organisation_siret_versions_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint organisation_siret_versions_pkey PRIMARY KEY (siret_id, version)
  constraint organisation_siret_versions_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
  constraint organisation_siret_versions_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint organisation_siret_versions_siret_check CHECK (((siret >= 1) AND (siret <= '99999999999999'::bigint)))
  constraint organisation_siret_versions_version_check CHECK ((version > 0))
  CREATE INDEX organisation_siret_versions_of ON public.organisation_siret_versions USING btree (organisation_id)
  CREATE UNIQUE INDEX organisation_siret_versions_pkey ON public.organisation_siret_versions USING btree (siret_id, version)
  CREATE TRIGGER lay_sirets AFTER INSERT ON public.organisation_siret_versions FOR EACH ROW EXECUTE FUNCTION ctx.lay_sirets()
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id IN ( SELECT c.organisation_id
   FROM public.conventions c)))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.organisation_sirets owner cc_owner row security forced
  organisation_id uuid not null
  siret bigint not null
  siret_id uuid
  period daterange not null
  constraint organisation_sirets_once EXCLUDE USING gist (siret WITH =, period WITH &&)
  constraint organisation_sirets_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint organisation_sirets_period_check CHECK ((NOT isempty(period)))
  CREATE INDEX organisation_sirets_of ON public.organisation_sirets USING btree (organisation_id)
  CREATE INDEX organisation_sirets_once ON public.organisation_sirets USING gist (siret, period)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.organisation_territories owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  territory_id integer not null
  from_at timestamp with time zone not null
  until_at timestamp with time zone rights cc_definer=w/cc_owner cc_web=w/cc_owner
  set_by uuid
  reason text not null
  ended_by uuid rights cc_web=w/cc_owner
  end_reason text rights cc_definer=w/cc_owner cc_web=w/cc_owner
  amendment_id uuid
  constraint organisation_territories_amendment_id_fkey FOREIGN KEY (amendment_id) REFERENCES public.convention_amendments(id)
  constraint organisation_territories_check CHECK ((until_at >= from_at))
  constraint organisation_territories_end_reason_check CHECK (((length(end_reason) >= 1) AND (length(end_reason) <= 300)))
  constraint organisation_territories_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.accounts(id)
  constraint organisation_territories_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint organisation_territories_pkey PRIMARY KEY (id)
  constraint organisation_territories_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint organisation_territories_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id)
  constraint organisation_territories_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id)
  CREATE INDEX organisation_territories_organisation ON public.organisation_territories USING btree (organisation_id)
  CREATE UNIQUE INDEX organisation_territories_once ON public.organisation_territories USING btree (organisation_id, territory_id) WHERE (until_at IS NULL)
  CREATE UNIQUE INDEX organisation_territories_pkey ON public.organisation_territories USING btree (id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.organisation_territories FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('organisation_id')
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF until_at ON public.organisation_territories FOR EACH ROW EXECUTE FUNCTION ctx.written_now('from_at', 'until_at')
  policy close for update to cc_web using (( SELECT ctx.ok() AS ok) AND (until_at IS NULL) AND (EXISTS ( SELECT
   FROM public.conventions c
  WHERE ((c.organisation_id = organisation_territories.organisation_id) AND (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) AND ctx.lies_within(organisation_territories.territory_id, ARRAY[c.region_id]))))) check (( SELECT ctx.ok() AS ok) AND (ended_by = ( SELECT ctx.account() AS account)) AND (until_at IS NOT NULL))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT c.organisation_id
   FROM public.conventions c))))
  policy settle for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (set_by = ( SELECT ctx.account() AS account)) AND (until_at IS NULL) AND (territory_id <> 0) AND (amendment_id IS NULL) AND (EXISTS ( SELECT
   FROM public.conventions c
  WHERE ((c.organisation_id = organisation_territories.organisation_id) AND (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) AND ctx.lies_within(organisation_territories.territory_id, ARRAY[c.region_id]) AND (NOT ctx.widened_by_amendment(c.organisation_id, c.region_id))))))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.organisations owner cc_owner row security forced
  id uuid not null
  siret bigint not null rights cc_definer=w/cc_owner
  name text not null rights cc_definer=w/cc_owner
  kind text not null rights cc_definer=w/cc_owner
  created_at timestamp with time zone not null
  address text rights cc_definer=w/cc_owner
  identity_version integer not null default 1 rights cc_definer=w/cc_owner
  constraint organisations_address_check CHECK (((length(address) >= 1) AND (length(address) <= 300)))
  constraint organisations_kind_check CHECK ((kind = ANY (ARRAY['operateur'::text, 'epci'::text, 'mission-locale'::text, 'plie'::text, 'departement'::text, 'region'::text, 'cap-emploi'::text, 'autre'::text])))
  constraint organisations_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint organisations_pkey PRIMARY KEY (id)
  constraint organisations_siret_check CHECK (((siret >= 1) AND (siret <= '99999999999999'::bigint)))
  constraint organisations_siret_key UNIQUE (siret)
  CREATE UNIQUE INDEX organisations_pkey ON public.organisations USING btree (id)
  CREATE UNIQUE INDEX organisations_siret_key ON public.organisations USING btree (siret)
  CREATE TRIGGER first_identity AFTER INSERT ON public.organisations FOR EACH ROW EXECUTE FUNCTION ctx.lay_first_identity()
  CREATE TRIGGER own_territory AFTER INSERT ON public.organisations FOR EACH ROW EXECUTE FUNCTION ctx.lay_own_territory()
  CREATE TRIGGER reached_by AFTER UPDATE OF kind ON public.organisations FOR EACH ROW WHEN (((old.kind = 'operateur'::text) <> (new.kind = 'operateur'::text))) EXECUTE FUNCTION public.note_reached_by()
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.organisations FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('id')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.password_links owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  token_hash bytea not null
  made_at timestamp with time zone not null
  made_by uuid
  ends_at timestamp with time zone not null
  used_at timestamp with time zone
  told_at timestamp with time zone
  code_hash bytea
  tries integer not null default 0
  constraint password_links_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint password_links_check CHECK ((ends_at > made_at))
  constraint password_links_check1 CHECK ((told_at >= used_at))
  constraint password_links_code_hash_check CHECK ((length(code_hash) = 32))
  constraint password_links_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.accounts(id)
  constraint password_links_pkey PRIMARY KEY (id)
  constraint password_links_token_hash_check CHECK ((length(token_hash) = 32))
  constraint password_links_token_hash_key UNIQUE (token_hash)
  constraint password_links_tries_check CHECK (((tries >= 0) AND (tries <= 5)))
  CREATE INDEX password_links_account ON public.password_links USING btree (account_id)
  CREATE UNIQUE INDEX password_links_pkey ON public.password_links USING btree (id)
  CREATE UNIQUE INDEX password_links_token_hash_key ON public.password_links USING btree (token_hash)
  policy owner for all to cc_owner using true check true
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.passwords owner cc_owner row security forced
  account_id uuid not null
  hash text not null rights cc_web=w/cc_owner
  changed_at timestamp with time zone not null rights cc_web=w/cc_owner
  constraint passwords_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint passwords_hash_check CHECK (((hash ~~ '$argon2id$v=19$%'::text) AND (length(hash) <= 300)))
  constraint passwords_pkey PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX passwords_pkey ON public.passwords USING btree (account_id)
  policy change for update to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account))) check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy own for select to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.pending_links owner cc_owner row security forced
  id uuid not null
  issuer text not null
  subject text not null
  account_id uuid not null
  organisation_id uuid not null
  given_name text not null
  usual_name text not null
  email text not null
  siret bigint
  idp_id text not null default ''::text
  reason text not null
  asked_at timestamp with time zone not null
  decided_at timestamp with time zone
  decided_by uuid
  decision text
  told_at timestamp with time zone
  constraint pending_links_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint pending_links_check CHECK ((num_nonnulls(decided_at, decision) = ANY (ARRAY[0, 2])))
  constraint pending_links_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id)
  constraint pending_links_decision_check CHECK ((decision = ANY (ARRAY['confirmed'::text, 'refused'::text])))
  constraint pending_links_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint pending_links_pkey PRIMARY KEY (id)
  constraint pending_links_reason_check CHECK ((reason = ANY (ARRAY['already-linked'::text, 'other-organisation'::text, 'unknown-provider'::text, 'employer-changed'::text])))
  CREATE INDEX pending_links_account ON public.pending_links USING btree (account_id) WHERE (decided_at IS NULL)
  CREATE UNIQUE INDEX pending_links_open ON public.pending_links USING btree (issuer, subject, account_id) WHERE (decided_at IS NULL)
  CREATE UNIQUE INDEX pending_links_pkey ON public.pending_links USING btree (id)
  policy owner for all to cc_owner using true check true
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.provisional_establishments owner cc_owner row security forced
  siret bigint not null rights cc_worker=r/cc_owner
  name text not null rights cc_web=w/cc_owner
  activity text rights cc_web=w/cc_owner
  commune_code text not null rights cc_web=w/cc_owner
  region_id integer rights cc_definer=w/cc_owner cc_web=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner cc_web=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner cc_web=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner cc_web=w/cc_owner
  organisation_id uuid not null
  author_id uuid not null
  created_at timestamp with time zone not null rights cc_worker=r/cc_owner
  looked_up_at timestamp with time zone rights cc_definer=w/cc_owner cc_worker=rw/cc_owner
  confirmed_at timestamp with time zone rights cc_definer=w/cc_owner cc_worker=r/cc_owner
  corrected_at timestamp with time zone rights cc_web=w/cc_owner
  corrected_by uuid rights cc_web=w/cc_owner
  constraint provisional_establishments_activity_check CHECK ((activity ~ '^(NAF25:)?([A-V]|\d{2}(\.\d{1,2}[A-Z]?)?)$'::text))
  constraint provisional_establishments_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.accounts(id)
  constraint provisional_establishments_check CHECK (((corrected_at IS NULL) = (corrected_by IS NULL)))
  constraint provisional_establishments_corrected_by_fkey FOREIGN KEY (corrected_by) REFERENCES public.accounts(id)
  constraint provisional_establishments_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 200)))
  constraint provisional_establishments_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint provisional_establishments_pkey PRIMARY KEY (siret)
  constraint provisional_establishments_siret_check CHECK (((siret >= 1) AND (siret <= '99999999999999'::bigint)))
  CREATE INDEX provisional_establishments_waiting ON public.provisional_establishments USING btree (looked_up_at) WHERE (confirmed_at IS NULL)
  CREATE UNIQUE INDEX provisional_establishments_pkey ON public.provisional_establishments USING btree (siret)
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (confirmed_at IS NULL) AND (NOT public.provisional_used(siret)) AND ((author_id = ( SELECT ctx.account() AS account)) OR ctx.covers(( SELECT ctx.fiche_responsable() AS fiche_responsable), region_id, departement_id, epci_id, clpe_id)) AND ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id)) check (( SELECT ctx.ok() AS ok) AND (corrected_by = ( SELECT ctx.account() AS account)) AND ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id))
  policy look_up for all to cc_worker using true check true
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id) AND (looked_up_at IS NULL) AND (confirmed_at IS NULL) AND (corrected_at IS NULL))
  policy withdraw for delete to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (confirmed_at IS NULL) AND (NOT public.provisional_used(siret)) AND ((author_id = ( SELECT ctx.account() AS account)) OR ctx.covers(( SELECT ctx.fiche_responsable() AS fiche_responsable), region_id, departement_id, epci_id, clpe_id)) AND ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.purges owner cc_owner row security forced
  id uuid not null
  at timestamp with time zone not null
  ending text not null
  of_table text not null
  kept_for text not null
  organisation_id uuid
  erased integer not null
  held integer not null default 0
  constraint purges_counted CHECK (((erased >= 0) AND ((erased + held) > 0)))
  constraint purges_ending_check CHECK (((length(ending) >= 1) AND (length(ending) <= 40)))
  constraint purges_held_check CHECK ((held >= 0))
  constraint purges_kept_for_check CHECK ((kept_for ~ '^P(\d{1,5}[YMD]|T\d{1,5}H)$'::text))
  constraint purges_of_table_check CHECK (((length(of_table) >= 1) AND (length(of_table) <= 60)))
  constraint purges_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint purges_pkey PRIMARY KEY (id)
  CREATE INDEX purges_at ON public.purges USING btree (at)
  CREATE INDEX purges_organisation ON public.purges USING btree (organisation_id, at)
  CREATE UNIQUE INDEX purges_pkey ON public.purges USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('dpd'::text) AS holds_role) AND ((organisation_id IS NULL) OR (organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT (o.kind = 'operateur'::text)
   FROM public.organisations o
  WHERE (o.id = ( SELECT ctx.organisation() AS organisation)))))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.reached_changes owner cc_owner row security forced
  id bigint not null identity always
  campaign_id uuid not null
  month date not null
  constraint reached_changes_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  constraint reached_changes_pkey PRIMARY KEY (id)
  CREATE INDEX reached_changes_month ON public.reached_changes USING btree (campaign_id, month)
  CREATE UNIQUE INDEX reached_changes_pkey ON public.reached_changes USING btree (id)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.reached_numbers owner cc_owner row security forced
  siret bigint not null
  departement_id integer not null
  part integer not null
  place integer not null
  constraint reached_numbers_departement_id_part_place_key UNIQUE (departement_id, part, place)
  constraint reached_numbers_pkey PRIMARY KEY (siret)
  constraint reached_numbers_place_check CHECK (((place >= 0) AND (place <= 8191)))
  CREATE INDEX reached_numbers_parts ON public.reached_numbers USING btree (departement_id, part) WHERE (place = 0)
  CREATE UNIQUE INDEX reached_numbers_departement_id_part_place_key ON public.reached_numbers USING btree (departement_id, part, place)
  CREATE UNIQUE INDEX reached_numbers_pkey ON public.reached_numbers USING btree (siret)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.reached_sets owner cc_owner row security forced
  campaign_id uuid not null
  month date not null
  departement_id integer not null
  part integer not null
  establishments bit(8192) not null
  constraint reached_sets_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  constraint reached_sets_pkey PRIMARY KEY (departement_id, part, month, campaign_id)
  CREATE INDEX reached_sets_month ON public.reached_sets USING btree (campaign_id, month)
  CREATE UNIQUE INDEX reached_sets_pkey ON public.reached_sets USING btree (departement_id, part, month, campaign_id)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.recovery_codes owner cc_owner row security forced
  account_id uuid not null
  code_hash bytea not null
  used_at timestamp with time zone rights cc_web=w/cc_owner
  constraint recovery_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint recovery_codes_code_hash_check CHECK ((length(code_hash) = 32))
  constraint recovery_codes_pkey PRIMARY KEY (account_id, code_hash)
  CREATE UNIQUE INDEX recovery_codes_pkey ON public.recovery_codes USING btree (account_id, code_hash)
  policy own for all to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account))) check (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.referents owner cc_owner row security forced
  id uuid not null
  siret bigint not null rights cc_definer=w/cc_owner
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  organisation_id uuid not null
  account_id uuid not null
  since date not null
  named_by uuid not null
  named_at timestamp with time zone not null
  until date rights cc_web=w/cc_owner
  ended_at timestamp with time zone rights cc_web=w/cc_owner
  ended_how text rights cc_web=w/cc_owner
  ended_by uuid rights cc_web=w/cc_owner
  ended_organisation uuid rights cc_web=w/cc_owner
  end_reason text rights cc_web=w/cc_owner
  constraint referents_account_id_organisation_id_fkey FOREIGN KEY (account_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint referents_days CHECK ((until >= since))
  constraint referents_end_reason_check CHECK (((length(end_reason) >= 1) AND (length(end_reason) <= 300)))
  constraint referents_ended CHECK ((num_nulls(ended_at, until, ended_how, ended_by, ended_organisation) = ANY (ARRAY[0, 5])))
  constraint referents_ended_by_ended_organisation_fkey FOREIGN KEY (ended_by, ended_organisation) REFERENCES public.accounts(id, organisation_id)
  constraint referents_ended_how_check CHECK ((ended_how = ANY (ARRAY['ended'::text, 'replaced'::text])))
  constraint referents_named_by_organisation_id_fkey FOREIGN KEY (named_by, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint referents_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint referents_pkey PRIMARY KEY (id)
  constraint referents_why CHECK (((end_reason IS NOT NULL) = (NOT (ended_how IS DISTINCT FROM 'ended'::text))))
  CREATE INDEX referents_siret ON public.referents USING btree (siret, named_at)
  CREATE UNIQUE INDEX referents_once ON public.referents USING btree (siret, organisation_id) WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX referents_pkey ON public.referents USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF ended_at ON public.referents FOR EACH ROW EXECUTE FUNCTION ctx.written_now('named_at', 'ended_at')
  policy finish for update to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND (((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((account_id = ( SELECT ctx.account() AS account)) OR (named_by = ( SELECT ctx.account() AS account)) OR ctx.covers(( SELECT ctx.responsable() AS responsable), region_id, departement_id, epci_id, clpe_id))) OR (((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ctx.covers(( SELECT ctx.responsable() AS responsable), region_id, departement_id, epci_id, clpe_id)) AND (NOT public.referent_in_post(id))))) check ((ended_by = ( SELECT ctx.account() AS account)) AND (ended_organisation = ( SELECT ctx.organisation() AS organisation)))
  policy name for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (named_by = ( SELECT ctx.account() AS account)) AND (ended_at IS NULL) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.register_imports owner cc_owner
  id integer not null identity always
  files text[] not null
  scope text not null
  started_at timestamp with time zone not null default now()
  finished_at timestamp with time zone
  counts jsonb not null default '{}'::jsonb
  area integer[]
  active_only boolean not null default false
  constraint register_imports_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX register_imports_pkey ON public.register_imports USING btree (id)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=arw/cc_owner

table public.register_move_records owner cc_owner row security forced
  move_id uuid not null
  kind text not null
  record_id uuid not null
  owner_id uuid
  constraint register_move_records_kind_check CHECK ((kind = ANY (ARRAY['exchange'::text, 'next-action'::text, 'correspondent'::text, 'correspondent-link'::text, 'do-not-contact'::text, 'commitment'::text, 'note'::text, 'need'::text, 'service'::text, 'referent'::text, 'fact'::text])))
  constraint register_move_records_move_id_fkey FOREIGN KEY (move_id) REFERENCES public.register_moves(id) ON DELETE CASCADE
  constraint register_move_records_pkey PRIMARY KEY (move_id, kind, record_id)
  CREATE INDEX register_move_records_of ON public.register_move_records USING btree (record_id)
  CREATE INDEX register_move_records_owner ON public.register_move_records USING btree (owner_id) WHERE (owner_id IS NOT NULL)
  CREATE UNIQUE INDEX register_move_records_pkey ON public.register_move_records USING btree (move_id, kind, record_id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (owner_id = ( SELECT ctx.account() AS account)) AND ((kind <> 'need'::text) OR ( SELECT ctx.opens('besoins'::text) AS opens)))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.register_move_targets owner cc_owner row security forced
  move_id uuid not null
  campaign_id uuid not null
  outcome text not null
  status text not null
  shared boolean not null
  set_aside_reason text
  taken_by uuid
  taken_by_organisation uuid
  taken_at timestamp with time zone
  held daterange
  kept boolean not null default false
  constraint register_move_targets_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint register_move_targets_move_id_fkey FOREIGN KEY (move_id) REFERENCES public.register_moves(id) ON DELETE CASCADE
  constraint register_move_targets_outcome_check CHECK ((outcome = ANY (ARRAY['stopped'::text, 'finished'::text, 'carried'::text, 'merged'::text, 'aside'::text])))
  constraint register_move_targets_pkey PRIMARY KEY (move_id, campaign_id)
  CREATE INDEX register_move_targets_owner ON public.register_move_targets USING btree (taken_by) WHERE (taken_by IS NOT NULL)
  CREATE UNIQUE INDEX register_move_targets_pkey ON public.register_move_targets USING btree (move_id, campaign_id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (taken_by = ( SELECT ctx.account() AS account)))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.register_moves owner cc_owner row security forced
  id uuid not null
  siret bigint not null
  fate text not null
  successor bigint
  closed_on date
  at timestamp with time zone not null
  undone_at timestamp with time zone
  told_at timestamp with time zone
  undone_told_at timestamp with time zone
  constraint register_moves_check CHECK ((successor <> siret))
  constraint register_moves_check1 CHECK (((fate = 'continued'::text) = (successor IS NOT NULL)))
  constraint register_moves_fate_check CHECK ((fate = ANY (ARRAY['closed'::text, 'continued'::text, 'objects'::text])))
  constraint register_moves_pkey PRIMARY KEY (id)
  CREATE INDEX register_moves_successor ON public.register_moves USING btree (successor) WHERE ((successor IS NOT NULL) AND (undone_at IS NULL))
  CREATE INDEX register_moves_untold ON public.register_moves USING btree (at) WHERE ((told_at IS NULL) OR ((undone_at IS NOT NULL) AND (undone_told_at IS NULL)))
  CREATE UNIQUE INDEX register_moves_pkey ON public.register_moves USING btree (id)
  CREATE UNIQUE INDEX register_moves_standing ON public.register_moves USING btree (siret) WHERE (undone_at IS NULL)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((id IN ( SELECT t.move_id
   FROM public.register_move_targets t)) OR (id IN ( SELECT r.move_id
   FROM public.register_move_records r))))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.register_updates owner cc_owner
  collection text not null
  since date not null
  until date not null
  day date not null
  cursor text not null default '*'::text
  read_of_day integer not null default 0
  updated_at timestamp with time zone not null default now()
  constraint register_updates_collection_check CHECK ((collection = ANY (ARRAY['establishments'::text, 'units'::text])))
  constraint register_updates_pkey PRIMARY KEY (collection)
  CREATE UNIQUE INDEX register_updates_pkey ON public.register_updates USING btree (collection)
  rights cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=arw/cc_owner

table public.rgc_birth_dates owner cc_owner row security forced
  deed_id uuid not null
  account_id uuid not null
  born_on date not null
  salt bytea
  constraint rgc_birth_dates_deed_id_account_id_fkey FOREIGN KEY (deed_id, account_id) REFERENCES public.rgc_members(deed_id, account_id)
  constraint rgc_birth_dates_pkey PRIMARY KEY (deed_id, account_id)
  constraint rgc_birth_dates_salt_check CHECK ((length(salt) = 16))
  constraint rgc_birth_dates_salted CHECK ((salt IS NOT NULL)) NOT VALID not valid
  CREATE UNIQUE INDEX rgc_birth_dates_pkey ON public.rgc_birth_dates USING btree (deed_id, account_id)
  CREATE UNIQUE INDEX rgc_birth_dates_salt ON public.rgc_birth_dates USING btree (salt)
  policy enter for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_birth_dates.deed_id) AND (d.created_by = ( SELECT ctx.account() AS account)) AND (d.paper_signed_on IS NOT NULL) AND (d.sent_at IS NULL) AND ( SELECT ctx.enters_deeds_of(d.organisation_id) AS enters_deeds_of)))))
  policy owner for all to cc_owner using true check true
  policy propose for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_birth_dates.deed_id) AND (d.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (d.created_by = ( SELECT ctx.account() AS account)) AND (d.sent_at IS NULL)))) AND (NOT (EXISTS ( SELECT
   FROM public.rgc_signatures s
  WHERE (s.deed_id = rgc_birth_dates.deed_id)))))
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (account_id = ( SELECT ctx.account() AS account)) OR (deed_id IN ( SELECT d.id
   FROM public.rgc_deeds d
  WHERE (d.organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_certificates owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  issued_on date not null
  file_name text not null
  content bytea not null
  sha256 bytea not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  convention_id uuid
  media_type text not null default 'application/pdf'::text
  constraint rgc_certificates_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint rgc_certificates_check CHECK ((sha256 = sha256(content)))
  constraint rgc_certificates_content_check CHECK (((length(content) >= 1) AND (length(content) <= 20971520)))
  constraint rgc_certificates_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint rgc_certificates_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200)))
  constraint rgc_certificates_media_type_check CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'image/png'::text, 'image/jpeg'::text])))
  constraint rgc_certificates_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_certificates_pkey PRIMARY KEY (id)
  constraint rgc_certificates_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  CREATE INDEX rgc_certificates_account ON public.rgc_certificates USING btree (account_id)
  CREATE UNIQUE INDEX rgc_certificates_pkey ON public.rgc_certificates USING btree (id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.rgc_certificates FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  CREATE TRIGGER written_now BEFORE INSERT ON public.rgc_certificates FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR (account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))) AND (recorded_by = ( SELECT ctx.account() AS account)) AND ( SELECT ctx.is_convention_of(rgc_certificates.convention_id, rgc_certificates.organisation_id) AS is_convention_of) AND (EXISTS ( SELECT
   FROM public.accounts a
  WHERE ((a.id = rgc_certificates.account_id) AND (a.organisation_id = rgc_certificates.organisation_id)))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_decisions owner cc_owner row security forced
  deed_id uuid not null
  kind text not null
  reason text
  decided_by uuid not null
  decided_at timestamp with time zone not null
  constraint rgc_decisions_check CHECK (((kind <> 'refus'::text) OR (reason IS NOT NULL)))
  constraint rgc_decisions_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id)
  constraint rgc_decisions_deed_id_fkey FOREIGN KEY (deed_id) REFERENCES public.rgc_deeds(id)
  constraint rgc_decisions_kind_check CHECK ((kind = ANY (ARRAY['acceptation'::text, 'refus'::text])))
  constraint rgc_decisions_pkey PRIMARY KEY (deed_id)
  constraint rgc_decisions_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
  CREATE UNIQUE INDEX rgc_decisions_pkey ON public.rgc_decisions USING btree (deed_id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.rgc_decisions FOR EACH ROW EXECUTE FUNCTION ctx.deed_rights_changed()
  policy decide for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (decided_by = ( SELECT ctx.account() AS account)) AND (decided_at = date_trunc('milliseconds'::text, ( SELECT ctx.clock() AS clock))) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_decisions.deed_id) AND (d.sent_at <= rgc_decisions.decided_at) AND (d.contested_at IS NULL) AND ((d.silence_accepts_at IS NULL) OR (d.silence_accepts_at > rgc_decisions.decided_at)) AND ((d.convention_id IS NULL) OR (EXISTS ( SELECT
           FROM public.conventions c
          WHERE ((c.id = d.convention_id) AND ((c.ends_at IS NULL) OR (c.ends_at > rgc_decisions.decided_at)))))) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (d.organisation_id IN ( SELECT ctx.officer_of() AS officer_of)))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE (d.id = rgc_decisions.deed_id))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_deeds owner cc_owner row security forced
  id uuid not null rights cc_definer=w/cc_owner
  organisation_id uuid not null
  organisation_name text not null
  siret bigint not null
  address text not null
  signatory_id uuid not null
  signatory_name text not null
  signatory_title text not null
  conditions_given boolean not null
  digest bytea not null
  created_by uuid not null
  created_at timestamp with time zone not null
  abandoned_at timestamp with time zone rights cc_definer=w/cc_owner cc_web=w/cc_owner
  sent_at timestamp with time zone rights cc_definer=w/cc_owner
  silence_accepts_at timestamp with time zone rights cc_definer=w/cc_owner
  convention_id uuid
  commitments text[] rights cc_web=w/cc_owner
  conditions_id uuid rights cc_web=w/cc_owner
  conditions_title text rights cc_web=w/cc_owner
  conditions_version integer rights cc_web=w/cc_owner
  conditions_hash bytea rights cc_web=w/cc_owner
  paper_signed_on date rights cc_web=w/cc_owner
  paper_received_on date rights cc_web=w/cc_owner
  contested_at timestamp with time zone rights cc_definer=w/cc_owner
  contested_by uuid rights cc_definer=w/cc_owner
  contest_reason text rights cc_definer=w/cc_owner
  constraint rgc_deeds_address_check CHECK (((length(address) >= 5) AND (length(address) <= 300)))
  constraint rgc_deeds_check CHECK (((abandoned_at IS NULL) OR (sent_at IS NULL)))
  constraint rgc_deeds_check1 CHECK ((silence_accepts_at > sent_at))
  constraint rgc_deeds_check2 CHECK ((num_nonnulls(commitments, conditions_id, conditions_title, conditions_version, conditions_hash) = ANY (ARRAY[0, 5])))
  constraint rgc_deeds_check3 CHECK ((contested_at >= sent_at))
  constraint rgc_deeds_check4 CHECK ((num_nonnulls(contested_at, contested_by, contest_reason) = ANY (ARRAY[0, 3])))
  constraint rgc_deeds_check5 CHECK (((contested_at IS NULL) OR (paper_signed_on IS NOT NULL)))
  constraint rgc_deeds_commitments_check CHECK (((array_length(commitments, 1) >= 1) AND (array_length(commitments, 1) <= 10)))
  constraint rgc_deeds_conditions_given_check CHECK (conditions_given)
  constraint rgc_deeds_conditions_hash_check CHECK ((length(conditions_hash) = 32))
  constraint rgc_deeds_conditions_id_conditions_version_conditions_hash_fkey FOREIGN KEY (conditions_id, conditions_version, conditions_hash) REFERENCES public.documents(id, version, body_hash)
  constraint rgc_deeds_conditions_title_check CHECK (((length(conditions_title) >= 1) AND (length(conditions_title) <= 200)))
  constraint rgc_deeds_conditions_version_check CHECK ((conditions_version > 0))
  constraint rgc_deeds_contest_reason_check CHECK (((length(contest_reason) >= 1) AND (length(contest_reason) <= 500)))
  constraint rgc_deeds_contested_by_fkey FOREIGN KEY (contested_by) REFERENCES public.accounts(id)
  constraint rgc_deeds_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint rgc_deeds_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id)
  constraint rgc_deeds_digest_check CHECK ((length(digest) = 32))
  constraint rgc_deeds_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_deeds_organisation_name_check CHECK (((length(organisation_name) >= 1) AND (length(organisation_name) <= 200)))
  constraint rgc_deeds_paper CHECK (((num_nonnulls(paper_signed_on, paper_received_on) = ANY (ARRAY[0, 2])) AND (paper_signed_on <= paper_received_on)))
  constraint rgc_deeds_pkey PRIMARY KEY (id)
  constraint rgc_deeds_signatory_id_fkey FOREIGN KEY (signatory_id) REFERENCES public.accounts(id)
  constraint rgc_deeds_signatory_name_check CHECK (((length(signatory_name) >= 1) AND (length(signatory_name) <= 200)))
  constraint rgc_deeds_signatory_title_check CHECK (((length(signatory_title) >= 1) AND (length(signatory_title) <= 120)))
  constraint rgc_deeds_siret_check CHECK (((siret >= 1) AND (siret <= '99999999999999'::bigint)))
  CREATE INDEX rgc_deeds_convention ON public.rgc_deeds USING btree (convention_id, sent_at)
  CREATE INDEX rgc_deeds_organisation ON public.rgc_deeds USING btree (organisation_id, sent_at)
  CREATE UNIQUE INDEX rgc_deeds_one_to_sign ON public.rgc_deeds USING btree (organisation_id) WHERE ((sent_at IS NULL) AND (abandoned_at IS NULL) AND (paper_signed_on IS NULL))
  CREATE UNIQUE INDEX rgc_deeds_paper_once ON public.rgc_deeds USING btree (organisation_id, digest) WHERE (paper_signed_on IS NOT NULL)
  CREATE UNIQUE INDEX rgc_deeds_pkey ON public.rgc_deeds USING btree (id)
  CREATE TRIGGER days_corrected BEFORE UPDATE OF paper_signed_on, paper_received_on ON public.rgc_deeds FOR EACH ROW EXECUTE FUNCTION ctx.days_corrected()
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.rgc_deeds FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('organisation_id')
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF abandoned_at ON public.rgc_deeds FOR EACH ROW EXECUTE FUNCTION ctx.written_now('created_at', 'abandoned_at')
  policy abandon for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (sent_at IS NULL) AND (abandoned_at IS NULL)) check ((sent_at IS NULL) AND (abandoned_at IS NOT NULL) AND (paper_signed_on IS NULL) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND (paper_signed_on IS NOT NULL) AND (sent_at IS NOT NULL) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)))) check ((paper_signed_on IS NOT NULL) AND (sent_at IS NOT NULL) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))) AND ((conditions_id IS NULL) OR (conditions_id IN ( SELECT x.id
   FROM public.access_conditions_on(rgc_deeds.paper_signed_on) x(id, title, version, hash)))))
  policy enter for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (paper_signed_on IS NOT NULL) AND (created_by = ( SELECT ctx.account() AS account)) AND ( SELECT ctx.enters_deeds_of(rgc_deeds.organisation_id) AS enters_deeds_of) AND ( SELECT ctx.is_convention_of(rgc_deeds.convention_id, rgc_deeds.organisation_id) AS is_convention_of) AND (num_nonnulls(abandoned_at, sent_at, silence_accepts_at, contested_at) = 0) AND ((conditions_id IS NULL) OR (conditions_id IN ( SELECT x.id
   FROM public.access_conditions_on(rgc_deeds.paper_signed_on) x(id, title, version, hash)))))
  policy owner for all to cc_owner using true check true
  policy propose for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (EXISTS ( SELECT
   FROM public.conventions c
  WHERE ((c.id = rgc_deeds.convention_id) AND (c.organisation_id = rgc_deeds.organisation_id)))) AND (created_by = ( SELECT ctx.account() AS account)) AND (num_nonnulls(abandoned_at, sent_at, silence_accepts_at, contested_at, paper_signed_on) = 0) AND (conditions_id IN ( SELECT x.id
   FROM public.access_conditions() x(id, title, version, hash))))
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR ((created_by = ( SELECT ctx.account() AS account)) AND (paper_signed_on IS NOT NULL) AND ( SELECT ctx.enters_deeds_of(rgc_deeds.organisation_id) AS enters_deeds_of)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR (id IN ( SELECT ctx.deeds_naming_me() AS deeds_naming_me))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_documents owner cc_owner row security forced
  deed_id uuid not null
  content bytea not null
  sha256 bytea not null
  made_at timestamp with time zone not null
  media_type text not null default 'application/pdf'::text
  constraint rgc_documents_check CHECK ((sha256 = sha256(content)))
  constraint rgc_documents_content_check CHECK (((length(content) >= 1) AND (length(content) <= 20971520)))
  constraint rgc_documents_deed_id_fkey FOREIGN KEY (deed_id) REFERENCES public.rgc_deeds(id)
  constraint rgc_documents_media_type_check CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'image/png'::text, 'image/jpeg'::text])))
  constraint rgc_documents_pkey PRIMARY KEY (deed_id)
  CREATE UNIQUE INDEX rgc_documents_pkey ON public.rgc_documents USING btree (deed_id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.rgc_documents FOR EACH ROW EXECUTE FUNCTION ctx.written_now('made_at')
  policy make for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (((( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (deed_id IN ( SELECT ctx.deeds_naming_me_alone() AS deeds_naming_me_alone)) OR (deed_id IN ( SELECT d.id
   FROM public.rgc_deeds d
  WHERE (d.organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_documents.deed_id) AND (d.sent_at IS NOT NULL) AND (d.paper_signed_on IS NULL))))) OR (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_documents.deed_id) AND (d.sent_at IS NULL) AND (d.paper_signed_on IS NOT NULL) AND (d.created_by = ( SELECT ctx.account() AS account)) AND ( SELECT ctx.enters_deeds_of(d.organisation_id) AS enters_deeds_of))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (deed_id IN ( SELECT ctx.deeds_naming_me_alone() AS deeds_naming_me_alone)) OR (deed_id IN ( SELECT d.id
   FROM public.rgc_deeds d
  WHERE (d.organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_event_cuts owner cc_owner row security forced
  event_id uuid not null
  grant_id uuid not null
  ends_on date rights cc_definer=w/cc_owner
  at_once boolean not null
  constraint rgc_event_cuts_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.rgc_events(id)
  constraint rgc_event_cuts_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.grants(id)
  constraint rgc_event_cuts_pkey PRIMARY KEY (event_id, grant_id)
  CREATE INDEX rgc_event_cuts_grant ON public.rgc_event_cuts USING btree (grant_id)
  CREATE UNIQUE INDEX rgc_event_cuts_pkey ON public.rgc_event_cuts USING btree (event_id, grant_id)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.rgc_event_papers owner cc_owner row security forced
  event_id uuid not null
  file_name text not null
  media_type text not null
  content bytea not null storage e
  sha256 bytea not null
  entered_by uuid not null
  constraint rgc_event_papers_check CHECK ((sha256 = sha256(content)))
  constraint rgc_event_papers_content_check CHECK (((length(content) >= 1) AND (length(content) <= 20971520)))
  constraint rgc_event_papers_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.accounts(id)
  constraint rgc_event_papers_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.rgc_events(id)
  constraint rgc_event_papers_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200)))
  constraint rgc_event_papers_media_type_check CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'image/png'::text, 'image/jpeg'::text])))
  constraint rgc_event_papers_pkey PRIMARY KEY (event_id)
  CREATE UNIQUE INDEX rgc_event_papers_pkey ON public.rgc_event_papers USING btree (event_id)
  policy keep for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (entered_by = ( SELECT ctx.account() AS account)) AND (EXISTS ( SELECT
   FROM public.rgc_events e
  WHERE ((e.id = rgc_event_papers.event_id) AND (e.received_on IS NOT NULL) AND (e.declared_by = ( SELECT ctx.account() AS account)) AND ( SELECT ctx.receives_papers_of(e.organisation_id) AS receives_papers_of)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.rgc_events e
  WHERE (e.id = rgc_event_papers.event_id))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_event_reminders owner cc_owner row security forced
  account_id uuid not null
  organisation_id uuid not null
  declare_by date not null
  step text not null
  told_at timestamp with time zone not null
  constraint rgc_event_reminders_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint rgc_event_reminders_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_event_reminders_pkey PRIMARY KEY (account_id, declare_by, step)
  constraint rgc_event_reminders_step_check CHECK ((step = ANY (ARRAY['known'::text, 'three-days'::text, 'last-day'::text, 'late'::text, 'question'::text])))
  CREATE UNIQUE INDEX rgc_event_reminders_pkey ON public.rgc_event_reminders USING btree (account_id, declare_by, step)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.rgc_events owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  kind text not null
  last_day date
  absent_from date
  back_on date
  known_on date not null
  declare_by date not null
  late boolean not null rights cc_web=w/cc_owner
  rights_end_at timestamp with time zone not null
  declared_by uuid not null
  declared_at timestamp with time zone not null
  ends_account boolean not null default false
  received_on date rights cc_web=w/cc_owner
  signed_on date rights cc_web=w/cc_owner
  withdrawn_at timestamp with time zone rights cc_definer=w/cc_owner
  withdrawn_by uuid rights cc_definer=w/cc_owner
  withdrawal_reason text rights cc_definer=w/cc_owner
  constraint rgc_events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint rgc_events_check CHECK ((back_on > absent_from))
  constraint rgc_events_check1 CHECK (((kind = 'absence'::text) = (absent_from IS NOT NULL)))
  constraint rgc_events_check2 CHECK (((kind = 'absence'::text) = (last_day IS NULL)))
  constraint rgc_events_check3 CHECK ((rights_end_at >= declared_at))
  constraint rgc_events_check4 CHECK ((withdrawn_at >= declared_at))
  constraint rgc_events_check5 CHECK ((num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason) = ANY (ARRAY[0, 3])))
  constraint rgc_events_declared_by_fkey FOREIGN KEY (declared_by) REFERENCES public.accounts(id)
  constraint rgc_events_ends_account CHECK (((NOT ends_account) OR (kind <> 'absence'::text)))
  constraint rgc_events_kind_check CHECK ((kind = ANY (ARRAY['depart'::text, 'changement-de-fonction'::text, 'absence'::text])))
  constraint rgc_events_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_events_pkey PRIMARY KEY (id)
  constraint rgc_events_received CHECK (((received_on >= known_on) OR (kind = 'absence'::text)))
  constraint rgc_events_signed CHECK ((signed_on <= received_on))
  constraint rgc_events_withdrawal_reason_check CHECK (((length(withdrawal_reason) >= 1) AND (length(withdrawal_reason) <= 500)))
  constraint rgc_events_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.accounts(id)
  CREATE INDEX rgc_events_organisation ON public.rgc_events USING btree (organisation_id, declared_at)
  CREATE UNIQUE INDEX rgc_events_pkey ON public.rgc_events USING btree (id)
  CREATE TRIGGER days_corrected BEFORE UPDATE OF signed_on, received_on ON public.rgc_events FOR EACH ROW EXECUTE FUNCTION ctx.days_corrected()
  CREATE TRIGGER written_now BEFORE INSERT ON public.rgc_events FOR EACH ROW EXECUTE FUNCTION ctx.written_now('declared_at')
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND (received_on IS NOT NULL) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)))) check ((received_on IS NOT NULL) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))
  policy declare_event for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (declared_by = ( SELECT ctx.account() AS account)) AND (withdrawn_at IS NULL) AND
CASE
    WHEN (received_on IS NULL) THEN (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
    ELSE ( SELECT ctx.receives_papers_of(rgc_events.organisation_id) AS receives_papers_of)
END AND (EXISTS ( SELECT
   FROM public.accounts a
  WHERE ((a.id = rgc_events.account_id) AND (a.organisation_id = rgc_events.organisation_id)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR ((declared_by = ( SELECT ctx.account() AS account)) AND (received_on IS NOT NULL) AND ( SELECT ctx.receives_papers_of(rgc_events.organisation_id) AS receives_papers_of)) OR (account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_known_events owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  kind text not null
  known_on date not null
  noted_by uuid not null
  noted_at timestamp with time zone not null
  withdrawn_at timestamp with time zone rights cc_web=w/cc_owner
  withdrawn_by uuid rights cc_web=w/cc_owner
  withdrawal_reason text rights cc_web=w/cc_owner
  declared_as uuid rights cc_definer=w/cc_owner
  constraint rgc_known_events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint rgc_known_events_check CHECK ((withdrawn_at >= noted_at))
  constraint rgc_known_events_check1 CHECK ((num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason) = ANY (ARRAY[0, 3])))
  constraint rgc_known_events_check2 CHECK (((withdrawn_at IS NULL) OR (declared_as IS NULL)))
  constraint rgc_known_events_declared_as_fkey FOREIGN KEY (declared_as) REFERENCES public.rgc_events(id)
  constraint rgc_known_events_kind_check CHECK ((kind = ANY (ARRAY['depart'::text, 'changement-de-fonction'::text, 'absence'::text])))
  constraint rgc_known_events_noted_by_fkey FOREIGN KEY (noted_by) REFERENCES public.accounts(id)
  constraint rgc_known_events_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_known_events_pkey PRIMARY KEY (id)
  constraint rgc_known_events_withdrawal_reason_check CHECK (((length(withdrawal_reason) >= 1) AND (length(withdrawal_reason) <= 500)))
  constraint rgc_known_events_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.accounts(id)
  CREATE UNIQUE INDEX rgc_known_events_one_open ON public.rgc_known_events USING btree (account_id) WHERE ((withdrawn_at IS NULL) AND (declared_as IS NULL))
  CREATE UNIQUE INDEX rgc_known_events_pkey ON public.rgc_known_events USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF withdrawn_at ON public.rgc_known_events FOR EACH ROW EXECUTE FUNCTION ctx.written_now('noted_at', 'withdrawn_at')
  policy note for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (noted_by = ( SELECT ctx.account() AS account)) AND (withdrawn_at IS NULL) AND (declared_as IS NULL) AND (EXISTS ( SELECT
   FROM public.accounts a
  WHERE ((a.id = rgc_known_events.account_id) AND (a.organisation_id = rgc_known_events.organisation_id)))) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (withdrawn_at IS NULL) AND (declared_as IS NULL) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))))) check (withdrawn_by = ( SELECT ctx.account() AS account))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_members owner cc_owner row security forced
  deed_id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  position text not null
  rank integer not null
  given_name text not null
  family_name text not null
  phone text not null
  email text not null
  account_name text
  constraint rgc_members_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint rgc_members_account_name_check CHECK (((length(account_name) >= 1) AND (length(account_name) <= 201)))
  constraint rgc_members_deed_id_fkey FOREIGN KEY (deed_id) REFERENCES public.rgc_deeds(id)
  constraint rgc_members_email_check CHECK (((email = lower(email)) AND (length(email) <= 254)))
  constraint rgc_members_family_name_check CHECK (((length(family_name) >= 1) AND (length(family_name) <= 100)))
  constraint rgc_members_given_name_check CHECK (((length(given_name) >= 1) AND (length(given_name) <= 100)))
  constraint rgc_members_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_members_phone_check CHECK (((length(phone) >= 6) AND (length(phone) <= 20)))
  constraint rgc_members_pkey PRIMARY KEY (deed_id, account_id)
  constraint rgc_members_position_check CHECK (("position" = ANY (ARRAY['titulaire'::text, 'suppleant'::text])))
  constraint rgc_members_rank_check CHECK (((rank >= 1) AND (rank <= 20)))
  CREATE INDEX rgc_members_account ON public.rgc_members USING btree (account_id)
  CREATE UNIQUE INDEX rgc_members_pkey ON public.rgc_members USING btree (deed_id, account_id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.rgc_members FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  policy enter for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.enters_deeds_of(rgc_members.organisation_id) AS enters_deeds_of) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_members.deed_id) AND (d.organisation_id = rgc_members.organisation_id) AND (d.created_by = ( SELECT ctx.account() AS account)) AND (d.paper_signed_on IS NOT NULL) AND (d.sent_at IS NULL)))) AND (public.rgc_obstacle(organisation_id, account_id, given_name, family_name, NULL::date) IS NULL))
  policy owner for all to cc_owner using true check true
  policy propose for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_members.deed_id) AND (d.organisation_id = rgc_members.organisation_id) AND (d.created_by = ( SELECT ctx.account() AS account)) AND (d.sent_at IS NULL)))) AND (NOT (EXISTS ( SELECT
   FROM public.rgc_signatures s
  WHERE (s.deed_id = rgc_members.deed_id)))) AND (public.rgc_obstacle(organisation_id, account_id, given_name, family_name, NULL::date) IS NULL))
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR (deed_id IN ( SELECT d.id
   FROM public.rgc_deeds d
  WHERE ((d.created_by = ( SELECT ctx.account() AS account)) AND (d.paper_signed_on IS NOT NULL)))) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR (deed_id IN ( SELECT ctx.deeds_naming_me() AS deeds_naming_me))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_paper_corrections owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  deed_id uuid
  event_id uuid
  before jsonb not null
  after jsonb not null
  reason text not null
  corrected_by uuid not null
  corrected_at timestamp with time zone not null
  constraint rgc_paper_corrections_after_check CHECK ((jsonb_typeof(after) = 'object'::text))
  constraint rgc_paper_corrections_before_check CHECK ((jsonb_typeof(before) = 'object'::text))
  constraint rgc_paper_corrections_check CHECK ((num_nonnulls(deed_id, event_id) = 1))
  constraint rgc_paper_corrections_corrected_by_fkey FOREIGN KEY (corrected_by) REFERENCES public.accounts(id)
  constraint rgc_paper_corrections_deed_id_fkey FOREIGN KEY (deed_id) REFERENCES public.rgc_deeds(id)
  constraint rgc_paper_corrections_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.rgc_events(id)
  constraint rgc_paper_corrections_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_paper_corrections_pkey PRIMARY KEY (id)
  constraint rgc_paper_corrections_reason_check CHECK (((length(btrim(reason)) >= 1) AND (length(btrim(reason)) <= 500)))
  CREATE INDEX rgc_paper_corrections_deed ON public.rgc_paper_corrections USING btree (deed_id, corrected_at)
  CREATE INDEX rgc_paper_corrections_event ON public.rgc_paper_corrections USING btree (event_id, corrected_at)
  CREATE UNIQUE INDEX rgc_paper_corrections_pkey ON public.rgc_paper_corrections USING btree (id)
  CREATE TRIGGER corrected_by_another BEFORE INSERT ON public.rgc_paper_corrections FOR EACH ROW EXECUTE FUNCTION ctx.corrected_by_another()
  CREATE TRIGGER written_now BEFORE INSERT ON public.rgc_paper_corrections FOR EACH ROW EXECUTE FUNCTION ctx.written_now('corrected_at')
  policy note for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (corrected_by = ( SELECT ctx.account() AS account)) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))) AND ((EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_paper_corrections.deed_id) AND (d.organisation_id = rgc_paper_corrections.organisation_id) AND (d.paper_signed_on IS NOT NULL)))) OR (EXISTS ( SELECT
   FROM public.rgc_events e
  WHERE ((e.id = rgc_paper_corrections.event_id) AND (e.organisation_id = rgc_paper_corrections.organisation_id) AND (e.received_on IS NOT NULL))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE (d.id = rgc_paper_corrections.deed_id))) OR (EXISTS ( SELECT
   FROM public.rgc_events e
  WHERE (e.id = rgc_paper_corrections.event_id)))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_presences owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  said_by uuid not null
  said_at timestamp with time zone not null
  constraint rgc_presences_account_id_organisation_id_fkey FOREIGN KEY (account_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint rgc_presences_pkey PRIMARY KEY (id)
  constraint rgc_presences_said_by_fkey FOREIGN KEY (said_by) REFERENCES public.accounts(id)
  CREATE INDEX rgc_presences_account ON public.rgc_presences USING btree (account_id, said_at)
  CREATE UNIQUE INDEX rgc_presences_pkey ON public.rgc_presences USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.rgc_presences FOR EACH ROW EXECUTE FUNCTION ctx.written_now('said_at')
  policy answer for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (said_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR (account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_refused_people owner cc_owner row security forced
  deed_id uuid not null
  account_id uuid not null
  lifted_at timestamp with time zone rights cc_web=w/cc_owner
  lifted_by uuid rights cc_web=w/cc_owner
  lifted_reason text rights cc_web=w/cc_owner
  constraint rgc_refused_people_check CHECK ((num_nonnulls(lifted_at, lifted_by, lifted_reason) = ANY (ARRAY[0, 3])))
  constraint rgc_refused_people_deed_id_account_id_fkey FOREIGN KEY (deed_id, account_id) REFERENCES public.rgc_members(deed_id, account_id)
  constraint rgc_refused_people_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES public.accounts(id)
  constraint rgc_refused_people_lifted_reason_check CHECK (((length(lifted_reason) >= 1) AND (length(lifted_reason) <= 500)))
  constraint rgc_refused_people_pkey PRIMARY KEY (deed_id, account_id)
  CREATE INDEX rgc_refused_people_account ON public.rgc_refused_people USING btree (account_id)
  CREATE UNIQUE INDEX rgc_refused_people_pkey ON public.rgc_refused_people USING btree (deed_id, account_id)
  CREATE TRIGGER written_now BEFORE UPDATE OF lifted_at ON public.rgc_refused_people FOR EACH ROW EXECUTE FUNCTION ctx.written_now('lifted_at')
  policy decide for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (lifted_at IS NULL) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_refused_people.deed_id) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (d.organisation_id IN ( SELECT ctx.officer_of() AS officer_of)))))) AND (EXISTS ( SELECT
   FROM public.rgc_decisions x
  WHERE ((x.deed_id = rgc_refused_people.deed_id) AND (x.kind = 'refus'::text) AND (x.decided_by = ( SELECT ctx.account() AS account))))))
  policy lift for update to cc_web using (( SELECT ctx.ok() AS ok) AND (lifted_at IS NULL) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_refused_people.deed_id) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (d.organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))))) check (lifted_by = ( SELECT ctx.account() AS account))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE (d.id = rgc_refused_people.deed_id))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_revocations owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  reason text not null
  required_by uuid not null
  required_at timestamp with time zone not null
  made_by uuid rights cc_web=w/cc_owner
  made_at timestamp with time zone rights cc_web=w/cc_owner
  withdrawn_at timestamp with time zone rights cc_web=w/cc_owner
  withdrawn_by uuid rights cc_web=w/cc_owner
  withdrawal_reason text rights cc_web=w/cc_owner
  lifted_at timestamp with time zone rights cc_web=w/cc_owner
  lifted_by uuid rights cc_web=w/cc_owner
  lifted_reason text rights cc_web=w/cc_owner
  constraint rgc_revocations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint rgc_revocations_check CHECK ((made_at >= required_at))
  constraint rgc_revocations_check1 CHECK ((num_nonnulls(made_by, made_at) = ANY (ARRAY[0, 2])))
  constraint rgc_revocations_check2 CHECK ((withdrawn_at >= required_at))
  constraint rgc_revocations_check3 CHECK ((lifted_at >= made_at))
  constraint rgc_revocations_check4 CHECK ((num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason) = ANY (ARRAY[0, 3])))
  constraint rgc_revocations_check5 CHECK ((num_nonnulls(lifted_at, lifted_by, lifted_reason) = ANY (ARRAY[0, 3])))
  constraint rgc_revocations_check6 CHECK ((num_nonnulls(made_at, withdrawn_at) < 2))
  constraint rgc_revocations_check7 CHECK (((lifted_at IS NULL) OR (made_at IS NOT NULL)))
  constraint rgc_revocations_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES public.accounts(id)
  constraint rgc_revocations_lifted_reason_check CHECK (((length(lifted_reason) >= 1) AND (length(lifted_reason) <= 500)))
  constraint rgc_revocations_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.accounts(id)
  constraint rgc_revocations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_revocations_pkey PRIMARY KEY (id)
  constraint rgc_revocations_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
  constraint rgc_revocations_required_by_fkey FOREIGN KEY (required_by) REFERENCES public.accounts(id)
  constraint rgc_revocations_withdrawal_reason_check CHECK (((length(withdrawal_reason) >= 1) AND (length(withdrawal_reason) <= 500)))
  constraint rgc_revocations_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.accounts(id)
  CREATE INDEX rgc_revocations_organisation ON public.rgc_revocations USING btree (organisation_id, required_at)
  CREATE UNIQUE INDEX rgc_revocations_pkey ON public.rgc_revocations USING btree (id)
  CREATE UNIQUE INDEX rgc_revocations_waiting ON public.rgc_revocations USING btree (account_id) WHERE ((made_at IS NULL) AND (withdrawn_at IS NULL))
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF made_at, withdrawn_at, lifted_at ON public.rgc_revocations FOR EACH ROW EXECUTE FUNCTION ctx.written_now('required_at', 'made_at', 'withdrawn_at', 'lifted_at')
  policy lift for update to cc_web using (( SELECT ctx.ok() AS ok) AND (made_at IS NOT NULL) AND (lifted_at IS NULL) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)))) check ((lifted_by = ( SELECT ctx.account() AS account)) AND (made_at IS NOT NULL) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))
  policy make for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (account_id <> ( SELECT ctx.account() AS account)) AND (made_at IS NULL) AND (withdrawn_at IS NULL)) check (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (made_by = ( SELECT ctx.account() AS account)) AND (num_nonnulls(withdrawn_at, lifted_at) = 0))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR (account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  policy require for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))) AND (required_by = ( SELECT ctx.account() AS account)) AND (num_nonnulls(made_at, withdrawn_at, lifted_at) = 0) AND (EXISTS ( SELECT
   FROM public.accounts a
  WHERE ((a.id = rgc_revocations.account_id) AND (a.organisation_id = rgc_revocations.organisation_id)))))
  policy withdraw for update to cc_web using (( SELECT ctx.ok() AS ok) AND (made_at IS NULL) AND (withdrawn_at IS NULL) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)))) check ((withdrawn_by = ( SELECT ctx.account() AS account)) AND (made_at IS NULL) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_signatures owner cc_owner row security forced
  deed_id uuid not null
  account_id uuid not null
  capacity text not null
  digest bytea not null
  signed_at timestamp with time zone not null
  constraint rgc_signatures_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint rgc_signatures_capacity_check CHECK ((capacity = ANY (ARRAY['signataire'::text, 'rgc'::text])))
  constraint rgc_signatures_deed_id_fkey FOREIGN KEY (deed_id) REFERENCES public.rgc_deeds(id)
  constraint rgc_signatures_digest_check CHECK ((length(digest) = 32))
  constraint rgc_signatures_pkey PRIMARY KEY (deed_id, account_id, capacity)
  CREATE UNIQUE INDEX rgc_signatures_pkey ON public.rgc_signatures USING btree (deed_id, account_id, capacity)
  CREATE TRIGGER written_now BEFORE INSERT ON public.rgc_signatures FOR EACH ROW EXECUTE FUNCTION ctx.written_now('signed_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE (d.id = rgc_signatures.deed_id))))
  policy sign for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_signatures.deed_id) AND (d.sent_at IS NULL) AND (d.abandoned_at IS NULL) AND ((rgc_signatures.capacity = 'rgc'::text) OR ((d.signatory_id = ( SELECT ctx.account() AS account)) AND ( SELECT ctx.holds_role('signataire'::text) AS holds_role)))))) AND ((capacity = 'signataire'::text) OR (EXISTS ( SELECT
   FROM public.rgc_members m
  WHERE ((m.deed_id = rgc_signatures.deed_id) AND (m.account_id = ( SELECT ctx.account() AS account)))))) AND (public.rgc_deed_obstacle(deed_id) IS NULL))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rights_request_corrections owner cc_owner row security forced
  request_id uuid not null
  version integer not null
  kind text not null
  whose text not null
  person text not null
  channel text not null
  received_on date not null
  reason text not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  constraint rights_request_corrections_pkey PRIMARY KEY (request_id, version)
  constraint rights_request_corrections_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
  constraint rights_request_corrections_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint rights_request_corrections_request_id_fkey FOREIGN KEY (request_id) REFERENCES public.rights_requests(id) ON DELETE CASCADE
  constraint rights_request_corrections_version_check CHECK ((version > 0))
  CREATE INDEX rights_request_corrections_recorded_by ON public.rights_request_corrections USING btree (recorded_by)
  CREATE UNIQUE INDEX rights_request_corrections_pkey ON public.rights_request_corrections USING btree (request_id, version)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (request_id IN ( SELECT r.id
   FROM public.rights_requests r)))
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.rights_request_handovers owner cc_owner row security forced
  request_id uuid not null
  from_organisation_id uuid not null
  to_organisation_id uuid not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  constraint rights_request_handovers_check CHECK ((from_organisation_id <> to_organisation_id))
  constraint rights_request_handovers_from_organisation_id_fkey FOREIGN KEY (from_organisation_id) REFERENCES public.organisations(id)
  constraint rights_request_handovers_pkey PRIMARY KEY (request_id)
  constraint rights_request_handovers_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint rights_request_handovers_request_id_from_organisation_id_fkey FOREIGN KEY (request_id, from_organisation_id) REFERENCES public.rights_requests(id, organisation_id) ON DELETE CASCADE
  constraint rights_request_handovers_to_organisation_id_fkey FOREIGN KEY (to_organisation_id) REFERENCES public.organisations(id)
  CREATE INDEX rights_request_handovers_from ON public.rights_request_handovers USING btree (from_organisation_id)
  CREATE INDEX rights_request_handovers_recorded_by ON public.rights_request_handovers USING btree (recorded_by)
  CREATE INDEX rights_request_handovers_to ON public.rights_request_handovers USING btree (to_organisation_id)
  CREATE UNIQUE INDEX rights_request_handovers_pkey ON public.rights_request_handovers USING btree (request_id)
  CREATE TRIGGER in_turn BEFORE INSERT ON public.rights_request_handovers FOR EACH ROW EXECUTE FUNCTION ctx.rights_handover_in_turn()
  CREATE TRIGGER written_now BEFORE INSERT ON public.rights_request_handovers FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy hand for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('dpd'::text) AS holds_role) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (from_organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (( SELECT (a.kind = 'operateur'::text)
   FROM public.organisations a
  WHERE (a.id = rights_request_handovers.from_organisation_id)) <> ( SELECT (b.kind = 'operateur'::text)
   FROM public.organisations b
  WHERE (b.id = rights_request_handovers.to_organisation_id))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('dpd'::text) AS holds_role) AND ((( SELECT ctx.organisation() AS organisation) = from_organisation_id) OR (( SELECT ctx.organisation() AS organisation) = to_organisation_id)))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rights_request_steps owner cc_owner row security forced
  request_id uuid not null
  kind text not null
  happened_on date not null
  manner text
  outcome text
  channel text
  article text
  extent text
  reason text
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  constraint rights_request_steps_article_check CHECK ((article = ANY (ARRAY['11-2'::text, '12-5'::text, '15-4'::text, '17-3'::text, '18-2'::text, '20-3'::text, '21-1'::text, 'other'::text])))
  constraint rights_request_steps_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'letter'::text, 'on-site'::text, 'phone'::text])))
  constraint rights_request_steps_check CHECK (((kind = 'identity'::text) = (manner IS NOT NULL)))
  constraint rights_request_steps_check1 CHECK ((((kind = 'answer'::text) = (num_nonnulls(outcome, channel) = 2)) AND (num_nonnulls(outcome, channel) <> 1)))
  constraint rights_request_steps_check2 CHECK ((COALESCE((outcome = ANY (ARRAY['partly'::text, 'refused'::text])), false) = (article IS NOT NULL)))
  constraint rights_request_steps_check3 CHECK (((kind = 'recipients'::text) = (extent IS NOT NULL)))
  constraint rights_request_steps_check4 CHECK ((((kind = ANY (ARRAY['extension'::text, 'recipients'::text])) OR (article IS NOT NULL)) = (reason IS NOT NULL)))
  constraint rights_request_steps_extent_check CHECK ((extent = ANY (ARRAY['all'::text, 'impossible'::text, 'none'::text])))
  constraint rights_request_steps_kind_check CHECK ((kind = ANY (ARRAY['identity'::text, 'extension'::text, 'answer'::text, 'recipients'::text])))
  constraint rights_request_steps_manner_check CHECK ((manner = ANY (ARRAY['known'::text, 'call-back'::text, 'document'::text])))
  constraint rights_request_steps_outcome_check CHECK ((outcome = ANY (ARRAY['given'::text, 'partly'::text, 'refused'::text])))
  constraint rights_request_steps_pkey PRIMARY KEY (request_id, kind)
  constraint rights_request_steps_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
  constraint rights_request_steps_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint rights_request_steps_request_id_fkey FOREIGN KEY (request_id) REFERENCES public.rights_requests(id) ON DELETE CASCADE
  CREATE INDEX rights_request_steps_recorded_by ON public.rights_request_steps USING btree (recorded_by)
  CREATE UNIQUE INDEX rights_request_steps_pkey ON public.rights_request_steps USING btree (request_id, kind)
  CREATE TRIGGER in_turn BEFORE INSERT ON public.rights_request_steps FOR EACH ROW EXECUTE FUNCTION ctx.rights_step_in_turn()
  CREATE TRIGGER written_now BEFORE INSERT ON public.rights_request_steps FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (request_id IN ( SELECT r.id
   FROM public.rights_requests r)))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (request_id IN ( SELECT r.id
   FROM (public.rights_requests r
     LEFT JOIN public.rights_request_handovers h ON ((h.request_id = r.id)))
  WHERE (COALESCE(h.to_organisation_id, r.organisation_id) = ( SELECT ctx.organisation() AS organisation)))))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rights_request_withdrawals owner cc_owner row security forced
  request_id uuid not null
  to_organisation_id uuid not null
  handed_by uuid not null
  handed_at timestamp with time zone not null
  reason text not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  given_back boolean not null
  constraint rights_request_withdrawals_handed_by_fkey FOREIGN KEY (handed_by) REFERENCES public.accounts(id)
  constraint rights_request_withdrawals_pkey PRIMARY KEY (request_id, handed_at)
  constraint rights_request_withdrawals_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
  constraint rights_request_withdrawals_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint rights_request_withdrawals_request_id_fkey FOREIGN KEY (request_id) REFERENCES public.rights_requests(id) ON DELETE CASCADE
  constraint rights_request_withdrawals_to_organisation_id_fkey FOREIGN KEY (to_organisation_id) REFERENCES public.organisations(id)
  CREATE INDEX rights_request_withdrawals_handed_by ON public.rights_request_withdrawals USING btree (handed_by)
  CREATE INDEX rights_request_withdrawals_recorded_by ON public.rights_request_withdrawals USING btree (recorded_by)
  CREATE INDEX rights_request_withdrawals_to ON public.rights_request_withdrawals USING btree (to_organisation_id)
  CREATE UNIQUE INDEX rights_request_withdrawals_pkey ON public.rights_request_withdrawals USING btree (request_id, handed_at)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (request_id IN ( SELECT r.id
   FROM public.rights_requests r)))
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.rights_requests owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  kind text not null
  whose text not null
  person text not null
  channel text not null
  received_on date not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  version integer not null default 1
  constraint rights_requests_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'letter'::text, 'on-site'::text, 'phone'::text])))
  constraint rights_requests_id_organisation_id_key UNIQUE (id, organisation_id)
  constraint rights_requests_kind_check CHECK ((kind = ANY (ARRAY['access'::text, 'rectification'::text, 'erasure'::text, 'restriction'::text, 'portability'::text, 'objection'::text])))
  constraint rights_requests_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rights_requests_person_check CHECK (((length(person) >= 1) AND (length(person) <= 160)))
  constraint rights_requests_pkey PRIMARY KEY (id)
  constraint rights_requests_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint rights_requests_version_check CHECK ((version > 0))
  constraint rights_requests_whose_check CHECK ((whose = ANY (ARRAY['user'::text, 'correspondent'::text, 'other'::text])))
  CREATE INDEX rights_requests_organisation ON public.rights_requests USING btree (organisation_id, received_on, id)
  CREATE INDEX rights_requests_recorded_by ON public.rights_requests USING btree (recorded_by)
  CREATE UNIQUE INDEX rights_requests_id_organisation_id_key ON public.rights_requests USING btree (id, organisation_id)
  CREATE UNIQUE INDEX rights_requests_pkey ON public.rights_requests USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.rights_requests FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy enter for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.holds_role('dpd'::text) AS holds_role) AND (recorded_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('dpd'::text) AS holds_role) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR (id IN ( SELECT h.request_id
   FROM public.rights_request_handovers h))))
  rights cc_definer=rwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.role_assignments owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  organisation_id uuid not null
  role text not null
  region_id integer
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone rights cc_definer=w/cc_owner
  assigned_by uuid
  reason text not null
  seen_at timestamp with time zone
  ended_by_deed uuid
  ended_by uuid
  end_reason text
  constraint role_assignments_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint role_assignments_assigned_by_fkey FOREIGN KEY (assigned_by) REFERENCES public.accounts(id)
  constraint role_assignments_check CHECK ((ends_at >= starts_at))
  constraint role_assignments_end_reason_check CHECK (((length(end_reason) >= 1) AND (length(end_reason) <= 300)))
  constraint role_assignments_ended_by_deed_fkey FOREIGN KEY (ended_by_deed) REFERENCES public.rgc_deeds(id)
  constraint role_assignments_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.accounts(id)
  constraint role_assignments_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint role_assignments_pkey PRIMARY KEY (id)
  constraint role_assignments_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint role_assignments_region CHECK (
CASE
    WHEN (role = 'direction-regionale'::text) THEN (region_id IS NOT NULL)
    WHEN (role = ANY (ARRAY['cssi'::text, 'signataire'::text])) THEN true
    ELSE (region_id IS NULL)
END)
  constraint role_assignments_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.territories(id)
  constraint role_assignments_role_check CHECK ((role = ANY (ARRAY['rgc'::text, 'signataire'::text, 'correspondant-si'::text, 'dpd'::text, 'rssi'::text, 'responsable-formation'::text, 'responsable-operationnel'::text, 'cssi'::text, 'direction-regionale'::text, 'support'::text, 'administrateur'::text])))
  CREATE INDEX role_assignments_account ON public.role_assignments USING btree (account_id)
  CREATE INDEX role_assignments_of_organisation ON public.role_assignments USING btree (organisation_id, starts_at DESC, id DESC)
  CREATE INDEX role_assignments_organisation ON public.role_assignments USING btree (organisation_id, role)
  CREATE UNIQUE INDEX role_assignments_pkey ON public.role_assignments USING btree (id)
  CREATE TRIGGER keep_officers BEFORE UPDATE OF ends_at ON public.role_assignments FOR EACH ROW WHEN (((CURRENT_USER <> 'cc_owner'::name) AND (new.role = ANY (ARRAY['cssi'::text, 'administrateur'::text])) AND (new.region_id IS NULL) AND (new.ends_at < COALESCE(old.ends_at, 'infinity'::timestamp with time zone)))) EXECUTE FUNCTION ctx.keep_officers()
  CREATE TRIGGER keep_to_one_side BEFORE INSERT OR UPDATE OF role, ends_at, account_id ON public.role_assignments FOR EACH ROW EXECUTE FUNCTION ctx.keep_to_one_side()
  CREATE TRIGGER officers_rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.role_assignments FOR EACH ROW EXECUTE FUNCTION ctx.officers_rights_changed('account_id')
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.role_assignments FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees) OR ( SELECT ctx.holds_role('direction-regionale'::text) AS holds_role)))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.saved_views owner cc_owner row security forced
  id uuid not null rights cc_worker=r/cc_owner
  owner_id uuid not null
  organisation_id uuid not null
  list text not null rights cc_worker=r/cc_owner
  campaign_id uuid rights cc_worker=r/cc_owner
  name text not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  address jsonb not null rights cc_web=w/cc_owner cc_worker=r/cc_owner
  shared_with text not null rights cc_web=w/cc_owner
  saved_at timestamp with time zone not null
  version integer not null default 1 rights cc_web=w/cc_owner cc_worker=r/cc_owner
  constraint saved_views_address_check CHECK ((jsonb_typeof(address) = 'object'::text))
  constraint saved_views_campaign CHECK (((list = 'targets'::text) = (campaign_id IS NOT NULL)))
  constraint saved_views_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint saved_views_list_check CHECK ((list = ANY (ARRAY['targets'::text, 'portfolio'::text, 'search'::text])))
  constraint saved_views_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
  constraint saved_views_once UNIQUE NULLS NOT DISTINCT (owner_id, list, campaign_id, name)
  constraint saved_views_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint saved_views_owner_id_organisation_id_fkey FOREIGN KEY (owner_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint saved_views_pkey PRIMARY KEY (id)
  constraint saved_views_shared CHECK (((shared_with <> 'campaign'::text) OR (campaign_id IS NOT NULL)))
  constraint saved_views_shared_with_check CHECK ((shared_with = ANY (ARRAY['nobody'::text, 'organisation'::text, 'campaign'::text])))
  CREATE INDEX saved_views_campaign_id ON public.saved_views USING btree (campaign_id)
  CREATE INDEX saved_views_organisation ON public.saved_views USING btree (organisation_id) WHERE (shared_with = 'organisation'::text)
  CREATE UNIQUE INDEX saved_views_once ON public.saved_views USING btree (owner_id, list, campaign_id, name) NULLS NOT DISTINCT
  CREATE UNIQUE INDEX saved_views_pkey ON public.saved_views USING btree (id)
  policy change for update to cc_web using (( SELECT ctx.ok() AS ok) AND (owner_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web, cc_worker using (( SELECT ctx.ok() AS ok) AND ((owner_id = ( SELECT ctx.account() AS account)) OR ((shared_with = 'organisation'::text) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ((shared_with = 'campaign'::text) AND (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns)))))
  policy remove for delete to cc_web using (( SELECT ctx.ok() AS ok) AND ((owner_id = ( SELECT ctx.account() AS account)) OR ((shared_with <> 'nobody'::text) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.leads_colleagues() AS leads_colleagues))))
  policy save for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (owner_id = ( SELECT ctx.account() AS account)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ((campaign_id IS NULL) OR (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.schema_migrations owner cc_owner
  name text not null
  sha256 text not null
  applied_at timestamp with time zone not null default now()
  constraint schema_migrations_pkey PRIMARY KEY (name)
  CREATE UNIQUE INDEX schema_migrations_pkey ON public.schema_migrations USING btree (name)
  rights cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=r/cc_owner

table public.schema_repeatables owner cc_owner
  position integer not null identity always
  sha256 text not null
  applied_at timestamp with time zone not null default now()
  statements jsonb not null
  functions text[] not null
  constraint schema_repeatables_pkey PRIMARY KEY ("position")
  constraint schema_repeatables_sha256_key UNIQUE (sha256)
  CREATE UNIQUE INDEX schema_repeatables_pkey ON public.schema_repeatables USING btree ("position")
  CREATE UNIQUE INDEX schema_repeatables_sha256_key ON public.schema_repeatables USING btree (sha256)
  rights cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=r/cc_owner

table public.search_lexicon owner cc_owner
  word text collate C not null
  sound text collate C not null
  establishments integer not null
  constraint search_lexicon_pkey PRIMARY KEY (word)
  CREATE INDEX search_lexicon_sound ON public.search_lexicon USING btree (sound)
  CREATE INDEX search_lexicon_trigrams ON public.search_lexicon USING gin (word extensions.gin_trgm_ops)
  CREATE UNIQUE INDEX search_lexicon_pkey ON public.search_lexicon USING btree (word)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=arwd/cc_owner

table public.second_factor_challenges owner cc_owner row security forced
  session_id uuid not null
  account_id uuid not null rights cc_web=w/cc_owner
  purpose text not null
  challenge text rights cc_web=w/cc_owner
  secret bytea rights cc_web=w/cc_owner
  created_at timestamp with time zone not null rights cc_web=w/cc_owner
  constraint second_factor_challenges_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint second_factor_challenges_pkey PRIMARY KEY (session_id, purpose)
  constraint second_factor_challenges_purpose_check CHECK ((purpose = ANY (ARRAY['totp-enrolment'::text, 'passkey-enrolment'::text, 'passkey-proof'::text])))
  constraint second_factor_challenges_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX second_factor_challenges_pkey ON public.second_factor_challenges USING btree (session_id, purpose)
  policy own for all to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account))) check (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.second_factor_failures owner cc_owner row security forced
  account_id uuid not null
  failures integer not null rights cc_web=w/cc_owner
  wait_until timestamp with time zone rights cc_web=w/cc_owner
  constraint second_factor_failures_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint second_factor_failures_failures_check CHECK ((failures >= 0))
  constraint second_factor_failures_pkey PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX second_factor_failures_pkey ON public.second_factor_failures USING btree (account_id)
  policy own for all to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account))) check (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.second_factors owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  kind text not null
  label text not null
  created_at timestamp with time zone not null
  last_used_at timestamp with time zone rights cc_web=w/cc_owner
  secret bytea
  last_step bigint rights cc_web=w/cc_owner
  credential_id text
  public_key bytea
  counter bigint rights cc_web=w/cc_owner
  transports text[] not null default '{}'::text[]
  constraint second_factors_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint second_factors_check CHECK (
CASE kind
    WHEN 'totp'::text THEN ((num_nonnulls(secret, last_step) = 2) AND (num_nonnulls(credential_id, public_key, counter) = 0))
    ELSE ((num_nonnulls(credential_id, public_key, counter) = 3) AND (secret IS NULL))
END)
  constraint second_factors_credential_id_key UNIQUE (credential_id)
  constraint second_factors_kind_check CHECK ((kind = ANY (ARRAY['totp'::text, 'passkey'::text])))
  constraint second_factors_label_check CHECK (((length(label) >= 1) AND (length(label) <= 60)))
  constraint second_factors_pkey PRIMARY KEY (id)
  CREATE INDEX second_factors_account ON public.second_factors USING btree (account_id)
  CREATE UNIQUE INDEX second_factors_credential_id_key ON public.second_factors USING btree (credential_id)
  CREATE UNIQUE INDEX second_factors_pkey ON public.second_factors USING btree (id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.second_factors FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  policy enrol for insert to cc_web check (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)) AND (( SELECT ctx.ok() AS ok) OR ((NOT ( SELECT ctx.has_second_factor() AS has_second_factor)) AND ( SELECT ctx.first_enrolment_open() AS first_enrolment_open))))
  policy own for select to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy remove for delete to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy used for update to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account))) check (account_id = ( SELECT ctx.account() AS account))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.security_assessments owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  assessed_on date not null
  outcome text not null
  reference text not null
  next_due_on date not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  constraint security_assessments_check CHECK (((next_due_on > assessed_on) AND (next_due_on <= (assessed_on + '1 year'::interval))))
  constraint security_assessments_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint security_assessments_outcome_check CHECK (((length(btrim(outcome)) >= 1) AND (length(btrim(outcome)) <= 500)))
  constraint security_assessments_pkey PRIMARY KEY (id)
  constraint security_assessments_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint security_assessments_reference_check CHECK (((length(btrim(reference)) >= 1) AND (length(btrim(reference)) <= 200)))
  CREATE INDEX security_assessments_organisation ON public.security_assessments USING btree (organisation_id, assessed_on DESC, recorded_at DESC)
  CREATE UNIQUE INDEX security_assessments_pkey ON public.security_assessments USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.security_assessments FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of)) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (organisation_id IN ( SELECT c.organisation_id
   FROM public.conventions c
  WHERE (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[])))) OR ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (( SELECT ctx.holds_role('rssi'::text) AS holds_role) OR ( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role) OR ( SELECT ctx.holds_role('responsable-operationnel'::text) AS holds_role)))))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))) AND (recorded_by = ( SELECT ctx.account() AS account)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.service_files owner cc_owner row security forced
  id integer not null identity always
  name text not null
  digest text not null
  begun_at timestamp with time zone not null default now()
  finished_at timestamp with time zone
  bytes bigint not null default 0
  line bigint not null default 0
  counts jsonb not null
  constraint service_files_digest_key UNIQUE (digest)
  constraint service_files_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX service_files_digest_key ON public.service_files USING btree (digest)
  CREATE UNIQUE INDEX service_files_pkey ON public.service_files USING btree (id)
  policy owner for all to cc_owner using true check true
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner

table public.service_rejects owner cc_owner row security forced
  file_id integer not null rights cc_definer=w/cc_owner
  line bigint not null
  reason text not null
  siret text not null
  constraint service_rejects_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.service_files(id) ON DELETE CASCADE
  constraint service_rejects_pkey PRIMARY KEY (file_id, line)
  constraint service_rejects_siret_check CHECK ((siret ~ '^(\d{14})?$'::text))
  CREATE UNIQUE INDEX service_rejects_pkey ON public.service_rejects USING btree (file_id, line)
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.sessions owner cc_owner row security forced
  id uuid not null rights cc_web=r/cc_owner
  token_hash bytea not null
  account_id uuid not null rights cc_web=r/cc_owner
  created_at timestamp with time zone not null rights cc_web=r/cc_owner
  last_seen_at timestamp with time zone not null rights cc_web=r/cc_owner
  ended_at timestamp with time zone rights cc_web=rw/cc_owner
  acr text rights cc_web=r/cc_owner
  amr text[] not null default '{}'::text[] rights cc_web=r/cc_owner
  second_factor text rights cc_web=r/cc_owner
  second_factor_at timestamp with time zone rights cc_web=r/cc_owner
  proven_at timestamp with time zone rights cc_web=r/cc_owner
  id_token text rights cc_web=rw/cc_owner
  device text not null default ''::text rights cc_web=r/cc_owner
  signed_in_by text not null default 'proconnect'::text rights cc_web=r/cc_owner
  proof text rights cc_web=r/cc_owner
  enrols_until timestamp with time zone rights cc_web=r/cc_owner
  constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint sessions_check CHECK (((second_factor IS NULL) = (second_factor_at IS NULL)))
  constraint sessions_pkey PRIMARY KEY (id)
  constraint sessions_proof_check CHECK ((proof = ANY (ARRAY['strong'::text, 'weak'::text])))
  constraint sessions_second_factor_check CHECK ((second_factor = ANY (ARRAY['proconnect'::text, 'totp'::text, 'passkey'::text, 'recovery-code'::text])))
  constraint sessions_signed_in_by_check CHECK ((signed_in_by = ANY (ARRAY['proconnect'::text, 'password'::text])))
  constraint sessions_token_hash_check CHECK ((length(token_hash) = 32))
  constraint sessions_token_hash_key UNIQUE (token_hash)
  CREATE INDEX sessions_account ON public.sessions USING btree (account_id) WHERE (ended_at IS NULL)
  CREATE INDEX sessions_identity_token ON public.sessions USING btree (created_at) WHERE (id_token IS NOT NULL)
  CREATE UNIQUE INDEX sessions_pkey ON public.sessions USING btree (id)
  CREATE UNIQUE INDEX sessions_token_hash_key ON public.sessions USING btree (token_hash)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE OF second_factor, account_id ON public.sessions FOR EACH ROW EXECUTE FUNCTION ctx.rights_changed('account_id')
  policy finish for update to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)) AND (ended_at IS NULL)) check ((account_id = ( SELECT ctx.account() AS account)) AND (ended_at IS NOT NULL))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)))
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.shared_addresses owner cc_owner row security forced
  id uuid not null
  first_id uuid not null
  former_id uuid not null
  asker_id uuid not null
  second_id uuid
  email text not null
  given_name text not null
  family_name text not null
  reason text not null
  asked_by uuid not null
  asked_at timestamp with time zone not null
  told_at timestamp with time zone
  settled_at timestamp with time zone
  settled_by uuid
  outcome text
  open_until timestamp with time zone
  answer_told_at timestamp with time zone
  ended_at timestamp with time zone
  constraint shared_addresses_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.accounts(id)
  constraint shared_addresses_asker_id_fkey FOREIGN KEY (asker_id) REFERENCES public.organisations(id)
  constraint shared_addresses_check CHECK ((told_at >= asked_at))
  constraint shared_addresses_check1 CHECK ((settled_at >= asked_at))
  constraint shared_addresses_check2 CHECK ((answer_told_at >= settled_at))
  constraint shared_addresses_check3 CHECK ((former_id <> asker_id))
  constraint shared_addresses_check4 CHECK (((second_id IS NULL) OR ((second_id <> first_id) AND (outcome = 'accepted'::text))))
  constraint shared_addresses_check5 CHECK (((settled_at IS NULL) = (outcome IS NULL)))
  constraint shared_addresses_check6 CHECK (((settled_by IS NULL) = ((outcome IS NULL) OR (outcome = ANY (ARRAY['lapsed'::text, 'freed'::text])))))
  constraint shared_addresses_check7 CHECK (((open_until IS NULL) = (outcome IS DISTINCT FROM 'accepted'::text)))
  constraint shared_addresses_check8 CHECK (((outcome IS DISTINCT FROM 'accepted'::text) OR (settled_by = first_id)))
  constraint shared_addresses_check9 CHECK (((ended_at IS NULL) OR (outcome = 'accepted'::text)))
  constraint shared_addresses_email_check CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 254))))
  constraint shared_addresses_family_name_check CHECK (((length(family_name) >= 1) AND (length(family_name) <= 100)))
  constraint shared_addresses_first_id_fkey FOREIGN KEY (first_id) REFERENCES public.accounts(id)
  constraint shared_addresses_former_id_fkey FOREIGN KEY (former_id) REFERENCES public.organisations(id)
  constraint shared_addresses_given_name_check CHECK (((length(given_name) >= 1) AND (length(given_name) <= 100)))
  constraint shared_addresses_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'refused'::text, 'withdrawn'::text, 'lapsed'::text, 'freed'::text])))
  constraint shared_addresses_pkey PRIMARY KEY (id)
  constraint shared_addresses_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint shared_addresses_second_id_fkey FOREIGN KEY (second_id) REFERENCES public.accounts(id)
  constraint shared_addresses_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.accounts(id)
  CREATE INDEX shared_addresses_former ON public.shared_addresses USING btree (former_id)
  CREATE UNIQUE INDEX shared_addresses_open ON public.shared_addresses USING btree (first_id) WHERE ((outcome = 'accepted'::text) AND (ended_at IS NULL))
  CREATE UNIQUE INDEX shared_addresses_pkey ON public.shared_addresses USING btree (id)
  CREATE UNIQUE INDEX shared_addresses_second ON public.shared_addresses USING btree (second_id) WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX shared_addresses_waiting ON public.shared_addresses USING btree (asker_id, first_id) WHERE (settled_at IS NULL)
  policy owner for all to cc_owner using true check true
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.sign_in_budgets owner cc_owner row security forced
  key bytea not null
  failures integer not null
  wait_until timestamp with time zone
  last_at timestamp with time zone
  constraint sign_in_budgets_failures_check CHECK ((failures >= 0))
  constraint sign_in_budgets_key_check CHECK ((length(key) = 32))
  constraint sign_in_budgets_pkey PRIMARY KEY (key)
  CREATE INDEX sign_in_budgets_age ON public.sign_in_budgets USING btree (last_at)
  CREATE UNIQUE INDEX sign_in_budgets_pkey ON public.sign_in_budgets USING btree (key)
  policy owner for all to cc_owner using true check true
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner

table public.sign_in_choices owner cc_owner row security forced
  token_hash bytea not null
  account_id uuid not null
  beside_id uuid not null
  way text not null
  vouched jsonb
  invitation_hash bytea
  return_to text not null
  created_at timestamp with time zone not null
  constraint sign_in_choices_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint sign_in_choices_beside_id_fkey FOREIGN KEY (beside_id) REFERENCES public.accounts(id)
  constraint sign_in_choices_check CHECK ((beside_id <> account_id))
  constraint sign_in_choices_check1 CHECK (((vouched IS NOT NULL) = (way = 'proconnect'::text)))
  constraint sign_in_choices_invitation_hash_check CHECK ((length(invitation_hash) = 32))
  constraint sign_in_choices_pkey PRIMARY KEY (token_hash)
  constraint sign_in_choices_return_to_check CHECK ((length(return_to) <= 500))
  constraint sign_in_choices_token_hash_check CHECK ((length(token_hash) = 32))
  constraint sign_in_choices_way_check CHECK ((way = ANY (ARRAY['proconnect'::text, 'password'::text])))
  CREATE INDEX sign_in_choices_age ON public.sign_in_choices USING btree (created_at)
  CREATE UNIQUE INDEX sign_in_choices_pkey ON public.sign_in_choices USING btree (token_hash)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.sign_in_transactions owner cc_owner row security forced
  id uuid not null
  state_hash bytea not null
  browser_hash bytea not null
  state text not null
  nonce text not null
  code_verifier text not null
  essential boolean not null
  return_to text not null
  session_id uuid
  created_at timestamp with time zone not null default now()
  constraint sign_in_transactions_browser_hash_check CHECK ((length(browser_hash) = 32))
  constraint sign_in_transactions_pkey PRIMARY KEY (id)
  constraint sign_in_transactions_return_to_check CHECK ((length(return_to) <= 500))
  constraint sign_in_transactions_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE
  constraint sign_in_transactions_state_hash_check CHECK ((length(state_hash) = 32))
  constraint sign_in_transactions_state_hash_key UNIQUE (state_hash)
  CREATE INDEX sign_in_transactions_age ON public.sign_in_transactions USING btree (created_at)
  CREATE UNIQUE INDEX sign_in_transactions_pkey ON public.sign_in_transactions USING btree (id)
  CREATE UNIQUE INDEX sign_in_transactions_state_hash_key ON public.sign_in_transactions USING btree (state_hash)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.signature_deputies owner cc_owner row security forced
  deputy_id uuid not null
  version integer not null
  convention_id uuid not null
  party text not null
  organisation_id uuid
  region_id integer
  name text not null
  account_id uuid
  capacity text not null
  act text not null
  act_on date not null
  granted_by text not null
  local_authority boolean not null default false
  prefecture_on date
  published_on date
  from_on date not null
  until_on date
  reason text not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  constraint signature_deputies_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint signature_deputies_act_check CHECK (((length(act) >= 1) AND (length(act) <= 300)))
  constraint signature_deputies_capacity_check CHECK (((length(capacity) >= 1) AND (length(capacity) <= 200)))
  constraint signature_deputies_check CHECK (((party = 'partenaire'::text) = (organisation_id IS NOT NULL)))
  constraint signature_deputies_check1 CHECK (((party = 'operateur'::text) = (region_id IS NOT NULL)))
  constraint signature_deputies_check2 CHECK ((local_authority OR (num_nonnulls(prefecture_on, published_on) = 0)))
  constraint signature_deputies_check3 CHECK (((act_on <= from_on) AND (from_on <= until_on)))
  constraint signature_deputies_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint signature_deputies_granted_by_check CHECK (((length(granted_by) >= 1) AND (length(granted_by) <= 200)))
  constraint signature_deputies_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint signature_deputies_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint signature_deputies_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint signature_deputies_pkey PRIMARY KEY (deputy_id, version)
  constraint signature_deputies_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint signature_deputies_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint signature_deputies_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.territories(id)
  constraint signature_deputies_version_check CHECK ((version > 0))
  CREATE INDEX signature_deputies_of_partner ON public.signature_deputies USING btree (organisation_id) WHERE (organisation_id IS NOT NULL)
  CREATE INDEX signature_deputies_of_region ON public.signature_deputies USING btree (region_id) WHERE (region_id IS NOT NULL)
  CREATE UNIQUE INDEX signature_deputies_pkey ON public.signature_deputies USING btree (deputy_id, version)
  CREATE TRIGGER deputy_follows BEFORE INSERT ON public.signature_deputies FOR EACH ROW EXECUTE FUNCTION ctx.deputy_follows()
  CREATE TRIGGER written_now BEFORE INSERT ON public.signature_deputies FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id IN ( SELECT c.organisation_id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR ( SELECT ctx.is_staff() AS is_staff)))) OR (region_id IN ( SELECT c.region_id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR ( SELECT ctx.is_staff() AS is_staff))))))
  policy settle for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((signature_deputies.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((signature_deputies.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.acts_in() AS acts_in)::integer[]))))))) AND ((account_id IS NULL) OR (EXISTS ( SELECT
   FROM ctx.own_signers(signature_deputies.convention_id) o(party, account_id, name, job, email)
  WHERE ((o.party = signature_deputies.party) AND (o.account_id = signature_deputies.account_id) AND (o.name = signature_deputies.name)))) OR (EXISTS ( SELECT
   FROM ctx.deputies_of(signature_deputies.convention_id, signature_deputies.party) d(deputy_id, version, convention_id, party, organisation_id, region_id, name, account_id, capacity, act, act_on, granted_by, local_authority, prefecture_on, published_on, from_on, until_on, reason, recorded_by, recorded_at)
  WHERE ((d.deputy_id = signature_deputies.deputy_id) AND ((d.account_id = signature_deputies.account_id) AND (d.name = signature_deputies.name)))))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.solicitation_budgets owner cc_owner row security forced
  clpe_id integer not null
  version integer not null
  per_month integer not null
  set_at timestamp with time zone not null
  set_by uuid not null
  set_organisation uuid not null
  constraint solicitation_budgets_clpe_id_fkey FOREIGN KEY (clpe_id) REFERENCES public.task_forces(clpe_id)
  constraint solicitation_budgets_per_month_check CHECK (((per_month >= 1) AND (per_month <= 31)))
  constraint solicitation_budgets_pkey PRIMARY KEY (clpe_id, version)
  constraint solicitation_budgets_set_by_set_organisation_fkey FOREIGN KEY (set_by, set_organisation) REFERENCES public.accounts(id, organisation_id)
  constraint solicitation_budgets_version_check CHECK ((version > 0))
  CREATE UNIQUE INDEX solicitation_budgets_pkey ON public.solicitation_budgets USING btree (clpe_id, version)
  CREATE TRIGGER written_now BEFORE INSERT ON public.solicitation_budgets FOR EACH ROW EXECUTE FUNCTION ctx.written_now('set_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (clpe_id IN ( SELECT ctx.visible_task_forces() AS visible_task_forces))
  policy set_budget for insert to cc_web check ((clpe_id IN ( SELECT ctx.piloted_task_forces() AS piloted_task_forces)) AND (set_by = ( SELECT ctx.account() AS account)) AND (set_organisation = ( SELECT ctx.organisation() AS organisation)))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.supplied_anomalies owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  kind text not null
  whose text not null
  evidence text not null
  found_on date not null
  recorded_at timestamp with time zone not null
  recorded_by uuid not null
  corrected_at timestamp with time zone rights cc_web=w/cc_owner
  corrected_by uuid rights cc_web=w/cc_owner
  correction text rights cc_web=w/cc_owner
  constraint supplied_anomalies_check CHECK ((corrected_at >= recorded_at))
  constraint supplied_anomalies_check1 CHECK ((num_nonnulls(corrected_at, corrected_by, correction) = ANY (ARRAY[0, 3])))
  constraint supplied_anomalies_corrected_by_fkey FOREIGN KEY (corrected_by) REFERENCES public.accounts(id)
  constraint supplied_anomalies_correction_check CHECK (((length(correction) >= 1) AND (length(correction) <= 500)))
  constraint supplied_anomalies_evidence_check CHECK (((length(evidence) >= 1) AND (length(evidence) <= 1000)))
  constraint supplied_anomalies_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 80)))
  constraint supplied_anomalies_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint supplied_anomalies_pkey PRIMARY KEY (id)
  constraint supplied_anomalies_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint supplied_anomalies_whose_check CHECK (((length(whose) >= 1) AND (length(whose) <= 200)))
  CREATE INDEX supplied_anomalies_corrected ON public.supplied_anomalies USING btree (organisation_id, corrected_at, id) WHERE (corrected_at IS NOT NULL)
  CREATE INDEX supplied_anomalies_open ON public.supplied_anomalies USING btree (organisation_id, found_on, id) WHERE (corrected_at IS NULL)
  CREATE UNIQUE INDEX supplied_anomalies_pkey ON public.supplied_anomalies USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT OR UPDATE OF corrected_at ON public.supplied_anomalies FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at', 'corrected_at')
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (corrected_at IS NULL)) check (( SELECT ctx.ok() AS ok) AND (corrected_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (organisation_id IN ( SELECT ctx.officer_of() AS officer_of))) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (corrected_at IS NULL))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.survey_refusals owner cc_owner row security forced
  digest bytea not null
  key_number integer not null
  refused_at timestamp with time zone not null
  constraint survey_refusals_digest_check CHECK ((length(digest) = 32))
  constraint survey_refusals_key_number_check CHECK (((key_number >= 1) AND (key_number <= 65535)))
  constraint survey_refusals_pkey PRIMARY KEY (digest)
  CREATE UNIQUE INDEX survey_refusals_pkey ON public.survey_refusals USING btree (digest)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.target_assignments owner cc_owner row security forced
  id bigint not null identity always
  sharing_id uuid statistics 0
  campaign_id uuid not null statistics 0
  siret bigint not null
  at timestamp with time zone rights cc_definer=w/cc_owner
  by_id uuid
  from_assigned uuid
  from_organisation uuid
  from_account uuid
  from_taken_at timestamp with time zone
  to_organisation uuid
  to_account uuid
  status text not null
  contacts integer not null
  undone boolean not null default false rights cc_definer=w/cc_owner
  reason text
  constraint target_assignments_at CHECK (((sharing_id IS NOT NULL) OR (at IS NOT NULL)))
  constraint target_assignments_check1 CHECK (((sharing_id IS NULL) = (by_id IS NOT NULL)))
  constraint target_assignments_pkey PRIMARY KEY (id)
  constraint target_assignments_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint target_assignments_sharing_id_fkey FOREIGN KEY (sharing_id) REFERENCES public.target_sharings(id) ON DELETE CASCADE
  CREATE INDEX target_assignments_sharing ON public.target_assignments USING btree (sharing_id, siret) WHERE (sharing_id IS NOT NULL)
  CREATE INDEX target_assignments_target ON public.target_assignments USING btree (campaign_id, siret)
  CREATE UNIQUE INDEX target_assignments_pkey ON public.target_assignments USING btree (id)
  policy forget for delete to cc_web using (sharing_id IN ( SELECT s.id
   FROM public.target_sharings s
  WHERE ((s.done_at IS NULL) AND ((s.campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((s.within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (s.campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)))))))
  policy owner for all to cc_owner using true check true
  policy plan for insert to cc_web check (((sharing_id IS NOT NULL) AND ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)) AND (to_organisation = ( SELECT ctx.organisation() AS organisation)) AND (COALESCE(from_assigned, from_organisation, to_organisation) = ( SELECT ctx.organisation() AS organisation))))) OR ((sharing_id IS NULL) AND (by_id = ( SELECT ctx.account() AS account)) AND (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns)) AND ((COALESCE(to_organisation, from_organisation) = ( SELECT ctx.organisation() AS organisation)) OR ((to_organisation IS NULL) AND (to_account IS NULL) AND (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))))))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.target_recalls owner cc_owner row security forced
  campaign_id uuid not null rights cc_definer=w/cc_owner
  siret bigint not null
  holder_id uuid not null
  idle_since date not null
  step text not null
  told_on date not null
  constraint target_recalls_pkey PRIMARY KEY (campaign_id, siret, holder_id, idle_since, step)
  constraint target_recalls_step_check CHECK ((step = ANY (ARRAY['owner'::text, 'lead'::text, 'pilot'::text])))
  CREATE INDEX target_recalls_age ON public.target_recalls USING btree (told_on)
  CREATE UNIQUE INDEX target_recalls_pkey ON public.target_recalls USING btree (campaign_id, siret, holder_id, idle_since, step)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.target_sharings owner cc_owner row security forced
  id uuid not null
  campaign_id uuid not null
  by_id uuid not null
  within_organisation uuid
  how text not null
  reason text rights cc_web=w/cc_owner
  simulated_at timestamp with time zone not null
  planned integer not null rights cc_web=w/cc_owner
  done_at timestamp with time zone
  moved integer
  undone_at timestamp with time zone
  undone_by uuid
  restored integer
  constraint target_sharings_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.accounts(id)
  constraint target_sharings_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint target_sharings_check CHECK (((moved >= 0) AND (moved <= planned)))
  constraint target_sharings_check1 CHECK (((restored >= 0) AND (restored <= moved)))
  constraint target_sharings_check2 CHECK ((num_nulls(done_at, moved) = ANY (ARRAY[0, 2])))
  constraint target_sharings_check3 CHECK ((num_nulls(undone_at, undone_by, restored) = ANY (ARRAY[0, 3])))
  constraint target_sharings_check4 CHECK (((undone_at IS NULL) OR (done_at IS NOT NULL)))
  constraint target_sharings_how_check CHECK ((how = ANY (ARRAY['main'::text, 'charge'::text, 'zone'::text, 'activite'::text, 'referent'::text])))
  constraint target_sharings_of_campaign UNIQUE (id, campaign_id)
  constraint target_sharings_pkey PRIMARY KEY (id)
  constraint target_sharings_planned_check CHECK ((planned >= 0))
  constraint target_sharings_reason_check CHECK ((length(reason) <= 300))
  constraint target_sharings_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES public.accounts(id)
  constraint target_sharings_within_organisation_fkey FOREIGN KEY (within_organisation) REFERENCES public.organisations(id)
  CREATE INDEX target_sharings_campaign ON public.target_sharings USING btree (campaign_id, done_at DESC, id DESC)
  CREATE UNIQUE INDEX target_sharings_of_campaign ON public.target_sharings USING btree (id, campaign_id)
  CREATE UNIQUE INDEX target_sharings_pkey ON public.target_sharings USING btree (id)
  policy forget for delete to cc_web using ((done_at IS NULL) AND ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  policy settle for update to cc_web using ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)))) check ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns))))
  policy share_out for insert to cc_web check ((by_id = ( SELECT ctx.account() AS account)) AND ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)))))
  rights cc_definer=rw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.target_turns owner cc_owner row security forced
  id bigint not null identity always
  campaign_id uuid not null
  siret bigint not null
  at timestamp with time zone not null
  turn text not null
  by_organisation uuid
  constraint target_turns_by_organisation_fkey FOREIGN KEY (by_organisation) REFERENCES public.organisations(id)
  constraint target_turns_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint target_turns_pkey PRIMARY KEY (id)
  constraint target_turns_turn_check CHECK ((turn = ANY (ARRAY['set-aside'::text, 'put-back'::text, 'closed'::text, 'reopened'::text])))
  CREATE INDEX target_turns_target ON public.target_turns USING btree (campaign_id, siret)
  CREATE UNIQUE INDEX target_turns_pkey ON public.target_turns USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=a/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.task_force_handovers owner cc_owner row security forced
  clpe_id integer not null
  version integer not null
  at timestamp with time zone not null
  kind text not null
  former_id uuid not null
  pilot_id uuid not null
  by_account uuid
  by_organisation uuid
  constraint task_force_handovers_by CHECK ((((by_account IS NULL) = (kind = 'entrusted'::text)) AND ((by_organisation IS NULL) = (by_account IS NULL))))
  constraint task_force_handovers_by_account_by_organisation_fkey FOREIGN KEY (by_account, by_organisation) REFERENCES public.accounts(id, organisation_id)
  constraint task_force_handovers_clpe_id_fkey FOREIGN KEY (clpe_id) REFERENCES public.task_forces(clpe_id) ON DELETE CASCADE
  constraint task_force_handovers_former_id_fkey FOREIGN KEY (former_id) REFERENCES public.organisations(id)
  constraint task_force_handovers_kind_check CHECK ((kind = ANY (ARRAY['handed-over'::text, 'taken-over'::text, 'entrusted'::text])))
  constraint task_force_handovers_passed CHECK ((pilot_id <> former_id))
  constraint task_force_handovers_pilot_id_fkey FOREIGN KEY (pilot_id) REFERENCES public.organisations(id)
  constraint task_force_handovers_pkey PRIMARY KEY (clpe_id, version)
  constraint task_force_handovers_version_check CHECK ((version > 1))
  CREATE UNIQUE INDEX task_force_handovers_pkey ON public.task_force_handovers USING btree (clpe_id, version)
  policy owner for all to cc_owner using true check true
  policy pilot_hands for insert to cc_web check ((kind = 'handed-over'::text) AND (former_id = ( SELECT ctx.organisation() AS organisation)) AND (by_account = ( SELECT ctx.account() AS account)) AND (by_organisation = ( SELECT ctx.organisation() AS organisation)) AND (clpe_id IN ( SELECT ctx.piloted_task_forces() AS piloted_task_forces)))
  policy read for select to cc_web using (clpe_id IN ( SELECT ctx.visible_task_forces() AS visible_task_forces))
  rights cc_definer=a/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.task_force_members owner cc_owner row security forced
  clpe_id integer not null
  organisation_id uuid not null
  constraint task_force_members_clpe_id_fkey FOREIGN KEY (clpe_id) REFERENCES public.task_forces(clpe_id) ON DELETE CASCADE
  constraint task_force_members_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint task_force_members_pkey PRIMARY KEY (clpe_id, organisation_id)
  CREATE INDEX task_force_members_organisation ON public.task_force_members USING btree (organisation_id)
  CREATE UNIQUE INDEX task_force_members_pkey ON public.task_force_members USING btree (clpe_id, organisation_id)
  policy add for insert to cc_web check (clpe_id IN ( SELECT ctx.piloted_task_forces() AS piloted_task_forces))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (clpe_id IN ( SELECT ctx.visible_task_forces() AS visible_task_forces))
  policy remove for delete to cc_web using (clpe_id IN ( SELECT ctx.piloted_task_forces() AS piloted_task_forces))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.task_forces owner cc_owner row security forced
  clpe_id integer not null
  pilot_id uuid not null rights cc_definer=w/cc_owner cc_web=w/cc_owner
  sensitive_sectors text[] not null default '{}'::text[] rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_definer=w/cc_owner cc_web=w/cc_owner
  constraint task_forces_clpe_id_check CHECK (((clpe_id >= 10001) AND (clpe_id <= 99999999)))
  constraint task_forces_clpe_id_fkey FOREIGN KEY (clpe_id) REFERENCES public.territories(id)
  constraint task_forces_pilot_id_fkey FOREIGN KEY (pilot_id) REFERENCES public.organisations(id)
  constraint task_forces_pkey PRIMARY KEY (clpe_id)
  constraint task_forces_sensitive_sectors_check CHECK ((array_position(sensitive_sectors, NULL::text) IS NULL))
  CREATE UNIQUE INDEX task_forces_pkey ON public.task_forces USING btree (clpe_id)
  policy edit for update to cc_web using (clpe_id IN ( SELECT ctx.piloted_task_forces() AS piloted_task_forces)) check (clpe_id IN ( SELECT ctx.piloted_task_forces() AS piloted_task_forces))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (clpe_id IN ( SELECT ctx.visible_task_forces() AS visible_task_forces))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.territories owner cc_owner
  id integer not null
  kind text not null
  code text not null
  name text not null
  alias text
  nature text
  parent_id integer
  current boolean not null default true
  constraint territories_alias_check CHECK ((alias <> ''::text))
  constraint territories_check CHECK (
CASE kind
    WHEN 'national'::text THEN (id = 0)
    WHEN 'region'::text THEN ((id >= 1001) AND (id <= 1999))
    WHEN 'departement'::text THEN ((id >= 2001) AND (id <= 2999))
    WHEN 'clpe'::text THEN ((id >= 10001) AND (id <= 99999999))
    ELSE (id >= 100000000)
END)
  constraint territories_kind_check CHECK ((kind = ANY (ARRAY['national'::text, 'region'::text, 'departement'::text, 'clpe'::text, 'epci'::text])))
  constraint territories_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.territories(id)
  constraint territories_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX territories_code ON public.territories USING btree (kind, code) WHERE current
  CREATE UNIQUE INDEX territories_pkey ON public.territories USING btree (id)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.territory_contents owner cc_owner
  inner_id integer not null
  outer_id integer not null
  constraint territory_contents_inner_id_fkey FOREIGN KEY (inner_id) REFERENCES public.territories(id) ON DELETE CASCADE
  constraint territory_contents_outer_id_fkey FOREIGN KEY (outer_id) REFERENCES public.territories(id) ON DELETE CASCADE
  constraint territory_contents_pkey PRIMARY KEY (inner_id, outer_id)
  CREATE UNIQUE INDEX territory_contents_pkey ON public.territory_contents USING btree (inner_id, outer_id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.territory_contents FOR EACH STATEMENT EXECUTE FUNCTION ctx.everyones_rights_changed()
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.territory_editions owner cc_owner
  kind text not null
  edition text not null
  published_on date not null
  in_force_from date not null
  imported_at timestamp with time zone not null default now()
  constraint territory_editions_kind_check CHECK ((kind = ANY (ARRAY['cog'::text, 'clpe'::text])))
  constraint territory_editions_pkey PRIMARY KEY (kind, edition)
  CREATE UNIQUE INDEX territory_editions_pkey ON public.territory_editions USING btree (kind, edition)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.territory_overlaps owner cc_owner
  territory_id integer not null
  other_id integer not null
  constraint territory_overlaps_other_id_fkey FOREIGN KEY (other_id) REFERENCES public.territories(id) ON DELETE CASCADE
  constraint territory_overlaps_pkey PRIMARY KEY (territory_id, other_id)
  constraint territory_overlaps_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX territory_overlaps_pkey ON public.territory_overlaps USING btree (territory_id, other_id)
  CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR UPDATE ON public.territory_overlaps FOR EACH STATEMENT EXECUTE FUNCTION ctx.everyones_rights_changed()
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=r/cc_owner

table public.third_parties owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  kind text not null
  name text not null rights cc_web=w/cc_owner
  siret bigint rights cc_web=w/cc_owner
  capacity text not null rights cc_web=w/cc_owner
  starts_on date not null rights cc_web=w/cc_owner
  ends_on date rights cc_web=w/cc_owner
  evidence text not null rights cc_web=w/cc_owner
  evidence_on date not null rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  constraint third_parties_capacity_check CHECK ((capacity = ANY (ARRAY['processor'::text, 'joint-controller'::text])))
  constraint third_parties_check CHECK ((ends_on >= starts_on))
  constraint third_parties_evidence_check CHECK (((length(evidence) >= 1) AND (length(evidence) <= 500)))
  constraint third_parties_id_organisation_id_key UNIQUE (id, organisation_id)
  constraint third_parties_kind_check CHECK ((kind = ANY (ARRAY['delegate'::text, 'contractor'::text])))
  constraint third_parties_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint third_parties_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint third_parties_pkey PRIMARY KEY (id)
  constraint third_parties_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint third_parties_siret_check CHECK (((siret >= 1) AND (siret <= '99999999999999'::bigint)))
  CREATE UNIQUE INDEX third_parties_id_organisation_id_key ON public.third_parties USING btree (id, organisation_id)
  CREATE UNIQUE INDEX third_parties_name ON public.third_parties USING btree (organisation_id, lower(name))
  CREATE UNIQUE INDEX third_parties_pkey ON public.third_parties USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.third_parties FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy declare for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (recorded_by = ( SELECT ctx.account() AS account)))
  policy keep for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees)))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.told_at_the_door owner cc_owner row security forced
  day date not null
  identity bytea not null
  constraint told_at_the_door_identity_check CHECK ((length(identity) = 32))
  constraint told_at_the_door_pkey PRIMARY KEY (day, identity)
  CREATE UNIQUE INDEX told_at_the_door_pkey ON public.told_at_the_door USING btree (day, identity)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.tool_states owner cc_owner row security forced
  id uuid not null
  tool text not null
  state text not null
  message text not null
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  constraint tool_states_message_check CHECK ((length(message) <= 500))
  constraint tool_states_pkey PRIMARY KEY (id)
  constraint tool_states_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint tool_states_state_check CHECK ((state = ANY (ARRAY['disponible'::text, 'perturbe'::text, 'indisponible'::text, 'maintenance'::text])))
  constraint tool_states_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  CREATE INDEX tool_states_latest ON public.tool_states USING btree (tool, recorded_at DESC)
  CREATE UNIQUE INDEX tool_states_pkey ON public.tool_states USING btree (id)
  CREATE TRIGGER written_now BEFORE INSERT ON public.tool_states FOR EACH ROW EXECUTE FUNCTION ctx.written_now('recorded_at')
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('administrateur'::text) AS holds_role) OR ( SELECT ctx.holds_role('support'::text) AS holds_role)) AND (recorded_by = ( SELECT ctx.account() AS account)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.trail_checkpoints owner cc_owner row security forced
  size bigint not null
  note text not null
  caught_up boolean not null
  at timestamp with time zone not null default clock_timestamp()
  constraint trail_checkpoints_note_check CHECK ((length(note) < 2000))
  constraint trail_checkpoints_pkey PRIMARY KEY (size)
  constraint trail_checkpoints_size_check CHECK ((size > 0))
  CREATE UNIQUE INDEX trail_checkpoints_pkey ON public.trail_checkpoints USING btree (size)
  CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.trail_checkpoints FOR EACH ROW EXECUTE FUNCTION public.audit_refuse_change()
  CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.trail_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse_change()
  policy owner_reads for select to cc_owner using true
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.trail_head owner cc_owner row security forced
  one boolean not null default true
  size bigint not null
  peaks bytea not null
  cursor_xid xid8 not null
  cursor_id uuid not null
  cluster text not null
  constraint trail_head_one_check CHECK (one)
  constraint trail_head_pkey PRIMARY KEY (one)
  CREATE UNIQUE INDEX trail_head_pkey ON public.trail_head USING btree (one)
  policy owner_reads for select to cc_owner using true
  rights cc_definer=rw/cc_owner cc_owner=arwdDxtm/cc_owner

table public.trail_leaves owner cc_owner row security forced
  position bigint not null
  entry_id uuid not null
  leaf bytea not null
  constraint trail_leaves_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.audit_entries(id)
  constraint trail_leaves_entry_id_key UNIQUE (entry_id)
  constraint trail_leaves_leaf_check CHECK ((length(leaf) = 32))
  constraint trail_leaves_pkey PRIMARY KEY ("position")
  constraint trail_leaves_position_check CHECK (("position" >= 0))
  CREATE UNIQUE INDEX trail_leaves_entry_id_key ON public.trail_leaves USING btree (entry_id)
  CREATE UNIQUE INDEX trail_leaves_pkey ON public.trail_leaves USING btree ("position")
  CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.trail_leaves FOR EACH ROW EXECUTE FUNCTION public.audit_refuse_change()
  CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.trail_leaves FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse_change()
  policy owner_reads for select to cc_owner using true
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.trail_nodes owner cc_owner row security forced
  level smallint not null
  index bigint not null
  hash bytea not null
  constraint trail_nodes_hash_check CHECK ((length(hash) = 32))
  constraint trail_nodes_index_check CHECK ((index >= 0))
  constraint trail_nodes_level_check CHECK (((level > 0) AND (((level)::integer % 8) = 0)))
  constraint trail_nodes_pkey PRIMARY KEY (level, index)
  CREATE UNIQUE INDEX trail_nodes_pkey ON public.trail_nodes USING btree (level, index)
  CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.trail_nodes FOR EACH ROW EXECUTE FUNCTION public.audit_refuse_change()
  CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.trail_nodes FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse_change()
  policy owner_reads for select to cc_owner using true
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table public.trail_witnesses owner cc_owner row security forced
  name text not null
  size bigint not null
  at timestamp with time zone not null default clock_timestamp()
  constraint trail_witnesses_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255)))
  constraint trail_witnesses_pkey PRIMARY KEY (name)
  constraint trail_witnesses_size_check CHECK ((size > 0))
  CREATE UNIQUE INDEX trail_witnesses_pkey ON public.trail_witnesses USING btree (name)
  policy owner_reads for select to cc_owner using true
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner

table public.upload_pieces owner cc_owner row security forced
  upload_id uuid not null
  position integer not null
  bytes bytea not null storage e
  constraint upload_pieces_bytes_check CHECK (((length(bytes) >= 1) AND (length(bytes) <= 524288)))
  constraint upload_pieces_pkey PRIMARY KEY (upload_id, "position")
  constraint upload_pieces_position_check CHECK ((("position" >= 0) AND ("position" <= 39)))
  constraint upload_pieces_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES public.uploads(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX upload_pieces_pkey ON public.upload_pieces USING btree (upload_id, "position")
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (upload_id IN ( SELECT u.id
   FROM public.uploads u
  WHERE (u.by_id = ( SELECT ctx.account() AS account)))))
  policy send for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (upload_id IN ( SELECT u.id
   FROM public.uploads u
  WHERE ((u.by_id = ( SELECT ctx.account() AS account)) AND (u.checked_at IS NULL)))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.uploads owner cc_owner row security forced
  id uuid not null rights cc_definer=w/cc_owner
  by_id uuid not null
  name text not null
  size integer not null
  begun_at timestamp with time zone not null
  checked_at timestamp with time zone rights cc_web=w/cc_owner
  media_type text rights cc_web=w/cc_owner
  sha256 bytea rights cc_web=w/cc_owner
  scanned boolean rights cc_web=w/cc_owner
  constraint uploads_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.accounts(id)
  constraint uploads_check CHECK ((num_nonnulls(checked_at, media_type, sha256, scanned) = ANY (ARRAY[0, 4])))
  constraint uploads_media_type_check CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'image/png'::text, 'image/jpeg'::text])))
  constraint uploads_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint uploads_pkey PRIMARY KEY (id)
  constraint uploads_sha256_check CHECK ((length(sha256) = 32))
  constraint uploads_size_check CHECK (((size >= 1) AND (size <= 20971520)))
  CREATE INDEX uploads_begun ON public.uploads USING btree (begun_at)
  CREATE INDEX uploads_by ON public.uploads USING btree (by_id, begun_at DESC)
  CREATE UNIQUE INDEX uploads_pkey ON public.uploads USING btree (id)
  policy begin for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)) AND ( SELECT ctx.sends_files() AS sends_files) AND (checked_at IS NULL))
  policy check_once for update to cc_web using (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)) AND (checked_at IS NULL)) check (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)))
  policy drop_own for delete to cc_web using (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (by_id = ( SELECT ctx.account() AS account)))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.usage_days owner cc_owner row security forced
  account_id uuid not null
  organisation_id uuid not null
  tool text not null
  kind text not null
  day date not null
  count integer not null
  perimeter integer[] not null
  constraint usage_days_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint usage_days_count_check CHECK ((count > 0))
  constraint usage_days_kind_check CHECK ((kind = ANY (ARRAY['sessions'::text, 'fiches-consultees'::text, 'recherches'::text, 'campagnes-consultees'::text, 'echanges-enregistres'::text])))
  constraint usage_days_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint usage_days_pkey PRIMARY KEY (account_id, tool, kind, day)
  constraint usage_days_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  CREATE INDEX usage_days_day ON public.usage_days USING btree (day)
  CREATE INDEX usage_days_organisation ON public.usage_days USING btree (organisation_id, day)
  CREATE UNIQUE INDEX usage_days_pkey ON public.usage_days USING btree (account_id, tool, kind, day)
  CREATE TRIGGER months_delete AFTER DELETE ON public.usage_days REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.add_up_usage()
  CREATE TRIGGER months_insert AFTER INSERT ON public.usage_days REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.add_up_usage()
  CREATE TRIGGER months_update AFTER UPDATE ON public.usage_days REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.add_up_usage()
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ctx."national"(( SELECT ctx.campagnes() AS campagnes))))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.usage_months owner cc_owner row security forced
  organisation_id uuid not null
  month date not null
  account_id uuid not null
  tool text not null
  kind text not null
  count bigint not null
  constraint usage_months_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint usage_months_count_check CHECK ((count >= 0))
  constraint usage_months_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  constraint usage_months_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint usage_months_pkey PRIMARY KEY (organisation_id, month, account_id, tool, kind)
  CREATE UNIQUE INDEX usage_months_pkey ON public.usage_months USING btree (organisation_id, month, account_id, tool, kind)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ctx."national"(( SELECT ctx.campagnes() AS campagnes))))
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.usage_sessions owner cc_owner row security forced
  session_id uuid not null
  tool text not null
  day date not null
  constraint usage_sessions_pkey PRIMARY KEY (session_id, tool, day)
  CREATE INDEX usage_sessions_day ON public.usage_sessions USING btree (day)
  CREATE UNIQUE INDEX usage_sessions_pkey ON public.usage_sessions USING btree (session_id, tool, day)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.use_places owner cc_owner row security forced
  account_id uuid not null
  at timestamp with time zone not null
  latitude smallint not null
  longitude smallint not null
  constraint use_places_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint use_places_latitude_check CHECK (((latitude >= '-900'::integer) AND (latitude <= 900)))
  constraint use_places_longitude_check CHECK (((longitude >= '-1800'::integer) AND (longitude <= 1800)))
  CREATE INDEX use_places_account ON public.use_places USING btree (account_id, at)
  CREATE INDEX use_places_at ON public.use_places USING btree (at)
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table public.view_pins owner cc_owner row security forced
  account_id uuid not null
  view_id uuid not null
  pinned_at timestamp with time zone not null
  constraint view_pins_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint view_pins_pkey PRIMARY KEY (account_id, view_id)
  constraint view_pins_view_id_fkey FOREIGN KEY (view_id) REFERENCES public.saved_views(id) ON DELETE CASCADE
  CREATE INDEX view_pins_view ON public.view_pins USING btree (view_id)
  CREATE UNIQUE INDEX view_pins_pkey ON public.view_pins USING btree (account_id, view_id)
  policy own for select to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy pin for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)) AND (view_id IN ( SELECT saved_views.id
   FROM public.saved_views)))
  policy unpin for delete to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.view_watches owner cc_owner row security forced
  id uuid not null
  account_id uuid not null
  view_id uuid
  name text not null
  way text not null
  watched_at timestamp with time zone not null
  view_version integer not null
  seen bigint[] not null
  read_at timestamp with time zone not null
  tried_at timestamp with time zone not null
  news bigint[] not null default '{}'::bigint[]
  news_count integer not null default 0
  news_at timestamp with time zone
  stopped_at timestamp with time zone
  stopped_for text
  constraint view_watches_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint view_watches_check CHECK (((stopped_at IS NULL) = (stopped_for IS NULL)))
  constraint view_watches_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
  constraint view_watches_news_check CHECK ((cardinality(news) <= 50))
  constraint view_watches_once UNIQUE (account_id, view_id)
  constraint view_watches_pkey PRIMARY KEY (id)
  constraint view_watches_seen_check CHECK ((cardinality(seen) <= 1000))
  constraint view_watches_stopped_for_check CHECK ((stopped_for = ANY (ARRAY['removed'::text, 'out-of-reach'::text, 'too-many'::text])))
  constraint view_watches_view_id_fkey FOREIGN KEY (view_id) REFERENCES public.saved_views(id) ON DELETE SET NULL
  CREATE INDEX view_watches_due ON public.view_watches USING btree (tried_at) WHERE (stopped_at IS NULL)
  CREATE INDEX view_watches_view ON public.view_watches USING btree (view_id)
  CREATE UNIQUE INDEX view_watches_once ON public.view_watches USING btree (account_id, view_id)
  CREATE UNIQUE INDEX view_watches_pkey ON public.view_watches USING btree (id)
  policy own for select to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy stop for delete to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  rights cc_definer=arwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=rd/cc_owner

table public.worker_heartbeats owner cc_owner
  worker_id text not null
  at timestamp with time zone not null
  constraint worker_heartbeats_pkey PRIMARY KEY (worker_id)
  CREATE UNIQUE INDEX worker_heartbeats_pkey ON public.worker_heartbeats USING btree (worker_id)
  rights cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=arwd/cc_owner

table secret.context_key owner cc_owner
  key bytea not null
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner

table secret.former_tokens owner cc_owner
  token_hash bytea not null
  session_id uuid not null
  constraint former_tokens_pkey PRIMARY KEY (token_hash)
  constraint former_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE
  constraint former_tokens_token_hash_check CHECK ((length(token_hash) = 32))
  CREATE INDEX former_tokens_session ON secret.former_tokens USING btree (session_id)
  CREATE UNIQUE INDEX former_tokens_pkey ON secret.former_tokens USING btree (token_hash)
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner

table secret.rights_changes owner cc_owner unlogged
  scope uuid not null
  by_transaction xid8 not null
  at timestamp with time zone not null default clock_timestamp()
  constraint rights_changes_pkey PRIMARY KEY (scope, by_transaction)
  CREATE UNIQUE INDEX rights_changes_pkey ON secret.rights_changes USING btree (scope, by_transaction)
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

table secret.stored_rights owner cc_owner unlogged
  account_id uuid not null
  way text not null
  made_at timestamp with time zone not null
  until timestamp with time zone not null
  made_from pg_snapshot not null
  server_started timestamp with time zone not null
  scopes uuid[] not null
  granted jsonb not null
  withheld jsonb not null
  roles jsonb not null
  refused text[] not null
  fiche integer[] not null
  fiche_conseiller integer[] not null
  campagnes integer[] not null
  conseiller integer[] not null
  pilote integer[] not null
  role_names text[] not null
  regions integer[] not null
  categories text[] not null
  constraint stored_rights_pkey PRIMARY KEY (account_id, way)
  CREATE UNIQUE INDEX stored_rights_pkey ON secret.stored_rights USING btree (account_id, way)
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner

function ctx."national"(integer[]) returns boolean language sql immutable parallel safe owner cc_owner rights default
function ctx.accepted(uuid,text,text,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.access_at(uuid,timestamp with time zone) returns TABLE(account_id uuid, status text, grant_id uuid, missing text[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.access_facts(uuid[],uuid[]) returns TABLE(account_id uuid, organisation_id uuid, function text, function_since timestamp with time zone, active_since timestamp with time zone, contract_ends_on date, last_act_at timestamp with time zone, lifted_at timestamp with time zone, has_role boolean, rights_ended_at timestamp with time zone, created_at timestamp with time zone, grant_id uuid, tool text, profile text, granted_at timestamp with time zone, starts_on date, last_used_on date, corrected jsonb, beyond_since timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.access_lines(uuid[],uuid[]) returns TABLE(account_id uuid, organisation_id uuid, function text, function_since timestamp with time zone, active_since timestamp with time zone, contract_ends_on date, last_act_at timestamp with time zone, lifted_at timestamp with time zone, has_role boolean, rights_ended_at timestamp with time zone, created_at timestamp with time zone, grant_id uuid, tool text, profile text, granted_at timestamp with time zone, starts_on date, last_used_on date, corrected jsonb, beyond_since timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.account() returns uuid language sql stable owner cc_owner rights =X/cc_owner cc_owner=X/cc_owner cc_sign_in=X/cc_owner
function ctx.account_named(uuid,uuid,text,text,text) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.accounts_by_name(text,uuid,integer) returns TABLE(id uuid, given_name text, family_name text, function text, email text, status text, organisation jsonb, manages boolean) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.accounts_to_judge(uuid,integer) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.act(bytea) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.act_exceptionally(uuid,uuid,text,uuid,text,text,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.acted_on(text) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.actionable_needs(uuid[],text) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.actions_to_take_back(uuid[]) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.acts_for_operator() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.acts_for_partner() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.acts_in() returns integer[] language sql stable owner cc_owner rights default
function ctx.address_shared_with(text,uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.addresses_taken(text[]) returns TABLE(email text, account_id uuid) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.adds_within_region() returns trigger language plpgsql owner cc_owner rights default
function ctx.adoptable_task_forces() returns SETOF integer language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.advisors_at(uuid,integer,integer,integer,integer,date) returns TABLE(account_id uuid, leads boolean) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.annex_in_force(timestamp with time zone) returns uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.annexes_complete() returns trigger language plpgsql owner cc_owner rights default
function ctx.annexes_to_announce(integer) returns TABLE(id uuid, number integer, note text, in_force_from timestamp with time zone, opened text[], withdrawn text[], categories_opened text[], categories_closed text[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.announce_annex(uuid,uuid,text,text,text) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.announce_closings(timestamp with time zone,integer) returns TABLE(campaign_id uuid, campaign_name text, ends_on date, closes_on date, account_id uuid) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.announce_progress() returns trigger language plpgsql set search_path="" owner cc_owner rights default
function ctx.anomaly_facts(uuid[],uuid[]) returns TABLE(id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamp with time zone, last_used_on date, opened_at timestamp with time zone, outcome jsonb) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.anomaly_rows(uuid[],uuid[]) returns TABLE(id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamp with time zone, last_used_on date, opened_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.another_keeps(text,uuid,boolean,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.answerable_shares() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.answers_there(uuid,integer[],integer[],integer,integer,integer,integer) returns boolean language sql stable owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner
function ctx.apply_register_move(jsonb,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.are_beside(uuid,uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.ask_address_change(uuid,uuid,text,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.ask_address_release(uuid,text,text,text,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.ask_link(uuid,text,text,uuid,uuid,text,text,text,bigint,text,text) returns void language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.ask_satisfaction(uuid,uuid,bytea,bytea,integer,bytea[],integer,integer) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.ask_second_for_account() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.ask_second_for_grant() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.ask_second_for_opener() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.ask_shared_address(uuid,text,text,text,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.await_holds() returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.awareness_to_remind() returns TABLE(account_id uuid, due_on date, late boolean, first boolean) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.away_until(uuid) returns date language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.begun_without_rgc(timestamp with time zone) returns TABLE(organisation_id uuid, name text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.beside(bigint,uuid,daterange,date,date) returns TABLE(against_id uuid, organisation_id uuid, on_date date) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.block_suspect(uuid,text,timestamp with time zone) returns TABLE(block_id uuid, organisation_id uuid, cuts text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.box_key(bytea) returns integer language sql immutable parallel safe owner cc_owner rights default
function ctx.bulk_deed(text,boolean) returns text language sql immutable set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner
function ctx.bulk_works_left(timestamp with time zone) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.campagnes() returns integer[] language sql stable owner cc_owner rights default
function ctx.campaign_pilots(uuid,uuid,date) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.campaign_progress(uuid,text,date,date) returns TABLE(groups jsonb, firsts jsonb, results jsonb, advisors jsonb, late integer, needs jsonb) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.cancel_departure(uuid,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.categories_only_at(timestamp with time zone,timestamp with time zone,text[]) returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.ceiling(uuid,timestamp with time zone) returns integer[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.check_campaign_life() returns trigger language plpgsql set search_path="" owner cc_owner rights default
function ctx.check_holds() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.check_stored_rights() returns TABLE(compared integer, different integer) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.check_target_work() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.choice_begin(bytea,uuid[],text,jsonb,bytea,text) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.choice_structures(bytea) returns TABLE(id uuid, name text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.choice_take(bytea,uuid) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.choose_password(bytea,bytea,text) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.clock() returns timestamp with time zone language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.clocks_apart() returns interval language sql immutable owner cc_owner rights default
function ctx.close_agency(uuid,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.close_ended_campaigns(timestamp with time zone) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.completes_signer() returns trigger language plpgsql owner cc_owner rights default
function ctx.conditions_due() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.confirmable() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.confirmable_addresses() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.conflicts_of(uuid,bigint[],date) returns TABLE(siret bigint, kind text) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.conseiller() returns integer[] language sql stable owner cc_owner rights default
function ctx.contacted_targets(uuid,bigint[]) returns TABLE(siret bigint, first_on date, reached boolean, meeting boolean, need boolean) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.contacts_stand(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.contest_address_release(uuid,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.contestable_releases() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.contract_over(public.accounts,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.contract_past(public.accounts,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.convention_over(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.corrected_by_another() returns trigger language plpgsql owner cc_owner rights default
function ctx.correction_days() returns integer language sql immutable owner cc_owner rights default
function ctx.corrects(text,uuid,jsonb,timestamp with time zone) returns boolean language sql stable owner cc_owner rights default
function ctx.count_mails_given_up() returns integer language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.count_purged(text,text,text,uuid[],uuid[]) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.count_releases_waiting() returns integer language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.counted_campaigns() returns TABLE(id uuid, purpose text, territory_id integer, opened_on date, closed_on date, days datemultirange, everywhere boolean, member boolean, own datemultirange) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.counted_surveys() returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.covers(integer[],integer,integer,integer,integer) returns boolean language sql immutable parallel safe owner cc_owner rights default
function ctx.date_function() returns trigger language plpgsql set search_path="" owner cc_owner rights cc_owner=X/cc_owner
function ctx.days_corrected() returns trigger language plpgsql owner cc_owner rights default
function ctx.decidable_accounts() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.decide_link(uuid,uuid,boolean) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.deed_in_force(public.rgc_deeds,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.deed_rights_changed() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.deeds_naming_me() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.deeds_naming_me_alone() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.delivery_of(uuid,text) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.departed_behind(text) returns TABLE(account_id uuid, organisation_id uuid, organisation_name text, name text, function text, left_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.departments_of(integer[]) returns integer[] language sql stable parallel safe set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function ctx.departures_come(timestamp with time zone) returns SETOF public.rgc_events language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.departures_shown() returns TABLE(account_id uuid, roles text[], last_day date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.departures_waiting(timestamp with time zone) returns TABLE(account_id uuid, organisation_id uuid, event_id uuid, departure_id uuid, roles text[], last_day date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.deputies_of(uuid,text) returns SETOF public.signature_deputies language sql stable owner cc_owner rights default
function ctx.deputy_follows() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.deputy_holds(uuid,uuid,text,text,timestamp with time zone) returns boolean language sql stable owner cc_owner rights default
function ctx.digest_key(text) returns integer language sql immutable parallel safe owner cc_owner rights default
function ctx.digests_due(timestamp with time zone,timestamp with time zone,uuid,integer) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.directory(text[],uuid,text,integer,text,uuid,integer) returns TABLE(account_id uuid, sort_key text, civility text, agency jsonb, away_until date, holds jsonb) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.directory_card(uuid) returns TABLE(account_id uuid, civility text, agency jsonb, away_until date, holds jsonb, email text, phone text, phone_hidden boolean) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.do_actions_part(public.bulk_works,integer,timestamp with time zone) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.do_bulk_part(uuid,integer,timestamp with time zone) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.drop_hiring_month(integer) returns date language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.drop_past_due_lines(date) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.drop_sent_draft() returns trigger language plpgsql set search_path="" owner cc_owner rights default
function ctx.due_actions(timestamp with time zone,uuid,integer) returns TABLE(account_id uuid, due_today integer, late integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.effective_grants(uuid,date) returns TABLE(tool text, profile text, territory_id integer, reason text, starts_on date, ends_on date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.effective_grants(uuid,timestamp with time zone) returns TABLE(tool text, profile text, territory_id integer, reason text, starts_on date, ends_on date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.effective_roles(uuid,timestamp with time zone) returns TABLE(role text, region_id integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.employers_of(public.accounts,bigint) returns bigint[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.end_account(uuid,text,text,uuid) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.end_blocked_sessions() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.end_departed() returns TABLE(account_id uuid, email text, last_day date) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.end_departures_to_come() returns TABLE(account_id uuid, email text, last_day date) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.end_lapsed_grants() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.end_pairs(uuid) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.end_part(public.bulk_works,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.end_partner_role(uuid,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.end_password_sessions(uuid) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.end_role(uuid,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.end_sessions_of(uuid) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.endable_partner_roles() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.endable_roles() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.ended_untold(timestamp with time zone) returns TABLE(convention_id uuid, organisation_id uuid, region_id integer, number text, name text, ended_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.enter(bytea) returns jsonb language plpgsql security definer set search_path="", plan_cache_mode=force_generic_plan owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer cc_web=X/cc_definer
function ctx.enter_bulk_work(uuid) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.enter_calendar(uuid,bytea) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.enter_departure(uuid,uuid,date,text,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.enter_watch(uuid) returns text[] language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.enters_deeds_of(uuid) returns boolean language sql stable owner cc_owner rights default
function ctx.everyones() returns uuid language sql immutable parallel safe owner cc_owner rights default
function ctx.everyones_rights_changed() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.fiche() returns integer[] language sql stable owner cc_owner rights default
function ctx.fiche_conseiller() returns integer[] language sql stable owner cc_owner rights default
function ctx.fiche_responsable() returns integer[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.figures_read(date) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.figures_scope() returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.files_open() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.find_identity(text,text,text,text,bytea) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.find_password(text) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.finishable_actions(uuid[]) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.first_enrolment_open() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.first_link_certain(uuid,text,bytea) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.first_of(uuid) returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.first_people(boolean,integer) returns TABLE(id uuid, name text, organisation_id uuid, organisation_name text, first text[], waiting boolean, came boolean) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.follows_another(uuid,bigint) returns boolean language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.follows_refusal(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.forget_comments() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.forget_handings() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.forget_hiring_rejects() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.forget_identity_tokens() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.forget_places(timestamp with time zone) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.forget_service_rejects() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.free_address_releases() returns TABLE(id uuid, asked_by uuid) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.freeze_figures(date,uuid,integer) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.freeze_review(uuid) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.freezes_on(date) returns date language sql immutable parallel safe set search_path="" owner cc_owner rights default
function ctx.gates_shut(integer,timestamp with time zone) returns TABLE(organisation_id uuid, name text, missing text[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.give_many_back(public.bulk_works,bigint[]) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.give_partner_role(uuid,uuid,text,timestamp with time zone,timestamp with time zone,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.give_role(uuid,uuid,text,integer,timestamp with time zone,timestamp with time zone,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.given_by_hand(text) returns boolean language sql immutable set search_path="" owner cc_owner rights default
function ctx.goes_beyond(integer,integer,integer,integer,integer) returns boolean language sql immutable owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner
function ctx.grant_last_used(uuid) returns date language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.grants_acted_on() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.grants_of(uuid[],timestamp with time zone) returns TABLE(account_id uuid, grant_id uuid, tool text, profile text, territory_id integer, agency_id uuid, reason text, starts_on date, ends_on date, missing text[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.handed_elsewhere(public.bulk_works,uuid[],timestamp with time zone) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.has_second_factor() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.held_grants(uuid,timestamp with time zone) returns TABLE(grant_id uuid, tool text, profile text, territory_id integer, agency_id uuid, reason text, starts_on date, ends_on date, missing text[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.held_in_directory(uuid,text,integer[]) returns TABLE(holds jsonb, fits boolean) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.held_on(daterange,uuid,date) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.held_over(daterange,uuid,daterange,date) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.held_until(daterange,uuid,date) returns date language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.helps_first(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.hold_departed() returns TABLE(account_id uuid, organisation_id uuid, roles text[], last_day date, declared boolean) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.hold_solicitations(bigint[]) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.hold_watcher(uuid) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.holds_a_grant() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.holds_role(text) returns boolean language sql stable owner cc_owner rights default
function ctx.holds_something() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.idle_needs(date,integer) returns TABLE(need_id uuid, holder_id uuid, organisation_id uuid, follower_id uuid, pilot_id uuid, place integer[], idle_since date) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.idle_targets(date,integer,integer,integer) returns TABLE(campaign_id uuid, siret bigint, holder_id uuid, organisation_id uuid, idle_since date, owner_days integer, lead_days integer, pilot_days integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.in_force(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.inactive_at(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.inactive_days(uuid[]) returns TABLE(account_id uuid, day date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.inactivity_from(uuid) returns timestamp with time zone language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.inactivity_from(uuid,timestamp with time zone) returns timestamp with time zone language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.invitation_open(bytea) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.invite(uuid,uuid,bytea) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.irreplaceable_roles(uuid,boolean,timestamp with time zone) returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.is_convention_of(uuid,uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.is_held(text,uuid,uuid) returns boolean language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.is_now(timestamp with time zone) returns boolean language sql stable owner cc_owner rights default
function ctx.is_operators(text) returns boolean language sql immutable set search_path="" owner cc_owner rights default
function ctx.is_staff() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.is_wide(integer[]) returns boolean language sql stable parallel safe set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function ctx.judges_access(uuid[]) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_account_state() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_agency_open() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_an_officer() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_anomalies(jsonb,jsonb) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.keep_coordinations(uuid[]) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_holders_narrow() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_managers_permanent() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_officers() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_one_person() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_reached_sets(integer) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.keep_reading(uuid,text,integer,bigint[],bigint[],timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.keep_rights(secret.stored_rights) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_to_one_side() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keeps_correspondent(uuid) returns boolean language plpgsql stable set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function ctx.keeps_linked(uuid) returns boolean language plpgsql stable set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function ctx.keeps_office(uuid,boolean) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.kept_by_lines(public.bulk_works,bigint[],uuid[],date) returns TABLE(siret bigint, next_action_id uuid, on_day date, was_on date) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keys_in_use() returns TABLE(key integer, boxes bigint, passwords bigint) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.known() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer cc_web=X/cc_definer
function ctx.knows_address(text) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.lapse_action_proposals(timestamp with time zone) returns TABLE(proposal uuid, by_id uuid, receiver text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.lapse_calendar_feeds() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.lapsed_at(uuid,timestamp with time zone) returns timestamp with time zone language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.last_annex_effect() returns timestamp with time zone language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.last_hiring_month() returns date language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.last_officer(public.role_assignments,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.lay_first_identity() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.lay_own_territory() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.lay_signers() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.lay_sirets() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.leads() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.leads(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.leads_colleagues() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.leavers_to_remind(integer) returns TABLE(account_id uuid, cause text, leaves_on date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.led_campaigns() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.left_without_manager(uuid,timestamp with time zone) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.lies_within(integer,integer[]) returns boolean language sql stable parallel safe owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function ctx.lift_inactivity(uuid,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.lines_beyond(public.bulk_works,bigint[],uuid[],date,boolean) returns TABLE(siret bigint, next_action_id uuid, on_day date, per_month integer, month integer, week integer, month_after integer, week_after integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.lines_weighed(public.bulk_works,bigint[],uuid[],date) returns TABLE(siret bigint, next_action_id uuid, on_day date, was_on date, per_month integer, month integer, week integer, month_more integer, week_more integer, several boolean) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.link_identity(text,text,uuid,text,bytea,bigint) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.link_merged() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.links_to_tell() returns TABLE(account_id uuid, organisation_id uuid, manages boolean, first text[], managed boolean, reason text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.lock_departments(uuid,bigint[]) returns void language plpgsql set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function ctx.lock_own_budget() returns TABLE(failures integer, wait_until timestamp with time zone, last_at timestamp with time zone) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.lock_sign_in_budgets(bytea[]) returns TABLE(key bytea, failures integer, wait_until timestamp with time zone, last_at timestamp with time zone) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.mail_structure(uuid) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.mailboxes_taken(text[]) returns TABLE(email text, account_id uuid) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.make_enrolment_code(uuid,bytea,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.make_password_link(uuid,uuid,bytea,timestamp with time zone,bytea) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.managers() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.managers_beside(uuid) returns integer language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.managers_in_effect() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.mark_anomalies(uuid,jsonb) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.may_help(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.may_open_file(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.met_kept() returns trigger language plpgsql owner cc_owner rights default
function ctx.missing_contacts(uuid,integer,timestamp with time zone) returns TABLE(party text, role text) language sql stable owner cc_owner rights default
function ctx.month_of_silence(date) returns timestamp with time zone language sql immutable set search_path="" owner cc_owner rights default
function ctx.months_to_freeze() returns SETOF date language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.name_words(text) returns text language sql immutable owner cc_owner rights default
function ctx.named_signer(uuid,uuid,text) returns TABLE(name text, account_id uuid) language sql stable owner cc_owner rights default
function ctx.named_still(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.needs_shown() returns uuid[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.needs_to_ask_about(integer,integer,integer) returns TABLE(need_id uuid, organisation text, noted_on date, correspondent_id uuid, address text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.new_id() returns uuid language sql set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.next_to_tell(integer) returns TABLE(announcement_id uuid, kind text, subject text, text text, path text, about_kind text, about_id uuid, announced_by uuid, convention_id uuid, organisation_id uuid, region_id integer) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.not_shared(public.bulk_works,bigint[],date) returns TABLE(siret bigint, because text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.note_bulk_actions(public.bulk_works,text,text[],uuid[],timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.note_bulk_part(public.bulk_works,text,bigint[],timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.note_empty_roles(uuid,jsonb,timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.note_inactivity() returns TABLE(account_id uuid, organisation_id uuid, due_on date, step text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.note_need_recalls(timestamp with time zone,integer,integer,integer) returns TABLE(step text, account_id uuid, needs integer, idle_since date) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.note_once(text,text,uuid,uuid,text,interval,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.note_opener() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.note_openings(uuid,text,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.note_purge(text,text,text,uuid[],uuid[]) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.note_recalls(timestamp with time zone,integer,integer,integer) returns TABLE(step text, account_id uuid, campaign_id uuid, campaign_name text, targets integer, idle_since date) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.note_satisfaction(uuid,text,jsonb,timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.note_sharing_part(public.bulk_works,text,integer,timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.note_sharing_undone(public.bulk_works,timestamp with time zone) returns void language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.note_structure_reading(uuid,text,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.of_current_convention(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.of_former_convention(uuid,timestamp with time zone,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.of_operator() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.officer_for(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.officer_of() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.officers() returns uuid language sql immutable parallel safe owner cc_owner rights default
function ctx.officers_one_at_a_time(uuid) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.officers_rights_changed() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.ok() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.open_anomalies(uuid[],uuid[]) returns TABLE(id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamp with time zone, last_used_on date, opened_at timestamp with time zone, outcome jsonb) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.open_categories(timestamp with time zone) returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.open_first_enrolment() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.open_own_enrolment(uuid,bytea) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.open_password_session(uuid,bytea,uuid,text,bytea) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.open_rows(uuid[],uuid[]) returns TABLE(id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamp with time zone, last_used_on date, opened_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.open_session(uuid,bytea,uuid,text,text[],text,text,timestamp with time zone,text,text,bytea) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.opened_campaign(uuid) returns TABLE(id uuid, name text, pilot text, starts_on date, ends_on date) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.opening_recipients(uuid,uuid,uuid,uuid,integer,date) returns TABLE(account_id uuid, leads boolean) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.openings_to_watch(timestamp with time zone) returns TABLE(account_id uuid, organisation_id uuid, opened integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.opens(text) returns boolean language sql stable owner cc_owner rights default
function ctx.organisation() returns uuid language sql stable owner cc_owner rights default
function ctx.other_sirets(uuid,timestamp with time zone) returns jsonb language sql stable owner cc_owner rights default
function ctx.overseers(uuid[],timestamp with time zone) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.oversees() returns boolean language sql stable owner cc_owner rights default
function ctx.oversees(uuid) returns boolean language sql stable owner cc_owner rights default
function ctx.own_agencies() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.own_budget_key() returns bytea language sql stable set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.own_ceiling() returns integer[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.own_first_enrolment() returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.own_grants() returns TABLE(tool text, profile text, territory_id integer, reason text, starts_on date, ends_on date, missing text[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.own_rgc_missing() returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.own_signers(uuid) returns TABLE(party text, account_id uuid, name text, job text, email text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.pair_address() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.paris_day(timestamp with time zone) returns date language sql immutable parallel safe owner cc_owner rights default
function ctx.part_addresses() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.partner_duties(timestamp with time zone) returns TABLE(organisation_id uuid, has_rgc boolean, rgc_certified boolean, has_territories boolean, awareness_due integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.partner_role_takers() returns TABLE(id uuid, role text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.partner_roles_given() returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.pass(text) returns void language plpgsql stable set search_path="" owner cc_owner rights default
function ctx.pass_watcher(uuid,timestamp with time zone) returns void language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.password_allowed(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.password_anywhere() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.password_link(bytea) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.passwords_to_tell() returns SETOF uuid language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.people_whose_links_wait() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.perimeter_within(integer,uuid,integer[]) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.permanent_staff(public.accounts) returns boolean language sql immutable set search_path="" owner cc_owner rights default
function ctx.person_in_need(uuid) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.person_ref(uuid) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.person_to_help(uuid) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.pilote() returns integer[] language sql stable owner cc_owner rights default
function ctx.piloted_campaigns() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.piloted_task_forces() returns SETOF integer language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.pilots_at(uuid,integer[],date) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.places_to_watch(timestamp with time zone,timestamp with time zone) returns TABLE(account_id uuid, at timestamp with time zone, latitude integer, longitude integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.prepared_partners() returns uuid[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.proposes_deeds() returns boolean language sql stable owner cc_owner rights default
function ctx.prove_session(bytea,text,timestamp with time zone,bytea) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.pseudonym(uuid) returns text language sql immutable parallel safe owner cc_owner rights default
function ctx.purge_absences() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_action_proposals() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_address_changes() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_address_releases() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_bulk_works() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_departed() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_drafts() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_employer_files() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_expired() returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_imports() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_inactivity_notices() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_legal_holds() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_mails() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_notifications() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_recalls(timestamp with time zone) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_rights_requests() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_satisfaction(integer,integer) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_shared_addresses() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_sign_in() returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_trail_details(integer,integer) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_uploads() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_view_watches(timestamp with time zone) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.put_many_back(uuid,bigint[],jsonb[]) returns bigint[] language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.queue_mail_job() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rank(text) returns integer language sql immutable parallel safe owner cc_owner rights default
function ctx.reach_of(uuid,date) returns TABLE(conseiller integer[], fiche integer[]) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.readdress_records(uuid,bigint,bigint) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.reads_conventions() returns boolean language sql stable owner cc_owner rights default
function ctx.reads_hirings(bigint) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.reads_links_in_place(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.reads_own_file() returns boolean language sql stable owner cc_owner rights default
function ctx.receives_papers_of(uuid) returns boolean language sql stable owner cc_owner rights default
function ctx.recipients_of(uuid,integer,timestamp with time zone) returns TABLE(party text, role text, account_id uuid, address text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.record_act(uuid) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.record_departure(uuid,text,text) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.records_at(integer,integer,integer,integer) returns boolean language sql stable set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner
function ctx.recount_moved(uuid[],bigint[]) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.recrutement() returns integer[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.refusable_addresses() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.refuse_long_campaign() returns trigger language plpgsql set search_path="" owner cc_owner rights cc_owner=X/cc_owner
function ctx.refused_audiences(uuid,text,timestamp with time zone) returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.region_of(uuid,timestamp with time zone) returns integer language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.regions() returns integer[] language sql stable owner cc_owner rights default
function ctx.register_candidates() returns SETOF bigint language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.register_targets(jsonb,date) returns TABLE(siret bigint, campaign_id uuid, campaign_status text, status text, shared boolean, held boolean, within boolean, successor_status text, held_by text, successor_objects boolean) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.releasable_releases() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.release_heard(public.address_releases,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.release_many(public.bulk_works,bigint[],timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.releases_shown() returns TABLE(id uuid, side text, email text, account_id uuid, former_id uuid, asker_id uuid, asked_by_id uuid, person jsonb, function text, former jsonb, asker jsonb, asked_for text, reason text, asked_by jsonb, asked_at timestamp with time zone, told_at timestamp with time zone, contested_at timestamp with time zone, contest_reason text, other_managers integer, settled_at timestamp with time zone, outcome text, settle_reason text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.releases_to_tell() returns TABLE(id uuid, account_id uuid, former_id uuid) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.remove_filed_exchange(uuid,uuid) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.remove_filed_note(uuid,uuid) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.remove_filed_person(uuid,uuid[]) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.remove_filed_values(uuid,uuid[]) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.renew_password_hash(uuid,text,text) returns void language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.renewable(timestamp with time zone) returns TABLE(convention_id uuid, organisation_id uuid, region_id integer, number text, name text, term_on date, since timestamp with time zone, told_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.reopen_agency(uuid) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.report_purge(text,text,text,uuid,bigint,bigint) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.report_purges(text,text,text,uuid[],uuid[]) returns bigint language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.reset_second_factors(uuid,bytea,timestamp with time zone) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.responsable() returns integer[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.restore_account(uuid) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.review_due(uuid,timestamp with time zone) returns date language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.review_reminders(timestamp with time zone) returns TABLE(organisation_id uuid, organisation_name text, due_on date, kind text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.reviews_due() returns TABLE(organisation_id uuid, due_on date, last_closed_at timestamp with time zone, open_review uuid, started_at timestamp with time zone, undecided integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.rgc_deed_obstacle(uuid) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rgc_event_reminders(timestamp with time zone) returns TABLE(account_id uuid, organisation_id uuid, kind text, declare_by date, step text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.rgc_in_place(uuid,timestamp with time zone) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rgc_missing(uuid,timestamp with time zone) returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rgc_obstacle(uuid,uuid,text,text,date) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rgc_undeclared(uuid,timestamp with time zone) returns TABLE(id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date, noted_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rgc_unseen(uuid,timestamp with time zone) returns TABLE(account_id uuid, organisation_id uuid, since date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rights_changed() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rights_handover_in_turn() returns trigger language plpgsql owner cc_owner rights default
function ctx.rights_hold(secret.stored_rights,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rights_step_in_turn() returns trigger language plpgsql owner cc_owner rights default
function ctx.rights_until(uuid,uuid,timestamp with time zone) returns timestamp with time zone language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.role_regions(text) returns integer[] language sql stable owner cc_owner rights default
function ctx.role_sleeps(public.role_assignments,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_owner=X/cc_definer
function ctx.role_sleeps_from(public.role_assignments) returns timestamp with time zone language sql stable set search_path="" owner cc_owner rights default
function ctx.role_takers() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.roles() returns text[] language sql stable owner cc_owner rights default
function ctx.ruled_audiences(uuid,timestamp with time zone) returns TABLE(audience text, directive uuid) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.say_departed(uuid,uuid,jsonb) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.scope_digest(uuid,integer[],integer[],integer[]) returns text language sql immutable set search_path="" owner cc_owner rights default
function ctx.seal() returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.security_officers() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_owner=X/cc_definer cc_web=X/cc_definer
function ctx.security_officers_at(timestamp with time zone) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.seen_by_another(uuid,uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.sends_files() returns boolean language sql stable owner cc_owner rights default
function ctx.session_of(text) returns uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.set_context(text,uuid,uuid,integer[],integer[],integer[],integer[],integer[],text[],integer[],text[]) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.set_many_aside(uuid,bigint[],text[]) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.set_own_budget(integer,timestamp with time zone,timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.set_sign_in_budget(bytea,integer,timestamp with time zone,timestamp with time zone) returns void language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.settle_address_change(uuid,text,text,uuid) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.settle_address_release(uuid,text,text,uuid) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.settle_cancelled_annex(uuid) returns TABLE(restored integer, ended integer) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.settle_confirmation(uuid,text,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.settle_mail(uuid,text,text) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.settle_shared_address(uuid,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.settle_withdrawn_tools() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.settleable_need_proposals(uuid[],text) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.settleable_proposals(uuid[],text) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.settleable_releases() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.share_answers_to_tell() returns TABLE(id uuid, first_id uuid, former_id uuid, asked_by uuid, outcome text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.share_many(public.bulk_works,bigint[],timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.shares_shown() returns TABLE(id uuid, side text, email text, person jsonb, asked_for text, reason text, asker jsonb, former jsonb, asked_at timestamp with time zone, settled_at timestamp with time zone, outcome text, open_until timestamp with time zone, opened boolean, ended_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.shares_to_tell() returns TABLE(id uuid, first_id uuid) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.shares_within(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.sign_in_begin(uuid,bytea,bytea,text,text,text,boolean,text,uuid) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.sign_in_status(public.accounts) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.sign_in_status_now(uuid) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.sign_in_take(bytea) returns jsonb language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.sign_in_way(text,text,text) returns text language sql immutable parallel safe owner cc_owner rights default
function ctx.signatory_alone(uuid,uuid[],timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.signed_by_both(uuid) returns boolean language sql stable owner cc_owner rights default
function ctx.signers_of(uuid,text,timestamp with time zone) returns TABLE(account_id uuid, name text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.signs_as(uuid,uuid,text,text,text) returns boolean language sql stable owner cc_owner rights default
function ctx.signs_for(uuid,uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.sleeping_roles() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.sole_roles(uuid,timestamp with time zone) returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.standing_register_moves(timestamp with time zone) returns TABLE(id uuid, siret bigint, successor bigint) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.stands_in(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.stands_on_deed(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.still_administers() returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.still_gives(text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.still_managers() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.stop_bulk_work(uuid,text,timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.stop_watch(uuid,text,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.structure_is_managed() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.structure_uses_to_watch(timestamp with time zone,timestamp with time zone) returns TABLE(organisation_id uuid, people integer, persons_per_day integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.structures_of(uuid[]) returns uuid[] language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.summed_perimeter() returns integer[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.survey_state(public.need_surveys,timestamp with time zone) returns text language sql stable set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.take_digest(uuid,timestamp with time zone,timestamp with time zone,timestamp with time zone) returns TABLE(id uuid, kind text, subject text, at timestamp with time zone) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.takes_back(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.task_force_left(integer) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.task_force_pilots(integer,uuid,date) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.tell_bulk_work(uuid) returns TABLE(account_id uuid, given integer, taken integer, finished boolean, campaign_id uuid, campaign_name text, by_organisation text, state text, done integer) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.tell_register_move(text,bigint,timestamp with time zone,jsonb) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.tell_register_moves(timestamp with time zone) returns TABLE(account_id uuid, siret bigint, fate text, successor bigint, closed_on date, undone boolean, campaign_name text, outcome text, actions integer, needs integer) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.tell_watched_hires(uuid,text,text,integer,integer,integer,timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.text_in_force(text,text,timestamp with time zone) returns uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.texts_to_announce(integer,integer) returns TABLE(account_id uuid, document_id uuid, kind text, tool text, title text, in_force_from timestamp with time zone, cancelled boolean) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.theirs_to_settle() returns text[] language sql immutable set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner
function ctx.told_last(text,uuid,text) returns TABLE(by uuid, at timestamp with time zone) language sql stable owner cc_owner rights default
function ctx.told_up_to(uuid,uuid,integer) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.tool_closings_to_tell(integer,integer) returns TABLE(account_id uuid, version_id uuid, closes_at timestamp with time zone, tools text[], categories text[], cancelled boolean) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.tool_of(text) returns text language sql immutable owner cc_owner rights default
function ctx.touch(bytea) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.trail_close(bigint,bytea,text,boolean,integer[],bigint[],bytea[]) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.trail_confide(text) returns bigint language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.trail_confided(text,bigint) returns void language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.trail_lag() returns double precision language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.trail_note(bigint) returns text language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.trail_open() returns TABLE(size bigint, peaks bytea, note text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.trail_position(uuid) returns bigint language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.trail_take(integer) returns TABLE("position" bigint, leaf bytea) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.trail_waits() returns boolean language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.try_link_code(bytea,bytea) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.undo_departure(uuid) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.undo_register_move(uuid,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.undo_rgc_deed(uuid,uuid,text,timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.unlink_merged() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.uses_to_watch(timestamp with time zone,timestamp with time zone,text[]) returns TABLE(account_id uuid, persons_per_hour integer, persons_per_day integer, persons_at_night integer, exports_per_day integer, refusals_per_hour integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.usual_deliveries() returns jsonb language sql immutable parallel safe owner cc_owner rights =X/cc_owner cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function ctx.value_follows_card() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.visible_campaigns() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.visible_task_forces() returns SETOF integer language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.waiting_links(uuid) returns TABLE(id uuid, name text, email text, siret bigint, provider text, reason text, asked_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.watchers_due(timestamp with time zone,integer) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.watches_due(uuid,timestamp with time zone) returns TABLE(id uuid, view_id uuid, name text, view_version integer, seen bigint[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.weak_level(uuid) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.weigh_part(public.bulk_works,bigint[],uuid[],timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.why_away(uuid,date) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.why_kept(uuid,bigint,jsonb) returns text language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.why_unpiloted(uuid,integer,integer,integer,integer) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.widened_by_amendment(uuid,integer) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.widens_beyond(uuid,text,text,integer[],integer[],uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.width_of(uuid,text,text,uuid) returns integer[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.withdrawable_releases() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.withdrawable_shares() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.without_territories_untold(timestamp with time zone) returns TABLE(convention_id uuid, organisation_id uuid, region_id integer, number text, name text, begun boolean) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.worked_out(uuid,text,timestamp with time zone) returns secret.stored_rights language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.write_acts(timestamp with time zone,text,text,jsonb) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.write_anomalies(jsonb,jsonb) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.write_sign_in(timestamp with time zone,text,text,jsonb) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.written_now() returns trigger language plpgsql owner cc_owner rights default
function ctx.young_accounts(uuid[],timestamp with time zone) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function public.access_conditions() returns TABLE(id uuid, title text, version integer, hash bytea) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.access_conditions_on(date) returns TABLE(id uuid, title text, version integer, hash bytea) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.account_to_hold(text) returns uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.act_on_need(uuid,text,text,jsonb,timestamp with time zone) returns TABLE(outcome text, version integer, sha256 text, was text, became text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.action_facts(public.next_actions) returns jsonb language sql stable set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function public.action_passed_on(uuid) returns boolean language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.add_up_usage() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.adopt_campaign(uuid,date,timestamp with time zone) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.adopt_needs(uuid,uuid,date,timestamp with time zone) returns TABLE(id uuid, siret bigint, version integer, sha256 text, owner_id uuid) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.adopt_next_actions(uuid,uuid,uuid[],date) returns TABLE(id uuid, siret bigint, owner_id uuid) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.adopt_task_force(integer,uuid,date,timestamp with time zone) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.answer_satisfaction(bytea,text,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.ask_bulk_work(uuid,bytea,boolean,boolean,timestamp with time zone,text,text,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.audit_check_actor() returns trigger language plpgsql set search_path="" owner cc_owner rights default
function public.audit_detail_digest(bytea,jsonb) returns bytea language sql immutable owner cc_owner rights default
function public.audit_leaf(public.audit_entries) returns bytea language sql stable owner cc_owner rights default
function public.audit_refuse_change() returns trigger language plpgsql owner cc_owner rights default
function public.audit_set_leaf() returns trigger language plpgsql owner cc_owner rights default
function public.audit_tell_erased() returns trigger language plpgsql set search_path="" owner cc_owner rights default
function public.campaign_conflicts(uuid,date,date) returns TABLE(siret bigint, kind text, against_id uuid, organisation_id uuid, on_date date) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.campaign_lead_candidates(uuid[],integer,date) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.campaign_successors(uuid,date) returns TABLE(organisation_id uuid, account_id uuid) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.change_operator_identity(integer,text,date,bigint,text,text,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.change_party_identity(uuid,integer,text,date,bigint,text,text,text,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.check_target_holders() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.checked_upload(uuid) returns TABLE(name text, media_type text, bytes bytea, sha256 bytea) language sql stable owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner
function public.colleagues_at(integer,integer,integer,integer,date) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.commitments_holding(date) returns TABLE(id uuid, siret bigint, kind_id uuid, since date, until date) language sql stable parallel safe owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner cc_worker=X/cc_owner
function public.commune_on(text,date) returns text language sql stable parallel safe owner cc_owner rights default
function public.company_size(text,text,boolean) returns text language sql immutable parallel safe owner cc_owner rights default
function public.compare_hirings(integer[]) returns void language plpgsql set search_path=public owner cc_owner rights cc_owner=X/cc_owner
function public.contacted_from(date) returns TABLE(siret bigint) language sql stable parallel safe owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner cc_worker=X/cc_owner
function public.contacted_since(bigint,date) returns boolean language plpgsql stable security definer cost 1000 set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.contest_rgc_deed(uuid,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.convention_to_certify(uuid) returns uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.copy_campaign_results(uuid,uuid,timestamp with time zone) returns integer language sql set search_path="" owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner
function public.correct_rights_request(uuid,integer,text,text,text,text,date,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.correspondent_cards(uuid) returns SETOF uuid language sql stable strict set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function public.correspondent_kept(uuid) returns uuid language sql stable strict set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function public.correspondent_sirets(uuid) returns SETOF bigint language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.count_beyond_budget(uuid,date) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.count_conflicts(bigint[],date,date,date,uuid,boolean,date) returns TABLE(held integer, contacted integer, beside integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.count_hirings(date[]) returns void language sql set search_path=public owner cc_owner rights cc_owner=X/cc_owner
function public.count_reached(date,date,date,date,uuid,integer,uuid,boolean) returns TABLE(part text, value bigint) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.count_recent_hirings() returns void language sql set search_path=public owner cc_owner rights cc_owner=X/cc_owner
function public.count_shared_campaigns(date,date,uuid,integer,uuid) returns TABLE(part text, value bigint) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.count_spent(bigint[],date,uuid) returns integer language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.deed_changes(uuid) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.end_rgc_access(uuid) returns date language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.end_rgc_role(uuid,timestamp with time zone) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.end_rights_handover(uuid,boolean,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.erase_objected(uuid) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.establishment_search(integer,text,text,text[]) returns tsvector language plpgsql immutable parallel safe owner cc_owner rights default
function public.establishments_not_to_contact(date) returns SETOF bigint language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function public.exchange_version_digest(bytea,date,jsonb) returns text language sql stable owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner
function public.follow_proposed_actions() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.follow_proposed_needs() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.followed_from(bigint) returns TABLE(id uuid, at timestamp with time zone, successor bigint, exchanges integer, last_exchange date, correspondents integer, commitments integer, notes integer, needs integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.forget_closed_result() returns trigger language plpgsql set search_path="" owner cc_owner rights default
function public.former_activities(text,text,text) returns text[] language sql stable parallel safe owner cc_owner rights default
function public.give_campaign_back(uuid,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.hand_abandoned_campaign_over(uuid,uuid,timestamp with time zone) returns TABLE(outcome text, name text, former_id uuid, former_name text, pilots uuid[]) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_owner=X/cc_definer
function public.hand_abandoned_task_force_over(integer,uuid,timestamp with time zone) returns TABLE(outcome text, name text, former_id uuid, former_name text, pilots uuid[]) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_owner=X/cc_definer
function public.hand_campaign_over(uuid,uuid,date) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.held_unread(bigint,date) returns TABLE(siret bigint, organisation_id uuid, held boolean, status text, until date, contacts integer, last_on date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.hide_undiffused() returns trigger language plpgsql owner cc_owner rights default
function public.hirers_of_company(bigint,date,date) returns TABLE(siret bigint, covered boolean, total integer, durable integer, other integer) language plpgsql stable security definer rows 40 set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.hires_expected(integer) returns TABLE(siret bigint, departement_id integer) language sql stable parallel safe owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner cc_worker=X/cc_owner
function public.hiring_kind(smallint,integer) returns text language sql immutable parallel safe owner cc_owner rights default
function public.hiring_seasons_at(bigint) returns TABLE(year integer, quarters integer[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.hirings_at(bigint,date) returns TABLE(month date, kind text, hires integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.hirings_compared_at(bigint) returns TABLE(year integer, territory_id integer, kind text, code text, name text, establishments integer, durable integer, other integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.hirings_known() returns TABLE(as_of date, received_on date, months date[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.hirings_of_company(bigint,date) returns TABLE(month date, kind text, hires integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.hirings_tell_nobody(integer[]) returns boolean language sql immutable parallel safe owner cc_owner rights cc_owner=X/cc_owner
function public.hold_provisional(bigint,boolean) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.keep_coordinations() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.keep_mailbox() returns trigger language plpgsql set search_path="" owner cc_owner rights default
function public.keep_memberships() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.last_contact(bigint) returns TABLE(occurred_on date) language sql stable parallel safe owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner
function public.legal_nature(text) returns text language sql immutable parallel safe owner cc_owner rights default
function public.mail_address(uuid) returns text language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function public.mailbox_of(text) returns text language sql immutable parallel safe strict owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function public.mails_given_up() returns TABLE(id uuid, kind text, account_id uuid, masked text, about_kind text, about_id text, created_at timestamp with time zone, failed_at timestamp with time zone, attempts integer, last_error text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.make_calendar_feed(uuid,bytea,bytea,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.move_territories() returns integer language plpgsql set search_path=public owner cc_owner rights cc_owner=X/cc_owner
function public.moved_since(date,date,uuid,integer,uuid) returns TABLE(kind text, count bigint, latest timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.name_signatory(uuid,uuid,uuid,text,text,text,text,boolean) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.need_proposal_contacts(uuid[],date) returns TABLE(proposal uuid, account_id uuid) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.need_recipients(uuid,date) returns TABLE(organisation_id uuid, why text, reason text, at timestamp with time zone) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.need_state_after(text,text,text,integer,integer) returns text language sql immutable owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function public.need_version_digest(bytea,jsonb,text,text) returns text language sql immutable owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function public.needs_standing(text) returns TABLE(siret bigint) language sql stable parallel safe owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner cc_worker=X/cc_owner
function public.not_to_contact_until(bigint,date) returns date language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.note_reached() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.note_reached_by() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.note_target_turn() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.note_version_digest(bytea,text,text) returns text language sql immutable owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner
function public.noted_as(text,text,integer) returns TABLE(siret bigint, field text, value text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.notice_recipients(uuid,integer,timestamp with time zone) returns TABLE(party text, role text, account_id uuid, address text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.objected_among(bytea[]) returns SETOF bytea language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.objections_to_diffusion(bigint) returns TABLE(siret bigint) language sql stable parallel safe owner cc_owner rights default
function public.objects_to_diffusion(bigint) returns boolean language plpgsql stable parallel safe owner cc_owner rights default
function public.overtaken_proposals(uuid) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.pass_needs(uuid,uuid,date,timestamp with time zone) returns TABLE(id uuid, siret bigint, version integer, sha256 text, followed boolean, taken boolean) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.proposal_contacts(uuid,date) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.proposal_recipients(uuid,date) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.propose_action(uuid,uuid,uuid,text,date,timestamp with time zone) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.propose_need(uuid,uuid,uuid,text,timestamp with time zone) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.provisional_used(bigint) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.published_position(double precision,double precision,text) returns double precision[] language plpgsql immutable parallel safe owner cc_owner rights default
function public.queue_opening(uuid,uuid) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.readable_day(text) returns date language plpgsql immutable parallel safe strict owner cc_owner rights default
function public.readable_instant(text) returns timestamp without time zone language plpgsql immutable parallel safe strict owner cc_owner rights default
function public.record_at_the_door(uuid,text,text,text,uuid,text,text,jsonb) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function public.record_by_session(text,jsonb) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.record_places(jsonb) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.record_usage(jsonb) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.referent_in_post(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.refresh_search_lexicon() returns integer language sql owner cc_owner rights default
function public.refuse_satisfaction(bytea) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.register_partner(uuid,bigint,text,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.requester_of_address(uuid,text,text,text,text) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.retry_mail(uuid) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_account(uuid,text,text,text) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_account_of(uuid,uuid,text,text,text) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_deed_obstacle(uuid) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_in_place(uuid,timestamp with time zone) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_obstacle(uuid,uuid,text,text,date) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_region(uuid) returns integer language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_replaced_by(uuid) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_signatories(uuid) returns TABLE(id uuid, job text, email text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_uncertified() returns TABLE(account_id uuid, organisation_id uuid) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_undeclared(uuid) returns TABLE(id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date, noted_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_unseen(uuid) returns TABLE(account_id uuid, organisation_id uuid, since date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.satisfaction_address(uuid) returns TABLE(correspondent_id uuid, address text) language sql stable set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function public.satisfaction_counts(integer,integer) returns TABLE(organisation_id uuid, asked integer, answered integer, ratings integer[]) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.satisfaction_link(bytea) returns TABLE(state text, organisation text, noted_on date, expires_at timestamp with time zone) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.scoped_query(text,integer) returns tsquery language sql immutable parallel safe owner cc_owner rights default
function public.search_query(text,text[]) returns tsquery language sql immutable parallel safe owner cc_owner rights default
function public.search_scope(integer) returns text language sql immutable parallel safe owner cc_owner rights default
function public.search_sound(text) returns text language plpgsql immutable parallel safe strict owner cc_owner rights default
function public.search_stem(text) returns text language sql immutable parallel safe strict owner cc_owner rights default
function public.search_stop_words() returns text[] language sql immutable parallel safe owner cc_owner rights default
function public.search_vector(text,text[]) returns tsvector language plpgsql immutable parallel safe owner cc_owner rights default
function public.search_words(text) returns text language plpgsql immutable parallel safe strict owner cc_owner rights default
function public.search_words_of(text) returns TABLE(word text, establishments integer) language sql owner cc_owner rights default
function public.season_hirings(integer[]) returns void language sql set search_path=public owner cc_owner rights cc_owner=X/cc_owner
function public.send_rgc_deed(uuid) returns timestamp with time zone language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.services_used(date) returns TABLE(id uuid, siret bigint, kind text, used_on date) language sql stable parallel safe owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner cc_worker=X/cc_owner
function public.services_users(text[],date) returns TABLE(siret bigint, departement_id integer) language sql stable parallel safe owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner cc_worker=X/cc_owner
function public.settle_action_proposal(uuid,text,text,timestamp with time zone) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.settle_amendment_territories(uuid) returns TABLE(territory_id integer, name text, opened boolean) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.settle_need_proposal(uuid,text,text,timestamp with time zone) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.settle_over(uuid,integer) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.settle_party_siret(uuid,uuid,integer,bigint,text,date,date,boolean,text) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.settle_provisional() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_owner=X/cc_definer cc_worker=X/cc_definer
function public.settle_rgc_known(uuid) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.settle_rgc_paper(uuid) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.settle_rgc_roles(uuid) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.settle_search_lexicon(text) returns integer language plpgsql owner cc_owner rights default
function public.sharing_recipients(uuid,date) returns TABLE(organisation_id uuid, account_id uuid, territories integer[], load integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.sharing_referents(uuid,bigint[]) returns TABLE(siret bigint, organisation_id uuid, account_id uuid) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.solicitations_at(bigint,date) returns TABLE(per_month integer, month integer, week integer, kept integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.solicitations_beside(bigint,date) returns integer language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.solicitations_between(date,date) returns TABLE(siret bigint, on_day date, kept boolean) language sql stable owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner
function public.solicitations_per_month(integer) returns integer language sql stable owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner
function public.still_shared(uuid,bigint[]) returns SETOF bigint language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.stop_own_bulk_work(uuid,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.structures_without_rgc() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.take_back_rgc_event(uuid,text) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.take_holds(uuid,text,date) returns TABLE(siret bigint, from_campaign_id uuid) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.take_sharing_over(uuid) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.taken_campaign_contacts(uuid,uuid[]) returns TABLE(campaign_id uuid, campaign_name text, organisation_id uuid, account_id uuid) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.taken_holders(uuid,date) returns TABLE(campaign_id uuid, campaign_name text, account_id uuid, targets integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.taken_meetings(uuid,date) returns TABLE(siret bigint, from_campaign_id uuid, decided_at timestamp with time zone) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.takeover_recipients(date) returns TABLE(account_id uuid, conseiller integer[], fiche integer[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.target_facts(public.campaign_targets) returns jsonb language sql stable set search_path="" owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function public.target_origins(uuid,bigint) returns TABLE(siret bigint, at timestamp with time zone, outcome text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.targeted_by(uuid,boolean) returns TABLE(siret bigint) language sql stable parallel safe owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner cc_worker=X/cc_owner
function public.targets_not_given_back(uuid,text,bigint[],uuid[],uuid[]) returns TABLE(siret bigint, because text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.task_force_leads(integer,date) returns TABLE(organisation_id uuid, account_id uuid) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.tell_own_bulk_work(uuid) returns TABLE(account_id uuid, given integer, taken integer, campaign_id uuid, campaign_name text, by_organisation text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.territory_line(integer) returns TABLE(region_id integer, departement_id integer, epci_id integer, clpe_id integer) language sql stable set search_path=public owner cc_owner rights default
function public.undo_employer_file_part(uuid,integer,timestamp with time zone) returns TABLE(line integer, siret bigint, exchange_id uuid, correspondent_id uuid, note_id uuid, exchange text, person text, note text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.unsubscribe(uuid,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.watch_view(uuid,uuid,text,integer,bigint[],bytea,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.whole_hiring_years(integer[]) returns TABLE(year integer) language sql stable set search_path=public owner cc_owner rights cc_owner=X/cc_owner
function public.withhold_satisfaction(uuid,text,timestamp with time zone) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.work_to_take_over(date) returns TABLE(holder_id uuid, organisation_id uuid, why text, kind text, campaign_id uuid, siret bigint, action_id uuid, clpe_id integer, need_id uuid) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.worked_unread(bigint[],date) returns SETOF bigint language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
