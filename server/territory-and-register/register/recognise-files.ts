import { type FileKind, type Layout, recognise } from './file-layout.ts'
import { ImportRefused } from './import-options.ts'
import { LineScanner } from './line-scanner.ts'
import { type RegisterFile, registerFiles } from './stock-files.ts'

export interface Known {
  file: RegisterFile
  header: string[]
  layout: Layout
}

const order: readonly FileKind[] = ['units', 'establishments', 'successions']

export const recogniseAll = async (paths: readonly string[]): Promise<Known[]> => {
  const files: Known[] = []
  for (const file of (await Promise.all(paths.map(registerFiles))).flat()) {
    const scanner = new LineScanner((await file.open()).stream)
    const header = await scanner.header()
    await scanner.close()
    const layout = recognise(header)
    if (!layout)
      throw new ImportRefused(
        `${file.name} : ni StockEtablissement, ni StockUniteLegale, ni StockEtablissementLiensSuccession d’après ses colonnes (${header.slice(0, 6).join(', ')}…)`,
      )
    files.push({ file, header, layout })
  }
  if (files.length === 0) throw new ImportRefused('aucun fichier CSV à lire')
  return files.sort((a, b) => order.indexOf(a.layout.kind) - order.indexOf(b.layout.kind))
}
