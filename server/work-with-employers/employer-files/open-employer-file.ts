import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { keepColumns } from './columns.queries.ts'
import { readFile } from './employer-file-reply.ts'
import { mayOpenFile } from './employer-files.policy.ts'
import { insertFile } from './employer-files.queries.ts'

/** The file stays on the device: its rows are sent after, as far as their columns were chosen. */
export const openEmployerFile = action(contract.openEmployerFile, {
  load: async () => null,
  may: viewer => mayOpenFile(viewer),
  run: async (_none, { body: { remember, fileName, ...body } }, context) => {
    const { db, viewer, now, newId } = context
    const by = { byId: viewer.accountId, organisationId: viewer.organisationId }
    const file = { ...body, ...by, id: newId(), fileName: fileName.trim(), openedAt: now }
    await Promise.all([insertFile(db, file), remember ? keepColumns(db, remember, { ...by, keptAt: now }) : undefined])
    return {
      reply: await readFile(db, file.id, context),
      audit: [
        {
          action: 'employer-file.opened',
          subject: ['employer-file', file.id],
          detail: {
            sha256: body.sha256,
            rows: body.rows,
            visibility: body.visibility,
            fields: remember?.fields.filter(field => field !== null) ?? null,
          },
        },
      ],
    }
  },
})
