/**
 * The model convention: its versions, and the one that the service ships with.
 * Owns: table convention_templates; acts convention-template.*.
 * Uses: no other room.
 * Start: `publish-template.ts`; the text itself in template.md.
 */

import type { Action } from '../../platform/action.ts'
import { listTemplates } from './list-templates.ts'
import { publishTemplate } from './publish-template.ts'

export const templates: readonly Action[] = [listTemplates, publishTemplate]
