import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { importRegister } from './import-register.ts'
import { csvOf, establishmentColumns, unitColumns } from './testing-official-layout.ts'

/**
 * Rows of the official layout, through the import itself. `owner` is connected as cc_owner; the territories are there.
 */
export const insertEstablishments = (
  owner: pg.Pool,
  establishments: Record<string, string>[],
  units: Record<string, string>[],
): Promise<void> => importTexts(owner, csvOf(establishmentColumns, establishments), csvOf(unitColumns, units))
export const importTexts = async (owner: pg.Pool, establishments: string, units: string): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'register-'))
  const client = await owner.connect()
  try {
    const paths = [
      ['establishments.csv', establishments],
      ['units.csv', units],
    ].map(([name, text]) => {
      writeFileSync(join(folder, name!), text!)
      return join(folder, name!)
    })
    await importRegister(client, paths, { area: null, activeOnly: false, scopeName: 'essai', today: '2026-11-25' })
  } finally {
    await client.query('select pg_advisory_unlock_all()')
    client.release(true) // its temporary tables end with it, a moment later
    rmSync(folder, { recursive: true })
  }
}
