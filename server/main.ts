/** The web process: the API and the pages. Stateless: as many as wanted behind a proxy. */
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { actions } from './actions.ts'
import { sayAndExit } from './command.ts'
import { clamd } from './platform/antivirus.ts'
import { ConfigurationError, environment, readConfig } from './platform/config.ts'
import { clockProblems, collationProblems, limitProblems } from './platform/database/start-checks.ts'
import { openDatabase } from './platform/database.ts'
import { health, parts, readiness as readinessOf } from './platform/health.ts'
import { MissingKey } from './platform/key-ring.ts'
import { say } from './platform/log.ts'
import { missingFrom } from './platform/migrations.ts'
import { operations } from './platform/operations.ts'
import { pages } from './platform/pages.ts'
import { buildServer } from './platform/server.ts'
import { measureDegraded, measureSealing, startTracing } from './platform/telemetry.ts'
import { startWatchdog } from './platform/watchdog.ts'
import { plugins } from './plugins.ts'
import { startRecorders } from './recorders.ts'
import { settingsOf } from './settings.ts'
import { missingKeys } from './signing-in/identity/rotate-keys.ts'
import { keysInUse } from './signing-in/identity/second-factors.queries.ts'

const config = (() => {
  try {
    return readConfig(environment())
  } catch (error) {
    return sayAndExit(error as ConfigurationError)
  }
})()
if (config.secretsInEnvironment.length > 0)
  say(
    'warn',
    `secrets in the environment: ${config.secretsInEnvironment.join(', ')}; in files, this service alone reads them (deploy/README.md)`,
  )
if (config.mode === 'production' && config.clamdAddress === undefined)
  say('warn', 'no antivirus: what people send is kept unread by one (CLAMD_ADDRESS, deploy/README.md)')
const stopTracing = await startTracing(config.otlpEndpoint, 'campagnes-coordonnees')
const database = openDatabase(config.databaseUrl, { connections: config.databaseConnections })
// Two are enough: what is slow in signing in (argon2, ProConnect) holds no connection.
const signIn = openDatabase(config.signInDatabaseUrl, { connections: 2 })
// Of their own: what operators ask does not wait behind those who work, and is asked one at a time.
const aside = openDatabase(config.databaseUrl, { connections: 1, queue: 10, waitMs: 2_000 })

const pendingMigrations = missingFrom(aside)
const behind = await pendingMigrations().catch(sayAndExit)
if (behind.length > 0)
  sayAndExit(
    new ConfigurationError([
      `la base n’est pas à jour (${behind.length} migration(s) en attente, dont ${behind[0]}) : lancez « npm run migrate »`,
    ]),
  )

// Without them one slow statement, or one lock, holds a connection for ever (REL-7).
const problems = await Promise.all([
  limitProblems(database, 'DATABASE_URL'),
  limitProblems(signIn, 'DATABASE_SIGN_IN_URL'),
  collationProblems(database),
  clockProblems(database),
]).catch(sayAndExit)
if (problems.flat().length > 0) sayAndExit(new ConfigurationError(problems.flat()))

// Better told now than to the person whose code is refused.
const lacking = await keysInUse(database)
  .then(inUse => missingKeys(inUse, config.keys))
  .catch(sayAndExit)
if (lacking.length > 0) sayAndExit(new ConfigurationError(lacking.map(number => new MissingKey(number).message)))

measureSealing(async () => (await aside.first<{ seconds: number }>(sql`select ctx.trail_lag() as seconds`))!.seconds)
const settings = settingsOf(config)
const recorders = startRecorders(database, { originKey: config.originKey, clock: settings.clock }, (what, error) =>
  say('warn', `${what} not written: ${error.message}`),
)
const server = await buildServer({
  database,
  actions,
  settings,
  ...recorders.listeners,
  placeHeaders: config.travel?.headers,
  publicUrl: config.publicUrl,
  originKey: config.originKey,
  logLevel: config.logLevel,
  trustProxy: config.trustProxy,
  limits: config.limits,
  exceptions: [
    health,
    ...plugins(config, database, signIn, settings, recorders.listeners),
    pages(fileURLToPath(new URL('../dist', import.meta.url))),
  ],
}).catch(sayAndExit)

const readiness = readinessOf({
  database: aside,
  pendingMigrations,
  antivirus: config.clamdAddress === undefined ? undefined : clamd(config.clamdAddress),
})
measureDegraded(parts, async () => (await readiness.ask()).degraded)
const operationsServer = operations(readiness).listen(config.metricsPort, config.metricsHost)
operationsServer.on('error', sayAndExit)

await server.listen({ host: config.host, port: config.port, backlog: 4096 }).catch(sayAndExit)
startWatchdog(config.watchdogSeconds, 'web')
process.send?.({ ready: true })

let stopping = false
/** Stops taking requests, lets those under way end, then closes the rest. */
const stop = async () => {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), 27_000).unref()
  readiness.stop()
  await server.takeLeave()
  operationsServer.close()
  await recorders.stop()
  await Promise.all([database.close(), signIn.close(), aside.close()])
  await stopTracing()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
process.on('disconnect', stop)
