-- A breach names the clauses it is about, of a list (AGR-5); earlier ones name them in their text alone.
alter table convention_breaches
  add column clauses text[] not null default '{}',
  add column other_article text check (length(btrim(other_article)) between 1 and 100),
  add constraint breach_clauses_bind check (clauses <@ case party
    when 'operateur' then array['purposes', 'third-parties', 'confidentiality', 'personal-data', 'violations-told', 'two-factors',
      'security-assessment', 'awareness', 'intellectual-property', 'account-managers', 'smallest-rights', 'yearly-review', 'other']
    else array['purposes', 'state-of-tools', 'confidentiality', 'personal-data', 'violations-told', 'two-factors',
      'intellectual-property', 'free-of-charge', 'other'] end),
  add constraint breach_other_article check ((other_article is not null) = ('other' = any (clauses)));
