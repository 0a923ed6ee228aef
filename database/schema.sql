-- Written by npm run schema: today’s schema, to read and to compare. The bodies of functions stand in database/functions.

schema ctx owner cc_owner rights cc_definer=UC/cc_owner cc_owner=UC/cc_owner cc_sign_in=U/cc_owner cc_web=U/cc_owner cc_worker=U/cc_owner
schema public owner cc_owner rights =U/cc_owner cc_definer=UC/cc_owner cc_owner=UC/cc_owner
schema secret owner cc_owner rights cc_definer=U/cc_owner cc_owner=UC/cc_owner

default rights of cc_worker on S in graphile_worker cc_definer=U/cc_worker
default rights of cc_worker on r in graphile_worker cc_definer=arw/cc_worker

sequence public.clpe_ids integer start 10001 step 1 from 1 to 2147483647 cache 1 owner cc_owner
sequence public.register_imports_id_seq integer start 1 step 1 from 1 to 2147483647 cache 1 owner cc_owner of public.register_imports.id
sequence public.schema_repeatables_position_seq integer start 1 step 1 from 1 to 2147483647 cache 1 owner cc_owner of public.schema_repeatables.position
sequence public.target_assignments_id_seq bigint start 1 step 1 from 1 to 9223372036854775807 cache 1 owner cc_owner of public.target_assignments.id

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
  policy accept for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (EXISTS ( SELECT
   FROM public.documents d
  WHERE ((d.id = acceptances.document_id) AND (d.in_force_from <= ( SELECT ctx.clock() AS clock))))))
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
  constraint access_anomalies_corrected_how_check CHECK ((corrected_how = ANY (ARRAY['grant-ended'::text, 'grant-changed'::text, 'grant-over'::text, 'account-suspended'::text, 'account-deleted'::text, 'contract-extended'::text, 'came-back'::text, 'lifted'::text, 'worsened'::text, 'rights-ended'::text, 'rights-given'::text, 'used'::text, 'function-changed'::text, 'gone'::text])))
  constraint access_anomalies_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.grants(id)
  constraint access_anomalies_kind_check CHECK ((kind = ANY (ARRAY['should-be-suspended'::text, 'contract-over'::text, 'never-seen'::text, 'not-seen'::text, 'no-grant'::text, 'never-used'::text, 'unused'::text, 'beyond-function'::text])))
  constraint access_anomalies_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint access_anomalies_pkey PRIMARY KEY (id)
  CREATE INDEX access_anomalies_account ON public.access_anomalies USING btree (account_id)
  CREATE INDEX access_anomalies_corrected ON public.access_anomalies USING btree (organisation_id, corrected_at, id) WHERE (corrected_at IS NOT NULL)
  CREATE INDEX access_anomalies_organisation ON public.access_anomalies USING btree (organisation_id) WHERE (corrected_at IS NULL)
  CREATE UNIQUE INDEX access_anomalies_open ON public.access_anomalies USING btree (account_id, kind, grant_id) NULLS NOT DISTINCT WHERE (corrected_at IS NULL)
  CREATE UNIQUE INDEX access_anomalies_pkey ON public.access_anomalies USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role)))
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
  constraint access_review_lines_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint access_review_lines_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agencies(id)
  constraint access_review_lines_check CHECK ((num_nonnulls(decision, decided_at, decided_by) = ANY (ARRAY[0, 3])))
  constraint access_review_lines_check1 CHECK ((((grant_id IS NULL) = (tool IS NULL)) AND ((grant_id IS NULL) = (profile IS NULL))))
  constraint access_review_lines_check2 CHECK ((((NOT (decision IS DISTINCT FROM 'reduce'::text)) = (to_profile IS NOT NULL)) AND ((decision IS DISTINCT FROM 'reduce'::text) OR (grant_id IS NOT NULL))))
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
  constraint decided_by_another CHECK ((decided_by <> account_id))
  CREATE INDEX access_review_lines_left ON public.access_review_lines USING btree (review_id) WHERE (decision IS NULL)
  CREATE INDEX access_review_lines_order ON public.access_review_lines USING btree (review_id, ((NOT anomaly)), account_id, ((grant_id IS NOT NULL)), id)
  CREATE UNIQUE INDEX access_review_lines_pkey ON public.access_review_lines USING btree (id)
  CREATE UNIQUE INDEX access_review_lines_review_id_account_id_grant_id_key ON public.access_review_lines USING btree (review_id, account_id, grant_id) NULLS NOT DISTINCT
  policy decide for update to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts)) AND (review_id IN ( SELECT r.id
   FROM public.access_reviews r
  WHERE ((r.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (r.closed_at IS NULL))))) check (( SELECT ctx.ok() AS ok) AND (decided_by = ( SELECT ctx.account() AS account)))
  policy duties restrictive for update to cc_web using ( SELECT ctx.ok() AS ok) check (( SELECT ctx.ok() AS ok) AND ((decision IS DISTINCT FROM 'keep'::text) OR (grant_id IS NULL) OR (NOT (account_id IN ( SELECT ctx.managers() AS managers))) OR (grant_id IN ( SELECT g.id
   FROM public.grants g
  WHERE (g.duties IS NOT NULL)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees)))
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
  policy begin for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (started_by = ( SELECT ctx.account() AS account)) AND (closed_at IS NULL))
  policy close for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (closed_at IS NULL)) check (( SELECT ctx.ok() AS ok) AND (closed_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees)))
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
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees)))
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
  CREATE TRIGGER account_blocks_keep_an_officer BEFORE INSERT ON public.account_blocks FOR EACH ROW WHEN (((new.cuts = 'account'::text) AND (new.lifted_at IS NULL))) EXECUTE FUNCTION ctx.keep_an_officer()
  policy block for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('cssi'::text) AS holds_role) AND (cause = 'exceptional'::text) AND (blocked_by = ( SELECT ctx.account() AS account)) AND (account_id <> ( SELECT ctx.account() AS account)) AND (lifted_at IS NULL) AND ((grant_id IS NULL) OR (EXISTS ( SELECT
   FROM public.grants g
  WHERE ((g.id = account_blocks.grant_id) AND (g.account_id = account_blocks.account_id))))))
  policy lift for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('cssi'::text) AS holds_role) AND (lifted_at IS NULL) AND (account_id <> ( SELECT ctx.account() AS account))) check ((lifted_by = ( SELECT ctx.account() AS account)) AND (verdict IS NOT NULL))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees)))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.account_contacts owner cc_owner row security forced
  account_id uuid not null
  organisation_id uuid not null
  email text not null
  constraint account_contacts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint account_contacts_email_check CHECK (((email = lower(email)) AND (length(email) <= 254)))
  constraint account_contacts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint account_contacts_pkey PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX account_contacts_email ON public.account_contacts USING btree (email)
  CREATE UNIQUE INDEX account_contacts_pkey ON public.account_contacts USING btree (account_id)
  CREATE TRIGGER ask_second AFTER INSERT ON public.account_contacts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ctx.ask_second_for_account()
  policy opened for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.account_identities owner cc_owner row security forced
  issuer text not null
  subject text not null
  account_id uuid not null
  idp_id text not null default ''::text
  linked_at timestamp with time zone not null default now()
  confirmed_by uuid
  constraint account_identities_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint account_identities_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.accounts(id)
  constraint account_identities_issuer_check CHECK (((length(issuer) >= 8) AND (length(issuer) <= 300)))
  constraint account_identities_pkey PRIMARY KEY (issuer, subject)
  constraint account_identities_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
  CREATE INDEX account_identities_account ON public.account_identities USING btree (account_id)
  CREATE UNIQUE INDEX account_identities_pkey ON public.account_identities USING btree (issuer, subject)
  policy own for select to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.account_imports owner cc_owner row security forced
  id uuid not null
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
  constraint accounts_attachment CHECK (((attachment = 'agent'::text) = (third_party_id IS NULL)))
  constraint accounts_attachment_check CHECK ((attachment = ANY (ARRAY['agent'::text, 'delegate'::text, 'contractor'::text])))
  constraint accounts_contract CHECK (((attachment <> 'contractor'::text) OR (contract_ends_on IS NOT NULL)))
  constraint accounts_family_name_check CHECK (((length(family_name) >= 1) AND (length(family_name) <= 100)))
  constraint accounts_function_check CHECK ((length(function) <= 120))
  constraint accounts_given_name_check CHECK (((length(given_name) >= 1) AND (length(given_name) <= 100)))
  constraint accounts_in_organisation UNIQUE (id, organisation_id)
  constraint accounts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint accounts_pkey PRIMARY KEY (id)
  constraint accounts_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'blocked'::text, 'deleted'::text])))
  constraint accounts_status_reason_check CHECK (((length(status_reason) >= 1) AND (length(status_reason) <= 300)))
  constraint accounts_third_party FOREIGN KEY (third_party_id, organisation_id) REFERENCES public.third_parties(id, organisation_id)
  CREATE INDEX accounts_organisation ON public.accounts USING btree (organisation_id)
  CREATE UNIQUE INDEX accounts_in_organisation ON public.accounts USING btree (id, organisation_id)
  CREATE UNIQUE INDEX accounts_pkey ON public.accounts USING btree (id)
  CREATE TRIGGER date_function BEFORE UPDATE OF function ON public.accounts FOR EACH ROW WHEN ((old.function IS DISTINCT FROM new.function)) EXECUTE FUNCTION ctx.date_function()
  CREATE TRIGGER keep_state AFTER INSERT OR UPDATE OF status, contract_ends_on ON public.accounts FOR EACH ROW EXECUTE FUNCTION ctx.keep_account_state()
  CREATE TRIGGER open_first_enrolment AFTER INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION ctx.open_first_enrolment()
  policy decide for update to cc_web using (( SELECT ctx.ok() AS ok) AND (id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts)))
  policy opened for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (status = 'active'::text))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ((( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.holds_something() AS holds_something))) OR (( SELECT ctx.known() AS known) AND (id = ( SELECT ctx.account() AS account))))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.agencies owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  name text not null rights cc_web=w/cc_owner
  constraint agencies_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint agencies_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint agencies_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX agencies_pkey ON public.agencies USING btree (id)
  policy declare for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy keep for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using ( SELECT ctx.ok() AS ok)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.agency_territories owner cc_owner row security forced
  agency_id uuid not null
  territory_id integer not null
  constraint agency_territories_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agencies(id)
  constraint agency_territories_pkey PRIMARY KEY (agency_id, territory_id)
  constraint agency_territories_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id)
  CREATE UNIQUE INDEX agency_territories_pkey ON public.agency_territories USING btree (agency_id, territory_id)
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
  constraint annex_4_entries_commitments_check CHECK (((length(commitments) >= 1) AND (length(commitments) <= 1000)))
  constraint annex_4_entries_data_categories_check CHECK (((cardinality(data_categories) >= 1) AND (cardinality(data_categories) <= 30)))
  constraint annex_4_entries_documentation_url_check CHECK (((documentation_url ~ '^https://'::text) AND (length(documentation_url) <= 300)))
  constraint annex_4_entries_pkey PRIMARY KEY (version_id, tool)
  constraint annex_4_entries_purpose_check CHECK (((length(purpose) >= 1) AND (length(purpose) <= 500)))
  constraint annex_4_entries_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  constraint annex_4_entries_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.annex_4_versions(id)
  CREATE UNIQUE INDEX annex_4_entries_pkey ON public.annex_4_entries USING btree (version_id, tool)
  policy owner for all to cc_owner using true check true
  policy publish for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (version_id IN ( SELECT v.id
   FROM public.annex_4_versions v
  WHERE (v.published_by = ( SELECT ctx.account() AS account)))))
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.annex_4_tools owner cc_owner row security forced
  id uuid not null default gen_random_uuid()
  tool text not null
  in_force_from timestamp with time zone not null
  in_force_until timestamp with time zone rights cc_web=w/cc_owner
  constraint annex_4_tools_check CHECK ((in_force_until >= in_force_from))
  constraint annex_4_tools_pkey PRIMARY KEY (id)
  constraint annex_4_tools_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  constraint once_at_a_time EXCLUDE USING gist (tool WITH =, tstzrange(in_force_from, in_force_until) WITH &&)
  CREATE INDEX once_at_a_time ON public.annex_4_tools USING gist (tool, tstzrange(in_force_from, in_force_until))
  CREATE UNIQUE INDEX annex_4_tools_pkey ON public.annex_4_tools USING btree (id)
  policy owner for all to cc_owner using true check true
  policy publish for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role))
  policy publish_withdraws for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (in_force_until IS NULL)) check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (in_force_until IS NOT NULL))
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.annex_4_versions owner cc_owner row security forced
  id uuid not null
  number integer not null
  note text not null
  in_force_from timestamp with time zone not null
  published_by uuid not null
  published_at timestamp with time zone not null
  constraint annex_4_versions_in_force_from_key UNIQUE (in_force_from)
  constraint annex_4_versions_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500)))
  constraint annex_4_versions_number_check CHECK ((number > 0))
  constraint annex_4_versions_number_key UNIQUE (number)
  constraint annex_4_versions_pkey PRIMARY KEY (id)
  constraint annex_4_versions_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.accounts(id)
  CREATE UNIQUE INDEX annex_4_versions_in_force_from_key ON public.annex_4_versions USING btree (in_force_from)
  CREATE UNIQUE INDEX annex_4_versions_number_key ON public.annex_4_versions USING btree (number)
  CREATE UNIQUE INDEX annex_4_versions_pkey ON public.annex_4_versions USING btree (id)
  policy owner for all to cc_owner using true check true
  policy publish for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (published_by = ( SELECT ctx.account() AS account)))
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

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
  policy append for insert to cc_web check true
  policy owner_appends for insert to cc_owner check true
  policy owner_reads for select to cc_owner using true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.audit_entries e
  WHERE ((e.id = audit_details.entry_id) AND ((e.actor_id = ( SELECT ctx.account() AS account)) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (e.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (e.subject_kind = ANY (ARRAY['account'::text, 'account-import'::text, 'agency'::text, 'authentication-directive'::text, 'grant'::text, 'review'::text, 'rgc-deed'::text, 'session'::text, 'second-factor'::text, 'sign-in'::text, 'organisation'::text, 'third-party'::text, 'convention'::text, 'document'::text, 'access-request'::text]))))))))
  policy sign_in for insert to cc_sign_in check true
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner cc_sign_in=a/cc_owner cc_web=a/cc_owner

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
  policy append for insert to cc_web check (( SELECT ctx.known() AS known) AND (actor_id = ( SELECT ctx.account() AS account)) AND (organisation_id = COALESCE(( SELECT ctx.organisation() AS organisation), ( SELECT a.organisation_id
   FROM public.accounts a
  WHERE (a.id = ( SELECT ctx.account() AS account))))))
  policy owner_appends for insert to cc_owner check ((actor_id IS NOT NULL) OR (origin ~ '^(ligne de commande|mise en service), .{2,}$'::text))
  policy owner_reads for select to cc_owner using true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((actor_id = ( SELECT ctx.account() AS account)) OR ((subject_kind = 'account'::text) AND (subject_id = (( SELECT ctx.account() AS account))::text)) OR (( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role)))
  policy sign_in for insert to cc_sign_in check (( SELECT ctx.known() AS known) AND (actor_id = ( SELECT ctx.account() AS account)) AND (action = ANY (ARRAY['session.opened'::text, 'account.linked'::text])))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_sign_in=a/cc_owner cc_web=a/cc_owner

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
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('responsable-formation'::text) AS holds_role) OR ( SELECT ctx.holds_role('rssi'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.oversees() AS oversees)))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (account_id <> ( SELECT ctx.account() AS account)) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('responsable-formation'::text) AS holds_role)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))) AND (EXISTS ( SELECT
   FROM public.accounts a
  WHERE ((a.id = awareness_records.account_id) AND (a.organisation_id = awareness_records.organisation_id)))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.campaign_contacts owner cc_owner row security forced
  campaign_id uuid not null statistics 0
  siret bigint not null
  organisation_id uuid not null
  contacts integer not null
  needs integer not null default 0
  last_on date not null
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
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_owner=arwdDxtm/cc_owner cc_web=arwd/cc_owner

table public.campaign_decisions owner cc_owner row security forced
  campaign_id uuid not null statistics 0
  siret bigint not null
  against_id uuid not null
  kind text not null
  decision text not null
  reason text
  against_on date not null
  decided_by uuid not null
  decided_at timestamp with time zone not null
  constraint campaign_decisions_campaign_id_siret_fkey FOREIGN KEY (campaign_id, siret) REFERENCES public.campaign_targets(campaign_id, siret) ON DELETE CASCADE
  constraint campaign_decisions_check CHECK (((decision <> 'take'::text) OR (COALESCE(length(reason), 0) > 0)))
  constraint campaign_decisions_check1 CHECK (((kind = 'held'::text) OR (decision <> 'share'::text)))
  constraint campaign_decisions_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id)
  constraint campaign_decisions_decision_check CHECK ((decision = ANY (ARRAY['leave'::text, 'share'::text, 'take'::text])))
  constraint campaign_decisions_kind_check CHECK ((kind = ANY (ARRAY['held'::text, 'contacted'::text])))
  constraint campaign_decisions_pkey PRIMARY KEY (campaign_id, siret, against_id)
  constraint campaign_decisions_reason_check CHECK ((length(reason) <= 300))
  CREATE UNIQUE INDEX campaign_decisions_pkey ON public.campaign_decisions USING btree (campaign_id, siret, against_id)
  policy owner for all to cc_owner using true check true
  policy pilot for all to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) check ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) AND (decided_by = ( SELECT ctx.account() AS account)))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=arwd/cc_owner

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
  policy owner for all to cc_owner using true check true
  policy pilot_adds for insert to cc_web check ((by_organisation = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=a/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.campaign_goals owner cc_owner row security forced
  campaign_id uuid not null
  kind text not null
  value integer not null rights cc_web=w/cc_owner
  constraint campaign_goals_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint campaign_goals_kind_check CHECK ((kind = ANY (ARRAY['etablissements-contactes'::text, 'echanges'::text, 'rendez-vous'::text, 'besoins'::text])))
  constraint campaign_goals_pkey PRIMARY KEY (campaign_id, kind)
  constraint campaign_goals_value_check CHECK (((value >= 1) AND (value <= 1000000)))
  CREATE UNIQUE INDEX campaign_goals_pkey ON public.campaign_goals USING btree (campaign_id, kind)
  policy owner for all to cc_owner using true check true
  policy pilot_adds for insert to cc_web check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_edits for update to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_removes for delete to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.campaign_holds owner cc_owner row security forced
  campaign_id uuid not null statistics 0
  siret bigint not null
  period daterange not null
  constraint campaign_holds_period_check CHECK ((NOT isempty(period)))
  constraint campaign_holds_pkey PRIMARY KEY (campaign_id, siret)
  constraint campaign_holds_siret_period_excl EXCLUDE USING gist (siret WITH =, period WITH &&)
  CREATE INDEX campaign_holds_siret_period_excl ON public.campaign_holds USING gist (siret, period)
  CREATE UNIQUE INDEX campaign_holds_pkey ON public.campaign_holds USING btree (campaign_id, siret)
  policy owner for all to cc_owner using true check true
  policy pilot_frees for delete to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_holds for insert to cc_web check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=rwd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

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
  CREATE TRIGGER progress_delete AFTER DELETE ON public.campaign_members REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_insert AFTER INSERT ON public.campaign_members REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_update AFTER UPDATE ON public.campaign_members REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  policy owner for all to cc_owner using true check true
  policy pilot_adds for insert to cc_web check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_removes for delete to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

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
  campaign_id uuid not null statistics 0
  siret bigint not null
  region_id integer
  departement_id integer
  epci_id integer
  clpe_id integer
  status text not null default 'a-contacter'::text
  shared boolean not null default false
  set_aside_reason text
  taken_by uuid
  taken_by_organisation uuid
  taken_at timestamp with time zone
  assigned_organisation uuid
  constraint campaign_targets_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint campaign_targets_check CHECK (((status = 'ecarte'::text) = (set_aside_reason IS NOT NULL)))
  constraint campaign_targets_check1 CHECK ((num_nulls(taken_by, taken_by_organisation, taken_at) = ANY (ARRAY[0, 3])))
  constraint campaign_targets_check2 CHECK ((assigned_organisation = taken_by_organisation))
  constraint campaign_targets_pkey PRIMARY KEY (campaign_id, siret)
  constraint campaign_targets_set_aside_reason_check CHECK ((length(set_aside_reason) <= 400))
  constraint campaign_targets_status_check CHECK ((status = ANY (ARRAY['a-contacter'::text, 'prise-en-charge'::text, 'en-cours'::text, 'rendez-vous'::text, 'besoin'::text, 'traite'::text, 'ecarte'::text])))
  CREATE INDEX campaign_targets_siret ON public.campaign_targets USING btree (siret)
  CREATE INDEX campaign_targets_taken_by ON public.campaign_targets USING btree (taken_by) WHERE (taken_by IS NOT NULL)
  CREATE INDEX campaign_targets_worked ON public.campaign_targets USING btree (campaign_id) WHERE (status <> 'ecarte'::text)
  CREATE UNIQUE INDEX campaign_targets_pkey ON public.campaign_targets USING btree (campaign_id, siret)
  CREATE TRIGGER holders_insert AFTER INSERT ON public.campaign_targets REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.check_target_holders()
  CREATE TRIGGER holders_update AFTER UPDATE ON public.campaign_targets REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.check_target_holders()
  CREATE TRIGGER progress_delete AFTER DELETE ON public.campaign_targets REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_insert AFTER INSERT ON public.campaign_targets REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  CREATE TRIGGER progress_update AFTER UPDATE ON public.campaign_targets REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  policy advisor_works for update to cc_web using ((campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) check (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  policy owner for all to cc_owner using true check true
  policy pilot_adds for insert to cc_web check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_edits for update to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) check (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy pilot_removes for delete to cc_web using (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=rw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=arwd/cc_owner

table public.campaigns owner cc_owner row security forced
  id uuid not null
  name text not null
  purpose text not null
  description text
  territory_id integer not null
  region_id integer
  departement_id integer
  epci_id integer
  clpe_id integer
  starts_on date not null
  ends_on date not null
  status text not null default 'draft'::text rights cc_definer=w/cc_owner
  pilot_id uuid not null rights cc_definer=w/cc_owner
  contact_delay_days integer not null default 30
  created_by uuid not null
  created_at timestamp with time zone not null
  opened_at timestamp with time zone
  closed_at timestamp with time zone rights cc_definer=w/cc_owner
  version integer not null default 1 rights cc_definer=w/cc_owner
  step text not null default 'objet'::text
  closes_on date rights cc_definer=w/cc_owner
  closes_for date rights cc_definer=w/cc_owner
  constraint campaigns_check CHECK ((ends_on >= starts_on))
  constraint campaigns_check1 CHECK (((status = 'draft'::text) = (opened_at IS NULL)))
  constraint campaigns_check2 CHECK (((status = ANY (ARRAY['closed'::text, 'archived'::text])) = (closed_at IS NOT NULL)))
  constraint campaigns_closing CHECK (((num_nulls(closes_on, closes_for) = ANY (ARRAY[0, 2])) AND (closes_on > closes_for)))
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
  CREATE TRIGGER progress_update AFTER UPDATE ON public.campaigns REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ctx.announce_progress()
  policy create_draft for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (pilot_id = ( SELECT ctx.organisation() AS organisation)) AND (created_by = ( SELECT ctx.account() AS account)) AND (status = 'draft'::text) AND ctx.covers(( SELECT ctx.pilote() AS pilote), region_id, departement_id, epci_id, clpe_id))
  policy edit for update to cc_web using (id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) check ((pilot_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.pilote() AS pilote), region_id, departement_id, epci_id, clpe_id))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=arw/cc_owner

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
  constraint confirmations_account_id_organisation_id_fkey FOREIGN KEY (account_id, organisation_id) REFERENCES public.accounts(id, organisation_id)
  constraint confirmations_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.accounts(id)
  constraint confirmations_check CHECK ((settled_at >= asked_at))
  constraint confirmations_check1 CHECK ((num_nonnulls(settled_at, settled_by, outcome, reason) = ANY (ARRAY[0, 4])))
  constraint confirmations_check2 CHECK (((grant_id IS NULL) = (why = 'unknown-domain'::text)))
  constraint confirmations_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.grants(id)
  constraint confirmations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint confirmations_outcome_check CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'refused'::text])))
  constraint confirmations_pkey PRIMARY KEY (id)
  constraint confirmations_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint confirmations_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.accounts(id)
  constraint confirmations_why_check CHECK ((why = ANY (ARRAY['wide-perimeter'::text, 'unknown-domain'::text])))
  constraint settled_by_another CHECK (((settled_by <> asked_by) AND (settled_by <> account_id)))
  CREATE INDEX confirmations_waiting ON public.confirmations USING btree (organisation_id, asked_at) WHERE (settled_at IS NULL)
  CREATE UNIQUE INDEX confirmations_account ON public.confirmations USING btree (account_id) WHERE (grant_id IS NULL)
  CREATE UNIQUE INDEX confirmations_grant ON public.confirmations USING btree (grant_id) WHERE (grant_id IS NOT NULL)
  CREATE UNIQUE INDEX confirmations_pkey ON public.confirmations USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((account_id = ( SELECT ctx.account() AS account)) OR (asked_by = ( SELECT ctx.account() AS account)) OR ( SELECT ctx.oversees() AS oversees) OR ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role)))))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

