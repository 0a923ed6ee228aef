import type { Context, Done, Entry } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'
import { readFile } from './employer-file-reply.ts'
import { type FileRow, lockFile } from './employer-files.queries.ts'

/** What every act on a whole file begins and ends with. */
export const loadLocked = async ({ params }: { params: { fileId: string } }, { db }: { db: Db }): Promise<FileRow> =>
  found(await lockFile(db, params.fileId))

export const moved = async (
  file: FileRow,
  context: Context,
  { action, detail = {} }: { readonly action: Entry['action']; readonly detail?: object },
  more: readonly Entry[] = [],
): Promise<Done<Awaited<ReturnType<typeof readFile>>>> => ({
  reply: await readFile(context.db, file.id, context),
  audit: [{ action, subject: ['employer-file', file.id], detail: { sha256: file.sha256, ...detail } }, ...more],
})
