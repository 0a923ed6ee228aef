/**
 * The web process under load, as `server/main.ts` builds it, in a process of its own. Told what to do by its parent.
 */
import pg from 'pg'
import { actions } from '../server/actions.ts'
import { openDatabase } from '../server/platform/database.ts'
import { buildServer } from '../server/platform/server.ts'
import { perFloor, type Statement } from './floor-statements.ts'
import type { Call } from './load.ts'

const { databaseUrl, connections, cookie } = JSON.parse(process.env['BENCH']!) as {
  databaseUrl: string
  connections: number
  cookie: string
}

let recording: Statement[] | undefined
const send = pg.Client.prototype.query as (...args: any[]) => any
pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
  if (recording && typeof args[0] === 'object' && typeof args[0].text === 'string')
    recording.push({ text: args[0].text, values: args[0].values ?? [] })
  return send.apply(this, args)
} as typeof pg.Client.prototype.query

const database = openDatabase(databaseUrl, { connections, queue: 10_000 })
const server = await buildServer({
  database,
  actions,
  publicUrl: 'http://localhost',
  originKey: Buffer.alloc(32),
  requestsPerMinute: 1e9,
  shedLoad: false,
})
const address = await server.listen({ host: '127.0.0.1', port: 0 })

process.on('message', async (message: { record: readonly Call[]; context: Record<string, string> }) => {
  const all: Statement[][] = []
  for (const { method = 'GET', path, body, headers } of message.record) {
    const began = Date.now()
    recording = []
    const answer = await server.inject({
      method,
      url: path,
      headers: { cookie, ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { payload: body }),
    })
    if (answer.statusCode !== 200) console.error(`${path}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
    all.push(perFloor(recording, message.context, began))
    recording = undefined
  }
  process.send!({ statements: all })
})
process.on('disconnect', () => process.exit(0))
process.send!({ port: Number(new URL(address).port) })