table public.contours owner cc_owner
  kind text not null
  code text not null
  polygons json not null
  imported_at timestamp with time zone not null default now()
  constraint contours_kind_check CHECK ((kind = ANY (ARRAY['departement'::text, 'epci'::text, 'commune'::text])))
  constraint contours_pkey PRIMARY KEY (kind, code)
  CREATE UNIQUE INDEX contours_pkey ON public.contours USING btree (kind, code)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

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
  constraint convention_amendments_body_check CHECK (((length(body) >= 1) AND (length(body) <= 20000)))
  constraint convention_amendments_check CHECK ((renews OR (term_on IS NOT NULL)))
  constraint convention_amendments_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_amendments_convention_id_number_key UNIQUE (convention_id, number)
  constraint convention_amendments_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.convention_documents(id)
  constraint convention_amendments_number_check CHECK ((number > 0))
  constraint convention_amendments_pkey PRIMARY KEY (id)
  constraint convention_amendments_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.accounts(id)
  constraint convention_amendments_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
  CREATE UNIQUE INDEX convention_amendments_convention_id_number_key ON public.convention_amendments USING btree (convention_id, number)
  CREATE UNIQUE INDEX convention_amendments_pkey ON public.convention_amendments USING btree (id)
  policy owner for all to cc_owner using true check true
  policy propose for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (effective_at IS NULL) AND (proposed_by = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])))))
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR (convention_amendments.effective_at IS NOT NULL)))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (effective_at IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR ((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)))))) check (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR ((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner))))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_breaches owner cc_owner row security forced
  id uuid not null
  convention_id uuid not null
  party text not null
  obligation text not null
  letter_reference text not null
  sent_on date not null
  presented_on date rights cc_web=w/cc_owner
  delivered_on date rights cc_web=w/cc_owner
  document_id uuid
  recorded_at timestamp with time zone not null
  recorded_by uuid
  withdrawn_at timestamp with time zone rights cc_web=w/cc_owner
  withdrawn_by uuid rights cc_web=w/cc_owner
  withdrawal_reason text rights cc_web=w/cc_owner
  constraint convention_breaches_check CHECK ((presented_on >= sent_on))
  constraint convention_breaches_check1 CHECK ((delivered_on >= sent_on))
  constraint convention_breaches_check2 CHECK ((num_nonnulls(withdrawn_at, withdrawal_reason) = ANY (ARRAY[0, 2])))
  constraint convention_breaches_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_breaches_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.convention_documents(id)
  constraint convention_breaches_letter_reference_check CHECK (((length(letter_reference) >= 1) AND (length(letter_reference) <= 60)))
  constraint convention_breaches_obligation_check CHECK (((length(obligation) >= 1) AND (length(obligation) <= 1000)))
  constraint convention_breaches_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_breaches_pkey PRIMARY KEY (id)
  constraint convention_breaches_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint convention_breaches_withdrawal_reason_check CHECK (((length(withdrawal_reason) >= 1) AND (length(withdrawal_reason) <= 500)))
  constraint convention_breaches_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.accounts(id)
  CREATE INDEX convention_breaches_convention ON public.convention_breaches USING btree (convention_id)
  CREATE UNIQUE INDEX convention_breaches_pkey ON public.convention_breaches USING btree (id)
  policy give for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (withdrawn_at IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((convention_breaches.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_breaches.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[]))))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file)))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (withdrawn_at IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR ((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)))))) check (( SELECT ctx.ok() AS ok) AND (((withdrawn_at IS NULL) AND (withdrawn_by IS NULL)) OR (withdrawn_by = ( SELECT ctx.account() AS account))) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner) AND ((convention_breaches.withdrawn_at IS NULL) OR (convention_breaches.party = 'partenaire'::text))) OR ((( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[]))) AND ((convention_breaches.withdrawn_at IS NULL) OR (convention_breaches.party = 'operateur'::text)))))))
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
  policy name for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (((party = 'partenaire'::text) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((party = 'operateur'::text) AND (( SELECT ctx.holds_role('administrateur'::text) AS holds_role) OR (region_id = ANY (( SELECT ctx.regions() AS regions)::integer[]))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((party = 'operateur'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation)) OR (organisation_id IN ( SELECT c.organisation_id
   FROM public.conventions c))) AND (( SELECT ctx.reads_own_file() AS reads_own_file) OR ( SELECT ctx.reads_conventions() AS reads_conventions) OR (( SELECT ctx.is_staff() AS is_staff) AND ((ends_at IS NULL) OR (ends_at > ( SELECT ctx.clock() AS clock))))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (((party = 'partenaire'::text) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((party = 'operateur'::text) AND (( SELECT ctx.holds_role('administrateur'::text) AS holds_role) OR (region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])))))) check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (((party = 'partenaire'::text) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((party = 'operateur'::text) AND (( SELECT ctx.holds_role('administrateur'::text) AS holds_role) OR (region_id = ANY (( SELECT ctx.regions() AS regions)::integer[]))))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_documents owner cc_owner row security forced
  id uuid not null
  convention_id uuid not null
  kind text not null
  name text not null
  media_type text not null
  bytes bytea not null
  sha256 bytea not null
  of_version integer
  added_at timestamp with time zone not null
  added_by uuid
  constraint convention_documents_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.accounts(id)
  constraint convention_documents_bytes_check CHECK (((length(bytes) >= 1) AND (length(bytes) <= 10000000)))
  constraint convention_documents_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_documents_kind_check CHECK ((kind = ANY (ARRAY['convention'::text, 'avenant'::text, 'signe'::text, 'resiliation'::text, 'manquement'::text])))
  constraint convention_documents_media_type_check CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'text/plain'::text])))
  constraint convention_documents_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint convention_documents_pkey PRIMARY KEY (id)
  constraint convention_documents_sha256_check CHECK ((length(sha256) = 32))
  CREATE INDEX convention_documents_convention ON public.convention_documents USING btree (convention_id)
  CREATE UNIQUE INDEX convention_documents_pkey ON public.convention_documents USING btree (id)
  policy add for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (added_by = ( SELECT ctx.account() AS account)) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR ((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR (( SELECT ctx.is_staff() AS is_staff) AND (((c.effective_from IS NOT NULL) AND (c.document_id = convention_documents.id)) OR (convention_documents.id IN ( SELECT a.document_id
           FROM public.convention_amendments a
          WHERE (a.effective_at IS NOT NULL)))))))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_notices owner cc_owner row security forced
  id uuid not null
  convention_id uuid not null
  party text not null
  channel text not null
  sent_on date not null
  received_on date rights cc_web=w/cc_owner
  document_id uuid
  recorded_at timestamp with time zone not null
  recorded_by uuid
  withdrawn_at timestamp with time zone rights cc_web=w/cc_owner
  withdrawn_by uuid rights cc_web=w/cc_owner
  withdrawal_reason text rights cc_web=w/cc_owner
  constraint convention_notices_channel_check CHECK ((channel = ANY (ARRAY['courrier'::text, 'courriel'::text])))
  constraint convention_notices_check CHECK ((received_on >= sent_on))
  constraint convention_notices_check1 CHECK ((num_nonnulls(withdrawn_at, withdrawal_reason) = ANY (ARRAY[0, 2])))
  constraint convention_notices_convention_id_fkey FOREIGN KEY (convention_id) REFERENCES public.conventions(id)
  constraint convention_notices_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.convention_documents(id)
  constraint convention_notices_party_check CHECK ((party = ANY (ARRAY['partenaire'::text, 'operateur'::text])))
  constraint convention_notices_pkey PRIMARY KEY (id)
  constraint convention_notices_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  constraint convention_notices_withdrawal_reason_check CHECK (((length(withdrawal_reason) >= 1) AND (length(withdrawal_reason) <= 500)))
  constraint convention_notices_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.accounts(id)
  CREATE INDEX convention_notices_convention ON public.convention_notices USING btree (convention_id)
  CREATE UNIQUE INDEX convention_notices_pkey ON public.convention_notices USING btree (id)
  policy give for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (withdrawn_at IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((convention_notices.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_notices.party = 'operateur'::text) AND (( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[]))))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file)))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (withdrawn_at IS NULL) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR ((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)))))) check (( SELECT ctx.ok() AS ok) AND (((withdrawn_at IS NULL) AND (withdrawn_by IS NULL)) OR (withdrawn_by = ( SELECT ctx.account() AS account))) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner) AND ((convention_notices.withdrawn_at IS NULL) OR (convention_notices.party = 'partenaire'::text))) OR ((( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[]))) AND ((convention_notices.withdrawn_at IS NULL) OR (convention_notices.party = 'operateur'::text)))))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.convention_signatories owner cc_owner row security forced
  convention_id uuid not null
  party text not null
  name text not null
  capacity text not null
  act text
  act_on date
  local_authority boolean not null
  prefecture_on date
  published_on date
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
  WHERE ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ((convention_signatories.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_signatories.party = 'operateur'::text) AND ( SELECT ctx.acts_for_operator() AS acts_for_operator)))))) check (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ((convention_signatories.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_signatories.party = 'operateur'::text) AND ( SELECT ctx.acts_for_operator() AS acts_for_operator))))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=arw/cc_owner

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
  signed_at timestamp with time zone not null
  recorded_at timestamp with time zone not null
  account_id uuid
  constraint convention_signatures_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint convention_signatures_amendment_id_fkey FOREIGN KEY (amendment_id) REFERENCES public.convention_amendments(id)
  constraint convention_signatures_check CHECK (((how = 'papier'::text) = (signed_document_id IS NOT NULL)))
  constraint convention_signatures_check1 CHECK ((num_nonnulls(signed_document_id, signed_document_sha256) = ANY (ARRAY[0, 2])))
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
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE ((c.organisation_id <> ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.reads_own_file() AS reads_own_file) OR ( SELECT ctx.is_staff() AS is_staff)))))
  policy sign for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)) AND ( SELECT ctx.holds_role('signataire'::text) AS holds_role) AND (convention_id IN ( SELECT c.id
   FROM public.conventions c
  WHERE (((convention_signatures.party = 'partenaire'::text) AND (c.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)) OR ((convention_signatures.party = 'operateur'::text) AND ( SELECT ctx.acts_for_operator() AS acts_for_operator))))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

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
  version integer not null default 1 rights cc_web=w/cc_owner
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
  policy draft for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) AND (effective_from IS NULL) AND (ends_at IS NULL) AND (created_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (region_id = ANY (( SELECT ctx.regions() AS regions)::integer[]))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND ((region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner)))) check (( SELECT ctx.ok() AS ok) AND ((region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ( SELECT ctx.acts_for_partner() AS acts_for_partner))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.correspondent_values owner cc_owner row security forced
  id uuid not null
  correspondent_id uuid not null
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
  replaced_at timestamp with time zone
  constraint correspondent_values_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.accounts(id)
  constraint correspondent_values_correspondent_id_fkey FOREIGN KEY (correspondent_id) REFERENCES public.correspondents(id)
  constraint correspondent_values_field_check CHECK ((field = ANY (ARRAY['civility'::text, 'familyName'::text, 'givenName'::text, 'role'::text, 'email'::text, 'phone'::text, 'postalAddress'::text])))
  constraint correspondent_values_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint correspondent_values_pkey PRIMARY KEY (id)
  constraint correspondent_values_source_check CHECK ((source = ANY (ARRAY['personne-concernee'::text, 'conseiller'::text, 'fichier-partenaire'::text, 'operateur'::text, 'registre'::text])))
  constraint correspondent_values_value_check CHECK (((length(value) >= 1) AND (length(value) <= 300)))
  CREATE INDEX correspondent_values_of ON public.correspondent_values USING btree (correspondent_id) WHERE (replaced_at IS NULL)
  CREATE UNIQUE INDEX correspondent_values_pkey ON public.correspondent_values USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (author_id = ( SELECT ctx.account() AS account)) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.correspondents owner cc_owner row security forced
  id uuid not null
  siret bigint not null
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  created_at timestamp with time zone not null
  retired_at timestamp with time zone
  constraint correspondents_pkey PRIMARY KEY (id)
  CREATE INDEX correspondents_siret ON public.correspondents USING btree (siret)
  CREATE UNIQUE INDEX correspondents_pkey ON public.correspondents USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ctx.covers(( SELECT ctx.fiche_conseiller() AS fiche_conseiller), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.departed_people owner cc_owner row security forced
  account_id uuid not null
  organisation_id uuid not null
  given_name text not null
  family_name text not null
  email text
  function text not null
  cause text not null
  reason text not null
  left_at timestamp with time zone not null
  recorded_by uuid not null
  constraint departed_people_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint departed_people_cause_check CHECK ((cause = ANY (ARRAY['departure'::text, 'change-of-function'::text, 'breach'::text])))
  constraint departed_people_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint departed_people_pkey PRIMARY KEY (account_id)
  constraint departed_people_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint departed_people_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  CREATE INDEX departed_people_age ON public.departed_people USING btree (left_at)
  CREATE UNIQUE INDEX departed_people_pkey ON public.departed_people USING btree (account_id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role)))
  rights cc_definer=ard/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

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
  constraint documents_body_check CHECK (((length(body) >= 1) AND (length(body) <= 200000)))
  constraint documents_body_hash_check CHECK ((length(body_hash) = 32))
  constraint documents_check CHECK (((kind = 'cpu'::text) = (tool IS NOT NULL)))
  constraint documents_check1 CHECK ((body_hash = sha256(convert_to(body, 'UTF8'::name))))
  constraint documents_id_body_hash_key UNIQUE (id, body_hash)
  constraint documents_kind_check CHECK ((kind = ANY (ARRAY['cgu'::text, 'cpu'::text, 'confidentialite'::text, 'securite'::text])))
  constraint documents_kind_tool_in_force_from_key UNIQUE NULLS NOT DISTINCT (kind, tool, in_force_from)
  constraint documents_kind_tool_version_key UNIQUE NULLS NOT DISTINCT (kind, tool, version)
  constraint documents_pkey PRIMARY KEY (id)
  constraint documents_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.accounts(id)
  constraint documents_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
  constraint documents_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  constraint documents_version_check CHECK ((version > 0))
  CREATE UNIQUE INDEX documents_id_body_hash_key ON public.documents USING btree (id, body_hash)
  CREATE UNIQUE INDEX documents_kind_tool_in_force_from_key ON public.documents USING btree (kind, tool, in_force_from) NULLS NOT DISTINCT
  CREATE UNIQUE INDEX documents_kind_tool_version_key ON public.documents USING btree (kind, tool, version) NULLS NOT DISTINCT
  CREATE UNIQUE INDEX documents_pkey ON public.documents USING btree (id)
  policy owner for all to cc_owner using true check true
  policy publish for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (published_by = ( SELECT ctx.account() AS account)))
  policy read for select to cc_web using ( SELECT ctx.known() AS known)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.drafts owner cc_owner row security forced
  account_id uuid not null
  kind text not null
  subject text not null
  content jsonb not null
  version integer not null
  started_at timestamp with time zone not null
  saved_at timestamp with time zone not null
  session_id uuid not null
  device text not null
  constraint drafts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE
  constraint drafts_content_check CHECK (((jsonb_typeof(content) = 'object'::text) AND (octet_length((content)::text) <= 40000)))
  constraint drafts_device_check CHECK ((length(device) <= 60))
  constraint drafts_kind_check CHECK ((kind = ANY (ARRAY['exchange'::text, 'exchange-correction'::text])))
  constraint drafts_pkey PRIMARY KEY (account_id, kind, subject)
  constraint drafts_subject_check CHECK ((subject ~ '^[0-9a-f-]{14,36}$'::text))
  constraint drafts_subject_of_kind CHECK ((subject ~
CASE kind
    WHEN 'exchange'::text THEN '^\d{14}$'::text
    ELSE '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text
END))
  CREATE INDEX drafts_saved_at ON public.drafts USING btree (saved_at)
  CREATE UNIQUE INDEX drafts_pkey ON public.drafts USING btree (account_id, kind, subject)
  policy own for all to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account))) check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=arwd/cc_owner

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
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees)))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (( SELECT ctx.holds_role('rssi'::text) AS holds_role) OR ( SELECT ctx.holds_role('correspondant-si'::text) AS holds_role) OR ( SELECT ctx.holds_role('rgc'::text) AS holds_role)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

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
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

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
    END, 2)), ('=h'::text || headcount_band)])
