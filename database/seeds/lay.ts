/**
 * The demonstration: the CLPE of Bordeaux hors Métropole with its six EPCIs and fifty-six real communes, invented
 * companies and people.
 * The register and the territories come in by their imports; what people did is done through the API as they would do
 * it, so that rights, holds and trail are the real ones.
 */
import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { appendAudit } from '../../server/platform/audit.ts'
import { demonstrationKeys } from '../../server/platform/config/keys.ts'
import { ownerTransaction } from '../../server/platform/database.ts'
import { uuidv7 } from '../../server/platform/ids.ts'
import { parisDay, systemClock } from '../../server/platform/time.ts'
import { importClpe } from '../../server/territory-and-register/territories/import-clpe.ts'
import { importContours } from '../../server/territory-and-register/territories/import-contours.ts'
import { importNaf } from '../../server/territory-and-register/territories/import-naf.ts'
import { saveAlias } from '../../server/territory-and-register/territories/import-territories.queries.ts'
import { importTerritories, readCog } from '../../server/territory-and-register/territories/import-territories.ts'
import { currentTerritory } from '../../server/territory-and-register/territories/territories.queries.ts'
import { contoursSource, demonstrationContours } from './contours.ts'
import { layHires } from './hires.ts'
import { layJobTitles } from './job-titles.ts'
import { layPeople } from './people.ts'
import { clpe, clpeFile, edition, layRegister } from './register.ts'
import { layWork } from './work.ts'

/** On an empty database; `begun`: where a first laying was stopped half-way, all goes and is laid anew. */
export const lay = async (
  owner: pg.Client,
  { ownerUrl, webUrl, dataDir, begun }: { ownerUrl: string; webUrl: string; dataDir: string; begun: boolean },
): Promise<void> => {
  if (begun) await clear(owner)
  const today = parisDay(systemClock())
  const cog = readCog()
  await importTerritories(owner, cog, today)
  for (const file of ['naf-rev2', 'naf-2025'])
    await importNaf(owner, readFileSync(new URL(`nomenclatures/${file}.csv`, import.meta.url), 'utf8'))
  await importContours(owner, demonstrationContours(), contoursSource)
  await layJobTitles(owner)
  await importClpe(owner, clpeFile(cog), edition, today)
  await saveAlias(owner, 'clpe', clpe.code, clpe.alias)
  const clpeId = (await currentTerritory(owner, 'clpe', clpe.code))!.id
  await layRegister(owner, cog, today)
  await layHires(owner, today)
  await layPeople(ownerUrl, clpeId)
  await layWork(owner, { webUrl, keys: demonstrationKeys(dataDir) }, clpeId, today)
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
}

/**
 * A first laying that was stopped: nothing of it was anyone's work yet. What refers to an organisation goes with it;
 * the trail, which refers to nothing, stays.
 */
const clear = (owner: pg.Client) => owner.query('truncate organisations cascade')
