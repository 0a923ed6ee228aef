/**
 * The floor: `node:http` and bare `pg` answer the same statements as JSON, without rights, trail or schema; what writes
 * is one transaction. `/17` is the 17th list of statements.
 */

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import pg from 'pg'
import { uuidv7 } from '../server/platform/ids.ts'
import { madeId, type Statement } from './floor-statements.ts'

const {
  databaseUrl,
  connections,
  statements: file,
} = JSON.parse(process.env['BENCH']!) as { databaseUrl: string; connections: number; statements: string }
const lists = JSON.parse(readFileSync(file, 'utf8')) as Statement[][]
pg.types.setTypeParser(20, Number)
const pool = new pg.Pool({ connectionString: databaseUrl, max: connections, pipeline: true } as pg.PoolConfig)

const names = new Map<string, string>()
for (const { text } of lists.flat()) if (!names.has(text) && names.size < 400) names.set(text, `f${names.size}`)

const markers = new RegExp(madeId(0).replace('0', '(\\d+)'), 'g')

const server = createServer(async (request, response) => {
  const client = await pool.connect()
  try {
    const list = lists[Number(request.url!.slice(1))]!
    const writes = list.some(
      ({ text }) =>
        /^\s*(insert|update|delete|with)\b/i.test(text) && /\b(insert into|update|delete from)\b/i.test(text),
    )
    const made = writes ? Array.from({ length: 20 }, () => uuidv7()) : undefined
    const anew = (value: unknown): unknown =>
      made === undefined
        ? value
        : typeof value === 'string'
          ? value.replace(markers, (_, n: string) => made[Number(n)]!)
          : Array.isArray(value)
            ? value.map(anew)
            : value
    const sent = list.map(({ text, values }) => client.query({ text, values: values.map(anew), name: names.get(text) }))
    const results = await Promise.all(writes ? [client.query('begin'), ...sent, client.query('commit')] : sent)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(results.map(r => r.rows)))
  } catch (error) {
    console.error(error)
    response.writeHead(500).end()
  } finally {
    client.release()
  }
})
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as { port: number }).port }))
process.on('disconnect', () => process.exit(0))