END
  name_key text generated 
CASE
    WHEN (diffusion <> 'N'::text) THEN COALESCE(public.search_words(COALESCE(usual_name, sign, legal_name)), '~'::text)
    ELSE NULL::text
END
  constraint establishments_check CHECK (((siren = (siret / 100000)) AND (nic = (siret % (100000)::bigint))))
  constraint establishments_check1 CHECK (((region_id IS NULL) = (departement_id IS NULL)))
  constraint establishments_check2 CHECK ((((diffusion = 'O'::text) AND (COALESCE(legal_unit_diffusion, 'O'::text) = 'O'::text)) OR (num_nonnulls(address_complement, street, special_distribution, postal_code, latitude, longitude, acronym) = 0)))
  constraint establishments_check3 CHECK ((((diffusion = 'O'::text) AND (COALESCE(legal_unit_diffusion, 'O'::text) = 'O'::text)) OR (NOT COALESCE(natural_person, true)) OR (num_nonnulls(sign, usual_name, legal_name, other_names, headcount_band, headcount_year, employer, created_on, closed_on) = 0)))
  constraint establishments_check4 CHECK (((diffusion <> 'N'::text) OR ((NOT active) AND (num_nonnulls(sign, usual_name, legal_name, other_names, naf, naf25, commune_code, published_commune_code, commune_name, country, region_id) = 0))))
  constraint establishments_check5 CHECK (((num_nonnulls(sign, usual_name, legal_name, other_names, street, postal_code, commune_name) = 0) OR (POSITION(('[ND]'::text) IN (concat_ws(' '::text, sign, usual_name, legal_name, other_names, street, postal_code, commune_name))) = 0)))
  constraint establishments_diffusion_check CHECK ((diffusion = ANY (ARRAY['O'::text, 'P'::text, 'N'::text])))
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

