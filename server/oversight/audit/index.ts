import type { Action } from '../../platform/action.ts'
import { getTrailEntry } from './get-trail-entry.ts'
import { listTrail } from './list-trail.ts'
import { listTrailPeople } from './list-trail-people.ts'

export const audit: readonly Action[] = [listTrail, listTrailPeople, getTrailEntry]
