import type pg from 'pg'

/*
 * A table built beside takes the place of the register's own: same names, same rights, same indexes; those who read
 * see the one, then the other.
 */

export interface Index {
  readonly name: string
  readonly beside: string
  readonly primary: boolean
  readonly gin: boolean
}
/** The indexes of a table of the register, as statements for the table beside it. */
export const indexesOf = async (owner: pg.ClientBase, table: string): Promise<Index[]> => {
  const { rows } = await owner.query<Index>(
    `
    select c.relname as name, i.indisprimary as primary, a.amname = 'gin' as gin,
      regexp_replace(replace(pg_get_indexdef(i.indexrelid), format(' ON public.%I ', $1::text),
        format(' ON register_build.%I ', $1::text)), ' INDEX ', ' INDEX IF NOT EXISTS ') as beside
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
      where i.indrelid = $2::regclass order by a.amname = 'gin' desc, c.relname`,
    [table, `public.${table}`],
  )
  return rows
}

/**
 * Things that a new table of the same name would lose or leave behind. Views, functions and rules are bound to the
 * table itself.
 * So are foreign keys, policies, publications. Where there is any, the register is written in place.
 */
export const boundToTables = async (owner: pg.ClientBase): Promise<string[]> => {
  const { rows } = await owner.query<{ what: string }>(`
    with t as (select unnest(array['public.establishments'::regclass, 'public.legal_units'::regclass]) as oid)
    select pg_describe_object(classid, objid, objsubid) as what from pg_depend
      join t on refclassid = 'pg_class'::regclass and refobjid = t.oid
      where classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass, 'pg_policy'::regclass,
        'pg_publication_rel'::regclass)
    union all select pg_describe_object('pg_constraint'::regclass, c.oid, 0) from pg_constraint c
      join t on t.oid in (c.conrelid, c.confrelid) where contype = 'f'
    union all select pg_describe_object('pg_class'::regclass, c.oid, 0) from pg_class c join t using (oid)
      where relrowsecurity
    union all select pg_describe_object('pg_class'::regclass, inhrelid, 0) from pg_inherits
      join t on t.oid in (inhrelid, inhparent)`)
  return rows.map(r => r.what)
}

/**
 * Indexes, key and statistics of the table beside, several at once, with what else is to be read of it. What is there
 * already is left as it is.
 */
export const dress = async (
  sessions: readonly pg.ClientBase[],
  table: string,
  memoryMB: number,
  reading: readonly string[] = [],
): Promise<void> => {
  const indexes = await indexesOf(sessions[0]!, table)
  // The longest first: one core for the words' index, the other for the rest.
  const queue = [...indexes.filter(i => i.gin), ...reading.map(beside => ({ beside })), ...indexes.filter(i => !i.gin)]
  await Promise.all(
    sessions.map(async session => {
      await session.query(`set maintenance_work_mem = '${memoryMB}MB'`)
      for (let next = queue.shift(); next; next = queue.shift()) await session.query(next.beside)
    }),
  )
  const owner = sessions[0]!
  const { rows } = await owner.query<{ name: string; type: string }>(
    `select conname as name, case contype when 'p' then 'primary key' else 'unique' end as type from pg_constraint
      where conrelid = $1::regclass and contype in ('p', 'u')`,
    [`public.${table}`],
  )
  for (const { name, type } of rows) {
    const { rowCount } = await owner.query('select from pg_constraint where conrelid = $1::regclass and conname = $2', [
      `register_build.${table}`,
      name,
    ])
    if (!rowCount)
      await owner.query(`alter table register_build.${table} add constraint ${name} ${type} using index ${name}`)
  }
  await owner.query(`vacuum (analyze) register_build.${table}`)
}

/**
 * Last in its transaction: readers wait a few milliseconds. A long reading under way is not held up: the swap is tried
 * again.
 */
export const swapTables = async (owner: pg.ClientBase, tables: readonly string[]): Promise<void> => {
  if (tables.length === 0) return
  for (let attempt = 0; ; attempt++) {
    await owner.query(`savepoint swap; set local lock_timeout = '300ms'`)
    try {
      await owner.query(`lock table ${tables.map(t => `public.${t}`).join(', ')} in access exclusive mode`)
      break
    } catch (error) {
      if ((error as { code?: string }).code !== '55P03' || attempt === 3_000) throw error
      await owner.query('rollback to savepoint swap; release savepoint swap')
      await new Promise(done => {
        setTimeout(done, 200)
      })
    }
  }
  await owner.query(
    `create schema register_before;
      ${tables
        .map(
          t => `alter table public.${t} set schema register_before; alter table register_build.${t}
        set schema public`,
        )
        .join('; ')}`,
  )
}
