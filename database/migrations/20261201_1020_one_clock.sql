-- No clock but PostgreSQL's own (SEC-1): whoever moved the other made the trail believe that details were past their term. The
-- function goes with its table, or requests would fail until the functions are written again.
do $$ begin
  if to_regprocedure('ctx.clock()') is not null then
    create or replace function ctx.clock() returns timestamptz language plpgsql stable security definer set search_path = ''
      as 'begin return now(); end';
  end if;
end $$;
drop table secret.clock;
