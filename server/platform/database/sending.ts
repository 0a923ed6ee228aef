import { channel } from 'node:diagnostics_channel'
import {
  CamelCasePlugin,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import pg from 'pg'
import type { DB } from '../../../database/schema.ts'

pg.types.setTypeParser(1082, day => day) // a DATE is a day, not an instant
pg.types.setTypeParser(20, Number) // SIRET and counts fit in 53 bits
const bigints = 1016 as 20 // an array of them, which the types of pg leave out; it gives text otherwise
const texts = pg.types.getTypeParser(bigints) as (array: string) => string[]
pg.types.setTypeParser(bigints, array => texts(array).map(Number))

/** Only builds SQL; `pg` sends it. */
export const k = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [new CamelCasePlugin()],
})

/** A Kysely builder, or a `sql` template. */
export interface Compiles<T> {
  compile(provider: typeof k): CompiledQuery<T>
}

export interface Db {
  all<T>(query: Compiles<T>): Promise<T[]>
  first<T>(query: Compiles<T>): Promise<T | undefined>
  /** Rows written. */
  run(query: Compiles<unknown>): Promise<number>
}

const camel = new Map<string, string>()
export const camelName = (column: string) => {
  const known = camel.get(column)
  if (known !== undefined) return known
  const name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  camel.set(column, name)
  return name
}

// Statements are prepared under a name, so that PostgreSQL parses each once a connection; generated texts past the
// bound stay unnamed.
const names = new Map<string, string>()

const nameOf = (text: string) => {
  const known = names.get(text)
  if (known !== undefined || names.size >= 400) return known
  const name = `q${names.size}`
  names.set(text, name)
  return name
}

/** What is asked of a connection: of one lent by the pool, or of a whole client. */
interface Asks {
  query<R extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<R>>
  query<R extends any[]>(query: pg.QueryArrayConfig): Promise<pg.QueryArrayResult<R>>
}

/** Lent by the pool, until released; `lost` when it must not serve again. */
export interface Lent extends Asks {
  release(lost: boolean): void
}

/** For the check of row types (docs/decisions/0012): who asks what, then its answer. Only tests listen. */
export const asked = channel('campagnes.statement-asked')
const answered = channel('campagnes.statement-answered')
export interface AnsweredStatement extends Pick<pg.QueryArrayResult, 'fields' | 'rows'> {
  /** The same object as was asked. */
  readonly query: object
  readonly text: string
}

const send = async <T>(client: Asks, query: Compiles<T>): Promise<{ rows: T[]; count: number }> => {
  asked.publish(query)
  const { sql: text, parameters } = query.compile(k)
  const result = await client.query<unknown[]>({
    text,
    values: parameters as unknown[],
    rowMode: 'array',
    name: nameOf(text),
  })
  if (answered.hasSubscribers)
    answered.publish({ query, text, fields: result.fields, rows: result.rows } satisfies AnsweredStatement)
  const columns = result.fields.map(f => camelName(f.name))
  const rows = result.rows.map(values => {
    const row: Record<string, unknown> = {}
    for (let i = 0; i < columns.length; i++) row[columns[i]!] = values[i]
    return row as T
  })
  return { rows, count: result.rowCount ?? 0 }
}

export const over = (client: Asks): Db => ({
  all: async query => (await send(client, query)).rows,
  first: async query => (await send(client, query)).rows[0],
  run: async query => (await send(client, query)).count,
})

/** A whole client is asked one thing at a time: pg will refuse a query while another is under way. */
const oneAtATime = (client: pg.ClientBase): Asks => {
  let last: Promise<unknown> = Promise.resolve()
  return {
    query: (query: pg.QueryConfig) => {
      const asked = last.then(() => client.query(query))
      last = asked.catch(() => {})
      return asked
    },
  } as Asks
}

/** For jobs, which are given a connection. */
export const dbOver = (client: pg.ClientBase): Db => over(oneAtATime(client))