table public.exchange_contents owner cc_owner row security forced
  exchange_id uuid not null
  organisation_id uuid not null
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  visibility text not null
  channel text not null
  result text not null
  person_met text
  notes text
  need text
  cancel_reason text
  campaign_result_id uuid
  result_label text
  constraint exchange_contents_campaign_result_id_result_fkey FOREIGN KEY (campaign_result_id, result) REFERENCES public.campaign_results(id, base)
  constraint exchange_contents_cancel_reason_check CHECK (((length(cancel_reason) >= 1) AND (length(cancel_reason) <= 300)))
  constraint exchange_contents_channel_check CHECK ((channel = ANY (ARRAY['telephone'::text, 'visite'::text, 'visio'::text, 'courriel'::text, 'evenement'::text, 'accueil'::text])))
  constraint exchange_contents_check CHECK (((campaign_result_id IS NULL) = (result_label IS NULL)))
  constraint exchange_contents_exchange_id_fkey FOREIGN KEY (exchange_id) REFERENCES public.exchanges(id)
  constraint exchange_contents_need_check CHECK ((length(need) <= 300))
  constraint exchange_contents_notes_check CHECK ((length(notes) <= 4000))
  constraint exchange_contents_person_met_check CHECK ((length(person_met) <= 160))
  constraint exchange_contents_pkey PRIMARY KEY (exchange_id)
  constraint exchange_contents_result_fkey FOREIGN KEY (result) REFERENCES public.exchange_results(code)
  constraint exchange_contents_result_label_check CHECK ((length(result_label) <= 60))
  constraint exchange_contents_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  CREATE UNIQUE INDEX exchange_contents_pkey ON public.exchange_contents USING btree (exchange_id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((0 = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (region_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (departement_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (epci_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (clpe_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[]))) AND ((visibility = 'reseau'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation))))
  policy rewrite for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) check (organisation_id = ( SELECT ctx.organisation() AS organisation))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=arw/cc_owner

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
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((0 = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (region_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (departement_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (epci_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (clpe_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[]))) AND ((visibility = 'reseau'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation))))
  policy rewrite for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) check (organisation_id = ( SELECT ctx.organisation() AS organisation))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.exchanges owner cc_owner row security forced
  id uuid not null
  siret bigint not null
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  campaign_id uuid
  organisation_id uuid not null
  author_id uuid not null
  occurred_on date not null
  reached boolean not null
  visibility text not null
  status text not null default 'recorded'::text
  recorded_at timestamp with time zone not null
  corrected_at timestamp with time zone
  version integer not null default 1
  left_out_campaign_id uuid
  left_out text
  constraint exchanges_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.accounts(id)
  constraint exchanges_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint exchanges_left_out CHECK ((((left_out IS NULL) = (left_out_campaign_id IS NULL)) AND ((left_out IS NULL) OR (campaign_id IS NULL))))
  constraint exchanges_left_out_campaign_id_fkey FOREIGN KEY (left_out_campaign_id) REFERENCES public.campaigns(id)
  constraint exchanges_left_out_check CHECK ((left_out = ANY (ARRAY['days'::text, 'set-aside'::text])))
  constraint exchanges_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint exchanges_pkey PRIMARY KEY (id)
  constraint exchanges_status_check CHECK ((status = ANY (ARRAY['recorded'::text, 'cancelled'::text])))
  constraint exchanges_visibility_check CHECK ((visibility = ANY (ARRAY['reseau'::text, 'organisation'::text])))
  CREATE INDEX exchanges_campaign ON public.exchanges USING btree (campaign_id) WHERE (campaign_id IS NOT NULL)
  CREATE INDEX exchanges_organisation ON public.exchanges USING btree (organisation_id, occurred_on DESC)
  CREATE INDEX exchanges_reached ON public.exchanges USING btree (campaign_id, occurred_on) INCLUDE (siret, organisation_id, region_id, departement_id, epci_id, clpe_id) WHERE (reached AND (status = 'recorded'::text) AND (campaign_id IS NOT NULL))
  CREATE INDEX exchanges_siret ON public.exchanges USING btree (siret, occurred_on DESC, id DESC)
  CREATE UNIQUE INDEX exchanges_answering ON public.exchanges USING btree (id, siret, organisation_id)
  CREATE UNIQUE INDEX exchanges_pkey ON public.exchanges USING btree (id)
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) check (organisation_id = ( SELECT ctx.organisation() AS organisation))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((0 = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (region_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (departement_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (epci_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (clpe_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[]))))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (author_id = ( SELECT ctx.account() AS account)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id) AND ctx.covers(( SELECT ctx.fiche() AS fiche), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=arw/cc_owner

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
  constraint grants_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id)
  constraint grants_tool_check CHECK ((tool = ANY (ARRAY['campagnes'::text, 'fiche-etablissement'::text, 'fiche-recrutement'::text])))
  constraint no_self_grant CHECK ((granted_by <> account_id))
  CREATE INDEX grants_account ON public.grants USING btree (account_id)
  CREATE UNIQUE INDEX grants_pkey ON public.grants USING btree (id)
  CREATE TRIGGER ask_second AFTER INSERT ON public.grants FOR EACH ROW EXECUTE FUNCTION ctx.ask_second_for_grant()
  policy ceiling restrictive for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ctx.perimeter_within(territory_id, agency_id, ( SELECT ctx.own_ceiling() AS own_ceiling)))
  policy decide for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (granted_by = ( SELECT ctx.account() AS account)) AND (revoked_at IS NULL) AND (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts)) AND ((duties IS NOT NULL) OR (NOT (account_id IN ( SELECT ctx.managers() AS managers)))))
  policy oversee for select to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.oversees() AS oversees))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (revoked_at IS NULL) AND (account_id IN ( SELECT ctx.decidable_accounts() AS decidable_accounts))) check (( SELECT ctx.ok() AS ok) AND (revoked_by = ( SELECT ctx.account() AS account)) AND (revoked_at IS NOT NULL))
  rights cc_definer=rw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.idempotency_keys owner cc_owner row security forced
  account_id uuid not null
  key text not null
  route text not null
  body_digest bytea not null
  reply json
  created_at timestamp with time zone not null default now()
  constraint idempotency_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint idempotency_keys_key_check CHECK (((length(key) >= 8) AND (length(key) <= 128)))
  constraint idempotency_keys_pkey PRIMARY KEY (account_id, key)
  CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at)
  CREATE UNIQUE INDEX idempotency_keys_pkey ON public.idempotency_keys USING btree (account_id, key)
  policy own for all to cc_web using (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account))) check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=arw/cc_owner

