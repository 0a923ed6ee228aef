/**
 * Files that people send by pieces, checked by content and by the antivirus, until an act keeps them.
 * Owns: tables uploads, upload_pieces; acts upload.*.
 * Uses: no other room.
 * Start: `piece-rules.ts`, then `upload-routes.ts`; docs/mails-and-documents.md.
 */

import type { Action } from '../../platform/action.ts'
import { beginUpload } from './begin-upload.ts'
import { dropUpload } from './drop-upload.ts'
import { getUpload } from './get-upload.ts'

export const uploads: readonly Action[] = [beginUpload, getUpload, dropUpload]
