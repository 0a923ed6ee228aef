/**
 * Communes, EPCIs, CLPE by edition, task forces, and contours for the maps.
 * Owns: tables territories, territory_*, communes, commune_successions, clpe_*, contours, naf*, task_force*; acts
 * task-force.*.
 * Uses: no code of another room.
 * Reads: establishments, organisations.
 * Start: `import-territories.ts`, then `territories.queries.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { editTaskForce } from './edit-task-force.ts'
import { getCommune } from './get-commune.ts'
import { getTaskForce } from './get-task-force.ts'
import { getTerritory } from './get-territory.ts'
import { listActivities } from './list-activities.ts'
import { listCommunes } from './list-communes.ts'
import { listContours } from './list-contours.ts'
import { listTerritories } from './list-territories.ts'

export const territories: readonly Action[] = [
  listTerritories,
  listContours,
  getTerritory,
  getCommune,
  listActivities,
  listCommunes,
  getTaskForce,
  editTaskForce,
]
