import type { Action } from '../platform/action.ts'
import { changeGrant } from './change-grant.ts'
import { checkImport } from './check-import.ts'
import { confirmImport } from './confirm-import.ts'
import { createPerson } from './create-person.ts'
import { editPerson } from './edit-person.ts'
import { endGrant } from './end-grant.ts'
import { getPerson } from './get-person.ts'
import { getStructure } from './get-structure.ts'
import { grantAccess } from './grant-access.ts'
import { listPeople } from './list-people.ts'
import { resumePerson } from './resume-person.ts'
import { suspendPerson } from './suspend-person.ts'

export const habilitations: readonly Action[] = [
  listPeople, getPerson, createPerson, editPerson, suspendPerson, resumePerson, grantAccess, changeGrant, endGrant, checkImport, confirmImport, getStructure,
]
