import { basename } from 'node:path'
import { ImportRefused } from '../register/import-options.ts'
import { type Dialect, LineScanner } from '../register/line-scanner.ts'
import { digestOf, type RegisterFile, registerFiles } from '../register/stock-files.ts'
import { columns } from './hiring-line-rules.ts'

/** A file of declarations: its header is the only line of it that is ever said. */
export interface HiringFile {
  readonly file: RegisterFile
  readonly name: string
  readonly digest: string
  readonly header: string[]
  readonly dialect: Dialect
}

/** Recognised by their header, whatever their columns' order: 27 columns in 2018 and 2019, 24 in 2016. */
export const recogniseHirings = async (paths: readonly string[]): Promise<HiringFile[]> => {
  const files: HiringFile[] = []
  for (const file of (await Promise.all(paths.map(registerFiles))).flat()) {
    const dialect = dialectOf(await firstLine(file))
    const scanner = new LineScanner((await file.open()).stream, dialect)
    const header = await scanner.header()
    await scanner.close()
    const missing = columns.filter(name => !header.includes(name))
    if (missing.length)
      throw new ImportRefused(`${file.name} : ce n’est pas un fichier de DPAE, il manque ${missing.join(', ')}`)
    const packed = file.name === file.path ? '' : file.name.slice(file.path.length)
    files.push({
      file,
      name: basename(file.path) + packed,
      digest: (await digestOf(file.path)) + packed,
      header,
      dialect,
    })
  }
  if (files.length === 0) throw new ImportRefused('aucun fichier de DPAE à lire')
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

/** The yen of 2016, in UTF-8 or in Latin-1, else the bar. */
const dialectOf = (header: Buffer): Dialect => {
  const separator =
    ['|', '¥']
      .flatMap(sign => [Buffer.from(sign), Buffer.from(sign, 'latin1')])
      .find(bytes => header.includes(bytes)) ?? Buffer.from('|')
  return { separator, quotes: false, utf8: false, said: siretAlone(separator) }
}
/** Fourteen digits alone in the first column; anything else could be of the person hired. */
const siretAlone = (separator: Buffer) => (line: Buffer) => {
  const end = line.indexOf(separator)
  return end === 14 ? (/^\d{14}$/.exec(line.toString('latin1', 0, end))?.[0] ?? '') : ''
}