table public.inactivity_notices owner cc_owner row security forced
  account_id uuid not null
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
  path text
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
  constraint mails_kind_check CHECK (((kind ~ '^[a-z]+(-[a-z]+)*$'::text) AND (length(kind) <= 60)))
  constraint mails_last_error_check CHECK ((last_error ~ '^[A-Za-z0-9-]{1,40}$'::text))
  constraint mails_path_check CHECK (((path ~ '^/[^\s]*$'::text) AND (length(path) <= 300)))
  constraint mails_pkey PRIMARY KEY (id)
  constraint mails_queued_by_fkey FOREIGN KEY (queued_by) REFERENCES public.accounts(id)
  constraint mails_subject_check CHECK (((length(subject) <= 200) AND (subject !~ '[\r\n]'::text)))
  constraint mails_to_account_id_fkey FOREIGN KEY (to_account_id) REFERENCES public.accounts(id)
  constraint mails_to_address_check CHECK (((length(to_address) <= 254) AND (to_address = lower(to_address)) AND (to_address ~ '^[^\s@<>",;]+@[^\s@<>",;]+$'::text)))
  constraint mails_why_check CHECK ((length(why) <= 300))
  CREATE INDEX mails_to_account ON public.mails USING btree (to_account_id, kind)
  CREATE INDEX mails_to_purge ON public.mails USING btree (COALESCE(sent_at, failed_at, kept_at)) WHERE (purged_at IS NULL)
  CREATE INDEX mails_waiting ON public.mails USING btree (created_at) WHERE ((sent_at IS NULL) AND (failed_at IS NULL) AND (kept_at IS NULL))
  CREATE UNIQUE INDEX mails_pkey ON public.mails USING btree (id)
  CREATE TRIGGER queue_job AFTER INSERT ON public.mails FOR EACH ROW EXECUTE FUNCTION ctx.queue_mail_job()
  policy note for update to cc_worker using ((sent_at IS NULL) AND (failed_at IS NULL) AND (kept_at IS NULL)) check true
  policy owner for all to cc_owner using true check true
  policy queue for insert to cc_web check (( SELECT ctx.known() AS known) AND (queued_by = ( SELECT ctx.account() AS account)) AND (num_nonnulls(sent_at, failed_at, kept_at, purged_at, last_error) = 0) AND (attempts = 0))
  policy queue_by_job for insert to cc_worker check ((num_nonnulls(sent_at, failed_at, kept_at, purged_at, last_error) = 0) AND (attempts = 0))
  policy waiting for select to cc_worker using ((sent_at IS NULL) AND (failed_at IS NULL) AND (kept_at IS NULL))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=a/cc_owner cc_worker=ar/cc_owner

table public.naf owner cc_owner
  nomenclature text not null
  code text not null
  label text not null
  section text
  constraint naf_nomenclature_check CHECK ((nomenclature = ANY (ARRAY['NAFRev2'::text, 'NAF25'::text, 'NAFRev1'::text, 'NAF1993'::text, 'NAP'::text])))
  constraint naf_pkey PRIMARY KEY (nomenclature, code)
  CREATE UNIQUE INDEX naf_pkey ON public.naf USING btree (nomenclature, code)
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=r/cc_owner

