import type pg from 'pg'

/*
 * A database judges rights at PostgreSQL's own instant. Here alone it is given another, to live through a convention
 * in a minute. The service refuses to start over such a database, and the verification of the trail names it.
 */
type Owner = Pick<pg.Pool | pg.ClientBase, 'query'>

const movedClock = `
  create table secret.clock (shift interval not null);
  grant select on secret.clock to cc_definer;
  create or replace function ctx.clock() returns timestamptz language plpgsql stable security definer
    set search_path = '' as $$
  begin return now() + coalesce((select shift from secret.clock limit 1), '0'); end $$`

const isLaid = async (owner: Owner): Promise<boolean> => {
  const { rows } = await owner.query<{ laid: boolean }>(`select to_regclass('secret.clock') is not null as laid`)
  return rows[0]!.laid
}

/** The service stays at PostgreSQL's own hour while the database's is moved: its rows then bear either. */
const eitherHour = `
  do $do$ begin
    if (select prosrc from pg_proc where oid = 'ctx.is_now(timestamptz)'::regprocedure) ~ 'clocks_apart' then
      create or replace function ctx.is_now(said timestamptz) returns boolean language sql stable as $$
        select least(abs(extract(epoch from said - now())), abs(extract(epoch from said - ctx.clock())))
          <= extract(epoch from ctx.clocks_apart()) $$;
    end if;
  end $do$`

/** Puts the database's clock so far ahead: « 7 months », « 2 minutes ». The first move lays what it takes. */
export const moveClock = async (owner: Owner, shift: string): Promise<void> => {
  if (!(await isLaid(owner))) {
    await owner.query(movedClock)
    await owner.query(eitherHour)
  }
  await owner.query('with gone as (delete from secret.clock) insert into secret.clock values ($1::interval)', [shift])
}

/** Puts the database's clock at an instant, from which it goes on. */
export const moveClockTo = (owner: Owner, instant: string | Date): Promise<void> =>
  moveClock(owner, `${new Date(instant).getTime() - Date.now()} milliseconds`)

/**
 * The service of a test may live at another hour, by a clock of its own: the database then believes each instant that it
 * writes.
 */
export const believeService = (owner: Owner) =>
  owner.query(
    `create or replace function ctx.is_now(said timestamptz) returns boolean language sql stable as 'select true'`,
  )

/** Puts the clock back to PostgreSQL's own instant. */
export const putClockBack = async (owner: Owner): Promise<void> => {
  if (await isLaid(owner)) await owner.query('delete from secret.clock')
}
