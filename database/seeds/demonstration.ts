/**
 * The demonstration: the CLPE of Bordeaux hors Métropole with its six EPCIs and fifty-six real communes, invented
 * companies and people.
 * The register and the territories come in by their imports; what people did is done through the API as they would do
 * it, so that rights, holds and trail are the real ones.
 */
import pg from 'pg'
import { appendAudit } from '../../server/platform/audit.ts'
import { ownerTransaction } from '../../server/platform/database.ts'
import { uuidv7 } from '../../server/platform/ids.ts'
import { parisDay, systemClock } from '../../server/platform/time.ts'
import { importClpe } from '../../server/territory-and-register/territories/import-clpe.ts'
import { saveAlias } from '../../server/territory-and-register/territories/import-territories.queries.ts'
import { importTerritories, readCog } from '../../server/territory-and-register/territories/import-territories.ts'
import { currentTerritory } from '../../server/territory-and-register/territories/territories.queries.ts'
import { layPeople } from './people.ts'
import { clpe, clpeFile, edition, layRegister } from './register.ts'
import { layWork } from './work.ts'

interface Urls {
  readonly ownerUrl: string
  readonly webUrl: string
}
/**
 * Lays the demonstration on an empty database; answers whether there was anything to do. Stopped half-way, the next
 * start lays it anew.
 */
export const seed = async ({ ownerUrl, webUrl }: Urls): Promise<boolean> => {
  const owner = new pg.Client(ownerUrl)
  await owner.connect()
  try {
    const {
      rows: [done],
    } = await owner.query(
      "select exists (select from audit_entries where action = 'demonstration.laid') as laid, exists (select from organisations) as begun",
    )
    if (done.laid) return false
    if (done.begun) await clear(owner)
    const today = parisDay(systemClock())
    const cog = readCog()
    await importTerritories(owner, cog, today)
    await importClpe(owner, clpeFile(cog), edition, today)
    await saveAlias(owner, 'clpe', clpe.code, clpe.alias)
    const clpeId = (await currentTerritory(owner, 'clpe', clpe.code))!.id
    await layRegister(owner, cog, today)
    await layPeople(ownerUrl, clpeId)
    await layWork(owner, webUrl, clpeId, today)
    const act = {
      at: systemClock(),
      actorId: null,
      organisationId: null,
      origin: 'mise en service, npm start',
      requestId: '',
    }
    await ownerTransaction(ownerUrl, db =>
      appendAudit(db, act, [{ action: 'demonstration.laid', subject: ['installation', 'demonstration'] }], uuidv7),
    )
    return true
  } finally {
    await owner.end()
  }
}

/**
 * A first laying that was stopped: nothing of it was anyone's work yet. What refers to an organisation goes with it;
 * the trail, which refers to nothing, stays.
 */
const clear = (owner: pg.Client) => owner.query('truncate organisations cascade')

// The launcher runs this file apart and hands over the addresses, which hold passwords, by message.
if (import.meta.main && process.send) {
  process.once('disconnect', () => process.exit())
  process.once('message', async (urls: Urls) => {
    process.send!({ laid: await seed(urls) })
    process.disconnect()
  })
}
