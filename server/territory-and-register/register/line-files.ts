import { basename } from 'node:path'
import { ImportRefused } from './import-options.ts'
import { type Dialect, LineScanner } from './line-scanner.ts'
import { digestOf, type RegisterFile, registerFiles } from './stock-files.ts'

/** A file of lines that may hold personal data: its header is the only line of it that is ever said. */
export interface LineFile {
  readonly file: RegisterFile
  readonly name: string
  readonly digest: string
  readonly header: string[]
  readonly dialect: Dialect
}
/** How files of one kind are recognised: by their header, whatever their columns' order. */
export interface LineLayout {
  /** « DPAE » */
  readonly what: string
  /** The first that the header holds; else the first. */
  readonly separators: readonly string[]
  readonly quotes: boolean
  /** Those that are read; a file without one of them is refused. */
  readonly columns: readonly string[]
  /** Where the SIRET stands, all that a list of rejects says of a line. */
  readonly siret: (header: readonly string[]) => number
}

export const recogniseFiles = async (paths: readonly string[], layout: LineLayout): Promise<LineFile[]> => {
  const files: LineFile[] = []
  for (const file of (await Promise.all(paths.map(registerFiles))).flat()) {
    const separator = separatorOf(await firstLine(file), layout.separators)
    const plain = { separator, quotes: layout.quotes, utf8: false, said: () => '' }
    const scanner = new LineScanner((await file.open()).stream, plain)
    const header = await scanner.header()
    await scanner.close()
    const missing = layout.columns.filter(name => !header.includes(name))
    if (missing.length)
      throw new ImportRefused(
        `${file.name} : ce n’est pas un fichier de ${layout.what}, il manque ${missing.join(', ')}`,
      )
    const packed = file.name === file.path ? '' : file.name.slice(file.path.length)
    files.push({
      file,
      name: basename(file.path) + packed,
      digest: (await digestOf(file.path)) + packed,
      header,
      dialect: { ...plain, said: siretAlone(separator, layout.siret(header)) },
    })
  }
  if (files.length === 0) throw new ImportRefused(`aucun fichier de ${layout.what} à lire`)
  return files
}

const longestHeader = 64 * 1024
const firstLine = async (file: RegisterFile): Promise<Buffer> => {
  let line: Buffer = Buffer.alloc(0)
  for await (const piece of (await file.open()).stream) {
    line = Buffer.concat([line, piece])
    if (line.includes('\n') || line.length > longestHeader) break
  }
  const end = line.indexOf('\n')
  return line.subarray(0, end < 0 ? longestHeader : end)
}

/** In UTF-8 or in Latin-1: « ¥ » differs. */
const separatorOf = (header: Buffer, separators: readonly string[]): Buffer => {
  const forms = separators.flatMap(sign => [Buffer.from(sign), Buffer.from(sign, 'latin1')])
  return forms.find(bytes => header.includes(bytes)) ?? forms[0]!
}
/** Fourteen digits alone in their column; anything else could be of a person. */
const siretAlone = (separator: Buffer, column: number) => (line: Buffer) => {
  const parts = line.toString('latin1').split(separator.toString('latin1'))
  const said = parts.length > 1 ? (parts[column] ?? '').replace(/^"(.*)"$/, '$1') : ''
  return /^\d{14}$/.test(said) ? said : ''
}
