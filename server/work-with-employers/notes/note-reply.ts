import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/notes.ts'
import type { Context } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import { mayCorrectNote } from './notes.policy.ts'
import type { NoteRow } from './notes.queries.ts'

export const noteReply = (row: NoteRow, { viewer }: Pick<Context, 'viewer'>): Static<typeof contract.Note> => ({
  id: row.id,
  siret: siretText(row.siret),
  establishmentName: row.establishmentName,
  notes: row.notes,
  visibility: row.visibility,
  organisation: row.organisation,
  author: row.author,
  notedOn: row.notedOn,
  notedAt: row.notedAt.toISOString(),
  ...(row.imported ? { imported: { fileName: row.fileName } } : {}),
  correctedAt: row.correctedAt?.toISOString() ?? null,
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  version: row.version,
  allowed: !row.withdrawnAt && mayCorrectNote(viewer, row) === true ? ['correct', 'withdraw'] : [],
})
