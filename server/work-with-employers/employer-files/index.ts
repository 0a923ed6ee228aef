/**
 * Files of employers of one's own: recognised, tried, confirmed in parts, undone whole for thirty days.
 * Owns: tables employer_files, employer_file_*; acts employer-file.*, exchange.import*, note.import*,
 * correspondent.import*.
 * Uses: campaigns, correspondents, establishments, exchanges, notes.
 * Start: `settle-rules.ts`, then `advance-employer-file.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { advanceEmployerFile } from './advance-employer-file.ts'
import { chooseEmployer } from './choose-employer.ts'
import { confirmEmployerFile } from './confirm-employer-file.ts'
import { forgetEmployerFile } from './forget-employer-file.ts'
import { getEmployerFile } from './get-employer-file.ts'
import { listEmployerFiles } from './list-employer-files.ts'
import { listFileColumns } from './list-file-columns.ts'
import { listFileRows } from './list-file-rows.ts'
import { openEmployerFile } from './open-employer-file.ts'
import { sendFileRows } from './send-file-rows.ts'
import { tryEmployerFile } from './try-employer-file.ts'
import { undoEmployerFile } from './undo-employer-file.ts'

export const employerFiles: readonly Action[] = [
  openEmployerFile,
  sendFileRows,
  listEmployerFiles,
  getEmployerFile,
  listFileColumns,
  listFileRows,
  chooseEmployer,
  tryEmployerFile,
  confirmEmployerFile,
  undoEmployerFile,
  advanceEmployerFile,
  forgetEmployerFile,
]
