/**
 * The model convention: its versions, the one that the service ships with, and who the operator is in what it composes.
 * Owns: tables convention_templates, operator_identities; acts convention-template.*, operator.*.
 * Uses: no code of another room.
 * Reads: accounts.
 * Start: `publish-template.ts`; the text itself in template.md.
 */

import type { Action } from '../../platform/action.ts'
import { listTemplates } from './list-templates.ts'
import { changeOperatorIdentity, getOperatorIdentity } from './operator-identity.ts'
import { publishTemplate } from './publish-template.ts'

export const templates: readonly Action[] = [
  listTemplates,
  publishTemplate,
  getOperatorIdentity,
  changeOperatorIdentity,
]
