import type { Grant, Person } from '../accounts/words.ts'
import { EndGrantDialog } from '../grants/end-grant-dialog.tsx'
import { GrantDialog } from '../grants/grant-dialog.tsx'
import { DepartDialog, EditDialog, ReasonDialog } from './person-dialogs.tsx'

export type Open =
  | { act: 'edit' | 'grant' | 'suspend' | 'resume' | 'lift' | 'depart' }
  | { act: 'change' | 'end'; grant: Grant }

/** An act that the viewer prepares for a person, or for one of their grants. */
export const PersonDialog = ({ open, person, onClose }: { open: Open; person: Person; onClose: () => void }) => {
  switch (open.act) {
    case 'grant':
      return <GrantDialog person={person} onClose={onClose} />
    case 'change':
      return <GrantDialog person={person} grant={open.grant} onClose={onClose} />
    case 'end':
      return <EndGrantDialog grant={open.grant} onClose={onClose} />
    case 'edit':
      return <EditDialog person={person} onClose={onClose} />
    case 'depart':
      return <DepartDialog person={person} onClose={onClose} />
    default:
      return <ReasonDialog act={open.act} person={person} onClose={onClose} />
  }
}
