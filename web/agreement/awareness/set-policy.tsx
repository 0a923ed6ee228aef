import { useQuery } from '@tanstack/react-query'
import { listAwareness, setAwarenessPolicy } from '../../../contract/agreement/awareness.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { Dialog, Form, Loaded } from '../../ui/index.ts'
import { rightsChanged } from '../texts/queries.ts'

/** The rule for the whole country, with how many people it concerns today. */
export const SetPolicy = ({ cuts, onClose }: { cuts: boolean; onClose: () => void }) => {
  const late = useQuery({
    queryKey: ['awareness', 'late'],
    queryFn: ({ signal }) => call(listAwareness, { query: { late: true, limit: 1, total: true }, signal }),
  })
  return (
    <Dialog title={cuts ? 'Avertir seulement' : 'Suspendre au-delà d’un an'} onClose={onClose}>
      <Loaded query={late} lines={2}>
        {({ total = 0 }) => (
          <p>
            {cuts
              ? `Une sensibilisation dépassée donnera lieu à un rappel seulement. ${formatCount(total, 'personne est concernée', 'personnes sont concernées')} aujourd’hui : leurs habilitations produisent effet de nouveau.`
              : `Une sensibilisation dépassée suspendra les habilitations, dans toutes les structures. ${formatCount(total, 'personne est concernée', 'personnes sont concernées')} aujourd’hui : leurs habilitations n’ouvriront plus rien, dès maintenant.`}
          </p>
        )}
      </Loaded>
      <Form
        draft="choices"
        submit={cuts ? 'Avertir seulement' : 'Suspendre'}
        done={
          cuts
            ? 'Une sensibilisation dépassée donne désormais lieu à un rappel seulement.'
            : 'Une sensibilisation dépassée suspend désormais les habilitations.'
        }
        onCancel={onClose}
        onSubmit={async (_values, { idempotencyKey }) => {
          await call(setAwarenessPolicy, { body: { cuts: !cuts }, idempotencyKey })
          await rightsChanged()
          onClose()
        }}
      >
        {null}
      </Form>
    </Dialog>
  )
}
