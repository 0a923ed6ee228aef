/**
 * An employer seen with its whole company: who works which of its establishments, what was said and is planned there.
 * Owns: nothing.
 * Uses: campaigns, commitments, correspondents, establishments, exchanges.
 * Reads: accounts, campaign_contacts, campaign_targets, campaigns.
 * Start: `get-company-relations.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { getCompanyRelations } from './get-company-relations.ts'
import { listCompanyRelations } from './list-company-relations.ts'

export const company: readonly Action[] = [getCompanyRelations, listCompanyRelations]
