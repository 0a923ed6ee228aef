import { useState } from 'react'
import { handRightsRequestOver } from '../../../contract/oversight/rights-requests.ts'
import { listOrganisations } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { organisationChoice } from '../../territory-and-register/territories/words.ts'
import { type Choice, Combobox, Dialog, Form, tellReader } from '../../ui/index.ts'
import { keepRequest } from './queries.ts'
import { actWords, doneWords, type RightsRequest } from './words.ts'

/** To the other party, once: a partner hands to the operator, and the operator to a partner. */
export const HandOverDialog = ({ request, onClose }: { request: RightsRequest; onClose: () => void }) => {
  const [to, setTo] = useState<Choice | null>(null)
  const toOperator = request.receivedBy.kind !== 'operateur'
  return (
    <Dialog title={actWords['hand-over']} onClose={onClose}>
      <p>
        L’autre partie répond à la personne, pour le {formatDay(request.dueOn)} : le délai ne change pas. Son DPD en est
        prévenu, et vous lisez ce qu’il note. Une demande se transmet une seule fois.
      </p>
      <Form
        draft="choices"
        submit={actWords['hand-over']}
        onCancel={onClose}
        onSubmit={async (_values, { idempotencyKey }) => {
          const { request: handed, told } = await call(handRightsRequestOver, {
            params: { requestId: request.id },
            body: { toOrganisationId: to!.value },
            idempotencyKey,
          })
          await keepRequest(handed)
          tellReader(doneWords['hand-over'], told)
          onClose()
        }}
      >
        <Combobox
          name="toOrganisationId"
          label={toOperator ? 'Structure de l’opérateur' : 'Partenaire'}
          required
          value={to}
          onChange={setTo}
          findKey={['organisations', toOperator ? 'operator' : 'partners']}
          find={async (words, signal) => {
            const { items } = await call(listOrganisations, {
              query: { ...(words ? { q: words } : {}), limit: 200 },
              signal,
            })
            return items.filter(({ kind }) => (kind === 'operateur') === toOperator).map(organisationChoice)
          }}
        />
      </Form>
    </Dialog>
  )
}
