import type pg from 'pg'
import { ImportRefused } from '../../territory-and-register/register/import-options.ts'
import { type LineOptions, readInBatches, readRejects } from '../../territory-and-register/register/line-batches.ts'
import { type LineFile, recogniseFiles } from '../../territory-and-register/register/line-files.ts'
import { takeImportLock } from '../../territory-and-register/register/prepare-import.queries.ts'
import {
  finishServiceFile,
  mergeServices,
  type ServiceCounts,
  serviceTables,
  takeUpServiceFile,
} from './imported-services.queries.ts'
import { columns, readerOf, type ServiceLine } from './service-line-rules.ts'

export interface ServiceImportOptions extends LineOptions {
  readonly onResumed?: (file: string) => void
}

/**
 * Brings files of services, one after the other, each batch with where it ends. After a stop, the same command on the
 * same files goes on. A reference brought twice is one service: run once more, it changes nothing.
 */
export const importServices = async (
  owner: pg.ClientBase,
  paths: readonly string[],
  options: ServiceImportOptions,
): Promise<ServiceCounts[]> => {
  const files = await recogniseFiles(paths, {
    what: 'services',
    separators: [';', '|', '\t', ','],
    quotes: true,
    columns,
    siret: header => header.indexOf('siret'),
  })
  if (!(await takeImportLock(owner, 3_000, 'services-import')))
    throw new ImportRefused('un autre import de services est en cours')
  try {
    const all: ServiceCounts[] = []
    for (const file of files) {
      const { id, counts } = await bringFile(owner, file, options)
      all.push(counts)
      if (options.onReject) await readRejects(owner, serviceTables, id, reject => options.onReject!(file.name, reject))
    }
    await options.onRejectsTold?.()
    return all
  } finally {
    await owner.query(`select pg_advisory_unlock(hashtext('services-import'))`).catch(() => {})
  }
}

const bringFile = async (
  owner: pg.ClientBase,
  file: LineFile,
  { today, batchRows = 5_000, onProgress, onResumed }: ServiceImportOptions,
): Promise<{ id: number; counts: ServiceCounts }> => {
  const reached = await takeUpServiceFile(owner, file.name, file.digest)
  const { id, counts } = reached
  if (reached.finished) return { id, counts: { ...counts, already: true } }
  if (reached.resumed) onResumed?.(file.name)
  const read = readerOf(file.header, today)
  let batch: ServiceLine[] = []
  const forget = () => {
    batch = []
  }
  await readInBatches(
    owner,
    file,
    reached,
    serviceTables,
    { batchRows, onProgress },
    {
      judge: (buffer, starts, ends) => {
        const line = read(buffer, starts, ends)
        if (typeof line === 'string') return line
        batch.push(line)
        return undefined
      },
      begin: async () => ({
        taken: async () => {},
        close: async () => {
          const merged = await mergeServices(owner, batch)
          for (const name of ['added', 'changed', 'recognised', 'byHand', 'withdrawn', 'known', 'unknown'] as const)
            counts[name] += merged[name]
          forget()
        },
        abandon: forget,
      }),
    },
  )
  await finishServiceFile(owner, id)
  return { id, counts }
}
