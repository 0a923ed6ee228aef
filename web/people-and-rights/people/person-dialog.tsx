import type { Grant, Person } from '../accounts/words.ts'
import { AskAddressDialog } from '../addresses/ask-address.tsx'
import { GrantActDialog } from '../grants/grant-act-dialog.tsx'
import { GrantDialog } from '../grants/grant-dialog.tsx'
import { DepartDialog, EditDialog, ReasonDialog } from './person-dialogs.tsx'

export type Open =
  | {
      act:
        | 'edit'
        | 'change-address'
        | 'grant'
        | 'suspend'
        | 'resume'
        | 'lift'
        | 'depart'
        | 'cancel-departure'
        | 'undo-departure'
    }
  | { act: 'change'; grant: Grant }
  | {
      act: 'end' | 'suspend-grant' | 'resume-grant'
      grant: Pick<Grant, 'id' | 'tool' | 'profile' | 'territory' | 'agency'>
    }

/** An act that the viewer prepares for a person, or for one of their grants. */
export const PersonDialog = ({ open, person, onClose }: { open: Open; person: Person; onClose: () => void }) => {
  switch (open.act) {
    case 'grant':
      return <GrantDialog person={person} onClose={onClose} />
    case 'change':
      return <GrantDialog person={person} grant={open.grant} onClose={onClose} />
    case 'end':
      return <GrantActDialog act="end" grant={open.grant} onClose={onClose} />
    case 'suspend-grant':
      return <GrantActDialog act="suspend" grant={open.grant} onClose={onClose} />
    case 'resume-grant':
      return <GrantActDialog act="resume" grant={open.grant} onClose={onClose} />
    case 'edit':
      return <EditDialog person={person} onClose={onClose} />
    case 'change-address':
      return <AskAddressDialog person={person} onClose={onClose} />
    case 'depart':
      return <DepartDialog person={person} onClose={onClose} />
    default:
      return <ReasonDialog act={open.act} person={person} onClose={onClose} />
  }
}
