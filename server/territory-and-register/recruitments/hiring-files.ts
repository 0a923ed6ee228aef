import { type LineFile, recogniseFiles } from '../register/line-files.ts'
import { columns } from './hiring-line-rules.ts'

/** Recognised by their header: 27 columns in 2018 and 2019, 24 in 2016, parted by a bar, or by the yen of 2016. */
export const recogniseHirings = (paths: readonly string[]): Promise<LineFile[]> =>
  recogniseFiles(paths, { what: 'DPAE', separators: ['|', '¥'], quotes: false, columns, siret: () => 0 })
