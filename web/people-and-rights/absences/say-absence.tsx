import { type listAbsences, sayAbsence } from '../../../contract/people-and-rights/absences.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { useMe } from '../../platform/session.ts'
import { DateField, Dialog, Form } from '../../ui/index.ts'
import { PersonSelect } from '../directory/person-select.tsx'

/** One's own or, for who may, a colleague's. Days alone: no reason is asked. */
export const SayAbsence = ({
  colleagues,
  onClose,
}: {
  colleagues: Reply<typeof listAbsences>['colleagues']
  onClose: () => void
}) => {
  const me = useMe().account.id
  return (
    <Dialog title="Signaler une absence" onClose={onClose}>
      <p className="fr-text--sm">Les jours suffisent : aucun motif n’est demandé, ni gardé.</p>
      <Form
        draft={{ name: 'absence' }}
        submit="Signaler l’absence"
        done="L’absence est signalée."
        onCancel={onClose}
        onSubmit={async ({ accountId = me, startsOn, endsOn }, { idempotencyKey }) => {
          await call(sayAbsence, { body: { accountId, startsOn: startsOn!, endsOn: endsOn! }, idempotencyKey })
          await queryClient.invalidateQueries({ queryKey: ['absences'] })
          onClose()
        }}
      >
        {colleagues.length > 1 && (
          <PersonSelect
            name="accountId"
            label="Personne absente"
            required
            defaultValue={me}
            people={colleagues}
            you={me}
          />
        )}
        <DateField name="startsOn" label="Premier jour d’absence" required defaultValue={today()} />
        <DateField name="endsOn" label="Dernier jour d’absence" required min={today()} defaultValue={today()} />
      </Form>
    </Dialog>
  )
}
