import { useQuery } from '@tanstack/react-query'
import { Button, Dialog, Loaded } from '../../ui/index.ts'
import { PersonDialog } from '../people/person-dialog.tsx'
import { personQuery } from '../people/queries.ts'
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
  if (act !== 'change' && act !== 'end') return <PersonDialog open={{ act }} person={person} onClose={onClose} />
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
  return <PersonDialog open={{ act, grant }} person={person} onClose={onClose} />
}
