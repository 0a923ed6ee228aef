import type { Action } from '../../platform/action.ts'
import { listCorrespondents } from './list-correspondents.ts'

export const correspondents: readonly Action[] = [listCorrespondents]
