import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { readFile } from './employer-file-reply.ts'
import { mayGoOn } from './employer-files.policy.ts'
import { chooseLine, lockFile, moveFile } from './employer-files.queries.ts'
import { checkAct } from './file-lifecycle-rules.ts'

/** After a trial, another one is to be asked: what it counted is no longer so. */
export const chooseEmployer = action(contract.chooseEmployer, {
  load: async ({ params: { fileId }, body: { siret } }, { db }) => {
    const [file, place] = await Promise.all([
      lockFile(db, fileId),
      siret === null ? null : establishmentPlace(db, Number(siret)),
    ])
    return { file: found(file), place }
  },
  may: (viewer, { file }) => mayGoOn(viewer, file),
  run: async ({ file, place }, { params: { line } }, context) => {
    const { db, now } = context
    checkAct(file, 'choose', now)
    if (place === undefined) throw new Refused('establishment/unknown')
    found((await chooseLine(db, file.id, line, place?.siret ?? null)) || undefined)
    if (file.state === 'tried') await moveFile(db, file.id, { state: 'receiving' })
    return {
      reply: await readFile(db, file.id, context),
      audit: [
        {
          action: 'employer-file.row-chosen',
          subject: ['employer-file', file.id],
          detail: { line, siret: place?.siret ?? null },
        },
      ],
    }
  },
})
