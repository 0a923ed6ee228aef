import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freshDatabase, type TestDatabase } from '../../testing/database.ts'
import { importTerritories } from '../territories/import-territories.ts'
import { aCog } from '../territories/testing.ts'

export interface OpenRegister {
  readonly database: TestDatabase
  readonly owner: pg.Client
  readonly folder: string
  readonly empty: () => Promise<unknown>
  readonly close: () => Promise<void>
}
/** A database of its own where the communes stand, as its owner, and a folder for the files to import. */
export const openRegister = async (): Promise<OpenRegister> => {
  const database = await freshDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'register-'))
  const owner = new pg.Client(database.ownerUrl)
  await owner.connect()
  await importTerritories(owner, aCog(), '2026-11-25')
  return {
    database,
    owner,
    folder,
    empty: () => owner.query('truncate establishments, legal_units, establishment_successions, register_imports'),
    close: async () => {
      await owner.end()
      await database.drop()
      rmSync(folder, { recursive: true })
    },
  }
}
