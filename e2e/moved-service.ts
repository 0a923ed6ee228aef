import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Logger, run } from 'graphile-worker'
import pg from 'pg'
import { buildPages } from '../bin/build-pages.ts'
import { actions } from '../server/actions.ts'
import type { StandInPerson } from '../server/demonstration/stand-in/people.ts'
import { startStandIn } from '../server/demonstration/stand-in/stand-in.ts'
import { jobsOf } from '../server/jobs.ts'
import { type Mailbox, openMailbox } from '../server/notifications/testing-smtp.ts'
import { readConfig } from '../server/platform/config.ts'
import { uuidv7 } from '../server/platform/ids.ts'
import { pages } from '../server/platform/pages.ts'
import { freePort } from '../server/platform/ports.ts'
import { buildServer } from '../server/platform/server.ts'
import { systemClock } from '../server/platform/time.ts'
import { plugins } from '../server/plugins.ts'
import { startRecorders } from '../server/recorders.ts'
import { settingsOf } from '../server/settings.ts'
import { moveClock } from '../server/testing/clock.ts'
import { freshDatabase, openPatient } from '../server/testing/database.ts'
import type { RunningService } from './service.ts'

const RealDate = Date
let ahead = 0
/**
 * The clock of this whole process: the service, its jobs, and the stand-in for ProConnect, whose tokens would otherwise
 * be of another year.
 */
class MovedDate extends RealDate {
  constructor(...parts: []) {
    if (parts.length === 0) super(RealDate.now() + ahead)
    else super(...parts)
  }
  static override now() {
    return RealDate.now() + ahead
  }
  static override [Symbol.hasInstance](value: unknown) {
    return value instanceof RealDate
  }
}

/**
 * Sessions are dated by PostgreSQL's own clock, which nobody moves: here they follow the one that rights are judged by.
 */
const movedSessions = `
  create function public.moved_session() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then new.created_at := ctx.clock(); end if;
    if tg_op = 'INSERT' or new.last_seen_at is distinct from old.last_seen_at
      then new.last_seen_at := ctx.clock(); end if;
    return new;
  end $$;
  create trigger moved before insert or update on public.sessions for each row execute function public.moved_session()`

export interface MovedService extends RunningService {
  readonly mailbox: Mailbox
  /**
   * Goes to an instant: PostgreSQL and this process alike. What the worker does at fixed hours is then done once,
   * unless told otherwise.
   */
  go(instant: string, options?: { readonly work?: boolean }): Promise<void>
  /** Waits until the worker has nothing left to do. */
  atRest(): Promise<void>
  now(): Date
}

/**
 * The service as server/main.ts and server/worker.ts put it together, over a database of its own, with a mail server on
 * this machine and a clock that the test moves.
 */
export const startMoved = async (
  people: readonly StandInPerson[],
  lay: (owner: pg.Pool) => Promise<void>,
): Promise<MovedService> => {
  ahead = 0
  globalThis.Date = MovedDate as unknown as DateConstructor
  const dataDir = mkdtempSync(join(tmpdir(), 'campagnes-story-'))
  const [port, standInPort] = [await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  const [urls, mailbox] = await Promise.all([freshDatabase(), openMailbox(url), buildPages()])
  const owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 2 })
  owner.on('error', () => {})
  await owner.query(movedSessions)
  await lay(owner)
  const secret = uuidv7()
  const config = readConfig(
    {
      PORT: String(port),
      DATA_DIR: dataDir,
      SMTP_URL: mailbox.url,
      MAIL_FROM: 'Campagnes coordonnées <ne-pas-repondre@campagnes.example>',
      LOG_LEVEL: 'silent',
      LAUNCHED_DATABASE_URL: urls.webUrl,
      LAUNCHED_SIGN_IN_URL: urls.signInUrl,
      LAUNCHED_WORKER_URL: urls.workerUrl,
      LAUNCHED_STAND_IN: `http://localhost:${standInPort}/api/v2`,
      LAUNCHED_STAND_IN_SECRET: secret,
    },
    { sealing: true },
  )
  const standIn: Server = await startStandIn({
    port: standInPort,
    clientId: config.proconnect.clientId,
    clientSecret: secret,
    redirectUri: `${url}/auth/callback`,
    postLogoutUri: `${url}/auth/signed-out`,
    people,
  })
  const [database, signIn] = [openPatient(urls.webUrl), openPatient(urls.signInUrl, { connections: 2 })]
  const troubles: string[] = []
  const settings = settingsOf(config)
  const recorders = startRecorders(database, { originKey: config.originKey, clock: settings.clock }, (what, error) => {
    troubles.push(`${what} not written: ${error.message}`)
  })
  const server = await buildServer({
    database,
    actions,
    ...recorders.listeners,
    publicUrl: url,
    originKey: config.originKey,
    logLevel: 'silent',
    requestsPerMinute: 1e6,
    shedLoad: false,
    settings,
    exceptions: [
      ...plugins(config, database, signIn, settings, recorders.listeners),
      pages(fileURLToPath(new URL('../dist', import.meta.url))),
    ],
  })
  await server.listen({ port, host: '127.0.0.1' })

  const workerPool = new pg.Pool({ connectionString: urls.workerUrl, max: 4 })
  workerPool.on('error', () => {})
  workerPool.on('connect', client => {
    client.on('error', () => {})
  })
  const jobs = jobsOf(config)
  const logger = new Logger(() => (level, message) => {
    if (level === 'error') troubles.push(message)
  })
  const runner = await run({
    pgPool: workerPool,
    concurrency: 2,
    noHandleSignals: true,
    logger,
    pollInterval: 500,
    taskList: Object.fromEntries(jobs.map(job => [job.name, job.run])),
    parsedCronItems: [],
  })
  const atRest = async () => {
    for (const until = performance.now() + 60_000; ; ) {
      const { rows } = await workerPool.query<{ left: string }>('select count(*) as left from graphile_worker.jobs')
      if (troubles.length > 0) throw new Error(`beside requests, something failed:\n${troubles.join('\n')}`)
      if (Number(rows[0]!.left) === 0) return
      if (performance.now() > until) throw new Error('the worker is not at rest after a minute')
      await new Promise(r => setTimeout(r, 50))
    }
  }
  return {
    url,
    standIn: `localhost:${standInPort}`,
    dataDir,
    mailbox,
    atRest,
    now: systemClock,
    sql: async (query, values = []) => (await owner.query(query, [...values])).rows,
    go: async (instant, { work = true } = {}) => {
      await atRest()
      ahead = RealDate.parse(instant) - RealDate.now()
      await moveClock(owner, `${ahead} milliseconds`)
      if (work) for (const { name, cron } of jobs) if (cron) await runner.addJob(name, {})
      await atRest()
    },
    stop: async () => {
      await runner.stop()
      await server.close()
      await recorders.stop()
      standIn.close()
      standIn.closeAllConnections()
      await Promise.all([mailbox.close(), database.close(), workerPool.end(), owner.end()])
      await urls.drop()
      rmSync(dataDir, { recursive: true, force: true })
      globalThis.Date = RealDate
    },
  }
}
