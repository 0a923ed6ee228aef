-- In the review too, an account manager's grant rests on recorded duties (ACC-4, ACC-8): without them it is not kept.
create policy duties on access_review_lines as restrictive for update to cc_web using ((select ctx.ok()))
  with check ((select ctx.ok()) and (decision is distinct from 'keep' or grant_id is null or account_id not in (select ctx.managers()) or grant_id in (select g.id from grants g where g.duties is not null)));
