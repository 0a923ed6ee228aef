/**
 * `npm start`. With no setting: a whole demonstration on this machine (embedded PostgreSQL, stand-in for ProConnect,
 * invented data), loopback only.
 * With real settings: migrations where the owner's address is given, then the web and the worker. It starts them,
 * restarts what dies, and stops all with Ctrl-C.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPages } from '../bin/build-pages.ts'
import { inWords } from './command.ts'
import { type Embedded, startEmbedded } from './demonstration/embedded-postgres.ts'
import { everyone } from './demonstration/stand-in/people.ts'
import { environment, mailFolder, modeOf, ownerUrl, readConfig, settingsOf } from './platform/config.ts'
import { migrate } from './platform/migrations.ts'
import { freePort, freePortFrom } from './platform/ports.ts'

const env = environment()
const children = new Set<ChildProcess>()
let embedded: Embedded | undefined
let stopping = false

const stop = async (code = 0) => {
  if (stopping) return
  stopping = true
  if (code === 0) console.log('\nArrêt…')
  const running = [...children].filter(child => child.exitCode === null)
  const gone = Promise.all(running.map(child => new Promise(done => child.once('exit', done))))
  for (const child of running) child.kill('SIGTERM')
  const late = setTimeout(() => {
    for (const child of running) child.kill('SIGKILL')
  }, 30_000)
  await gone
  clearTimeout(late)
  await embedded?.stop()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
// Started with a channel (the journeys' tests): the service goes with who started it, however that one ended.
process.on('disconnect', () => void stop())

/** Starts a process, waits until it says it is ready, and starts it again when it dies later. */
const launch = (
  file: string,
  role: Parameters<typeof settingsOf>[0],
  settings: Record<string, string>,
): Promise<void> =>
  new Promise((ready, failed) => {
    let wasReady = false
    let delay = 250
    const begin = () => {
      // Out of the terminal's group: Ctrl-C comes to us alone, and we stop them in order. They go by themselves when we
      // are gone.
      const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
        env: settingsOf(role, env, settings) as NodeJS.ProcessEnv,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        detached: true,
      })
      const begun = Date.now()
      children.add(child)
      child.once('message', () => {
        wasReady = true
        ready()
      })
      child.once('exit', (code, signal) => {
        children.delete(child)
        if (stopping) return
        const how = signal ?? `code ${code}`
        if (!wasReady) return failed(new Error(`${file} s’est arrêté au démarrage (${how})`))
        console.error(`${file} s’est arrêté (${how}) ; on le relance.`)
        delay = Date.now() - begun > 60_000 ? 500 : Math.min(delay * 2, 30_000)
        setTimeout(() => {
          if (!stopping) begin()
        }, delay)
      })
    }
    begin()
  })

const sayPeople = () => {
  console.log('\nVous pouvez entrer comme (second facteur demandé selon le niveau choisi) :')
  for (const person of everyone)
    console.log(`  ${`${person.givenName} ${person.usualName}`.padEnd(18)} ${person.organisation} : ${person.sentence}`)
  console.log('\nCtrl-C arrête tout ; les données restent.')
}

/**
 * In a process of its own: what it reads to lay the demonstration is gone with it. Answers whether there was anything
 * to lay.
 */
const laySeed = ({ ownerUrl, webUrl }: Embedded, dataDir: string) =>
  new Promise<boolean>((done, failed) => {
    const child = fork(fileURLToPath(new URL('../database/seeds/demonstration.ts', import.meta.url)), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    })
    children.add(child)
    let laid: boolean | undefined
    child.once('message', message => {
      laid = (message as { laid: boolean }).laid
    })
    child.once('exit', code => {
      children.delete(child)
      if (stopping) return
      if (laid === undefined) failed(new Error(`la démonstration n’a pas pu être posée (code ${code})`))
      else done(laid)
    })
    child.send({ ownerUrl, webUrl, dataDir })
  })

