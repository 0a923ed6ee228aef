/**
 * The directory of collaborators: who works employers in the network, and how to reach them.
 * Owns: tables directory_entries; acts directory-entry.*.
 * Uses: no code of another room.
 * Reads: accounts, agencies, organisations.
 * Start: `directory.policy.ts`, then `directory.queries.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { getDirectoryCard } from './get-directory-card.ts'
import { getOwnEntry } from './get-own-entry.ts'
import { keepOwnEntry } from './keep-own-entry.ts'
import { listDirectory } from './list-directory.ts'

export const directory: readonly Action[] = [listDirectory, getDirectoryCard, getOwnEntry, keepOwnEntry]
