import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { findEmbedded } from '../server/demonstration/embedded-postgres.ts'
import { copyDemonstration, launch } from '../server/testing/service.ts'
// Rows read as the product reads them, whichever files this process ran before.
import '../server/platform/database/sending.ts'

export interface RunningService {
  readonly url: string
  /** Host and port of the stand-in for ProConnect: the one other host that a page may ask. */
  readonly standIn: string
  /** Where it keeps what it keeps: the mails of a demonstration among it. */
  readonly dataDir: string
  /** As the schema's owner: to look behind the screens, and for what no screen does yet. */
  sql<T>(query: string, values?: readonly unknown[]): Promise<T[]>
  stop(): Promise<void>
}

/** What `npm start` runs, on a second start: over a copy of the demonstration that a first one laid. */
export const start = async (): Promise<RunningService> => {
  const folder = mkdtempSync(join(tmpdir(), 'campagnes-service-'))
  chmodSync(folder, 0o755)
  let owner: pg.Client | undefined
  let service: Awaited<ReturnType<typeof launch>> | undefined
  const stop = async () => {
    await owner?.end()
    await service?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    const dataDir = await copyDemonstration(folder)
    service = await launch(dataDir)
    const { url } = service
    // A machine that is still busy starting may turn away the first request.
    let toStandIn: string | null = null
    for (
      const until = Date.now() + 60_000;
      !toStandIn && Date.now() < until;
      await new Promise(r => setTimeout(r, 100))
    )
      toStandIn = (await fetch(`${url}/auth/sign-in`, { redirect: 'manual' })).headers.get('location')
    owner = new pg.Client((await findEmbedded(dataDir))!.ownerUrl)
    await owner.connect()
    const { host } = new URL(toStandIn!)
    return {
      url,
      standIn: host,
      dataDir,
      sql: async (query, values = []) => (await owner!.query(query, [...values])).rows,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
