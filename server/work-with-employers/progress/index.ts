import type { Action } from '../../platform/action.ts'
import { getProgress } from './get-progress.ts'
import { listStuck } from './list-stuck.ts'

export const progress: readonly Action[] = [getProgress, listStuck]