table public.next_actions owner cc_owner row security forced
  id uuid not null
  exchange_id uuid not null
  siret bigint not null
  region_id integer rights cc_definer=w/cc_owner
  departement_id integer rights cc_definer=w/cc_owner
  epci_id integer rights cc_definer=w/cc_owner
  clpe_id integer rights cc_definer=w/cc_owner
  organisation_id uuid not null
  visibility text not null
  kind text not null
  due_on date not null
  due_at time(0) without time zone
  owner_id uuid not null
  done_at timestamp with time zone
  cancelled_at timestamp with time zone
  answered_by uuid
  version integer not null default 1
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
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((0 = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (region_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (departement_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (epci_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[])) OR (clpe_id = ANY (( SELECT ctx.fiche() AS fiche)::integer[]))) AND ((visibility = 'reseau'::text) OR (organisation_id = ( SELECT ctx.organisation() AS organisation))))
  policy rewrite for update to cc_web using (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id)) check (organisation_id = ( SELECT ctx.organisation() AS organisation))
  policy write for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND ctx.covers(( SELECT ctx.conseiller() AS conseiller), region_id, departement_id, epci_id, clpe_id))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=arw/cc_owner

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
  policy decide for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('administrateur'::text) AS holds_role) AND (set_by = ( SELECT ctx.account() AS account)))
  policy oversee for select to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.oversees() AS oversees))
  policy own for select to cc_web using (( SELECT ctx.known() AS known) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.organisation_territories owner cc_owner row security forced
  id uuid not null
  organisation_id uuid not null
  territory_id integer not null
  from_at timestamp with time zone not null
  until_at timestamp with time zone rights cc_web=w/cc_owner
  set_by uuid
  reason text not null
  ended_by uuid rights cc_web=w/cc_owner
  end_reason text rights cc_web=w/cc_owner
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
  policy close for update to cc_web using (( SELECT ctx.ok() AS ok) AND (until_at IS NULL) AND (EXISTS ( SELECT
   FROM public.conventions c
  WHERE ((c.organisation_id = organisation_territories.organisation_id) AND (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) AND ctx.lies_within(organisation_territories.territory_id, ARRAY[c.region_id]))))) check (( SELECT ctx.ok() AS ok) AND (ended_by = ( SELECT ctx.account() AS account)) AND (until_at IS NOT NULL))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees) OR (organisation_id IN ( SELECT c.organisation_id
   FROM public.conventions c))))
  policy settle for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (set_by = ( SELECT ctx.account() AS account)) AND (until_at IS NULL) AND (territory_id <> 0) AND (EXISTS ( SELECT
   FROM public.conventions c
  WHERE ((c.organisation_id = organisation_territories.organisation_id) AND (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])) AND ctx.lies_within(organisation_territories.territory_id, ARRAY[c.region_id])))))
  rights cc_definer=ar/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.organisations owner cc_owner row security forced
  id uuid not null
  siret bigint not null
  name text not null
  kind text not null
  created_at timestamp with time zone not null
  constraint organisations_kind_check CHECK ((kind = ANY (ARRAY['operateur'::text, 'epci'::text, 'mission-locale'::text, 'plie'::text, 'departement'::text, 'region'::text, 'cap-emploi'::text, 'autre'::text])))
  constraint organisations_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint organisations_pkey PRIMARY KEY (id)
  constraint organisations_siret_check CHECK (((siret >= 1) AND (siret <= '99999999999999'::bigint)))
  constraint organisations_siret_key UNIQUE (siret)
  CREATE UNIQUE INDEX organisations_pkey ON public.organisations USING btree (id)
  CREATE UNIQUE INDEX organisations_siret_key ON public.organisations USING btree (siret)
  CREATE TRIGGER own_territory AFTER INSERT ON public.organisations FOR EACH ROW EXECUTE FUNCTION ctx.lay_own_territory()
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
  constraint pending_links_reason_check CHECK ((reason = ANY (ARRAY['already-linked'::text, 'other-organisation'::text, 'unknown-provider'::text])))
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
  constraint rgc_birth_dates_deed_id_account_id_fkey FOREIGN KEY (deed_id, account_id) REFERENCES public.rgc_members(deed_id, account_id)
  constraint rgc_birth_dates_pkey PRIMARY KEY (deed_id, account_id)
  CREATE UNIQUE INDEX rgc_birth_dates_pkey ON public.rgc_birth_dates USING btree (deed_id, account_id)
  policy owner for all to cc_owner using true check true
  policy propose for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_birth_dates.deed_id) AND (d.organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (d.created_by = ( SELECT ctx.account() AS account)) AND (d.sent_at IS NULL)))) AND (NOT (EXISTS ( SELECT
   FROM public.rgc_signatures s
  WHERE (s.deed_id = rgc_birth_dates.deed_id)))))
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (account_id = ( SELECT ctx.account() AS account))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

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
  constraint rgc_certificates_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint rgc_certificates_check CHECK ((sha256 = sha256(content)))
  constraint rgc_certificates_content_check CHECK (((length(content) >= 1) AND (length(content) <= 1500000)))
  constraint rgc_certificates_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200)))
  constraint rgc_certificates_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_certificates_pkey PRIMARY KEY (id)
  constraint rgc_certificates_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id)
  CREATE INDEX rgc_certificates_account ON public.rgc_certificates USING btree (account_id)
  CREATE UNIQUE INDEX rgc_certificates_pkey ON public.rgc_certificates USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('cssi'::text) AS holds_role) AND (recorded_by = ( SELECT ctx.account() AS account)))
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
  policy decide for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('cssi'::text) AS holds_role) AND (decided_by = ( SELECT ctx.account() AS account)) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_decisions.deed_id) AND (d.sent_at <= rgc_decisions.decided_at)))))
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
  abandoned_at timestamp with time zone rights cc_web=w/cc_owner
  sent_at timestamp with time zone rights cc_definer=w/cc_owner
  silence_accepts_at timestamp with time zone rights cc_definer=w/cc_owner
  constraint rgc_deeds_address_check CHECK (((length(address) >= 5) AND (length(address) <= 300)))
  constraint rgc_deeds_check CHECK (((abandoned_at IS NULL) OR (sent_at IS NULL)))
  constraint rgc_deeds_check1 CHECK ((silence_accepts_at > sent_at))
  constraint rgc_deeds_conditions_given_check CHECK (conditions_given)
  constraint rgc_deeds_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id)
  constraint rgc_deeds_digest_check CHECK ((length(digest) = 32))
  constraint rgc_deeds_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_deeds_organisation_name_check CHECK (((length(organisation_name) >= 1) AND (length(organisation_name) <= 200)))
  constraint rgc_deeds_pkey PRIMARY KEY (id)
  constraint rgc_deeds_signatory_id_fkey FOREIGN KEY (signatory_id) REFERENCES public.accounts(id)
  constraint rgc_deeds_signatory_name_check CHECK (((length(signatory_name) >= 1) AND (length(signatory_name) <= 200)))
  constraint rgc_deeds_signatory_title_check CHECK (((length(signatory_title) >= 1) AND (length(signatory_title) <= 120)))
  constraint rgc_deeds_siret_check CHECK (((siret >= 1) AND (siret <= '99999999999999'::bigint)))
  CREATE INDEX rgc_deeds_organisation ON public.rgc_deeds USING btree (organisation_id, sent_at)
  CREATE UNIQUE INDEX rgc_deeds_one_to_sign ON public.rgc_deeds USING btree (organisation_id) WHERE ((sent_at IS NULL) AND (abandoned_at IS NULL))
  CREATE UNIQUE INDEX rgc_deeds_pkey ON public.rgc_deeds USING btree (id)
  policy abandon for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (sent_at IS NULL) AND (abandoned_at IS NULL)) check ((sent_at IS NULL) AND (abandoned_at IS NOT NULL) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy owner for all to cc_owner using true check true
  policy propose for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (created_by = ( SELECT ctx.account() AS account)) AND (num_nonnulls(abandoned_at, sent_at, silence_accepts_at) = 0))
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR (id IN ( SELECT ctx.deeds_naming_me() AS deeds_naming_me))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.rgc_documents owner cc_owner row security forced
  deed_id uuid not null
  content bytea not null
  sha256 bytea not null
  made_at timestamp with time zone not null
  constraint rgc_documents_check CHECK ((sha256 = sha256(content)))
  constraint rgc_documents_content_check CHECK (((length(content) >= 1) AND (length(content) <= 5000000)))
  constraint rgc_documents_deed_id_fkey FOREIGN KEY (deed_id) REFERENCES public.rgc_deeds(id)
  constraint rgc_documents_pkey PRIMARY KEY (deed_id)
  CREATE UNIQUE INDEX rgc_documents_pkey ON public.rgc_documents USING btree (deed_id)
  policy make for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (deed_id IN ( SELECT ctx.deeds_naming_me_alone() AS deeds_naming_me_alone))) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_documents.deed_id) AND (d.sent_at IS NOT NULL)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (deed_id IN ( SELECT ctx.deeds_naming_me_alone() AS deeds_naming_me_alone))))
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
  constraint rgc_event_reminders_step_check CHECK ((step = ANY (ARRAY['known'::text, 'three-days'::text, 'last-day'::text, 'late'::text])))
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
  late boolean not null
  rights_end_at timestamp with time zone not null
  declared_by uuid not null
  declared_at timestamp with time zone not null
  constraint rgc_events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint rgc_events_check CHECK ((back_on > absent_from))
  constraint rgc_events_check1 CHECK (((kind = 'absence'::text) = (absent_from IS NOT NULL)))
  constraint rgc_events_check2 CHECK (((kind = 'absence'::text) = (last_day IS NULL)))
  constraint rgc_events_check3 CHECK ((rights_end_at >= declared_at))
  constraint rgc_events_declared_by_fkey FOREIGN KEY (declared_by) REFERENCES public.accounts(id)
  constraint rgc_events_kind_check CHECK ((kind = ANY (ARRAY['depart'::text, 'changement-de-fonction'::text, 'absence'::text])))
  constraint rgc_events_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_events_pkey PRIMARY KEY (id)
  CREATE INDEX rgc_events_organisation ON public.rgc_events USING btree (organisation_id, declared_at)
  CREATE UNIQUE INDEX rgc_events_pkey ON public.rgc_events USING btree (id)
  policy declare_event for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (declared_by = ( SELECT ctx.account() AS account)) AND (EXISTS ( SELECT
   FROM public.accounts a
  WHERE ((a.id = rgc_events.account_id) AND (a.organisation_id = ( SELECT ctx.organisation() AS organisation))))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
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
  declared_as uuid rights cc_web=w/cc_owner
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
  policy note for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (noted_by = ( SELECT ctx.account() AS account)) AND (withdrawn_at IS NULL) AND (declared_as IS NULL) AND (EXISTS ( SELECT
   FROM public.accounts a
  WHERE ((a.id = rgc_known_events.account_id) AND (a.organisation_id = rgc_known_events.organisation_id)))) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  policy settle for update to cc_web using (( SELECT ctx.ok() AS ok) AND (withdrawn_at IS NULL) AND (declared_as IS NULL) AND (( SELECT ctx.holds_role('cssi'::text) AS holds_role) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))))) check (( SELECT ctx.ok() AS ok) AND ((withdrawn_by = ( SELECT ctx.account() AS account)) OR ((withdrawn_at IS NULL) AND (EXISTS ( SELECT
   FROM public.rgc_events e
  WHERE ((e.id = rgc_known_events.declared_as) AND (e.account_id = rgc_known_events.account_id) AND (e.declared_by = ( SELECT ctx.account() AS account))))))))
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
  constraint rgc_members_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
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
  policy owner for all to cc_owner using true check true
  policy propose for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_members.deed_id) AND (d.organisation_id = rgc_members.organisation_id) AND (d.created_by = ( SELECT ctx.account() AS account)) AND (d.sent_at IS NULL)))) AND (NOT (EXISTS ( SELECT
   FROM public.rgc_signatures s
  WHERE (s.deed_id = rgc_members.deed_id)))))
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR (deed_id IN ( SELECT ctx.deeds_naming_me() AS deeds_naming_me))))
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
  constraint rgc_revocations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint rgc_revocations_check CHECK ((made_at >= required_at))
  constraint rgc_revocations_check1 CHECK ((num_nonnulls(made_by, made_at) = ANY (ARRAY[0, 2])))
  constraint rgc_revocations_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.accounts(id)
  constraint rgc_revocations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint rgc_revocations_pkey PRIMARY KEY (id)
  constraint rgc_revocations_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
  constraint rgc_revocations_required_by_fkey FOREIGN KEY (required_by) REFERENCES public.accounts(id)
  CREATE INDEX rgc_revocations_organisation ON public.rgc_revocations USING btree (organisation_id, required_at)
  CREATE UNIQUE INDEX rgc_revocations_pkey ON public.rgc_revocations USING btree (id)
  CREATE UNIQUE INDEX rgc_revocations_waiting ON public.rgc_revocations USING btree (account_id) WHERE (made_at IS NULL)
  policy make for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (account_id <> ( SELECT ctx.account() AS account)) AND (made_at IS NULL)) check ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (made_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR (account_id = ( SELECT ctx.account() AS account)) OR (( SELECT ctx.proposes_deeds() AS proposes_deeds) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))))
  policy require for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('cssi'::text) AS holds_role) AND (required_by = ( SELECT ctx.account() AS account)) AND (made_at IS NULL))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

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
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE (d.id = rgc_signatures.deed_id))))
  policy sign for insert to cc_web check (( SELECT ctx.ok() AS ok) AND (account_id = ( SELECT ctx.account() AS account)) AND (EXISTS ( SELECT
   FROM public.rgc_deeds d
  WHERE ((d.id = rgc_signatures.deed_id) AND (d.sent_at IS NULL) AND (d.abandoned_at IS NULL) AND ((rgc_signatures.capacity = 'rgc'::text) OR (d.signatory_id = ( SELECT ctx.account() AS account)))))) AND ((capacity = 'signataire'::text) OR (EXISTS ( SELECT
   FROM public.rgc_members m
  WHERE ((m.deed_id = rgc_signatures.deed_id) AND (m.account_id = ( SELECT ctx.account() AS account)))))))
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

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
  constraint role_assignments_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint role_assignments_assigned_by_fkey FOREIGN KEY (assigned_by) REFERENCES public.accounts(id)
  constraint role_assignments_check CHECK ((ends_at >= starts_at))
  constraint role_assignments_check1 CHECK (((role = 'direction-regionale'::text) = (region_id IS NOT NULL)))
  constraint role_assignments_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id)
  constraint role_assignments_pkey PRIMARY KEY (id)
  constraint role_assignments_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
  constraint role_assignments_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.territories(id)
  constraint role_assignments_role_check CHECK ((role = ANY (ARRAY['rgc'::text, 'signataire'::text, 'correspondant-si'::text, 'dpd'::text, 'rssi'::text, 'responsable-formation'::text, 'responsable-operationnel'::text, 'cssi'::text, 'direction-regionale'::text, 'support'::text, 'administrateur'::text])))
  CREATE INDEX role_assignments_account ON public.role_assignments USING btree (account_id)
  CREATE INDEX role_assignments_organisation ON public.role_assignments USING btree (organisation_id, role)
  CREATE UNIQUE INDEX role_assignments_pkey ON public.role_assignments USING btree (id)
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees) OR ( SELECT ctx.holds_role('direction-regionale'::text) AS holds_role)))
  rights cc_definer=arw/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

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
  account_id uuid not null
  purpose text not null
  challenge text
  secret bytea
  created_at timestamp with time zone not null
  constraint second_factor_challenges_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint second_factor_challenges_pkey PRIMARY KEY (session_id, purpose)
  constraint second_factor_challenges_purpose_check CHECK ((purpose = ANY (ARRAY['totp-enrolment'::text, 'passkey-enrolment'::text, 'passkey-proof'::text])))
  constraint second_factor_challenges_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX second_factor_challenges_pkey ON public.second_factor_challenges USING btree (session_id, purpose)
  policy own for all to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account))) check (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=arwd/cc_owner

table public.second_factor_failures owner cc_owner row security forced
  account_id uuid not null
  failures integer not null
  wait_until timestamp with time zone
  constraint second_factor_failures_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id)
  constraint second_factor_failures_failures_check CHECK ((failures >= 0))
  constraint second_factor_failures_pkey PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX second_factor_failures_pkey ON public.second_factor_failures USING btree (account_id)
  policy own for all to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account))) check (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  rights cc_definer=rd/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=arw/cc_owner

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
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND (( SELECT ctx.oversees() AS oversees) OR ( SELECT ctx.acts_for_operator() AS acts_for_operator) OR (organisation_id IN ( SELECT c.organisation_id
   FROM public.conventions c
  WHERE (c.region_id = ANY (( SELECT ctx.regions() AS regions)::integer[])))) OR ((organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (( SELECT ctx.holds_role('rssi'::text) AS holds_role) OR ( SELECT ctx.holds_role('rgc'::text) AS holds_role) OR ( SELECT ctx.holds_role('signataire'::text) AS holds_role) OR ( SELECT ctx.holds_role('responsable-operationnel'::text) AS holds_role)))))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('cssi'::text) AS holds_role) AND (recorded_by = ( SELECT ctx.account() AS account)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.sessions owner cc_owner row security forced
  id uuid not null rights cc_web=r/cc_owner
  token_hash bytea not null rights cc_web=w/cc_owner
  account_id uuid not null rights cc_web=r/cc_owner
  created_at timestamp with time zone not null rights cc_web=r/cc_owner
  last_seen_at timestamp with time zone not null rights cc_web=rw/cc_owner
  ended_at timestamp with time zone rights cc_web=rw/cc_owner
  acr text rights cc_web=r/cc_owner
  amr text[] not null default '{}'::text[] rights cc_web=r/cc_owner
  second_factor text rights cc_web=rw/cc_owner
  second_factor_at timestamp with time zone rights cc_web=rw/cc_owner
  proven_at timestamp with time zone rights cc_web=rw/cc_owner
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
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account)))
  policy write for update to cc_web using (( SELECT ctx.known() AS known) AND (account_id = ( SELECT ctx.account() AS account))) check (account_id = ( SELECT ctx.account() AS account))
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
  policy correct for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (corrected_at IS NULL)) check (( SELECT ctx.ok() AS ok) AND (corrected_by = ( SELECT ctx.account() AS account)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation))) OR ( SELECT ctx.holds_role('cssi'::text) AS holds_role)))
  policy record for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('cssi'::text) AS holds_role) AND (recorded_by = ( SELECT ctx.account() AS account)) AND (corrected_at IS NULL))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

