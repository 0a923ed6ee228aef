/**
 * Whom people met at an employer.
 * Owns: tables correspondents, correspondent_values.
 * Uses: no other room.
 * Start: `list-correspondents.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { listCorrespondents } from './list-correspondents.ts'

export const correspondents: readonly Action[] = [listCorrespondents]
