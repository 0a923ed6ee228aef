import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import {
  getTaskForce,
  type TaskForce as TaskForceSchema,
} from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'

export type TaskForce = Static<typeof TaskForceSchema>

export const taskForceQuery = (territoryId: number) =>
  queryOptions({
    queryKey: ['territories', territoryId, 'task-force'],
    queryFn: ({ signal }): Promise<TaskForce> => call(getTaskForce, { params: { territoryId }, signal }),
  })