table public.target_assignments owner cc_owner row security forced
  id bigint not null identity always
  sharing_id uuid statistics 0
  campaign_id uuid not null statistics 0
  siret bigint not null
  at timestamp with time zone
  by_id uuid
  from_assigned uuid
  from_organisation uuid
  from_account uuid
  from_taken_at timestamp with time zone
  to_organisation uuid
  to_account uuid
  status text not null
  contacts integer not null
  kept boolean not null default false rights cc_web=w/cc_owner
  constraint target_assignments_check CHECK (((sharing_id IS NULL) = (at IS NOT NULL)))
  constraint target_assignments_check1 CHECK (((sharing_id IS NULL) = (by_id IS NOT NULL)))
  constraint target_assignments_pkey PRIMARY KEY (id)
  constraint target_assignments_sharing_id_fkey FOREIGN KEY (sharing_id) REFERENCES public.target_sharings(id) ON DELETE CASCADE
  CREATE INDEX target_assignments_sharing ON public.target_assignments USING btree (sharing_id) WHERE (sharing_id IS NOT NULL)
  CREATE INDEX target_assignments_target ON public.target_assignments USING btree (campaign_id, siret)
  CREATE UNIQUE INDEX target_assignments_pkey ON public.target_assignments USING btree (id)
  policy forget for delete to cc_web using (sharing_id IN ( SELECT s.id
   FROM public.target_sharings s
  WHERE ((s.done_at IS NULL) AND ((s.campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((s.within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (s.campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)))))))
  policy owner for all to cc_owner using true check true
  policy plan for insert to cc_web check (((sharing_id IS NOT NULL) AND ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)) AND (to_organisation = ( SELECT ctx.organisation() AS organisation)) AND (COALESCE(from_assigned, from_organisation, to_organisation) = ( SELECT ctx.organisation() AS organisation))))) OR ((sharing_id IS NULL) AND (by_id = ( SELECT ctx.account() AS account)) AND (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns)) AND ((COALESCE(to_organisation, from_organisation) = ( SELECT ctx.organisation() AS organisation)) OR ((to_organisation IS NULL) AND (to_account IS NULL) AND (campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns))))))
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  policy settle for update to cc_web using (sharing_id IN ( SELECT s.id
   FROM public.target_sharings s
  WHERE ((s.campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((s.within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (s.campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)))))) check ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR (campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.target_sharings owner cc_owner row security forced
  id uuid not null
  campaign_id uuid not null
  by_id uuid not null
  within_organisation uuid
  how text not null
  reason text rights cc_web=w/cc_owner
  simulated_at timestamp with time zone not null
  planned integer not null rights cc_web=w/cc_owner
  done_at timestamp with time zone rights cc_web=w/cc_owner
  moved integer rights cc_web=w/cc_owner
  undone_at timestamp with time zone rights cc_web=w/cc_owner
  undone_by uuid rights cc_web=w/cc_owner
  restored integer rights cc_web=w/cc_owner
  constraint target_sharings_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.accounts(id)
  constraint target_sharings_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id)
  constraint target_sharings_check CHECK (((moved >= 0) AND (moved <= planned)))
  constraint target_sharings_check1 CHECK (((restored >= 0) AND (restored <= moved)))
  constraint target_sharings_check2 CHECK ((num_nulls(done_at, moved) = ANY (ARRAY[0, 2])))
  constraint target_sharings_check3 CHECK ((num_nulls(undone_at, undone_by, restored) = ANY (ARRAY[0, 3])))
  constraint target_sharings_check4 CHECK (((undone_at IS NULL) OR (done_at IS NOT NULL)))
  constraint target_sharings_how_check CHECK ((how = ANY (ARRAY['main'::text, 'charge'::text, 'zone'::text, 'activite'::text, 'referent'::text])))
  constraint target_sharings_pkey PRIMARY KEY (id)
  constraint target_sharings_planned_check CHECK ((planned >= 0))
  constraint target_sharings_reason_check CHECK ((length(reason) <= 300))
  constraint target_sharings_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES public.accounts(id)
  constraint target_sharings_within_organisation_fkey FOREIGN KEY (within_organisation) REFERENCES public.organisations(id)
  CREATE INDEX target_sharings_campaign ON public.target_sharings USING btree (campaign_id, done_at DESC, id DESC)
  CREATE UNIQUE INDEX target_sharings_pkey ON public.target_sharings USING btree (id)
  policy forget for delete to cc_web using ((done_at IS NULL) AND ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)))))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))
  policy settle for update to cc_web using ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)))) check ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns))))
  policy share_out for insert to cc_web check ((by_id = ( SELECT ctx.account() AS account)) AND ((campaign_id IN ( SELECT ctx.piloted_campaigns() AS piloted_campaigns)) OR ((within_organisation = ( SELECT ctx.organisation() AS organisation)) AND (campaign_id IN ( SELECT ctx.led_campaigns() AS led_campaigns)))))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

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
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=ard/cc_owner

table public.task_forces owner cc_owner row security forced
  clpe_id integer not null
  pilot_id uuid not null rights cc_web=w/cc_owner
  sensitive_sectors text[] not null default '{}'::text[] rights cc_web=w/cc_owner
  version integer not null default 1 rights cc_web=w/cc_owner
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
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner

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
  policy declare for insert to cc_web check (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)) AND (recorded_by = ( SELECT ctx.account() AS account)))
  policy keep for update to cc_web using (( SELECT ctx.ok() AS ok) AND ( SELECT ctx.holds_role('rgc'::text) AS holds_role) AND (organisation_id = ( SELECT ctx.organisation() AS organisation)))
  policy owner for all to cc_owner using true check true
  policy read for select to cc_web using (( SELECT ctx.ok() AS ok) AND ((organisation_id = ( SELECT ctx.organisation() AS organisation)) OR ( SELECT ctx.oversees() AS oversees)))
  rights cc_owner=arwdDxtm/cc_owner cc_web=ar/cc_owner

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

table public.worker_heartbeats owner cc_owner
  worker_id text not null
  at timestamp with time zone not null
  constraint worker_heartbeats_pkey PRIMARY KEY (worker_id)
  CREATE UNIQUE INDEX worker_heartbeats_pkey ON public.worker_heartbeats USING btree (worker_id)
  rights cc_owner=arwdDxtm/cc_owner cc_web=r/cc_owner cc_worker=arwd/cc_owner

table secret.clock owner cc_owner
  shift interval not null
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner

table secret.context_key owner cc_owner
  key bytea not null
  rights cc_definer=r/cc_owner cc_owner=arwdDxtm/cc_owner

