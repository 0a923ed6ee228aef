import type { FastifyInstance } from 'fastify'
import { actions } from '../actions.ts'
import { type Reads, recordReads } from '../oversight/audit/record-reads.ts'
import type { Settings } from '../platform/action.ts'
import type { Database } from '../platform/database.ts'
import type { ListExportParts } from '../platform/export/list-export.ts'
import { uuidv7 } from '../platform/ids.ts'
import { buildServer } from '../platform/server.ts'
import { systemClock } from '../platform/time.ts'
import { notedColumns } from '../work-with-employers/do-not-contact/noted-columns.ts'

type Served = (parts: ListExportParts) => (server: FastifyInstance) => void
/** A server of these exports alone, over the actions of the product or `through` them; reads are written when asked. */
export const openExports = async (
  database: Database,
  served: readonly Served[],
  through: ListExportParts['actions'] = actions,
): Promise<{ server: FastifyInstance; reads: Reads; close: () => Promise<void> }> => {
  const reads = recordReads(database, { clock: systemClock, newId: uuidv7, everyMs: 3_600_000 })
  const parts: ListExportParts = {
    onRevealed: reads.onRevealed,
    noted: notedColumns,
    database,
    actions: through,
    settings: {} as Settings,
    originKey: Buffer.alloc(32),
    secure: false,
    clock: systemClock,
    newId: uuidv7,
  }
  const server = await buildServer({
    database,
    actions: [],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
    exceptions: served.map(each => each(parts)),
  })
  const close = async () => {
    await server.close()
    await reads.stop()
  }
  return { server, reads, close }
}
