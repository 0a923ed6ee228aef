import type pg from 'pg'
import type { FileKind } from './file-layout.ts'
import type { FileCounts } from './import-counts.ts'
import type { Reject } from './line-scanner.ts'
import type { Scope } from './merge.queries.ts'

export interface Progress {
  readonly file: string
  readonly kind: FileKind
  readonly read: number
  readonly done: number
  readonly size: number
}

export interface ImportOptions extends Scope {
  readonly scopeName: string
  readonly today: string
  readonly batchRows?: number
  /** Connections of the owner's, to write several batches at once; the import ends them. */
  readonly connect?: () => Promise<pg.Client>
  /**
   * Once everything is read, in the order of the lines; what is done with them is waited for before the register
   * changes.
   */
  readonly onReject?: (file: string, reject: Reject) => void
  readonly onRejectsTold?: () => Promise<void>
  readonly onProgress?: (progress: Progress) => void
  /** What is being done, once all is read, and what was found at the beginning. */
  readonly onStep?: (step: Step) => void
  /** After each commit. */
  readonly onBatch?: (counts: FileCounts) => void | Promise<void>
}

export type Step = 'resumed' | 'abandoned' | 'completing' | 'indexing' | 'applying' | 'words'

/** A failure to say to the operator as it is. */
export class ImportRefused extends Error {}
