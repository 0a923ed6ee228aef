/**
 * Loaded before each file of tests: what it asks of the run's PostgreSQL goes through a socket of this machine rather
 * than its network, which takes the processor half as long. Whoever is given another address keeps it.
 */
import { existsSync } from 'node:fs'
import pg from 'pg'

const given = process.env.TEST_POSTGRES
const { superUrl, socket } = given ? (JSON.parse(given) as { superUrl: string; socket?: string }) : {}
if (superUrl !== undefined && socket !== undefined && existsSync(socket)) {
  const { hostname, port } = new URL(superUrl)
  const connections = pg.Connection.prototype as unknown as { connect(to: number | string, host?: string): void }
  const { connect } = connections
  connections.connect = function (to, host) {
    return String(to) === port && host === hostname ? connect.call(this, socket) : connect.call(this, to, host)
  }
}
