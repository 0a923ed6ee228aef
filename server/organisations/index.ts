import type { Action } from '../platform/action.ts'
import { listOrganisations } from './list-organisations.ts'

export const organisations: readonly Action[] = [listOrganisations]
