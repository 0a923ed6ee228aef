import { useQuery } from '@tanstack/react-query'
import { Button, Dialog, Loaded } from '../../ui/index.ts'
import { GrantDialog } from '../habilitations/grant-dialog.tsx'
import { DepartDialog, EditDialog, EndGrantDialog, ReasonDialog } from '../habilitations/person-dialogs.tsx'
import { personQuery } from '../habilitations/queries.ts'
import { type Act, type Anomaly, actWords } from './words.ts'

/** The act itself, as on the person's page, on the person as they are now. */
export const CorrectDialog = ({ anomaly, act, onClose }: { anomaly: Anomaly; act: Act; onClose: () => void }) => {
  const query = useQuery({ ...personQuery(anomaly.person.id), refetchOnMount: 'always' })
  const person = query.isFetchedAfterMount ? query.data : undefined
  if (!person)
    return (
      <Dialog title={actWords[act]} onClose={onClose}>
        <Loaded query={query} lines={4}>
          {() => null}
        </Loaded>
      </Dialog>
    )
  if (act === 'suspend' || act === 'lift') return <ReasonDialog act={act} person={person} onClose={onClose} />
  if (act === 'depart') return <DepartDialog person={person} onClose={onClose} />
  if (act === 'edit') return <EditDialog person={person} onClose={onClose} />
  if (act === 'grant') return <GrantDialog person={person} onClose={onClose} />
  const grant = [...person.grants, ...person.past.filter(past => past.endedAt === null)].find(
    ({ id }) => id === anomaly.grant?.id,
  )
  if (!grant)
    return (
      <Dialog title={actWords[act]} onClose={onClose}>
        <p>Cette habilitation a pris fin entre-temps.</p>
        <Button priority="tertiary" onClick={onClose}>
          Fermer
        </Button>
      </Dialog>
    )
  return act === 'change' ? (
    <GrantDialog person={person} grant={grant} onClose={onClose} />
  ) : (
    <EndGrantDialog grant={grant} onClose={onClose} />
  )
}