const demonstration = async () => {
  const dataDir = resolve(env.DATA_DIR || './data')
  const wanted = Number(env.PORT || 3000)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65535) readConfig(env) // says what is wrong with it
  const port = await freePortFrom(wanted, env.HOST || '127.0.0.1')
  if (port !== wanted) console.log(`Le port ${wanted} est pris : le service prend le port ${port}.`)
  console.log('Base de données…')
  embedded = await startEmbedded({
    dataDir,
    onRestart: () => console.error('PostgreSQL s’est arrêté ; on le relance.'),
  })
  embedded.tell(`« npm start » (processus ${process.pid}, http://localhost:${port})`)
  await migrate(embedded.ownerUrl)
  const [laid, built] = await Promise.all([laySeed(embedded, dataDir), buildPages()])
  if (laid)
    console.log(
      'Données de démonstration : six communautés de communes autour de Bordeaux, entreprises et personnes inventées.',
    )
  if (built) console.log('Pages construites.')
  const standInPort = await freePort()
  const secret = randomBytes(24).toString('hex')
  const metricsPort = env.METRICS_PORT ? Number(env.METRICS_PORT) : await freePort()
  const workerMetricsPort = env.WORKER_METRICS_PORT ? Number(env.WORKER_METRICS_PORT) : await freePort()
  const settings = {
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    WORKER_METRICS_PORT: String(workerMetricsPort),
    DATA_DIR: dataDir,
  }
  const ofWeb = {
    ...settings,
    LAUNCHED_DATABASE_URL: embedded.webUrl,
    LAUNCHED_SIGN_IN_URL: embedded.signInUrl,
    LAUNCHED_STAND_IN: `http://localhost:${standInPort}/api/v2`,
    LAUNCHED_STAND_IN_SECRET: secret,
  }
  const ofStandIn = {
    STAND_IN_PORT: String(standInPort),
    STAND_IN_CLIENT_ID: 'campagnes-coordonnees',
    STAND_IN_CLIENT_SECRET: secret,
    STAND_IN_REDIRECT_URI: `http://localhost:${port}/auth/callback`,
    STAND_IN_POST_LOGOUT_URI: `http://localhost:${port}/auth/signed-out`,
  }
  await Promise.all([
    launch('demonstration/stand-in/main.ts', 'other', ofStandIn),
    launch('worker.ts', 'worker', { ...settings, LAUNCHED_WORKER_URL: embedded.workerUrl }),
  ])
  await launch('main.ts', 'web', ofWeb)
  console.log(`Mesures : ${env.METRICS_HOST || '127.0.0.1'}:${metricsPort}/metrics`)
  console.log(
    env.SMTP_URL
      ? 'Courriels : envoyés par SMTP_URL'
      : `Courriels : aucun n’est envoyé ; chacun est gardé dans un fichier de ${mailFolder(dataDir)}`,
  )
  console.log(`\nCampagnes coordonnées : http://localhost:${port}`)
  sayPeople()
}

const production = async () => {
  const config = readConfig(env, { sealing: true })
  const owner = ownerUrl(env)
  if (owner) for (const name of await migrate(owner)) console.log(`Migration appliquée : ${name}`)
  await buildPages()
  const port = await freePortFrom(config.port, config.host)
  if (port !== config.port) console.log(`Le port ${config.port} est pris : le service prend le port ${port}.`)
  const metricsPort = await freePortFrom(
    config.metricsPort === port ? port + 1 : config.metricsPort,
    config.metricsHost,
  )
  const workerMetricsPort = await freePortFrom(
    [port, metricsPort].includes(config.workerMetricsPort) ? metricsPort + 1 : config.workerMetricsPort,
    config.metricsHost,
  )
  const settings = {
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    WORKER_METRICS_PORT: String(workerMetricsPort),
  }
  await Promise.all([launch('worker.ts', 'worker', settings), launch('main.ts', 'web', settings)])
  console.log(`Mesures : ${config.metricsHost}:${metricsPort}/metrics`)
  console.log(
    `Campagnes coordonnées : ${config.publicUrl} (écoute sur http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${port})`,
  )
}

const failed = (error: unknown) => {
  if (stopping) return // what was under way when the database went
  console.error(inWords(error))
  void stop(1)
}
process.on('uncaughtException', failed)
await (modeOf(env) === 'demonstration' ? demonstration() : production()).catch(failed)