function ctx."national"(integer[]) returns boolean language sql immutable parallel safe owner cc_owner rights default
function ctx.accepted(uuid,text,text,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.access_at(uuid,timestamp with time zone) returns TABLE(account_id uuid, status text, grant_id uuid, missing text[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.access_facts(uuid[],uuid[]) returns TABLE(account_id uuid, organisation_id uuid, function text, function_since timestamp with time zone, active_since timestamp with time zone, contract_ends_on date, last_act_at timestamp with time zone, lifted_at timestamp with time zone, has_role boolean, rights_ended_at timestamp with time zone, created_at timestamp with time zone, grant_id uuid, tool text, profile text, granted_at timestamp with time zone, starts_on date, last_used_on date, corrected jsonb) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.access_lines(uuid[],uuid[]) returns TABLE(account_id uuid, organisation_id uuid, function text, function_since timestamp with time zone, active_since timestamp with time zone, contract_ends_on date, last_act_at timestamp with time zone, lifted_at timestamp with time zone, has_role boolean, rights_ended_at timestamp with time zone, created_at timestamp with time zone, grant_id uuid, tool text, profile text, granted_at timestamp with time zone, starts_on date, last_used_on date, corrected jsonb) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.account() returns uuid language sql stable owner cc_owner rights =X/cc_owner cc_owner=X/cc_owner cc_sign_in=X/cc_owner
function ctx.accounts_to_judge(uuid,integer) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.act(bytea) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.acts_for_operator() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.acts_for_partner() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.addresses_taken(text[]) returns TABLE(email text, account_id uuid) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.announce_closings(timestamp with time zone,integer) returns TABLE(campaign_id uuid, campaign_name text, ends_on date, closes_on date, account_id uuid) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.announce_progress() returns trigger language plpgsql set search_path="" owner cc_owner rights default
function ctx.anomaly_facts(uuid[],uuid[]) returns TABLE(id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamp with time zone, last_used_on date, opened_at timestamp with time zone, outcome jsonb) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.anomaly_rows(uuid[],uuid[]) returns TABLE(id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamp with time zone, last_used_on date, opened_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.ask_link(uuid,text,text,uuid,uuid,text,text,text,bigint,text,text) returns void language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.ask_second_for_account() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.ask_second_for_grant() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.awareness_to_remind() returns TABLE(account_id uuid, due_on date, late boolean) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.block_suspect(uuid,text,timestamp with time zone) returns TABLE(block_id uuid, organisation_id uuid, cuts text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.box_key(bytea) returns integer language sql immutable parallel safe owner cc_owner rights default
function ctx.campagnes() returns integer[] language sql stable owner cc_owner rights default
function ctx.ceiling(uuid,timestamp with time zone) returns integer[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.choose_password(bytea,bytea,text) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.clock() returns timestamp with time zone language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.close_ended_campaigns(timestamp with time zone) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.conditions_due() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.confirmable() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.conseiller() returns integer[] language sql stable owner cc_owner rights default
function ctx.contacted_targets(uuid) returns TABLE(siret bigint, first_on date, reached boolean, meeting boolean, need boolean) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.covers(integer[],integer,integer,integer,integer) returns boolean language sql immutable parallel safe owner cc_owner rights default
function ctx.date_function() returns trigger language plpgsql set search_path="" owner cc_owner rights cc_owner=X/cc_owner
function ctx.decidable_accounts() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.decide_link(uuid,uuid,boolean) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.deed_in_force(public.rgc_deeds,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.deeds_naming_me() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.deeds_naming_me_alone() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.digest_key(text) returns integer language sql immutable parallel safe owner cc_owner rights default
function ctx.effective_grants(uuid,date) returns TABLE(tool text, profile text, territory_id integer, reason text, starts_on date, ends_on date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.effective_grants(uuid,timestamp with time zone) returns TABLE(tool text, profile text, territory_id integer, reason text, starts_on date, ends_on date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.effective_roles(uuid,timestamp with time zone) returns TABLE(role text, region_id integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.end_password_sessions(uuid) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.end_sessions_of(uuid) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.enter(bytea) returns jsonb language plpgsql security definer set search_path="", plan_cache_mode=force_generic_plan owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer cc_web=X/cc_definer
function ctx.fiche() returns integer[] language sql stable owner cc_owner rights default
function ctx.fiche_conseiller() returns integer[] language sql stable owner cc_owner rights default
function ctx.fiche_responsable() returns integer[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.find_identity(text,text,text,text,bytea) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.find_password(text) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.first_enrolment_open() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.first_link_certain(uuid,text,bytea) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.forget_identity_tokens() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.forget_places(timestamp with time zone) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.freeze_review(uuid) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.grants_of(uuid[],timestamp with time zone) returns TABLE(account_id uuid, grant_id uuid, tool text, profile text, territory_id integer, agency_id uuid, reason text, starts_on date, ends_on date, missing text[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.has_second_factor() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.held_grants(uuid,timestamp with time zone) returns TABLE(grant_id uuid, tool text, profile text, territory_id integer, agency_id uuid, reason text, starts_on date, ends_on date, missing text[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.holds_role(text) returns boolean language sql stable owner cc_owner rights default
function ctx.holds_something() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.in_force(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.inactive_at(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.inactive_days(uuid[]) returns TABLE(account_id uuid, day date) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.inactivity_from(uuid) returns timestamp with time zone language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.inactivity_from(uuid,timestamp with time zone) returns timestamp with time zone language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.invitation_open(bytea) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.invite(uuid,uuid,bytea) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.is_operators(text) returns boolean language sql immutable set search_path="" owner cc_owner rights default
function ctx.is_staff() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.judges_access(uuid[]) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_account_state() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_an_officer() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.keep_anomalies(jsonb,jsonb) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.keys_in_use() returns TABLE(key integer, boxes bigint, passwords bigint) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.known() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer cc_web=X/cc_definer
function ctx.last_officer(public.role_assignments,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.lay_own_territory() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.leads() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.leads(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.leads_colleagues() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.led_campaigns() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.lies_within(integer,integer[]) returns boolean language sql stable parallel safe owner cc_owner rights cc_definer=X/cc_owner cc_owner=X/cc_owner cc_web=X/cc_owner
function ctx.lift_inactivity(uuid,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.link_identity(text,text,uuid,text,bytea) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.links_to_tell() returns TABLE(account_id uuid, organisation_id uuid, manages boolean) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.lock_own_budget() returns TABLE(failures integer, wait_until timestamp with time zone, last_at timestamp with time zone) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.lock_sign_in_budgets(bytea[]) returns TABLE(key bytea, failures integer, wait_until timestamp with time zone, last_at timestamp with time zone) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.make_enrolment_code(uuid,bytea,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.make_password_link(uuid,uuid,bytea,timestamp with time zone,bytea) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.managers() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.managers_in_effect() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.mark_anomalies(uuid,jsonb) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.may_help(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.new_id() returns uuid language sql set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.note_empty_roles(uuid,jsonb,timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.note_inactivity() returns TABLE(account_id uuid, organisation_id uuid, due_on date, step text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.note_structure_reading(uuid,text,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.officers_one_at_a_time(uuid) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.ok() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.open_anomalies(uuid[],uuid[]) returns TABLE(id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamp with time zone, last_used_on date, opened_at timestamp with time zone, outcome jsonb) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.open_first_enrolment() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.open_own_enrolment(uuid,bytea) returns text language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.open_password_session(uuid,bytea,uuid,text,bytea) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.open_rows(uuid[],uuid[]) returns TABLE(id uuid, organisation_id uuid, account_id uuid, grant_id uuid, kind text, function text, contract_ends_on date, last_act_at timestamp with time zone, last_used_on date, opened_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.open_session(uuid,bytea,uuid,text,text[],text,text,timestamp with time zone,text,text,bytea) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.organisation() returns uuid language sql stable owner cc_owner rights default
function ctx.oversees() returns boolean language sql stable owner cc_owner rights default
function ctx.own_agencies() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.own_budget_key() returns bytea language sql stable set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.own_ceiling() returns integer[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.own_first_enrolment() returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.own_grants() returns TABLE(tool text, profile text, territory_id integer, reason text, starts_on date, ends_on date, missing text[]) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.own_rgc_missing() returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.paris_day(timestamp with time zone) returns date language sql immutable parallel safe owner cc_owner rights default
function ctx.partner_duties(timestamp with time zone) returns TABLE(organisation_id uuid, has_rgc boolean, awareness_due integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.password_allowed(uuid) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.password_anywhere() returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.password_link(bytea) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.passwords_to_tell() returns SETOF uuid language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.perimeter_within(integer,uuid,integer[]) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.person_ref(uuid) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.person_to_help(uuid) returns jsonb language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.pilote() returns integer[] language sql stable owner cc_owner rights default
function ctx.piloted_campaigns() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.piloted_task_forces() returns SETOF integer language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.places_to_watch(timestamp with time zone,timestamp with time zone) returns TABLE(account_id uuid, at timestamp with time zone, latitude integer, longitude integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.proposes_deeds() returns boolean language sql stable owner cc_owner rights default
function ctx.pseudonym(uuid) returns text language sql immutable parallel safe owner cc_owner rights default
function ctx.purge_departed() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_drafts() returns integer language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_expired() returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_imports() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_inactivity_notices() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_mails() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_sign_in() returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.purge_trail_details(integer,integer) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.queue_mail_job() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rank(text) returns integer language sql immutable parallel safe owner cc_owner rights default
function ctx.reads_conventions() returns boolean language sql stable owner cc_owner rights default
function ctx.reads_own_file() returns boolean language sql stable owner cc_owner rights default
function ctx.recipients_of(uuid,integer,timestamp with time zone) returns TABLE(party text, role text, account_id uuid, address text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.record_act(uuid) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.record_departure(uuid,text,text) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.refused_audiences(uuid,text,timestamp with time zone) returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.regions() returns integer[] language sql stable owner cc_owner rights default
function ctx.renew_password_hash(uuid,text,text) returns void language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.reset_second_factors(uuid,bytea,timestamp with time zone) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.review_due(uuid,timestamp with time zone) returns date language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.review_reminders(timestamp with time zone) returns TABLE(organisation_id uuid, organisation_name text, due_on date, kind text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.reviews_due() returns TABLE(organisation_id uuid, due_on date, last_closed_at timestamp with time zone, open_review uuid, started_at timestamp with time zone, undecided integer) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.rgc_event_reminders(timestamp with time zone) returns TABLE(account_id uuid, organisation_id uuid, kind text, noted boolean, declare_by date, step text) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.rgc_in_place(uuid,timestamp with time zone) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rgc_missing(uuid,timestamp with time zone) returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.rgc_undeclared(uuid,timestamp with time zone) returns TABLE(id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date, noted_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.role_sleeps(public.role_assignments,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_owner=X/cc_definer
function ctx.role_sleeps_from(public.role_assignments) returns timestamp with time zone language sql stable set search_path="" owner cc_owner rights default
function ctx.roles() returns text[] language sql stable owner cc_owner rights default
function ctx.ruled_audiences(uuid,timestamp with time zone) returns TABLE(audience text, directive uuid) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.seal() returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.set_context(text,uuid,uuid,integer[],integer[],integer[],integer[],integer[],text[],integer[]) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.set_own_budget(integer,timestamp with time zone,timestamp with time zone) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.set_sign_in_budget(bytea,integer,timestamp with time zone,timestamp with time zone) returns void language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.settle_confirmation(uuid,text,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.settle_mail(uuid,text,text) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.settle_withdrawn_tools() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer cc_worker=X/cc_definer
function ctx.sign_in_begin(uuid,bytea,bytea,text,text,text,boolean,text,uuid) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.sign_in_take(bytea) returns jsonb language sql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.sign_in_way(text,text,text) returns text language sql immutable parallel safe owner cc_owner rights default
function ctx.sole_roles(uuid,timestamp with time zone) returns text[] language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.stands_on_deed(uuid,timestamp with time zone) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function ctx.structure_uses_to_watch(timestamp with time zone,timestamp with time zone) returns TABLE(organisation_id uuid, people integer, persons_per_day integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
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
function ctx.uses_to_watch(timestamp with time zone,timestamp with time zone,text[]) returns TABLE(account_id uuid, persons_per_hour integer, persons_per_day integer, persons_at_night integer, exports_per_day integer, refusals_per_hour integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.visible_campaigns() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.visible_task_forces() returns SETOF integer language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.waiting_links(uuid) returns TABLE(id uuid, name text, email text, siret bigint, provider text, reason text, asked_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function ctx.weak_level(uuid) returns text language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function ctx.write_anomalies(jsonb,jsonb) returns jsonb language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function ctx.young_accounts(uuid[],timestamp with time zone) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function public.add_up_usage() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.audit_check_actor() returns trigger language plpgsql set search_path="" owner cc_owner rights default
function public.audit_detail_digest(bytea,jsonb) returns bytea language sql immutable owner cc_owner rights default
function public.audit_leaf(public.audit_entries) returns bytea language sql stable owner cc_owner rights default
function public.audit_refuse_change() returns trigger language plpgsql owner cc_owner rights default
function public.audit_set_leaf() returns trigger language plpgsql owner cc_owner rights default
function public.audit_tell_erased() returns trigger language plpgsql set search_path="" owner cc_owner rights default
function public.campaign_advisors(uuid,date,date) returns TABLE(account_id uuid, taken integer, untouched integer, contacts integer, contacted integer, late integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.campaign_conflicts(uuid,date,date) returns TABLE(siret bigint, kind text, against_id uuid, organisation_id uuid, on_date date) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.campaign_lead_candidates(uuid[],integer,date) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.campaign_successors(uuid,date) returns TABLE(organisation_id uuid, account_id uuid) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.check_target_holders() returns trigger language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer
function public.colleagues_at(integer,integer,integer,integer,date) returns SETOF uuid language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.commune_on(text,date) returns text language sql stable parallel safe owner cc_owner rights default
function public.contacted_since(bigint,date) returns boolean language plpgsql stable security definer cost 1000 set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.copy_campaign_results(uuid,uuid,timestamp with time zone) returns integer language sql set search_path="" owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner
function public.count_conflicts(bigint[],date,date,date,uuid) returns TABLE(held integer, contacted integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.end_rgc_role(uuid,timestamp with time zone) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.establishment_search(integer,text,text,text[]) returns tsvector language plpgsql immutable parallel safe owner cc_owner rights default
function public.exchange_version_digest(bytea,date,jsonb) returns text language sql stable owner cc_owner rights cc_owner=X/cc_owner cc_web=X/cc_owner
function public.hand_campaign_over(uuid,uuid,date) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.hide_undiffused() returns trigger language plpgsql owner cc_owner rights default
function public.hold_provisional(bigint,boolean) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.mail_address(uuid) returns text language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_worker=X/cc_definer
function public.mails_given_up() returns TABLE(id uuid, kind text, account_id uuid, masked text, about_kind text, about_id text, created_at timestamp with time zone, failed_at timestamp with time zone, attempts integer, last_error text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.move_territories() returns integer language plpgsql set search_path=public owner cc_owner rights cc_owner=X/cc_owner
function public.name_signatory(uuid,uuid,uuid,text,text,text,text,boolean) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.notice_recipients(uuid,integer,timestamp with time zone) returns TABLE(party text, role text, account_id uuid, address text) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.provisional_used(bigint) returns boolean language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.published_position(double precision,double precision,text) returns double precision[] language plpgsql immutable parallel safe owner cc_owner rights default
function public.readable_day(text) returns date language plpgsql immutable parallel safe strict owner cc_owner rights default
function public.readable_instant(text) returns timestamp without time zone language plpgsql immutable parallel safe strict owner cc_owner rights default
function public.record_at_the_door(uuid,text,text,text,uuid,text,text,jsonb) returns void language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_sign_in=X/cc_definer
function public.record_by_session(text,jsonb) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.record_places(jsonb) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.record_usage(jsonb) returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.refresh_search_lexicon() returns integer language sql owner cc_owner rights default
function public.register_partner(uuid,bigint,text,text) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.retry_mail(uuid) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_account(uuid,text,text,text) returns uuid language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_in_place(uuid,timestamp with time zone) returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.rgc_undeclared(uuid) returns TABLE(id uuid, account_id uuid, organisation_id uuid, kind text, known_on date, declare_by date, noted_at timestamp with time zone) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.scoped_query(text,integer) returns tsquery language sql immutable parallel safe owner cc_owner rights default
function public.search_query(text,text[]) returns tsquery language sql immutable parallel safe owner cc_owner rights default
function public.search_scope(integer) returns text language sql immutable parallel safe owner cc_owner rights default
function public.search_sound(text) returns text language plpgsql immutable parallel safe strict owner cc_owner rights default
function public.search_stem(text) returns text language sql immutable parallel safe strict owner cc_owner rights default
function public.search_stop_words() returns text[] language sql immutable parallel safe owner cc_owner rights default
function public.search_vector(text,text[]) returns tsvector language plpgsql immutable parallel safe owner cc_owner rights default
function public.search_words(text) returns text language plpgsql immutable parallel safe strict owner cc_owner rights default
function public.search_words_of(text) returns TABLE(word text, establishments integer) language sql owner cc_owner rights default
function public.send_rgc_deed(uuid,timestamp with time zone,timestamp with time zone) returns boolean language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.settle_provisional() returns integer language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_owner=X/cc_definer cc_worker=X/cc_definer
function public.settle_search_lexicon(text) returns integer language plpgsql owner cc_owner rights default
function public.sharing_recipients(uuid,date) returns TABLE(organisation_id uuid, account_id uuid, territories integer[], load integer) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.sharing_referents(uuid,bigint[]) returns TABLE(siret bigint, organisation_id uuid, account_id uuid) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.structures_without_rgc() returns SETOF uuid language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.take_holds(uuid,text,date) returns TABLE(siret bigint, from_campaign_id uuid) language plpgsql security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.taken_campaign_contacts(uuid,uuid[]) returns TABLE(campaign_id uuid, campaign_name text, organisation_id uuid, account_id uuid) language plpgsql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.taken_meetings(uuid,date) returns TABLE(siret bigint, from_campaign_id uuid, decided_at timestamp with time zone) language sql stable security definer set search_path="" owner cc_definer rights cc_definer=X/cc_definer cc_web=X/cc_definer
function public.territory_line(integer) returns TABLE(region_id integer, departement_id integer, epci_id integer, clpe_id integer) language sql stable set search_path=public owner cc_owner rights default
