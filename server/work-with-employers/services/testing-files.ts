import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sirets } from '../../territory-and-register/recruitments/testing-recruitments.ts'
import type { OpenRegister } from '../../territory-and-register/register/testing-register.ts'
import { importServices } from './import-services.ts'

export const today = '2026-12-01'
const header = ['reference', 'siret', 'service', 'date_debut', 'date_fin', 'resultat', 'date_maj', 'candidat']
export type Line = Partial<Record<string, string>>

export const aLine = (over: Line = {}): Line => ({
  reference: 'S-1',
  siret: sirets[0]!,
  service: 'preselection',
  date_debut: '2026-03-02',
  resultat: 'en-cours',
  candidat: 'Zénobie Secret',
  ...over,
})
export const textOf = (lines: readonly Line[], separator = ';', columns = header): string =>
  [columns, ...lines.map(line => columns.map(name => line[name] ?? ''))].map(row => `${row.join(separator)}\n`).join('')

/** Files of services, brought one after the other; `rejected`: what the last one had set aside. */
export const serviceFilesOf = ({ folder, owner }: OpenRegister) => {
  const rejected: [number, string, string][] = []
  let files = 0
  const write = (name: string, text: string | Buffer): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  return {
    rejected,
    write,
    bring: async (lines: readonly Line[]) => {
      rejected.length = 0
      const [counts] = await importServices(owner, [write(`file-${++files}.csv`, textOf(lines))], {
        today,
        batchRows: 2,
        onReject: (_, r) => rejected.push([r.line, r.reason, r.text]),
      })
      return counts!
    },
    rows: async () =>
      (
        await owner.query(
          `select reference, siret::text, kind, used_on::text, ended_on::text, result, version, by_hand
            from operator_services order by reference`,
        )
      ).rows,
    empty: () => owner.query('truncate operator_services, operator_service_versions, service_files, service_rejects'),
  }
}
