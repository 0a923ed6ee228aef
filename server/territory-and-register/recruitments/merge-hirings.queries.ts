import type pg from 'pg'
import type { HiringCounts } from './hirings.queries.ts'

/** A declaration is known by these; several identical ones in a file are several hires. */
const key = 'siret, hired_on, contract, duration_days, declared_on'

/**
 * Brings in what was staged of a whole file, in the caller's transaction. Between files the greatest count of a same
 * declaration holds: a file that overlaps another adds what is new in it alone.
 */
export const mergeHirings = async (
  owner: pg.ClientBase,
): Promise<Pick<HiringCounts, 'added' | 'known' | 'unknown' | 'days'>> => {
  await owner.query(`set local jit = off; set local work_mem = '256MB';
    create temp table told on commit drop as
      select t.*, coalesce(d.hires, 0) as held
        from (select ${key}, count(*)::int as hires from hiring_build.staged group by ${key}) t
        left join hiring_declarations d using (${key}) order by ${key};
    analyze told;
    insert into hiring_declarations (${key}, hires) select ${key}, hires from told where held = 0;
    update hiring_declarations d set hires = t.hires from told t where t.held > 0 and t.hires > t.held
      and (${named('d')}) = (${named('t')});
    create temp table more_by_month on commit drop as
      select m.*, h.siret is not null as held from (
        select siret, date_trunc('month', hired_on::timestamp)::date as month,
          hiring_kind(contract, duration_days) as kind, sum(hires - held)::int as hires
        from told where hires > held group by 1, 2, 3) m
      left join hirings_by_month h using (siret, month, kind) order by siret, month;
    analyze more_by_month;
    insert into hirings_by_month (siret, month, kind, hires)
      select siret, month, kind, hires from more_by_month where not held;
    update hirings_by_month h set hires = h.hires + m.hires from more_by_month m
      where m.held and (h.siret, h.month, h.kind) = (m.siret, m.month, m.kind);
    insert into hiring_months (month, brought_at) select distinct month, now() from more_by_month
      on conflict (month) do update set brought_at = excluded.brought_at`)
  await owner.query(`select compare_hirings((select array_agg(distinct extract(year from month)::int)
    from pg_temp.more_by_month))`)
  const {
    rows: [row],
  } = await owner.query<{
    staged: number
    added: number
    establishments: number
    hires: number
    first: string | null
    last: string | null
  }>(`select (select coalesce(sum(hires), 0) from told) as staged,
      (select coalesce(sum(hires - held) filter (where hires > held), 0) from told) as added, count(*)::int as establishments,
      coalesce(sum(hires), 0)::bigint as hires, (select min(hired_on)::text from told) as first,
      (select max(hired_on)::text from told) as last
    from (select siret, sum(hires) as hires from told group by siret) t
      where not exists (select from establishments e where e.siret = t.siret)`)
  const { staged, added, establishments, hires, first, last } = row!
  return {
    added,
    known: staged - added,
    unknown: { establishments, hires },
    ...(first && last ? { days: [first, last] } : {}),
  }
}
const named = (table: string) =>
  key
    .split(', ')
    .map(column => `${table}.${column}`)
    .join(', ')

/** The file is brought: the last twelve months follow it, and what was staged of it goes. */
export const finishFile = async (owner: pg.ClientBase, id: number, counts: HiringCounts): Promise<void> => {
  await owner.query('update hiring_files set counts = $2, finished_at = now() where id = $1', [
    id,
    JSON.stringify(counts),
  ])
  await owner.query('select count_recent_hirings()')
  await owner.query('drop schema hiring_build cascade')
}
