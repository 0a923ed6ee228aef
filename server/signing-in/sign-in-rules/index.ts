import type { Action } from '../../platform/action.ts'
import { listDirectives } from './list-directives.ts'
import { setDirective } from './set-directive.ts'

export const signInRules: readonly Action[] = [listDirectives, setDirective]
