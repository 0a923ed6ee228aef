/**
 * What partners know of an establishment better than the register: each value with its source, author and dates.
 * Owns: tables establishment_facts; acts fact.*.
 * Uses: establishments, correspondents.
 * Reads: accounts, organisations.
 * Start: `note-fact.ts`, then `fact-rules.ts`; the list of fields is in the contract.
 */

import type { Action } from '../../platform/action.ts'
import { chooseFact } from './choose-fact.ts'
import { confirmFact } from './confirm-fact.ts'
import { listFacts } from './list-facts.ts'
import { noteFact } from './note-fact.ts'
import { readFactHistory } from './read-fact-history.ts'
import { setFactAside } from './set-fact-aside.ts'

export const facts: readonly Action[] = [listFacts, readFactHistory, noteFact, confirmFact, chooseFact, setFactAside]
